package policy

import (
	"strconv"
	"strings"
	"time"
)

// node is a checked condition whose fields are resolved and whose known parts are compiled;
// bind folds it into a Pred.
type node struct {
	cond     *Cond
	args     []*node
	field    *Field
	parent   *Relation
	other    *Field
	relation *Relation
	value    operand
	values   []operand
	known    *known // of OpKnown
	// pure is the Pred of a node that reads neither p nor ctx: it binds to the same for everybody.
	pure *Pred
}

// operand is a literal or a compiled expression over p and ctx.
type operand struct {
	value Value
	known *known
}

// compileCond resolves a condition that CheckCond has passed.
func compileCond(schema *Schema, kind *KindSchema, c *Cond) (*node, error) {
	n := &node{cond: c}
	inner := kind
	if c.Op == OpExists {
		relation, ok := kind.Relation(c.Relation)
		if !ok {
			return nil, &Problem{Code: "relation", At: "relation", Detail: "there is no such relation"}
		}
		n.relation, inner = relation, schema.Kind(relation.Kind)
	}
	for i := range c.Args {
		arg, err := compileCond(schema, inner, &c.Args[i])
		if err != nil {
			p := *asProblem(err)
			p.At = strings.TrimSuffix("args["+strconv.Itoa(i)+"]."+p.At, ".")
			return nil, &p
		}
		n.args = append(n.args, arg)
	}
	if err := n.resolve(schema, kind); err != nil {
		return nil, err
	}
	if n.isPure() {
		n.pure = n.bind(nil, nil)
	}
	return n, nil
}

func (n *node) resolve(schema *Schema, kind *KindSchema) (err error) {
	c := n.cond
	if c.Op == OpKnown {
		n.known, err = compileKnown(c.CEL)
		return err
	}
	if c.Field == "" {
		return nil
	}
	name := c.Field
	if relation, field, dotted := strings.Cut(c.Field, "."); dotted {
		r, ok := kind.Relation(relation)
		if !ok || r.Many || !r.NotNull {
			return &Problem{Code: "relation", At: "field", Detail: "there is no such parent that is always there"}
		}
		n.parent, name, kind = r, field, schema.Kind(r.Kind)
	}
	if n.field = kind.Field(name); n.field == nil {
		return &Problem{Code: "field", At: "field", Detail: "there is no such field"}
	}
	if c.Value != nil {
		if c.Value.Field != "" {
			if n.other = kind.Field(c.Value.Field); n.other == nil {
				return &Problem{Code: "field", At: "value", Detail: "there is no such field"}
			}
		} else if n.value, err = resolveOperand(n.field, c.Op, c.Value); err != nil {
			return err
		}
	}
	for i := range c.Values {
		v, err := resolveOperand(n.field, c.Op, &c.Values[i])
		if err != nil {
			return err
		}
		n.values = append(n.values, v)
	}
	return nil
}

func resolveOperand(f *Field, op Op, o *Operand) (operand, error) {
	if o.CEL != "" {
		k, err := compileKnown(o.CEL)
		return operand{known: k}, err
	}
	v, err := o.literal()
	want := f.Type
	if op == OpTag {
		want = Text
	}
	if err == nil && v.Type() != want {
		err = &Problem{Code: "type", At: "value", Detail: "a " + want.String() + " is compared with a " + v.Type().String()}
	}
	return operand{value: v}, err
}

// literal reads the constant of an operand.
func (o *Operand) literal() (Value, error) {
	switch {
	case o.Text != nil:
		return TextOf(*o.Text), nil
	case o.Int != nil:
		return IntOf(*o.Int), nil
	case o.Number != nil:
		return NumberOf(*o.Number), nil
	case o.Money != nil:
		n, err := ParseMoney(*o.Money)
		return MoneyOf(n), err
	case o.Time != nil:
		t, err := ParseTime(*o.Time)
		return TimeOf(t), err
	case o.Bool != nil:
		return BoolOf(*o.Bool), nil
	case o.Ref != nil:
		return RefOf(*o.Ref), nil
	}
	return Value{}, &Problem{Code: "operand", At: "value", Detail: "an operand has no value"}
}

// ParseMoney reads a decimal of at most four places into 1/10,000 units. The magnitude stays
// below 9×10^11 units, so that sums over millions of rows stay within 64 bits.
func ParseMoney(text string) (int64, error) {
	bad := &Problem{Code: "money", Detail: "an amount is a decimal number with at most four places, below 900,000,000,000"}
	digits, negative := strings.CutPrefix(text, "-")
	whole, places, dotted := strings.Cut(digits, ".")
	if whole == "" || len(whole) > 12 || dotted && places == "" || len(places) > 4 {
		return 0, bad
	}
	n, err := strconv.ParseUint(whole+places+strings.Repeat("0", 4-len(places)), 10, 63)
	if err != nil || n >= 9e15 {
		return 0, bad
	}
	if negative {
		return -int64(n), nil
	}
	return int64(n), nil
}

// FormatMoney writes 1/10,000 units as a decimal with at least two places.
func FormatMoney(n int64) string {
	sign := ""
	u := uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	places := strconv.FormatUint(10_000+u%10_000, 10)[1:]
	places = strings.TrimSuffix(strings.TrimSuffix(places, "0"), "0")
	if len(places) < 2 {
		places = (places + "00")[:2]
	}
	return sign + strconv.FormatUint(u/10_000, 10) + "." + places
}

// ParseTime reads RFC 3339 or a date, which means midnight UTC.
func ParseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1 && t.Year() <= 9999 {
			return t.UTC().Truncate(time.Microsecond), nil
		}
	}
	return time.Time{}, &Problem{Code: "time", Detail: "a time is written as 2026-01-31 or 2026-01-31T08:00:00Z"}
}

func (n *node) isPure() bool {
	if n.known != nil || n.value.known != nil {
		return false
	}
	for _, v := range n.values {
		if v.known != nil {
			return false
		}
	}
	for _, a := range n.args {
		if !a.isPure() {
			return false
		}
	}
	return true
}

// bind folds what is known of the subject and the request.
func (n *node) bind(s *Subject, ctx *Context) *Pred {
	if n == nil {
		return predYes
	}
	if n.pure != nil {
		return n.pure
	}
	c := n.cond
	switch c.Op {
	case OpAll, OpAny:
		args := make([]*Pred, len(n.args))
		for i, a := range n.args {
			args[i] = a.bind(s, ctx)
		}
		return join(c.Op, args)
	case OpNot:
		return negate(n.args[0].bind(s, ctx))
	case OpKnown:
		return predConst(n.known.truth(s, ctx))
	}
	p := &Pred{Op: c.Op, Field: n.field, Parent: n.parent, Other: n.other, Relation: n.relation}
	switch c.Op {
	case OpExists:
		if len(n.args) == 1 {
			p.Args = []*Pred{n.args[0].bind(s, ctx)}
		}
		return p
	case OpHas:
		return p
	case OpWithin:
		point, ok := NewPoint(c.Point.Lat, c.Point.Lng)
		if !ok {
			return predUnknown // near an unknown place: nobody can say
		}
		p.Point, p.Chord2 = point, Chord2(c.Meters)
		return p
	case OpIn:
		for _, o := range n.values {
			if o.known == nil {
				p.Values = append(p.Values, o.value)
				continue
			}
			list, ok := o.known.list(n.field.Type, s, ctx)
			if !ok {
				return predUnknown
			}
			p.Values = append(p.Values, list...)
		}
		return p
	}
	if n.other == nil {
		p.Value = n.value.value
		if n.value.known != nil {
			want := n.field.Type
			if c.Op == OpTag {
				want = Text
			}
			v, ok := n.value.known.value(want, s, ctx)
			if !ok || v.Missing() || v.Type() == Text && v.text == "" && n.needle() {
				return predUnknown
			}
			p.Value = v
		}
	}
	return p
}

// needle reports whether the operator looks for its value inside the field's text.
func (n *node) needle() bool {
	return n.cond.Op == OpStarts || n.cond.Op == OpEnds || n.cond.Op == OpContains
}
