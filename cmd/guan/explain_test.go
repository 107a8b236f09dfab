package main

import (
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/policy"
	"guan/store"
)

func TestExplainAndSees(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		where := []string{"--data", at.DataDir}
		if at.URL != "" {
			where = []string{"--data", t.TempDir(), "--db", at.URL}
		}
		db, err := store.Open(t.Context(), store.Options{DataDir: at.DataDir, URL: at.URL})
		if err != nil {
			t.Fatal(err)
		}
		setup, err := db.System(store.JobSetup, store.DefaultTenant).Records()
		if err != nil {
			t.Fatal(err)
		}
		made := map[string]string{}
		for kind, fields := range map[string]store.Fields{
			"person":   {"name": []byte(`"李娜"`), "login": []byte(`"lina"`)},
			"customer": {"name": []byte(`"关山贸易"`), "type": []byte(`"company"`)},
		} {
			item, err := setup.Create(t.Context(), policy.Kind(kind), fields)
			if err != nil {
				t.Fatal(err)
			}
			made[kind] = item.ID.String()
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			args []string
			code int
			says string
		}{
			{[]string{"explain", "lina", "customer", made["customer"]}, done, "no: lina may read customer " + made["customer"]},
			{[]string{"explain", "LINA", "customer", made["customer"], "--field", "phone", "--lang", "en"}, done, "phone is hidden"},
			{[]string{"explain", "lina", "customer", "4242"}, failed, "no such record"},
			{[]string{"explain", "lina", "unicorn", "4242"}, failed, "no such record"},
			{[]string{"explain", "lina", "customer", made["customer"], "--action", "juggle"}, failed, "no such action"},
			{[]string{"explain", "nobody", "customer", made["customer"]}, failed, "no person"},
			{[]string{"explain", "'", "customer", made["customer"]}, misuse, "LOGIN"},
			{[]string{"sees", "lina"}, done, "李娜 (lina)\n"},
			{[]string{"sees", "lina", "--lang", "en"}, done, "customer            0  Customer\n"},
			{[]string{"sees", "nobody"}, failed, "no such person"},
		} {
			code, out, errs := output(t, append(x.args, where...)...)
			if code != x.code || !strings.Contains(out+errs, x.says) {
				t.Errorf("guan %v: exit %d, want %d: %s%s", x.args, code, x.code, out, errs)
			}
		}
	})
}
