package leak_test

import (
	"time"

	"guan/policy"
)

var teamRoutes = []string{"GET /api/v1/records/{kind}/{id}/team", "POST /api/v1/records/{kind}/{id}/team", "DELETE /api/v1/records/{kind}/{id}/team/{person}"}

// teams look at and change the collaborators of records in and out of sight.
func teams(c *prober) {
	boss := c.pair.a.people["boss"].String()
	for _, at := range share(c, "teams", c.targets(1, 1), 5) {
		c.get(at.path + "/team")
		c.ask("POST", at.path+"/team", map[string]any{"person": boss})
		c.ask("POST", at.path+"/team", map[string]any{"person": "987654321"})
		c.get(at.path + "/team")
		c.ask("DELETE", at.path+"/team/"+boss, nil)
	}
}

var grantRoutes = []string{
	"GET /api/v1/grants", "POST /api/v1/grants", "DELETE /api/v1/grants/{id}",
	"POST /api/v1/grants/plan", "POST /api/v1/grants/{id}/extend", "POST /api/v1/grants/{id}/view", "GET /api/v1/access",
}

// lending gives away what one sees and what one does not.
func lending(c *prober) {
	for _, at := range share(c, "lending", c.targets(1, 2), 5) {
		body := map[string]any{
			"receiver": c.pair.a.people["boss"].String(), "kind": at.kind, "records": []string{at.id.String()}, "actions": []string{"read"},
			"fields": []any{map[string]any{"class": "*", "level": "plain"}}, "until": c.pair.a.clock.Now().Add(time.Hour), "purpose": "probe",
		}
		c.ask("POST", "/api/v1/grants", body)
		c.ask("POST", "/api/v1/grants/plan", body)
		body["once"] = true
		c.ask("POST", "/api/v1/grants", body)
		delete(body, "once")
		delete(body, "records")
		for _, filter := range []string{"r.phone == '13800138000'", "has(r.id_number)", "has(r.name)"} {
			for _, moving := range []bool{false, true} {
				body["choose"] = map[string]any{"filter": filter, "moving": moving}
				c.ask("POST", "/api/v1/grants/plan", body)
			}
		}
		body["choose"] = map[string]any{"q": "13800138000"}
		c.ask("POST", "/api/v1/grants/plan", body)
		delete(body, "choose")
		body["when"] = map[string]any{"op": "eq", "field": "phone", "value": map[string]any{"text": "13800138000"}}
		c.ask("POST", "/api/v1/grants", body)
	}
	for _, path := range []string{"/api/v1/grants", "/api/v1/grants?scope=all", "/api/v1/grants?scope=x", "/api/v1/grants?state=unused", "/api/v1/grants?state=ending&kind=customer",
		"/api/v1/access", "/api/v1/access?person=" + c.pair.a.people["seller"].String(), "/api/v1/access?person=987654321"} {
		c.get(path)
	}
	for _, id := range []string{"1", "987654321"} {
		c.ask("POST", "/api/v1/grants/"+id+"/extend", map[string]any{"until": c.pair.a.clock.Now().Add(time.Hour)})
		c.ask("POST", "/api/v1/grants/"+id+"/view", nil)
	}
	c.ask("DELETE", "/api/v1/grants/1", nil)
	c.ask("DELETE", "/api/v1/grants/987654321", nil)
}

var orgRoutes = []string{
	"GET /api/v1/org/units", "POST /api/v1/org/units", "PATCH /api/v1/org/units/{id}", "DELETE /api/v1/org/units/{id}", "GET /api/v1/org/units/{id}/appointments",
	"GET /api/v1/org/appointments", "POST /api/v1/org/appointments", "PATCH /api/v1/org/appointments/{id}", "DELETE /api/v1/org/appointments/{id}",
	"GET /api/v1/org/positions", "PUT /api/v1/org/positions/{code}", "DELETE /api/v1/org/positions/{code}",
	"GET /api/v1/org/pools", "POST /api/v1/org/pools", "PATCH /api/v1/org/pools/{id}", "DELETE /api/v1/org/pools/{id}",
	"GET /api/v1/org/people/{id}/account", "POST /api/v1/org/people/{id}/stop", "POST /api/v1/org/people/{id}/open", "PUT /api/v1/org/people/{id}/password",
}

// organisation reads the organisation and tries to change it.
func organisation(c *prober) {
	p := c.pair.a
	east, seller, me := p.units["east"].String(), p.people["seller"].String(), p.people[c.who].String()
	for _, path := range []string{
		"/units", "/units/" + east + "/appointments", "/units/987654321/appointments", "/appointments", "/appointments?person=" + seller, "/appointments?person=" + me,
		"/appointments?person=987654321", "/positions", "/pools", "/people/" + seller + "/account", "/people/" + me + "/account", "/people/987654321/account",
	} {
		c.get("/api/v1/org" + path)
	}
	unit := map[string]any{"name": "new", "type": "team", "parent": east}
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/units", unit}, {"PATCH", "/units/" + east, unit}, {"PATCH", "/units/987654321", unit}, {"DELETE", "/units/" + east, nil},
		{"POST", "/appointments", map[string]any{"person": me, "unit": east, "position": "member"}},
		{"POST", "/appointments", map[string]any{"person": "987654321", "unit": east, "position": "member"}},
		{"PATCH", "/appointments/987654321", map[string]any{}}, {"DELETE", "/appointments/987654321", nil},
		{"PUT", "/positions/member", map[string]any{"label": map[string]string{"zh": "员工", "en": "Member"}}}, {"DELETE", "/positions/member", nil},
		{"POST", "/pools", map[string]any{"name": "公海", "open": []any{}}}, {"PATCH", "/pools/" + p.pool.String(), map[string]any{"name": "公海", "open": []any{}}}, {"DELETE", "/pools/" + p.pool.String(), nil},
		{"POST", "/people/" + me + "/stop", nil}, {"POST", "/people/987654321/stop", nil}, {"POST", "/people/987654321/open", nil},
		{"PUT", "/people/" + p.people["boss"].String() + "/password", map[string]string{"password": "taken over by somebody"}},
	} {
		c.ask(try.method, "/api/v1/org"+try.path, try.body, "If-Match", "99")
	}
}

var policyRoutes = []string{
	"GET /api/v1/policy/packs", "GET /api/v1/policy/assignments", "POST /api/v1/policy/assignments", "PATCH /api/v1/policy/assignments/{id}", "DELETE /api/v1/policy/assignments/{id}",
	"GET /api/v1/policy/rules", "PUT /api/v1/policy/rules/{rule}", "DELETE /api/v1/policy/rules/{rule}", "POST /api/v1/policy/rules/{rule}/end", "GET /api/v1/policy/templates",
	"GET /api/v1/policy/fields", "PUT /api/v1/policy/fields/{kind}", "PUT /api/v1/policy/fields/{kind}/{key}", "DELETE /api/v1/policy/fields/{kind}/{key}", "POST /api/v1/policy/impact", "GET /api/v1/sees",
	"POST /api/v1/policy/tags/try", "GET /api/v1/policy/tags/runs", "POST /api/v1/policy/tags/runs", "DELETE /api/v1/policy/tags/runs/{kind}", "GET /api/v1/policy/stages/{kind}", "PUT /api/v1/policy/stages/{kind}",
	"GET /api/v1/routings", "POST /api/v1/routings", "PUT /api/v1/routings/{id}", "DELETE /api/v1/routings/{id}",
}

// governing reads the policy and tries to widen it for oneself.
func governing(c *prober) {
	me, seller := c.pair.a.people[c.who], c.pair.a.people["seller"]
	for _, path := range []string{"/packs", "/assignments", "/rules", "/templates", "/fields"} {
		c.get("/api/v1/policy" + path)
	}
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/assignments", map[string]any{"pack": "boss", "who": policy.Clause{Person: me}}}, {"POST", "/assignments", map[string]any{"pack": "boss", "who": policy.Clause{Everyone: true}}},
		{"PATCH", "/assignments/987654321", map[string]any{}}, {"DELETE", "/assignments/987654321", nil},
		{"PUT", "/rules/mine", openRule(policy.Clause{Everyone: true})}, {"PUT", "/rules/mine", openRule(policy.Clause{Person: me})}, {"DELETE", "/rules/mine", nil}, {"POST", "/rules/mine/end", map[string]any{}},
		{"PUT", "/fields/customer", map[string]any{"keys": []string{"c_probe"}}},
		{"PUT", "/fields/customer/c_probe", map[string]any{"type": "text", "class": "internal", "label": map[string]string{"zh": "试", "en": "Probe"}}}, {"DELETE", "/fields/customer/c_probe", nil},
	} {
		c.ask(try.method, "/api/v1/policy"+try.path, try.body, "If-Match", "0")
	}
	c.get("/api/v1/policy/tags/runs")
	c.ask("POST", "/api/v1/policy/tags/runs", map[string]any{"kind": "customer"})
	c.ask("DELETE", "/api/v1/policy/tags/runs/customer", nil)
	c.get("/api/v1/policy/stages/customer")
	c.ask("PUT", "/api/v1/policy/stages/customer", map[string]any{"stages": []any{}}, "If-Match", "0")
	c.ask("POST", "/api/v1/policy/tags/try", map[string]any{"kind": "customer", "rule": map[string]any{"tag": "x"}})
	c.get("/api/v1/routings")
	routing := map[string]any{"name": "投诉", "kind": "customer", "tag": "投诉中", "to": "owner", "task": "处理"}
	for _, try := range []struct {
		method, path string
	}{{"POST", ""}, {"PUT", "/987654321"}, {"DELETE", "/987654321"}} {
		c.ask(try.method, "/api/v1/routings"+try.path, routing, "If-Match", "1")
	}
	c.get("/api/v1/sees")
	// Who administers the policy is told how many records somebody sees or would see, not which.
	c.oversees = c.who == "admin"
	c.get("/api/v1/sees?person=" + seller.String())
	c.ask("POST", "/api/v1/policy/impact", map[string]any{"assign": []any{map[string]any{"pack": "sales", "who": policy.Clause{Person: c.pair.a.people["staff"]}}}})
	c.oversees = false
}

// openRule is a rule that shows all customers.
func openRule(who policy.Clause) map[string]any {
	return map[string]any{
		"effect": "permit", "who": policy.Who{Any: []policy.Clause{who}}, "kind": "customer", "actions": []string{"read"}, "where": map[string]string{"path": "all"},
		"fields": []any{map[string]any{"class": "*", "level": "plain"}}, "scene": "to see everything",
	}
}
