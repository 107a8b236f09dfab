package httpapi_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// A customer that was put into a sandbox and then transferred is taken out of it by its new owner, who is told of the
// sandbox no more than that there is one.
func TestNewOwnersTakeOutOfSandboxesOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller, boss, rival, staff := p.as("seller"), p.as("boss"), p.as("rival"), p.as("staff")
		var ids []policy.ID
		for _, name := range []string{"沙箱遗留客户", "沙箱留下客户"} {
			ids = append(ids, into[item](seller.post("/api/v1/records/customer", fieldsOf("name", name)).must(201)).ID)
		}
		box := into[store.Sandbox](seller.post("/api/v1/sandboxes", map[string]any{"title": "不可外传", "purpose": "不可外传的用途", "until": time.Now().Add(time.Hour),
			"members": []any{map[string]any{"person": p.people["staff"].String(), "mode": "view"}}, "shares": []any{put([]string{"read"}, ids...)}}).must(201))
		reaches := func(want ...policy.ID) {
			t.Helper()
			list, found := string(staff.get("/api/v1/records/customer").must(200).body), string(staff.get("/api/v1/search?q="+url.QueryEscape("沙箱遗留")).must(200).body)
			for i, id := range ids {
				in := slices.Contains(want, id)
				if got := staff.get(customers(id)).status; (got == 200) != in || strings.Contains(list, id.String()) != in || i == 0 && strings.Contains(found, id.String()) != in {
					t.Errorf("%d of the sandbox: %d, listed %v, found %v", i, got, strings.Contains(list, id.String()), strings.Contains(found, id.String()))
				}
			}
		}
		beside := "/api/v1/sandboxes?state=open&kind=customer&record=" + ids[0].String()
		out := "/api/v1/sandboxes/" + box.ID.String() + "/shares/" + box.Shares[0].ID.String()
		mine := out + "?record=" + ids[0].String()
		reaches(ids...)
		rival.get(beside).is(404, "record")
		rival.do("DELETE", mine, nil).is(404, "sandbox")
		boss.do("POST", customers(ids[0])+"/transfer", map[string]any{"to": p.people["rival"].String()}, "If-Match", boss.version("customer", ids[0])).must(200)
		reaches(ids...)

		said := rival.get(beside).must(200)
		found := into[struct{ Items []store.Sandbox }](said).Items
		if len(found) != 1 || found[0].Role != "outsider" || len(found[0].Shares) != 1 || strings.Contains(string(said.body), "不可外传") || strings.Contains(string(said.body), "姓staff") || strings.Contains(string(said.body), ids[1].String()) {
			t.Fatalf("%s", said.body)
		}
		if x := found[0].Shares[0]; x.Giver.Name != "姓seller" || x.People != 1 || x.Count != 1 || !x.Until.Equal(box.Until) || !slices.Equal(x.Can, []string{"take_out"}) {
			t.Errorf("%+v", x)
		}
		seller.get(beside).is(404, "record")
		if got := into[struct{ Items []store.Sandbox }](staff.get(beside).must(200)).Items; len(got) != 1 || got[0].Title != "不可外传" || len(got[0].Shares[0].Can) != 0 {
			t.Errorf("who is in it is told %+v", got)
		}

		p.as("auditor").do("DELETE", mine, nil).is(403, "sandbox_sponsor")
		staff.do("DELETE", mine, nil).is(403, "sandbox_sponsor")
		rival.do("DELETE", out, nil).is(404, "sandbox")
		rival.do("DELETE", out+"?record="+ids[1].String(), nil).is(404, "sandbox")
		rival.do("DELETE", out+"?record=x", nil).is(400, "query")
		rival.do("DELETE", mine, nil).must(204)
		reaches(ids[1])
		rival.do("DELETE", mine, nil).is(404, "sandbox")
		if got := into[struct{ Items []store.Sandbox }](rival.get(beside).must(200)).Items; len(got) != 0 {
			t.Errorf("%+v", got)
		}
		// Its sponsor takes one out, too, and the others stay.
		left := into[store.Sandbox](seller.get("/api/v1/sandboxes/" + box.ID.String()).must(200)).Shares
		if len(left) != 1 || left[0].Count != 1 {
			t.Fatalf("%+v", left)
		}
		out = "/api/v1/sandboxes/" + box.ID.String() + "/shares/" + left[0].ID.String()
		seller.do("DELETE", out+"?record="+ids[0].String(), nil).is(404, "sandbox_share")
		seller.do("DELETE", out+"?record="+ids[1].String(), nil).must(204)
		reaches()
	})
}
