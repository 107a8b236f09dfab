package httpapi_test

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// A refusal says in the log what stood in the way, the rule by its scene: to who audits, and not to who was refused,
// who gets the same answer whatever it was.
func TestRefusalsSayWhichRule(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		who := p.desks()
		boss, seller, auditor := who["boss"], who["seller"], who["auditor"]
		type given map[string]string
		fresh := func(fields given) policy.ID {
			fields["owner"] = p.people["seller"].String()
			return into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": fields}).must(201)).ID
		}
		const level, secret, locked, far = "c_level", "机密客户只归老板", "行业由总部维护", "西北客户不归销售"
		boss.do("PUT", "/api/v1/policy/fields/customer/"+level, map[string]any{"type": "text", "class": "internal", "label": map[string]string{"zh": "保密等级", "en": "Secrecy"}}, "If-Match", "0").must(200)
		barring := func(id, scene string, rule map[string]any) {
			all := map[string]any{"effect": "forbid", "kind": "customer", "where": map[string]any{"path": "all"}, "scene": scene,
				"who": map[string]any{"any": []any{map[string]any{"person": p.people["seller"].String()}}}}
			for name, value := range rule {
				all[name] = value
			}
			who["admin"].do("PUT", "/api/v1/policy/rules/"+id, all).must(200)
		}
		is := func(field, value string) map[string]any {
			return map[string]any{"op": "all", "args": []any{map[string]any{"op": "has", "field": field}, map[string]any{"op": "eq", "field": field, "value": map[string]any{"text": value}}}}
		}
		barring("r-secret", secret, map[string]any{"actions": []string{"read"}, "when": is(level, "玄武密级")})
		barring("r-locked", locked, map[string]any{"actions": []string{"edit"}, "fields": []any{map[string]any{"field": "industry", "level": "plain", "edit": false}}})
		barring("r-far", far, map[string]any{"actions": []string{"edit", "create", "claim"}, "when": is("city", "兰州")})

		open, closed, distant := fresh(given{"name": "平常商行"}), fresh(given{"name": "密级商行", level: "玄武密级"}), fresh(given{"name": "西北商行", "city": "兰州"})
		pool := into[made](boss.post("/api/v1/org/pools", map[string]any{"name": "拒绝公海", "open": []any{map[string]any{"unit": p.sales.String(), "below": true}}}).must(201)).ID.String()
		pooled := []string{fresh(given{"name": "公海甲", "city": "兰州"}).String(), closed.String(), "987654321"}
		boss.post("/api/v1/records/customer/pool", map[string]any{"action": "release", "ids": pooled[:1], "pool": pool}).must(200)
		token := into[struct{ Token string }](boss.post("/api/v1/tokens", map[string]any{"name": "只读", "until": time.Now().Add(time.Hour),
			"kinds": []string{"customer"}, "actions": []string{"read"}}).must(201)).Token
		narrow := p.withToken(token)
		narrow.http.Transport = boss.http.Transport
		var hidden, nothing *reply
		for _, c := range []struct {
			name   string
			record string
			action string
			barred store.Barred
			scenes []string // of the rules that refused it
			field  string
			do     func()
		}{
			{"a forbid hides it", closed.String(), "read", store.BarredForbidden, []string{secret}, "", func() { hidden = seller.get(customers(closed)).must(404) }},
			{"it is not theirs", p.other.String(), "read", store.BarredUnpermitted, nil, "", func() { seller.get(customers(p.other)).must(404) }},
			{"it is not there", "987654321", "read", store.BarredAbsent, nil, "", func() { nothing = seller.get(customers(policy.ID(987654321))).must(404) }},
			{"a hidden one is edited", closed.String(), "edit", store.BarredForbidden, []string{secret}, "", func() {
				seller.do("PATCH", customers(closed), fieldsOf("name", "改名"), "If-Match", "1").must(404)
			}},
			{"a forbid closes it to editing", distant.String(), "edit", store.BarredForbidden, []string{far}, "", func() {
				seller.do("PATCH", customers(distant), fieldsOf("name", "改名"), "If-Match", "1").is(403, "action")
			}},
			{"a guard locks a field", open.String(), "edit", store.BarredForbidden, []string{locked}, "industry", func() {
				seller.do("PATCH", customers(open), fieldsOf("industry", "retail"), "If-Match", "1").is(403, "field_locked")
			}},
			{"as it would stand a forbid closes it", open.String(), "edit", store.BarredForbidden, []string{far}, "", func() {
				seller.do("PATCH", customers(open), fieldsOf("city", "兰州"), "If-Match", "1").is(403, "out_of_reach")
			}},
			{"as it would stand it is not made", "", "create", store.BarredForbidden, []string{far}, "", func() {
				seller.post("/api/v1/records/customer", map[string]any{"fields": given{"name": "新西北", "city": "兰州"}}).is(403, "action")
			}},
			{"nothing permits removing", open.String(), "delete", store.BarredUnpermitted, nil, "", func() {
				seller.do("DELETE", customers(open), nil, "If-Match", "1").is(403, "action")
			}},
			{"a token does not carry editing", open.String(), "edit", store.BarredScope, nil, "", func() {
				narrow.do("PATCH", customers(open), fieldsOf("name", "改名"), "If-Match", "1").is(403, "action")
			}},
			{"a right of administration", "", "policy", store.BarredUnpermitted, nil, "", func() { seller.get("/api/v1/policy/fields").must(403) }},
			{"one of many in a pool", pooled[0], "claim", store.BarredForbidden, []string{far}, "", func() {
				seller.post("/api/v1/records/customer/pool", map[string]any{"action": "claim", "ids": pooled}).must(200)
			}},
			{"… that is hidden", pooled[1], "claim", store.BarredForbidden, []string{secret}, "", func() {
				seller.post("/api/v1/records/customer/pool", map[string]any{"action": "claim", "ids": pooled}).must(200)
			}},
			{"… that is not there", pooled[2], "claim", store.BarredAbsent, nil, "", func() {
				seller.post("/api/v1/records/customer/pool", map[string]any{"action": "claim", "ids": pooled}).must(200)
			}},
		} {
			before := newest(auditor)
			c.do()
			p.seal()
			answer := auditor.get("/api/v1/audit/entries?" + url.Values{"group": {"refusals"}, "limit": {"10"}}.Encode()).must(200)
			i := slices.IndexFunc(into[store.AuditPage](answer).Items, func(it store.AuditItem) bool {
				return it.Seq > before && (c.record == "" && it.Record == nil || it.Record != nil && it.Record.ID.String() == c.record)
			})
			if i < 0 {
				t.Errorf("%s: there is no entry: %s", c.name, answer.body)
				continue
			}
			it := into[store.AuditPage](answer).Items[i]
			scenes, fields := []string{}, []string{}
			for _, rule := range it.Rules {
				scenes = append(scenes, rule.Scene.ZH)
			}
			for _, f := range it.Fields {
				fields = append(fields, f.Name)
			}
			if it.Refused != c.action && !(it.Refused == "read" && c.action == "edit") || it.Barred != c.barred || !slices.Equal(scenes, c.scenes) && len(scenes)+len(c.scenes) > 0 || strings.Join(fields, " ") != c.field {
				t.Errorf("%s: the entry says %q %q %q of %q: %+v", c.name, it.Refused, it.Barred, scenes, fields, it)
			}
			if c.name == "it is not theirs" && (len(it.Near) == 0 || it.Near[0].Scene.ZH == "") {
				t.Errorf("it does not say which permits do not reach it: %+v", it)
			}
			if bytes.Contains(answer.body, []byte("玄武")) {
				t.Errorf("%s: the log tells of the field that the rule asks of: %s", c.name, answer.body)
			}
		}
		if a, b := withoutRequest(hidden), withoutRequest(nothing); a != b {
			t.Errorf("who is refused is told apart what is hidden and what is not there: %s %s", a, b)
		}
	})
}

// withoutRequest is an answer but for its number.
func withoutRequest(r *reply) string {
	said := into[map[string]any](r)
	delete(said, "request_id")
	return fmt.Sprint(r.status, said)
}
