package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/paper"
	"guan/policy"
	"guan/store"
)

// One record goes out as the document that its page gives, by the rights of the person, as a copy like any other.
func TestExportRecordCommand(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.Database) {
		where := flags(t, db)
		dir := t.TempDir()
		run := commands(t, where)
		run(done, "demo", "world", "--password", demoPassword)
		source, out := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out.pdf")
		if err := os.WriteFile(source, []byte("客户名称,客户编码,电话\n单条导出,REC1,13700007919\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		run(done, "import", source, "--kind", "customer", "--as", "zhoumy")
		id, copies := recordOfCode(t, where, "REC1")
		if said := run(done, "export", "--record", "customer", id.String(), "--as", "zhoumy", "--out", out); !strings.Contains(said, "rows in "+out) {
			t.Error(said)
		}
		lines := func() []string {
			t.Helper()
			file, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			lines, err := paper.Lines(file)
			if err != nil {
				t.Fatal(err)
			}
			return lines
		}
		for _, want := range []string{"客户 · 单条导出", "REC1", "联系人", "没有记录"} {
			if !slices.Contains(lines(), want) {
				t.Errorf("%q is missing in %q", want, lines())
			}
		}
		if said := run(done, "trace", out); !strings.Contains(said, "by the code in it: ") || !strings.Contains(said, "(zhoumy)") {
			t.Error(said)
		}
		run(done, "export", "--record", "customer", id.String(), "--as", "zhoumy", "--no-comments", "--related", "contacts", "--fields", "code,name", "--lang", "en", "--out", out)
		if got := lines(); !slices.Contains(got, "Customer · 单条导出") || !slices.Contains(got, "Contacts") || slices.Contains(got, "Opportunities") {
			t.Errorf("%q", got)
		}
		if _, now := recordOfCode(t, where, "REC1"); now != copies+2 {
			t.Errorf("%d copies of %d before: each document is one", now, copies)
		}
		bad := filepath.Join(dir, "bad.pdf")
		for _, x := range []struct {
			code int
			says string
			args []string
		}{
			{failed, "may not export", []string{"--record", "customer", id.String(), "--as", "sunh"}},
			{failed, "no such record", []string{"--record", "customer", "999999999999", "--as", "zhoumy"}},
			{failed, "related", []string{"--record", "customer", id.String(), "--related", "nothing", "--as", "zhoumy"}},
			{failed, "exported as pdf", []string{"--record", "customer", id.String(), "--format", "csv", "--as", "zhoumy"}},
			{failed, "no filter", []string{"--record", "customer", id.String(), "--sort", "name", "--as", "zhoumy"}},
			{misuse, "--record K ID", []string{"--record", "customer", "--as", "zhoumy"}},
			{misuse, "--record K ID", []string{"--record", "customer", "five", "--as", "zhoumy"}},
			{misuse, "--record K ID", []string{"--kind", "customer", id.String(), "--as", "zhoumy"}},
			{misuse, "--record", []string{"--kind", "customer", "--record", "customer", id.String(), "--as", "zhoumy"}},
		} {
			if said := run(x.code, append([]string{"export", "--out", bad}, x.args...)...); !strings.Contains(said, x.says) {
				t.Errorf("guan export %v: %s", x.args, said)
			}
		}
		for _, left := range []string{bad, bad + ".part", out + ".part"} {
			if _, err := os.Stat(left); err == nil {
				t.Errorf("%s was left behind", left)
			}
		}
	})
}

// recordOfCode is the customer with a code, and how many exports there are.
func recordOfCode(t *testing.T, where []string, code string) (policy.ID, int64) {
	t.Helper()
	at := database{Data: where[1]}
	if len(where) > 2 {
		at.DB = where[3]
	}
	db, err := at.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	session, err := db.System(store.JobSetup, store.DefaultTenant).StandIn(t.Context(), "zhoumy", "export")
	if err != nil {
		t.Fatal(err)
	}
	page, err := session.List(t.Context(), store.ListQuery{Kind: "customer", Filter: "r.code == '" + code + "'", Fields: []string{"code"}})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%+v %v", page, err)
	}
	leak, err := store.LeakOf(code)
	if err != nil {
		t.Fatal(err)
	}
	found, err := session.Trace(t.Context(), leak)
	if err != nil {
		t.Fatal(err)
	}
	return page.Items[0].ID, found.Copies
}
