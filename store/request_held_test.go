package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
)

// heldRule holds fields of customers for approval by these, for everybody but the boss.
func (f *firm) heldRule(id string, when string, by []string, fields ...string) {
	f.t.Helper()
	r := sharing(id, everything, policy.Clause{Everyone: true})
	r.Effect, r.Actions, r.Fields = policy.Forbid, []policy.Action{policy.Edit}, nil
	r.Who.Except = []policy.Clause{{Person: f.id("boss")}}
	r.Duty.Approval = by
	for _, name := range fields {
		r.Fields = append(r.Fields, policy.FieldRule{Field: name, Level: policy.Plain})
	}
	if when != "" {
		cond := &policy.Cond{}
		f.must(json.Unmarshal([]byte(when), cond))
		r.When = cond
	}
	_, err := f.as("boss").PutRule(context.Background(), r)
	f.must(err)
}

func (f *firm) askChange(who, customer string, version int64, fields Fields) (*Request, error) {
	f.t.Helper()
	return f.as(who).Ask(context.Background(), NewRequest{Type: ChangeRequest, Purpose: "已与客户确认", Change: &ChangeAsk{Kind: "customer", Record: f.id(customer), Version: version, Fields: fields}})
}

const signed = `{"op":"eq","field":"stage","value":{"text":"active"}}`

// An edit that takes a second pair of eyes: refused on every way to write, asked for, shown before and
// after to who sees it, and done as who asked.
func TestHeldEdit(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", `phone="13800138000";level="b"`)
		f.heldRule("level", "", []string{"@head"}, "level")

		it := f.reread("lin", "customer", one.ID)
		if slices.Contains(it.Editable, "level") || !slices.Equal(it.Asks, []string{"level"}) {
			t.Fatalf("%v %v", it.Editable, it.Asks)
		}
		why, err := f.as("lin").Explain(ctx, ExplainQuery{Kind: "customer", ID: one.ID, Action: policy.Edit, Field: "level"})
		f.must(err)
		if !why.Asks {
			t.Errorf("%+v", why)
		}
		change := Fields{"level": raw("a"), "phone": raw("13900139000")}
		_, err = f.as("lin").Update(ctx, "customer", one.ID, 1, change)
		f.refused(err, fault.Denied, "needs_approval")
		if fault.From(err).At != "level" || fault.From(err).Params["type"] != "change" {
			t.Errorf("%v", err)
		}
		_, err = f.as("lin").Batch(ctx, "customer", []Target{{one.ID, 1}}, change, false)
		f.refused(err, fault.Denied, "needs_approval")
		plan, err := f.as("lin").RehearseMass(ctx, "customer", MassAsk{IDs: []policy.ID{one.ID}, Change: MassChange{Fields: change}})
		f.must(err)
		if plan.Will != 0 || len(plan.Skipped) != 1 || plan.Skipped[0].Code != "needs_approval" {
			t.Errorf("%+v", plan)
		}
		if now := f.reread("boss", "customer", one.ID); now.Version != 1 || now.Fields["phone"] != "13800138000" {
			t.Fatalf("half done: %+v", now)
		}
		// What needs none is not asked for; nor what is nobody's to give, or out of sight.
		_, err = f.askChange("lin", "东方", 1, Fields{"phone": raw("13900139000")})
		f.refused(err, fault.Conflict, "request_has")
		_, err = f.askChange("lin", "东方", 1, Fields{"owner": f.ref("wang")})
		f.refused(err, fault.Denied, "field_locked")
		_, err = f.askChange("wang", "东方", 1, change)
		f.refused(err, fault.NotFound, "record")
		_, err = f.askChange("lin", "东方", 2, change)
		f.refused(err, fault.Stale, "version")
		_, err = f.askChange("lin", "东方", 1, Fields{"level": raw("zzz")})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}

		r, err := f.askChange("lin", "东方", 1, change)
		f.must(err)
		if r.Waits[0].Person.Name != "chief" || len(r.Change.Fields) != 2 || r.Change.Fields[0].Before != "b" || r.Change.Fields[0].After != "a" {
			t.Fatalf("%+v %+v", r, r.Change)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'requested' AND CAST(detail AS TEXT) LIKE '%13%00139000%'"); n != 0 {
			t.Error("the audit holds values")
		}
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		now := f.reread("lin", "customer", one.ID)
		if r.State != approvals.Approved || r.Giver.Name != "chief" || now.Fields["level"] != "a" || now.Fields["phone"] != "13900139000" || now.Version != 2 {
			t.Fatalf("%+v %+v", r, now)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'edit' AND actor_id = $1 AND CAST(detail AS TEXT) LIKE '%request%'", int64(f.id("lin"))); n != 1 {
			t.Error("it is not on record as what lin had asked for")
		}

		// Changed since: said before, and nothing comes of it.
		r, err = f.askChange("lin", "东方", 2, Fields{"level": raw("c")})
		f.must(err)
		_, err = f.as("boss").Update(ctx, "customer", one.ID, 2, Fields{"remark": raw("别动")})
		f.must(err)
		r, err = f.as("chief").Request(ctx, r.ID)
		f.must(err)
		if !r.Change.Since {
			t.Error("nobody is told that it was changed")
		}
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Void || r.Void != "changed" || f.reread("lin", "customer", one.ID).Fields["level"] != "a" {
			t.Errorf("%+v", r)
		}

		// Revoked meanwhile: who asked may not edit any more.
		r, err = f.askChange("lin", "东方", 3, Fields{"level": raw("c")})
		f.must(err)
		guard := sharing("lin_out", everything, policy.Clause{Person: f.id("lin")})
		guard.Effect, guard.Actions, guard.Fields = policy.Forbid, []policy.Action{policy.Edit}, nil
		_, err = f.as("admin").PutRule(ctx, guard)
		f.must(err)
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Void || r.Void != "asker" || f.reread("boss", "customer", one.ID).Version != 3 {
			t.Errorf("%+v", r)
		}
	})
}

// A stage move is held by where the record would stand; an approver who does not see the field cannot
// approve, and is not shown it.
func TestHeldStage(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", `phone="13800138000"`)
		f.heldRule("signing", signed, []string{"@pack:administrator", "@head"}, "stage")
		_, err := f.as("lin").Update(ctx, "customer", one.ID, 1, Fields{"stage": raw("intent")})
		f.must(err)
		_, err = f.as("lin").Update(ctx, "customer", one.ID, 2, Fields{"stage": raw("active")})
		f.refused(err, fault.Denied, "needs_approval")
		plan, err := f.as("lin").RehearseMass(ctx, "customer", MassAsk{IDs: []policy.ID{one.ID}, Change: MassChange{Fields: Fields{"stage": raw("active")}}})
		f.must(err)
		if plan.Will != 0 || plan.Skipped[0].Code != "needs_approval" {
			t.Errorf("%+v", plan)
		}
		r, err := f.askChange("lin", "东方", 2, Fields{"stage": raw("active")})
		f.must(err)
		if len(r.Steps) != 2 || r.Steps[0].By[0].Pack != "administrator" {
			t.Fatalf("%+v", r.Steps)
		}
		blind, err := f.as("admin").Request(ctx, r.ID)
		f.must(err)
		if x := blind.Change.Fields[0]; x.Seen || x.Before != nil || x.After != nil {
			t.Errorf("%+v", x)
		}
		_, err = f.as("admin").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.Denied, "request_unseen")
		show := sharing("it_reads", everything, policy.Clause{Position: "it"})
		_, err = f.as("boss").PutRule(ctx, show)
		f.must(err)
		_, err = f.as("admin").Decide(ctx, r.ID, true, "")
		f.must(err)
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Approved || f.reread("lin", "customer", one.ID).Fields["stage"] != "active" {
			t.Errorf("%+v", r)
		}
	})
}

// A permit that waits for approval opens nothing by itself, and what it opens is done once.
func TestHeldPermit(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", "")
		r := sharing("credit", policy.Path{Path: policy.PathOwn}, policy.Clause{Position: "sales"})
		r.Actions, r.Duty.Approval = []policy.Action{policy.Edit}, []string{"lead"}
		r.Fields = []policy.FieldRule{{Field: "credit_limit", Level: policy.Plain, Edit: true}}
		for at, bad := range map[string]func(*policy.Rule){
			"actions[0]":       func(r *policy.Rule) { r.Actions = []policy.Action{policy.Read} },
			"duty.approval[0]": func(r *policy.Rule) { r.Duty.Approval = []string{"nobody"} },
		} {
			wrong := r
			bad(&wrong)
			_, err := f.as("boss").PutRule(ctx, wrong)
			if f := fault.From(err); f.Kind != fault.Invalid || len(f.Items) == 0 || f.Items[0].At != at {
				t.Errorf("%s: %+v", at, f)
			}
		}
		_, err := f.as("boss").PutRule(ctx, r)
		f.must(err)
		change := Fields{"credit_limit": raw("100")}
		if it := f.reread("lin", "customer", one.ID); !slices.Contains(it.Asks, "credit_limit") {
			t.Fatalf("%v", it.Asks)
		}
		_, err = f.as("lin").Update(ctx, "customer", one.ID, 1, change)
		f.refused(err, fault.Denied, "needs_approval")
		q, err := f.askChange("lin", "东方", 1, change)
		f.must(err)
		q, err = f.as("chief").Decide(ctx, q.ID, true, "")
		f.must(err)
		if q.State != approvals.Approved {
			t.Fatalf("%+v", q)
		}
		_, err = f.as("lin").Update(ctx, "customer", one.ID, 2, Fields{"credit_limit": raw(nil)})
		f.refused(err, fault.Denied, "needs_approval")
	})
}

// A transfer by who may not: the approver's right, the asker's reach, and nothing beyond what was asked.
func TestTransferRequest(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.family()
		ask := func(who string, x Transfer) (*Request, error) {
			return f.as(who).Ask(ctx, NewRequest{Type: TransferRequest, Purpose: "客户搬到华南", Transfer: &TransferAsk{Kind: "customer", Record: f.id("东方"), Transfer: x}})
		}
		_, err := ask("wang", Transfer{To: f.id("zhao")})
		f.refused(err, fault.NotFound, "record")
		_, err = ask("chief", Transfer{To: f.id("zhao")})
		f.refused(err, fault.Conflict, "request_has")
		r, err := ask("lin", Transfer{To: f.id("wang"), Children: []string{"contacts", "opportunities"}, Note: "请跟进"})
		f.must(err)
		if r.Transfer.To.Name != "wang" || len(r.Transfer.Along) == 0 || r.Waits[0].Person.Name != "chief" {
			t.Fatalf("%+v", r)
		}
		// An opportunity that came after it was asked does not go along.
		f.made("opportunity", "新商机", Fields{"customer": f.ref("东方"), "owner": f.ref("lin"), "name": raw("新商机")})
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Approved || r.Giver.Name != "chief" || f.owner("customer", "东方") != "wang" || f.owner("opportunity", "商机") != "wang" ||
			f.owner("opportunity", "新商机") != "lin" || f.owner("task", "任务") != "lin" {
			t.Errorf("%+v", r)
		}

		// The owner is another one since, and who asked does not see it any more.
		r, err = f.as("wang").Ask(ctx, NewRequest{Type: TransferRequest, Purpose: "交接", Transfer: &TransferAsk{Kind: "customer", Record: f.id("东方"), Transfer: Transfer{To: f.id("zhao")}}})
		f.must(err)
		_, err = f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), f.reread("boss", "customer", f.id("东方")).Version}, Transfer{To: f.id("lin")})
		f.must(err)
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Void || r.Void != "asker" || f.owner("customer", "东方") != "lin" {
			t.Errorf("%+v", r)
		}

		// Where the pack says so, a head's transfer waits for another head; a mass transfer too.
		f.heldRule("handing", "", []string{"@head"}, "owner")
		version := f.reread("boss", "customer", f.id("东方")).Version
		_, err = f.as("chief").Transfer(ctx, "customer", Target{f.id("东方"), version}, Transfer{To: f.id("zhao")})
		f.refused(err, fault.Denied, "needs_approval")
		if fault.From(err).Params["type"] != "transfer" {
			t.Errorf("%v", err)
		}
		plan, err := f.as("chief").RehearseMass(ctx, "customer", MassAsk{IDs: []policy.ID{f.id("东方")}, Change: MassChange{Transfer: &MassTransfer{Owner: f.id("zhao")}}})
		f.must(err)
		if plan.Will != 0 || plan.Skipped[0].Code != "needs_approval" {
			t.Errorf("%+v", plan)
		}
		r, err = ask("chief", Transfer{To: f.id("zhao")})
		f.must(err)
		r, err = f.as("boss").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Approved || f.owner("customer", "东方") != "zhao" {
			t.Errorf("%+v", r)
		}
	})
}

// Fifty clients approve at once: the record is changed once.
func TestHeldRace(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", `level="b"`)
		f.heldRule("level", "", []string{"@pack:boss"}, "level")
		r, err := f.askChange("lin", "东方", 1, Fields{"level": raw("a")})
		f.must(err)
		var wg sync.WaitGroup
		var mu sync.Mutex
		won, told := 0, map[string]int{}
		for range 50 {
			wg.Go(func() {
				_, err := f.as("boss").Decide(ctx, r.ID, true, "")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else {
					told[fault.From(err).Code]++
				}
			})
		}
		wg.Wait()
		if now := f.reread("boss", "customer", one.ID); won != 1 || told["request_decided"] != 49 || now.Version != 2 || now.Fields["level"] != "a" {
			t.Errorf("%d won, %s, version %d", won, fmt.Sprint(told), now.Version)
		}
	})
}
