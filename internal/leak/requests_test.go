package leak_test

import "strings"

var requestRoutes = []string{
	"POST /api/v1/requests", "GET /api/v1/requests", "GET /api/v1/requests/waiting", "GET /api/v1/requests/{id}", "GET /api/v1/requests/{id}/records",
	"POST /api/v1/requests/{id}/approve", "POST /api/v1/requests/{id}/refuse", "POST /api/v1/requests/{id}/withdraw",
	"GET /api/v1/approvals/chains", "PUT /api/v1/approvals/chains/{type}",
	"GET /api/v1/me/handover-note", "PUT /api/v1/me/handover-note", "GET /api/v1/me/away", "PUT /api/v1/me/away", "DELETE /api/v1/me/away",
}

// requests asks for more of records in and out of sight: of those out of sight the answer must be that
// of records that are not there, and no list, count or decision may tell one from the other.
func requests(c *prober) {
	for _, at := range share(c, "requests", c.targets(1, 3), 16) {
		if strings.HasSuffix(at.path, "/x") {
			continue // no id at all
		}
		for _, field := range []string{"phone", "remark", "unicorn"} {
			c.ask("POST", "/api/v1/requests", map[string]any{"type": "access", "purpose": "probe",
				"access": map[string]any{"kind": string(at.kind), "record": at.id.String(), "fields": []string{field}, "hours": 1}})
		}
	}
	for _, filter := range []string{"", "r.phone == '13800138000'", "has(r.remark)", "r.unicorn == 1"} {
		c.ask("POST", "/api/v1/requests", map[string]any{"type": "export", "purpose": "probe " + filter, "export": map[string]any{"kind": "customer", "filter": filter, "format": "csv"}})
	}
	for _, path := range []string{
		"/api/v1/requests", "/api/v1/requests?scope=waiting", "/api/v1/requests?scope=decided", "/api/v1/requests?scope=all", "/api/v1/requests?cursor=x",
		"/api/v1/requests/waiting", "/api/v1/approvals/chains", "/api/v1/me/away", "/api/v1/me/handover-note",
	} {
		c.get(path)
	}
	for _, id := range []string{"1", "987654321", "x"} {
		path := "/api/v1/requests/" + id
		c.get(path)
		c.get(path + "/records")
		c.get(path + "/records?cursor=5")
		c.ask("POST", path+"/approve", map[string]any{})
		c.ask("POST", path+"/refuse", map[string]any{"words": "no"})
		c.ask("POST", path+"/withdraw", nil)
	}
	c.ask("PUT", "/api/v1/approvals/chains/none", map[string]any{"steps": []any{}}, "If-Match", "0")
	boss := c.pair.a.people["boss"].String()
	c.ask("PUT", "/api/v1/me/handover-note", map[string]any{"note": "钥匙在前台"})
	c.ask("PUT", "/api/v1/me/away", map[string]any{"stand_in": boss, "until": "2020-01-01T00:00:00Z"})
	c.ask("PUT", "/api/v1/me/handover-note", map[string]any{"note": "钥匙在前台"})
	c.ask("PUT", "/api/v1/me/away", map[string]any{"stand_in": "987654321", "until": "2090-01-01T00:00:00Z"})
	c.ask("DELETE", "/api/v1/me/away", nil)
}
