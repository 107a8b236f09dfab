package policy

import (
	"slices"
	"strconv"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// reckons are the operators of arithmetic.
var reckons = []string{operators.Add, operators.Subtract, operators.Multiply, operators.Divide, operators.Modulo, operators.Negate}

// truths are the functions that are true or false, beside comparisons and what joins them.
var truths = []string{operators.In, operators.LogicalNot, "startsWith", "endsWith", "contains", "matches"}

func isCallOf(e ast.Expr, functions ...string) bool {
	return e.Kind() == ast.CallKind && slices.Contains(functions, e.AsCall().FunctionName())
}

// isReckoned reports whether an expression is a sum, a product and the like, and not only a time before or after now.
func isReckoned(e ast.Expr) bool { return isCallOf(e, reckons...) && !isTime(e) }

// isTruth reports whether an expression is true or false by its own form. A field of the person may be anything.
func isTruth(e ast.Expr) bool {
	if e.Kind() == ast.SelectKind {
		return e.AsSelect().IsTestOnly()
	}
	if isCallOf(e, operators.Conditional) {
		return isTruth(e.AsCall().Args()[1]) || isTruth(e.AsCall().Args()[2])
	}
	if e.Kind() != ast.CallKind {
		return false
	}
	_, compares := compareOps[e.AsCall().FunctionName()]
	return compares || isLogical(e.AsCall().FunctionName()) || isCallOf(e, truths...)
}

// isTime reports whether an expression is now, a written time, or one of these moved on or back.
func isTime(e ast.Expr) bool {
	if _, _, ok := timeLiteral(e); ok || isNow(e) {
		return true
	}
	return isCallOf(e, operators.Add, operators.Subtract) && isTime(e.AsCall().Args()[0]) && isCallOf(e.AsCall().Args()[1], "duration")
}

// sortOf tells what a function is given, where its words depend on it: "text", "list" or neither.
func sortOf(e ast.Expr) string {
	switch {
	case e.Kind() == ast.ListKind:
		return "list"
	case e.Kind() == ast.LiteralKind:
		_, text := e.AsLiteral().(types.String)
		return pick(text, "text", "")
	case e.Kind() == ast.SelectKind:
		name := e.AsSelect().FieldName()
		return pick(name == "units" || name == "positions", "list", "")
	case isCallOf(e, operators.Add):
		return sortOfEither(e.AsCall().Args()[0], e.AsCall().Args()[1])
	case isCallOf(e, operators.Conditional):
		return sortOfEither(e.AsCall().Args()[1], e.AsCall().Args()[2])
	}
	return pick(isCallOf(e, "string"), "text", "")
}

func sortOfEither(a, b ast.Expr) string {
	if sort := sortOf(a); sort != "" {
		return sort
	}
	return sortOf(b)
}

// knownOperand says an expression as a part of another; what is reckoned or chosen stands in parentheses, but in a
// sum of sums and a product of products, where within names the operator around it.
func (s *speaker) knownOperand(e ast.Expr, within string, as wording) (string, bool) {
	said, ok := s.knownExpr(e, as)
	open := isCallOf(e, operators.Conditional) || within != "" && isReckoned(e)
	if within == operators.Add || within == operators.Multiply {
		open = open && !isCallOf(e, within)
	}
	if open {
		said = s.open + said + s.close
	}
	return said, ok
}

// knownCall says what a function gives.
func (s *speaker) knownCall(call ast.CallExpr, as wording) (string, bool) {
	name, args := call.FunctionName(), call.Args()
	switch {
	case name == operators.Conditional:
		return s.choice(call, func(e ast.Expr) (string, bool) { return s.knownOperand(e, "", as) })
	case name == "duration":
		return s.duration(call)
	case call.IsMemberFunction():
		args = append([]ast.Expr{call.Target()}, args...)
	}
	phrase, ok := s.known.calls[name]
	if len(args) > 0 {
		if special, is := s.known.calls[sortOfEither(args[0], args[len(args)-1])+" "+name]; is {
			phrase, ok = special, true
		}
	}
	if !ok {
		return "", false
	}
	said := make([]string, len(args))
	for i, a := range args {
		around := name
		if i > 0 && around == operators.Add {
			around = operators.Subtract // what is added as a whole is said as a whole
		}
		if said[i], ok = s.knownOperand(a, around, as); !ok {
			return "", false
		}
	}
	if name == operators.Index {
		n, whole := wholeNumber(args[1])
		if !whole || n < 0 {
			return "", false
		}
		said[1] = strconv.FormatInt(n+1, 10)
	}
	return fill(phrase, said...), true
}

// choice says 'a ? b : c'.
func (s *speaker) choice(call ast.CallExpr, say func(ast.Expr) (string, bool)) (string, bool) {
	said := make([]string, 3)
	for i, e := range call.Args() {
		var ok bool
		if i == 0 {
			said[i], ok = s.truthPart(e, true)
		} else {
			said[i], ok = say(e)
		}
		if !ok {
			return "", false
		}
	}
	return fill(s.known.choice, said...), true
}

// truthPart says a condition as a part of another; what joins or chooses stands in parentheses.
func (s *speaker) truthPart(e ast.Expr, yes bool) (string, bool) {
	said, ok := s.knownTruth(e, yes)
	under := e
	for isCallOf(under, operators.LogicalNot) {
		under = under.AsCall().Args()[0]
	}
	if _, clock := clockSetOf(e); !clock && (isCallOf(e, operators.LogicalAnd, operators.LogicalOr) || isCallOf(under, operators.Conditional)) {
		said = s.open + said + s.close
	}
	return said, ok
}

// knownText says a condition on a text of the person or of the request.
func (s *speaker) knownText(call ast.CallExpr, yes bool) (string, bool) {
	if !call.IsMemberFunction() || len(call.Args()) != 1 {
		return "", false
	}
	phrase := pick(yes, s.known.matches, s.known.noMatch)
	if op, is := map[string]Op{"startsWith": OpStarts, "endsWith": OpEnds, "contains": OpContains}[call.FunctionName()]; is {
		phrase = pick(yes, s.texts[op], s.noTexts[op])
	}
	of, ok := s.knownOperand(call.Target(), "", nil)
	with, also := s.knownOperand(call.Args()[0], "", nil)
	return fill(phrase, of, with), ok && also
}

// knownList says a list of values, as one thing.
func (s *speaker) knownList(e ast.Expr, as wording) (string, bool) {
	values, ok := s.knownValues(e, as)
	if len(values) == 1 {
		return values[0], ok
	}
	return s.open + s.list(values, s.comma) + s.close, ok
}

func (s *speaker) knownValues(list ast.Expr, as wording) (values []string, ok bool) {
	for _, e := range list.AsList().Elements() {
		said, ok := s.knownOperand(e, "", as)
		if !ok {
			return nil, false
		}
		values = append(values, said)
	}
	return values, len(values) > 0
}

// sameTruth says that a field that is true or false is what an expression is, or is not.
func (s *speaker) sameTruth(label, text string, same bool) string {
	if tree, _, err := checkKnown(text); err == nil && isTruth(tree.NativeRep().Expr()) {
		if said, ok := s.knownTruth(tree.NativeRep().Expr(), true); ok {
			return fill(s.known.exactly, fill(s.truth, label, pick(same, s.yes, s.no)), said)
		}
	}
	return fill(pick(same, s.same, s.different), label, s.knownValue(text, nil))
}

// isChoice reports whether a condition over p and ctx is a choice between others.
func isChoice(text string) bool {
	tree, _, err := checkKnown(text)
	return err == nil && isCallOf(tree.NativeRep().Expr(), operators.Conditional)
}
