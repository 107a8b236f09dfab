package store

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/approvals"
	"guan/fault"
	"guan/grants"
	"guan/org"
	"guan/policy"
)

// marketer brings somebody who sees customers with their contact details masked.
func (f *firm) marketer() {
	f.t.Helper()
	mo, mia := f.newIDs(1)[0], f.newIDs(1)[0]
	unit := f.newIDs(1)[0]
	f.ids["mo"], f.ids["mia"], f.ids["市场部"] = mo, mia, unit
	c := Company{
		Units:     []org.Unit{{ID: unit, Name: "市场部", Type: "department", Parent: f.id("总部"), Heads: []policy.ID{mia}}},
		Positions: []org.Position{{Code: "market", Label: org.Label{ZH: "市场", EN: "Market"}}},
	}
	for name, id := range map[string]policy.ID{"mo": mo, "mia": mia} {
		c.People = append(c.People, NewPerson{ID: id, Password: "correct horse", Fields: map[string]policy.Value{
			"name": policy.TextOf(name), "login": policy.TextOf(name), "unit": policy.RefOf(unit)}})
		c.Appointments = append(c.Appointments, org.Appointment{ID: f.newIDs(1)[0], Person: id, Unit: unit, Position: "market", From: f.clock.Now().AddDate(-1, 0, 0)})
	}
	c.Assignments = []access.Assignment{{ID: f.newIDs(1)[0], Pack: "marketing", Who: policy.Clause{Position: "market"}}}
	f.must(f.db.System(JobSetup, DefaultTenant).Install(context.Background(), c))
}

func (f *firm) askPhone(who, customer string) (*Request, error) {
	f.t.Helper()
	return f.as(who).Ask(context.Background(), NewRequest{Type: AccessRequest, Purpose: "回访活动报名",
		Access: &AccessAsk{Kind: "customer", Record: f.id(customer), Fields: []string{"phone"}, Hours: 2}})
}

func (f *firm) phone(who, customer string) (string, bool) {
	f.t.Helper()
	it, err := f.as(who).Get(context.Background(), "customer", f.id(customer))
	f.must(err)
	phone, plain := it.Fields["phone"].(string)
	return phone, plain
}

func (f *firm) waiting(want map[string]int) {
	f.t.Helper()
	for who, n := range want {
		got, err := f.as(who).RequestsForMe(context.Background())
		f.must(err)
		page, err := f.as(who).Requests(context.Background(), RequestsWaiting, "")
		f.must(err)
		if got != n || len(page.Items) != n {
			f.t.Errorf("%d and %d wait for %s, not %d", got, len(page.Items), who, n)
		}
	}
}

// The story of a masked telephone number: asked for, approved, seen plain until its end, to the instant.
func TestRequestStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		f.customer("lin", "东方", `phone="13800138000"`)
		if _, plain := f.phone("mo", "东方"); plain {
			t.Fatal("mo sees the number before")
		}
		r, err := f.askPhone("mo", "东方")
		f.must(err)
		if r.State != approvals.Pending || len(r.Waits) != 1 || r.Waits[0].Person.Name != "chief" || r.Record.Title != "东方" || r.Fields[0].Label.ZH == "" || r.Can[0] != "withdraw" {
			t.Fatalf("%+v", r)
		}
		_, err = f.askPhone("mo", "东方")
		f.refused(err, fault.Conflict, "request_same")
		f.waiting(map[string]int{"chief": 1, "boss": 0, "mo": 0, "mia": 0, "lin": 0})
		for _, who := range []string{"lin", "wang", "mia"} {
			_, err = f.as(who).Request(ctx, r.ID)
			f.refused(err, fault.NotFound, "request")
			_, err = f.as(who).Decide(ctx, r.ID, true, "")
			f.refused(err, fault.NotFound, "request")
		}
		_, err = f.as("mo").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.Denied, "request_own")
		_, err = f.as("admin").Decide(ctx, r.ID, true, "") // knows of it, and is not asked
		f.refused(err, fault.Denied, "request_not_you")
		notices, err := f.as("chief").Notices(ctx, "", true)
		f.must(err)
		if len(notices.Items) != 1 || notices.Items[0].What != NoticeRequest || notices.Items[0].Record != r.ID || notices.Items[0].Title != "" {
			t.Errorf("%+v", notices)
		}
		r, err = f.as("chief").Decide(ctx, r.ID, true, "按名单回访")
		f.must(err)
		if r.State != approvals.Approved || r.Grant == nil || r.Grant.State != grants.Active || r.Giver.Name != "chief" || r.Decisions[0].Words != "按名单回访" {
			t.Fatalf("%+v", r)
		}
		if phone, _ := f.phone("mo", "东方"); phone != "13800138000" {
			t.Error("mo does not see the number")
		}
		f.clock.advance(2*time.Hour - time.Microsecond)
		if _, plain := f.phone("mo", "东方"); !plain {
			t.Error("it ended too early")
		}
		f.clock.advance(time.Microsecond)
		if _, plain := f.phone("mo", "东方"); plain {
			t.Error("it did not end")
		}
		r, err = f.as("mo").Request(ctx, r.ID)
		f.must(err)
		if r.Grant.State != grants.Ended || len(r.Can) != 0 {
			t.Errorf("%+v", r)
		}
		// Taken back early it is gone at once.
		r, err = f.askPhone("mo", "东方")
		f.must(err)
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		_, err = f.as("chief").RevokeGrant(ctx, r.Grant.ID)
		f.must(err)
		if _, plain := f.phone("mo", "东方"); plain {
			t.Error("it was revoked, and is seen")
		}
		// Refused and withdrawn give nothing.
		r, err = f.askPhone("mo", "东方")
		f.must(err)
		r, err = f.as("chief").Decide(ctx, r.ID, false, "名单里没有")
		f.must(err)
		if r.State != approvals.Refused || r.Grant != nil {
			t.Errorf("%+v", r)
		}
		r, err = f.askPhone("mo", "东方")
		f.must(err)
		_, err = f.as("chief").Withdraw(ctx, r.ID)
		f.refused(err, fault.Denied, "request_others")
		r, err = f.as("mo").Withdraw(ctx, r.ID)
		f.must(err)
		_, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.Conflict, "request_decided")
		if _, plain := f.phone("mo", "东方"); plain || r.State != approvals.Withdrawn {
			t.Error("withdrawn, and given")
		}
		for who, want := range map[string]int{"mo": 4, "chief": 0} {
			page, err := f.as(who).Requests(ctx, RequestsMine, "")
			f.must(err)
			if len(page.Items) != want {
				t.Errorf("%s has %d requests", who, len(page.Items))
			}
		}
		page, err := f.as("chief").Requests(ctx, RequestsDecided, "")
		f.must(err)
		if len(page.Items) != 3 {
			t.Errorf("chief decided %d", len(page.Items))
		}
		_, err = f.as("chief").Requests(ctx, RequestsAll, "")
		f.refused(err, fault.Denied, "right")
		page, err = f.as("auditor").Requests(ctx, RequestsAll, "")
		f.must(err)
		if len(page.Items) != 4 {
			t.Errorf("there are %d requests", len(page.Items))
		}
	})
}

// Of a record out of sight somebody who asks is told what they are told of one that does not exist; of
// one in sight they ask for what they have not got, and no more than the giver may give comes of it.
func TestAsk(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		f.customer("lin", "东方", `phone="13800138000";passport_number="E12345678"`)
		ask := func(who string, a AccessAsk) error {
			_, err := f.as(who).Ask(ctx, NewRequest{Type: AccessRequest, Purpose: "回访", Access: &a})
			return err
		}
		base := AccessAsk{Kind: "customer", Record: f.id("东方"), Fields: []string{"phone"}, Hours: 1}
		hidden, missing := base, base
		missing.Record = 999_999_999
		one, two := fault.From(ask("wang", hidden)), fault.From(ask("wang", missing))
		if one.Code != "record" || one.Kind != two.Kind || one.Code != two.Code || one.Detail != two.Detail || one.At != two.At {
			t.Errorf("%v is not %v", one, two)
		}
		f.refused(ask("lin", base), fault.Conflict, "request_has")
		for at, change := range map[string]func(*AccessAsk){
			"access.hours": func(a *AccessAsk) { a.Hours = 0 }, "access.fields": func(a *AccessAsk) { a.Fields = nil },
			"access.fields[0]": func(a *AccessAsk) { a.Fields = []string{"c_none"} }, "access.fields[1]": func(a *AccessAsk) { a.Fields = []string{"phone", "phone"} },
		} {
			a := base
			change(&a)
			if err := ask("mo", a); !fault.Is(err, fault.Invalid) || fault.From(err).At != at {
				t.Errorf("%s: %v", at, err)
			}
		}
		_, err := f.as("mo").Ask(ctx, NewRequest{Type: AccessRequest, Purpose: " ", Access: &base})
		f.refused(err, fault.Invalid, "request_purpose")
		_, err = f.as("mo").Ask(ctx, NewRequest{Type: ExportRequest, Purpose: "x", Access: &base})
		f.refused(err, fault.Invalid, "request_type")
		token := f.as("mo")
		token.actor.Session, token.actor.Token = 0, 5
		_, err = token.Ask(ctx, NewRequest{Type: AccessRequest, Purpose: "x", Access: &base})
		f.refused(err, fault.Denied, "session_required")

		// Heads see documents masked themselves: who approves cannot give it, and it goes to who can.
		base.Fields = []string{"passport_number"}
		r, err := f.as("lin").Ask(ctx, NewRequest{Type: AccessRequest, Purpose: "开票", Access: &base})
		f.must(err)
		r, err = f.as("chief").Decide(ctx, r.ID, true, "同意")
		f.must(err)
		if r.State != approvals.Pending || len(r.Steps) != 2 || !r.Steps[1].Added || r.Waits[0].Person.Name != "boss" || r.Grant != nil {
			t.Fatalf("%+v", r)
		}
		f.waiting(map[string]int{"chief": 0, "boss": 1})
		r, err = f.as("boss").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Approved || r.Giver.Name != "boss" {
			t.Fatalf("%+v", r)
		}
		it, err := f.as("lin").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if it.Fields["passport_number"] != "E12345678" {
			t.Errorf("%+v", it)
		}
	})
}

// What is checked again on approval: who approves, who asked, and what the giver has.
func TestApprovalChecksAgain(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		f.customer("lin", "东方", `phone="13800138000"`)
		r, err := f.askPhone("mo", "东方")
		f.must(err)
		// The head is relieved between: the request is the next head's.
		unit := f.unit("销售部")
		_, err = f.as("boss").UpdateUnit(ctx, f.id("销售部"), unit.Version, UnitFields{Heads: &[]policy.ID{}})
		f.must(err)
		_, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.NotFound, "request")
		f.waiting(map[string]int{"chief": 0, "boss": 1})
		// Who asked has left: nothing comes of it.
		_, err = f.as("boss").StopAccount(ctx, f.id("mo"))
		f.must(err)
		r, err = f.as("boss").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Void || r.Void != "asker" || count(t, f.db, "SELECT count(*) FROM access_grant") != 0 {
			t.Errorf("%+v", r)
		}
	})
}

// Fifty clients decide at once, of two people: one verdict counts, all others are told, and there is one
// grant.
func TestDecideRace(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		_, err := f.as("admin").SetChain(ctx, AccessRequest, 0, []approvals.Step{{By: []approvals.Source{{Type: approvals.OwnerHead}, {Type: approvals.Person, Person: f.id("boss")}}, Hours: 1}})
		f.must(err)
		f.customer("lin", "东方", `phone="13800138000"`)
		r, err := f.askPhone("mo", "东方")
		f.must(err)
		results := make(chan error, 50)
		var all sync.WaitGroup
		for i := range 50 {
			s := f.as([]string{"chief", "boss"}[i%2])
			all.Go(func() {
				_, err := s.Decide(ctx, r.ID, true, "")
				results <- err
			})
		}
		all.Wait()
		close(results)
		won := 0
		for err := range results {
			if err == nil {
				won++
				continue
			}
			f.refused(err, fault.Conflict, "request_decided")
		}
		if n := count(t, f.db, "SELECT count(*) FROM access_grant"); won != 1 || n != 1 || count(t, f.db, "SELECT count(*) FROM request_decision") != 1 {
			t.Errorf("%d won, %d grants", won, n)
		}
	})
}

// Fifty clients, while the head who approves is relieved: what was approved before stands once and gives
// what was asked, what comes after the relief is refused, and the requests left are the next head's.
func TestApproveWhileRevoked(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		var asked []policy.ID
		names := []string{"客一", "客二", "客三", "客四", "客五"}
		for _, name := range names {
			f.customer("lin", name, `phone="13800138000"`)
			r, err := f.askPhone("mo", name)
			f.must(err)
			asked = append(asked, r.ID)
		}
		unit := f.unit("销售部")
		first, relieved := make(chan struct{}), make(chan struct{})
		var once sync.Once
		var all sync.WaitGroup
		for i := range 49 {
			s := f.as("chief")
			all.Go(func() {
				if i >= 40 { // these come when it is too late
					<-relieved
				}
				_, err := s.Decide(ctx, asked[i%len(asked)], true, "")
				once.Do(func() { close(first) })
				switch code := fault.From(err).Code; {
				case err == nil && i >= 40:
					t.Error("approved by who is head no more")
				case err != nil && code != "request" && code != "request_decided":
					t.Error(err)
				}
			})
		}
		all.Go(func() {
			<-first
			_, err := f.as("boss").UpdateUnit(ctx, f.id("销售部"), unit.Version, UnitFields{Heads: &[]policy.ID{}})
			if err != nil {
				t.Error(err)
			}
			close(relieved)
		})
		all.Wait()
		given := count(t, f.db, "SELECT count(*) FROM access_grant")
		for text, want := range map[string]int64{
			"SELECT count(*) FROM request_decision":                             given,
			"SELECT count(DISTINCT request_id) FROM request_decision":           given,
			"SELECT count(*) FROM request WHERE state = 'approved'":             given,
			"SELECT count(*) FROM request WHERE state = 'pending'":              5 - given,
			"SELECT count(*) FROM audit_entry WHERE action = 'request_decided'": given,
			"SELECT count(*) FROM audit_entry WHERE action = 'request_decided' AND seq > (SELECT max(seq) FROM audit_entry WHERE action = 'org_changed')": 0,
		} {
			if got := count(t, f.db, text); got != want {
				t.Errorf("%d, not %d: %s", got, want, text)
			}
		}
		f.waiting(map[string]int{"chief": 0, "boss": int(5 - given)})
		for i, name := range names {
			r, err := f.as("mo").Request(ctx, asked[i])
			f.must(err)
			if _, plain := f.phone("mo", name); plain != (r.State == approvals.Approved) {
				t.Errorf("%s: %s, and its phone is plain: %v", name, r.State, plain)
			}
		}
	})
}

func TestChains(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		chains, err := f.as("auditor").Chains(ctx)
		f.must(err)
		if len(chains) != len(requestKinds) || chains[0].Version != 0 || len(chains[0].Steps) != 1 {
			t.Errorf("%+v", chains)
		}
		_, err = f.as("lin").Chains(ctx)
		f.refused(err, fault.Denied, "right")
		steps := func(by ...approvals.Source) []approvals.Step { return []approvals.Step{{By: by, Hours: 1}} }
		_, err = f.as("lin").SetChain(ctx, AccessRequest, 0, steps(approvals.Source{Type: approvals.Head}))
		f.refused(err, fault.Denied, "right")
		for _, by := range []approvals.Source{
			{Type: approvals.Position, Position: "none"}, {Type: approvals.Pack, Pack: "service"}, {Type: approvals.Pack, Pack: "staff"}, {Type: approvals.Person, Person: 999},
		} {
			_, err = f.as("admin").SetChain(ctx, AccessRequest, 0, steps(by))
			f.refused(err, fault.Invalid, "chain")
		}
		c, err := f.as("admin").SetChain(ctx, AccessRequest, 0, steps(approvals.Source{Type: approvals.Position, Position: "ceo"}))
		f.must(err)
		if c.Version != 1 || c.Steps[0].By[0].Position != "ceo" {
			t.Errorf("%+v", c)
		}
		_, err = f.as("admin2").SetChain(ctx, AccessRequest, 0, steps(approvals.Source{Type: approvals.Head}))
		f.refused(err, fault.Stale, "version")
		_, err = f.as("admin2").SetChain(ctx, "none", 0, steps(approvals.Source{Type: approvals.Head}))
		f.refused(err, fault.NotFound, "request_type")
		// Nobody is left for the boss.
		f.customer("lin", "东方", "")
		_, err = f.as("boss").Ask(ctx, NewRequest{Type: ExportRequest, Purpose: "x", Export: &ExportAsk{Kind: "customer", Format: "csv"}})
		f.refused(err, fault.Conflict, "request_nobody")
	})
}

// A stand-in decides while somebody is away, to the instant, and is named; the grant is the giver's.
func TestStandIn(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		f.customer("lin", "东方", `phone="13800138000"`)
		now := f.clock.Now()
		_, err := f.as("chief").SetAway(ctx, f.id("chief"), now, now.Add(time.Hour))
		f.refused(err, fault.Invalid, "away_self")
		_, err = f.as("chief").SetAway(ctx, f.id("zhao"), now, now)
		f.refused(err, fault.Invalid, "away_window")
		away, err := f.as("chief").SetAway(ctx, f.id("zhao"), now.Add(time.Minute), now.Add(time.Hour))
		f.must(err)
		if away.StandIn.Name != "zhao" {
			t.Errorf("%+v", away)
		}
		r, err := f.askPhone("mo", "东方")
		f.must(err)
		f.clock.advance(time.Minute - time.Microsecond)
		f.waiting(map[string]int{"chief": 1, "zhao": 0})
		f.clock.advance(time.Microsecond)
		f.waiting(map[string]int{"chief": 1, "zhao": 1})
		f.clock.advance(59*time.Minute - time.Microsecond)
		f.waiting(map[string]int{"zhao": 1})
		r, err = f.as("zhao").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Approved || r.Decisions[0].For.Name != "chief" || r.Giver.Name != "chief" {
			t.Errorf("%+v", r)
		}
		if _, plain := f.phone("mo", "东方"); !plain {
			t.Error("mo does not see it")
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action IN ('request_decided', 'grant_given') AND actor_id = $1 AND on_behalf = $2", int64(f.id("zhao")), int64(f.id("chief"))); n != 2 {
			t.Errorf("the log says %d times, not twice, that zhao decided and gave for chief", n)
		}
		f.sees("zhao") // nothing by standing in
		r, err = f.askPhone("mia", "东方")
		f.must(err)
		f.clock.advance(time.Microsecond)
		_, err = f.as("zhao").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.NotFound, "request")
		f.must(f.as("chief").ComeBack(ctx))
		if away, err = f.as("chief").Away(ctx); err != nil || away != nil {
			t.Errorf("%+v %v", away, err)
		}
	})
}

// Due, escalation and expiry hold without any job; the job tells of each once.
func TestRequestTime(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		f.customer("lin", "东方", `phone="13800138000"`)
		job := f.db.System(JobRequests, DefaultTenant)
		r, err := f.askPhone("mo", "东方")
		f.must(err)
		told := func(who, what string) int {
			t.Helper()
			for range 2 {
				_, err := job.RemindRequests(ctx)
				f.must(err)
			}
			return int(count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1 AND what = $2", int64(f.id(who)), what))
		}
		f.clock.advance(24*time.Hour - time.Microsecond)
		if n := told("chief", NoticeRequestDue); n != 0 {
			t.Errorf("told %d times before it is due", n)
		}
		f.clock.advance(time.Microsecond)
		if n := told("chief", NoticeRequestDue); n != 1 {
			t.Errorf("told %d times", n)
		}
		f.clock.advance(24*time.Hour - time.Microsecond)
		f.waiting(map[string]int{"chief": 1, "mia": 0})
		f.clock.advance(time.Microsecond)
		f.waiting(map[string]int{"chief": 1, "mia": 1}) // the head of who asks
		if n := told("mia", NoticeRequestLate); n != 1 {
			t.Errorf("told %d times", n)
		}
		f.clock.advance(24*time.Hour - time.Microsecond)
		f.waiting(map[string]int{"chief": 1})
		f.clock.advance(time.Microsecond)
		f.waiting(map[string]int{"chief": 0, "mia": 0})
		_, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.refused(err, fault.Conflict, "request_decided")
		r, err = f.as("mo").Request(ctx, r.ID)
		f.must(err)
		if r.State != approvals.Expired || !r.EndedAt.Equal(f.clock.Now()) {
			t.Errorf("%+v", r)
		}
		if n := told("mo", NoticeRequestDone); n != 1 {
			t.Errorf("told %d times", n)
		}
		if n := count(t, f.db, "SELECT count(*) FROM request WHERE state = 'expired' AND next_at IS NULL"); n != 1 {
			t.Error(n)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'request_expired' AND job = 'requests' AND kind = 'customer' AND on_behalf = $1", int64(f.id("mo"))); n != 1 {
			t.Errorf("%d entries say that it expired", n)
		}
		_, err = f.db.System(JobRecycle, DefaultTenant).RemindRequests(ctx)
		f.refused(err, fault.Denied, "job")
	})
}

func TestRequestsOpen(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.marketer()
		for i := range requestsOpen + 1 {
			name := fmt.Sprint("客户", i)
			f.customer("lin", name, `phone="13800138000"`)
			_, err := f.askPhone("mo", name)
			if i < requestsOpen {
				f.must(err)
				continue
			}
			f.refused(err, fault.Locked, "requests_many")
		}
	})
}

// Whatever is asked for: an approval opens exactly that, nothing that its giver does not see, and
// taken back it leaves nothing.
func TestApprovalsGiveWhatWasAsked(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		f.customer("lin", "东方", `phone="13800138000";passport_number="E12345678"`)
		plain := func(who string) map[string]bool {
			it, err := f.as(who).Get(ctx, "customer", f.id("东方"))
			f.must(err)
			out := map[string]bool{}
			for name := range it.Fields {
				out[name] = true
			}
			return out
		}
		it, err := f.as("mo").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		closed := append(slices.Sorted(maps.Keys(it.Masked)), it.Hidden...)
		before, random := plain("mo"), rand.New(rand.NewPCG(1, 2))
		for range 6 {
			random.Shuffle(len(closed), func(i, j int) { closed[i], closed[j] = closed[j], closed[i] })
			asked := closed[:1+random.IntN(min(len(closed), maxAskedFields))]
			r, err := f.as("mo").Ask(ctx, NewRequest{Type: AccessRequest, Purpose: "回访", Access: &AccessAsk{Kind: "customer", Record: f.id("东方"), Fields: slices.Clone(asked), Hours: 1}})
			f.must(err)
			for r.State == approvals.Pending {
				by := r.Waits[0].Person.Name
				r, err = f.as(by).Decide(ctx, r.ID, true, "")
				f.must(err)
				r, err = f.as("mo").Request(ctx, r.ID)
				f.must(err)
			}
			if r.State != approvals.Approved {
				t.Fatalf("%v: %+v", asked, r)
			}
			after, giver := plain("mo"), plain(r.Giver.Name)
			for name := range after {
				if !before[name] && !slices.Contains(asked, name) {
					t.Errorf("%s came with %v", name, asked)
				}
			}
			for _, name := range asked {
				if !after[name] || !giver[name] {
					t.Errorf("%s: given %v by %s, who sees it %v", name, after[name], r.Giver.Name, giver[name])
				}
			}
			_, err = f.as("mo").RevokeGrant(ctx, r.Grant.ID)
			f.must(err)
			if !maps.Equal(before, plain("mo")) {
				t.Error("something stayed")
			}
		}
	})
}
