// Command mutants breaks the engine on purpose, in one small way after the other, and requires
// that the laws turn red each time: a law that no error breaks proves nothing.
//
//	go run ./internal/laws/mutants -postgres postgres://…
//	go run ./internal/laws/mutants -only 6 -turn 3
//
// The sources stay as they are: the compiler reads the broken file through an overlay. It exits
// 1 when a mutant survives, does not build, or when its text no longer stands in the file.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

func main() {
	worlds := flag.Int("n", 600, "how many worlds a mutant must not survive")
	address := flag.String("postgres", os.Getenv("GUAN_TEST_POSTGRES"), "URL of a PostgreSQL database")
	only := flag.Int("only", len(mutants), "how many mutants to try")
	turn := flag.Int("turn", 0, "which of them: those from the first on, the next as many, …")
	side := flag.Int("parallel", 2, "how many at a time")
	flag.Parse()
	if *address == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "mutants: name a PostgreSQL database with -postgres or GUAN_TEST_POSTGRES (scripts/postgres.sh start DIR makes one)")
		os.Exit(2)
	}
	folder, err := os.MkdirTemp("", "guan-mutants-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(2)
	}
	t := trial{folder: folder, address: *address, worlds: *worlds}
	which := chosen(*only, *turn)
	survived := t.all(which, *side)
	os.RemoveAll(folder)
	if survived > 0 {
		fmt.Printf("mutants: %d of %d were not found out\n", survived, len(which))
		os.Exit(1)
	}
	fmt.Printf("mutants: %d of %d tried, all found out\n", len(which), len(mutants))
}

// chosen picks some mutants; with each turn the next ones, around the table. They stand apart,
// so that every choice has some of each group.
func chosen(only, turn int) []int {
	only = min(max(only, 1), len(mutants))
	out := make([]int, only)
	for i := range out {
		out[i] = (turn + i*len(mutants)/only) % len(mutants)
	}
	return out
}

// trial builds and runs mutants.
type trial struct {
	folder, address string
	worlds          int
}

func (t *trial) all(which []int, side int) (survived int) {
	var group sync.WaitGroup
	var lock sync.Mutex
	places := make(chan struct{}, side)
	for _, i := range which {
		places <- struct{}{}
		group.Go(func() {
			defer func() { <-places }()
			start := time.Now()
			law, err := t.try(i)
			lock.Lock()
			defer lock.Unlock()
			verdict := "breaks: " + law
			if err != nil {
				survived++
				verdict = "SURVIVES: " + err.Error()
			}
			fmt.Printf("%2d  %-55s %-26s %5.1fs  %s\n", i, mutants[i].name, mutants[i].file, time.Since(start).Seconds(), verdict)
		})
	}
	group.Wait()
	return survived
}

var lawLine = regexp.MustCompile(`^law "([^"]+)" is broken \((\w+)\)`)

// try builds the mutant and returns the law that it breaks.
func (t *trial) try(i int) (string, error) {
	m := mutants[i]
	file, err := filepath.Abs(filepath.Join("policy", m.file))
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(source), m.old); n != 1 {
		return "", fmt.Errorf("its text stands %d times in the file", n)
	}
	base := filepath.Join(t.folder, fmt.Sprint(i))
	broken := base + ".go"
	if err := os.WriteFile(broken, []byte(strings.Replace(string(source), m.old, m.new, 1)), 0o600); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{file: broken}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(base+".json", overlay, 0o600); err != nil {
		return "", err
	}
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-overlay", base+".json", "-o", base, "./internal/laws/cmd").CombinedOutput(); err != nil {
		return "", fmt.Errorf("it does not build: %s", out)
	}
	out, err := exec.Command(base, "-n", fmt.Sprint(t.worlds), "-shrink=false", "-postgres", t.address).CombinedOutput()
	os.Remove(base)
	var exit *exec.ExitError
	if err == nil {
		return "", errors.New("no law is broken")
	}
	found := lawLine.FindStringSubmatch(string(out))
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || found == nil {
		return "", fmt.Errorf("%w: %.300s", err, out)
	}
	if first, _, _ := strings.Cut(string(out), "\n"); strings.Contains(first, "ERROR: ") || strings.Contains(first, "SQL logic error") {
		return "", fmt.Errorf("it only breaks the SQL: %s", first) // that proves nothing about the law
	}
	return found[1] + " (" + found[2] + ")", nil
}
