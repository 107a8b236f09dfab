package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

func (f *firm) lend(to string, hours int, records ...string) grants.Grant {
	g := grants.Grant{Receiver: f.id(to), Kind: "customer", Actions: []policy.Action{policy.Read}, Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}},
		From: f.clock.Now(), Until: f.clock.Now().Add(time.Duration(hours) * time.Hour), Purpose: "休假期间代为跟进"}
	for _, r := range records {
		g.Records = append(g.Records, f.id(r))
	}
	return g
}

func TestGrantStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000";annual_sales="5000";currency="CNY"`)
		f.customer("wang", "南方", "")
		g := f.lend("wang", 2, "东方")
		g.From = f.clock.Now().Add(time.Hour)
		given, err := f.as("lin").Grant(ctx, g)
		f.must(err)
		if given.State != grants.Pending || given.Giver.Name != "lin" || given.Receiver.Name != "wang" || given.Sentence.ZH == "" {
			t.Errorf("%+v", given)
		}
		// The window, to the instant.
		f.sees("wang", "南方")
		f.clock.advance(time.Hour - time.Microsecond)
		f.sees("wang", "南方")
		f.clock.advance(time.Microsecond)
		f.sees("wang", "南方", "东方")
		f.clock.advance(time.Hour - time.Microsecond)
		f.sees("wang", "南方", "东方")
		f.clock.advance(time.Microsecond)
		f.sees("wang", "南方")
		_, err = f.as("lin").RevokeGrant(ctx, given.ID)
		f.refused(err, fault.Conflict, "grant_ended")

		// Fields: contact details were not part of it.
		given, err = f.as("lin").Grant(ctx, f.lend("wang", 24, "东方"))
		f.must(err)
		it, err := f.as("wang").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if _, plain := it.Fields["phone"]; plain || it.Fields["name"] != "东方" || len(it.Can) != 0 {
			t.Errorf("%+v", it)
		}
		// Who may take it back, and at once.
		_, err = f.as("zhao").RevokeGrant(ctx, given.ID)
		f.refused(err, fault.NotFound, "grant")
		taken, err := f.as("lin").RevokeGrant(ctx, given.ID)
		f.must(err)
		if taken.State != grants.Revoked {
			t.Errorf("%+v", taken)
		}
		f.sees("wang", "南方")
		given, err = f.as("lin").Grant(ctx, f.lend("wang", 24, "东方"))
		f.must(err)
		_, err = f.as("admin").RevokeGrant(ctx, given.ID)
		f.must(err)
		f.sees("wang", "南方")
		for who, want := range map[string]int{"lin": 3, "wang": 3, "zhao": 0} {
			list, err := f.as(who).Grants(ctx, false)
			f.must(err)
			if len(list) != want {
				t.Errorf("%s knows of %d grants", who, len(list))
			}
		}
		list, err := f.as("auditor").Grants(ctx, true)
		f.must(err)
		if len(list) != 3 {
			t.Errorf("%+v", list)
		}
		_, err = f.as("lin").Grants(ctx, true)
		f.refused(err, fault.Denied, "right")
	})
}

// Nobody grants more than they have, and not what is lent to them.
func TestGrantsGiveNoMore(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000";credit_code="91330100799655058B"`)
		f.customer("wang", "南方", "")
		lin := f.as("lin")
		_, err := lin.Grant(ctx, f.lend("zhao", 1, "东方", "南方"))
		f.refused(err, fault.NotFound, "record")
		g := f.lend("zhao", 1, "东方")
		g.Actions = append(g.Actions, policy.Delete) // sellers do not delete
		_, err = lin.Grant(ctx, g)
		f.refused(err, fault.Denied, "grant_more")
		g = f.lend("lin", 1, "东方")
		_, err = lin.Grant(ctx, g)
		f.refused(err, fault.Invalid, "grant")
		g = f.lend("zhao", 1, "东方")
		g.Actions = append(g.Actions, policy.Assign) // nor give customers of their own to others
		_, err = lin.Grant(ctx, g)
		f.refused(err, fault.Denied, "grant_more")
		g = f.lend("zhao", 1)
		g.When = &policy.Cond{Op: policy.OpHas, Field: "name"}
		moving, err := lin.Grant(ctx, g)
		f.must(err)
		f.sees("zhao", "东方") // within what the giver has
		_, err = lin.RevokeGrant(ctx, moving.ID)
		f.must(err)
		_, err = f.as("boss").Grant(ctx, g)
		f.must(err)
		f.sees("zhao", "东方", "南方")
		_, err = f.as("zhao").Grant(ctx, f.lend("chief", 1, "南方")) // lent
		f.refused(err, fault.Denied, "grant_more")
		byToken := f.as("lin")
		byToken.actor.Session, byToken.actor.Token = 0, 5
		_, err = byToken.Grant(ctx, f.lend("zhao", 1, "东方"))
		f.refused(err, fault.Denied, "session_required")

		// Sellers see documents masked: however much they grant, masked is all that comes over.
		f.clock.advance(2 * time.Hour)
		f.sees("zhao")
		g = f.lend("zhao", 1, "东方")
		g.Actions = []policy.Action{policy.Read, policy.Edit}
		g.Fields = []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain, Edit: true}}
		given, err := lin.Grant(ctx, g)
		f.must(err)
		owns, err := lin.Get(ctx, "customer", f.id("东方"))
		f.must(err)
		has, err := f.as("zhao").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		for _, name := range owns.Hidden {
			if _, plain := has.Fields[name]; plain {
				t.Errorf("%s came over, hidden from its giver", name)
			}
		}
		for name := range owns.Masked {
			if _, plain := has.Fields[name]; plain {
				t.Errorf("%s came over, masked for its giver", name)
			}
		}
		if has.Fields["phone"] != "13800138000" || len(has.Editable) != len(owns.Editable)-1 || slices.Contains(has.Editable, "parent") {
			t.Errorf("given %v, has %v of %v", given.Fields, has.Editable, owns.Editable)
		}
		if n := f.refusals("lin"); n < 2 {
			t.Errorf("%d refusals are on record", n)
		}
	})
}

func TestTeamStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		id := f.id("东方")
		until := f.clock.Now().Add(time.Hour)
		f.must(f.as("lin").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("wang"), Until: &until}))
		f.sees("wang", "东方")
		team, err := f.as("wang").Team(ctx, "customer", id)
		f.must(err)
		if len(team) != 1 || team[0].Person.Name != "wang" || !team[0].Until.Equal(until) {
			t.Errorf("%+v", team)
		}
		// Collaborators edit, and bring nobody, not even by a grant.
		f.refused(f.as("wang").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("zhao")}), fault.Denied, "team_lent")
		_, err = f.as("wang").Grant(ctx, f.lend("zhao", 100, "东方"))
		f.refused(err, fault.Denied, "grant_more")
		f.refused(f.as("zhao").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("zhao")}), fault.NotFound, "record")
		f.refused(f.as("chief").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("chief")}), fault.Denied, "self")
		f.refused(f.as("lin").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("zhao"), Until: ptr(f.clock.Now())}), fault.Invalid, "team_window")
		f.refused(f.as("lin").AddCollaborator(ctx, "person", f.id("lin"), NewCollaborator{Person: f.id("zhao")}), fault.NotFound, "record")
		f.clock.advance(time.Hour)
		f.sees("wang")
		f.must(f.as("chief").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("wang")}))
		f.sees("wang", "东方")
		f.must(f.as("wang").RemoveCollaborator(ctx, "customer", id, f.id("wang"))) // one may leave
		f.sees("wang")
		f.refused(f.as("lin").RemoveCollaborator(ctx, "customer", id, f.id("wang")), fault.NotFound, "collaborator")
		f.must(f.as("lin").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("zhao")}))
		f.sees("zhao", "东方")
		f.must(f.as("lin").RemoveCollaborator(ctx, "customer", id, f.id("zhao")))
		f.sees("zhao")
	})
}

// A token that is narrowed to a kind tells nothing of what was lent of another.
func TestTokensSeeGrantsOfTheirKindsOnly(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		_, err := f.as("lin").Grant(ctx, f.lend("wang", 24, "东方"))
		f.must(err)
		for kind, want := range map[policy.Kind]int{"customer": 1, "ticket": 0} {
			list, err := f.db.As(Actor{Tenant: 1, Person: f.id("wang"), Channel: "api", Scope: &Scope{Kinds: []policy.Kind{kind}}}).Grants(ctx, false)
			f.must(err)
			if len(list) != want {
				t.Errorf("a token for %s is told of %d grants, want %d", kind, len(list), want)
			}
		}
	})
}
