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

// Deeds count what somebody did.
type Deeds struct {
	Seen    int64 `json:"seen"`   // records shown in lists, each time
	Opened  int64 `json:"opened"` // records opened one by one, and their files
	Exports int64 `json:"exports"`
	Rows    int64 `json:"rows"` // exported
	Reveals int64 `json:"reveals"`
	Denials int64 `json:"denials"`
}

func (f *Deeds) add(g Deeds) {
	f.Seen, f.Opened, f.Exports, f.Rows, f.Reveals, f.Denials = f.Seen+g.Seen, f.Opened+g.Opened, f.Exports+g.Exports, f.Rows+g.Rows, f.Reveals+g.Reveals, f.Denials+g.Denials
}

// Somebody is somebody by name.
type Somebody struct {
	ID   policy.ID `json:"id"`
	Name string    `json:"name"`
	Unit string    `json:"unit,omitempty"`
}

// Looked is what somebody did in the month, and in the month before.
type Looked struct {
	Somebody
	Deeds
	Before Deeds `json:"before"`
}

// Exported is a file that somebody took out.
type Exported struct {
	By      Somebody    `json:"by"`
	At      time.Time   `json:"at"`
	Kind    policy.Kind `json:"kind"`
	Label   Words       `json:"label"`
	Rows    int64       `json:"rows"`
	Purpose string      `json:"purpose,omitempty"`
}

// BrokenGlass is a record that was opened in an emergency.
type BrokenGlass struct {
	By      Somebody  `json:"by"`
	At      time.Time `json:"at"`
	Label   Words     `json:"label"` // of the kind
	Reason  string    `json:"reason"`
	Verdict string    `json:"verdict,omitempty"` // none yet
}

// GrantTold is access that somebody gave for a time.
type GrantTold struct {
	From    Somebody  `json:"giver"`
	To      Somebody  `json:"receiver"`
	Label   Words     `json:"label"` // of the kind
	Since   time.Time `json:"from"`
	Until   time.Time `json:"until"`
	Given   bool      `json:"given"`   // in this month
	Ended   bool      `json:"ended"`   // in this month
	Revoked bool      `json:"revoked"` // before its time
}

// Unusual is somebody about whom alerts were raised.
type Unusual struct {
	Somebody
	Alerts []AlertCount `json:"alerts"`
}

// AlertCount are those of one detector.
type AlertCount struct {
	Detector  string `json:"detector"`
	Count     int64  `json:"count"`
	Confirmed int64  `json:"confirmed"`
	Dismissed int64  `json:"dismissed"`
}

// RuleChange is a version of the rules that came into force.
type RuleChange struct {
	Number int64     `json:"number"`
	At     time.Time `json:"at"`
	By     *Somebody `json:"by,omitempty"`
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
	Company     string        `json:"company"`
	Month       string        `json:"month"` // 2026-10
	From        time.Time     `json:"from"`
	Until       time.Time     `json:"until"`       // what is counted ends before
	Preliminary bool          `json:"preliminary"` // the month was not over, or it was made out of turn
	MadeAt      time.Time     `json:"made_at"`
	Reader      Somebody      `json:"reader"`
	Role        Role          `json:"role"`
	Units       []string      `json:"units"` // that a head leads
	UnitIDs     []policy.ID   `json:"unit_ids"`
	People      int           `json:"people"`
	Total       Deeds         `json:"total"`
	Before      Deeds         `json:"before"` // of the month before
	Looked      []Looked      `json:"looked"` // who did most, first
	Exports     []Exported    `json:"exports"`
	Emergencies []BrokenGlass `json:"emergencies"`
	Grants      []GrantTold   `json:"grants"`
	Unusual     []Unusual     `json:"unusual"`
	Changes     []RuleChange  `json:"changes"`
	More        More          `json:"more"`
}

// More says of how much only the first part is listed.
type More struct {
	Looked  int `json:"looked,omitempty"`
	Exports int `json:"exports,omitempty"`
	Grants  int `json:"grants,omitempty"`
}

// Listed bounds each list of a report; figures are of all.
const Listed = 500
