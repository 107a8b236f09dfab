package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// wide gives a company so many ids between its customers that their figures are made in the background,
// and somebody the right to them.
func (f *firm) wide() {
	f.t.Helper()
	f.figuresFor("figures", "leaver", everything, "", figureFields...)
	f.market("lin", map[string]int{"it": 32})
	for range 11 {
		f.newIDs(1000)
	}
	f.market("lin", map[string]int{"retail": 25})
}

// making asks for the statistics as they are now.
func (f *firm) making() *Statistics {
	f.t.Helper()
	got, err := f.as("leaver").Statistics(context.Background(), StatisticsQuery{Kind: "customer", Group: "industry"})
	f.must(err)
	return got
}

// makes runs the job until there is nothing to do.
func (f *firm) makes(db *DB) {
	f.t.Helper()
	for {
		more, err := db.System(JobStatistics, DefaultTenant).MakeStatistics(context.Background())
		if err != nil {
			f.t.Error(err)
		}
		if !more || err != nil {
			return
		}
	}
}

// releases counts the releases that were made, by the log.
func (f *firm) releases() int64 {
	return count(f.t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'figures' AND kind = 'customer' AND CAST(detail AS text) LIKE '%classes%'")
}

// The first question is told that what it asks for is being made; the first of another day is answered
// from the day before. Who has no right to figures is told nothing of it.
func TestStatisticsAreMadeInTheBackground(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.wide()
		_, err := f.as("wang").Statistics(ctx, StatisticsQuery{Kind: "customer"})
		f.refused(err, fault.Denied, "figures")
		f.makes(f.db)
		if n := f.releases(); n != 0 {
			t.Errorf("%d releases that nobody asked for", n)
		}
		for range 2 {
			got := f.making()
			if got.Making == nil || got.Making.Percent != 0 || len(got.Groups) != 0 || got.Day != "" {
				t.Errorf("before there is any: %+v", got)
			}
		}
		if n := count(t, f.db, "SELECT count(*) FROM statistics_asked"); n != 0 {
			t.Error("what was not answered counts as a question")
		}
		if _, err := f.db.System(JobTags, DefaultTenant).MakeStatistics(ctx); !fault.Is(err, fault.Denied) {
			t.Errorf("another job: %v", err)
		}
		f.makes(f.db)
		first := f.making()
		if first.Making != nil || first.Day != statisticsDay(f.clock.Now()) || len(first.Groups) == 0 {
			t.Errorf("made: %+v", first)
		}
		f.makes(f.db)
		if n := f.releases(); n != 1 {
			t.Errorf("%d releases of a day", n)
		}

		// Another day: the question is answered from the one before, and what is new comes with the job.
		f.clock.advance(24 * time.Hour)
		f.market("lin", map[string]int{"finance": 40})
		got := f.making()
		if got.Making == nil || got.Day != first.Day || !sameJSON(got.Groups, first.Groups) {
			t.Errorf("while it is made: %+v", got)
		}
		f.makes(f.db)
		if got = f.making(); got.Making != nil || got.Day == first.Day || sameJSON(got.Groups, first.Groups) {
			t.Errorf("made anew: %+v", got)
		}
		// By night it comes by itself, as long as somebody has asked lately.
		for _, days := range []int{1, 40} {
			f.clock.advance(time.Duration(days) * 24 * time.Hour)
			f.makes(f.db)
			if n := f.releases(); n != 3 {
				t.Errorf("%d releases after %d days, not 3", n, days)
			}
		}
		f.turns(StatisticsWork, "began customer by statistics for leaver", "done customer by statistics for leaver",
			"began customer by statistics for leaver", "done customer by statistics for leaver", "began customer by statistics", "done customer by statistics")
		// What was taken away is not told of the day before either.
		f.enacts("boss", func(d *access.Document) { d.Rules = f.without(d, "figures") })
		_, err = f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "customer"})
		f.refused(err, fault.Denied, "figures")
	})
}

// Many processes and questions at once make one release; one that was killed in the middle keeps nothing
// and holds up nobody for longer than its lease.
func TestStatisticsAreMadeOnce(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.wide()
		f.making()
		other := openWith(t, f.options)
		race := func() {
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					if i%4 == 3 {
						if _, err := f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "customer"}); err != nil {
							t.Error(err)
						}
						return
					}
					f.makes([]*DB{f.db, other}[i%2])
				})
			}
			all.Wait()
			f.makes(f.db)
		}
		race()
		if n := f.releases(); n != 1 {
			t.Fatalf("%d releases of a day", n)
		}

		// One takes the next day's and dies.
		f.clock.advance(24 * time.Hour)
		f.making()
		f.must(f.db.maintain(ctx, func(t *tx) error {
			mine, err := t.claimRelease(ctx, f.db.System(JobStatistics, DefaultTenant).actor, "customer", "dead")
			if err == nil && !mine {
				err = errors.New("it is somebody's")
			}
			return err
		}))
		f.must((&releaseProgress{db: f.db, tenant: DefaultTenant, kind: "customer", owner: "dead", from: 100, to: 300, of: 2}).at(ctx, 1, 200))
		if got := f.making(); got.Making == nil || got.Making.Percent != 75 {
			t.Errorf("in the middle: %+v", got.Making)
		}
		offer, err := f.as("leaver").StatisticsOffer(ctx)
		f.must(err)
		if m := offer.Kinds[0].Making; m == nil || m.Percent != 75 {
			t.Errorf("it is offered in the middle: %+v", offer.Kinds[0])
		}
		f.makes(f.db)
		if n := f.releases(); n != 1 {
			t.Error("what another process makes was made beside it")
		}
		f.clock.advance(makingLease + time.Second)
		race()
		if n := f.releases(); n != 2 {
			t.Errorf("%d releases of two days", n)
		}
		// Should it live after all, what it has made is nothing.
		err = f.db.release(ctx, f.as("leaver").actor, &releaseProgress{db: f.db, tenant: DefaultTenant, kind: "customer", owner: "dead"})
		if !errors.Is(err, errMadeElsewhere) {
			t.Errorf("who does not hold it: %v", err)
		}
		if n := f.releases(); n != 2 {
			t.Errorf("%d releases of two days", n)
		}
		var day string
		f.must(f.db.single().row(ctx, "SELECT day FROM statistics_release WHERE tenant_id = $1 AND kind = 'customer'", DefaultTenant).Scan(&day))
		if day != statisticsDay(f.clock.Now()) {
			t.Errorf("it is of %s", day)
		}
		f.turns(StatisticsWork, "began customer by statistics for leaver", "done customer by statistics for leaver",
			"began customer by statistics for leaver", "began customer by statistics for leaver attempt 2", "done customer by statistics for leaver")
	})
}

// A release that fails says so in the log, and is tried again later each time; what the end of the program breaks off
// is begun again at once. So does one that a question makes itself.
func TestFailedReleasesSaySo(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.figuresFor("figures", "leaver", everything, "", figureFields...)
		f.market("lin", map[string]int{"it": 32})
		job := f.db.System(JobStatistics, DefaultTenant)
		broken := func(do func()) {
			mustExec(t, f.db, "ALTER TABLE statistics_key RENAME TO lost")
			do()
			mustExec(t, f.db, "ALTER TABLE lost RENAME TO statistics_key")
		}
		broken(func() {
			_, err := f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "customer"})
			if !fault.Is(err, fault.Internal) {
				t.Errorf("a question: %v", err)
			}
		})
		if got := f.making(); got.Making != nil {
			t.Errorf("asked again: %+v", got)
		}
		f.turns(StatisticsWork, "began customer by leaver", "failed customer by leaver internal", "began customer by leaver attempt 2", "done customer by leaver")
		f.clock.advance(24 * time.Hour)
		tries := func(pause time.Duration) {
			t.Helper()
			for range 2 {
				if _, err := job.MakeStatistics(ctx); err != nil && !fault.Is(err, fault.Internal) {
					t.Error(err)
				}
			}
			f.clock.advance(pause)
		}
		broken(func() {
			for range 3 { // the second time the pause is of two minutes
				tries(time.Minute + time.Second)
			}
		})
		f.must(f.db.maintain(ctx, func(t *tx) error {
			_, err := t.claimRelease(ctx, job.actor, "customer", "ends")
			return err
		}))
		ended, end := context.WithCancel(ctx)
		end()
		f.must(f.db.leaveRelease(ended, job.actor, "customer", "ends", ended.Err()))
		f.makes(f.db)
		f.turns(StatisticsWork, "began customer by leaver", "failed customer by leaver internal", "began customer by leaver attempt 2", "done customer by leaver",
			"began customer by statistics", "failed customer by statistics internal", "began customer by statistics attempt 2", "failed customer by statistics internal",
			"began customer by statistics attempt 3", "queued customer by statistics", "began customer by statistics attempt 4", "done customer by statistics")
	})
}

// turns wants these entries of what became of work, in this order: of what, by whom and for whom, and what came of it.
func (f *firm) turns(typ WorkType, want ...string) {
	f.t.Helper()
	var got []string
	err := f.db.single().each(context.Background(), func(rows *sql.Rows) error {
		var action, channel string
		var kind, job sql.NullString
		var actor, behalf sql.NullInt64
		var epoch int64
		var detail []byte
		if err := rows.Scan(&action, &kind, &job, &actor, &behalf, &epoch, &channel, &detail); err != nil {
			return err
		}
		var said struct {
			Type                string
			Status, Month, Code string
			Attempt             int
			Rows                int64
			Again               bool
		}
		if err := json.Unmarshal(detail, &said); err != nil || said.Type != string(typ) {
			return err
		}
		if epoch < 1 || channel == "" {
			f.t.Errorf("%s of %s lacks something: %d %q", action, said.Type, epoch, channel)
		}
		words := []string{said.Status}
		if action == string(audit.WorkBegan) {
			words[0] = "began"
		}
		by := job.String
		if actor.Int64 != 0 {
			by = f.name(policy.ID(actor.Int64))
		}
		words = append(words, cmp.Or(said.Month, kind.String), "by", by)
		if behalf.Int64 != 0 {
			words = append(words, "for", f.name(policy.ID(behalf.Int64)))
		}
		if said.Code != "" {
			words = append(words, said.Code)
		}
		if said.Rows > 0 {
			words = append(words, strconv.FormatInt(said.Rows, 10))
		}
		if said.Attempt > 0 {
			words = append(words, "attempt", strconv.Itoa(said.Attempt))
		}
		if said.Again {
			words = append(words, "again")
		}
		got = append(got, strings.Join(words, " "))
		return nil
	}, "SELECT action, kind, job, actor_id, on_behalf, epoch, channel, detail FROM audit_entry WHERE action IN ('work_began', 'work_ended') ORDER BY seq")
	if err != nil || !slices.Equal(got, want) {
		f.t.Errorf("the log says\n%s\nand not\n%s\n%v", strings.Join(got, "\n"), strings.Join(want, "\n"), err)
	}
}

// name is who has an id.
func (f *firm) name(id policy.ID) string {
	for name, is := range f.ids {
		if is == id {
			return name
		}
	}
	return id.String()
}
