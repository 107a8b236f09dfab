package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
)

// What people are told of the pools: which are theirs, what is left of the limits, what is hidden until a
// claim, and why a claim would be refused.
func TestPoolStanding(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx, pool := context.Background(), f.id("公海")
		f.settings(access.PoolSettings{ClaimsPerDay: 1, ClaimsHeld: 5, CoolDownDays: 3, Hidden: []policy.FieldRule{{Field: "city", Level: policy.Hidden}}})
		f.pooled("湖畔", "")
		f.pooled("山前", "")
		for who, want := range map[string][]policy.Action{"lin": {policy.Claim}, "chief": {policy.Assign}, "boss": {policy.Claim, policy.Assign}, "auditor": nil, "leaver": nil} {
			list, err := f.as(who).MyPools(ctx)
			f.must(err)
			asks := f.as(who)
			asks.actor.Session = 0 // nobody signed in here: there is no page to mark
			me, err := asks.Me(ctx)
			f.must(err)
			if len(list) != min(len(want), 1) || me.Pools != len(list) || len(list) == 1 && !slices.Equal(list[0].Can, want) {
				t.Errorf("%s is told of %+v, and of %d", who, list, me.Pools)
			}
			if len(list) == 1 && (len(list[0].Hidden) == 0) != (who == "boss") {
				t.Errorf("%s is told that %v is hidden", who, list[0].Hidden)
			}
		}
		if st, err := f.as("lin").PoolStanding(ctx, pool); err != nil || !slices.Contains(st.Opens, "phone") || slices.Contains(st.Opens, "id_number") {
			t.Errorf("a claim opens %v, %v", st.Opens, err)
		}
		// From the boss nothing is hidden.
		it, err := f.as("boss").Get(ctx, "customer", f.id("湖畔"))
		f.must(err)
		if it.Fields["city"] != "深圳" {
			t.Errorf("the boss sees %v", it.Fields)
		}
		st, err := f.as("admin").PoolStanding(ctx, pool)
		f.must(err)
		if st.Reach == nil || *st.Reach != 5 || st.Settings == nil { // boss, chief, lin, wang, zhao
			t.Errorf("reach: %+v", st)
		}
		if st, err := f.as("lin").PoolStanding(ctx, pool); err != nil || st.Reach != nil || st.Settings != nil {
			t.Errorf("lin is told %+v, %v", st, err)
		}

		lacks := func(who, name string) (codes []policy.LackCode) {
			t.Helper()
			why, err := f.as(who).Explain(ctx, ExplainQuery{Kind: "customer", ID: f.id(name), Action: policy.Claim})
			f.must(err)
			for _, missing := range why.Missing {
				for _, lack := range missing.Lacks {
					codes = append(codes, lack.Code)
				}
			}
			if why.Allowed != (len(codes) == 0) {
				t.Errorf("allowed %v, and lacks %v", why.Allowed, codes)
			}
			return codes
		}
		if got := lacks("lin", "山前"); len(got) > 0 {
			t.Errorf("before: %v", got)
		}
		_, err = f.as("lin").Claim(ctx, "customer", f.id("湖畔"))
		f.must(err)
		if got := lacks("lin", "山前"); !slices.Equal(got, []policy.LackCode{"pool_claims_day"}) {
			t.Errorf("at the limit: %v", got)
		}
		if got := lacks("boss", "湖畔"); !slices.Equal(got, []policy.LackCode{"not_in_pool"}) {
			t.Errorf("of one that somebody has: %v", got)
		}
		_, err = f.as("lin").Release(ctx, "customer", f.id("湖畔"), 0, strings.Repeat("长", 201))
		f.refused(err, fault.Invalid, "reason")
		_, err = f.as("lin").Release(ctx, "customer", f.id("湖畔"), 0, "已停业")
		f.must(err)
		f.clock.advance(aDay)
		if got := lacks("lin", "湖畔"); !slices.Equal(got, []policy.LackCode{"pool_cool_down"}) {
			t.Errorf("cooling down: %v", got)
		}
		line, err := f.as("boss").Timeline(ctx, TimelineQuery{Kind: "customer", ID: f.id("湖畔"), What: []string{"changes"}, Limit: 10})
		f.must(err)
		if first := line.Items[0]; first.Act != "release" || first.Reason != "已停业" {
			t.Errorf("the timeline tells %+v", first)
		}
		// Before a claim nobody reads what somebody wrote.
		line, err = f.as("wang").Timeline(ctx, TimelineQuery{Kind: "customer", ID: f.id("湖畔"), What: []string{"changes"}, Limit: 10})
		f.must(err)
		for _, one := range line.Items {
			if one.Reason != "" {
				t.Errorf("wang reads %q", one.Reason)
			}
		}
	})
}

// A pool with which somebody works only by requests is among theirs, and says so.
func TestPoolsByRequest(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.waits(policy.Permit, policy.Assign, policy.Clause{Person: f.id("auditor")}, everything, "@pack:boss")
		for who, want := range map[string]struct{ can, asks []policy.Action }{
			"boss": {can: []policy.Action{policy.Claim, policy.Assign}}, "chief": {can: []policy.Action{policy.Assign}},
			"lin": {can: []policy.Action{policy.Claim}}, "auditor": {asks: []policy.Action{policy.Assign}}, "leaver": {},
		} {
			list, err := f.as(who).MyPools(ctx)
			f.must(err)
			asks := f.as(who)
			asks.actor.Session = 0
			me, err := asks.Me(ctx)
			f.must(err)
			if none := len(want.can)+len(want.asks) == 0; len(list) != me.Pools || none != (len(list) == 0) {
				t.Errorf("%s has %d pools, and is told of %d", who, len(list), me.Pools)
			}
			if len(list) == 1 && (!slices.Equal(list[0].Can, want.can) || !slices.Equal(list[0].Asks, want.asks)) {
				t.Errorf("%s can %v and asks %v", who, list[0].Can, list[0].Asks)
			}
			st, err := f.as(who).PoolStanding(ctx, f.id("公海"))
			if len(list) == 1 && (err != nil || !slices.Equal(st.Asks, want.asks)) {
				t.Errorf("%s: %+v %v", who, st, err)
			}
		}
	})
}

// A pool that is open to nobody is among those of who may claim some of what lies there with approval; and where
// approval is wanted in one pool, that pool says so, and the other does not.
func TestPoolsByPermitThatWaits(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		made, err := f.as("admin").CreatePool(ctx, "重点客户池", nil)
		f.must(err)
		keys := policy.Operand{Ref: &made.ID}
		here := policy.Cond{Op: policy.OpEq, Field: "pool", Value: &keys}
		permit := sharing("keys", everything, policy.Clause{Person: f.id("mo")})
		permit.Actions, permit.Duty.Approval = []policy.Action{policy.Claim}, []string{"@pack:boss"}
		permit.When = &policy.Cond{Op: policy.OpAll, Args: []policy.Cond{here, {Op: policy.OpEq, Field: "level", Value: &policy.Operand{Text: ptr("a")}}}}
		_, err = f.as("boss").PutRule(ctx, permit)
		f.must(err)
		read := sharing("keys_seen", everything, policy.Clause{Person: f.id("mo")})
		read.When = &here
		_, err = f.as("boss").PutRule(ctx, read)
		f.must(err)
		hold := sharing("held", everything, policy.Clause{Person: f.id("lin")})
		hold.Effect, hold.Actions, hold.Fields, hold.Duty.Approval = policy.Forbid, []policy.Action{policy.Claim}, nil, []string{"@head"}
		open := f.id("公海")
		hold.When = &policy.Cond{Op: policy.OpEq, Field: "pool", Value: &policy.Operand{Ref: &open}}
		_, err = f.as("boss").PutRule(ctx, hold)
		f.must(err)
		for who, want := range map[string]string{
			"mo": "重点客户池 [] [claim]", "lin": "公海 [] [claim]", "wang": "公海 [claim] []", "chief": "公海 [assign] []", "leaver": "",
		} {
			list, err := f.as(who).MyPools(ctx)
			f.must(err)
			var got []string
			for _, st := range list {
				got = append(got, fmt.Sprint(st.Name, " ", st.Can, " ", st.Asks))
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("%s works with %v, not %s", who, got, want)
			}
			mine, err := f.as(who).Access(ctx, 0)
			if err == nil && len(mine.Pools) != len(list) {
				t.Errorf("%s holds %v", who, mine.Pools)
			}
		}
		// It is not as if nobody could: who can ask is counted with those who can.
		st, err := f.as("admin").PoolStanding(ctx, made.ID)
		f.must(err)
		if *st.Reach != 2 { // boss and mo
			t.Errorf("%d reach it", *st.Reach)
		}
		id := f.filled(1, map[string]policy.Value{"pool": policy.RefOf(made.ID), "level": policy.TextOf("a")})[0]
		if it := f.reread("mo", "customer", id); !slices.Contains(it.CanAsk, policy.Claim) {
			t.Errorf("%v %v", it.Can, it.CanAsk)
		}
		r, err := f.askTo("mo", NewRequest{Type: PoolRequest, Pool: &PoolAsk{Kind: "customer", Record: id, Action: policy.Claim}})
		f.must(err)
		if r = f.approve("boss", r); r.State != "approved" {
			t.Errorf("%+v", r)
		}
	})
}

// Who is named among those to whom a pool shows all the same goes from there with their unit or position.
func TestPoolShownToIsStruck(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		typ, name := "department", "临时部"
		unit, err := f.as("admin").CreateUnit(ctx, UnitFields{Name: &name, Type: &typ, Parent: ptr(f.id("总部"))})
		f.must(err)
		f.must(f.as("admin").PutPosition(ctx, org.Position{Code: "guest", Label: org.Label{ZH: "客座", EN: "Guest"}}))
		f.settings(access.PoolSettings{Hidden: []policy.FieldRule{{Class: policy.Contact, Level: policy.Hidden}},
			ShownTo: []policy.Clause{{Unit: unit.ID, Below: true}, {Position: "guest"}, {Position: "lead"}}})
		f.must(f.as("admin").DeleteUnit(ctx, unit.ID, unit.Version))
		f.must(f.as("admin").DeletePosition(ctx, "guest"))
		st, err := f.as("admin").PoolStanding(ctx, f.id("公海"))
		f.must(err)
		if !slices.Equal(st.Settings.ShownTo, []policy.Clause{{Position: "lead"}}) {
			t.Errorf("shown to %v", st.Settings.ShownTo)
		}
	})
}

// A notice names the pool, and says when; the runs of a pool stand in its history.
func TestPoolNotices(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.settings(access.PoolSettings{Recycle: &access.Recycling{IdleDays: 30, WarnDays: 7}})
		f.customer("lin", "silent", "")
		told := func(what string) Notice {
			t.Helper()
			page, err := f.as("lin").Notices(ctx, "", false)
			f.must(err)
			for _, n := range page.Items {
				if n.What == what && n.Title == "silent" && n.Pool != nil && n.Pool.Name == "公海" {
					return n
				}
			}
			t.Fatalf("lin is not told of %s: %+v", what, page.Items)
			return Notice{}
		}
		start := f.clock.Now()
		f.clock.advance(24 * aDay)
		f.recycled()
		at, err := time.Parse(time.RFC3339Nano, told(NoticeRecycles).Detail["at"].(string))
		f.must(err)
		if days := at.Sub(start).Hours() / 24; days < 31-0.1 || days > 31.1 {
			t.Errorf("told for a day %v after", days) // seven days of warning are never shortened
		}
		f.clock.advance(8 * aDay)
		f.recycled()
		told(NoticeRecycled)
		runs, err := f.as("admin").PoolRuns(ctx, f.id("公海"))
		f.must(err)
		if len(runs) != 2 || runs[0].Taken != 1 || runs[1].Warned != 1 {
			t.Errorf("the history: %+v", runs)
		}
		_, err = f.as("lin").PoolRuns(ctx, f.id("公海"))
		f.refused(err, fault.Denied, "right")
		f.must(f.as("boss").AddCollaborator(ctx, "customer", f.id("silent"), NewCollaborator{Person: f.id("lin")}))
		_, err = f.as("chief").Assign(ctx, "customer", f.id("silent"), f.id("lin"))
		f.must(err)
		told(NoticeAssigned)
		_, err = f.as("chief").Release(ctx, "customer", f.id("silent"), 0, "")
		f.must(err)
		told(NoticeReleased)
	})
}
