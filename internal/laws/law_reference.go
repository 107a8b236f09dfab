package laws

import (
	"slices"

	"guan/policy"
)

// reference: a decision is what the words of the model say, read rule by rule and without any of
// the engine's indexes, merging or reduction: allowed when some permit in force for the person
// certainly reaches the record and every forbid certainly does not; a field as open as the most
// open of these permits, lowered by every guard that may reach the record.
func reference(c *checker) {
	for _, who := range c.askers() {
		b, s := c.bind(c.rules, who), c.w.subject(who)
		tests := make([]*policy.Bar, len(c.w.Rules))
		for i := range c.w.Rules {
			tests[i] = c.test(&c.w.Rules[i], s)
		}
		for _, row := range c.rows {
			reach := make([]policy.Tri, len(tests))
			for i, t := range tests {
				reach[i] = policy.No
				if t != nil && c.w.Rules[i].Kind == row.Kind {
					reach[i] = t.Match(row)
				}
			}
			for _, action := range schema.Kind(row.Kind).Actions {
				want, got := c.w.read(row.Kind, action, reach), c.decide(b, row, action)
				if !same(want, got) {
					k := schema.Kind(row.Kind)
					c.fail("reference", "%d, %s %s %d: decided %s, should be %s", who, action, row.Kind, row.ID, show(k, got), show(k, want))
				}
			}
		}
	}
}

// test gives the question that a rule asks of a record, nil when the rule does not speak of the
// person now. Units are written out one by one.
func (c *checker) test(r *policy.Rule, s *policy.Subject) *policy.Bar {
	if !inForce(r, c.w.Now) || r.Duty.SecondFactor && c.w.Request.Proved != (r.Effect == policy.Permit) || !speaksOf(r.Who, s, c.w) {
		return nil
	}
	where, some := c.w.spelled(r.Where, s)
	if !some {
		return nil
	}
	rs := c.compile(c.w, []policy.Rule{{
		ID: "test", Kind: r.Kind, Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Scene: "laws",
		Actions: []policy.Action{policy.Read}, Where: where, When: r.When,
	}})
	bars := rs.Bind(s, c.w.context()).Reduce(policy.Read, r.Kind).Bars
	if len(bars) == 0 {
		return nil
	}
	return bars[0]
}

func inForce(r *policy.Rule, now int64) bool {
	var from, until *int64
	if r.From != nil {
		t := r.From.UnixMicro()
		from = &t
	}
	if r.Until != nil {
		t := r.Until.UnixMicro()
		until = &t
	}
	return holds(from, until, now)
}

func speaksOf(who policy.Who, s *policy.Subject, w *World) bool {
	named := func(clauses []policy.Clause) bool {
		for _, c := range clauses {
			if c.Everyone || c.Person != 0 && c.Person == s.Person {
				return true
			}
			if c.Position == "" && c.Unit == 0 {
				continue
			}
			for _, p := range s.Posts {
				here := c.Unit == 0 || p.Unit == c.Unit || c.Below && slices.Contains(w.expand(c.Unit), p.Unit)
				if here && (c.Position == "" || c.Position == p.Position) {
					return true
				}
			}
		}
		return false
	}
	return named(who.Any) && !named(who.Except)
}

// spelled names the units of a path one by one; false when there are none.
func (w *World) spelled(p policy.Path, s *policy.Subject) (policy.Path, bool) {
	var units []policy.ID
	switch p.Path {
	case policy.PathUnit:
		units = s.Units
	case policy.PathUnitBelow:
		for _, u := range s.Units {
			units = append(append(units, u), w.expand(u)...)
		}
	case policy.PathHeaded:
		for _, u := range w.Units {
			if slices.Contains(u.Heads, s.Person) {
				units = append(append(units, u.ID), w.expand(u.ID)...)
			}
		}
	case policy.PathUnits:
		for _, u := range p.Units {
			units = append(units, u)
			if p.Below {
				units = append(units, w.expand(u)...)
			}
		}
	case policy.PathLinked:
		if p.Via == nil {
			return p, true
		}
		via, some := w.spelled(*p.Via, s)
		p.Via = &via
		return p, some
	default:
		return p, true
	}
	return policy.Path{Path: policy.PathUnits, Units: units}, len(units) > 0
}

// concerns reports whether a rule speaks of the action: what forbids reading forbids revealing.
func concerns(r *policy.Rule, action policy.Action) bool {
	return slices.Contains(r.Actions, action) || action == policy.Reveal && r.Effect == policy.Forbid && slices.Contains(r.Actions, policy.Read)
}

// read combines the rules that reach a record into the outcome of an action.
func (w *World) read(kind policy.Kind, action policy.Action, reach []policy.Tri) policy.Outcome {
	k := schema.Kind(kind)
	o := policy.Outcome{Levels: make([]policy.Level, len(k.Fields)), Edits: make([]bool, len(k.Fields))}
	barred := false
	for i := range w.Rules {
		r := &w.Rules[i]
		if r.Kind != kind || !concerns(r, action) {
			continue
		}
		barred = barred || r.Effect == policy.Forbid && len(r.Fields) == 0 && reach[i] != policy.No
		if r.Effect != policy.Permit || reach[i] != policy.Yes {
			continue
		}
		o.Allowed = true
		for f, level := range fieldLevels(r, k) {
			o.Levels[f] = max(o.Levels[f], level.Level)
			o.Edits[f] = o.Edits[f] || level.Edit
		}
	}
	if barred || !o.Allowed {
		return policy.Outcome{}
	}
	for i := range w.Rules {
		r := &w.Rules[i]
		if r.Kind != kind || !concerns(r, action) || r.Effect != policy.Forbid || reach[i] == policy.No {
			continue
		}
		for f, level := range fieldLevels(r, k) {
			o.Levels[f] = min(o.Levels[f], level.Level)
			o.Edits[f] = o.Edits[f] && level.Edit
		}
	}
	return o
}

// fieldLevels reads a rule's levels for each field: its own entry before its class's, that before
// everything's; where none speaks of it a permit shows nothing and a guard lowers nothing.
func fieldLevels(r *policy.Rule, k *policy.KindSchema) []policy.FieldRule {
	out := make([]policy.FieldRule, len(k.Fields))
	for i, f := range k.Fields {
		var named, classed, all []policy.FieldRule
		for _, e := range r.Fields {
			switch suits := slices.Contains(f.Masks, e.Level); {
			case e.Level == policy.Masked && f.Mask != policy.Hidden:
				e.Level = f.Mask
			case e.Level == policy.Masked, e.Level.IsMask() && !suits:
				e.Level = policy.MaskConstant
			}
			switch {
			case e.Field == f.Name:
				named = append(named, e)
			case e.Class == f.Class:
				classed = append(classed, e)
			case e.Class == policy.Everything:
				all = append(all, e)
			}
		}
		entries := named
		if len(entries) == 0 {
			entries = classed
		}
		if len(entries) == 0 {
			entries = all
		}
		if len(entries) == 0 {
			if r.Effect == policy.Forbid {
				out[i] = policy.FieldRule{Level: policy.Plain, Edit: true}
			}
			continue
		}
		out[i] = entries[0]
		for _, e := range entries[1:] {
			if r.Effect == policy.Permit {
				out[i].Level, out[i].Edit = max(out[i].Level, e.Level), out[i].Edit || e.Edit
			} else {
				out[i].Level, out[i].Edit = min(out[i].Level, e.Level), out[i].Edit && e.Edit
			}
		}
	}
	return out
}
