package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"guan/access"
	"guan/fault"
	"guan/grants"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// What an administrator may give away is decided by comparing the policy before an operation with
// the policy after it, so that it holds for every way to the same end: a rule, a pack, an
// appointment, a moved unit. docs/adr/0011-delegation.md says why the line runs here.
//
//   - Nobody gains by what they do themselves, unless they hold all of it already.
//   - A right of administration is given and taken only by who holds it.
//   - Somebody who can administer permissions, and somebody who can administer people, remains.

var (
	selfGain = fault.New(fault.Denied, "self_gain", "this would give you more than you have now: somebody else must do it")
	notHeld  = fault.New(fault.Denied, "not_held", "this would give or take a right of administration that you do not have yourself")
	lastOne  = fault.New(fault.Conflict, "last_administrator", "nobody would be left who has this right of administration")
	notSelf  = fault.New(fault.Denied, "self", "nobody changes their own appointments, packs or account: somebody else must do it")
)

// checkDelegation compares the policy before the operation, which v holds, with the one that the
// transaction leaves. closed are people whose account the operation closes.
func (t *tx) checkDelegation(ctx context.Context, v *view, closed ...policy.ID) error {
	after, err := t.loadState(ctx, t.actor.Tenant)
	if err != nil {
		return err
	}
	return t.checkDelegationTo(ctx, v, after, closed...)
}

// checkDelegationTo is checkDelegation to a policy that is known, whether it is in force or not.
func (t *tx) checkDelegationTo(ctx context.Context, v *view, after *state, closed ...policy.ID) error {
	if err := checkPowers(v, after); err != nil {
		return err
	}
	if err := checkOwnGain(v, after); err != nil {
		return err
	}
	return t.checkLast(ctx, v.state, after, closed)
}

// powers tells which rights of administration people may have, now or later: windows that have
// not ended count, conditions and forbids that come and go do not.
type powers struct {
	st    *state
	rules *policy.Ruleset
	now   time.Time
}

func (st *state) powers(now time.Time) powers {
	var rules []policy.Rule
	for _, r := range st.authored.Lower() {
		if r.Kind != records.System || r.Until != nil && !now.Before(*r.Until) {
			continue
		}
		if r.Effect == policy.Forbid && (r.From != nil || r.Until != nil || r.When != nil || r.Duty.SecondFactor) {
			continue
		}
		r.From, r.Until, r.When, r.Duty = nil, nil, nil, policy.Duty{}
		rules = append(rules, r)
	}
	compiled, _ := policy.Compile(st.catalog.Schema(), rules, st.tree.Within)
	return powers{st, compiled, now}
}

// of lists a person's rights; 0 stands for somebody without any appointment.
func (p powers) of(person policy.ID) []policy.Action {
	if p.rules.Len() == 0 {
		return nil
	}
	b := p.rules.Bind(p.st.post(person, p.now, true), &policy.Context{Now: p.now, Proved: true})
	var held []policy.Action
	for _, action := range records.Administration {
		if b.Decide(&policy.Row{Kind: records.System}, action).Allowed {
			held = append(held, action)
		}
	}
	return held
}

// people are those of whom the rules may speak; the others are all like 0.
func (p powers) people() []policy.ID {
	people := []policy.ID{0}
	for person := range p.st.appointments {
		people = append(people, person)
	}
	for i := range p.rules.Len() {
		r := p.rules.Rule(i)
		for _, c := range slices.Concat(r.Who.Any, r.Who.Except) {
			if c.Person != 0 {
				people = append(people, c.Person)
			}
		}
	}
	slices.Sort(people)
	return slices.Compact(people)
}

// post is the part of a subject that says which rules speak of it, at an instant or, when ever is
// true, over all appointments that have not ended.
func (st *state) post(person policy.ID, at time.Time, ever bool) *policy.Subject {
	s := &policy.Subject{Person: person}
	for _, a := range st.appointments[person] {
		state := a.At(at)
		if _, ok := st.tree.Unit(a.Unit); ok && (state == org.Active || ever && state == org.Planned) {
			s.Posts = append(s.Posts, policy.Post{Position: a.Position, Unit: a.Unit, Above: st.tree.Above(a.Unit)})
		}
	}
	return s
}

// checkPowers refuses to give or take rights of administration that the author does not have.
func checkPowers(v *view, after *state) error {
	was, is := v.powers(v.now), after.powers(v.now)
	for _, person := range slices.Compact(sortedIDs(was.people(), is.people())) {
		before, later := was.of(person), is.of(person)
		for _, action := range records.Administration {
			if slices.Contains(before, action) != slices.Contains(later, action) && !v.may(action) {
				return notHeld.With("action", string(action))
			}
		}
	}
	return nil
}

func sortedIDs(a, b []policy.ID) []policy.ID {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return all
}

// checkStrength refuses to touch the account or an appointment of somebody who has a right of
// administration that the author does not have: who may reset the boss's password is the boss.
func (v *view) checkStrength(person policy.ID) error {
	for _, action := range v.powers(v.now).of(person) {
		if !v.may(action) {
			return notHeld.With("action", string(action))
		}
	}
	return nil
}

// heldAll refuses rights of administration that the author does not hold.
func (v *view) heldAll(actions []policy.Action) error {
	for _, action := range actions {
		if slices.Contains(records.Administration, action) && !v.may(action) {
			return notHeld.With("action", string(action))
		}
	}
	return nil
}

// checkOwnGain compares what the rules that speak of the author permit and forbid, and what the
// units and pools in them reach.
func checkOwnGain(v *view, after *state) error {
	me := v.bound.Subject().Person
	was, is := v.standing(me, v.now), after.standing(me, v.now)
	for key, permits := range is.permits {
		for _, r := range permits {
			if reachesMore(r, was.permits[key], is, was) && !v.covers(r) {
				return selfGain
			}
		}
	}
	for key, forbids := range was.forbids {
		for _, r := range forbids {
			if reachesMore(r, is.forbids[key], was, is) {
				return selfGain
			}
		}
	}
	return nil
}

// standing is what the rules of a state say of one person, by what they say: names, reasons and
// windows are not part of the key.
type standing struct {
	st               *state
	subject          *policy.Subject
	permits, forbids map[string][]*policy.Rule
}

func (st *state) standing(person policy.ID, now time.Time) standing {
	rules := slices.DeleteFunc(st.authored.Lower(), func(r policy.Rule) bool { return r.Until != nil && !now.Before(*r.Until) })
	probe := slices.Clone(rules)
	for i := range probe {
		probe[i].From, probe[i].Until, probe[i].When, probe[i].Duty = nil, nil, nil, policy.Duty{}
		probe[i].Origin = policy.Origin{Type: "probe", ID: strconv.Itoa(i)}
	}
	compiled, _ := policy.Compile(st.catalog.Schema(), probe, st.tree.Within)
	subject := st.ever(person, now)
	out := standing{st: st, subject: subject, permits: map[string][]*policy.Rule{}, forbids: map[string][]*policy.Rule{}}
	for _, at := range compiled.Bind(subject, &policy.Context{Now: now, Proved: true}).Origins("probe") {
		i, err := strconv.Atoi(at)
		if err != nil {
			continue
		}
		r := &rules[i]
		says := *r
		says.ID, says.Who, says.Scene, says.Origin, says.Sensitive = "", policy.Who{}, "", policy.Origin{}, false
		says.From, says.Until = nil, nil
		key, err := json.Marshal(says)
		if err != nil {
			key = []byte(r.ID)
		}
		if r.Effect == policy.Permit {
			out.permits[string(key)] = append(out.permits[string(key)], r)
		} else {
			out.forbids[string(key)] = append(out.forbids[string(key)], r)
		}
	}
	return out
}

// ever derives the subject over all appointments that have not ended, as if they were open now.
func (st *state) ever(person policy.ID, now time.Time) *policy.Subject {
	var open []org.Appointment
	for _, a := range st.appointments[person] {
		if a.At(now) != org.Ended {
			a.From, a.Until = now, nil
			open = append(open, a)
		}
	}
	s, _ := access.Subject(person, st.tree, open, st.pools, now)
	return &s
}

// reachesMore reports whether the rule r reaches something in here that none of its like reaches
// in there: at a time at which none of them holds, or in a unit or pool. Units that did not exist
// there hold nothing that could be gained.
func reachesMore(r *policy.Rule, like []*policy.Rule, here, there standing) bool {
	if !slices.ContainsFunc(like, func(o *policy.Rule) bool { return longer(o, r) }) {
		return true
	}
	before := there.reach(&r.Where)
	for _, id := range here.reach(&r.Where) {
		_, unit := there.st.tree.Unit(id)
		if !slices.Contains(before, id) && (unit || slices.ContainsFunc(there.st.pools, func(p access.Pool) bool { return p.ID == id })) {
			return true
		}
	}
	return near(&r.Where) && !slices.Equal(here.subject.Anchors, there.subject.Anchors)
}

func near(p *policy.Path) bool { return p.Path == policy.PathNear || p.Via != nil && near(p.Via) }

// longer reports whether the window of o holds whenever that of r does.
func longer(o, r *policy.Rule) bool {
	return (o.From == nil || r.From != nil && !r.From.Before(*o.From)) &&
		(o.Until == nil || r.Until != nil && !r.Until.After(*o.Until))
}

// reach lists the units or pools in which a path finds its records.
func (s standing) reach(p *policy.Path) []policy.ID {
	switch p.Path {
	case policy.PathUnit:
		return s.subject.Units
	case policy.PathUnitBelow:
		return s.subject.Below
	case policy.PathHeaded:
		return s.subject.Headed
	case policy.PathPool:
		return s.subject.Pools
	case policy.PathUnits:
		if !p.Below {
			return p.Units
		}
		return s.st.tree.Union(p.Units)
	case policy.PathLinked:
		if p.Via != nil {
			return s.reach(p.Via)
		}
	}
	return nil
}

// covers reports whether the actor may already do everything that the permit gives, on every
// record of its kind.
func (v *view) covers(r *policy.Rule) bool {
	mine := *r
	mine.Who = policy.Who{Any: []policy.Clause{{Everyone: true}}}
	mine.Where, mine.When, mine.From, mine.Until, mine.Duty = policy.Path{Path: policy.PathAll}, nil, nil, nil, policy.Duty{}
	compiled, problems := policy.Compile(v.catalog.Schema(), []policy.Rule{mine}, v.tree.Within)
	if len(problems) > 0 {
		return true // a rule that does not stand gives nothing
	}
	b := compiled.Bind(&policy.Subject{}, v.bound.Context())
	for _, action := range r.Actions {
		have, want := v.bound.Reduce(action, r.Kind), b.Reduce(action, r.Kind)
		if !have.All() {
			return false
		}
		for i := range want.Kind.Fields {
			if want.Branches[0].Levels[i] > have.Branches[0].Levels[i] || want.Branches[0].Edits[i] && !have.Branches[0].Edits[i] {
				return false
			}
		}
	}
	return true
}

// withoutGrants is the state's policy as it would be had nobody granted or opened anything, or put
// it into a sandbox: what is lent is not lent on.
func (st *state) withoutGrants(of func([]policy.Rule) []policy.Rule) *policy.Ruleset {
	own := st.authored
	own.Grants, own.Sandboxes, own.Emergencies = []grants.Grant{}, nil, nil
	compiled, _ := policy.Compile(st.catalog.Schema(), of(own.Lower()), st.tree.Within)
	return compiled
}
