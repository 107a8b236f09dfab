package httpapi_test

// conditionOf asks what a condition on customers means.
func conditionOf(c *client, rule bool) *reply {
	return c.post("/api/v1/conditions", map[string]any{"kind": "customer", "cel": "has(r.name)", "rule": rule})
}

var conditionRows = []row{
	{"POST /api/v1/conditions", "a filter", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return conditionOf(c, false) }},
	{"POST /api/v1/conditions", "of a rule", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return conditionOf(c, true) }},
	{"GET /api/v1/policy/kinds", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/kinds") }},
}
