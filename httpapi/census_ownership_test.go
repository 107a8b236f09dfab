package httpapi_test

import (
	"fmt"

	"guan/policy"
)

// pair makes two customers of the seller's.
func (x *census) pair() (one, two policy.ID) { return x.fresh(), x.fresh() }

// ownershipRows: the seller owns, their head heads, nobody but these and the boss sees the records.
var ownershipRows = []row{
	{"POST /api/v1/records/{kind}/{id}/transfer/preview", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply {
		return c.post(customers(x.own)+"/transfer/preview", map[string]any{"to": x.people["rival"].String()})
	}},
	{"POST /api/v1/records/{kind}/{id}/transfer/preview", "other", "401 404 404 404 200 404 200 200", func(x *census, c *client) *reply {
		id := into[item](x.boss.post("/api/v1/records/customer", fieldsOf("name", "老板的")).must(201)).ID
		return c.post(customers(id)+"/transfer/preview", map[string]any{})
	}},
	{"POST /api/v1/records/{kind}/{id}/transfer", "own", "401 404 403 200 200 404 403 403", func(x *census, c *client) *reply {
		return c.do("POST", customers(x.fresh())+"/transfer", map[string]any{"to": x.people["rival"].String(), "children": []string{"contacts"}, "note": "请跟进"}, "If-Match", `"1"`)
	}},
	{"POST /api/v1/records/{kind}/{id}/transfer", "other", "401 404 404 404 200 404 403 403", func(x *census, c *client) *reply {
		id := into[item](x.boss.post("/api/v1/records/customer", fieldsOf("name", "老板的")).must(201)).ID
		return c.do("POST", customers(id)+"/transfer", map[string]any{"to": x.people["rival"].String()}, "If-Match", `"1"`)
	}},
	{"POST /api/v1/records/{kind}/{id}/merge", "own", "401 404 200 200 200 404 403 403", func(x *census, c *client) *reply {
		one, two := x.pair()
		return c.do("POST", customers(one)+"/merge", map[string]any{"with": two.String(), "version": 1}, "If-Match", `"1"`)
	}},
	{"POST /api/v1/records/{kind}/{id}/merge", "own with other", "401 404 404 404 200 404 403 403", func(x *census, c *client) *reply {
		id := into[item](x.boss.post("/api/v1/records/customer", fieldsOf("name", "老板的")).must(201)).ID
		return c.do("POST", customers(x.fresh())+"/merge", map[string]any{"with": id.String(), "version": 1}, "If-Match", `"1"`)
	}},
	{"GET /api/v1/records/{kind}/{id}/merged", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply {
		two, _ := x.merged()
		return c.get(customers(two) + "/merged")
	}},
	{"POST /api/v1/merges/{id}/undo", "own", "401 404 200 200 200 404 403 403", func(x *census, c *client) *reply {
		_, id := x.merged()
		return c.do("POST", "/api/v1/merges/"+id.String()+"/undo", nil)
	}},
	{"POST /api/v1/records/{kind}/looked-after", "which boss alone has with that of making one", "401 403 403 403 200 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/looked-after", fieldsOf("name", "新客"))
	}},
	{"POST /api/v1/records/{kind}/ask-head", "", "401 403 204 204 204 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/ask-head", map[string]any{"fields": map[string]any{"name": "新客"}, "note": "他们找到了我"})
	}},
}

// merged makes one of two customers of the seller's: which is merged, and the merge.
func (x *census) merged() (loser, id policy.ID) {
	x.t.Helper()
	one, two := x.pair()
	made := into[made](x.boss.do("POST", customers(one)+"/merge", map[string]any{"with": two.String(), "version": 1}, "If-Match", fmt.Sprint(1)).must(200))
	return two, made.ID
}
