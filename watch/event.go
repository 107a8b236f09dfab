package watch

import (
	"time"

	"guan/policy"
)

// Act is what somebody did, as far as detectors tell acts apart.
type Act string

// The acts.
const (
	Opened   Act = "opened"   // one record, by itself
	Listed   Act = "listed"   // records, as rows of a list
	Exported Act = "exported" // records, into a file
	Revealed Act = "revealed" // a masked field of a record
	Worked   Act = "worked"   // something was written: it is work and not reading
	Refused  Act = "refused"  // it was denied
	Arrived  Act = "arrived"  // a sign-in
)

// Event is one act of a person.
type Event struct {
	Entry   int64 // its number in the audit log
	At      time.Time
	Person  policy.ID
	Act     Act
	Kind    policy.Kind
	Records []policy.ID
	Rows    int64     // of an export
	Limit   int64     // how many rows the person may export in a day; 0 when there is no limit
	Network string    // from where, as coarse as an office
	Device  string    // with which; empty when nobody knows
	LastDay time.Time // when the person's last appointment ends; zero when no end is known
	Bait    bool      // one of the records is marked: nobody has a reason to open it
}

// Detector names what is looked for.
type Detector string

// The detectors, in the order in which settings list them.
const (
	Hour    Detector = "hour"    // many records in an hour
	Fresh   Detector = "fresh"   // on a day, many records that the person never saw before
	Slow    Detector = "slow"    // … a little more than usual, day after day
	Row     Detector = "row"     // reads one after another, and no work in between
	Night   Detector = "night"   // at hours at which this person does not work
	Place   Detector = "place"   // much, from a device or network that is new to the person
	Chunks  Detector = "chunks"  // exports just below the limit, or far more of them than usual
	Leaver  Detector = "leaver"  // more than usual, shortly before the last day
	Reveals Detector = "reveals" // many revealed fields
	Denials Detector = "denials" // many refusals
	Honey   Detector = "honey"   // a record that nobody has a reason to open
)

// Detectors are all of them.
var Detectors = []Detector{Honey, Hour, Fresh, Slow, Row, Night, Place, Chunks, Leaver, Reveals, Denials}

// Finding is what a detector saw. Which of the numbers speak depends on the detector.
type Finding struct {
	Detector Detector  `json:"detector"`
	Act      Action    `json:"act"`
	First    int64     `json:"first"` // entries of the first and the last act behind it
	Last     int64     `json:"last"`
	At       time.Time `json:"at"`
	Numbers
}

// Numbers are what was seen and with what it was compared.
type Numbers struct {
	Seen  int64 `json:"seen"`            // records, rows, refusals, …
	Usual int64 `json:"usual"`           // of this person, in the same span
	Bound int64 `json:"bound"`           // from where on it counts
	Days  int   `json:"days"`            // days of work on which the usual stands; 0 for none
	Span  int   `json:"span,omitempty"`  // days, or nights, over which it was seen
	Left  int   `json:"left,omitempty"`  // days until the last one
	Limit int64 `json:"limit,omitempty"` // rows that may be exported in a day
}
