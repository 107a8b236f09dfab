package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Reorganisation is a set of changes of the organisation: imagined as a whole, to see who would
// gain or lose what, or made as a whole. Who joins, moves and leaves is written with it.
type Reorganisation struct {
	Units   []UnitChange     `json:"units,omitempty"`   // moved, renamed, re-headed
	Join    []Joining        `json:"join,omitempty"`    // new people
	Appoint []NewAppointment `json:"appoint,omitempty"` // of people who are there
	Change  []ChangedEnds    `json:"change,omitempty"`  // ends of appointments moved
	End     []EndedNow       `json:"end,omitempty"`     // appointments ended
	Leave   []Leaving        `json:"leave,omitempty"`
	Stop    []policy.ID      `json:"stop,omitempty"` // accounts stopped
	Hand    []HandingOver    `json:"hand,omitempty"` // what people own who stay
}

// UnitChange changes a unit in the version that was seen.
type UnitChange struct {
	ID      policy.ID `json:"id"`
	Version int64     `json:"version"`
	UnitFields
}

// Joining is a new person: the record, where they are appointed, packs of their own, and how they
// sign in first. The home unit is that of the first appointment unless the fields name one.
type Joining struct {
	Fields       Fields           `json:"fields"`
	Appointments []NewAppointment `json:"appointments"` // whose person is the new one
	Packs        []string         `json:"packs,omitempty"`
	// Account makes a one-time password, or takes the one given; it must be changed at once.
	Account  bool   `json:"account,omitempty"`
	Password string `json:"password,omitempty"`
}

// ChangedEnds moves the ends of an appointment in the version that was seen.
type ChangedEnds struct {
	ID      policy.ID `json:"id"`
	Version int64     `json:"version"`
	AppointmentChange
}

// EndedNow ends an appointment in the version that was seen.
type EndedNow struct {
	ID      policy.ID `json:"id"`
	Version int64     `json:"version"`
}

// Leaving ends everything that somebody has: appointments, heads, the account with all that is
// signed in by it; at once, or at an instant to come. What they own is handed on as said.
type Leaving struct {
	Person policy.ID  `json:"person"`
	At     *time.Time `json:"at,omitempty"`
	Hand   []Handover `json:"hand,omitempty"`
	Note   string     `json:"note,omitempty"` // which the new owners find on the timelines
}

// Handover gives records another owner: those named, the open ones, or all of a kind. They go to one
// person, or are spread, or go into a pool as far as that takes them; who it does not take goes to the
// one person, or stays.
type Handover struct {
	Kind   policy.Kind `json:"kind"`
	To     policy.ID   `json:"to,omitempty"`
	Spread *Spread     `json:"spread,omitempty"`
	Pool   policy.ID   `json:"pool,omitempty"` // for customers

	IDs  []policy.ID `json:"ids,omitempty"`
	Open bool        `json:"open,omitempty"`
	Unit bool        `json:"unit,omitempty"` // they come to the new owner's home unit as well
}

// maxReorganised bounds how many changes are made at once.
const maxReorganised = 500

// rights are those that the changes take.
func (r *Reorganisation) rights() []policy.Action {
	var rights []policy.Action
	if len(r.Units) > 0 {
		rights = append(rights, "org")
	}
	if len(r.Join)+len(r.Appoint)+len(r.Change)+len(r.End)+len(r.Leave)+len(r.Stop)+len(r.Hand) > 0 || len(r.Units) == 0 {
		rights = append(rights, "people")
	}
	for _, j := range r.Join {
		if len(j.Packs) > 0 {
			return append(rights, "policy")
		}
	}
	return rights
}

// arrangement is the organisation as a reorganisation would leave it, with what it would write.
type arrangement struct {
	*state
	v  *view
	at time.Time // when all of it is in force

	units   []changedUnit
	written []changedAppointment
	packs   []access.Assignment
	joined  []joined
	touched []policy.ID // people whose own appointments change
	gone    []policy.ID // people who can do nothing any more
	left    []Leaving
	handed  []HandingOver
}

type changedUnit struct{ before, after org.Unit }

type changedAppointment struct {
	before, after *org.Appointment // nil: there was none; none is left
}

type joined struct {
	id     policy.ID
	name   string
	values map[string]policy.Value
	Joining
}

// arrange works out what the changes come to and refuses what may not be. Nothing is written.
func (t *rtx) arrange(ctx context.Context, v *view, r Reorganisation, newID func() (policy.ID, error)) (*arrangement, error) {
	for _, right := range r.rights() {
		if !v.may(right) {
			return nil, noRight.With("action", string(right))
		}
	}
	if n := len(r.Units) + len(r.Join) + len(r.Appoint) + len(r.Change) + len(r.End) + len(r.Leave) + len(r.Stop) + len(r.Hand); n == 0 || n > maxReorganised {
		return nil, fault.Newf(fault.Invalid, "changes", "1 to %d changes are made at once", maxReorganised).With("max", maxReorganised)
	}
	next := &state{tenant: v.tenant, epoch: v.epoch, catalog: v.catalog, tree: v.tree, positions: v.positions, pools: v.pools, authored: v.authored,
		appointments: map[policy.ID][]org.Appointment{}, subjects: map[policy.ID]subjectUntil{}, shares: map[shareKey]share{}}
	for person, list := range v.appointments {
		next.appointments[person] = list
	}
	a := &arrangement{state: next, v: v, at: v.now}
	for i, u := range r.Units {
		if err := t.arrangeUnit(ctx, a, u); err != nil {
			return nil, within(fmt.Sprintf("units[%d]", i), err)
		}
	}
	for i, j := range r.Join {
		if err := t.arrangeJoining(ctx, a, j, newID); err != nil {
			return nil, within(fmt.Sprintf("join[%d]", i), err)
		}
	}
	for i, c := range r.Change {
		if err := t.arrangeChange(ctx, a, c.ID, c.Version, c.AppointmentChange, false); err != nil {
			return nil, within(fmt.Sprintf("change[%d]", i), err)
		}
	}
	for i, e := range r.End {
		if err := t.arrangeChange(ctx, a, e.ID, e.Version, AppointmentChange{}, true); err != nil {
			return nil, within(fmt.Sprintf("end[%d]", i), err)
		}
	}
	for i, n := range r.Appoint {
		err := t.checkPeople(ctx, v, "person", n.Person)
		if err == nil {
			err = t.arrangeAppointment(a, n, newID)
		}
		if err != nil {
			return nil, within(fmt.Sprintf("appoint[%d]", i), err)
		}
	}
	for i, l := range r.Leave {
		if err := t.arrangeLeaving(ctx, a, l); err != nil {
			return nil, within(fmt.Sprintf("leave[%d]", i), err)
		}
	}
	for i, h := range r.Hand {
		if err := t.manages(ctx, v, h.Person); err != nil {
			return nil, within(fmt.Sprintf("hand[%d]", i), err)
		}
		a.handed = append(a.handed, h)
	}
	for i, person := range r.Stop {
		if err := t.manages(ctx, v, person); err != nil {
			return nil, within(fmt.Sprintf("stop[%d]", i), err)
		}
		a.gone = append(a.gone, person)
	}
	a.authored.Assignments = append(slices.Clone(v.authored.Assignments), a.packs...)
	a.closeLeft()
	a.rules, a.broken = policy.Compile(a.catalog.Schema(), access.InForce(a.authored.Lower()), a.tree.Within)
	return a, nil
}

// manages asks whether the actor may manage the account of a person, as managed does for one that
// is about to be changed.
func (t *rtx) manages(ctx context.Context, v *view, person policy.ID) error {
	if person == v.bound.Subject().Person {
		return notSelf
	}
	if err := t.personWithin(ctx, v, person); err != nil {
		return err
	}
	return v.checkStrength(person)
}

func (t *rtx) arrangeUnit(ctx context.Context, a *arrangement, c UnitChange) error {
	before, ok := a.tree.Unit(c.ID)
	if !ok {
		return fault.New(fault.NotFound, "unit", "there is no such unit")
	}
	if err := t.sameVersion(ctx, a.v.tenant, "unit", c.ID, c.Version); err != nil {
		return err
	}
	after := c.onto(before)
	if err := a.tree.CheckUpdate(after); err != nil {
		return err
	}
	if err := t.checkHeads(ctx, a.v, before.Heads, after.Heads); err != nil {
		return err
	}
	return a.put(before, after)
}

// put brings a unit into the tree as it would be.
func (a *arrangement) put(before, after org.Unit) error {
	var units []org.Unit
	for u := range a.tree.Units() {
		if u.ID == after.ID {
			u = after
		}
		units = append(units, u)
	}
	tree, err := org.NewTree(units)
	if err != nil {
		return err
	}
	a.tree, a.units = tree, append(a.units, changedUnit{before, after})
	return nil
}

func (t *rtx) arrangeJoining(ctx context.Context, a *arrangement, j Joining, newID func() (policy.ID, error)) error {
	values, err := a.v.knownCatalog().Kind(records.RefPerson).Parse(j.Fields)
	if err != nil {
		return within("fields", err)
	}
	one := joined{name: values["name"].Text(), values: values, Joining: j}
	if one.id, err = newID(); err != nil {
		return err
	}
	if len(j.Appointments) > 0 && values["unit"].Missing() {
		values["unit"] = policy.RefOf(j.Appointments[0].Unit)
	}
	for i, n := range j.Appointments {
		n.Person = one.id
		if err := t.arrangeAppointment(a, n, newID); err != nil {
			return within(fmt.Sprintf("appointments[%d]", i), err)
		}
	}
	for i, id := range j.Packs {
		at := fmt.Sprintf("packs[%d]", i)
		pack := access.Assignment{Pack: id, Who: policy.Clause{Person: one.id}}
		if pack.ID, err = newID(); err != nil {
			return err
		}
		if err := pack.Check(a.v.authored.Packs); err != nil {
			return within(at, err)
		}
		if err := a.v.mayAssign(pack); err != nil {
			return within(at, err)
		}
		a.packs = append(a.packs, pack)
	}
	if j.Password != "" {
		if err := checkPassword(j.Password, values["login"].Text()); err != nil {
			return fault.From(err).WithAt("password")
		}
	}
	a.joined = append(a.joined, one)
	return nil
}

// arrangeAppointment adds an appointment beside the others of its person.
func (t *rtx) arrangeAppointment(a *arrangement, n NewAppointment, newID func() (policy.ID, error)) error {
	if n.Person == a.v.bound.Subject().Person {
		return notSelf.WithAt("person")
	}
	made := org.Appointment{Person: n.Person, Unit: n.Unit, Position: n.Position, From: a.v.now, Until: whole(n.Until)}
	if n.From != nil {
		made.From = *whole(n.From)
	}
	var err error
	if made.ID, err = newID(); err != nil {
		return err
	}
	return a.keep(changedAppointment{after: &made})
}

// keep brings a changed appointment among the others and asks whether they still fit.
func (a *arrangement) keep(c changedAppointment) error {
	one := c.after
	if one == nil {
		one = c.before
	}
	list := slices.DeleteFunc(slices.Clone(a.appointments[one.Person]), func(o org.Appointment) bool { return o.ID == one.ID })
	if c.after != nil {
		list = append(list, *c.after)
		for _, end := range []*time.Time{&c.after.From, c.after.Until} {
			if end != nil && end.After(a.at) {
				a.at = *end
			}
		}
	}
	var open []org.Appointment
	for _, o := range list {
		if o.At(a.v.now) != org.Ended || c.after != nil && o.ID == c.after.ID {
			open = append(open, o)
		}
	}
	if err := org.CheckAppointments(a.tree, a.positions, open); err != nil {
		return err
	}
	a.appointments[one.Person] = list
	a.written, a.touched = append(a.written, c), append(a.touched, one.Person)
	return nil
}

// arrangeChange moves the ends of an appointment, or ends it: now, or before it has begun.
func (t *rtx) arrangeChange(ctx context.Context, a *arrangement, id policy.ID, version int64, c AppointmentChange, end bool) error {
	before, err := t.appointmentSeen(ctx, a.v, id, version)
	if err != nil {
		return err
	}
	after := before
	switch {
	case end && !before.From.Before(a.v.now):
		return a.keep(changedAppointment{before: &before})
	case end:
		after.Until = &a.v.now
	case c.From != nil && before.At(a.v.now) != org.Planned:
		return fault.New(fault.Conflict, "appointment_begun", "the appointment has begun").WithAt("from")
	case c.Open && c.Until != nil:
		return fault.New(fault.Invalid, "appointment_until", "an appointment is open or ends, not both").WithAt("until")
	default:
		if c.From != nil {
			after.From = *whole(c.From)
		}
		if c.Open {
			after.Until = nil
		} else if c.Until != nil {
			after.Until = whole(c.Until)
		}
	}
	return a.keep(changedAppointment{before: &before, after: &after})
}

// arrangeLeaving ends all appointments of somebody and takes them out of the heads.
func (t *rtx) arrangeLeaving(ctx context.Context, a *arrangement, l Leaving) error {
	if err := t.manages(ctx, a.v, l.Person); err != nil {
		return err
	}
	now := a.v.now
	l.At = whole(l.At)
	if l.At != nil && !l.At.After(now) {
		l.At = nil
	}
	for _, o := range slices.Clone(a.appointments[l.Person]) {
		end := now
		if l.At != nil {
			end = *l.At
		}
		c := changedAppointment{before: &o}
		switch {
		case o.At(now) == org.Ended || o.Until != nil && !o.Until.After(end):
			continue
		case o.From.Before(end):
			cut := o
			cut.Until = &end
			c.after = &cut
		}
		if err := a.keep(c); err != nil {
			return err
		}
	}
	if l.At == nil {
		for _, id := range a.tree.HeadedBy(l.Person) {
			before, _ := a.tree.Unit(id)
			after := before
			after.Heads = slices.DeleteFunc(slices.Clone(before.Heads), func(p policy.ID) bool { return p == l.Person })
			if err := a.put(before, after); err != nil {
				return err
			}
		}
	}
	a.gone, a.left = append(a.gone, l.Person), append(a.left, l)
	return nil
}

// OrgImpact works out what a reorganisation would change for whom, when all of it is in force, as
// things stand in one snapshot. Nothing is written. It takes the rights org and people as the
// changes need them. Faults: those of Reorganise.
func (s *Session) OrgImpact(ctx context.Context, r Reorganisation) (*Impact, error) {
	var impact *Impact
	err := s.oversee(ctx, "org_impact", func(t *rtx, v *view) error {
		// Above every id that is ever given.
		imagined := policy.ID(1<<53 - 1 - 8*maxReorganised)
		a, err := t.arrange(ctx, v, r, func() (policy.ID, error) { imagined++; return imagined, nil })
		if err != nil {
			return err
		}
		people, err := t.concerned(ctx, v, a)
		if err != nil {
			return err
		}
		none, _ := policy.Compile(v.catalog.Schema(), nil, v.tree.Within)
		at := &policy.Context{Now: a.at, Channel: "web", Device: "desktop", Network: "office", Proved: true}
		impact, err = t.impact(ctx, v, people, nil, func(person policy.ID) (was, is *policy.Bound) {
			before, _ := access.Subject(person, v.tree, v.appointments[person], v.pools, a.at)
			after, _ := access.Subject(person, a.tree, a.appointments[person], a.pools, a.at)
			was, is = v.rules.Bind(&before, at), a.rules.Bind(&after, at)
			if slices.Contains(a.gone, person) {
				is = none.Bind(&after, at)
			}
			if slices.ContainsFunc(a.joined, func(j joined) bool { return j.id == person }) {
				was = none.Bind(&before, at)
			}
			return was, is
		})
		return err
	}, r.rights()...)
	if err != nil {
		return nil, s.declined(ctx, "org_impact", err)
	}
	return impact, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Explain, Kind: records.System, Epoch: impact.Epoch, Detail: map[string]any{"organisation": r.detail()}})
}

// detail is a reorganisation as an audit entry shows it: no field of anybody.
func (r *Reorganisation) detail() map[string]any {
	return map[string]any{"units": len(r.Units), "join": len(r.Join), "appoint": len(r.Appoint), "change": len(r.Change), "end": len(r.End), "leave": len(r.Leave), "stop": len(r.Stop), "hand": len(r.Hand)}
}

// concerned are those for whom something can change: everybody when the tree does.
func (t *rtx) concerned(ctx context.Context, v *view, a *arrangement) ([]Name, error) {
	there := map[policy.ID]string{}
	if len(a.units) > 0 {
		if err := t.everybody(ctx, v.tenant, there); err != nil {
			return nil, err
		}
	} else if err := t.directoryNames(ctx, v.tenant, slices.Concat(a.touched, a.gone), there); err != nil {
		return nil, err
	}
	for _, j := range a.joined {
		there[j.id] = j.name
	}
	list := make([]Name, 0, len(there))
	for id, name := range there {
		list = append(list, Name{ID: id, Name: name})
	}
	slices.SortFunc(list, func(a, b Name) int { return int(a.ID - b.ID) })
	return list, nil
}
