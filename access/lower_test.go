package access_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/grants"
	"guan/org"
	"guan/policy"
	"guan/records"
)

func day(text string) time.Time {
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return t
}

func days(from, until string) (*time.Time, *time.Time) {
	a, b := day(from), day(until)
	return &a, &b
}

func byID(rules []policy.Rule, id string) *policy.Rule {
	i := slices.IndexFunc(rules, func(r policy.Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &rules[i]
}

func TestLowerUnitesAssignments(t *testing.T) {
	from, until := days("2026-01-01", "2026-02-01")
	rules := access.Authored{Packs: access.Presets, Assignments: []access.Assignment{
		{ID: 1, Pack: "sales", Who: policy.Clause{Position: "seller"}},
		{ID: 2, Pack: "sales", Who: policy.Clause{Unit: 5, Below: true}},
		{ID: 3, Pack: "sales", Who: policy.Clause{Position: "seller"}},
		{ID: 4, Pack: "sales", Who: policy.Clause{Person: 9}, From: from, Until: until},
		{ID: 5, Pack: "finance", Who: policy.Clause{Person: 9}, From: until, Until: from},
		{ID: 6, Pack: "finance", Who: policy.Clause{Person: 9}, From: until},
		{ID: 7, Pack: "gone", Who: policy.Clause{Person: 9}},
	}}.Lower()
	always, windowed := byID(rules, "sales/customer/own"), byID(rules, "sales/customer/own@4")
	if always == nil || windowed == nil {
		t.Fatal("the sales rules are missing")
	}
	if got, _ := json.Marshal(always.Who); string(got) != `{"any":[{"unit":"5","below":true},{"position":"seller"}]}` {
		t.Errorf("who is %s", got)
	}
	if always.From != nil || always.Until != nil || always.Origin != (policy.Origin{Type: "pack", ID: "sales", Name: "销售"}) || always.Scene == "" {
		t.Errorf("the rule is %+v", always)
	}
	if got, _ := json.Marshal(windowed.Who); string(got) != `{"any":[{"person":"9"}]}` || windowed.From != from || windowed.Until != until {
		t.Errorf("the windowed rule is %+v", windowed)
	}
	if byID(rules, "finance/customer/all@5") != nil {
		t.Error("an empty window gives something")
	}
	if r := byID(rules, "finance/system@6"); r == nil || r.From != until || r.Kind != access.System {
		t.Error("an open window gives nothing")
	}
	if byID(rules, "boss/customer/all") != nil {
		t.Error("a pack without assignments gives something")
	}
	ids := map[string]bool{}
	for _, r := range rules {
		if ids[r.ID] {
			t.Errorf("id %s stands twice", r.ID)
		}
		ids[r.ID] = true
	}
	if _, problems := policy.Compile(records.Schema(), rules, nil); len(problems) > 0 {
		t.Error(problems)
	}
	if p, _ := access.Find(access.Presets, "sales"); len(p.Rules[0].Who.Any) != 0 {
		t.Error("lowering wrote into the preset")
	}
}

// A company may write a pack of its own without describing it: its rights are in force all the same.
func TestLowerPackWithoutDescription(t *testing.T) {
	for _, description := range []org.Label{{}, {ZH: "  "}, {ZH: "给接口用", EN: "For machines"}} {
		pack := access.Pack{ID: "machines", Label: org.Label{ZH: "接口"}, Description: description, System: []policy.Action{"tokens"}, Custom: true}
		rules := access.Authored{Packs: []access.Pack{pack}, Assignments: []access.Assignment{{ID: 1, Pack: "machines", Who: policy.Clause{Person: 9}}}}.Lower()
		compiled, problems := policy.Compile(records.Schema(), rules, nil)
		if len(problems) > 0 || len(rules) != 1 {
			t.Fatalf("%q: %v %+v", description.ZH, problems, rules)
		}
		row := &policy.Row{Kind: access.System}
		if !compiled.Bind(&policy.Subject{Person: 9}, &policy.Context{}).Decide(row, "tokens").Allowed {
			t.Errorf("%q: the pack gives nothing", description.ZH)
		}
	}
}

func grant() grants.Grant {
	return grants.Grant{
		ID: 3, Giver: 8, Receiver: 9, Kind: "customer", Records: []policy.ID{70, 71}, Actions: []policy.Action{policy.Read},
		Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, From: day("2026-01-01"), Until: day("2026-03-01"), Purpose: "代为跟进",
	}
}

func TestLowerGrants(t *testing.T) {
	mid, early := day("2026-02-01"), day("2025-12-01")
	revoked, never, conditioned, both := grant(), grant(), grant(), grant()
	company := "company"
	when := &policy.Cond{Op: policy.OpEq, Field: "type", Value: &policy.Operand{Text: &company}}
	revoked.ID, revoked.RevokedAt = 4, &mid
	never.ID, never.RevokedAt = 5, &early
	conditioned.ID, conditioned.Records, conditioned.When = 6, nil, when
	both.ID, both.When = 7, when
	rules := access.Authored{Grants: []grants.Grant{grant(), revoked, never, conditioned, both}}.Lower()
	for _, c := range []struct{ id, when, until string }{
		{"grant/3", `{"op":"in","field":"id","values":[{"ref":"70"},{"ref":"71"}]}`, "2026-03-01"},
		{"grant/4", `{"op":"in","field":"id","values":[{"ref":"70"},{"ref":"71"}]}`, "2026-02-01"},
		{"grant/6", `{"op":"eq","field":"type","value":{"text":"company"}}`, "2026-03-01"},
		{"grant/7", `{"op":"all","args":[{"op":"in","field":"id","values":[{"ref":"70"},{"ref":"71"}]},{"op":"eq","field":"type","value":{"text":"company"}}]}`, "2026-03-01"},
	} {
		r := byID(rules, c.id)
		if r == nil {
			t.Errorf("%s is missing", c.id)
			continue
		}
		got, _ := json.Marshal(r.When)
		if string(got) != c.when || !r.Until.Equal(day(c.until)) || !r.From.Equal(day("2026-01-01")) || r.Scene != "代为跟进" || r.Effect != policy.Permit {
			t.Errorf("%s is %s %+v", c.id, got, r)
		}
		if err := policy.CheckRule(records.Schema(), r); err != nil {
			t.Errorf("%s: %v", c.id, err)
		}
	}
	if byID(rules, "grant/5") != nil {
		t.Error("a grant revoked before it began gives something")
	}
}

// A grant without any reach cannot be made; if one is met all the same it must give nothing.
func TestLowerOfAGrantOfNothingGivesNothing(t *testing.T) {
	g := grant()
	g.Records = nil
	rs, problems := policy.Compile(records.Schema(), access.Authored{Grants: []grants.Grant{g}}.Lower(), nil)
	if len(problems) == 0 || rs.Len() != 0 {
		t.Errorf("%d rules, problems %v", rs.Len(), problems)
	}
}

func TestLowerSharingsAndGuards(t *testing.T) {
	everyone := policy.Clause{Everyone: true}
	sharing := access.Sharings[0].For(everyone)
	guard := policy.Rule{ID: "9", Who: policy.Who{Any: []policy.Clause{everyone}}, Kind: "customer", Actions: []policy.Action{policy.Export}, Where: policy.Path{Path: policy.PathAll}, Scene: "盘点期间"}
	wrong := guard
	wrong.ID, wrong.Effect = "10", policy.Forbid
	rules := access.Authored{Sharings: []policy.Rule{sharing, wrong}, Guards: []policy.Rule{guard}}.Lower()
	if r := byID(rules, "sharing/colleagues"); r == nil || r.Effect != policy.Permit || r.Origin != (policy.Origin{Type: "sharing", ID: "colleagues", Name: "同部门客户可见"}) {
		t.Errorf("the sharing is %+v", r)
	}
	if r := byID(rules, "guard/9"); r == nil || r.Effect != policy.Forbid || r.Origin.Type != "guard" {
		t.Errorf("the guard is %+v", r)
	}
	if r := byID(rules, "sharing/10"); r == nil || r.Effect != policy.Forbid {
		t.Error("a forbid in the wrong list was turned into a permit")
	}
	if access.CheckSharing(wrong) == nil || access.CheckGuard(sharing) == nil || access.CheckGuard(wrong) != nil || access.CheckSharing(policy.Rule{Effect: policy.Permit}) == nil {
		t.Error("rules of the wrong effect, or without an id, are accepted")
	}
}

func TestCheckAssignment(t *testing.T) {
	from, until := days("2026-01-01", "2026-02-01")
	for _, c := range []struct {
		what string
		a    access.Assignment
		want string
	}{
		{"everyone", access.Assignment{Pack: "staff", Who: policy.Clause{Everyone: true}}, ""},
		{"a person", access.Assignment{Pack: "staff", Who: policy.Clause{Person: 1}, From: from, Until: until}, ""},
		{"a position in a unit", access.Assignment{Pack: "staff", Who: policy.Clause{Position: "x", Unit: 4, Below: true}}, ""},
		{"nobody", access.Assignment{Pack: "staff"}, "assignment_who"},
		{"person and unit", access.Assignment{Pack: "staff", Who: policy.Clause{Person: 1, Unit: 4}}, "assignment_who"},
		{"everyone and a position", access.Assignment{Pack: "staff", Who: policy.Clause{Everyone: true, Position: "x"}}, "assignment_who"},
		{"below nothing", access.Assignment{Pack: "staff", Who: policy.Clause{Position: "x", Below: true}}, "assignment_who"},
		{"no pack", access.Assignment{Pack: "king", Who: policy.Clause{Everyone: true}}, "assignment_pack"},
		{"backward", access.Assignment{Pack: "staff", Who: policy.Clause{Person: 1}, From: until, Until: from}, "assignment_window"},
	} {
		got := ""
		if err := c.a.Check(access.Presets); err != nil {
			got = fault.From(err).Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if !strings.HasPrefix(access.Presets[0].ID, "boss") {
		t.Error("the presets are in another order")
	}
}
