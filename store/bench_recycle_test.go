package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/internal/testdb"
	"guan/policy"
)

// BenchmarkRecycle takes all customers of a company back into a pool, who have been silent for years, and
// asks for a seller's first page all the while. Beside it stands the same change without judging anybody, telling
// anybody or keeping what was done: parts of the same size, written by one statement each.
// GUAN_BENCH_RECYCLE names how many customers there are (default 100,000).
func BenchmarkRecycle(b *testing.B) {
	customers := 100_000
	if text := os.Getenv("GUAN_BENCH_RECYCLE"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatal(err)
		}
		customers = n
	}
	var report strings.Builder
	fmt.Fprintf(&report, "\n### Recycling %d customers\n\n| | customers per minute | the bare change | × | first page alone, ms | meanwhile | × |\n|---|---|---|---|---|---|---|\n", customers)
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			w := newBenchWorld(b, database.open(b), customers)
			w.exec(b, "UPDATE pool_member SET unit_id = 1, below = $1 WHERE tenant_id = 1 AND pool_id = 500", true)
			w.exec(b, "UPDATE policy_state SET epoch = epoch + 1 WHERE tenant_id = 1")
			bare := w.bareRecycle(b)
			page := w.firstPage(b, benchPerson{id: w.seller})
			alone, _ := pairs(b, page, page)
			w.setRecycling(b)
			job := w.db.System(JobRecycle, DefaultTenant)
			done, meanwhile := make(chan error, 1), []float64{}
			began := time.Now()
			go func() {
				for more := true; more; {
					var err error
					if more, err = job.Recycle(context.Background()); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
			again := w.firstPage(b, benchPerson{id: w.seller})
			for running := true; running; {
				select {
				case err := <-done:
					if err != nil {
						b.Fatal(err)
					}
					running = false
				case <-time.After(20 * time.Millisecond):
					start := time.Now()
					again()
					meanwhile = append(meanwhile, float64(time.Since(start).Microseconds())/1000)
				}
			}
			took := time.Since(began)
			runs, err := w.db.As(Actor{Tenant: DefaultTenant, Person: w.boss, Session: 1, Channel: "web", Device: "desktop", Network: "office"}).PoolRuns(context.Background(), 500)
			if err != nil || len(runs) != 1 || runs[0].Taken < int64(customers)*8/10 {
				b.Fatalf("%+v %v", runs, err)
			}
			slices.Sort(meanwhile)
			rate, median := float64(runs[0].Taken)/took.Minutes(), meanwhile[len(meanwhile)/2]
			fmt.Fprintf(&report, "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f |\n", database.name, rate, bare, rate/bare, alone, median, median/alone)
		})
	}
	fmt.Print(report.String())
}

// setRecycling lets customers come back who were silent for a day.
func (w *benchWorld) setRecycling(b *testing.B) {
	b.Helper()
	ctx := context.Background()
	boss := w.db.As(Actor{Tenant: DefaultTenant, Person: w.boss, Session: 1, Channel: "web", Device: "desktop", Network: "office"})
	now, err := boss.PoolStanding(ctx, 500)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := boss.SetPool(ctx, 500, now.Version, access.PoolSettings{Recycle: &access.Recycling{IdleDays: 1}}); err != nil {
		b.Fatal(err)
	}
}

// bareRecycle is how many customers a minute change hands by nothing but the change, rolled back.
func (w *benchWorld) bareRecycle(b *testing.B) float64 {
	b.Helper()
	ctx := context.Background()
	last, n, took := policy.ID(0), 0, time.Duration(0)
	for range 40 {
		inner, err := w.db.writer.BeginTx(ctx, nil)
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		rows, err := inner.QueryContext(ctx, `UPDATE customer SET owner_id = NULL, pool_id = 500, version = version + 1, updated_at = updated_at + 1
			WHERE tenant_id = 1 AND id IN (SELECT id FROM customer WHERE tenant_id = 1 AND id > $1 AND owner_id IS NOT NULL ORDER BY id LIMIT 500) RETURNING id`, last)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			var id policy.ID
			if err := rows.Scan(&id); err != nil {
				b.Fatal(err)
			}
			last, n = max(last, id), n+1
		}
		if err := rows.Err(); err != nil {
			b.Fatal(err)
		}
		took += time.Since(start)
		if err := inner.Rollback(); err != nil {
			b.Fatal(err)
		}
	}
	return float64(n) / took.Minutes()
}
