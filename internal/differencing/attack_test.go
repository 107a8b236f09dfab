package differencing

import "testing"

// Nobody finds out anything with the whole of the protection, and something where any part of it is
// missing: the attacker can succeed.
func TestNothingIsFoundOut(t *testing.T) {
	whole := &Tally{}
	for seed := range uint64(25) {
		Attack(seed, 3, Nothing, whole)
	}
	if whole.Found() {
		t.Errorf("found out: %+v", whole)
	}
	if whole.Answers < 1000 || whole.Looked < 1000 {
		t.Errorf("that was no attack: %+v", whole)
	}
	for _, lack := range Lacks {
		tally := &Tally{}
		for seed := uint64(0); seed < 40 && !tally.Found(); seed++ {
			Attack(seed, 3, lack, tally)
		}
		if !tally.Found() {
			t.Errorf("without %s nothing was found out: %+v", lack, tally)
		}
	}
}
