package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// CELText writes a condition as CEL text that ParseCEL reads back as Canonical(cond). It is meant
// for checked conditions; what has no meaning is written as something ParseCEL refuses.
func CELText(cond *Cond) string {
	if cond == nil {
		return ""
	}
	w := celWriter{}
	w.cond(Canonical(cond), 0)
	return w.String()
}

// Canonical gives the one form, among those that say the same in the same order, that ParseCEL
// returns: no group of its own kind inside a group, none with a single part, amounts with two to
// four places, expressions over p and ctx in CEL's own layout.
func Canonical(cond *Cond) *Cond {
	out := *cond
	out.Args = nil
	for i := range cond.Args {
		arg := Canonical(&cond.Args[i])
		if arg.Op == cond.Op && (arg.Op == OpAll || arg.Op == OpAny) {
			out.Args = append(out.Args, arg.Args...)
		} else {
			out.Args = append(out.Args, *arg)
		}
	}
	if len(out.Args) == 1 && (out.Op == OpAll || out.Op == OpAny) {
		return &out.Args[0]
	}
	if out.Op == OpKnown {
		return canonicalKnown(&out)
	}
	if cond.Value != nil {
		value := canonicalOperand(*cond.Value)
		out.Value = &value
	}
	out.Values = slices.Clone(cond.Values)
	for i, v := range out.Values {
		out.Values[i] = canonicalOperand(v)
	}
	return &out
}

// canonicalKnown takes the && || and ! out of a text over p and ctx, since in a text nobody can
// tell whether they stood in the tree or in the expression.
func canonicalKnown(cond *Cond) *Cond {
	tree, _, err := checkKnown(cond.CEL)
	if err != nil {
		return cond
	}
	p := &parse{tree: tree.NativeRep()}
	if out := p.lower(p.tree.Expr()); out != nil && p.problem == nil {
		return out
	}
	return cond
}

func canonicalOperand(o Operand) Operand {
	if o.Money != nil {
		if n, err := ParseMoney(*o.Money); err == nil {
			text := FormatMoney(n)
			o.Money = &text
		}
	}
	if o.CEL != "" {
		if tree, _, err := checkKnown(o.CEL); err == nil {
			p := &parse{tree: tree.NativeRep()}
			if text := p.write(p.tree.Expr()); p.problem == nil {
				o.CEL = text
			}
		}
	}
	return o
}

// celWriter writes a condition; depth counts the exists around it.
type celWriter struct{ strings.Builder }

// recordName names the record a condition speaks of: r, and x, x2, x3 inside exists.
func recordName(depth int) string {
	switch depth {
	case 0:
		return "r"
	case 1:
		return "x"
	}
	return "x" + strconv.Itoa(depth)
}

var celSigns = map[Op]string{OpEq: "==", OpNe: "!=", OpLt: "<", OpLe: "<=", OpGt: ">", OpGe: ">="}

func (w *celWriter) cond(c *Cond, depth int) {
	field := recordName(depth) + "." + c.Field
	switch c.Op {
	case OpAll, OpAny:
		w.group(c, depth)
	case OpNot:
		w.not(c, depth)
	case OpKnown:
		w.WriteString(c.CEL)
	case OpEq, OpNe, OpLt, OpLe, OpGt, OpGe:
		w.WriteString(field + " " + celSigns[c.Op] + " ")
		w.operand(c, c.Value, depth)
	case OpIn:
		w.WriteString(field + " in ")
		w.list(c, depth)
	case OpStarts, OpEnds, OpContains:
		w.WriteString(field + "." + map[Op]string{OpStarts: "startsWith", OpEnds: "endsWith", OpContains: "contains"}[c.Op] + "(")
		w.operand(c, c.Value, depth)
		w.WriteString(")")
	case OpHas:
		w.WriteString("has(" + field + ")")
	case OpTag:
		w.operand(c, c.Value, depth)
		w.WriteString(" in " + field)
	case OpExists:
		fmt.Fprintf(w, "%s.%s.exists(%s, ", recordName(depth), c.Relation, recordName(depth+1))
		if len(c.Args) == 0 {
			w.WriteString("true")
		} else {
			w.cond(&c.Args[0], depth+1)
		}
		w.WriteString(")")
	case OpWithin:
		point := LatLng{}
		if c.Point != nil {
			point = *c.Point
		}
		fmt.Fprintf(w, "distance(%s, point(%s, %s)) <= %s", field, celFloat(point.Lat), celFloat(point.Lng), celFloat(c.Meters))
	default:
		w.WriteString("false")
	}
}

func (w *celWriter) group(c *Cond, depth int) {
	if len(c.Args) == 0 {
		w.WriteString("false")
	}
	for i := range c.Args {
		if i > 0 {
			w.WriteString(map[Op]string{OpAll: " && ", OpAny: " || "}[c.Op])
		}
		arg := &c.Args[i]
		inner := arg.Op == OpAll || arg.Op == OpAny || arg.Op == OpKnown && looseness(arg.CEL) > relational
		w.enclosed(inner, arg, depth)
	}
}

// not encloses what binds less than !, and another !, since CEL reads !! as nothing.
func (w *celWriter) not(c *Cond, depth int) {
	w.WriteString("!")
	if len(c.Args) != 1 {
		w.WriteString("false")
		return
	}
	switch arg := &c.Args[0]; arg.Op {
	case OpHas, OpExists, OpStarts, OpEnds, OpContains:
		w.cond(arg, depth)
	default:
		w.enclosed(true, arg, depth)
	}
}

func (w *celWriter) enclosed(yes bool, c *Cond, depth int) {
	if yes {
		w.WriteString("(")
	}
	w.cond(c, depth)
	if yes {
		w.WriteString(")")
	}
}

// list writes the values of in. A single expression that may give a list is the list itself.
func (w *celWriter) list(c *Cond, depth int) {
	if len(c.Values) == 1 && c.Values[0].CEL != "" && mayBeList(c.Values[0].CEL) {
		w.operand(c, &c.Values[0], depth)
		return
	}
	w.WriteString("[")
	for i := range c.Values {
		if i > 0 {
			w.WriteString(", ")
		}
		w.operand(c, &c.Values[i], depth)
	}
	w.WriteString("]")
}

func mayBeList(text string) bool {
	tree, _, err := checkKnown(text)
	return err == nil && (tree.OutputType().Kind() == types.ListKind || tree.OutputType().Kind() == types.DynKind)
}

func (w *celWriter) operand(c *Cond, o *Operand, depth int) {
	switch {
	case o == nil:
		w.WriteString("false")
	case o.Text != nil:
		w.WriteString(celQuote(*o.Text))
	case o.Int != nil:
		w.WriteString(strconv.FormatInt(*o.Int, 10))
	case o.Number != nil:
		w.WriteString(celFloat(*o.Number))
	case o.Money != nil:
		w.WriteString(*o.Money)
	case o.Time != nil && strings.Contains(*o.Time, "T"):
		w.WriteString("timestamp(" + celQuote(*o.Time) + ")")
	case o.Time != nil:
		w.WriteString("date(" + celQuote(*o.Time) + ")")
	case o.Bool != nil:
		w.WriteString(strconv.FormatBool(*o.Bool))
	case o.Ref != nil:
		w.WriteString("'" + o.Ref.String() + "'")
	case o.Field != "":
		parent, _, dotted := cutField(c.Field)
		if dotted {
			parent += "."
		}
		w.WriteString(recordName(depth) + "." + parent + o.Field)
	case looseness(o.CEL) >= relational:
		w.WriteString("(" + o.CEL + ")")
	default:
		w.WriteString(o.CEL)
	}
}

// How loosely the outermost operator of an expression binds.
const (
	tight = iota
	relational
	logical
)

func looseness(text string) int {
	tree, _, err := checkKnown(text)
	if err != nil {
		return logical
	}
	e := tree.NativeRep().Expr()
	if e.Kind() != ast.CallKind {
		return tight
	}
	switch e.AsCall().FunctionName() {
	case operators.LogicalAnd, operators.LogicalOr, operators.Conditional:
		return logical
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals, operators.In:
		return relational
	}
	return tight
}

// celFloat writes a number so that CEL reads the same bits, as a floating one.
func celFloat(f float64) string {
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if strings.Trim(text, "-0123456789") == "" {
		text += ".0"
	}
	return text
}

// celQuote writes a text as a CEL literal. Only what would end the literal or the line is
// escaped, so that Chinese stays readable.
func celQuote(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range text {
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}
