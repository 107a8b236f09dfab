package leak_test

var factorRoutes = []string{
	"GET /api/v1/factor", "POST /api/v1/factor", "POST /api/v1/factor/confirm", "POST /api/v1/factor/codes", "POST /api/v1/factor/proof", "POST /api/v1/factor/remove",
	"POST /api/v1/org/people/{id}/factor/reset", "POST /api/v1/org/people/{id}/thaw", "GET /api/v1/sign-in/settings", "PUT /api/v1/sign-in/settings",
	"GET /api/v1/devices", "PATCH /api/v1/devices/{id}", "DELETE /api/v1/devices/{id}", "GET /api/v1/org/people/{id}/devices",
	"POST /api/v1/org/people/{id}/devices/{device}/admit", "POST /api/v1/org/people/{id}/devices/{device}/sign-out", "POST /api/v1/org/people/{id}/devices/{device}/block",
	"GET /api/v1/session/stream",
}

// factors looks at one's own second factor and devices, and tries those of others.
func factors(c *prober) {
	seller, boss := c.pair.a.people["seller"].String(), c.pair.a.people["boss"].String()
	for _, path := range []string{"/factor", "/devices", "/sign-in/settings", "/org/people/" + seller + "/devices", "/org/people/987654321/devices"} {
		c.get("/api/v1" + path)
	}
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/factor", map[string]string{"password": "not " + password}}, {"POST", "/factor/confirm", map[string]string{"code": "123456"}}, {"POST", "/factor/codes", nil},
		{"POST", "/factor/proof", map[string]string{"code": "123456"}}, {"POST", "/factor/remove", map[string]string{"password": "not " + password, "code": "123456"}},
		{"PATCH", "/devices/1", map[string]string{"label": "mine"}}, {"DELETE", "/devices/1", nil}, {"DELETE", "/devices/987654321", nil},
		{"POST", "/org/people/" + boss + "/factor/reset", nil}, {"POST", "/org/people/987654321/factor/reset", nil}, {"POST", "/org/people/" + seller + "/thaw", nil},
		{"POST", "/org/people/" + boss + "/devices/1/admit", nil}, {"POST", "/org/people/" + boss + "/devices/1/sign-out", nil}, {"POST", "/org/people/987654321/devices/1/block", nil},
		{"PUT", "/sign-in/settings", map[string]any{"factor": "new_device", "first_use": "notice", "freeze": false, "keep": false, "device_days": 90, "hour_from": 0, "hour_until": 0}},
	} {
		c.ask(try.method, "/api/v1"+try.path, try.body, "If-Match", "99")
	}
	c.ask("HEAD", "/api/v1/session/stream", nil)
}
