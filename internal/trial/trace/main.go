// Command trace measures how surely a leak is traced: go run ./internal/trial/trace, once on SQLite and
// once on PostgreSQL of the cluster that GUAN_TEST_POSTGRES names.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"guan/internal/trial"
)

func main() {
	customers := flag.Int("customers", 3000, "records in the exports")
	copies := flag.Int("copies", 100_000, "exports in the table")
	each := flag.Int("n", 5, "leaks of each size and treatment")
	innocent := flag.Int("innocent", 100_000, "files that come from no export")
	seed := flag.Uint64("seed", 1, "of the choices")
	flag.Parse()
	if err := run(*customers, *copies, *each, *innocent, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "trace: "+err.Error())
		os.Exit(1)
	}
}

func run(customers, copies, each, innocent int, seed uint64) error {
	x := trial.Innocent{Files: innocent, Copies: 20}
	began := time.Now()
	x.Weigh(seed)
	fmt.Printf("%d innocent files, each weighed against %d exports: %d accused; pairs over a weight of 10^n: %v (%.0f s)\n", x.Files, x.Copies, x.Accused, x.Over, time.Since(began).Seconds())
	if !x.Bounded() {
		return fmt.Errorf("more innocent exports are over a weight than the design says")
	}
	ctx := context.Background()
	return trial.OnBoth(ctx, func(bin string, at trial.Where) error {
		traced, err := trial.Traces{Bin: bin, Where: at, Customers: customers, Copies: copies, Each: each, Seed: seed}.Run(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("%s, %d exports:\n", at.Dialect(), copies)
		for _, line := range traced.Lines {
			fmt.Println(line)
		}
		fmt.Printf("slowest trace %d ms; %d exports named that had no part\n", traced.Slowest.Milliseconds(), traced.Wrong)
		if traced.Wrong > 0 {
			return fmt.Errorf("%s: somebody innocent was named", at.Dialect())
		}
		return nil
	})
}
