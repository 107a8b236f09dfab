package httpapi_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"guan/policy"
	"guan/store"
)

// A pack is put together, looked at, refused, confirmed, in force, compared and taken back, over
// HTTP.
func TestDraftOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin, boss, staff := p.as("admin"), p.as("boss"), p.as("staff")
		sees := func(want int) {
			t.Helper()
			if got := len(into[ofItems[item]](staff.get("/api/v1/records/customer").must(200)).Items); got != want {
				t.Errorf("staff sees %d customers, not %d", got, want)
			}
		}
		blocks := into[ofItems[map[string]any]](admin.get("/api/v1/policy/blocks").must(200)).Items
		var rule any
		for _, b := range blocks {
			if b["id"] == "finance/customer/all" {
				rule = b["rule"]
			}
		}
		if rule == nil {
			t.Fatalf("no such block among %d", len(blocks))
		}
		made := admin.post("/api/v1/policy/drafts", map[string]any{"name": "核算"}).must(201)
		d := into[store.PolicyDraft](made)
		path := "/api/v1/policy/drafts/" + d.ID.String()
		if made.header.Get("ETag") != `"1"` || d.Author.Name == "" || d.Document == nil {
			t.Errorf("%s %s", made.header, made.body)
		}
		document := into[map[string]any](made)["document"].(map[string]any)
		document["packs"] = []any{map[string]any{"id": "books", "label": map[string]string{"zh": "核算", "en": "Books"}, "description": map[string]string{"zh": "", "en": ""}, "rules": []any{rule}}}
		document["assignments"] = append(document["assignments"].([]any), map[string]any{"pack": "books", "who": map[string]any{"person": p.people["staff"].String()}})
		change := map[string]any{"document": document}
		admin.do("PATCH", path, change).is(428, "if_match")
		admin.do("PATCH", path, change, "If-Match", `"7"`).is(412, "version")
		admin.do("PATCH", path, `{"document":{"packs":[],"assignments":[],"rules":[{"id":"x","colour":1}]}}`, "If-Match", `"1"`).is(400, "unknown_member")
		changed := admin.do("PATCH", path, change, "If-Match", `"1"`).must(200)
		d = into[store.PolicyDraft](changed)
		if d.Version != 2 || len(d.Changes) != 2 || !d.Sensitive || len(d.Problems) > 0 || d.Changes[0].Sentence.After == nil || d.Alone {
			t.Errorf("%s", changed.body)
		}
		impact := into[store.Impact](admin.post(path+"/impact", map[string]any{}).must(200))
		if len(impact.People) != 1 || impact.People[0].Person.ID != p.people["staff"] || impact.Totals.Gained[policy.Read] != 3 || len(impact.Units) != 1 || impact.Affected != 1 || impact.Truncated {
			t.Errorf("%+v", impact)
		}
		admin.post(path+"/impact", map[string]any{"limit": 5000}).is(400, "range")
		admin.post(path+"/publish", map[string]any{"note": "核算上线", "version": 1}).is(412, "version")
		if got := into[store.PolicyDraft](admin.post(path+"/publish", map[string]any{"note": "核算上线", "version": 2}).must(200)); got.State != store.DraftWaiting {
			t.Errorf("%+v", got)
		}
		sees(0)
		admin.do("POST", path+"/confirm", nil).is(403, "confirm_self")
		p.as("head").do("POST", path+"/confirm", nil).is(403, "right")
		boss.post(path+"/refuse", map[string]any{"note": ""}).is(400, "note")
		if got := into[store.PolicyDraft](boss.post(path+"/refuse", map[string]any{"note": "晚一天"}).must(200)); got.Refused == nil || got.Refused.Note != "晚一天" {
			t.Errorf("%+v", got)
		}
		admin.post(path+"/publish", map[string]any{"note": "今天可以了"}).must(200)
		waiting := into[ofItems[store.PolicyDraft]](boss.get("/api/v1/policy/drafts").must(200)).Items
		if len(waiting) != 1 || waiting[0].Document != nil || fmt.Sprint(waiting[0].Can) != "[discard refuse confirm]" {
			t.Errorf("%+v", waiting)
		}
		done := into[store.PolicyDraft](boss.do("POST", path+"/confirm", nil).must(200))
		sees(3)
		version := fmt.Sprintf("/api/v1/policy/versions/%d", done.Published)
		v := into[store.PolicyVersion](boss.get(version).must(200))
		if v.Author == nil || v.Author.ID != p.people["admin"] || v.ConfirmedBy == nil || v.ConfirmedBy.ID != p.people["boss"] || v.Note != "今天可以了" || len(v.Document.Packs) != 1 {
			t.Errorf("%+v", v)
		}
		diff := into[store.PolicyDiff](boss.get(version + "/diff").must(200))
		if diff.From != done.Published-1 || len(diff.Changes) != 2 {
			t.Errorf("%+v", diff)
		}
		if same := into[store.PolicyDiff](boss.get(fmt.Sprintf("%s/diff?with=%d", version, done.Published)).must(200)); len(same.Changes) != 0 {
			t.Errorf("%+v", same)
		}
		boss.get("/api/v1/policy/versions/99").is(404, "version")
		boss.get("/api/v1/policy/versions/x").is(400, "id")
		// Back: taking these records away opens nothing, so it needs nobody else.
		back := into[store.Enacted](admin.post(fmt.Sprintf("/api/v1/policy/versions/%d/rollback", done.Published-1), map[string]any{"note": "撤"}).must(200))
		if back.Version == nil || back.Version.Origin != store.OriginRollback {
			t.Errorf("%+v", back)
		}
		sees(0)
		// And forth again, which does.
		forth := into[store.Enacted](admin.post(version+"/rollback", map[string]any{"note": "恢复"}).must(200))
		if forth.Draft == nil || forth.Draft.State != store.DraftWaiting {
			t.Fatalf("%+v", forth)
		}
		boss.do("POST", "/api/v1/policy/drafts/"+forth.Draft.ID.String()+"/confirm", nil).must(200)
		sees(3)
		page := into[store.PolicyVersions](boss.get("/api/v1/policy/versions?limit=2").must(200))
		if len(page.Items) != 2 || page.Items[0].Origin != store.OriginRollback || page.Next == 0 {
			t.Errorf("%+v", page)
		}
		rest := into[store.PolicyVersions](boss.get(fmt.Sprintf("/api/v1/policy/versions?limit=200&cursor=%d", page.Next)).must(200))
		if len(rest.Items) != int(page.Next)-1 || rest.Next != 0 {
			t.Errorf("%+v", rest)
		}
	})
}

// Two drafts that meet, and problems at their places, over HTTP.
func TestDraftsMeetOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		x := &census{program: p, boss: p.as("boss")}
		admin := p.as("admin")
		mine := x.draftWith(policy.General)
		path := "/api/v1/policy/drafts/" + mine.ID.String()
		theirs := x.rule(map[string]any{"unit": p.east.String()})
		x.boss.do("PUT", "/api/v1/policy/rules/drafted", theirs).must(200)
		if d := into[store.PolicyDraft](admin.get(path).must(200)); !d.Stale {
			t.Errorf("%+v", d)
		}
		admin.post(path+"/publish", map[string]any{"note": "x"}).is(409, "draft_stale")
		clash := admin.do("POST", path+"/rebase", nil).is(409, "rebase_conflict").problem()
		if len(clash.Errors) != 1 || clash.Errors[0].At != "rules[drafted]" {
			t.Errorf("%+v", clash)
		}
		d := into[store.PolicyDraft](admin.post(path+"/rebase", map[string]any{"take": []any{map[string]any{"part": "rule", "id": "drafted", "take": "theirs"}}}).must(200))
		if d.Stale || len(d.Changes) != 0 {
			t.Errorf("%+v", d)
		}
		admin.post(path+"/publish", map[string]any{"note": "x"}).is(409, "draft_empty")
		broken, _ := json.Marshal(d.Document)
		var document map[string]any
		if err := json.Unmarshal(broken, &document); err != nil {
			t.Fatal(err)
		}
		document["rules"].([]any)[0].(map[string]any)["scene"] = ""
		d = into[store.PolicyDraft](admin.do("PATCH", path, map[string]any{"document": document}, "If-Match", fmt.Sprint(d.Version)).must(200))
		if len(d.Problems) != 1 || d.Problems[0].At != "rules[0].scene" {
			t.Errorf("%+v", d.Problems)
		}
		refused := admin.post(path+"/publish", map[string]any{"note": "x"}).is(400, "draft_problems").problem()
		if len(refused.Errors) != 1 || refused.Errors[0].At != "rules[0].scene" {
			t.Errorf("%+v", refused)
		}
		admin.do("DELETE", path, nil).must(204)
		admin.do("DELETE", path, nil).is(409, "draft_state")
	})
}
