package store

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"guan/access"
	"guan/approvals"
	"guan/fault"
	"guan/policy"
)

// waits lays down that these people may do something with customers when these have approved.
func (f *firm) waits(effect policy.Effect, action policy.Action, who policy.Clause, where policy.Path, by ...string) {
	f.t.Helper()
	r := sharing("waits_"+string(action), where, who)
	r.Effect, r.Actions, r.Fields, r.Duty.Approval = effect, []policy.Action{action}, nil, by
	if effect == policy.Forbid {
		r.Who.Except = []policy.Clause{{Person: f.id("boss")}}
	} else {
		r.Fields = []policy.FieldRule{{Class: policy.General, Level: policy.Plain, Edit: true}}
	}
	_, err := f.as("boss").PutRule(context.Background(), r)
	f.must(err)
}

func (f *firm) askTo(who string, n NewRequest) (*Request, error) {
	f.t.Helper()
	n.Purpose = "业务需要"
	return f.as(who).Ask(context.Background(), n)
}

func (f *firm) approve(who string, r *Request) *Request {
	f.t.Helper()
	r, err := f.as(who).Decide(context.Background(), r.ID, true, "")
	f.must(err)
	return r
}

// asksTo wants a refusal that says that it can be asked for, by which type of request.
func (f *firm) asksTo(err error, typ RequestType) {
	f.t.Helper()
	f.refused(err, fault.Denied, "needs_approval")
	if got := fault.From(err).Params["type"]; got != string(typ) {
		f.t.Errorf("it is asked for as %v, not %s", got, typ)
	}
}

// '删除客户要主管同意': refused and offered, shown to who sees the record, done once in the version asked on.
func TestHeldDelete(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", "")
		f.waits(policy.Permit, policy.Delete, policy.Clause{Position: "sales"}, policy.Path{Path: policy.PathOwn}, "@head")
		if it := f.reread("lin", "customer", one.ID); slices.Contains(it.Can, policy.Delete) || !slices.Equal(it.CanAsk, []policy.Action{policy.Delete}) {
			t.Fatalf("%v %v", it.Can, it.CanAsk)
		}
		why, err := f.as("lin").Explain(ctx, ExplainQuery{Kind: "customer", ID: one.ID, Action: policy.Delete})
		f.must(err)
		if !why.Asks {
			t.Errorf("%+v", why)
		}
		f.asksTo(f.as("lin").Delete(ctx, "customer", one.ID, 1), DeleteRequest)
		ask := func(who string, version int64) (*Request, error) {
			return f.askTo(who, NewRequest{Type: DeleteRequest, Delete: &DeleteAsk{Kind: "customer", Record: one.ID, Version: version}})
		}
		_, err = ask("wang", 1)
		f.refused(err, fault.NotFound, "record")
		_, err = ask("boss", 1)
		f.refused(err, fault.Conflict, "request_has")
		_, err = ask("lin", 7)
		f.refused(err, fault.Stale, "version")
		r, err := ask("lin", 1)
		f.must(err)
		if r.Waits[0].Person.Name != "chief" || r.Record.Title != "东方" || f.reread("lin", "customer", one.ID).Version != 1 {
			t.Fatalf("%+v", r)
		}
		_, err = f.as("lin").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.Denied, "request_own")
		// Changed since: said before, and nothing comes of it.
		_, err = f.as("boss").Update(ctx, "customer", one.ID, 1, Fields{"remark": raw("谈成了")})
		f.must(err)
		if seen, err := f.as("chief").Request(ctx, r.ID); err != nil || !seen.Delete.Since {
			t.Errorf("%+v %v", seen, err)
		}
		if r = f.approve("chief", r); r.State != approvals.Void || r.Void != "changed" {
			t.Errorf("%+v", r)
		}
		r, err = ask("lin", 2)
		f.must(err)
		if r = f.approve("chief", r); r.State != approvals.Approved || r.Giver.Name != "chief" {
			t.Errorf("%+v", r)
		}
		_, err = f.as("boss").Get(ctx, "customer", one.ID)
		f.refused(err, fault.NotFound, "record")
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'delete' AND actor_id = $1 AND CAST(detail AS TEXT) LIKE '%request%'", int64(f.id("lin"))); n != 1 {
			t.Error("it is not on record as what lin had asked for")
		}
		if seen, err := f.as("chief").Request(ctx, r.ID); err != nil || seen.Record.Title != "" {
			t.Errorf("%+v %v", seen, err)
		}
		// What something hangs on is refused when it is asked.
		two := f.customer("lin", "有联系人", "")
		f.made("contact", "张", Fields{"customer": raw(two.ID.String()), "name": raw("张")})
		_, err = f.askTo("lin", NewRequest{Type: DeleteRequest, Delete: &DeleteAsk{Kind: "customer", Record: two.ID, Version: two.Version}})
		f.refused(err, fault.Conflict, "in_use")
	})
}

// A customer that may be entered with approval only: what is wrong is told at once, nothing stays of what
// was refused or asked, and an approver sees of it what they would see of the record.
func TestHeldCreate(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.waits(policy.Forbid, policy.Create, policy.Clause{Everyone: true}, everything, "@pack:administrator", "@head")
		records := func() int64 { return count(t, f.db, "SELECT count(*) FROM customer") }
		before := records()
		fields := Fields{"name": raw("东方"), "phone": raw("13800138000")}
		_, err := f.as("lin").Create(ctx, "customer", fields)
		f.asksTo(err, CreateRequest)
		_, err = f.as("lin").Create(ctx, "customer", Fields{"name": raw("东方"), "phone": raw("不是号码")})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}
		_, err = f.as("lin").Create(ctx, "customer", Fields{"name": raw("东方"), "owner": f.ref("wang")})
		f.refused(err, fault.Denied, "field_locked")
		ask := func(who string) (*Request, error) {
			return f.askTo(who, NewRequest{Type: CreateRequest, Create: &CreateAsk{Kind: "customer", Fields: fields}})
		}
		_, err = ask("boss")
		f.refused(err, fault.Conflict, "request_has")
		r, err := ask("lin")
		f.must(err)
		_, err = ask("lin")
		f.refused(err, fault.Conflict, "request_same")
		if records() != before {
			t.Fatal("something of it is there")
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE CAST(detail AS TEXT) LIKE '%13800138000%'"); n != 0 {
			t.Error("the audit holds values")
		}
		found, err := f.as("wang").Duplicates(ctx, "customer", fields)
		f.must(err)
		if len(found.Mine) != 0 {
			t.Errorf("what was asked for is found: %+v", found)
		}
		blind, err := f.as("admin").Request(ctx, r.ID)
		f.must(err)
		for _, x := range blind.Create.Fields {
			if x.Seen || x.After != nil {
				t.Errorf("%+v", x)
			}
		}
		_, err = f.as("admin").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.Denied, "request_unseen")
		// With the general fields shown, the telephone is still none of theirs to approve.
		_, err = f.as("boss").PutRule(ctx, sharing("it_reads", everything, policy.Clause{Position: "it"}))
		f.must(err)
		part, err := f.as("admin").Request(ctx, r.ID)
		f.must(err)
		if part.Create.Fields[0].After != "东方" || part.Create.Fields[1].Seen || part.Create.Fields[1].After != nil {
			t.Errorf("%+v", part.Create.Fields)
		}
		_, err = f.as("admin").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.Denied, "request_unseen")
		show := sharing("it_reads", everything, policy.Clause{Position: "it"})
		show.Fields = append(show.Fields, policy.FieldRule{Class: policy.Contact, Level: policy.Plain})
		_, err = f.as("boss").PutRule(ctx, show)
		f.must(err)
		if r = f.approve("admin", r); r.State != approvals.Pending || records() != before {
			t.Fatalf("%+v", r)
		}
		r = f.approve("chief", r)
		if r.State != approvals.Approved || r.Create.Made == nil || r.Create.Made.Title != "东方" {
			t.Fatalf("%+v %+v", r, r.Create)
		}
		it := f.reread("lin", "customer", r.Create.Made.ID)
		if it.Fields["owner"] != f.id("lin").String() || it.Fields["phone"] != "13800138000" {
			t.Errorf("%+v", it.Fields)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'create' AND actor_id = $1 AND CAST(detail AS TEXT) LIKE '%request%'", int64(f.id("lin"))); n != 1 {
			t.Error("it is not on record as what lin had asked for")
		}
	})
}

// A permit that waits gives nothing by itself: who could make no record at all is offered to ask for one.
func TestHeldCreatePermit(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.waits(policy.Permit, policy.Create, policy.Clause{Position: "audit"}, everything, "@pack:boss")
		kinds, err := f.as("auditor").Kinds(ctx)
		f.must(err)
		k := kinds[slices.IndexFunc(kinds, func(k KindInfo) bool { return k.Name == "customer" })]
		name := k.Fields[slices.IndexFunc(k.Fields, func(x FieldInfo) bool { return x.Name == "name" })]
		if slices.Contains(k.Can, policy.Create) || !slices.Equal(k.CanAsk, []policy.Action{policy.Create}) || !name.Create {
			t.Errorf("%v %v %+v", k.Can, k.CanAsk, name)
		}
		_, err = f.as("auditor").Create(ctx, "customer", Fields{"name": raw("东方")})
		f.asksTo(err, CreateRequest)
		_, err = f.as("auditor").Create(ctx, "customer", Fields{"name": raw("东方"), "phone": raw("13800138000")})
		f.refused(err, fault.Denied, "action")
		r, err := f.askTo("auditor", NewRequest{Type: CreateRequest, Create: &CreateAsk{Kind: "customer", Fields: Fields{"name": raw("东方")}}})
		f.must(err)
		if r = f.approve("boss", r); r.State != approvals.Approved || f.reread("boss", "customer", r.Create.Made.ID).Title != "东方" {
			t.Errorf("%+v", r)
		}
	})
}

// Claims that wait for approval: the limit and the cool-down count when it is done, and another owner by
// then means that nothing is.
func TestHeldPoolActs(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for _, action := range []policy.Action{policy.Claim, policy.Assign, policy.Release} {
			f.waits(policy.Forbid, action, policy.Clause{Everyone: true}, everything, "@head")
		}
		f.settings(access.PoolSettings{ClaimsPerDay: 1})
		ids := f.filled(3, map[string]policy.Value{"pool": policy.RefOf(f.id("公海"))})
		slices.Sort(ids)
		f.ids["第三"] = ids[2]
		it := f.reread("lin", "customer", ids[0])
		if slices.Contains(it.Can, policy.Claim) || !slices.Contains(it.CanAsk, policy.Claim) {
			t.Fatalf("%v %v", it.Can, it.CanAsk)
		}
		_, err := f.as("lin").Claim(ctx, "customer", ids[0])
		f.asksTo(err, PoolRequest)
		ask := func(who string, a PoolAsk) (*Request, error) {
			a.Kind = "customer"
			return f.askTo(who, NewRequest{Type: PoolRequest, Pool: &a})
		}
		first, err := ask("lin", PoolAsk{Record: ids[0], Action: policy.Claim})
		f.must(err)
		second, err := ask("lin", PoolAsk{Record: ids[1], Action: policy.Claim})
		f.must(err)
		if first.Pool.Action != policy.Claim || first.Waits[0].Person.Name != "chief" {
			t.Fatalf("%+v", first)
		}
		_, err = ask("lin", PoolAsk{Record: 999_999, Action: policy.Claim})
		f.refused(err, fault.NotFound, "record")
		_, err = ask("lin", PoolAsk{Record: ids[0], Action: policy.Delete})
		f.refused(err, fault.Invalid, "action")
		mine := f.customer("lin", "手里的", "")
		_, err = ask("wang", PoolAsk{Record: mine.ID, Action: policy.Claim})
		f.refused(err, fault.NotFound, "record")

		if first = f.approve("chief", first); first.State != approvals.Approved || f.reread("lin", "customer", ids[0]).Fields["owner"] != f.id("lin").String() {
			t.Fatalf("%+v", first)
		}
		// The day is used up: the second claim is refused when it would be done.
		if second = f.approve("chief", second); second.State != approvals.Void || second.Void != "limit" {
			t.Errorf("%+v", second)
		}
		if now := f.reread("boss", "customer", ids[1]); now.Version != 1 || now.Fields["owner"] != nil {
			t.Errorf("half done: %+v", now)
		}
		// A release says into which pool, an assignment to whom.
		_, err = f.as("lin").Release(ctx, "customer", ids[0], 0, "跟进不了")
		f.asksTo(err, PoolRequest)
		back, err := ask("lin", PoolAsk{Record: ids[0], Action: policy.Release, Reason: "跟进不了"})
		f.must(err)
		if back.Pool.Into == nil || back.Pool.Into.Name != "公海" || back.Pool.Reason != "跟进不了" {
			t.Errorf("%+v", back.Pool)
		}
		if back = f.approve("chief", back); back.State != approvals.Approved || f.reread("boss", "customer", ids[0]).Fields["pool"] != f.id("公海").String() {
			t.Errorf("%+v", back)
		}
		_, err = f.as("chief").Assign(ctx, "customer", ids[2], f.id("wang"))
		f.asksTo(err, PoolRequest)
		give, err := ask("chief", PoolAsk{Record: ids[2], Action: policy.Assign, Person: f.id("wang")})
		f.must(err)
		if give.Pool.To == nil || give.Pool.To.Name != "wang" || give.Waits[0].Person.Name != "boss" {
			t.Errorf("%+v", give)
		}
		// Somebody else has it by then.
		_, err = f.as("boss").Assign(ctx, "customer", ids[2], f.id("zhao"))
		f.must(err)
		if give = f.approve("boss", give); give.State != approvals.Void || give.Void != "changed" || f.owner("customer", "第三") != "zhao" {
			t.Errorf("%+v", give)
		}
	})
}

// Fifty clients approve a held delete and a held claim at once: each is done once.
func TestHeldActsRace(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", "")
		f.waits(policy.Permit, policy.Delete, policy.Clause{Position: "sales"}, policy.Path{Path: policy.PathOwn}, "@pack:boss")
		f.waits(policy.Forbid, policy.Claim, policy.Clause{Everyone: true}, everything, "@pack:boss")
		id := f.filled(1, map[string]policy.Value{"pool": policy.RefOf(f.id("公海"))})[0]
		gone, err := f.askTo("lin", NewRequest{Type: DeleteRequest, Delete: &DeleteAsk{Kind: "customer", Record: one.ID, Version: 1}})
		f.must(err)
		claimed, err := f.askTo("lin", NewRequest{Type: PoolRequest, Pool: &PoolAsk{Kind: "customer", Record: id, Action: policy.Claim}})
		f.must(err)
		var wg sync.WaitGroup
		var mu sync.Mutex
		won, told := 0, map[string]int{}
		for i := range 50 {
			wg.Go(func() {
				r := gone
				if i%2 == 1 {
					r = claimed
				}
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
		if won != 2 || told["request_decided"] != 48 {
			t.Errorf("%d won, %s", won, fmt.Sprint(told))
		}
		for what, want := range map[string]int64{
			"SELECT count(*) FROM audit_entry WHERE action = 'delete'": 1,
			"SELECT count(*) FROM audit_entry WHERE action = 'claim'":  1,
			"SELECT count(*) FROM pool_claim":                          1,
		} {
			if n := count(t, f.db, what); n != want {
				t.Errorf("%s: %d", what, n)
			}
		}
	})
}
