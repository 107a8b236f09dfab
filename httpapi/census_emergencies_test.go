package httpapi_test

import "guan/policy"

// emergencyRows are of emergencies: head, who has the pack for it, opens a customer of the boss, who
// reviews it where nobody leads the unit at the top.
var emergencyRows = []row{
	{"POST /api/v1/emergencies", "other", "401 403 403 201 403 403 403 403", func(x *census, c *client) *reply { return c.post("/api/v1/emergencies", glass(x.other)) }},
	{"POST /api/v1/emergencies", "what is not there", "401 403 403 404 403 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/emergencies", glass(987654321))
	}},
	{"GET /api/v1/emergencies", "mine", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/emergencies") }},
	{"GET /api/v1/emergencies", "all", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/emergencies?scope=all&state=open")
	}},
	{"GET /api/v1/emergencies/standing", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/emergencies/standing") }},
	{"GET /api/v1/emergencies/people", "", "401 403 403 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/emergencies/people") }},
	{"GET /api/v1/emergencies/settings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/emergencies/settings") }},
	{"PUT /api/v1/emergencies/settings", "not well formed", "401 403 403 403 400 400 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/emergencies/settings", map[string]any{"minutes": 0, "review_hours": 1, "late_hours": 1, "per_day": 1, "kinds": []string{"customer"}, "classes": []string{"general"}}, "If-Match", "0")
	}},
	{"GET /api/v1/emergencies/{id}", "head's", "401 404 404 200 200 200 200 403", func(x *census, c *client) *reply { return c.get(x.opened()) }},
	{"GET /api/v1/emergencies/{id}/seen", "head's", "401 404 404 403 200 200 200 403", func(x *census, c *client) *reply { return c.get(x.opened() + "/seen") }},
	{"POST /api/v1/emergencies/{id}/review", "open still", "401 404 404 403 409 403 403 403", func(x *census, c *client) *reply {
		return c.post(x.opened()+"/review", map[string]any{"verdict": "justified", "note": "属实"})
	}},
	{"POST /api/v1/emergencies/{id}/end", "the first ends it", "401 404 404 200 409 409 409 403", func(x *census, c *client) *reply {
		return c.do("POST", x.opened()+"/end", nil)
	}},
	{"POST /api/v1/emergencies/{id}/review", "ended", "401 404 404 403 200 409 409 403", func(x *census, c *client) *reply {
		return c.post(x.opened()+"/review", map[string]any{"verdict": "justified", "note": "属实"})
	}},
}

// glass opens a customer in an emergency.
func glass(id policy.ID) map[string]any {
	return map[string]any{"kind": "customer", "record": id.String(), "minutes": 10, "reason": "客户设备起火,需立即联系"}
}

// opened is the path of the emergency of head's.
func (x *census) opened() string {
	x.t.Helper()
	found := into[ofItems[made]](x.boss.get("/api/v1/emergencies?scope=all").must(200)).Items
	return "/api/v1/emergencies/" + found[0].ID.String()
}
