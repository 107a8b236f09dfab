package policy

import (
	"slices"
	"strings"
)

// This file reads a Reduction before any record is known: which ways in remain open, and between
// which levels a field stands on the records that they reach. What it says holds for every
// record; internal/laws checks it against Decide.

// Ways lists the branches that no bar closes as a whole, and reports whether a bar may still
// close some of their records. Without a way no record can be allowed.
func (r *Reduction) Ways() (open []*Branch, barred bool) {
	for _, b := range r.Branches {
		if !slices.ContainsFunc(r.Bars, func(bar *Bar) bool { return bar.holdsOn(b.Test) }) {
			open = append(open, b)
		}
	}
	return open, len(open) > 0 && len(r.Bars) > 0
}

// holdsOn reports whether the bar certainly stands in the way of every record that passes the
// test. That it says no is never certain: it may hold on more than this finds.
func (b *Bar) holdsOn(t *Test) bool {
	answer, known := b.When.constant()
	if known && answer == No {
		return false
	}
	where := b.Path.Path == PathAll || sameKey(b.Path.key, t.Path.key)
	return where && (known || sameKey(b.When.key, t.When.key))
}

func sameKey(a, b func(*strings.Builder)) bool {
	var x, y strings.Builder
	a(&x)
	b(&y)
	return x.String() == y.String()
}

// Span says between which levels a field stands, and whether it may be written on none, some or
// all of the records that an action is allowed on.
type Span struct {
	Low, High   Level
	Some, Every bool // writable by the action
}

// Span works out the span of the field over the records that the ways reach. Without a way the
// zero Span comes back: hidden, nowhere writable.
func (r *Reduction) Span(f *Field) Span {
	open, _ := r.Ways()
	if len(open) == 0 {
		return Span{}
	}
	// Whoever comes another way comes this way too.
	floor, writes := Hidden, false
	for _, b := range open {
		if b.Always() {
			floor, writes = max(floor, b.Levels[f.index]), writes || b.Edits[f.index]
		}
	}
	s := Span{Low: Plain, Every: true}
	for _, b := range open {
		level, edits := b.Levels[f.index], b.Edits[f.index]
		s.Low, s.Every = min(s.Low, max(level, floor)), s.Every && (edits || writes)
		for _, g := range r.Guards {
			if g.holdsOn(b.Test) {
				level, edits = min(level, g.Caps[f.index]), edits && !g.Locks[f.index]
			}
		}
		s.High, s.Some = max(s.High, level), s.Some || edits
	}
	for _, g := range r.Guards {
		s.Low, s.Every = min(s.Low, g.Caps[f.index]), s.Every && !g.Locks[f.index]
	}
	return s
}

// Gives returns what a rule itself says of a field: the level and writability that a permit gives,
// or the most that a forbid leaves. A forbid without fields, which closes the action, leaves hidden.
func (rs *Ruleset) Gives(i int, f *Field) (level Level, edit bool) {
	c := rs.rules[i]
	switch {
	case c.levels != nil:
		return c.levels[f.index], c.edits[f.index]
	case c.caps != nil:
		return c.caps[f.index], !c.locks[f.index]
	}
	return Hidden, false
}

// Clauses lists by which of its clauses a rule speaks of the subject.
func (rs *Ruleset) Clauses(i int, s *Subject) []Clause {
	var out []Clause
	for _, c := range rs.rules[i].rule.Who.Any {
		if c.matches(s) {
			out = append(out, c)
		}
	}
	return out
}
