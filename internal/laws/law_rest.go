package laws

import (
	"slices"

	"guan/policy"
)

// needs: a decision and an explanation on a record with no more than what Needs names are those
// on the whole record.
func needs(c *checker) {
	for _, k := range kinds {
		for _, action := range []policy.Action{policy.Read, policy.Edit} {
			n := c.rules.Needs(k.Name, action)
			for _, row := range c.of(k.Name) {
				bare := pruned(row, n)
				for _, who := range c.askers() {
					b := c.bind(c.rules, who)
					whole, part := c.decide(b, row, action), c.decide(b, bare, action)
					if !same(whole, part) {
						c.fail("needs", "%d, %s %s %d: %s, on what is needed of it %s", who, action, k.Name, row.ID, show(k, whole), show(k, part))
					}
				}
			}
		}
	}
}

// pruned copies a row with only the relations and collaborators that are needed.
func pruned(row *policy.Row, n *policy.Needs) *policy.Row {
	out := *row
	out.Parents, out.Related = map[string]*policy.Row{}, map[string][]*policy.Row{}
	if !n.Team {
		out.Team = nil
	}
	for name, inner := range n.Relations {
		if parent := row.Parents[name]; parent != nil {
			out.Parents[name] = pruned(parent, inner)
		}
		for _, child := range row.Related[name] {
			out.Related[name] = append(out.Related[name], pruned(child, inner))
		}
	}
	return &out
}

// broken: of a rule that no longer means anything, a permit gives nothing, and a forbid forbids
// its actions on the whole kind to all of whom it speaks.
func broken(c *checker) {
	if len(c.w.Rules) == 0 {
		return
	}
	i := c.w.Change.Rotate % len(c.w.Rules)
	rules := slices.Clone(c.w.Rules)
	now := at(c.w.Now)
	switch len(c.w.Records) % 5 {
	case 0:
		rules[i].When = &policy.Cond{Op: policy.OpHas, Field: "removed"}
	case 1:
		rules[i].Fields = append(slices.Clone(rules[i].Fields), policy.FieldRule{Field: "removed"})
	case 2:
		rules[i].Actions = append(slices.Clone(rules[i].Actions), "fly")
	case 3:
		rules[i].From, rules[i].Until = &now, &now
	default:
		rules[i].Where = policy.Path{Path: policy.PathLinked, Relation: "removed"}
	}
	rs, problems := policy.Compile(schema, rules, c.w.expand)
	if len(problems) == 0 {
		c.fail("broken", "rule %d is broken and taken as it is", i)
	}
	r := c.w.Rules[i]
	c.neither(i)
	before, after := c.binder(c.compile(c.w, slices.Delete(slices.Clone(c.w.Rules), i, i+1))), c.binder(rs)
	r.Who.Except = nil
	c.each(func(who policy.ID, row *policy.Row, action policy.Action) {
		want, got := c.decide(before(who), row, action), c.decide(after(who), row, action)
		if r.Effect == policy.Forbid && r.Kind == row.Kind && concerns(&r, action) && (inForce(&r, c.w.Now) || rules[i].Until == &now) && speaksOf(r.Who, c.w.subject(who), c.w) {
			want = policy.Outcome{}
		}
		if !same(want, got) {
			k := schema.Kind(row.Kind)
			c.fail("broken", "%s %d: %d, %s %s %d: %s instead of %s", r.Effect, i, who, action, row.Kind, row.ID, show(k, got), show(k, want))
		}
	})
}

// neither: what is neither a permit nor a forbid permits nothing.
func (c *checker) neither(i int) {
	rules := slices.Clone(c.w.Rules)
	rules[i].Effect = ""
	rs, _ := policy.Compile(schema, rules, c.w.expand)
	without, with := c.binder(c.compile(c.w, slices.Delete(slices.Clone(c.w.Rules), i, i+1))), c.binder(rs)
	c.each(func(who policy.ID, row *policy.Row, action policy.Action) {
		if !atMost(c.decide(with(who), row, action), c.decide(without(who), row, action)) {
			c.fail("broken", "rule %d without an effect permits: %d, %s %s %d", i, who, action, row.Kind, row.ID)
		}
	})
}
