package policy

import (
	"fmt"
	"slices"
	"strings"
)

// CheckCond says what is wrong with a condition over records of a kind, as a *Problem whose At
// is the path into the tree; nil when the condition means something. What ParseCEL returns
// always passes.
func CheckCond(schema *Schema, kind Kind, cond *Cond) error {
	k := schema.Kind(kind)
	switch {
	case k == nil:
		return &Problem{Code: "kind", Detail: "there is no such kind"}
	case cond == nil:
		return &Problem{Code: "empty", Detail: "there is no condition"}
	}
	c := condCheck{schema: schema}
	if p := c.cond(k, cond, 1); p != nil {
		return p
	}
	return nil
}

// condCheck walks a tree and counts what it holds.
type condCheck struct {
	schema *Schema
	nodes  int
}

// parts are the parts of a Cond, by the JSON name. Every operator takes exactly some of them:
// what stands beside these would be dropped in silence, so it is refused.
var parts = []struct {
	name  string
	isSet func(*Cond) bool
}{
	{"args", func(c *Cond) bool { return len(c.Args) > 0 }},
	{"field", func(c *Cond) bool { return c.Field != "" }},
	{"value", func(c *Cond) bool { return c.Value != nil }},
	{"values", func(c *Cond) bool { return len(c.Values) > 0 }},
	{"relation", func(c *Cond) bool { return c.Relation != "" }},
	{"point", func(c *Cond) bool { return c.Point != nil }},
	{"meters", func(c *Cond) bool { return c.Meters != 0 }},
	{"cel", func(c *Cond) bool { return c.CEL != "" }},
}

var partsOf = map[Op][]string{
	OpAll: {"args"}, OpAny: {"args"}, OpNot: {"args"},
	OpEq: {"field", "value"}, OpNe: {"field", "value"},
	OpLt: {"field", "value"}, OpLe: {"field", "value"}, OpGt: {"field", "value"}, OpGe: {"field", "value"},
	OpIn:     {"field", "values"},
	OpStarts: {"field", "value"}, OpEnds: {"field", "value"}, OpContains: {"field", "value"},
	OpHas:    {"field"},
	OpTag:    {"field", "value"},
	OpExists: {"relation", "args"},
	OpWithin: {"field", "point", "meters"},
	OpKnown:  {"cel"},
}

func (c *condCheck) cond(kind *KindSchema, cond *Cond, depth int) *Problem {
	if depth > maxDepth {
		return &Problem{Code: "depth", Detail: fmt.Sprintf("conditions stand inside each other at most %d deep", maxDepth)}
	}
	if p := c.count(); p != nil {
		return p
	}
	wanted, ok := partsOf[cond.Op]
	if !ok {
		return &Problem{Code: "op", At: "op", Detail: fmt.Sprintf("there is no operator %q", cond.Op)}
	}
	for _, part := range parts {
		set, want := part.isSet(cond), slices.Contains(wanted, part.name)
		switch {
		case set && !want:
			return &Problem{Code: "shape", At: part.name, Detail: fmt.Sprintf("%s takes no %s", cond.Op, part.name)}
		case want && !set && !(cond.Op == OpExists && part.name == "args"):
			return missingPart(cond.Op, part.name)
		}
	}
	if len(cond.Args) != 1 && (cond.Op == OpNot || cond.Op == OpExists && len(cond.Args) > 1) {
		return &Problem{Code: "shape", At: "args", Detail: fmt.Sprintf("%s takes one condition", cond.Op)}
	}
	switch cond.Op {
	case OpKnown:
		return within("cel", checkKnownCond(cond.CEL))
	case OpExists:
		relation, ok := kind.Relation(cond.Relation)
		if !ok || !relation.Many {
			return &Problem{Code: "relation", At: "relation", Detail: fmt.Sprintf("%s has no relation %q to several records", kind.Name, cond.Relation)}
		}
		kind = c.schema.Kind(relation.Kind)
	case OpAll, OpAny, OpNot:
	default:
		return c.leaf(kind, cond)
	}
	for i := range cond.Args {
		if p := within(fmt.Sprintf("args[%d]", i), c.cond(kind, &cond.Args[i], depth+1)); p != nil {
			return p
		}
	}
	return nil
}

// count keeps the whole tree, with every expression in it, within the limit.
func (c *condCheck) count() *Problem {
	if c.nodes++; c.nodes > maxNodes {
		return &Problem{Code: "nodes", Detail: fmt.Sprintf("a condition has at most %d parts", maxNodes)}
	}
	return nil
}

func missingPart(op Op, part string) *Problem {
	p := &Problem{Code: "shape", At: part, Detail: fmt.Sprintf("%s needs %s", op, part)}
	switch part {
	case "args":
		p.Code, p.Detail = "group", "an empty group means nothing"
	case "values":
		p.Code, p.Detail = "list", "an empty list holds nothing"
	case "meters":
		p.Code, p.Detail = "meters", badMeters
	}
	return p
}

// within puts a step before the place of a problem.
func within(step string, p *Problem) *Problem {
	if p == nil {
		return nil
	}
	q := *p
	q.At = strings.TrimSuffix(step+"."+p.At, ".")
	return &q
}

// resolveField finds the field a condition names, on the kind or on a parent that is always
// there, and the kind on which it stands.
func (s *Schema) resolveField(kind *KindSchema, name string) (*Field, *KindSchema, *Problem) {
	if parent, field, dotted := strings.Cut(name, "."); dotted {
		relation, ok := kind.Relation(parent)
		switch {
		case !ok || relation.Many:
			return nil, nil, &Problem{Code: "relation", At: "field", Detail: fmt.Sprintf("%s has no parent %q", kind.Name, parent)}
		case !relation.NotNull:
			return nil, nil, &Problem{Code: "relation", At: "field", Detail: fmt.Sprintf("not every %s has a %q, so a condition cannot speak of its fields", kind.Name, parent)}
		}
		kind, name = s.Kind(relation.Kind), field
	}
	f := kind.Field(name)
	if f == nil {
		return nil, nil, &Problem{Code: "field", At: "field", Detail: fmt.Sprintf("%s has no field %q", kind.Name, name)}
	}
	return f, kind, nil
}

func (c *condCheck) leaf(kind *KindSchema, cond *Cond) *Problem {
	f, on, p := c.schema.resolveField(kind, cond.Field)
	if p != nil {
		return p
	}
	mismatch := func(detail string) *Problem {
		return &Problem{Code: "type", At: "op", Detail: fmt.Sprintf("%s is %s: %s", cond.Field, f.Type.withArticle(), detail)}
	}
	if p := checkEncrypted(on, f, cond); p != nil {
		return p
	}
	switch cond.Op {
	case OpHas:
		return nil
	case OpWithin:
		if f.Type != Place {
			return mismatch("only a place has a distance")
		}
		return checkCircle(cond)
	case OpTag:
		if f.Type != Set {
			return mismatch("only a set has members")
		}
		return within("value", c.operand(on, Text, cond.Op, cond.Value))
	case OpStarts, OpEnds, OpContains:
		if f.Type != Text {
			return mismatch("only in a text can one look for another")
		}
		if t := cond.Value.Text; t != nil && *t == "" {
			return &Problem{Code: "needle", At: "value", Detail: "an empty text stands in every text"}
		}
		return within("value", c.operand(on, Text, cond.Op, cond.Value))
	}
	switch {
	case f.Type == Set:
		return mismatch("ask for one of its members")
	case f.Type == Place:
		return mismatch("ask for its distance from a point")
	case cond.Op == OpIn:
		return c.list(on, f, cond.Values)
	case cond.Op != OpEq && cond.Op != OpNe && !f.Type.Ordered():
		return mismatch("it has no order")
	}
	return within("value", c.operand(on, f.Type, cond.Op, cond.Value))
}

func checkCircle(cond *Cond) *Problem {
	if _, ok := NewPoint(cond.Point.Lat, cond.Point.Lng); !ok {
		return &Problem{Code: "point", At: "point", Detail: "a point has a latitude from -90 to 90 and a longitude from -180 to 180, and is not (0, 0)"}
	}
	if !(cond.Meters > 0 && cond.Meters <= maxMeters) {
		return &Problem{Code: "meters", At: "meters", Detail: badMeters}
	}
	return nil
}

// maxMeters is a little more than half the way around the Earth; a larger circle is everything.
const maxMeters = 20_100_000

const badMeters = "a distance is more than 0 and at most 20,100,000 m"

func (c *condCheck) list(on *KindSchema, f *Field, values []Operand) *Problem {
	if len(values) > maxList {
		return &Problem{Code: "list", At: "values", Detail: "a list has at most 1,000 values"}
	}
	if len(values) == 1 && values[0].CEL != "" {
		return within("values[0]", c.known(f.Type, OpIn, &values[0], true))
	}
	for i := range values {
		if p := within(fmt.Sprintf("values[%d]", i), c.operand(on, f.Type, OpIn, &values[i])); p != nil {
			return p
		}
	}
	return nil
}
