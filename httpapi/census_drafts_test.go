package httpapi_test

import (
	"fmt"

	"guan/policy"
	"guan/store"
)

// draftRows are of drafts and versions of the policy.
var draftRows = []row{
	{"GET /api/v1/policy/drafts", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/drafts") }},
	{"POST /api/v1/policy/drafts", "", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		got := c.post("/api/v1/policy/drafts", map[string]any{"name": "草稿"})
		if got.status == 201 {
			x.boss.do("DELETE", "/api/v1/policy/drafts/"+into[store.PolicyDraft](got).ID.String(), nil).must(204)
		}
		return got
	}},
	{"GET /api/v1/policy/drafts/{id}", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return x.drafted(func(path string, _ int64) *reply { return c.get(path) })
	}},
	{"PATCH /api/v1/policy/drafts/{id}", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return x.drafted(func(path string, version int64) *reply {
			return c.do("PATCH", path, map[string]any{"name": "改名"}, "If-Match", fmt.Sprint(version))
		})
	}},
	{"DELETE /api/v1/policy/drafts/{id}", "", "401 403 403 403 204 204 403 403", func(x *census, c *client) *reply {
		return x.drafted(func(path string, _ int64) *reply { return c.do("DELETE", path, nil) })
	}},
	{"POST /api/v1/policy/drafts/{id}/rebase", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return x.drafted(func(path string, _ int64) *reply { return c.do("POST", path+"/rebase", nil) })
	}},
	{"POST /api/v1/policy/drafts/{id}/impact", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return x.drafted(func(path string, _ int64) *reply { return c.post(path+"/impact", map[string]any{}) })
	}},
	{"POST /api/v1/policy/drafts/{id}/publish", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return x.drafted(func(path string, _ int64) *reply {
			defer x.boss.do("DELETE", "/api/v1/policy/rules/drafted", nil)
			return c.post(path+"/publish", map[string]any{"note": "普查"})
		})
	}},
	{"POST /api/v1/policy/drafts/{id}/confirm", "the admin's", "401 403 403 403 200 403 403 403", func(x *census, c *client) *reply {
		return x.waiting(func(path string) *reply {
			defer func() {
				x.boss.do("DELETE", "/api/v1/policy/rules/drafted", nil)
			}()
			return c.do("POST", path+"/confirm", nil)
		})
	}},
	{"POST /api/v1/policy/drafts/{id}/refuse", "the admin's", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return x.waiting(func(path string) *reply { return c.post(path+"/refuse", map[string]any{"note": "再想想"}) })
	}},
	{"GET /api/v1/policy/versions", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/versions") }},
	{"GET /api/v1/policy/versions/{number}", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/versions/1") }},
	{"GET /api/v1/policy/versions/{number}/diff", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/policy/versions/1/diff")
	}},
	{"POST /api/v1/policy/versions/{number}/rollback", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		versions := into[store.PolicyVersions](x.boss.get("/api/v1/policy/versions?limit=1").must(200))
		x.boss.do("PUT", "/api/v1/policy/rules/later", x.rule(map[string]any{"unit": x.west.String()})).must(200)
		defer x.boss.do("DELETE", "/api/v1/policy/rules/later", nil)
		return c.post(fmt.Sprintf("/api/v1/policy/versions/%d/rollback", versions.Items[0].Number), map[string]any{"note": "普查"})
	}},
	{"GET /api/v1/policy/blocks", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/policy/blocks") }},
}

// draftWith is a draft of the admin with one rule more, and what the rule shows.
func (x *census) draftWith(class policy.Class) store.PolicyDraft {
	x.t.Helper()
	admin := x.as("admin")
	d := into[store.PolicyDraft](admin.post("/api/v1/policy/drafts", map[string]any{"name": "草稿"}).must(201))
	rule := x.rule(map[string]any{"unit": x.west.String()})
	rule["id"], rule["fields"] = "drafted", []any{map[string]any{"class": class, "level": "plain"}}
	document := map[string]any{"packs": d.Document.Packs, "assignments": d.Document.Assignments, "rules": []any{rule}}
	return into[store.PolicyDraft](admin.do("PATCH", "/api/v1/policy/drafts/"+d.ID.String(), map[string]any{"document": document}, "If-Match", fmt.Sprint(d.Version)).must(200))
}

// drafted asks something of a new draft, which is given up afterwards.
func (x *census) drafted(ask func(path string, version int64) *reply) *reply {
	x.t.Helper()
	d := x.draftWith(policy.General)
	path := "/api/v1/policy/drafts/" + d.ID.String()
	defer x.boss.do("DELETE", path, nil)
	return ask(path, d.Version)
}

// waiting asks something of a new draft that waits for a second person.
func (x *census) waiting(ask func(path string) *reply) *reply {
	x.t.Helper()
	d := x.draftWith(policy.Identity)
	path := "/api/v1/policy/drafts/" + d.ID.String()
	x.as("admin").post(path+"/publish", map[string]any{"note": "普查"}).must(200)
	defer x.boss.do("DELETE", path, nil)
	return ask(path)
}
