package watch

import "guan/fault"

// Action says what follows from a finding, beside the alert.
type Action string

// The actions.
const (
	Alert  Action = "alert"
	Factor Action = "second_factor" // the person proves the second factor, or does nothing more
	Freeze Action = "freeze"        // the account stands still
)

// Setting is how a detector is set.
type Setting struct {
	On    bool    `json:"on"`
	Act   Action  `json:"act"`
	Floor int64   `json:"floor"`           // below it nothing is told, whatever is usual
	Times float64 `json:"times,omitempty"` // how many times the usual it takes; 0 where nothing is compared
}

// Settings are those of a company.
type Settings map[Detector]Setting

// Usual are the settings of a company that has said nothing.
func Usual() Settings {
	return Settings{
		Honey:   {On: true, Act: Alert, Floor: 1},
		Hour:    {On: true, Act: Alert, Floor: 300, Times: 3},
		Fresh:   {On: true, Act: Alert, Floor: 300, Times: 4},
		Slow:    {On: true, Act: Alert, Floor: 120, Times: 2},
		Row:     {On: true, Act: Alert, Floor: 40},
		Night:   {On: true, Act: Alert, Floor: 25},
		Place:   {On: true, Act: Alert, Floor: 150, Times: 1.5},
		Chunks:  {On: true, Act: Alert, Floor: 2000, Times: 3},
		Leaver:  {On: true, Act: Alert, Floor: 50, Times: 1.5},
		Reveals: {On: true, Act: Alert, Floor: 20, Times: 3},
		Denials: {On: true, Act: Alert, Floor: 25, Times: 4},
	}
}

// Check refuses settings that say nothing. Faults: Invalid.
func (s Settings) Check() error {
	var errs []error
	wrong := func(at, detail string) {
		errs = append(errs, fault.New(fault.Invalid, "watch_settings", detail).WithAt(at))
	}
	for name, one := range s {
		usual, known := Usual()[name]
		switch {
		case !known:
			wrong(string(name), "there is no such detector")
			continue
		case one.Act != Alert && one.Act != Factor && one.Act != Freeze:
			wrong(string(name)+".act", "what follows is alert, second_factor or freeze")
		case one.Floor < 1 || one.Floor > 1_000_000:
			wrong(string(name)+".floor", "a floor is a number from 1 to 1,000,000")
		}
		if usual.Times > 0 && !(one.Times >= 1 && one.Times <= 100) || usual.Times == 0 && one.Times != 0 {
			wrong(string(name)+".times", "how many times the usual is 1 to 100, and 0 where nothing is compared")
		}
	}
	for _, name := range Detectors {
		if _, set := s[name]; !set {
			wrong(string(name), "each detector is set")
		}
	}
	return fault.Collect(fault.Invalid, "watch_settings", "the settings are not well formed", errs...)
}
