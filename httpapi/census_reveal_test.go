package httpapi_test

import "guan/policy"

// revealRows are of revealing masked fields. Nobody here has proved a second factor, which documents and
// accounts take: whoever may reveal them is asked for it.
var revealRows = []row{
	{"POST /api/v1/records/{kind}/{id}/reveal", "own", "401 404 403 403 409 404 403 403", func(x *census, c *client) *reply { return c.reveal(x.own, "bank_account") }},
	{"POST /api/v1/records/{kind}/{id}/reveal", "the boss's", "401 404 404 404 409 404 403 403", func(x *census, c *client) *reply {
		made := into[item](x.boss.post("/api/v1/records/customer", fieldsOf("name", "老板的")).must(201))
		return c.reveal(made.ID, "bank_account")
	}},
	{"GET /api/v1/reveal/today", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/reveal/today") }},
	{"GET /api/v1/reveal/settings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/reveal/settings") }},
	{"PUT /api/v1/reveal/settings", "not well formed", "401 403 403 403 400 400 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/reveal/settings", map[string]any{"factor": []string{}, "per_day": -1, "seconds": 30}, "If-Match", "0")
	}},
}

func (c *client) reveal(id policy.ID, field string) *reply {
	c.p.t.Helper()
	return c.post(customers(id)+"/reveal", map[string]string{"field": field, "reason": "开票核对账号"})
}
