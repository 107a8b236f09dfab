package policy

import (
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// knownWords are the words for what is known of the person and of the request.
type knownWords struct {
	values             map[string]string            // by text: "p.id", "ctx.now", …
	attribute          string                       // of the person, by name
	before, after      string                       // a length of time from now
	days, hours        [2]string                    // one, several
	minutes, seconds   [2]string                    //
	codes              map[string]map[string]string // of ctx.network, …: the words for the codes
	holds, holdsNot    string                       // position
	belongs, belongNot string                       // unit
	has, hasNot        string                       // attribute
	holdsTrue, fails   string                       // any other expression
	value              string                       // of any other expression
	choice             string                       // condition, what is so where it holds, what else
	always, never      string                       // a branch of a choice that is true or false by itself
	exactly            string                       // what is so, the condition under which it is
	equal, unequal     string                       // of numbers that are reckoned
	matches, noMatch   string                       // text, regular expression
	calls              map[string]string            // by function; where it depends on what it is given, with "text" or "list" before it
	clock              clockWords
}

// wording gives the words for a text that is compared with something; false where it has none.
type wording func(text string) (string, bool)

// parseInZone reads an instant and keeps the zone in which it was written.
func parseInZone(text string) (time.Time, error) { return time.Parse(time.RFC3339Nano, text) }

// code sets an expression that nobody can word as code. A backtick in it can only stand in a text.
func code(text string) string { return "`" + strings.ReplaceAll(text, "`", `\x60`) + "`" }

// knownValue says an expression over p and ctx in words, and one that has none as code.
func (s *speaker) knownValue(text string, as wording) string {
	if tree, _, err := checkKnown(text); err == nil {
		if said, ok := s.knownOperand(tree.NativeRep().Expr(), "", as); ok {
			return said
		}
	}
	return fill(s.known.value, code(text))
}

// knownExpr says an expression: a field of p or ctx, a literal, a time before or after now, what is reckoned
// of these, and a choice between them.
func (s *speaker) knownExpr(e ast.Expr, as wording) (string, bool) {
	switch e.Kind() {
	case ast.LiteralKind:
		return s.literal(e, as)
	case ast.ListKind:
		return s.knownList(e, as)
	case ast.SelectKind:
		sel := e.AsSelect()
		if sel.IsTestOnly() || sel.Operand().Kind() != ast.IdentKind {
			return "", false
		}
		name := sel.Operand().AsIdent() + "." + sel.FieldName()
		if said, ok := s.known.values[name]; ok {
			return said, true
		}
		return fill(s.known.attribute, quote(sel.FieldName())), sel.Operand().AsIdent() == "p"
	case ast.CallKind:
		if _, text, ok := timeLiteral(e); ok {
			return timeText(text), true
		}
		if said, ok := s.clock(e); ok {
			return said, true
		}
		if said, ok := s.shifted(e.AsCall()); ok {
			return said, true
		}
		return s.knownCall(e.AsCall(), as)
	}
	return "", false
}

// shifted says ctx.now plus or minus a duration.
func (s *speaker) shifted(call ast.CallExpr) (string, bool) {
	args := call.Args()
	if call.FunctionName() != operators.Add && call.FunctionName() != operators.Subtract || len(args) != 2 || !isNow(args[0]) || args[1].Kind() != ast.CallKind {
		return "", false
	}
	phrase := s.known.after
	if call.FunctionName() == operators.Subtract {
		phrase = s.known.before
	}
	said, ok := s.duration(args[1].AsCall())
	return fill(phrase, said), ok
}

// duration says duration('…').
func (s *speaker) duration(call ast.CallExpr) (string, bool) {
	if call.FunctionName() != "duration" || len(call.Args()) != 1 || call.Args()[0].Kind() != ast.LiteralKind {
		return "", false
	}
	text, ok := call.Args()[0].AsLiteral().(types.String)
	length, err := time.ParseDuration(string(text))
	if !ok || err != nil || length <= 0 {
		return "", false
	}
	return s.length(length)
}

func isNow(e ast.Expr) bool {
	if e.Kind() != ast.SelectKind || e.AsSelect().IsTestOnly() {
		return false
	}
	operand := e.AsSelect().Operand()
	return operand.Kind() == ast.IdentKind && operand.AsIdent() == "ctx" && e.AsSelect().FieldName() == "now"
}

// length says a duration in the largest unit that measures it.
func (s *speaker) length(d time.Duration) (string, bool) {
	for _, u := range []struct {
		unit  time.Duration
		words [2]string
	}{{24 * time.Hour, s.known.days}, {time.Hour, s.known.hours}, {time.Minute, s.known.minutes}, {time.Second, s.known.seconds}} {
		switch n := int64(d / u.unit); {
		case d%u.unit != 0:
		case n == 1:
			return u.words[0], true
		default:
			return fill(u.words[1], grouped(strconv.FormatInt(n, 10))), true
		}
	}
	return "", false
}

// literal says a constant.
func (s *speaker) literal(e ast.Expr, as wording) (string, bool) {
	switch v := e.AsLiteral().(type) {
	case types.String:
		if as != nil {
			if said, ok := as(string(v)); ok {
				return said, true
			}
		}
		return quote(string(v)), true
	case types.Int:
		return grouped(strconv.FormatInt(int64(v), 10)), true
	case types.Double:
		return grouped(strconv.FormatFloat(float64(v), 'g', -1, 64)), true
	case types.Bool:
		return pick(bool(v), s.yes, s.no), true
	}
	return "", false
}

// knownCond says a condition over p and ctx, or its opposite.
func (s *speaker) knownCond(text string, yes bool) string {
	if tree, _, err := checkKnown(text); err == nil {
		if said, ok := s.knownTruth(tree.NativeRep().Expr(), yes); ok {
			return said
		}
	}
	return fill(pick(yes, s.known.holdsTrue, s.known.fails), code(text))
}

func (s *speaker) knownTruth(e ast.Expr, yes bool) (string, bool) {
	switch e.Kind() {
	case ast.LiteralKind:
		is, ok := e.AsLiteral().(types.Bool)
		return pick(bool(is) == yes, s.known.always, s.known.never), ok
	case ast.SelectKind:
		if e.AsSelect().IsTestOnly() {
			return s.knownHas(e.AsSelect(), yes)
		}
	case ast.CallKind:
		if said, ok := s.clockCond(e, yes); ok {
			return said, true
		}
		call := e.AsCall()
		if isLogical(call.FunctionName()) || call.FunctionName() == operators.LogicalNot {
			return s.knownGroup(call, yes)
		}
		if op, ok := compareOps[call.FunctionName()]; ok {
			return s.knownComparison(call, op, yes)
		}
		switch call.FunctionName() {
		case operators.In:
			return s.knownIn(call, yes)
		case operators.Conditional:
			return s.choice(call, func(e ast.Expr) (string, bool) { return s.truthPart(e, yes) })
		case "startsWith", "endsWith", "contains", "matches":
			return s.knownText(call, yes)
		}
	}
	said, ok := s.knownExpr(e, nil)
	return fill(s.truth, said, pick(yes, s.yes, s.no)), ok
}

func (s *speaker) knownHas(sel ast.SelectExpr, yes bool) (string, bool) {
	if sel.Operand().Kind() != ast.IdentKind || sel.Operand().AsIdent() != "p" {
		return "", false
	}
	return fill(pick(yes, s.known.has, s.known.hasNot), quote(sel.FieldName())), true
}

func (s *speaker) knownComparison(call ast.CallExpr, op Op, yes bool) (string, bool) {
	a, b := call.Args()[0], call.Args()[1]
	if a.Kind() == ast.LiteralKind {
		a, b, op = b, a, flipped[op]
	}
	if !yes {
		op = negated[op]
	}
	equality := op == OpEq || op == OpNe
	if equality && (isTruth(a) || isTruth(b)) {
		left, ok := s.knownTruth(a, true)
		right, also := s.knownTruth(b, op == OpEq)
		return fill(s.known.exactly, right, left), ok && also
	}
	left, ok := s.knownOperand(a, "", s.codesOf(b))
	right, also := s.knownOperand(b, "", s.codesOf(a))
	if part, _, _ := clockPart(a); part == "getFullYear" {
		right = strings.ReplaceAll(right, ",", "") // a year is no amount
	}
	if equality && (isReckoned(a) || isReckoned(b)) {
		return fill(pick(op == OpEq, s.known.equal, s.known.unequal), left, right), ok && also
	}
	t := Text
	if isTime(a) || isTime(b) {
		t = Time
	}
	return s.compared(t, op, left, right), ok && also
}

// codesOf gives the words for the values of ctx.network, ctx.device and ctx.channel.
func (s *speaker) codesOf(e ast.Expr) wording {
	if e.Kind() != ast.SelectKind || e.AsSelect().Operand().Kind() != ast.IdentKind || e.AsSelect().Operand().AsIdent() != "ctx" {
		return nil
	}
	return func(text string) (string, bool) {
		word, ok := s.known.codes[e.AsSelect().FieldName()][text]
		return quote(word), ok
	}
}

// knownIn says 'code' in p.positions, 'id' in p.units, and a value of p or ctx in a list.
func (s *speaker) knownIn(call ast.CallExpr, yes bool) (string, bool) {
	item, list := call.Args()[0], call.Args()[1]
	if list.Kind() == ast.ListKind {
		left, ok := s.knownOperand(item, "", nil)
		values, also := s.knownValues(list, s.codesOf(item))
		return fill(pick(yes, s.oneOf, s.notOneOf), left, strings.Join(values, s.comma)), ok && also
	}
	if item.Kind() == ast.LiteralKind && list.Kind() == ast.SelectKind && list.AsSelect().Operand().Kind() == ast.IdentKind && list.AsSelect().Operand().AsIdent() == "p" {
		code, ok := item.AsLiteral().(types.String)
		switch list.AsSelect().FieldName() {
		case "positions":
			return fill(pick(yes, s.known.holds, s.known.holdsNot), quote(s.position(string(code)))), ok
		case "units":
			id, err := ParseID(string(code))
			return fill(pick(yes, s.known.belongs, s.known.belongNot), quote(s.unit(id))), ok && err == nil
		}
	}
	left, ok := s.knownOperand(item, "", nil)
	right, also := s.knownOperand(list, "", s.codesOf(item))
	return fill(pick(yes, s.among, s.notAmong), left, right), ok && also
}

func (s *speaker) position(code string) string {
	return s.named(code, func(n Names) string { return n.Position(code, s.lang) })
}

func (s *speaker) unit(id ID) string {
	return s.named("#"+id.String(), func(n Names) string { return n.Unit(id) })
}
