package httpapi_test

import (
	"fmt"

	"guan/policy"
)

// saved makes a view of the boss's, shared with everybody, and names it with its version.
func (x *census) saved(shared bool) (path, version string) {
	x.t.Helper()
	body := map[string]any{"kind": "customer", "name": fresh("视图"), "search": map[string]any{"f": [][]string{{"city", "eq", "深圳"}}}}
	if shared {
		body["shared"] = map[string]any{"everyone": true}
	}
	made := into[item](x.boss.post("/api/v1/views", body).must(201))
	return "/api/v1/views/" + made.ID.String(), fmt.Sprint(made.Version)
}

// massOf looks at a change of a fresh customer of the seller's, and gives its id where that was allowed.
func (x *census) massOf(c *client) policy.ID {
	x.t.Helper()
	looked := c.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": []string{x.fresh().String()}, "change": map[string]any{"fields": map[string]any{"city": "深圳"}}})
	if looked.status != 200 {
		return 1
	}
	return into[item](looked).ID
}

var listRows = []row{
	{"GET /api/v1/views", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/views?kind=customer") }},
	{"GET /api/v1/views", "no kind", "401 404 404 404 404 404 404 404", func(x *census, c *client) *reply { return c.get("/api/v1/views?kind=unicorn") }},
	{"POST /api/v1/views", "", "401 201 201 201 201 201 201 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/views", map[string]any{"kind": "customer", "name": fresh("视图"), "search": map[string]any{}})
	}},
	{"POST /api/v1/views", "for everybody", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/views", map[string]any{"kind": "customer", "name": fresh("视图"), "search": map[string]any{}, "shared": map[string]any{"everyone": true}})
	}},
	{"PATCH /api/v1/views/{id}", "somebody else's", "401 404 404 404 200 404 404 403", func(x *census, c *client) *reply {
		path, version := x.saved(false)
		return c.do("PATCH", path, map[string]any{"name": "x"}, "If-Match", version)
	}},
	{"PATCH /api/v1/views/{id}", "shared by somebody else", "401 403 403 403 200 403 403 403", func(x *census, c *client) *reply {
		path, version := x.saved(true)
		return c.do("PATCH", path, map[string]any{"name": "x"}, "If-Match", version)
	}},
	{"DELETE /api/v1/views/{id}", "shared by somebody else", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		path, version := x.saved(true)
		return c.do("DELETE", path, nil, "If-Match", version)
	}},
	{"POST /api/v1/records/{kind}/bulk/preview", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": []string{x.own.String(), x.other.String()}, "change": map[string]any{"fields": map[string]any{"city": "深圳"}}})
	}},
	{"POST /api/v1/records/{kind}/bulk", "own", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/bulk", map[string]any{"preview": x.massOf(c).String()})
	}},
	{"POST /api/v1/records/{kind}/bulk", "the seller's", "401 404 200 404 404 404 404 404", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/bulk", map[string]any{"preview": x.massOf(x.as("seller")).String()})
	}},
	{"GET /api/v1/bulk/{id}", "own", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.get("/api/v1/bulk/" + x.massOf(c).String())
	}},
	{"GET /api/v1/bulk/{id}", "the seller's", "401 404 200 404 404 404 404 404", func(x *census, c *client) *reply {
		return c.get("/api/v1/bulk/" + x.massOf(x.as("seller")).String())
	}},
	{"DELETE /api/v1/bulk/{id}", "the seller's", "401 404 204 404 404 404 404 404", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/bulk/"+x.massOf(x.as("seller")).String(), nil)
	}},
	{"POST /api/v1/bulk/{id}/undo", "the seller's", "401 404 409 404 404 404 404 404", func(x *census, c *client) *reply {
		return c.do("POST", "/api/v1/bulk/"+x.massOf(x.as("seller")).String()+"/undo", nil)
	}},
	{"POST /api/v1/bulk/{id}/undo", "not done", "401 409 409 409 409 409 409 409", func(x *census, c *client) *reply {
		return c.do("POST", "/api/v1/bulk/"+x.massOf(c).String()+"/undo", nil)
	}},
}
