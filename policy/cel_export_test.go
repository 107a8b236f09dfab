package policy

import (
	"testing"

	"pgregory.net/rapid"
)

// NewTestSchema and DrawCond give the tests outside the package its test schema and generator.
func NewTestSchema(t testing.TB) *Schema { return testSchema(t) }

// DrawCond draws a valid condition over records of a kind of the test schema.
func DrawCond(t *rapid.T, schema *Schema, kind Kind) *Cond { return drawCond(t, schema, kind) }

// EvalCond evaluates a condition with the engine.
func EvalCond(schema *Schema, kind Kind, c *Cond, row *Row, s *Subject, ctx *Context) (Tri, error) {
	if err := CheckCond(schema, kind, c); err != nil {
		return Unknown, err
	}
	n, err := compileCond(schema, schema.Kind(kind), c)
	if err != nil {
		return Unknown, err
	}
	return n.bind(s, ctx).Eval(row), nil
}

// DrawRow, DrawSubject and DrawContext draw what conditions are evaluated on.
func DrawRow(t *rapid.T, schema *Schema, kind Kind) *Row {
	return drawRow(t, schema, schema.Kind(kind), 2)
}
func DrawSubject(t *rapid.T) *Subject { return drawSubject(t) }
func DrawContext(t *rapid.T) *Context { return drawContext(t) }
