package sqlgen

import (
	"math"
	"slices"
	"strings"

	"guan/policy"
)

// scope is where a predicate stands: the alias of the record, and, for a user's filter, the
// guard that lets a comparison count only where its field is plain.
type scope struct {
	alias string
	kind  *policy.KindSchema
	plain func(*policy.Field) string
}

// pred writes 'certainly true' (yes) or 'certainly false' (!yes). The text may be NULL where
// the answer is unknown, which a WHERE takes for no.
func (g *gen) pred(s scope, p *policy.Pred, yes bool) string {
	switch p.Op {
	case policy.OpConst:
		return boolean(p.Const == policy.Yes && yes || p.Const == policy.No && !yes)
	case policy.OpAll, policy.OpAny:
		args := p.Args
		if p.Op == policy.OpAny && !yes {
			args = joinTags(args)
		}
		parts := make([]string, len(args))
		for i, a := range slices.SortedStableFunc(slices.Values(args), func(a, b *policy.Pred) int { return weight(a) - weight(b) }) {
			parts[i] = g.pred(s, a, yes)
		}
		if (p.Op == policy.OpAll) == yes {
			return and(parts...)
		}
		return or(parts...)
	case policy.OpNot:
		return g.pred(s, p.Args[0], !yes)
	case policy.OpExists:
		return g.exists(s, p, yes)
	case policy.OpSearch:
		return g.search(s, p, yes)
	}
	return g.leaf(s, p, yes)
}

// weight is how much a predicate asks of the database: a value of the row, a list within it, other
// rows. What is cheap stands first, and often spares the rest.
func weight(p *policy.Pred) int {
	switch {
	case p.Op == policy.OpExists || p.Op == policy.OpSearch || p.Parent != nil:
		return 2
	case p.Op == policy.OpTag:
		return 1
	case len(p.Args) > 0:
		return weight(slices.MaxFunc(p.Args, func(a, b *policy.Pred) int { return weight(a) - weight(b) }))
	}
	return 0
}

// joinTags makes one question of those for members of the same set, where none may be there. The
// other way round each would have an index of its own.
func joinTags(args []*policy.Pred) []*policy.Pred {
	var out []*policy.Pred
	at := map[*policy.Field]int{}
	for _, a := range args {
		if a.Op != policy.OpTag || a.Parent != nil {
			out = append(out, a)
		} else if i, ok := at[a.Field]; ok {
			out[i].Values = append(out[i].Values, a.Value)
		} else {
			at[a.Field] = len(out)
			out = append(out, &policy.Pred{Op: policy.OpTag, Field: a.Field, Values: []policy.Value{a.Value}})
		}
	}
	return out
}

func (g *gen) leaf(s scope, p *policy.Pred, yes bool) string {
	guard := sqlTrue
	if s.plain != nil {
		guard = s.plain(p.Field)
		if p.Other != nil {
			guard = and(guard, s.plain(p.Other))
		}
		if guard == sqlFalse {
			return sqlFalse
		}
	}
	if p.Parent == nil {
		return and(guard, g.compare(s.alias, p, yes))
	}
	a := g.alias("p")
	link := s.kind.Field(p.Parent.Field)
	return and(guard, "EXISTS (SELECT 1 FROM "+s.kind.Related(p.Parent).Table+" "+a+" WHERE "+a+".tenant_id = "+g.tenant+
		" AND "+a+".id = "+g.reference(s.alias, link)+" AND "+g.compare(a, p, yes)+")")
}

var operators = map[policy.Op][2]string{ // yes, no
	policy.OpEq: {" = ", " <> "}, policy.OpNe: {" <> ", " = "},
	policy.OpLt: {" < ", " >= "}, policy.OpGe: {" >= ", " < "},
	policy.OpGt: {" > ", " <= "}, policy.OpLe: {" <= ", " > "},
}

func (g *gen) compare(alias string, p *policy.Pred, yes bool) string {
	col := g.column(alias, p.Field)
	if pair, ok := operators[p.Op]; ok {
		sign := pair[0]
		if !yes {
			sign = pair[1]
		}
		return col + sign + g.right(alias, p)
	}
	switch p.Op {
	case policy.OpHas:
		if yes {
			return col + " IS NOT NULL"
		}
		return col + " IS NULL"
	case policy.OpIn:
		return g.in(col, p, yes)
	case policy.OpStarts, policy.OpEnds, policy.OpContains:
		return g.match(col, p, yes)
	case policy.OpTag:
		if p.Values == nil {
			return g.tag(col, []string{p.Value.Text()}, yes)
		}
		tags := make([]string, len(p.Values))
		for i, v := range p.Values {
			tags[i] = v.Text()
		}
		return g.tag(col, tags, yes)
	case policy.OpWithin:
		return g.within(alias, p.Field, p.Point, p.Chord2, yes)
	}
	return sqlFalse // an operator that nobody taught the compiler lets nothing through
}

func (g *gen) right(alias string, p *policy.Pred) string {
	if p.Other == nil {
		return g.value(p.Field, p.Value)
	}
	col := g.column(alias, p.Other)
	// Two columns of one type, of which only one stands in the JSON document, meet as jsonb.
	if g.jsonb(p.Field) && !p.Other.Custom {
		return "to_jsonb(" + col + ")"
	}
	if g.jsonb(p.Other) && !p.Field.Custom {
		return "(" + col + ")" + jsonCast(p.Field.Type)
	}
	return col
}

// jsonCast turns a jsonb scalar of the given type into the column's type. The document holds
// only values of the declared type, so the cast cannot fail.
func jsonCast(t policy.Type) string {
	switch t {
	case policy.Number:
		return "::float8"
	case policy.Bool:
		return "::boolean"
	}
	return "::bigint"
}

func (g *gen) in(col string, p *policy.Pred, yes bool) string {
	if len(p.Values) == 0 {
		if yes {
			return sqlFalse
		}
		return col + " IS NOT NULL"
	}
	if p.Field.Type == policy.Ref && !p.Field.Custom {
		ids := make([]policy.ID, len(p.Values))
		for i, v := range p.Values {
			ids[i] = v.ID()
		}
		return col + g.among(ids, yes)
	}
	list := make([]string, len(p.Values))
	for i, v := range p.Values {
		list[i] = g.value(p.Field, v)
	}
	sign := " IN ("
	if !yes {
		sign = " NOT IN ("
	}
	return col + sign + strings.Join(list, ", ") + ")"
}

// match looks for a needle. LIKE and GLOB are the two databases' case-sensitive matchers; every
// character of the needle that means something to them is escaped.
func (g *gen) match(col string, p *policy.Pred, yes bool) string {
	wild, escape, sign := "*", globEscape, " GLOB "
	if g.dialect == Postgres {
		wild, escape, sign = "%", likeEscape, " LIKE "
	}
	pattern := escape.Replace(p.Value.Text())
	if p.Op != policy.OpStarts {
		pattern = wild + pattern
	}
	if p.Op != policy.OpEnds {
		pattern += wild
	}
	if !yes {
		sign = " NOT" + sign
	}
	return col + sign + g.arg(pattern)
}

var (
	likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	globEscape = strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`)
)

// tag says that one of the tags is in the set, or that none is.
func (g *gen) tag(col string, tags []string, yes bool) string {
	var member string
	none := ""
	switch {
	case g.dialect == SQLite:
		none = col + " = '[]' OR " // most sets are empty, and to read one as JSON costs a hundred times as much
		a := g.alias("j")
		list := make([]string, len(tags))
		for i, tag := range tags {
			list[i] = g.arg(tag)
		}
		member = "EXISTS (SELECT 1 FROM json_each(" + col + ") " + a + " WHERE " + a + ".value IN (" + strings.Join(list, ", ") + "))"
	case len(tags) == 1:
		member = col + " @> to_jsonb(" + g.arg(tags[0]) + "::text)"
	default:
		member = col + " ?| " + g.arg(tags) + "::text[]"
	}
	if yes {
		return member
	}
	return "(" + col + " IS NOT NULL AND (" + none + "NOT " + member + "))"
}

// within compares squared chords; the box before it is only there for the index and is a little
// larger than the circle, so that it never decides.
func (g *gen) within(alias string, f *policy.Field, c policy.Point, chord2 float64, yes bool) string {
	dist := func(axis string, v float64) string {
		d := "(" + alias + "." + f.Column + axis + " - " + g.float(v) + ")"
		return d + " * " + d
	}
	chord := "((" + dist("_x", c.X) + ") + (" + dist("_y", c.Y) + ")) + (" + dist("_z", c.Z) + ")"
	if !yes {
		return chord + " > " + g.float(chord2)
	}
	return and(g.box(alias+"."+f.Column, c, chord2), chord+" <= "+g.float(chord2))
}

func (g *gen) box(column string, c policy.Point, chord2 float64) string {
	lat1, lat2, lng1, lng2, wrapped := Box(c, chord2)
	lat := column + "_lat BETWEEN " + g.float(lat1) + " AND " + g.float(lat2)
	if wrapped {
		return lat
	}
	return and(lat, column+"_lng BETWEEN "+g.float(lng1)+" AND "+g.float(lng2))
}

// Box gives degrees around a point that certainly hold everything within the chord; wrapped says
// that longitude cannot be bounded, because the circle holds a pole or crosses the date line.
func Box(c policy.Point, chord2 float64) (lat1, lat2, lng1, lng2 float64, wrapped bool) {
	angle := 2*math.Asin(min(1, math.Sqrt(chord2)/2)) + 1e-9
	d := angle * 180 / math.Pi
	lat1, lat2 = c.Lat-d, c.Lat+d
	if lat1 <= -90 || lat2 >= 90 {
		return lat1, lat2, 0, 0, true
	}
	w := math.Asin(min(1, math.Sin(angle)/math.Cos(c.Lat*math.Pi/180)))*180/math.Pi + 1e-9
	lng1, lng2 = c.Lng-w, c.Lng+w
	return lat1, lat2, lng1, lng2, lng1 < -180 || lng2 > 180
}

func (g *gen) exists(s scope, p *policy.Pred, yes bool) string {
	var inner *policy.Pred
	if len(p.Args) == 1 {
		inner = p.Args[0]
	}
	return g.related(s, p.Relation, yes, func(child scope, yes bool) string {
		if inner == nil {
			return boolean(yes)
		}
		return g.pred(child, inner, yes)
	})
}

// related writes 'some related record certainly satisfies' or 'every one certainly does not'.
func (g *gen) related(s scope, r *policy.Relation, yes bool, inner func(scope, bool) string) string {
	other := s.kind.Related(r)
	child := scope{alias: g.alias("c"), kind: other}
	from := "EXISTS (SELECT 1 FROM " + other.Table + " " + child.alias + " WHERE " + child.alias + ".tenant_id = " + g.tenant + " AND " + g.link(s, child, r)
	if yes {
		return from + " AND " + inner(child, true) + ")"
	}
	return "NOT " + from + " AND (" + inner(child, false) + ") IS NOT TRUE)"
}

// link joins a record with its related one.
func (g *gen) link(s, child scope, r *policy.Relation) string {
	if r.Many {
		return g.reference(child.alias, child.kind.Field(r.Field)) + " = " + s.alias + ".id"
	}
	return child.alias + ".id = " + g.reference(s.alias, s.kind.Field(r.Field))
}

// reference reads a reference as an id, also where it stands in the JSON document.
func (g *gen) reference(alias string, f *policy.Field) string {
	if g.jsonb(f) {
		return "(" + g.column(alias, f) + ")" + jsonCast(f.Type)
	}
	return g.column(alias, f)
}

// SearchColumn names the search document of a class: a text[] column of the kind's table in
// PostgreSQL, a column of the kind's FTS5 table in SQLite.
func SearchColumn(c policy.Class) string { return "search_" + string(c) }

// SearchTable names the kind's FTS5 table.
func SearchTable(k *policy.KindSchema) string { return k.Table + "_search" }

func (g *gen) search(s scope, p *policy.Pred, yes bool) string {
	guard := sqlTrue
	if s.plain != nil {
		for _, f := range p.Searched {
			guard = and(guard, s.plain(f))
		}
		if guard == sqlFalse {
			return sqlFalse
		}
	}
	column := SearchColumn(p.Class)
	var found string
	if g.dialect == Postgres {
		found = s.alias + "." + column + " @> " + g.arg(p.Terms) + "::text[]"
	} else {
		quoted := make([]string, len(p.Terms))
		for i, t := range p.Terms {
			quoted[i] = `"` + strings.ReplaceAll(t, `"`, `""`) + `"`
		}
		match := "{" + column + "} : (" + strings.Join(quoted, " AND ") + ")"
		table := SearchTable(s.kind)
		found = s.alias + ".id IN (SELECT rowid FROM " + table + " WHERE " + table + " MATCH " + g.arg(match) + ")"
	}
	if !yes {
		found = "NOT " + found
	}
	return and(guard, found)
}
