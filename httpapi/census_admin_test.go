package httpapi_test

import (
	"fmt"
	"time"

	"guan/access"
	"guan/policy"
	"guan/store"
)

// everything below is refused to who has no right of administration; what stands in the paths
// need not exist for that.
var adminRows = []row{
	{"GET /api/v1/records/{kind}/{id}/team", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.own) + "/team") }},
	{"POST /api/v1/records/{kind}/{id}/team", "own", "401 404 204 204 204 404 403 403", func(x *census, c *client) *reply {
		return c.post(customers(x.own)+"/team", map[string]any{"person": x.people["staff"].String()})
	}},
	{"POST /api/v1/records/{kind}/{id}/team", "other", "401 404 404 404 204 404 403 403", func(x *census, c *client) *reply {
		return c.post(customers(x.other)+"/team", map[string]any{"person": x.people["staff"].String()})
	}},
	{"DELETE /api/v1/records/{kind}/{id}/team/{person}", "nobody of it", "401 404 404 404 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", customers(x.own)+"/team/"+x.people["rival"].String(), nil)
	}},
	{"GET /api/v1/grants", "mine", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/grants") }},
	{"GET /api/v1/grants", "all", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/grants?scope=all") }},
	{"POST /api/v1/grants", "own", "401 404 201 201 201 404 201 403", func(x *census, c *client) *reply { return c.post("/api/v1/grants", x.lend(x.own)) }},
	{"POST /api/v1/grants", "other", "401 404 404 404 201 404 201 403", func(x *census, c *client) *reply { return c.post("/api/v1/grants", x.lend(x.other)) }},
	{"DELETE /api/v1/grants/{id}", "the boss's", "401 404 404 404 200 200 403 403", func(x *census, c *client) *reply {
		got := into[made](x.boss.post("/api/v1/grants", x.lend(x.other)).must(201))
		return c.do("DELETE", "/api/v1/grants/"+got.ID.String(), nil)
	}},

	{"GET /api/v1/org/units", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/org/units") }},
	{"POST /api/v1/org/units", "", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/org/units", map[string]any{"parent": x.sales.String(), "name": fresh("组"), "type": "team"})
	}},
	{"PATCH /api/v1/org/units/{id}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		id, version := x.team()
		return c.do("PATCH", "/api/v1/org/units/"+id, map[string]any{"name": fresh("组")}, "If-Match", version)
	}},
	{"DELETE /api/v1/org/units/{id}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		id, version := x.team()
		return c.do("DELETE", "/api/v1/org/units/"+id, nil, "If-Match", version)
	}},
	{"GET /api/v1/org/units/{id}/appointments", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.get("/api/v1/org/units/" + x.east.String() + "/appointments")
	}},
	{"GET /api/v1/org/appointments", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.get("/api/v1/org/appointments?person=" + x.people["seller"].String())
	}},
	{"POST /api/v1/org/appointments", "", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		id, _ := x.team()
		return c.post("/api/v1/org/appointments", map[string]any{"person": x.people["staff"].String(), "unit": id, "position": "member"})
	}},
	{"POST /api/v1/org/appointments", "oneself", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/org/appointments", map[string]any{"person": x.people[c.loginOr("staff")].String(), "unit": x.east.String(), "position": "member"})
	}},
	{"PATCH /api/v1/org/appointments/{id}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		id, version := x.appointed()
		return c.do("PATCH", "/api/v1/org/appointments/"+id, map[string]any{"until": time.Now().Add(time.Hour)}, "If-Match", version)
	}},
	{"DELETE /api/v1/org/appointments/{id}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		id, version := x.appointed()
		return c.do("DELETE", "/api/v1/org/appointments/"+id, nil, "If-Match", version)
	}},
	{"GET /api/v1/org/positions", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/org/positions") }},
	{"PUT /api/v1/org/positions/{code}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/org/positions/keeper", map[string]any{"label": map[string]any{"zh": "店长", "en": "Keeper"}})
	}},
	{"DELETE /api/v1/org/positions/{code}", "none", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/org/positions/none", nil)
	}},
	{"GET /api/v1/org/pools", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/org/pools") }},
	{"POST /api/v1/org/pools", "", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/org/pools", map[string]any{"name": fresh("公海"), "open": []any{}})
	}},
	{"PATCH /api/v1/org/pools/{id}", "none", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("PATCH", "/api/v1/org/pools/1", map[string]any{"name": "x", "open": []any{}}, "If-Match", "1")
	}},
	{"DELETE /api/v1/org/pools/{id}", "none", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/org/pools/1", nil, "If-Match", "1")
	}},
	{"GET /api/v1/org/people/{id}/account", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.get(x.person("rival") + "/account") }},
	{"POST /api/v1/org/people/{id}/stop", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.do("POST", x.person("rival")+"/stop", nil) }},
	{"POST /api/v1/org/people/{id}/stop", "the boss", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply { return c.do("POST", x.person("boss")+"/stop", nil) }},
	{"POST /api/v1/org/people/{id}/open", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.do("POST", x.person("rival")+"/open", nil) }},
	{"PUT /api/v1/org/people/{id}/password", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", x.person("rival")+"/password", map[string]string{"password": password})
	}},
	{"PUT /api/v1/org/people/{id}/password", "the boss's", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", x.person("boss")+"/password", map[string]string{"password": password})
	}},

	{"GET /api/v1/policy/packs", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/packs") }},
	{"GET /api/v1/policy/assignments", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/assignments") }},
	{"POST /api/v1/policy/assignments", "", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		id, _ := x.team()
		return c.post("/api/v1/policy/assignments", map[string]any{"pack": "sales", "who": map[string]any{"unit": id}})
	}},
	{"POST /api/v1/policy/assignments", "a right of administration", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		id, _ := x.team()
		return c.post("/api/v1/policy/assignments", map[string]any{"pack": "auditor", "who": map[string]any{"unit": id}})
	}},
	{"PATCH /api/v1/policy/assignments/{id}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.do("PATCH", "/api/v1/policy/assignments/"+x.assigned(), map[string]any{"until": time.Now().Add(time.Hour)})
	}},
	{"DELETE /api/v1/policy/assignments/{id}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/policy/assignments/"+x.assigned(), nil)
	}},
	{"GET /api/v1/policy/rules", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/rules") }},
	{"PUT /api/v1/policy/rules/{rule}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/policy/rules/census", x.rule(map[string]any{"unit": x.west.String()}))
	}},
	{"PUT /api/v1/policy/rules/{rule}", "for oneself too", "401 403 403 403 200 403 403 403", func(x *census, c *client) *reply {
		got := c.do("PUT", "/api/v1/policy/rules/everyone", x.rule(map[string]any{"everyone": true}))
		x.boss.do("DELETE", "/api/v1/policy/rules/everyone", nil)
		return got
	}},
	{"POST /api/v1/policy/rules/{rule}/end", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		x.boss.do("PUT", "/api/v1/policy/rules/census", x.rule(map[string]any{"unit": x.west.String()})).must(200)
		return c.post("/api/v1/policy/rules/census/end", map[string]any{})
	}},
	{"DELETE /api/v1/policy/rules/{rule}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		x.boss.do("PUT", "/api/v1/policy/rules/census", x.rule(map[string]any{"unit": x.west.String()})).must(200)
		return c.do("DELETE", "/api/v1/policy/rules/census", nil)
	}},
	{"GET /api/v1/policy/templates", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/templates") }},
	{"GET /api/v1/routings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/routings") }},
	{"POST /api/v1/routings", "", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		made := c.post("/api/v1/routings", censusRouting)
		if made.status == 201 {
			x.boss.do("DELETE", "/api/v1/routings/"+into[item](made).ID.String(), nil, "If-Match", "1").must(204)
		}
		return made
	}},
	{"PUT /api/v1/routings/{id}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		id := into[item](x.boss.post("/api/v1/routings", censusRouting).must(201)).ID.String()
		defer func() {
			version := "1"
			if c.login == "boss" || c.login == "admin" {
				version = "2"
			}
			x.boss.do("DELETE", "/api/v1/routings/"+id, nil, "If-Match", version).must(204)
		}()
		return c.do("PUT", "/api/v1/routings/"+id, censusRouting, "If-Match", "1")
	}},
	{"DELETE /api/v1/routings/{id}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		id := into[item](x.boss.post("/api/v1/routings", censusRouting).must(201)).ID.String()
		gone := c.do("DELETE", "/api/v1/routings/"+id, nil, "If-Match", "1")
		if gone.status != 204 {
			x.boss.do("DELETE", "/api/v1/routings/"+id, nil, "If-Match", "1").must(204)
		}
		return gone
	}},
	{"GET /api/v1/policy/fields", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/fields") }},
	{"PUT /api/v1/policy/fields/{kind}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/policy/fields/product", map[string]any{"keys": []string{}})
	}},
	{"PUT /api/v1/policy/fields/{kind}/{key}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/policy/fields/product/c_note", customNote, "If-Match", x.fieldVersion("product", "c_note"))
	}},
	{"PUT /api/v1/policy/fields/{kind}/{key}", "another version", "401 403 403 403 412 412 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/policy/fields/product/c_note", customNote, "If-Match", "99")
	}},
	{"DELETE /api/v1/policy/fields/{kind}/{key}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		x.boss.do("PUT", "/api/v1/policy/fields/product/c_note", customNote, "If-Match", x.fieldVersion("product", "c_note")).must(200)
		return c.do("DELETE", "/api/v1/policy/fields/product/c_note", nil)
	}},
	{"POST /api/v1/policy/impact", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		rule := x.rule(map[string]any{"unit": x.west.String()})
		rule["id"], rule["origin"] = "draft", map[string]any{"type": "sharing"}
		return c.post("/api/v1/policy/impact", map[string]any{"put": []any{rule}})
	}},
	{"GET /api/v1/sees", "oneself", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/sees") }},
	{"GET /api/v1/sees", "somebody", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/sees?person=" + x.people["rival"].String())
	}},
}

var censusRouting = map[string]any{"name": "投诉", "kind": "ticket", "tag": "普查", "to": "owner", "task": "处理"}

// fieldVersion is the version of a field of the company's own; 0 when there is none.
func (x *census) fieldVersion(kind policy.Kind, key string) string {
	for _, f := range into[ofItems[store.WrittenField]](x.boss.get("/api/v1/policy/fields").must(200)).Items {
		if f.Kind == kind && f.Key == key {
			return fmt.Sprint(f.Version)
		}
	}
	return "0"
}

var customNote = map[string]any{"type": "text", "label": map[string]any{"zh": "附注", "en": "Note on it"}, "class": "general"}

// made is what was made, by id and version.
type made struct {
	ID      policy.ID `json:"id"`
	Version int64     `json:"version"`
}

// named counts the names that fresh gave.
var named int

// fresh is a name that nothing has.
func fresh(name string) string {
	named++
	return fmt.Sprint(name, named)
}

// loginOr is who signed in, or somebody for who did not.
func (c *client) loginOr(other string) string {
	if c.login == "" {
		return other
	}
	return c.login
}

func (x *census) person(login string) string { return "/api/v1/org/people/" + x.people[login].String() }

// lend is a grant of a customer to somebody.
func (x *census) lend(id policy.ID) map[string]any {
	return map[string]any{
		"receiver": x.people["rival"].String(), "kind": "customer", "records": []string{id.String()}, "actions": []string{"read"},
		"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "until": time.Now().Add(time.Hour), "purpose": "代班",
	}
}

// rule lets people see customers in general.
func (x *census) rule(who map[string]any) map[string]any {
	return map[string]any{
		"effect": "permit", "who": map[string]any{"any": []any{who}}, "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"},
		"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "scene": "普查",
	}
}

// team makes a unit of its own.
func (x *census) team() (id, version string) {
	x.t.Helper()
	got := into[made](x.boss.post("/api/v1/org/units", map[string]any{"parent": x.sales.String(), "name": fresh("组"), "type": "team"}).must(201))
	return got.ID.String(), fmt.Sprint(got.Version)
}

// appointed appoints somebody who has nothing yet to a unit of its own.
func (x *census) appointed() (id, version string) {
	x.t.Helper()
	unit, _ := x.team()
	got := into[made](x.boss.post("/api/v1/org/appointments", map[string]any{"person": x.people["staff"].String(), "unit": unit, "position": "member"}).must(201))
	return got.ID.String(), fmt.Sprint(got.Version)
}

// assigned hangs a pack on a unit of its own.
func (x *census) assigned() string {
	x.t.Helper()
	unit, _ := x.team()
	made := into[access.Assignment](x.boss.post("/api/v1/policy/assignments", map[string]any{"pack": "sales", "who": map[string]any{"unit": unit}}).must(201))
	return made.ID.String()
}
