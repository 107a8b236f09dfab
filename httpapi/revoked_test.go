package httpapi_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"guan/policy"
)

// Everything that somebody got hold of while they worked on a record is of no use to them once that
// ends: no link, job, preview, notice or question serves anything of it, and nothing of it changes.
func TestNothingIsServedAfterARevocation(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, rival := p.as("boss"), p.as("rival")
		at, me := customers(p.own), p.people["rival"].String()
		join := func() { boss.post(at+"/team", map[string]any{"person": me}).must(204) }
		leave := func() { boss.do("DELETE", at+"/team/"+me, nil).must(204) }
		join()
		if rival.get(at).must(200); rival.get(at+"/comments").status != 200 {
			t.Fatal("a collaborator sees nothing of the record")
		}
		// What they could have kept.
		said := into[struct{ ID policy.ID }](boss.post(at+"/comments", map[string]any{"text": "报价已定", "mentions": []string{me}}).must(201))
		file := into[struct{ ID policy.ID }](boss.attach(p.own, "合同.pdf", "application/pdf", aPDF).must(201))
		change := map[string]any{"ids": []string{p.own.String()}, "change": map[string]any{"fields": map[string]any{"remark": "改"}}}
		mass := into[struct{ ID policy.ID }](rival.post("/api/v1/records/customer/bulk/preview", change).must(200))
		other := into[struct{ ID policy.ID }](rival.post("/api/v1/records/customer/bulk/preview", map[string]any{
			"ids": []string{p.own.String()}, "change": map[string]any{"fields": map[string]any{"remark": "再改"}}}).must(200))
		done := rival.post("/api/v1/records/customer/bulk", map[string]any{"preview": mass.ID.String()}).must(200)
		timeline := into[struct{ Next string }](rival.get(at + "/timeline?limit=1").must(200))
		export := rival.ordered("exports", rival.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}))
		first := into[struct{ Next string }](rival.get("/api/v1/records/customer?limit=1&sort=created_at").must(200))
		rival.get(at + "/attachments/" + file.ID.String() + "/file").must(200)
		version := into[item](boss.get(at).must(200)).Version

		leave()
		for _, path := range []string{
			at, at + "/team", at + "/timeline", at + "/timeline?cursor=" + timeline.Next, at + "/timeline?what=comments,files", at + "/comments", at + "/attachments",
			at + "/attachments/" + file.ID.String() + "/file",
		} {
			rival.get(path).must(404)
		}
		for _, way := range []*reply{
			rival.post(at+"/comments", map[string]any{"text": "还在"}), rival.do("PATCH", at+"/comments/"+said.ID.String(), map[string]any{"text": "x"}),
			rival.do("DELETE", at+"/comments/"+said.ID.String(), nil), rival.do("DELETE", at+"/attachments/"+file.ID.String(), nil),
			rival.attach(p.own, "a.pdf", "application/pdf", aPDF), rival.do("PATCH", at, fieldsOf("remark", "x"), "If-Match", fmt.Sprint(version)),
		} {
			way.must(404)
		}
		if got := rival.get(export.FileURL); bytes.Contains(got.body, []byte("关山")) {
			t.Errorf("the file of before is handed out: %s", got.body)
		}
		// The change that was looked at does nothing any more, and the one that was made stays.
		for _, path := range []string{"/api/v1/records/customer/bulk", "/api/v1/bulk/" + mass.ID.String() + "/undo"} {
			var body any
			if path == "/api/v1/records/customer/bulk" {
				body = map[string]any{"preview": other.ID.String()}
			}
			got := rival.post(path, body).must(200)
			if counts := into[struct{ Undone, Done int }](got); counts.Undone != 0 || path == "/api/v1/records/customer/bulk" && counts.Done != 0 {
				t.Errorf("%s: %s", path, got.body)
			}
		}
		if now := into[item](boss.get(at).must(200)); now.Version != version || now.Fields["remark"] != "改" {
			t.Errorf("the record is %+v: %s", now, done.body)
		}
		for _, path := range []string{
			"/api/v1/notices", "/api/v1/search?q=" + url.QueryEscape("关山"), "/api/v1/records/customer", "/api/v1/records/customer?q=" + url.QueryEscape("关山"),
			"/api/v1/records/customer?limit=1&sort=created_at&cursor=" + first.Next, "/api/v1/figures/customer?group=owner", "/api/v1/bulk/" + mass.ID.String(), "/api/v1/bulk/" + other.ID.String(),
			"/api/v1/exports/" + export.ID.String(), "/api/v1/records/customer?filter=" + url.QueryEscape("r.id == '"+p.own.String()+"'"),
		} {
			got := rival.get(path).must(200)
			for _, word := range []string{"关山", "报价已定", "合同.pdf", p.people["seller"].String()} {
				if bytes.Contains(got.body, []byte(word)) {
					t.Errorf("%s tells %s: %s", path, word, got.body)
				}
			}
		}
		if n := into[noticePage](rival.get("/api/v1/notices").must(200)); n.Unread != 0 {
			for _, one := range n.Items {
				if one.Kind != "" {
					t.Errorf("a notice of the record counts: %+v", one)
				}
			}
		}
		alike := into[struct{ Found bool }](rival.post("/api/v1/records/customer/duplicates", map[string]any{"fields": map[string]any{"name": "关山贸易"}}).must(200))
		if alike.Found {
			t.Error("the record is found as a duplicate")
		}
		if got := into[struct{ Sentence struct{ ZH string } }](rival.post("/api/v1/conditions", map[string]any{"kind": "contact", "cel": "r.customer == '" + p.own.String() + "'"}).must(200)); got.Sentence.ZH == "" || bytes.Contains([]byte(got.Sentence.ZH), []byte("关山")) {
			t.Errorf("a condition names it: %s", got.Sentence.ZH)
		}

		// Who administers looks as somebody else, until they do not administer.
		admin := p.as("admin")
		admin.get("/api/v1/records/customer", "View-As", p.people["seller"].String()).must(200)
		type draft struct {
			ID       policy.ID
			Version  int64
			Document map[string]any
		}
		d := into[draft](boss.post("/api/v1/policy/drafts", map[string]any{"name": "收回"}).must(201))
		d.Document["assignments"] = slices.DeleteFunc(d.Document["assignments"].([]any), func(a any) bool {
			return a.(map[string]any)["who"].(map[string]any)["person"] == p.people["admin"].String()
		})
		draftAt := "/api/v1/policy/drafts/" + d.ID.String()
		boss.do("PATCH", draftAt, map[string]any{"document": d.Document}, "If-Match", fmt.Sprint(d.Version)).must(200)
		boss.post(draftAt+"/publish", map[string]any{"note": "收回"}).must(200)
		// What takes the right away of who confirms it is done, and told as done.
		if got := into[struct{ State string }](admin.post(draftAt+"/confirm", nil).must(200)); got.State != "published" {
			t.Errorf("the draft is %s", got.State)
		}
		admin.get("/api/v1/records/customer", "View-As", p.people["seller"].String()).must(http.StatusForbidden)
	})
}

// A shared view asks nothing of a field that its reader sees nowhere, and says nothing of what its
// owner compared with; taken back, it is gone.
func TestSharedViewsAfterARevocation(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, auditor := p.as("boss"), p.as("auditor")
		type view struct {
			ID      policy.ID
			Version int64
			Closed  bool
			Locked  []string
			Search  map[string]any
		}
		made := into[view](boss.post("/api/v1/views", map[string]any{"kind": "customer", "name": "深圳", "search": map[string]any{"cel": "r.city == '深圳'"}, "shared": map[string]any{"everyone": true}}).must(201))
		boss.post("/api/v1/views", map[string]any{"kind": "customer", "name": "大", "search": map[string]any{"cel": "r.annual_revenue > money('7654321')"}, "shared": map[string]any{"everyone": true}}).must(400)
		read := func(c *client) []view {
			return into[ofItems[view]](c.get("/api/v1/views?kind=customer").must(200)).Items
		}
		if got := read(auditor); len(got) != 1 {
			t.Fatalf("%+v", got)
		}
		if got := read(p.as("staff")); len(got) != 1 || !got[0].Closed || got[0].Search["cel"] != nil {
			t.Errorf("who reads no customer is told the filter: %+v", got)
		}
		boss.do("PATCH", "/api/v1/views/"+made.ID.String(), map[string]any{"shared": map[string]any{}}, "If-Match", fmt.Sprint(made.Version)).must(200)
		if got := read(auditor); len(got) != 0 {
			t.Errorf("a view that was taken back: %+v", got)
		}
		auditor.do("PATCH", "/api/v1/views/"+made.ID.String(), map[string]any{"default": true}, "If-Match", "2").is(404, "view")
	})
}
