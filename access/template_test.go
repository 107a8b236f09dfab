package access_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/policy"
	"guan/records"
)

func TestTemplatesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, x := range access.Templates {
		if seen[x.ID] || !slices.Contains(access.TemplateGroups, x.Group) || len(x.Rules) == 0 {
			t.Errorf("template %s is a double, of no group, or empty", x.ID)
		}
		seen[x.ID] = true
		for _, text := range []string{x.Label.ZH, x.Label.EN, x.Description.ZH, x.Description.EN} {
			if text == "" {
				t.Errorf("template %s lacks a text", x.ID)
			}
		}
		for i, part := range x.Rules {
			r := part.Rule
			if r.Where.Path == policy.PathUnits && len(r.Where.Units) == 0 {
				r.Where.Units = []policy.ID{1} // which units, a company says itself
			}
			r.ID, r.Who = x.ID, policy.Who{Any: []policy.Clause{{Everyone: true}}}
			if err := policy.CheckRule(records.Schema(), &r); err != nil {
				t.Errorf("template %s, rule %d: %v", x.ID, i, err)
			}
			if part.SceneEN == "" {
				t.Errorf("template %s, rule %d has no scene in English", x.ID, i)
			}
			for _, pack := range slices.Concat(part.For, part.Except) {
				if pack != access.Anybody && !slices.ContainsFunc(access.Presets, func(p access.Pack) bool { return p.ID == pack }) {
					t.Errorf("template %s, rule %d speaks of the pack %q", x.ID, i, pack)
				}
			}
		}
	}
}

// switched is what somebody with the pack may do with the record before a template is switched on,
// and after.
func switched(t *testing.T, template, pack string, now time.Time, r *policy.Row) (before, after string) {
	t.Helper()
	a := access.Authored{Packs: access.Presets, Assignments: []access.Assignment{{ID: 1, Pack: pack, Who: policy.Clause{Person: 1}}}}
	answer := func() string {
		rules, problems := policy.Compile(records.Schema(), a.Lower(), nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return decide(rules.Bind(&asking, &policy.Context{Now: now}), r)
	}
	before = answer()
	for i, x := range access.Templates {
		if x.ID != template {
			continue
		}
		for j, part := range access.Templates[i].Rules {
			if len(part.For) > 0 && part.For[0] != access.Anybody && !slices.Contains(part.For, pack) || slices.Contains(part.Except, pack) {
				continue
			}
			rule := part.Rule
			rule.ID, rule.Who = string(rune('a'+j)), policy.Who{Any: []policy.Clause{{Person: 1}}}
			if rule.Where.Path == policy.PathUnits {
				rule.Where.Units = []policy.ID{90} // which units, a company says itself
			}
			if rule.Effect == policy.Permit {
				a.Sharings = append(a.Sharings, rule)
			} else {
				a.Guards = append(a.Guards, rule)
			}
		}
		return before, answer()
	}
	t.Fatalf("no template %s", template)
	return "", ""
}

func set(field string, v policy.Value) place {
	return func(r *policy.Row) { r.Values[field] = v }
}

func complaining(r *policy.Row) { r.Values["tags"] = policy.SetOf("投诉中", "VIP") }

func atRisk(r *policy.Row) { r.Values["tags"] = policy.SetOf("风险核查") }

// onTicket hangs a ticket with the stage and the type onto a customer.
func onTicket(at, kind string, whose place) place {
	return linkedTo("tickets", whose, stage(at), set("type", policy.TextOf(kind)))
}

func TestTemplatesDoWhatTheySay(t *testing.T) {
	noon, night := day("2026-11-02").Add(4*time.Hour), day("2026-11-02").Add(12*time.Hour)
	on := func(text string) policy.Value { return policy.MicrosOf(day(text).UnixMicro()) }
	contract := func(stage, ends string) place {
		return linkedTo("contracts", func(r *policy.Row) { r.Values["stage"], r.Values["ends_on"] = policy.TextOf(stage), on(ends) })
	}
	for _, x := range []struct {
		template, pack string
		now            time.Time
		record         *policy.Row
		lost, left     string // parts of the answer: what is gone afterwards, and what is there
	}{
		{"complaint_lock", "sales", noon, row("customer", owned, complaining), " edit", "read create export"},
		{"complaint_lock", "boss", noon, row("customer", owned, complaining), " edit", "read create export"},
		{"complaint_lock", "sales", noon, row("customer", owned, set("tags", policy.SetOf("VIP"))), "", "read create edit export reveal release"},
		{"complaint_lock", "sales", noon, row("contact", linkedTo("customer", owned, complaining)), " edit", "read create export"},
		{"complaint_lock", "sales", noon, row("opportunity", owned, linkedTo("customer", owned, complaining)), " edit", "read"},
		{"complaint_lock", "sales", noon, row("contract", owned, linkedTo("customer", owned, complaining)), " edit", "read"},
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tickets", inUnit)), "", "+tags"},
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tasks", owned, stage("open"))), "", "+tags"},
		{"complaint_lock", "service", noon, row("customer", foreign, linkedTo("tasks", owned, stage("open"))), "", "+tags"}, // the tag is off
		{"complaint_lock", "service", noon, row("customer", foreign, linkedTo("tasks", owned, stage("done"))), "", "-"},
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tasks", foreign, stage("open"))), "", "-"},
		// The permit of the ticket: of the unit, as long as it is open, and whether or not the tag is still on.
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tickets", inUnit, stage("processing"))), "", "+tags"},
		{"complaint_lock", "service", noon, row("customer", foreign, linkedTo("tickets", inUnit, stage("waiting"))), "", "+tags"},
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tickets", inUnit, stage("resolved"))), "", "-"},
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tickets", inUnit, stage("closed"))), "", "-"},
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tickets", foreign, stage("processing"))), "", "-"},
		{"complaint_lock", "sales", noon, row("customer", foreign, complaining, linkedTo("tickets", inUnit, stage("processing"))), "", "-"},
		// The permit of one's own ticket, wherever it lies.
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tickets", foreign, owned, stage("processing"))), "", "+tags"},
		{"complaint_lock", "service", noon, row("customer", foreign, linkedTo("tickets", foreign, owned, stage("assigned"))), "", "+tags"},
		{"complaint_lock", "service", noon, row("customer", foreign, complaining, linkedTo("tickets", foreign, owned, stage("closed"))), "", "-"},
		{"working_stages", "sales", noon, row("customer", shared, stage("active")), "contact+", "general"},
		{"working_stages", "sales", noon, row("customer", shared, stage("intent")), "", "contact+"},
		{"lost_closed", "sales", noon, row("customer", shared, stage("lost")), "contact+", "communication+"},
		{"first_months", "marketing", noon, row("customer", set("created_at", on("2026-10-01"))), "contact~", "general="},
		{"first_months", "marketing", noon, row("customer", set("created_at", on("2026-08-01"))), "", "contact~"},
		{"first_months", "sales", noon, row("customer", owned, set("created_at", on("2026-10-01"))), "", "contact+"},
		{"renewal", "service", noon, row("customer", inUnit, contract("performing", "2026-12-01")), "", "communication="},
		{"renewal", "service", noon, row("customer", inUnit, contract("performing", "2027-12-01")), "", "-"},
		{"renewal", "service", noon, row("customer", inUnit, contract("terminated", "2026-12-01")), "", "-"},
		{"working_hours", "sales", noon, row("customer", owned), "", "export"},
		{"working_hours", "sales", night, row("customer", owned), "export", "read"},
		{"money_only_for", "sales", noon, row("contract", owned), "money+", "general"},
		{"money_only_for", "finance", noon, row("contract", owned), "", "money+"},
		{"finance_no_contact", "finance", noon, row("customer"), "", "money"},
		{"preferences_only", "sales", noon, row("contract", owned), "read", "-"},
		{"on_site", "service", noon, row("contract", linkedTo("customer", onTicket("processing", "repair", owned))), "", "general="},
		{"on_site", "service", noon, row("contract", linkedTo("customer", onTicket("resolved", "repair", owned))), "", "-"},
		{"on_site", "service", noon, row("contract", linkedTo("customer", onTicket("processing", "question", owned))), "", "-"},
		{"on_site", "service", noon, row("contract", linkedTo("customer", onTicket("processing", "repair", foreign))), "", "-"},
		{"on_site", "service", noon, row("ticket", linkedTo("customer", onTicket("assigned", "maintenance", owned))), "", "communication="},
		{"on_site", "service", noon, row("ticket", linkedTo("customer", onTicket("closed", "maintenance", owned))), "", "-"},
		{"on_site", "service", noon, row("customer", onTicket("waiting", "installation", owned)), "", "contact"},
		{"campaign", "head", noon, row("contract"), "", "money="},
		{"campaign", "sales", noon, row("contract"), "", "-"},
		{"risk_review", "auditor", noon, row("customer", linkedTo("tickets", owned, atRisk, stage("new"))), "", "identity="},
		{"risk_review", "service", noon, row("customer", linkedTo("tickets", owned, atRisk, stage("new"))), "", "identity="},
		{"risk_review", "service", noon, row("payment", linkedTo("customer", linkedTo("tickets", owned, atRisk, stage("processing")))), "", "money="},
		{"risk_review", "service", noon, row("payment", linkedTo("customer", linkedTo("tickets", owned, atRisk, stage("closed")))), "", "-"},
		{"risk_review", "service", noon, row("payment", linkedTo("customer", linkedTo("tickets", owned, stage("processing")))), "", "-"},
		{"risk_review", "service", noon, row("payment", linkedTo("customer", linkedTo("tickets", foreign, atRisk, stage("processing")))), "", "-"},
		{"sales_remarks", "marketing", noon, row("activity"), "", "communication="},
		{"store_feedback", "boss", noon, row("ticket"), "", "communication"},
		{"preferences_only", "sales", noon, row("customer", shared), "money=", "communication+"},
		{"region_groups", "staff", noon, row("customer"), "", "read: general= contact="},
		{"region_groups", "staff", noon, row("customer", inUnit), "", "-"},
		{"region_groups", "staff", noon, row("contract"), "", "-"},
		{"colleagues", "staff", noon, row("customer", inUnit), "", "general="},
		{"colleagues", "staff", noon, row("customer", inBelow), "", "-"},
		{"customer_contracts", "sales", noon, row("contract", linkedTo("customer", owned)), "", "read create"},
		{"customer_contracts", "sales", noon, row("contract", linkedTo("customer", foreign)), "", "-"},
	} {
		before, after := switched(t, x.template, x.pack, x.now, x.record)
		if !strings.Contains(after, x.left) || x.left == "-" && after != "-" {
			t.Errorf("%s, %s: %q is not left:\n before %s\n after  %s", x.template, x.pack, x.left, before, after)
		}
		if x.lost != "" && (!strings.Contains(before, x.lost) || strings.Contains(after, x.lost)) {
			t.Errorf("%s, %s: %q is not what was taken:\n before %s\n after  %s", x.template, x.pack, x.lost, before, after)
		}
	}
}
