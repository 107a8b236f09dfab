package policy

import (
	"slices"
	"strings"
)

// Test is one question about a record: does it lie within the path and satisfy the condition?
// Permits and forbids are made of tests, and a test has one answer whether it is computed on a
// Row here or by SQL.
type Test struct {
	Path *BoundPath
	When *Pred
	key  string
}

func newTest(path *BoundPath, when *Pred) *Test {
	var b strings.Builder
	path.key(&b)
	b.WriteByte('?')
	when.key(&b)
	return &Test{Path: path, When: when, key: b.String()}
}

// test is newTest for a rule's own path and condition. Each reduction has tests of its own: what answers
// them goes by which test it is.
func (c *compiled) test(path *BoundPath, when *Pred) *Test {
	if c.key != "" {
		return &Test{Path: path, When: when, key: c.key}
	}
	return newTest(path, when)
}

// Key is equal for tests that ask the same.
func (t *Test) Key() string { return t.key }

// Always reports whether every record passes.
func (t *Test) Always() bool {
	c, known := t.When.constant()
	return t.Path.Path == PathAll && known && c == Yes
}

// Match computes the answer on a row.
func (t *Test) Match(row *Row) Tri { return t.Path.Match(row).And(t.When.Eval(row)) }

// Branch is a way in: a test, and what one sees and may write who comes this way.
type Branch struct {
	*Test
	Levels []Level // by field index
	Edits  []bool
	Rules  []int // the permits that open it
}

// Bar is a forbid. Caps nil bars the action; otherwise it only lowers fields.
type Bar struct {
	*Test
	Caps  []Level
	Locks []bool
	Rules []int
}

// Reduction is what the rules leave of one action on one kind for one subject: nothing, when
// there is no Branch; everything, when one is Always and no bar stands; else the union of the
// branches less the bars.
type Reduction struct {
	Kind     *KindSchema
	Action   Action
	Branches []*Branch
	Bars     []*Bar // action bars
	Guards   []*Bar // field bars
	Covered  []int  // permits that give nothing beyond an open branch for all records
}

// None reports whether no record can be reached.
func (r *Reduction) None() bool { return len(r.Branches) == 0 }

// All reports whether every record is reached, all alike.
func (r *Reduction) All() bool {
	return len(r.Branches) == 1 && r.Branches[0].Always() && len(r.Bars) == 0 && len(r.Guards) == 0
}

// Reduce works out the action on the kind. Unknown kinds and actions give None.
func (b *Bound) Reduce(action Action, kind Kind) *Reduction {
	key := reductionKey{kind, action}
	if r := b.reduced[key]; r != nil {
		return r
	}
	r := b.reduce(action, kind)
	b.reduced[key] = r
	return r
}

func (b *Bound) reduce(action Action, kind Kind) *Reduction {
	r := &Reduction{Kind: b.rs.schema.Kind(kind), Action: action}
	if r.Kind == nil {
		r.Kind = &KindSchema{Name: kind}
		return r
	}
	if b.narrow != nil && !b.narrow(kind, action) {
		return r
	}
	branches, bars, guards := map[string]*Branch{}, map[string]*Bar{}, map[string]*Bar{}
	for _, i := range b.mine {
		c := b.rs.rules[i]
		if c.kind.Name != kind || !c.rule.concerns(action) {
			continue
		}
		path, some := c.path.bind(b.subject, b.ctx)
		when := c.when.bind(b.subject, b.ctx)
		t, known := when.constant()
		switch {
		case !some, known && t == No:
			// Certainly reaches nothing: neither a way in nor a bar.
		case c.rule.Effect == Forbid:
			addBar(r, bars, guards, c.test(path, when), c, i)
		case known && t == Unknown:
		default:
			addBranch(r, branches, c.test(path, when), c, i)
		}
	}
	r.dropCovered()
	return r
}

func addBranch(r *Reduction, seen map[string]*Branch, t *Test, c *compiled, i int) {
	if old := seen[t.key]; old != nil {
		if len(old.Rules) == 1 {
			old.Levels, old.Edits = slices.Clone(old.Levels), slices.Clone(old.Edits)
		}
		for f := range old.Levels {
			old.Levels[f] = max(old.Levels[f], c.levels[f])
			old.Edits[f] = old.Edits[f] || c.edits[f]
		}
		old.Rules = append(old.Rules, i)
		return
	}
	n := &Branch{Test: t, Levels: c.levels, Edits: c.edits, Rules: []int{i}} // as long as it is one rule's
	seen[t.key] = n
	r.Branches = append(r.Branches, n)
}

func addBar(r *Reduction, bars, guards map[string]*Bar, t *Test, c *compiled, i int) {
	seen, list := bars, &r.Bars
	if c.caps != nil {
		seen, list = guards, &r.Guards
	}
	if old := seen[t.key]; old != nil {
		if len(old.Rules) == 1 {
			old.Caps, old.Locks = slices.Clone(old.Caps), slices.Clone(old.Locks)
		}
		for f := range old.Caps {
			old.Caps[f] = min(old.Caps[f], c.caps[f])
			old.Locks[f] = old.Locks[f] || c.locks[f]
		}
		old.Rules = append(old.Rules, i)
		return
	}
	n := &Bar{Test: t, Caps: c.caps, Locks: c.locks, Rules: []int{i}} // as long as it is one rule's
	seen[t.key] = n
	*list = append(*list, n)
}

// dropCovered leaves out branches that give nothing beyond one that every record passes.
func (r *Reduction) dropCovered() {
	for _, wide := range r.Branches {
		if !wide.Always() {
			continue
		}
		r.Branches = slices.DeleteFunc(r.Branches, func(b *Branch) bool {
			covered := b != wide && wide.covers(b)
			if covered {
				r.Covered = append(r.Covered, b.Rules...)
			}
			return covered
		})
		return
	}
}

func (b *Branch) covers(o *Branch) bool {
	for f := range b.Levels {
		if o.Levels[f] > b.Levels[f] || o.Edits[f] && !b.Edits[f] {
			return false
		}
	}
	return true
}

// Outcome combines the answers of the tests into a decision: a branch opens only on Yes, a bar
// stays out of the way only on No.
func (r *Reduction) Outcome(answer func(*Test) Tri) Outcome {
	var o Outcome
	for _, b := range r.Branches {
		if answer(b.Test) != Yes {
			continue
		}
		if !o.Allowed {
			o = Outcome{Allowed: true, Levels: slices.Clone(b.Levels), Edits: slices.Clone(b.Edits)}
			continue
		}
		for f := range o.Levels {
			o.Levels[f] = max(o.Levels[f], b.Levels[f])
			o.Edits[f] = o.Edits[f] || b.Edits[f]
		}
	}
	if !o.Allowed {
		return Outcome{}
	}
	for _, bar := range r.Bars {
		if answer(bar.Test) != No {
			return Outcome{}
		}
	}
	for _, g := range r.Guards {
		if answer(g.Test) == No {
			continue
		}
		for f := range o.Levels {
			o.Levels[f] = min(o.Levels[f], g.Caps[f])
			o.Edits[f] = o.Edits[f] && !g.Locks[f]
		}
	}
	return o
}

// Opened lists the permits by which the answers let a record in, by their places in the ruleset: why the
// outcome is yes.
func (r *Reduction) Opened(answer func(*Test) Tri) []int {
	var out []int
	for _, b := range r.Branches {
		if answer(b.Test) == Yes {
			out = append(out, b.Rules...)
		}
	}
	return out
}

// Shut says why the answers keep a record out: by which forbids and, where no permit opens the way, past
// which permits of the action; without either, nothing permits it. open says that some permit does. Of a
// field, it is about setting it where the action writes, and about seeing it plain where it does not.
func (r *Reduction) Shut(answer func(*Test) Tri, f *Field) (open bool, forbids, permits []int) {
	writes := r.Action == Edit || r.Action == Create
	for _, b := range r.Branches {
		switch {
		case f != nil && (writes && !b.Edits[f.index] || !writes && b.Levels[f.index] != Plain):
		case answer(b.Test) == Yes:
			open = true
		default:
			permits = append(permits, b.Rules...)
		}
	}
	if open {
		permits = nil
	}
	stands := func(bar *Bar) {
		if answer(bar.Test) == No {
			return
		}
		forbids = append(forbids, bar.Rules...)
	}
	for _, bar := range r.Bars {
		stands(bar)
	}
	for _, guard := range r.Guards {
		if f != nil && (writes && guard.Locks[f.index] || !writes && guard.Caps[f.index] < Plain) {
			stands(guard)
		}
	}
	return open, forbids, permits
}

// Unruled is a reduction that lets every record of a kind in, and shows no field of it: to ask past the
// rules how they answer for a record that they keep out.
func Unruled(kind *KindSchema) *Reduction {
	n := len(kind.Fields)
	always := newTest(&BoundPath{Path: PathAll, Kind: kind}, predYes)
	return &Reduction{Kind: kind, Action: Read, Branches: []*Branch{{Test: always, Levels: make([]Level, n), Edits: make([]bool, n)}}}
}

// Outcome is yes or no for one action on one record, with the level and the writability of
// every field. The zero Outcome is no.
type Outcome struct {
	Allowed bool
	Levels  []Level // by field index; nil when not allowed
	Edits   []bool
}

// Level returns the field's level, hidden when the action is not allowed.
func (o Outcome) Level(f *Field) Level {
	if !o.Allowed || f == nil {
		return Hidden
	}
	return o.Levels[f.index]
}

// Editable reports whether the field may be written by the action.
func (o Outcome) Editable(f *Field) bool {
	return o.Allowed && f != nil && o.Edits[f.index]
}

// Reach returns the most open level of the field on any record, before bars: what is Hidden
// here never needs to leave the database.
func (r *Reduction) Reach(f *Field) Level {
	level := Hidden
	for _, b := range r.Branches {
		level = max(level, b.Levels[f.index])
	}
	for _, g := range r.Guards {
		if g.Always() {
			level = min(level, g.Caps[f.index])
		}
	}
	return level
}

// Decide answers for one action on one whole record.
func (b *Bound) Decide(row *Row, action Action) Outcome {
	return b.Reduce(action, row.Kind).Outcome(func(t *Test) Tri { return t.Match(row) })
}

// Visible answers whether a record shows in a list of the kind under a filter: it is readable,
// and the filter holds on what is plain of it.
func (b *Bound) Visible(row *Row, filter *Pred) (Outcome, bool) {
	o := b.Decide(row, Read)
	if !o.Allowed || filter == nil {
		return o, o.Allowed
	}
	return o, filter.EvalSeen(row, func(f *Field) bool { return o.Level(f) == Plain }) == Yes
}

// Decide is Compile, Bind and Decide in one step, for callers with a single question.
func Decide(rs *Ruleset, subject *Subject, ctx *Context, row *Row, action Action) Outcome {
	return rs.Bind(subject, ctx).Decide(row, action)
}
