package leak_test

var auditRoutes = []string{"GET /api/v1/audit/seal", "POST /api/v1/audit/checks", "GET /api/v1/audit/entries", "GET /api/v1/audit/archive"}

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
	c.get("/api/v1/audit/entries")
	for _, at := range c.targets(1, 3) {
		c.get("/api/v1/audit/entries?kind=" + string(at.kind) + "&record=" + at.id.String())
	}
	c.ask("POST", "/api/v1/audit/checks", nil)
}
