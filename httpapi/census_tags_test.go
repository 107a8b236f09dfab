package httpapi_test

import (
	"fmt"

	"guan/records"
	"guan/store"
)

// triedRule is a rule of tags that looks at nothing but general information.
var triedRule = map[string]any{"tag": "busy", "terms": []any{map[string]any{"relation": "activities", "op": "ge", "value": "3",
	"window": map[string]any{"mode": "ago", "unit": "day", "to": 30}}}}

// tagRows are of tags by rules and of stages.
var tagRows = []row{
	{"POST /api/v1/policy/tags/try", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/policy/tags/try", map[string]any{"kind": "customer", "rule": triedRule})
	}},
	{"GET /api/v1/policy/tags/runs", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/tags/runs") }},
	{"POST /api/v1/policy/tags/runs", "no rules", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/policy/tags/runs", map[string]any{"kind": "task"})
	}},
	{"DELETE /api/v1/policy/tags/runs/{kind}", "none under way", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/policy/tags/runs/task", nil)
	}},
	{"GET /api/v1/policy/stages/{kind}", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/stages/product") }},
	{"PUT /api/v1/policy/stages/{kind}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		now := into[store.WrittenStages](x.boss.get("/api/v1/policy/stages/product").must(200))
		return c.do("PUT", "/api/v1/policy/stages/product", map[string]any{"stages": now.Stages}, "If-Match", fmt.Sprint(now.Version))
	}},
}

// tagGroup is a group of tags as it is sent.
func tagGroup(class string, rules ...any) map[string]any {
	group := map[string]any{"colour": "gold"}
	if len(rules) > 0 {
		group["rules"] = rules
	}
	return map[string]any{"type": "choices", "class": class, "label": records.Label{ZH: "活跃", EN: "Activity"},
		"choices": []any{map[string]any{"code": "busy", "label": records.Label{ZH: "频繁", EN: "Busy"}}}, "group": group}
}
