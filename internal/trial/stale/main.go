// Command stale runs the trial of reads against revocations: go run ./internal/trial/stale
// -n 50000, with two programs on one PostgreSQL (GUAN_TEST_POSTGRES names the cluster) and one on
// SQLite.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"guan/internal/trial"
)

func main() {
	reads := flag.Int("n", 50_000, "how many reads, on each database")
	readers := flag.Int("readers", 8, "how many read at once")
	flag.Parse()
	ctx := context.Background()
	err := trial.OnBoth(ctx, func(bin string, at trial.Where) error {
		staled, err := trial.Revoke(ctx, bin, at, *reads, *readers)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %s\n", at.Dialect(), staled)
		return staled.Err()
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "stale: "+err.Error())
		os.Exit(1)
	}
}
