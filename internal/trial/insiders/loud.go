package main

import (
	"time"

	"guan/policy"
	"guan/watch"
)

// bait is the marked customer: nobody has anything to do with it.
const bait = policy.ID(customers + 1)

// loud are the insiders who do not wait: for each pattern that detectors look for, and that none of the
// careful ones above stands for, one who shows it.
var loud = []insider{
	// All customers of the unit within an hour, by its lists.
	{"grabber", func(w *worker, first int) func(int) []watch.Event {
		return once(first, func(day int) (acts []watch.Event) {
			return w.pages(start.AddDate(0, 0, day).Add(time.Duration(w.from+2)*time.Hour), 2*time.Minute, 8, 150)
		})
	}},
	// One record after another in their order, and nothing else.
	{"page turner", func(w *worker, first int) func(int) []watch.Event {
		return once(first, func(day int) (acts []watch.Event) {
			when := start.AddDate(0, 0, day).Add(time.Duration(w.from+3) * time.Hour)
			next := policy.ID(w.around[0] + 1 + w.r.IntN(1000))
			for range 90 + w.r.IntN(60) {
				when, next = when.Add(time.Duration(15+w.r.IntN(45))*time.Second), next+1
				acts = append(acts, watch.Event{Act: watch.Opened, Kind: "customer", Records: []policy.ID{next}, At: when})
			}
			return acts
		})
	}},
	// Somebody else with the password: another device in another network looks through lists.
	{"stolen password", func(w *worker, first int) func(int) []watch.Event {
		return once(first, func(day int) []watch.Event {
			acts := w.pages(start.AddDate(0, 0, day).Add(time.Duration(w.from+1)*time.Hour), 40*time.Minute, 10, 100)
			for i := range acts {
				acts[i].Network, acts[i].Device = "192.0.2.0/24 of "+w.id.String(), "another of "+w.id.String()
			}
			return acts
		})
	}},
	// On some days of a week one account number after another.
	{"revealer", func(w *worker, first int) func(int) []watch.Event {
		return func(day int) (acts []watch.Event) {
			if day < first || day >= first+7 || !works(day) {
				return nil
			}
			for range 30 + w.r.IntN(15) {
				acts = append(acts, watch.Event{Act: watch.Revealed, Kind: "customer", Records: []policy.ID{w.stranger()}, At: w.inOffice(day)})
			}
			return acts
		}
	}},
	// Tries one door after another.
	{"prober", func(w *worker, first int) func(int) []watch.Event {
		return once(first, func(day int) (acts []watch.Event) {
			for range 40 + w.r.IntN(30) {
				acts = append(acts, watch.Event{Act: watch.Refused, At: w.inOffice(day)})
			}
			return acts
		})
	}},
	// Looks at what nobody has a reason to open.
	{"snooper", func(w *worker, first int) func(int) []watch.Event {
		return once(first, func(day int) []watch.Event {
			return []watch.Event{{Act: watch.Opened, Kind: "customer", Records: []policy.ID{bait}, Bait: true, At: w.inOffice(day)}}
		})
	}},
}

// everybody are all kinds of insiders.
var everybody = append(insiders[:len(insiders):len(insiders)], loud...)

// once is a script for the first day of work from a day on.
func once(first int, acts func(day int) []watch.Event) func(int) []watch.Event {
	done := false
	return func(day int) []watch.Event {
		if done || day < first || !works(day) {
			return nil
		}
		done = true
		return acts(day)
	}
}

// pages are lists of the unit that go on where the last one ended.
func (w *worker) pages(when time.Time, apart time.Duration, n, rows int) (acts []watch.Event) {
	next := policy.ID(w.around[0] + 1)
	for range n {
		var ids []policy.ID
		for range rows {
			ids, next = append(ids, next), next+1
		}
		acts = append(acts, watch.Event{Act: watch.Listed, Kind: "customer", Records: ids, At: when})
		when = when.Add(apart)
	}
	return acts
}
