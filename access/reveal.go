package access

import (
	"slices"

	"guan/fault"
	"guan/policy"
)

// RevealSettings say what revealing a masked field takes beside a rule that permits it and a reason.
type RevealSettings struct {
	Factor  []policy.Class `json:"factor"`  // classes whose fields take the second factor
	PerDay  int            `json:"per_day"` // fields that one person reveals in a day
	Seconds int            `json:"seconds"` // for which a value is shown
}

// UsualReveal are the settings of a company that has said nothing.
var UsualReveal = RevealSettings{Factor: []policy.Class{policy.Identity}, PerDay: 50, Seconds: 30}

const (
	revealsMost    = 1000
	shownLeast     = 5 // seconds
	shownMost      = 120
	revealSettings = "reveal_settings"
)

// Check refuses settings that say nothing. Faults: Invalid.
func (s RevealSettings) Check() error {
	var errs []error
	wrong := func(at, detail string) {
		errs = append(errs, fault.New(fault.Invalid, revealSettings, detail).WithAt(at))
	}
	for i, class := range s.Factor {
		if !slices.Contains(policy.Classes, class) || slices.Contains(s.Factor[:i], class) {
			wrong("factor", "the second factor is asked for by field class, each named once")
			break
		}
	}
	if s.PerDay < 0 || s.PerDay > revealsMost {
		wrong("per_day", "a person reveals 0 to 1,000 fields in a day")
	}
	if s.Seconds < shownLeast || s.Seconds > shownMost {
		wrong("seconds", "a value is shown for 5 to 120 seconds")
	}
	return fault.Collect(fault.Invalid, revealSettings, "the settings are not well formed", errs...)
}

// AsksFactor reports whether revealing a field of the class takes the second factor.
func (s RevealSettings) AsksFactor(class policy.Class) bool { return slices.Contains(s.Factor, class) }
