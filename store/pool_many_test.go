package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// became reads what became of records, by name, in the order in which they stand in the answer.
func (f *firm) became(out *PooledMany) []string {
	f.t.Helper()
	names := map[policy.ID]string{}
	for name, id := range f.ids {
		names[id] = name
	}
	var got []string
	done := 0
	for _, row := range out.Rows {
		what := row.Code
		if row.Done {
			what = "done"
			done++
		}
		got = append(got, names[row.ID]+" "+what)
	}
	if done != out.Done {
		f.t.Errorf("%d were done, and it says %d", done, out.Done)
	}
	return got
}

func (f *firm) wants(out *PooledMany, err error, want ...string) {
	f.t.Helper()
	f.must(err)
	if got := f.became(out); fmt.Sprint(got) != fmt.Sprint(want) {
		f.t.Errorf("it became %v, not %v", got, want)
	}
}

func (f *firm) named(names ...string) []policy.ID {
	ids := make([]policy.ID, len(names))
	for i, name := range names {
		ids[i] = f.id(name)
	}
	return ids
}

// Each of many tells how it went, and what is told is what happened.
func TestPoolMany(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.settings(access.PoolSettings{ClaimsPerDay: 2, ClaimsHeld: 4, CoolDownDays: 3, ViewsPerDay: 1})
		for _, name := range []string{"甲", "乙", "丙", "丁", "戊", "己"} {
			f.pooled(name, "")
		}
		f.customer("wang", "别人的", "")
		f.customer("lin", "自己的", "")
		// 乙 was the seller's own before, and cools down.
		_, err := f.as("lin").Claim(ctx, "customer", f.id("乙"))
		f.must(err)
		_, err = f.as("lin").Release(ctx, "customer", f.id("乙"), 0, "")
		f.must(err)
		f.clock.advance(24 * time.Hour)

		claim := func(who string, ids ...policy.ID) (*PooledMany, error) {
			return f.as(who).PoolMany(ctx, "customer", PoolMany{Action: policy.Claim, IDs: ids})
		}
		refusals, listed := f.refusals("lin"), count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'list' AND CAST(rules AS text) <> '[]'")
		f.ids["无"] = 987654
		out, err := claim("lin", f.named("丙", "别人的", "乙", "自己的", "甲", "丁", "丙", "无")...)
		f.wants(out, err, "丙 done", "别人的 record", "乙 pool_cool_down", "自己的 action", "甲 done", "丁 pool_claims_day", "无 record")
		for _, row := range out.Rows {
			if hidden := row.Code == "record"; (row.Title == "") != hidden {
				t.Errorf("of %+v the title is told, or is not", row)
			}
			if row.Code == "pool_cool_down" && row.Params["until"] == nil || row.Code == "pool_claims_day" && row.Params["max"] != 2 {
				t.Errorf("without its date or number: %+v", row)
			}
		}
		for name, want := range map[string]string{"丙": "lin", "甲": "lin", "自己的": "lin", "别人的": "wang", "乙": "", "丁": ""} {
			owner, pool := f.holder(name)
			if want == "" && (owner != 0 || pool != f.id("公海")) || want != "" && owner != f.id(want) {
				t.Errorf("%s is with %d in %d", name, owner, pool)
			}
		}
		// One entry for each that was claimed or denied, as of single claims; one for what was shown beside.
		for _, name := range []string{"丙", "甲"} {
			if got := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'claim' AND actor_id = $1 AND record_id = $2 AND CAST(rules AS text) <> '[]'", int64(f.id("lin")), int64(f.id(name))); got != 1 {
				t.Errorf("%d entries say by which rule %s was claimed", got, name)
			}
		}
		if got := f.refusals("lin") - refusals; got != 5 {
			t.Errorf("%d refusals are kept, not 5", got)
		}
		for name, code := range map[string]string{"乙": "pool_cool_down", "丁": "pool_claims_day"} {
			if got := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'refused' AND actor_id = $1 AND record_id = $2 AND CAST(detail AS text) LIKE $3", int64(f.id("lin")), int64(f.id(name)), "%"+code+"%"); got != 1 {
				t.Errorf("%d refusals of %s say %s", got, name, code)
			}
		}
		if got := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'list' AND CAST(rules AS text) <> '[]'") - listed; got != 1 {
			t.Errorf("%d lists are kept with their rules", got)
		}
		if got := count(t, f.db, "SELECT count(*) FROM pool_view"); got != 0 {
			t.Errorf("claiming counted %d views", got)
		}
		// What one may not open any more today one may claim: a limit of views is of views.
		_, err = f.as("wang").Get(ctx, "customer", f.id("丁"))
		f.must(err)
		_, err = f.as("wang").Get(ctx, "customer", f.id("戊"))
		f.refused(err, fault.Locked, "pool_views_day")

		// What was released gives nothing of the day back, and of the most held as much as it was.
		out, err = f.as("lin").PoolMany(ctx, "customer", PoolMany{Action: policy.Release, IDs: f.named("自己的", "丙", "丁"), Reason: " 无人接听 "})
		f.wants(out, err, "自己的 done", "丙 done", "丁 action")
		out, err = claim("lin", f.named("戊")...)
		f.wants(out, err, "戊 pool_claims_day")
		if got := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'release' AND actor_id = $1 AND CAST(detail AS text) LIKE '%无人接听%'", int64(f.id("lin"))); got != 2 {
			t.Errorf("%d releases with their reason", got)
		}

		// The head assigns as many as the receiver may hold; they are told once.
		out, err = f.as("chief").PoolMany(ctx, "customer", PoolMany{Action: policy.Assign, Person: f.id("zhao"), IDs: f.named("乙", "丙", "丁", "自己的", "戊", "己")})
		f.wants(out, err, "乙 done", "丙 done", "丁 done", "自己的 done", "戊 pool_held", "己 pool_held")
		if got := count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1", int64(f.id("zhao"))); got != 1 {
			t.Errorf("%d notices of one assignment", got)
		}
		out, err = f.as("chief").PoolMany(ctx, "customer", PoolMany{Action: policy.Assign, Person: f.id("admin"), IDs: f.named("戊", "己")})
		f.wants(out, err, "戊 out_of_reach", "己 out_of_reach")
		if owner, _ := f.holder("戊"); owner != 0 {
			t.Errorf("out of reach, it is with %d", owner)
		}
		if found, err := f.db.Check(ctx, DefaultTenant); err != nil || len(found) > 0 {
			t.Errorf("%v %v", found, err)
		}

		// What is asked wrongly is refused as a whole.
		for _, bad := range []PoolMany{{Action: policy.Claim}, {Action: policy.Claim, IDs: f.named("戊"), Match: &PoolMatch{}}, {Action: policy.Claim, IDs: make([]policy.ID, 501)},
			{Action: policy.Edit, IDs: f.named("戊")}, {Action: policy.Assign, IDs: f.named("戊"), Person: 987654}, {Action: policy.Claim, Match: &PoolMatch{MassMatch: MassMatch{Filter: "r.unicorn == 1"}}}} {
			_, err := f.as("chief").PoolMany(ctx, "customer", bad)
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		_, err = f.as("chief").PoolMany(ctx, "contact", PoolMany{Action: policy.Claim, IDs: f.named("戊")})
		f.refused(err, fault.NotFound, "kind")
	})
}

// All that a list shows is claimed in its order, up to the limit, and at most 500 by one request.
func TestPoolManyOfAList(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.settings(access.PoolSettings{ClaimsPerDay: 3})
		ids := f.filled(520, map[string]policy.Value{"pool": policy.RefOf(f.id("公海")), "city": policy.TextOf("深圳")})
		f.filled(3, map[string]policy.Value{"pool": policy.RefOf(f.id("公海")), "city": policy.TextOf("广州")})
		match := &PoolMatch{MassMatch: MassMatch{Filter: "r.city == '深圳'"}, Sort: "name"}
		page, err := f.as("lin").List(ctx, ListQuery{Kind: "customer", Filter: match.Filter, Sort: match.Sort, Limit: 3})
		f.must(err)
		out, err := f.as("lin").PoolMany(ctx, "customer", PoolMany{Action: policy.Claim, Match: match})
		f.must(err)
		if out.Done != 3 || len(out.Rows) != 500 || !out.More {
			t.Fatalf("%d of %d, more %v", out.Done, len(out.Rows), out.More)
		}
		for i, it := range page.Items {
			if out.Rows[i].ID != it.ID || !out.Rows[i].Done || out.Rows[i].Title != it.Title {
				t.Errorf("the list has %s, and it became %+v", it.ID, out.Rows[i])
			}
		}
		for _, row := range out.Rows[3:] {
			if row.Done || row.Code != "pool_claims_day" {
				t.Fatalf("beyond the limit: %+v", row)
			}
		}
		f.settings(access.PoolSettings{})
		for {
			if out, err = f.as("wang").PoolMany(ctx, "customer", PoolMany{Action: policy.Claim, Match: &PoolMatch{MassMatch: MassMatch{Filter: match.Filter + " && has(r.pool)"}}}); err != nil || !out.More {
				break
			}
		}
		f.must(err)
		if got := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id = $1", int64(f.id("wang"))); got != int64(len(ids)-3) {
			t.Errorf("%d are taken, not %d", got, len(ids)-3)
		}
	})
}

// Fifty people claim the same customers at once, each by one request over two clients: each customer
// gets one owner, nobody gets one more than they may, and what each was told is what happened.
func TestPoolManyRace(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		const people, customers, day, held = 50, 120, 4, 3
		ids, sellers := f.filled(customers, map[string]policy.Value{"pool": policy.RefOf(f.id("公海"))}), f.sellers(people)
		f.settings(access.PoolSettings{ClaimsPerDay: day, ClaimsHeld: held})
		var mu sync.Mutex
		told := map[policy.ID]policy.ID{}
		var all sync.WaitGroup
		for i := range 2 * people {
			name := fmt.Sprintf("seller%d", i%people)
			s, me := f.as(name), f.id(name)
			mine := make([]policy.ID, 0, 12)
			for j := range 12 {
				mine = append(mine, ids[(i*7+j*11)%customers])
			}
			all.Go(func() {
				out, err := s.PoolMany(context.Background(), "customer", PoolMany{Action: policy.Claim, IDs: mine})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				for _, row := range out.Rows {
					switch {
					case row.Done && told[row.ID] != 0:
						t.Errorf("%s was given twice", row.ID)
					case row.Done:
						told[row.ID] = me
					case row.Code != "record" && row.Code != "action" && row.Code != "pool_claims_held":
						t.Errorf("%+v", row)
					}
				}
			})
		}
		all.Wait()
		for id, who := range told {
			if got := count(t, f.db, "SELECT count(*) FROM customer WHERE id = $1 AND owner_id = $2 AND pool_id IS NULL AND version = 2", int64(id), int64(who)); got != 1 {
				t.Errorf("%s is not with %s", id, who)
			}
		}
		for text, want := range map[string]int64{
			"SELECT count(*) FROM customer WHERE owner_id IS NOT NULL":                                     int64(len(told)),
			"SELECT count(*) FROM customer WHERE owner_id IS NULL AND pool_id IS NOT NULL AND version = 1": int64(customers - len(told)),
			"SELECT count(*) FROM pool_claim":                                                              int64(len(told)),
			"SELECT count(*) FROM audit_entry WHERE action = 'claim'":                                      int64(len(told)),
		} {
			if got := count(t, f.db, text); got != want {
				t.Errorf("%d, not %d: %s", got, want, text)
			}
		}
		full := 0
		for _, id := range sellers {
			got := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id = $1", int64(id))
			if got > held {
				t.Errorf("%d has %d, more than %d", id, got, held)
			}
			if got == held {
				full++
			}
		}
		if full == 0 {
			t.Error("nobody came to the limit: the race was none")
		}
	})
}
