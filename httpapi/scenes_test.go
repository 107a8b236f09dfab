package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"guan/policy"
	"guan/store"
)

// take puts the rules of templates in force for one person, over a draft that a second person confirms.
func (p *program) take(who policy.ID, templates ...string) {
	p.t.Helper()
	admin := p.as("admin")
	type part struct {
		Rule  map[string]any
		Scene map[string]string
	}
	all := into[ofItems[struct {
		ID    string
		Rules []part
	}]](admin.get("/api/v1/policy/templates").must(200))
	made := admin.post("/api/v1/policy/drafts", map[string]any{"name": "场景"}).must(201)
	path := "/api/v1/policy/drafts/" + into[store.PolicyDraft](made).ID.String()
	document := into[map[string]any](made)["document"].(map[string]any)
	rules, _ := document["rules"].([]any)
	for _, name := range templates {
		for _, one := range all.Items {
			if one.ID != name {
				continue
			}
			for i, part := range one.Rules {
				part.Rule["id"], part.Rule["scene"] = fmt.Sprintf("%s_%d", name, i), part.Scene["zh"]
				part.Rule["who"] = map[string]any{"any": []any{map[string]any{"person": who.String()}}}
				rules = append(rules, part.Rule)
			}
		}
	}
	document["rules"] = rules
	admin.do("PATCH", path, map[string]any{"document": document}, "If-Match", `"1"`).must(200)
	admin.post(path+"/publish", map[string]any{"note": "试行"}).must(200)
	p.as("boss").do("POST", path+"/confirm", nil).must(200)
}

// A ticket on site opens what the engineer needs, a risk review what its officer reviews; both close
// with their ticket.
func TestScenesOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		staff, boss := p.people["staff"], p.as("boss")
		p.take(staff, "on_site", "risk_review")
		add := func(kind string, fields map[string]any) string {
			return into[item](boss.post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)).ID.String()
		}
		customer := p.own.String()
		device := add("contract", map[string]any{"number": "HT-1", "customer": customer, "stage": "performing", "total": "9876543.21"})
		money := add("payment", map[string]any{"number": "HK-1", "contract": device, "customer": customer, "amount": "4321.00"})
		earlier := add("ticket", map[string]any{"subject": "上次保养", "customer": customer, "type": "maintenance", "stage": "closed", "solution": "换了密封圈"})
		engineer := p.as("staff")
		places := map[string]string{"customer": customer, "contract": device, "payment": money, "ticket": earlier}
		reads := func(kinds string) {
			t.Helper()
			for kind, id := range places {
				want := 404
				if strings.Contains(kinds, kind) {
					want = 200
				}
				if got := engineer.get("/api/v1/records/" + kind + "/" + id).status; got != want {
					t.Errorf("%s answers %d, not %d", kind, got, want)
				}
				if list := into[ofItems[item]](engineer.get("/api/v1/records/" + kind).must(200)).Items; len(list) > 0 != (want == 200) {
					t.Errorf("the list of %s has %d", kind, len(list))
				}
			}
		}
		move := func(id, stage string) {
			version := into[item](boss.get("/api/v1/records/ticket/" + id).must(200)).Version
			boss.do("PATCH", "/api/v1/records/ticket/"+id, map[string]any{"fields": map[string]any{"stage": stage}}, "If-Match", fmt.Sprint(version)).must(200)
		}
		reads("")
		visit := add("ticket", map[string]any{"subject": "锅炉不热", "customer": customer, "type": "repair", "stage": "assigned", "owner": staff.String()})
		reads("customer contract ticket")
		seen := string(engineer.get("/api/v1/records/customer/" + customer).body)
		if !strings.Contains(seen, "13800138000") || strings.Contains(seen, "1234567") {
			t.Errorf("on site the engineer sees %s", seen)
		}
		if !strings.Contains(string(engineer.get("/api/v1/records/ticket/"+earlier).body), "换了密封圈") {
			t.Error("the history does not say what was done")
		}
		move(visit, "resolved")
		reads("")
		review := add("ticket", map[string]any{"subject": "核查", "customer": customer, "tags": []string{"风险核查"}, "owner": staff.String()})
		reads("customer contract payment")
		if seen := string(engineer.get("/api/v1/records/contract/" + device).body); !strings.Contains(seen, "9876543.21") {
			t.Errorf("under review the officer sees %s", seen)
		}
		move(review, "closed")
		reads("")
	})
}
