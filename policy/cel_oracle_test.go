package policy_test

import (
	"testing"

	"pgregory.net/rapid"

	"guan/internal/celoracle"
	"guan/policy"
)

// TestConditionsAgreeWithCEL lets cel-go's own interpreter judge every operator of the engine.
func TestConditionsAgreeWithCEL(t *testing.T) {
	schema := policy.NewTestSchema(t)
	seen := map[policy.Tri]int{}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]policy.Kind{"customer", "contact", "ticket"}).Draw(t, "kind")
		cond := policy.DrawCond(t, schema, kind)
		subject, ctx := policy.DrawSubject(t), policy.DrawContext(t)
		program, err := celoracle.Compile(cond)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			row := policy.DrawRow(t, schema, kind)
			got, err := policy.EvalCond(schema, kind, cond, row, subject, ctx)
			if err != nil {
				t.Fatal(err)
			}
			if want := program.Eval(row, subject, ctx); got != want {
				t.Fatalf("%s\n  the engine says %s, CEL says %s\n  row %+v\n  subject %+v\n  request %+v", program.Text(), got, want, row, subject, ctx)
			}
			seen[got]++
		}
	})
	for _, truth := range []policy.Tri{policy.Yes, policy.No, policy.Unknown} {
		if seen[truth] == 0 {
			t.Errorf("no case was %s", truth)
		}
	}
}
