// Package report is what a reader is told of a month: who looked at how much, what was exported, revealed and
// refused, what was opened in an emergency, which grants were given, who did what is out of the ordinary, and which
// rules were changed. A Tally counts the entries of the audit log one after the other; a Report is what of it, and
// of the rest, one reader may know. It names people and never records, so that nothing of a record is in it, and it
// is kept as it was made. PDF writes it in Chinese or English. The package is pure.
package report

import (
	"time"

	"guan/policy"
)

// Role is why somebody reads a report.
type Role string

// The roles, the widest first.
const (
	Auditor Role = "auditor"
	Boss    Role = "boss"
	Head    Role = "head"
)

// Figures count what somebody did.
type Figures struct {
	Seen    int64 `json:"seen"`   // records shown in lists, each time
	Opened  int64 `json:"opened"` // records opened one by one, and their files
	Exports int64 `json:"exports"`
	Rows    int64 `json:"rows"` // exported
	Reveals int64 `json:"reveals"`
	Denials int64 `json:"denials"`
}

func (f *Figures) add(g Figures) {
	f.Seen, f.Opened, f.Exports, f.Rows, f.Reveals, f.Denials = f.Seen+g.Seen, f.Opened+g.Opened, f.Exports+g.Exports, f.Rows+g.Rows, f.Reveals+g.Reveals, f.Denials+g.Denials
}

// Person is somebody by name.
type Person struct {
	ID   policy.ID `json:"id"`
	Name string    `json:"name"`
	Unit string    `json:"unit,omitempty"`
}

// Looked is what somebody did in the month, and in the month before.
type Looked struct {
	Person
	Figures
	Before Figures `json:"before"`
}

// Export is a file that somebody took out.
type Export struct {
	By      Person      `json:"by"`
	At      time.Time   `json:"at"`
	Kind    policy.Kind `json:"kind"`
	Label   Words       `json:"label"`
	Rows    int64       `json:"rows"`
	Purpose string      `json:"purpose,omitempty"`
}

// Emergency is a record that was opened in an emergency.
type Emergency struct {
	By      Person    `json:"by"`
	At      time.Time `json:"at"`
	Label   Words     `json:"label"` // of the kind
	Reason  string    `json:"reason"`
	Verdict string    `json:"verdict,omitempty"` // none yet
}

// Grant is access that somebody gave for a time.
type Grant struct {
	From    Person    `json:"giver"`
	To      Person    `json:"receiver"`
	Label   Words     `json:"label"` // of the kind
	Since   time.Time `json:"from"`
	Until   time.Time `json:"until"`
	Given   bool      `json:"given"`   // in this month
	Ended   bool      `json:"ended"`   // in this month
	Revoked bool      `json:"revoked"` // before its time
}

// Unusual is somebody about whom alerts were raised.
type Unusual struct {
	Person
	Alerts []Alerts `json:"alerts"`
}

// Alerts are those of one detector.
type Alerts struct {
	Detector  string `json:"detector"`
	Count     int64  `json:"count"`
	Confirmed int64  `json:"confirmed"`
	Dismissed int64  `json:"dismissed"`
}

// Change is a version of the rules that came into force.
type Change struct {
	Number int64     `json:"number"`
	At     time.Time `json:"at"`
	By     *Person   `json:"by,omitempty"`
	Note   string    `json:"note,omitempty"`
	Alone  bool      `json:"alone"` // sensitive, and nobody confirmed it
}

// Words are a text in both languages.
type Words struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Report is what one reader is told.
type Report struct {
	Company     string      `json:"company"`
	Month       string      `json:"month"` // 2026-10
	From        time.Time   `json:"from"`
	Until       time.Time   `json:"until"`       // what is counted ends before
	Preliminary bool        `json:"preliminary"` // the month was not over, or it was made out of turn
	MadeAt      time.Time   `json:"made_at"`
	Reader      Person      `json:"reader"`
	Role        Role        `json:"role"`
	Units       []string    `json:"units"` // that a head leads
	UnitIDs     []policy.ID `json:"unit_ids"`
	People      int         `json:"people"`
	Total       Figures     `json:"total"`
	Before      Figures     `json:"before"` // of the month before
	Looked      []Looked    `json:"looked"` // who did most, first
	Exports     []Export    `json:"exports"`
	Emergencies []Emergency `json:"emergencies"`
	Grants      []Grant     `json:"grants"`
	Unusual     []Unusual   `json:"unusual"`
	Changes     []Change    `json:"changes"`
	More        More        `json:"more"`
}

// More says of how much only the first part is listed.
type More struct {
	Looked  int `json:"looked,omitempty"`
	Exports int `json:"exports,omitempty"`
	Grants  int `json:"grants,omitempty"`
}

// Listed bounds each list of a report; figures are of all.
const Listed = 500
