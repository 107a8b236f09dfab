package grants

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// Emergency is access that a person took at once, for a stated reason: to read one record, and what
// hangs on it by the relations in With, in [From, Until). Nobody gave it, so it is never given on or
// extended.
type Emergency struct {
	ID      policy.ID      `json:"id"`
	Person  policy.ID      `json:"person"`
	Kind    policy.Kind    `json:"kind"`
	Record  policy.ID      `json:"record"`
	With    []Hanging      `json:"with"`
	Classes []policy.Class `json:"classes"` // shown plain; the others stay as they are
	Reason  string         `json:"reason"`
	From    time.Time      `json:"from"`
	Until   time.Time      `json:"until"`
	EndedAt *time.Time     `json:"ended_at,omitempty"`
}

// Hanging is a relation to the records of Kind whose Field points at the record that was opened.
type Hanging struct {
	Relation string      `json:"relation"`
	Kind     policy.Kind `json:"kind"`
	Field    string      `json:"field"`
}

// Window is the half-open window in which the emergency shows anything.
func (e *Emergency) Window() (from, end time.Time) {
	if e.EndedAt != nil && e.EndedAt.Before(e.Until) {
		return e.From, *e.EndedAt
	}
	return e.From, e.Until
}

// Open reports whether it shows anything at now.
func (e *Emergency) Open(now time.Time) bool {
	from, end := e.Window()
	return !now.Before(from) && now.Before(end)
}

// The limits of what is said of an emergency.
const (
	MinReason = 6   // characters: 'urgent' says nothing yet, and less says less
	MaxReason = 500 // characters
)

// EmergencyReason gives the words in which an emergency, or its review, is justified. Faults: Invalid.
func EmergencyReason(at, text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch n := utf8.RuneCountInString(text); {
	case n < MinReason:
		return "", fault.Newf(fault.Invalid, "emergency_reason", "say why in at least %d characters", MinReason).With("min", MinReason).WithAt(at)
	case n > MaxReason:
		return "", fault.Newf(fault.Invalid, "too_long", "has more than %d characters", MaxReason).With("max", MaxReason).WithAt(at)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, isHiddenControl):
		return "", fault.New(fault.Invalid, "emergency_text", "the text contains control characters or is no valid UTF-8").WithAt(at)
	}
	return text, nil
}

// EmergencySettings say what an emergency opens in a company, for how long, and when it is reviewed.
type EmergencySettings struct {
	Minutes     int            `json:"minutes"`      // for which a record may be open
	ReviewHours int            `json:"review_hours"` // after which the review is late
	LateHours   int            `json:"late_hours"`   // after which the next head may review it too
	PerDay      int            `json:"per_day"`      // attempts of one person in 24 hours, those that found nothing among them
	Kinds       []policy.Kind  `json:"kinds"`        // that may be opened, or come along
	Classes     []policy.Class `json:"classes"`      // that are shown
}

// EmergencyKinds are the kinds that can be opened in an emergency at all: not people, whose records
// are no customer's business, nor products and tasks, by which nobody is helped.
var EmergencyKinds = []policy.Kind{"customer", "contact", "opportunity", "contract", "ticket", "activity"}

// EmergencyClasses are the classes that can be shown in an emergency at all: documents and accounts
// never, they are asked for.
var EmergencyClasses = []policy.Class{policy.General, policy.Contact, policy.Communication, policy.Amount, policy.Internal}

// UsualEmergency is what holds until the company says otherwise: what it takes to reach a customer and
// to know what was agreed with them, and no amounts.
var UsualEmergency = EmergencySettings{
	Minutes: 30, ReviewHours: 24, LateHours: 24, PerDay: 5,
	Kinds:   []policy.Kind{"customer", "contact", "contract", "ticket", "activity"},
	Classes: []policy.Class{policy.General, policy.Contact, policy.Communication},
}

// Check reports everything that is wrong with the settings. Faults: Invalid.
func (s *EmergencySettings) Check() error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	for _, n := range []struct {
		at       string
		is, most int
	}{{"minutes", s.Minutes, 240}, {"review_hours", s.ReviewHours, 168}, {"late_hours", s.LateHours, 168}, {"per_day", s.PerDay, 50}} {
		if n.is < 1 || n.is > n.most {
			errs = append(errs, fault.Newf(fault.Invalid, "emergency_number", "is a number from 1 to %d", n.most).With("max", n.most).WithAt(n.at))
		}
	}
	if len(s.Kinds) == 0 || !subset(s.Kinds, EmergencyKinds) {
		wrong("kinds", "emergency_kinds", "name at least one of the kinds that can be opened in an emergency, each once")
	}
	if !slices.Contains(s.Classes, policy.General) || !subset(s.Classes, EmergencyClasses) {
		wrong("classes", "emergency_classes", "general information is shown; documents and accounts never are; each class is named once")
	}
	return fault.Collect(fault.Invalid, "emergency_settings", "the settings are not well formed", errs...)
}

func subset[T comparable](list, of []T) bool {
	for i, one := range list {
		if !slices.Contains(of, one) || slices.Contains(list[:i], one) {
			return false
		}
	}
	return true
}
