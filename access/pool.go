package access

import (
	"fmt"
	"slices"
	"time"

	"guan/fault"
	"guan/policy"
)

// Pooled is the kind whose records lie in pools.
const Pooled policy.Kind = "customer"

// FromPool is the Type of the Origin of what a pool's settings lower to.
const FromPool = "pool"

// PoolSettings are how a pool is worked with. A number that is 0 limits nothing.
type PoolSettings struct {
	// Takes says which records belong into the pool; nil takes all. Records are released and recycled
	// into a pool that takes them.
	Takes *policy.Cond `json:"takes,omitempty"`
	// Hidden are fields that show no more than so while a record lies in the pool, to everybody but
	// those in ShownTo and those who see and do everything (the pack boss).
	Hidden  []policy.FieldRule `json:"hidden,omitempty"`
	ShownTo []policy.Clause    `json:"shown_to,omitempty"`

	ClaimsPerDay int `json:"claims_per_day,omitempty"` // of one person
	ClaimsHeld   int `json:"claims_held,omitempty"`    // records of this pool that one person has at a time
	ViewsPerDay  int `json:"views_per_day,omitempty"`  // records that one person opens
	CoolDownDays int `json:"cool_down_days,omitempty"` // before a former owner claims the record again

	Recycle *Recycling `json:"recycle,omitempty"` // nil: nothing comes back by itself
}

// Recycling says when a customer with an owner comes back: after whichever comes first.
type Recycling struct {
	IdleDays int  `json:"idle_days,omitempty"` // without an activity
	DealDays int  `json:"deal_days,omitempty"` // without a signed contract
	Leavers  bool `json:"leavers,omitempty"`   // at once, when the owner has left
	WarnDays int  `json:"warn_days,omitempty"` // so long before, the owner is told; not of a leaver's
}

// mostSetting bounds every number of the settings.
const mostSetting = 100_000

// Check says what is wrong with settings. Faults: Invalid.
func (s *PoolSettings) Check(schema *policy.Schema) error {
	numbers := map[string]int{"claims_per_day": s.ClaimsPerDay, "claims_held": s.ClaimsHeld, "views_per_day": s.ViewsPerDay, "cool_down_days": s.CoolDownDays}
	if r := s.Recycle; r != nil {
		numbers["recycle.idle_days"], numbers["recycle.deal_days"], numbers["recycle.warn_days"] = r.IdleDays, r.DealDays, r.WarnDays
		if r.IdleDays == 0 && r.DealDays == 0 && !r.Leavers {
			return fault.New(fault.Invalid, "pool_recycle", "recycling needs a number of days or the customers of leavers").WithAt("recycle")
		}
		for _, days := range []int{r.IdleDays, r.DealDays} {
			if days != 0 && r.WarnDays >= days {
				return fault.New(fault.Invalid, "pool_warning", "the warning comes after the days have begun: fewer days than those of the rule").WithAt("recycle.warn_days")
			}
		}
	}
	for at, n := range numbers {
		if n < 0 || n > mostSetting {
			return fault.Newf(fault.Invalid, "pool_number", "a number from 0 to %d", mostSetting).WithAt(at).With("max", mostSetting)
		}
	}
	if s.Takes != nil {
		if err := policy.CheckCond(schema, Pooled, s.Takes); err != nil {
			return fault.New(fault.Invalid, "pool_takes", "the condition does not stand").WithAt("takes").WithCause(err)
		}
		if p := policy.KeepsValue(schema, Pooled, s.Takes); p != nil {
			return fault.New(fault.Invalid, p.Code, p.Detail).WithAt("takes." + p.At)
		}
	}
	if len(s.Hidden) == 0 {
		if len(s.ShownTo) > 0 {
			return fault.New(fault.Invalid, "pool_shown", "nothing is hidden that could be shown").WithAt("shown_to")
		}
		return nil
	}
	for i, f := range s.Hidden {
		if f.Level == policy.Plain || f.Edit {
			return fault.New(fault.Invalid, "pool_hidden", "a field is hidden or masked until it is claimed").WithAt(fmt.Sprintf("hidden[%d]", i))
		}
		if f.Field == "owner" || f.Field == "pool" || f.Field == "id" || f.Class == policy.Everything {
			return fault.New(fault.Invalid, "pool_hidden", "by its pool and its owner a record is known to lie there: they stay").WithAt(fmt.Sprintf("hidden[%d]", i))
		}
	}
	rules := (&Pool{ID: 1, Name: "1", Settings: *s}).rules(nil)
	if _, problems := policy.Compile(schema, rules, func(id policy.ID) []policy.ID { return []policy.ID{id} }); len(problems) > 0 {
		return fault.New(fault.Invalid, "pool_hidden", "there is no such field, or nobody of that description").WithAt("hidden")
	}
	return nil
}

// rules are what stays hidden until a record is claimed, as forbids of the one shape. above are
// those from whom nothing is.
func (p *Pool) rules(above []policy.Clause) []policy.Rule {
	if len(p.Settings.Hidden) == 0 {
		return nil
	}
	// A record without a pool is certainly not in this one; a comparison alone would not know, and a
	// forbid that is not known holds.
	here := policy.Cond{Op: policy.OpAll, Args: []policy.Cond{
		{Op: policy.OpHas, Field: "pool"},
		{Op: policy.OpEq, Field: "pool", Value: &policy.Operand{Ref: &p.ID}},
		{Op: policy.OpNot, Args: []policy.Cond{{Op: policy.OpHas, Field: "owner"}}},
	}}
	return []policy.Rule{{
		ID: FromPool + "/" + p.ID.String() + "/hidden", Effect: policy.Forbid, Kind: Pooled,
		Who:     policy.Who{Any: []policy.Clause{{Everyone: true}}, Except: slices.Concat(p.Settings.ShownTo, above)},
		Actions: []policy.Action{policy.Read, policy.Edit, policy.Export},
		Where:   policy.Path{Path: policy.PathAll}, When: &here, Fields: p.Settings.Hidden,
		Scene:  "公海“" + p.Name + "”中的客户领取前不显示这些字段",
		Origin: policy.Origin{Type: FromPool, ID: p.ID.String(), Name: p.Name},
	}}
}

// Accepts is the rule by which a job of the program asks the engine whether a record belongs into
// the pool.
func (p *Pool) Accepts() policy.Rule {
	return policy.Rule{
		ID: FromPool + "/" + p.ID.String() + "/takes", Effect: policy.Permit, Kind: Pooled,
		Who:     policy.Who{Any: []policy.Clause{{Everyone: true}}},
		Actions: []policy.Action{policy.Release},
		Where:   policy.Path{Path: policy.PathAll}, When: p.Settings.Takes,
		Scene: "which records belong into the pool", Origin: policy.Origin{Type: FromPool, ID: p.ID.String(), Name: p.Name},
	}
}

// Standing is what is known of a customer with an owner when it is asked whether it comes back.
type Standing struct {
	Touched time.Time  // of the last activity, and not before its owner got it
	Dealt   time.Time  // of the last signed contract, and not before its owner got it
	Held    bool       // a contract runs or a ticket is open
	Left    bool       // the owner has left
	Warned  *time.Time // when its owner was told last
}

// Verdict is what becomes of a customer.
type Verdict string

// The verdicts.
const (
	Stays     Verdict = ""
	Protected Verdict = "protected" // it would come back, but a contract runs or a ticket is open
	Warned    Verdict = "warned"    // its owner is told
	Idle      Verdict = "idle"      // it comes back: no activity
	NoDeal    Verdict = "no_deal"   // … no signed contract
	Leaver    Verdict = "leaver"    // … its owner has left
)

// Takes reports whether the customer comes back.
func (v Verdict) Takes() bool { return v == Idle || v == NoDeal || v == Leaver }

// Judge says what becomes of a customer at now.
func (r *Recycling) Judge(s Standing, now time.Time) Verdict {
	verdict := r.due(s, now)
	if verdict != Stays && s.Held {
		return Protected
	}
	return verdict
}

// Comes is the first instant at which a customer comes back whose owner is told at now, unless they
// do something.
func (r *Recycling) Comes(s Standing, now time.Time) time.Time {
	first := time.Time{}
	for _, rule := range []struct {
		days  int
		since time.Time
	}{{r.IdleDays, s.Touched}, {r.DealDays, s.Dealt}} {
		if rule.days == 0 {
			continue
		}
		if end := rule.since.AddDate(0, 0, rule.days); first.IsZero() || end.Before(first) {
			first = end
		}
	}
	if told := now.AddDate(0, 0, r.WarnDays); first.Before(told) {
		return told
	}
	return first
}

func (r *Recycling) due(s Standing, now time.Time) Verdict {
	if r.Leavers && s.Left {
		return Leaver
	}
	for _, rule := range []struct {
		days  int
		since time.Time
		takes Verdict
	}{{r.IdleDays, s.Touched, Idle}, {r.DealDays, s.Dealt, NoDeal}} {
		if rule.days == 0 {
			continue
		}
		end := rule.since.AddDate(0, 0, rule.days)
		if r.WarnDays == 0 {
			if !now.Before(end) {
				return rule.takes
			}
			continue
		}
		if now.Before(end.AddDate(0, 0, -r.WarnDays)) {
			continue
		}
		// A warning from before the last activity spoke of another silence.
		told := s.Warned != nil && s.Warned.After(rule.since)
		switch {
		case !told:
			return Warned
		case !now.Before(end) && !now.Before(s.Warned.AddDate(0, 0, r.WarnDays)):
			return rule.takes
		}
	}
	return Stays
}
