package leak_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/policy"
)

// readsChangeNothing: no GET and no HEAD changes anything, whatever parameters say.
func readsChangeNothing(t *testing.T, p *program) {
	boss := p.as("boss")
	before := map[policy.Kind]string{}
	for _, kind := range kinds()[1:] {
		before[kind] = p.fingerprint(kind)
	}
	me := string(boss.get("/api/v1/me").body)
	for _, path := range []string{
		recordPath("customer", p.ids["seller1"]), "/api/v1/records/customer", "/api/v1/records/customer/batch", "/api/v1/session", "/api/v1/password", "/api/v1/sessions/1",
		"/api/v1/org/people/" + p.people["seller"].String() + "/stop", "/api/v1/policy/assignments", "/api/v1/policy/impact", "/api/v1/exports", "/api/v1/imports", "/api/v1/grants",
	} {
		for _, query := range []string{"", "?_method=DELETE", "?fields={\"name\":\"x\"}", "?delete=true", "?action=delete"} {
			for _, method := range []string{"GET", "HEAD"} {
				boss.do(method, path+query, nil, "X-HTTP-Method-Override", "DELETE", "X-Method-Override", "PATCH", "If-Match", "1")
			}
		}
	}
	for kind, text := range before {
		if after := p.fingerprint(kind); after != text {
			t.Errorf("reading changed %s:\n%s", kind, difference(text, after))
		}
	}
	if after := string(boss.get("/api/v1/me").must(200).body); after != me {
		t.Errorf("reading changed the policy: %s, %s", me, after)
	}
}

// foreignOrigin: a browser that another site made send a write is refused.
func foreignOrigin(t *testing.T, p *program) {
	own := p.customer("seller", nil)
	seller := p.as("seller")
	for _, headers := range [][]string{
		{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", p.url + ".evil.example"},
		{"Origin", strings.Replace(p.url, "http:", "https:", 1) + "1"},
	} {
		p.refused("customer", own, 403, "origin", func() *reply {
			return seller.do("PATCH", recordPath("customer", own), fieldsOf(map[string]any{"name": "x"}), append(headers, "If-Match", "1")...)
		})
		seller.do("DELETE", "/api/v1/session", nil, headers...).is(403, "origin")
		p.anonymous().do("POST", "/api/v1/session", map[string]string{"login": "seller", "password": password}, headers...).is(403, "origin")
	}
	seller.do("PATCH", recordPath("customer", own), fieldsOf(map[string]any{"name": "x"}), "If-Match", "1", "Origin", p.url).must(200)
	// A body that a form of another site could send is no JSON.
	for _, contentType := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""} {
		seller.do("POST", "/api/v1/records/customer", `{"fields":{"name":"x"}}`, "Content-Type", contentType).is(415, "")
	}
}

// massAssignment: what is not the caller's to set is not set by sending it.
func massAssignment(t *testing.T, p *program) {
	seller := p.as("seller")
	own := p.customer("seller", nil)
	for _, fields := range []map[string]any{
		{"id": "5"}, {"version": 9}, {"created_at": "2001-01-01T00:00:00Z"}, {"updated_at": "2001-01-01T00:00:00Z"}, {"created_by": p.people["seller"].String()},
		{"tenant": "2"}, {"tenant_id": "2"}, {"tenant_id": 2}, {"owner": p.people["rival"].String()}, {"owner_id": p.people["rival"].String()}, {"unit": p.units["west"].String()}, {"unit_id": p.units["west"].String()},
		{"pool": p.pool.String()}, {"pool_id": p.pool.String()}, {"custom": map[string]any{"x": 1}}, {"search_contact": "x"}, {"place_lat": 1}, {"credit_limit": "1.00"}, {"ID": "5"}, {"Owner": p.people["rival"].String()},
	} {
		p.refused("customer", own, 0, "", func() *reply { return seller.refusal("PATCH", recordPath("customer", own), fieldsOf(fields)) })
		p.refused("customer", own, 0, "", func() *reply {
			all := map[string]any{"name": "x"}
			for name, v := range fields {
				all[name] = v
			}
			return seller.refusal("POST", "/api/v1/records/customer", fieldsOf(all))
		})
	}
	for _, body := range []map[string]any{{"fields": map[string]any{"name": "x"}, "owner": "5"}, {"fields": map[string]any{"name": "x"}, "id": "5"}, {"Fields": map[string]any{"name": "x"}}, {"fields": map[string]any{"name": "x"}, "version": 3}} {
		p.refused("customer", own, 400, "", func() *reply { return seller.do("PATCH", recordPath("customer", own), body, "If-Match", "1") })
	}
	made := into[item](seller.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "mine"})).must(201))
	if made.Fields["owner"] != p.people["seller"].String() || made.Fields["created_by"] != p.people["seller"].String() || made.Fields["unit"] != p.units["east"].String() {
		t.Errorf("made %v", made.Fields)
	}
}

// refusal sends a write that must be answered 400 or 403, and gives that as status 0.
func (c *client) refusal(method, path string, body any) *reply {
	c.p.t.Helper()
	r := c.do(method, path, body, "If-Match", "1")
	if r.status != 400 && r.status != 403 {
		c.p.t.Errorf("%s %v: %d %s", r.asked, body, r.status, r.body)
	}
	r.status = 0
	return r
}

// newRowChecked: a change is asked of the record as it will stand too.
func newRowChecked(t *testing.T, p *program) {
	westhead, seller := p.as("westhead"), p.as("seller")
	id := p.customer("rival", nil)
	for _, fields := range []map[string]any{{"unit": p.units["east"].String()}, {"unit": p.units["root"].String()}, {"unit": nil}, {"owner": p.people["seller"].String(), "unit": p.units["east"].String()}} {
		p.refused("customer", id, 403, "out_of_reach", func() *reply { return westhead.patch(recordPath("customer", id), "1", fields) })
	}
	westhead.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "x", "unit": p.units["east"].String()})).is(403, "")
	// A contact follows its customer: it cannot be moved to one out of reach, nor made there.
	contact := p.make("contact", map[string]any{"name": "x", "customer": p.customer("seller", nil).String()})
	p.refused("contact", contact, 400, "ref_missing", func() *reply {
		return seller.patch(recordPath("contact", contact), "1", map[string]any{"customer": p.ids["rival1"].String()})
	})
	p.refused("contact", contact, 400, "", func() *reply {
		return seller.patch(recordPath("contact", contact), "1", map[string]any{"customer": nil})
	})
}

// selfPromotion: nobody gives themselves a unit, a position, a pack, a rule or an account.
func selfPromotion(t *testing.T, p *program) {
	for _, who := range []string{"staff", "seller", "head", "admin", "auditor"} {
		c, me := p.as(who), p.people[who].String()
		for _, fields := range []map[string]any{{"unit": p.units["root"].String()}, {"manager": p.people["boss"].String()}, {"salary": "999999.00"}, {"login": "boss2"}, {"active": true}, {"stage": "active"}, {"created_by": me}} {
			if who == "admin" && fields["salary"] == nil && fields["created_by"] == nil {
				continue // keeps staff records, which give no rights
			}
			p.refused("person", p.people[who], 0, "", func() *reply {
				r := c.do("PATCH", recordPath("person", p.people[who]), fieldsOf(fields), "If-Match", into[item](c.get(recordPath("person", p.people[who]))).Version.String())
				if r.status != 403 && r.status != 400 {
					t.Errorf("%s %v: %d %s", who, fields, r.status, r.body)
				}
				r.status = 0
				return r
			})
		}
		epoch := string(c.get("/api/v1/me").must(200).body)
		for path, body := range map[string]any{
			"POST /api/v1/policy/assignments":            map[string]any{"pack": "boss", "who": policy.Clause{Person: p.people[who]}},
			"POST /api/v1/org/appointments":              map[string]any{"person": me, "unit": p.units["sales"].String(), "position": "member"},
			"PUT /api/v1/policy/rules/self":              openRule(policy.Clause{Person: p.people[who]}),
			"PUT /api/v1/policy/rules/all":               openRule(policy.Clause{Everyone: true}),
			"POST /api/v1/org/people/" + me + "/open":    nil,
			"POST /api/v1/org/people/" + me + "/stop":    nil,
			"PUT /api/v1/org/people/" + me + "/password": map[string]string{"password": "without the old one"},
		} {
			method, path, _ := strings.Cut(path, " ")
			c.do(method, path, body).is(403, "")
		}
		c.do("PATCH", "/api/v1/org/units/"+p.units["sales"].String(), map[string]any{"name": "sales", "type": "department", "parent": p.units["root"].String(), "heads": []string{me}}, "If-Match", "1").is(403, "")
		if after := string(c.get("/api/v1/me").must(200).body); after != epoch {
			t.Errorf("%s changed the policy: %s, %s", who, epoch, after)
		}
	}
}

// strongerPrincipal: an administrator makes nobody who could do more for them than they can.
func strongerPrincipal(t *testing.T, p *program) {
	admin := p.as("admin")
	made := into[item](admin.post("/api/v1/records/person", fieldsOf(map[string]any{"name": "puppet", "login": "puppet"})).must(201))
	admin.do("PUT", "/api/v1/org/people/"+made.ID.String()+"/password", map[string]string{"password": password}).must(204)
	for _, pack := range []string{"boss", "auditor"} {
		admin.post("/api/v1/policy/assignments", map[string]any{"pack": pack, "who": policy.Clause{Person: made.ID}}).is(403, "not_held")
		admin.post("/api/v1/policy/assignments", map[string]any{"pack": pack, "who": policy.Clause{Position: "member"}}).is(403, "")
	}
	rule := openRule(policy.Clause{Person: made.ID})
	rule["kind"], rule["actions"], rule["fields"] = "system", []string{"audit"}, nil
	admin.do("PUT", "/api/v1/policy/rules/puppet", rule).is(403, "not_held")
	for _, target := range []string{"boss", "auditor"} {
		admin.do("PUT", "/api/v1/org/people/"+p.people[target].String()+"/password", map[string]string{"password": "taken over by me"}).is(403, "not_held")
		admin.post("/api/v1/org/people/"+p.people[target].String()+"/stop", nil).is(403, "not_held")
	}
	p.as("boss").get("/api/v1/me").must(200)
	puppet := p.as("puppet")
	if n := hits(puppet.list("customer")); n != 0 {
		t.Errorf("the puppet finds %d customers", n)
	}
	puppet.post("/api/v1/tokens", map[string]any{"name": "x", "until": p.clock.Now().Add(time.Hour)}).is(403, "")
}

// grantMoreThanOneHas: a grant gives at most what its giver has by rules of their own.
func grantMoreThanOneHas(t *testing.T, p *program) {
	id := p.customer("seller", map[string]any{"id_number": p.values["seller1"]["id_number"], "remark": "grantedremark"})
	grant := func(who, receiver string, id policy.ID, actions ...string) *reply {
		return p.as(who).post("/api/v1/grants", map[string]any{"receiver": p.people[receiver].String(), "kind": "customer", "records": []string{id.String()}, "actions": actions,
			"fields": []any{map[string]any{"class": "*", "level": "plain", "edit": true}}, "until": p.clock.Now().Add(time.Hour), "purpose": "holiday"})
	}
	grant("seller", "staff", id, "read", "delete").is(403, "grant_more")
	grant("auditor", "staff", id, "edit").is(403, "")
	grant("rival", "staff", id, "read").is(404, "")
	lent := into[made](grant("seller", "staff", id, "read", "edit").must(201))
	staff := p.as("staff")
	got := into[item](staff.get(recordPath("customer", id)).must(200).lacks(p.values["seller1"]["id_number"].(string)))
	for _, name := range []string{"owner", "unit", "pool", "credit_limit", "id_number"} {
		if slices.Contains(got.Editable, name) {
			t.Errorf("%s may be written, which the giver may not", name)
		}
	}
	// Not passed on, and gone with its revocation.
	grant("staff", "exowner", id, "read").is(403, "")
	p.as("staff").post(recordPath("customer", id)+"/team", map[string]any{"person": p.people["exowner"].String()}).is(403, "")
	p.as("rival").do("DELETE", "/api/v1/grants/"+lent.ID.String(), nil).is(404, "")
	p.as("seller").do("DELETE", "/api/v1/grants/"+lent.ID.String(), nil).must(200)
	staff.get(recordPath("customer", id)).is(404, "")
}

// regrant: a second grant, and its end, leave the first as it was.
func regrant(t *testing.T, p *program) {
	one, two, three := p.customer("seller", nil), p.customer("seller", nil), p.customer("seller", nil)
	seller, staff := p.as("seller"), p.as("staff")
	give := func(level string, ids ...policy.ID) string {
		var named []string
		for _, id := range ids {
			named = append(named, id.String())
		}
		return into[made](seller.post("/api/v1/grants", map[string]any{"receiver": p.people["staff"].String(), "kind": "customer", "records": named, "actions": []string{"read"},
			"fields": []any{map[string]any{"class": "general", "level": level}}, "until": p.clock.Now().Add(time.Hour), "purpose": "one by one"}).must(201)).ID.String()
	}
	sees := func(want ...policy.ID) {
		t.Helper()
		for _, id := range []policy.ID{one, two, three} {
			status := 404
			if slices.Contains(want, id) {
				status = 200
			}
			staff.get(recordPath("customer", id)).is(status, "")
		}
		if n := hits(staff.list("customer")); n != len(want) {
			t.Errorf("%d in the list, want %d", n, len(want))
		}
	}
	first := give("plain", one)
	sees(one)
	second := give("masked", one, two)
	sees(one, two)
	if got := into[item](staff.get(recordPath("customer", two))); got.Fields["name"] != nil {
		t.Errorf("the second grant shows %v", got.Fields)
	}
	seller.do("DELETE", "/api/v1/grants/"+second, nil).must(200)
	sees(one)
	seller.do("DELETE", "/api/v1/grants/"+first, nil).must(200)
	sees()
}

// lastAdministrator: whoever can still administer permissions or people is not removed, and two
// do not remove each other at once.
func lastAdministrator(t *testing.T, p *program) {
	boss := p.as("boss")
	var peers []*client
	var ids []policy.ID
	for _, login := range []string{"second", "third"} {
		made := into[item](boss.post("/api/v1/records/person", fieldsOf(map[string]any{"name": login, "login": login})).must(201))
		boss.do("PUT", "/api/v1/org/people/"+made.ID.String()+"/password", map[string]string{"password": password}).must(204)
		p.assigns("boss", made.ID)
		ids, peers = append(ids, made.ID), append(peers, p.as(login))
	}
	stop := func(who *client, id policy.ID) int {
		return who.post("/api/v1/org/people/"+id.String()+"/stop", nil).status
	}
	for _, login := range []string{"boss", "admin"} {
		if status := stop(peers[0], p.people[login]); status != 200 {
			t.Fatalf("stopping %s: %d", login, status)
		}
	}
	var both sync.WaitGroup
	status := make([]int, 2)
	for i := range peers {
		both.Go(func() { status[i] = stop(peers[i], ids[1-i]) })
	}
	both.Wait()
	slices.Sort(status)
	if status[0] != 200 || status[1] == 200 {
		t.Errorf("two who stop each other are answered %v", status)
	}
	left := 0
	for i, c := range peers {
		if c.get("/api/v1/me").status == 200 {
			left++
			for _, login := range []string{"boss", "admin"} {
				c.post("/api/v1/org/people/"+p.people[login].String()+"/open", nil).must(200)
			}
			c.post("/api/v1/org/people/"+ids[i].String()+"/stop", nil).is(403, "self")
		}
	}
	if left != 1 {
		t.Errorf("%d administrators are left", left)
	}
}

// oneVersionWins: of 50 who change one record in the version that they saw, one does.
func oneVersionWins(t *testing.T, p *program) {
	id := p.customer("seller", nil)
	browsers := []*client{p.as("seller"), p.as("seller"), p.as("easthead")}
	won, stale := p.race(50, func(i int) *reply {
		return browsers[i%3].patch(recordPath("customer", id), "1", map[string]any{"remark": fmt.Sprint("by ", i)})
	}, 412)
	if won != 1 || stale != 49 {
		t.Errorf("%d won, %d were stale", won, stale)
	}
	if got := into[item](p.as("seller").get(recordPath("customer", id))); got.Version.String() != "2" {
		t.Errorf("the record is at version %s", got.Version)
	}
}

// oneClaimWins: a head hands a customer of the pool to somebody; of 50 at once one succeeds.
func oneClaimWins(t *testing.T, p *program) {
	id := p.make("customer", map[string]any{"name": "in the pool", "owner": nil, "pool": p.pool.String()})
	head := p.as("westhead")
	people := []string{"rival", "exowner", "lapsed", "pooler"}
	won, stale := p.race(50, func(i int) *reply {
		return head.patch(recordPath("customer", id), "1", map[string]any{"owner": p.people[people[i%4]].String(), "unit": p.units["west"].String(), "pool": nil})
	}, 412)
	if won != 1 || stale != 49 {
		t.Errorf("%d won, %d were stale", won, stale)
	}
}

// race sends all at once and counts successes and the other status.
func (p *program) race(n int, send func(i int) *reply, other int) (won, lost int) {
	var all sync.WaitGroup
	status := make([]int, n)
	for i := range n {
		all.Go(func() { status[i] = send(i).status })
	}
	all.Wait()
	for _, s := range status {
		switch s {
		case 200:
			won++
		case other:
			lost++
		default:
			p.t.Errorf("a racer is answered %d", s)
		}
	}
	return won, lost
}

// transfer: who handed a customer over sees neither it nor what hangs on it, at once and on every
// way; contacts follow.
func transfer(t *testing.T, p *program) {
	id := p.customer("exowner", nil)
	contact := p.make("contact", map[string]any{"name": "leftbehind", "customer": id.String()})
	exowner := p.as("exowner")
	exowner.get(recordPath("contact", contact)).must(200)
	p.as("head").patch(recordPath("customer", id), "1", map[string]any{"owner": p.people["seller"].String(), "unit": p.units["east"].String()}).must(200)
	for _, r := range []*reply{exowner.get(recordPath("customer", id)), exowner.get(recordPath("contact", contact)), exowner.get(recordPath("customer", p.ids["moved"])), exowner.get("/api/v1/explain?kind=customer&id=" + id.String())} {
		r.is(404, "")
	}
	exowner.list("contact").lacks("leftbehind")
	exowner.list("contact", "q", "leftbehind").lacks(contact.String())
	p.as("seller").get(recordPath("contact", contact)).must(200)
}
