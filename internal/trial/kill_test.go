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

// TestWritesSurviveKills is the short form of the command kill: what was written stands, and what was shown is on
// record.
func TestWritesSurviveKills(t *testing.T) {
	testdb.InTurn(t, func(t *testing.T, db testdb.Database) {
		killed, err := trial.Kills{Bin: bin, Where: company(t, db), Rounds: 8, Login: trial.Seller, Seed: 1}.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(killed)
		if !killed.Whole() || !killed.Telling() || killed.Sealed < int64(killed.Creates+killed.Edits) {
			t.Errorf("%s\n%v\n%v\n%v", killed, killed.Lost, killed.Torn, killed.Unaudited)
		}
	})
}

// TestArchivingSurvivesKills is the short form of the trial of archiving: what is archived, and what is taken out of
// archives, verifies whenever the program dies, and is brought to its end.
func TestArchivingSurvivesKills(t *testing.T) {
	testdb.InTurn(t, func(t *testing.T, db testdb.Database) {
		at := trial.Where{DataDir: t.TempDir(), URL: db.URL}
		killed, err := trial.OldKills{Bin: bin, Where: at, Rounds: 8, Seed: 1}.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(killed)
		if len(killed.Findings) > 0 || killed.Archives == 0 || killed.Erased == 0 {
			t.Errorf("%s\n%v", killed, killed.Findings)
		}
	})
}

// TestMailSurvivesKills is the short form of the trial of mail: each arrives once at most, and what is said to have
// gone has.
func TestMailSurvivesKills(t *testing.T) {
	testdb.InTurn(t, func(t *testing.T, db testdb.Database) {
		killed, err := trial.MailKills{Bin: bin, Where: company(t, db), Rounds: 6, Seed: 1}.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(killed)
		if len(killed.Findings) > 0 || killed.Arrived == 0 {
			t.Errorf("%s\n%v", killed, killed.Findings)
		}
	})
}
