package store

import (
	"slices"

	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// importPlan leads from the cells of a row to the fields of a kind.
type importPlan struct {
	kind      *records.Kind
	key       *records.Field // nil: every row is new
	columns   []planColumn
	constants map[string]policy.Value
	keepEmpty bool
	cells     records.Cells
}

// planColumn leads from one column, or the two of a place, to a field.
type planColumn struct {
	exchange.Column
	field *records.Field
	at    int            // which cell
	lng   int            // the other half of a place, -1 for none
	by    *records.Field // the text by which a reference is looked up; nil for an id, a unit or a pool
}

// importRow is a row read as values.
type importRow struct {
	number   int
	given    map[string]policy.Value
	empty    map[string]bool // fields whose cell is empty
	refs     []refCell
	key      policy.Value
	problems []RowProblem
	skip     bool
}

// refCell is a reference that is still to be looked up.
type refCell struct {
	column *planColumn
	text   string
}

var mappingEncrypted = fault.New(fault.Invalid, "mapping_encrypted", "the field is kept encrypted, and a value of it would stand in the mapping in plain: let the cells have it")

// newPlan fits a mapping to the kind and the table. writable says which fields the actor may ever
// write; of a company's own fields the others are told like fields that do not exist.
func newPlan(m *exchange.Mapping, kind *records.Kind, catalog *records.Catalog, header []string, cells records.Cells, known func(*records.Field) bool) (*importPlan, error) {
	places, err := m.Bind(header)
	if err != nil {
		return nil, err
	}
	p := &importPlan{kind: kind, constants: map[string]policy.Value{}, keepEmpty: m.KeepEmpty, cells: cells}
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	field := func(at, name string) *records.Field {
		f := kind.Field(name)
		switch {
		case f == nil || f.Custom && !known(f):
			wrong(at, "unknown_field", "there is no such field")
			return nil
		case f.ReadOnly && (name != "id" || m.Key != "id"):
			wrong(at, "read_only", "the field cannot be set")
			return nil
		}
		return f
	}
	for i, c := range m.Columns {
		at := "column " + c.Column
		f := field(at, c.Field)
		if f == nil || c.Part == exchange.Lng {
			continue
		}
		if f.Encrypted && len(c.Values) > 0 {
			wrong(at, mappingEncrypted.Code, mappingEncrypted.Detail)
			continue
		}
		pc := planColumn{Column: c, field: f, at: places[i], lng: -1}
		if c.Part == exchange.Lat {
			j := slices.IndexFunc(m.Columns, func(o exchange.Column) bool { return o.Field == c.Field && o.Part == exchange.Lng })
			pc.lng = places[j]
		}
		if problem := pc.resolve(catalog); problem != "" {
			wrong(at, "mapping_by", problem)
		}
		if c.Field == m.Key {
			p.key = f
		}
		p.columns = append(p.columns, pc)
	}
	for name, text := range m.Constants {
		f := field("constants."+name, name)
		if f == nil {
			continue
		}
		if f.Encrypted {
			wrong("constants."+name, mappingEncrypted.Code, mappingEncrypted.Detail)
			continue
		}
		v, err := cells.Parse(f, text)
		if err != nil {
			errs = append(errs, fault.From(err).WithAt("constants."+name))
		}
		p.constants[name] = v
	}
	if p.key != nil && p.key.Name != "id" && (p.key.Custom || p.key.Policy() != policy.Text) {
		wrong("key", "mapping_key", "a record is found by its id or by a text such as a code")
	}
	return p, fault.Collect(fault.Invalid, "mapping", "the mapping does not fit", errs...)
}

// resolve finds the field by which a reference is looked up.
func (c *planColumn) resolve(catalog *records.Catalog) string {
	f := c.field
	if c.Part != "" && f.Type != records.Place {
		return "only a place has a latitude and a longitude"
	}
	if c.By == "" {
		return ""
	}
	switch {
	case f.Type != records.Ref:
		return "only a reference is looked up"
	case f.Ref == records.RefUnit && c.By == "path", f.Ref == records.RefPool && c.By == "name":
		return ""
	}
	if other := catalog.Kind(f.Ref); other != nil {
		c.by = other.Field(c.By)
	}
	if c.by == nil || c.by.Custom || c.by.Policy() != policy.Text || c.by.Type == records.OneOf {
		return "a reference is looked up by a text of the other record, such as its code"
	}
	return ""
}

// read reads one row.
func (p *importPlan) read(row sourceRow) *importRow {
	r := &importRow{number: row.Number, given: make(map[string]policy.Value, len(p.columns)+len(p.constants)), empty: map[string]bool{}}
	if row.broken != nil {
		r.problems = append(r.problems, *row.broken)
		return r
	}
	for i := range p.columns {
		c := &p.columns[i]
		p.readCell(r, c, row.Cells)
		if r.skip {
			return r
		}
	}
	for name, v := range p.constants {
		r.given[name] = v
	}
	return r
}

func (p *importPlan) readCell(r *importRow, c *planColumn, cells []string) {
	cell, ok := c.Translate(cells[c.at])
	if !ok {
		r.wrong(c.Column.Column, fault.New(fault.Invalid, "mapping_values", "the cell is none of the values that the mapping lists"))
		return
	}
	if cell == "" && c.SkipRow {
		r.skip = true
		return
	}
	var v policy.Value
	var err error
	switch {
	case c.lng >= 0:
		v, err = c.field.ParsePlace(cell, cells[c.lng])
	case c.By != "" && cell != "":
		by := c.by
		if by == nil {
			r.refs = append(r.refs, refCell{c, cell})
			return
		}
		// The text takes the form in which the other record has it.
		if v, err = p.cells.Parse(by, cell); err == nil && !v.Missing() {
			r.refs = append(r.refs, refCell{c, v.Text()})
			return
		}
	default:
		v, err = p.cells.Parse(c.field, cell)
	}
	switch {
	case err != nil:
		r.wrong(c.Column.Column, err)
		return
	case c.field == p.key:
		if r.key = v; v.Missing() {
			r.wrong(c.Column.Column, fault.New(fault.Invalid, "key_empty", "the key is empty"))
		}
		if c.field.Name == "id" {
			return
		}
	}
	r.empty[c.field.Name] = v.Missing()
	r.given[c.field.Name] = v
}

func (r *importRow) wrong(column string, err error) {
	f := fault.From(err)
	r.problems = append(r.problems, RowProblem{Row: r.number, Column: column, Code: f.Code, Detail: f.Detail, Params: f.Params})
}

// wrongAt turns a fault of the writing, which speaks of fields, into problems of columns. A gate
// stays one problem: it names the stage and everything that it wants, filled by a column or not.
func (p *importPlan) wrongAt(r *importRow, f *fault.Error) {
	items := f.Items
	if len(items) == 0 || f.Code == records.StageGate {
		items = []fault.Item{f.Item()}
	}
	for _, item := range items {
		r.problems = append(r.problems, RowProblem{Row: r.number, Column: p.heading(item.At), Code: item.Code, Detail: item.Detail, Params: item.Params})
	}
}

// heading is the column that fills a field; the field's name where none does.
func (p *importPlan) heading(field string) string {
	i := slices.IndexFunc(p.columns, func(c planColumn) bool { return c.field.Name == field })
	if i < 0 {
		return field
	}
	return p.columns[i].Column.Column
}
