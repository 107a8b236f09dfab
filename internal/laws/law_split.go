package laws

import (
	"slices"

	"guan/internal/celoracle"
	"guan/policy"
)

// splits: a condition is true, false or unknown on every record, and the two statements made of
// it find exactly the true ones and exactly the false ones.
func splits(c *checker) {
	for i := range c.w.Splits {
		split := &c.w.Splits[i]
		k := schema.Kind(split.Kind)
		pred := c.pred(split)
		want := map[bool][]policy.ID{}
		for _, row := range c.of(split.Kind) {
			if t := pred.Eval(row); t != policy.Unknown {
				want[t == policy.Yes] = append(want[t == policy.Yes], row.ID)
			}
		}
		for _, yes := range []bool{true, false} {
			s := c.d.dialect.Predicate(tenant, k, pred, yes)
			var got []policy.ID
			for _, r := range c.query("split", s) {
				got = append(got, policy.ID(r[0].(int64)))
			}
			if !slices.Equal(got, want[yes]) {
				c.fail("split", "split %d, certainly %v: SQL finds %v, Go %v\n%s\n%s\n%v", i, yes, got, want[yes], policy.CELText(&split.Cond), s.SQL, s.Args)
			}
		}
	}
}

// voices: cel-go's own evaluator, over the condition's text, agrees with Go on every record.
func voices(c *checker) {
	for i := range c.w.Splits {
		split := &c.w.Splits[i]
		pred, who := c.pred(split), c.w.subject(split.Person)
		program, err := celoracle.Compile(&split.Cond)
		if err != nil {
			c.fail("cel", "split %d: %v", i, err)
		}
		for _, row := range c.of(split.Kind) {
			c.stats.Decisions++
			if got, want := program.Eval(row, who, c.w.context()), pred.Eval(row); got != want {
				c.fail("cel", "split %d on %s %d: cel-go says %s, Go %s\n%s", i, row.Kind, row.ID, got, want, program.Text())
			}
		}
	}
}

// pred binds the condition as that of a forbid, which is kept whatever its value is.
func (c *checker) pred(split *Split) *policy.Pred {
	rs := c.compile(c.w, []policy.Rule{{
		ID: "split", Kind: split.Kind, Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Scene: "laws",
		Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll}, When: &split.Cond,
	}})
	r := c.bind(rs, split.Person).Reduce(policy.Read, split.Kind)
	if len(r.Bars) == 0 {
		return &policy.Pred{Op: policy.OpConst, Const: policy.No}
	}
	return r.Bars[0].When
}
