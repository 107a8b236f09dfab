package store

import (
	"context"
	"fmt"
	"testing"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
)

// '批量改负责人要审批': a change of many records of which some wait for approval is one request. It is done
// as the change by itself, record by record, with its way back; nobody learns of records that they do not see.
func TestHeldMass(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		var ids []policy.ID
		for i := range 6 {
			level := "b"
			if i > 3 {
				level = "c"
			}
			ids = append(ids, f.customer("lin", fmt.Sprintf("甲%d", i), `city="深圳";level="`+level+`"`).ID)
		}
		foreign := f.customer("wang", "别人的", `level="b"`).ID
		// What is of level b takes approval by who is over the record.
		f.heldRule("keys", `{"op":"eq","field":"level","value":{"text":"b"}}`, []string{"@owner_head"}, "city")
		ask := MassAsk{IDs: append([]policy.ID{foreign}, ids...), Change: MassChange{Fields: Fields{"city": raw("广州")}}}
		m := f.rehearse("lin", "customer", ask)
		if m.Will != 2 || m.Held != 4 || m.Total != 7 || skippedFor(m, "needs_approval") != 4 || skippedFor(m, "record") != 1 {
			t.Fatalf("%+v", m)
		}
		send := func(who string, m *MassResult) (*Request, error) {
			return f.askTo(who, NewRequest{Type: MassRequest, Mass: &ManyAsk{Preview: m.ID}})
		}
		_, err := send("wang", m)
		f.refused(err, fault.NotFound, "bulk")
		plain := f.rehearse("lin", "customer", MassAsk{IDs: ids[4:], Change: ask.Change})
		_, err = send("lin", plain)
		f.refused(err, fault.Conflict, "request_has")
		r, err := send("lin", m)
		f.must(err)
		// Who the head over each of them is they are not told: that tells where records stand.
		if waits, err := f.as("chief").Request(ctx, r.ID); err != nil || waits.Waits[0].Person.Name != "chief" || len(r.Waits) != 0 {
			t.Errorf("%+v %v", waits, err)
		}
		if r.Mass.Count != 6 || len(r.Mass.Sample) != 6 || r.Mass.Fields[0].After != "广州" {
			t.Fatalf("%+v %+v", r, r.Mass)
		}
		_, err = send("lin", f.rehearse("lin", "customer", ask))
		f.refused(err, fault.Conflict, "request_same")
		_, err = f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.refused(err, fault.Conflict, "bulk_used")
		// Meanwhile one record is changed, one passes to somebody else, and other changes are looked at.
		_, err = f.as("boss").Update(ctx, "customer", ids[1], 1, Fields{"remark": raw("别动")})
		f.must(err)
		_, err = f.as("boss").Update(ctx, "customer", ids[2], 1, Fields{"owner": f.ref("wang")})
		f.must(err)
		f.clock.advance(massKept * 7)
		f.rehearse("lin", "customer", MassAsk{IDs: ids[4:], Change: ask.Change})
		// Who approves does not see one of them, and nothing of it is told.
		guard := sharing("blind", everything, policy.Clause{Person: f.id("chief")})
		guard.Effect, guard.Actions, guard.Fields = policy.Forbid, []policy.Action{policy.Read}, nil
		guard.When = &policy.Cond{Op: policy.OpEq, Field: "name", Value: &policy.Operand{Text: ptr("甲3")}}
		_, err = f.as("boss").PutRule(ctx, guard)
		f.must(err)
		seen, err := f.as("chief").Request(ctx, r.ID)
		f.must(err)
		if seen.Mass.Count != 5 || len(seen.Mass.Sample) != 5 || seen.Mass.Sample[0].Title != "甲0" {
			t.Errorf("%+v", seen.Mass)
		}
		r = f.approve("chief", r)
		if r.State != approvals.Approved || r.Giver.Name != "chief" || r.Mass.Came != nil {
			t.Fatalf("%+v", r)
		}
		mine, err := f.as("lin").Request(ctx, r.ID)
		f.must(err)
		came := mine.Mass.Came
		if came == nil || came.Done != 3 || came.Until == nil {
			t.Fatalf("%+v", came)
		}
		left := &MassResult{Skipped: came.Skipped}
		if skippedFor(left, "version") != 1 || skippedFor(left, "record") != 1 || skippedFor(left, "request_unseen") != 1 {
			t.Errorf("%+v", came)
		}
		for i, want := range []string{"广州", "深圳", "深圳", "深圳", "广州", "广州"} {
			if got := f.reread("boss", "customer", ids[i]).Fields["city"]; got != want {
				t.Errorf("甲%d: %v, not %s", i, got, want)
			}
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'edit' AND actor_id = $1 AND record_id IS NOT NULL AND CAST(detail AS TEXT) LIKE '%request%'", int64(f.id("lin"))); n != 3 {
			t.Errorf("%d are on record as what lin had asked for", n)
		}
		back, err := f.as("lin").UndoMass(ctx, came.ID)
		f.must(err)
		if back.Undone != 3 || f.reread("boss", "customer", ids[0]).Fields["city"] != "深圳" {
			t.Errorf("%+v", back)
		}
		// By themselves they still may not.
		_, err = f.as("lin").Update(ctx, "customer", ids[0], 3, Fields{"city": raw("广州")})
		f.refused(err, fault.Denied, "needs_approval")
	})
}

// A transfer and a removal of many, a refusal, and a change that is background work.
func TestHeldMassKinds(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.waits(policy.Forbid, policy.Delete, policy.Clause{Everyone: true}, everything, "@pack:boss")
		f.heldRule("handing", "", []string{"@pack:boss"}, "owner")
		var ids []policy.ID
		for i := range 3 {
			ids = append(ids, f.customer("lin", fmt.Sprintf("乙%d", i), "").ID)
		}
		send := func(c MassChange, ids ...policy.ID) *Request {
			t.Helper()
			m := f.rehearse("chief", "customer", MassAsk{IDs: ids, Change: c})
			if m.Will != 0 || m.Held != len(ids) {
				t.Fatalf("%+v", m)
			}
			r, err := f.askTo("chief", NewRequest{Type: MassRequest, Mass: &ManyAsk{Preview: m.ID}})
			f.must(err)
			return r
		}
		r := send(MassChange{Transfer: &MassTransfer{Owner: f.id("zhao"), Note: "请接手"}}, ids...)
		if r.Mass.To == nil || r.Mass.To.Name != "zhao" || r.Mass.Note != "请接手" {
			t.Errorf("%+v", r.Mass)
		}
		no, err := f.as("boss").Decide(ctx, r.ID, false, "不需要")
		f.must(err)
		if no.State != approvals.Refused || f.owner("customer", "乙0") != "lin" {
			t.Errorf("%+v", no)
		}
		r = f.approve("boss", send(MassChange{Transfer: &MassTransfer{Owner: f.id("zhao")}}, ids...))
		if r.State != approvals.Approved || f.owner("customer", "乙0") != "zhao" || f.owner("customer", "乙2") != "zhao" {
			t.Errorf("%+v", r)
		}
		// All of them are changed by the time: nothing is done, and it says why.
		m := f.rehearse("chief", "customer", MassAsk{IDs: ids, Change: MassChange{Delete: true}})
		if m.Held != len(ids) {
			t.Fatalf("%+v", m)
		}
		gone, err := f.askTo("chief", NewRequest{Type: MassRequest, Mass: &ManyAsk{Preview: m.ID}})
		f.must(err)
		for _, id := range ids {
			it := f.reread("boss", "customer", id)
			_, err := f.as("boss").Update(ctx, "customer", id, it.Version, Fields{"remark": raw("留着")})
			f.must(err)
		}
		if gone = f.approve("boss", gone); gone.State != approvals.Void || gone.Void != "changed" {
			t.Errorf("%+v", gone)
		}
		gone = send(MassChange{Delete: true}, ids...)
		gone = f.approve("boss", gone)
		if _, err := f.as("boss").Get(ctx, "customer", ids[0]); gone.State != approvals.Approved || !fault.Is(err, fault.NotFound) {
			t.Errorf("%+v", gone)
		}

		many := f.filled(massInline+1, map[string]policy.Value{"owner": policy.RefOf(f.id("lin")), "unit": policy.RefOf(f.id("华东"))})
		r = f.approve("boss", send(MassChange{Transfer: &MassTransfer{Owner: f.id("wang")}}, many...))
		if r.State != approvals.Approved {
			t.Fatalf("%+v", r)
		}
		claim, err := f.db.System(JobRunner, DefaultTenant).Claim(ctx, "w")
		f.must(err)
		f.must(claim.Run(ctx, func(ctx context.Context, s *Session) error { return s.RunMass(ctx, claim) }))
		if n := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id = $1", int64(f.id("wang"))); n != massInline+1 {
			t.Errorf("%d changed hands", n)
		}
		seen, err := f.as("chief").Request(ctx, r.ID)
		f.must(err)
		if seen.Mass.Came == nil || seen.Mass.Came.Done != massInline+1 {
			t.Errorf("%+v", seen.Mass.Came)
		}
	})
}
