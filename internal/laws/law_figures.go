package laws

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"guan/policy"
	"guan/policy/sqlgen"
)

// figureShift moves days to the company's clock, eight hours before Greenwich.
const figureShift = int64(8 * time.Hour / time.Microsecond)

// figures: the records of the list, cut into groups by any field, counted and summed, are what one
// reckons by hand from the plain values of the list; a record on which the field of the group, the
// sum or the currency is not plain counts nowhere.
func figures(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		b := c.bind(c.rules, ask.Person)
		filter := c.filter(b, ask)
		q := c.list(b, ask.Kind)
		q.Filter = filter
		all := c.visible(b, ask.Kind, filter)
		var fields []*policy.Field
		for _, f := range q.Read.Kind.Fields {
			if f.Type != policy.Set && f.Type != policy.Place && f.Type != policy.Number {
				fields = append(fields, f)
			}
		}
		// Each question asks for two cuts, other ones by the next.
		for _, f := range []*policy.Field{nil, fields[(i*3+ask.Cap+ask.Size)%len(fields)]} {
			cut := sqlgen.Cut{Field: f, Days: f != nil && f.Type == policy.Time, Shift: figureShift}
			c.cut(q, cut, nil, nil, all)
			if ask.Sum != "" {
				c.cut(q, cut, q.Read.Kind.Field(ask.Sum), q.Read.Kind.Field(ask.By), all)
			}
		}
	}
}

// population: the records of which somebody has figures, and the fields of each that may be used, are
// what Decide says of the action, read as a release of statistics reads them: by id, in both parts.
func population(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		b := c.bind(c.rules, ask.Person)
		read := b.Reduce(policy.Figures, ask.Kind)
		found := map[policy.ID]bool{}
		for _, part := range []sqlgen.Part{sqlgen.Known, sqlgen.Rest} {
			q := &sqlgen.List{Tenant: tenant, Epoch: epoch, Read: read, Sort: read.Kind.Field("id"), Part: part, Limit: 1000}
			page, rows := c.page("population", q)
			for _, l := range rows {
				if found[l.id] {
					c.fail("population", "%d comes twice\n%s", l.id, page.SQL)
				}
				found[l.id] = true
				for _, row := range c.of(ask.Kind) {
					if row.ID == l.id {
						c.answers("population", b, q, page, row, l, "by id")
					}
				}
			}
		}
		for _, row := range c.of(ask.Kind) {
			if want := c.decide(b, row, policy.Figures).Allowed; want != found[row.ID] {
				c.fail("population", "%s %d: read %v, decided %v", row.Kind, row.ID, found[row.ID], want)
			}
		}
	}
}

func (c *checker) cut(q *sqlgen.List, cut sqlgen.Cut, measure, by *policy.Field, all []shown) {
	want := map[string]*total{}
	for _, s := range all {
		plain := func(f *policy.Field) bool { return f == nil || s.outcome.Level(f) == policy.Plain }
		if !plain(cut.Field) || !plain(measure) || !plain(by) || measure != nil && s.row.Values[measure.Name].Missing() {
			continue
		}
		key := "text:"
		if cut.Field != nil {
			key = groupOf(cut, s.row.Values[cut.Field.Name])
		}
		if key += " in "; by != nil && !s.row.Values[by.Name].Missing() {
			key += "text:" + s.row.Values[by.Name].Text()
		} else if by != nil {
			key += "none"
		} else {
			key += "text:"
		}
		t := want[key]
		if t == nil {
			t = &total{exact: new(big.Int)}
			want[key] = t
		}
		t.n++
		if measure != nil {
			v := s.row.Values[measure.Name]
			t.number += v.Float()
			t.exact.Add(t.exact, big.NewInt(v.Int()))
		}
	}
	statement := c.d.dialect.Figures(q, cut, measure, by)
	rows := c.query("figures", statement)
	rows = slices.DeleteFunc(rows, func(r []any) bool {
		if r[0] != epoch {
			c.fail("figures", "a row carries the epoch %v", r[0])
		}
		return r[5] == nil
	})
	if len(rows) != len(want) {
		c.fail("figures", "%v instead of %d groups %v\n%s\n%v", rows, len(want), want, statement.SQL, statement.Args)
	}
	word := func(cell any) string {
		if cell == nil {
			return "none"
		}
		return "text:" + fmt.Sprint(cell)
	}
	for _, r := range rows {
		t := want[word(r[1])+" in "+word(r[2])]
		if t == nil || r[5] != t.n || measure != nil && !t.equals(measure, fmt.Sprint(r[3]), fmt.Sprint(r[4])) {
			c.fail("figures", "%v instead of %+v\n%s\n%v", r, t, statement.SQL, statement.Args)
		}
	}
}

// groupOf is the group of a value as the statement names it.
func groupOf(cut sqlgen.Cut, v policy.Value) string {
	if v.Missing() {
		return "none"
	}
	switch v.Type() {
	case policy.Text:
		return "text:" + v.Text()
	case policy.Bool:
		if v.Bool() {
			return "text:1"
		}
		return "text:0"
	case policy.Time:
		day := v.Time().Add(time.Duration(cut.Shift) * time.Microsecond).Truncate(24 * time.Hour)
		return "text:" + strconv.FormatInt(floorDiv(day.Unix(), 86400), 10)
	}
	return "text:" + strconv.FormatInt(v.Int(), 10)
}

func floorDiv(a, b int64) int64 {
	if q := a / b; a%b >= 0 {
		return q
	}
	return a/b - 1
}
