package watch

import "slices"

// near is the part of the limit from which on a day's exports are close to it.
const near = 0.7

// export takes in the rows that left as a file.
func (w *watcher) export() {
	e, d := w.e, &w.Today
	d.Rows += e.Rows
	w.Exports = slices.DeleteFunc(w.Exports, func(x exportDay) bool { return w.Day-x.Day > exportDays })
	if n := len(w.Exports); n == 0 || w.Exports[n-1].Day != w.Day {
		w.Exports = append(w.Exports, exportDay{Day: w.Day, First: e.Entry})
	}
	x := &w.Exports[len(w.Exports)-1]
	x.Rows = d.Rows
	x.Near = e.Limit > 0 && float64(d.Rows) >= near*float64(e.Limit)

	// This week, and the weeks before it.
	var rows, nears int64
	var first int64
	var weeks, nearWeeks [5]int64
	for _, x := range w.Exports {
		back := (w.Day - x.Day) / 7
		if back > 4 {
			continue
		}
		weeks[back] += x.Rows
		if x.Near {
			nearWeeks[back]++
		}
		if back == 0 && first == 0 {
			first = x.First
		}
	}
	rows, nears = weeks[0], nearWeeks[0]
	usual := slices.Max(weeks[1:])
	set := w.set[Chunks]
	switch bound := max(set.Floor, int64(set.Times*float64(usual))); {
	case nears >= 3 && nears > 2*slices.Max(nearWeeks[1:]):
		w.tell(Chunks, first, 7, Numbers{Seen: rows, Usual: usual, Bound: bound, Days: w.Active, Span: int(nears), Limit: e.Limit})
	case w.Active < 2*fewDays && rows <= 2*bound:
	case rows > bound:
		w.tell(Chunks, first, 7, Numbers{Seen: rows, Usual: usual, Bound: bound, Days: w.Active, Span: 7})
	}
	if left := w.left(); left >= 0 {
		lower := w.set[Leaver]
		if bound := max(2*lower.Floor, int64(lower.Times*float64(usual))); rows > bound {
			w.tell(Leaver, first, 7, Numbers{Seen: rows, Usual: usual, Bound: bound, Days: w.Active, Span: 7, Left: left})
		}
	}
}

// leavingDays is how long before the last day less is enough.
const leavingDays = 30

// left is how many days there are until the last one; -1 when none is near.
func (w *watcher) left() int {
	if w.e.LastDay.IsZero() {
		return -1
	}
	days := int(dayOf(w.e.LastDay, 0) - w.Day)
	if days > leavingDays || days < 0 || w.Active < 2*fewDays {
		return -1
	}
	return days
}

// leaving tells of who leaves soon and sees more than usual on two days of a week.
func (w *watcher) leaving() {
	left := w.left()
	if left < 0 {
		return
	}
	set, seen := w.set[Leaver], w.Today.amount()
	if seen <= set.Floor {
		return
	}
	median, spread := w.Habits.Amount.usual()
	bound := max(set.Floor, int64(set.Times*median), int64(median+2*spread))
	if seen <= bound {
		return
	}
	w.Busy = slices.DeleteFunc(w.Busy, func(b busyDay) bool { return w.Day-b.Day > 7 })
	if n := len(w.Busy); n == 0 || w.Busy[n-1].Day != w.Day {
		w.Busy = append(w.Busy, busyDay{w.Day, w.Today.First})
	}
	if n := len(w.Busy); n >= 2 {
		w.tell(Leaver, w.Busy[0].First, 7, Numbers{Seen: seen, Usual: int64(median), Bound: bound, Days: len(w.Habits.Amount), Span: n, Left: left})
	}
}
