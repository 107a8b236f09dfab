package trial_test

import (
	"context"
	"testing"

	"guan/internal/testdb"
	"guan/internal/trial"
)

// TestRevocationsAreInForceAtOnce is the short form of the command stale.
func TestRevocationsAreInForceAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.Database) {
		staled, err := trial.Revoke(context.Background(), bin, company(t, db), 4_000, 8)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(staled)
		if err := staled.Err(); err != nil {
			t.Error(err)
		}
	})
}
