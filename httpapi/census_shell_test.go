package httpapi_test

// shellRows are of what stands around every page: search, notices, and looking as somebody else.
var shellRows = []row{
	{"GET /api/v1/search", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/search?q=关山") }},
	{"GET /api/v1/notices", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/notices") }},
	{"GET /api/v1/notices/unread", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/notices/unread") }},
	{"POST /api/v1/notices/read", "somebody else's", "401 204 204 204 204 204 204 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/notices/read", map[string]any{"ids": []string{"1"}})
	}},
	{"GET /api/v1/me", "as the seller", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return x.asSeller(c, "/api/v1/me") }},
	{"GET /api/v1/kinds", "as the seller", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return x.asSeller(c, "/api/v1/kinds") }},
	{"GET /api/v1/records/{kind}", "as the seller", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return x.asSeller(c, "/api/v1/records/customer")
	}},
	{"GET /api/v1/records/{kind}/{id}", "as the seller, own", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return x.asSeller(c, customers(x.own)) }},
	{"GET /api/v1/records/{kind}/{id}", "as the seller, other", "401 403 403 403 404 404 404 403", func(x *census, c *client) *reply { return x.asSeller(c, customers(x.other)) }},
	{"GET /api/v1/explain", "as the seller", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return x.asSeller(c, "/api/v1/explain?kind=customer&id="+x.own.String())
	}},
	{"GET /api/v1/org/units", "as the seller", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return x.asSeller(c, "/api/v1/org/units") }},
	{"GET /api/v1/search", "as the seller", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply { return x.asSeller(c, "/api/v1/search?q=x") }},
	{"POST /api/v1/records/{kind}", "as the seller", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer", fieldsOf("name", "代"), "View-As", x.people["seller"].String())
	}},
}

// asSeller asks as the seller would see it.
func (x *census) asSeller(c *client, path string) *reply {
	x.t.Helper()
	return c.get(path, "View-As", x.people["seller"].String())
}
