package httpapi_test

// figureRows say what everybody gets from figures and from the histories of imports and exports.
var figureRows = []row{
	{"GET /api/v1/figures/{kind}", "customers by owner", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.get("/api/v1/figures/customer?group=owner")
	}},
	{"GET /api/v1/figures/{kind}", "what one may not know", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.get("/api/v1/figures/customer?group=month(created_at)&measure=sum:annual_revenue&filter=" + `r.phone+%21%3D+""`)
	}},
	{"GET /api/v1/exports", "mine", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/exports") }},
	{"GET /api/v1/exports", "everybody's", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/exports?of=everybody") }},
	{"GET /api/v1/imports", "mine", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/imports") }},
	{"GET /api/v1/imports", "everybody's", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/imports?of=everybody") }},
	{"POST /api/v1/exports/preview", "customers", "401 403 200 200 200 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/exports/preview", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"})
	}},
	{"POST /api/v1/exports/preview", "the boss's customer as a document", "401 403 404 404 200 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/exports/preview", map[string]any{"kind": "customer", "record": x.other.String(), "related": []string{"contacts"}, "comments": true, "format": "pdf"})
	}},
	{"POST /api/v1/imports/preview", "customers", "401 403 403 200 200 404 403 403", func(x *census, c *client) *reply {
		return c.sendForm("/api/v1/imports/preview", "c.csv", "name\n新客\n", "kind", "customer")
	}},
	{"POST /api/v1/imports/{id}/ask-head", "the boss's", "401 404 404 404 409 404 404 404", func(x *census, c *client) *reply {
		defer x.works()
		done := x.boss.ordered("imports", x.boss.upload("c.csv", "name\n新客\n", "kind", "customer", "mode", "run"))
		return c.post("/api/v1/imports/"+done.ID.String()+"/ask-head", map[string]any{"note": "他们找到了我"})
	}},
	{"POST /api/v1/imports/{id}/revert", "the boss's", "401 404 404 404 202 404 404 404", func(x *census, c *client) *reply {
		defer x.works()
		done := x.boss.ordered("imports", x.boss.upload("c.csv", "name\n新客\n", "kind", "customer", "mode", "run"))
		return c.post("/api/v1/imports/"+done.ID.String()+"/revert", map[string]any{"mode": "run"})
	}},
}
