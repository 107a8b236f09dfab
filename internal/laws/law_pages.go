package laws

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"guan/policy"
	"guan/policy/sqlgen"
)

// filter binds what an ask filters and searches by, of encrypted fields by what stands for their values; nil for
// nothing.
func (c *checker) filter(b *policy.Bound, ask *Ask) *policy.Pred {
	if ask.Filter == nil {
		return c.bound(b, ask, nil)
	}
	indexed, err := c.w.indexed(ask)
	if err != nil {
		c.fail("valid", "filter: %v", err)
	}
	return c.bound(b, ask, indexed)
}

func (c *checker) bound(b *policy.Bound, ask *Ask, cond *policy.Cond) *policy.Pred {
	var filter *policy.Pred
	if cond != nil {
		p, err := b.BindFilter(ask.Kind, cond)
		if err != nil {
			c.fail("valid", "filter: %v", err)
		}
		filter = p
	}
	if len(ask.Terms) > 0 {
		filter = policy.And(filter, policy.SearchPred(schema.Kind(ask.Kind), ask.Terms))
	}
	return filter
}

// shown is a record that a list shows.
type shown struct {
	row     *policy.Row
	outcome policy.Outcome
}

// visible gives the records that a filtered list shows, by the decisions.
func (c *checker) visible(b *policy.Bound, kind policy.Kind, filter *policy.Pred) []shown {
	var out []shown
	for _, row := range c.of(kind) {
		c.stats.Decisions++
		if o, ok := b.Visible(row, filter); ok {
			out = append(out, shown{row, o})
		}
	}
	return out
}

// pages: under a filter, a search and a sort, the pages put together are the whole list in the
// right order, no row twice and none lost: first those whose sort field is known and plain, by
// value and id, then the others by id.
func pages(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		b := c.bind(c.rules, ask.Person)
		filter := c.filter(b, ask)
		field := schema.Kind(ask.Kind).Field(ask.Sort)
		known, rest := c.ordered(b, ask, filter, field)
		c.paged(b, ask, filter, field, sqlgen.Known, known)
		if field != nil {
			c.paged(b, ask, filter, field, sqlgen.Rest, rest)
		}
	}
}

func (c *checker) ordered(b *policy.Bound, ask *Ask, filter *policy.Pred, field *policy.Field) (known, rest []shown) {
	for _, s := range c.visible(b, ask.Kind, filter) {
		if field == nil || s.outcome.Level(field) == policy.Plain && !s.row.Values[field.Name].Missing() {
			known = append(known, s)
		} else {
			rest = append(rest, s)
		}
	}
	sign := 1
	if ask.Desc {
		sign = -1
	}
	byID := func(x, y shown) int { return sign * int(x.row.ID-y.row.ID) }
	slices.SortFunc(rest, byID)
	slices.SortFunc(known, func(x, y shown) int {
		if field == nil {
			return byID(x, y)
		}
		return cmp.Or(sign*compare(x.row.Values[field.Name], y.row.Values[field.Name]), byID(x, y))
	})
	return known, rest
}

// compare orders any two values of one type that can be sorted by: texts by their bytes.
func compare(v, w policy.Value) int {
	if v.Type() == policy.Text {
		return strings.Compare(v.Text(), w.Text())
	}
	if v.Type() == policy.Bool {
		return cmp.Compare(v.Int(), w.Int())
	}
	return v.Compare(w)
}

func (c *checker) paged(b *policy.Bound, ask *Ask, filter *policy.Pred, field *policy.Field, part sqlgen.Part, want []shown) {
	q := c.list(b, ask.Kind)
	q.Filter, q.Sort, q.Desc, q.Part, q.Limit, q.Plan = filter, field, ask.Desc, part, ask.Size, plans[ask.Plan]
	at := func(page *answered) string {
		return fmt.Sprintf("%s, part %d, page size %d, sort %q desc %v\n%s\n%v", planNames[ask.Plan], part, ask.Size, ask.Sort, ask.Desc, page.SQL, page.Args)
	}
	for done := 0; ; {
		page, found := c.page("pages", q)
		expect := want[done:min(done+ask.Size, len(want))]
		for i, l := range found {
			if i >= len(expect) || l.id != expect[i].row.ID {
				c.fail("pages", "after %d rows came %v, not %v\n%s", done, ids(found), rowIDs(expect), at(page))
			}
			c.answers("pages", b, q, page, expect[i].row, l, planNames[ask.Plan])
		}
		if len(found) != len(expect) {
			c.fail("pages", "after %d rows came %v, not %v\n%s", done, ids(found), rowIDs(expect), at(page))
		}
		if done += len(found); len(found) < ask.Size {
			break
		}
		last := want[done-1].row
		q.After = &sqlgen.Cursor{ID: last.ID}
		if field != nil && part == sqlgen.Known {
			q.After.Value = last.Values[field.Name]
		}
	}
}

func ids(found []listed) []policy.ID {
	out := make([]policy.ID, len(found))
	for i, l := range found {
		out[i] = l.id
	}
	return out
}

func rowIDs(want []shown) []policy.ID {
	out := make([]policy.ID, len(want))
	for i, s := range want {
		out[i] = s.row.ID
	}
	return out
}
