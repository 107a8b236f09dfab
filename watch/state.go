package watch

import (
	"time"
)

// zone is the one in which days and nights are counted, as sign-ins count them.
var zone = time.FixedZone("UTC+8", 8*3600)

const (
	knownMost  = 1500 // records known to a person, in the sample
	dayMost    = 512
	shownMost  = 200 // rows of the list last shown
	placesMost = 40
	exportDays = 35
	listPart   = 4  // rows of a list, new to the person, that weigh as much as one record opened
	pagePart   = 25 // rows of a list that weigh as much as one record opened
)

// State is what is remembered of a person. Its zero value knows nothing.
type State struct {
	Day     int64              `json:"day"` // of the last act, in days since 1970
	Active  int                `json:"active"`
	Known   sample             `json:"known"`
	Today   today              `json:"today"`
	Habits  habits             `json:"habits"`
	Excess  excess             `json:"excess"`
	Hours   [24]float64        `json:"hours"` // how the days of work are spread over the hours
	Night   night              `json:"night"`
	Places  []place            `json:"places,omitempty"`
	New     place              `json:"new"` // the last of them that was new, and what came of it
	Exports []exportDay        `json:"exports,omitempty"`
	Run     run                `json:"run"`
	Busy    []busyDay          `json:"busy,omitempty"` // of the last seven days, of who leaves soon
	Told    map[Detector]int64 `json:"told,omitempty"` // the day of the last finding; of Honey the minute
}

// today is what the day has brought so far.
type today struct {
	First   int64       `json:"first"` // entry
	Opened  sample      `json:"opened"`
	Worked  sample      `json:"worked"` // of them something was written on those
	Fresh   int64       `json:"fresh"`  // never seen before
	Listed  int64       `json:"listed"` // of them those that only stood in lists
	Rows    int64       `json:"rows"`
	Reveals int64       `json:"reveals"`
	Denials int64       `json:"denials"`
	Busiest int64       `json:"busiest"` // hour
	Longest int64       `json:"longest"` // row of reads
	Hour    sample      `json:"hour"`
	HourAt  int64       `json:"hour_at"` // when it began, in seconds
	HourOf  int64       `json:"hour_of"` // its first entry
	Acts    [24]float64 `json:"acts"`
}

// amount is how much the day has brought before the person's eyes: records that were opened and not
// worked on, and with less weight those that stood in a list for the first time.
func (d *today) amount() int64 {
	return max(0, d.Opened.count()-d.Worked.count()) + d.Listed/listPart
}

type habits struct {
	Fresh   habit `json:"fresh,omitempty"`
	Amount  habit `json:"amount,omitempty"`
	Reach   habit `json:"reach,omitempty"` // opened, or in a list for the first time
	Busiest habit `json:"busiest,omitempty"`
	Longest habit `json:"longest,omitempty"`
	Reveals habit `json:"reveals,omitempty"`
	Denials habit `json:"denials,omitempty"`
}

// excess is by how much days went over the usual, one after another (a one-sided CUSUM).
type excess struct {
	Sum   float64 `json:"sum"`
	Days  int     `json:"days"`
	First int64   `json:"first"`
}

// night is what was seen at unusual hours.
type night struct {
	At    int64  `json:"at"` // in days, from noon to noon
	Seen  sample `json:"seen"`
	First int64  `json:"first"`
	Last  int64  `json:"last"` // the night before it in which there was half as much as counts
}

type place struct {
	Name  string `json:"name"`
	Since int64  `json:"since"` // in seconds
	Last  int64  `json:"last"`
	First int64  `json:"first,omitempty"` // entry
	Seen  sample `json:"seen"`
}

type exportDay struct {
	Day   int64 `json:"day"`
	Rows  int64 `json:"rows"`
	Near  bool  `json:"near"` // to the limit, and not over it
	First int64 `json:"first"`
}

type busyDay struct {
	Day   int64 `json:"day"`
	First int64 `json:"first"`
}

// run is reads one after another.
type run struct {
	Kind   string  `json:"kind,omitempty"`
	Record int64   `json:"record,omitempty"` // the last one
	At     int64   `json:"at,omitempty"`
	First  int64   `json:"first,omitempty"`
	Opened float64 `json:"opened,omitempty"`
	Rows   float64 `json:"rows,omitempty"` // of pages that followed each other
	Seen   sample  `json:"seen"`
	Shown  sample  `json:"shown"` // by the last list of some length
	Of     string  `json:"of,omitempty"`
}

func (r *run) length() int64 { return int64(r.Opened + r.Rows/pagePart) }

// dayOf counts days in the zone; shift moves the hour at which one begins.
func dayOf(at time.Time, shift time.Duration) int64 {
	return (at.Add(-shift).Unix() + 8*3600) / 86400
}

// turn closes the day when another begins: it becomes part of what is usual. What was told of is learnt
// no further than up to its bound, so that who goes on does not make it usual in a week.
func (s *State) turn(day int64, set Settings) {
	if s.Day != 0 {
		d := &s.Today
		median, spread := s.Habits.Amount.usual()
		if len(s.Habits.Amount) >= fewDays {
			s.Excess.add(float64(d.amount()), median, spread, d.First, slowBound(set[Slow], median, spread))
		}
		h := &s.Habits
		h.Fresh.learn(min(d.Fresh, h.Fresh.bound(set[Fresh].Floor, set[Fresh].Times)))
		h.Amount.learn(d.amount())
		h.Reach.learn(d.Opened.count() + d.Listed)
		h.Busiest.learn(min(d.Busiest, h.Busiest.bound(set[Hour].Floor, set[Hour].Times)))
		h.Longest.learn(min(d.Longest, h.Longest.bound(set[Row].Floor, 1)))
		h.Reveals.learn(min(d.Reveals, h.Reveals.bound(set[Reveals].Floor, set[Reveals].Times)))
		h.Denials.learn(min(d.Denials, h.Denials.bound(set[Denials].Floor, set[Denials].Times)))
		var all float64
		for _, n := range d.Acts {
			all += n
		}
		learnt := s.Hours
		for i, n := range d.Acts {
			learnt[i] *= 0.98
			if n > 0 && s.unusualAt(i) {
				n *= 0.5 // a night does not make nights usual
			}
			if all > 0 {
				learnt[i] += n / all
			}
		}
		s.Hours = learnt
		s.Active++
	}
	s.Day, s.Today = day, today{}
}

// perDay is how much of an excess one day brings at most: three days it takes.
const perDay = 3

func (e *excess) add(amount, median, spread float64, first int64, bound float64) {
	over := min(amount-median-0.75*spread, bound/perDay)
	if e.Sum == 0 && over > 0 {
		e.First, e.Days = first, 0
	}
	if over > 0 {
		e.Days++
	}
	e.Sum = max(0, e.Sum+over)
}

func slowBound(set Setting, median, spread float64) float64 {
	return max(float64(set.Floor), set.Times*median, 4*spread)
}
