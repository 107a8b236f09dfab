package store

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
)

// Figures are what one reckons by hand from the plain values of the list, for everybody, whatever
// guards lower on some records: two figures differ by nothing that a list would not show.
func TestFiguresAreTheList(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		random := rand.New(rand.NewPCG(3, 4))
		pick := func(list ...string) string { return list[random.IntN(len(list))] }
		for i := range 60 {
			more := []string{"type=\"" + pick("company", "individual") + `"`}
			if random.IntN(4) > 0 {
				more = append(more, fmt.Sprintf(`annual_sales="%d.%02d"`, random.IntN(2_000_000_000)-1000, random.IntN(100)), "currency=\""+pick("CNY", "CNY", "USD")+`"`)
			}
			if random.IntN(3) > 0 {
				more = append(more, "employees="+fmt.Sprint(random.IntN(500)))
			}
			// A masked field without a value shows in no list, so every customer has one; that those
			// without fall out as well is for the laws to say.
			more = append(more, "birthday=\""+pick("1969-12-31", "1970-01-01", "1985-02-28", "1985-03-01", "2000-12-31")+`"`)
			f.customer(pick("lin", "wang", "zhao", "boss"), fmt.Sprint("客户", i), strings.Join(more, ";"))
			f.clock.advance(time.Duration(random.IntN(20*24)) * time.Hour)
		}
		guard := func(id, cond string, rules ...policy.FieldRule) {
			st, err := f.db.state(ctx, DefaultTenant)
			f.must(err)
			when, err := policy.ParseCEL(st.catalog.Schema(), "customer", cond)
			f.must(err)
			_, err = f.as("admin").PutRule(ctx, policy.Rule{ID: id, Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("chief")}, {Person: f.id("lin")}}}, Kind: "customer",
				Actions: []policy.Action{policy.Read}, Where: everything, When: when, Fields: rules, Scene: "试用"})
			f.must(err)
		}
		guard("no-money", "r.type == 'individual'", policy.FieldRule{Class: policy.Amount, Level: policy.Masked})
		guard("no-owner", "r.employees < 100", policy.FieldRule{Field: "owner", Level: policy.Hidden}, policy.FieldRule{Field: "created_at", Level: policy.Hidden})
		guard("no-currency", "r.employees > 400", policy.FieldRule{Field: "currency", Level: policy.Hidden})
		for _, who := range []string{"boss", "chief", "lin", "wang", "auditor", "leaver"} {
			all := f.list(who, "customer")
			for _, group := range []string{"", "owner", "unit", "type", "stage", "month(created_at)", "month(birthday)", "quarter(created_at)", "day(birthday)", "year(birthday)"} {
				for _, measure := range []string{"", "sum:annual_sales", "sum:employees"} {
					got, err := f.as(who).Figures(ctx, FiguresQuery{Kind: "customer", Group: group, Measure: measure})
					f.must(err)
					if want, have := reckoned(all, group, strings.TrimPrefix(measure, "sum:")), barsOf(got); !slices.Equal(want, have) {
						t.Errorf("%s, %s of %s:\n got %v\nwant %v", who, measure, group, have, want)
					}
				}
			}
		}
		some, err := f.as("wang").Figures(ctx, FiguresQuery{Kind: "customer", Group: "owner", Filter: "r.owner == p.id"})
		f.must(err)
		if len(some.Groups) != 1 || some.Groups[0].Title != "wang" || some.Groups[0].Key != f.id("wang").String() {
			t.Errorf("%+v", some.Groups)
		}
		// What cannot be grouped by or measured, and what is hidden from somebody, are one.
		for _, q := range []FiguresQuery{{Group: "name"}, {Group: "nothing"}, {Group: "created_at"}, {Group: "month(name)"}, {Group: "month(owner)"}, {Group: "tags"}, {Group: "id"}, {Group: "parent"}} {
			q.Kind = "customer"
			_, err := f.as("wang").Figures(ctx, q)
			f.refused(err, fault.Invalid, "group")
		}
		for _, measure := range []string{"sum", "sum:", "sum:name", "sum:nothing", "max:annual_sales", "sum:created_at"} {
			_, err := f.as("wang").Figures(ctx, FiguresQuery{Kind: "customer", Measure: measure})
			f.refused(err, fault.Invalid, "measure")
		}
		_, err = f.as("boss").Figures(ctx, FiguresQuery{Kind: "unicorn"})
		f.refused(err, fault.NotFound, "kind")
	})
}

// reckoned counts and sums what stands plain in a list.
func reckoned(all []Item, group, measure string) []string {
	field := strings.TrimSuffix(group[strings.Index(group, "(")+1:], ")")
	counts, sums := map[string]int{}, map[string]map[string]int64{}
	for _, it := range all {
		key := ""
		if group != "" {
			if it.Masked[field] != "" || slices.Contains(it.Hidden, field) {
				continue
			}
			if v, there := it.plain[field]; there && !v.Missing() {
				switch {
				case v.Type() != policy.Time:
					key = fmt.Sprint(it.Fields[field])
				default:
					day := v.Time()
					if field == "created_at" {
						day = day.Add(8 * time.Hour)
					}
					switch group[:strings.Index(group, "(")] {
					case "day":
						key = day.Format("2006-01-02")
					case "month":
						key = day.Format("2006-01")
					case "quarter":
						key = fmt.Sprintf("%d-Q%d", day.Year(), (day.Month()-1)/3+1)
					case "year":
						key = day.Format("2006")
					}
				}
			}
		}
		if measure != "" {
			v, there := it.plain[measure]
			if !there || v.Missing() {
				continue
			}
			currency := ""
			if v.Type() == policy.Money {
				unit, there := it.plain["currency"]
				if !there {
					continue
				}
				currency = unit.Text()
			}
			if sums[key] == nil {
				sums[key] = map[string]int64{}
			}
			sums[key][currency] += v.Int()
		}
		counts[key]++
	}
	var out []string
	for key, n := range counts {
		line := fmt.Sprint(key, " ", n)
		for _, currency := range slices.Sorted(maps.Keys(sums[key])) {
			amount := fmt.Sprint(sums[key][currency])
			if currency != "" {
				amount = policy.FormatMoney(sums[key][currency])
			}
			line += " " + currency + amount
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func barsOf(f *Figures) []string {
	var out []string
	for _, g := range f.Groups {
		line := fmt.Sprint(g.Key, " ", g.Count)
		for _, currency := range slices.Sorted(maps.Keys(g.Sum)) {
			line += " " + currency + g.Sum[currency]
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// Many groups become one beyond the first 200, and nothing is lost.
func TestManyGroups(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		for i := range 230 {
			f.customer("lin", fmt.Sprint("客户", i), `annual_sales="1.50";birthday="`+time.Date(1990, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)+`"`)
		}
		got, err := f.as("boss").Figures(context.Background(), FiguresQuery{Kind: "customer", Group: "day(birthday)", Measure: "sum:annual_sales"})
		f.must(err)
		if len(got.Groups) != 200 || got.Groups[0].Key != "1990-01-01" || got.Other == nil || got.Other.Groups != 30 || got.Other.Count != 30 || got.Other.Sum["CNY"] != "45.00" {
			t.Errorf("%d groups, other %+v", len(got.Groups), got.Other)
		}
	})
}
