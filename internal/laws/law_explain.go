package laws

import (
	"fmt"
	"slices"

	"guan/policy"
)

// explanations: every explanation can be replayed. Take all named permits away and the action
// is denied; take one of several and the others are named; take the named forbids away and what
// the permits give stands; give a missing permit what it is said to lack, and nothing else, and
// it opens the way. The same for the level of a field, and for setting it.
func explanations(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		b := c.bind(c.rules, ask.Person)
		rows := c.of(ask.Kind)
		// A few records of each world: the rules are what matters here.
		for n, row := range rows {
			if n%(len(rows)/3+1) != 0 {
				continue
			}
			c.explain(b, row, policy.Read)
			c.explain(b, row, policy.Edit)
			fields := schema.Kind(ask.Kind).Fields
			field := fields[(i*7+n*3)%len(fields)]
			c.explainField(b, row, field)
			c.explainSetting(b, row, field)
		}
	}
}

// but binds the rules without some of them.
func (c *checker) but(b *policy.Bound, gone ...[]policy.Reason) *policy.Bound {
	drop := map[int]bool{}
	for _, reasons := range gone {
		for _, r := range reasons {
			drop[r.Rule] = true
		}
	}
	var kept []policy.Rule
	for i, r := range c.w.Rules {
		if !drop[i] {
			kept = append(kept, r)
		}
	}
	return c.compile(c.w, kept).Bind(b.Subject(), b.Context())
}

func (c *checker) explain(b *policy.Bound, row *policy.Row, action policy.Action) {
	e := b.ExplainAll(row, action, nil)
	fail := func(format string, args ...any) {
		c.fail("explain", "%s %s %d for %d, explained by %+v: "+format, append([]any{action, row.Kind, row.ID, b.Subject().Person, e}, args...)...)
	}
	if allowed := c.decide(b, row, action).Allowed; e.Allowed != allowed || allowed != (len(e.Permits) > 0 && len(e.Forbids) == 0) {
		fail("decided %v", allowed)
	}
	open, forbids, permits := b.Reduce(action, row.Kind).Shut(func(t *policy.Test) policy.Tri { return t.Match(row) }, nil)
	if slices.Sort(forbids); open != (len(e.Permits) > 0) || !slices.Equal(forbids, rulesOf(e.Forbids)) || open && len(permits) > 0 {
		fail("it is refused by %v, past %v", forbids, permits)
	}
	// What a person is told themselves leaves out the rules that speak of others, nothing else.
	mine := e
	mine.Missing = slices.DeleteFunc(slices.Clone(e.Missing), func(r policy.Reason) bool { return lacksWho(r) })
	if own := b.Explain(row, action, nil); fmt.Sprint(own) != fmt.Sprint(mine) {
		fail("told %+v", own)
	}
	if len(e.Permits) > 0 {
		if c.decide(c.but(b, e.Permits, e.Forbids), row, action).Allowed {
			fail("allowed without the named permits")
		}
		if !c.decide(c.but(b, e.Forbids), row, action).Allowed {
			fail("denied without the named forbids")
		}
	}
	c.oneLess(b, row, action, e.Permits, func(e policy.Explanation) []policy.Reason { return e.Permits }, fail)
	c.oneLess(b, row, action, e.Forbids, func(e policy.Explanation) []policy.Reason { return e.Forbids }, fail)
	for _, m := range e.Missing {
		if len(m.Lacks) == 0 {
			fail("rule %d is missing and lacks nothing", m.Rule)
		}
		rules := slices.Clone(c.w.Rules)
		rules[m.Rule] = mended(rules[m.Rule], m.Lacks)
		after := c.compile(c.w, rules).Bind(b.Subject(), b.Context()).ExplainAll(row, action, nil)
		if !names(after.Permits, m.Rule) || after.Allowed != (len(e.Forbids) == 0) {
			fail("rule %d with what it lacks gives %+v", m.Rule, after)
		}
	}
}

// oneLess takes one of several named rules away: the others must still be named.
func (c *checker) oneLess(b *policy.Bound, row *policy.Row, action policy.Action, named []policy.Reason, of func(policy.Explanation) []policy.Reason, fail func(string, ...any)) {
	if len(named) < 2 {
		return
	}
	gone := named[0]
	after := c.but(b, named[:1]).ExplainAll(row, action, nil)
	got := rulesOf(of(after))
	var want []int
	for _, r := range named[1:] {
		want = append(want, r.Rule-1) // the rule before them is gone
	}
	if !slices.Equal(got, want) {
		fail("without rule %d, %v are named instead of %v", gone.Rule, got, want)
	}
}

func rulesOf(reasons []policy.Reason) (out []int) {
	for _, r := range reasons {
		out = append(out, r.Rule)
	}
	return out
}

func lacksWho(r policy.Reason) bool {
	return slices.ContainsFunc(r.Lacks, func(l policy.Lack) bool { return l.Code == policy.LackWho })
}

func names(reasons []policy.Reason, rule int) bool {
	return slices.ContainsFunc(reasons, func(r policy.Reason) bool { return r.Rule == rule })
}

// mended gives the permit what it lacks.
func mended(r policy.Rule, lacks []policy.Lack) policy.Rule {
	for _, l := range lacks {
		switch l.Code {
		case policy.LackWho:
			r.Who = policy.Who{Any: []policy.Clause{{Everyone: true}}}
		case policy.LackWindow:
			r.From, r.Until = nil, nil
		case policy.LackFactor:
			r.Duty.SecondFactor = false
		case policy.LackPath:
			r.Where = policy.Path{Path: policy.PathAll}
		case policy.LackCondition:
			r.When = withoutPart(r.When, l.Cond)
		}
	}
	return r
}

// withoutPart takes a part out of a condition's conjunction, the whole when it is the part.
func withoutPart(c, part *policy.Cond) *policy.Cond {
	if c == nil || jsonText(c) == jsonText(part) {
		return nil
	}
	if c.Op != policy.OpAll {
		return c
	}
	out := *c
	out.Args = nil
	for i := range c.Args {
		if kept := withoutPart(&c.Args[i], part); kept != nil {
			out.Args = append(out.Args, *kept)
		}
	}
	if len(out.Args) == 0 {
		return nil
	}
	return &out
}

func (c *checker) explainField(b *policy.Bound, row *policy.Row, f *policy.Field) {
	e := b.ExplainAll(row, policy.Read, f)
	level := func(b *policy.Bound) policy.Level { return c.decide(b, row, policy.Read).Level(f) }
	fail := func(format string, args ...any) {
		c.fail("explain field", "%s.%s of %d for %d, explained by %+v: "+format, append([]any{row.Kind, f.Name, row.ID, b.Subject().Person, e}, args...)...)
	}
	if got := level(b); e.Level != got {
		fail("decided %s", got)
	}
	open := level(c.but(b, e.Forbids))
	switch {
	case len(e.Forbids) > 0 && len(e.Permits) > 0 && open <= e.Level && e.Allowed:
		fail("still %s without the named forbids", open)
	case len(e.Forbids) == 0 && open != e.Level:
		fail("%s without any forbid", open)
	case open > policy.Hidden && len(e.Permits) == 0:
		fail("no permit is named for %s", open)
	}
	if open > policy.Hidden {
		if shut := level(c.but(b, e.Forbids, e.Permits)); shut >= open {
			fail("still %s without the named permits", shut)
		}
		if len(e.Permits) > 1 {
			if got := level(c.but(b, e.Forbids, e.Permits[:1])); got != open {
				fail("%s without one of several permits", got)
			}
		}
	}
	for _, m := range e.Missing {
		if len(m.Lacks) == 0 {
			fail("rule %d is missing and lacks nothing", m.Rule)
		}
	}
}

// explainSetting is of why a field may be set or not.
func (c *checker) explainSetting(b *policy.Bound, row *policy.Row, f *policy.Field) {
	e := b.ExplainAll(row, policy.Edit, f)
	sets := func(b *policy.Bound) bool { return c.decide(b, row, policy.Edit).Editable(f) }
	fail := func(format string, args ...any) {
		c.fail("explain setting", "%s.%s of %d for %d, explained by %+v: "+format, append([]any{row.Kind, f.Name, row.ID, b.Subject().Person, e}, args...)...)
	}
	open, forbids, _ := b.Reduce(policy.Edit, row.Kind).Shut(func(t *policy.Test) policy.Tri { return t.Match(row) }, f)
	if slices.Sort(forbids); open != (len(e.Permits) > 0) || open && !slices.Equal(forbids, rulesOf(e.Forbids)) {
		fail("setting it is refused by %v", forbids)
	}
	if got := sets(b); e.Editable != got || got != (len(e.Permits) > 0 && len(e.Forbids) == 0) {
		fail("decided %v", got)
	}
	if sets(c.but(b, e.Permits, e.Forbids)) {
		fail("set without the named permits")
	}
	if len(e.Permits) > 0 && !sets(c.but(b, e.Forbids)) {
		fail("not set without the named forbids")
	}
	for _, m := range e.Missing {
		rules := slices.Clone(c.w.Rules)
		rules[m.Rule] = mended(rules[m.Rule], m.Lacks)
		if slices.ContainsFunc(m.Lacks, func(l policy.Lack) bool { return l.Code == policy.LackSet }) {
			rules[m.Rule].Fields = []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain, Edit: true}}
		}
		after := c.compile(c.w, rules).Bind(b.Subject(), b.Context()).ExplainAll(row, policy.Edit, f)
		if !names(after.Permits, m.Rule) || len(e.Forbids) == 0 && after.Editable == (len(after.Forbids) > 0) {
			fail("rule %d with what it lacks gives %+v", m.Rule, after)
		}
	}
}
