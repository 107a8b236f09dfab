package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
)

// filled makes customers, past the gate, with what each has beside a name.
func (f *firm) filled(n int, more map[string]policy.Value) []policy.ID {
	f.t.Helper()
	ctx := context.Background()
	all := f.newIDs(n)
	s := f.as("boss")
	for len(all) > 0 {
		some := all[:min(len(all), 1000)]
		all = all[len(some):]
		f.must(f.db.write(ctx, s.actor, op{name: "seed"}, func(t *tx) error {
			v, err := t.view(ctx)
			if err != nil {
				return err
			}
			var list []newRecord
			for _, id := range some {
				values := map[string]policy.Value{"name": policy.TextOf("客户" + id.String()), "created_at": policy.TimeOf(t.now), "updated_at": policy.TimeOf(t.now)}
				for name, value := range more {
					values[name] = value
				}
				v.catalog.Kind("customer").Complete(values)
				list = append(list, newRecord{id, values})
			}
			t.entries++
			return t.insertRecords(ctx, v.catalog.Kind("customer"), list)
		}))
	}
	ids, err := f.db.single().eachID(ctx, "SELECT id FROM customer WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2", DefaultTenant, n)
	f.must(err)
	return ids
}

// sellers puts more sales people into a region.
func (f *firm) sellers(n int) []policy.ID {
	f.t.Helper()
	var c Company
	people := f.newIDs(n)
	for i, id := range people {
		name := fmt.Sprintf("seller%d", i)
		f.ids[name] = id
		c.People = append(c.People, NewPerson{ID: id, Fields: map[string]policy.Value{"name": policy.TextOf(name), "login": policy.TextOf(name), "unit": policy.RefOf(f.id("华东"))}})
		c.Appointments = append(c.Appointments, org.Appointment{ID: f.newIDs(1)[0], Person: id, Unit: f.id("华东"), Position: "sales", From: f.clock.Now().AddDate(-1, 0, 0)})
	}
	f.must(f.db.System(JobSetup, DefaultTenant).Install(context.Background(), c))
	return people
}

// Fifty people claim a thousand customers at once, each over two clients: each customer gets one
// owner, and nobody gets one more than they may.
func TestPoolClaimsRace(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		const people, customers, most = 50, 1000, 12
		ids, sellers := f.filled(customers, map[string]policy.Value{"pool": policy.RefOf(f.id("公海"))}), f.sellers(people)
		// Each client goes through the customers in its own order, or through a few, each of which several want.
		run := func(few int) {
			t.Helper()
			var all sync.WaitGroup
			for i := range 2 * people {
				s := f.as(fmt.Sprintf("seller%d", i%people))
				order := rand.Perm(customers)
				if few > 0 {
					order = order[:0]
					for j := range few * customers / people {
						order = append(order, (i*customers/people+j)%customers)
					}
				}
				all.Go(func() {
					for _, at := range order {
						_, err := s.Claim(context.Background(), "customer", ids[at])
						switch got := fault.From(err); {
						case err == nil, fault.Is(err, fault.NotFound):
						case got.Code == "pool_claims_day":
							return
						case got.Code == "action": // the other client has it
						default:
							t.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
		}
		check := func(owned int64) {
			t.Helper()
			for text, want := range map[string]int64{
				"SELECT count(*) FROM customer WHERE owner_id IS NOT NULL AND pool_id IS NULL AND version = 2": owned,
				"SELECT count(*) FROM customer WHERE owner_id IS NULL AND pool_id IS NOT NULL AND version = 1": customers - owned,
				"SELECT count(*) FROM pool_claim":                         owned,
				"SELECT count(DISTINCT record_id) FROM pool_claim":        owned,
				"SELECT count(*) FROM audit_entry WHERE action = 'claim'": owned,
				"SELECT count(*) FROM customer c JOIN pool_claim p ON p.record_id = c.id AND p.person_id = c.owner_id JOIN pool_stay s ON s.record_id = c.id AND s.person_id = c.owner_id AND s.pool_id = p.pool_id": owned,
			} {
				if got := count(t, f.db, text); got != want {
					t.Errorf("%d, not %d: %s", got, want, text)
				}
			}
		}
		f.settings(access.PoolSettings{ClaimsPerDay: most})
		run(0)
		check(people * most)
		for _, id := range sellers {
			if got := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id = $1", int64(id)); got != most {
				t.Errorf("%d has %d, not %d", id, got, most)
			}
		}
		f.settings(access.PoolSettings{})
		run(3)
		check(customers)
	})
}
