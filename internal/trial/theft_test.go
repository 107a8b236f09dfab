package trial_test

import (
	"context"
	"testing"

	"guan/internal/testdb"
	"guan/internal/trial"
)

// TestStolenDataTellNothing is the short form of the command theft.
func TestStolenDataTellNothing(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.Database) {
		t.Setenv("GUAN_KEY", "") // the key lies beside the data, as it does where nobody said anything else
		theft, err := trial.Thefts{Bin: bin, Where: company(t, db), Values: 3}.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(theft)
		if !theft.Safe() {
			t.Errorf("%s\n%v\n%v\n%v", theft, theft.Plain, theft.Unseen, theft.Opened)
		}
	})
}
