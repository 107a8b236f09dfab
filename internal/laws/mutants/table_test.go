package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whoever changes the engine sees here, long before the mutants run, which of them lost its text.
func TestEveryMutantHasItsText(t *testing.T) {
	names := map[string]bool{}
	for _, m := range mutants {
		source, err := os.ReadFile(filepath.Join("..", "..", "..", "policy", m.file))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(source), m.old); n != 1 || m.old == m.new || names[m.name] {
			t.Errorf("%s: its text stands %d times in policy/%s", m.name, n, m.file)
		}
		names[m.name] = true
	}
}

func TestChosen(t *testing.T) {
	for only := 1; only <= len(mutants); only++ {
		seen := map[int]bool{}
		for turn := range len(mutants) {
			for _, i := range chosen(only, turn) {
				seen[i] = true
			}
		}
		if len(seen) != len(mutants) {
			t.Errorf("%d at a time leave %d out for ever", only, len(mutants)-len(seen))
		}
		distinct := map[int]bool{}
		for _, i := range chosen(only, 3) {
			distinct[i] = true
		}
		if len(distinct) != only {
			t.Errorf("%d at a time are %d", only, len(distinct))
		}
	}
}
