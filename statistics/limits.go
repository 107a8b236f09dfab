package statistics

import "guan/fault"

// Limits are what a company says of its statistics.
type Limits struct {
	Least  int `json:"least"`  // of how many records a figure is at least
	Budget int `json:"budget"` // how many questions a person asks in a day
}

// Usual are the limits of a company that has said nothing.
var Usual = Limits{Least: 10, Budget: 200}

// The bounds of the limits.
const (
	LeastMin  = 5
	LeastMax  = 1000
	BudgetMax = 10_000
)

// Check refuses what would protect nobody. Faults: Invalid.
func (l Limits) Check() error {
	switch {
	case l.Least < LeastMin || l.Least > LeastMax:
		return fault.New(fault.Invalid, "least", "a figure is of 5 to 1000 records at least").WithAt("least")
	case l.Budget < 1 || l.Budget > BudgetMax:
		return fault.New(fault.Invalid, "budget", "a person asks 1 to 10000 questions in a day").WithAt("budget")
	}
	return nil
}
