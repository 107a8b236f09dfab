// Package ddl writes the tables of the kinds from their descriptors, for both databases.
//
// A kind's table has the columns its fields ask for and one index for each way a list walks it:
// by owner, unit, pool and parent record, each in the order of the list, so that a page costs
// the same however large the table is. The search documents are columns of terms under GIN on
// PostgreSQL, and a full-text table beside the kind's on SQLite, joined by rowid = id.
package ddl

import (
	"fmt"
	"slices"
	"strings"

	"guan/records"
)

// Dialect is the sort of database, under the name of its folder of migrations.
type Dialect string

// The dialects.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Migration returns the statements that make the tables of the kinds, as a goose migration.
func Migration(dialect Dialect, kinds []*records.Kind) string {
	var b strings.Builder
	b.WriteString("-- +goose Up\n-- Written from the descriptors in records/: go test ./store -run TestKindTables -update\n")
	for _, k := range kinds {
		b.WriteString("\n")
		b.WriteString(table(dialect, k))
		for _, ix := range Indexes(k) {
			b.WriteString(ix.sql(k.Table))
		}
		b.WriteString(search(dialect, k))
	}
	return b.String()
}

var types = map[Dialect]map[records.ColumnType]string{
	SQLite: {
		records.TextColumn: "TEXT", records.IntColumn: "INTEGER", records.NumberColumn: "REAL",
		records.BoolColumn: "INTEGER", records.JSONColumn: "TEXT",
	},
	Postgres: {
		// "C" compares bytes: the order is the same as in Go and SQLite, and no library's upgrade moves it.
		records.TextColumn: `text COLLATE "C"`, records.IntColumn: "bigint", records.NumberColumn: "double precision",
		records.BoolColumn: "boolean", records.JSONColumn: "jsonb",
	},
}

func table(dialect Dialect, k *records.Kind) string {
	var lines []string
	for _, c := range k.TableColumns() {
		line := c.Name + " " + types[dialect][c.Type]
		if c.NotNull {
			line += " NOT NULL"
		}
		if c.Default != "" {
			line += " DEFAULT '" + c.Default + "'"
		}
		lines = append(lines, line)
	}
	if dialect == Postgres {
		for _, class := range k.SearchClasses() {
			lines = append(lines, records.SearchColumn(class)+" text[] NOT NULL DEFAULT '{}'")
		}
	}
	lines = append(lines, fmt.Sprintf("CONSTRAINT %s_pkey PRIMARY KEY (tenant_id, id)", k.Table))
	end := ";"
	if dialect == SQLite {
		end = " STRICT;"
	}
	text := fmt.Sprintf("CREATE TABLE %s (\n\t%s\n)%s\n", k.Table, strings.Join(lines, ",\n\t"), end)
	if dialect == Postgres {
		text += fmt.Sprintf("COMMENT ON TABLE %s IS '%s: records of the kind %s.';\n", k.Table, k.Label.ZH, k.Name)
	}
	return text
}

func search(dialect Dialect, k *records.Kind) string {
	var columns []string
	for _, class := range k.SearchClasses() {
		columns = append(columns, records.SearchColumn(class))
	}
	if len(columns) == 0 {
		return ""
	}
	if dialect == SQLite {
		// The terms are cut already; the tokenizer 'ascii' leaves them as they are. Contentless, since
		// nothing but the match is wanted.
		return fmt.Sprintf("CREATE VIRTUAL TABLE %s_search USING fts5 (%s, content='', contentless_delete=1, detail=column, tokenize='ascii');\n",
			k.Table, strings.Join(columns, ", "))
	}
	var b strings.Builder
	for _, column := range columns {
		fmt.Fprintf(&b, "CREATE INDEX %s_%s ON %s USING gin (%s);\n", k.Table, column, k.Table, column)
	}
	return b.String()
}

// Index is an index of a kind's table. All lead with tenant_id.
type Index struct {
	Name    string
	Columns []string // with their direction
	Unique  bool
	Where   string
}

func (ix Index) sql(table string) string {
	text := "CREATE "
	if ix.Unique {
		text += "UNIQUE "
	}
	text += fmt.Sprintf("INDEX %s ON %s (tenant_id, %s)", ix.Name, table, strings.Join(ix.Columns, ", "))
	if ix.Where != "" {
		text += " WHERE " + ix.Where
	}
	return text + ";\n"
}

// Indexes returns the indexes of a kind's table, its search documents aside.
func Indexes(k *records.Kind) []Index {
	list := func(lead ...string) []string { return append(lead, "updated_at DESC", "id DESC") }
	indexes := []Index{{Name: k.Table + "_updated", Columns: list()}}
	add := func(column string, partial bool) {
		ix := Index{Name: k.Table + "_" + strings.TrimSuffix(column, "_id"), Columns: list(column)}
		if partial {
			// Every way of using it compares the column, which excludes NULL.
			ix.Where = column + " IS NOT NULL"
		}
		indexes = append(indexes, ix)
	}
	columns := k.TableColumns()
	for _, name := range []string{"owner_id", "unit_id", "pool_id"} {
		if slices.ContainsFunc(columns, func(c records.Column) bool { return c.Name == name }) {
			add(name, true)
		}
	}
	for _, f := range k.Fields {
		switch {
		case f.Type == records.Ref && f.Ref != records.RefPerson && f.Ref != records.RefUnit && f.Ref != records.RefPool && f.Name != "id":
			add(f.Column, !f.NotNull())
		case f.Name == "login":
			indexes = append(indexes, Index{Name: k.Table + "_login", Columns: []string{f.Column}, Unique: true})
		case f.Name == "code" || f.Name == k.Title && f.Sort:
			indexes = append(indexes, Index{Name: k.Table + "_" + f.Column, Columns: []string{f.Column, "id"}})
		case f.Type == records.Place:
			lat, lng := f.Column+"_lat", f.Column+"_lng"
			indexes = append(indexes, Index{Name: k.Table + "_" + f.Column, Columns: []string{lat, lng}, Where: lat + " IS NOT NULL"})
		}
	}
	return indexes
}
