// Command insiders measures what the detectors of the package watch find: go run
// ./internal/trial/insiders -people 500 -each 50 -seed 1. It generates 90 days of normal work, as
// company.go describes it, and insiders who work like everybody and follow a script beside it (scripts.go),
// and prints the detected share of each kind with the delay, and the false alarms a day. With -store a smaller
// company does the same through the store, and its alerts are compared with what is measured.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"guan/store"
	"guan/watch"
)

func main() {
	people := flag.Int("people", 500, "how many work normally")
	each := flag.Int("each", 50, "how many insiders there are of each kind")
	seed := flag.Uint64("seed", 1, "of everything that is drawn")
	seeds := flag.Int("seeds", 1, "how many companies, from that seed on")
	real := flag.Bool("store", false, "through the store")
	url := flag.String("db", "", "an empty PostgreSQL database for -store; none: SQLite")
	flag.Parse()
	if *real {
		if err := runReal(*url, *people, *each, *seed); err != nil {
			fmt.Fprintln(os.Stderr, "insiders: "+err.Error())
			os.Exit(1)
		}
		return
	}
	for i := range *seeds {
		fmt.Printf("seed %d: %s\n", *seed+uint64(i), measure(*people, *each, *seed+uint64(i), watch.Usual()))
	}
}

func runReal(url string, people, each int, seed uint64) error {
	dir, err := os.MkdirTemp("", "guan-insiders-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r, err := runThrough(context.Background(), store.Options{DataDir: dir, URL: url, AuditKey: filepath.Join(dir, "audit.key")}, sized{days: 40, customers: 2000, limit: 1000, pace: 0.5, normal: people, each: each}, seed)
	if err != nil {
		return err
	}
	fmt.Println(r)
	if r.agreement() < 1 {
		return fmt.Errorf("what is raised is not what is measured")
	}
	return nil
}
