// Command kill runs the trial of SIGKILL in the middle of writes: go run ./internal/trial/kill
// -n 200, once on SQLite and, where GUAN_TEST_POSTGRES names a cluster, once on PostgreSQL.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

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
	return trial.OnBoth(ctx, func(bin string, at trial.Where) error {
		killed, err := trial.Kills{Bin: bin, Where: at, Rounds: rounds, Login: login, Seed: seed}.Run(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %s\n", at.Dialect(), killed)
		if killed.Whole() {
			return nil
		}
		for _, lines := range [][]string{killed.Lost, killed.Torn, killed.Unaudited} {
			for _, line := range lines {
				fmt.Println("  " + line)
			}
		}
		return fmt.Errorf("%s: writes did not survive", at.Dialect())
	})
}
