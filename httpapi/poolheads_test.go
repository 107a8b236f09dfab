package httpapi_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"guan/policy"
	"guan/store"
)

// A pool that is open to a unit is among those of its people and of who heads it, from above too, with what lies
// there; it is not among those of people beside it, and goes at once with the headship.
func TestPoolsOfHeads(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller, head := p.as("boss"), p.as("seller"), p.as("head")
		pool := into[made](boss.post("/api/v1/org/pools", map[string]any{"name": "东区公海", "open": []any{map[string]any{"unit": p.east.String()}}}).must(201)).ID
		lying := func(name string) string {
			return customers(into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": name, "pool": pool.String()}}).must(201)).ID)
		}
		first, second := lying("第一家"), lying("第二家")
		listed := func(when string, want map[string][]policy.Action) {
			t.Helper()
			for _, persona := range personas {
				c := p.as(persona.login)
				list := into[ofItems[store.PoolStanding]](c.get("/api/v1/pools").must(200)).Items
				can := want[persona.login]
				if len(list) != min(len(can), 1) || len(list) == 1 && !slices.Equal(list[0].Can, can) {
					t.Errorf("%s %s works with %+v, not %v", when, persona.login, list, can)
				}
				one := 404
				if len(can) > 0 || slices.Contains([]string{"admin"}, persona.login) {
					one = 200
				}
				if got := c.get("/api/v1/org/pools/" + pool.String()); got.status != one {
					t.Errorf("%s the pool answers %s with %d, not %d", when, persona.login, got.status, one)
				}
				sees := slices.Contains(can, policy.Claim) || slices.Contains(can, policy.Assign) || persona.login == "auditor"
				if got := c.get(second).status; (got == 200) != sees {
					t.Errorf("%s what lies there answers %s with %d", when, persona.login, got)
				}
				if got := int(into[struct{ Pools int }](c.get("/api/v1/me").must(200)).Pools); got != len(list) {
					t.Errorf("%s %s is told of %d pools, and finds %d", when, persona.login, got, len(list))
				}
			}
		}
		all := []policy.Action{policy.Claim, policy.Assign}
		listed("to begin with", map[string][]policy.Action{"seller": {policy.Claim}, "head": {policy.Assign}, "boss": all})
		p.as("rival").do("POST", first+"/claim", nil).is(404, "record")
		got := into[item](head.post(first+"/assign", map[string]any{"person": p.people["seller"].String()}).must(200))
		if got.Fields["owner"] != p.people["seller"].String() {
			t.Errorf("assigned it is %v", got.Fields)
		}

		unit := "/api/v1/org/units/" + p.sales.String()
		heads := func(list ...string) {
			t.Helper()
			for _, u := range into[ofItems[store.Unit]](boss.get("/api/v1/org/units").must(200)).Items {
				if u.ID == p.sales {
					boss.do("PATCH", unit, map[string]any{"heads": append([]string{}, list...)}, "If-Match", fmt.Sprint(u.Version)).must(200)
				}
			}
		}
		heads()
		listed("without a head", map[string][]policy.Action{"seller": {policy.Claim}, "boss": all})
		head.post(second+"/assign", map[string]any{"person": p.people["seller"].String()}).is(404, "record")
		heads(p.people["head"].String())

		// The head hands them out while the seller claims, both at once: each act that was done is one version, and of the
		// others nothing is left.
		var paths []string
		for i := range 10 {
			paths = append(paths, lying(fmt.Sprintf("抢 %d", i)))
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		taken := map[string]int{}
		for _, path := range paths {
			for _, c := range []*client{seller, head, seller, head} {
				wg.Go(func() {
					var r *reply
					if c == seller {
						r = c.do("POST", path+"/claim", nil)
					} else {
						r = c.post(path+"/assign", map[string]any{"person": p.people["rival"].String()})
					}
					mu.Lock()
					defer mu.Unlock()
					switch {
					case r.status == 200:
						taken[path]++
					case r.status >= 500:
						t.Errorf("%s: %d %s", r.asked, r.status, r.body)
					}
				})
			}
		}
		wg.Wait()
		for _, c := range []*client{seller, head} {
			c.http.CloseIdleConnections() // a connection on which nothing was asked yet keeps a server from stopping
		}
		for _, path := range paths {
			it := into[item](boss.get(path).must(200))
			owner := it.Fields["owner"]
			if it.Fields["pool"] != nil || owner != p.people["seller"].String() && owner != p.people["rival"].String() || it.Version != int64(1+taken[path]) {
				t.Errorf("%s was taken %d times and stands as %v in version %d", path, taken[path], it.Fields, it.Version)
			}
		}
	})
}
