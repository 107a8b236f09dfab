package httpapi_test

// statisticsRows are of figures without rows: of those who ask here only the boss has the right.
var statisticsRows = []row{
	{"GET /api/v1/statistics", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/statistics") }},
	{"GET /api/v1/statistics/of/{kind}", "customers by stage", "401 403 403 403 200 403 403 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/statistics/of/customer?group=stage")
	}},
	{"GET /api/v1/statistics/of/{kind}", "a filter is no question", "401 400 400 400 400 400 400 400", func(x *census, c *client) *reply {
		return c.get("/api/v1/statistics/of/customer?filter=true")
	}},
	{"GET /api/v1/statistics/settings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/statistics/settings") }},
	{"PUT /api/v1/statistics/settings", "too few", "401 403 403 403 400 400 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/statistics/settings", map[string]any{"least": 1, "budget": 10}, "If-Match", "0")
	}},
}
