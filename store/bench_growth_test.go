package store

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"guan/internal/testdb"
)

// BenchmarkGrowth measures the first page of a small company against the same page of one ten
// times as large, turn and turn about: permission must not cost more with every record that
// somebody else has. GUAN_BENCH_GROWTH names the small size (default 20,000).
func BenchmarkGrowth(b *testing.B) {
	small := 20_000
	if text := os.Getenv("GUAN_BENCH_GROWTH"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatal(err)
		}
		small = n
	}
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			var report strings.Builder
			x, y := newBenchWorld(b, database.open(b), small), newBenchWorld(b, database.open(b), 10*small)
			fmt.Fprintf(&report, "\n### %s, first page at %d and at %d customers\n\n| person | small | large | × | raw small | raw large | × |\n|---|---|---|---|---|---|---|\n", database.name, small, 10*small)
			for i, p := range x.people() {
				sp, lp := x.firstPage(b, p), y.firstPage(b, y.people()[i])
				s, l := pairs(b, sp, lp)
				rs, rl := pairs(b, x.firstPage(b, benchPerson{}), y.firstPage(b, benchPerson{}))
				fmt.Fprintf(&report, "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", p.name, s, l, l/s, rs, rl, rl/rs)
			}
			fmt.Print("\n" + report.String())
		})
	}
}

// firstPage prepares the page of a person by the plan that would be chosen, or the page without
// permission for nobody.
func (w *benchWorld) firstPage(b *testing.B, p benchPerson) func() {
	if p.id == 0 {
		l := w.unlimited(b, benchCase{})
		return func() { w.page(b, l, 0) }
	}
	l := w.listing(b, p.id, benchCase{})
	plan, err := w.db.single().plan(context.Background(), l)
	if err != nil {
		b.Fatal(err)
	}
	return func() { w.page(b, l, plan) }
}
