package store

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"guan/internal/testdb"
)

// BenchmarkSeal has sellers read their first page at once: with nothing recorded, with the audit log, and
// with the log sealed as guan serve does it; turn and turn about in one run. What a turn costs in time of
// this process says more than the clock where the machine has other work.
func BenchmarkSeal(b *testing.B) {
	const readers, each, turns = 16, 12, 15
	var report strings.Builder
	fmt.Fprintf(&report, "\n### Reading lists, %d at once\n\n| | unrecorded, ms a page | audited | × | audited and sealed | × | CPU unrecorded, ms | sealed | × |\n|---|---|---|---|---|---|---|---|---|\n", readers)
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			w := newBenchWorld(b, database.open(b), 5_000)
			w.db.auditKey = filepath.Join(b.TempDir(), "audit.key")
			seals := w.db.System(JobSeal, DefaultTenant)
			if _, err := seals.Seal(context.Background()); err != nil {
				b.Fatal(err)
			}
			actor := Actor{Tenant: DefaultTenant, Person: w.seller, Channel: "web", Device: "desktop", Network: "office", Session: 1}
			turn := func() {
				var all sync.WaitGroup
				for range readers {
					all.Go(func() {
						for range each {
							if _, err := w.db.As(actor).List(context.Background(), ListQuery{Kind: "customer", Limit: 50}); err != nil {
								b.Error(err)
								return
							}
						}
					})
				}
				all.Wait()
			}
			recording, silent := w.db.audits, unrecording(b, w.db)
			sealed := func() {
				stop := make(chan struct{})
				var sealer sync.WaitGroup
				sealer.Go(func() {
					for {
						if _, err := seals.Seal(context.Background()); err != nil {
							b.Error(err)
						}
						select {
						case <-stop:
							return
						case <-time.After(400 * time.Millisecond):
						}
					}
				})
				turn()
				close(stop)
				sealer.Wait() // what the turn left is part of its cost
			}
			var wall, cpu [3][]float64
			for i := range turns + 2 {
				for v, run := range []func(){turn, turn, sealed} {
					w.db.audits = recording
					if v == 0 {
						w.db.audits = silent
					}
					began, used := time.Now(), processTime(b)
					run()
					if i >= 2 {
						pages := float64(readers * each)
						wall[v] = append(wall[v], float64(time.Since(began).Microseconds())/1000/pages)
						cpu[v] = append(cpu[v], float64((processTime(b)-used).Microseconds())/1000/pages)
					}
				}
				w.db.audits = recording
				if _, err := seals.Seal(context.Background()); err != nil { // of the turn that nobody sealed
					b.Fatal(err)
				}
			}
			m := func(times []float64) float64 {
				slices.Sort(times)
				return times[len(times)/2]
			}
			none, audited, both, without, with := m(wall[0]), m(wall[1]), m(wall[2]), m(cpu[0]), m(cpu[2])
			fmt.Fprintf(&report, "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", database.name, none, audited, audited/none, both, both/none, without, with, with/without)
		})
	}
	fmt.Print(report.String())
}

// unrecording takes what is to be recorded and writes nothing: the same path without the log.
func unrecording(b *testing.B, db *DB) *recorder {
	r := &recorder{db: db, waiting: make(chan *recording, batchMax), stop: make(chan struct{}), dead: make(chan struct{})}
	go func() {
		for {
			select {
			case one := <-r.waiting:
				one.done <- nil
			case <-r.stop:
				return
			}
		}
	}()
	b.Cleanup(func() { close(r.stop) })
	return r
}

// processTime is the processor time that this process has used.
func processTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
