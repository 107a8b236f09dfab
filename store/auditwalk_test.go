package store

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"guan/audit"
	"guan/policy"
)

// Whatever is asked together, and however few numbers may be looked at for a page, the pages hold what a look at
// every entry finds, each once and the newest first: also of entries that wait for their leaf, all or some of them.
func TestAuditSearchFindsAll(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		draw := rand.New(rand.NewPCG(4, 0))
		actions := []audit.Action{"read", "read", "read", "list", "list", "edit", "export", audit.Refused, audit.SignIn, audit.Commented, audit.Traced}
		few := func(n int) policy.ID { return policy.ID(9000 + min(draw.IntN(n), draw.IntN(n))) }
		var all []audit.Entry
		for range 1500 {
			e := audit.Entry{Tenant: DefaultTenant, At: f.clock.Now(), Action: actions[draw.IntN(len(actions))], Actor: few(12)}
			if draw.IntN(8) == 0 {
				e.OnBehalf = few(12)
			}
			switch e.Action {
			case "list", "export":
				e.Kind, e.Records = "customer", []policy.ID{few(9), few(9)}
			case "read", "edit", audit.Refused:
				e.Kind, e.Record = "customer", few(9)
			}
			if e.Action == "export" {
				e.Detail = map[string]any{"export": few(5).String()}
			}
			all = append(all, e)
		}
		var first int64
		f.must(f.db.single().row(ctx, "SELECT coalesce(max(seq), 0) + 1 FROM audit_entry WHERE tenant_id = 1").Scan(&first))
		f.must(f.db.maintain(ctx, func(t *tx) error { return insertEntries(ctx, f.db, t.q, all) }))
		if f.db.dialect == Postgres {
			f.must(f.db.single().row(ctx, "SELECT min(seq) FROM audit_entry WHERE tenant_id = 1 AND actor_id >= 9000 AND actor_id < 9100").Scan(&first))
		}
		defer func(looks int) { auditLooks = looks }(auditLooks)
		f.db.auditKey = filepath.Join(t.TempDir(), "audit.key")
		for try := range 120 {
			switch try {
			case 40:
				_, err := f.db.sealSome(ctx, DefaultTenant)
				f.must(err)
			case 80:
				seal(t, f.db)
			}
			auditLooks = []int{10_000, 40, 7}[try%3]
			q := AuditQuery{Limit: 1 + draw.IntN(60)}
			if draw.IntN(3) > 0 {
				q.Person = few(14)
			}
			switch draw.IntN(4) {
			case 0:
				q.Export = few(6)
			case 1, 2:
				q.Kind, q.Record = "customer", few(10)
			}
			if draw.IntN(3) > 0 {
				q.Group = audit.Groups[draw.IntN(len(audit.Groups))]
			}
			if q.Person == 0 && q.Record == 0 && q.Export == 0 {
				continue // entries of others too
			}
			var want, got []int64
			for i, e := range slices.Backward(all) {
				acts, without := audit.In(q.Group)
				if (q.Person == 0 || e.Actor == q.Person || e.OnBehalf == q.Person) &&
					(q.Record == 0 || e.Record == q.Record || slices.Contains(e.Records, q.Record)) &&
					(q.Export == 0 || e.Action == "export" && e.Detail["export"] == q.Export.String()) &&
					(q.Group == "" || slices.Contains(acts, e.Action) != without) {
					want = append(want, first+int64(i))
				}
			}
			asked := q
			for {
				var found []foundEntry
				var next int64
				f.must(f.db.read(ctx, func(t *rtx) (err error) {
					before, err := asked.check()
					if err == nil {
						found, next, err = t.auditSearch(ctx, DefaultTenant, f.id("auditor"), asked, before)
					}
					return err
				}))
				for _, e := range found {
					got = append(got, e.seq.Int64)
				}
				if next == 0 {
					break
				}
				asked.Cursor = strconv.FormatInt(next, 10)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%+v, %d looks: %d entries, want %d", q, auditLooks, len(got), len(want))
			}
		}
	})
}
