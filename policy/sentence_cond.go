package policy

import (
	"strconv"
	"strings"
)

// negated gives the comparison that holds where another does not. On a missing value both are
// unknown, so the sentence may say one for the other.
var negated = map[Op]Op{OpEq: OpNe, OpNe: OpEq, OpLt: OpGe, OpGe: OpLt, OpGt: OpLe, OpLe: OpGt}

// cond says a condition, or its opposite when yes is false. A negation goes down to the leaf it
// stands before; before a group it is said of the whole.
func (s *speaker) cond(kind *KindSchema, c *Cond, yes bool) string {
	switch c.Op {
	case OpNot:
		return s.cond(kind, &c.Args[0], !yes)
	case OpAll, OpAny:
		if said, ok := s.clockGroup(c, yes); ok {
			return said
		}
		if !yes {
			return fill(s.opposite, s.group(kind, c))
		}
		return s.group(kind, c)
	case OpKnown:
		return s.knownCond(c.CEL, yes)
	case OpExists:
		return s.exists(kind, c, yes)
	}
	return s.leaf(kind, c, yes)
}

// group joins the parts; each part that is a group itself stands in parentheses.
func (s *speaker) group(kind *KindSchema, c *Cond) string {
	join := s.and
	if c.Op == OpAny {
		join = s.or
	}
	parts := make([]string, len(c.Args))
	for i := range c.Args {
		parts[i] = s.cond(kind, &c.Args[i], true)
		if isGroup(&c.Args[i]) {
			parts[i] = s.open + parts[i] + s.close
		}
	}
	return strings.Join(parts, join)
}

// isGroup reports whether the sentence of a condition is a joined one. Two negations say
// nothing, so the group under them counts; one sets parentheses of its own, but not around a choice.
func isGroup(c *Cond) bool {
	for c.Op == OpNot && (c.Args[0].Op == OpNot || c.Args[0].Op == OpKnown) {
		if c = &c.Args[0]; c.Op == OpNot {
			c = &c.Args[0]
		}
	}
	return c.Op == OpAll || c.Op == OpAny || c.Op == OpKnown && isChoice(c.CEL)
}

func (s *speaker) exists(kind *KindSchema, c *Cond, yes bool) string {
	relation, _ := kind.Relation(c.Relation)
	label := s.named(c.Relation, func(n Names) string { return n.Relation(kind.Name, c.Relation, s.lang) })
	switch {
	case len(c.Args) == 0 && yes:
		return fill(s.some, label)
	case len(c.Args) == 0:
		return fill(s.none, label)
	}
	inner := s.cond(s.schema.Kind(relation.Kind), &c.Args[0], true)
	if yes {
		return fill(s.someWhere, label, inner)
	}
	return fill(s.noneWhere, label, inner)
}

// pick chooses between a phrase and its opposite.
func pick(yes bool, phrase, opposite string) string {
	if yes {
		return phrase
	}
	return opposite
}

func (s *speaker) leaf(kind *KindSchema, c *Cond, yes bool) string {
	label := s.field(kind, c.Field)
	f, on, problem := s.schema.resolveField(kind, c.Field)
	if problem != nil {
		return fill(pick(yes, s.known.holdsTrue, s.known.fails), code(CELText(c)))
	}
	switch c.Op {
	case OpHas:
		return fill(pick(yes, s.has, s.hasNot), label)
	case OpWithin:
		point := decimal(c.Point.Lat) + ", " + decimal(c.Point.Lng)
		return fill(pick(yes, s.within, s.notWithin), label, s.distance(c.Meters), point)
	case OpIn:
		return s.in(on, f, c, label, yes)
	case OpStarts, OpEnds, OpContains, OpTag:
		phrases := s.texts
		if !yes {
			phrases = s.noTexts
		}
		return fill(phrases[c.Op], label, s.operand(on, f, c.Value))
	}
	if f.Type == Bool && c.Value.Bool != nil {
		return fill(s.truth, label, pick(*c.Value.Bool == (yes == (c.Op == OpEq)), s.yes, s.no))
	}
	op := c.Op
	if !yes {
		op = negated[op]
	}
	if f.Type == Bool && c.Value.CEL != "" {
		return s.sameTruth(label, c.Value.CEL, op == OpEq)
	}
	if other := c.Value.Field; other != "" && (op == OpEq || op == OpNe) {
		return fill(pick(op == OpEq, s.same, s.different), label, s.operandField(kind, c))
	} else if other != "" {
		return s.compared(f.Type, op, label, s.operandField(kind, c))
	}
	return s.compared(f.Type, op, label, s.operand(on, f, c.Value))
}

func (s *speaker) operandField(kind *KindSchema, c *Cond) string {
	parent, _, dotted := cutField(c.Field)
	if dotted {
		return s.field(kind, parent+"."+c.Value.Field)
	}
	return s.field(kind, c.Value.Field)
}

func (s *speaker) compared(t Type, op Op, left, right string) string {
	if t == Time {
		return fill(s.times[op], left, right)
	}
	return fill(s.values[op], left, right)
}

func (s *speaker) in(on *KindSchema, f *Field, c *Cond, label string, yes bool) string {
	if len(c.Values) == 1 && c.Values[0].CEL != "" {
		return fill(pick(yes, s.among, s.notAmong), label, s.knownValue(c.Values[0].CEL, s.wordsOf(on, f)))
	}
	values := make([]string, len(c.Values))
	for i := range c.Values {
		values[i] = s.operand(on, f, &c.Values[i])
	}
	return fill(pick(yes, s.oneOf, s.notOneOf), label, strings.Join(values, s.comma))
}

// operand says the known side of a comparison with a field.
func (s *speaker) operand(on *KindSchema, f *Field, o *Operand) string {
	switch {
	case o.Text != nil:
		return quote(s.choiceOf(on, f, *o.Text))
	case o.Int != nil:
		return grouped(strconv.FormatInt(*o.Int, 10))
	case o.Number != nil:
		return grouped(strconv.FormatFloat(*o.Number, 'g', -1, 64))
	case o.Money != nil:
		return grouped(*o.Money)
	case o.Time != nil:
		return timeText(*o.Time)
	case o.Bool != nil:
		return pick(*o.Bool, s.yes, s.no)
	case o.Ref != nil:
		return s.ref(f, *o.Ref)
	}
	return s.knownValue(o.CEL, s.wordsOf(on, f))
}

// wordsOf gives the words for what a field may be, within an expression.
func (s *speaker) wordsOf(on *KindSchema, f *Field) wording {
	return func(text string) (string, bool) {
		if f.Type == Ref {
			id, err := ParseID(text)
			return s.ref(f, id), err == nil
		}
		return quote(s.choiceOf(on, f, text)), true
	}
}

func (s *speaker) choiceOf(on *KindSchema, f *Field, code string) string {
	return s.named(code, func(n Names) string { return n.Choice(on.Name, f.Name, code, s.lang) })
}

// timeText says a literal time: a date as it stands, an instant with its zone.
func timeText(text string) string {
	if !strings.Contains(text, "T") {
		return text
	}
	t, err := parseInZone(text)
	if err != nil {
		return text
	}
	return instant(t)
}
