package laws

import (
	"fmt"
	"slices"

	"guan/policy"
	"guan/policy/sqlgen"
)

// listed is a row as a statement gave it.
type listed struct {
	id      policy.ID
	words   []int64
	columns []any
	raw     []any
}

// answered is a statement that was run.
type answered struct {
	*sqlgen.Page
	empty [][]any // what came, when no record did
}

// page runs a list and returns its rows; none when the epoch is another.
func (c *checker) page(law string, q *sqlgen.List) (*answered, []listed) {
	page := &answered{Page: c.d.dialect.Page(q)}
	c.stats.Pages++
	raw := c.query(law, page.Statement)
	var out []listed
	for _, r := range raw {
		if r[0] != epoch {
			c.fail(law, "a row carries the epoch %v\n%s", r[0], page.SQL)
		}
		if r[1] == nil {
			if len(raw) > 1 {
				c.fail(law, "a page has rows and none\n%s", page.SQL)
			}
			page.empty = raw
			return page, nil
		}
		l := listed{id: policy.ID(r[1].(int64)), columns: r[3+page.Words : len(r)-1], raw: r}
		for _, word := range r[3 : 3+page.Words] {
			l.words = append(l.words, word.(int64))
		}
		out = append(out, l)
	}
	c.stats.Rows += int64(len(out))
	return page, out
}

// query runs a statement and returns its rows.
func (c *checker) query(law string, s sqlgen.Statement) [][]any {
	c.stats.Statements++
	rows, err := c.d.db.QueryContext(c.ctx, s.SQL, s.Args...)
	if err != nil {
		c.fail(law, "%v\n%s\n%v", err, s.SQL, s.Args)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		c.fail(law, "%v", err)
	}
	var out [][]any
	for rows.Next() {
		cells := make([]any, len(names))
		to := make([]any, len(names))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			c.fail(law, "%v\n%s", err, s.SQL)
		}
		out = append(out, cells)
	}
	if err := rows.Err(); err != nil {
		c.fail(law, "%v\n%s\n%v", err, s.SQL, s.Args)
	}
	return out
}

// list makes the question for a whole list.
func (c *checker) list(b *policy.Bound, kind policy.Kind) *sqlgen.List {
	read := b.Reduce(policy.Read, kind)
	q := &sqlgen.List{
		Tenant: tenant, Epoch: epoch, Read: read, Limit: 1000,
		Also: []*policy.Reduction{b.Reduce(policy.Edit, kind), b.Reduce(policy.Delete, kind)},
	}
	if read.Kind.Pool != "" { // as a list of the product asks for its rows
		for _, action := range poolActions {
			q.Also = append(q.Also, b.Reduce(action, kind))
		}
	}
	for _, f := range read.Kind.Fields {
		if read.Reach(f) > policy.Hidden {
			q.Columns = append(q.Columns, f)
		}
	}
	return q
}

var plans = []sqlgen.Plan{sqlgen.Branches, sqlgen.Walk, sqlgen.NaiveOr}

var planNames = []string{"branches", "walk", "naive or"}

// lists: for every plan, SQL returns exactly the rows that Decide allows to read, and the answers
// beside them give exactly the same levels and writability, for reading and for other actions.
func lists(c *checker) {
	for _, ask := range c.w.Asks {
		b := c.bind(c.rules, ask.Person)
		for i, plan := range plans {
			q := c.list(b, ask.Kind)
			q.Plan = plan
			c.whole("list", b, q, planNames[i])
		}
	}
}

// whole compares a list of everything with the decisions.
func (c *checker) whole(law string, b *policy.Bound, q *sqlgen.List, plan string) map[policy.ID]policy.Outcome {
	page, found := c.page(law, q)
	seen := map[policy.ID]policy.Outcome{}
	byID := map[policy.ID]listed{}
	for _, l := range found {
		if _, twice := byID[l.id]; twice {
			c.fail(law, "%s: %d comes twice\n%s", plan, l.id, page.SQL)
		}
		byID[l.id] = l
	}
	for _, row := range c.of(q.Read.Kind.Name) {
		want := c.decide(b, row, policy.Read)
		l, ok := byID[row.ID]
		delete(byID, row.ID)
		if ok != want.Allowed {
			c.fail(law, "%s: %s %d: listed %v, decided %v\n%s\n%v", plan, row.Kind, row.ID, ok, want.Allowed, page.SQL, page.Args)
		}
		if !ok {
			continue
		}
		seen[row.ID] = c.answers(law, b, q, page, row, l, plan)
		c.columns(law, q, row, l)
	}
	for id := range byID {
		c.fail(law, "%s: %d is listed and no record\n%s", plan, id, page.SQL)
	}
	return seen
}

// answers compares what the bits of a row say with the decisions, and returns the reading one.
func (c *checker) answers(law string, b *policy.Bound, q *sqlgen.List, page *answered, row *policy.Row, l listed, plan string) policy.Outcome {
	answer := page.Answers(l.id, l.words)
	for _, r := range append([]*policy.Reduction{q.Read}, q.Also...) {
		want, got := c.decide(b, row, r.Action), r.Outcome(answer)
		if !same(want, got) {
			c.fail(law, "%s: %s %s %d: decided %v, the bits say %v\n%s", plan, r.Action, row.Kind, row.ID, show(r.Kind, want), show(r.Kind, got), page.SQL)
		}
	}
	return q.Read.Outcome(answer)
}

// columns compares the values that came with the record's.
func (c *checker) columns(law string, q *sqlgen.List, row *policy.Row, l listed) {
	cells := l.columns
	for _, f := range q.Columns {
		want := row.Values[f.Name]
		if f.Type == policy.Place {
			if lat, ok := cells[0].(float64); ok == want.Missing() || ok && (lat != want.Point().Lat || cells[1] != want.Point().Lng) {
				c.fail(law, "%s %d: %s came as %v, %v", row.Kind, row.ID, f.Name, cells[0], cells[1])
			}
			cells = cells[2:]
			continue
		}
		if got := c.d.cell(f, cells[0]); got.Missing() != want.Missing() || !got.Missing() && !got.Equal(want) {
			c.fail(law, "%s %d: %s came as %#v, stands as %#v", row.Kind, row.ID, f.Name, cells[0], jsonOf(want))
		}
		cells = cells[1:]
	}
	if len(cells) > 0 {
		c.fail(law, "%s: %d columns came that nobody asked for", row.Kind, len(cells))
	}
}

// reach: what is hidden on every record by the reduction's own account is hidden on each; only
// then may its column stay in the database.
func reach(c *checker) {
	for _, ask := range c.w.Asks {
		b := c.bind(c.rules, ask.Person)
		for _, action := range []policy.Action{policy.Read, policy.Export} {
			r := b.Reduce(action, ask.Kind)
			for _, row := range c.of(ask.Kind) {
				o := c.decide(b, row, action)
				for _, f := range r.Kind.Fields {
					if o.Level(f) > r.Reach(f) {
						c.fail("reach", "%s.%s is %s on %d and at most %s", ask.Kind, f.Name, o.Level(f), row.ID, r.Reach(f))
					}
					if o.Editable(f) && o.Level(f) != policy.Plain {
						c.fail("reach", "%s.%s is %s on %d and may be written", ask.Kind, f.Name, o.Level(f), row.ID)
					}
				}
				if o.Allowed && r.None() {
					c.fail("reach", "%s %d may be reached by no way", ask.Kind, row.ID)
				}
				if r.All() && !o.Allowed {
					c.fail("reach", "%s %d may not be reached though all may", ask.Kind, row.ID)
				}
			}
		}
	}
}

// show writes an outcome for people: what is not hidden, and what may be written.
func show(k *policy.KindSchema, o policy.Outcome) string {
	if !o.Allowed {
		return "no"
	}
	var fields []string
	for _, f := range k.Fields {
		if level := o.Level(f); level > policy.Hidden {
			text := f.Name + ":" + level.String()
			if o.Editable(f) {
				text += "+"
			}
			fields = append(fields, text)
		}
	}
	slices.Sort(fields)
	return fmt.Sprint(fields)
}
