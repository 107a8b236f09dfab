package signin

import (
	"time"

	"guan/fault"
)

// Settings are what a company asks of those who sign in.
type Settings struct {
	// Factor says when who has a second factor is asked for it.
	Factor When `json:"factor"`
	// FirstUse says what the first use of a device takes of who has none.
	FirstUse FirstUse `json:"first_use"`
	// Freeze says that failed factors and sign-ins out of the ordinary freeze the account.
	Freeze bool `json:"freeze"`
	// Keep says that who has a second factor does not remove their last one.
	Keep bool `json:"keep"`
	// DeviceDays is after how many days without use a device is a new one again.
	DeviceDays int `json:"device_days"`
	// HourFrom and HourUntil are the usual hours, in UTC+8; alike they are the whole day.
	HourFrom  int `json:"hour_from"`
	HourUntil int `json:"hour_until"`
}

// When says when the second factor is asked for.
type When string

// The instants of asking.
const (
	NewDevice When = "new_device" // on a device that is not known
	Always    When = "always"     // at every sign-in
)

// FirstUse says what the first use of a device takes.
type FirstUse string

// What it may take.
const (
	Notice FirstUse = "notice" // nothing: the person is told
	Nod    FirstUse = "nod"    // who administers people says yes
)

// Usual are the settings of a company that has said nothing.
var Usual = Settings{Factor: NewDevice, FirstUse: Notice, DeviceDays: 90, HourFrom: 6, HourUntil: 23}

// FreezeAfter is how many wrong codes in a row freeze an account.
const FreezeAfter = 10

const longestAge = 3650

// Aged reports whether a device that was used last at an instant is a new one again.
func (s Settings) Aged(last, now time.Time) bool {
	return now.Sub(last) >= time.Duration(s.DeviceDays)*24*time.Hour
}

// Check refuses settings that say nothing. Faults: Invalid.
func (s Settings) Check() error {
	var errs []error
	wrong := func(at, detail string) {
		errs = append(errs, fault.New(fault.Invalid, "sign_in_settings", detail).WithAt(at))
	}
	if s.Factor != NewDevice && s.Factor != Always {
		wrong("factor", "the second factor is asked for on a new_device or always")
	}
	if s.FirstUse != Notice && s.FirstUse != Nod {
		wrong("first_use", "the first use of a device takes a notice or a nod")
	}
	if s.DeviceDays < 1 || s.DeviceDays > longestAge {
		wrong("device_days", "a device is a new one again after 1 to 3,650 days without use")
	}
	for at, hour := range map[string]int{"hour_from": s.HourFrom, "hour_until": s.HourUntil} {
		if hour < 0 || hour > 23 {
			wrong(at, "an hour is 0 to 23")
		}
	}
	return fault.Collect(fault.Invalid, "sign_in_settings", "the settings are not well formed", errs...)
}
