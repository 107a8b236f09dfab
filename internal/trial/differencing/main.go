// Command differencing lets somebody with the right to figures alone look for rows in the figures of
// random companies, with the whole of the protection and without each part of it:
// go run ./internal/trial/differencing -n 500.
package main

import (
	"flag"
	"fmt"
	"os"

	"guan/internal/differencing"
)

func main() {
	companies := flag.Uint64("n", 500, "how many random companies")
	days := flag.Int("days", 5, "how many days each")
	flag.Parse()
	whole := play(*companies, *days, differencing.Nothing)
	failed := whole.Found()
	for _, lack := range differencing.Lacks {
		if !play(*companies/10+1, *days, lack).FoundWithout(lack) {
			failed = true
			fmt.Printf("  nothing was found out without it: the attacker is too weak\n")
		}
	}
	if failed {
		os.Exit(1)
	}
}

func play(companies uint64, days int, lack differencing.Lack) *differencing.Tally {
	t := &differencing.Tally{}
	for seed := range companies {
		differencing.Attack(seed, days, lack, t)
	}
	name := "whole"
	if lack != differencing.Nothing {
		name = "without " + string(lack)
	}
	fmt.Printf("%s: %d companies, %d figures, %d groups not shown, %d combinations tried\n", name, t.Companies, t.Answers, t.Hidden, t.Looked)
	fmt.Printf("  of too few %d · told apart %d · dominated %d · changed by few %d · values %d\n", t.Small, t.Apart, t.Dominated, t.Changed, t.Values)
	fmt.Printf("  left of few by elimination over all tables and two days %d, number guessed %d (%.0f %%)\n", t.Left, t.Guessed, 100*float64(t.Guessed)/float64(max(t.Left, 1)))
	return t
}
