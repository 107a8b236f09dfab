package policy

import (
	"slices"
	"strings"
)

// Bound is a Ruleset reduced to what concerns one subject in one request. It answers for that
// instant only and is not safe for concurrent use.
type Bound struct {
	rs      *Ruleset
	subject *Subject
	ctx     *Context
	mine    []int // indexes of the rules that speak of the subject and whose window holds
	reduced map[reductionKey]*Reduction
	// Narrow, when set, takes actions away, as a token's scope does. It never gives.
	narrow func(Kind, Action) bool
}

type reductionKey struct {
	kind   Kind
	action Action
}

// Bind selects the rules that speak of the subject at ctx.Now.
func (rs *Ruleset) Bind(subject *Subject, ctx *Context) *Bound {
	b := &Bound{rs: rs, subject: subject, ctx: ctx, reduced: map[reductionKey]*Reduction{}}
	for _, i := range rs.candidates(subject) {
		r := &rs.rules[i].rule
		if active(r.From, r.Until, ctx.Now) && r.asks(ctx) && r.Who.speaksOf(subject) {
			b.mine = append(b.mine, i)
		}
	}
	return b
}

// asks reports whether the duty leaves the rule in force: a permit that asks for the second factor gives
// nothing before it was proved, a forbid that asks for it forbids until then.
func (r *Rule) asks(ctx *Context) bool {
	return !r.Duty.SecondFactor || (r.Effect == Permit) == ctx.Proved
}

// AsksFactor reports whether a rule that speaks of the subject wants the second factor for the action.
// It depends on no record.
func (b *Bound) AsksFactor(kind Kind, action Action) bool {
	return len(b.AskingFactor(kind, action)) > 0
}

// AskingFactor lists these rules, by their places in the ruleset.
func (b *Bound) AskingFactor(kind Kind, action Action) (out []int) {
	for _, i := range b.rs.candidates(b.subject) {
		r := &b.rs.rules[i].rule
		if r.Duty.SecondFactor && r.Kind == kind && r.concerns(action) && active(r.From, r.Until, b.ctx.Now) && r.Who.speaksOf(b.subject) {
			out = append(out, i)
		}
	}
	return out
}

// Watermarked reports whether a rule in force for the subject has the watermark as its duty. It depends on
// no record.
func (b *Bound) Watermarked() bool {
	return slices.ContainsFunc(b.mine, func(i int) bool { return b.rs.rules[i].rule.Duty.Watermark })
}

// concerns reports whether a rule speaks of the action. A forbid of reading is one of revealing.
func (r *Rule) concerns(action Action) bool {
	return slices.Contains(r.Actions, action) || action == Reveal && r.Effect == Forbid && slices.Contains(r.Actions, Read)
}

// Narrow makes the bound set refuse every action for which keep is false.
func (b *Bound) Narrow(keep func(Kind, Action) bool) { b.narrow = keep }

// Narrowed reports whether the action was taken away so.
func (b *Bound) Narrowed(kind Kind, action Action) bool {
	return b.narrow != nil && !b.narrow(kind, action)
}

// Under binds other rules to the same subject in the same request, narrowed alike.
func (b *Bound) Under(rs *Ruleset) *Bound {
	other := rs.Bind(b.subject, b.ctx)
	other.narrow = b.narrow
	return other
}

// Subject returns the subject the set was bound to.
func (b *Bound) Subject() *Subject { return b.subject }

// Context returns the request the set was bound to.
func (b *Bound) Context() *Context { return b.ctx }

// Ruleset returns the rules behind the set.
func (b *Bound) Ruleset() *Ruleset { return b.rs }

func (rs *Ruleset) candidates(s *Subject) []int {
	found := slices.Clone(rs.everyone)
	found = append(found, rs.byPerson[s.Person]...)
	for _, p := range s.Posts {
		found = append(found, rs.byPosition[p.Position]...)
		found = append(found, rs.byUnit[p.Unit]...)
		for _, above := range p.Above {
			found = append(found, rs.byUnit[above]...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// SpeaksOf reports whether the subject is among those that a Who names.
func (w *Who) SpeaksOf(s *Subject) bool { return w.speaksOf(s) }

func (w *Who) speaksOf(s *Subject) bool {
	matches := func(c Clause) bool { return c.matches(s) }
	return slices.ContainsFunc(w.Any, matches) && !slices.ContainsFunc(w.Except, matches)
}

func (c Clause) matches(s *Subject) bool {
	switch {
	case emptyClause(c):
		return false
	case c.Everyone:
		return true
	case c.Person != 0:
		return c.Person == s.Person
	}
	return slices.ContainsFunc(s.Posts, func(p Post) bool {
		return (c.Position == "" || c.Position == p.Position) &&
			(c.Unit == 0 || c.Unit == p.Unit || c.Below && slices.Contains(p.Above, c.Unit))
	})
}

// BoundPath is an access path with the subject's own units, pools and places in it.
type BoundPath struct {
	Path     PathKind
	Person   ID
	IDs      []ID // unit kinds and pool: sorted
	Anchors  []Point
	Chord2   float64
	Now      int64 // team: µs
	Relation *Relation
	Kind     *KindSchema // the kind on whose records the path stands
	Via      *BoundPath  // linked
	Cond     *Pred       // linked: over the related record
}

// bind gives the path as it is for the subject; false when it reaches nothing at all.
func (p *cpath) bind(s *Subject, ctx *Context) (*BoundPath, bool) {
	if p.everywhere != nil {
		return p.everywhere, true
	}
	b := &BoundPath{Path: p.Path.Path, Person: s.Person, Kind: p.kind}
	switch b.Path {
	case PathAll, PathOwn:
		return b, true
	case PathTeam:
		b.Now = ctx.Now.UnixMicro()
		return b, true
	case PathUnit:
		b.IDs = s.Units
	case PathUnitBelow:
		b.IDs = s.Below
	case PathHeaded:
		b.IDs = s.Headed
	case PathUnits:
		b.IDs = p.units
	case PathPool:
		b.IDs = s.Pools
	case PathNear:
		b.Anchors, b.Chord2 = s.Anchors, Chord2(p.Meters)
		// Near no store at all: nothing is, wherever it stands.
		return b, len(b.Anchors) > 0
	case PathLinked:
		via, some := p.via.bind(s, ctx)
		b.Relation, b.Via, b.Cond = p.relation, via, p.cond.bind(s, ctx)
		return b, some
	}
	if b.Path != PathPool {
		// What lies in any unit of the person's is one question, whichever path asked it.
		b.Path = PathUnits
	}
	return b, len(b.IDs) > 0
}

// Match computes whether the row lies within the path's reach. Only a place that is not known
// is Unknown: a record without an owner is certainly not mine.
func (b *BoundPath) Match(row *Row) Tri {
	k := b.Kind
	switch b.Path {
	case PathAll:
		return Yes
	case PathOwn:
		return triOf(row.Values[k.Owner].Equal(RefOf(b.Person)))
	case PathUnits:
		return triOf(b.contains(row.Values[k.Unit]))
	case PathPool:
		return triOf(b.contains(row.Values[k.Pool]))
	case PathTeam:
		return triOf(slices.ContainsFunc(row.Team, func(m Member) bool {
			return m.Person == b.Person && (m.From == nil || m.From.UnixMicro() <= b.Now) &&
				(m.Until == nil || b.Now < m.Until.UnixMicro())
		}))
	case PathNear:
		place := row.Values[k.Place]
		if place.Missing() {
			return Unknown
		}
		return triOf(slices.ContainsFunc(b.Anchors, func(a Point) bool { return place.point.Near(a, b.Chord2) }))
	case PathLinked:
		if !b.Relation.Many {
			parent := row.Parents[b.Relation.Name]
			if parent == nil {
				return No
			}
			return b.Via.Match(parent).And(b.Cond.Eval(parent))
		}
		t := No
		for _, child := range row.Related[b.Relation.Name] {
			t = t.Or(b.Via.Match(child).And(b.Cond.Eval(child)))
		}
		return t
	}
	return Unknown
}

func (b *BoundPath) contains(v Value) bool {
	if v.Missing() {
		return false
	}
	_, found := slices.BinarySearch(b.IDs, v.ID())
	return found
}

func (b *BoundPath) key(s *strings.Builder) {
	s.WriteString(string(b.Path))
	for _, id := range b.IDs {
		s.WriteString("," + id.String())
	}
	for _, a := range b.Anchors {
		PlaceOf(a.Lat, a.Lng).key(s)
	}
	if b.Path == PathNear {
		NumberOf(b.Chord2).key(s)
	}
	if b.Path == PathLinked {
		s.WriteString("/" + b.Relation.Name + "[")
		b.Via.key(s)
		s.WriteString("|")
		b.Cond.key(s)
		s.WriteString("]")
	}
}

// Origins lists the ids of the origins of one type from which a rule speaks of the subject now.
func (b *Bound) Origins(kind string) []string {
	var out []string
	for _, i := range b.mine {
		if o := b.rs.rules[i].rule.Origin; o.Type == kind {
			out = append(out, o.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
