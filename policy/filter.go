package policy

import (
	"slices"
	"strings"
)

// BindFilter checks and binds what a user asks for. A filter speaks only of the record's own
// fields: through a parent or a relation it would tell of records that its author cannot list.
// Which of those fields count is decided record by record, by EvalSeen and by sqlgen.
func (b *Bound) BindFilter(kind Kind, c *Cond) (*Pred, error) {
	if err := CheckCond(b.rs.schema, kind, c); err != nil {
		return nil, err
	}
	if at, foreign := ReachesOut(c); foreign {
		return nil, &Problem{Code: "filter_relation", At: at, Detail: "a filter speaks only of the record's own fields"}
	}
	n, err := compileCond(b.rs.schema, b.rs.schema.Kind(kind), c)
	if err != nil {
		return nil, err
	}
	return n.bind(b.subject, b.ctx), nil
}

// ReachesOut reports whether a condition speaks of other records than the one it is about, and where.
func ReachesOut(c *Cond) (string, bool) { return reachesOut(c, "") }

func reachesOut(c *Cond, at string) (string, bool) {
	if c.Op == OpExists || strings.Contains(c.Field, ".") {
		return strings.TrimPrefix(at, "."), true
	}
	for i := range c.Args {
		if at, out := reachesOut(&c.Args[i], at+".args["+ID(i).String()+"]"); out {
			return at, true
		}
	}
	return "", false
}

// SearchPred asks for records with a class of fields whose search document holds all terms; one
// of the classes is enough. Classes narrow where it looks. No terms is refused by the caller: it
// would mean 'everything'.
func SearchPred(kind *KindSchema, terms []string, classes ...Class) *Pred {
	byClass := map[Class][]*Field{}
	for _, f := range kind.Fields {
		if f.Search && (len(classes) == 0 || slices.Contains(classes, f.Class)) {
			byClass[f.Class] = append(byClass[f.Class], f)
		}
	}
	var any []*Pred
	for _, class := range Classes {
		if fields := byClass[class]; len(fields) > 0 && len(terms) > 0 {
			any = append(any, &Pred{Op: OpSearch, Class: class, Terms: terms, Searched: fields})
		}
	}
	return join(OpAny, any)
}

// Or joins alternatives of a search: one of them is enough.
func Or(some ...*Pred) *Pred { return join(OpAny, some) }

// And joins two predicates; nil stands for no restriction.
func And(a, b *Pred) *Pred {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return join(OpAll, []*Pred{a, b})
}
