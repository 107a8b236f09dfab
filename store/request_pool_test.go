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

// leftOf says what was left of what, by name, with its code.
func (f *firm) leftOf(rows []PooledRow) (got []string) {
	for _, row := range rows {
		title := row.Title
		if title == "" {
			title = "-"
		}
		got = append(got, title+" "+row.Code)
	}
	return got
}

// '从公海批量领取要审批': what somebody chooses in a pool is one request. What can no longer be claimed when it
// is approved is left and named, and everything else is theirs at once.
func TestHeldPoolMany(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.waits(policy.Forbid, policy.Claim, policy.Clause{Everyone: true}, everything, "@head")
		f.settings(access.PoolSettings{ClaimsPerDay: 4, CoolDownDays: 3})
		names := []string{"甲", "乙", "丙", "丁", "戊", "己", "庚"}
		for _, name := range names {
			f.pooled(name, "")
		}
		f.customer("wang", "别人的", "")
		f.ids["无"] = 987654
		claim := func(who string, names ...string) (*Request, error) {
			return f.askTo(who, NewRequest{Type: PoolRequest, Pool: &PoolAsk{Kind: "customer", Action: policy.Claim, Records: f.named(names...)}})
		}
		out, err := f.as("lin").PoolMany(ctx, "customer", PoolMany{Action: policy.Claim, IDs: f.named("甲", "乙")})
		f.wants(out, err, "甲 needs_approval", "乙 needs_approval")
		if out.Rows[0].Params["type"] != string(PoolRequest) {
			t.Errorf("%+v", out.Rows[0])
		}
		// What is wrong with all of them is told at once, and what is wrong with some is left and named.
		_, err = claim("lin", "无", "别人的")
		f.refused(err, fault.NotFound, "record")
		_, err = claim("boss", "甲", "乙")
		f.refused(err, fault.Conflict, "request_has")
		for _, bad := range []PoolAsk{{}, {Record: f.id("甲"), Records: f.named("乙")}, {Records: make([]policy.ID, 501)}, {Records: f.named("甲"), Action: policy.Edit}} {
			bad.Kind = "customer"
			if bad.Action == "" {
				bad.Action = policy.Claim
			}
			if _, err := f.askTo("lin", NewRequest{Type: PoolRequest, Pool: &bad}); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		r, err := claim("lin", "庚", "甲", "乙", "丙", "无", "丁", "甲", "戊", "己")
		f.must(err)
		if got := f.leftOf(r.Pool.Many.Left); !slices.Equal(got, []string{"- record"}) || r.Pool.Many.Count != 7 || r.Record != nil || r.Waits[0].Person.Name != "chief" {
			t.Fatalf("%v %+v", got, r.Pool.Many)
		}
		if n := count(t, f.db, "SELECT count(*) FROM request"); n != 1 {
			t.Fatalf("%d requests", n)
		}
		_, err = claim("lin", "庚", "甲", "乙", "丙", "丁", "戊", "己")
		f.refused(err, fault.Conflict, "request_same")
		if owner, pool := f.holder("甲"); owner != 0 || pool != f.id("公海") || count(t, f.db, "SELECT count(*) FROM pool_claim") != 0 {
			t.Fatal("something was done before it was approved")
		}
		// Meanwhile somebody else gets one, one goes out of the approver's sight, and one out of the asker's.
		_, err = f.as("boss").Assign(ctx, "customer", f.id("甲"), f.id("zhao"))
		f.must(err)
		blind := func(who, name string) {
			guard := sharing("blind_"+who, everything, policy.Clause{Person: f.id(who)})
			guard.Effect, guard.Actions, guard.Fields = policy.Forbid, []policy.Action{policy.Read}, nil
			guard.When = &policy.Cond{Op: policy.OpEq, Field: "name", Value: &policy.Operand{Text: ptr(name)}}
			_, err := f.as("boss").PutRule(ctx, guard)
			f.must(err)
		}
		blind("chief", "乙")
		blind("lin", "丙")
		seen, err := f.as("chief").Request(ctx, r.ID)
		f.must(err)
		if seen.Pool.Many.Count != 6 || len(seen.Pool.Many.Left) != 0 || seen.Pool.Many.Sample[0].Title != "甲" {
			t.Errorf("the approver is shown %+v", seen.Pool.Many)
		}
		refusals := f.refusals("lin")
		r = f.approve("chief", r)
		if told := r.Pool.Many.Came; r.State != approvals.Approved || told.Done != 4 || !slices.Equal(f.leftOf(told.Left), []string{"甲 record", "丙 record"}) {
			t.Fatalf("the approver is told %+v", told)
		}
		mine, err := f.as("lin").Request(ctx, r.ID)
		f.must(err)
		came := mine.Pool.Many.Came
		if came == nil || came.Done != 4 || !slices.Equal(f.leftOf(came.Left), []string{"- record", "乙 request_unseen", "- record"}) {
			t.Fatalf("%+v", came)
		}
		for name, want := range map[string]string{"甲": "zhao", "乙": "", "丙": "", "丁": "lin", "戊": "lin", "己": "lin", "庚": "lin"} {
			if owner, _ := f.holder(name); want == "" && owner != 0 || want != "" && owner != f.id(want) {
				t.Errorf("%s is with %d", name, owner)
			}
		}
		for _, name := range []string{"丁", "庚"} {
			if got := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'claim' AND actor_id = $1 AND record_id = $2 AND CAST(detail AS text) LIKE '%request%' AND CAST(rules AS text) <> '[]'", int64(f.id("lin")), int64(f.id(name))); got != 1 {
				t.Errorf("%d entries say that %s was claimed by a request", got, name)
			}
		}
		if got := f.refusals("lin") - refusals; got != 3 {
			t.Errorf("%d refusals are kept", got)
		}
		// The notice says how many were and were not, and names what its reader sees.
		notices, err := f.as("lin").Notices(ctx, "", false)
		f.must(err)
		n := notices.Items[0]
		if n.What != NoticeRequestDone || fmt.Sprint(n.Detail["done"], n.Detail["left"]) != "4 3" || !slices.Equal(n.Named, []string{"乙"}) {
			t.Errorf("%+v", n)
		}
		// The limit stops the others in the order in which they were wanted, and by itself everything.
		f.clock.advance(aDay)
		for _, name := range []string{"辛", "壬", "癸"} {
			f.pooled(name, "")
		}
		f.settings(access.PoolSettings{ClaimsPerDay: 2})
		r, err = claim("lin", "癸", "辛", "壬")
		f.must(err)
		again, err := claim("lin", "辛", "壬")
		f.must(err)
		f.approve("chief", r)
		mine, err = f.as("lin").Request(ctx, r.ID)
		f.must(err)
		if came := mine.Pool.Many.Came; came.Done != 2 || !slices.Equal(f.leftOf(came.Left), []string{"壬 pool_claims_day"}) {
			t.Errorf("%+v", came)
		}
		if again = f.approve("chief", again); again.State != approvals.Void || again.Void != "invalid" {
			t.Errorf("%+v", again)
		}
		if found, err := f.db.Check(ctx, DefaultTenant); err != nil || len(found) > 0 {
			t.Errorf("%v %v", found, err)
		}
	})
}

// Many are released and assigned by one request, each into the pool that it came to; of one in a list it is
// the request of one.
func TestHeldPoolManyActs(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for _, action := range []policy.Action{policy.Assign, policy.Release} {
			f.waits(policy.Forbid, action, policy.Clause{Everyone: true}, everything, "@pack:boss")
		}
		for _, name := range []string{"甲", "乙", "丙"} {
			f.pooled(name, "")
		}
		f.customer("lin", "自己的", "")
		ask := func(who string, a PoolAsk) *Request {
			t.Helper()
			a.Kind = "customer"
			r, err := f.askTo(who, NewRequest{Type: PoolRequest, Pool: &a})
			f.must(err)
			return r
		}
		_, err := f.as("lin").Claim(ctx, "customer", f.id("甲"))
		f.must(err)
		back := ask("lin", PoolAsk{Action: policy.Release, Records: f.named("甲", "自己的"), Reason: " 跟进不了 "})
		if back.Pool.Into == nil || back.Pool.Into.Name != "公海" || back.Pool.Reason != "跟进不了" || back.Pool.Many.Count != 2 {
			t.Errorf("%+v", back.Pool)
		}
		if back = f.approve("boss", back); back.State != approvals.Approved {
			t.Fatalf("%+v", back)
		}
		for _, name := range []string{"甲", "自己的"} {
			if owner, pool := f.holder(name); owner != 0 || pool != f.id("公海") {
				t.Errorf("%s is with %d in %d", name, owner, pool)
			}
		}
		before := count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1", int64(f.id("wang")))
		give := ask("chief", PoolAsk{Action: policy.Assign, Records: f.named("甲", "乙"), Person: f.id("wang")})
		if give = f.approve("boss", give); give.State != approvals.Approved || f.owner("customer", "甲") != "wang" || f.owner("customer", "乙") != "wang" {
			t.Errorf("%+v", give)
		}
		if n := count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1", int64(f.id("wang"))) - before; n != 1 {
			t.Errorf("who was given two is told %d times", n)
		}
		one := ask("chief", PoolAsk{Action: policy.Assign, Records: f.named("丙", "丙"), Person: f.id("zhao")})
		if one.Record == nil || one.Record.ID != f.id("丙") || one.Pool.Many != nil {
			t.Errorf("%+v", one)
		}
	})
}

// Two who must both approve do so at once, twenty times over, while a colleague claims the same customers: each
// has one owner, and what the request says of each is so.
func TestHeldPoolManyRace(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.waits(policy.Forbid, policy.Claim, policy.Clause{Person: f.id("lin")}, everything, "@head+@pack:boss")
		ids := f.filled(20, map[string]policy.Value{"pool": policy.RefOf(f.id("公海"))})
		r, err := f.askTo("lin", NewRequest{Type: PoolRequest, Pool: &PoolAsk{Kind: "customer", Action: policy.Claim, Records: ids}})
		f.must(err)
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				who := []string{"chief", "boss"}[i%2]
				_, err := f.as(who).Decide(ctx, r.ID, true, "")
				if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Denied) {
					t.Errorf("%s: %v", who, err)
				}
			})
			wg.Go(func() {
				if _, err := f.as("wang").Claim(ctx, "customer", ids[i]); err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Stale) {
					t.Errorf("wang: %v", err)
				}
			})
		}
		wg.Wait()
		mine, err := f.as("lin").Request(ctx, r.ID)
		f.must(err)
		lins := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id = $1", int64(f.id("lin")))
		wangs := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id = $1", int64(f.id("wang")))
		came := mine.Pool.Many.Came
		if came == nil || lins+wangs != 20 || int64(came.Done) != lins || int64(len(came.Left)) != wangs {
			t.Errorf("lin has %d, wang %d: %+v", lins, wangs, mine)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'claim'"); n != 20 || count(t, f.db, "SELECT count(*) FROM pool_claim") != 20 {
			t.Errorf("%d claims are on record", n)
		}
	})
}
