package celoracle

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"guan/policy"
)

// Program is a condition that cel-go evaluates. It may be shared between goroutines.
type Program struct {
	text    string
	program cel.Program
}

var environment = sync.OnceValues(func() (*cel.Env, error) {
	dynamic := []*cel.Type{cel.DynType, cel.DynType}
	return cel.NewEnv(
		cel.Variable("r", cel.DynType), cel.Variable("p", cel.DynType), cel.Variable("ctx", cel.DynType),
		cel.Function("date", cel.Overload("date_dyn", dynamic[:1], cel.TimestampType, cel.UnaryBinding(date))),
		cel.Function("point", cel.Overload("point_dyn_dyn", dynamic, cel.DynType, cel.BinaryBinding(point))),
		cel.Function(sought, cel.Overload(sought+"_dyn", dynamic[:1], cel.DynType, cel.UnaryBinding(needle))),
		cel.Function("distance", cel.Overload("distance_dyn_dyn", dynamic, cel.DoubleType, cel.BinaryBinding(distance))),
	)
})

// Compile prepares a condition; an error means that cel-go does not take its text.
func Compile(cond *policy.Cond) (*Program, error) {
	env, err := environment()
	if err != nil {
		return nil, err
	}
	text := policy.CELText(cond)
	tree, issues := env.Parse(text)
	if issues.Err() != nil {
		return nil, fmt.Errorf("%s: %w", text, issues.Err())
	}
	markSteps(tree.NativeRep().Expr())
	markNeedles(tree.NativeRep().Expr())
	program, err := env.Program(tree)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	return &Program{text, program}, nil
}

// Text returns the CEL text that is evaluated.
func (p *Program) Text() string { return p.text }

// Eval computes the truth of the condition on a whole row, for a subject in a request.
func (p *Program) Eval(row *policy.Row, s *policy.Subject, c *policy.Context) policy.Tri {
	out, _, err := p.program.Eval(map[string]any{"r": record{row}, "p": person(s), "ctx": request(c)})
	truth, ok := out.(types.Bool)
	switch {
	case err != nil || !ok:
		return policy.Unknown
	case bool(truth):
		return policy.Yes
	}
	return policy.No
}

// Eval compiles and evaluates a condition once.
func Eval(cond *policy.Cond, row *policy.Row, s *policy.Subject, c *policy.Context) (policy.Tri, error) {
	p, err := Compile(cond)
	if err != nil {
		return policy.Unknown, err
	}
	return p.Eval(row, s, c), nil
}

// The marks behind the name of a step to other records, since a reference and the parent it
// leads to may have one name.
const (
	parentMark = "."
	manyMark   = "[]"
)

// markSteps marks, in a parsed text, every step to a parent (r.customer in r.customer.name) and
// to many records (r.tickets in r.tickets.exists(…)).
func markSteps(root ast.Expr) {
	mark := func(e ast.Expr, with string) {
		if e.Kind() != ast.SelectKind {
			return
		}
		s := e.AsSelect()
		if s.Operand().Kind() == ast.IdentKind && s.Operand().AsIdent() != "p" && s.Operand().AsIdent() != "ctx" {
			e.SetKindCase(ast.NewExprFactory().NewSelect(e.ID(), s.Operand(), s.FieldName()+with))
		}
	}
	ast.PostOrderVisit(root, ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.SelectKind:
			mark(e.AsSelect().Operand(), parentMark)
		case ast.ComprehensionKind:
			mark(e.AsComprehension().IterRange(), manyMark)
		}
	}))
}

const sought = "@needle"

// markNeedles marks, in a parsed text, every text that is looked for within another.
func markNeedles(root ast.Expr) {
	ast.PostOrderVisit(root, ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() != ast.CallKind || !slices.Contains([]string{"startsWith", "endsWith", "contains"}, e.AsCall().FunctionName()) {
			return
		}
		c, make := e.AsCall(), ast.NewExprFactory()
		e.SetKindCase(make.NewMemberCall(e.ID(), c.FunctionName(), c.Target(), make.NewCall(e.ID(), sought, c.Args()...)))
	}))
}

// needle refuses an empty text: what a person or a request does not say is found nowhere, where
// CEL finds it everywhere.
func needle(text ref.Val) ref.Val {
	if text == types.String("") {
		return types.NewErr("nothing to look for")
	}
	return text
}

func person(s *policy.Subject) map[string]any {
	out := map[string]any{}
	if s == nil {
		return out
	}
	for name, v := range s.Attrs {
		if value := celValue(v); value != nil {
			out[name] = value
		}
	}
	units := make([]string, len(s.Units))
	for i, id := range s.Units {
		units[i] = id.String()
	}
	positions := make([]string, len(s.Posts))
	for i, post := range s.Posts {
		positions[i] = post.Position
	}
	slices.Sort(positions)
	out["units"], out["positions"] = units, slices.Compact(positions)
	if s.Person != 0 {
		out["id"] = s.Person.String()
	}
	return out
}

func request(c *policy.Context) map[string]any {
	out := map[string]any{}
	if c == nil {
		return out
	}
	for name, text := range map[string]string{"channel": c.Channel, "device": c.Device, "network": c.Network} {
		if text != "" {
			out[name] = text
		}
	}
	if !c.Now.IsZero() {
		out["now"] = c.Now.Truncate(time.Microsecond)
	}
	return out
}

// celValue gives a value as CEL reads it, nil for a missing one.
func celValue(v policy.Value) ref.Val {
	switch v.Type() {
	case policy.Text:
		return types.String(v.Text())
	case policy.Int:
		return types.Int(v.Int())
	case policy.Number:
		return types.Double(v.Float())
	case policy.Money:
		return types.Double(float64(v.Int()) / 10_000)
	case policy.Time:
		return types.Timestamp{Time: v.Time()}
	case policy.Bool:
		return types.Bool(v.Bool())
	case policy.Ref:
		return types.String(v.ID().String())
	case policy.Set:
		return types.NewStringList(types.DefaultTypeAdapter, v.Items())
	case policy.Place:
		return place{v.Point().Lat, v.Point().Lng}
	}
	return nil
}
