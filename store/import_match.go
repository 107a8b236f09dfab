package store

import (
	"context"

	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// MatchColumns makes the mapping of a table whose headings are names or labels of fields, in either
// language. References are looked up by what people know: a person by login, a unit by path, a
// record of another kind by its code or number. Columns of fields that only the store writes are
// left out; a heading that names no field of the actor, or several, is refused. Faults: NotFound for
// an unknown kind, Invalid.
func (s *Session) MatchColumns(ctx context.Context, kind policy.Kind, key string, header []string) (*exchange.Mapping, error) {
	var m *exchange.Mapping
	err := s.db.lookNow(ctx, s.actor, func(v *view) (err error) {
		if fields, ok := exchange.OrganisationFields[string(kind)]; ok {
			m, err = matchOrganisation(kind, key, header, fields)
			return err
		}
		described := v.catalog.Kind(kind)
		create := v.bound.Reduce(policy.Create, kind)
		if described == nil || create.None() && v.bound.Reduce(policy.Edit, kind).None() {
			return noKind
		}
		known := v.knownFields(described)
		schema := v.catalog.Schema().Kind(kind)
		var targets []sheet.Target
		for _, f := range described.Fields {
			if !f.Custom || known[f.Name] != nil || mayWrite(create, schema.Field(f.Name)) {
				targets = append(targets, sheet.Target{Name: f.Name, Labels: []string{f.Label.ZH, f.Label.EN}})
			}
		}
		m = &exchange.Mapping{Kind: string(kind), Key: key}
		return matched(m, header, targets, func(name string) (exchange.Column, bool) {
			f := described.Field(name)
			return exchange.Column{Field: name, By: v.knownBy(f)}, !f.ReadOnly || name == "id" && key == "id"
		})
	})
	return m, err
}

// matched fills the columns of a mapping; column says how a field is filled, and whether it is.
func matched(m *exchange.Mapping, header []string, targets []sheet.Target, column func(string) (exchange.Column, bool)) error {
	var errs []error
	wrong := func(i int, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt("column "+header[i]))
	}
	found := sheet.Match(header, targets)
	for _, i := range found.Unknown {
		wrong(i, "heading_unknown", "the heading names no field: rename it, or say in a mapping what it is")
	}
	for _, a := range found.Ambiguous {
		wrong(a.Column, "heading_ambiguous", "the heading can mean several fields, or another column has the same: say in a mapping what it is")
	}
	for i, name := range found.Targets {
		if name == "" {
			continue
		}
		c, filled := column(name)
		if c.Column = header[i]; filled {
			m.Columns = append(m.Columns, c)
		} else {
			m.Ignore = append(m.Ignore, header[i])
		}
	}
	if err := fault.Collect(fault.Invalid, "headings", "some columns could not be matched", errs...); err != nil {
		return err
	}
	return m.Check()
}

// knownBy is the field by which people name the end of a reference; empty for its id.
func (v *view) knownBy(f *records.Field) string {
	if f.Type != records.Ref || f.Name == "id" {
		return ""
	}
	switch f.Ref {
	case records.RefPerson:
		return "login"
	case records.RefUnit:
		return "path"
	case records.RefPool:
		return "name"
	}
	other := v.catalog.Kind(f.Ref)
	for _, name := range []string{"code", "number"} {
		if other != nil && other.Field(name) != nil {
			return name
		}
	}
	return other.Title
}

func matchOrganisation(kind policy.Kind, key string, header []string, fields map[string]bool) (*exchange.Mapping, error) {
	var targets []sheet.Target
	for name := range fields {
		label := orgLabels[name]
		if kind == exchange.Staff {
			label = staffLabel(name)
		}
		targets = append(targets, sheet.Target{Name: name, Labels: []string{label.ZH, label.EN}})
	}
	m := &exchange.Mapping{Kind: string(kind), Key: key}
	return m, matched(m, header, targets, func(name string) (exchange.Column, bool) {
		return exchange.Column{Field: name, By: byOf(kind, name)}, true
	})
}

// byOf is how a table names the end of a reference of the organisation; a staff list names none.
func byOf(kind policy.Kind, field string) string {
	if kind == exchange.Staff {
		return ""
	}
	return map[string]string{"person": "login", "unit": "path"}[field]
}
