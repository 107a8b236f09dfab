package main

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/store"
	"guan/watch"
)

// Each kind of insider is detected, and who works normally is left alone: the short form of the
// measurement in docs/benchmarks.md, with other seeds than those by which floors were chosen.
func TestInsiders(t *testing.T) {
	m := measure(40, 8, 7, watch.Usual())
	t.Log(m)
	for _, c := range m.kinds {
		least := 0.75
		if slices.ContainsFunc(loud, func(k insider) bool { return k.name == c.name }) {
			least = 0.5 // who has a single day is also lost in what a busy day brings
		}
		if c.share() < least {
			t.Errorf("%s: %d of %d detected", c.name, c.found, c.tried)
		}
	}
	if a500 := m.perDay() * 500 / float64(m.people); a500 > 2.5 {
		t.Errorf("%.1f false alarms a day for 500 people", a500)
	}
}

// What is done through the store, and read off the sealed log by the job, comes to what the detectors find when
// they are told of the same acts, and every detector finds something: the short form, on both databases.
func TestThroughTheStore(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		began := time.Now()
		r, err := runThrough(t.Context(), store.Options{DataDir: at.DataDir, URL: at.URL, AuditKey: filepath.Join(t.TempDir(), "audit.key")}, sized{days: 24, customers: 800, limit: 200, pace: 0.03, each: 1}, 7)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(r, time.Since(began))
		if r.agreement() < 1 || r.caught < r.insiders || r.stopped != 1 {
			t.Errorf("%s", r)
		}
		for _, d := range watch.Detectors {
			if r.by()[d] == 0 {
				t.Errorf("%s raised nothing", d)
			}
		}
	})
}

// Without detectors nothing is found: the measurement measures them.
func TestBlind(t *testing.T) {
	set := watch.Usual()
	for d, one := range set {
		one.On = false
		set[d] = one
	}
	m := measure(3, 2, 7, set)
	for _, c := range m.kinds {
		if c.found > 0 {
			t.Errorf("%s: %d detected by nothing", c.name, c.found)
		}
	}
	if m.perDay() > 0 {
		t.Error("alarms by nothing")
	}
}
