package store

import (
	"context"
	"slices"
	"strings"

	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// ImportPlan is how the columns of a table may lead to the fields of a kind.
type ImportPlan struct {
	Columns []ImportColumn `json:"columns"`
	Fields  []ImportField  `json:"fields"`
	// Key is the field by which rows find the records they update, of the last time; empty: every
	// row is new.
	Key        string `json:"key,omitempty"`
	Remembered bool   `json:"remembered"` // the columns are led as the last time
	// Looks says of how many new rows it can be asked whether somebody looks after the same already;
	// absent for who is not told that.
	Looks *LooksLeft `json:"looks,omitempty"`
}

// LooksLeft is how often one person may ask, and how often they still may at this instant.
type LooksLeft struct {
	Hour int `json:"hour"`
	Day  int `json:"day"`
	Left int `json:"left"`
}

// ImportColumn is a column with the field that it seems to fill.
type ImportColumn struct {
	Heading    string        `json:"heading"`
	Samples    []string      `json:"samples"`
	Field      string        `json:"field,omitempty"`
	By         string        `json:"by,omitempty"`         // of the other record, by which a reference is found
	Part       exchange.Part `json:"part,omitempty"`       // half of a place
	Confidence string        `json:"confidence,omitempty"` // remembered, exact or similar
	Locked     string        `json:"locked,omitempty"`     // the heading names this field, which one may not write
}

// ImportField is a field into which a column may lead, or may not and why.
type ImportField struct {
	Name     string        `json:"name"`
	Label    records.Label `json:"label"`
	Type     records.Type  `json:"type"`
	Required bool          `json:"required"`
	Key      bool          `json:"key"`              // records can be found by it
	By       string        `json:"by,omitempty"`     // how a reference is named in a table
	Locked   string        `json:"locked,omitempty"` // read_only or no_right
}

// orgLabels names the fields of the parts of the organisation.
var orgLabels = map[string]records.Label{
	"path": {ZH: "部门路径", EN: "Unit path"}, "type": {ZH: "类型", EN: "Type"}, "place": {ZH: "位置", EN: "Place"}, "code": {ZH: "编码", EN: "Code"},
	"zh": {ZH: "中文名称", EN: "Chinese name"}, "en": {ZH: "英文名称", EN: "English name"}, "person": {ZH: "员工", EN: "Person"}, "unit": {ZH: "部门", EN: "Unit"},
	"position": {ZH: "岗位", EN: "Position"}, "from": {ZH: "开始日期", EN: "From"}, "until": {ZH: "结束日期", EN: "Until"},
}

// MayImport asks for the right import, before a table is read: taking one apart costs much, and is
// nobody's else. Faults: Denied.
func (s *Session) MayImport(ctx context.Context) error {
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		if !v.may("import") {
			return noRight.With("action", "import")
		}
		return nil
	})
	return s.declined(ctx, "import", err)
}

// PlanImport suggests how the columns of a table lead to fields: as the last time the same person
// imported such a table, or by their headings. Fields that the person may never write are told as
// locked and are no target. It takes the right import. Faults: Denied, NotFound for an unknown kind.
func (s *Session) PlanImport(ctx context.Context, kind policy.Kind, header []string) (*ImportPlan, error) {
	var plan *ImportPlan
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		if !v.may("import") {
			return noRight.With("action", "import")
		}
		fields, err := v.importFields(kind)
		if err != nil {
			return err
		}
		plan = &ImportPlan{Fields: fields, Columns: make([]ImportColumn, len(header))}
		for i, heading := range header {
			plan.Columns[i] = ImportColumn{Heading: heading, Samples: []string{}}
		}
		if described := v.catalog.Kind(kind); described != nil && described.Owner == "owner" && v.may("duplicates") && !v.bound.Reduce(policy.Create, kind).None() {
			left, err := s.db.through(v).asksLeft(ctx, s.actor, "look", lookedHour, lookedDay)
			if err != nil {
				return err
			}
			plan.Looks = &LooksLeft{lookedHour, lookedDay, left}
		}
		last, err := s.db.through(v).remembered(ctx, v.tenant, s.actor.Person, kind, header)
		if err != nil {
			return err
		}
		if last == nil || !plan.recall(last) {
			plan.match(header)
		}
		return nil
	})
	return plan, s.declined(ctx, "import", err)
}

// importFields are the fields of a kind as an import may fill them.
func (v *view) importFields(kind policy.Kind) ([]ImportField, error) {
	out := []ImportField{}
	if kind == exchange.Staff {
		return staffImportFields(), nil
	}
	if fields, ok := exchange.OrganisationFields[string(kind)]; ok {
		for _, name := range []string{"path", "type", "place", "code", "zh", "en", "person", "unit", "position", "from", "until"} {
			if required, there := fields[name]; there {
				out = append(out, ImportField{Name: name, Label: orgLabels[name], Type: orgFields[name].Type, Required: required, By: map[string]string{"person": "login", "unit": "path"}[name]})
			}
		}
		return out, nil
	}
	described := v.catalog.Kind(kind)
	create, edit := v.bound.Reduce(policy.Create, kind), v.bound.Reduce(policy.Edit, kind)
	if described == nil || create.None() && edit.None() {
		return nil, noKind
	}
	known, schema := v.knownFields(described), v.catalog.Schema().Kind(kind)
	for _, f := range described.Fields {
		e := schema.Field(f.Name)
		writable := mayWrite(create, e) || mayWrite(edit, e)
		if f.Custom && known[f.Name] == nil && !writable {
			continue
		}
		field := ImportField{Name: f.Name, Label: f.Label, Type: f.Type, Required: f.Required && !f.ReadOnly, By: v.knownBy(f)}
		switch {
		case f.ReadOnly:
			field.Locked = "read_only"
		case !writable:
			field.Locked = "no_right"
		}
		// A record is found by a field whose value the person sees; what a key matches tells it.
		plain := known[f.Name] != nil && v.bound.Reduce(policy.Read, kind).Reach(e) == policy.Plain
		field.Key = plain && (f.Name == "id" || !f.Custom && f.Type == records.Text && f.Format == records.Plain && slices.Contains([]string{"code", "number", "name", "login", described.Title}, f.Name))
		out = append(out, field)
	}
	return out, nil
}

// recall leads the columns as a mapping of before does; false where it no longer fits.
func (p *ImportPlan) recall(m *exchange.Mapping) bool {
	to := map[string]exchange.Column{}
	for _, c := range m.Columns {
		f := p.field(c.Field)
		if f == nil || f.Locked != "" && c.Field != m.Key {
			return false
		}
		to[strings.TrimSpace(c.Column)] = c
	}
	for i := range p.Columns {
		if c, ok := to[p.Columns[i].Heading]; ok {
			p.Columns[i].Field, p.Columns[i].By, p.Columns[i].Part, p.Columns[i].Confidence = c.Field, c.By, c.Part, "remembered"
		}
	}
	p.Key, p.Remembered = m.Key, true
	return true
}

// match leads the columns by their headings: as the fields are called, or nearly so.
func (p *ImportPlan) match(header []string) {
	var targets, open []sheet.Target
	for _, f := range p.Fields {
		t := sheet.Target{Name: f.Name, Labels: []string{f.Label.ZH, f.Label.EN}}
		if targets = append(targets, t); f.Locked == "" {
			open = append(open, t)
		}
	}
	found := sheet.Match(header, targets)
	taken := map[string]bool{}
	for i, name := range found.Targets {
		if name == "" {
			continue
		}
		if f := p.field(name); f.Locked != "" {
			p.Columns[i].Locked = name
		} else {
			p.Columns[i].Field, p.Columns[i].By, p.Columns[i].Confidence = name, f.By, "exact"
			taken[name] = true
		}
	}
	open = slices.DeleteFunc(open, func(t sheet.Target) bool { return taken[t.Name] })
	for _, i := range found.Unknown {
		if name, ok := sheet.Similar(header[i], open); ok && !taken[name] {
			p.Columns[i].Field, p.Columns[i].By, p.Columns[i].Confidence = name, p.field(name).By, "similar"
			taken[name] = true
		}
	}
}

func (p *ImportPlan) field(name string) *ImportField {
	i := slices.IndexFunc(p.Fields, func(f ImportField) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &p.Fields[i]
}

// checkLocked refuses a mapping into fields that the person may never write, before any row is read.
func (v *view) checkLocked(m *exchange.Mapping) error {
	if _, organisation := exchange.OrganisationFields[m.Kind]; organisation {
		return nil
	}
	fields, err := v.importFields(policy.Kind(m.Kind))
	if err != nil {
		return err
	}
	locked := map[string]bool{}
	for _, f := range fields {
		locked[f.Name] = f.Locked == "no_right"
	}
	var errs []error
	for _, c := range m.Columns {
		if locked[c.Field] && c.Field != m.Key {
			errs = append(errs, fault.From(deniedField(c.Field)).WithAt("column "+c.Column))
		}
	}
	for name := range m.Constants {
		if locked[name] {
			errs = append(errs, fault.From(deniedField(name)).WithAt("constants."+name))
		}
	}
	return fault.Collect(fault.Denied, "mapping_locked", "the table fills fields that you may not write", errs...)
}
