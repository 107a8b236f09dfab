package leak_test

import (
	"fmt"
	"slices"
)

var traceRoutes = []string{"POST /api/v1/traces", "POST /api/v1/traces/export-code", "GET /api/v1/traces/settings", "GET /api/v1/traces/canaries", "PUT /api/v1/traces/settings"}

// traces asks whose copies values of both worlds are. Without the right there is one answer, whatever was
// exported; who has it is told what of a table that they hold was exported at some time.
func traces(c *prober) {
	c.get("/api/v1/traces/settings")
	c.get("/api/v1/traces/canaries")
	c.ask("PUT", "/api/v1/traces/settings", map[string]bool{"marks": true, "line": false}, "If-Match", "99")
	c.ask("POST", "/api/v1/traces/export-code", map[string]string{"code": "0000-0000-00"})
	if slices.Contains(auditors, c.who) {
		return
	}
	const boundary = "boundaryofthetest"
	for _, p := range []*program{c.pair.a, c.pair.b} {
		text := fmt.Sprintf("%v %v", p.values["seller1"]["name"], p.values["seller1"]["phone"])
		c.ask("POST", "/api/v1/traces", file{boundary, fmt.Sprintf("--%s\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n%s\r\n--%s--\r\n", boundary, text, boundary)})
	}
}
