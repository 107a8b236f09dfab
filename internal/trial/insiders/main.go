// Command insiders measures what the detectors of the package watch find: go run
// ./internal/trial/insiders -people 500 -each 50 -seed 1. It generates 90 days of normal work, as
// company.go describes it, and insiders who work like everybody and follow a script beside it (scripts.go),
// and prints the detected share of each kind with the delay, and the false alarms a day.
package main

import (
	"flag"
	"fmt"

	"guan/watch"
)

func main() {
	people := flag.Int("people", 500, "how many work normally")
	each := flag.Int("each", 50, "how many insiders there are of each kind")
	seed := flag.Uint64("seed", 1, "of everything that is drawn")
	seeds := flag.Int("seeds", 1, "how many companies, from that seed on")
	flag.Parse()
	for i := range *seeds {
		fmt.Printf("seed %d: %s\n", *seed+uint64(i), measure(*people, *each, *seed+uint64(i), watch.Usual()))
	}
}
