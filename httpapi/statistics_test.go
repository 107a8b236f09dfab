package httpapi_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// attack is somebody who has figures alone, asks everything that may be asked, and puts answers together.
type attack struct {
	*client
	offer store.StatisticsKind
}

// figuresOnly signs somebody in and reads what they may ask of customers.
func (p *program) figuresOnly(login string) *attack {
	p.t.Helper()
	c := p.as(login)
	offer := into[store.StatisticsOffer](c.get("/api/v1/statistics").must(200))
	i := slices.IndexFunc(offer.Kinds, func(k store.StatisticsKind) bool { return k.Kind == "customer" })
	if i < 0 || offer.Least != 10 || len(offer.Kinds[i].Groups) < 5 || len(offer.Kinds[i].Measures) == 0 {
		p.t.Fatalf("%s is offered %+v", login, offer)
	}
	return &attack{c, offer.Kinds[i]}
}

func (a *attack) asks(group, measure string) store.Statistics {
	a.p.t.Helper()
	return into[store.Statistics](a.get("/api/v1/statistics/of/customer?" + url.Values{"group": {group}, "measure": {measure}}.Encode()).must(200))
}

// everything is all that may be asked, as it is told.
func (a *attack) everything() map[string][]store.StatisticsBar {
	a.p.t.Helper()
	out := map[string][]store.StatisticsBar{}
	measures := []string{"count"}
	for _, m := range a.offer.Measures {
		measures = append(measures, m.Ask)
	}
	for _, group := range append([]store.StatisticsField{{}}, a.offer.Groups...) {
		for _, measure := range measures {
			out[group.Ask+" "+measure] = a.asks(group.Ask, measure).Groups
		}
	}
	return out
}

// bring imports customers: so many of each industry, the seller's and their colleague's in turn.
func (p *program) bring(from string, sizes map[string]int) {
	p.t.Helper()
	var table strings.Builder
	table.WriteString("name,industry,stage,owner,annual_sales,currency\n")
	n := 0
	for _, industry := range slices.Sorted(maps.Keys(sizes)) {
		for i := range sizes[industry] {
			fmt.Fprintf(&table, "%s%s%d,%s,%s,%s,%d.00,CNY\n", from, industry, i, industry, []string{"lead", "intent"}[n%2], []string{"seller", "rival"}[n/2%2], 10_000+137*n)
			n++
		}
	}
	boss := p.as("boss")
	if done := boss.ordered("imports", boss.upload("customers.csv", table.String(), "kind", "customer", "mode", "run")); done.Created != n {
		p.t.Fatalf("%d of %d customers were brought in: %+v", done.Created, n, done)
	}
}

// Whoever has figures alone gets groups, counts, sums and averages, and not one row by any way; and by no answers put
// together, of two groupings, of two people, of two days, fewer records than a figure is of.
func TestFiguresWithoutRows(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		boss := p.as("boss")
		p.published(func(document map[string]any) {
			assignments, _ := document["assignments"].([]any)
			document["assignments"] = append(assignments, map[string]any{"pack": "analyst", "who": map[string]any{"person": p.people["staff"].String()}})
			rules, _ := document["rules"].([]any)
			document["rules"] = append(rules, map[string]any{"id": "nearly-all", "effect": "permit", "kind": "customer", "actions": []string{"figures"}, "where": map[string]any{"path": "all"}, "scene": "行业分析",
				"who": map[string]any{"any": []any{map[string]any{"person": p.people["auditor"].String()}}}, "when": map[string]any{"op": "ne", "field": "industry", "value": map[string]any{"text": "energy"}},
				"fields": []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "money", "level": "plain"}}})
		}).must(200)
		p.bring("一", map[string]int{"it": 52, "retail": 41, "finance": 24, "media": 12, "energy": 3})
		staff := p.figuresOnly("staff")

		// No row, whatever is asked for.
		id := into[ofItems[item]](boss.get("/api/v1/records/customer?limit=1").must(200)).Items[0].ID
		if rows := into[ofItems[item]](staff.get("/api/v1/records/customer").must(200)).Items; len(rows) != 0 {
			t.Errorf("%d rows", len(rows))
		}
		staff.get(customers(id)).must(404)
		staff.get(customers(id) + "/timeline").must(404)
		staff.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "分析", "format": "csv"}).must(403)
		if exact := into[store.Figures](staff.get("/api/v1/figures/customer?group=industry").must(200)); len(exact.Groups) != 0 {
			t.Errorf("exact figures: %+v", exact.Groups)
		}
		if found := staff.get("/api/v1/search?q=" + url.QueryEscape("一it")).must(200); strings.Contains(string(found.body), "一it1") {
			t.Errorf("found %s", found.body)
		}

		// What is told is near what is, and never of few; what is not told is never of few alone either, so that all
		// less the groups that are told leaves no small rest. The six that only one of the two may have figures of are
		// in no answer: they would be the difference.
		told := staff.everything()
		size := map[string]int64{}
		for _, g := range staff.offer.Groups {
			truth := into[store.Figures](boss.get("/api/v1/figures/customer?" + url.Values{"group": {g.Ask}, "filter": {"r.industry != 'energy'"}}.Encode()).must(200))
			clear(size)
			for _, bar := range truth.Groups {
				size[bar.Key] = bar.Count
			}
			var rest int64
			for _, bar := range told[g.Ask+" count"] {
				n := size[bar.Key]
				switch {
				case !bar.Shown:
					rest += n
					if bar.Count != 0 || len(bar.Sum)+len(bar.Average) > 0 {
						t.Errorf("%s %s is not shown and told: %+v", g.Ask, bar.Key, bar)
					}
				case n < 10 || bar.Count <= n-5 || bar.Count >= n+5 || bar.Count%5 != 0:
					t.Errorf("%s %s is of %d and told as %+v", g.Ask, bar.Key, n, bar)
				}
			}
			if rest > 0 && rest < 10 {
				t.Errorf("%s: all less what is told leaves %d", g.Ask, rest)
			}
		}
		sums := told["industry sum:annual_sales"]
		for _, bar := range sums {
			sum, _ := strconv.ParseFloat(bar.Sum["CNY"], 64)
			average, _ := strconv.ParseFloat(bar.Average["CNY"], 64)
			switch bar.Key {
			case "it", "retail":
				if !bar.Shown || sum < 400_000 || average < 10_000 || average > 40_000 {
					t.Errorf("%+v", bar)
				}
			case "energy":
				if bar.Shown || len(bar.Sum) > 0 {
					t.Errorf("%+v", bar)
				}
			}
		}
		if shown := slices.DeleteFunc(slices.Clone(told["industry count"]), func(b store.StatisticsBar) bool { return !b.Shown }); len(shown) < 3 {
			t.Errorf("by industry %+v is told", shown)
		}

		// Two people whose records differ by six are told the same, to the last digit.
		if nearly := p.figuresOnly("auditor").everything(); fmt.Sprint(nearly) != fmt.Sprint(told) {
			t.Errorf("who has all but six is told\n%v\nwho has all\n%v", nearly, told)
		}
		// A day with four more is the day before; one with many is not.
		p.bring("二", map[string]int{"media": 4})
		clock.advance(24 * time.Hour)
		staff = p.figuresOnly("staff")
		if next := staff.everything(); fmt.Sprint(next) != fmt.Sprint(told) {
			t.Errorf("four customers changed what is told:\n%v\n%v", told, next)
		}
		p.bring("三", map[string]int{"finance": 26})
		clock.advance(24 * time.Hour)
		staff, boss = p.figuresOnly("staff"), p.as("boss")
		if later := staff.everything(); fmt.Sprint(later) == fmt.Sprint(told) {
			t.Error("thirty customers changed nothing")
		}

		// Nothing narrows a question, and there are so many of them in a day.
		for _, q := range []string{"filter=true", "q=x", "group=name", "group=phone", "group=day(created_at)", "measure=sum:phone", "measure=max:annual_sales", "ids=1"} {
			staff.get("/api/v1/statistics/of/customer?" + q).must(400)
		}
		staff.get("/api/v1/statistics/of/activity").is(403, "figures")
		left := staff.asks("", "count").Left
		set := into[store.WrittenStatisticsSettings](boss.get("/api/v1/statistics/settings").must(200))
		boss.do("PUT", "/api/v1/statistics/settings", map[string]any{"least": set.Least, "budget": set.Budget - left + 1}, "If-Match", fmt.Sprint(set.Version)).must(200)
		if now := staff.asks("industry", "count"); now.Left != 0 {
			t.Errorf("%d questions are left", now.Left)
		}
		staff.get("/api/v1/statistics/of/customer?group=stage").is(429, "figures_budget")

		// Each question is on record, and the right ends with what gave it.
		asked := p.as("auditor").search(url.Values{"person": {p.people["staff"].String()}, "group": {"reads"}})
		figures := 0
		for _, it := range asked {
			if it.Action == string(policy.Figures) {
				figures++
			}
		}
		if want := set.Budget - left + 1; figures < want {
			t.Errorf("%d of %d questions of today are on record", figures, want)
		}
		boss.do("DELETE", "/api/v1/policy/rules/nearly-all", nil).must(204)
		p.as("auditor").get("/api/v1/statistics/of/customer").is(403, "figures")
	})
}
