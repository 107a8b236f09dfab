package httpapi_test

var matrixRows = []row{
	{"POST /api/v1/policy/matrix", "positions", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/policy/matrix", map[string]any{"positions": true, "part": "actions"})
	}},
	{"POST /api/v1/policy/matrix", "a person's fields", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/policy/matrix", map[string]any{"rows": []any{map[string]any{"person": x.people["rival"].String()}}, "part": "fields"})
	}},
	{"GET /api/v1/policy/matrix/cell", "a unit's", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/policy/matrix/cell?kind=customer&action=read&unit=" + x.east.String())
	}},
}
