package laws_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"guan/internal/laws"
	"guan/policy"
)

var (
	worlds = flag.Int("worlds", 300, "how many random worlds the laws are tried on; the gate runs 2,000 with the command")
	seed   = flag.Uint64("seed", 1, "the first world")
)

// The laws of the policy language, on random worlds.
func TestLaws(t *testing.T) {
	if os.Getenv("GUAN_TURN") != "" { // make test: its 2,000 worlds come right after
		*worlds = min(*worlds, 30)
	}
	run := laws.Run{Seed: *seed, Worlds: *worlds, Databases: laws.Both(t), Shrink: true}
	stats, broken := run.Do(context.Background())
	if broken != nil {
		t.Fatal(broken)
	}
	fmt.Println(stats)
}

// Worlds that once broke a law.
func TestReplays(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			laws.Replay(t, string(text))
		})
	}
}

// Kleene's logic: a lattice with a negation.
func TestThreeValuedLogic(t *testing.T) {
	all := []policy.Tri{policy.No, policy.Unknown, policy.Yes}
	for _, a := range all {
		if a.Not().Not() != a || a.And(a) != a || a.Or(a) != a || a.And(policy.Yes) != a || a.Or(policy.No) != a {
			t.Errorf("%s is no element of the lattice", a)
		}
		if a.And(policy.No) != policy.No || a.Or(policy.Yes) != policy.Yes {
			t.Errorf("%s withstands what absorbs", a)
		}
		for _, b := range all {
			if a.And(b) != b.And(a) || a.Or(b) != b.Or(a) || a.And(a.Or(b)) != a || a.Or(a.And(b)) != a {
				t.Errorf("%s and %s do not commute or absorb", a, b)
			}
			if a.And(b).Not() != a.Not().Or(b.Not()) {
				t.Errorf("De Morgan fails on %s and %s", a, b)
			}
			for _, c := range all {
				if a.And(b.And(c)) != a.And(b).And(c) || a.Or(b.Or(c)) != a.Or(b).Or(c) || a.And(b.Or(c)) != a.And(b).Or(a.And(c)) {
					t.Errorf("%s, %s and %s do not associate or distribute", a, b, c)
				}
			}
		}
	}
	if (policy.Tri)(0) != policy.Unknown {
		t.Error("what was never evaluated is not unknown")
	}
}

// The laws hold for people with very many units and rules.
func TestCrowds(t *testing.T) {
	databases := laws.Both(t)
	for _, size := range [][2]int{{60, 40}, {2000, 20}, {3, 600}} {
		w := laws.Crowd(size[0], size[1])
		for _, d := range databases {
			if failure := w.Check(context.Background(), d, new(laws.Stats)); failure != nil {
				text := failure.Error()
				t.Errorf("%d units, %d rules: %s", size[0], size[1], text[:min(len(text), 500)])
			}
		}
	}
}
