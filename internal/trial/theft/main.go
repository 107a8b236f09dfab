// Command theft carries away all that is stored but the key, and looks in it for what is kept encrypted:
// go run ./internal/trial/theft, once on SQLite and once on PostgreSQL of the cluster that GUAN_TEST_POSTGRES names.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"guan/internal/trial"
)

func main() {
	values := flag.Int("n", 50, "account numbers to make and change, beside those of the sample company")
	flag.Parse()
	if err := run(*values); err != nil {
		fmt.Fprintln(os.Stderr, "theft: "+err.Error())
		os.Exit(1)
	}
}

func run(values int) error {
	ctx := context.Background()
	return trial.OnBoth(ctx, func(bin string, at trial.Where) error {
		theft, err := trial.Thefts{Bin: bin, Where: at, Values: values}.Run(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %s\n", at.Dialect(), theft)
		for _, lines := range [][]string{theft.Plain, theft.Unseen, theft.Opened} {
			for _, line := range lines {
				fmt.Println("  " + line)
			}
		}
		if !theft.Safe() {
			return fmt.Errorf("%s: who carries the data away reads them", at.Dialect())
		}
		return nil
	})
}
