package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"guan/policy"
	"guan/watch"
)

// caught is what came of the insiders of one kind.
type caught struct {
	name   string
	tried  int
	found  int
	delays []float64 // in days, from the first act of the script
	taken  []float64 // part of what they went on to take that they had by then
	by     map[watch.Detector]int
}

// measured is what one run measured.
type measured struct {
	people  int
	events  int64
	alarms  map[watch.Detector]int // false ones
	roles   map[string]int
	people2 map[policy.ID]bool // who had any
	kinds   []*caught
}

// measure lets people work normally, and insiders of each kind beside them, before the detectors.
func measure(people, each int, seed uint64, set watch.Settings) *measured {
	m := &measured{people: people, alarms: map[watch.Detector]int{}, roles: map[string]int{}, people2: map[policy.ID]bool{}}
	for i := range people {
		w := newWorker(policy.ID(1000+i), seed)
		var s watch.State
		w.emit = func(e watch.Event) {
			m.events++
			for _, f := range s.Observe(e, set) {
				m.alarms[f.Detector]++
				m.roles[w.name]++
				m.people2[w.id] = true
			}
		}
		w.live(nil)
	}
	for k, kind := range everybody {
		c := &caught{name: kind.name, by: map[watch.Detector]int{}}
		m.kinds = append(m.kinds, c)
		for i := range each {
			c.tried++
			c.one(kind, policy.ID(100_000*(k+1)+i), seed, set)
		}
	}
	return m
}

// one is one insider. An alert on the days of the script counts, not one before it.
func (c *caught) one(kind insider, id policy.ID, seed uint64, set watch.Settings) {
	w := newWorker(id, seed)
	w.hired, w.last, w.known = -1000, days, false
	first := 45 + w.r.IntN(20)
	script := kind.script(w, first)
	var s watch.State
	var began, told time.Time
	var by watch.Detector
	mine, before := 0, 0
	w.emit = func(e watch.Event) {
		findings := s.Observe(e, set)
		if !began.IsZero() && !e.At.Before(began) && told.IsZero() && len(findings) > 0 {
			told, by, before = e.At, findings[0].Detector, mine
		}
	}
	w.live(func(day int) []watch.Event {
		acts := script(day)
		for _, e := range acts {
			if began.IsZero() || e.At.Before(began) && mine == 0 {
				began = e.At
			}
		}
		mine += len(acts)
		return acts
	})
	if !told.IsZero() {
		c.found++
		c.by[by]++
		c.delays = append(c.delays, told.Sub(began).Hours()/24)
		c.taken = append(c.taken, float64(before)/float64(max(mine, 1)))
	}
}

// share is the detected part.
func (c *caught) share() float64 { return float64(c.found) / float64(c.tried) }

func middle(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// perDay is how many false alarms there were on a day, for as many people.
func (m *measured) perDay() float64 {
	n := 0
	for _, some := range m.alarms {
		n += some
	}
	return float64(n) / days
}

func (m *measured) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d people, %d days, %d acts: %.2f false alarms a day (of %d people some)", m.people, days, m.events, m.perDay(), len(m.people2))
	for _, d := range watch.Detectors {
		if n := m.alarms[d]; n > 0 {
			fmt.Fprintf(&b, ", %s %d", d, n)
		}
	}
	for _, one := range roles {
		if n := m.roles[one.name]; n > 0 {
			fmt.Fprintf(&b, "; %s %d", one.name, n)
		}
	}
	for _, c := range m.kinds {
		fmt.Fprintf(&b, "\n%-17s %d of %d detected (%.0f %%), half of them within %.1f days and with %.0f %% of what they took in the end; by", c.name, c.found, c.tried, 100*c.share(), middle(c.delays), 100*middle(c.taken))
		for _, d := range watch.Detectors {
			if n := c.by[d]; n > 0 {
				fmt.Fprintf(&b, " %s %d", d, n)
			}
		}
	}
	return b.String()
}
