package leak_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/records"
)

// cursorValue is the sort value in a cursor.
func cursorValue(cursor string) string {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	var inside struct {
		V json.RawMessage `json:"v"`
	}
	if err == nil {
		err = json.Unmarshal(text, &inside)
	}
	if err != nil {
		return ""
	}
	return string(inside.V)
}

// errorsCarryNothing: no refusal repeats what was sent, and none what stands there.
func errorsCarryNothing(t *testing.T, p *program) {
	const canary = "zqxwvutsrqponmlk"
	seller := p.as("seller")
	for _, f := range records.Builtin().Kind("customer").Fields {
		for _, bad := range []any{canary, []any{canary}, map[string]any{canary: 1}, canary + "\x00", 12345678987654321.5, strings.Repeat(canary, 2000)} {
			r := seller.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "x", f.Name: bad}))
			if r.status >= 400 {
				r.lacks(canary, "12345678987654321")
			}
			if r.status >= 500 {
				t.Errorf("%s = %.40v: %d %s", f.Name, bad, r.status, r.body)
			}
		}
	}
	for _, query := range []string{"filter", "sort", "fields", "sum", "cursor", "count", "limit"} {
		for _, bad := range []string{canary, "r." + canary + " == 1", "r.name == " + canary, "r.name == '" + canary, "r.phone > " + canary + "()"} {
			r := seller.list("customer", query, bad)
			if r.status >= 500 {
				t.Errorf("%s=%s: %s", query, bad, r.body)
			}
			if query != "filter" {
				r.lacks(canary)
			}
		}
	}
	seller.get("/api/v1/records/"+canary).is(404, "").lacks(canary)
	seller.get("/api/v1/records/customer/"+canary).is(400, "").lacks(canary)
	seller.do("PATCH", recordPath("customer", p.ids["seller1"]), fieldsOf(map[string]any{"phone": canary}), "If-Match", canary).is(400, "").lacks(canary)
	p.anonymous().post("/api/v1/session", map[string]string{"login": canary, "password": canary}).is(401, "credentials").lacks(canary)
	// A refused write on what stands there tells nothing of it.
	p.as("marketing").patch(recordPath("customer", p.ids["seller1"]), "1", map[string]any{"phone": "13100000000"}).lacks(p.values["seller1"]["phone"].(string))
	p.as("seller").patch(recordPath("customer", p.ids["seller1"]), "77", map[string]any{"remark": "x"}).is(412, "").lacks(p.values["seller1"]["remark"].(string))
}

// hiddenCustomField: a field that the company added and that somebody sees on no record does not
// exist for them: not in a list of fields, nor in what is answered to a request that names it.
func hiddenCustomField(t *testing.T, p *program) {
	boss := p.as("boss")
	field := map[string]any{"type": "choice", "class": "internal", "label": map[string]string{"zh": "收购意向", "en": "Takeover intent"},
		"choices": []any{map[string]any{"code": "hostilebid", "label": map[string]string{"zh": "敌意", "en": "Hostile bid"}}}}
	boss.do("PUT", "/api/v1/policy/fields/customer/c_takeover", field, "If-Match", "0").must(200)
	boss.do("PUT", "/api/v1/policy/fields/customer/c_offer", map[string]any{"type": "money", "class": "internal", "label": map[string]string{"zh": "报价", "en": "Offer price"}}, "If-Match", "0").must(200)
	// Tags that a rule keeps are hidden with their class too, and that a rule keeps them.
	boss.do("PUT", "/api/v1/policy/fields/customer/c_appetite", map[string]any{"type": "choices", "class": "internal", "label": map[string]string{"zh": "购买欲", "en": "Appetite"},
		"choices": []any{map[string]any{"code": "ravenous", "label": map[string]string{"zh": "旺盛", "en": "Ravenous"}}},
		"group":   map[string]any{"colour": "red", "rules": []any{map[string]any{"tag": "ravenous", "terms": []any{map[string]any{"relation": "activities", "op": "ge", "value": "0"}}}}}}, "If-Match", "0").must(200)
	id := p.customer("marketing", map[string]any{"c_takeover": "hostilebid", "c_offer": "777666555.00", "phone": "13800138000"})
	words := []string{"c_takeover", "c_offer", "收购", "Takeover", "hostilebid", "Hostile bid", "777666555", "Offer price", "c_appetite", "购买欲", "Appetite", "ravenous"}
	path := recordPath("customer", id)
	for _, who := range []string{"marketing", "finance", "trainee", "staff", "admin"} {
		c := p.as(who)
		if who == "admin" { // who administers the policy knows the fields, not what stands in them
			c.list("customer").lacks(words...)
			continue
		}
		for _, r := range []*reply{c.get("/api/v1/kinds"), c.get("/openapi.json"), c.get("/api/v1/me"), c.get(path), c.list("customer"), c.get("/api/v1/sees"), c.get("/api/v1/policy/fields")} {
			r.lacks(words...)
		}
		// The name of the field that is there is answered as one that is not, of the same length.
		for _, ask := range []func(name string) *reply{
			func(name string) *reply { return c.list("customer", "sort", name) },
			func(name string) *reply { return c.list("customer", "fields", name) },
			func(name string) *reply { return c.list("customer", "sum", name) },
			func(name string) *reply { return c.list("customer", "filter", "has(r."+name+")") },
			func(name string) *reply { return c.list("customer", "filter", "r."+name+" == 'hostilebid'") },
			func(name string) *reply { return c.list("customer", "filter", "r."+name+" == 5") },
			func(name string) *reply { return c.list("customer", "filter", "r."+name+" > 5.0") },
			func(name string) *reply { return c.list("customer", "filter", "r.name == r."+name) },
			func(name string) *reply { return c.list("customer", "filter", "r."+name+" == r.name") },
			func(name string) *reply { return c.list("customer", "filter", "'x' in r."+name) },
			func(name string) *reply {
				return c.list("customer", "filter", "distance(r."+name+", point(1.0, 1.0)) < 5.0")
			},
			func(name string) *reply {
				return c.list("customer", "filter", "r.name == 'x' && (r."+name+" == 'y' || !has(r."+name+"))")
			},
			func(name string) *reply { return c.list("contact", "filter", "r.customer."+name+" == 'x'") },
			func(name string) *reply {
				return c.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "x", name: "hostilebid"}))
			},
			func(name string) *reply {
				return c.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "x", name: "wrong"}))
			},
			func(name string) *reply {
				return c.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "x", name: nil}))
			},
			func(name string) *reply { return c.patch(path, "1", map[string]any{name: "hostilebid"}) },
			func(name string) *reply { return c.patch(path, "1", map[string]any{name: 5}) },
			func(name string) *reply { return c.patch(path, "1", map[string]any{name: nil}) },
			func(name string) *reply {
				return c.post("/api/v1/records/customer/batch", map[string]any{"ids": []any{map[string]any{"id": id.String(), "version": 1}}, "fields": map[string]any{name: "x"}})
			},
			func(name string) *reply {
				return c.get("/api/v1/explain?kind=customer&id=" + id.String() + "&field=" + name)
			},
			func(name string) *reply {
				return c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "fields": []string{name}})
			},
			func(name string) *reply {
				return c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": "r." + name + " == 5"})
			},
			func(name string) *reply {
				return c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "sort": name})
			},
			func(name string) *reply {
				return c.post("/api/v1/grants", map[string]any{"receiver": p.people["boss"].String(), "kind": "customer", "records": []string{id.String()}, "actions": []string{"read"},
					"fields": []any{map[string]any{"field": name, "level": "plain"}}, "until": p.clock.Now().Add(time.Hour), "purpose": "x"})
			},
			func(name string) *reply {
				return c.post("/api/v1/grants", map[string]any{"receiver": p.people["boss"].String(), "kind": "customer", "actions": []string{"read"},
					"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "until": p.clock.Now().Add(time.Hour), "purpose": "x",
					"when": map[string]any{"op": "eq", "field": name, "value": map[string]any{"text": "x"}}})
			},
			func(name string) *reply { return c.upload("customer", "name,"+name+"\nx,5\n", nil) },
		} {
			there, absent, money, ruled := ask("c_takeover"), ask("c_takeoveR"), ask("c_offer"), ask("c_appetite")
			one := strings.ReplaceAll(plain(there), "c_takeover", "FIELD")
			for name, r := range map[string]*reply{"c_takeoveR": absent, "c_offer": money, "c_appetite": ruled} {
				if other := strings.ReplaceAll(plain(r), name, "FIELD"); one != other && !(name == "c_offer" && sameButPosition(one, other)) {
					t.Errorf("%s: %s tells the hidden field from one that is not:\n%s", who, there.asked, difference(one, other))
				}
			}
		}
	}
	for _, key := range []string{"c_takeover", "c_offer", "c_appetite"} {
		boss.do("DELETE", "/api/v1/policy/fields/customer/"+key, nil).must(204)
	}
}

// sameButPosition compares answers to requests of other lengths: positions in a text move.
func sameButPosition(a, b string) bool {
	strip := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, s)
	}
	return strip(a) == strip(b)
}

// explanationsTellLittle: who asks about themselves is told of rules that speak of them, and of a
// hidden value neither by a condition nor by what it lacks; who may see a record does not learn who
// else may.
func explanationsTellLittle(t *testing.T, p *program) {
	boss, marketing := p.as("boss"), p.as("marketing")
	id := p.customer("seller", map[string]any{"assessment": "hiddenassessment", "credit_limit": "987654321.00", "phone": "13812344321"})
	guard := openRule(policy.Clause{Person: p.people["marketing"]})
	guard["effect"], guard["scene"] = "forbid", "big customers"
	guard["fields"] = []any{map[string]any{"field": "phone", "level": "hidden"}}
	guard["when"] = map[string]any{"op": "gt", "field": "credit_limit", "value": map[string]any{"money": "900000000.00"}}
	boss.do("PUT", "/api/v1/policy/rules/leak-guard", guard).must(200)
	others := openRule(policy.Clause{Person: p.people["staff"]})
	others["scene"] = "secretsceneofothers"
	p.writes("leak-others", others)
	defer func() {
		boss.do("DELETE", "/api/v1/policy/rules/leak-guard", nil).must(204)
		boss.do("DELETE", "/api/v1/policy/rules/leak-others", nil).must(204)
	}()
	for _, q := range []string{"", "&field=phone", "&field=credit_limit", "&action=edit", "&action=delete", "&action=export"} {
		marketing.get("/api/v1/explain?kind=customer&id="+id.String()+q).must(200).lacks("secretsceneofothers", "leak-others", "hiddenassessment", "987654321", "13812344321", "900,000,000", "900000000")
	}
	// Not about others, and not who can, unless one may edit the record; then not of what the rules
	// say of other records.
	marketing.get("/api/v1/explain?kind=customer&id="+id.String()+"&person="+p.people["seller"].String()).is(403, "right")
	p.as("pooler").get("/api/v1/who-can?kind=customer&id="+p.ids["pool1"].String()).is(403, "")
	grant := map[string]any{"receiver": p.people["staff"].String(), "kind": "customer", "records": []string{p.ids["seller2"].String(), p.ids["boss1"].String()}, "actions": []string{"read"},
		"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "until": p.clock.Now().Add(time.Hour), "purpose": "two at once"}
	lent := into[made](boss.post("/api/v1/grants", grant).must(201))
	defer func() { boss.do("DELETE", "/api/v1/grants/"+lent.ID.String(), nil).must(200) }()
	seller := p.as("seller")
	seller.get("/api/v1/who-can?kind=customer&id="+p.ids["seller2"].String()).must(200).lacks(p.ids["boss1"].String(), p.values["boss1"]["name"].(string))
	// Rows and kinds that are hidden are missing.
	for _, path := range []string{"/api/v1/explain?kind=%s&id=%s", "/api/v1/who-can?kind=%s&id=%s", "/api/v1/explain?kind=%s&id=%s&field=phone", "/api/v1/explain?kind=%s&id=%s&action=nonsense", "/api/v1/explain?kind=%s&id=%s&field=nonsense"} {
		same(t, p.as("rival").get(fmt.Sprintf(path, "customer", p.ids["seller1"])).is(404, ""), p.as("rival").get(fmt.Sprintf(path, "customer", "987654321")))
		same(t, p.as("trainee").get(fmt.Sprintf(path, "customer", p.ids["seller1"])).is(404, ""), p.as("trainee").get(fmt.Sprintf(path, "customer", "987654321")))
	}
}

// storedSecrets: nothing gives back a password, its hash, or the secret of a session or token.
func storedSecrets(t *testing.T, p *program) {
	secret, id := p.newToken("boss", map[string]any{"name": "kept", "until": p.clock.Now().Add(time.Hour)})
	boss := p.as("boss")
	at, err := url.Parse(p.url)
	if err != nil {
		t.Fatal(err)
	}
	session := boss.http.Jar.Cookies(at)[0].Value
	for _, path := range []string{"/api/v1/tokens", "/api/v1/sessions", "/api/v1/me", recordPath("person", p.people["boss"]), "/api/v1/org/people/" + p.people["seller"].String() + "/account", "/api/v1/records/person?limit=200"} {
		boss.get(path).must(200).lacks(secret, secret[10:], session, session[10:], password, "argon2")
	}
	boss.get("/api/v1/tokens/"+id.String()).is(405, "")
	p.as("admin").get("/api/v1/tokens").must(200).lacks(id.String())
	boss.do("DELETE", "/api/v1/tokens/"+id.String(), nil).must(204)
}

// subResources: what hangs on a record that one sees has rules of its own, and so has the way to
// it.
func subResources(t *testing.T, p *program) {
	pooler, finance, rival := p.as("pooler"), p.as("finance"), p.as("rival")
	pooler.get(recordPath("customer", p.ids["pool1"])).must(200)
	pooler.get(recordPath("contact", p.ids["contact/pool1"])).is(404, "")
	finance.get(recordPath("customer", p.ids["seller1"])).must(200)
	finance.get(recordPath("contact", p.ids["contact/seller1"])).is(404, "")
	if n := hits(finance.list("ticket")); n != 0 {
		t.Errorf("finance finds %d tickets", n)
	}
	same(t, rival.get(recordPath("customer", p.ids["seller1"])+"/team").is(404, ""), rival.get(recordPath("customer", 987654321)+"/team"))
	// Linking one's own follow-up to somebody else's ticket opens neither.
	for field, row := range map[string]string{"ticket": "ticket/seller1", "contract": "contract/seller1", "contact": "contact/seller1"} {
		fields := map[string]any{"subject": "x", "customer": p.ids["rival1"].String(), "happened_at": "2026-11-02T01:00:00Z", field: p.ids[row].String()}
		missing := maps.Clone(fields)
		missing[field] = "987654321"
		same(t, rival.post("/api/v1/records/activity", fieldsOf(fields)).is(400, ""), rival.post("/api/v1/records/activity", fieldsOf(missing)))
	}
}
