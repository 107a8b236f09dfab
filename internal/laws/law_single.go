package laws

import (
	"cmp"
	"fmt"
	"slices"

	"guan/policy"
)

// single: the statement for one record finds it exactly when it may be read and the filter
// holds, with the same answers; a record that is hidden and one that does not exist give the
// same result; and another epoch gives no rows at all.
func single(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		b := c.bind(c.rules, ask.Person)
		filter := c.filter(b, ask)
		var hidden, open *policy.Row
		for _, row := range c.of(ask.Kind) {
			if _, ok := b.Visible(row, filter); ok {
				open = row
			} else {
				hidden = row
			}
		}
		var results []string
		for _, row := range []*policy.Row{open, hidden, {ID: gone}} {
			if row == nil {
				continue
			}
			q := c.list(b, ask.Kind)
			q.Filter, q.ID = filter, row.ID
			page, found := c.page("single", q)
			if row == open {
				if len(found) != 1 || found[0].id != row.ID {
					c.fail("single", "%s %d is not found by its id\n%s\n%v", ask.Kind, row.ID, page.SQL, page.Args)
				}
				c.answers("single", b, q, page, row, found[0], "by id")
				c.columns("single", q, row, found[0])
				continue
			}
			if len(found) > 0 {
				c.fail("single", "%s %d is found by its id\n%s\n%v", ask.Kind, row.ID, page.SQL, page.Args)
			}
			results = append(results, fmt.Sprint(page.empty))
		}
		if len(results) == 2 && results[0] != results[1] {
			c.fail("single", "what is hidden answers %s, what does not exist %s", results[0], results[1])
		}
		c.several(b, ask, filter)
		c.refused(b, ask)
		c.share(b, ask)
		if i == 0 {
			c.otherEpoch(b, ask)
		}
	}
}

// several: of records named by their ids a list gives those that it shows anyway.
func (c *checker) several(b *policy.Bound, ask *Ask, filter *policy.Pred) {
	q := c.list(b, ask.Kind)
	q.Filter, q.IDs = filter, []policy.ID{gone}
	var want []policy.ID
	for i, row := range c.of(ask.Kind) {
		if i%3 == 1 {
			continue
		}
		q.IDs = append(q.IDs, row.ID)
		if _, ok := b.Visible(row, filter); ok {
			want = append(want, row.ID)
		}
	}
	page, found := c.page("several", q)
	if got := ids(found); !slices.Equal(got, want) {
		c.fail("several", "of %v came %v, not %v\n%s", q.IDs, got, want, page.SQL)
	}
}

// refused: asked past the rules of records that they may keep out, the statement finds each of them, none
// that does not exist, and names the forbids and permits that a loaded record names.
func (c *checker) refused(b *policy.Bound, ask *Ask) {
	for _, action := range []policy.Action{policy.Read, policy.Edit} {
		r := b.Reduce(action, ask.Kind)
		q := c.list(b, ask.Kind)
		q.Read, q.Also, q.Columns, q.IDs, q.Apart, q.Limit = policy.Unruled(r.Kind), []*policy.Reduction{r}, nil, []policy.ID{gone}, true, 1+len(c.of(ask.Kind))
		rows := map[policy.ID]*policy.Row{}
		for _, row := range c.of(ask.Kind) {
			rows[row.ID] = row
			q.IDs = append(q.IDs, row.ID)
		}
		page, found := c.page("refused", q)
		if len(found) != len(rows) {
			c.fail("refused", "of %d records came %d\n%s", len(rows), len(found), page.SQL)
		}
		for _, got := range found {
			row := rows[got.id]
			open, forbids, permits := r.Shut(page.Answers(got.id, got.words), nil)
			mine, bars, ways := r.Shut(func(t *policy.Test) policy.Tri { return t.Match(row) }, nil)
			if open != mine || !slices.Equal(forbids, bars) || !slices.Equal(permits, ways) {
				c.fail("refused", "%s %s %d: %v %v %v in the database, %v %v %v here\n%s\n%v", action, ask.Kind, got.id, open, forbids, permits, mine, bars, ways, page.SQL, page.Args)
			}
		}
	}
}

// share: the estimate counts what may be read among the most recently changed.
func (c *checker) share(b *policy.Bound, ask *Ask) {
	rows := c.of(ask.Kind)
	slices.SortFunc(rows, func(x, y *policy.Row) int {
		return cmp.Or(compare(y.Values["updated_at"], x.Values["updated_at"]), int(y.ID-x.ID))
	})
	rows = rows[:min(len(rows), ask.Size)]
	seen := 0
	for _, row := range rows {
		if c.decide(b, row, policy.Read).Allowed {
			seen++
		}
	}
	s := c.d.dialect.Share(c.list(b, ask.Kind), ask.Size)
	if got := c.query("share", s); len(got) != 1 || got[0][0] != int64(len(rows)) || got[0][1] != int64(seen) {
		c.fail("share", "%v instead of %d of %d\n%s\n%v", got, seen, len(rows), s.SQL, s.Args)
	}
}

// otherEpoch asks with rules of another version than the database's.
func (c *checker) otherEpoch(b *policy.Bound, ask *Ask) {
	q := c.list(b, ask.Kind)
	q.Epoch, q.Plan = epoch-1, plans[ask.Plan]
	statements := map[string][][]any{
		"page":  c.query("epoch", c.d.dialect.Page(q).Statement),
		"count": c.query("epoch", c.d.dialect.Count(q, 100)),
	}
	if ask.Sum != "" {
		statements["sum"] = c.query("epoch", c.d.dialect.Sum(q, q.Read.Kind.Field(ask.Sum), nil))
	}
	for name, rows := range statements {
		if len(rows) != 1 || rows[0][0] != epoch {
			c.fail("epoch", "the %s gives %v", name, rows)
		}
		for _, cell := range rows[0][1:] {
			if cell != nil {
				c.fail("epoch", "the %s gives %v", name, rows)
			}
		}
	}
}
