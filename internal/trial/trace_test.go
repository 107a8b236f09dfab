package trial_test

import (
	"testing"

	"guan/internal/trial"
)

// Innocent copies reach a weight no more often than the design says, and none is named.
func TestInnocentFilesAccuseNobody(t *testing.T) {
	x := trial.Innocent{Files: 600, Copies: 60}
	x.Weigh(7)
	if !x.Bounded() {
		t.Errorf("%d accused; pairs over a weight of 10^n: %v", x.Accused, x.Over)
	}
	if x.Over[1] == 0 {
		t.Error("no pair reaches a weight of 10: nothing was weighed")
	}
}
