package records

import (
	"slices"

	"guan/policy"
)

// ColumnType is the storage type of a column; each dialect has its own name for it.
type ColumnType string

// The column types.
const (
	TextColumn   ColumnType = "text"
	IntColumn    ColumnType = "int"    // 64 bits: ids, money, times in µs, integers
	NumberColumn ColumnType = "number" // double precision
	BoolColumn   ColumnType = "bool"
	JSONColumn   ColumnType = "json"
)

// Column is one column of a kind's table.
type Column struct {
	Name    string
	Type    ColumnType
	NotNull bool
	Default string // as JSON text; empty for none. Only the JSON columns have one
}

// PlaceSuffixes are appended to the Column of a Place field: degrees, then the unit vector. All
// are NULL when the place is unknown.
var PlaceSuffixes = [...]string{"_lat", "_lng", "_x", "_y", "_z"}

// Columns returns the columns in which the field stands: one, or five for a place. A custom
// field has none of its own.
func (f *Field) Columns() []Column {
	switch {
	case f.Custom:
		return nil
	case f.Type == Place:
		var out []Column
		for _, suffix := range PlaceSuffixes {
			out = append(out, Column{Name: f.Column + suffix, Type: NumberColumn})
		}
		return out
	}
	col := Column{Name: f.Column, NotNull: f.NotNull()}
	switch f.Policy() {
	case policy.Text:
		col.Type = TextColumn
	case policy.Number:
		col.Type = NumberColumn
	case policy.Bool:
		col.Type = BoolColumn
	case policy.Set:
		col.Type, col.Default = JSONColumn, "[]"
	default:
		col.Type = IntColumn
	}
	return []Column{col}
}

// TableColumns returns all columns of the kind's table without the search columns. Every table
// begins with tenant_id, id and version and has owner_id and pool_id, whether or not the kind
// has these fields, so that one statement writes all kinds.
func (k *Kind) TableColumns() []Column {
	cols := []Column{
		{Name: "tenant_id", Type: IntColumn, NotNull: true},
		{Name: "id", Type: IntColumn, NotNull: true},
		{Name: "version", Type: IntColumn, NotNull: true},
	}
	for _, f := range k.Fields {
		if f.Name != "id" {
			cols = append(cols, f.Columns()...)
		}
	}
	for _, name := range []string{"owner_id", "pool_id"} {
		if !slices.ContainsFunc(cols, func(c Column) bool { return c.Name == name }) {
			cols = append(cols, Column{Name: name, Type: IntColumn})
		}
	}
	return append(cols, Column{Name: "custom", Type: JSONColumn, NotNull: true, Default: "{}"})
}

// SearchClasses returns the classes for which the kind keeps a search document, in the order of
// policy.Classes. Custom fields join a document but never add one, so that the table is the
// same for every tenant.
func (k *Kind) SearchClasses() []policy.Class {
	var out []policy.Class
	for _, class := range policy.Classes {
		if slices.ContainsFunc(k.Fields, func(f *Field) bool { return f.Search && !f.Custom && f.Class == class }) {
			out = append(out, class)
		}
	}
	return out
}

// SearchColumn is the name of the column that holds the search document of a class.
func SearchColumn(class policy.Class) string { return "search_" + string(class) }
