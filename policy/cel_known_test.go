package policy

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func knownWorld() (*Subject, *Context) {
	return &Subject{
			Person: 7, Units: []ID{3, 5}, Posts: []Post{{Position: "sales"}, {Position: "head"}, {Position: "sales"}},
			Attrs: map[string]Value{
				"level": IntOf(4), "rate": NumberOf(0.25), "limit": MoneyOf(12_345_600), "since": MicrosOf(0), "vip": BoolOf(true),
				"boss": RefOf(9), "region": TextOf("华东"), "zones": SetOf("3", "8"), "odd": SetOf("3", "x"), "home": PlaceOf(1, 2),
			},
		}, &Context{
			Now: time.Date(2026, 3, 31, 10, 0, 0, 123456789, time.UTC), Channel: "web", Device: "phone",
		}
}

func TestKnownValues(t *testing.T) {
	s, ctx := knownWorld()
	for _, c := range []struct {
		text string
		want Value
	}{
		{"p.id", TextOf("7")},
		{"p.id", RefOf(7)},
		{"p.boss", RefOf(9)},
		{"p.boss", TextOf("9")},
		{"p.units[0]", RefOf(3)},
		{"p.level * 2", IntOf(8)},
		{"p.level", NumberOf(4)},
		{"p.level", MoneyOf(40_000)},
		{"p.limit", MoneyOf(12_345_600)},
		{"p.limit", NumberOf(1234.56)},
		{"p.limit * 0.1", MoneyOf(1_234_560)},
		{"p.rate", NumberOf(0.25)},
		{"p.since", MicrosOf(0)},
		{"ctx.now", MicrosOf(1_774_951_200_123_456)},
		{"ctx.now - duration('720h')", MicrosOf(1_774_951_200_123_456 - 720*3600*1_000_000)},
		{"date('2026-03-31')", TimeOf(time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC))},
		{"p.vip && ctx.channel == 'web'", BoolOf(true)},
		{"p.region + '区'", TextOf("华东区")},
		{"'head' in p.positions ? 'a' : 'b'", TextOf("a")},
		{"p.positions[1]", TextOf("sales")},
		// What has another type, is missing or goes wrong cannot be evaluated.
		{"p.region", Value{typ: Ref}},
		{"p.region", Value{typ: Money}},
		{"p.rate", Value{typ: Int}},
		{"p.id", Value{typ: Int}},
		{"p.nothing", Value{typ: Text}},
		{"p.home", Value{typ: Text}},
		{"ctx.network", Value{typ: Text}},
		{"p.units[7]", Value{typ: Ref}},
		{"p.level / 0", Value{typ: Int}},
		{"p.rate / 0.0", Value{typ: Number}},
		{"p.rate * 1e300", Value{typ: Money}},
		{"p.level * 900000000000", Value{typ: Money}},
		{"p.region + '\\u0000'", Value{typ: Text}},
		{"timestamp(p.region)", Value{typ: Time}},
		{"date(p.region)", Value{typ: Time}},
		{"p.units", Value{typ: Text}},
		{"p.zones", Value{typ: Set}},
	} {
		k, err := compileKnown(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got, ok := k.value(c.want.typ, s, ctx)
		wants := c.want.Equal(c.want) && (c.want.n != 0 || c.want.f != 0 || c.want.text != "" || c.text == "p.since")
		if ok != wants || ok && !got.Equal(c.want) {
			t.Errorf("%s as %s gives %+v, %v", c.text, c.want.typ, got, ok)
		}
		if got, ok := k.value(c.want.typ, nil, nil); ok && strings.Contains(c.text, "p.") {
			t.Errorf("%s gives %+v without a subject", c.text, got)
		}
	}
}

func TestKnownLists(t *testing.T) {
	s, ctx := knownWorld()
	for _, c := range []struct {
		text string
		typ  Type
		want []Value
		ok   bool
	}{
		{"p.units", Ref, []Value{RefOf(3), RefOf(5)}, true},
		{"p.units", Text, []Value{TextOf("3"), TextOf("5")}, true},
		{"p.zones", Ref, []Value{RefOf(3), RefOf(8)}, true},
		{"p.zones", Text, []Value{TextOf("3"), TextOf("8")}, true},
		{"p.positions.filter(x, x == 'none')", Text, []Value{}, true},
		{"p.boss", Ref, []Value{RefOf(9)}, true},
		{"[1, p.level]", Int, []Value{IntOf(1), IntOf(4)}, true},
		{"p.odd", Ref, nil, false},
		{"p.units", Int, nil, false},
		{"p.nothing", Ref, nil, false},
		{"p.region", Ref, nil, false},
	} {
		k, err := compileKnown(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got, ok := k.list(c.typ, s, ctx)
		if ok != c.ok || ok && !slices.EqualFunc(got, c.want, Value.Equal) {
			t.Errorf("%s as %s gives %+v, %v", c.text, c.typ, got, ok)
		}
	}
}

func TestKnownTruth(t *testing.T) {
	s, ctx := knownWorld()
	for text, want := range map[string]Tri{
		"p.level > 3":                            Yes,
		"p.level > 4":                            No,
		"p.nothing > 4":                          Unknown,
		"p.nothing > 4 || p.vip":                 Yes,
		"p.nothing > 4 && !p.vip":                No,
		"has(p.nothing)":                         No,
		"has(p.region)":                          Yes,
		"has(ctx.network)":                       No,
		"p.region":                               Unknown,
		"p.zones.exists(z, z in p.units)":        Yes,
		"ctx.now < date('2026-04-01')":           Yes,
		"ctx.now.getHours('+08:00') == 18":       Yes,
		"p.region.matches('^华')":                 Yes,
		"p.home == p.home":                       Unknown,
		"p.units.map(u, u + u).size() == 2":      Yes,
		"ctx.device == 'phone' ? p.vip : !p.vip": Yes,
	} {
		k, err := compileKnown(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := k.truth(s, ctx); got != want {
			t.Errorf("%s is %s, wants %s", text, got, want)
		}
	}
}

// An expression cannot cost more than its bound, whatever it says.
func TestKnownCostIsBounded(t *testing.T) {
	s, ctx := knownWorld()
	ten := "[0,1,2,3,4,5,6,7,8,9]"
	k, err := compileKnown("p.vip && " + ten + ".all(a, " + ten + ".all(b, " + ten + ".all(c, " + ten + ".all(d, " + ten + ".all(e, a + b + c + d + e >= 0)))))")
	if err != nil {
		t.Fatal(err)
	}
	if got := k.truth(s, ctx); got != Unknown {
		t.Errorf("a hundred thousand steps are evaluated to %s", got)
	}
}

func TestKnownIsSharedBetweenGoroutines(t *testing.T) {
	schema := testSchema(t)
	s, ctx := knownWorld()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				k, err := compileKnown("p.level > 3 && 'sales' in p.positions")
				if err != nil || k.truth(s, ctx) != Yes {
					t.Error(err)
				}
				if _, err := ParseCEL(schema, "customer", "r.vip && r.owner == p.id && r.tickets.exists(t, t.open)"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
