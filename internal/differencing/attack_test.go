package differencing

import "testing"

// Nobody finds out anything with the whole of the protection, and where a part of it is missing what
// that part is there for: the attacker can succeed. Blurring and rounding stand behind the linking of
// tables: without that, values and numbers stay unknown all the same.
func TestNothingIsFoundOut(t *testing.T) {
	whole := &Tally{}
	for seed := range uint64(15) {
		Attack(seed, 4, Nothing, whole)
	}
	if whole.Found() {
		t.Errorf("found out: %+v", whole)
	}
	if whole.Answers < 1000 || whole.Looked < 1000 {
		t.Errorf("that was no attack: %+v", whole)
	}
	for _, lack := range Lacks {
		tally := &Tally{}
		for seed := uint64(0); seed < 30 && !tally.FoundWithout(lack); seed++ {
			Attack(seed, 4, lack, tally)
		}
		if !tally.FoundWithout(lack) {
			t.Errorf("without %s nothing was found out: %+v", lack, tally)
		}
		if lack == Linking && (tally.Values > 0 || tally.guessing()) {
			t.Errorf("without %s values and numbers were found out: %+v", lack, tally)
		}
	}
}
