package httpapi_test

import (
	"time"

	"guan/policy"
)

// requestRows are of requests: the seller asks for an identity document of their own customer, which
// head decides, who heads the department.
var requestRows = []row{
	{"POST /api/v1/requests", "a masked field", "401 404 201 409 409 404 201 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", asking(x.fresh()))
	}},
	{"POST /api/v1/requests", "out of sight", "401 404 404 404 409 404 409 403", func(x *census, c *client) *reply {
		// Nobody heads the unit at the top, where the boss is.
		mine := into[item](x.boss.post("/api/v1/records/customer", fieldsOf("name", "我的")).must(201))
		return c.post("/api/v1/requests", asking(mine.ID))
	}},
	{"POST /api/v1/requests", "of an export", "401 403 201 409 409 403 409 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", map[string]any{"type": "export", "purpose": "普查", "export": map[string]any{"kind": "customer", "format": "csv"}})
	}},
	{"GET /api/v1/requests", "mine", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/requests") }},
	{"GET /api/v1/requests", "everybody's", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/requests?scope=all") }},
	{"GET /api/v1/requests/waiting", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/requests/waiting") }},
	{"GET /api/v1/requests/{id}", "", "401 404 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get(x.asked()) }},
	{"GET /api/v1/requests/{id}/records", "not for many", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply { return c.get(x.asked() + "/records") }},
	{"POST /api/v1/requests/{id}/approve", "", "401 404 403 200 403 403 403 403", func(x *census, c *client) *reply {
		return c.post(x.asked()+"/approve", map[string]any{"words": "同意"})
	}},
	{"POST /api/v1/requests/{id}/refuse", "", "401 404 403 200 403 403 403 403", func(x *census, c *client) *reply {
		return c.post(x.asked()+"/refuse", map[string]any{})
	}},
	{"POST /api/v1/requests/{id}/withdraw", "", "401 404 200 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.asked()+"/withdraw", nil)
	}},
	{"GET /api/v1/approvals/chains", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/approvals/chains") }},
	{"PUT /api/v1/approvals/chains/{type}", "none", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/approvals/chains/none", map[string]any{"steps": []any{}}, "If-Match", "0")
	}},
	{"GET /api/v1/me/handover-note", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/me/handover-note") }},
	{"PUT /api/v1/me/handover-note", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/me/handover-note", map[string]any{"note": "钥匙在前台"})
	}},
	{"GET /api/v1/me/away", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/me/away") }},
	{"PUT /api/v1/me/away", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/me/away", map[string]any{"stand_in": x.people["rival"].String(), "from": time.Now().Add(time.Hour), "until": time.Now().Add(2 * time.Hour)})
	}},
	{"DELETE /api/v1/me/away", "", "401 204 204 204 204 204 204 403", func(x *census, c *client) *reply { return c.do("DELETE", "/api/v1/me/away", nil) }},
}

// asking asks to see an identity document of a customer.
func asking(id policy.ID) map[string]any {
	return map[string]any{"type": "access", "purpose": "普查", "access": map[string]any{"kind": "customer", "record": id.String(), "fields": []string{"id_number"}, "hours": 1}}
}

// asked is the path of a request of the seller's that nobody has decided.
func (x *census) asked() string {
	x.t.Helper()
	if x.seller == nil {
		x.seller = x.as("seller")
	}
	open := into[ofItems[struct {
		ID    policy.ID `json:"id"`
		State string    `json:"state"`
		Type  string    `json:"type"`
	}]](x.seller.get("/api/v1/requests").must(200)).Items
	for _, r := range open {
		if r.State == "pending" && r.Type == "access" {
			return "/api/v1/requests/" + r.ID.String()
		}
	}
	return "/api/v1/requests/" + into[made](x.seller.post("/api/v1/requests", asking(x.fresh())).must(201)).ID.String()
}
