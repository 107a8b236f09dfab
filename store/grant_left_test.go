package store

import (
	"context"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// Who leaves takes along what they gave, also what was given on of it, at the instant of their last
// appointment; and it does not come back with them.
func TestGrantsEndWithTheirGiver(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		lent := f.lend("wang", 24*300, "东方")
		lent.GiveOn = true
		given, err := f.as("lin").Grant(ctx, lent)
		f.must(err)
		on := f.lend("zhao", 24*200, "东方")
		on.Parent = given.ID
		passed, err := f.as("wang").Grant(ctx, on)
		f.must(err)
		f.sees("wang", "东方")
		f.sees("zhao", "东方")

		a := f.appointment("lin")
		gone := f.clock.Now().Add(time.Hour)
		_, err = f.as("admin").ChangeAppointment(ctx, a.ID, a.Version, AppointmentChange{Until: &gone})
		f.must(err)
		f.clock.advance(gone.Add(-time.Microsecond).Sub(f.clock.Now()))
		f.sees("wang", "东方")
		f.sees("zhao", "东方")
		list, err := f.as("wang").Grants(ctx, false)
		f.must(err)
		if len(list) != 2 || !list[1].Until.Equal(gone) {
			t.Errorf("until it ends it says that it ends with its giver: %+v", list)
		}
		f.clock.advance(gone.Sub(f.clock.Now()))
		over := func() {
			t.Helper()
			f.sees("wang")
			f.sees("zhao")
			for _, id := range []policy.ID{given.ID, passed.ID} {
				_, err := f.as("admin").RevokeGrant(ctx, id)
				f.refused(err, fault.Conflict, "grant_ended")
			}
			all, err := f.as("auditor").Grants(ctx, true)
			f.must(err)
			for _, g := range all {
				if g.State != grants.Ended {
					t.Errorf("%+v", g)
				}
			}
		}
		over()
		_, err = f.as("admin").Appoint(ctx, NewAppointment{Person: f.id("lin"), Unit: f.id("华东"), Position: "sales", From: new(gone.Add(time.Hour))})
		f.must(err)
		f.clock.advance(gone.Add(2 * time.Hour).Sub(f.clock.Now()))
		f.sees("lin", "东方")
		over()
		given, err = f.as("lin").Grant(ctx, f.lend("wang", 24, "东方"))
		f.must(err)
		f.sees("wang", "东方")

		// A move without a day between is no leaving.
		next, moves := f.appointment("lin"), f.clock.Now().Add(time.Hour)
		for _, n := range []string{"华南"} {
			_, err = f.as("admin").Appoint(ctx, NewAppointment{Person: f.id("lin"), Unit: f.id(n), Position: "sales", From: &moves})
			f.must(err)
		}
		_, err = f.as("admin").ChangeAppointment(ctx, next.ID, next.Version, AppointmentChange{Until: &moves})
		f.must(err)
		f.clock.advance(moves.Sub(f.clock.Now()))
		f.sees("wang", "东方")
	})
}

// What is for reading alone gives nothing to edit, whatever was asked: what the giver sees masked stays a
// mask and the grant gives what it says.
func TestGrantForReadingEditsNothing(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000"`)
		g := f.lend("wang", 2, "东方")
		g.Fields = []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain, Edit: true}}
		_, err := f.as("lin").Grant(ctx, g)
		f.must(err)
		it, err := f.as("wang").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if it.Fields["phone"] != "13800138000" || len(it.Can) != 0 || len(it.Editable) != 0 {
			t.Errorf("%+v", it)
		}
	})
}

// Whoever has a record for a time does not make it theirs: where it belongs is not among what is lent by class.
func TestNobodyKeepsWhatTheyWereLent(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "东方", "")
		f.customer("wang", "南方", "")
		edits := []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain, Edit: true}}
		g := f.lend("wang", 4, "东方")
		g.Actions, g.Fields = []policy.Action{policy.Read, policy.Edit}, edits
		plan, err := f.as("boss").PlanGrant(ctx, g)
		f.must(err)
		if plan.Less {
			t.Error("the boss is told that they have less than they give")
		}
		given, err := f.as("boss").Grant(ctx, g)
		f.must(err)
		for name, value := range map[string]string{"owner": f.id("wang").String(), "unit": f.id("华南").String(), "pool": f.id("公海").String(), "parent": f.id("南方").String()} {
			_, err := f.as("wang").Update(ctx, "customer", it.ID, it.Version, Fields{name: []byte(quoted(value))})
			f.refused(err, fault.Denied, "field_locked")
		}
		_, err = f.as("wang").Transfer(ctx, "customer", Target{ID: it.ID, Version: it.Version}, Transfer{To: f.id("wang")})
		f.refused(err, fault.Denied, "field_locked")
		again, err := f.as("boss").ExtendGrant(ctx, given.ID, given.Until.Add(time.Hour), "")
		f.must(err)
		f.clock.advance(5*time.Hour - time.Minute)
		_, err = f.as("wang").Update(ctx, "customer", it.ID, it.Version, Fields{"owner": []byte(quoted(f.id("wang").String()))})
		f.refused(err, fault.Denied, "field_locked")
		_, err = f.as("wang").Update(ctx, "customer", it.ID, it.Version, Fields{"city": []byte(quoted("苏州"))})
		f.must(err)
		f.clock.advance(time.Minute)
		f.sees("wang", "南方")
		f.sees("lin", "东方")
		if again.State != grants.Pending {
			t.Errorf("%+v", again)
		}

		// Who is to hand customers on for somebody is given just that, by name.
		g = f.lend("wang", 4, "东方")
		g.Actions, g.Fields = []policy.Action{policy.Read, policy.Edit}, append(edits, policy.FieldRule{Field: "owner", Level: policy.Plain, Edit: true})
		_, err = f.as("boss").Grant(ctx, g)
		f.must(err)
		now, err := f.as("wang").Get(ctx, "customer", it.ID)
		f.must(err)
		_, err = f.as("wang").Update(ctx, "customer", it.ID, now.Version, Fields{"owner": []byte(quoted(f.id("zhao").String()))})
		f.must(err)
	})
}

// A collaborator keeps the contacts of the customer, and carries none of them away to a customer of their own.
func TestCollaboratorsCarryNothingAway(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("wang", "南方", "")
		of := func(who, customer string) (*Item, error) {
			return f.as(who).Create(ctx, "contact", Fields{"name": []byte(`"李经理"`), "customer": []byte(quoted(f.id(customer).String()))})
		}
		contact, err := of("lin", "东方")
		f.must(err)
		f.must(f.as("lin").AddCollaborator(ctx, "customer", f.id("东方"), NewCollaborator{Person: f.id("wang")}))
		_, err = of("wang", "东方")
		f.must(err)
		_, err = f.as("wang").Update(ctx, "contact", contact.ID, contact.Version, Fields{"customer": []byte(quoted(f.id("南方").String()))})
		f.refused(err, fault.Denied, "field_locked")
		_, err = f.as("wang").Update(ctx, "contact", contact.ID, contact.Version, Fields{"phone": []byte(`"13800138000"`)})
		f.must(err)
		f.must(f.as("lin").RemoveCollaborator(ctx, "customer", f.id("东方"), f.id("wang")))
		_, err = f.as("wang").Get(ctx, "contact", contact.ID)
		f.refused(err, fault.NotFound, "record")
		if n := len(f.list("lin", "contact")); n != 2 {
			t.Errorf("lin has %d contacts", n)
		}
	})
}
