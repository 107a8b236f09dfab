package leak_test

import "maps"

var revealRoutes = []string{"POST /api/v1/records/{kind}/{id}/reveal", "GET /api/v1/reveal/today", "GET /api/v1/reveal/settings", "PUT /api/v1/reveal/settings"}

// reveals tries to have fields shown of records in and out of sight: masked, hidden, plain and made up.
// What is out of sight must answer like what is not there.
func reveals(c *prober) {
	for _, at := range share(c, "reveal", c.targets(2, 3), 12) {
		for _, field := range []string{"bank_account", "phone", "amount", "name", "id", "c_nothing", ""} {
			body := map[string]any{"field": field, "reason": "核对"}
			c.ask("POST", at.path+"/reveal", body)
			if field == "phone" {
				wrong := maps.Clone(body)
				wrong["reason"] = ""
				c.ask("POST", at.path+"/reveal", wrong)
			}
		}
	}
	c.get("/api/v1/reveal/today")
	c.get("/api/v1/reveal/settings")
	c.ask("PUT", "/api/v1/reveal/settings", map[string]any{"factor": []string{"identity"}, "per_day": 1, "seconds": 30}, "If-Match", "99")
}
