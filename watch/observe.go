package watch

import (
	"slices"
	"time"
)

// Observe takes an act in and returns what it makes stand out. Acts may come a little out of order.
func (s *State) Observe(e Event, set Settings) []Finding {
	if s.Told == nil {
		s.Told = map[Detector]int64{}
	}
	if day := dayOf(e.At, 0); day > s.Day {
		s.turn(day, set)
	}
	w := watcher{s, e, set, nil}
	d := &s.Today
	if d.First == 0 {
		d.First = e.Entry
	}
	d.Acts[e.At.In(zone).Hour()]++
	s.came(e)
	if e.Bait && e.Act != Listed {
		w.bait()
	}
	switch e.Act {
	case Opened, Listed:
		w.records()
	case Exported:
		w.export()
	case Revealed:
		d.Reveals++
		w.daily(Reveals, d.Reveals, s.Habits.Reveals)
	case Refused:
		d.Denials++
		w.daily(Denials, d.Denials, s.Habits.Denials)
	case Worked:
		for _, id := range e.Records {
			if hash := hashOf(e.Kind, id); d.Opened.has(hash) {
				d.Worked.add(hash, dayMost)
			}
		}
		s.Run.Opened, s.Run.Rows = s.Run.Opened/2, s.Run.Rows/2
	}
	return w.found
}

type watcher struct {
	*State
	e     Event
	set   Settings
	found []Finding
}

// bait tells of a marked record, once in ten minutes: opening a page is several acts.
func (w *watcher) bait() {
	at := w.e.At.Unix() / 60
	if last, told := w.Told[Honey]; w.set[Honey].On && (!told || at-last >= 10) {
		w.Told[Honey] = at
		w.found = append(w.found, Finding{Detector: Honey, Act: w.set[Honey].Act, First: w.e.Entry, Last: w.e.Entry, At: w.e.At, Numbers: Numbers{Seen: 1, Bound: 1}})
	}
}

// tell is a finding, unless the detector is off or has told of it in the last days.
func (w *watcher) tell(d Detector, first int64, quiet int64, n Numbers) bool {
	set := w.set[d]
	if last, told := w.Told[d]; !set.On || told && w.Day-last < quiet {
		return false
	}
	w.Told[d] = w.Day
	w.found = append(w.found, Finding{Detector: d, Act: set.Act, First: first, Last: w.e.Entry, At: w.e.At, Numbers: n})
	return true
}

// daily compares a count of the day with the usual one.
func (w *watcher) daily(d Detector, seen int64, of habit) {
	if seen <= w.set[d].Floor {
		return // no bound is below the floor
	}
	bound := of.bound(w.set[d].Floor, w.set[d].Times)
	if seen > bound {
		median, _ := of.usual()
		w.tell(d, w.Today.First, 1, Numbers{Seen: seen, Usual: int64(median), Bound: bound, Days: len(of)})
	}
}

// records takes in what an act has shown.
func (w *watcher) records() {
	e, d := w.e, &w.Today
	if at := e.At.Unix(); d.HourAt == 0 || at-d.HourAt >= 3600 {
		d.Hour, d.HourAt, d.HourOf = sample{}, at, e.Entry
	}
	unusual := w.unusualHour(e.At)
	if unusual {
		w.nightfall()
	}
	young := w.New.Name != "" && e.At.Unix()-w.New.Since < 24*3600 && (w.New.Name == e.Network || w.New.Name == e.Device)
	for _, id := range e.Records {
		hash := hashOf(e.Kind, id)
		fresh := w.Known.add(hash, knownMost)
		d.Fresh += fresh
		if e.Act == Opened {
			d.Opened.add(hash, dayMost)
		} else {
			d.Listed += fresh
		}
		d.Hour.add(hash, dayMost)
		if e.Act == Opened || fresh > 0 {
			if unusual {
				w.Night.Seen.add(hash, dayMost)
			}
			if young {
				w.New.Seen.add(hash, dayMost)
			}
		}
	}
	w.row()
	hour := d.Hour.count()
	d.Busiest, d.Longest = max(d.Busiest, hour), max(d.Longest, w.Run.length())

	if hour > w.set[Hour].Floor {
		if bound := w.Habits.Busiest.bound(w.set[Hour].Floor, w.set[Hour].Times); hour > bound {
			median, _ := w.Habits.Busiest.usual()
			w.tell(Hour, d.HourOf, 1, Numbers{Seen: hour, Usual: int64(median), Bound: bound, Days: len(w.Habits.Busiest)})
		}
	}
	w.daily(Fresh, d.Fresh, w.Habits.Fresh)
	w.slow()
	w.inARow()
	if unusual {
		w.night()
	}
	if young {
		w.fromNewPlace()
	}
	w.leaving()
}

// inARow tells of a long row of reads; on somebody's first days it takes twice as many.
func (w *watcher) inARow() {
	of, length, floor := w.Habits.Longest, w.Run.length(), w.set[Row].Floor
	if length <= floor {
		return
	}
	bound := 2 * floor
	if len(of) >= fewDays {
		bound = of.bound(floor, 1)
	}
	if length > bound {
		median, _ := of.usual()
		w.tell(Row, w.Run.First, 1, Numbers{Seen: length, Usual: int64(median), Bound: bound, Days: len(of)})
	}
}

func (w *watcher) slow() {
	if len(w.Habits.Amount) < 2*fewDays || w.Excess.Sum+float64(w.Today.amount()) < 0.99*float64(w.set[Slow].Floor) {
		return
	}
	median, spread := w.Habits.Amount.usual()
	bound := slowBound(w.set[Slow], median, spread)
	all := w.Excess
	all.add(float64(w.Today.amount()), median, spread, w.Today.First, bound)
	if all.Sum > 0.99*bound && all.Days >= perDay {
		if w.tell(Slow, all.First, 7, Numbers{Seen: w.Today.amount(), Usual: int64(median), Bound: int64(bound), Days: len(w.Habits.Amount), Span: all.Days}) {
			w.Excess = excess{} // what goes on is told of anew
		}
	}
}

// row follows reads one after another: records that the last list showed, or with rising numbers close
// to each other, and pages of a list that go on where the last one ended. Work in between, and doing
// something else, breaks it off.
func (w *watcher) row() {
	r, e := &w.Run, w.e
	if at := e.At.Unix(); at-r.At > 2*3600 {
		shown, of := r.Shown, r.Of
		*r = run{At: at, First: e.Entry, Shown: shown, Of: of}
	}
	if e.Act == Listed {
		if len(e.Records) < 10 {
			return
		}
		r.At = e.At.Unix()
		if r.Kind != string(e.Kind) {
			*r = run{Kind: string(e.Kind), At: r.At, First: e.Entry}
		}
		var fresh int64
		r.Shown, r.Of = sample{}, string(e.Kind)
		for _, id := range e.Records {
			hash := hashOf(e.Kind, id)
			r.Shown.add(hash, shownMost)
			fresh += r.Seen.add(hash, dayMost)
		}
		if fresh < int64(len(e.Records))*4/5 {
			r.Rows = 0
			if r.Opened == 0 {
				r.First, r.Seen = e.Entry, sample{}
			}
		}
		r.Rows += float64(fresh)
		return
	}
	for _, id := range e.Records {
		if r.Kind == string(e.Kind) && r.Record == int64(id) {
			continue // another part of the same page
		}
		hash := hashOf(e.Kind, id)
		shown := r.Of == string(e.Kind) && r.Shown.has(hash)
		next := r.Kind == string(e.Kind) && int64(id) > r.Record && int64(id)-r.Record <= 16
		if r.Of != string(e.Kind) && r.Kind != string(e.Kind) && r.Opened > 0 {
			continue // what hangs on the record that was opened
		}
		if !shown && !next {
			r.Opened, r.Rows = r.Opened/2, 0
		}
		if r.Opened < 1 {
			r.First = e.Entry
		}
		r.Opened++
		r.Kind, r.Record, r.At = string(e.Kind), int64(id), e.At.Unix()
	}
}

// unusualHour reports whether the person hardly ever works at this hour.
func (s *State) unusualHour(at time.Time) bool { return s.unusualAt(at.In(zone).Hour()) }

func (s *State) unusualAt(h int) bool {
	if s.Active < 2*fewDays {
		return false
	}
	var all float64
	for _, n := range s.Hours {
		all += n
	}
	return s.Hours[(h+23)%24]+s.Hours[h]+s.Hours[(h+1)%24] < 0.015*all
}

// nightfall begins another night.
func (w *watcher) nightfall() {
	at := dayOf(w.e.At, 12*time.Hour)
	if at == w.Night.At {
		return
	}
	last := w.Night.Last
	if w.Night.Seen.count()*2 >= w.set[Night].Floor {
		last = w.Night.At
	}
	w.Night = night{At: at, First: w.e.Entry, Last: last}
}

// night tells of the second night in a week, and of the first when it is three times as much.
func (w *watcher) night() {
	seen, floor := w.Night.Seen.count(), w.set[Night].Floor
	switch {
	case seen >= 3*floor:
		w.tell(Night, w.Night.First, 1, Numbers{Seen: seen, Bound: 3 * floor, Days: w.Active, Span: 1})
	case seen >= floor && w.Night.Last > 0 && w.Night.At-w.Night.Last <= 7:
		w.tell(Night, w.Night.First, 3, Numbers{Seen: seen, Bound: floor, Days: w.Active, Span: 2})
	}
}

// came notes from where and with what.
func (s *State) came(e Event) {
	for _, name := range []string{e.Network, e.Device} {
		if name == "" {
			continue
		}
		at := slices.IndexFunc(s.Places, func(p place) bool { return p.Name == name })
		if at >= 0 {
			s.Places[at].Last = e.At.Unix()
			continue
		}
		s.Places = append(s.Places, place{Name: name, Since: e.At.Unix(), Last: e.At.Unix()})
		if s.Active >= fewDays {
			s.New = place{Name: name, Since: e.At.Unix(), First: e.Entry}
		}
		if len(s.Places) > placesMost {
			oldest := 0
			for i, p := range s.Places {
				if p.Last < s.Places[oldest].Last {
					oldest = i
				}
			}
			s.Places = slices.Delete(s.Places, oldest, oldest+1)
		}
	}
}

func (w *watcher) fromNewPlace() {
	if w.New.Seen.count() <= w.set[Place].Floor {
		return
	}
	median, spread := w.Habits.Reach.usual()
	bound := max(w.set[Place].Floor, int64(w.set[Place].Times*median), int64(median+4*spread))
	if seen := w.New.Seen.count(); seen > bound {
		w.tell(Place, w.New.First, 1, Numbers{Seen: seen, Usual: int64(median), Bound: bound, Days: len(w.Habits.Reach)})
	}
}
