package policy

import (
	"fmt"

	"cel.dev/cel-go/common/ast"
)

// CondProblems says everything that is wrong with a condition, where CheckCond stops at the first:
// an editor shows each at its own row. It is empty exactly when CheckCond finds nothing.
func CondProblems(schema *Schema, kind Kind, cond *Cond) Problems {
	first := CheckCond(schema, kind, cond)
	if first == nil {
		return nil
	}
	k := schema.Kind(kind)
	if k == nil || cond == nil {
		return Problems{asProblem(first)}
	}
	left := maxNodes
	return everyProblem(schema, k, cond, 1, &left)
}

// everyProblem collects the problems of the parts of a condition, or else says what is wrong with
// the whole, as too many parts are. It looks at no more parts than are left, as many as a condition
// may have: one of ten thousand parts is not worth ten thousand looks.
func everyProblem(schema *Schema, kind *KindSchema, cond *Cond, depth int, left *int) Problems {
	*left--
	whole := (&condCheck{schema: schema}).cond(kind, cond, depth)
	if whole == nil {
		return nil
	}
	inner := kind
	switch cond.Op {
	case OpAll, OpAny, OpNot:
	case OpExists:
		relation, ok := kind.Relation(cond.Relation)
		if !ok || !relation.Many {
			return Problems{whole}
		}
		inner = schema.Kind(relation.Kind)
	default:
		return Problems{whole}
	}
	var found Problems
	for i := range cond.Args {
		if depth >= maxDepth || *left <= 0 {
			break
		}
		for _, p := range everyProblem(schema, inner, &cond.Args[i], depth+1, left) {
			found = append(found, within(fmt.Sprintf("args[%d]", i), p))
		}
	}
	if len(found) == 0 {
		return Problems{whole}
	}
	return found
}

// AsksKnown reports whether a condition speaks of the person or the request: of p or ctx.
func AsksKnown(cond *Cond) bool {
	if cond.CEL != "" || cond.Value != nil && cond.Value.CEL != "" {
		return true
	}
	for _, v := range cond.Values {
		if v.CEL != "" {
			return true
		}
	}
	for i := range cond.Args {
		if AsksKnown(&cond.Args[i]) {
			return true
		}
	}
	return false
}

// AsksPerson reports whether a condition has another answer for another person: whether it speaks
// of p anywhere.
func AsksPerson(cond *Cond) bool {
	texts := []string{cond.CEL}
	if cond.Value != nil {
		texts = append(texts, cond.Value.CEL)
	}
	for _, v := range cond.Values {
		texts = append(texts, v.CEL)
	}
	for _, text := range texts {
		if text != "" && namesPerson(text) {
			return true
		}
	}
	for i := range cond.Args {
		if AsksPerson(&cond.Args[i]) {
			return true
		}
	}
	return false
}

func namesPerson(text string) bool {
	tree, _, err := checkKnown(text)
	if err != nil {
		return true
	}
	found := false
	ast.PreOrderVisit(tree.NativeRep().Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		found = found || e.Kind() == ast.IdentKind && e.AsIdent() == "p"
	}))
	return found
}
