package sqlgen

import (
	"guan/policy"
)

// Holding is a rule by which a tag stands on records: a predicate of the record and terms over what is
// related to it, all of which must hold.
type Holding struct {
	When  *policy.Pred // nil: of every record
	Terms []Term
}

// Term compares a count, or a sum, of related records with a value, or asks whether the latest Date of
// them lies in the one span; without a relation it asks whether a date of the record itself lies in one
// of the spans.
type Term struct {
	Relation *policy.Relation
	Where    *policy.Pred // of the related record
	Last     bool
	Sum      *policy.Field // nil counts
	Currency *policy.Field // of the sum, with Unit
	Unit     string
	Date     *policy.Field
	Spans    []Span // in each of which the comparison holds; none: whenever
	Op       policy.Op
	Value    policy.Value
}

// Span is the instants from From on and before Until, in microseconds.
type Span struct{ From, Until int64 }

// Holds writes which of the records certainly satisfy a rule, as a statement that returns their ids.
// Without ids it is about all records, and returns at most limit. Records that were merged into others
// are not among them, and are counted nowhere.
func (d Dialect) Holds(tenant policy.ID, kind *policy.KindSchema, h *Holding, ids []policy.ID, limit int) Statement {
	g := newGen(d, tenant)
	s := scope{alias: "r", kind: kind}
	parts := []string{"r.tenant_id = " + g.tenant, "r.stage <> 'merged'"}
	if ids != nil {
		parts = append(parts, g.isOneOf("r.id", ids, true))
	}
	if h.When != nil {
		parts = append(parts, g.pred(s, h.When, true))
	}
	for i := range h.Terms {
		parts = append(parts, g.term(s, &h.Terms[i]))
	}
	text := "SELECT r.id FROM " + kind.Table + " r WHERE " + and(parts...)
	if ids == nil {
		text += " LIMIT " + g.arg(int64(limit))
	}
	return g.finish(text)
}

// scalar reads a field as a value of the database, also where it stands in the JSON document.
func (g *gen) scalar(alias string, f *policy.Field) string {
	if g.jsonb(f) {
		return "(" + g.column(alias, f) + ")" + jsonCast(f.Type)
	}
	return g.column(alias, f)
}

func (g *gen) term(s scope, t *Term) string {
	if t.Relation == nil {
		var parts []string
		for _, span := range t.Spans {
			parts = append(parts, g.during(g.scalar(s.alias, t.Date), span))
		}
		return or(parts...)
	}
	if t.Last {
		last := g.over(s, t, nil, func(child scope) string { return "max(" + g.scalar(child.alias, t.Date) + ")" })
		return g.during(last, t.Spans[0])
	}
	if len(t.Spans) == 0 {
		return g.compared(s, t, nil)
	}
	var parts []string
	for i := range t.Spans {
		parts = append(parts, g.compared(s, t, &t.Spans[i]))
	}
	return and(parts...)
}

func (g *gen) during(col string, span Span) string {
	return and(col+" >= "+g.arg(span.From), col+" < "+g.arg(span.Until))
}

// compared writes the comparison over the related records of one span. A sum of none is nothing.
func (g *gen) compared(s scope, t *Term, span *Span) string {
	of := g.over(s, t, span, func(child scope) string {
		switch {
		case t.Sum == nil:
			return "count(*)"
		case g.dialect == Postgres:
			return "coalesce(sum(" + g.scalar(child.alias, t.Sum) + "), 0)"
		}
		// In SQLite a sum of whole numbers can overflow, which fails; total is exact below 2^53.
		return "total(" + g.scalar(child.alias, t.Sum) + ")"
	})
	value := g.arg(Bind(g.dialect, t.Value))
	if t.Value.Type() == policy.Number {
		value = g.float(t.Value.Float())
	}
	return of + operators[t.Op][0] + value
}

// over writes what the related records of a term come to, of one span or whenever.
func (g *gen) over(s scope, t *Term, span *Span, of func(child scope) string) string {
	child := scope{alias: g.alias("c"), kind: s.kind.Related(t.Relation)}
	parts := []string{child.alias + ".tenant_id = " + g.tenant, g.link(s, child, t.Relation), child.alias + ".stage <> 'merged'"}
	if t.Where != nil {
		parts = append(parts, g.pred(child, t.Where, true))
	}
	if span != nil {
		parts = append(parts, g.during(g.scalar(child.alias, t.Date), *span))
	}
	if t.Currency != nil {
		parts = append(parts, g.scalar(child.alias, t.Currency)+" = "+g.arg(t.Unit))
	}
	return "(SELECT " + of(child) + " FROM " + child.kind.Table + " " + child.alias + " WHERE " + and(parts...) + ")"
}
