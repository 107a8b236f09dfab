package store

import (
	"context"
	"slices"
	"strings"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// This file bounds grants that move with the data. What such a grant reaches tomorrow nobody has
// looked at, so it carries the reach that its giver has today as a condition of its own, in words
// that mean the same for whoever receives it: the giver's name and the giver's units stand in it,
// not 'mine'.

// way is one of the giver's ways to a record with an action.
type way struct {
	cond   *policy.Cond // nil: every record
	levels []policy.Level
	edits  []bool
}

// reach bounds a grant without named records by what the giver may do with each of the actions, and
// lowers what they have to what they have everywhere within.
func (t *tx) reach(ctx context.Context, v *view, own *policy.Bound, actions []*policy.Reduction, g *grants.Grant, have *giveable) error {
	asked, err := askedOf(v.catalog.Schema(), loweredGrant(*g))
	if err != nil {
		return err
	}
	var bounds []policy.Cond
	for _, r := range actions {
		if slices.ContainsFunc(r.Bars, func(b *policy.Bar) bool { return !bindsAll(own.Ruleset(), b) }) {
			return grantMore.WithAt("when") // where the giver is barred cannot be said for others
		}
		ways, err := t.ways(ctx, v, own, r, g.When)
		if err != nil {
			return err
		}
		if len(ways) == 0 {
			return grantMore.WithAt("when")
		}
		kept := bestWays(ways, asked)
		have.lower(r.Action, policy.Outcome{Allowed: true, Levels: kept[0].levels, Edits: kept[0].edits})
		if bound := anyOf(kept); bound != nil && !slices.ContainsFunc(bounds, func(c policy.Cond) bool { return sameCond(&c, bound) }) {
			bounds = append(bounds, *bound)
		}
	}
	switch {
	case g.Parent != 0 || len(bounds) == 0: // the line bounds what is given on
	case len(bounds) == 1:
		g.Within = &bounds[0]
	default:
		g.Within = &policy.Cond{Op: policy.OpAll, Args: bounds}
	}
	return nil
}

// ways lists those ways that can be said for others. What is reached as a collaborator is lent; what
// is reached from a pool or by nearness depends on who asks, and so does what is reached through
// another record, unless the grant pins that one.
func (t *tx) ways(ctx context.Context, v *view, own *policy.Bound, r *policy.Reduction, when *policy.Cond) ([]way, error) {
	var out []way
	kind := r.Kind
	for _, b := range r.Branches {
		rule := own.Ruleset().Rule(b.Rules[0])
		if aboutAsker(rule.When) {
			continue
		}
		w := way{levels: slices.Clone(b.Levels), edits: slices.Clone(b.Edits)}
		var parts []policy.Cond
		switch b.Path.Path {
		case policy.PathAll:
		case policy.PathOwn:
			me := own.Subject().Person
			parts = append(parts, policy.Cond{Op: policy.OpEq, Field: kind.Owner, Value: &policy.Operand{Ref: &me}})
		case policy.PathUnits:
			in := policy.Cond{Op: policy.OpIn, Field: kind.Unit}
			for _, id := range b.Path.IDs {
				in.Values = append(in.Values, policy.Operand{Ref: &id})
			}
			parts = append(parts, in)
		case policy.PathLinked:
			in, err := t.pinned(ctx, v, own, kind, rule.Where, when)
			if err != nil {
				return nil, err
			}
			if in == nil {
				continue
			}
			parts = append(parts, *in)
		default:
			continue
		}
		if rule.When != nil {
			parts = append(parts, *rule.When)
		}
		if len(parts) == 1 {
			w.cond = &parts[0]
		} else if len(parts) > 1 {
			w.cond = &policy.Cond{Op: policy.OpAll, Args: parts}
		}
		for _, g := range r.Guards {
			if bindsAll(own.Ruleset(), g) {
				continue
			}
			for i := range w.levels {
				w.levels[i] = min(w.levels[i], g.Caps[i])
				w.edits[i] = w.edits[i] && !g.Locks[i]
			}
		}
		out = append(out, w)
	}
	return out, nil
}

// bindsAll reports whether a forbid holds for whoever receives the grant as it does for its giver.
func bindsAll(rs *policy.Ruleset, b *policy.Bar) bool {
	return !slices.ContainsFunc(b.Rules, func(i int) bool {
		r := rs.Rule(i)
		everyone := slices.ContainsFunc(r.Who.Any, func(c policy.Clause) bool { return c.Everyone }) && len(r.Who.Except) == 0
		return !everyone || r.Where.Path != policy.PathAll || aboutAsker(r.When)
	})
}

// aboutAsker reports whether a condition speaks of who asks or of their request.
func aboutAsker(c *policy.Cond) bool {
	if c == nil {
		return false
	}
	spoken := c.Op == policy.OpKnown || c.Value != nil && c.Value.CEL != "" || slices.ContainsFunc(c.Values, func(o policy.Operand) bool { return o.CEL != "" })
	for i := range c.Args {
		spoken = spoken || aboutAsker(&c.Args[i])
	}
	return spoken
}

// bestWays keeps the ways on which as much of what was asked for is had as on the best one, which
// stands first.
func bestWays(ways []way, asked *policy.Branch) []way {
	best, most := 0, -1
	for i, w := range ways {
		has := 0
		for f := range w.levels {
			has += 2 * int(min(w.levels[f], asked.Levels[f]))
			if w.edits[f] && asked.Edits[f] {
				has++
			}
		}
		if has > most {
			best, most = i, has
		}
	}
	kept := []way{ways[best]}
	for i, w := range ways {
		if i == best {
			continue
		}
		enough := true
		for f := range w.levels {
			enough = enough && w.levels[f] >= min(ways[best].levels[f], asked.Levels[f]) && (w.edits[f] || !ways[best].edits[f] || !asked.Edits[f])
		}
		if enough {
			kept = append(kept, w)
		}
	}
	// Of what was not asked for nothing is promised by the best way alone.
	for f := range kept[0].levels {
		kept[0].levels[f] = min(kept[0].levels[f], asked.Levels[f])
		kept[0].edits[f] = kept[0].edits[f] && asked.Edits[f]
	}
	return kept
}

// anyOf joins the conditions of ways; nil when one of them is every record.
func anyOf(ways []way) *policy.Cond {
	any := &policy.Cond{Op: policy.OpAny}
	for _, w := range ways {
		if w.cond == nil {
			return nil
		}
		if !slices.ContainsFunc(any.Args, func(c policy.Cond) bool { return sameCond(&c, w.cond) }) {
			any.Args = append(any.Args, *w.cond)
		}
	}
	if len(any.Args) == 1 {
		return &any.Args[0]
	}
	return any
}

func sameCond(a, b *policy.Cond) bool {
	x, errX := jsonText(a)
	y, errY := jsonText(b)
	return errX == nil && errY == nil && x == y
}

// plainIn refuses a condition on what the giver does not see plain wherever they look: who receives
// the grant would read the values from which records come and go.
func (v *view) plainIn(own *policy.Bound, g *grants.Grant) error {
	if g.When == nil {
		return nil
	}
	schema := v.catalog.Schema()
	for _, name := range policy.FieldsOf(schema, g.Kind, g.When) {
		kind, field, _ := strings.Cut(name, ".")
		f := schema.Kind(policy.Kind(kind)).Field(field)
		read := own.Reduce(policy.Read, policy.Kind(kind))
		plain := f != nil && !read.None() && (policy.Kind(kind) == g.Kind || read.All())
		for _, b := range read.Branches {
			plain = plain && f != nil && b.Levels[f.Index()] == policy.Plain
		}
		for _, bar := range read.Guards {
			plain = plain && f != nil && (bar.Caps[f.Index()] == policy.Plain || bindsAll(own.Ruleset(), bar))
		}
		if !plain {
			return grantBlind.WithAt("when").With("field", field)
		}
	}
	return v.relatedIn(own, schema.Kind(g.Kind), g.When)
}

var grantBlind = fault.New(fault.Denied, "grant_when_masked", "a condition that moves with the data looks only at what its giver sees plain everywhere")

// relatedIn refuses to ask for related records of which the giver does not see all.
func (v *view) relatedIn(own *policy.Bound, kind *policy.KindSchema, c *policy.Cond) error {
	on := kind
	if c.Op == policy.OpExists {
		i := slices.IndexFunc(kind.Relations, func(r policy.Relation) bool { return r.Name == c.Relation })
		if i < 0 || !own.Reduce(policy.Read, kind.Relations[i].Kind).All() {
			return grantBlind.WithAt("when").With("field", c.Relation)
		}
		on = v.catalog.Schema().Kind(kind.Relations[i].Kind)
	}
	for i := range c.Args {
		if err := v.relatedIn(own, on, &c.Args[i]); err != nil {
			return err
		}
	}
	return nil
}
