package store

import (
	"bytes"
	"context"
	"encoding/csv"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/internal/testdb"
	"guan/policy"
	"guan/sheet"
)

// rows exports the names of the customers that somebody may export; before runs ahead of each part.
func (f *firm) rows(who string, before func()) ([]string, error) {
	var file bytes.Buffer
	e := Export{Query: ListQuery{Kind: "customer", Fields: []string{"name"}}, Lang: "en", To: sheet.NewCSV(&file), Progress: func(int64) error { before(); return nil }}
	if _, err := f.as(who).Export(context.Background(), e); err != nil {
		return nil, err
	}
	f.must(e.To.Close())
	table, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file.Bytes(), []byte("\ufeff")))).ReadAll()
	f.must(err)
	var names []string
	for _, row := range table[1:] {
		names = append(names, row[0])
	}
	return names, nil
}

// With nothing running beside the requests a grant begins and ends at its instant, on every way to
// the record; whatever zone its end was written in, over a change of the clocks too.
func TestGrantEndsAtItsInstant(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `annual_sales="5000";currency="CNY"`)
		id := f.id("东方")
		zhao := f.as("zhao")
		check := func(when string, want int) {
			t.Helper()
			page, err := zhao.List(ctx, ListQuery{Kind: "customer", Count: true, Sums: []string{"annual_sales"}})
			f.must(err)
			found, err := zhao.List(ctx, ListQuery{Kind: "customer", Search: "东方"})
			f.must(err)
			_, got := zhao.Get(ctx, "customer", id)
			names, out := f.rows("zhao", func() {})
			if want == 0 {
				f.refused(got, fault.NotFound, "record")
				if out == nil && len(names) > 0 {
					t.Errorf("%s: %v were exported", when, names)
				}
			} else if got != nil || out != nil || len(names) != want {
				t.Errorf("%s: get %v, export %v %v", when, got, names, out)
			}
			if len(page.Items) != want || page.Total.Count != want || len(found.Items) != want || (page.Sums["annual_sales"]["CNY"] == "5000.00") != (want == 1) {
				t.Errorf("%s: list %d, count %d, search %d, sums %v", when, len(page.Items), page.Total.Count, len(found.Items), page.Sums)
			}
		}
		for _, c := range []struct{ from, until string }{
			{"2026-03-02T17:00:00+08:00", "2026-03-02T10:00:00Z"},
			// The night in which Berlin goes from +01:00 to +02:00: a quarter of an hour, not more.
			{"2026-03-29T01:50:00+01:00", "2026-03-29T03:05:00+02:00"},
			// The night in which it goes back: half past two comes twice.
			{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"},
		} {
			g := f.lend("zhao", 1, "东方")
			var err error
			g.From, err = time.Parse(time.RFC3339, c.from)
			f.must(err)
			g.Until, err = time.Parse(time.RFC3339, c.until)
			f.must(err)
			g.Actions = []policy.Action{policy.Read, policy.Export}
			g.Fields = append(g.Fields, policy.FieldRule{Class: policy.Amount, Level: policy.Plain})
			given, err := f.as("boss").Grant(ctx, g)
			f.must(err)
			if given.From.Location() != time.UTC || !given.Until.Equal(g.Until) {
				t.Errorf("%v is kept as %v", g.Until, given.Until)
			}
			at := func(to time.Time) { f.clock.advance(to.Sub(f.clock.Now())) }
			at(g.From.Add(-time.Microsecond))
			check("just before "+c.from, 0)
			f.clock.advance(time.Microsecond)
			check("at "+c.from, 1)
			at(g.Until.Add(-time.Microsecond))
			check("just before "+c.until, 1)
			// A file that is on its way when the end comes gets no row after it.
			if names, err := f.rows("zhao", func() { f.clock.advance(time.Microsecond) }); err == nil && len(names) > 0 {
				t.Errorf("%v were written after the end", names)
			}
			check("at "+c.until, 0)
		}
		// A file that was finished before is not handed out after.
		g := f.lend("zhao", 1, "东方")
		g.Actions = []policy.Action{policy.Read, policy.Export}
		_, err := f.as("boss").Grant(ctx, g)
		f.must(err)
		work, err := zhao.OrderExport(ctx, ListQuery{Kind: "customer", Fields: []string{"name"}}, "对账", "csv", "zh")
		f.must(err)
		claim, err := f.db.System(JobRunner, DefaultTenant).Claim(ctx, "here")
		f.must(err)
		f.must(claim.Run(ctx, func(ctx context.Context, s *Session) error {
			var file bytes.Buffer
			_, err := s.Export(ctx, Export{Query: ListQuery{Kind: "customer", Fields: []string{"name"}}, Lang: "zh", To: sheet.NewCSV(&file), Claim: claim})
			return err
		}))
		f.clock.advance(time.Hour - time.Microsecond)
		_, err = zhao.WorkFile(ctx, ExportWork, work.ID)
		f.must(err)
		f.clock.advance(time.Microsecond)
		_, err = zhao.WorkFile(ctx, ExportWork, work.ID)
		f.refused(err, fault.Stale, "export_changed")
	})
}

// Whatever is given, by whom and given on by whom: who receives it sees nothing that its first giver
// does not, field by field; and once all is taken back, what everybody sees is what they saw.
func TestGrantsGiveNoMoreThanTheirGivers(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		ctx := context.Background()
		for i, owner := range []string{"lin", "wang", "zhao", "boss"} {
			f.customer(owner, []string{"东一", "东二", "西一", "西二"}[i], `phone="13800138000";annual_sales="5000";currency="CNY";city="杭州"`)
		}
		shy := sharing("shy", everything, policy.Clause{Person: f.id("chief")})
		when := beginning("东")
		shy.Effect, shy.Fields, shy.When = policy.Forbid, []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}, &when
		_, err := f.as("admin").PutRule(ctx, shy)
		f.must(err)
		plain := func(who string) map[policy.ID][]string {
			out := map[policy.ID][]string{}
			for _, it := range f.list(who, "customer") {
				out[it.ID] = plainNames(&it)
			}
			return out
		}
		before, given := plain("leaver"), 0
		classes := append(slices.Clone(policy.Classes), policy.Everything)
		for seed := range uint64(20) {
			r := rand.New(rand.NewPCG(seed, 20))
			draw := func() grants.Grant {
				g := f.lend("leaver", 1+r.IntN(5))
				g.Fields = nil
				for range 1 + r.IntN(3) {
					class := classes[r.IntN(len(classes))]
					if !slices.ContainsFunc(g.Fields, func(f policy.FieldRule) bool { return f.Class == class }) {
						g.Fields = append(g.Fields, policy.FieldRule{Class: class, Level: policy.Plain})
					}
				}
				if r.IntN(2) == 0 {
					cond := beginning([]string{"东", "西", "东一"}[r.IntN(3)])
					g.When = &cond
					return g
				}
				for _, i := range r.Perm(4)[:1+r.IntN(3)] {
					g.Records = append(g.Records, f.id([]string{"东一", "东二", "西一", "西二"}[i]))
				}
				return g
			}
			giver := []string{"lin", "wang", "chief", "boss"}[r.IntN(4)]
			g, on := draw(), r.IntN(2) == 0
			if on {
				g.Receiver, g.GiveOn = f.id("zhao"), true
			}
			first, err := f.as(giver).Grant(ctx, g)
			if err != nil {
				continue // what cannot be given gives nothing
			}
			given++
			if on {
				second := draw()
				second.Parent = first.ID
				_, _ = f.as("zhao").Grant(ctx, second)
			}
			had, has := plain(giver), plain("leaver")
			for id, names := range has {
				for _, name := range names {
					if !slices.Contains(had[id], name) {
						t.Errorf("%d: %s of %d is plain for the receiver and not for %s", seed, name, id, giver)
					}
				}
			}
			_, err = f.as(giver).RevokeGrant(ctx, first.ID)
			f.must(err)
			if after := plain("leaver"); !maps.EqualFunc(after, before, slices.Equal) {
				t.Errorf("%d: what was taken back still shows %v", seed, after)
			}
		}
		if given < 5 {
			t.Errorf("only %d of the grants were given", given)
		}
	})
}
