package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"guan/fault"
)

// Mapping leads from the columns of one file to the fields of one kind.
type Mapping struct {
	// Kind is a kind of record, or one of the parts of the organisation: Unit, Position,
	// Appointment, Head.
	Kind string `json:"kind"`
	// Key is the field by which a row finds the record that it updates. Empty: every row is new.
	Key     string   `json:"key,omitempty"`
	Columns []Column `json:"columns"`
	// Constants are fields that no column fills; the values are read as cells are.
	Constants map[string]string `json:"constants,omitempty"`
	// Ignore names the columns that are left out on purpose.
	Ignore []string `json:"ignore,omitempty"`
	// KeepEmpty lets an empty cell leave the field of an existing record as it is. Otherwise the
	// cell empties it.
	KeepEmpty bool `json:"keep_empty,omitempty"`
	// Distinct refuses a row that would become a second record of the same: by name, telephone number,
	// e-mail address or credit code, among the records that who imports sees and the rows before it. Who
	// has the right duplicates is told of records in other hands too, of as many rows as they may ask about.
	Distinct bool `json:"distinct,omitempty"`
}

// Column leads from one column to one field.
type Column struct {
	Column string `json:"column"` // heading, as it stands in the file
	Field  string `json:"field"`
	// Part says which half of a place the column holds: two columns fill one place then. A row
	// whose halves are empty or both 0 has no known place.
	Part Part `json:"part,omitempty"`
	// By is the field of the other record by which a reference is looked up: login, code, path,
	// number, name. Empty: the cell holds an id.
	By string `json:"by,omitempty"`
	// Values translates cells before they are read. A cell that is not listed stays as it is,
	// unless Strict: then it is an error.
	Values map[string]string `json:"values,omitempty"`
	Strict bool              `json:"strict,omitempty"`
	// SkipRow leaves out the rows whose cell is empty.
	SkipRow bool `json:"skip_row,omitempty"`
}

// Part is half of a place.
type Part string

// The halves of a place, in WGS-84 degrees.
const (
	Lat Part = "lat"
	Lng Part = "lng"
)

// The parts of the organisation that a file can hold beside records, with their fields.
const (
	Unit        = "unit"        // path, type; place
	Position    = "position"    // code; zh, en: its labels
	Appointment = "appointment" // person, unit, position, from; until
	Head        = "head"        // unit, person
	Staff       = "staff"       // people with their appointments, one row each: name, login, unit, position; the rest
)

// OrganisationFields names the fields of Unit, Position, Appointment, Head and Staff; true for the
// required ones. A unit is known by its path: the names from the root, joined by '/'.
var OrganisationFields = map[string]map[string]bool{
	Unit:        {"path": true, "type": true, "place": false},
	Position:    {"code": true, "zh": false, "en": false},
	Appointment: {"person": true, "unit": true, "position": true, "from": true, "until": false},
	Head:        {"unit": true, "person": true},
	Staff: {"name": true, "login": true, "unit": true, "position": true, "code": false, "title": false, "phone": false, "email": false, "hire_date": false,
		"gender": false, "head": false, "from": false, "until": false, "create_units": false},
}

// The limits of a mapping.
const (
	MaxBytes   = 1 << 20
	MaxColumns = 500
)

// Parse reads a mapping and checks it. Members it does not know are refused. Faults: Invalid.
func Parse(document []byte) (*Mapping, error) {
	invalid := func(cause error, detail string) error {
		return fault.Wrap(cause, fault.Invalid, "mapping_json", detail)
	}
	if len(document) > MaxBytes {
		return nil, invalid(nil, "the mapping is larger than 1 MiB")
	}
	if !utf8.Valid(document) {
		return nil, invalid(nil, "the mapping is no valid UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.DisallowUnknownFields()
	var m Mapping
	if err := d.Decode(&m); err != nil {
		return nil, fault.Wrapf(err, fault.Invalid, "mapping_json", "the mapping is no JSON of the form expected, near byte %d", d.InputOffset())
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, invalid(err, "something stands behind the mapping")
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	return &m, nil
}

// Check reports everything that is wrong with the mapping by itself. Faults: Invalid, with one
// item for each mistake.
func (m *Mapping) Check() error {
	var errs []error
	wrong := func(at, code, format string, args ...any) {
		errs = append(errs, fault.Newf(fault.Invalid, code, format, args...).WithAt(at))
	}
	if !isName(m.Kind) {
		wrong("kind", "mapping_kind", "a mapping names a kind")
	}
	if len(m.Columns) == 0 || len(m.Columns) > MaxColumns {
		wrong("columns", "mapping_columns", "a mapping leads from 1 to 500 columns")
	}
	filled := map[string]bool{} // "field" or "field part"
	for i, c := range m.Columns {
		at := fmt.Sprintf("columns[%d]", i)
		c.check(at, wrong)
		target := c.Field
		if c.Part != "" {
			target += " " + string(c.Part)
		}
		if filled[target] || c.Part != "" && filled[c.Field] || c.Part == "" && (filled[c.Field+" lat"] || filled[c.Field+" lng"]) {
			wrong(at+".field", "mapping_double", "another column fills the field already")
		}
		filled[target] = true
		if slices.Contains(m.Ignore, c.Column) {
			wrong(at+".column", "mapping_ignored", "the column is mapped and ignored")
		}
	}
	for _, c := range m.Columns {
		if c.Part != "" && !(filled[c.Field+" lat"] && filled[c.Field+" lng"]) {
			wrong("columns", "mapping_place", "a place needs a column for its latitude and one for its longitude")
			break
		}
	}
	for _, field := range slices.Sorted(maps.Keys(m.Constants)) {
		if !isName(field) {
			wrong("constants", "mapping_field", "a field is named by a lower-case word")
		}
		if filled[field] || filled[field+" lat"] {
			wrong("constants."+field, "mapping_double", "a column fills the field already")
		}
	}
	if _, constant := m.Constants[m.Key]; m.Key != "" && (!filled[m.Key] || constant) {
		wrong("key", "mapping_key", "the key is a field that one column fills")
	}
	if fields, ok := OrganisationFields[m.Kind]; ok {
		m.checkOrganisation(fields, filled, wrong)
	}
	return fault.Collect(fault.Invalid, "mapping", "the mapping is not well formed", errs...)
}

func (m *Mapping) checkOrganisation(fields, filled map[string]bool, wrong func(at, code, format string, args ...any)) {
	for i, c := range m.Columns {
		if _, ok := fields[c.Field]; !ok && isName(c.Field) {
			wrong(fmt.Sprintf("columns[%d].field", i), "mapping_field", "%s has no such field", m.Kind)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		if _, constant := m.Constants[field]; fields[field] && !filled[field] && !constant {
			wrong("columns", "mapping_required", "%s needs the field %s", m.Kind, field)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(m.Constants)) {
		if _, ok := fields[field]; !ok && isName(field) {
			wrong("constants."+field, "mapping_field", "%s has no such field", m.Kind)
		}
	}
}

func (c Column) check(at string, wrong func(at, code, format string, args ...any)) {
	if strings.TrimSpace(c.Column) == "" {
		wrong(at+".column", "mapping_column", "a column is named by its heading")
	}
	if !isName(c.Field) {
		wrong(at+".field", "mapping_field", "a field is named by a lower-case word")
	}
	if c.Part != "" && c.Part != Lat && c.Part != Lng {
		wrong(at+".part", "mapping_part", "a part is lat or lng")
	}
	if c.By != "" && (!isName(c.By) || c.Part != "") {
		wrong(at+".by", "mapping_by", "a reference is looked up by one field, named by a lower-case word")
	}
	if c.Strict && len(c.Values) == 0 {
		wrong(at+".strict", "mapping_values", "without a list of values there is nothing to be strict about")
	}
}

// Bind finds the mapped columns in the header of a file and returns their places in the order
// of Columns. Headings are compared without the spaces around them. Every column of the file
// must be mapped or ignored, so that none is lost by oversight. Faults: Invalid, with one item
// for each mistake.
func (m *Mapping) Bind(header []string) ([]int, error) {
	var errs []error
	wrong := func(heading, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt("column "+heading))
	}
	at := make(map[string]int, len(header))
	for i, heading := range header {
		heading = strings.TrimSpace(heading)
		if _, double := at[heading]; double && heading != "" {
			wrong(heading, "mapping_heading_double", "two columns have this heading")
		}
		at[heading] = i
	}
	places := make([]int, len(m.Columns))
	known := map[string]bool{"": true}
	for _, heading := range m.Ignore {
		known[strings.TrimSpace(heading)] = true
	}
	for i, c := range m.Columns {
		heading := strings.TrimSpace(c.Column)
		place, ok := at[heading]
		if !ok && !known[heading] {
			wrong(heading, "mapping_heading_missing", "the file has no such column")
		}
		places[i], known[heading] = place, true
	}
	for _, heading := range header {
		if heading = strings.TrimSpace(heading); !known[heading] {
			known[heading] = true
			wrong(heading, "mapping_heading_unknown", "the mapping says nothing about the column")
		}
	}
	if err := fault.Collect(fault.Invalid, "mapping_header", "the mapping does not fit the file", errs...); err != nil {
		return nil, err
	}
	return places, nil
}

// Translate gives the cell as the field shall read it; false when Strict and not listed. An
// empty cell stays empty unless the list says otherwise.
func (c Column) Translate(cell string) (string, bool) {
	if value, ok := c.Values[strings.TrimSpace(cell)]; ok {
		return value, true
	}
	return cell, !c.Strict || strings.TrimSpace(cell) == ""
}

// isName accepts the names of kinds and fields.
func isName(s string) bool {
	if s == "" || len(s) > 64 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}
