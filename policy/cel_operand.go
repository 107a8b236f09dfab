package policy

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// withArticle names the type in a sentence.
func (t Type) withArticle() string {
	if t == Int {
		return "an " + t.String()
	}
	return "a " + t.String()
}

func (o *Operand) setParts() int {
	n := 0
	for _, set := range []bool{o.Text != nil, o.Int != nil, o.Number != nil, o.Money != nil, o.Time != nil, o.Bool != nil, o.Ref != nil, o.Field != "", o.CEL != ""} {
		if set {
			n++
		}
	}
	return n
}

// operand checks the right side of a leaf against the type it must have.
func (c *condCheck) operand(on *KindSchema, want Type, op Op, o *Operand) *Problem {
	if o.setParts() != 1 {
		return &Problem{Code: "operand", Detail: "an operand has exactly one part"}
	}
	if o.CEL != "" {
		return c.known(want, op, o, false)
	}
	if o.Field != "" {
		other := on.Field(o.Field)
		switch {
		case op != OpEq && op != OpNe && op != OpLt && op != OpLe && op != OpGt && op != OpGe:
			return &Problem{Code: "operand", At: "field", Detail: fmt.Sprintf("%s takes a known value, not a field", op)}
		case other == nil:
			return &Problem{Code: "field", At: "field", Detail: fmt.Sprintf("%s has no field %q", on.Name, o.Field)}
		case other.Type != want:
			return &Problem{Code: "type", At: "field", Detail: fmt.Sprintf("%s does not compare with %s", want.withArticle(), other.Type.withArticle())}
		}
		return nil
	}
	v, err := o.literal()
	if err != nil {
		p := *asProblem(err)
		p.At = ""
		return &p
	}
	if v.Type() != want {
		return &Problem{Code: "type", Detail: fmt.Sprintf("%s does not compare with %s", want.withArticle(), v.Type().withArticle())}
	}
	return checkLiteral(o)
}

// strictTime is RFC 3339 to the microsecond, or a date: what CEL, Go and both databases read
// alike. time.Parse alone also takes commas and single digits.
var strictTime = regexp.MustCompile(`^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$`)

func checkLiteral(o *Operand) *Problem {
	switch {
	case o.Text != nil:
		return checkPlainText(*o.Text)
	case o.Number != nil && (math.IsNaN(*o.Number) || math.IsInf(*o.Number, 0)):
		return &Problem{Code: "literal", Detail: "a number is finite"}
	case o.Ref != nil && (*o.Ref <= 0 || *o.Ref >= 1<<53):
		return &Problem{Code: "id", Detail: "an id is a positive decimal number below 2^53"}
	case o.Time != nil:
		t, err := ParseTime(*o.Time)
		if err != nil || !strictTime.MatchString(*o.Time) || !inRange(t) {
			return &Problem{Code: "time", Detail: "a time is written as 2026-01-31 or 2026-01-31T08:00:00Z, at most to the microsecond"}
		}
	}
	return nil
}

func checkPlainText(text string) *Problem {
	switch {
	case len(text) > maxText:
		return &Problem{Code: "size", Detail: "a text has at most 4,096 bytes"}
	case !utf8.ValidString(text):
		return &Problem{Code: "text", Detail: "the text is not valid UTF-8"}
	case strings.ContainsRune(text, 0):
		return &Problem{Code: "text", Detail: "the text contains a NUL character"}
	}
	return nil
}

// known checks an operand that is an expression over p and ctx; it may be a list where the
// whole list of in is asked for.
func (c *condCheck) known(want Type, op Op, o *Operand, list bool) *Problem {
	if o.setParts() != 1 {
		return &Problem{Code: "operand", Detail: "an operand has exactly one part"}
	}
	if p := c.count(); p != nil {
		return p
	}
	tree, _, err := checkKnown(o.CEL)
	if err != nil {
		return within("cel", &Problem{Code: asProblem(err).Code, Detail: asProblem(err).Error()})
	}
	if p := checkKnownOperand(tree, want, op, list); p != nil {
		return within("cel", p)
	}
	return nil
}

// checkKnownOperand asks of an expression over p and ctx that it says something a literal
// cannot, and that its type can be compared with the wanted one as CEL compares.
func checkKnownOperand(tree *cel.Ast, want Type, op Op, list bool) *Problem {
	root := tree.NativeRep().Expr()
	switch {
	case !mentions(root):
		return &Problem{Code: "operand", Detail: "an expression speaks of p or ctx; write anything else as a value"}
	case root.Kind() == ast.ListKind:
		return &Problem{Code: "operand", Detail: "write the values of the list one by one"}
	}
	t := tree.OutputType()
	if list && t.Kind() == types.ListKind {
		t = t.Parameters()[0]
	}
	if !comparesWith(want, op, t) {
		return &Problem{Code: "type", Detail: fmt.Sprintf("the expression gives %s, which does not compare with %s", cel.FormatCELType(tree.OutputType()), want.withArticle())}
	}
	return nil
}

// comparesWith reports whether CEL compares a field of a type with a result of another. Equality
// is strict; the order of numbers crosses types.
func comparesWith(want Type, op Op, t *types.Type) bool {
	if t.Kind() == types.DynKind {
		return true
	}
	switch want {
	case Number, Money:
		ordered := op != OpEq && op != OpNe && op != OpIn
		return t.Kind() == types.DoubleKind || ordered && t.Kind() == types.IntKind
	case Int:
		return t.Kind() == types.IntKind
	case Text, Ref:
		return t.Kind() == types.StringKind
	case Time:
		return t.Kind() == types.TimestampKind
	case Bool:
		return t.Kind() == types.BoolKind
	}
	return false
}

// checkKnownCond checks a condition over p and ctx alone. Each of its parts must speak of them:
// a constant would mean 'always' or 'never'.
func checkKnownCond(text string) *Problem {
	tree, _, err := checkKnown(text)
	if err != nil {
		return &Problem{Code: asProblem(err).Code, Detail: asProblem(err).Error()}
	}
	if k := tree.OutputType().Kind(); k != types.BoolKind && k != types.DynKind {
		return &Problem{Code: "type", Detail: "the expression is neither true nor false"}
	}
	constant := false
	eachTerm(tree.NativeRep().Expr(), func(e ast.Expr) { constant = constant || !mentions(e) })
	if constant {
		return &Problem{Code: "constant", Detail: "what speaks neither of p nor of ctx is always or never so"}
	}
	return nil
}

// eachTerm visits what stands between && || and !.
func eachTerm(e ast.Expr, visit func(ast.Expr)) {
	if e.Kind() == ast.CallKind {
		switch e.AsCall().FunctionName() {
		case operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot:
			for _, arg := range e.AsCall().Args() {
				eachTerm(arg, visit)
			}
			return
		}
	}
	visit(e)
}

// mentions reports whether p or ctx stands in an expression.
func mentions(e ast.Expr) bool {
	found := false
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() == ast.IdentKind && (e.AsIdent() == "p" || e.AsIdent() == "ctx") {
			found = true
		}
	}))
	return found
}
