package laws

import (
	"fmt"
	"math"
	"math/big"
	"strconv"

	"guan/policy"
)

// totals: the count is that of the list, up to the cap; a sum is over the records of the list on
// which the field and its currency are plain.
func totals(c *checker) {
	for i := range c.w.Asks {
		ask := &c.w.Asks[i]
		b := c.bind(c.rules, ask.Person)
		filter := c.filter(b, ask)
		q := c.list(b, ask.Kind)
		q.Filter = filter
		all := c.visible(b, ask.Kind, filter)
		s := c.d.dialect.Count(q, ask.Cap)
		got := c.query("count", s)
		if len(got) != 1 || got[0][0] != epoch || got[0][1] != int64(min(len(all), ask.Cap+1)) {
			c.fail("count", "%v instead of %d, at most %d+1\n%s\n%v", got, len(all), ask.Cap, s.SQL, s.Args)
		}
		if ask.Sum != "" {
			c.sum(ask, q.Read, func(field, by *policy.Field) [][]any {
				return c.query("sum", c.d.dialect.Sum(q, field, by))
			}, all)
		}
	}
}

// total is a sum over n records.
type total struct {
	exact  *big.Int
	number float64
	n      int64
}

func (c *checker) sum(ask *Ask, read *policy.Reduction, ask2 func(field, by *policy.Field) [][]any, all []shown) {
	field, by := read.Kind.Field(ask.Sum), read.Kind.Field(ask.By)
	want := map[string]*total{}
	for _, s := range all {
		v := s.row.Values[field.Name]
		if v.Missing() || s.outcome.Level(field) != policy.Plain || by != nil && s.outcome.Level(by) != policy.Plain {
			continue
		}
		key := "text:"
		if by != nil {
			if key = "none"; !s.row.Values[by.Name].Missing() {
				key = "text:" + s.row.Values[by.Name].Text()
			}
		}
		t := want[key]
		if t == nil {
			t = &total{exact: new(big.Int)}
			want[key] = t
		}
		t.n++
		t.number += v.Float()
		t.exact.Add(t.exact, big.NewInt(v.Int()))
	}
	rows := ask2(field, by)
	for _, r := range rows {
		if r[0] != epoch {
			c.fail("sum", "a row carries the epoch %v", r[0])
		}
		if r[4] == nil && len(rows) == 1 {
			rows = nil
			break
		}
	}
	if len(rows) != len(want) {
		c.fail("sum", "%s by %q: %v instead of %d sums", ask.Sum, ask.By, rows, len(want))
	}
	for _, r := range rows {
		key := "none"
		if r[1] != nil {
			key = "text:" + fmt.Sprint(r[1])
		}
		t := want[key]
		if t == nil || r[4] != t.n || !t.equals(field, fmt.Sprint(r[2]), fmt.Sprint(r[3])) {
			c.fail("sum", "%s by %q: %v instead of %+v", ask.Sum, ask.By, r, t)
		}
	}
}

func (t *total) equals(field *policy.Field, high, low string) bool {
	if field.Type == policy.Number {
		x, err := strconv.ParseFloat(high, 64)
		// The order of the sum is the database's.
		return err == nil && math.Abs(x-t.number) <= 1e-9*max(1, math.Abs(x), math.Abs(t.number))+1
	}
	h, ok1 := new(big.Int).SetString(high, 10)
	l, ok2 := new(big.Int).SetString(low, 10)
	return ok1 && ok2 && h.Mul(h, big.NewInt(1_000_000_000)).Add(h, l).Cmp(t.exact) == 0
}
