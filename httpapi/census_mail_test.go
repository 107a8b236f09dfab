package httpapi_test

// mailRows are of the company's mail.
var mailRows = []row{
	{"GET /api/v1/mail", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.get("/api/v1/mail") }},
	{"POST /api/v1/mail", "switched off", "401 403 403 403 409 409 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/mail", map[string]any{"to": "it@example.com"})
	}},
	{"POST /api/v1/mail/{id}/again", "none", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply { return c.do("POST", "/api/v1/mail/1/again", nil) }},
	{"GET /api/v1/mail/settings", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.get("/api/v1/mail/settings") }},
	{"PUT /api/v1/mail/settings", "an older version", "401 403 403 403 412 412 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/mail/settings", mailTo("mail.example.com", 465, "tls"), "If-Match", "9")
	}},
}

// reportRows are of everybody's own reports.
var reportRows = []row{
	{"GET /api/v1/reports", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/reports") }},
	{"POST /api/v1/reports", "of a month to come", "401 403 403 403 400 400 400 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/reports", map[string]any{"month": "2999-01"})
	}},
	{"GET /api/v1/reports/{id}", "none", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply { return c.get("/api/v1/reports/1") }},
	{"GET /api/v1/reports/{id}/file", "none", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply { return c.get("/api/v1/reports/1/file?lang=en") }},
}

func mailTo(host string, port int, security string) map[string]any {
	return map[string]any{"on": true, "host": host, "port": port, "security": security, "sender": "guan@example.com", "link_only": false}
}
