package httpapi_test

import (
	"bytes"
	"testing"

	"guan/internal/testdb"
	"guan/policy"
)

// What waits for approval over HTTP: the refusal says what to ask with, the request what would be done, and
// of a record out of sight and of none the answers are the same.
func TestHeldActs(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		seller, head, boss := p.as("seller"), p.as("head"), p.as("boss")
		rule := func(id, effect string, actions []string, more map[string]any) {
			body := map[string]any{"effect": effect, "kind": "customer", "actions": actions, "where": map[string]any{"path": "all"}, "scene": "须复核",
				"who":  map[string]any{"any": []any{map[string]any{"everyone": true}}, "except": []any{map[string]any{"person": p.people["boss"].String()}}},
				"duty": map[string]any{"approval": []string{"@head"}}}
			for name, value := range more {
				body[name] = value
			}
			boss.do("PUT", "/api/v1/policy/rules/"+id, body).must(200)
		}
		rule("deleting", "permit", []string{"delete"}, map[string]any{"where": map[string]any{"path": "own"}, "fields": []any{map[string]any{"class": "general", "level": "plain"}}})
		rule("creating", "forbid", []string{"create", "claim", "release"}, nil)
		rule("city", "forbid", []string{"edit"}, map[string]any{"fields": []any{map[string]any{"field": "city", "level": "plain"}}})
		held := func(r *reply, typ string) {
			t.Helper()
			if got := r.is(403, "needs_approval").problem().Params["type"]; got != typ {
				t.Errorf("it is asked for as %v, not %s", got, typ)
			}
		}
		ask := func(typ string, what map[string]any) map[string]any {
			return map[string]any{"type": typ, "purpose": "业务需要", typ: what}
		}
		requested := func(c *client, ask map[string]any) string {
			t.Helper()
			return "/api/v1/requests/" + into[made](c.post("/api/v1/requests", ask).must(201)).ID.String()
		}

		fields := map[string]any{"name": "新来的", "phone": "13800138000"}
		held(seller.post("/api/v1/records/customer", map[string]any{"fields": fields}), "create")
		created := requested(seller, ask("create", map[string]any{"kind": "customer", "fields": fields}))
		if body := head.get(created).must(200).body; !bytes.Contains(body, []byte("13800138000")) {
			t.Errorf("%s", body)
		}
		p.as("rival").get(created).is(404, "request")
		if body := head.post(created+"/approve", map[string]any{}).must(200).body; !bytes.Contains(body, []byte(`"made":{"id"`)) {
			t.Errorf("%s", body)
		}

		own := into[item](seller.get(customers(p.own)).must(200))
		change := map[string]any{"ids": []string{own.ID.String(), "999999999"}, "change": map[string]any{"fields": map[string]any{"city": "广州"}}}
		plan := into[struct {
			ID   policy.ID `json:"id"`
			Held int       `json:"held"`
		}](seller.post("/api/v1/records/customer/bulk/preview", change).must(200))
		if plan.Held != 1 {
			t.Fatalf("%+v", plan)
		}
		many := requested(seller, ask("mass", map[string]any{"preview": plan.ID.String()}))
		seller.post("/api/v1/records/customer/bulk", map[string]any{"preview": plan.ID.String()}).is(409, "bulk_used")
		head.post(many+"/approve", map[string]any{}).must(200)
		now := into[item](seller.get(customers(p.own)).must(200))
		if now.Fields["city"] != "广州" {
			t.Errorf("%+v", now.Fields)
		}
		seller.do("POST", "/api/v1/bulk/"+plan.ID.String()+"/undo", nil).must(200)

		held(seller.post(customers(p.own)+"/release", map[string]any{}), "pool")
		answers := func(id policy.ID) (out []string) {
			for _, body := range []map[string]any{
				ask("delete", map[string]any{"kind": "customer", "record": id.String(), "version": 1}),
				ask("pool", map[string]any{"kind": "customer", "record": id.String(), "action": "claim"}),
				ask("pool", map[string]any{"kind": "customer", "record": id.String(), "action": "release"}),
				ask("mass", map[string]any{"preview": id.String()}),
			} {
				said, _, _ := bytes.Cut(seller.post("/api/v1/requests", body).body, []byte(`"request_id"`))
				out = append(out, string(said))
			}
			return out
		}
		there, missing := answers(p.other), answers(policy.ID(999_999_999))
		for i := range there {
			if there[i] != missing[i] {
				t.Errorf("%s is not %s", there[i], missing[i])
			}
		}
		for _, wrong := range []map[string]any{
			{"type": "delete", "purpose": "x"},
			{"type": "delete", "purpose": "x", "mass": map[string]any{"preview": "1"}},
			{"type": "create", "purpose": "x", "create": map[string]any{"kind": "customer", "fields": map[string]any{}}, "delete": map[string]any{"kind": "customer", "record": "1", "version": 1}},
		} {
			seller.post("/api/v1/requests", wrong).is(400, "request_type")
		}
	})
}
