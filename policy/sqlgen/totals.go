package sqlgen

import (
	"slices"
	"strconv"
	"strings"

	"guan/policy"
)

// Count writes a count of what the list shows, up to a cap: it returns epoch and the count, at
// most max+1.
func (d Dialect) Count(q *List, max int) Statement {
	g := d.forList(q)
	epoch := g.arg(q.Epoch)
	inner := g.visibleIDs(q, " LIMIT "+strconv.Itoa(max+1))
	return g.finish("SELECT s.epoch, x.n FROM policy_state s LEFT JOIN (SELECT count(*) AS n FROM (" + inner + ") c) x ON s.epoch = " + epoch +
		" WHERE s.tenant_id = " + g.tenant)
}

// Sum writes the sum of a field over the records of the list on which it is plain, by currency
// where by is not nil. A row returns epoch, the currency, the high and low part of the sum (high
// × 10^9 + low; a float stands whole in high), and how many records it is of. Split sums cannot
// overflow.
func (d Dialect) Sum(q *List, field, by *policy.Field) Statement {
	g := d.forList(q, field, by)
	epoch := g.arg(q.Epoch)
	s := scope{alias: "r", kind: q.Read.Kind}
	group := "''"
	plain := []string{g.plain(s, q.Read, field, nil)}
	if by != nil {
		group = g.column("r", by)
		plain = append(plain, g.plain(s, q.Read, by, nil))
	}
	col, high, low := g.halves(field)
	inner := "SELECT " + group + " AS currency, " + high + " AS high, " + low + " AS low, count(*) AS n FROM " + s.kind.Table + " r WHERE " +
		and("r.tenant_id = "+g.tenant, "r.id IN ("+g.visibleIDs(q, "")+")", and(plain...), col+" IS NOT NULL") + " GROUP BY 1"
	return g.finish("SELECT s.epoch, x.* FROM policy_state s LEFT JOIN (" + inner + ") x ON s.epoch = " + epoch + " WHERE s.tenant_id = " + g.tenant)
}

// halves writes the column of a number under r, and its sum as two texts that Sum describes.
func (g *gen) halves(field *policy.Field) (col, high, low string) {
	col = g.column("r", field)
	if g.jsonb(field) {
		col = "(" + col + ")" + jsonCast(field.Type)
	}
	high, low = "sum("+col+" / 1000000000)", "sum("+col+" % 1000000000)"
	if field.Type == policy.Number {
		high, low = "sum("+col+")", "0"
	}
	if g.dialect == Postgres {
		return col, high + "::text", low + "::text"
	}
	return col, "CAST(" + high + " AS TEXT)", "CAST(" + low + " AS TEXT)"
}

// visibleIDs writes the ids of all records that the list shows, each once. A limit holds in each
// branch and over all: a branch that reaches it is over the cap by itself.
func (g *gen) visibleIDs(q *List, limit string) string {
	s := scope{alias: "r", kind: q.Read.Kind}
	k := &candidate{gen: g, q: q, scope: s}
	if q.Read.None() {
		return "SELECT r.id FROM " + s.kind.Table + " r WHERE FALSE"
	}
	ways := g.ways(q.Read)
	if len(ways) > maxBranches {
		return "SELECT r.id FROM " + s.kind.Table + " r WHERE " +
			and("r.tenant_id = "+g.tenant, g.visible(s, q.Read), g.bars(s, q.Read), k.filter(nil)) + limit
	}
	// Many a way is narrow: a grant names five records, or a condition. To unite these with the
	// thousands that the one wide way gives, each once, would cost more than all of the wide way. So a
	// narrow way gives what the wide one does not, and is put beside. Several wide ways are united anyway.
	narrow := slices.DeleteFunc(slices.Clone(ways), func(b *policy.Branch) bool { return !isNarrow(b) })
	if len(ways) == 1 || len(ways)-len(narrow) != 1 {
		return k.united(ways, sqlTrue, limit) + limit
	}
	wide := ways[slices.IndexFunc(ways, func(b *policy.Branch) bool { return !isNarrow(b) })]
	return "SELECT * FROM (" + k.reached(wide, sqlTrue) + limit + ") w UNION ALL SELECT * FROM (" +
		k.united(narrow, "("+g.test(s, wide.Test, true)+") IS NOT TRUE", limit) + ") n" + limit
}

// united writes the ids that any of some ways in gives, each once, as far as they satisfy one more test.
func (c *candidate) united(ways []*policy.Branch, more, limit string) string {
	parts := make([]string, len(ways))
	for i, b := range ways {
		parts[i] = "SELECT * FROM (" + c.reached(b, more) + limit + ") u" + strconv.Itoa(i)
	}
	return strings.Join(parts, " UNION ")
}

func isNarrow(b *policy.Branch) bool { return b.Path.Path == policy.PathAll && b.When != nil }

// reached writes the ids that one way in gives, as far as they satisfy one more test.
func (c *candidate) reached(b *policy.Branch, more string) string {
	rest := and(c.pred(c.scope, b.When, true), c.bars(c.scope, c.q.Read), c.filter(b), more)
	from := " FROM " + c.scope.kind.Table + " r WHERE r.tenant_id = " + c.tenant
	switch b.Path.Path {
	case policy.PathLinked:
		return "SELECT r.id" + from + " AND " + and(c.linkedFrom(b.Path), rest)
	case policy.PathTeam:
		if rest == sqlTrue {
			// A collaborator's row goes with its record, so it stands for it.
			return "SELECT t.record_id AS id FROM team t WHERE " + c.member("t", c.scope.kind, b.Path)
		}
		return "SELECT r.id FROM team t JOIN " + c.scope.kind.Table + " r ON r.tenant_id = " + c.tenant + " AND r.id = t.record_id WHERE " +
			and(c.member("t", c.scope.kind, b.Path), rest)
	}
	return "SELECT r.id" + from + " AND " + and(c.path(c.scope, b.Path, true), rest)
}

// Predicate writes 'certainly true' or 'certainly false' of a predicate as a statement that
// returns the ids of the kind's records. The laws use it to see that a predicate, its negation
// and what is unknown split the table.
func (d Dialect) Predicate(tenant policy.ID, kind *policy.KindSchema, p *policy.Pred, yes bool) Statement {
	g := newGen(d, tenant)
	s := scope{alias: "r", kind: kind}
	return g.finish("SELECT r.id FROM " + kind.Table + " r WHERE " + and("r.tenant_id = "+g.tenant, g.pred(s, p, yes)) + " ORDER BY r.id")
}

// Share writes how many of the n most recently changed records of the kind are visible: it
// returns how many there are and how many of them show. It is an estimate for choosing a Plan
// and leaves filters out.
func (d Dialect) Share(q *List, n int) Statement {
	g := d.forList(q)
	s := scope{alias: "r", kind: q.Read.Kind}
	seen := "CASE WHEN " + and(g.visible(s, q.Read), g.bars(s, q.Read)) + " THEN 1 ELSE 0 END"
	return g.finish("SELECT count(*), coalesce(sum(seen), 0) FROM (SELECT " + seen + " AS seen FROM " + s.kind.Table + " r WHERE r.tenant_id = " + g.tenant +
		" ORDER BY r.updated_at DESC, r.id DESC LIMIT " + strconv.Itoa(n) + ") recent")
}
