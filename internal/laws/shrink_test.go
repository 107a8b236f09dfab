package laws_test

import (
	"encoding/json"
	"testing"

	"guan/internal/laws"
)

// A world is its JSON: what is printed is what was tried.
func TestWorldReadsBack(t *testing.T) {
	for seed := range uint64(50) {
		w := laws.Generate(seed)
		var again laws.World
		if err := json.Unmarshal([]byte(w.Text()), &again); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if again.Text() != w.Text() {
			t.Fatalf("seed %d does not read back", seed)
		}
	}
}

// Shrinking leaves what matters and nothing beside it.
func TestShrink(t *testing.T) {
	shared := func(w *laws.World) bool {
		for _, r := range w.Records {
			if len(r.Team) > 0 {
				return true
			}
		}
		return false
	}
	for seed := range uint64(4) {
		w := laws.Generate(seed)
		if !shared(w) {
			continue
		}
		small := laws.Shrink(w, shared)
		if !shared(small) || len(small.Records) != 1 || len(small.Records[0].Team) != 1 || len(small.Rules)+len(small.Units)+len(small.Asks) > 0 {
			t.Fatalf("seed %d is left with\n%s", seed, small.Text())
		}
	}
}
