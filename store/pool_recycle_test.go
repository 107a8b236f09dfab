package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

const aDay = 24 * time.Hour

// recycled runs the job until nothing is left to do.
func (f *firm) recycled() {
	f.t.Helper()
	for {
		more, err := f.db.System(JobRecycle, DefaultTenant).Recycle(context.Background())
		f.must(err)
		if !more {
			return
		}
	}
}

// record makes a record that hangs on a customer.
func (f *firm) record(kind policy.Kind, customer, more string) policy.ID {
	f.t.Helper()
	fields := Fields{"customer": []byte(`"` + f.id(customer).String() + `"`)}
	for part := range strings.SplitSeq(more, ";") {
		key, value, _ := strings.Cut(part, "=")
		fields[key] = []byte(value)
	}
	it, err := f.as("boss").Create(context.Background(), kind, fields)
	f.must(err)
	return it.ID
}

// notices counts what somebody was told of a sort.
func (f *firm) notices(who, what string) int {
	f.t.Helper()
	page, err := f.as(who).Notices(context.Background(), "", false)
	f.must(err)
	n := 0
	for _, one := range page.Items {
		if one.What == what {
			n++
		}
	}
	return n
}

func TestPoolRecycles(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx, pool := context.Background(), f.id("公海")
		city := "深圳"
		f.settings(access.PoolSettings{Recycle: &access.Recycling{IdleDays: 30, Leavers: true, WarnDays: 7},
			Takes: &policy.Cond{Op: policy.OpEq, Field: "city", Value: &policy.Operand{Text: &city}}})
		_, err := f.staged("contract", func(s *records.KindStages) {
			s.Stages = append(s.Stages, records.StageParts{Code: "renewing", Label: records.Label{ZH: "续签中", EN: "Renewing"}, Anywhere: true})
		})
		f.must(err)
		for _, name := range []string{"silent", "talked", "contracted", "renewed", "ticketed"} {
			f.customer("lin", name, `city="深圳"`)
		}
		f.customer("lin", "elsewhere", `city="北京"`)
		f.customer("boss", "upstairs", `city="深圳"`) // no unit to which the pool is open
		f.customer("leaver", "left", `city="深圳"`)
		f.record("contract", "contracted", `number="K1";stage="performing"`)
		f.record("contract", "renewed", `number="K2";stage="renewing"`) // a stage of the company's own
		f.record("ticket", "ticketed", `subject="坏了"`)
		f.recycled()
		f.clock.advance(23*aDay + time.Hour)
		f.recycled()
		if n := f.notices("lin", NoticeRecycles); n != 2 {
			t.Errorf("lin was told of %d", n)
		}
		f.clock.advance(6 * aDay)
		f.record("activity", "talked", `subject="回访";happened_at="`+f.clock.Now().Format(time.RFC3339)+`"`)
		f.clock.advance(aDay + time.Hour)
		leaver, err := f.as("boss").Get(ctx, "person", f.id("leaver"))
		f.must(err)
		_, err = f.as("boss").Update(ctx, "person", leaver.ID, leaver.Version, Fields{"stage": []byte(`"left"`)})
		f.must(err)
		f.recycled()
		for name, want := range map[string]string{"silent": "", "talked": "lin", "contracted": "lin", "renewed": "lin", "ticketed": "lin", "elsewhere": "lin", "upstairs": "boss", "left": ""} {
			owner, in := f.holder(name)
			if want != "" && (owner != f.id(want) || in != 0) || want == "" && (owner != 0 || in != pool) {
				t.Errorf("%s is with %d in %d", name, owner, in)
			}
		}
		run, err := f.as("admin").PoolRun(ctx, pool)
		f.must(err)
		if run.Status != Done || run.Total != 7 || run.Looked != 7 || run.Taken != 2 || run.Kept != 3 || run.Warned != 0 || run.By != nil {
			t.Errorf("%+v", run)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry e JOIN audit_record r ON r.tenant_id = e.tenant_id AND r.seq = e.seq WHERE e.action = 'recycled' AND e.job = 'recycle' AND r.record_id = $1", int64(f.id("silent"))); n != 2 {
			t.Errorf("%d entries: the warning and the end", n)
		}
		if found, err := f.db.Check(ctx, DefaultTenant); err != nil || len(found) > 0 {
			t.Errorf("%v %v", found, err)
		}
		f.recycled() // on the same day nothing begins by itself
		if n := count(t, f.db, "SELECT count(*) FROM pool_run"); n != 3 {
			t.Errorf("%d runs", n)
		}
	})
}

// A run can be begun and cancelled by who administers the policy, and goes on where it was.
func TestPoolRunIsGoverned(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx, pool := context.Background(), f.id("公海")
		for _, who := range []string{"lin", "chief", "auditor"} {
			_, err := f.as(who).RecyclePool(ctx, pool)
			f.refused(err, fault.Denied, "right")
			_, err = f.as(who).PoolRun(ctx, pool)
			f.refused(err, fault.Denied, "right")
			f.refused(f.as(who).CancelPoolRun(ctx, pool), fault.Denied, "right")
		}
		_, err := f.as("admin").RecyclePool(ctx, pool)
		f.refused(err, fault.Conflict, "pool_no_recycling")
		_, err = f.as("admin").PoolRun(ctx, pool)
		f.refused(err, fault.NotFound, "pool_run")
		_, err = f.as("admin").RecyclePool(ctx, 999)
		f.refused(err, fault.NotFound, "pool")
		if _, err := f.db.System(JobRunner, DefaultTenant).Recycle(ctx); !fault.Is(err, fault.Denied) {
			t.Errorf("another job recycles: %v", err)
		}
		f.filled(recycleChunk+200, map[string]policy.Value{"owner": policy.RefOf(f.id("lin")), "unit": policy.RefOf(f.id("华东"))})
		f.settings(access.PoolSettings{Recycle: &access.Recycling{IdleDays: 30}})
		f.clock.advance(31 * aDay)
		_, err = f.as("admin").RecyclePool(ctx, pool)
		f.must(err)
		_, err = f.as("admin").RecyclePool(ctx, pool)
		f.refused(err, fault.Conflict, "pool_run_open")
		_, err = f.db.System(JobRecycle, DefaultTenant).Recycle(ctx)
		f.must(err)
		run, err := f.as("admin").PoolRun(ctx, pool)
		f.must(err)
		if run.Status != Running || run.Total != recycleChunk+200 || run.Taken != recycleChunk || run.By == nil || run.By.ID != f.id("admin") {
			t.Errorf("%+v", run)
		}
		f.must(f.as("admin").CancelPoolRun(ctx, pool))
		f.refused(f.as("admin").CancelPoolRun(ctx, pool), fault.NotFound, "pool_run")
		f.recycled()
		if n := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id IS NOT NULL"); n != 200 {
			t.Errorf("cancelled, %d are left", n)
		}
		_, err = f.as("admin").RecyclePool(ctx, pool)
		f.must(err)
		f.recycled()
		if n := count(t, f.db, "SELECT count(*) FROM customer WHERE owner_id IS NOT NULL"); n != 0 {
			t.Errorf("%d are left", n)
		}
	})
}

// While customers come back, fifty sellers talk to some of theirs: whose activity was committed before the
// customer was taken keeps it, and who comes after finds that it is not theirs. What came of it is asked as
// the people would ask.
func TestPoolRecyclingRace(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		const people, each, talkedTo = 50, 30, 4
		ctx := context.Background()
		owners := map[policy.ID]int{}
		theirs := make([][]policy.ID, people)
		for i, seller := range f.sellers(people) {
			theirs[i] = f.filled(each, map[string]policy.Value{"owner": policy.RefOf(seller), "unit": policy.RefOf(f.id("华东"))})
			for _, id := range theirs[i] {
				owners[id] = i
			}
		}
		f.settings(access.PoolSettings{Recycle: &access.Recycling{IdleDays: 30}})
		f.clock.advance(31 * aDay)
		var all sync.WaitGroup
		var mu sync.Mutex
		talked, late := map[policy.ID]bool{}, map[policy.ID]bool{}
		first := make(chan struct{})
		begun := sync.OnceFunc(func() { close(first) })
		for i := range people {
			s := f.as(fmt.Sprintf("seller%d", i))
			order := rand.Perm(each)[:talkedTo] // the recycling goes by id, across everybody's
			all.Go(func() {
				defer begun()
				for _, at := range order {
					id := theirs[i][at]
					_, err := s.Create(ctx, "activity", Fields{"subject": []byte(`"回访"`), "happened_at": []byte(`"2026-01-01T00:00:00Z"`), "customer": fmt.Appendf(nil, "%q", id.String())})
					mu.Lock()
					switch {
					case err == nil:
						talked[id] = true
					case fault.Is(err, fault.Denied): // in the pool it is not theirs to talk to
						late[id] = true
					default:
						t.Error(err)
					}
					mu.Unlock()
					begun()
				}
			})
		}
		<-first
		f.recycled()
		all.Wait()

		boss := f.as("boss")
		lost := make([]int, people)
		gone := 0
		for cursor := ""; ; {
			page, err := boss.List(ctx, ListQuery{Kind: "customer", Limit: 200, Cursor: cursor, Filter: `r.name.startsWith("客户")`})
			f.must(err)
			for _, it := range page.Items {
				owner, pool := it.plain["owner"].ID(), it.plain["pool"].ID()
				mine := f.id(fmt.Sprintf("seller%d", owners[it.ID]))
				switch {
				case talked[it.ID] && (owner != mine || pool != 0):
					t.Errorf("%d was talked to and taken: owner %d, pool %d", it.ID, owner, pool)
				case !talked[it.ID] && (owner != 0 || pool != f.id("公海")):
					t.Errorf("%d was silent and stayed: owner %d, pool %d", it.ID, owner, pool)
				case pool != 0:
					gone++
					lost[owners[it.ID]]++
				}
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if gone+len(talked) != people*each || len(talked) == 0 || len(talked)+len(late) != people*talkedTo {
			t.Errorf("%d gone, %d talked to, %d too late, of %d", gone, len(talked), len(late), people*each)
		}
		run, err := f.as("admin").PoolRun(ctx, f.id("公海"))
		f.must(err)
		if run.Status != Done || run.Total != people*each || run.Looked != run.Total || int(run.Taken) != gone {
			t.Errorf("%d are gone, and the run says %+v", gone, run)
		}
		for i := range lost {
			if told := f.notices(fmt.Sprintf("seller%d", i), NoticeRecycled); told != lost[i] {
				t.Errorf("seller%d lost %d and is told of %d", i, lost[i], told)
			}
		}
		spoken := map[policy.ID]int{}
		for cursor := ""; ; {
			page, err := boss.List(ctx, ListQuery{Kind: "activity", Limit: 200, Cursor: cursor})
			f.must(err)
			for _, it := range page.Items {
				spoken[it.plain["customer"].ID()]++
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		for id := range owners {
			if want := map[bool]int{true: 1}[talked[id]]; spoken[id] != want {
				t.Errorf("%d has %d activities, not %d", id, spoken[id], want)
			}
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'recycled' AND kind = 'customer'"); n != int64(gone) {
			t.Errorf("%d entries of %d that are gone", n, gone)
		}
	})
}
