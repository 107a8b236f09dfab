package main

import (
	"testing"
	"time"

	"guan/store"
	"guan/watch"
)

// Each kind of insider is detected, and who works normally is left alone: the short form of the
// measurement in docs/benchmarks.md, with other seeds than those by which floors were chosen.
func TestInsiders(t *testing.T) {
	m := measure(40, 8, 7, watch.Usual())
	t.Log(m)
	for _, c := range m.kinds {
		if c.share() < 0.75 {
			t.Errorf("%s: %d of %d detected", c.name, c.found, c.tried)
		}
	}
	if a500 := m.perDay() * 500 / float64(m.people); a500 > 2.5 {
		t.Errorf("%.1f false alarms a day for 500 people", a500)
	}
}

// What is done through the store, and read off the sealed log by the job, comes to what the detectors find when
// they are told of the same acts: the short form, on SQLite. The detectors are the same on both databases.
func TestThroughTheStore(t *testing.T) {
	began := time.Now()
	r, err := runThrough(t.Context(), store.Options{DataDir: t.TempDir()}, sized{days: 24, customers: 300, limit: 200, pace: 0.05, each: 1}, 7)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(r, time.Since(began))
	if r.agreement() < 1 || len(r.expected) < 3 || r.caught < 3 {
		t.Errorf("%s", r)
	}
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
