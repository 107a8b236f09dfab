package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/policy"
	"guan/store"
)

// A leaked part of an export is traced on the command line; so is its code.
func TestTraceCommand(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.Database) {
		where := flags(t, db)
		dir := t.TempDir()
		run := commands(t, where)
		run(done, "demo", "world", "--password", demoPassword)
		var table strings.Builder
		table.WriteString("客户名称,客户编码,电话,生日\n")
		for i := range 40 {
			fmt.Fprintf(&table, "溯源%02d,T%02d,137%08d,1990-01-02\n", i, i, 7919*i)
		}
		source, out := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out.xlsx")
		if err := os.WriteFile(source, []byte(table.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		run(done, "import", source, "--kind", "customer", "--as", "zhoumy")
		run(done, "export", "--kind", "customer", "--as", "zhoumy", "--filter", "r.name.startsWith('溯源')", "--fields", "name,phone,birthday", "--format", "xlsx", "--out", out)
		said := run(done, "trace", out)
		if !strings.Contains(said, "named by its marks: ") || !strings.Contains(said, "(zhoumy)") || !strings.Contains(said, "40 recognised") {
			t.Error(said)
		}
		var found store.Tracing
		if err := json.Unmarshal([]byte(run(done, "trace", out, "--json")), &found); err != nil || len(found.Named) != 1 {
			t.Fatalf("%+v %v", found, err)
		}
		if said := run(done, "trace", "--code", strings.ToLower(found.Named[0].Code)); !strings.Contains(said, "by the code in it: ") || !strings.Contains(said, "(zhoumy)") {
			t.Error(said)
		}
		if said := run(done, "trace", source); !strings.Contains(said, "no one can be named") {
			t.Error(said)
		}
		withCanaries(t, where)
		run(done, "export", "--kind", "customer", "--as", "zhoumy", "--filter", "r.name.startsWith('溯源')", "--fields", "name,phone", "--format", "csv", "--out", out+".csv")
		var whole store.Tracing
		if err := json.Unmarshal([]byte(run(done, "trace", out+".csv", "--json")), &whole); err != nil || len(whole.Invented) != 1 {
			t.Fatalf("%+v %v", whole, err)
		}
		canary, alone := whole.Invented[0].Canaries[0], filepath.Join(dir, "alone.txt")
		if err := os.WriteFile(alone, []byte(canary.Name+" "+canary.Phone+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if said := run(done, "trace", alone); !strings.Contains(said, "named for certain by what was invented for it alone: "+whole.Invented[0].Code) ||
			!strings.Contains(said, "(zhoumy)") || !strings.Contains(said, canary.Phone) || strings.Contains(said, "no one can be named") {
			t.Error(said)
		}
		run(failed, "trace", "--code", "0000-0000-00")
		run(failed, "trace", "--code", "nonsense")
		run(misuse, "trace")
	})
}

// withCanaries lets exports of customers have invented rows.
func withCanaries(t *testing.T, where []string) {
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
	if _, err := session.SetMarkSettings(t.Context(), 0, store.MarkSettings{Marks: true, Canaries: []policy.Kind{"customer"}}); err != nil {
		t.Fatal(err)
	}
}
