package mark_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"guan/mark"
)

func key(t testing.TB) mark.Key {
	t.Helper()
	k, err := mark.ParseKey(mark.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// samples are values with the form in which they are written.
var samples = []struct {
	form mark.Form
	text string
}{
	{mark.Phone, "13800138000"}, {mark.Phone, "0755-86123456"}, {mark.Phone, "+44 20 7946 0958"}, {mark.Phone, "400-810-1234"}, {mark.Phone, "0755-86123456-801"},
	{mark.Amount, "1200.00"}, {mark.Amount, "1200.50"}, {mark.Amount, "0.00"}, {mark.Amount, "-12.34"}, {mark.Amount, "1.2345"}, {mark.Amount, "1.234"}, {mark.Amount, "899999999999.99"},
	{mark.Day, "2026-03-01"}, {mark.Day, "2026-03-01 10:20:30"}, {mark.Day, "2026-03-01 10:20:00"}, {mark.Day, "2026-03-01 10:20:30.5"},
	{mark.Prose, "深圳市南山区（科技园），三楼；找王经理！"}, {mark.Prose, "see (a), b; c"}, {mark.Prose, "地址:深圳(南山)"}, {mark.Prose, "）（（一）二）"},
	{mark.Prose, "13800138000"}, {mark.Prose, "x"}, {mark.Prose, "两行，\n第二行（好）"}, {mark.Prose, "科技路12号（南区），B座3楼"}, {mark.Prose, "与 SAP 对接，见A-1座 2 楼"}, {mark.Prose, "1号 楼"}, {mark.Day, "2026-12-10"}, {mark.Fixed, "意向"}, {mark.Fixed, "007"}, {mark.Fixed, ""}, {mark.Prose, "   "},
}

// Whatever way a copy writes a value in, it means the same, and the copy is read off it.
func TestFormsMeanTheSame(t *testing.T) {
	k := key(t)
	for _, s := range samples {
		want, ways := mark.Read(s.text).Means, map[string]bool{}
		for id := range int64(400) {
			c := k.Copy(id)
			text, format := c.Write(7, s.form, s.text)
			ways[text] = true
			got := mark.Read(text)
			if got.Means != want {
				t.Fatalf("%q is written as %q, which means %q and not %q", s.text, text, got.Means, want)
			}
			var table mark.Table
			table.Add(7, []mark.Cell{got.WithFormat(format)})
			for _, row := range table.Rows() {
				c.Agrees(row, func(_ mark.Value, site mark.Site, agrees bool) {
					if (site.Form == s.form || site.Form == mark.Format || s.form == mark.Prose && (site.Form == mark.Ending || site.Form == mark.Spacing)) && !agrees {
						t.Fatalf("%q written as %q: the %s does not agree", s.text, text, site.Form)
					}
				})
			}
		}
		if s.form == mark.Fixed && len(ways) != 1 {
			t.Errorf("%q is to stay as it is: %v", s.text, ways)
		}
	}
	for text, ways := range map[string]int{"13800138000": 4, "0755-86123456": 2, "1200.00": 2, "-12.34": 2, "1.2345": 1, "2026-03-01": 4, "2026-03-01 10:20:30": 4, "2026-12-10": 2} {
		form := mark.Phone
		switch {
		case strings.Contains(text, "."):
			form = mark.Amount
		case strings.HasPrefix(text, "2026"):
			form = mark.Day
		}
		seen := map[string]bool{}
		for id := range int64(200) {
			written, _ := k.Copy(id).Write(1, form, text)
			seen[written] = true
		}
		if len(seen) != ways {
			t.Errorf("%s is written in %d ways: %v", text, len(seen), seen)
		}
	}
}

// What Excel makes of a cell when it writes a table anew means the same still.
func TestExcelKeepsTheMeaning(t *testing.T) {
	for _, same := range [][]string{
		{"1200.00", "1200", "1200.0"}, {"2026-03-01", "2026/3/1", "2026/03/01"}, {"2026-03-01 09:05:00", "2026/3/1 9:05"},
		{"138 0013 8000", "13800138000", "138\u00a00013\u00a08000"}, {"深圳（南山）", "深圳(南山)", "深圳（南山） "},
		{"科技路12号B座", "科技路 12 号 B 座", "科技路12 号 B座"},
	} {
		for _, text := range same[1:] {
			if a, b := mark.Read(same[0]), mark.Read(text); a.Means != b.Means {
				t.Errorf("%q means %q, %q means %q", same[0], a.Means, text, b.Means)
			}
		}
	}
	for _, other := range [][2]string{{"1200", "120"}, {"2026-03-01", "2026-01-03"}, {"13800138000", "13800138001"}, {"深圳", "深 圳"}, {"A 座", "A  座"}, {"12 3号", "123号"}} {
		if mark.Read(other[0]).Means == mark.Read(other[1]).Means {
			t.Errorf("%q and %q mean the same", other[0], other[1])
		}
	}
}

func table(c *mark.Copy, from, rows, cells int) []mark.Row {
	var out mark.Table
	for i := range rows {
		var list []mark.Cell
		for j := range cells {
			text, format := c.Write(int64(from+i), mark.Fixed, fmt.Sprintf("值 %d", j))
			list = append(list, mark.Cell{Column: j, Means: mark.Read(text).Means}.WithFormat(format))
		}
		out.Add(int64(from+i), list)
	}
	return out.Rows()
}

func weigh(c *mark.Copy, rows []mark.Row) float64 {
	var agreements []mark.Agreement
	for _, row := range rows {
		agreements = append(agreements, c.Agrees(row, nil))
	}
	return mark.Weigh(agreements)
}

// The weight is a likelihood ratio: over copies that had no part in a table its mean is at most 1, and it
// is over w no more often than once in w. Whoever had a part stands out.
func TestWeightIsBounded(t *testing.T) {
	k := key(t)
	for _, rows := range [][]mark.Row{table(k.Copy(-1), 0, 30, 4), table(k.Copy(-1), 0, 3, 2), table(k.Copy(-1), 0, 200, 1)} {
		const copies = 4000
		over := map[float64]int{}
		for id := range int64(copies) {
			w := weigh(k.Copy(id), rows)
			for _, limit := range []float64{10, 100, 1000} {
				if w >= math.Log(limit) {
					over[limit]++
				}
			}
		}
		for limit, n := range over {
			if allowed := copies/limit + 5*math.Sqrt(copies/limit) + 1; float64(n) > allowed {
				t.Errorf("%d of %d innocent copies are over %v", n, copies, limit)
			}
		}
	}
	rows := append(table(k.Copy(1), 0, 25, 4), table(k.Copy(2), 100, 25, 4)...)
	for id, guilty := range map[int64]bool{1: true, 2: true, 3: false, 4: false} {
		if w := weigh(k.Copy(id), rows); (w > 25) != guilty {
			t.Errorf("copy %d weighs %.1f", id, w)
		}
	}
	if w := weigh(k.Copy(1), nil); math.Abs(w) > 1e-9 {
		t.Errorf("nothing weighs %v", w)
	}
}

// The order of a copy speaks for that copy alone, and for it no more than chance allows.
func TestOrderIsBounded(t *testing.T) {
	k := key(t)
	const pairs, copies = 30, 4000
	agree := func(of, by *mark.Copy, mixed int) (n int) {
		for i := range int64(pairs) {
			a, b := 2*i, 2*i+1
			if of.Rank(a) > of.Rank(b) {
				a, b = b, a
			}
			if int(i) < mixed {
				a, b = 2*i, 2*i+1 // these stand as something else has sorted them
			}
			if by.Rank(a) < by.Rank(b) {
				n++
			}
		}
		return n
	}
	over := map[float64]int{}
	for id := range int64(copies) {
		w := mark.WeighOrder(pairs, agree(k.Copy(-1), k.Copy(id), 0))
		for _, limit := range []float64{10, 100} {
			if w >= math.Log(limit) {
				over[limit]++
			}
		}
	}
	for limit, n := range over {
		if allowed := copies / limit; float64(n) > allowed+5*math.Sqrt(allowed)+1 {
			t.Errorf("%d of %d innocent copies are over %v", n, copies, limit)
		}
	}
	if w := mark.WeighOrder(pairs, agree(k.Copy(1), k.Copy(1), 0)); w < 17 {
		t.Errorf("an order that was left alone weighs %.1f", w)
	}
	// How many of them agree all the same is chance, for each copy another.
	third := 0.0
	for id := range int64(200) {
		third += mark.WeighOrder(pairs, agree(k.Copy(id), k.Copy(id), 10)) / 200
	}
	if third < 3 {
		t.Errorf("a third in another order weighs %.1f on average", third)
	}
	if w := mark.WeighOrder(pairs, pairs/2); w < -0.7 || w > 0 {
		t.Errorf("a sorted table weighs %.2f", w)
	}
}

func column(n int, text string) mark.Cell {
	c := mark.Read(text)
	c.Column = n
	return c
}

// A value that stands in a table both ways, and a form that a program has taken out, say nothing.
func TestWhatSaysNothingIsLeftOut(t *testing.T) {
	var both mark.Table
	both.Add(1, []mark.Cell{mark.Read("2026-03-01")})
	both.Add(1, []mark.Cell{mark.Read("2026/3/1"), mark.Read("13800138000")})
	for _, row := range both.Rows() {
		for _, v := range row.Values {
			for _, s := range v.Sites {
				if s.Form != mark.Phone {
					t.Errorf("a %s is left", s.Form)
				}
			}
		}
	}
	var plain mark.Table
	for i := range int64(40) {
		plain.Add(i, []mark.Cell{column(0, "2026-03-01"), column(1, []string{"13800138000", "138 0013 8000"}[i%2])})
	}
	for _, row := range plain.Rows() {
		if len(row.Values) != 1 || len(row.Values[0].Sites) != 2 {
			t.Fatalf("%+v", row)
		}
	}
	var wide mark.Table
	for i := range 100 {
		wide.Add(1, []mark.Cell{mark.Cell{Means: fmt.Sprint(i)}.WithFormat(i%2 == 0)})
	}
	if a := key(t).Copy(1).Agrees(wide.Rows()[0], nil); a.Sites != 64 {
		t.Errorf("%d sites", a.Sites)
	}
}

// A code is read in whatever way it is typed; what is wrong in it is seen.
func TestCode(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		code := mark.NewCode()
		if got, ok := mark.ParseCode(strings.ToLower(strings.ReplaceAll(code, "-", " "))); !ok || got != code {
			t.Fatalf("%s is read as %s", code, got)
		}
		const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
		at := random.IntN(len(code))
		wrong := code[:at] + string(alphabet[random.IntN(32)]) + code[at+1:]
		if _, ok := mark.ParseCode(wrong); ok && wrong != code {
			t.Fatalf("%s passes for %s", wrong, code)
		}
	}
	if got, ok := mark.ParseCode(" o0il-1111 zz"); ok {
		t.Errorf("%s passes", got)
	}
	for _, text := range []string{"", "ABCD", "深圳", strings.Repeat("0", 12), "UUUU-UUUU-UU"} {
		if _, ok := mark.ParseCode(text); ok {
			t.Errorf("%q is a code", text)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	k := key(b)
	c := k.Copy(1)
	for i := 0; b.Loop(); i++ {
		s := samples[i%len(samples)]
		c.Write(int64(i), s.form, s.text)
	}
}

func BenchmarkAgrees(b *testing.B) {
	k := key(b)
	rows := table(k.Copy(1), 0, 200, 8)
	for i := 0; b.Loop(); i++ {
		weigh(k.Copy(int64(i)), rows)
	}
}
