package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guan/access"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// This file works out what somebody may give.

// checkGrant says what is wrong with a grant, and lowers its fields to what the giver has.
func (t *tx) checkGrant(ctx context.Context, v *view, g *grants.Grant) error {
	if err := g.Check(); err != nil {
		return err
	}
	if err := t.checkLent(v, g); err != nil {
		return err
	}
	if err := t.checkPeople(ctx, v, "receiver", g.Receiver); err != nil {
		return err
	}
	if g.Leaves = v.leavesAfter(g.Giver, g.From); g.Leaves != nil && !g.Leaves.After(g.From) {
		return grantPost
	}
	above, err := t.above(ctx, v, *g)
	if err != nil {
		return err
	}
	return t.checkGiven(ctx, v, g, above)
}

// checkLent asks whether there is anything to lend, and any time left to.
func (t *tx) checkLent(v *view, g *grants.Grant) error {
	if v.catalog.Kind(g.Kind) == nil || v.bound.Reduce(policy.Read, g.Kind).None() {
		return noKind.WithAt("kind")
	}
	if !g.Until.After(t.now) {
		return fault.New(fault.Invalid, "grant_until", "the end of the grant has passed").WithAt("until")
	}
	return nil
}

// checkGiven asks whether the giver has what the grant gives, whoever receives it, and lowers its
// fields to what they have.
func (t *tx) checkGiven(ctx context.Context, v *view, g *grants.Grant, above []grants.Grant) error {
	kind := v.catalog.Kind(g.Kind)
	if !slices.Contains(g.Actions, policy.Edit) {
		// Nothing is edited by it: lowered to a mask, a field that says so would be no rule.
		g.Fields = slices.Clone(g.Fields)
		for i := range g.Fields {
			g.Fields[i].Edit = false
		}
	}
	rule := loweredGrant(*g)
	if err := ruleFault(policy.CheckRule(v.knownCatalog().Schema(), &rule)); err != nil {
		return err
	}
	if err := knownIn(v.knownFields(kind), g); err != nil {
		return err
	}
	own, err := v.givers(g, above, t.now)
	if err != nil {
		return err
	}
	t.by = nil
	have, err := t.givable(ctx, v, own, kind, g)
	if err != nil {
		return err
	}
	if err := t.checkAlong(ctx, v, own, g); err != nil {
		return err
	}
	return lowerFields(v.catalog.Schema(), g, rule, have)
}

// givers is what the giver may give from: the rules of their own, what is lent to them by a grant or
// as a collaborator aside; or, of a grant that is given on, that grant and what forbids.
func (v *view) givers(g *grants.Grant, above []grants.Grant, now time.Time) (*policy.Bound, error) {
	if g.Parent == 0 {
		return v.withoutGrants(access.InForce).Bind(v.bound.Subject(), v.bound.Context()), nil
	}
	parent := above[0].Under(above[1:]...)
	if parent.At(now) != grants.Active {
		return nil, grantOver.WithAt("parent")
	}
	if _, end := parent.Window(); g.Until.After(end) {
		return nil, fault.New(fault.Invalid, "grant_outlives", "what is given on ends no later than what it was given on from").WithAt("until").With("until", end)
	}
	lent, _ := access.GrantRule(above[0], above[1:]...)
	forbids := v.authored
	forbids.Grants, forbids.Sandboxes, forbids.Emergencies = nil, nil, nil
	rules := slices.DeleteFunc(forbids.Lower(), func(r policy.Rule) bool { return r.Effect != policy.Forbid })
	compiled, _ := policy.Compile(v.catalog.Schema(), append(rules, lent), v.tree.Within) // broken, it permits nothing
	return compiled.Bind(v.bound.Subject(), v.bound.Context()), nil
}

// above reads the grants that one is given on from: the actor received the first, and all may be given
// on.
func (t *rtx) above(ctx context.Context, v *view, g grants.Grant) ([]grants.Grant, error) {
	line := map[policy.ID]grants.Grant{}
	for id := g.Parent; id != 0 && line[id].ID == 0; {
		one, err := t.grantDocument(ctx, v, id)
		if err != nil {
			return nil, noGrant.WithAt("parent")
		}
		line[id], id = *one, one.Parent
	}
	above, whole := grants.Above(g, func(id policy.ID) (grants.Grant, bool) { p, ok := line[id]; return p, ok })
	switch {
	case whole:
		return above, nil
	case line[g.Parent].Receiver != g.Giver:
		return nil, noGrant.WithAt("parent")
	case len(line) >= grants.MaxLine:
		return nil, fault.New(fault.Denied, "grant_line", "what was given on twice is not given on again").WithAt("parent").With("max", grants.MaxLine)
	}
	return nil, fault.New(fault.Denied, "grant_not_on", "the grant is not one to give on").WithAt("parent")
}

func loweredGrant(g grants.Grant) policy.Rule {
	rule, _ := access.GrantRule(g)
	return rule
}

// knownIn refuses fields of which the giver may not know in the words for fields that do not
// exist.
func knownIn(known map[string]*policy.Field, g *grants.Grant) error {
	for i, f := range g.Fields {
		if f.Field != "" && known[f.Field] == nil {
			return noField(fmt.Sprintf("fields[%d]", i))
		}
	}
	if g.When != nil {
		if err := unknownIn(g.When, known); err != nil {
			return faultAt("when", err)
		}
	}
	return nil
}

// giveable is the least open of what the giver has on the records of a grant, by field index.
type giveable struct {
	levels []policy.Level
	edits  []bool
}

// lower takes what an action leaves: levels count where the action shows fields, edits where it
// writes them.
func (have *giveable) lower(action policy.Action, o policy.Outcome) {
	for i := range have.levels {
		if action == policy.Read || action == policy.Export {
			have.levels[i] = min(have.levels[i], o.Levels[i])
		}
		if action == policy.Edit {
			have.edits[i] = have.edits[i] && o.Edits[i]
		}
	}
}

// givable works out what the giver may do with every record of the grant.
func (t *tx) givable(ctx context.Context, v *view, own *policy.Bound, kind *records.Kind, g *grants.Grant) (*giveable, error) {
	n := len(v.catalog.Schema().Kind(g.Kind).Fields)
	if err := v.plainIn(own, g); err != nil {
		return nil, err
	}
	have := &giveable{slices.Repeat([]policy.Level{policy.Plain}, n), slices.Repeat([]bool{true}, n)}
	read := own.Reduce(policy.Read, g.Kind)
	var actions []*policy.Reduction
	for _, a := range g.Actions {
		actions = append(actions, own.Reduce(a, g.Kind))
	}
	if len(g.Records) == 0 {
		for _, r := range append(slices.Clone(actions), read) {
			t.by = append(t.by, ruleIDsOf(own, rulesIn(r))...)
		}
		t.by = slices.Compact(sorted(t.by))
		return have, t.reach(ctx, v, own, append(actions, read), g, have)
	}
	seen := map[policy.ID]bool{}
	var from []int
	for chunk := range slices.Chunk(g.Records, 500) {
		q := &sqlgen.List{Tenant: v.tenant, Epoch: v.epoch, Read: v.bound.Reduce(policy.Read, g.Kind), Also: append(slices.Clone(actions), read),
			IDs: chunk, Limit: len(chunk), Plan: sqlgen.Walk}
		rows, err := t.fetch(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			seen[row.id] = true
			for _, r := range append(slices.Clone(actions), read) {
				from = append(from, r.Opened(notLent(row.answer))...)
				// What closes or lowers something for a collaborator counts, what opens it does not.
				for _, o := range []policy.Outcome{r.Outcome(row.answer), r.Outcome(notLent(row.answer))} {
					if !o.Allowed {
						return nil, grantMore.WithAt("records")
					}
					have.lower(r.Action, o)
				}
			}
		}
	}
	for i, id := range g.Records {
		if !seen[id] {
			return nil, noRecord.WithAt(fmt.Sprintf("records[%d]", i))
		}
	}
	t.by = ruleIDsOf(own, from)
	return have, nil
}

// notLent answers for somebody who is no collaborator: what one has as a collaborator is lent.
func notLent(answer func(*policy.Test) policy.Tri) func(*policy.Test) policy.Tri {
	return func(test *policy.Test) policy.Tri {
		for p := test.Path; p != nil; p = p.Via {
			if p.Path == policy.PathTeam {
				return policy.No
			}
		}
		return answer(test)
	}
}

// lowerFields keeps the fields as they were asked for where the giver has as much, and else names
// each field with what is left of it.
func lowerFields(schema *policy.Schema, g *grants.Grant, rule policy.Rule, have *giveable) error {
	asked, err := askedOf(schema, rule)
	if err != nil {
		return err
	}
	var left []policy.FieldRule
	less := false
	for i, f := range schema.Kind(g.Kind).Fields {
		level, edit := min(asked.Levels[i], have.levels[i]), asked.Edits[i] && have.edits[i]
		less = less || level != asked.Levels[i] || edit != asked.Edits[i]
		if level > policy.Hidden {
			left = append(left, policy.FieldRule{Field: f.Name, Level: level, Edit: edit})
		}
	}
	if len(left) == 0 {
		return grantMore.WithAt("fields")
	}
	if less {
		g.Fields = left
	}
	return nil
}

// askedOf is what a grant's rule shows whom it speaks of, on a record that it reaches.
func askedOf(schema *policy.Schema, rule policy.Rule) (*policy.Branch, error) {
	rule.Who, rule.From, rule.Until, rule.When = policy.Who{Any: []policy.Clause{{Everyone: true}}}, nil, nil, nil
	compiled, problems := policy.Compile(schema, []policy.Rule{rule}, nil)
	if len(problems) > 0 {
		return nil, ruleFault(problems)
	}
	return compiled.Bind(&policy.Subject{}, &policy.Context{}).Reduce(rule.Actions[0], rule.Kind).Branches[0], nil
}
