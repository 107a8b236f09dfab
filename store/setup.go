package store

import (
	"context"
	"fmt"
	"slices"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Company is an organisation to be put in place at once: what stands is written over by what has
// its id or code, the rest is added. Ids are those of NewIDs. Parts may speak of each other.
type Company struct {
	Name         string // of the tenant; empty leaves it
	Positions    []org.Position
	Units        []org.Unit // with heads
	People       []NewPerson
	Appointments []org.Appointment // new ones
	Pools        []access.Pool     // open to units only
	Assignments  []access.Assignment
	Rules        []policy.Rule // sharing rules and guards
}

// NewPerson is a person to be added. Password may be empty: then there is no account. Equal
// passwords are hashed once.
type NewPerson struct {
	ID       policy.ID
	Fields   map[string]policy.Value
	Password string
}

// NewIDs gives ids for what is about to be put in place. Only the job setup may.
func (s *System) NewIDs(ctx context.Context, n int) ([]policy.ID, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	return s.db.newIDs(ctx, n)
}

// Install puts a company in place in one transaction: all of it or nothing. Only the job setup
// may. Faults: Invalid, Conflict.
func (s *System) Install(ctx context.Context, c Company) error {
	hashes, err := s.db.hashPasswords(ctx, c.People)
	if err != nil {
		return err
	}
	return s.install(ctx, "setup", func(t *tx, v *view) error {
		if err := t.putCompany(ctx, v, c, hashes); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Setup, Detail: c.detail()})
	})
}

func (c Company) detail() map[string]any {
	return map[string]any{"positions": len(c.Positions), "units": len(c.Units), "people": len(c.People), "appointments": len(c.Appointments),
		"pools": len(c.Pools), "assignments": len(c.Assignments), "rules": len(c.Rules)}
}

// hashPasswords hashes outside the transaction, which must not wait for it.
func (db *DB) hashPasswords(ctx context.Context, people []NewPerson) (map[string]string, error) {
	hashes := map[string]string{}
	for i, p := range people {
		if p.Password == "" || hashes[p.Password] != "" {
			continue
		}
		if len(p.Password) > MaxPassword {
			return nil, fault.Newf(fault.Invalid, "password_long", "a password has 1 to %d bytes", MaxPassword).WithAt(fmt.Sprintf("people[%d].password", i))
		}
		hash, err := db.hashes.hash(ctx, p.Password)
		if err != nil {
			return nil, err
		}
		hashes[p.Password] = hash
	}
	return hashes, nil
}

// putCompany writes the parts in an order in which each finds those it speaks of.
func (t *tx) putCompany(ctx context.Context, v *view, c Company, hashes map[string]string) error {
	if c.Name != "" {
		if _, err := t.exec(ctx, "UPDATE tenant SET name = $1 WHERE tenant_id = $2", c.Name, t.actor.Tenant); err != nil {
			return err
		}
	}
	if err := t.putOrganisation(ctx, v, c); err != nil {
		return err
	}
	// People name their unit and the pack assignments the people: both are looked up in the policy.
	v, err := t.again(ctx, v)
	if err != nil {
		return err
	}
	if err := t.putPeople(ctx, v, c.People, hashes); err != nil {
		return err
	}
	for i, u := range c.Units {
		if err := t.checkPeople(ctx, v, fmt.Sprintf("units[%d].heads", i), u.Heads...); err != nil {
			return err
		}
		if err := t.putHeads(ctx, u.ID, u.Heads); err != nil {
			return err
		}
	}
	if err := t.putAppointments(ctx, v, c.Appointments); err != nil {
		return err
	}
	return t.putPolicy(ctx, v, c)
}

// again is the view of the state as the transaction has made it.
func (t *tx) again(ctx context.Context, v *view) (*view, error) {
	st, err := t.loadState(ctx, t.actor.Tenant)
	if err != nil {
		return nil, err
	}
	return st.view(t.actor, v.now), nil
}

// putOrganisation writes positions, and the units without their heads, in one look at the tree.
func (t *tx) putOrganisation(ctx context.Context, v *view, c Company) error {
	for i, p := range c.Positions {
		if err := p.Check(); err != nil {
			return within(fmt.Sprintf("positions[%d]", i), err)
		}
		if err := t.putPosition(ctx, p); err != nil {
			return err
		}
	}
	next := slices.Clone(c.Units)
	for u := range v.tree.Units() {
		if !slices.ContainsFunc(c.Units, func(n org.Unit) bool { return n.ID == u.ID }) {
			next = append(next, u)
		}
	}
	tree, err := org.NewTree(next)
	if err != nil {
		return err
	}
	for u := range tree.Units() { // each after the one above it
		if slices.ContainsFunc(c.Units, func(n org.Unit) bool { return n.ID == u.ID }) {
			u.Heads = nil
			if err := t.putUnit(ctx, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// putPeople adds people as records of their kind, with their accounts.
func (t *tx) putPeople(ctx context.Context, v *view, people []NewPerson, hashes map[string]string) error {
	kind := v.catalog.Kind(records.RefPerson)
	if len(people) > 0 && v.bound.Reduce(policy.Create, kind.Name).None() {
		return notAllowed.WithAt("people")
	}
	for i, p := range people {
		if err := t.createAs(ctx, v, kind, p.ID, p.Fields); err != nil {
			return within(fmt.Sprintf("people[%d]", i), err)
		}
		if p.Password == "" {
			continue
		}
		if err := t.setPassword(ctx, p.ID, hashes[p.Password]); err != nil {
			return err
		}
	}
	return nil
}

// putAppointments appoints people, each checked beside all others.
func (t *tx) putAppointments(ctx context.Context, v *view, list []org.Appointment) error {
	if len(list) == 0 {
		return nil
	}
	all := slices.Clone(list)
	people := make([]policy.ID, len(list))
	for i, a := range list {
		people[i] = a.Person
		for _, other := range v.appointments[a.Person] {
			if other.At(v.now) != org.Ended {
				all = append(all, other)
			}
		}
	}
	slices.SortFunc(all, func(a, b org.Appointment) int { return int(a.ID - b.ID) })
	all = slices.CompactFunc(all, func(a, b org.Appointment) bool { return a.ID == b.ID })
	if err := org.CheckAppointments(v.tree, v.positions, all); err != nil {
		return err
	}
	if err := t.checkPeople(ctx, v, "appointments", people...); err != nil {
		return err
	}
	for _, a := range list {
		a.From, a.Until = *whole(&a.From), whole(a.Until)
		if err := t.writeAppointment(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// putPolicy writes pools, pack assignments and rules.
func (t *tx) putPolicy(ctx context.Context, v *view, c Company) error {
	for i, p := range c.Pools {
		if err := checkPool(v, p); err != nil {
			return within(fmt.Sprintf("pools[%d]", i), err)
		}
		if err := t.putPool(ctx, p); err != nil {
			return err
		}
	}
	for i, a := range c.Assignments {
		a.From, a.Until = whole(a.From), whole(a.Until)
		err := a.Check(v.authored.Packs)
		if err == nil {
			err = t.checkClause(ctx, v, "who", a.Who)
		}
		if err != nil {
			return within(fmt.Sprintf("assignments[%d]", i), err)
		}
		if err := t.assignPack(ctx, a); err != nil {
			return err
		}
	}
	for i, r := range c.Rules {
		if err := t.checkRule(ctx, v, &r); err != nil {
			return within(fmt.Sprintf("rules[%d]", i), err)
		}
		if err := t.putRule(ctx, r); err != nil {
			return err
		}
	}
	return nil
}
