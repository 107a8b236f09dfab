package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// An administrator writes a rule, tries it first, and takes it back; the seller sees it come and go.
func TestPolicyOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin, seller := p.as("admin"), p.as("seller")
		count := func() int {
			return len(into[ofItems[item]](seller.get("/api/v1/records/customer").must(200)).Items)
		}
		before := count()
		rule := map[string]any{
			"name": "同事", "effect": "permit", "kind": "customer", "actions": []string{"read"}, "scene": "避免撞单",
			"who":   map[string]any{"any": []any{map[string]any{"unit": p.east.String()}}},
			"where": map[string]any{"path": "units", "units": []string{p.west.String()}}, "fields": []any{map[string]any{"class": "general", "level": "plain"}},
		}
		draft := map[string]any{"id": "colleagues", "origin": map[string]any{"type": "sharing"}}
		for name, part := range rule {
			if name != "name" {
				draft[name] = part
			}
		}
		impact := into[struct {
			People []struct {
				Person struct{ Name string }
				Kinds  []struct {
					Kind   string
					Gained map[string]int
				}
			}
		}](admin.post("/api/v1/policy/impact", map[string]any{"put": []any{draft}}).must(200))
		if len(impact.People) != 1 || impact.People[0].Person.Name != "姓seller" || impact.People[0].Kinds[0].Gained["read"] != 1 {
			t.Errorf("%+v", impact)
		}
		if count() != before {
			t.Error("a simulation changed something")
		}
		written := into[struct {
			Rule     struct{ Origin struct{ Type, Name string } }
			Sentence struct{ ZH, EN string }
		}](admin.do("PUT", "/api/v1/policy/rules/colleagues", rule).must(200))
		if written.Rule.Origin.Type != "sharing" || written.Rule.Origin.Name != "同事" || !strings.Contains(written.Sentence.ZH, "东区") || written.Sentence.EN == "" {
			t.Errorf("%+v", written)
		}
		if count() != before+1 {
			t.Errorf("%d customers after the rule, %d before", count(), before)
		}
		admin.do("DELETE", "/api/v1/policy/rules/colleagues", nil).must(204)
		if count() != before {
			t.Errorf("%d customers after it went, %d before", count(), before)
		}

		// Every mistake comes with its place and without its value.
		rule["kind"], rule["actions"], rule["scene"] = "customer", []string{"sing-a-song"}, " "
		rule["when"] = map[string]any{"op": "eq", "field": "name"}
		bad := admin.do("PUT", "/api/v1/policy/rules/colleagues", rule).is(400, "rule").problem()
		var places []string
		for _, e := range bad.Errors {
			places = append(places, e.At)
		}
		if got := fmt.Sprint(places); !strings.Contains(got, "actions[0]") || !strings.Contains(got, "scene") || !strings.Contains(got, "when") {
			t.Errorf("%v", bad)
		}
		admin.do("PUT", "/api/v1/policy/rules/colleagues", map[string]any{"effect": "permit", "who": map[string]any{"any": []any{}, "nobody": 1}, "kind": "customer",
			"actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "x"}).is(400, "unknown_member")
		admin.do("PUT", "/api/v1/policy/rules/colleagues", `{"effect":"permit"}`).is(400, "body")
	})
}

// The organisation changes in the version that was seen.
func TestOrganisationOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin := p.as("admin")
		made := admin.post("/api/v1/org/units", map[string]any{"parent": p.sales.String(), "name": "北区", "type": "team", "place": map[string]any{"lat": 39.9, "lng": 116.4}}).must(201)
		unit := into[struct {
			ID      string
			Version int64
			Heads   []any
			People  int64
		}](made)
		if made.header.Get("ETag") != `"1"` || unit.Version != 1 || unit.Heads == nil {
			t.Errorf("%s %+v", made.header.Get("ETag"), unit)
		}
		at := "/api/v1/org/units/" + unit.ID
		admin.do("PATCH", at, map[string]any{"name": "北方"}).is(428, "if_match")
		admin.do("PATCH", at, map[string]any{"name": "北方"}, "If-Match", `"1"`).must(200)
		admin.do("PATCH", at, map[string]any{"name": "更北"}, "If-Match", `"1"`).is(412, "version")
		admin.do("PATCH", at, map[string]any{"parent": unit.ID}, "If-Match", `"2"`).is(400, "unit_cycle")
		admin.do("PATCH", at, map[string]any{"manager": "1"}, "If-Match", `"2"`).is(400, "body")
		a := into[struct{ ID string }](admin.post("/api/v1/org/appointments", map[string]any{"person": p.people["staff"].String(), "unit": unit.ID, "position": "member"}).must(201))
		admin.do("DELETE", at, nil, "If-Match", `"2"`).is(409, "unit_has_people")
		path := "/api/v1/org/appointments/" + a.ID
		admin.do("PATCH", path, map[string]any{"until": time.Now().Add(-time.Hour * 24 * 365)}, "If-Match", `"1"`).is(400, "appointments")
		admin.do("DELETE", path, nil, "If-Match", `"1"`).must(204)
		admin.do("DELETE", at, nil, "If-Match", `"2"`).must(204)
		admin.get("/api/v1/org/units/"+unit.ID+"/appointments").is(404, "unit")
		admin.get("/api/v1/org/appointments").is(400, "query")
	})
}
