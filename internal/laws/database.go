package laws

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"guan/policy"
	"guan/policy/sqlgen"
)

// Database is a database in which one world after the other is loaded. It is not safe for
// concurrent use.
type Database struct {
	dialect sqlgen.Dialect
	db      *sql.DB
	drop    string // a statement that removes what Open made
	loads   int
}

// OpenSQLite makes a database in the folder.
func OpenSQLite(ctx context.Context, folder string) (*Database, error) {
	path := (&url.URL{Scheme: "file", Path: filepath.Join(folder, "laws.db")}).String()
	// Nothing in it is worth keeping.
	db, err := sql.Open("sqlite", path+"?_dqs=0&_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=temp_store(memory)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	d := &Database{dialect: sqlgen.SQLite, db: db}
	return d, d.create(ctx)
}

// OpenPostgres makes a schema of its own in the database of the URL; Close drops it.
func OpenPostgres(ctx context.Context, address string) (*Database, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	name := "laws_" + strings.ToLower(rand.Text())
	config.RuntimeParams["search_path"] = name
	config.RuntimeParams["jit"] = "off"
	config.RuntimeParams["synchronous_commit"] = "off"
	// As the store runs its lists. No statement comes twice, so that none is worth keeping.
	config.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	config.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(1)
	d := &Database{dialect: sqlgen.Postgres, db: db, drop: "DROP SCHEMA " + name + " CASCADE"}
	if _, err := db.ExecContext(ctx, "CREATE SCHEMA "+name); err != nil {
		return nil, err
	}
	return d, d.create(ctx)
}

// Name returns the dialect's name.
func (d *Database) Name() string { return d.dialect.String() }

// Close removes what Open made.
func (d *Database) Close() error {
	if d.drop != "" {
		if _, err := d.db.Exec(d.drop); err != nil {
			return err
		}
	}
	return d.db.Close()
}

// The tenant of a world, and the one beside it that has records of the same ids.
const (
	tenant   policy.ID = 7
	stranger policy.ID = 8
	epoch    int64     = 41
)

var columnTypes = map[sqlgen.Dialect]map[policy.Type]string{
	sqlgen.SQLite: {
		policy.Text: "TEXT", policy.Number: "REAL", policy.Set: "TEXT",
		policy.Int: "INTEGER", policy.Money: "INTEGER", policy.Time: "INTEGER", policy.Bool: "INTEGER", policy.Ref: "INTEGER",
	},
	sqlgen.Postgres: {
		policy.Text: `text COLLATE "C"`, policy.Number: "double precision", policy.Set: "jsonb",
		policy.Int: "bigint", policy.Money: "bigint", policy.Time: "bigint", policy.Bool: "boolean", policy.Ref: "bigint",
	},
}

// placeColumns are the suffixes of a place's columns.
var placeColumns = []string{"_lat", "_lng", "_x", "_y", "_z"}

func (d *Database) create(ctx context.Context) error {
	var b strings.Builder
	big, text, double, json, end := "INTEGER", "TEXT", "REAL", "TEXT", ") STRICT;\n"
	if d.dialect == sqlgen.Postgres {
		big, text, double, json, end = "bigint", `text COLLATE "C"`, "double precision", "jsonb", ") WITH (autovacuum_enabled = off);\n"
	}
	fmt.Fprintf(&b, "CREATE TABLE policy_state (tenant_id %s PRIMARY KEY, epoch %s NOT NULL%s", big, big, end)
	fmt.Fprintf(&b, "CREATE TABLE team (tenant_id %[1]s, kind %[2]s, record_id %[1]s, person_id %[1]s, from_at %[1]s, until_at %[1]s, sort_at %[1]s NOT NULL, PRIMARY KEY (tenant_id, kind, record_id, person_id)%[3]s", big, text, end)
	b.WriteString("CREATE INDEX team_person ON team (tenant_id, kind, person_id, sort_at DESC, record_id DESC);\n")
	for _, k := range kinds {
		fmt.Fprintf(&b, "CREATE TABLE %s (tenant_id %s, version %s NOT NULL, custom %s NOT NULL", k.Table, big, big, json)
		for _, f := range k.Fields {
			null := ""
			if f.NotNull {
				null = " NOT NULL"
			}
			switch {
			case f.Custom:
			case f.Type == policy.Place:
				for _, suffix := range placeColumns {
					b.WriteString(", " + f.Column + suffix + " " + double)
				}
			default:
				b.WriteString(", " + f.Column + " " + columnTypes[d.dialect][f.Type] + null)
			}
		}
		var documents []string
		for _, class := range searchClasses(k) {
			documents = append(documents, sqlgen.SearchColumn(class))
			if d.dialect == sqlgen.Postgres {
				b.WriteString(", " + sqlgen.SearchColumn(class) + " text[] NOT NULL DEFAULT '{}'")
			}
		}
		b.WriteString(", PRIMARY KEY (tenant_id, id)" + end)
		for _, column := range []string{"owner_id", "unit_id", "pool_id"} {
			if field := strings.TrimSuffix(column, "_id"); k.Field(field) != nil {
				fmt.Fprintf(&b, "CREATE INDEX %s_%s ON %s (tenant_id, %s, updated_at DESC, id DESC) WHERE %s IS NOT NULL;\n", k.Table, field, k.Table, column, column)
			}
		}
		fmt.Fprintf(&b, "CREATE INDEX %s_updated ON %s (tenant_id, updated_at DESC, id DESC);\n", k.Table, k.Table)
		if d.dialect == sqlgen.SQLite && len(documents) > 0 {
			fmt.Fprintf(&b, "CREATE VIRTUAL TABLE %s USING fts5 (%s, content='', contentless_delete=1, detail=column, tokenize='ascii');\n", sqlgen.SearchTable(k), strings.Join(documents, ", "))
		}
	}
	_, err := d.db.ExecContext(ctx, b.String())
	return err
}
