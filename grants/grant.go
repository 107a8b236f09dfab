package grants

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// Grant lets Receiver perform Actions on records of Kind in [From, Until). Records and When
// narrow each other: a record must be named, where some are, and satisfy the condition, where
// there is one.
type Grant struct {
	ID        policy.ID          `json:"id"`
	Giver     policy.ID          `json:"giver"`
	Receiver  policy.ID          `json:"receiver"`
	Kind      policy.Kind        `json:"kind"`
	Records   []policy.ID        `json:"records,omitempty"`
	When      *policy.Cond       `json:"when,omitempty"`
	Actions   []policy.Action    `json:"actions"`
	Fields    []policy.FieldRule `json:"fields"`
	From      time.Time          `json:"from"`
	Until     time.Time          `json:"until"`
	Purpose   string             `json:"purpose"`
	RevokedAt *time.Time         `json:"revoked_at,omitempty"`

	// Within is the reach that the giver had when a condition was granted, as a condition of its own:
	// what moves with the data moves only inside of it. Nil where the giver had every record.
	Within *policy.Cond `json:"within,omitempty"`
	// GiveOn lets the receiver give it on, in whole or in part. Parent is the grant that this one was
	// given on from: it gives nothing beyond it, and nothing after it.
	GiveOn bool      `json:"give_on,omitempty"`
	Parent policy.ID `json:"parent,omitzero"`
	// Once grants are used up by the first view of their one record, at UsedAt.
	Once   bool       `json:"once,omitempty"`
	UsedAt *time.Time `json:"used_at,omitempty"`
	// Along are what belongs to the named records and is lent with them.
	Along []Along `json:"along,omitempty"`
	// Extends is the grant that this one continues.
	Extends policy.ID `json:"extends,omitzero"`

	// Leaves is when the giver's last appointment ends: nobody gives after they have left. Nil where it does
	// not end. It is derived, never kept.
	Leaves *time.Time `json:"-"`
}

// The limits of a grant.
const (
	MaxDays    = 400   // of 24 hours, from From to Until
	MaxRecords = 1_000 // what one grant may name
	MaxPurpose = 500   // characters
	MaxLine    = 3     // grants in a line: one, given on, given on again
)

// State says how a grant stands to an instant.
type State string

// The states.
const (
	Pending State = "pending" // From has not come
	Active  State = "active"
	Ended   State = "ended"   // Until has come, and it was not revoked before
	Revoked State = "revoked" // taken back before its end
	Used    State = "used"    // given for one view, which took place
)

// At returns the state at now. At From the grant is active; at Until it has ended; at RevokedAt
// it is revoked; at UsedAt it is used. A revocation or view after the end changes nothing.
func (g Grant) At(now time.Time) State {
	from, end := g.Window()
	switch {
	case g.UsedAt != nil && !now.Before(*g.UsedAt):
		return Used
	case !now.Before(end) && g.revoked():
		return Revoked
	case !now.Before(end):
		return Ended
	case now.Before(from):
		return Pending
	}
	return Active
}

// Window returns the half-open window in which the grant gives anything: it ends with Until, with
// the revocation, or when its giver leaves. It is empty when that was before it began.
func (g Grant) Window() (from, end time.Time) {
	return g.From, first(g.Until, g.RevokedAt, g.Leaves)
}

// Ends is when it ends unless it is revoked.
func (g Grant) Ends() time.Time { return first(g.Until, g.Leaves) }

func (g Grant) revoked() bool { return g.RevokedAt != nil && g.RevokedAt.Before(g.Until) }

// NextBoundary returns the first instant after now at which one of the grants begins or ends;
// false when none does.
func NextBoundary(list []Grant, now time.Time) (time.Time, bool) {
	var next time.Time
	found := false
	for _, g := range list {
		from, end := g.Window()
		if !from.Before(end) {
			continue
		}
		for _, t := range []time.Time{from, end} {
			if t.After(now) && (!found || t.Before(next)) {
				next, found = t, true
			}
		}
	}
	return next, found
}

// Check reports everything that is wrong with a grant by itself. Whether kind, fields and
// condition exist is checked on the rule it becomes. Faults: Invalid, with one item for each
// mistake.
func (g Grant) Check() error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	if g.Giver <= 0 {
		wrong("giver", "grant_giver", "a grant needs the person who gives it")
	}
	if g.Receiver <= 0 {
		wrong("receiver", "grant_receiver", "a grant needs the person who receives it")
	} else if g.Giver == g.Receiver {
		wrong("receiver", "grant_self", "nobody grants anything to themselves")
	}
	g.checkLent(wrong)
	return fault.Collect(fault.Invalid, "grant", "the grant is not well formed", errs...)
}

// CheckLent reports everything that is wrong with what is lent, whoever gives and receives it. Faults:
// Invalid.
func (g Grant) CheckLent() error {
	var errs []error
	g.checkLent(func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	})
	return fault.Collect(fault.Invalid, "grant", "the grant is not well formed", errs...)
}

// checkLent holds what is lent, and for how long and what for, to what may be lent to anybody.
func (g Grant) checkLent(wrong func(at, code, detail string)) {
	if g.Kind == "" {
		wrong("kind", "grant_kind", "a grant names a kind of record")
	}
	g.checkReach(wrong)
	g.checkOnce(wrong)
	g.checkAlong(wrong)
	if len(g.Actions) == 0 {
		wrong("actions", "grant_actions", "a grant names at least one action")
	} else if slices.Contains(g.Actions, policy.Create) {
		wrong("actions", "grant_create", "a grant is for records that exist; it cannot let anybody create some")
	}
	if len(g.Fields) == 0 {
		wrong("fields", "grant_fields", "a grant says which fields it shows")
	}
	g.checkScene(wrong)
}

// checkScene holds a window and a purpose to what they may be.
func (g Grant) checkScene(wrong func(at, code, detail string)) {
	switch {
	case g.From.IsZero():
		wrong("from", "grant_from", "a grant needs a beginning")
	case g.Until.IsZero():
		wrong("until", "grant_until", "a grant needs an end")
	case g.Until.UnixMicro() <= g.From.UnixMicro():
		wrong("until", "grant_window", "a grant ends after it begins")
	case g.Until.Sub(g.From) > MaxDays*24*time.Hour:
		wrong("until", "grant_long", "a grant lasts at most 400 days")
	}
	if code, detail := CheckPurpose(g.Purpose); code != "" {
		wrong("purpose", code, detail)
	}
}

// CheckPurpose says what is wrong with what something is said to be for; no code: nothing.
func CheckPurpose(purpose string) (code, detail string) {
	switch n := utf8.RuneCountInString(purpose); {
	case strings.TrimSpace(purpose) == "":
		return "grant_purpose", "the purpose is missing: say what it is for"
	case n > MaxPurpose:
		return "grant_purpose_long", "the purpose is longer than 500 characters"
	case !utf8.ValidString(purpose) || strings.ContainsFunc(purpose, isHiddenControl):
		return "grant_purpose_text", "the purpose contains control characters or is no valid UTF-8"
	}
	return "", ""
}

func (g Grant) checkReach(wrong func(at, code, detail string)) {
	switch {
	case len(g.Records) == 0 && g.When == nil:
		wrong("records", "grant_reach", "a grant names records or a condition: without either it would give everything")
	case len(g.Records) > MaxRecords:
		wrong("records", "grant_records_many", "a grant names at most 1,000 records: narrow the condition, or let it move with the data")
	}
	seen := make(map[policy.ID]bool, len(g.Records))
	for _, id := range g.Records {
		if id <= 0 || seen[id] {
			wrong("records", "grant_records", "the records of a grant are ids, each named once")
			return
		}
		seen[id] = true
	}
}

// checkOnce holds what is given for one view to what one view is: reading one record.
func (g Grant) checkOnce(wrong func(at, code, detail string)) {
	switch {
	case !g.Once:
	case len(g.Records) != 1 || g.When != nil:
		wrong("records", "grant_once_record", "what is given for one view is one record")
	case !slices.Equal(g.Actions, []policy.Action{policy.Read}):
		wrong("actions", "grant_once_read", "what is given for one view is for reading alone")
	case g.GiveOn:
		wrong("give_on", "grant_once_on", "what is given for one view is not given on")
	}
}

func isHiddenControl(r rune) bool { return unicode.IsControl(r) && r != '\n' }
