package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/statistics"
)

// figuresFor gives somebody figures of customers and nothing else.
func (f *firm) figuresFor(id, who string, where policy.Path, when string, fields ...policy.FieldRule) {
	f.t.Helper()
	ctx := context.Background()
	rule := access.RuleDocument{ID: id, Effect: policy.Permit, Who: &policy.Who{Any: []policy.Clause{{Person: f.id(who)}}}, Kind: "customer",
		Actions: []policy.Action{policy.Figures}, Where: where, Fields: fields, Scene: access.Scene{ZH: "经营分析"}}
	if when != "" {
		st, err := f.db.state(ctx, DefaultTenant)
		f.must(err)
		rule.When, err = policy.ParseCEL(st.catalog.Schema(), "customer", when)
		f.must(err)
	}
	f.enacts("boss", func(d *access.Document) { d.Rules = append(f.without(d, id), rule) })
}

// without are the rules of a document but one.
func (f *firm) without(d *access.Document, id string) []access.RuleDocument {
	return slices.DeleteFunc(slices.Clone(d.Rules), func(r access.RuleDocument) bool { return r.ID == id })
}

var figureFields = []policy.FieldRule{{Class: policy.General, Level: policy.Plain}, {Class: policy.Amount, Level: policy.Plain}}

// market fills the company with customers of some industries: so many of each, with amounts that rise.
func (f *firm) market(owner string, sizes map[string]int) {
	f.t.Helper()
	for industry, n := range sizes {
		for i := range n {
			f.filled(1, map[string]policy.Value{"industry": policy.TextOf(industry), "owner": policy.RefOf(f.id(owner)), "unit": policy.RefOf(f.id("华东")),
				"annual_sales": policy.MoneyOf(int64(1000+i) * 10_000), "currency": policy.TextOf("CNY")})
		}
	}
}

func (f *firm) statistics(who, group, measure string) map[string]StatisticsBar {
	f.t.Helper()
	got, err := f.as(who).Statistics(context.Background(), StatisticsQuery{Kind: "customer", Group: group, Measure: measure})
	f.must(err)
	out := map[string]StatisticsBar{}
	for _, g := range got.Groups {
		out[g.Key] = g
	}
	return out
}

// Who has figures alone sees groups and no row: small groups are not told of, and not of how many of
// them there are; counts are near, sums and averages are near, and asking again tells the same.
func TestStatisticsAreFiguresAlone(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		_, err := f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "customer"})
		f.refused(err, fault.Denied, "figures")
		f.figuresFor("figures", "leaver", everything, "", figureFields...)
		f.market("lin", map[string]int{"it": 32, "retail": 25, "finance": 14, "energy": 3, "media": 11})

		if rows := f.list("leaver", "customer"); len(rows) != 0 {
			t.Errorf("%d rows", len(rows))
		}
		exact, err := f.as("leaver").Figures(ctx, FiguresQuery{Kind: "customer", Group: "industry"})
		f.must(err)
		if len(exact.Groups) != 0 {
			t.Errorf("exact figures of rows that may not be read: %+v", exact.Groups)
		}
		counts := f.statistics("leaver", "industry", "")
		near := func(key string, n int64) {
			t.Helper()
			if g := counts[key]; !g.Shown || g.Count%5 != 0 || g.Count <= n-5 || g.Count >= n+5 {
				t.Errorf("%s: %+v instead of about %d", key, g, n)
			}
		}
		near("it", 32)
		near("retail", 25)
		near("finance", 14)
		// The smallest that could be shown is hidden with the one that may not.
		for _, key := range []string{"energy", "media", "education"} {
			if g := counts[key]; g.Shown || g.Count != 0 {
				t.Errorf("%s is told of: %+v", key, g)
			}
		}
		if len(counts) != 16 {
			t.Errorf("%d industries", len(counts))
		}
		sums := f.statistics("leaver", "industry", "sum:annual_sales")
		it := sums["it"]
		sum, err := strconv.ParseFloat(it.Sum["CNY"], 64)
		f.must(err)
		if average, err := strconv.ParseFloat(it.Average["CNY"], 64); err != nil || math.Abs(average/1015-1) > 0.35 {
			t.Errorf("%+v %v", it, err)
		}
		if math.Abs(sum/(32*1015.5)-1) > 0.2 || sums["finance"].Average["CNY"] != "" || sums["energy"].Shown {
			t.Errorf("%+v", sums)
		}
		if again := f.statistics("leaver", "industry", "sum:annual_sales"); !cmp.Equal(sums, again) {
			t.Error(cmp.Diff(sums, again))
		}
		// A month that is not over is told of by nobody.
		if months := f.statistics("leaver", "month(created_at)", ""); len(months) != 0 {
			t.Errorf("%+v", months)
		}
		offer, err := f.as("leaver").StatisticsOffer(ctx)
		f.must(err)
		if len(offer.Kinds) != 1 || offer.Kinds[0].Kind != "customer" || offer.Least != 10 {
			t.Errorf("%+v", offer)
		}
		for _, q := range []StatisticsQuery{{Group: "name"}, {Group: "phone"}, {Group: "created_at"}, {Group: "day(created_at)"}, {Group: "currency"}, {Group: "level"}, {Group: "month(birthday)"}, {Group: "id"}} {
			q.Kind = "customer"
			_, err := f.as("leaver").Statistics(ctx, q)
			f.refused(err, fault.Invalid, "group")
		}
		for _, measure := range []string{"sum:phone", "sum:", "sum:nothing", "max:annual_sales", "average:annual_sales"} {
			_, err := f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "customer", Measure: measure})
			f.refused(err, fault.Invalid, "measure")
		}
		_, err = f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "contract"})
		f.refused(err, fault.Denied, "figures")
		_, err = f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "unicorn"})
		f.refused(err, fault.NotFound, "kind")
		// Each question stands in the log: over which population, how many groups were shown, and by
		// which rule.
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE actor_id = $1 AND action = 'figures' AND CAST(detail AS TEXT) LIKE '%population%' AND CAST(detail AS TEXT) LIKE '%withheld%'", int64(f.id("leaver"))); n != 4 {
			t.Errorf("%d questions in the log", n)
		}
		// What was taken away is taken away at once.
		f.enacts("boss", func(d *access.Document) { d.Rules = f.without(d, "figures") })
		_, err = f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "customer"})
		f.refused(err, fault.Denied, "figures")
	})
}

// Two days that differ in fewer records than the least number are told alike, byte for byte; many
// changes are seen. So somebody who makes a record, or sees one made, learns nothing of it.
func TestStatisticsChangeByManyOrNotAtAll(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.figuresFor("figures", "leaver", everything, "", figureFields...)
		f.market("lin", map[string]int{"it": 40, "retail": 40})
		all := func() string {
			f.t.Helper()
			var out []any
			for _, group := range []string{"", "industry", "stage", "type", "owner", "unit", "month(created_at)"} {
				for _, measure := range []string{"", "sum:annual_sales"} {
					got, err := f.as("leaver").Statistics(context.Background(), StatisticsQuery{Kind: "customer", Group: group, Measure: measure})
					f.must(err)
					out = append(out, got.Groups)
				}
			}
			text, err := json.Marshal(out)
			f.must(err)
			return string(text)
		}
		first := all()
		f.market("wang", map[string]int{"it": 7})
		if same := all(); same != first {
			t.Error("a figure changed on the day of its release")
		}
		f.clock.advance(24 * time.Hour)
		if next := all(); next != first {
			t.Errorf("seven records changed what is told:\n%s\n%s", first, next)
		}
		f.market("lin", map[string]int{"it": 12})
		f.clock.advance(24 * time.Hour)
		if later := all(); later == first {
			t.Error("nineteen records changed nothing")
		}
	})
}

// Whom the rules give populations that differ by few are told of what they have in common, each the
// same; two colleagues who put their answers together find nothing between them.
func TestStatisticsOfNearlyTheSame(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.market("lin", map[string]int{"it": 30, "retail": 30})
		f.market("wang", map[string]int{"retail": 3})
		f.figuresFor("all", "leaver", everything, "", figureFields...)
		f.figuresFor("most", "zhao", everything, fmt.Sprintf("r.owner == '%d'", f.id("lin")), figureFields...)
		for _, group := range []string{"", "industry", "owner", "type"} {
			if a, b := f.statistics("leaver", group, "sum:annual_sales"), f.statistics("zhao", group, "sum:annual_sales"); !cmp.Equal(a, b) {
				t.Errorf("%s: %s", group, cmp.Diff(a, b))
			}
		}
		// More than few are told apart.
		f.market("wang", map[string]int{"retail": 20})
		f.clock.advance(24 * time.Hour)
		if a, b := f.statistics("leaver", "", "")[""].Count, f.statistics("zhao", "", "")[""].Count; a <= b {
			t.Errorf("%d and %d", a, b)
		}
	})
}

// The population is what the rules say: forbids and guards act as for reading, on each record.
func TestStatisticsObeyForbids(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.market("lin", map[string]int{"it": 40, "retail": 40})
		f.figuresFor("figures", "leaver", everything, "", figureFields...)
		forbid := func(id, cond string, fields ...policy.FieldRule) {
			st, err := f.db.state(ctx, DefaultTenant)
			f.must(err)
			when, err := policy.ParseCEL(st.catalog.Schema(), "customer", cond)
			f.must(err)
			_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: id, Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("leaver")}}}, Kind: "customer",
				Actions: []policy.Action{policy.Figures}, Where: everything, When: when, Fields: fields, Scene: "试用"})
			f.must(err)
		}
		forbid("no-it", "r.industry == 'it'")
		if got := f.statistics("leaver", "industry", ""); got["it"].Shown || !got["retail"].Shown {
			t.Errorf("%+v", got)
		}
		forbid("no-money", "r.industry == 'retail'", policy.FieldRule{Field: "annual_sales", Level: policy.Masked})
		if got := f.statistics("leaver", "industry", "sum:annual_sales"); got["retail"].Shown {
			t.Errorf("%+v", got)
		}
		if got := f.statistics("leaver", "industry", ""); !got["retail"].Shown {
			t.Errorf("%+v", got)
		}
	})
}

// The least number and the budget are the company's, within bounds.
func TestStatisticsSettings(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.market("lin", map[string]int{"it": 12, "retail": 40})
		f.figuresFor("figures", "leaver", everything, "", figureFields...)
		if got := f.statistics("leaver", "industry", ""); !got["it"].Shown {
			t.Errorf("%+v", got)
		}
		now, err := f.as("boss").StatisticsSettings(ctx)
		f.must(err)
		for _, wrong := range []statistics.Limits{{Least: 4, Budget: 10}, {Least: 1001, Budget: 10}, {Least: 10}} {
			if _, err := f.as("boss").SetStatisticsSettings(ctx, now.Version, wrong); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
		_, err = f.as("lin").SetStatisticsSettings(ctx, now.Version, statistics.Limits{Least: 20, Budget: 3})
		f.refused(err, fault.Denied, "right")
		_, err = f.as("boss").SetStatisticsSettings(ctx, now.Version+1, statistics.Limits{Least: 20, Budget: 3})
		if !fault.Is(err, fault.Stale) {
			t.Error(err)
		}
		_, err = f.as("boss").SetStatisticsSettings(ctx, now.Version, statistics.Limits{Least: 20, Budget: 3})
		f.must(err)
		f.clock.advance(24 * time.Hour)
		if got := f.statistics("leaver", "industry", ""); got["it"].Shown {
			t.Errorf("%+v", got)
		}
		f.statistics("leaver", "", "")
		f.statistics("leaver", "stage", "")
		_, err = f.as("leaver").Statistics(ctx, StatisticsQuery{Kind: "customer"})
		f.refused(err, fault.Locked, "figures_budget")
		f.clock.advance(24 * time.Hour)
		f.statistics("leaver", "", "")
	})
}

// The packs: an analyst has figures of the business and no row of it, marketing those of amounts that
// it sees on no row.
func TestPacksWithFigures(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.enacts("boss", assigning(
			access.Assignment{Pack: "analyst", Who: policy.Clause{Person: f.id("leaver")}},
			access.Assignment{Pack: "marketing", Who: policy.Clause{Person: f.id("zhao")}}))
		for who, want := range map[string]string{"leaver": "contract customer opportunity payment ticket", "zhao": "contract opportunity", "lin": ""} {
			offer, err := f.as(who).StatisticsOffer(ctx)
			f.must(err)
			var kinds []string
			for _, k := range offer.Kinds {
				kinds = append(kinds, string(k.Kind))
			}
			slices.Sort(kinds)
			if got := strings.Join(kinds, " "); got != want {
				t.Errorf("%s: %s", who, got)
			}
		}
	})
}
