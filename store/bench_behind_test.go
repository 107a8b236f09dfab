package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/jobs"
	"guan/store"
)

// seen is how many leaves the newest signed head covered when somebody looked.
type seen struct {
	at   time.Time
	size int64
}

// BenchmarkBehind says how far the newest signed head is behind the entries of the audit log, as somebody sees
// it who looks every 10 ms from another process: how old the oldest entry is that the head does not cover. Sellers
// read, steadily and as fast as they can, while the program does all its jobs, that of sealing among them.
func BenchmarkBehind(b *testing.B) {
	const readers, customers = 16, 2_000
	loads := []struct {
		name  string
		pause time.Duration // from one page of a reader to the next
	}{{"200 pages a second", readers * time.Second / 200}, {"as fast as possible", 0}}
	var report strings.Builder
	fmt.Fprintf(&report, "\n### How far the newest signed head is behind, %d readers\n\n| | load | entries a second | median, ms | 99 of 100, ms | greatest, ms |\n|---|---|---|---|---|---|\n", readers)
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			at := database.open(b)
			if at.DataDir == "" {
				at.DataDir = b.TempDir() // of the files of jobs
			}
			company := store.NewBenchCompany(b, at, customers)
			other, err := store.Open(b.Context(), store.Options{DataDir: at.DataDir, URL: at.URL})
			if err != nil {
				b.Fatal(err)
			}
			defer other.Close()
			runner, err := jobs.New(company.DB, store.DefaultTenant, nil)
			if err != nil {
				b.Fatal(err)
			}
			ctx, stop := context.WithCancel(b.Context())
			var background sync.WaitGroup
			background.Go(func() { runner.Run(ctx) })
			looks := make([][]seen, len(loads))
			for i, load := range loads {
				looks[i] = lookWhile(b, company, other, readers, load.pause)
			}
			stop()
			background.Wait() // everything has its leaf
			written := company.LeafTimes(b)
			for i, load := range loads {
				first, last := looks[i][0], looks[i][len(looks[i])-1]
				ages := make([]float64, len(looks[i]))
				for j, look := range looks[i] {
					if look.size < int64(len(written)) {
						ages[j] = max(0, float64(look.at.Sub(written[look.size]).Microseconds())/1000)
					}
				}
				slices.Sort(ages)
				fmt.Fprintf(&report, "| %s | %s | %.0f | %.0f | %.0f | %.0f |\n", database.name, load.name, float64(last.size-first.size)/last.at.Sub(first.at).Seconds(),
					ages[len(ages)/2], ages[len(ages)*99/100], ages[len(ages)-1])
			}
		})
	}
	fmt.Print(report.String())
}

// lookWhile looks at the newest head through another handle for three seconds, while sellers read.
func lookWhile(b *testing.B, company *store.BenchCompany, other *store.DB, readers int, pause time.Duration) (looks []seen) {
	began := time.Now()
	end := began.Add(3 * time.Second)
	var all sync.WaitGroup
	for i := range readers {
		all.Go(func() {
			for next := began.Add(pause * time.Duration(i) / time.Duration(readers)); next.Before(end) && time.Now().Before(end); next = next.Add(pause) {
				time.Sleep(time.Until(next))
				company.DB.Pace(b.Context()) // as every request does
				if _, err := company.Seller(i).List(b.Context(), store.ListQuery{Kind: "customer", Limit: 50}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	heads := other.System(store.JobSeal, store.DefaultTenant)
	for ; time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		size, _, err := heads.AuditHead(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		looks = append(looks, seen{time.Now(), size})
	}
	all.Wait()
	return looks
}
