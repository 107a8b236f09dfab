// Package chain puts 关雎生活, the sample company of package world, into an empty tenant: the
// organisation at once, then every record as its own write through the gate, grants in the name
// of who gives them.
package chain

import (
	"context"
	"encoding/json"
	"fmt"

	"guan/fault"
	"guan/grants"
	"guan/internal/world"
	"guan/policy"
	"guan/records"
	"guan/store"
)

// Install writes the company as it is now and gives everybody the password. say hears of every
// step. Faults: Conflict (demo_people) when there are people already.
func Install(ctx context.Context, db *store.DB, tenant policy.ID, password string, say func(step string)) error {
	setup := db.System(store.JobSetup, tenant)
	session, err := setup.Records()
	if err != nil {
		return err
	}
	page, err := session.List(ctx, store.ListQuery{Kind: records.RefPerson, Limit: 1})
	if err != nil {
		return err
	}
	if len(page.Items) > 0 {
		return fault.New(fault.Conflict, "demo_people", "there are people in this installation already: name an empty folder with --data or an empty database with --db")
	}
	i := &installer{world: world.New(db.Now()), session: session, ids: map[policy.ID]policy.ID{}}
	if err := setup.Install(ctx, i.company(password)); err != nil {
		return err
	}
	say(fmt.Sprintf("%d units, %d people, %d appointments", len(i.world.Units), len(i.world.People), len(i.world.Appointments)))
	if err := i.records(ctx); err != nil {
		return err
	}
	say(fmt.Sprintf("%d records", len(i.world.Records)))
	as := func(person policy.ID) *store.Session {
		return db.As(store.Actor{Tenant: tenant, Person: person, Session: 1, Channel: "job", Device: "unknown", Network: "unknown"})
	}
	if err := i.invite(ctx, as); err != nil {
		return err
	}
	for _, person := range i.world.Disabled {
		if _, err := as(i.world.ID("person/sunh")).StopAccount(ctx, person); err != nil {
			return fmt.Errorf("account to stop: %w", err)
		}
	}
	if err := i.lend(ctx, as, say); err != nil {
		return err
	}
	return i.gather(ctx, as, say)
}

// installer knows under which ids the records came to stand.
type installer struct {
	world   *world.Company
	session *store.Session
	ids     map[policy.ID]policy.ID // of world → of the store
}

// company is what stands before any record: units and people keep their ids.
func (i *installer) company(password string) store.Company {
	w := i.world
	c := store.Company{Name: world.Name.ZH, Positions: w.Positions, Units: w.Units, Appointments: w.Appointments, Pools: w.Pools, Assignments: w.Assignments}
	c.Rules = append(c.Rules, w.Sharings...)
	c.Rules = append(c.Rules, w.Guards...)
	person := records.Builtin().Kind(records.RefPerson)
	for _, p := range w.People {
		c.People = append(c.People, store.NewPerson{ID: p.ID, Fields: writable(person, p.Values), Password: password})
	}
	return c
}

// writable leaves out the fields that only the store writes.
func writable(kind *records.Kind, values map[string]policy.Value) map[string]policy.Value {
	out := map[string]policy.Value{}
	for name, value := range values {
		if f := kind.Field(name); f != nil && !f.ReadOnly && !value.Missing() {
			out[name] = value
		}
	}
	return out
}

// records creates the records of all kinds. None refers to one that stands behind it.
func (i *installer) records(ctx context.Context) error {
	for _, r := range i.world.Records {
		kind := records.Builtin().Kind(r.Kind)
		fields := store.Fields{}
		for name, value := range writable(kind, r.Values) {
			f := kind.Field(name)
			if here, ok := i.ids[value.ID()]; ok && f.Type == records.Ref {
				value = policy.RefOf(here)
			}
			raw, err := json.Marshal(f.Wire(value))
			if err != nil {
				return err
			}
			fields[name] = raw
		}
		made, err := i.session.Create(ctx, r.Kind, fields)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Key, err)
		}
		i.ids[r.ID] = made.ID
	}
	return nil
}

// invite brings collaborators onto records, in the name of the general manager: a team is brought
// together by people. What has ended already left nothing behind.
func (i *installer) invite(ctx context.Context, as func(policy.ID) *store.Session) error {
	for _, m := range i.world.Members {
		if m.Until != nil && !m.Until.After(i.world.Now) {
			continue
		}
		err := as(i.world.ID("person/zhoumy")).AddCollaborator(ctx, m.Kind, i.ids[m.Record], store.NewCollaborator{Person: m.Person, From: m.From, Until: m.Until})
		if err != nil {
			return fmt.Errorf("collaborator on %s: %w", m.Kind, err)
		}
	}
	return nil
}

// lend gives the grants that are, or will be, in force, in the name of their givers. What has
// ended already left nothing behind.
func (i *installer) lend(ctx context.Context, as func(policy.ID) *store.Session, say func(string)) error {
	given := 0
	for _, g := range i.world.Grants {
		if s := g.At(i.world.Now); s != grants.Active && s != grants.Pending {
			continue
		}
		here := g
		here.ID, here.Records = 0, nil
		for _, id := range g.Records {
			here.Records = append(here.Records, i.ids[id])
		}
		if _, err := as(g.Giver).Grant(ctx, here); err != nil {
			return fmt.Errorf("grant %q: %w", g.Purpose, err)
		}
		given++
	}
	say(fmt.Sprintf("%d temporary grants", given))
	return nil
}

// gather opens the sandboxes that are in force, in the name of their sponsors.
func (i *installer) gather(ctx context.Context, as func(policy.ID) *store.Session, say func(string)) error {
	for _, s := range i.world.Sandboxes {
		n := store.NewSandbox{Title: s.Title, Purpose: s.Purpose, From: &s.From, Until: s.Until}
		for _, m := range s.Members {
			n.Members = append(n.Members, store.NewMember{Person: m.Person, Mode: m.Mode, Gives: m.Gives})
		}
		for _, x := range s.Shares {
			share := store.NewShare{Kind: x.Kind, When: x.When, Actions: x.Actions, Fields: x.Fields}
			for _, id := range x.Records {
				share.Records = append(share.Records, i.ids[id])
			}
			n.Shares = append(n.Shares, share)
		}
		if _, err := as(s.Sponsor).CreateSandbox(ctx, n); err != nil {
			return fmt.Errorf("sandbox %q: %w", s.Title, err)
		}
	}
	say(fmt.Sprintf("%d sandboxes", len(i.world.Sandboxes)))
	return nil
}

// Personas are the people worth signing in as.
func Personas() []world.Persona { return world.Personas() }
