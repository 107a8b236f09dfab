package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/policy"
	"guan/records"
)

// BenchmarkGuess asks by every way for what somebody sees masked, or not at all, with right guesses and wrong ones, and
// tells them apart by the time that the answers take, as somebody with a watch would: of a right and a wrong one, how
// often the slower one is the one that is more often slower. One half is chance; beside it stands the same search by
// who sees the value, to show that the watch is good enough.
func BenchmarkGuess(b *testing.B) {
	const customers, pairs = 1500, 200
	var report strings.Builder
	fmt.Fprintf(&report, "\n### Right and wrong guesses, %d of each in turn\n\n| | asked | right, ms | wrong, ms | × | told apart |\n|---|---|---|---|---|---|\n", pairs)
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"SQLite", testdb.SQLite}, {"PostgreSQL", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			f := newFirm(b, database.open(b))
			ctx := context.Background()
			table := "name,owner,phone,id_number"
			phone := func(i int) string { return fmt.Sprintf("138%08d", 7919*i) }
			card := func(i int) string { return idNumber(fmt.Sprintf("110101199003%02d%03d", 1+i/1000, i%1000)) }
			for i := range customers {
				table += fmt.Sprintf("|客户 %d,%s,%s,%s", i, []string{"lin", "wang"}[i%2], phone(i), card(i))
			}
			open := tableOf(table)
			first, _ := open()
			m, err := f.as("boss").MatchColumns(ctx, "customer", "", first.Header())
			f.must(err)
			_, err = f.as("boss").Import(ctx, Import{Mapping: m, Open: open, Cells: records.Cells{Lang: "en"}})
			f.must(err)
			_, err = f.as("admin").PutRule(ctx, policy.Rule{ID: "mask", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("lin")}}}, Kind: "customer", Actions: []policy.Action{policy.Read}, Where: everything,
				Fields: []policy.FieldRule{{Class: policy.Contact, Level: policy.MaskTail}}, Scene: "试用"})
			f.must(err)
			var theirs []policy.ID
			for _, it := range f.list("wang", "customer") {
				theirs = append(theirs, it.ID)
			}
			lin, boss := f.as("lin"), f.as("boss")
			list := func(s *Session, q ListQuery) {
				q.Kind, q.Limit = "customer", 20
				_, _ = s.List(ctx, q) // also a refusal takes its time
			}
			for _, way := range []struct {
				name string
				ask  func(i int) // of a customer of lin's, or of none
			}{
				{"a filter by a masked telephone", func(i int) { list(lin, ListQuery{Filter: "r.phone == '" + phone(i) + "'"}) }},
				{"… by its beginning", func(i int) { list(lin, ListQuery{Filter: "r.phone.startsWith('" + phone(i)[:9] + "')"}) }},
				{"a filter by an encrypted number", func(i int) { list(lin, ListQuery{Filter: "r.id_number == '" + card(i) + "'"}) }},
				{"a search for a masked telephone", func(i int) { list(lin, ListQuery{Search: phone(i)}) }},
				{"a duplicate of it", func(i int) {
					_, _ = lin.Duplicates(ctx, "customer", Fields{"name": raw("某某商行"), "phone": raw(phone(i))})
				}},
				{"a record out of sight, and none", func(i int) {
					id := theirs[i%len(theirs)]
					if i >= customers {
						id += 50_000_000
					}
					_, _ = lin.Get(ctx, "customer", id)
				}},
				{"the same search by who sees it", func(i int) { list(boss, ListQuery{Search: phone(i)}) }},
			} {
				var took [2][]float64
				for n := range pairs + 20 {
					order := rand.Perm(2)
					for _, wrong := range order {
						began := time.Now()
						way.ask(2*n + wrong*2*customers) // what is wrong is of nobody
						if spent := time.Since(began); n >= 20 {
							took[wrong] = append(took[wrong], spent.Seconds()*1000)
						}
					}
				}
				slower := 0.0
				for _, right := range took[0] {
					for _, wrong := range took[1] {
						if right > wrong {
							slower++
						} else if right == wrong {
							slower += 0.5
						}
					}
				}
				apart := slower / float64(len(took[0])*len(took[1]))
				slices.Sort(took[0])
				slices.Sort(took[1])
				right, wrong := took[0][pairs/2], took[1][pairs/2]
				fmt.Fprintf(&report, "| %s | %s | %.2f | %.2f | %.2f | %.0f %% |\n", database.name, way.name, right, wrong, right/wrong, 100*max(apart, 1-apart))
			}
		})
	}
	fmt.Print(report.String())
}
