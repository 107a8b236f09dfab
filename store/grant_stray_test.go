package store

import (
	"context"
	"testing"

	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// What somebody lent of a record that they do not have any more is found and taken back by who has it, and by
// nobody else; what its giver still has is between giver and receiver, and so is what names other records too.
func TestStrayGrantsAreOfWhoHasTheRecord(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for _, name := range []string{"东方", "西方"} {
			f.customer("lin", name, "")
		}
		one, err := f.as("lin").Grant(ctx, f.lend("zhao", 24, "东方"))
		f.must(err)
		both, err := f.as("lin").Grant(ctx, f.lend("zhao", 24, "东方", "西方"))
		f.must(err)
		beside := func(who string, want ...policy.ID) {
			t.Helper()
			list, err := f.as(who).FindGrants(ctx, GrantQuery{Kind: "customer", Record: f.id("东方"), Open: true})
			f.must(err)
			if len(list) != len(want) {
				t.Fatalf("%s finds %d grants, not %d", who, len(list), len(want))
			}
			for i, id := range want {
				if list[i].ID != id || len(list[i].Can) != 1 || list[i].Can[0] != "revoke" || list[i].Giver.Name != "lin" {
					t.Errorf("%s finds %+v", who, list[i])
				}
			}
		}
		not := func(who string, id policy.ID) {
			t.Helper()
			_, err := f.as(who).RevokeGrant(ctx, id)
			f.refused(err, fault.NotFound, "grant")
		}
		// While lin has it, it is lin's to take back, also before their head.
		beside("chief")
		not("chief", one.ID)
		it, err := f.as("boss").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		_, err = f.as("boss").Transfer(ctx, "customer", Target{ID: it.ID, Version: it.Version}, Transfer{To: f.id("wang")})
		f.must(err)
		f.sees("zhao", "东方", "西方")
		beside("wang", one.ID)
		beside("chief", one.ID)
		beside("auditor")
		not("wang", both.ID)
		takes := func(id policy.ID) {
			t.Helper()
			g, err := f.as("wang").RevokeGrant(ctx, id)
			f.must(err)
			if g.State != grants.Revoked || len(g.Can) != 0 {
				t.Errorf("%+v", g)
			}
		}
		takes(one.ID)
		beside("wang")
		f.sees("zhao", "东方", "西方") // by the other, of which lin still has one
		it, err = f.as("boss").Get(ctx, "customer", f.id("西方"))
		f.must(err)
		_, err = f.as("boss").Transfer(ctx, "customer", Target{ID: it.ID, Version: it.Version}, Transfer{To: f.id("wang")})
		f.must(err)
		beside("wang", both.ID)
		takes(both.ID)
		f.sees("zhao")
		_, err = f.as("wang").RevokeGrant(ctx, both.ID)
		f.refused(err, fault.Conflict, "grant_ended")
		log, err := f.as("auditor").AuditEntries(ctx, AuditQuery{Person: f.id("wang")})
		f.must(err)
		n := 0
		for _, e := range log.Items {
			if e.Action == string(audit.GrantRevoked) {
				if n++; len(e.Rules) == 0 {
					t.Errorf("it is not said by which rule: %+v", e)
				}
			}
		}
		if n != 2 {
			t.Errorf("%d were taken back", n)
		}
	})
}
