package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// pooled makes a customer that lies in the pool.
func (f *firm) pooled(name, more string) policy.ID {
	f.t.Helper()
	fields := Fields{"name": []byte(`"` + name + `"`), "pool": []byte(`"` + f.id("公海").String() + `"`), "city": []byte(`"深圳"`), "phone": []byte(`"13800138000"`)}
	if more != "" {
		f.must(json.Unmarshal([]byte(more), &fields))
	}
	it, err := f.as("boss").Create(context.Background(), "customer", fields)
	f.must(err)
	f.ids[name] = it.ID
	return it.ID
}

// settings says how the pool is worked with.
func (f *firm) settings(s access.PoolSettings) {
	f.t.Helper()
	ctx := context.Background()
	now, err := f.as("admin").PoolStanding(ctx, f.id("公海"))
	f.must(err)
	_, err = f.as("admin").SetPool(ctx, f.id("公海"), now.Version, s)
	f.must(err)
}

// holder is who owns a customer, and in which pool it lies; checked past the gate.
func (f *firm) holder(name string) (owner, pool policy.ID) {
	f.t.Helper()
	it, err := f.as("boss").Get(context.Background(), "customer", f.id(name))
	f.must(err)
	return it.plain["owner"].ID(), it.plain["pool"].ID()
}

func TestPoolClaimReleaseAssign(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		id := f.pooled("湖畔", "")
		f.customer("wang", "山前", "")
		it, err := f.as("lin").Get(ctx, "customer", id)
		f.must(err)
		if !slices.Contains(it.Can, policy.Claim) || slices.Contains(it.Can, policy.Assign) || it.Fields["phone"] != nil {
			t.Errorf("before the claim: can %v, fields %v", it.Can, it.Fields)
		}
		it, err = f.as("lin").Claim(ctx, "customer", id)
		f.must(err)
		if it.Fields["phone"] == nil || it.plain["unit"].ID() != f.id("华东") || it.plain["owner"].ID() != f.id("lin") || it.Fields["pool"] != nil || !slices.Contains(it.Can, policy.Release) {
			t.Errorf("after the claim: can %v, fields %v", it.Can, it.Fields)
		}
		_, err = f.as("wang").Claim(ctx, "customer", id)
		f.refused(err, fault.NotFound, "record")
		_, err = f.as("boss").Claim(ctx, "customer", id)
		f.refused(err, fault.Conflict, "not_in_pool")
		_, err = f.as("lin").Claim(ctx, "customer", f.id("山前"))
		f.refused(err, fault.NotFound, "record")
		_, err = f.as("lin").Assign(ctx, "customer", id, f.id("wang"))
		f.refused(err, fault.Denied, "action")
		f.must(f.as("lin").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("zhao")}))
		_, err = f.as("wang").Release(ctx, "customer", id, 0, "")
		f.refused(err, fault.NotFound, "record")
		_, err = f.as("zhao").Release(ctx, "customer", id, 0, "")
		f.refused(err, fault.Denied, "action")
		_, err = f.as("lin").Release(ctx, "customer", id, 999, "")
		f.refused(err, fault.Invalid, "ref_missing")
		it, err = f.as("lin").Release(ctx, "customer", id, 0, "")
		f.must(err)
		if it.Fields["phone"] != nil {
			t.Errorf("after the release: %v", it.Fields)
		}
		if owner, pool := f.holder("湖畔"); owner != 0 || pool != f.id("公海") {
			t.Errorf("released, it is with %d in %d", owner, pool)
		}
		if team, err := f.as("boss").Team(ctx, "customer", id); err != nil || len(team) != 0 {
			t.Errorf("collaborators stay: %v %v", team, err)
		}
		// The head of sales gives it to one of theirs, and not out of their own reach.
		_, err = f.as("chief").Assign(ctx, "customer", id, f.id("admin"))
		f.refused(err, fault.Denied, "out_of_reach")
		_, err = f.as("chief").Assign(ctx, "customer", id, f.id("wang"))
		f.must(err)
		if owner, pool := f.holder("湖畔"); owner != f.id("wang") || pool != 0 {
			t.Errorf("assigned, it is with %d in %d", owner, pool)
		}
		for action, n := range map[string]int64{"claim": 1, "release": 1, "assign": 1} {
			if got := count(t, f.db, "SELECT count(*) FROM audit_entry e JOIN audit_record r ON r.tenant_id = e.tenant_id AND r.seq = e.seq WHERE e.action = $1 AND r.record_id = $2", action, int64(id)); got != n {
				t.Errorf("%d entries of %s", got, action)
			}
		}
		line, err := f.as("boss").Timeline(ctx, TimelineQuery{Kind: "customer", ID: id, What: []string{"changes"}, Limit: 10})
		f.must(err)
		if len(line.Items) != 4 { // made, claimed, released, assigned
			t.Errorf("the timeline tells %d things: %+v", len(line.Items), line.Items)
		}
		if found, err := f.db.Check(ctx, DefaultTenant); err != nil || len(found) > 0 {
			t.Errorf("%v %v", found, err)
		}
	})
}

func TestPoolLimits(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.settings(access.PoolSettings{ClaimsPerDay: 2, ClaimsHeld: 3, CoolDownDays: 5})
		names := []string{"a", "b", "c", "d", "e", "f"}
		for _, name := range names {
			f.pooled(name, "")
		}
		claim := func(who, name string) error {
			_, err := f.as(who).Claim(ctx, "customer", f.id(name))
			return err
		}
		f.must(claim("lin", "a"))
		f.must(claim("lin", "b"))
		refusals := f.refusals("lin")
		f.refused(claim("lin", "c"), fault.Locked, "pool_claims_day")
		if got := f.refusals("lin") - refusals; got != 1 {
			t.Errorf("a claim beyond a limit leaves %d refusals", got)
		}
		f.must(claim("wang", "c"))
		// A release gives nothing of the day back.
		_, err := f.as("lin").Release(ctx, "customer", f.id("a"), 0, "")
		f.must(err)
		f.refused(claim("lin", "d"), fault.Locked, "pool_claims_day")
		f.clock.advance(24 * time.Hour)
		f.refused(claim("lin", "a"), fault.Locked, "pool_cool_down")
		if got := fault.From(claim("lin", "a")).Params["said"]; got == nil {
			t.Error("a refusal says nothing in Chinese")
		}
		f.must(claim("wang", "a")) // who did not have it does not wait
		_, err = f.as("wang").Release(ctx, "customer", f.id("a"), 0, "")
		f.must(err)
		f.refused(claim("lin", "a"), fault.Locked, "pool_cool_down") // also when somebody else had it meanwhile
		f.must(claim("lin", "d"))
		f.must(claim("lin", "e"))
		f.clock.advance(24 * time.Hour)
		f.refused(claim("lin", "f"), fault.Locked, "pool_claims_held")
		_, err = f.as("chief").Assign(ctx, "customer", f.id("f"), f.id("lin"))
		f.refused(err, fault.Locked, "pool_held")
		// What an edit hands on is not held any more.
		it, err := f.as("boss").Get(ctx, "customer", f.id("d"))
		f.must(err)
		_, err = f.as("boss").Update(ctx, "customer", it.ID, it.Version, Fields{"owner": []byte(`"` + f.id("zhao").String() + `"`)})
		f.must(err)
		f.must(claim("lin", "f"))
		st, err := f.as("lin").PoolStanding(ctx, f.id("公海"))
		f.must(err)
		if st.Held != 3 || st.ClaimsToday != 1 || st.Settings != nil {
			t.Errorf("lin stands at %+v", st)
		}
		f.clock.advance(4 * 24 * time.Hour)
		_, err = f.as("lin").Release(ctx, "customer", f.id("f"), 0, "")
		f.must(err)
		f.must(claim("lin", "a")) // five days over
	})
}

func TestPoolSettingsAreGoverned(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx, pool := context.Background(), f.id("公海")
		f.pooled("湖畔", "")
		for _, who := range []string{"lin", "chief", "auditor", "leaver"} {
			_, err := f.as(who).SetPool(ctx, pool, 1, access.PoolSettings{})
			f.refused(err, fault.Denied, "right")
		}
		_, err := f.as("auditor").PoolStanding(ctx, pool)
		f.refused(err, fault.NotFound, "pool")
		_, err = f.as("admin").SetPool(ctx, 999, 1, access.PoolSettings{})
		f.refused(err, fault.NotFound, "pool")
		_, err = f.as("admin").SetPool(ctx, pool, 7, access.PoolSettings{})
		f.refused(err, fault.Stale, "version")
		_, err = f.as("admin").SetPool(ctx, pool, 1, access.PoolSettings{ViewsPerDay: -1})
		f.refused(err, fault.Invalid, "pool_number")
		_, err = f.as("admin").SetPool(ctx, pool, 1, access.PoolSettings{Hidden: []policy.FieldRule{{Field: "city", Level: policy.Hidden}}, ShownTo: []policy.Clause{{Person: 999}}})
		f.refused(err, fault.Invalid, "person")
		// Hidden until it is claimed, in force with the commit, in lists and filters too.
		f.settings(access.PoolSettings{Hidden: []policy.FieldRule{{Field: "city", Level: policy.Hidden}}, ShownTo: []policy.Clause{{Position: "lead"}}})
		for who, want := range map[string]int{"lin": 0, "chief": 1} {
			page, err := f.as(who).List(ctx, ListQuery{Kind: "customer", Filter: `r.city == "深圳"`})
			f.must(err)
			if len(page.Items) != want {
				t.Errorf("%s finds %d by what is hidden", who, len(page.Items))
			}
		}
		it, err := f.as("lin").Get(ctx, "customer", f.id("湖畔"))
		f.must(err)
		if !slices.Contains(it.Hidden, "city") {
			t.Errorf("lin sees %v", it.Fields)
		}
		why, err := f.as("lin").Explain(ctx, ExplainQuery{Kind: "customer", ID: it.ID, Action: policy.Read, Field: "city"})
		f.must(err)
		if text, err := json.Marshal(why); err != nil || !strings.Contains(string(text), "领取前") {
			t.Errorf("the explanation does not name the pool: %s", text)
		}
		it, err = f.as("lin").Claim(ctx, "customer", it.ID)
		f.must(err)
		if it.Fields["city"] != "深圳" {
			t.Errorf("claimed, it shows %v", it.Fields)
		}
	})
}

// Opening records of a pool is counted, each once a day; over two clients at once too.
func TestPoolViews(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.settings(access.PoolSettings{ViewsPerDay: 5})
		ids := f.filled(20, map[string]policy.Value{"pool": policy.RefOf(f.id("公海"))})
		var all sync.WaitGroup
		var mu sync.Mutex
		opened := map[policy.ID]bool{}
		for range 4 {
			all.Go(func() {
				for _, id := range ids {
					_, err := f.as("lin").Get(ctx, "customer", id)
					switch {
					case err == nil:
						mu.Lock()
						opened[id] = true
						mu.Unlock()
					case fault.From(err).Code != "pool_views_day":
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if len(opened) != 5 {
			t.Errorf("lin opened %d", len(opened))
		}
		for _, who := range []string{"chief", "boss"} { // they run the pool
			for _, id := range ids {
				_, err := f.as(who).Get(ctx, "customer", id)
				f.must(err)
			}
		}
		_, err := f.as("wang").Get(ctx, "customer", ids[0])
		f.must(err)
		st, err := f.as("lin").PoolStanding(ctx, f.id("公海"))
		f.must(err)
		if st.ViewsToday != 5 || st.ViewsPerDay != 5 {
			t.Errorf("%+v", st)
		}
		for _, id := range ids {
			if !opened[id] {
				_, err := f.as("lin").Get(ctx, "customer", id)
				f.refused(err, fault.Locked, "pool_views_day")
				it, err := f.as("lin").Claim(ctx, "customer", id) // whose own it is is not counted
				f.must(err)
				_, err = f.as("lin").Get(ctx, "customer", it.ID)
				f.must(err)
				break
			}
		}
		if f.refusals("lin") == 0 {
			t.Error("refusals stand nowhere")
		}
		f.clock.advance(24 * time.Hour)
		_, err = f.as("lin").Get(ctx, "customer", ids[19])
		if !opened[ids[19]] {
			f.must(err)
		}
	})
}

// A list comes into a pool by a constant or a column that names it: from who heads people there, as far as
// the pool takes its rows, and to nobody's name.
func TestPoolImport(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx, pool, city := context.Background(), f.id("公海").String(), "深圳"
		f.settings(access.PoolSettings{Takes: &policy.Cond{Op: policy.OpEq, Field: "city", Value: &policy.Operand{Text: &city}}})
		bring := func(who, table string) (Tally, []string, error) {
			var wrong []string
			open := tableOf(table)
			first, err := open()
			f.must(err)
			m, err := f.as(who).MatchColumns(ctx, "customer", "", first.Header())
			f.must(err)
			m.Constants = map[string]string{"pool": pool}
			tally, err := f.as(who).Import(ctx, Import{Mapping: m, Open: open, Cells: records.Cells{Lang: "en"}, PerRow: true,
				Problem: func(p RowProblem) error { wrong = append(wrong, p.Code); return nil }})
			return tally, wrong, err
		}
		table := "name,city,phone|一号,深圳,13800138001|二号,北京,13800138002|三号,深圳,13800138003"
		for _, who := range []string{"chief", "boss"} {
			tally, wrong, err := bring(who, table)
			f.must(err)
			if tally.Created != 2 || !slices.Equal(wrong, []string{"pool_takes_not"}) {
				t.Errorf("%s: %+v %v", who, tally, wrong)
			}
		}
		if n := count(t, f.db, "SELECT count(*) FROM customer WHERE pool_id IS NOT NULL AND owner_id IS NULL AND city = '深圳'"); n != 4 {
			t.Errorf("%d lie in the pool", n)
		}
		_, _, err := bring("lin", table)
		f.refused(err, fault.Denied, "right")
		_, err = f.as("chief").Create(ctx, "customer", Fields{"name": []byte(`"四号"`), "pool": []byte(`"` + pool + `"`)})
		f.refused(err, fault.Conflict, "pool_takes_not")
		_, err = f.as("lin").Create(ctx, "customer", Fields{"name": []byte(`"四号"`), "city": []byte(`"深圳"`), "pool": []byte(`"` + pool + `"`)})
		f.refused(err, fault.Denied, "field_locked")
	})
}
