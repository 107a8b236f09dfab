package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/store"
)

// BenchmarkSeal has sellers read their first page at once, by the session and over HTTP: with nothing recorded,
// with the audit log, and with the log sealed as guan serve does it; turn and turn about in one run. What a turn
// costs in time of this process says more than the clock where the machine has other work.
func BenchmarkSeal(b *testing.B) {
	const readers, each, turns = 16, 12, 15
	const customers = 60_000 // so that the seller has a full page
	var report strings.Builder
	fmt.Fprintf(&report, "\n### Reading lists, %d at once\n\n| | | unrecorded, ms a page | audited | × | audited and sealed | × | CPU unrecorded, ms | audited | × | audited and sealed | × |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n", readers)
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"SQLite", testdb.SQLite}, {"PostgreSQL", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			company := store.NewBenchCompany(b, database.open(b), customers)
			recording, seals := company.Recording(b), company.Seals(b)
			seal := func() {
				if _, err := seals.Seal(b.Context()); err != nil {
					b.Error(err)
				}
			}
			base := serve(b, company.DB)
			client := signIn(b, base, company.People["seller"])
			for _, way := range []struct {
				name string
				page func()
			}{
				{"Session.List", func() {
					if _, err := company.Seller(0).List(b.Context(), store.ListQuery{Kind: "customer", Limit: 50}); err != nil {
						b.Error(err)
					}
				}},
				{"over HTTP", func() { page(b, client, base) }},
			} {
				turn := func() {
					var all sync.WaitGroup
					for range readers {
						all.Go(func() {
							for range each {
								way.page()
							}
						})
					}
					all.Wait()
				}
				sealed := func() {
					stop := make(chan struct{})
					var sealer sync.WaitGroup
					sealer.Go(func() {
						for {
							seal()
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
						recording(v > 0)
						began, used := time.Now(), store.ProcessTime(b)
						run()
						if i >= 2 {
							pages := float64(readers * each)
							wall[v] = append(wall[v], float64(time.Since(began).Microseconds())/1000/pages)
							cpu[v] = append(cpu[v], float64((store.ProcessTime(b)-used).Microseconds())/1000/pages)
						}
					}
					recording(true)
					seal() // of the turn that nobody sealed
				}
				fmt.Fprintf(&report, "| %s | %s |", database.name, way.name)
				for _, times := range [][3][]float64{wall, cpu} {
					none := median(times[0])
					fmt.Fprintf(&report, " %.2f |", none)
					for _, with := range times[1:] {
						fmt.Fprintf(&report, " %.2f | %.2f |", median(with), median(with)/none)
					}
				}
				report.WriteString("\n")
			}
		})
	}
	fmt.Print(report.String())
}

func median(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)/2]
}
