package httpapi_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"guan/policy"
	"guan/store"
)

// Claims in this pool need the head's approval: five customers are chosen and claimed by one request. By the time
// that it is approved somebody else has one of them, and the day has room for three.
func TestManyOfAPoolByOneRequest(t *testing.T) {
	eachBranch(t, func(t *testing.T, b *branch) {
		pool := b.opens("公海", "", map[string]any{"claims_per_day": 3})
		names := []string{"甲", "乙", "丙", "丁", "戊"}
		ids := b.lie(pool, strings.Join(names, " "), nil)
		b.on("admin").do("PUT", "/api/v1/policy/rules/claims", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"claim"}, "where": map[string]any{"path": "all"}, "scene": "领取公海客户须主管同意",
			"who": map[string]any{"any": []any{map[string]any{"everyone": true}}, "except": []any{map[string]any{"person": b.people["boss"].String()}}}, "duty": map[string]any{"approval": []string{"@head"}}}).must(200)
		all := []string{}
		for _, name := range names {
			all = append(all, ids[name].String())
		}
		together := func(who, action string, more ...string) *reply {
			return b.on(who).post("/api/v1/requests", map[string]any{"type": "pool", "purpose": "华东展会名单", "pool": map[string]any{"kind": "customer", "action": action, "records": append(more, all...)}})
		}
		out := into[store.PooledMany](b.on("seller").post("/api/v1/records/customer/pool", map[string]any{"action": "claim", "ids": all}).must(200))
		if out.Done != 0 || slices.ContainsFunc(out.Rows, func(r store.PooledRow) bool { return r.Code != "needs_approval" || r.Params["type"] != "pool" }) {
			t.Fatalf("%+v", out)
		}
		if why := b.on("seller").explained(ids["甲"], "claim", ""); why.Allowed || !why.Asks || !strings.Contains(says(why, true), "领取公海客户须主管同意") {
			t.Errorf("%+v", why)
		}
		together("seller", "edit").is(400, "action")
		together("staff", "claim").is(404, "record")
		together("boss", "claim").is(409, "request_has")
		b.on("seller").post("/api/v1/requests", map[string]any{"type": "pool", "purpose": "都要", "pool": map[string]any{"kind": "customer", "action": "claim", "record": all[0], "records": all}}).is(400, "pool_which")

		r := into[store.Request](together("seller", "claim", "987654").must(201))
		if many := r.Pool.Many; many.Count != 5 || len(many.Left) != 1 || many.Left[0].Code != "record" || many.Left[0].Title != "" {
			t.Fatalf("%+v", r.Pool.Many)
		}
		together("seller", "claim").is(409, "request_same")
		at := "/api/v1/requests/" + r.ID.String()
		b.on("rival").get(at).is(404, "request")
		b.on("seller").post(at+"/approve", map[string]any{}).is(403, "request_own")
		if list := into[store.RequestPage](b.on("head").get("/api/v1/requests?scope=waiting").must(200)).Items; len(list) != 1 || list[0].ID != r.ID || list[0].Pool.Many == nil {
			t.Fatalf("the head is asked %+v", list)
		}
		shown := into[store.Request](b.on("head").get(at).must(200)).Pool.Many
		if shown.Count != 5 || shown.Sample[0].Title != "甲" || shown.Left != nil || shown.Came != nil {
			t.Errorf("the head is shown %+v", shown)
		}
		if some := into[store.AskedRecords](b.on("head").get(at + "/records").must(200)).Items; len(some) != 5 {
			t.Errorf("… and lists %+v", some)
		}
		b.on("boss").post(customers(ids["乙"])+"/assign", map[string]any{"person": b.people["rival"].String()}).must(200)
		if done := into[store.Request](b.on("head").post(at+"/approve", map[string]any{}).must(200)); done.State != "approved" {
			t.Fatalf("%+v", done)
		}
		came := into[store.Request](b.on("seller").get(at).must(200)).Pool.Many.Came
		var left []string
		for _, row := range came.Left {
			left = append(left, row.Title+" "+row.Code)
		}
		if came.Done != 3 || !slices.Equal(left, []string{" record", "戊 pool_claims_day"}) {
			t.Errorf("the seller is told %+v", came)
		}
		owners := map[string]string{"甲": "seller", "乙": "rival", "丙": "seller", "丁": "seller", "戊": ""}
		for name, who := range owners {
			it := into[item](b.on("boss").get(customers(ids[name])).must(200))
			if got, _ := it.Fields["owner"].(string); got != map[bool]string{true: b.people[who].String()}[who != ""] {
				t.Errorf("%s is with %q, not %s", name, got, who)
			}
		}
		told := b.on("seller").notices("request_done")
		if len(told) != 1 || told[0].Detail["done"] != 3. || told[0].Detail["left"] != 2. || !slices.Equal(told[0].Named, []string{"戊"}) {
			t.Errorf("the seller's notice is %+v", told)
		}
		// The log has of each by which request it went, and of those left why; the timeline has the claim.
		for name, want := range map[string]string{"甲": "claim ", "戊": "refused pool_claims_day", "乙": "refused record"} {
			all := b.on("auditor").search(url.Values{"kind": {"customer"}, "record": {ids[name].String()}, "person": {b.people["seller"].String()}})
			i := slices.IndexFunc(all, func(it store.AuditItem) bool { return it.Request == r.ID })
			if i < 0 || all[i].Action+" "+all[i].Code != want || all[i].Action == "claim" && len(all[i].Rules) == 0 {
				t.Errorf("of %s the log has %+v", name, all)
			}
		}
		if line := b.on("head").happened(ids["甲"], "changed"); !slices.ContainsFunc(line, func(h store.Happening) bool { return h.Act == "claim" }) {
			t.Errorf("the timeline has %+v", line)
		}
		b.on("head").post(at+"/approve", map[string]any{}).is(409, "request_decided")

		// All of them are somebody's by then: nothing is done, and it says why.
		more := b.lie(pool, "己 庚", nil)
		all = []string{more["己"].String(), more["庚"].String()}
		late := into[store.Request](together("rival", "claim").must(201))
		for _, id := range []policy.ID{more["己"], more["庚"]} {
			b.on("boss").post(customers(id)+"/assign", map[string]any{"person": b.people["head"].String()}).must(200)
		}
		if late = into[store.Request](b.on("head").post("/api/v1/requests/"+late.ID.String()+"/approve", map[string]any{}).must(200)); late.State != "void" || late.Void != "asker" {
			t.Errorf("%+v", late)
		}
	})
}
