package sqlgen

import (
	"slices"
	"strconv"
	"strings"

	"guan/policy"
)

// candidate writes the inner query of a page: the ids and sort keys that make it up.
type candidate struct {
	*gen
	q         *List
	scope     scope
	direction string
}

// filter writes the user's filter as one sees it who came in by the branch (nil: by any).
func (c *candidate) filter(in *policy.Branch) string {
	if c.q.Filter == nil {
		return sqlTrue
	}
	s := c.scope
	s.plain = func(f *policy.Field) string { return c.plain(c.scope, c.q.Read, f, in) }
	return c.pred(s, c.q.Filter, true)
}

// part restricts to the part of the list, and moves to the sort key that counts in it.
func (c *candidate) part(in *policy.Branch) (where, key string) {
	f := c.q.Sort
	if f == nil {
		return sqlTrue, c.scope.alias + ".id"
	}
	col := c.column(c.scope.alias, f)
	plain := c.opaque(c.sorted(f, in))
	here := sqlTrue
	if !f.NotNull {
		here = col + " IS NOT NULL"
	}
	if c.q.Part == Known {
		return and(here, plain), col
	}
	known := and(here, plain)
	switch known {
	case sqlTrue:
		return sqlFalse, c.scope.alias + ".id"
	case sqlFalse:
		return sqlTrue, c.scope.alias + ".id"
	}
	return "(" + known + ") IS NOT TRUE", c.scope.alias + ".id"
}

// sorted says that the sort field is plain on the record. Who goes along the index asks of each record
// whether some way in is open; where all of them show the field, that is not asked twice.
func (c *candidate) sorted(f *policy.Field, in *policy.Branch) string {
	dim := slices.ContainsFunc(c.ways(c.q.Read), func(b *policy.Branch) bool { return b.Levels[f.Index()] != policy.Plain })
	if in != nil || dim {
		return c.plain(c.scope, c.q.Read, f, in)
	}
	return c.unguarded(c.scope, c.q.Read, f)
}

// after writes the keyset condition.
func (c *candidate) after(key, id string) string {
	if c.q.After == nil {
		return sqlTrue
	}
	sign := " > "
	if c.q.Desc {
		sign = " < "
	}
	if key == c.scope.alias+".id" {
		return id + sign + c.arg(int64(c.q.After.ID))
	}
	return "(" + key + ", " + id + ")" + sign + "(" + c.value(c.q.Sort, c.q.After.Value) + ", " + c.arg(int64(c.q.After.ID)) + ")"
}

func (c *candidate) limit() string { return " LIMIT " + strconv.Itoa(c.q.Limit) }

func (c *candidate) orderBy(key, id string) string {
	if key == id {
		return " ORDER BY " + id + c.direction + c.limit()
	}
	return " ORDER BY " + key + c.direction + ", " + id + c.direction + c.limit()
}

// opaque keeps the planner of a walk from answering a test by the indexes of its parts and sorting.
func (c *candidate) opaque(test string) string {
	if c.q.Plan != Walk || test == sqlTrue || test == sqlFalse {
		return test
	}
	return "CASE WHEN " + test + " THEN 1 ELSE 0 END = 1"
}

// walk goes along the sort index and tests each row.
func (c *candidate) walk() string {
	var in *policy.Branch
	if ways := c.ways(c.q.Read); len(ways) == 1 {
		in = ways[0]
	}
	where, key := c.part(in)
	visible := c.opaque(c.visible(c.scope, c.q.Read))
	id := c.scope.alias + ".id"
	return "SELECT " + id + ", " + key + " AS sort_key FROM " + c.scope.kind.Table + " " + c.scope.alias + " WHERE " +
		and(c.scope.alias+".tenant_id = "+c.tenant, where, c.after(key, id), c.filter(in), c.bars(c.scope, c.q.Read), visible) + c.orderBy(key, id)
}

// branches gives one sub-select per way in, each with its own order, cursor and limit; a row
// that comes in by several is one row.
func (c *candidate) branches() string {
	var parts []string
	for _, b := range c.ways(c.q.Read) {
		parts = append(parts, c.branch(b)...)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	for i, p := range parts {
		parts[i] = "SELECT * FROM (" + p + ") u" + strconv.Itoa(i)
	}
	return "SELECT id, sort_key FROM (" + strings.Join(parts, " UNION ALL ") + ") u GROUP BY id, sort_key ORDER BY sort_key" + c.direction + ", id" + c.direction + c.limit()
}

// unitFan is up to how many units SQLite gets a sub-select each: its IN would sort all the
// units' rows. More units hold so much that the walk is chosen anyway.
const unitFan = 64

// maxTerms is how many sub-selects SQLite unites in one statement, a little less.
const maxTerms = 450

// maxBranches is up to how many ways in get a branch each. A statement repeats the forbids and
// filters in each, so that it grows with the square; the walk asks each once.
const maxBranches = 64

func (c *candidate) branch(b *policy.Branch) []string {
	where, key := c.part(b)
	if where == sqlFalse {
		// With the key of the other branches: PostgreSQL unites columns of one type only.
		return []string{"SELECT r.id, " + key + " AS sort_key FROM " + c.scope.kind.Table + " r WHERE FALSE"}
	}
	id := c.scope.alias + ".id"
	rest := func(key, id string) string {
		return and(where, c.after(key, id), c.pred(c.scope, b.When, true), c.bars(c.scope, c.q.Read), c.filter(b))
	}
	from := "SELECT " + id + ", " + key + " AS sort_key FROM " + c.scope.kind.Table + " r WHERE "
	tenant := "r.tenant_id = " + c.tenant
	switch p := b.Path; {
	case p.Path == policy.PathTeam && c.sortedByUpdate() && c.q.Part == Known:
		// The team rows carry the sort key, so that somebody with very many shares reads a page of
		// them and not all.
		return []string{"SELECT " + id + ", t.sort_at AS sort_key FROM team t JOIN " + c.scope.kind.Table + " r ON r.tenant_id = " + c.tenant + " AND r.id = t.record_id WHERE " +
			and(c.member("t", c.scope.kind, p), rest("t.sort_at", "t.record_id")) + c.orderBy("t.sort_at", "t.record_id")}
	case p.Path == policy.PathTeam:
		return []string{from + and(tenant, "r.id IN (SELECT t.record_id FROM team t WHERE "+c.member("t", c.scope.kind, p)+")", rest(key, id)) + c.orderBy(key, id)}
	case p.Path == policy.PathUnits && len(p.IDs) > 1:
		return c.perUnit(c.scope.kind.Unit, p, key, rest(key, id))
	case p.Path == policy.PathPool && len(p.IDs) > 1:
		return c.perUnit(c.scope.kind.Pool, p, key, rest(key, id))
	case c.dialect == SQLite && named(b.Test) != nil:
		// From the records that are named, one by one: for IN the list would first become a table of its own.
		n := c.alias("n")
		return []string{"SELECT " + id + ", " + key + " AS sort_key FROM json_each(" + c.ids(slices.Compact(named(b.Test))) + ") " + n + " CROSS JOIN " + c.scope.kind.Table + " r WHERE " +
			and(tenant, id+" = "+n+".value", where, c.after(key, id), c.bars(c.scope, c.q.Read), c.filter(b)) + c.orderBy(key, id)}
	case p.Path == policy.PathLinked:
		return []string{from + and(tenant, c.linkedFrom(p), rest(key, id)) + c.orderBy(key, id)}
	}
	return []string{from + and(tenant, c.path(c.scope, b.Path, true), rest(key, id)) + c.orderBy(key, id)}
}

func (c *candidate) sortedByUpdate() bool { return c.q.Sort != nil && c.q.Sort.Name == "updated_at" }

// perUnit reads a page of each unit along its own index.
func (c *candidate) perUnit(field string, p *policy.BoundPath, key, rest string) []string {
	col := c.column("r", c.scope.kind.Field(field))
	id := c.scope.alias + ".id"
	sub := func(unit string) string {
		return "SELECT " + id + ", " + key + " AS sort_key FROM " + c.scope.kind.Table + " r WHERE " +
			and("r.tenant_id = "+c.tenant, col+" = "+unit, rest) + c.orderBy(key, id)
	}
	if c.dialect == Postgres {
		return []string{"SELECT y.* FROM unnest(" + c.ids(p.IDs) + ") d(unit) CROSS JOIN LATERAL (" + sub("d.unit") + ") y ORDER BY y.sort_key" + c.direction + ", y.id" + c.direction + c.limit()}
	}
	if len(p.IDs) <= min(unitFan, maxTerms/len(c.ways(c.q.Read))) {
		parts := make([]string, len(p.IDs))
		for i, u := range p.IDs {
			parts[i] = sub(c.arg(int64(u)))
		}
		return parts
	}
	return []string{"SELECT " + id + ", " + key + " AS sort_key FROM " + c.scope.kind.Table + " r WHERE " +
		and("r.tenant_id = "+c.tenant, c.isOneOf(col, p.IDs, true), rest) + c.orderBy(key, id)}
}

// linkedFrom starts from the related records, which are the few, and not from the kind's own.
func (c *candidate) linkedFrom(p *policy.BoundPath) string {
	other := scope{alias: c.alias("l"), kind: c.scope.kind.Related(p.Relation)}
	holder := c.scope.kind
	if p.Relation.Many {
		holder = other.kind
	}
	link := holder.Field(p.Relation.Field)
	if link.Custom {
		return c.path(c.scope, p, true) // a link in the JSON document has no column to join on
	}
	here, there := "r.id", c.column(other.alias, link)
	if !p.Relation.Many {
		here, there = c.column("r", link), other.alias+".id"
	}
	return here + " IN (SELECT " + there + " FROM " + other.kind.Table + " " + other.alias + " WHERE " +
		and(other.alias+".tenant_id = "+c.tenant, c.path(other, p.Via, true), c.pred(other, p.Cond, true)) + ")"
}
