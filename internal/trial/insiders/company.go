package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"guan/policy"
	"guan/watch"
)

// The generated company works for 90 days from a Monday on, in UTC+8. What makes its days differ:
//
//   - roles: sellers live on a few hundred customers of their own, service sees another customer with
//     every ticket and works in shifts (some at night), heads look through their department, finance has
//     month ends, marketing exports for campaigns, others hardly look anything up;
//   - people: some do three times as much as others, and each day differs from the last (log-normal);
//   - the calendar: weekends, a week of holidays, days off, sick days, late evenings before a quarter ends;
//   - events: campaigns with new leads, a colleague's customers taken over, new hires who know nobody
//     yet, leavers who hand over, a new phone or laptop, days on the road in other networks, somebody
//     who looks through a whole list because they are curious or tidy up;
//   - exports: small ones by sellers, large ones by marketing and finance, some close to the limit.
//
// Nothing in it was made after what detectors expect: it uses no constant of the package watch.

const (
	days      = 90
	customers = 120_000
)

var (
	zone  = time.FixedZone("UTC+8", 8*3600)
	start = time.Date(2026, 3, 2, 0, 0, 0, 0, zone)
)

// holidays are the days of the period on which the company rests, beside weekends.
var holidays = []int{34, 60, 61, 62, 63, 64}

type role struct {
	name      string
	share     float64
	opens     float64 // a day, in the middle
	lists     float64
	writes    float64 // part of what was opened
	strangers float64 // part of what is opened that is not one's own
	exportIn  float64 // days between two exports
	exports   float64 // rows, in the middle
	limit     int64
}

var roles = []role{
	{"seller", 0.58, 24, 14, 0.55, 0.10, 12, 60, 1000},
	{"service", 0.18, 45, 6, 0.70, 0.95, 0, 0, 1000},
	{"head", 0.08, 30, 25, 0.15, 0.60, 8, 250, 2000},
	{"finance", 0.06, 28, 12, 0.35, 0.80, 10, 400, 5000},
	{"marketing", 0.04, 8, 18, 0.30, 0.70, 3, 900, 5000},
	{"office", 0.06, 5, 4, 0.30, 0.80, 0, 0, 500},
}

// worker is somebody's way of working.
type worker struct {
	role
	id      policy.ID
	r       *rand.Rand
	pace    float64 // theirs against the middle
	from    int     // hour at which they begin
	shifts  bool
	at      int // of three weeks, which one they begin with
	own     []policy.ID
	around  [2]int // numbers of the customers of their unit
	home    string
	phone   string
	hired   int
	last    int // day after which they are gone; days when they stay
	known   bool
	leads   []policy.ID // of a campaign, or taken over, to be called
	emit    func(watch.Event)
	entry   int64
	written int
}

func newWorker(id policy.ID, seed uint64) *worker {
	r := rand.New(rand.NewPCG(seed, uint64(id)))
	w := &worker{id: id, r: r, pace: math.Exp(0.4 * r.NormFloat64()), from: 8 + r.IntN(2), hired: -1000, last: days}
	for pick := r.Float64(); ; {
		for _, one := range roles {
			if pick < one.share {
				w.role = one
				break
			}
			pick -= one.share
		}
		break
	}
	unit := r.IntN(20) * (customers / 20)
	w.around = [2]int{unit, unit + customers/20}
	for range 120 + r.IntN(280) {
		w.own = append(w.own, w.stranger())
	}
	w.home, w.phone = "203.0.113.0/24", "d"+id.String()
	w.shifts = w.name == "service" && r.Float64() < 0.5
	w.at = r.IntN(3)
	switch roll := r.Float64(); {
	case roll < 0.07:
		w.hired = r.IntN(70)
	case roll < 0.11:
		w.last, w.known = 30+r.IntN(60), true
	}
	return w
}

// lastDay is when the last appointment ends, where somebody has said so.
func (w *worker) lastDay() time.Time {
	if !w.known {
		return time.Time{}
	}
	return start.AddDate(0, 0, w.last)
}

func (w *worker) stranger() policy.ID {
	return policy.ID(1 + w.around[0] + w.r.IntN(w.around[1]-w.around[0]))
}

func (w *worker) amount(middle, sigma float64) int {
	return int(middle*w.pace*math.Exp(sigma*w.r.NormFloat64()) + 0.5)
}

func works(day int) bool { return day%7 < 5 && !slices.Contains(holidays, day) }

// monthEnd: the two days before and after a month ends.
func monthEnd(day int) bool {
	d := start.AddDate(0, 0, day).Day()
	return d <= 2 || d >= 29
}

// live emits the days of somebody, with what a script does beside their work.
func (w *worker) live(script func(day int) []watch.Event) {
	for day := range days {
		if day < w.hired || day > w.last {
			continue
		}
		var acts []watch.Event
		working := works(day) || w.shifts && w.r.Float64() < 0.6
		if working && w.r.Float64() > 0.06 {
			acts = w.day(day)
		} else if w.name != "service" && w.r.Float64() < 0.04 {
			acts = w.look(nil, start.AddDate(0, 0, day), 10+12*w.r.Float64(), 1+w.r.IntN(8)) // a look at home
		}
		if script != nil {
			acts = append(acts, script(day)...)
		}
		slices.SortStableFunc(acts, func(a, b watch.Event) int { return a.At.Compare(b.At) })
		for _, e := range acts {
			w.entry++
			e.Entry, e.Person, e.Limit, e.LastDay = w.entry, w.id, w.limit, w.lastDay()
			if e.Network == "" {
				e.Network = w.home
			}
			if e.Device == "" {
				e.Device = w.phone
			}
			w.emit(e)
		}
	}
}

// day is a day of work.
func (w *worker) day(day int) []watch.Event {
	r, at := w.r, start.AddDate(0, 0, day)
	begins, hours := float64(w.from)+0.7*r.NormFloat64(), 9.0
	if w.shifts {
		begins = []float64{7, 14, 22}[(day/7+w.at)%3]
	}
	busy := 1.0
	switch {
	case w.name == "finance" && monthEnd(day):
		busy, hours = 2.5, 12
	case monthEnd(day):
		busy = 1.25
	}
	if !w.shifts && r.Float64() < 0.05 {
		hours += 3 // a late evening
	}
	if day < w.hired+10 && w.hired >= 0 {
		busy *= 0.4 + 0.12*float64(day-w.hired)
	}
	if r.Float64() < 0.01 {
		w.phone = "d" + w.id.String() + "/" + at.Format("0102")
	}
	// Campaigns bring leads, and somebody else's customers have to be got to know.
	if w.name == "seller" && r.Float64() < 1.0/45 {
		for range 30 + r.IntN(70) {
			w.leads = append(w.leads, w.stranger())
		}
	}
	if r.Float64() < 1.0/900 {
		for range 80 + r.IntN(150) {
			w.leads = append(w.leads, w.stranger())
		}
	}
	if w.known && w.last-day < 14 {
		busy *= 1.15 // hands over
	}
	var acts []watch.Event
	w.written = 0
	acts = w.lists(acts, at, begins, hours, w.amount(w.role.lists*busy, 0.3))
	acts = w.look2(acts, at, begins, hours, w.amount(w.opens*busy, 0.35))
	if n := min(len(w.leads), 20+r.IntN(25)); n > 0 {
		acts = w.calls(acts, at, begins, hours, w.leads[:n])
		w.own, w.leads = append(w.own, w.leads[:n]...), w.leads[n:]
	}
	if r.Float64() < 0.006 {
		acts = w.tidy(acts, at, begins+hours*r.Float64())
	}
	if w.exportIn > 0 && r.Float64() < 1/w.exportIn {
		rows := int64(w.amount(w.exports, 0.7))
		if rows > w.limit {
			rows = w.limit - int64(r.IntN(50))
		}
		acts = append(acts, watch.Event{Act: watch.Exported, Kind: "customer", Rows: rows, At: w.moment(at, begins, hours)})
	}
	for range int(r.ExpFloat64() * 0.7) {
		acts = append(acts, watch.Event{Act: watch.Refused, At: w.moment(at, begins, hours)})
	}
	for range int(r.ExpFloat64() * 2.5) {
		acts = append(acts, watch.Event{Act: watch.Revealed, Kind: "customer", Records: []policy.ID{w.pick()}, At: w.moment(at, begins, hours)})
	}
	if r.Float64() < 0.04 { // on the road
		network := []string{"198.51.100.0/24", "192.0.2.0/24", "100.64.0.0/24"}[r.IntN(3)] + at.Format("0102")
		for i := range acts {
			acts[i].Network = network
		}
	}
	return acts
}

func (w *worker) moment(at time.Time, begins, hours float64) time.Time {
	return at.Add(time.Duration((begins + hours*w.r.Float64()) * float64(time.Hour)))
}

// pick is a record that the person has something to do with: a few more often than the others.
func (w *worker) pick() policy.ID {
	if w.r.Float64() < w.strangers {
		return w.stranger()
	}
	return w.own[int(float64(len(w.own))*math.Pow(w.r.Float64(), 1.8))]
}

// lists are looks at lists: mostly one's own, the first page, sometimes further.
func (w *worker) lists(acts []watch.Event, at time.Time, begins, hours float64, n int) []watch.Event {
	for range n {
		when, pages := w.moment(at, begins, hours), 1
		for w.r.Float64() < 0.25 && pages < 8 {
			pages++
		}
		offset := 0
		if w.r.Float64() < 0.4 {
			offset = w.r.IntN(len(w.own))
		}
		for page := range pages {
			var rows []policy.ID
			if w.r.Float64() < w.strangers*0.5 {
				for range 10 + w.r.IntN(40) {
					rows = append(rows, w.stranger())
				}
			} else {
				for i := range min(50, len(w.own)) {
					rows = append(rows, w.own[(offset+page*50+i)%len(w.own)])
				}
			}
			acts = append(acts, watch.Event{Act: watch.Listed, Kind: "customer", Records: rows, At: when.Add(time.Duration(page*20) * time.Second)})
		}
	}
	return acts
}

// open is a page of a record: it, its timeline, what hangs on it, and perhaps a note.
func (w *worker) open(acts []watch.Event, id policy.ID, when time.Time, writes float64) []watch.Event {
	acts = append(acts, watch.Event{Act: watch.Opened, Kind: "customer", Records: []policy.ID{id}, At: when},
		watch.Event{Act: watch.Opened, Kind: "customer", Records: []policy.ID{id}, At: when.Add(time.Second)})
	if w.r.Float64() < 0.7 {
		acts = append(acts, watch.Event{Act: watch.Listed, Kind: "contact", Records: []policy.ID{id * 3, id*3 + 1}, At: when.Add(time.Second)})
	}
	if w.r.Float64() < writes {
		acts = append(acts, watch.Event{Act: watch.Worked, Kind: "customer", Records: []policy.ID{id}, At: when.Add(90 * time.Second)})
	}
	return acts
}

func (w *worker) look(acts []watch.Event, at time.Time, hour float64, n int) []watch.Event {
	for i := range n {
		acts = w.open(acts, w.pick(), at.Add(time.Duration(hour*float64(time.Hour))).Add(time.Duration(i)*2*time.Minute), w.writes)
	}
	return acts
}

func (w *worker) look2(acts []watch.Event, at time.Time, begins, hours float64, n int) []watch.Event {
	for range n {
		acts = w.open(acts, w.pick(), w.moment(at, begins, hours), w.writes)
	}
	return acts
}

// calls goes through leads one after another, from a list, and writes down what most of them said.
func (w *worker) calls(acts []watch.Event, at time.Time, begins, hours float64, leads []policy.ID) []watch.Event {
	when := at.Add(time.Duration((begins + 1) * float64(time.Hour)))
	acts = append(acts, watch.Event{Act: watch.Listed, Kind: "customer", Records: slices.Clone(leads), At: when})
	for _, id := range leads {
		when = when.Add(time.Duration(3+w.r.IntN(8)) * time.Minute)
		acts = w.open(acts, id, when, 0.8)
	}
	return acts
}

// tidy looks through a list, one record after another, and changes hardly any.
func (w *worker) tidy(acts []watch.Event, at time.Time, hour float64) []watch.Event {
	when := at.Add(time.Duration(hour * float64(time.Hour)))
	n := min(10+w.r.IntN(45), len(w.own))
	acts = append(acts, watch.Event{Act: watch.Listed, Kind: "customer", Records: slices.Clone(w.own[:n]), At: when})
	for _, id := range w.own[:n] {
		when = when.Add(time.Duration(20+w.r.IntN(100)) * time.Second)
		acts = w.open(acts, id, when, 0.1)
	}
	return acts
}
