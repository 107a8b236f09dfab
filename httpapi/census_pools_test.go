package httpapi_test

import (
	"fmt"

	"guan/policy"
)

// poolRows are of records in a pool that is open to the sales department: to the seller, to head, who
// heads it, and to staff, whom rows before these have put into a team there.
var poolRows = []row{
	{"POST /api/v1/records/{kind}/{id}/claim", "in a pool", "401 404 200 403 200 404 403 403", func(x *census, c *client) *reply {
		return c.do("POST", customers(x.lying())+"/claim", nil)
	}},
	{"POST /api/v1/records/{kind}/{id}/claim", "somebody else's", "401 404 404 403 409 404 403 403", func(x *census, c *client) *reply {
		return c.do("POST", customers(x.colleagues)+"/claim", nil)
	}},
	{"POST /api/v1/records/{kind}/{id}/release", "own", "401 404 200 200 200 404 403 403", func(x *census, c *client) *reply {
		id := x.fresh()
		return c.post(customers(id)+"/release", map[string]any{"pool": x.ofPool(c)})
	}},
	{"POST /api/v1/records/{kind}/{id}/release", "other", "401 404 404 404 200 404 403 403", func(x *census, c *client) *reply {
		return c.post(customers(x.other)+"/release", map[string]any{})
	}},
	{"POST /api/v1/records/{kind}/{id}/assign", "in a pool", "401 404 403 200 200 404 403 403", func(x *census, c *client) *reply {
		return c.post(customers(x.lying())+"/assign", map[string]any{"person": x.people["rival"].String()})
	}},
	{"POST /api/v1/records/{kind}/{id}/assign", "own, to oneself of another department", "401 404 403 403 200 404 403 403", func(x *census, c *client) *reply {
		return c.post(customers(x.fresh())+"/assign", map[string]any{"person": x.people["admin"].String()})
	}},
	{"POST /api/v1/records/{kind}/pool", "claim, in a pool and somebody else's", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/pool", map[string]any{"action": "claim", "ids": []string{x.lying().String(), x.colleagues.String()}})
	}},
	{"POST /api/v1/records/{kind}/pool", "no kind that lies in pools", "401 404 404 404 404 404 404 404", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/contact/pool", map[string]any{"action": "claim", "ids": []string{"7"}})
	}},
	{"GET /api/v1/org/pools/{id}", "", "401 200 200 200 200 200 404 404", func(x *census, c *client) *reply { return c.get(x.pool()) }},
	{"PUT /api/v1/org/pools/{id}/settings", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", x.pool()+"/settings", map[string]any{"claims_per_day": 0}, "If-Match", fmt.Sprint(into[made](x.boss.get(x.pool()).must(200)).Version))
	}},
	{"GET /api/v1/org/pools/{id}/recycling", "never", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.get(x.pool() + "/recycling")
	}},
	{"GET /api/v1/pools", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/pools") }},
	{"GET /api/v1/org/pools/{id}/recyclings", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.get(x.pool() + "/recyclings")
	}},
	{"POST /api/v1/org/pools/{id}/recycling", "no rule", "401 403 403 403 409 409 403 403", func(x *census, c *client) *reply {
		return c.do("POST", x.pool()+"/recycling", nil)
	}},
	{"DELETE /api/v1/org/pools/{id}/recycling", "never", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", x.pool()+"/recycling", nil)
	}},
}

// pool is the path of the pool of the census.
func (x *census) pool() string {
	x.t.Helper()
	if x.poolID == 0 {
		x.poolID = into[made](x.boss.post("/api/v1/org/pools", map[string]any{
			"name": fresh("公海"), "open": []any{map[string]any{"unit": x.sales.String(), "below": true}}}).must(201)).ID
	}
	return "/api/v1/org/pools/" + x.poolID.String()
}

// lying makes a customer that lies in the pool.
func (x *census) lying() policy.ID {
	x.t.Helper()
	x.pool()
	return into[item](x.boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "公海客户", "pool": x.poolID.String()}}).must(201)).ID
}

// ofPool names the pool to those to whom it is open; to the boss it is not.
func (x *census) ofPool(c *client) string {
	x.pool()
	if c.login != "boss" {
		return x.poolID.String()
	}
	return into[made](x.boss.post("/api/v1/org/pools", map[string]any{
		"name": fresh("公海"), "open": []any{map[string]any{"unit": x.root().String(), "below": true}}}).must(201)).ID.String()
}

// root is the unit at the top.
func (x *census) root() policy.ID {
	x.t.Helper()
	for _, u := range into[ofItems[struct {
		ID     policy.ID  `json:"id"`
		Parent *policy.ID `json:"parent"`
	}]](x.boss.get("/api/v1/org/units").must(200)).Items {
		if u.Parent == nil || *u.Parent == 0 {
			return u.ID
		}
	}
	x.t.Fatal("there is no unit at the top")
	return 0
}
