package httpapi_test

import (
	"bytes"
	"slices"
	"testing"

	"guan/policy"
)

// A masked account is shown once, to who may have it, with the second factor, and stands in no other answer.
func TestReveal(t *testing.T) {
	const number = "6222020200112233445"
	each(t, func(t *testing.T, p *program) {
		boss, seller, auditor := p.as("boss"), p.as("seller"), p.as("auditor")
		id := into[struct{ ID policy.ID }](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{
			"name": "关山贸易", "owner": p.people["seller"].String(), "bank_account": number}}).must(201)).ID
		got := into[struct {
			Masked map[string]string
			Reveal []string
		}](seller.get(customers(id)).must(200))
		if got.Masked["bank_account"] == "" || !slices.Contains(got.Reveal, "bank_account") {
			t.Errorf("%+v", got)
		}
		seller.reveal(id, "bank_account").is(403, "second_factor_required")
		phone := seller.enrol()
		ask := map[string]string{"field": "bank_account", "reason": "开票核对账号"}
		ask["second_factor"] = "no code"
		other := p.anonymous()
		other.post("/api/v1/session", withCode("seller", phone.codes[0])).must(200)
		other.post(customers(id)+"/reveal", ask).is(403, "factor_code")
		ask["second_factor"] = phone.codes[1]
		shown := other.post(customers(id)+"/reveal", ask).must(200)
		value := into[struct {
			Value         string
			Seconds, Left int
		}](shown)
		if value.Value != number || value.Seconds != 30 || value.Left != 49 || shown.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %v", shown.body, shown.header)
		}
		auditor.reveal(id, "bank_account").is(403, "reveal")
		for _, ask := range []struct {
			c    *client
			path string
		}{
			{seller, customers(id)}, {seller, "/api/v1/records/customer"}, {seller, customers(id) + "/timeline"}, {seller, "/api/v1/search?q=" + number[:8]},
			{seller, "/api/v1/explain?kind=customer&action=reveal&field=bank_account&id=" + id.String()}, {seller, "/api/v1/reveal/today"},
			{auditor, customers(id)},
		} {
			if got := ask.c.get(ask.path); got.status != 200 || bytes.Contains(got.body, []byte(number)) {
				t.Errorf("%s: %d %s", ask.path, got.status, got.body)
			}
		}
	})
}
