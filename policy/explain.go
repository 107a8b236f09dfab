package policy

import (
	"cmp"
	"slices"
)

// Explanation says why an action on a record is allowed or not, or why a field shows as it does.
type Explanation struct {
	Allowed bool
	Level   Level // of the field asked for
	// Editable says, of a field and an action that writes, whether the field may be set. The reasons
	// are then those of setting it.
	Editable bool
	// Permits are the rules that open the way (for a field: that open it furthest, or let it be set),
	// also where a forbid then closes it. Forbids are those that close it (for a field: that lower it,
	// or keep it from being set).
	Permits, Forbids []Reason
	// Missing are permits that would flip the decision, raise the level or let the field be set, and
	// what each lacks; the nearest come first.
	Missing []Reason
}

// Reason is one rule's part in a decision.
type Reason struct {
	Rule  int // index for Ruleset.Rule
	Lacks []Lack
}

// LackCode says which part of a permit does not hold.
type LackCode string

// The parts of a permit that may not hold.
const (
	LackWho       LackCode = "who"
	LackWindow    LackCode = "window"
	LackFactor    LackCode = "second_factor" // it gives nothing before the proof
	LackPath      LackCode = "path"
	LackCondition LackCode = "condition"
	LackField     LackCode = "field" // holds, but does not show the field further
	LackSet       LackCode = "set"   // holds, but does not let the field be set
	LackScope     LackCode = "scope" // the token does not carry the action
)

// Lack is one thing that a permit would need.
type Lack struct {
	Code LackCode
	Cond *Cond // of LackCondition: the part that does not hold
}

// Explain works out the part in the decision on the row, and, where field is not nil, in the level
// of the field, of every rule that speaks of the subject: what the subject may be told.
func (b *Bound) Explain(row *Row, action Action, field *Field) Explanation {
	return b.explain(row, action, field, b.rs.candidates(b.subject), false)
}

// ExplainAll looks at all rules of the kind and adds to Missing those that speak of others: for
// whoever administers them. It costs what the tenant has of rules.
func (b *Bound) ExplainAll(row *Row, action Action, field *Field) Explanation {
	all := make([]int, len(b.rs.rules))
	for i := range all {
		all[i] = i
	}
	return b.explain(row, action, field, all, true)
}

func (b *Bound) explain(row *Row, action Action, field *Field, rules []int, others bool) Explanation {
	outcome := b.Decide(row, action)
	e := Explanation{Allowed: outcome.Allowed, Level: outcome.Level(field)}
	sets := field != nil && (action == Edit || action == Create)
	scoped := b.narrow == nil || b.narrow(row.Kind, action)
	open := Hidden
	var permits, lacking []Reason
	var guards []int
	for _, i := range rules {
		c := b.rs.rules[i]
		if c.kind.Name != row.Kind || !c.rule.concerns(action) || !others && !c.rule.Who.speaksOf(b.subject) {
			continue
		}
		if c.rule.Effect == Forbid {
			if b.bars(c, row) {
				if c.caps == nil {
					e.Forbids = append(e.Forbids, Reason{Rule: i})
				} else {
					guards = append(guards, i)
				}
			}
			continue
		}
		reason := Reason{Rule: i, Lacks: b.lacks(c, row)}
		if !scoped {
			reason.Lacks = append(reason.Lacks, Lack{Code: LackScope})
		}
		if len(reason.Lacks) > 0 {
			lacking = append(lacking, reason)
			continue
		}
		permits = append(permits, reason)
		if field != nil {
			open = max(open, c.levels[field.index])
		}
	}
	switch {
	case field == nil:
		e.Permits = permits
		if !e.Allowed {
			e.Missing = lacking
		}
	case sets:
		e.Editable = outcome.Editable(field)
		b.explainSetting(&e, field, permits, lacking, guards)
	default:
		b.explainField(&e, field, open, permits, lacking, guards)
	}
	slices.SortStableFunc(e.Missing, func(x, y Reason) int { return cmp.Compare(len(x.Lacks), len(y.Lacks)) })
	return e
}

// explainField keeps of the reasons those that set the field's level.
func (b *Bound) explainField(e *Explanation, field *Field, open Level, permits, lacking []Reason, guards []int) {
	for _, p := range permits {
		if b.rs.rules[p.Rule].levels[field.index] == open {
			e.Permits = append(e.Permits, p)
		} else if open < Plain {
			e.Missing = append(e.Missing, Reason{Rule: p.Rule, Lacks: []Lack{{Code: LackField}}})
		}
	}
	for _, i := range guards {
		if b.rs.rules[i].caps[field.index] < open {
			e.Forbids = append(e.Forbids, Reason{Rule: i})
		}
	}
	for _, o := range lacking {
		if b.rs.rules[o.Rule].levels[field.index] > e.Level {
			e.Missing = append(e.Missing, o)
		}
	}
}

// explainSetting keeps of the reasons those by which the field may be set or not.
func (b *Bound) explainSetting(e *Explanation, field *Field, permits, lacking []Reason, guards []int) {
	for _, p := range permits {
		if b.rs.rules[p.Rule].edits[field.index] {
			e.Permits = append(e.Permits, p)
		} else if !e.Editable {
			e.Missing = append(e.Missing, Reason{Rule: p.Rule, Lacks: []Lack{{Code: LackSet}}})
		}
	}
	for _, i := range guards {
		if len(e.Permits) > 0 && b.rs.rules[i].locks[field.index] {
			e.Forbids = append(e.Forbids, Reason{Rule: i})
		}
	}
	for _, o := range lacking {
		if !e.Editable && b.rs.rules[o.Rule].edits[field.index] {
			e.Missing = append(e.Missing, o)
		}
	}
}

// bars reports whether a forbid stands in the way of the row.
func (b *Bound) bars(c *compiled, row *Row) bool {
	if !active(c.rule.From, c.rule.Until, b.ctx.Now) || !c.rule.asks(b.ctx) || !c.rule.Who.speaksOf(b.subject) {
		return false
	}
	path, some := c.path.bind(b.subject, b.ctx)
	return some && path.Match(row).And(c.when.bind(b.subject, b.ctx).Eval(row)) != No
}

// lacks lists what keeps a permit from opening the row; nothing, when it does.
func (b *Bound) lacks(c *compiled, row *Row) []Lack {
	var lacks []Lack
	if !c.rule.Who.speaksOf(b.subject) {
		lacks = append(lacks, Lack{Code: LackWho})
	}
	if !active(c.rule.From, c.rule.Until, b.ctx.Now) {
		lacks = append(lacks, Lack{Code: LackWindow})
	}
	if !c.rule.asks(b.ctx) {
		lacks = append(lacks, Lack{Code: LackFactor})
	}
	if path, some := c.path.bind(b.subject, b.ctx); !some || path.Match(row) != Yes {
		lacks = append(lacks, Lack{Code: LackPath})
	}
	if c.when != nil {
		for _, part := range c.when.failing(b.subject, b.ctx, row) {
			lacks = append(lacks, Lack{Code: LackCondition, Cond: part})
		}
	}
	return lacks
}

// failing gives the smallest parts of a condition that would have to change.
func (n *node) failing(s *Subject, ctx *Context, row *Row) []*Cond {
	if n.bind(s, ctx).Eval(row) == Yes {
		return nil
	}
	if n.cond.Op != OpAll {
		return []*Cond{n.cond}
	}
	var parts []*Cond
	for _, a := range n.args {
		parts = append(parts, a.failing(s, ctx, row)...)
	}
	return parts
}
