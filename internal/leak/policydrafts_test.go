package leak_test

import (
	"fmt"

	"guan/policy"
	"guan/store"
)

var draftRoutes = []string{
	"GET /api/v1/policy/drafts", "POST /api/v1/policy/drafts", "GET /api/v1/policy/drafts/{id}", "PATCH /api/v1/policy/drafts/{id}", "DELETE /api/v1/policy/drafts/{id}",
	"POST /api/v1/policy/drafts/{id}/rebase", "POST /api/v1/policy/drafts/{id}/impact", "POST /api/v1/policy/drafts/{id}/publish",
	"POST /api/v1/policy/drafts/{id}/confirm", "POST /api/v1/policy/drafts/{id}/refuse", "GET /api/v1/policy/blocks",
	"GET /api/v1/policy/versions", "GET /api/v1/policy/versions/{number}", "GET /api/v1/policy/versions/{number}/diff", "POST /api/v1/policy/versions/{number}/rollback",
}

// drafting reads drafts and versions, and tries to write them: who does not administer the policy
// learns of none of it, who does learns how many records a draft would open, not which.
func drafting(c *prober) {
	for _, path := range []string{"/drafts", "/drafts?state=published", "/drafts/987654321", "/blocks", "/versions", "/versions/1", "/versions/1/diff", "/versions/999"} {
		c.get("/api/v1/policy" + path)
	}
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"PATCH", "/drafts/987654321", map[string]any{"name": "mine"}}, {"DELETE", "/drafts/987654321", nil}, {"POST", "/drafts/987654321/rebase", nil},
		{"POST", "/drafts/987654321/impact", map[string]any{}}, {"POST", "/drafts/987654321/publish", map[string]any{"note": "mine"}},
		{"POST", "/drafts/987654321/confirm", nil}, {"POST", "/drafts/987654321/refuse", map[string]any{"note": "mine"}},
		{"POST", "/versions/1/rollback", map[string]any{"note": "mine"}},
	} {
		c.ask(try.method, "/api/v1/policy"+try.path, try.body, "If-Match", "1")
	}
	c.oversees = c.who == "admin"
	defer func() { c.oversees = false }()
	rule := openRule(policy.Clause{Person: c.pair.a.people["staff"]})
	rule["id"] = "probe"
	// The guard of the last warning is looked for among records: that it catches some is told to who
	// administers the policy alone.
	guard := openRule(policy.Clause{Person: c.pair.a.people["seller"]})
	guard["id"], guard["effect"], guard["fields"] = "probe-guard", "forbid", nil
	delete(guard, "fields")
	made := c.ask("POST", "/api/v1/policy/drafts", map[string]any{"name": "probe", "document": map[string]any{"packs": []any{}, "assignments": []any{}, "rules": []any{rule, guard}}})
	if made.status != 201 {
		return
	}
	path := "/api/v1/policy/drafts/" + into[store.PolicyDraft](made).ID.String()
	c.get(path)
	c.ask("POST", path+"/impact", map[string]any{"people": []string{c.pair.a.people["staff"].String()}, "kinds": []string{"customer"}})
	c.ask("POST", path+"/publish", map[string]any{"note": "takes everything from everybody"})
	c.ask("DELETE", path, nil)
}

// enacts makes a change of the policy by the boss, which the admin confirms where that is needed.
func (p *program) enacts(change func(document map[string]any)) {
	p.t.Helper()
	boss := p.as("boss")
	draft := into[map[string]any](boss.post("/api/v1/policy/drafts", map[string]any{"name": "setup"}).must(201))
	document := draft["document"].(map[string]any)
	change(document)
	path := "/api/v1/policy/drafts/" + draft["id"].(string)
	boss.do("PATCH", path, map[string]any{"document": document}, "If-Match", fmt.Sprint(draft["version"])).must(200)
	done := into[store.PolicyDraft](boss.post(path+"/publish", map[string]any{"note": "setup"}).must(200))
	if done.State == store.DraftWaiting {
		p.as("admin").do("POST", path+"/confirm", nil).must(200)
	}
}

// writes puts a rule in force, whatever it opens.
func (p *program) writes(id string, rule map[string]any) {
	p.t.Helper()
	rule["id"] = id
	p.enacts(func(d map[string]any) { d["rules"] = append(d["rules"].([]any), rule) })
}

// assigns gives a pack to somebody, and tells the id of the assignment.
func (p *program) assigns(pack string, person policy.ID) string {
	p.t.Helper()
	p.enacts(func(d map[string]any) {
		d["assignments"] = append(d["assignments"].([]any), map[string]any{"pack": pack, "who": map[string]any{"person": person.String()}})
	})
	for _, a := range into[struct {
		Items []struct {
			ID, Pack string
			Who      struct{ Person string }
		}
	}](p.as("boss").get("/api/v1/policy/assignments").must(200)).Items {
		if a.Pack == pack && a.Who.Person == person.String() {
			return a.ID
		}
	}
	p.t.Fatalf("%s was not assigned", pack)
	return ""
}
