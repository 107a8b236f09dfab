package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// asksImports gives somebody the rights to import and to be told that somebody looks after a record.
func (f *firm) asksImports(who string, rights ...policy.Action) {
	f.t.Helper()
	rule, err := jsonText(policy.Rule{ID: "rights-" + who, Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: f.id(who)}}},
		Kind: records.System, Actions: rights, Where: policy.Path{Path: policy.PathAll}, Scene: "x"})
	f.must(err)
	for _, text := range []string{
		fmt.Sprintf("INSERT INTO rule (tenant_id, id, seq, document, created_at, updated_at) VALUES (1, 'rights-%s', %d, '%s', 0, 0)", who, f.id(who), rule),
		"UPDATE policy_state SET epoch = epoch + 1",
	} {
		_, err := f.db.writer.Exec(text)
		f.must(err)
	}
}

// brings imports new customers by their names and numbers, refusing those that are there already.
func (f *firm) brings(who, table string, change func(*Import)) brought {
	f.t.Helper()
	var problems []string
	im := Import{Open: tableOf("name,phone|" + table), Cells: records.Cells{Lang: "zh"},
		Mapping: &exchange.Mapping{Kind: "customer", Distinct: true, Columns: []exchange.Column{{Column: "name", Field: "name"}, {Column: "phone", Field: "phone"}}},
		Began:   func() error { problems = nil; return nil },
		Problem: func(p RowProblem) error {
			problems = append(problems, fmt.Sprintf("%d %s %s", p.Row, p.Column, p.Code))
			return nil
		}}
	if change != nil {
		change(&im)
	}
	tally, err := f.as(who).Import(context.Background(), im)
	return brought{tally, strings.Join(problems, "; "), err}
}

// guesses is a table of names that nobody has, but for one.
func guesses(from, to int, known int, name string) string {
	var rows []string
	for i := from; i <= to; i++ {
		row := fmt.Sprintf("猜测%c%d号,", rune('甲'+i), i)
		if i == known {
			row = name + ","
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "|")
}

func (f *firm) asksOf(who string) int64 {
	f.t.Helper()
	return count(f.t, f.db, fmt.Sprintf("SELECT count(*) FROM ownership_ask WHERE what = 'look' AND person_id = %d", f.id(who)))
}

// A row that somebody looks after already is refused, to who has the right to know; a try and its run
// ask once, and what is undone does not give the questions back.
func TestImportLookedAfter(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customer("wang", "杭州东方贸易有限公司", `phone="13800138000"`)
		table := "杭州 东方贸易（有限公司）,|新月灯饰,|别名商行,138 0013 8000"
		// Without the right nothing is told, and nothing is counted.
		f.asksImports("zhao", "import")
		f.asksImports("lin", "import", "duplicates")
		if got := f.brings("zhao", "无关一家,", dryPerRow); got.err != nil || got.Created != 1 || f.asksOf("zhao") != 0 {
			t.Errorf("%+v, %d asked", got, f.asksOf("zhao"))
		}
		want := "2  looked_after; 4  looked_after"
		for _, pass := range []struct {
			name   string
			change func(*Import)
			tally  Tally
			err    error
		}{
			{"tried", dryPerRow, Tally{Rows: 3, Created: 1, Failed: 2}, nil},
			{"as a whole", nil, Tally{Rows: 3, Failed: 2}, RowsWrong},
			{"by row", perRow, Tally{Rows: 3, Created: 1, Failed: 2}, nil},
		} {
			if got := f.brings("lin", table, pass.change); got.problems != want || got.Tally != pass.tally || (got.err == nil) != (pass.err == nil) {
				t.Errorf("%s: %+v", pass.name, got)
			}
			if n := f.asksOf("lin"); n != 3 {
				t.Errorf("%s: %d questions", pass.name, n)
			}
		}
		// The same right and the same name on another day: it is asked anew, and one's own is told as one's own.
		f.clock.advance(25 * time.Hour)
		if got := f.brings("lin", table, dryPerRow); got.problems != "2  looked_after; 3 name duplicate; 4  looked_after" || f.asksOf("lin") != 2 {
			t.Errorf("%+v, %d asked", got, f.asksOf("lin"))
		}
		// Who does not want the check has no question counted.
		if got := f.brings("lin", "南方贸易,13800138000", func(im *Import) { im.Dry, im.Mapping.Distinct = true, false }); got.Created != 1 || f.asksOf("lin") != 2 {
			t.Errorf("%+v, %d asked", got, f.asksOf("lin"))
		}
		f.whole()
	})
}

// A table of guesses is answered as far as its reader might have asked, and says of how many rows it was
// not; those come in like everybody's. More is told when there is more to ask, and nothing twice.
func TestImportLookedAfterLimit(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("wang", "东方贸易", "")
		f.asksImports("lin", "import", "duplicates")
		table := guesses(1, 30, 25, "东方贸易")
		// What is asked by hand counts too.
		_, err := f.as("lin").LookedAfter(ctx, "customer", Fields{"name": raw("西方贸易")})
		f.must(err)
		if got := f.brings("lin", table, dryPerRow); got.err != nil || got.Tally != (Tally{Rows: 30, Created: 30, Unchecked: 11}) {
			t.Errorf("%+v", got)
		}
		_, err = f.as("lin").LookedAfter(ctx, "customer", Fields{"name": raw("东方贸易")})
		f.refused(err, fault.Locked, "looked_limit")
		plan, err := f.as("lin").PlanImport(ctx, "customer", []string{"name"})
		f.must(err)
		if plan.Looks == nil || *plan.Looks != (LooksLeft{lookedHour, lookedDay, 0}) {
			t.Errorf("%+v", plan.Looks)
		}
		// An hour later the rest can be asked; a run of the try does what the try has told.
		f.clock.advance(61 * time.Minute)
		ran := func(im *Import) { im.Dry, im.PerRow, im.Claim = true, true, &Claim{Work: Work{Order: Order{From: 7}}} }
		if got := f.brings("lin", table, ran); got.Tally != (Tally{Rows: 30, Created: 30, Unchecked: 11}) || f.asksOf("lin") != lookedHour {
			t.Errorf("%+v, %d asked", got, f.asksOf("lin"))
		}
		if got := f.brings("lin", table, dryPerRow); got.Tally != (Tally{Rows: 30, Created: 29, Failed: 1}) || got.problems != "26  looked_after" || f.asksOf("lin") != lookedHour+11 {
			t.Errorf("%+v, %d asked", got, f.asksOf("lin"))
		}
		// In a day no more than the day has, however often one comes back.
		for hour := range 4 {
			f.clock.advance(61 * time.Minute)
			f.brings("lin", guesses(100, 400, 0, ""), dryPerRow)
			if n := f.asksOf("lin"); n > lookedDay {
				t.Fatalf("%d questions after %d hours", n, hour)
			}
		}
		if n := f.asksOf("lin"); n != lookedDay {
			t.Errorf("%d questions in a day", n)
		}
		// Rows that are committed as they come are told the same.
		if got := f.brings("lin", guesses(100, 700, 0, "")+"|"+table, perRow); got.Failed != 1 || !strings.HasSuffix(got.problems, "looked_after") || got.Created != 630 {
			t.Errorf("%+v", got)
		}
		plan, err = f.as("chief").PlanImport(ctx, "customer", []string{"name"})
		f.must(err)
		if plan.Looks != nil {
			t.Errorf("who has no such right: %+v", plan.Looks)
		}
		f.whole()
	})
}

// Imports of one person at once ask no more between them than one.
func TestImportLookedAfterAtOnce(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.asksImports("lin", "import", "duplicates")
		var wait sync.WaitGroup
		results := make([]brought, 6)
		for i := range results {
			wait.Go(func() { results[i] = f.brings("lin", guesses(100*i, 100*i+9, -1, ""), dryPerRow) })
		}
		wait.Wait()
		unchecked := int64(0)
		for _, got := range results {
			if got.err != nil {
				t.Error(got.err)
			}
			unchecked += got.Unchecked
		}
		if n := f.asksOf("lin"); n != lookedHour || unchecked != 60-lookedHour {
			t.Errorf("%d questions, %d rows unchecked", n, unchecked)
		}
	})
}
