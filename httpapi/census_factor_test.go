package httpapi_test

// factorRows are of second factors, devices and what a sign-in takes. Nobody here has a factor in force.
var factorRows = []row{
	{"GET /api/v1/factor", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/factor") }},
	{"POST /api/v1/factor", "another password", "401 401 401 401 401 401 401 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor", map[string]string{"password": "not " + password})
	}},
	{"POST /api/v1/factor", "", "401 201 201 201 201 201 201 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor", map[string]string{"password": password})
	}},
	{"POST /api/v1/factor/confirm", "a guess", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/confirm", map[string]string{"code": "no code"})
	}},
	{"POST /api/v1/factor/codes", "without a factor", "401 409 409 409 409 409 409 403", func(x *census, c *client) *reply {
		return c.do("POST", "/api/v1/factor/codes", nil)
	}},
	{"POST /api/v1/factor/proof", "without a factor", "401 409 409 409 409 409 409 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/proof", map[string]string{"code": "123456"})
	}},
	{"POST /api/v1/factor/remove", "without a factor", "401 409 409 409 409 409 409 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/remove", map[string]string{"password": password, "code": "123456"})
	}},
	{"POST /api/v1/org/people/{id}/factor/reset", "who has none", "401 403 403 403 409 409 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.person("rival")+"/factor/reset", nil)
	}},
	{"POST /api/v1/org/people/{id}/factor/reset", "the boss", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.person("boss")+"/factor/reset", nil)
	}},
	{"POST /api/v1/org/people/{id}/thaw", "who is not frozen", "401 403 403 403 409 409 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.person("rival")+"/thaw", nil)
	}},
	{"GET /api/v1/sign-in/settings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/sign-in/settings") }},
	{"PUT /api/v1/sign-in/settings", "not well formed", "401 403 403 403 400 400 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/sign-in/settings", map[string]any{"factor": "never", "first_use": "nod", "freeze": true, "keep": false, "device_days": 90, "hour_from": 6, "hour_until": 23}, "If-Match", "0")
	}},
	{"GET /api/v1/devices", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/devices") }},
	{"PATCH /api/v1/devices/{id}", "somebody else's", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		return c.do("PATCH", "/api/v1/devices/1", map[string]string{"label": "我的手机"})
	}},
	{"DELETE /api/v1/devices/{id}", "somebody else's", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/devices/1", nil)
	}},
	{"GET /api/v1/org/people/{id}/devices", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.get(x.person("rival") + "/devices") }},
	{"POST /api/v1/org/people/{id}/devices/{device}/admit", "what is not there", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.person("rival")+"/devices/1/admit", nil)
	}},
	{"POST /api/v1/org/people/{id}/devices/{device}/sign-out", "what is not there", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.person("rival")+"/devices/1/sign-out", nil)
	}},
	{"POST /api/v1/org/people/{id}/devices/{device}/block", "the boss's", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.person("boss")+"/devices/1/block", nil)
	}},
	{"GET /api/v1/session/stream", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.do("HEAD", "/api/v1/session/stream", nil) }},
}
