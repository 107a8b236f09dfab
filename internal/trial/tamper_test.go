package trial_test

import (
	"context"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/internal/trial"
)

// TestTamperingIsNamed is the short form of the command tamper.
func TestTamperingIsNamed(t *testing.T) {
	testdb.InTurn(t, func(t *testing.T, db testdb.Database) {
		tampered, err := trial.Tampers{Bin: bin, Where: company(t, db), Each: 1, Seed: 1}.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log("\n" + strings.Join(tampered.Lines(), "\n"))
		if len(tampered.Missed) > 0 {
			t.Error(strings.Join(tampered.Missed, "\n"))
		}
	})
}
