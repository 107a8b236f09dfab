package leak_test

var alertRoutes = []string{
	"GET /api/v1/alerts", "GET /api/v1/alerts/{id}", "POST /api/v1/alerts/{id}/verdict", "POST /api/v1/alerts/{id}/freeze", "POST /api/v1/alerts/{id}/ask-factor",
	"GET /api/v1/alerts/settings", "PUT /api/v1/alerts/settings", "GET /api/v1/alerts/stream", "PUT /api/v1/alerts/stream", "POST /api/v1/alerts/stream/test",
	"GET /api/v1/honey", "PUT /api/v1/honey/{kind}/{id}", "DELETE /api/v1/honey/{kind}/{id}",
}

// alarms asks for what is out of the ordinary, and of hidden and readable records whether they are bait:
// there is one answer to who does not watch. Nothing is marked or set by it.
func alarms(c *prober) {
	c.get("/api/v1/alerts")
	c.get("/api/v1/alerts/settings")
	c.get("/api/v1/alerts/stream")
	c.get("/api/v1/honey")
	c.get("/api/v1/alerts/1")
	c.ask("POST", "/api/v1/alerts/1/verdict", map[string]string{"verdict": "dismissed", "note": "x"})
	c.ask("POST", "/api/v1/alerts/1/freeze", nil)
	c.ask("POST", "/api/v1/alerts/1/ask-factor", nil)
	c.ask("PUT", "/api/v1/alerts/settings", map[string]any{"detectors": map[string]any{}}, "If-Match", "0")
	c.ask("POST", "/api/v1/alerts/stream/test", nil)
	c.ask("PUT", "/api/v1/alerts/stream", map[string]any{"on": false, "url": "x", "entries": false, "values": false}, "If-Match", "0")
	for _, at := range share(c, "honey", c.targets(0, 3), 6) {
		c.ask("DELETE", "/api/v1/honey/"+at.path[len("/api/v1/records/"):], nil)
	}
	for _, who := range auditors {
		if c.who == who {
			return
		}
	}
	for _, at := range share(c, "bait", c.targets(0, 3), 6) {
		c.ask("PUT", "/api/v1/honey/"+at.path[len("/api/v1/records/"):], map[string]string{"note": "x"})
	}
}
