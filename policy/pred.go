package policy

import (
	"slices"
	"strconv"
	"strings"
)

// The operators that stand in a Pred beside those of Cond.
const (
	opConst  Op = "const"  // Const holds the truth value
	OpSearch Op = "search" // every one of Terms stands in the search document of Class
)

// OpConst is the operator of a folded part of a predicate.
const OpConst = opConst

// Pred is a condition bound to a subject and a request: every known part is a value, every
// field is resolved. Both interpreters, Eval here and the SQL of sqlgen, read this tree and
// nothing else. Only Bind and BindFilter make Preds.
type Pred struct {
	Op       Op
	Args     []*Pred
	Const    Tri
	Field    *Field
	Parent   *Relation // Field belongs to this to-one parent; nil for the record itself
	Other    *Field    // the right side of a comparison of two columns
	Value    Value
	Values   []Value
	Relation *Relation // of exists
	Point    Point
	Chord2   float64
	Class    Class    // of search
	Terms    []string // of search
	Searched []*Field // of search: the fields whose text stands in the document
}

var (
	predYes     = &Pred{Op: opConst, Const: Yes}
	predNo      = &Pred{Op: opConst, Const: No}
	predUnknown = &Pred{Op: opConst, Const: Unknown}
)

func predConst(t Tri) *Pred { return [...]*Pred{predNo, predUnknown, predYes}[t+1] }

// constant returns the truth value of a folded predicate.
func (p *Pred) constant() (Tri, bool) { return p.Const, p.Op == opConst }

// join makes an all or any of the parts, folding what is known.
func join(op Op, args []*Pred) *Pred {
	neutral, absorbing := Yes, No
	if op == OpAny {
		neutral, absorbing = No, Yes
	}
	var kept []*Pred
	for _, a := range args {
		t, known := a.constant()
		switch {
		case known && t == absorbing:
			return a
		case known && t == neutral:
		default:
			kept = append(kept, a)
		}
	}
	switch len(kept) {
	case 0:
		return predConst(neutral)
	case 1:
		return kept[0]
	}
	return &Pred{Op: op, Args: kept}
}

func negate(p *Pred) *Pred {
	if t, known := p.constant(); known {
		return predConst(t.Not())
	}
	if p.Op == OpNot {
		return p.Args[0]
	}
	return &Pred{Op: OpNot, Args: []*Pred{p}}
}

// Eval computes the truth of the predicate on a whole row.
func (p *Pred) Eval(row *Row) Tri { return p.eval(row, nil) }

// EvalSeen computes the truth as somebody sees it who sees only some fields in plain: the
// others count as missing, even to has.
func (p *Pred) EvalSeen(row *Row, plain func(*Field) bool) Tri { return p.eval(row, plain) }

func (p *Pred) eval(row *Row, plain func(*Field) bool) Tri {
	switch p.Op {
	case opConst:
		return p.Const
	case OpAll:
		t := Yes
		for _, a := range p.Args {
			if t = t.And(a.eval(row, plain)); t == No {
				break
			}
		}
		return t
	case OpAny:
		t := No
		for _, a := range p.Args {
			if t = t.Or(a.eval(row, plain)); t == Yes {
				break
			}
		}
		return t
	case OpNot:
		return p.Args[0].eval(row, plain).Not()
	case OpExists:
		t := No
		for _, child := range row.Related[p.Relation.Name] {
			if len(p.Args) == 0 {
				return Yes
			}
			t = t.Or(p.Args[0].eval(child, plain))
		}
		return t
	case OpSearch:
		for _, f := range p.Searched {
			if plain != nil && !plain(f) {
				return Unknown
			}
		}
		for _, term := range p.Terms {
			if !row.Search[p.Class][term] {
				return No
			}
		}
		return Yes
	}
	return p.leaf(row, plain)
}

func (p *Pred) leaf(row *Row, plain func(*Field) bool) Tri {
	if plain != nil && (!plain(p.Field) || p.Other != nil && !plain(p.Other)) {
		return Unknown
	}
	if p.Parent != nil {
		if row = row.Parents[p.Parent.Name]; row == nil {
			return Unknown // the parent is gone: nobody can say, not even has
		}
	}
	v := row.value(p.Field)
	if p.Op == OpHas {
		return triOf(!v.Missing())
	}
	if v.Missing() {
		return Unknown
	}
	w := p.Value
	if p.Other != nil {
		if w = row.value(p.Other); w.Missing() {
			return Unknown
		}
	}
	switch p.Op {
	case OpEq:
		return triOf(v.Equal(w))
	case OpNe:
		return triOf(!v.Equal(w))
	case OpLt:
		return triOf(v.Compare(w) < 0)
	case OpLe:
		return triOf(v.Compare(w) <= 0)
	case OpGt:
		return triOf(v.Compare(w) > 0)
	case OpGe:
		return triOf(v.Compare(w) >= 0)
	case OpIn:
		return triOf(slices.ContainsFunc(p.Values, v.Equal))
	case OpStarts:
		return triOf(strings.HasPrefix(v.text, w.text))
	case OpEnds:
		return triOf(strings.HasSuffix(v.text, w.text))
	case OpContains:
		return triOf(strings.Contains(v.text, w.text))
	case OpTag:
		_, found := slices.BinarySearch(v.set, w.text)
		return triOf(found)
	case OpWithin:
		return triOf(v.point.Near(p.Point, p.Chord2))
	}
	return Unknown // an operator that nobody taught it never permits
}

// key writes the predicate as a string that is equal for equal predicates.
func (p *Pred) key(b *strings.Builder) {
	b.WriteString(string(p.Op))
	if p.Op == opConst {
		b.WriteString(p.Const.String())
	}
	if p.Parent != nil {
		b.WriteString("^" + p.Parent.Name)
	}
	if p.Field != nil {
		b.WriteString("." + p.Field.Name)
	}
	if p.Other != nil {
		b.WriteString("." + p.Other.Name)
	}
	if p.Relation != nil {
		b.WriteString("/" + p.Relation.Name)
	}
	p.Value.key(b)
	for _, v := range p.Values {
		v.key(b)
	}
	if p.Op == OpWithin {
		PlaceOf(p.Point.Lat, p.Point.Lng).key(b)
		NumberOf(p.Chord2).key(b)
	}
	if p.Op == OpSearch {
		b.WriteString(string(p.Class) + strconv.Quote(strings.Join(p.Terms, "\x00")))
	}
	if len(p.Args) > 0 {
		b.WriteByte('(')
		for _, a := range p.Args {
			a.key(b)
			b.WriteByte(',')
		}
		b.WriteByte(')')
	}
}

func (v Value) key(b *strings.Builder) {
	switch v.typ {
	case 0:
		return
	case Text:
		b.WriteString(strconv.Quote(v.text))
	case Number:
		b.WriteString("#" + strconv.FormatFloat(v.f, 'g', -1, 64))
	case Set:
		b.WriteString(strconv.Quote(strings.Join(v.set, "\x00")))
	case Place:
		b.WriteString("@" + strconv.FormatFloat(v.point.Lat, 'g', -1, 64) + "," + strconv.FormatFloat(v.point.Lng, 'g', -1, 64))
	default:
		b.WriteString(":" + strconv.FormatInt(v.n, 10))
	}
}
