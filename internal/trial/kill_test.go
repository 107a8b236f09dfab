package trial_test

import (
	"context"
	"os"
	"testing"

	"guan/internal/testdb"
	"guan/internal/trial"
)

// bin is the program, built once for all trials.
var bin string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "guan-trial-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if bin, err = trial.Build(dir); err != nil {
		panic(err)
	}
	return m.Run()
}

// company fills a fresh database with the sample company.
func company(t *testing.T, db testdb.Database) trial.Where {
	t.Helper()
	at := trial.Where{DataDir: t.TempDir(), URL: db.URL}
	if err := trial.Fill(bin, at); err != nil {
		t.Fatal(err)
	}
	return at
}

// TestWritesSurviveKills is the short form of the command kill.
func TestWritesSurviveKills(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.Database) {
		killed, err := trial.Kills{Bin: bin, Where: company(t, db), Rounds: 8, Login: trial.Seller, Seed: 1}.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(killed)
		if !killed.Whole() || killed.Creates < killed.Rounds || killed.Edits == 0 || killed.Sealed < int64(killed.Creates+killed.Edits) {
			t.Errorf("%s\n%v\n%v\n%v", killed, killed.Lost, killed.Torn, killed.Unaudited)
		}
	})
}
