package policy

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// known is a compiled CEL expression over p and ctx: what is known before the query. Full CEL is
// allowed in it; it is evaluated once, when a rule is bound to a subject and a request. It is
// immutable and may be shared between goroutines.
type known struct {
	text    string
	program cel.Program
	result  *types.Type // dyn where only the evaluation tells
}

// knownCost bounds the evaluation of one expression; an ordinary one costs below a hundred.
const knownCost = 50_000

// compileKnown checks a CEL text over p and ctx.
func compileKnown(text string) (*known, error) {
	tree, env, err := checkKnown(text)
	if err != nil {
		return nil, err
	}
	program, err := env.Program(tree, cel.EvalOptions(cel.OptOptimize), cel.CostLimit(knownCost))
	if err != nil {
		return nil, &Problem{Code: "type", At: "1:1", Detail: "the expression cannot be evaluated: " + err.Error()}
	}
	return &known{text: text, program: program, result: tree.OutputType()}, nil
}

// checkKnown parses and type-checks a CEL text over p and ctx.
func checkKnown(text string) (*cel.Ast, *cel.Env, error) {
	if err := checkText(text); err != nil {
		return nil, nil, err
	}
	env, err := knownEnv()
	if err != nil {
		return nil, nil, err
	}
	parsed, issues := env.Parse(text)
	if issues.Err() != nil {
		return nil, nil, problemOf(issues, "syntax")
	}
	tree, issues := env.Check(parsed)
	if issues.Err() != nil {
		return nil, nil, problemOf(issues, "type")
	}
	if problem := wholeObject(tree.NativeRep()); problem != nil {
		return nil, nil, problem
	}
	return tree, env, nil
}

// checkText refuses what is no text at all before anything parses it.
func checkText(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return &Problem{Code: "empty", At: "1:1", Detail: "there is no expression"}
	case len(text) > maxText:
		return &Problem{Code: "size", At: "1:1", Detail: "an expression has at most 4,096 bytes"}
	case !utf8.ValidString(text):
		return &Problem{Code: "text", At: "1:1", Detail: "the expression is not valid UTF-8"}
	case strings.ContainsRune(text, 0):
		return &Problem{Code: "text", At: "1:1", Detail: "the expression contains a NUL character"}
	}
	return nil
}

// problemOf gives the first of CEL's complaints, with its line and column counted from 1.
func problemOf(issues *cel.Issues, code string) *Problem {
	for _, e := range issues.Errors() {
		return &Problem{Code: code, At: position(e.Location.Line(), e.Location.Column()), Detail: problemText(e.Message)}
	}
	return &Problem{Code: code, At: "1:1", Detail: issues.Err().Error()}
}

// problemText makes CEL's own messages readable to a person who never saw its manual.
func problemText(message string) string {
	message = strings.TrimPrefix(message, "Syntax error: ")
	if before, _, found := strings.Cut(message, " expecting "); found {
		message = before
	}
	if rest, found := strings.CutPrefix(message, "found no matching overload for '"); found {
		function, given, _ := strings.Cut(rest, "' applied to '")
		if strings.Contains(given, "null") {
			return "there is no null here: whether a field has a value is asked as has(r.field)"
		}
		given = strings.ReplaceAll(strings.TrimSuffix(given, "'"), recordPrefix, "")
		return displayName(function) + " is not possible between or on these types: " + given
	}
	if rest, found := strings.CutPrefix(message, "undeclared reference to "); found {
		name, _, _ := strings.Cut(rest, " (in container")
		return "there is no " + name + " here: a condition speaks of r, p and ctx"
	}
	return message
}

func position(line, column int) string {
	return strconv.Itoa(max(line, 1)) + ":" + strconv.Itoa(max(column, 0)+1)
}

// problemAt says what is wrong with a part of a parsed text.
func problemAt(tree *ast.AST, e ast.Expr, code, format string, args ...any) *Problem {
	at := tree.SourceInfo().GetStartLocation(e.ID())
	return &Problem{Code: code, At: position(at.Line(), at.Column()), Detail: fmt.Sprintf(format, args...)}
}

// wholeObject refuses p and ctx without a field after them: they are no values.
func wholeObject(tree *ast.AST) *Problem {
	used := map[int64]bool{}
	var found *Problem
	ast.PreOrderVisit(tree.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.SelectKind:
			used[e.AsSelect().Operand().ID()] = true
		case ast.IdentKind:
			t := tree.GetType(e.ID())
			if !used[e.ID()] && t.Kind() == types.StructKind {
				found = cmp.Or(found, problemAt(tree, e, "type", "%s needs a field after it, as in p.id or ctx.now", e.AsIdent()))
			}
		case ast.StructKind:
			found = cmp.Or(found, problemAt(tree, e, "type", "objects cannot be made"))
		case ast.ComprehensionKind:
			if v := e.AsComprehension().IterVar(); v == "p" || v == "ctx" {
				found = cmp.Or(found, problemAt(tree, e, "name", "the name %s is taken", v))
			}
		}
	}))
	return found
}

func (k *known) eval(s *Subject, c *Context) (ref.Val, bool) {
	out, _, err := k.program.Eval(map[string]any{"p": s, "ctx": c})
	if err != nil || out == nil || types.IsUnknownOrError(out) {
		return nil, false
	}
	return out, true
}

// value evaluates to one value of a type; false when it cannot be evaluated or has another type.
func (k *known) value(t Type, s *Subject, c *Context) (Value, bool) {
	out, ok := k.eval(s, c)
	if !ok {
		return Value{}, false
	}
	return valueOf(t, out)
}

// list evaluates to the values of a list. A single value is a list of one, so that every known
// operand of in can be asked for its list; one item of another type spoils the whole list.
func (k *known) list(t Type, s *Subject, c *Context) ([]Value, bool) {
	out, ok := k.eval(s, c)
	if !ok {
		return nil, false
	}
	items, ok := out.(traits.Lister)
	if !ok {
		v, ok := valueOf(t, out)
		return []Value{v}, ok
	}
	values := []Value{}
	for it := items.Iterator(); it.HasNext() == types.True; {
		v, ok := valueOf(t, it.Next())
		if !ok {
			return nil, false
		}
		values = append(values, v)
	}
	return values, true
}

// truth evaluates to a truth value; what is no bool is unknown.
func (k *known) truth(s *Subject, c *Context) Tri {
	out, ok := k.eval(s, c)
	if !ok {
		return Unknown
	}
	if b, ok := out.(types.Bool); ok {
		return triOf(bool(b))
	}
	return Unknown
}

// valueOf turns a result into a value of a field's type. Numbers become money by rounding to
// 1/10,000; nothing else is converted that would lose something.
func valueOf(t Type, out ref.Val) (Value, bool) {
	switch v := out.(type) {
	case types.String:
		switch t {
		case Text:
			return TextOf(string(v)), utf8.ValidString(string(v)) && !strings.ContainsRune(string(v), 0)
		case Ref:
			id, err := ParseID(string(v))
			return RefOf(id), err == nil
		}
	case types.Int:
		switch t {
		case Int:
			return IntOf(int64(v)), true
		case Number:
			return NumberOf(float64(v)), true
		case Money:
			return MoneyOf(int64(v) * 10_000), v > -maxMoney && v < maxMoney
		}
	case types.Double:
		f := float64(v)
		switch {
		case math.IsNaN(f) || math.IsInf(f, 0):
		case t == Number:
			return NumberOf(f), true
		case t == Money:
			return MoneyOf(int64(math.Round(f * 10_000))), math.Abs(f) < maxMoney
		}
	case types.Timestamp:
		return TimeOf(v.Time), t == Time && inRange(v.Time)
	case types.Bool:
		return BoolOf(bool(v)), t == Bool
	}
	return Value{}, false
}

// maxMoney is the bound of ParseMoney, in whole units.
const maxMoney = 900_000_000_000

func inRange(t time.Time) bool { return t.UTC().Year() >= 1 && t.UTC().Year() <= 9999 }
