package main

import (
	"time"

	"guan/policy"
	"guan/watch"
)

// An insider is somebody of the company with their own work, and with a script beside it.
type insider struct {
	name string
	// script says what they do on a day, once they have begun on the day first.
	script func(w *worker, first int) func(day int) []watch.Event
}

// inOffice is an instant of somebody's hours of work.
func (w *worker) inOffice(day int) time.Time {
	return w.moment(start.AddDate(0, 0, day), float64(w.from), 9)
}

// insiders and their scripts. None of them knows where floors are; each keeps to what its kind takes for
// careful.
var insiders = []insider{
	// A few dozen records more on each day of three weeks, spread over the hours of work: own ones and
	// those of the unit, nothing is written.
	{"slow scraper", func(w *worker, first int) func(int) []watch.Event {
		more := 40 + w.r.IntN(50)
		next := w.around[0] + w.r.IntN(1000)
		ordered := w.r.Float64() < 0.3
		return func(day int) (acts []watch.Event) {
			if day < first || day >= first+21 || !works(day) {
				return nil
			}
			for i := range more + w.r.IntN(20) - 10 {
				id := w.stranger()
				if ordered {
					next++
					id = policy.ID(next)
				} else if w.r.Float64() < 0.3 {
					id = w.own[w.r.IntN(len(w.own))]
				}
				when := w.inOffice(day)
				if ordered {
					when = start.AddDate(0, 0, day).Add(time.Duration(w.from)*time.Hour + time.Duration(i)*5*time.Minute)
				}
				acts = w.open(acts, id, when, 0)
			}
			return acts
		}
	}},
	// Every day of a week and a half between three quarters of the day's limit and all of it, in parts.
	{"chunked exporter", func(w *worker, first int) func(int) []watch.Event {
		return func(day int) (acts []watch.Event) {
			if day < first || day >= first+11 || !works(day) {
				return nil
			}
			rows := int64(float64(w.limit) * (0.75 + 0.24*w.r.Float64()))
			parts := int64(1 + w.r.IntN(4))
			for range parts {
				acts = append(acts, watch.Event{Act: watch.Exported, Kind: "customer", Rows: rows / parts, At: w.inOffice(day)})
			}
			return acts
		}
	}},
	// The last day is known; in the two weeks before it they look at their customers again, and most of
	// them take a file along.
	{"leaver", func(w *worker, first int) func(int) []watch.Event {
		w.known, w.last = true, first+13
		export := w.r.Float64() < 0.7
		more := 25 + w.r.IntN(40)
		return func(day int) (acts []watch.Event) {
			if day < first || !works(day) {
				return nil
			}
			if w.r.Float64() < 0.7 {
				for range more {
					acts = w.open(acts, w.own[w.r.IntN(len(w.own))], w.inOffice(day), 0)
				}
			}
			if export && w.r.Float64() < 0.3 {
				acts = append(acts, watch.Event{Act: watch.Exported, Kind: "customer", Rows: int64(120 + w.r.IntN(300)), At: w.inOffice(day)})
			}
			return acts
		}
	}},
	// On about every other night of two weeks they read for an hour or two.
	{"night owl", func(w *worker, first int) func(int) []watch.Event {
		w.shifts = false // at night for no reason of work
		return func(day int) (acts []watch.Event) {
			if day < first || day >= first+14 || w.r.Float64() < 0.5 {
				return nil
			}
			when := start.AddDate(0, 0, day).Add(time.Duration(22.5*60+w.r.Float64()*300) * time.Minute)
			for range 30 + w.r.IntN(50) {
				when = when.Add(time.Duration(30+w.r.IntN(90)) * time.Second)
				acts = w.open(acts, w.stranger(), when, 0)
			}
			return acts
		}
	}},
}
