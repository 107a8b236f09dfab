package sqlgen

import (
	"strconv"
	"strings"

	"guan/policy"
)

// Plan is how a list finds its rows. Every plan gives the same rows.
type Plan uint8

// The plans. Branches suits somebody who sees little, Walk somebody who sees much of what is
// recent. NaiveOr is what one would write without thinking; it is kept for the benchmark.
const (
	Branches Plan = iota
	Walk
	NaiveOr
)

// Part says which part of a sorted list is asked for. Records on which the sort field is missing
// or not plain come last, in the order of their ids: their place must not tell the value.
type Part uint8

// The parts of a list.
const (
	Known Part = iota // the sort field is there and plain
	Rest              // the others
)

// Cursor is a position in a list: the last row seen.
type Cursor struct {
	Value policy.Value // of the sort field; missing in Rest
	ID    policy.ID
}

// List asks for a page of one kind.
type List struct {
	Tenant  policy.ID
	Epoch   int64
	Read    *policy.Reduction
	Also    []*policy.Reduction // further actions to answer for each row
	Filter  *policy.Pred        // nil: none
	ID      policy.ID           // not 0: this record only
	IDs     []policy.ID         // not nil: of these records only
	Apart   bool                // of several records too it is told of each bar whether it stands in the way
	Columns []*policy.Field
	Sort    *policy.Field
	Desc    bool
	Part    Part
	After   *Cursor
	Limit   int
	Plan    Plan
}

// Page is the statement of a list. It returns epoch, id, version, one bigint for each 60 bits, and
// the columns, a place as two. When the epoch differs it returns one row of NULLs beside it.
type Page struct {
	Statement
	Words   int
	answers answers
}

// Page writes the statement of a page.
func (d Dialect) Page(q *List) *Page {
	g := d.forList(q)
	page := &Page{}
	epoch := g.arg(q.Epoch)
	s := scope{alias: "r", kind: q.Read.Kind}
	direction := " ASC"
	if q.Desc {
		direction = " DESC"
	}
	inner := g.rows(q, s, direction)
	bits, answers := g.bits(q, s)
	page.Words, page.answers = len(bits), answers

	var b strings.Builder
	b.WriteString("SELECT s.epoch, x.* FROM policy_state s LEFT JOIN (SELECT r.id AS id, r.version AS version")
	for i, w := range bits {
		b.WriteString(", " + w + " AS b" + strconv.Itoa(i))
	}
	for i, f := range q.Columns {
		if f.Type == policy.Place {
			b.WriteString(", r." + f.Column + "_lat, r." + f.Column + "_lng")
			continue
		}
		b.WriteString(", " + g.output(s.alias, f) + " AS c" + strconv.Itoa(i))
	}
	b.WriteString(", y.sort_key AS sort_key FROM (" + inner + ") y JOIN " + s.kind.Table + " r ON r.tenant_id = " + g.tenant + " AND r.id = y.id) x ON s.epoch = " + epoch)
	b.WriteString(" WHERE s.tenant_id = " + g.tenant)
	if q.ID == 0 {
		b.WriteString(" ORDER BY x.sort_key" + direction + ", x.id" + direction)
	}
	page.Statement = g.finish(b.String())
	return page
}

// output selects a column; JSON parts are read as text, which both drivers give alike.
func (g *gen) output(alias string, f *policy.Field) string {
	col := g.column(alias, f)
	if g.dialect == Postgres && (f.Custom && f.Type != policy.Text || f.Type == policy.Set) {
		return col + "::text"
	}
	return col
}

// rows writes the ids and sort keys of the page.
func (g *gen) rows(q *List, s scope, direction string) string {
	k := &candidate{gen: g, q: q, scope: s, direction: direction}
	switch {
	case q.Read.None():
		return "SELECT r.id, r.id AS sort_key FROM " + s.kind.Table + " r WHERE FALSE"
	case q.ID != 0:
		return "SELECT r.id, r.id AS sort_key FROM " + s.kind.Table + " r WHERE " +
			and("r.tenant_id = "+g.tenant, "r.id = "+g.arg(int64(q.ID)), g.visible(s, q.Read), g.bars(s, q.Read), k.filter(nil))
	case q.IDs != nil:
		return "SELECT r.id, r.id AS sort_key FROM " + s.kind.Table + " r WHERE " +
			and("r.tenant_id = "+g.tenant, g.isOneOf("r.id", q.IDs, true), g.visible(s, q.Read), g.bars(s, q.Read), k.filter(nil))
	}
	ways := g.ways(q.Read)
	if q.Plan != Branches || len(ways) > maxBranches || len(ways) == 1 && ways[0].Path.Path == policy.PathAll {
		return k.walk()
	}
	return k.branches()
}

// visible says that some way in is open.
func (g *gen) visible(s scope, r *policy.Reduction) string {
	var open []string
	for _, b := range g.ways(r) {
		open = append(open, g.test(s, b.Test, true))
	}
	return or(open...)
}

// bars says that every bar is certainly out of the way.
func (g *gen) bars(s scope, r *policy.Reduction) string {
	tests := make([]*policy.Test, len(r.Bars))
	for i, b := range r.Bars {
		tests[i] = b.Test
	}
	return g.clear(s, tests)
}

// plain says that the field is plain on the record, for one who came in by the branch, which
// then needs no test of its own; nil stands for any.
func (g *gen) plain(s scope, r *policy.Reduction, f *policy.Field, in *policy.Branch) string {
	var ways []string
	for _, b := range g.ways(r) {
		switch {
		case b.Levels[f.Index()] != policy.Plain:
		case b == in:
			ways = []string{sqlTrue}
		default:
			ways = append(ways, g.test(s, b.Test, true))
		}
		if b == in && len(ways) == 1 && ways[0] == sqlTrue {
			break
		}
	}
	return and(or(ways...), g.unguarded(s, r, f))
}

// unguarded says that no guard lowers the field on the record.
func (g *gen) unguarded(s scope, r *policy.Reduction, f *policy.Field) string {
	var tests []*policy.Test
	for _, guard := range r.Guards {
		if guard.Caps[f.Index()] != policy.Plain {
			tests = append(tests, guard.Test)
		}
	}
	return g.clear(s, tests)
}
