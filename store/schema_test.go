package store

import (
	"context"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"guan/internal/testdb"
	"guan/records"
	"guan/store/internal/ddl"
)

var update = flag.Bool("update", false, "write the generated files anew")

// The tables of the kinds are what the descriptors ask for.
func TestKindTables(t *testing.T) {
	for _, dialect := range []ddl.Dialect{ddl.SQLite, ddl.Postgres} {
		path := "migrations/" + string(dialect) + "/0002_kinds.sql"
		want := ddl.Migration(dialect, records.Builtin().Kinds())
		if *update {
			if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(strings.Split(want, "\n"), strings.Split(string(got), "\n")); d != "" {
			t.Errorf("%s is stale, run go test ./store -run TestKindTables -update:\n%s", path, d)
		}
	}
}

// column is what both databases must agree on.
type column struct {
	Type    string
	NotNull bool
}

type schema struct {
	Tables  map[string]map[string]column
	Indexes map[string]string // name → table and columns
}

// What one database has and the other has not, or writes otherwise: counters, the two forms of search
// documents, and indexes into JSON documents.
func onlyOne(name string) bool {
	return name == "id_block" || name == "audit_entry_export" || name == "audit_entry_work" || name == migrationTable || strings.HasPrefix(name, migrationTable) || strings.HasPrefix(name, "sqlite_") || strings.Contains(name, "search_") || strings.Contains(name, "_search")
}

func TestSchemasAgree(t *testing.T) {
	var schemas []schema
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		db := open(t, at)
		if db.dialect == SQLite {
			schemas = append(schemas, sqliteSchema(t, db))
		} else {
			schemas = append(schemas, postgresSchema(t, db))
		}
	})
	if len(schemas) == 2 {
		if d := cmp.Diff(schemas[0], schemas[1]); d != "" {
			t.Errorf("SQLite (-) and PostgreSQL (+) differ:\n%s", d)
		}
		if len(schemas[0].Tables) < 30 || len(schemas[0].Indexes) < 60 {
			t.Errorf("looked at %d tables and %d indexes only", len(schemas[0].Tables), len(schemas[0].Indexes))
		}
	}
}

func collect(t *testing.T, db *DB, query string, each func(scan func(...any))) {
	t.Helper()
	rows, err := db.writer.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		each(func(to ...any) {
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func (s *schema) add(table, name, kind string, notNull bool) {
	if onlyOne(table) || onlyOne(name) {
		return
	}
	if s.Tables[table] == nil {
		s.Tables[table] = map[string]column{}
	}
	s.Tables[table][name] = column{kind, notNull}
}

func sqliteSchema(t *testing.T, db *DB) schema {
	s := schema{Tables: map[string]map[string]column{}, Indexes: map[string]string{}}
	collect(t, db, `SELECT m.name, c.name, c.type, c."notnull" FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'`, func(scan func(...any)) {
		var table, name, kind string
		var notNull bool
		scan(&table, &name, &kind, &notNull)
		s.add(table, name, kind, notNull)
	})
	collect(t, db, `SELECT m.name, m.tbl_name, m.sql FROM sqlite_schema m WHERE m.type = 'index' AND m.sql IS NOT NULL`, func(scan func(...any)) {
		var name, table, text string
		scan(&name, &table, &text)
		s.index(name, table, text)
	})
	return s
}

func postgresSchema(t *testing.T, db *DB) schema {
	s := schema{Tables: map[string]map[string]column{}, Indexes: map[string]string{}}
	same := map[string]string{"bigint": "INTEGER", "boolean": "INTEGER", "text": "TEXT", "jsonb": "TEXT", "double precision": "REAL", "bytea": "BLOB"}
	collect(t, db, `SELECT table_name, column_name, data_type, is_nullable = 'NO', coalesce(collation_name, '') FROM information_schema.columns WHERE table_schema = 'public'`, func(scan func(...any)) {
		var table, name, kind, collation string
		var notNull bool
		scan(&table, &name, &kind, &notNull, &collation)
		if kind == "text" && collation != "C" && !onlyOne(table) {
			t.Errorf("%s.%s does not compare bytes", table, name)
		}
		if same[kind] != "" {
			kind = same[kind]
		}
		s.add(table, name, kind, notNull)
	})
	collect(t, db, `SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'`, func(scan func(...any)) {
		var name, table, text string
		scan(&name, &table, &text)
		s.index(name, table, text)
	})
	var bare []string
	collect(t, db, `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND obj_description(oid) IS NULL`, func(scan func(...any)) {
		var name string
		scan(&name)
		bare = append(bare, name)
	})
	bare = slices.DeleteFunc(bare, onlyOne)
	if len(bare) > 0 {
		t.Errorf("tables without a comment: %v", bare)
	}
	return s
}

// index keeps what follows the table's name, without the words in which the dialects differ.
func (s *schema) index(name, table, text string) {
	if onlyOne(name) || onlyOne(table) {
		return
	}
	_, columns, _ := strings.Cut(text, "(")
	columns, where, _ := strings.Cut(columns, ")")
	where = strings.NewReplacer("(", "", ")", "", "::text", "").Replace(where)
	columns = strings.ReplaceAll(columns, ` COLLATE "C"`, "")
	unique := ""
	if strings.HasPrefix(text, "CREATE UNIQUE") {
		unique = "unique "
	}
	s.Indexes[name] = unique + table + " (" + columns + ")" + strings.TrimRight(where, " ")
}
