package leak_test

import (
	"strings"
	"testing"
	"time"
)

var sandboxRoutes = []string{
	"GET /api/v1/sandboxes", "POST /api/v1/sandboxes", "POST /api/v1/sandboxes/plan", "GET /api/v1/sandboxes/{id}", "PATCH /api/v1/sandboxes/{id}",
	"POST /api/v1/sandboxes/{id}/members", "DELETE /api/v1/sandboxes/{id}/members/{person}", "POST /api/v1/sandboxes/{id}/shares", "DELETE /api/v1/sandboxes/{id}/shares/{share}",
	"POST /api/v1/sandboxes/{id}/extend", "POST /api/v1/sandboxes/{id}/end", "GET /api/v1/sandboxes/{id}/statement", "GET /api/v1/sandboxes/{id}/statement/file",
}

// sandboxing puts into sandboxes what one sees and what one does not.
func sandboxing(c *prober) {
	until := c.pair.a.clock.Now().Add(time.Hour)
	for _, at := range share(c, "sandboxing", c.targets(1, 2), 4) {
		put := map[string]any{"kind": at.kind, "records": []string{at.id.String()}, "actions": []string{"read"},
			"fields": []any{map[string]any{"class": "*", "level": "plain"}}}
		c.ask("POST", "/api/v1/sandboxes", map[string]any{"title": "probe", "purpose": "probe", "until": until, "members": []any{}, "shares": []any{put}})
		put["purpose"], put["until"] = "probe", until
		c.ask("POST", "/api/v1/sandboxes/plan", put)
		put["along"] = []string{"contacts", "tickets"}
		c.ask("POST", "/api/v1/sandboxes/plan", put)
		c.get("/api/v1/sandboxes?kind=" + string(at.kind) + "&record=" + at.id.String())
		delete(put, "along")
		delete(put, "records")
		put["choose"] = map[string]any{"filter": "r.phone == '13800138000'", "moving": true}
		c.ask("POST", "/api/v1/sandboxes/plan", put)
	}
	for _, path := range []string{"/api/v1/sandboxes", "/api/v1/sandboxes?scope=all", "/api/v1/sandboxes?state=ended"} {
		c.get(path)
	}
	for _, id := range []string{"1", "987654321"} {
		box := "/api/v1/sandboxes/" + id
		c.get(box)
		c.get(box + "/statement")
		c.get(box + "/statement/file")
		c.ask("PATCH", box, map[string]any{"title": "probe"})
		c.ask("POST", box+"/members", map[string]any{"members": []any{map[string]any{"person": c.pair.a.people["boss"].String(), "mode": "view"}}})
		c.ask("DELETE", box+"/members/987654321", nil)
		c.ask("POST", box+"/shares", map[string]any{"kind": "customer", "records": []string{}, "actions": []string{"read"}, "fields": []any{}})
		c.ask("DELETE", box+"/shares/987654321", nil)
		c.ask("POST", box+"/extend", map[string]any{"until": until})
		c.ask("POST", box+"/end", nil)
	}
}

// sandboxEnds: who was taken out, and who is in one that has ended, reaches nothing of it on any way;
// and what one has by a sandbox is not put into another.
func sandboxEnds(t *testing.T, p *program) {
	id := p.customer("seller", map[string]any{"name": "wordoflending"})
	boss, lapsed := p.as("boss"), p.as("lapsed")
	child := into[made](p.as("seller").post("/api/v1/records/contact", fieldsOf(map[string]any{"name": "wordofbelonging", "customer": id.String()})).must(201)).ID
	put := map[string]any{"kind": "customer", "records": []string{id.String()}, "actions": []string{"read"}, "fields": []any{map[string]any{"class": "*", "level": "plain"}},
		"along": []string{"contacts"}}
	reaches := func(want bool, status int) {
		t.Helper()
		lapsed.reaches(id, want)
		lapsed.get(recordPath("contact", child)).is(status, "")
		if list := lapsed.list("contact", "q", "wordofbelonging"); strings.Contains(string(list.body), `"id":"`+child.String()+`"`) != want {
			t.Errorf("what belongs to it: not %v: %.300s", want, list.body)
		}
	}
	member := map[string]any{"person": p.people["lapsed"].String(), "mode": "edit", "gives": true}
	body := map[string]any{"title": "probe", "purpose": "probe", "until": p.clock.Now().Add(time.Hour), "members": []any{member}, "shares": []any{put}}
	box := "/api/v1/sandboxes/" + into[made](boss.post("/api/v1/sandboxes", body).must(201)).ID.String()
	reaches(true, 200)
	lapsed.post("/api/v1/sandboxes", map[string]any{"title": "probe", "purpose": "probe", "until": p.clock.Now().Add(time.Hour), "members": []any{}, "shares": []any{put}}).is(403, "grant_more")
	lapsed.post(box+"/shares", put).is(403, "grant_more")
	boss.do("DELETE", box+"/members/"+p.people["lapsed"].String(), nil).must(204)
	reaches(false, 404)
	boss.post(box+"/members", map[string]any{"members": []any{member}}).must(200)
	reaches(true, 200)
	p.clock.forward(time.Hour)
	reaches(false, 404)
	p.clock.set(today)
}
