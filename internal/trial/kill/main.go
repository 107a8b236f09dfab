// Command kill runs the trials of SIGKILL in the middle of archiving, of sending mail and of writes: go run ./internal/trial/kill
// -n 200, once on SQLite and, where GUAN_TEST_POSTGRES names a cluster, once on PostgreSQL.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"

	"guan/internal/trial"
)

func main() {
	rounds := flag.Int("n", 200, "how often to kill, on each database")
	login := flag.String("login", trial.Seller, "who writes")
	seed := flag.Uint64("seed", 1, "of the moments")
	flag.Parse()
	if err := run(*rounds, *login, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "kill: "+err.Error())
		os.Exit(1)
	}
}

func run(rounds int, login string, seed uint64) error {
	ctx := context.Background()
	if err := old(ctx, rounds, seed); err != nil {
		return err
	}
	return trial.OnBoth(ctx, func(bin string, at trial.Where) error {
		mails, err := trial.MailKills{Bin: bin, Where: at, Rounds: rounds, Seed: seed}.Run(ctx)
		if err != nil {
			return err
		}
		if err := told(at, mails, mails.Findings); err != nil {
			return err
		}
		killed, err := trial.Kills{Bin: bin, Where: at, Rounds: rounds, Login: login, Seed: seed}.Run(ctx)
		if err != nil {
			return err
		}
		return told(at, killed, slices.Concat(killed.Lost, killed.Torn, killed.Unaudited))
	})
}

// old runs the trial of archiving, on installations of its own.
func old(ctx context.Context, rounds int, seed uint64) error {
	return trial.OnBothEmpty(ctx, func(bin string, at trial.Where) error {
		killed, err := trial.OldKills{Bin: bin, Where: at, Rounds: rounds, Seed: seed}.Run(ctx)
		if err != nil {
			return err
		}
		return told(at, killed, killed.Findings)
	})
}

// told prints what came of a trial, and fails when something did not survive.
func told(at trial.Where, killed fmt.Stringer, findings []string) error {
	fmt.Printf("%s: %s\n", at.Dialect(), killed)
	for _, line := range findings {
		fmt.Println("  " + line)
	}
	if len(findings) > 0 {
		return fmt.Errorf("%s: not everything survived", at.Dialect())
	}
	return nil
}
