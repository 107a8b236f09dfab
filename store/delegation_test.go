package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Nobody makes themselves more, whichever way leads there.
func TestSelfPromotionIsRefused(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		f.customer("lin", "东方", "")
		me, mine := f.id("admin"), f.appointment("admin")

		// The plain ways.
		_, err := admin.Appoint(ctx, NewAppointment{Person: me, Unit: f.id("总部"), Position: "ceo"})
		f.refused(err, fault.Denied, "self")
		_, err = f.as("admin").ChangeAppointment(ctx, mine.ID, mine.Version, AppointmentChange{Until: ptr(f.clock.Now().AddDate(1, 0, 0))})
		f.refused(err, fault.Denied, "self")
		f.refused(admin.EndAppointment(ctx, mine.ID, mine.Version), fault.Denied, "self")
		_, err = admin.AssignPack(ctx, access.Assignment{Pack: "sales", Who: policy.Clause{Person: me}})
		f.refused(err, fault.Denied, "self")
		_, err = admin.UpdateUnit(ctx, f.id("销售部"), f.unit("销售部").Version, UnitFields{Heads: ptr([]policy.ID{f.id("chief"), me})})
		f.refused(err, fault.Denied, "self")
		f.refused(admin.SetPassword(ctx, me, "another password", false), fault.Denied, "self")
		_, err = admin.StopAccount(ctx, me)
		f.refused(err, fault.Denied, "self")

		// Packs and rules that speak of the author among others.
		for _, who := range []policy.Clause{{Position: "it"}, {Unit: f.id("信息部")}, {Unit: f.id("总部"), Below: true}, {Everyone: true}} {
			_, err = admin.AssignPack(ctx, access.Assignment{Pack: "finance", Who: who})
			f.refused(err, fault.Denied, "self_gain")
			_, err = admin.PutRule(ctx, sharing("mine", everything, who))
			f.refused(err, fault.Denied, "self_gain")
		}
		_, err = admin.PutRule(ctx, sharing("mine", everything, policy.Clause{Person: me}))
		f.refused(err, fault.Denied, "self_gain")
		r := sharing("later", everything, policy.Clause{Person: me})
		r.From = ptr(f.clock.Now().AddDate(0, 1, 0))
		_, err = admin.PutRule(ctx, r)
		f.refused(err, fault.Denied, "self_gain")

		// With an exception for the author the same rule is for others.
		r = sharing("others", everything, policy.Clause{Everyone: true})
		r.Who.Except = []policy.Clause{{Person: me}}
		_, err = admin.PutRule(ctx, r)
		f.must(err)
		f.sees("lin", "东方")
		f.sees("wang", "东方")
		f.sees("admin")
		r.Who.Except = nil
		_, err = admin.PutRule(ctx, r)
		f.refused(err, fault.Denied, "self_gain")
		f.must(admin.DeleteRule(ctx, "others"))

		// The boss holds everything already, so there is nothing to gain.
		_, err = f.as("boss").PutRule(ctx, sharing("all", everything, policy.Clause{Everyone: true}))
		f.must(err)
		f.must(f.as("boss").DeleteRule(ctx, "all"))
		f.sees("wang")
	})
}

// What already speaks of the author must not reach further by moving what it names.
func TestReachDoesNotGrowUnderItsAuthor(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("wang", "南方", "")
		// The boss lets heads see the customers of their units; admin heads the IT department.
		_, err := f.as("boss").PutRule(ctx, sharing("heads", policy.Path{Path: policy.PathHeaded}, policy.Clause{Position: "it"}))
		f.must(err)
		f.sees("admin")
		move := UnitFields{Parent: ptr(f.id("信息部"))}
		_, err = f.as("admin").UpdateUnit(ctx, f.id("华东"), f.unit("华东").Version, move)
		f.refused(err, fault.Denied, "self_gain")
		f.sees("admin")
		_, err = f.as("admin").CreateUnit(ctx, UnitFields{Parent: ptr(f.id("信息部")), Name: ptr("运维"), Type: ptr("department")})
		f.must(err) // there is nothing in it
		_, err = f.as("admin2").UpdateUnit(ctx, f.id("华东"), f.unit("华东").Version, move)
		f.must(err) // somebody else may
		f.sees("admin", "东方")

		// A pool that is opened to the author's own unit, and a guard that holds the author.
		_, err = f.as("boss").PutRule(ctx, sharing("pools", policy.Path{Path: policy.PathPool}, policy.Clause{Position: "it"}))
		f.must(err)
		_, err = f.as("admin").UpdatePool(ctx, f.id("公海"), 1, "公海", []PoolMember{{Unit: f.id("总部"), Below: true}})
		f.refused(err, fault.Denied, "self_gain")
		_, err = f.as("admin").UpdatePool(ctx, f.id("公海"), 1, "公海", []PoolMember{{Unit: f.id("销售部")}})
		f.must(err)
		guard := policy.Rule{ID: "guard", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Position: "it"}}}, Kind: "customer", Actions: []policy.Action{policy.Read},
			Where: policy.Path{Path: policy.PathUnits, Units: []policy.ID{f.id("信息部")}, Below: true}, Scene: "信息部不看客户"}
		_, err = f.as("admin").PutRule(ctx, guard)
		f.must(err) // takes from oneself
		f.sees("admin")
		f.refused(f.as("admin").DeleteRule(ctx, "guard"), fault.Denied, "self_gain")
		_, err = f.as("admin").UpdateUnit(ctx, f.id("华东"), f.unit("华东").Version, UnitFields{Parent: ptr(f.id("销售部"))})
		f.refused(err, fault.Denied, "self_gain") // out from under the guard
		guard.Who.Except = []policy.Clause{{Person: f.id("admin")}}
		_, err = f.as("admin").PutRule(ctx, guard)
		f.refused(err, fault.Denied, "self_gain")
	})
}

// A right of administration is given, and taken, by who holds it.
func TestRightsOfAdministration(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		// The preset administrator does not hold audit.
		for _, a := range []access.Assignment{{Pack: "auditor", Who: policy.Clause{Person: f.id("lin")}}, {Pack: "boss", Who: policy.Clause{Position: "lead"}}} {
			_, err := admin.AssignPack(ctx, a)
			f.refused(err, fault.Denied, "not_held")
		}
		_, err := admin.Appoint(ctx, NewAppointment{Person: f.id("lin"), Unit: f.id("总部"), Position: "audit"})
		f.refused(err, fault.Denied, "not_held")
		_, err = admin.Appoint(ctx, NewAppointment{Person: f.id("lin"), Unit: f.id("总部"), Position: "audit", From: ptr(f.clock.Now().AddDate(0, 1, 0))})
		f.refused(err, fault.Denied, "not_held")
		system := policy.Rule{ID: "audits", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: f.id("lin")}}}, Kind: records.System,
			Actions: []policy.Action{"audit"}, Where: everything, Scene: "x"}
		_, err = admin.PutRule(ctx, system)
		f.refused(err, fault.Denied, "not_held")
		auditor := f.appointment("auditor")
		f.refused(admin.EndAppointment(ctx, auditor.ID, auditor.Version), fault.Denied, "not_held")
		_, err = admin.ChangeAppointment(ctx, auditor.ID, auditor.Version, AppointmentChange{Until: ptr(f.clock.Now().Add(time.Minute))})
		f.refused(err, fault.Denied, "not_held")
		f.refused(admin.UnassignPack(ctx, f.assignment("auditor").ID), fault.Denied, "not_held")
		system.Effect, system.ID = policy.Forbid, "noaudit"
		_, err = admin.PutRule(ctx, system)
		f.refused(err, fault.Denied, "not_held")

		// What they hold they may give on, and the boss everything.
		f.enacts("admin", assigning(access.Assignment{Pack: "administrator", Who: policy.Clause{Person: f.id("leaver")}}))
		if can, err := f.as("leaver").May(ctx); err != nil || len(can) != 6 {
			t.Errorf("%v %v", can, err)
		}
		_, err = f.as("boss").Appoint(ctx, NewAppointment{Person: f.id("lin"), Unit: f.id("总部"), Position: "audit"})
		f.must(err)

		// Accounts of the stronger.
		for _, who := range []string{"boss", "auditor"} {
			f.refused(admin.SetPassword(ctx, f.id(who), "another password", false), fault.Denied, "not_held")
			_, err = admin.StopAccount(ctx, f.id(who))
			f.refused(err, fault.Denied, "not_held")
		}
		f.must(admin.SetPassword(ctx, f.id("wang"), "another password", false))
		f.must(f.as("boss").SetPassword(ctx, f.id("auditor"), "another password", false))
		f.refused(f.as("chief").SetPassword(ctx, f.id("wang"), "another password", false), fault.Denied, "right")
		if n := f.refusals("admin"); n < 12 {
			t.Errorf("only %d refusals are on record", n)
		}
	})
}

// The last who can administer stays, also when two administrators remove each other at once.
func TestLastAdministrator(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		boss := f.as("boss")
		// Without the boss's own rights two administrators are all there is: the boss keeps them
		// only until the end of the year.
		ceo := f.assignment("boss")
		f.enacts("boss", assigning(access.Assignment{Pack: "boss", Who: policy.Clause{Person: f.id("leaver")}, Until: ptr(f.clock.Now().Add(time.Hour))}))
		f.enacts("leaver", unassigning(ceo))
		f.clock.advance(2 * time.Hour)
		if can, err := boss.May(ctx); err != nil || len(can) != 0 {
			t.Fatalf("%v %v", can, err)
		}

		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, pair := range [][2]string{{"admin", "admin2"}, {"admin2", "admin"}} {
			wg.Go(func() { _, errs[i] = f.as(pair[0]).StopAccount(ctx, f.id(pair[1])) })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("%v, %v", errs[0], errs[1])
		}
		left, gone := "admin", "admin2"
		if errs[0] != nil {
			left, gone = gone, left
		}
		for _, err := range errs {
			if err != nil {
				f.refused(err, fault.Conflict, "last_administrator")
			}
		}
		// The pack on the position is all that one has; neither it nor the position's unit may go.
		f.refused(f.as(left).UnassignPack(ctx, f.assignmentOf(left, "administrator").ID), fault.Conflict, "last_administrator")
		_, err := f.as(left).ChangeAssignment(ctx, f.assignmentOf(left, "administrator").ID, nil, ptr(f.clock.Now().AddDate(1, 0, 0)))
		f.refused(err, fault.Conflict, "last_administrator")
		guard := policy.Rule{ID: "nobody", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Kind: records.System,
			Actions: []policy.Action{"people"}, Where: everything, Scene: "x"}
		_, err = f.as(left).PutRule(ctx, guard)
		f.refused(err, fault.Conflict, "last_administrator")
		_, err = f.as(left).OpenAccount(ctx, f.id(gone))
		f.must(err)
		a := f.appointmentBy(left, gone)
		f.must(f.as(left).EndAppointment(ctx, a.ID, a.Version))
		if can, err := f.as(gone).May(ctx); err != nil || len(can) != 0 {
			t.Errorf("%v %v", can, err)
		}
	})
}

func (f *firm) assignmentOf(by, pack string) access.Assignment {
	f.t.Helper()
	list, err := f.as(by).Assignments(context.Background())
	f.must(err)
	for _, a := range list {
		if a.Pack == pack {
			return a
		}
	}
	f.t.Fatalf("the pack %s hangs nowhere", pack)
	return access.Assignment{}
}

func (f *firm) appointmentBy(by, who string) Appointment {
	f.t.Helper()
	list, err := f.as(by).Appointments(context.Background(), AppointmentQuery{Person: f.id(who)})
	f.must(err)
	for _, a := range list {
		if a.State == org.Active {
			return a
		}
	}
	f.t.Fatalf("%s is appointed nowhere", who)
	return Appointment{}
}

func TestAccounts(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		attempt := Attempt{Client: Client{Channel: "web", Address: "192.0.2.7"}, Tenant: DefaultTenant, Login: "lin", Password: "correct horse"}
		secret, _, err := f.db.SignIn(ctx, attempt)
		f.must(err)
		stopped, err := admin.StopAccount(ctx, f.id("lin"))
		f.must(err)
		if stopped.Open || stopped.StoppedAt == nil || !stopped.Password {
			t.Errorf("%+v", stopped)
		}
		_, err = f.db.Authenticate(ctx, secret, attempt.Client)
		f.refused(err, fault.Denied, "signin")
		_, _, err = f.db.SignIn(ctx, attempt)
		f.refused(err, fault.Denied, "credentials")
		opened, err := admin.OpenAccount(ctx, f.id("lin"))
		f.must(err)
		if !opened.Open {
			t.Errorf("%+v", opened)
		}
		_, err = f.db.Authenticate(ctx, secret, attempt.Client) // what was ended stays ended
		f.refused(err, fault.Denied, "signin")
		f.refused(admin.SetPassword(ctx, f.id("lin"), "short", false), fault.Invalid, "password_short")
		f.must(admin.SetPassword(ctx, f.id("lin"), "another password", false))
		attempt.Password = "another password"
		_, _, err = f.db.SignIn(ctx, attempt)
		f.must(err)
		_, err = admin.Account(ctx, 99)
		f.refused(err, fault.NotFound, "person")
		_, err = f.as("lin").Account(ctx, f.id("wang"))
		f.refused(err, fault.Denied, "right")
		byToken := f.as("admin")
		byToken.actor.Session, byToken.actor.Token = 0, 5
		f.refused(byToken.SetPassword(ctx, f.id("lin"), "third password", false), fault.Denied, "session_required")
	})
}

// A person's record decides whether and as whom they sign in: changing that is managing the
// account.
func TestPersonRecordIsAnAccount(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		change := func(by, who, text string) error {
			it, err := f.as("boss").Get(ctx, "person", f.id(who))
			if err != nil {
				return err
			}
			_, err = f.as(by).Update(ctx, "person", f.id(who), it.Version, fields(t, text))
			return err
		}
		for _, text := range []string{`{"active":false}`, `{"stage":"left"}`, `{"login":"other"}`} {
			f.refused(change("admin", "boss", text), fault.Denied, "not_held")
			f.refused(change("admin", "auditor", text), fault.Denied, "not_held")
		}
		f.must(change("admin", "boss", `{"phone":"13800138000"}`))
		f.must(change("admin", "wang", `{"active":false}`))

		// Two administrators at once, and no boss.
		mustExec(t, f.db, "UPDATE credential SET disabled_at = 1 WHERE person_id = $1", int64(f.id("boss")))
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for i, pair := range [][2]string{{"admin", "admin2"}, {"admin2", "admin"}} {
			wg.Go(func() { errs[i] = change(pair[0], pair[1], `{"active":false}`) })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%v, %v", errs[0], errs[1])
		}
	})
}
