package laws

import (
	"slices"

	"guan/policy"
)

// with gives the world's rules and one more; without, all but the named ones.
func (w *World) with(r *policy.Rule) []policy.Rule { return append(slices.Clone(w.Rules), *r) }

func (w *World) without(ids []string) []policy.Rule {
	return slices.DeleteFunc(slices.Clone(w.Rules), func(r policy.Rule) bool { return slices.Contains(ids, r.ID) })
}

// reordered gives the same rules turned, with some of them twice.
func (w *World) reordered() []policy.Rule {
	if len(w.Rules) == 0 {
		return nil
	}
	i := w.Change.Rotate % len(w.Rules)
	out := slices.Concat(w.Rules[i:], w.Rules[:i])
	for _, r := range w.Rules {
		if slices.Contains(w.Change.Twice, r.ID) {
			out = append(out, r)
		}
	}
	slices.Reverse(out)
	return out
}

// moved gives the world after its reorganisation.
func (w *World) moved() *World {
	if w.Change.Move == 0 {
		return w
	}
	after := *w
	after.Units = slices.Clone(w.Units)
	after.unit(w.Change.Move).Parent = w.Change.To
	return &after
}

// each runs over every person who asks, every record and every action.
func (c *checker) each(do func(who policy.ID, row *policy.Row, action policy.Action)) {
	for _, who := range c.askers() {
		for _, row := range c.rows {
			for _, action := range schema.Kind(row.Kind).Actions {
				do(who, row, action)
			}
		}
	}
}

// binder binds a rule set for each person once.
func (c *checker) binder(rs *policy.Ruleset) func(policy.ID) *policy.Bound {
	bound := map[policy.ID]*policy.Bound{}
	return func(who policy.ID) *policy.Bound {
		if bound[who] == nil {
			bound[who] = c.bind(rs, who)
		}
		return bound[who]
	}
}

// monotone: a permit more never shrinks, a forbid more never grows.
func monotone(c *checker) {
	before := c.binder(c.rules)
	for _, r := range []*policy.Rule{c.w.Change.Permit, c.w.Change.Forbid} {
		if r == nil {
			continue
		}
		after := c.binder(c.compile(c.w, c.w.with(r)))
		c.each(func(who policy.ID, row *policy.Row, action policy.Action) {
			old, now := c.decide(before(who), row, action), c.decide(after(who), row, action)
			if r.Effect == policy.Permit && !atMost(old, now) || r.Effect == policy.Forbid && !atMost(now, old) {
				k := schema.Kind(row.Kind)
				c.fail("monotone", "a %s more: %d, %s %s %d: before %s, after %s", r.Effect, who, action, row.Kind, row.ID, show(k, old), show(k, now))
			}
		})
	}
}

// orderless: the order of the rules, and how often each stands there, changes nothing.
func orderless(c *checker) {
	before, after := c.binder(c.rules), c.binder(c.compile(c.w, c.w.reordered()))
	c.each(func(who policy.ID, row *policy.Row, action policy.Action) {
		a, b := c.decide(before(who), row, action), c.decide(after(who), row, action)
		if !same(a, b) {
			k := schema.Kind(row.Kind)
			c.fail("orderless", "%d, %s %s %d: %s, in another order %s", who, action, row.Kind, row.ID, show(k, a), show(k, b))
		}
	})
}

// simulation: what Simulate tells is the difference of the decisions, both ways.
func simulation(c *checker) {
	after := c.w.moved()
	rules := after.without(c.w.Change.Drop)
	for _, r := range []*policy.Rule{c.w.Change.Permit, c.w.Change.Forbid} {
		if r != nil {
			rules = append(rules, *r)
		}
	}
	rs := c.compile(after, rules)
	for _, who := range c.askers() {
		old, now := c.bind(c.rules, who), rs.Bind(after.subject(who), after.context())
		for _, row := range c.rows {
			c.simulate(old, now, row, policy.Simulate(old, now, row))
			c.simulate(now, old, row, policy.Simulate(now, old, row))
		}
	}
}

func (c *checker) simulate(old, now *policy.Bound, row *policy.Row, changes []policy.Change) {
	told := map[policy.Action]policy.Change{}
	for _, change := range changes {
		told[change.Action] = change
	}
	k := schema.Kind(row.Kind)
	for _, action := range k.Actions {
		before, after := c.decide(old, row, action), c.decide(now, row, action)
		change, ok := told[action]
		// An action may be gained that shows nothing, so that only the permission itself differs.
		if differs := before.Allowed != after.Allowed || !same(before, after); ok != differs {
			c.fail("simulate", "%s %s %d: told %v, before %s, after %s", action, row.Kind, row.ID, ok, show(k, before), show(k, after))
		}
		if !ok {
			continue
		}
		if change.Gained() != (!before.Allowed && after.Allowed) || change.Lost() != (before.Allowed && !after.Allowed) {
			c.fail("simulate", "%s %s %d: gained %v, lost %v", action, row.Kind, row.ID, change.Gained(), change.Lost())
		}
		told := map[string]policy.FieldChange{}
		for _, f := range change.Fields(k) {
			told[f.Field.Name] = f
		}
		for _, f := range k.Fields {
			want := policy.FieldChange{Field: f, Before: before.Level(f), After: after.Level(f), Edited: before.Editable(f), Editing: after.Editable(f)}
			got, ok := told[f.Name]
			if differs := want.Before != want.After || want.Edited != want.Editing; ok != differs || ok && got != want {
				c.fail("simulate", "%s %s %d: %s: told %v %+v, is %+v", action, row.Kind, row.ID, f.Name, ok, got, want)
			}
		}
	}
}

// changes: lists from the database grow with a permit, shrink with a forbid, do not mind the
// order of the rules, and differ by exactly what Simulate tells.
func changes(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		plan := (ask.Plan + i) % len(plans)
		list := func(w *World, rules []policy.Rule) (map[policy.ID]policy.Outcome, *policy.Bound) {
			b := c.compile(w, rules).Bind(w.subject(ask.Person), w.context())
			q := c.list(b, ask.Kind)
			q.Plan = plans[plan]
			return c.whole("list of a change", b, q, planNames[plan]), b
		}
		before, bound := list(c.w, c.w.Rules)
		if r := c.w.Change.Permit; r != nil && r.Kind == ask.Kind {
			after, _ := list(c.w, c.w.with(r))
			c.within("grows", before, after)
		}
		if r := c.w.Change.Forbid; r != nil && r.Kind == ask.Kind {
			after, _ := list(c.w, c.w.with(r))
			c.within("shrinks", after, before)
		}
		again, _ := list(c.w, c.w.reordered())
		c.within("orderless list", before, again)
		c.within("orderless list", again, before)

		moved := c.w.moved()
		after, now := list(moved, moved.without(c.w.Change.Drop))
		for _, row := range c.of(ask.Kind) {
			_, was := before[row.ID]
			_, is := after[row.ID]
			gained, lost, levels := false, false, false
			for _, change := range policy.Simulate(bound, now, row) {
				if change.Action == policy.Read {
					gained, lost, levels = change.Gained(), change.Lost(), true
				}
			}
			if gained != (!was && is) || lost != (was && !is) || levels == same(before[row.ID], after[row.ID]) {
				c.fail("simulate list", "%s %d: listed before %v, after %v; told gained %v, lost %v, other %v", ask.Kind, row.ID, was, is, gained, lost, levels)
			}
		}
	}
}

func (c *checker) within(law string, less, more map[policy.ID]policy.Outcome) {
	for id, o := range less {
		if !atMost(o, more[id]) {
			c.fail(law, "record %d: %+v against %+v", id, o, more[id])
		}
	}
}
