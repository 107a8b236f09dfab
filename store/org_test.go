package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/internal/testdb"
	"guan/org"
	"guan/policy"
)

func TestUnitsStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		units, err := f.as("lin").Units(ctx) // the organisation is everybody's
		f.must(err)
		if len(units) != 5 || units[0].Name != "总部" || units[0].Heads[0].Name != "boss" {
			t.Errorf("%+v", units)
		}
		people := map[string]map[string]int64{}
		for _, who := range []string{"boss", "chief", "lin"} {
			units, err := f.as(who).Units(ctx)
			f.must(err)
			people[who] = map[string]int64{}
			for _, u := range units {
				people[who][u.Name] = u.People
			}
		}
		// A person counts the colleagues they may read: the boss all, the chief those of the
		// department, a seller themselves.
		if b, c, l := people["boss"], people["chief"], people["lin"]; b["华南"] != 3 || b["信息部"] != 2 || c["华南"] != 3 || c["信息部"] != 0 || l["华东"] != 1 || l["华南"] != 0 {
			t.Errorf("%v", people)
		}

		made, err := f.as("admin").CreateUnit(ctx, UnitFields{Parent: ptr(f.id("销售部")), Name: ptr("华北"), Type: ptr("region"), Place: &policy.LatLng{Lat: 39.9, Lng: 116.4}})
		f.must(err)
		f.ids["华北"] = made.ID
		if made.Version != 1 || made.Place == nil || made.Parent != f.id("销售部") {
			t.Errorf("%+v", made)
		}
		_, err = f.as("admin").CreateUnit(ctx, UnitFields{Parent: ptr(f.id("销售部")), Name: ptr("华北"), Type: ptr("region")})
		f.refused(err, fault.Invalid, "unit_sibling")
		_, err = f.as("admin").UpdateUnit(ctx, f.id("销售部"), 1, UnitFields{Parent: ptr(made.ID)})
		f.refused(err, fault.Invalid, "unit_cycle")
		_, err = f.as("admin").UpdateUnit(ctx, made.ID, 7, UnitFields{Name: ptr("北方")})
		f.refused(err, fault.Stale, "version")
		_, err = f.as("admin").UpdateUnit(ctx, 99, 1, UnitFields{Name: ptr("北方")})
		f.refused(err, fault.NotFound, "unit")
		renamed, err := f.as("admin").UpdateUnit(ctx, made.ID, 1, UnitFields{Name: ptr("北方"), Place: &policy.LatLng{}})
		f.must(err)
		if renamed.Name != "北方" || renamed.Place != nil || renamed.Version != 2 {
			t.Errorf("%+v", renamed)
		}
		_, err = f.as("lin").CreateUnit(ctx, UnitFields{Parent: ptr(f.id("总部")), Name: ptr("x"), Type: ptr("region")})
		f.refused(err, fault.Denied, "right")
		if f.refusals("lin") != 1 {
			t.Error("the refusal is not on record")
		}
		f.must(f.as("admin").DeleteUnit(ctx, made.ID, 2))
		f.refused(f.as("admin").DeleteUnit(ctx, f.id("华东"), f.unit("华东").Version), fault.Conflict, "unit_has_people")
		f.refused(f.as("admin").DeleteUnit(ctx, f.id("销售部"), f.unit("销售部").Version), fault.Conflict, "unit_has_units")
	})
}

// A unit goes when nobody stands in it and nothing names it; appointments that have ended go too.
func TestUnitThatRulesName(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		made, err := f.as("boss").CreateUnit(ctx, UnitFields{Parent: ptr(f.id("总部")), Name: ptr("仓库"), Type: ptr("department")})
		f.must(err)
		a, err := f.as("admin").Appoint(ctx, NewAppointment{Person: f.id("leaver"), Unit: made.ID, Position: "sales"})
		f.must(err)
		f.clock.advance(time.Hour)
		f.must(f.as("admin").EndAppointment(ctx, a.ID, 1))

		ref := policy.Operand{Ref: &made.ID}
		for id, r := range map[string]policy.Rule{
			"who":   sharing("who", everything, policy.Clause{Unit: made.ID}),
			"where": sharing("where", policy.Path{Path: policy.PathUnits, Units: []policy.ID{made.ID}}, policy.Clause{Position: "sales"}),
			"when": func() policy.Rule {
				r := sharing("when", everything, policy.Clause{Position: "sales"})
				r.When = &policy.Cond{Op: policy.OpNot, Args: []policy.Cond{{Op: policy.OpEq, Field: "unit", Value: &ref}}}
				return r
			}(),
			"known": func() policy.Rule {
				r := sharing("known", everything, policy.Clause{Position: "sales"})
				r.When = &policy.Cond{Op: policy.OpKnown, CEL: "'" + made.ID.String() + "' in p.units"}
				return r
			}(),
		} {
			_, err := f.as("boss").PutRule(ctx, r)
			f.must(err)
			f.refused(f.as("boss").DeleteUnit(ctx, made.ID, 1), fault.Conflict, "unit_has_rules")
			f.must(f.as("boss").DeleteRule(ctx, id))
		}
		f.must(f.as("boss").DeleteUnit(ctx, made.ID, 1))
	})
}

func TestPositions(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.must(f.as("admin").PutPosition(ctx, org.Position{Code: "keeper", Label: org.Label{ZH: "店长", EN: "Store keeper"}}))
		f.must(f.as("admin").PutPosition(ctx, org.Position{Code: "keeper", Label: org.Label{ZH: "门店经理", EN: "Store manager"}}))
		list, err := f.as("lin").Positions(ctx)
		f.must(err)
		if len(list) != 6 || list[3].Label.ZH != "门店经理" && list[2].Label.ZH != "门店经理" {
			t.Errorf("%+v", list)
		}
		f.refused(f.as("admin").PutPosition(ctx, org.Position{Code: "Keeper"}), fault.Invalid, "position_code")
		f.refused(f.as("admin").DeletePosition(ctx, "sales"), fault.Conflict, "position_has_people")
		f.refused(f.as("admin").DeletePosition(ctx, "none"), fault.NotFound, "position")
		r := sharing("keepers", everything, policy.Clause{Position: "keeper"})
		_, err = f.as("boss").PutRule(ctx, r)
		f.must(err)
		f.refused(f.as("admin").DeletePosition(ctx, "keeper"), fault.Conflict, "position_has_rules")
		f.must(f.as("boss").DeleteRule(ctx, "keepers"))
		f.must(f.as("admin").DeletePosition(ctx, "keeper"))
	})
}

// Moves re-derive everything at once: of people, of heads and of units.
func TestMovesTakeEffectWithTheCommit(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("wang", "南方", "")
		f.sees("lin", "东方")
		f.sees("chief", "东方", "南方")

		// A region leaves the department: its head no longer sees it.
		_, err := f.as("admin2").UpdateUnit(ctx, f.id("华南"), f.unit("华南").Version, UnitFields{Parent: ptr(f.id("总部"))})
		f.must(err)
		f.sees("chief", "东方")
		_, err = f.as("admin2").UpdateUnit(ctx, f.id("华南"), f.unit("华南").Version, UnitFields{Heads: ptr([]policy.ID{f.id("lin")})})
		f.must(err)
		f.sees("lin", "东方") // a head by name, without the pack of heads
		a, err := f.as("admin").Appoint(ctx, NewAppointment{Person: f.id("lin"), Unit: f.id("华南"), Position: "lead", Until: ptr(f.clock.Now().Add(time.Hour))})
		f.must(err)
		f.sees("lin", "东方", "南方")
		f.clock.advance(time.Hour) // the window ends without anybody doing anything
		f.sees("lin", "东方")
		f.refused(f.as("admin").EndAppointment(ctx, a.ID, a.Version), fault.Conflict, "appointment_ended")

		// Somebody leaves: with the end of the appointment the pack is gone.
		chief := f.appointment("chief")
		f.must(f.as("admin").EndAppointment(ctx, chief.ID, chief.Version))
		f.sees("chief")
		f.refused(f.as("admin").EndAppointment(ctx, chief.ID, chief.Version+1), fault.Conflict, "appointment_ended")
	})
}

func TestAppointments(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		tomorrow := f.clock.Now().Add(24 * time.Hour)
		a, err := f.as("admin").Appoint(ctx, NewAppointment{Person: f.id("wang"), Unit: f.id("华东"), Position: "sales", From: &tomorrow})
		f.must(err)
		if a.State != org.Planned || a.Version != 1 || a.Unit.Name != "华东" || a.Person.Name != "wang" {
			t.Errorf("%+v", a)
		}
		_, err = f.as("admin").Appoint(ctx, NewAppointment{Person: f.id("wang"), Unit: f.id("华东"), Position: "sales"})
		f.refused(err, fault.Invalid, "appointments")
		_, err = f.as("admin").Appoint(ctx, NewAppointment{Person: 99, Unit: f.id("华东"), Position: "sales"})
		f.refused(err, fault.Invalid, "person")
		for who, want := range map[string]int{"admin": 2, "lin": 1, "wang": 2} { // a plan is not for everybody
			list, err := f.as(who).Appointments(ctx, AppointmentQuery{Unit: f.id("华东")})
			f.must(err)
			if len(list) != want {
				t.Errorf("%s sees %+v", who, list)
			}
		}
		later := tomorrow.Add(24 * time.Hour)
		changed, err := f.as("admin").ChangeAppointment(ctx, a.ID, 1, AppointmentChange{From: &later, Until: ptr(later.Add(time.Hour))})
		f.must(err)
		if !changed.From.Equal(later) || changed.Until == nil || changed.Version != 2 {
			t.Errorf("%+v", changed)
		}
		_, err = f.as("admin").ChangeAppointment(ctx, a.ID, 1, AppointmentChange{Open: true})
		f.refused(err, fault.Stale, "version")
		_, err = f.as("admin").ChangeAppointment(ctx, a.ID, 2, AppointmentChange{Until: ptr(later)})
		f.refused(err, fault.Invalid, "appointments")
		f.must(f.as("admin").EndAppointment(ctx, a.ID, 2)) // it never began: nothing is left
		_, err = f.as("admin").ChangeAppointment(ctx, a.ID, 2, AppointmentChange{Open: true})
		f.refused(err, fault.NotFound, "appointment")
		_, err = f.as("admin").Appointments(ctx, AppointmentQuery{Unit: 99})
		f.refused(err, fault.NotFound, "unit")
		_, err = f.as("lin").Appoint(ctx, NewAppointment{Person: f.id("leaver"), Unit: f.id("华东"), Position: "sales"})
		f.refused(err, fault.Denied, "right")
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry e JOIN audit_record r ON r.tenant_id = e.tenant_id AND r.seq = e.seq WHERE e.action = $1 AND r.record_id = $2", string(audit.OrgChanged), int64(f.id("wang"))); n != 3 {
			t.Errorf("%d entries on the appointments of wang", n)
		}
	})
}

// A reorganisation of 5,000 people is one transaction, in force with its commit: one entry in the
// audit log, and nothing is written or recalculated for anybody. How long it takes is printed.
func TestReorganisationOfManyPeople(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		ctx := context.Background()
		ids := f.newIDs(2 * 5000)
		many := Company{}
		for i := range 5000 {
			person, login := ids[2*i], fmt.Sprintf("p%d", i)
			many.People = append(many.People, NewPerson{ID: person, Password: "correct horse", Fields: map[string]policy.Value{
				"name": policy.TextOf(login), "login": policy.TextOf(login), "unit": policy.RefOf(f.id("华南"))}})
			many.Appointments = append(many.Appointments, org.Appointment{ID: ids[2*i+1], Person: person, Unit: f.id("华南"), Position: "sales", From: f.clock.Now()})
			f.ids[login] = person
		}
		began := time.Now()
		f.must(f.db.System(JobSetup, DefaultTenant).Install(ctx, many))
		t.Logf("5,000 people imported, placed and equipped in %v", time.Since(began))
		f.customer("p4999", "远方", "")
		f.sees("chief", "远方")
		version := f.unit("华南").Version
		standing := func() [3]int64 {
			return [3]int64{count(t, f.db, "SELECT sum(version) FROM appointment"), count(t, f.db, "SELECT sum(version) FROM person"),
				count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = $1", string(audit.OrgChanged))}
		}
		before := standing()
		began = time.Now()
		_, err := f.as("admin2").UpdateUnit(ctx, f.id("华南"), version, UnitFields{Parent: ptr(f.id("总部"))})
		took := time.Since(began)
		f.must(err)
		t.Logf("a unit of 5,000 people moved in %v", took)
		if after := standing(); after != [3]int64{before[0], before[1], before[2] + 1} {
			t.Errorf("appointments, people and entries were %v and are %v", before, after)
		}
		f.sees("chief")
		f.sees("p4999", "远方")
	})
}
