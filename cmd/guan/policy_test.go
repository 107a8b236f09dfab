package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/internal/testdb"
	"guan/org"
	"guan/policy"
	"guan/store"
)

// ruledCompany is a company with two who administer it, a seller, and rules that name units, people,
// pools and records.
func ruledCompany(t *testing.T, at testdb.Database) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{DataDir: at.DataDir, URL: at.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	setup := db.System(store.JobSetup, store.DefaultTenant)
	ids, err := setup.NewIDs(t.Context(), 20)
	if err != nil {
		t.Fatal(err)
	}
	root, east, pool := ids[0], ids[1], ids[2]
	c := store.Company{
		Name:      "关山",
		Positions: []org.Position{{Code: "seller", Label: org.Label{ZH: "销售", EN: "Seller"}}, {Code: "chief", Label: org.Label{ZH: "负责人", EN: "Chief"}}},
		Units:     []org.Unit{{ID: root, Name: "总部", Type: "company"}, {ID: east, Parent: root, Name: "华东", Type: "region"}},
		Pools:     []access.Pool{{ID: pool, Name: "公海", Open: policy.Who{Any: []policy.Clause{{Unit: root, Below: true}}}}},
		Assignments: []access.Assignment{{ID: ids[3], Pack: "boss", Who: policy.Clause{Person: ids[10]}}, {ID: ids[4], Pack: "administrator", Who: policy.Clause{Person: ids[11]}},
			{ID: ids[5], Pack: "sales", Who: policy.Clause{Position: "seller", Unit: root, Below: true}}},
	}
	for i, login := range []string{"laoban", "guanli", "linxs"} {
		c.People = append(c.People, store.NewPerson{ID: ids[10+i], Password: demoPassword, Fields: map[string]policy.Value{
			"name": policy.TextOf("姓" + login), "login": policy.TextOf(login), "unit": policy.RefOf(root)}})
		c.Appointments = append(c.Appointments, org.Appointment{ID: ids[15+i], Person: ids[10+i], Unit: root, Position: "chief", From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	until := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	owned := policy.Cond{Op: policy.OpAny, Args: []policy.Cond{
		{Op: policy.OpIn, Field: "owner", Values: []policy.Operand{{Ref: &ids[12]}}}, {Op: policy.OpEq, Field: "pool", Value: &policy.Operand{Ref: &pool}},
		{Op: policy.OpEq, Field: "unit", Value: &policy.Operand{Ref: &east}}}}
	who := policy.Who{Any: []policy.Clause{{Unit: east}, {Person: ids[12]}}}
	c.Rules = []policy.Rule{
		{ID: "far", Effect: policy.Permit, Who: who, Kind: "customer", Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathUnits, Units: []policy.ID{east}, Below: true},
			When: &owned, Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, Until: &until, Scene: "true: 2026-01-01 # 不是注释", Origin: policy.Origin{Name: "远处"}},
		{ID: "near", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}, Except: []policy.Clause{{Person: ids[10]}}}, Kind: "contact", Actions: []policy.Action{policy.Export},
			Where: policy.Path{Path: policy.PathLinked, Relation: "customer", Via: &policy.Path{Path: policy.PathNear, Meters: 2500}}, Scene: "附近的不导出", Sensitive: true},
	}
	if err := setup.Install(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func TestPolicyFile(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ruledCompany(t, at)
		where := flags(t, at)
		file := filepath.Join(t.TempDir(), "policy.yaml")
		policyOf := func(args ...string) (int, string, string) {
			return output(t, append(append([]string{"policy"}, args...), where...)...)
		}
		write := func(text string) {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		code, first, errs := policyOf("export")
		if code != done || !strings.Contains(first, "person: linxs") || !strings.Contains(first, "ref: 总部/华东") || !strings.Contains(first, "ref: 公海") || !strings.Contains(first, "# 总部及其下级部门的销售得到权限包“销售”。") {
			t.Fatalf("exit %d: %s%s", code, first, errs)
		}
		write(first)
		if code, out, errs := policyOf("diff", file, "--as", "guanli"); code != done || out+errs != "" {
			t.Errorf("diff of the same: exit %d: %s%s", code, out, errs)
		}
		if code, out, _ := policyOf("apply", file, "--as", "guanli", "--note", "x"); code != done || !strings.Contains(out, "nothing differs") {
			t.Errorf("apply of the same: exit %d: %s", code, out)
		}

		// A pack of its own, put together in an editor.
		next := strings.Replace(first, "packs: []\n", `packs:
  - id: night
    label: {zh: 夜班, en: Night}
    description: {zh: "", en: ""}
    rules:
      - id: customer/own
        effect: permit
        kind: customer
        actions: [read]
        where: {path: own}
        fields:
          - {class: general, level: plain}
        scene: {zh: 夜班看自己的客户, en: The night shift sees its own customers}
`, 1)
		next = strings.Replace(next, "assignments:\n", "assignments:\n  - pack: night\n    who: {person: linxs}\n", 1)
		write(next)
		code, out, errs := policyOf("diff", file, "--color", "always")
		if code != failed || errs != "" || !strings.Contains(out, "\x1b[32m+ pack night") || !strings.Contains(out, "+ assignment night") || strings.Count(out, "assignment") != 1 {
			t.Errorf("diff: exit %d: %q %s", code, out, errs)
		}
		if code, out, errs := policyOf("apply", file, "--as", "guanli", "--note", "夜班"); code != done || !strings.Contains(out, "in force") {
			t.Fatalf("apply: exit %d: %s%s", code, out, errs)
		}
		code, second, _ := policyOf("export")
		if code != done || !strings.Contains(second, "夜班看自己的客户") {
			t.Fatalf("exit %d: %s", code, second)
		}
		write(second)
		if code, out, errs := policyOf("diff", file); code != done || out+errs != "" {
			t.Errorf("diff after apply: exit %d: %s%s", code, out, errs)
		}
		// Back to the first, and to the second again: the same bytes, whatever the ids.
		write(first)
		if code, out, errs := policyOf("apply", file, "--as", "guanli", "--note", "回到开头"); code != done {
			t.Fatalf("exit %d: %s%s", code, out, errs)
		}
		if _, again, _ := policyOf("export"); again != first {
			t.Errorf("the first export came back as\n%s", again)
		}
		write(second)
		if code, out, errs := policyOf("apply", file, "--as", "guanli", "--note", "又来"); code != done {
			t.Fatalf("exit %d: %s%s", code, out, errs)
		}
		if _, again, _ := policyOf("export"); again != second {
			t.Errorf("the second export came back as\n%s", again)
		}
		// What is sensitive waits; what one may not do is refused.
		write(strings.Replace(second, "who: {person: linxs}", "who: {person: linxs}\n  - pack: finance\n    who: {person: linxs}", 1))
		if code, out, errs := policyOf("apply", file, "--as", "guanli", "--note", "财务"); code != done || !strings.Contains(out, "waits") {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
		write(strings.Replace(second, "who: {person: linxs}", "who: {person: linxs}\n  - pack: finance\n    who: {person: guanli}", 1))
		if code, _, errs := policyOf("apply", file, "--as", "guanli", "--note", "给自己"); code != failed || !strings.Contains(errs, "somebody else must") {
			t.Errorf("exit %d: %s", code, errs)
		}
		if code, _, errs := policyOf("apply", file, "--as", "linxs", "--note", "x"); code != failed || !strings.Contains(errs, "right of administration") {
			t.Errorf("exit %d: %s", code, errs)
		}
		if code, _, errs := policyOf("apply", file, "--note", "x"); code != misuse || !strings.Contains(errs, "--as") {
			t.Errorf("exit %d: %s", code, errs)
		}
		if _, again, _ := policyOf("export"); again != second {
			t.Errorf("a refusal changed the policy:\n%s", again)
		}
	})
}

// A file that says what would not come back, or that nothing is called, is refused at its line.
func TestPolicyFileRefused(t *testing.T) {
	at := testdb.SQLite(t)
	ruledCompany(t, at)
	where := flags(t, at)
	_, whole, _ := output(t, append([]string{"policy", "export"}, where...)...)
	file := filepath.Join(t.TempDir(), "policy.yaml")
	line := func(text, part string) string {
		before, _, ok := strings.Cut(text, part)
		if !ok {
			t.Fatalf("%q is not in the file", part)
		}
		return "line " + policy.ID(strings.Count(before, "\n")+1).String() + ":"
	}
	for _, x := range []struct{ what, old, new, says string }{
		{"an unknown key", "kind: customer", "kind: customer\n    colour: red", "colour"},
		{"a key twice", "kind: customer", "kind: customer\n    kind: customer", "twice"},
		{"an unknown login", "person: laoban", "person: nobody", `no person "nobody"`},
		{"an unknown unit", "ref: 总部/华东", "ref: 总部/华西", `no unit "总部/华西"`},
		{"an unknown pool", "ref: 公海", "ref: 死海", `no pool "死海"`},
		{"what says nothing", "below: true", "below: false", "leave it out"},
		{"another spelling", "meters: 2500", "meters: 2500.0", "2500"},
		{"an instant of another zone", `"2030-01-01T00:00:00Z"`, `"2030-01-01T08:00:00+08:00"`, "2030-01-01T00:00:00Z"},
		{"an anchor", "kind: customer", "kind: &k customer", "anchors"},
		{"a text for a number", "meters: 2500", "meters: far", "a number"},
		{"nothing", "kind: customer", "kind:", "a text"},
		{"a second document", "packs: []\n", "packs: []\n---\npacks: []\n", ""},
		{"no YAML", "packs: []\n", "packs: [\n", ""},
		{"a level that there is not", "level: plain", "level: open", "level"},
	} {
		text := strings.Replace(whole, x.old, x.new, 1)
		at := line(whole, x.old)
		if strings.Contains(x.what, "key") { // that is added below
			at = line(strings.Replace(whole, x.old, "\n"+x.old, 1), x.old)
		}
		if text == whole {
			t.Fatalf("%s: nothing was changed", x.what)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := output(t, append([]string{"policy", "diff", file}, where...)...)
		if code != failed || out != "" || !strings.Contains(errs, x.says) || x.says != "" && x.what != "a level that there is not" && !strings.Contains(errs, at) {
			t.Errorf("%s: exit %d, want %s %s: %s%s", x.what, code, at, x.says, out, errs)
		}
	}
	// What has its form and no sense is told where it stands.
	if err := os.WriteFile(file, []byte(strings.Replace(whole, "kind: contact", "kind: unicorn", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := output(t, append([]string{"policy", "diff", file}, where...)...); code != failed || !strings.Contains(errs, "rules[1].kind") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
