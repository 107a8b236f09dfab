package httpapi_test

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"guan/approvals"
	"guan/policy"
	"guan/store"
)

// bureau is the company of the stories about requests: everybody who sells sees all customers, those of others with
// their telephone masked, and can ask for it. A head decides, and over the head is the boss.
type bureau struct {
	*program
	clock *handClock
	on    func(login string) *client
}

func eachBureau(t *testing.T, story func(t *testing.T, d *bureau)) {
	t.Helper()
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		d := &bureau{program: p, clock: clock, on: p.shift(clock)}
		p.headed("boss")
		d.on("admin").do("PUT", "/api/v1/policy/rules/market", map[string]any{"effect": "permit", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "了解市场",
			"who":    map[string]any{"any": []any{map[string]any{"person": p.people["seller"].String()}, map[string]any{"person": p.people["rival"].String()}}},
			"fields": []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "contact", "level": "masked"}}}).must(200)
		story(t, d)
	})
}

// asks asks for the telephone of a customer for two hours.
func (d *bureau) asks(who string, customer policy.ID) store.Request {
	d.t.Helper()
	r := into[store.Request](d.on(who).post("/api/v1/requests", map[string]any{"type": "access", "purpose": "回访活动报名",
		"access": map[string]any{"kind": "customer", "record": customer.String(), "fields": []string{"phone"}, "hours": 2}}).must(201))
	if r.State != approvals.Pending || !r.AskedAt.Equal(d.clock.Now()) {
		d.t.Fatalf("%+v", r)
	}
	return r
}

func (d *bureau) decides(who string, r store.Request, how string) *reply {
	d.t.Helper()
	return d.on(who).post("/api/v1/requests/"+r.ID.String()+"/"+how, map[string]any{"words": "看过了"})
}

// waits wants that the request waits for these people, and for nobody else, in every way in which they are told.
func (d *bureau) waits(when string, r store.Request, deciders ...string) {
	d.t.Helper()
	for _, persona := range personas {
		want := 0
		if slices.Contains(deciders, persona.login) {
			want = 1
		}
		c := d.on(persona.login)
		n := into[struct{ Waiting int }](c.get("/api/v1/requests/waiting").must(200)).Waiting
		list := into[store.RequestPage](c.get("/api/v1/requests?scope=waiting").must(200)).Items
		if n != want || len(list) != want || want == 1 && (list[0].ID != r.ID || !slices.Equal(list[0].Can, []string{"approve", "refuse"})) {
			d.t.Errorf("%s: %d and %+v wait for %s", when, n, list, persona.login)
		}
	}
}

// phone wants that somebody sees the telephone of a customer, or does not, and is told so when they ask why.
func (d *bureau) phone(when, who string, customer policy.ID, want bool) {
	d.t.Helper()
	it := into[item](d.on(who).get(customers(customer)).must(200))
	why := d.on(who).explained(customer, "read", "phone")
	if _, plain := it.Fields["phone"]; plain != want || (why.Level == "plain") != want || !want && why.Level != "masked" {
		d.t.Errorf("%s: %s sees the telephone: %v, and is told of %s", when, who, plain, why.Level)
	}
}

// log is what the auditor finds of a customer in the log, of this sort, the oldest first.
func (d *bureau) log(customer policy.ID, action string) []store.AuditItem {
	d.t.Helper()
	all := d.on("auditor").search(url.Values{"group": {"access"}, "kind": {"customer"}, "record": {customer.String()}})
	slices.Reverse(all)
	return slices.DeleteFunc(all, func(it store.AuditItem) bool { return it.Action != action })
}

// A request that nobody decides: who decides is reminded, the next head joins, and it expires, each at its
// instant; with it nothing is given, and a decision comes too late.
func TestRequestTimesOverHTTP(t *testing.T) {
	eachBureau(t, func(t *testing.T, d *bureau) {
		on, began := d.on, d.clock.Now()
		due, late, over := began.Add(24*time.Hour), began.Add(48*time.Hour), began.Add(72*time.Hour)
		at := func(to time.Time) {
			d.clock.set(to)
			d.reminds()
		}
		r := d.asks("rival", d.own)
		path := "/api/v1/requests/" + r.ID.String()
		if !r.DueAt.Equal(due) || !r.EscalatesAt.Equal(late) || !r.ExpiresAt.Equal(over) {
			t.Errorf("%+v", r)
		}
		d.notified(on, "request", map[string]int{"head": 1})
		at(due.Add(-time.Microsecond))
		d.notified(on, "request_due", nil)
		d.waits("before it is due", r, "head")
		at(due)
		d.notified(on, "request_due", map[string]int{"head": 1})
		d.waits("due", r, "head")
		at(late.Add(-time.Microsecond))
		d.notified(on, "request_late", nil)
		d.waits("before it is late", r, "head")
		d.decides("boss", r, "approve").is(403, "request_not_you")
		at(late)
		d.notified(on, "request_late", map[string]int{"head": 1, "boss": 1})
		d.waits("late", r, "head", "boss")
		if seen := into[store.Request](on("boss").get(path).must(200)); len(seen.Waits) != 2 || seen.Waits[0].Joined || !seen.Waits[1].Joined || seen.Waits[1].Person.ID != d.people["boss"] || seen.EscalatesAt != nil {
			t.Errorf("%+v", seen)
		}
		at(over.Add(-time.Microsecond))
		d.notified(on, "request_done", nil)
		d.waits("before it expires", r, "head", "boss")
		d.clock.set(over) // it has expired, whether the program has told of it or not
		d.waits("expired", r)
		for _, who := range []string{"head", "boss"} {
			for _, how := range []string{"approve", "refuse"} {
				d.decides(who, r, how).is(409, "request_decided")
			}
		}
		on("rival").do("POST", path+"/withdraw", nil).is(409, "request_decided")
		at(over.Add(time.Minute))
		for _, who := range []string{"rival", "head", "auditor"} {
			if seen := into[store.Request](on(who).get(path).must(200)); seen.State != approvals.Expired || !seen.EndedAt.Equal(over) || len(seen.Decisions) != 0 || len(seen.Can) != 0 || seen.Grant != nil {
				t.Errorf("%s sees %+v", who, seen)
			}
		}
		d.phone("expired", "rival", d.own, false)
		at(over.Add(96 * time.Hour))
		d.notified(on, "request_done", map[string]int{"rival": 1})
		if n := on("rival").notices("request_done")[0]; n.Record != r.ID || n.Detail["state"] != "expired" || n.By != nil {
			t.Errorf("%+v", n)
		}
		for what, want := range map[string]map[string]int{"request": {"head": 1}, "request_due": {"head": 1}, "request_late": {"head": 1, "boss": 1}} {
			d.notified(on, what, want)
		}
		if asked, decided := d.log(d.own, "requested"), d.log(d.own, "request_decided"); len(asked) != 1 || asked[0].Reason != "回访活动报名" || len(decided) != 0 {
			t.Errorf("%+v, %+v", asked, decided)
		}
		var told []time.Time
		for _, it := range on("auditor").search(url.Values{"group": {"access"}}) {
			if it.Action == "requests_reminded" && it.Job == string(store.JobRequests) {
				told = append(told, it.At)
			}
		}
		if want := []time.Time{over.Add(time.Minute), late, due}; !slices.EqualFunc(told, want, time.Time.Equal) {
			t.Errorf("the program reminded at %v, not at %v", told, want)
		}

		// Of a chain of two steps each has its own time, and who decides it is reminded once.
		on("boss").do("PUT", "/api/v1/approvals/chains/access", map[string]any{"steps": []any{
			map[string]any{"by": []any{map[string]any{"type": "owner_head"}}, "hours": 24},
			map[string]any{"by": []any{map[string]any{"type": "person", "person": d.people["boss"].String()}}, "hours": 8}}}, "If-Match", "0").must(200)
		began = d.clock.Now()
		again := d.asks("rival", d.own)
		at(began.Add(24 * time.Hour))
		d.notified(on, "request_due", map[string]int{"head": 2})
		at(began.Add(26 * time.Hour))
		if got := into[store.Request](d.decides("head", again, "approve").must(200)); got.State != approvals.Pending || !got.DueAt.Equal(began.Add(34*time.Hour)) || !got.ExpiresAt.Equal(began.Add(50*time.Hour)) {
			t.Errorf("%+v", got)
		}
		d.waits("in its second step", again, "boss")
		d.notified(on, "request", map[string]int{"head": 2, "boss": 1})
		d.decides("head", again, "approve").is(409, "request_twice")
		at(began.Add(34*time.Hour - time.Microsecond))
		d.notified(on, "request_due", map[string]int{"head": 2})
		at(began.Add(34 * time.Hour))
		d.notified(on, "request_due", map[string]int{"head": 2, "boss": 1})
		d.phone("half approved", "rival", d.own, false)
		if got := into[store.Request](d.decides("boss", again, "approve").must(200)); got.State != approvals.Approved || len(got.Decisions) != 2 || got.Giver.Name != "姓boss" {
			t.Errorf("%+v", got)
		}
		d.notified(on, "request_done", map[string]int{"rival": 2})
		given := d.clock.Now()
		d.phone("approved", "rival", d.own, true)
		d.clock.set(given.Add(2*time.Hour - time.Microsecond))
		d.phone("before its end", "rival", d.own, true)
		d.clock.set(given.Add(2 * time.Hour))
		d.phone("at its end", "rival", d.own, false)
	})
}

// While a head is away somebody stands in: for the time that was said, in the head's name, with no right of their own,
// and never for what they asked themselves.
func TestStandInOverHTTP(t *testing.T) {
	eachBureau(t, func(t *testing.T, d *bureau) {
		const away = "/api/v1/me/away"
		on, now := d.on, d.clock.Now()
		goes := func(standIn string, from, until time.Time) *reply {
			return on("head").do("PUT", away, map[string]any{"stand_in": d.people[standIn].String(), "from": from, "until": until})
		}
		goes("head", now, now.Add(time.Hour)).is(400, "away_self")
		goes("staff", now, now).is(400, "away_window")

		// Who asked does not decide it, though they stand in for who does.
		goes("rival", now, now.Add(time.Hour)).must(200)
		own := d.asks("rival", d.own)
		d.waits("asked by who stands in", own, "head")
		for _, how := range []string{"approve", "refuse"} {
			d.decides("rival", own, how).is(403, "request_own")
		}
		d.phone("asked", "rival", d.own, false)
		d.notified(on, "request", map[string]int{"head": 1})

		// Somebody who sees no customer stands in from an hour on.
		from, until := now.Add(time.Hour), now.Add(9*time.Hour)
		if set := into[store.Away](goes("staff", from, until).must(200)); set.StandIn.Name != "姓staff" || !set.From.Equal(from) || !set.Until.Equal(until) {
			t.Errorf("%+v", set)
		}
		d.notified(on, "stand_in", map[string]int{"rival": 1, "staff": 1})
		if n := on("staff").notices("stand_in")[0]; n.By.Name != "姓head" {
			t.Errorf("%+v", n)
		}
		d.clock.set(from.Add(-time.Microsecond))
		d.waits("before the absence", own, "head")
		d.decides("staff", own, "approve").is(404, "request")
		d.clock.set(from)
		d.waits("away", own, "head", "staff")
		on("staff").get(customers(d.own)).must(404)
		if list := into[store.RequestPage](on("staff").get("/api/v1/requests?scope=waiting").must(200)).Items; list[0].Record.Title != "" || list[0].Waits[1].For.Name != "姓head" || list[0].Waits[1].Person.Name != "姓staff" {
			t.Errorf("who stands in sees %+v", list[0])
		}
		got := into[store.Request](d.decides("staff", own, "approve").must(200))
		if got.State != approvals.Approved || got.Decisions[0].Person.Name != "姓staff" || got.Decisions[0].For.Name != "姓head" || got.Giver.Name != "姓head" {
			t.Errorf("%+v", got)
		}
		d.notified(on, "request_done", map[string]int{"rival": 1})
		d.phone("approved", "rival", d.own, true)
		if g := on("rival").why("grant", "customer", d.own); g.Given.By.Name != "姓head" || g.Given.To.Name != "姓rival" || !g.Until.Equal(from.Add(2*time.Hour)) {
			t.Errorf("the grant is told of as %+v", g)
		}
		for _, who := range []string{"staff", "head"} {
			if list := into[store.RequestPage](on(who).get("/api/v1/requests?scope=decided").must(200)).Items; len(list) != 1 || list[0].ID != own.ID {
				t.Errorf("%s has decided %+v", who, list)
			}
		}
		on("staff").get(customers(d.own)).must(404)
		if list := into[ofItems[item]](on("staff").get("/api/v1/records/customer").must(200)).Items; len(list) != 0 {
			t.Errorf("who stands in lists %+v", list)
		}

		// The auditor finds who decided and for whom, by either of them.
		for _, who := range []string{"staff", "head"} {
			found := slices.DeleteFunc(on("auditor").search(url.Values{"group": {"access"}, "person": {d.people[who].String()}}), func(it store.AuditItem) bool { return it.Action == "away_set" })
			if !slices.Equal(acts(found, d.people["staff"]), []string{"request_decided", "grant_given"}) || slices.ContainsFunc(found, func(it store.AuditItem) bool {
				return it.Person.Name != "姓staff" || it.OnBehalf == nil || it.OnBehalf.Name != "姓head" || !it.At.Equal(from)
			}) {
				t.Errorf("of %s the auditor finds %+v", who, found)
			}
		}
		if set := acts(on("auditor").search(url.Values{"group": {"access"}, "person": {d.people["head"].String()}}), d.people["head"]); !slices.Equal(set, []string{"away_set", "away_set"}) {
			t.Errorf("of the head the auditor finds %q", set)
		}

		// To the instant at which the head is back.
		other := d.asks("seller", d.colleagues)
		d.clock.set(until.Add(-time.Microsecond))
		d.waits("before the end of the absence", other, "head", "staff")
		d.clock.set(until)
		d.waits("back", other, "head")
		d.decides("staff", other, "approve").is(404, "request")
		on("staff").get("/api/v1/requests/"+other.ID.String()).is(404, "request")
		d.phone("back", "seller", d.colleagues, false)

		// And at once, when they come back before it.
		goes("staff", d.clock.Now(), d.clock.Now().Add(time.Hour)).must(200)
		d.waits("away again", other, "head", "staff")
		on("head").do("DELETE", away, nil).must(204)
		if set := into[struct{ Away *store.Away }](on("head").get(away).must(200)).Away; set != nil {
			t.Errorf("%+v", set)
		}
		d.waits("back again", other, "head")
		d.decides("staff", other, "refuse").is(404, "request")
		if got := into[store.Request](d.decides("head", other, "approve").must(200)); got.State != approvals.Approved || got.Decisions[0].For != nil {
			t.Errorf("%+v", got)
		}
		if log := d.log(d.colleagues, "request_decided"); len(log) != 1 || log[0].Verdict != "approve" || log[0].Person.Name != "姓head" || log[0].OnBehalf != nil {
			t.Errorf("of what the head decided the auditor finds %+v", log)
		}
		d.phone("approved by the head", "seller", d.colleagues, true)
	})
}
