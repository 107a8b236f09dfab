package store

import (
	"slices"
	"strings"

	"guan/policy"
	"guan/records"
)

// mentions are what a rule names of the organisation: its people, its reach and its conditions.
type mentions struct {
	units, people []policy.ID
	positions     []string
}

// mentionsOf lists what a rule names. In CEL text that is known before the query only the ids that
// stand quoted in it can be found; all of them count as whatever they may be.
func mentionsOf(schema *policy.Schema, r *policy.Rule) mentions {
	var m mentions
	for _, c := range slices.Concat(r.Who.Any, r.Who.Except) {
		m.clause(c)
	}
	m.path(schema, r.Kind, &r.Where)
	m.cond(schema, r.Kind, r.When)
	for _, step := range spelled(r.Duty.Approval, nil) {
		for _, by := range step.By {
			if by.Position != "" {
				m.positions = append(m.positions, by.Position)
			}
		}
	}
	return m
}

func (m *mentions) clause(c policy.Clause) {
	if c.Unit != 0 {
		m.units = append(m.units, c.Unit)
	}
	if c.Person != 0 {
		m.people = append(m.people, c.Person)
	}
	if c.Position != "" {
		m.positions = append(m.positions, c.Position)
	}
}

func (m *mentions) path(schema *policy.Schema, kind policy.Kind, p *policy.Path) {
	if p == nil {
		return
	}
	m.units = append(m.units, p.Units...)
	if p.Path != policy.PathLinked || schema.Kind(kind) == nil {
		return
	}
	if r, ok := schema.Kind(kind).Relation(p.Relation); ok {
		m.path(schema, r.Kind, p.Via)
		m.cond(schema, r.Kind, p.Cond)
	}
}

func (m *mentions) cond(schema *policy.Schema, kind policy.Kind, c *policy.Cond) {
	k := schema.Kind(kind)
	if c == nil || k == nil {
		return
	}
	m.text(c.CEL)
	on, name, dotted := kind, c.Field, false
	if parent, field, ok := strings.Cut(c.Field, "."); ok {
		if r, found := k.Relation(parent); found {
			on, name, dotted = r.Kind, field, true
		}
	}
	for _, o := range append(slices.Clone(c.Values), operandOf(c)) {
		m.text(o.CEL)
		if o.Ref == nil {
			continue
		}
		switch f := schema.Kind(on).Field(name); {
		case f == nil:
		case f.Refs == records.RefUnit:
			m.units = append(m.units, *o.Ref)
		case f.Refs == records.RefPerson:
			m.people = append(m.people, *o.Ref)
		}
	}
	inner := kind
	if c.Op == policy.OpExists && !dotted {
		if r, ok := k.Relation(c.Relation); ok {
			inner = r.Kind
		}
	}
	for i := range c.Args {
		m.cond(schema, inner, &c.Args[i])
	}
}

func operandOf(c *policy.Cond) policy.Operand {
	if c.Value == nil {
		return policy.Operand{}
	}
	return *c.Value
}

// text takes every part between quotation marks for a name of whatever it may be: one too many
// keeps a unit or position that could go, one too few would leave a rule that names nothing.
func (m *mentions) text(cel string) {
	for _, word := range strings.FieldsFunc(cel, func(r rune) bool { return r == '\'' || r == '"' }) {
		if id, err := policy.ParseID(word); err == nil {
			m.units, m.people = append(m.units, id), append(m.people, id)
		} else {
			m.positions = append(m.positions, word)
		}
	}
}

// rulesNaming lists the ids of the written rules and of the grants in force that name something.
func (st *state) rulesNaming(names func(mentions) bool) []string {
	var ids []string
	authored := st.authored
	authored.Packs, authored.Assignments = nil, nil
	authored.Pools = nil // what they name is struck from their settings
	rules := authored.Lower()
	for _, p := range st.document.Packs {
		rules = append(rules, p.Pack().Rules...)
	}
	for _, r := range rules {
		if names(mentionsOf(st.catalog.Schema(), &r)) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
