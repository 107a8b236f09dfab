package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
)

// make creates a record of a kind in somebody's hands, past who may.
func (f *firm) made(kind policy.Kind, name string, fields Fields) *Item {
	f.t.Helper()
	it, err := f.as("boss").Create(context.Background(), kind, fields)
	f.must(err)
	f.ids[name] = it.ID
	return it
}

func (f *firm) ref(name string) []byte { return raw(f.id(name).String()) }

// family is a customer of lin's with a contact, opportunities, tickets and tasks, some of them open,
// some of them somebody else's.
func (f *firm) family() {
	f.customer("lin", "东方", `phone="13800138000"`)
	about := func(owner string, more Fields) Fields {
		fields := Fields{"customer": f.ref("东方"), "owner": f.ref(owner)}
		for name, value := range more {
			fields[name] = value
		}
		return fields
	}
	f.made("contact", "联系人", about("lin", Fields{"name": raw("王五")}))
	f.made("opportunity", "商机", about("lin", Fields{"name": raw("大单")}))
	f.made("opportunity", "输了", about("lin", Fields{"name": raw("输了"), "stage": raw("lost"), "lost_reason": raw("price"), "closed_on": raw("2026-01-02")}))
	f.made("ticket", "工单", about("wang", Fields{"subject": raw("坏了")}))
	f.made("task", "任务", about("lin", Fields{"subject": raw("回电")}))
}

func (f *firm) owner(kind policy.Kind, name string) string {
	f.t.Helper()
	it := f.reread("boss", kind, f.id(name))
	for who, id := range f.ids {
		if it.Fields["owner"] == id.String() {
			return who
		}
	}
	return ""
}

func partOf(parts []TransferPart, relation string) TransferPart {
	for _, p := range parts {
		if p.Relation == relation {
			return p
		}
	}
	return TransferPart{}
}

func TestTransferStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.family()
		f.must(f.as("boss").AddCollaborator(ctx, "customer", f.id("东方"), NewCollaborator{Person: f.id("zhao")}))

		// A seller gives nothing away, and is told so plainly.
		plan, err := f.as("lin").PlanTransfer(ctx, "customer", f.id("东方"), Transfer{})
		f.must(err)
		if plan.May || plan.Why == nil || plan.Why.Field != "owner" || plan.Owner == nil || !plan.Ask || partOf(plan.Parts, "opportunities").Will != 1 {
			t.Errorf("%+v", plan)
		}
		_, err = f.as("lin").Transfer(ctx, "customer", Target{f.id("东方"), 1}, Transfer{To: f.id("wang")})
		f.refused(err, fault.Denied, "field_locked")
		_, err = f.as("wang").PlanTransfer(ctx, "customer", f.id("东方"), Transfer{})
		f.refused(err, fault.NotFound, "record")

		// The plan says what goes along and what stays; nothing is done by looking.
		plan, err = f.as("chief").PlanTransfer(ctx, "customer", f.id("东方"), Transfer{To: f.id("wang")})
		f.must(err)
		if !plan.May || plan.Unit != "华南" || partOf(plan.Parts, "contacts").Will != 1 || partOf(plan.Parts, "opportunities").Will != 1 || partOf(plan.Parts, "tasks").Will != 1 {
			t.Errorf("%+v", plan)
		}
		if part := partOf(plan.Parts, "tickets"); part.Will != 0 || len(part.Stay) != 1 || part.Stay[0].Code != "other_owner" || part.Stay[0].Count != 1 {
			t.Errorf("%+v", part)
		}
		if f.owner("customer", "东方") != "lin" {
			t.Error("looking transferred")
		}

		_, err = f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), 7}, Transfer{To: f.id("wang")})
		f.refused(err, fault.Stale, "version")
		_, err = f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), 1}, Transfer{To: f.id("wang"), Children: []string{"payments"}})
		f.refused(err, fault.Invalid, "transfer_part")
		_, err = f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), 1}, Transfer{To: f.id("lin")})
		f.refused(err, fault.Conflict, "unchanged")
		f.must(f.db.maintain(ctx, func(t *tx) error {
			_, err := t.exec(ctx, "UPDATE person SET stage = 'left' WHERE id = $1", f.id("leaver"))
			return err
		}))
		_, err = f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), 1}, Transfer{To: f.id("leaver")})
		f.refused(err, fault.Invalid, "person_gone")

		done, err := f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), 1},
			Transfer{To: f.id("wang"), Children: []string{"contacts", "opportunities", "tickets"}, Note: "下周要回访"})
		f.must(err)
		if done.Item.Fields["owner"] != f.id("wang").String() || done.Item.Fields["unit"] != f.id("华南").String() || done.Item.Version != 2 {
			t.Errorf("%+v", done.Item)
		}
		for what, want := range map[string]string{"contact/联系人": "wang", "opportunity/商机": "wang", "opportunity/输了": "lin", "ticket/工单": "wang", "task/任务": "lin"} {
			var kind, name string
			fmt.Sscanf(what, "%s", &name)
			for i := range what {
				if what[i] == '/' {
					kind, name = what[:i], what[i+1:]
				}
			}
			if got := f.owner(policy.Kind(kind), name); got != want {
				t.Errorf("%s is %s's, not %s's", what, got, want)
			}
		}
		// The old owner's access ended with the commit.
		_, err = f.as("lin").Get(ctx, "customer", f.id("东方"))
		f.refused(err, fault.NotFound, "record")
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry e JOIN audit_record r ON r.tenant_id = e.tenant_id AND r.seq = e.seq WHERE e.action = 'edit' AND r.record_id IN ($1, $2, $3)", int64(f.id("东方")), int64(f.id("联系人")), int64(f.id("商机"))); n < 3 {
			t.Errorf("%d entries", n)
		}
		// The new owner finds the note and is told; the old one is told without a name.
		line, err := f.as("wang").Timeline(ctx, TimelineQuery{Kind: "customer", ID: f.id("东方"), What: []string{"changes"}})
		f.must(err)
		found := false
		for _, h := range line.Items {
			if h.Type == "handed" {
				found = h.Handover.Note == "下周要回访" && h.Handover.From.Name == "lin" && h.Handover.To.Name == "wang" && h.By.Name == "chief"
			}
		}
		if !found {
			t.Errorf("%+v", line.Items)
		}
		told := func(who, what, title string) {
			t.Helper()
			page, err := f.as(who).Notices(ctx, "", false)
			f.must(err)
			for _, n := range page.Items {
				if n.What == what && n.Title == title {
					return
				}
			}
			t.Errorf("%s: %+v", who, page.Items)
		}
		told("wang", NoticeTransferred, "东方")
		told("lin", NoticeHandedAway, "")

		// Back, with the old owner kept on for a while.
		_, err = f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), 2}, Transfer{To: f.id("lin"), KeepAccess: 3})
		f.must(err)
		if it := f.reread("wang", "customer", f.id("东方")); it.Fields["owner"] != f.id("lin").String() {
			t.Errorf("%+v", it)
		}
		f.clock.advance(3 * 24 * time.Hour)
		_, err = f.as("wang").Get(ctx, "customer", f.id("东方"))
		f.refused(err, fault.NotFound, "record")
		f.whole()
	})
}

// whole wants nothing half done.
func (f *firm) whole() {
	f.t.Helper()
	found, err := f.db.Check(context.Background(), DefaultTenant)
	f.must(err)
	for _, one := range found {
		f.t.Error(one)
	}
}

// Many at once, with what hangs on them; what was looked at is what is done.
func TestTransferFromTheList(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.family()
		f.customer("wang", "西方", "")
		ask := MassAsk{IDs: []policy.ID{f.id("东方"), f.id("西方")}, Change: MassChange{Transfer: &MassTransfer{Owner: f.id("zhao"), Children: []string{"contacts", "tasks"}, Note: "交给你"}}}
		m := f.rehearse("chief", "customer", ask)
		if m.Will != 2 || partOf(m.Along, "contacts").Will != 1 || partOf(m.Along, "tasks").Will != 1 {
			t.Errorf("%+v", m)
		}
		done, err := f.as("chief").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if done.Done != 2 || done.Until != nil { // there is no way back with children
			t.Errorf("%+v", done)
		}
		_, err = f.as("chief").UndoMass(ctx, m.ID)
		f.refused(err, fault.Conflict, "bulk_undo")
		if f.owner("contact", "联系人") != "zhao" || f.owner("task", "任务") != "zhao" || f.owner("ticket", "工单") != "wang" {
			t.Error("the children are elsewhere")
		}
		if n := count(t, f.db, "SELECT count(*) FROM handover_record"); n != 4 {
			t.Errorf("%d records were handed over", n)
		}
		// Without children it is put back, and the unit follows both ways.
		m = f.rehearse("chief", "customer", MassAsk{IDs: []policy.ID{f.id("东方")}, Change: MassChange{Transfer: &MassTransfer{Owner: f.id("lin")}}})
		_, err = f.as("chief").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		if it := f.reread("chief", "customer", f.id("东方")); it.Fields["unit"] != f.id("华东").String() {
			t.Errorf("%+v", it.Fields)
		}
		_, err = f.as("chief").UndoMass(ctx, m.ID)
		f.must(err)
		if it := f.reread("chief", "customer", f.id("东方")); it.Fields["unit"] != f.id("华南").String() || f.owner("customer", "东方") != "zhao" {
			t.Errorf("%+v", it.Fields)
		}
		f.whole()
	})
}

// Fifty clients transfer and edit the same customers: every record is in one hand, with its unit and
// what was chosen to go along, and every version has its entry.
func TestTransferWhileEdited(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		var customers []policy.ID
		for i := range 4 {
			name := fmt.Sprintf("客%d", i)
			customers = append(customers, f.customer("lin", name, "").ID)
			f.made("contact", name+"联系人", Fields{"customer": f.ref(name), "owner": f.ref("lin"), "name": raw(name)})
		}
		heirs := []string{"lin", "wang", "zhao"}
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				for round := range 3 {
					id := customers[(i+round)%len(customers)]
					it, err := f.as("boss").Get(ctx, "customer", id)
					if err != nil {
						t.Error(err)
						return
					}
					if i%2 == 0 {
						_, err = f.as("boss").Transfer(ctx, "customer", Target{id, it.Version}, Transfer{To: f.id(heirs[i/2%3]), Children: []string{"contacts"}})
					} else {
						_, err = f.as("boss").Update(ctx, "customer", id, it.Version, Fields{"city": raw(fmt.Sprintf("城%d", i))})
					}
					if code := fault.From(err).Code; err != nil && code != "version" && code != "unchanged" {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for text, want := range map[string]int64{
			"SELECT count(*) FROM customer c JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.owner_id WHERE c.unit_id = p.unit_id":                                    4,
			"SELECT count(*) FROM contact k JOIN customer c ON c.tenant_id = k.tenant_id AND c.id = k.customer_id WHERE c.owner_id = k.owner_id":                              4,
			"SELECT (SELECT count(*) FROM notice WHERE what = 'transferred') - (SELECT count(*) FROM handover WHERE to_id <> by_id)":                                          0,
			"SELECT (SELECT count(*) FROM handover_record WHERE kind = 'customer') - (SELECT count(*) FROM handover)":                                                         0,
			"SELECT (SELECT sum(version) FROM customer) - (SELECT count(*) FROM audit_entry WHERE kind = 'customer' AND action IN ('create', 'edit') AND detail IS NOT NULL)": 0,
		} {
			if got := count(t, f.db, text); got != want {
				t.Errorf("%d, not %d: %s", got, want, text)
			}
		}
		f.whole()
	})
}
