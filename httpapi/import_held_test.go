package httpapi_test

import (
	"bytes"
	"slices"
	"testing"
)

// Creating customers of one city needs approval: an import makes the others, and says of each that waits,
// before and after it ran, that it is to be asked for; the error file has the row with the reason.
func TestImportOfWhatIsHeld(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		head := p.as("head")
		p.as("boss").do("PUT", "/api/v1/policy/rules/creating", map[string]any{
			"effect": "forbid", "kind": "customer", "actions": []string{"create"}, "where": map[string]any{"path": "all"}, "scene": "上海的客户须复核",
			"when": map[string]any{"op": "eq", "field": "city", "value": map[string]any{"text": "上海"}},
			"who":  map[string]any{"any": []any{map[string]any{"everyone": true}}, "except": []any{map[string]any{"person": p.people["boss"].String()}}},
			"duty": map[string]any{"approval": []string{"@pack:boss"}},
		}).must(200)
		table := "name,code,city\n甲,H1,深圳\n乙,H2,上海\n丙,H3,广州\n"
		waits := func(what string, got told) {
			t.Helper()
			if got.Created != 2 || got.Failed != 1 || len(got.Problems) != 1 || got.Problems[0].Row != 3 || got.Problems[0].Code != "needs_approval" || got.Problems[0].Params["type"] != "create" {
				t.Errorf("%s: %+v", what, got)
			}
			errs := head.get(got.ErrorsURL).table()
			if len(errs) != 2 || !slices.Equal(errs[1], []string{"3", "", "needs_approval", "this needs approval: ask for it"}) {
				t.Errorf("%s: %v", what, errs)
			}
		}
		tried := head.tells("imports", head.upload("held.csv", table, "kind", "customer", "atomic", "row"))
		waits("tried", tried)
		ran := head.tells("imports", head.upload("", "", "from", tried.ID.String(), "mode", "run", "atomic", "row"))
		waits("ran", ran)
		// As a whole nothing is made.
		whole := head.tells("imports", head.upload("whole.csv", "name,code,city\n丁,H4,深圳\n戊,H5,上海\n", "kind", "customer", "mode", "run"))
		if whole.Created != 0 || len(whole.Problems) != 1 || whole.Problems[0].Code != "needs_approval" {
			t.Errorf("%+v", whole)
		}
		// What waits is asked for like any other, and is there once it is approved.
		asked := into[made](head.post("/api/v1/requests", map[string]any{"type": "create", "purpose": "导入时须审批", "create": map[string]any{"kind": "customer", "fields": map[string]any{"name": "乙", "code": "H2", "city": "上海"}}}).must(201))
		p.as("boss").post("/api/v1/requests/"+asked.ID.String()+"/approve", map[string]any{}).must(200)
		if got := head.get("/api/v1/records/customer?filter=r.code%20%3D%3D%20%22H2%22").must(200).body; !bytes.Contains(got, []byte("乙")) {
			t.Errorf("%s", got)
		}
	})
}
