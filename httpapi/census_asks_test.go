package httpapi_test

import (
	"bytes"
	"testing"

	"guan/internal/testdb"
	"guan/policy"
)

// asksRows are of what is asked for instead of done, and of how much may be exported.
var asksRows = []row{
	{"POST /api/v1/requests", "a transfer", "401 404 201 409 409 404 201 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", map[string]any{"type": "transfer", "purpose": "普查", "transfer": map[string]any{"kind": "customer", "record": x.fresh().String(), "to": x.people["rival"].String()}})
	}},
	{"POST /api/v1/requests", "a change that nothing holds", "401 404 409 409 409 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", map[string]any{"type": "change", "purpose": "普查", "change": map[string]any{"kind": "customer", "record": x.fresh().String(), "version": 1, "fields": map[string]any{"name": "改名"}}})
	}},
	{"POST /api/v1/requests", "a deletion that nothing holds", "401 404 403 409 409 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", map[string]any{"type": "delete", "purpose": "普查", "delete": map[string]any{"kind": "customer", "record": x.fresh().String(), "version": 1}})
	}},
	{"POST /api/v1/requests", "a new record that nothing holds", "401 403 409 409 409 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", map[string]any{"type": "create", "purpose": "普查", "create": map[string]any{"kind": "customer", "fields": map[string]any{"name": "普查"}}})
	}},
	{"POST /api/v1/requests", "a claim that nothing holds", "401 404 403 403 409 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", map[string]any{"type": "pool", "purpose": "普查", "pool": map[string]any{"kind": "customer", "record": x.fresh().String(), "action": "claim"}})
	}},
	{"POST /api/v1/requests", "a change of many that nobody looked at", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/requests", map[string]any{"type": "mass", "purpose": "普查", "mass": map[string]any{"preview": "999999999"}})
	}},
	{"POST /api/v1/records/{kind}/{id}/ask", "other", "401 204 204 204 204 204 204 403", func(x *census, c *client) *reply {
		return c.post(customers(x.other)+"/ask", map[string]any{"purpose": "普查"})
	}},
	{"POST /api/v1/records/{kind}/{id}/ask", "none", "401 204 204 204 204 204 204 403", func(x *census, c *client) *reply {
		return c.post(customers(policy.ID(999_999_999))+"/ask", map[string]any{"purpose": "普查"})
	}},
	{"POST /api/v1/asks/page", "", "401 204 204 204 204 204 204 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/asks/page", map[string]any{"page": "/policy/rules", "purpose": "普查"})
	}},
	{"GET /api/v1/exports/blocked", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/exports/blocked") }},
	{"GET /api/v1/exports/limits", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/exports/limits") }},
	{"PUT /api/v1/exports/limits", "in a version that is not", "401 403 403 403 412 412 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/exports/limits", map[string]any{"packs": []any{}, "people": []any{}}, "If-Match", "7")
	}},
}

// A field that waits for approval: refused with what to ask for, asked for, approved, done. Of a record out
// of sight and of none the answers are the same, byte for byte but for the id of the request.
func TestAskInstead(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		seller, head, boss := p.as("seller"), p.as("head"), p.as("boss")
		boss.do("PUT", "/api/v1/policy/rules/level", map[string]any{
			"effect": "forbid", "who": map[string]any{"any": []any{map[string]any{"everyone": true}}, "except": []any{map[string]any{"person": p.people["boss"].String()}}}, "kind": "customer", "actions": []string{"edit"},
			"where": map[string]any{"path": "all"}, "fields": []any{map[string]any{"field": "level", "level": "plain"}}, "duty": map[string]any{"approval": []string{"@head"}}, "scene": "客户等级须复核"}).must(200)
		type shown struct {
			Version  int64          `json:"version"`
			Fields   map[string]any `json:"fields"`
			Editable []string       `json:"editable"`
			Asks     []string       `json:"asks"`
		}
		was := into[shown](seller.get(customers(p.own)).must(200))
		if len(was.Asks) != 1 || was.Asks[0] != "level" {
			t.Fatalf("%+v", was)
		}
		refused := seller.do("PATCH", customers(p.own), fieldsOf("level", "a"), "If-Match", "1")
		refused.is(403, "needs_approval")
		if said := into[struct {
			Params map[string]any   `json:"params"`
			Errors []map[string]any `json:"errors"`
		}](refused); said.Params["type"] != "change" || said.Errors[0]["at"] != "level" {
			t.Errorf("%+v", said)
		}
		ask := map[string]any{"type": "change", "purpose": "大客户", "change": map[string]any{"kind": "customer", "record": p.own.String(), "version": was.Version, "fields": map[string]any{"level": "a"}}}
		made := into[made](seller.post("/api/v1/requests", ask).must(201))
		path := "/api/v1/requests/" + made.ID.String()
		if body := head.get(path).must(200).body; !bytes.Contains(body, []byte(`"after":"a"`)) {
			t.Errorf("%s", body)
		}
		head.post(path+"/approve", map[string]any{}).must(200)
		if now := into[shown](seller.get(customers(p.own)).must(200)); now.Fields["level"] != "a" || now.Version != was.Version+1 {
			t.Errorf("%+v", now)
		}

		ids := func(id policy.ID) (bodies [][]byte) {
			for _, r := range []*reply{
				seller.post("/api/v1/records/customer/"+id.String()+"/ask", map[string]any{"purpose": "客户找我"}),
				seller.post("/api/v1/requests", map[string]any{"type": "transfer", "purpose": "x", "transfer": map[string]any{"kind": "customer", "record": id.String(), "to": p.people["rival"].String()}}),
				seller.post("/api/v1/requests", map[string]any{"type": "change", "purpose": "x", "change": map[string]any{"kind": "customer", "record": id.String(), "version": 1, "fields": map[string]any{"level": "b"}}}),
			} {
				body, _, _ := bytes.Cut(r.body, []byte(`"request_id"`))
				bodies = append(bodies, body)
			}
			return bodies
		}
		there, missing := ids(p.other), ids(policy.ID(999_999_999))
		for i := range there {
			if !bytes.Equal(there[i], missing[i]) {
				t.Errorf("%s is not %s", there[i], missing[i])
			}
		}
	})
}
