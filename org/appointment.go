package org

import (
	"cmp"
	"slices"
	"time"

	"guan/fault"
	"guan/policy"
)

// Appointment puts a person into a unit in a position, in the window [From, Until).
type Appointment struct {
	ID       policy.ID
	Person   policy.ID
	Unit     policy.ID
	Position string
	From     time.Time
	Until    *time.Time // nil is open
}

// State says how an appointment stands to an instant.
type State string

// The states.
const (
	Planned State = "planned" // From has not come
	Active  State = "active"
	Ended   State = "ended" // Until has come
)

// At returns the state at now. At From the appointment is active, at Until it has ended.
func (a Appointment) At(now time.Time) State {
	switch {
	case now.Before(a.From):
		return Planned
	case a.Until != nil && !now.Before(*a.Until):
		return Ended
	}
	return Active
}

// ActiveOf returns the appointments that are active at now, in the order given.
func ActiveOf(list []Appointment, now time.Time) []Appointment {
	var active []Appointment
	for _, a := range list {
		if a.At(now) == Active {
			active = append(active, a)
		}
	}
	return active
}

// NextBoundary returns the first instant after now at which one of the appointments begins or
// ends; false when none does.
func NextBoundary(list []Appointment, now time.Time) (time.Time, bool) {
	var next time.Time
	found := false
	consider := func(t time.Time) {
		if t.After(now) && (!found || t.Before(next)) {
			next, found = t, true
		}
	}
	for _, a := range list {
		consider(a.From)
		if a.Until != nil {
			consider(*a.Until)
		}
	}
	return next, found
}

// CheckAppointments checks all appointments of a person or of a tenant: the window is not
// empty, unit and position exist, and the same person holds the same position in the same unit
// only once at a time. Faults: Invalid, with one item for each mistake, at "appointment ID".
func CheckAppointments(tree *Tree, positions []Position, list []Appointment) error {
	known := make(map[string]bool, len(positions))
	for _, p := range positions {
		known[p.Code] = true
	}
	var errs []error
	wrong := func(a Appointment, code, at, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt("appointment "+a.ID.String()+" "+at))
	}
	for _, a := range list {
		if a.Person <= 0 {
			wrong(a, "appointment_person", "person", "an appointment needs a person")
		}
		if _, ok := tree.Unit(a.Unit); !ok {
			wrong(a, "appointment_unit", "unit", "there is no such unit")
		}
		if !known[a.Position] {
			wrong(a, "appointment_position", "position", "there is no such position")
		}
		if a.From.IsZero() {
			wrong(a, "appointment_from", "from", "an appointment needs a first day")
		} else if a.Until != nil && a.Until.UnixMicro() <= a.From.UnixMicro() {
			wrong(a, "appointment_until", "until", "an appointment ends after it begins")
		}
	}
	byPost := slices.Clone(list)
	slices.SortStableFunc(byPost, func(a, b Appointment) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Position, b.Position), a.From.Compare(b.From))
	})
	for i := 1; i < len(byPost); i++ {
		a, b := byPost[i-1], byPost[i]
		if a.Person == b.Person && a.Unit == b.Unit && a.Position == b.Position && overlap(a, b) {
			wrong(b, "appointment_overlap", "from", "the person holds this position in this unit already at that time")
		}
	}
	return fault.Collect(fault.Invalid, "appointments", "some appointments are wrong", errs...)
}

// overlap reports whether two appointments, the first beginning no later, share an instant.
func overlap(a, b Appointment) bool { return a.Until == nil || b.From.Before(*a.Until) }
