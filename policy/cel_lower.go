package policy

import (
	"regexp"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

var compareOps = map[string]Op{
	operators.Equals: OpEq, operators.NotEquals: OpNe,
	operators.Less: OpLt, operators.LessEquals: OpLe,
	operators.Greater: OpGt, operators.GreaterEquals: OpGe,
}

// flipped gives the operator that says the same with the sides exchanged.
var flipped = map[Op]Op{OpEq: OpEq, OpNe: OpNe, OpLt: OpGt, OpLe: OpGe, OpGt: OpLt, OpGe: OpLe}

var textOps = map[string]Op{"startsWith": OpStarts, "endsWith": OpEnds, "contains": OpContains}

// lower turns a checked expression into the condition that says the same, or fails.
func (p *parse) lower(e ast.Expr) *Cond {
	if p.problem != nil {
		return nil
	}
	if e.Kind() == ast.CallKind {
		switch call := e.AsCall(); call.FunctionName() {
		case operators.LogicalAnd:
			return p.group(OpAll, e)
		case operators.LogicalOr:
			return p.group(OpAny, e)
		case operators.LogicalNot:
			if arg := p.lower(call.Args()[0]); arg != nil {
				return &Cond{Op: OpNot, Args: []Cond{*arg}}
			}
			return nil
		}
	}
	if p.isKnown(e) {
		return p.knownCond(e)
	}
	switch e.Kind() {
	case ast.SelectKind:
		return p.selected(e)
	case ast.ComprehensionKind:
		return p.exists(e)
	case ast.CallKind:
		return p.call(e)
	}
	p.fail(e, "unsupported", "this is no condition on a record")
	return nil
}

// group joins the terms of && or ||; groups of the same kind inside each other are one.
func (p *parse) group(op Op, e ast.Expr) *Cond {
	out := &Cond{Op: op}
	for _, arg := range e.AsCall().Args() {
		c := p.lower(arg)
		switch {
		case c == nil:
			return nil
		case c.Op == op:
			out.Args = append(out.Args, c.Args...)
		default:
			out.Args = append(out.Args, *c)
		}
	}
	return out
}

// isKnown reports whether an expression speaks of no record.
func (p *parse) isKnown(e ast.Expr) bool {
	known := true
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() == ast.IdentKind {
			if _, ok := p.bound(e.AsIdent()); ok || p.isOuter(e) {
				known = false
			}
		}
	}))
	return known
}

// isOuter reports whether an identifier has the type of a record: within exists, the scope
// holds the innermost record only.
func (p *parse) isOuter(e ast.Expr) bool {
	t := p.tree.GetType(e.ID())
	return t.Kind() == types.StructKind && strings.HasPrefix(t.TypeName(), recordPrefix)
}

func (p *parse) knownCond(e ast.Expr) *Cond {
	if !mentions(e) {
		p.fail(e, "constant", "what speaks neither of r nor of p or ctx is always or never so")
		return nil
	}
	text := p.write(e)
	if problem := checkKnownCond(text); problem != nil {
		p.fail(e, problem.Code, "%s", problem.Detail)
		return nil
	}
	return &Cond{Op: OpKnown, CEL: text}
}

// write gives the canonical text of an expression over p and ctx.
func (p *parse) write(e ast.Expr) string {
	text, err := cel.ExprToString(e, p.tree.SourceInfo(), cel.FormatWrapOnColumn(maxText*8))
	if err != nil {
		p.fail(e, "unsupported", "this expression cannot be written down again")
	}
	return text
}

// record returns the innermost record, of which a condition speaks here.
func (p *parse) record() binding { return p.scope[len(p.scope)-1] }

// column returns the field that an expression names, as Cond.Field has it.
func (p *parse) column(e ast.Expr) (string, bool) {
	var steps []string
	for e.Kind() == ast.SelectKind && !e.AsSelect().IsTestOnly() {
		steps = append([]string{strings.TrimSuffix(e.AsSelect().FieldName(), parentMark)}, steps...)
		e = e.AsSelect().Operand()
	}
	if e.Kind() != ast.IdentKind || len(steps) == 0 || !p.isOuter(e) {
		return "", false
	}
	if e.AsIdent() != p.record().name {
		p.fail(e, "unsupported", "inside exists a condition speaks of %s only, not of %s", p.record().name, e.AsIdent())
		return "", false
	}
	return strings.Join(steps, "."), true
}

// leaf checks a finished leaf where it stands, so that a problem has its position.
func (p *parse) leaf(e ast.Expr, c *Cond) *Cond {
	if p.problem != nil {
		return nil
	}
	check := condCheck{schema: p.schema}
	if problem := check.cond(p.record().kind, c, 1); problem != nil {
		p.fail(e, problem.Code, "%s", problem.Detail)
		return nil
	}
	return c
}

// selected lowers has(r.f) and a bool field alone.
func (p *parse) selected(e ast.Expr) *Cond {
	s := e.AsSelect()
	if s.IsTestOnly() {
		plain := ast.NewExprFactory().NewSelect(e.ID(), s.Operand(), s.FieldName())
		if field, ok := p.column(plain); ok {
			return p.leaf(e, &Cond{Op: OpHas, Field: field})
		}
	} else if field, ok := p.column(e); ok {
		yes := true
		return p.leaf(e, &Cond{Op: OpEq, Field: field, Value: &Operand{Bool: &yes}})
	}
	p.fail(e, "unsupported", "this is no condition on a record")
	return nil
}

func (p *parse) exists(e ast.Expr) *Cond {
	c := e.AsComprehension()
	path := c.IterRange()
	step := c.LoopStep()
	if path.Kind() != ast.SelectKind || step.Kind() != ast.CallKind || len(step.AsCall().Args()) != 2 {
		p.fail(e, "unsupported", "lists are asked with in; related records with exists")
		return nil
	}
	owner := path.AsSelect().Operand()
	name, marked := strings.CutSuffix(path.AsSelect().FieldName(), manyMark)
	relation, ok := p.record().kind.Relation(name)
	switch {
	case !marked:
		p.fail(e, "unsupported", "lists are asked with in; related records with exists")
		return nil
	case owner.Kind() != ast.IdentKind || owner.AsIdent() != p.record().name || !ok:
		p.fail(e, "unsupported", "inside exists a condition speaks of %s only", p.record().name)
		return nil
	}
	out := &Cond{Op: OpExists, Relation: name}
	body := step.AsCall().Args()[1]
	if body.Kind() == ast.LiteralKind && body.AsLiteral() == types.True {
		return out
	}
	p.scope = append(p.scope, binding{c.IterVar(), p.schema.Kind(relation.Kind)})
	inner := p.lower(body)
	p.scope = p.scope[:len(p.scope)-1]
	if inner == nil {
		return nil
	}
	out.Args = []Cond{*inner}
	return out
}

func (p *parse) call(e ast.Expr) *Cond {
	call := e.AsCall()
	name := call.FunctionName()
	if op, ok := compareOps[name]; ok {
		return p.compare(e, op, call.Args()[0], call.Args()[1])
	}
	if op, ok := textOps[name]; ok && call.IsMemberFunction() {
		return p.needle(e, op)
	}
	switch name {
	case operators.In, operators.OldIn:
		return p.in(e, call.Args()[0], call.Args()[1])
	case operators.Conditional:
		p.fail(e, "unsupported", "a choice with ? is not possible on fields; write both cases with && and ||")
	default:
		p.fail(e, "unsupported", "%s cannot be asked of a field", displayName(name))
	}
	return nil
}

// displayName gives an operator as it is written.
func displayName(function string) string {
	if sign, ok := operators.FindReverse(function); ok && sign != "" {
		return sign
	}
	return function
}

func (p *parse) compare(e ast.Expr, op Op, a, b ast.Expr) *Cond {
	if isDistance(a) {
		return p.circle(e, op, a, b)
	}
	if isDistance(b) {
		return p.circle(e, flipped[op], b, a)
	}
	left, isColumn := p.column(a)
	if !isColumn {
		op, a, b = flipped[op], b, a
		if left, isColumn = p.column(a); !isColumn {
			p.fail(e, "unsupported", "a comparison has a field on one side, as it is, and a known value on the other")
			return nil
		}
	}
	if right, ok := p.column(b); ok {
		parent, _, _ := cutField(left)
		other, field, _ := cutField(right)
		if parent != other {
			p.fail(e, "unsupported", "two fields compare when they stand on the same record")
			return nil
		}
		return p.leaf(e, &Cond{Op: op, Field: left, Value: &Operand{Field: field}})
	}
	value := p.operand(b, left)
	return p.leaf(e, &Cond{Op: op, Field: left, Value: value})
}

// cutField takes the parent off a field's path; it is empty for a field of the record itself.
func cutField(path string) (parent, field string, dotted bool) {
	parent, field, dotted = strings.Cut(path, ".")
	if !dotted {
		return "", path, false
	}
	return parent, field, true
}

func (p *parse) needle(e ast.Expr, op Op) *Cond {
	call := e.AsCall()
	field, ok := p.column(call.Target())
	if !ok || len(call.Args()) != 1 {
		p.fail(e, "unsupported", "%s looks in a field for a known text", call.FunctionName())
		return nil
	}
	return p.leaf(e, &Cond{Op: op, Field: field, Value: p.operand(call.Args()[0], "")})
}

func (p *parse) in(e, item, list ast.Expr) *Cond {
	if set, ok := p.column(list); ok {
		return p.leaf(e, &Cond{Op: OpTag, Field: set, Value: p.operand(item, "")})
	}
	field, ok := p.column(item)
	switch {
	case p.problem != nil:
		return nil
	case !ok || list.Kind() != ast.ListKind && !p.isKnown(list):
		p.fail(e, "unsupported", "in asks for a field in a known list, or for a known text in a set")
		return nil
	case list.Kind() != ast.ListKind:
		return p.leaf(e, &Cond{Op: OpIn, Field: field, Values: []Operand{*p.knownOperand(list)}})
	}
	items := list.AsList().Elements()
	if len(items) == 1 && p.isKnown(items[0]) && p.tree.GetType(items[0].ID()).Kind() == types.DynKind {
		// Only its evaluation tells whether the expression is a list; equality takes it as it stands.
		return p.leaf(e, &Cond{Op: OpEq, Field: field, Value: p.operand(items[0], field)})
	}
	out := &Cond{Op: OpIn, Field: field}
	for _, item := range items {
		value := p.operand(item, field)
		if value == nil {
			return nil
		}
		out.Values = append(out.Values, *value)
	}
	return p.leaf(e, out)
}

func isDistance(e ast.Expr) bool {
	return e.Kind() == ast.CallKind && e.AsCall().FunctionName() == "distance"
}

// circle lowers distance(r.place, point(lat, lng)) <= meters. On a sphere of floating numbers
// there is no difference between < and <=.
func (p *parse) circle(e ast.Expr, op Op, distance, limit ast.Expr) *Cond {
	args := distance.AsCall().Args()
	field, ok := p.column(args[0])
	center := args[1]
	if !ok {
		field, ok = p.column(args[1])
		center = args[0]
	}
	meters, known := number(limit)
	switch {
	case !ok || !known || op != OpLe && op != OpLt:
		p.fail(e, "unsupported", "a distance is asked as distance(r.place, point(lat, lng)) <= meters, with numbers")
		return nil
	case center.Kind() != ast.CallKind || center.AsCall().FunctionName() != "point":
		p.fail(center, "unsupported", "a distance is measured from point(lat, lng)")
		return nil
	}
	lat, isLat := number(center.AsCall().Args()[0])
	lng, isLng := number(center.AsCall().Args()[1])
	if !isLat || !isLng {
		p.fail(center, "unsupported", "a point has two numbers: point(lat, lng)")
		return nil
	}
	return p.leaf(e, &Cond{Op: OpWithin, Field: field, Point: &LatLng{Lat: lat, Lng: lng}, Meters: meters})
}

func number(e ast.Expr) (float64, bool) {
	if e.Kind() != ast.LiteralKind {
		return 0, false
	}
	switch v := e.AsLiteral().(type) {
	case types.Int:
		return float64(v), true
	case types.Double:
		return float64(v), true
	}
	return 0, false
}

// operand lowers the known side of a comparison with a field; without a field it is a text.
func (p *parse) operand(e ast.Expr, field string) *Operand {
	want := Text
	if field != "" {
		f, _, problem := p.schema.resolveField(p.record().kind, field)
		if problem != nil {
			p.fail(e, problem.Code, "%s", problem.Detail)
			return nil
		}
		if want = f.Type; want == Set || want == Place {
			return &Operand{} // the check of the leaf refuses the comparison itself
		}
	}
	if e.Kind() == ast.LiteralKind {
		return p.literal(e, want)
	}
	if o := p.timeOperand(e); o != nil {
		return o
	}
	return p.knownOperand(e)
}

func (p *parse) knownOperand(e ast.Expr) *Operand {
	switch {
	case !p.isKnown(e):
		p.fail(e, "unsupported", "fields stand alone in a comparison, without arithmetic or functions")
		return nil
	case !mentions(e):
		p.fail(e, "operand", "write the value itself here, or an expression over p and ctx")
		return nil
	}
	text := p.write(e)
	if p.problem != nil {
		return nil
	}
	if _, _, err := checkKnown(text); err != nil {
		p.fail(e, asProblem(err).Code, "%s", asProblem(err).Detail)
		return nil
	}
	return &Operand{CEL: text}
}

// plainNumber is how an amount is read from the text itself: a floating number would lose the
// last digits of a large one.
var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func (p *parse) literal(e ast.Expr, want Type) *Operand {
	switch v := e.AsLiteral().(type) {
	case types.String:
		text := string(v)
		if want != Ref {
			return &Operand{Text: &text}
		}
		id, err := ParseID(text)
		if err != nil {
			p.fail(e, "id", "a reference is compared with an id in quotes, as in '123'")
			return nil
		}
		return &Operand{Ref: &id}
	case types.Bool:
		yes := bool(v)
		return &Operand{Bool: &yes}
	case types.Int:
		if want == Int {
			n := int64(v)
			return &Operand{Int: &n}
		}
	case types.Double:
		switch f := float64(v); want {
		case Number:
			return &Operand{Number: &f}
		case Money:
			n, err := ParseMoney(p.decimal(e, f))
			if err != nil {
				p.fail(e, "money", "%s", asProblem(err).Detail)
				return nil
			}
			text := FormatMoney(n)
			return &Operand{Money: &text}
		}
	}
	p.fail(e, "type", "%s does not compare with this value", want.withArticle())
	return nil
}

// decimal gives a number as it stands in the text, or else as its shortest decimal.
func (p *parse) decimal(e ast.Expr, f float64) string {
	at, ok := p.tree.SourceInfo().GetOffsetRange(e.ID())
	if ok && at.Start >= 0 && int(at.Stop) <= len(p.text) && at.Start < at.Stop {
		if text := string(p.text[at.Start:at.Stop]); plainNumber.MatchString(text) {
			whole, places, _ := strings.Cut(text, ".")
			return strings.TrimSuffix(whole+"."+strings.TrimRight(places, "0"), ".")
		}
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// timeOperand reads timestamp('…') and date('…') with a constant; nil for the rest. Whether the
// constant is a time is left to the check of the leaf.
func (p *parse) timeOperand(e ast.Expr) *Operand {
	function, text, ok := timeLiteral(e)
	if !ok {
		return nil
	}
	if (function == "timestamp") != strings.Contains(text, "T") {
		p.fail(e, "time", "a time is written as date('2026-01-31') or timestamp('2026-01-31T08:00:00Z')")
	}
	return &Operand{Time: &text}
}

// timeLiteral returns the function and the text of timestamp('…') and date('…').
func timeLiteral(e ast.Expr) (function, text string, ok bool) {
	if e.Kind() != ast.CallKind || len(e.AsCall().Args()) != 1 || e.AsCall().Args()[0].Kind() != ast.LiteralKind {
		return "", "", false
	}
	function = e.AsCall().FunctionName()
	s, isText := e.AsCall().Args()[0].AsLiteral().(types.String)
	return function, string(s), isText && (function == "timestamp" || function == "date")
}
