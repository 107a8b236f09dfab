package statistics

import "guan/fault"

// Settings are what a company says of its statistics.
type Settings struct {
	Least  int `json:"least"`  // of how many records a figure is at least
	Budget int `json:"budget"` // how many questions a person asks in a day
}

// Usual are the settings of a company that has said nothing.
var Usual = Settings{Least: 10, Budget: 200}

// The bounds of the settings.
const (
	LeastMin  = 5
	LeastMax  = 1000
	BudgetMax = 10_000
)

// Check refuses what would protect nobody. Faults: Invalid.
func (s Settings) Check() error {
	switch {
	case s.Least < LeastMin || s.Least > LeastMax:
		return fault.New(fault.Invalid, "least", "a figure is of 5 to 1000 records at least").WithAt("least")
	case s.Budget < 1 || s.Budget > BudgetMax:
		return fault.New(fault.Invalid, "budget", "a person asks 1 to 10000 questions in a day").WithAt("budget")
	}
	return nil
}
