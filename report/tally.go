package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"guan/policy"
)

// Act is as what an entry counts.
type Act int

// The acts. An export is ordered once and taken out in parts.
const (
	Saw Act = iota + 1
	Opened
	Ordered
	TookOut
	Revealed
	Refused
)

// Entry is what a tally takes of an entry of the audit log.
type Entry struct {
	At      time.Time
	Person  policy.ID
	Act     Act
	Kind    policy.Kind
	Records int64
	Export  policy.ID
	Purpose string
}

// Tally is what people did in a month.
type Tally struct {
	People  map[policy.ID]*Deeds `json:"people"`
	Exports map[policy.ID]*Taken `json:"exports"`
}

// Taken is one export.
type Taken struct {
	By      policy.ID   `json:"by"`
	At      time.Time   `json:"at"`
	Kind    policy.Kind `json:"kind"`
	Rows    int64       `json:"rows"`
	Purpose string      `json:"purpose,omitempty"`
}

// NewTally begins to count.
func NewTally() *Tally {
	return &Tally{People: map[policy.ID]*Deeds{}, Exports: map[policy.ID]*Taken{}}
}

// Add counts an entry.
func (t *Tally) Add(e Entry) {
	f := t.People[e.Person]
	if f == nil {
		f = &Deeds{}
		t.People[e.Person] = f
	}
	switch e.Act {
	case Saw:
		f.Seen += e.Records
	case Opened:
		f.Opened += max(e.Records, 1)
	case Revealed:
		f.Reveals++
	case Refused:
		f.Denials++
	case Ordered, TookOut:
		x := t.Exports[e.Export]
		if x == nil {
			x = &Taken{By: e.Person, At: e.At}
			t.Exports[e.Export] = x
			f.Exports++
		}
		if e.Kind != "" {
			x.Kind = e.Kind
		}
		if e.Purpose != "" {
			x.Purpose = e.Purpose
		}
		if e.Act == TookOut {
			x.Rows += e.Records
			f.Rows += e.Records
		}
	}
}

// Fill writes into a report what it counts of the people whom its reader may know of, against the month before.
func (r *Report) Fill(now, before *Tally, known func(policy.ID) bool, person func(policy.ID) Somebody, label func(policy.Kind) Words) {
	seen := map[policy.ID]bool{}
	for _, t := range []*Tally{now, before} {
		for id := range t.People {
			if id == 0 || seen[id] || !known(id) {
				continue
			}
			seen[id] = true
			l := Looked{Somebody: person(id)}
			if f := now.People[id]; f != nil {
				l.Deeds = *f
			}
			if f := before.People[id]; f != nil {
				l.Before = *f
			}
			if l.Deeds == (Deeds{}) && l.Before == (Deeds{}) {
				continue
			}
			r.Total.add(l.Deeds)
			r.Before.add(l.Before)
			r.Looked = append(r.Looked, l)
		}
	}
	r.People = len(r.Looked)
	slices.SortFunc(r.Looked, func(a, b Looked) int {
		return cmp.Or(cmp.Compare(b.Seen+b.Opened, a.Seen+a.Opened), strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	for _, x := range now.Exports {
		if known(x.By) {
			r.Exports = append(r.Exports, Exported{By: person(x.By), At: x.At, Kind: x.Kind, Label: label(x.Kind), Rows: x.Rows, Purpose: x.Purpose})
		}
	}
	slices.SortFunc(r.Exports, func(a, b Exported) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), a.At.Compare(b.At), cmp.Compare(a.By.ID, b.By.ID))
	})
	r.Looked, r.More.Looked = first(r.Looked)
	r.Exports, r.More.Exports = first(r.Exports)
	r.Grants, r.More.Grants = first(r.Grants)
}

// first is the part of a list that is listed, and how much is left out.
func first[T any](list []T) ([]T, int) {
	if len(list) <= Listed {
		return list, 0
	}
	return list[:Listed], len(list) - Listed
}
