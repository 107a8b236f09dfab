package httpapi_test

import (
	"time"

	"guan/policy"
	"guan/store"
)

// sandboxRows are of sandboxes: one of the boss's, with the seller in it.
var sandboxRows = []row{
	{"GET /api/v1/sandboxes", "mine", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/sandboxes") }},
	{"GET /api/v1/sandboxes", "all", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/sandboxes?scope=all") }},
	{"GET /api/v1/sandboxes", "in which own lies", "401 404 200 200 200 404 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/sandboxes?kind=customer&record=" + x.own.String())
	}},
	{"POST /api/v1/sandboxes", "with own records", "401 404 201 201 201 404 201 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/sandboxes", x.boxOf(x.own))
	}},
	{"POST /api/v1/sandboxes/plan", "own", "401 404 200 200 200 404 200 403", func(x *census, c *client) *reply {
		plan := x.put(x.own)
		plan["purpose"], plan["until"] = "联合", time.Now().Add(time.Hour)
		return c.post("/api/v1/sandboxes/plan", plan)
	}},
	{"POST /api/v1/sandboxes/plan", "own with its contacts", "401 404 200 200 200 404 200 403", func(x *census, c *client) *reply {
		plan := x.put(x.own)
		plan["purpose"], plan["until"], plan["along"] = "联合", time.Now().Add(time.Hour), []string{"contacts"}
		return c.post("/api/v1/sandboxes/plan", plan)
	}},
	{"GET /api/v1/sandboxes/{id}", "the boss's", "401 404 200 404 200 200 200 403", func(x *census, c *client) *reply { return c.get(x.box()) }},
	{"PATCH /api/v1/sandboxes/{id}", "the boss's", "401 404 403 404 200 403 403 403", func(x *census, c *client) *reply {
		return c.do("PATCH", x.box(), map[string]any{"title": "改名"})
	}},
	{"POST /api/v1/sandboxes/{id}/members", "the boss's", "401 404 403 404 200 403 403 403", func(x *census, c *client) *reply {
		return c.post(x.box()+"/members", map[string]any{"members": []any{map[string]any{"person": x.people["rival"].String(), "mode": "view"}}})
	}},
	{"DELETE /api/v1/sandboxes/{id}/members/{person}", "the seller", "401 404 204 404 204 204 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", x.box()+"/members/"+x.people["seller"].String(), nil)
	}},
	{"POST /api/v1/sandboxes/{id}/shares", "the boss's", "401 404 403 404 201 403 403 403", func(x *census, c *client) *reply {
		return c.post(x.box()+"/shares", x.put(x.own))
	}},
	{"DELETE /api/v1/sandboxes/{id}/shares/{share}", "the boss's", "401 404 403 404 204 204 403 403", func(x *census, c *client) *reply {
		box := x.box()
		made := into[struct{ Shares []struct{ ID policy.ID } }](x.boss.get(box).must(200))
		return c.do("DELETE", box+"/shares/"+made.Shares[0].ID.String(), nil)
	}},
	{"DELETE /api/v1/sandboxes/{id}/shares/{share}", "one of the boss's", "401 404 403 404 204 204 403 403", func(x *census, c *client) *reply {
		box := x.box()
		share := into[struct{ Shares []store.SandboxShare }](x.boss.get(box).must(200)).Shares[0]
		return c.do("DELETE", box+"/shares/"+share.ID.String()+"?record="+share.Titles[0].ID.String(), nil)
	}},
	{"POST /api/v1/sandboxes/{id}/extend", "the boss's", "401 404 403 404 200 403 403 403", func(x *census, c *client) *reply {
		return c.post(x.box()+"/extend", map[string]any{"until": time.Now().Add(2 * time.Hour)})
	}},
	{"POST /api/v1/sandboxes/{id}/end", "the boss's", "401 404 403 404 200 200 403 403", func(x *census, c *client) *reply { return c.post(x.box()+"/end", nil) }},
	{"GET /api/v1/sandboxes/{id}/statement", "the boss's", "401 404 200 404 200 200 200 403", func(x *census, c *client) *reply { return c.get(x.box() + "/statement") }},
	{"GET /api/v1/sandboxes/{id}/statement/file", "the boss's", "401 404 200 404 200 200 200 403", func(x *census, c *client) *reply {
		return c.get(x.box() + "/statement/file?lang=en")
	}},
}

// put is what is put into a sandbox: one customer, for reading.
func (x *census) put(id policy.ID) map[string]any {
	return map[string]any{"kind": "customer", "records": []string{id.String()}, "actions": []string{"read"}, "fields": []any{map[string]any{"class": "general", "level": "plain"}}}
}

func (x *census) boxOf(id policy.ID) map[string]any {
	return map[string]any{"title": "联合", "purpose": "联合方案", "until": time.Now().Add(time.Hour),
		"members": []any{map[string]any{"person": x.people["rival"].String(), "mode": "view"}}, "shares": []any{x.put(id)}}
}

// box is the path of a new sandbox of the boss's with the seller in it.
func (x *census) box() string {
	x.t.Helper()
	made := x.boss.post("/api/v1/records/customer", fieldsOf("name", "沙箱里的")).must(201)
	body := x.boxOf(into[item](made).ID)
	body["members"] = []any{map[string]any{"person": x.people["seller"].String(), "mode": "view"}}
	return "/api/v1/sandboxes/" + into[struct{ ID policy.ID }](x.boss.post("/api/v1/sandboxes", body).must(201)).ID.String()
}
