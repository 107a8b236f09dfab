package httpapi_test

import (
	"strings"
	"testing"
	"time"
)

// A guard looks at a tag that a rule keeps as at any other value: who spent much this year is spoken for with the
// payment that makes it so, and open again with the year, though nobody wrote anything.
func TestGuardOnATagByRule(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		on("boss").do("PUT", "/api/v1/policy/fields/customer/c_worth", map[string]any{"type": "choices", "class": "money", "label": map[string]string{"zh": "年消费", "en": "Spending"},
			"choices": []any{map[string]any{"code": "big", "label": map[string]string{"zh": "过十万", "en": "Over 100 000"}}},
			"group": map[string]any{"colour": "gold", "rules": []any{map[string]any{"tag": "big", "terms": []any{map[string]any{"relation": "payments", "sum": "amount", "currency": "CNY", "date": "paid_on",
				"where":  map[string]any{"op": "in", "field": "stage", "values": []any{map[string]any{"text": "paid"}}},
				"window": map[string]any{"mode": "this", "unit": "year"}, "op": "gt", "value": "100000"}}}}}}, "If-Match", "0").must(200)
		on("boss").do("PUT", "/api/v1/policy/rules/big", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read", "edit"}, "where": map[string]any{"path": "all"}, "scene": "大客户信息保护",
			"who":    map[string]any{"any": []any{map[string]any{"person": p.people["seller"].String()}}},
			"when":   map[string]any{"op": "tag", "field": "c_worth", "value": map[string]any{"text": "big"}},
			"fields": []any{map[string]any{"field": "phone", "level": "masked"}}}).must(200)
		phone := func(when string, want bool) {
			t.Helper()
			it := into[item](on("seller").get(customers(p.own)).must(200))
			if _, plain := it.Fields["phone"]; plain != want {
				t.Errorf("%s the telephone is plain: %v", when, plain)
			}
			listed := into[ofItems[item]](on("seller").get("/api/v1/records/customer?q=13800138000").must(200)).Items
			if len(listed) == 1 != want {
				t.Errorf("%s it is found by its telephone: %+v", when, listed)
			}
		}
		p.keepsTags()
		phone("before", true) // and not until the tags are known: what cannot be judged is closed
		contract := on("boss").hangs("contract", p.own, map[string]any{"number": "HT-1", "stage": "performing"})
		on("boss").hangs("payment", p.own, map[string]any{"number": "HK-1", "contract": contract.String(), "amount": "100000", "stage": "paid", "paid_on": "2026-03-01"})
		phone("at the mark", true)
		on("boss").hangs("payment", p.own, map[string]any{"number": "HK-2", "contract": contract.String(), "amount": "0.01", "stage": "paid", "paid_on": "2026-03-02"})
		phone("above it", false)
		if why := on("seller").explained(p.own, "read", "phone"); why.Level != "masked" || len(why.Forbids) != 1 || !strings.HasSuffix(why.Forbids[0].Rule, "/big") {
			t.Errorf("why it is masked: %+v", why)
		}
		on("seller").do("PATCH", customers(p.own), fieldsOf("phone", "13900139000"), "If-Match", "1").is(403, "field_locked")
		for _, c := range []struct {
			day  time.Time
			want bool
		}{
			{time.Date(2026, 12, 31, 15, 59, 59, 0, time.UTC), false}, // the year is that of the company
			{time.Date(2026, 12, 31, 16, 0, 1, 0, time.UTC), true},
		} {
			clock.set(c.day)
			p.keepsTags()
			phone(c.day.String(), c.want)
		}
	})
}
