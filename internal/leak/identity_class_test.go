package leak_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
)

// lend gives a person a customer until an instant, as it is written in JSON.
func (p *program) lend(receiver string, id policy.ID, until any) policy.ID {
	p.t.Helper()
	return into[made](p.as("boss").post("/api/v1/grants", map[string]any{"receiver": p.people[receiver].String(), "kind": "customer", "records": []string{id.String()}, "actions": []string{"read", "edit", "export"},
		"fields": []any{map[string]any{"class": "*", "level": "plain", "edit": true}}, "until": until, "purpose": "for a while"}).must(201)).ID
}

// reaches asks on all ways to a record whether it is there.
func (c *client) reaches(id policy.ID, want bool) {
	c.p.t.Helper()
	status := 404
	if want {
		status = 200
	}
	c.get(recordPath("customer", id)).is(status, "")
	c.get("/api/v1/explain?kind=customer&id="+id.String()).is(status, "")
	list := c.list("customer", "sum", "annual_revenue")
	if found := strings.Contains(string(list.body), `"id":"`+id.String()+`"`); found != want {
		c.p.t.Errorf("in the list: %v, want %v: %.300s", found, want, list.body)
	}
	if search := c.list("customer", "q", "wordoflending"); strings.Contains(string(search.body), `"id":"`+id.String()+`"`) != want {
		c.p.t.Errorf("in the search: not %v: %.300s", want, search.body)
	}
	if count := c.list("customer", "filter", fmt.Sprintf("r.id == '%s'", id)); strings.Contains(string(count.body), `"count":1`) != want {
		c.p.t.Errorf("in the count: not %v: %.300s", want, count.body)
	}
}

// grantEndsAtItsInstant: up to the last microsecond, and not at its end; no job has to run.
func grantEndsAtItsInstant(t *testing.T, p *program) {
	id := p.customer("seller", map[string]any{"name": "wordoflending"})
	p.lend("lapsed", id, p.clock.Now().Add(time.Hour))
	lapsed := p.as("lapsed")
	lapsed.reaches(id, true)
	p.clock.forward(time.Hour - time.Microsecond)
	lapsed.reaches(id, true)
	lapsed.patch(recordPath("customer", id), "1", map[string]any{"remark": "the last moment"}).must(200)
	p.clock.forward(time.Microsecond)
	lapsed.reaches(id, false)
	p.refused("customer", id, 404, "", func() *reply {
		return lapsed.patch(recordPath("customer", id), "2", map[string]any{"remark": "too late"})
	})
	lapsed.get(recordPath("customer", p.ids["seller2"])).is(404, "")
	p.clock.set(today)
}

// grantZone: an end with an offset is the same instant, whatever the zone of the server.
func grantZone(t *testing.T, p *program) {
	id := p.customer("seller", map[string]any{"name": "wordoflending"})
	until := p.clock.Now().Add(30 * time.Minute)
	p.lend("lapsed", id, until.In(time.FixedZone("", 8*3600)).Format(time.RFC3339))
	lapsed := p.as("lapsed")
	p.clock.forward(30*time.Minute - time.Microsecond)
	lapsed.reaches(id, true)
	p.clock.forward(time.Microsecond)
	lapsed.reaches(id, false)
	p.clock.set(today)
}

// disabledAtOnce: with the answer to the stop, sessions and tokens are dead.
func disabledAtOnce(t *testing.T, p *program) {
	boss := p.as("boss")
	made := into[item](boss.post("/api/v1/records/person", fieldsOf(map[string]any{"name": "leaver", "login": "leaver"})).must(201))
	boss.do("PUT", "/api/v1/org/people/"+made.ID.String()+"/password", map[string]string{"password": password}).must(204)
	p.assigns("boss", made.ID)
	leaver := p.as("leaver")
	secret, _ := p.newToken("leaver", map[string]any{"name": "x", "until": p.clock.Now().Add(time.Hour)})
	token := p.withToken(secret)
	token.get(recordPath("customer", p.ids["seller1"])).must(200)
	leaver.get(recordPath("customer", p.ids["seller1"])).must(200)
	boss.post("/api/v1/org/people/"+made.ID.String()+"/stop", nil).must(200)
	for _, c := range []*client{leaver, token} {
		c.get(recordPath("customer", p.ids["seller1"])).is(401, "signin")
		c.get("/api/v1/me").is(401, "signin")
		p.refused("customer", p.ids["seller1"], 401, "signin", func() *reply {
			return c.patch(recordPath("customer", p.ids["seller1"]), "1", map[string]any{"remark": "x"})
		})
	}
	p.anonymous().post("/api/v1/session", map[string]string{"login": "leaver", "password": password}).is(401, "credentials")
	// The account that was stopped by the record's own field is stopped as well.
	admin := p.as("admin")
	other := into[item](admin.post("/api/v1/records/person", fieldsOf(map[string]any{"name": "inactive", "login": "inactive"})).must(201))
	admin.do("PUT", "/api/v1/org/people/"+other.ID.String()+"/password", map[string]string{"password": password}).must(204)
	inactive := p.as("inactive")
	if admin.patch(recordPath("person", other.ID), "1", map[string]any{"active": false}).status == 200 {
		inactive.get("/api/v1/me").is(401, "signin")
	}
}

// passwordEndsSessions: a changed password ends the other sessions and the tokens.
func passwordEndsSessions(t *testing.T, p *program) {
	boss := p.as("boss")
	made := into[item](boss.post("/api/v1/records/person", fieldsOf(map[string]any{"name": "changer", "login": "changer"})).must(201))
	give := func(word string) {
		boss.do("PUT", "/api/v1/org/people/"+made.ID.String()+"/password", map[string]string{"password": word}).must(204)
	}
	give(password)
	here, there := p.as("changer"), p.as("changer")
	here.post("/api/v1/password", map[string]string{"old": password, "new": "another " + password}).must(204)
	here.get("/api/v1/me").must(200)
	there.get("/api/v1/me").is(401, "signin")
	p.anonymous().post("/api/v1/session", map[string]string{"login": "changer", "password": password}).is(401, "credentials")
	give("a third " + password)
	here.get("/api/v1/me").is(401, "signin")
}

// tokensEnd: a token that was revoked, or whose end has come, is nobody's.
func tokensEnd(t *testing.T, p *program) {
	for _, end := range []func(id policy.ID){
		func(id policy.ID) { p.as("boss").do("DELETE", "/api/v1/tokens/"+id.String(), nil).must(204) },
		func(policy.ID) { p.clock.forward(time.Hour) },
	} {
		secret, id := p.newToken("boss", map[string]any{"name": "ends", "until": p.clock.Now().Add(time.Hour)})
		token := p.withToken(secret)
		p.clock.forward(time.Hour - time.Microsecond)
		token.get("/api/v1/me").must(200)
		p.clock.forward(-time.Hour + time.Microsecond)
		end(id)
		same(t, token.get("/api/v1/me").is(401, "signin"), p.withToken("guan_made_up").get("/api/v1/me"))
		token.get(recordPath("customer", p.ids["seller1"])).is(401, "signin")
		p.clock.set(today)
	}
	for _, header := range []string{"Bearer", "Bearer ", "Basic Ym9zczpib3Nz", "bearer null", "Bearer undefined"} {
		p.anonymous().do("GET", "/api/v1/me", nil, "Authorization", header).is(401, "signin")
	}
	// A made-up token is not forgiven because there is a cookie too.
	p.as("boss").do("GET", "/api/v1/me", nil, "Authorization", "Bearer wrong").is(401, "signin")
}

// tokenScope: a token narrowed to reading one kind reads that, and what belongs to signing in is
// out of its reach.
func tokenScope(t *testing.T, p *program) {
	secret, _ := p.newToken("boss", map[string]any{"name": "narrow", "kinds": []string{"customer"}, "actions": []string{"read"}, "until": p.clock.Now().Add(time.Hour)})
	token := p.withToken(secret)
	got := into[item](token.get(recordPath("customer", p.ids["seller1"])).must(200))
	if len(got.Can) > 0 || len(got.Editable) > 0 {
		t.Errorf("can %v, editable %v", got.Can, got.Editable)
	}
	token.get(recordPath("contact", p.ids["contact/seller1"])).is(404, "")
	if n := hits(token.list("contact")) + hits(token.list("person")); n != 0 {
		t.Errorf("the token finds %d records of other kinds", n)
	}
	token.get("/api/v1/kinds").must(200).lacks(`"name":"contact"`)
	p.refused("customer", p.ids["seller1"], 403, "", func() *reply {
		return token.patch(recordPath("customer", p.ids["seller1"]), "1", map[string]any{"name": "x"})
	})
	token.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "x"})).is(403, "")
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"GET", "/api/v1/tokens", nil}, {"POST", "/api/v1/tokens", map[string]any{"name": "x", "until": p.clock.Now().Add(time.Hour)}}, {"GET", "/api/v1/sessions", nil}, {"POST", "/api/v1/password", map[string]string{"old": password, "new": "other " + password}},
		{"POST", "/api/v1/grants", map[string]any{"receiver": "5", "kind": "customer", "actions": []string{"read"}, "fields": []any{}, "until": p.clock.Now().Add(time.Hour), "purpose": "x"}},
		{"POST", "/api/v1/policy/assignments", map[string]any{"pack": "boss", "who": policy.Clause{Person: p.people["staff"]}}}, {"GET", "/api/v1/policy/rules", nil}, {"GET", "/api/v1/sees?person=" + p.people["seller"].String(), nil},
		{"POST", "/api/v1/org/people/" + p.people["lapsed"].String() + "/stop", nil}, {"GET", "/api/v1/explain?kind=customer&id=" + p.ids["seller1"].String() + "&person=" + p.people["seller"].String(), nil},
		{"POST", "/api/v1/org/units", map[string]any{"name": "x", "type": "team", "parent": p.units["root"].String()}}, {"POST", "/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}},
		{"GET", "/api/v1/who-can?kind=customer&id=" + p.ids["seller1"].String(), nil}, {"POST", recordPath("customer", p.ids["seller1"]) + "/team", map[string]any{"person": p.people["staff"].String()}},
	} {
		token.do(try.method, try.path, try.body).is(403, "")
	}
	// Within scope of the kind, but of the actions only reading: grants of others by the token's
	// person stay out of sight with kinds that are out of scope.
	empty, _ := p.newToken("boss", map[string]any{"name": "odd", "kinds": []string{"product"}, "actions": []string{"read"}, "until": p.clock.Now().Add(time.Hour)})
	p.withToken(empty).get(recordPath("customer", p.ids["seller1"])).is(404, "")
	p.withToken(empty).get(recordPath("customer", p.ids["seller1"])+"/team").is(404, "")
}

// revokedAtOnce: what was taken away is gone with the answer, on every way and in every session.
func revokedAtOnce(t *testing.T, p *program) {
	boss := p.as("boss")
	id := p.customer("boss", map[string]any{"name": "wordoflending", "unit": p.units["root"].String()})
	sessions := []*client{p.as("lapsed"), p.as("lapsed")}
	for range 3 {
		grant := p.lend("lapsed", id, p.clock.Now().Add(time.Hour))
		for _, c := range sessions {
			c.reaches(id, true)
		}
		boss.do("DELETE", "/api/v1/grants/"+grant.String(), nil).must(200)
		for _, c := range sessions {
			c.reaches(id, false)
		}
		rule := openRule(policy.Clause{Person: p.people["lapsed"]})
		p.writes("revoked", rule)
		sessions[1].reaches(id, true)
		boss.do("DELETE", "/api/v1/policy/rules/revoked", nil).must(204)
		sessions[1].reaches(id, false)
		p.assigns("auditor", p.people["lapsed"])
		sessions[0].get(recordPath("customer", id)).must(200)
		p.enacts(func(d map[string]any) {
			d["assignments"] = slices.DeleteFunc(d["assignments"].([]any), func(a any) bool {
				one := a.(map[string]any)
				return one["pack"] == "auditor" && one["who"].(map[string]any)["person"] == p.people["lapsed"].String()
			})
		})
		sessions[0].reaches(id, false)
	}
}

// notCached: nothing that a person is told may be kept by anybody between, or told to another.
func notCached(t *testing.T, p *program) {
	seller, rival := p.as("seller"), p.as("rival")
	path := recordPath("customer", p.ids["seller1"])
	first := seller.get(path).must(200)
	for _, headers := range [][]string{{"If-None-Match", first.header.Get("ETag")}, {"If-None-Match", "*"}, {"If-Modified-Since", time.Now().UTC().Format(time.RFC1123)}, {"Range", "bytes=0-5"}, {"If-None-Match", `"1"`, "If-Range", `"1"`, "Range", "bytes=0-3"}} {
		rival.do("GET", path, nil, headers...).is(404, "record")
		seller.do("GET", path, nil, headers...).must(200)
	}
	for _, r := range []*reply{first, rival.get(path), seller.list("customer"), p.anonymous().get("/api/v1/me"), seller.get("/api/v1/me"), seller.get("/api/v1/nothing"), seller.get("/api/v1/kinds"), seller.do("OPTIONS", path, nil), seller.get("/api/v1/sessions")} {
		if r.header.Get("Cache-Control") != "no-store" || r.header.Get("Last-Modified") != "" || r.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", r.asked, r.header)
		}
	}
	// Two people on one connection are two people.
	shared := p.anonymous()
	for _, who := range []string{"seller", "rival", "seller"} {
		shared.post("/api/v1/session", map[string]string{"login": who, "password": password}).must(200)
		want := map[string]int{"seller": 200, "rival": 404}[who]
		shared.get(path).is(want, "")
		shared.get("/api/v1/me").lacks(map[string]string{"seller": "rival", "rival": "seller"}[who])
	}
}

// emptyMeansNone: nothing, negation and what is missing never mean everything.
func emptyMeansNone(t *testing.T, p *program) {
	boss, rival := p.as("boss"), p.as("rival")
	all := into[page](rival.list("customer")).Total.Count
	for _, filter := range []string{"!(r.phone == 'x')", "!(r.id == '1')", "true", "!false", "r.id != '1'", "p.id != '1'", "!('x' in r.tags)", "!has(r.phone) || has(r.phone)", "r.name == r.name || !(r.name == r.name)"} {
		if r := rival.list("customer", "filter", filter); r.status == 200 && into[page](r).Total.Count > all {
			t.Errorf("%s opens %d of %d", filter, into[page](r).Total.Count, all)
		}
	}
	for _, filter := range []string{"r.name in []", "p.nothing == 'x'", "r.owner == p.nothing", "ctx.nothing == r.name", "", " ", "()", "r", "p"} {
		if r := rival.list("customer", "filter", filter); r.status == 200 && filter != "" && into[page](r).Total.Count > 0 {
			t.Errorf("%q finds %d", filter, into[page](r).Total.Count)
		}
	}
	before := string(p.as("staff").list("customer").body)
	for name, change := range map[string]func(rule map[string]any){
		"nobody":     func(r map[string]any) { r["who"] = map[string]any{"any": []any{}} },
		"no clause":  func(r map[string]any) { r["who"] = map[string]any{"any": []any{map[string]any{}}} },
		"no path":    func(r map[string]any) { r["where"] = map[string]any{} },
		"no units":   func(r map[string]any) { r["where"] = map[string]any{"path": "units", "units": []any{}} },
		"empty all":  func(r map[string]any) { r["when"] = map[string]any{"op": "all", "args": []any{}} },
		"empty any":  func(r map[string]any) { r["when"] = map[string]any{"op": "any", "args": []any{}} },
		"empty in":   func(r map[string]any) { r["when"] = map[string]any{"op": "in", "field": "name", "values": []any{}} },
		"no actions": func(r map[string]any) { r["actions"] = []any{} },
		"no effect":  func(r map[string]any) { r["effect"] = "" },
		"no scene":   func(r map[string]any) { r["scene"] = "" },
	} {
		rule := openRule(policy.Clause{Person: p.people["staff"]})
		change(rule)
		if r := boss.do("PUT", "/api/v1/policy/rules/empty", rule); r.status < 400 {
			t.Errorf("a rule with %s is taken: %s", name, r.body)
			boss.do("DELETE", "/api/v1/policy/rules/empty", nil)
		}
	}
	if after := string(p.as("staff").list("customer").body); withoutRequest(after) != withoutRequest(before) {
		t.Errorf("before %s, after %s", before, after)
	}
}

func withoutRequest(body string) string {
	head, _, _ := strings.Cut(body, `"request_id"`)
	return head
}

// danglingRules: what a rule stands on is not removed from under it.
func danglingRules(t *testing.T, p *program) {
	boss := p.as("boss")
	boss.do("PUT", "/api/v1/policy/fields/customer/c_dangling", map[string]any{"type": "text", "class": "general", "label": map[string]string{"zh": "悬空", "en": "Dangling"}}, "If-Match", "0").must(200)
	rule := openRule(policy.Clause{Unit: p.units["service"]})
	rule["when"] = map[string]any{"op": "eq", "field": "c_dangling", "value": map[string]any{"text": "x"}}
	p.writes("dangling", rule)
	boss.do("DELETE", "/api/v1/policy/fields/customer/c_dangling", nil).is(409, "")
	boss.do("DELETE", "/api/v1/org/units/"+p.units["service"].String(), nil, "If-Match", "1").is(409, "")
	boss.do("DELETE", "/api/v1/org/positions/member", nil).is(409, "")
	if n := p.as("service").list("customer", "filter", fmt.Sprintf("r.id == '%s'", p.ids["boss1"])); strings.Contains(string(n.body), `"count":1`) {
		t.Errorf("the rule opens %s", n.body)
	}
	boss.do("DELETE", "/api/v1/policy/rules/dangling", nil).must(204)
	boss.do("DELETE", "/api/v1/policy/fields/customer/c_dangling", nil).must(204)
}

// attacks are texts that mean something to SQL, JSON paths, CEL, full-text search or a template.
var attacks = []string{
	"' OR '1'='1", "1; DROP TABLE customer; --", "name; --", "name) FROM customer; --", "id, (SELECT password_hash FROM credential)", "r.name' || 'x", "\" OR \"\"=\"", "*", "%", "_", "name*", "\"name", "name OR owner",
	"name NEAR owner", "-", "--", "^name", "{name}", "name:*", "(", "$1", "$.name", "custom->>'x'", "../person", "..%2f", "\\", "'); SELECT 1; --", "${7*7}", "{{7*7}}", "name\x01", "１", "null", "undefined", "[]", "{}", "true OR 1=1", "COLLATE NOCASE", "-name,owner", "name desc",
}

// injection: no parameter is more than a value. Nothing answers 500, nothing finds more than one
// may see, and the tables are still there.
func injection(t *testing.T, p *program) {
	boss, rival := p.as("boss"), p.as("rival")
	before := p.fingerprint("customer")
	all := into[page](rival.list("customer")).Total.Count
	for _, attack := range attacks {
		for _, name := range []string{"sort", "fields", "filter", "cursor", "q", "sum", "count", "limit"} {
			for _, text := range []string{attack, "r.name == " + attack, "r.name == '" + strings.ReplaceAll(attack, "'", `\'`) + "'"} {
				if text != attack && name != "filter" {
					continue
				}
				r := rival.list("customer", name, text)
				switch {
				case r.status >= 500:
					t.Errorf("%s=%q: %d %s", name, text, r.status, r.body)
				case r.status == 200 && into[page](r).Total != nil && into[page](r).Total.Count > all:
					t.Errorf("%s=%q finds %d of %d", name, text, into[page](r).Total.Count, all)
				}
			}
		}
		escaped := url.PathEscape(attack)
		for _, path := range []string{"/api/v1/records/" + escaped, "/api/v1/records/customer/" + escaped, "/api/v1/records/" + escaped + "/1", "/api/v1/explain?kind=" + url.QueryEscape(attack) + "&id=1", "/api/v1/explain?kind=customer&id=" + p.ids["rival1"].String() + "&action=" + url.QueryEscape(attack), "/api/v1/explain?kind=customer&field=" + url.QueryEscape(attack) + "&id=" + p.ids["rival1"].String()} {
			if r := rival.get(path); r.status >= 500 || r.status == 200 {
				t.Errorf("%s: %d %.200s", path, r.status, r.body)
			}
		}
		id := into[item](rival.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "of injection", "remark": strings.ReplaceAll(attack, "\x01", "")})).must(201)).ID
		if got := into[item](rival.get(recordPath("customer", id)).must(200)).Fields["remark"]; got != strings.TrimSpace(strings.ReplaceAll(attack, "\x01", "")) {
			t.Errorf("%q became %q", attack, got)
		}
		boss.do("DELETE", recordPath("customer", id), nil, "If-Match", "1").must(204)
		for _, body := range []map[string]any{{"ids": []any{map[string]any{"id": attack, "version": 1}}, "fields": map[string]any{"name": "x"}}, {"ids": []any{map[string]any{"id": "1", "version": attack}}, "fields": map[string]any{"name": "x"}}} {
			if r := rival.post("/api/v1/records/customer/batch", body); r.status != 400 {
				t.Errorf("%q in a batch: %d %s", attack, r.status, r.body)
			}
		}
	}
	if after := p.fingerprint("customer"); after != before {
		t.Errorf("something changed:\n%s", difference(before, after))
	}
}

// foreignCursor: a cursor is a place in an order and no right. Another person's, one of another
// sort, and one that somebody made up show only what the asker may see, or are refused.
func foreignCursor(t *testing.T, p *program) {
	boss, rival := p.as("boss"), p.as("rival")
	ids := map[string]bool{}
	for _, it := range into[page](rival.list("customer")).Items {
		ids[it.ID.String()] = true
	}
	try := func(cursor string, query ...string) {
		t.Helper()
		r := rival.list("customer", append(query, "cursor", cursor)...)
		if r.status != 200 {
			r.is(400, "")
			return
		}
		for _, it := range into[page](r).Items {
			if !ids[it.ID.String()] {
				t.Errorf("cursor %s shows %s", cursor, it.ID)
			}
		}
	}
	for _, sort := range []string{"name", "-name", "updated_at", "birthday", "annual_revenue", "created_at"} {
		cursor := into[page](boss.list("customer", "sort", sort, "limit", "3").must(200)).Next
		try(cursor, "sort", sort)
		rival.list("customer", "sort", "-created_at", "cursor", cursor).is(400, "cursor")
		rival.list("customer", "sort", sort, "cursor", cursor+"x").is(400, "")
		rival.list("customer", "sort", sort, "cursor", cursor[:len(cursor)-3]).is(400, "")
	}
	for _, made := range []string{`{"s":"name","i":"1","v":""}`, `{"s":"name","r":true,"i":"1"}`, `{"s":"name","b":true}`, `{"s":"name","r":true,"b":true}`, `{"s":"name","i":"1","v":5}`, `{"s":"name","i":"1","v":null}`, `{"s":"name","i":"-1","v":"x"}`, `{"s":"name","i":"9007199254740993","v":"x"}`, `{"s":"name","i":"1","v":"' OR 1=1 --"}`, `{"s":"name","i":"1","v":{"x":1}}`, `[]`, `null`, `{"s":"name","tenant":2,"i":"1","v":"a"}`} {
		try(base64.RawURLEncoding.EncodeToString([]byte(made)), "sort", "name")
	}
	// On a field that is masked for the asker a place made up from a guess tells nothing.
	auditor := p.as("auditor")
	place := func(value int) string {
		return base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf(`{"s":"annual_revenue","i":"1","v":%d}`, value)))
	}
	same(t, auditor.list("customer", "sort", "annual_revenue", "cursor", place(1)).must(200), auditor.list("customer", "sort", "annual_revenue", "cursor", place(9_000_000_000_000)))
}
