// Command tamper changes a sealed audit log with every right on its database, at random places, and has it
// verified each time: go run ./internal/trial/tamper -n 20, once on SQLite and once on PostgreSQL of the cluster
// that GUAN_TEST_POSTGRES names.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"guan/internal/trial"
)

func main() {
	each := flag.Int("n", 20, "attempts of each sort, on each database")
	seed := flag.Uint64("seed", 1, "of the places")
	flag.Parse()
	if err := run(*each, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "tamper: "+err.Error())
		os.Exit(1)
	}
}

func run(each int, seed uint64) error {
	ctx := context.Background()
	return trial.OnBoth(ctx, func(bin string, at trial.Where) error {
		tampered, err := trial.Tampers{Bin: bin, Where: at, Each: each, Seed: seed}.Run(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("%s, %d entries, %d heads:\n", at.Dialect(), tampered.Entries, tampered.Heads)
		for _, line := range append(tampered.Lines(), tampered.Missed...) {
			fmt.Println(line)
		}
		if len(tampered.Missed) > 0 {
			return fmt.Errorf("%s: %d changes were not found where they are", at.Dialect(), len(tampered.Missed))
		}
		return nil
	})
}
