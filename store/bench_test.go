package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/policy"
	"guan/policy/sqlgen"
)

type benchPerson struct {
	name string
	id   policy.ID
}

func (w *benchWorld) people() []benchPerson {
	return []benchPerson{{"seller", w.seller}, {"30,000 shares", w.shared}, {"head", w.head}, {"region", w.region}, {"boss", w.boss}}
}

// benchCase is one question; deep ones begin after a number of rows.
type benchCase struct {
	name   string
	filter string
	search string
	deep   int
	count  bool
}

var benchCases = []benchCase{
	{name: "first page"},
	{name: "after 10,000 rows", deep: 10_000},
	{name: "rare filter", filter: `r.city == "城市7"`},
	{name: "capped total", count: true},
}

func (w *benchWorld) measure(b *testing.B, dialect string, report *strings.Builder) {
	ctx := context.Background()
	fmt.Fprintf(report, "\n### %s\n\n| | person | rows | raw | gate | × | chosen plan | branches | walk | naive OR |\n|---|---|---|---|---|---|---|---|---|---|\n", dialect)
	for _, c := range benchCases {
		for _, p := range w.people() {
			l := w.listing(b, p.id, c)
			all := w.unlimited(b, c)
			rows := w.visible(b, p.id)
			if c.deep > 0 {
				if rows <= c.deep {
					continue
				}
				w.skip(b, l, c.deep)
				w.skip(b, all, c.deep)
			}
			plan, err := w.db.single().plan(ctx, l)
			if err != nil {
				b.Fatal(err)
			}
			if c.count {
				raw, gate := pairs(b, func() { w.total(b, all) }, func() { w.total(b, l) })
				fmt.Fprintf(report, "| %s | %s | %d | %.2f | %.2f | %.2f | | | | |\n", c.name, p.name, rows, raw, gate, gate/raw)
				continue
			}
			raw, gate := pairs(b, func() { w.page(b, all, sqlgen.Branches) }, func() { w.page(b, l, plan) })
			times := map[sqlgen.Plan]float64{}
			for _, other := range []sqlgen.Plan{sqlgen.Branches, sqlgen.Walk, sqlgen.NaiveOr} {
				_, times[other] = pairs(b, func() {}, func() { w.page(b, l, other) })
			}
			if x, y := w.ids(b, l, sqlgen.Branches), w.ids(b, l, sqlgen.Walk); !slices.Equal(x, y) {
				b.Fatalf("%s %s: branches and walk differ", p.name, c.name)
			}
			fmt.Fprintf(report, "| %s | %s | %d | %.2f | %.2f | %.2f | %s | %.2f | %.2f | %.2f |\n", c.name, p.name, rows, raw, gate, gate/raw,
				[]string{"branches", "walk"}[plan], times[sqlgen.Branches], times[sqlgen.Walk], times[sqlgen.NaiveOr])
		}
	}
}

func (w *benchWorld) view(b *testing.B, actor Actor) *view {
	b.Helper()
	st, err := w.db.state(context.Background(), 1)
	if err != nil {
		b.Fatal(err)
	}
	return st.view(actor, w.db.Now())
}

func (w *benchWorld) prepare(b *testing.B, v *view, c benchCase) *listing {
	b.Helper()
	l, err := v.prepare(ListQuery{Kind: "customer", Filter: c.filter, Search: c.search})
	if err != nil {
		b.Fatal(err)
	}
	return l
}

func (w *benchWorld) listing(b *testing.B, person policy.ID, c benchCase) *listing {
	return w.prepare(b, w.view(b, Actor{Tenant: 1, Person: person, Channel: "web"}), c)
}

// unlimited asks the same with no permission in the way: one way in, everything plain.
func (w *benchWorld) unlimited(b *testing.B, c benchCase) *listing {
	l := w.prepare(b, w.view(b, Actor{Tenant: 1, Channel: "job", job: JobSetup}), c)
	l.also = nil
	return l
}

func (w *benchWorld) fetch(b *testing.B, l *listing, plan sqlgen.Plan, limit int) []fetched {
	b.Helper()
	q := l.list(limit)
	q.Filter, q.Sort, q.Desc, q.Plan = l.filter, l.sort, l.desc, plan
	after, err := l.at.position(l.sort)
	if err != nil {
		b.Fatal(err)
	}
	q.After = after
	rows, err := w.db.single().fetch(context.Background(), q)
	if err != nil {
		b.Fatal(err)
	}
	return rows
}

func (w *benchWorld) page(b *testing.B, l *listing, plan sqlgen.Plan) { w.fetch(b, l, plan, 51) }

func (w *benchWorld) ids(b *testing.B, l *listing, plan sqlgen.Plan) []policy.ID {
	var out []policy.ID
	for _, row := range w.fetch(b, l, plan, 51) {
		out = append(out, row.id)
	}
	return out
}

func (w *benchWorld) skip(b *testing.B, l *listing, n int) {
	rows := w.fetch(b, l, sqlgen.Branches, n)
	l.at = l.after(l.at, rows[len(rows)-1])
}

func (w *benchWorld) total(b *testing.B, l *listing) {
	if _, err := w.db.single().count(context.Background(), l); err != nil {
		b.Fatal(err)
	}
}

func (w *benchWorld) visible(b *testing.B, person policy.ID) int {
	l := w.listing(b, person, benchCase{})
	stmt := w.db.sqlDialect().Count(l.totals(), 1<<30)
	var epoch, n int
	if err := w.db.single().row(context.Background(), stmt.SQL, stmt.Args...).Scan(&epoch, &n); err != nil {
		b.Fatal(err)
	}
	return n
}

// pairs runs two things turn and turn about and gives their medians in milliseconds, so that
// what else the machine does falls on both.
func pairs(b *testing.B, x, y func()) (float64, float64) {
	b.Helper()
	var tx, ty []float64
	began := time.Now()
	for i := 0; i < 60 && (i < 9 || time.Since(began) < 3*time.Second); i++ {
		for _, run := range []struct {
			f func()
			t *[]float64
		}{{x, &tx}, {y, &ty}} {
			start := time.Now()
			run.f()
			if i >= 6 { // plans are prepared, pages are in memory
				*run.t = append(*run.t, float64(time.Since(start).Microseconds())/1000)
			}
		}
	}
	slices.Sort(tx)
	slices.Sort(ty)
	return tx[len(tx)/2], ty[len(ty)/2]
}

// BenchmarkDecide measures one decision on a loaded record and its explanation, at growing
// numbers of rules.
func BenchmarkDecide(b *testing.B) {
	for _, rules := range []int{100, 1000, 10_000} {
		rs, subject, row := manyRules(b, rules)
		ctx := &policy.Context{Now: time.UnixMicro(benchFrom)}
		bound := rs.Bind(subject, ctx)
		bound.Decide(row, policy.Read)
		b.Run(fmt.Sprintf("decide/%d", rules), func(b *testing.B) {
			for b.Loop() {
				bound.Decide(row, policy.Read)
			}
		})
		b.Run(fmt.Sprintf("bind/%d", rules), func(b *testing.B) {
			for b.Loop() {
				rs.Bind(subject, ctx).Decide(row, policy.Read)
			}
		})
		b.Run(fmt.Sprintf("explain/%d", rules), func(b *testing.B) {
			for b.Loop() {
				bound.Explain(row, policy.Read, nil)
			}
		})
	}
}

// manyRules makes a company's worth of rules of which a handful speak of the subject.
func manyRules(b *testing.B, n int) (*policy.Ruleset, *policy.Subject, *policy.Row) {
	b.Helper()
	st := &state{}
	at := testdb.SQLite(b)
	c := &benchWorld{}
	db, err := Open(context.Background(), Options{DataDir: at.DataDir})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	c.db = db
	if st, err = db.state(context.Background(), 1); err != nil {
		b.Fatal(err)
	}
	rules := make([]policy.Rule, n)
	for i := range rules {
		position := fmt.Sprintf("position%d", i/6)
		stage := "lead"
		rules[i] = policy.Rule{
			ID: fmt.Sprint(i), Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Position: position}}}, Kind: "customer", Actions: []policy.Action{policy.Read},
			Where:  []policy.Path{{Path: policy.PathOwn}, {Path: policy.PathTeam}, {Path: policy.PathHeaded}}[i%3:][0],
			When:   &policy.Cond{Op: policy.OpEq, Field: "stage", Value: &policy.Operand{Text: &stage}},
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, Scene: "a benchmark",
		}
		if i%6 == 5 {
			rules[i].Effect = policy.Forbid
		}
	}
	rs, problems := policy.Compile(st.catalog.Schema(), rules, func(policy.ID) []policy.ID { return nil })
	if problems != nil {
		b.Fatal(problems)
	}
	subject := &policy.Subject{Person: 7, Posts: []policy.Post{{Position: "position3", Unit: 5}}, Units: []policy.ID{5}, Headed: []policy.ID{5, 6, 7}}
	row := &policy.Row{Kind: "customer", ID: 1, Values: map[string]policy.Value{"owner": policy.RefOf(7), "unit": policy.RefOf(6), "stage": policy.TextOf("lead")}}
	return rs, subject, row
}
