package leak_test

var mailRoutes = []string{
	"GET /api/v1/mail", "POST /api/v1/mail", "POST /api/v1/mail/{id}/again", "GET /api/v1/mail/settings", "PUT /api/v1/mail/settings",
	"GET /api/v1/reports", "POST /api/v1/reports", "GET /api/v1/reports/{id}", "GET /api/v1/reports/{id}/file",
}

// letters asks for the company's mail and for reports that are not one's own: whatever else is hidden, there is one
// answer. Nothing is set by it.
func letters(c *prober) {
	c.get("/api/v1/mail")
	c.get("/api/v1/mail/settings")
	c.ask("POST", "/api/v1/mail", map[string]string{"to": "x"})
	c.ask("POST", "/api/v1/mail/1/again", nil)
	c.ask("PUT", "/api/v1/mail/settings", map[string]any{"on": false, "host": "x", "port": 25, "security": "none", "sender": "a@example.com", "link_only": true}, "If-Match", "9")
	c.get("/api/v1/reports")
	c.get("/api/v1/reports/1")
	c.get("/api/v1/reports/1/file?lang=en")
	c.ask("POST", "/api/v1/reports", map[string]string{"month": "2999-01"})
}
