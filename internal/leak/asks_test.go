package leak_test

import "strings"

var askRoutes = []string{
	"POST /api/v1/records/{kind}/{id}/ask", "POST /api/v1/asks/page",
	"GET /api/v1/exports/blocked", "GET /api/v1/exports/limits", "PUT /api/v1/exports/limits",
}

// asks tries to learn by asking: for transfers and changes of records in and out of sight, with words to
// whoever is over a record that is not to be read, and from what is told of exports.
func asks(c *prober) {
	boss := c.pair.a.people["boss"].String()
	for _, at := range share(c, "asks", c.targets(1, 3), 8) {
		if strings.HasSuffix(at.path, "/x") {
			continue // no id at all
		}
		c.ask("POST", at.path+"/ask", map[string]any{"purpose": "probe"})
		c.ask("POST", "/api/v1/requests", map[string]any{"type": "transfer", "purpose": "probe",
			"transfer": map[string]any{"kind": string(at.kind), "record": at.id.String(), "to": boss, "children": []string{"contacts", "tasks"}}})
		for _, fields := range []map[string]any{{"phone": "13800138000"}, {"remark": "x"}, {"unicorn": 1}, {"owner": boss}} {
			c.ask("POST", "/api/v1/requests", map[string]any{"type": "change", "purpose": "probe",
				"change": map[string]any{"kind": string(at.kind), "record": at.id.String(), "version": 99, "fields": fields}})
		}
		c.ask("POST", "/api/v1/requests", map[string]any{"type": "delete", "purpose": "probe", "delete": map[string]any{"kind": string(at.kind), "record": at.id.String(), "version": 99}})
		for _, action := range []string{"claim", "release", "assign"} {
			c.ask("POST", "/api/v1/requests", map[string]any{"type": "pool", "purpose": "probe",
				"pool": map[string]any{"kind": string(at.kind), "record": at.id.String(), "action": action, "person": boss}})
		}
	}
	for _, fields := range []map[string]any{{"name": "probe", "phone": "13800138000"}, {"unicorn": 1}} {
		c.ask("POST", "/api/v1/requests", map[string]any{"type": "create", "purpose": "probe", "create": map[string]any{"kind": "customer", "fields": fields}})
	}
	c.ask("POST", "/api/v1/requests", map[string]any{"type": "mass", "purpose": "probe", "mass": map[string]any{"preview": "7"}})
	c.ask("POST", "/api/v1/records/unicorn/1/ask", map[string]any{"purpose": "probe"})
	c.ask("POST", "/api/v1/asks/page", map[string]any{"page": "/policy/rules", "purpose": "probe"})
	c.ask("POST", "/api/v1/asks/page", map[string]any{"page": "/records/customer/7", "purpose": "probe"})
	c.get("/api/v1/exports/blocked")
	c.get("/api/v1/exports/limits")
	c.ask("PUT", "/api/v1/exports/limits", map[string]any{"packs": []any{}, "people": []any{}}, "If-Match", "99")
}
