// Command cmd tries the laws of the policy language on as many random worlds as one likes:
//
//	go run ./internal/laws/cmd -n 100000 -seed 1 -postgres postgres://…
//
// It exits 1 when a law is broken, and prints the world that breaks it, ready for laws.Replay.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"guan/internal/laws"
)

func main() {
	var run laws.Run
	flag.IntVar(&run.Worlds, "n", 10_000, "how many worlds")
	flag.Uint64Var(&run.Seed, "seed", 1, "the first world")
	flag.BoolVar(&run.Shrink, "shrink", true, "make a world that breaks a law as small as it gets")
	address := flag.String("postgres", os.Getenv("GUAN_TEST_POSTGRES"), "URL of a PostgreSQL database, in which a schema of its own is made")
	keep := flag.String("keep", "", "file for the world that breaks a law")
	flag.Parse()
	if *address == "" {
		fmt.Fprintln(os.Stderr, "laws: name a PostgreSQL database with -postgres or GUAN_TEST_POSTGRES (scripts/postgres.sh start DIR makes one)")
		os.Exit(2)
	}
	broken, err := try(&run, *address)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "laws:", err)
		os.Exit(2)
	case broken == nil:
		return
	}
	fmt.Println(broken)
	if *keep != "" {
		if err := os.WriteFile(*keep, []byte(broken.World.Text()+"\n"), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "laws:", err)
		}
	}
	os.Exit(1)
}

func try(run *laws.Run, address string) (*laws.Broken, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	folder, err := os.MkdirTemp("", "guan-laws-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	lite, err := laws.OpenSQLite(ctx, folder)
	if err != nil {
		return nil, err
	}
	defer lite.Close()
	postgres, err := laws.OpenPostgres(ctx, address)
	if err != nil {
		return nil, err
	}
	defer postgres.Close()
	run.Databases = []*laws.Database{lite, postgres}
	stats, broken := run.Do(ctx)
	if broken == nil {
		fmt.Println(stats)
	}
	return broken, nil
}
