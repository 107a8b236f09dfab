package leak_test

var auditRoutes = []string{"GET /api/v1/audit/seal", "POST /api/v1/audit/checks", "GET /api/v1/audit/entries", "GET /api/v1/audit/archive",
	"GET /api/v1/audit/retention", "PUT /api/v1/audit/retention", "GET /api/v1/audit/archives/{from}", "GET /api/v1/audit/erasures", "POST /api/v1/audit/erasures"}

// auditors are told of the log as a whole: its hash is another one in another world, as it has to be.
var auditors = []string{"boss", "auditor"}

// seals asks for the sealed log. Without the right there is one answer, whatever is in it.
func seals(c *prober) {
	for _, who := range auditors {
		if c.who == who {
			return
		}
	}
	c.get("/api/v1/audit/seal")
	c.get("/api/v1/audit/archive")
	c.get("/api/v1/audit/archives/0")
	c.get("/api/v1/audit/retention")
	c.ask("PUT", "/api/v1/audit/retention", map[string]any{"days": 30}, "If-Match", "0")
	c.get("/api/v1/audit/entries")
	for _, at := range c.targets(1, 3) {
		c.get("/api/v1/audit/entries?kind=" + string(at.kind) + "&record=" + at.id.String())
	}
	c.ask("POST", "/api/v1/audit/checks", nil)
	if c.who == "admin" {
		return // may erase, and is told how many entries there are, which the log of another world has others of
	}
	for _, at := range c.targets(1, 2) {
		c.get("/api/v1/audit/erasures?kind=" + string(at.kind) + "&record=" + at.id.String())
		c.ask("POST", "/api/v1/audit/erasures", map[string]any{"kind": string(at.kind), "record": at.id.String(), "reason": "本人要求删除个人信息"})
	}
}
