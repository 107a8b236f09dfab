package approvals

import (
	"fmt"
	"slices"
	"time"

	"guan/fault"
	"guan/policy"
)

// SourceType says in what way a step names who decides.
type SourceType string

// The ways.
const (
	Position  SourceType = "position"   // whoever holds the position
	Head      SourceType = "head"       // the nearest head above who asks
	HeadAbove SourceType = "head_above" // the head above that one
	OwnerHead SourceType = "owner_head" // the nearest head over the record
	Person    SourceType = "person"     // somebody by name
	Pack      SourceType = "pack"       // whoever holds a pack, such as IT
)

// SourceTypes are all of them, in the order of screens.
var SourceTypes = []SourceType{Head, HeadAbove, OwnerHead, Position, Pack, Person}

// Source names people by what they are now.
type Source struct {
	Type     SourceType `json:"type"`
	Position string     `json:"position,omitempty"`
	Person   policy.ID  `json:"person,omitempty"`
	Pack     string     `json:"pack,omitempty"`
}

// Step is decided by one of all whom its sources name or, with All, by one of each source.
type Step struct {
	By    []Source `json:"by"`
	All   bool     `json:"all,omitempty"`
	Hours int      `json:"hours"` // until it is due; after as many more the next head joins, then it expires
	// Added: nobody before could give what was asked, so the request was passed on to this step.
	Added bool `json:"added,omitempty"`
}

// The limits of a chain.
const (
	MaxSteps   = 5
	MaxSources = 5
	MaxHours   = 24 * 30
)

// Check reports what is wrong with a chain by itself. Whether its positions, packs and people exist
// is the caller's to ask. Faults: Invalid, with one item for each mistake.
func Check(chain []Step) error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	if len(chain) == 0 || len(chain) > MaxSteps {
		wrong("steps", "chain_steps", "a chain has one to five steps")
	}
	alone := map[Source]bool{}
	for i, s := range chain {
		at := fmt.Sprintf("steps[%d]", i)
		if len(s.By) == 0 || len(s.By) > MaxSources {
			wrong(at+".by", "chain_by", "a step names one to five ways to find who decides")
		}
		if s.Hours < 1 || s.Hours > MaxHours {
			wrong(at+".hours", "chain_hours", "a step is due after 1 to 720 hours")
		}
		if s.Added {
			wrong(at, "chain_added", "a step is passed on to only while a request is decided")
		}
		for j, by := range s.By {
			if !by.whole() || slices.Contains(s.By[:j], by) {
				wrong(fmt.Sprintf("%s.by[%d]", at, j), "chain_source", "this says nothing, too much, or what stands there already")
			}
		}
		for _, by := range lone(s) {
			// Who has decided does not decide again: the second step could never have anybody.
			if alone[by] {
				wrong(at+".by", "chain_again", "the same person alone cannot decide two steps of a chain")
			}
			alone[by] = true
		}
	}
	return fault.Collect(fault.Invalid, "chain", "the chain is not well formed", errs...)
}

// lone are the people who alone can decide a step, or a part of it.
func lone(s Step) []Source {
	var out []Source
	for _, by := range s.By {
		if by.Type == Person && (s.All || len(s.By) == 1) {
			out = append(out, by)
		}
	}
	return out
}

// whole reports whether the source says what its type needs and nothing else.
func (s Source) whole() bool {
	switch s.Type {
	case Head, HeadAbove, OwnerHead:
		return s == Source{Type: s.Type}
	case Position:
		return s.Position != "" && s == Source{Type: Position, Position: s.Position}
	case Person:
		return s.Person > 0 && s == Source{Type: Person, Person: s.Person}
	case Pack:
		return s.Pack != "" && s == Source{Type: Pack, Pack: s.Pack}
	}
	return false
}

// slots are the decisions that a step takes, each with the sources of who may make it.
func (s Step) slots() [][]Source {
	if !s.All {
		return [][]Source{s.By}
	}
	var out [][]Source
	for _, by := range s.By {
		out = append(out, []Source{by})
	}
	return out
}

func (s Step) span() time.Duration { return time.Duration(s.Hours) * time.Hour }

// Absence is that somebody is away in [From, Until), and who stands in for them.
type Absence struct {
	Person  policy.ID `json:"person"`
	StandIn policy.ID `json:"stand_in"`
	From    time.Time `json:"from"`
	Until   time.Time `json:"until"`
}

// At reports whether the person is away at now.
func (a Absence) At(now time.Time) bool { return !now.Before(a.From) && now.Before(a.Until) }

// Company is the organisation as it stands at the instant of a question, seen from one request.
type Company struct {
	// People are whom a source names; only those who work in the company now.
	People func(Source) []policy.ID
	// Ladder is the heads above who asks, the nearest first: where a request goes that waits too long.
	Ladder [][]policy.ID
	// Away are the absences; those that do not hold now count for nothing.
	Away []Absence
	Now  time.Time
}
