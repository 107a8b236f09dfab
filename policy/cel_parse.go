package policy

import (
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// ParseCEL reads a condition over records of a kind from CEL text. It takes the subset that
// both databases can answer without ever raising an error:
//
//	r.stage == 'won' && !(r.amount <= 1000.5)   comparisons with a known value, either way round
//	r.owner == r.created_by                     or of two fields of one type
//	r.customer == '123', r.customer.name != ''  a reference, and a field of a parent that is always there
//	r.stage in ['new', 'won'], r.unit in p.units
//	'vip' in r.tags, r.name.startsWith('深圳')  also endsWith and contains
//	has(r.place), r.vip                         a bool alone means that it is true
//	r.tickets.exists(x, x.open)                 exists(x, true) asks for any
//	distance(r.place, point(22.5, 114.1)) <= 3000
//	r.created_at >= ctx.now - duration('720h')  any CEL over p and ctx where a value stands
//	ctx.network == 'office'                     or where a condition stands
//
// Everything else is a *Problem whose At is "line:column", both counted from 1.
func ParseCEL(schema *Schema, kind Kind, text string) (*Cond, error) {
	k := schema.Kind(kind)
	if k == nil {
		return nil, &Problem{Code: "kind", At: "1:1", Detail: "there is no such kind"}
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	env, err := recordEnv(schema, kind)
	if err != nil {
		return nil, err
	}
	parsed, issues := env.Parse(text)
	if issues.Err() != nil {
		return nil, problemOf(issues, "syntax")
	}
	p := &parse{schema: schema, text: []rune(text), tree: parsed.NativeRep(), scope: []binding{{"r", k}}}
	if p.resolve(p.tree.Expr()); p.problem != nil {
		return nil, p.problem
	}
	checked, issues := env.Check(parsed)
	if issues.Err() != nil {
		return nil, problemOf(issues, "type")
	}
	if t := checked.OutputType().Kind(); t != types.BoolKind && t != types.DynKind {
		return nil, problemAt(p.tree, p.tree.Expr(), "type", "a condition is true or false, this is a %s", cel.FormatCELType(checked.OutputType()))
	}
	p.tree, p.scope = checked.NativeRep(), p.scope[:1]
	cond := p.lower(p.tree.Expr())
	if p.problem != nil {
		return nil, p.problem
	}
	if err := CheckCond(schema, kind, cond); err != nil {
		return nil, &Problem{Code: asProblem(err).Code, At: "1:1", Detail: asProblem(err).Detail}
	}
	return cond, nil
}

// parse is one text on its way to a Cond. It stops at the first problem.
type parse struct {
	schema  *Schema
	text    []rune
	tree    *ast.AST
	scope   []binding // the records that can be named here: r, and those of the exists around
	problem *Problem
}

// binding is a name for a record.
type binding struct {
	name string
	kind *KindSchema
}

func (p *parse) fail(e ast.Expr, code, format string, args ...any) {
	if p.problem == nil {
		p.problem = problemAt(p.tree, e, code, format, args...)
	}
}

func (p *parse) bound(name string) (binding, bool) {
	i := slices.IndexFunc(p.scope, func(b binding) bool { return b.name == name })
	if i < 0 {
		return binding{}, false
	}
	return p.scope[i], true
}

// steps returns the names behind a record's name: r.customer.name has the steps customer, name.
func (p *parse) steps(e ast.Expr) (record binding, steps []string, ok bool) {
	for e.Kind() == ast.SelectKind {
		steps = append(steps, e.AsSelect().FieldName())
		e = e.AsSelect().Operand()
	}
	if e.Kind() != ast.IdentKind || len(steps) == 0 {
		return binding{}, nil, false
	}
	slices.Reverse(steps)
	record, ok = p.bound(e.AsIdent())
	return record, steps, ok
}

// resolve finds every field and relation that a parsed text names, marks the steps to other
// records (see recordTypes), and turns whole numbers that stand beside a field of numbers or
// money into floating ones, because CEL has no equality between the two.
func (p *parse) resolve(e ast.Expr) {
	if p.problem != nil {
		return
	}
	switch e.Kind() {
	case ast.SelectKind:
		if record, steps, ok := p.steps(e); ok {
			p.resolvePath(e, record.kind, steps)
		} else {
			p.resolve(e.AsSelect().Operand())
		}
	case ast.CallKind:
		call := e.AsCall()
		if call.IsMemberFunction() {
			p.resolve(call.Target())
		}
		for _, arg := range call.Args() {
			p.resolve(arg)
		}
		p.floatLiterals(call)
	case ast.ListKind:
		for _, item := range e.AsList().Elements() {
			p.resolve(item)
		}
	case ast.MapKind:
		for _, entry := range e.AsMap().Entries() {
			p.resolve(entry.AsMapEntry().Key())
			p.resolve(entry.AsMapEntry().Value())
		}
	case ast.ComprehensionKind:
		p.resolveComprehension(e)
	case ast.StructKind:
		p.fail(e, "unsupported", "objects cannot be made")
	case ast.IdentKind:
		if record, ok := p.bound(e.AsIdent()); ok {
			p.fail(e, "type", "%s needs a field after it, as in %[1]s.%[2]s", record.name, exampleField(record.kind))
		}
	}
}

func exampleField(kind *KindSchema) string {
	if len(kind.Fields) == 0 {
		return "id"
	}
	return kind.Fields[0].Name
}

func (p *parse) resolvePath(e ast.Expr, kind *KindSchema, steps []string) {
	if len(steps) > 2 {
		p.fail(e, "path", "a condition follows one step only, to a field of a parent")
		return
	}
	field, problem, _ := p.findField(kind, steps)
	switch {
	case problem != nil:
		p.fail(e, problem.Code, "%s", problem.Detail)
	case field != nil && len(steps) == 2:
		p.mark(e.AsSelect().Operand(), parentMark)
	}
}

// findField finds the field at the end of one or two steps.
func (p *parse) findField(kind *KindSchema, steps []string) (*Field, *Problem, *KindSchema) {
	if _, ok := kind.Relation(steps[0]); ok && len(steps) == 1 && kind.Field(steps[0]) == nil {
		return nil, &Problem{Code: "relation", Detail: steps[0] + " leads to other records: name a field of theirs, or use .exists(x, …)"}, nil
	}
	f, on, problem := p.schema.resolveField(kind, strings.Join(steps, "."))
	return f, problem, on
}

// mark renames the last step of a path.
func (p *parse) mark(e ast.Expr, mark string) {
	s := e.AsSelect()
	e.SetKindCase(ast.NewExprFactory().NewSelect(e.ID(), s.Operand(), s.FieldName()+mark))
}

// resolveComprehension handles the macros that bind a name: exists over a relation, and
// anything over what is known.
func (p *parse) resolveComprehension(e ast.Expr) {
	c := e.AsComprehension()
	name := c.IterVar()
	if _, taken := p.bound(name); taken || name == "p" || name == "ctx" {
		p.fail(e, "name", "the name %s is taken", name)
		return
	}
	record, steps, ok := p.steps(c.IterRange())
	if !ok {
		p.resolve(c.IterRange())
		p.resolve(c.LoopStep())
		return
	}
	relation, found := record.kind.Relation(steps[0])
	switch {
	case len(steps) == 1 && record.kind.Field(steps[0]) != nil && !(found && relation.Many):
		p.fail(e, "unsupported", "a field has no %s; ask for a member of a set with 'x' in %s.%s", p.macro(e), record.name, steps[0])
	case len(steps) != 1 || !found || !relation.Many:
		p.fail(e, "relation", "%s has no relation %q to several records", record.kind.Name, strings.Join(steps, "."))
	case p.macro(e) != "exists" || c.HasIterVar2():
		p.fail(e, "unsupported", "related records can be asked with exists only")
	default:
		p.mark(c.IterRange(), manyMark)
		p.scope = append(p.scope, binding{name, p.schema.Kind(relation.Kind)})
		p.resolve(c.LoopStep())
		p.scope = p.scope[:len(p.scope)-1]
	}
}

// macro returns the name of the macro that an expression was written with.
func (p *parse) macro(e ast.Expr) string {
	if call, ok := p.tree.SourceInfo().GetMacroCall(e.ID()); ok && call.Kind() == ast.CallKind {
		return call.AsCall().FunctionName()
	}
	return ""
}

// floatLiterals turns whole numbers into floating ones where CEL would refuse them: beside a
// field of numbers or money, and as degrees.
func (p *parse) floatLiterals(call ast.CallExpr) {
	args := call.Args()
	switch call.FunctionName() {
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
		for i, arg := range args {
			if len(args) == 2 && p.isFloat(arg) {
				toFloat(args[1-i])
			}
		}
	case operators.In:
		if len(args) == 2 && p.isFloat(args[0]) && args[1].Kind() == ast.ListKind {
			for _, item := range args[1].AsList().Elements() {
				toFloat(item)
			}
		}
	case "point":
		for _, arg := range args {
			toFloat(arg)
		}
	}
}

// isFloat reports whether an expression is a resolved field of numbers or money.
func (p *parse) isFloat(e ast.Expr) bool {
	record, steps, ok := p.steps(e)
	if !ok || len(steps) > 2 {
		return false
	}
	for i := range steps {
		steps[i] = strings.TrimSuffix(steps[i], parentMark)
	}
	f, _, _ := p.findField(record.kind, steps)
	return f != nil && (f.Type == Number || f.Type == Money)
}

func toFloat(e ast.Expr) {
	if e.Kind() != ast.LiteralKind {
		return
	}
	if n, ok := e.AsLiteral().(types.Int); ok {
		e.SetKindCase(ast.NewExprFactory().NewLiteral(e.ID(), types.Double(n)))
	}
}
