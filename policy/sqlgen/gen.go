package sqlgen

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guan/policy"
)

// gen writes one statement. Fragments register their arguments as they are made; a placeholder's
// number is absolute, so fragments may be joined in any order.
type gen struct {
	dialect Dialect
	args    []any
	tenant  string // placeholder of the tenant's id
	aliases int
	// known holds the placeholder of each argument: the same forbids and filters stand in every
	// branch, and the databases take only so many parameters.
	known map[any]string
	// asked holds the fields of whose levels the statement speaks.
	asked []*policy.Field
	// joined holds the ways in of each reduction, so that a way is the same wherever it is asked.
	joined map[*policy.Reduction][]*policy.Branch
}

func newGen(d Dialect, tenant policy.ID) *gen {
	g := &gen{dialect: d, known: map[any]string{}, joined: map[*policy.Reduction][]*policy.Branch{}}
	g.tenant = g.arg(int64(tenant))
	return g
}

// forList is a generator of a statement over a list that speaks of some fields beside those that the
// list is filtered and sorted by; nil ones are left out.
func (d Dialect) forList(q *List, also ...*policy.Field) *gen {
	g := newGen(d, q.Tenant)
	g.ask(also...)
	g.ask(q.Sort)
	g.askPred(q.Filter)
	return g
}

func (g *gen) ask(fields ...*policy.Field) {
	for _, f := range fields {
		if f != nil && !slices.Contains(g.asked, f) {
			g.asked = append(g.asked, f)
		}
	}
}

func (g *gen) askPred(p *policy.Pred) {
	if p == nil || p.Parent != nil || p.Op == policy.OpExists {
		return // it speaks of other records
	}
	g.ask(p.Field, p.Other)
	g.ask(p.Searched...)
	for _, a := range p.Args {
		g.askPred(a)
	}
}

// listKey stands for a list among the arguments; a type of its own, so that no text equals it.
type listKey string

func (g *gen) arg(v any) string {
	key := v
	switch list := v.(type) {
	case []int64:
		key = listKey(fmt.Sprint(list))
	case []string:
		key = listKey(fmt.Sprintf("%q", list))
	}
	if g.known[key] == "" {
		g.args = append(g.args, v)
		g.known[key] = "$" + strconv.Itoa(len(g.args))
	}
	return g.known[key]
}

// float binds a float with its type, which PostgreSQL cannot guess in arithmetic.
func (g *gen) float(f float64) string {
	if g.dialect == Postgres {
		return g.arg(f) + "::float8"
	}
	return g.arg(f)
}

// ids binds a set of ids as one argument, so that the text does not depend on its size.
func (g *gen) ids(ids []policy.ID) string {
	if g.dialect == Postgres {
		list := make([]int64, len(ids))
		for i, id := range ids {
			list[i] = int64(id)
		}
		return g.arg(list) + "::bigint[]"
	}
	var b strings.Builder
	b.WriteByte('[')
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(id.String())
	}
	b.WriteByte(']')
	return g.arg(b.String())
}

func (g *gen) alias(prefix string) string {
	g.aliases++
	return prefix + strconv.Itoa(g.aliases)
}

// The constants of predicates.
const (
	sqlTrue  = "TRUE"
	sqlFalse = "FALSE"
)

func boolean(b bool) string {
	if b {
		return sqlTrue
	}
	return sqlFalse
}

// and joins fragments, leaving out what is always true.
func and(parts ...string) string {
	var kept []string
	for _, p := range parts {
		switch p {
		case sqlTrue, "":
		case sqlFalse:
			return sqlFalse
		default:
			kept = append(kept, p)
		}
	}
	switch len(kept) {
	case 0:
		return sqlTrue
	case 1:
		return kept[0]
	}
	return chain(kept, " AND ")
}

// chain joins fragments with an operator, very many of them as a tree: a database reads a chain
// as an expression as deep as it is long, and bounds the depth.
func chain(parts []string, operator string) string {
	const most = 100
	for len(parts) > most {
		var groups []string
		for group := range slices.Chunk(parts, most) {
			groups = append(groups, "("+strings.Join(group, operator)+")")
		}
		parts = groups
	}
	return "(" + strings.Join(parts, operator) + ")"
}

// or joins fragments, leaving out what is never true.
func or(parts ...string) string {
	var kept []string
	for _, p := range parts {
		switch p {
		case sqlFalse:
		case sqlTrue:
			return sqlTrue
		default:
			kept = append(kept, p)
		}
	}
	switch len(kept) {
	case 0:
		return sqlFalse
	case 1:
		return kept[0]
	}
	return chain(kept, " OR ")
}

// CustomColumn is the JSON column that holds a tenant's own fields.
const CustomColumn = "custom"

// JSONPath writes the expression that reads a custom field; the index on such a field must use
// the same text.
func JSONPath(d Dialect, alias string, f *policy.Field) string {
	column := alias + "." + CustomColumn
	if alias == "" {
		column = CustomColumn
	}
	key := "'" + f.Column + "'" // keys are checked identifiers
	switch {
	case d == SQLite && f.Type == policy.Set:
		return "(" + column + " -> '$." + f.Column + "')"
	case d == SQLite:
		return "(" + column + " ->> '$." + f.Column + "')"
	case f.Type == policy.Text:
		return "(" + column + " ->> " + key + ")"
	}
	return "(" + column + " -> " + key + ")"
}

// column reads a field of the record under the alias.
func (g *gen) column(alias string, f *policy.Field) string {
	if f.Custom {
		return JSONPath(g.dialect, alias, f)
	}
	if f.Type == policy.Place {
		return alias + "." + f.Column + "_x" // all five columns of a place are set, or none is
	}
	return alias + "." + f.Column
}

// jsonb reports whether the field is read as a jsonb value, so that the other side must be one.
func (g *gen) jsonb(f *policy.Field) bool {
	return g.dialect == Postgres && f.Custom && f.Type != policy.Text
}

// value binds a value for a comparison with the field.
func (g *gen) value(f *policy.Field, v policy.Value) string {
	raw := Bind(g.dialect, v)
	if !g.jsonb(f) {
		return g.arg(raw)
	}
	switch v.Type() {
	case policy.Bool:
		return "to_jsonb(" + g.arg(raw) + "::boolean)"
	case policy.Number:
		return "to_jsonb(" + g.arg(raw) + "::float8)"
	case policy.Text:
		return "to_jsonb(" + g.arg(raw) + "::text)"
	}
	return "to_jsonb(" + g.arg(raw) + "::bigint)"
}

// Bind gives the driver's form of a value other than a set or a place.
func Bind(_ Dialect, v policy.Value) any {
	switch v.Type() {
	case policy.Text:
		return v.Text()
	case policy.Number:
		return v.Float()
	case policy.Bool:
		return v.Bool()
	case 0:
		return nil
	}
	return v.Int()
}

func (g *gen) finish(text string) Statement { return Numbered(text, g.args) }

// Numbered numbers the placeholders anew in the order of the text, leaving out arguments of
// fragments that were dropped: PostgreSQL cannot type a parameter that nothing uses. A $ before a
// digit is always a placeholder, since no value stands in the text.
func Numbered(text string, given []any) Statement {
	var b strings.Builder
	b.Grow(len(text))
	var args []any
	place := make([]int, len(given)+1)
	for {
		before, after, found := strings.Cut(text, "$")
		b.WriteString(before)
		if !found {
			return Statement{b.String(), args}
		}
		n, digits := 0, 0
		for digits < len(after) && after[digits] >= '0' && after[digits] <= '9' {
			n = n*10 + int(after[digits]-'0')
			digits++
		}
		text = after[digits:]
		b.WriteByte('$')
		if n == 0 {
			b.WriteString(after[:digits]) // a path into a JSON document
			continue
		}
		if place[n] == 0 {
			args = append(args, given[n-1])
			place[n] = len(args)
		}
		b.WriteString(strconv.Itoa(place[n]))
	}
}
