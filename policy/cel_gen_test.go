package policy

import (
	"fmt"
	"math"

	"pgregory.net/rapid"
)

// condGen draws conditions that CheckCond passes, of every operator and type. Some say the same
// in a form that is not the canonical one.
type condGen struct {
	schema *Schema
	left   int // nodes still free
}

// drawCond draws a valid condition over records of a kind.
func drawCond(t *rapid.T, schema *Schema, kind Kind) *Cond {
	g := condGen{schema: schema, left: 30}
	c := g.cond(t, schema.Kind(kind), 5)
	return &c
}

func (g *condGen) cond(t *rapid.T, kind *KindSchema, depth int) Cond {
	g.left--
	if depth <= 0 || g.left <= 0 {
		return g.leaf(t, kind)
	}
	switch rapid.IntRange(0, 9).Draw(t, "node") {
	case 0, 1:
		return g.group(t, OpAll, kind, depth)
	case 2, 3:
		return g.group(t, OpAny, kind, depth)
	case 4:
		return Cond{Op: OpNot, Args: []Cond{g.cond(t, kind, depth-1)}}
	case 5:
		var many []Relation
		for _, r := range kind.Relations {
			if r.Many {
				many = append(many, r)
			}
		}
		if len(many) == 0 {
			break
		}
		r := rapid.SampledFrom(many).Draw(t, "relation")
		c := Cond{Op: OpExists, Relation: r.Name}
		if rapid.Bool().Draw(t, "asked") {
			c.Args = []Cond{g.cond(t, g.schema.Kind(r.Kind), depth-1)}
		}
		return c
	case 6:
		return Cond{Op: OpKnown, CEL: rapid.SampledFrom([]string{
			"p.level > 3", "ctx.network == \"office\"", "p.vip", "p.id in p.units", "has(p.zone)", "p.a && (p.b || !p.c)",
			"ctx.now < date('2026-12-31')", "p.units.exists(u, u == '5')", "p.a ? p.b : p.c", "!(p.a ? p.b : p.c)", "size(p.positions) >= 2",
			"ctx.now.getHours(\"Asia/Shanghai\") < 18", "p.region == '华\\n东\\''",
		}).Draw(t, "known")}
	}
	return g.leaf(t, kind)
}

func (g *condGen) group(t *rapid.T, op Op, kind *KindSchema, depth int) Cond {
	c := Cond{Op: op}
	for range rapid.IntRange(1, 3).Draw(t, "width") {
		c.Args = append(c.Args, g.cond(t, kind, depth-1))
	}
	return c
}

// leaf draws a condition on a field of the record or of a parent that is always there.
func (g *condGen) leaf(t *rapid.T, kind *KindSchema) Cond {
	prefix, on := "", kind
	for _, r := range kind.Relations {
		if r.NotNull && !r.Many && rapid.IntRange(0, 3).Draw(t, "parent") == 0 {
			prefix, on = r.Name+".", g.schema.Kind(r.Kind)
			break
		}
	}
	f := rapid.SampledFrom(on.Fields).Draw(t, "field")
	c := Cond{Field: prefix + f.Name}
	ops := map[Type][]Op{
		Text: {OpEq, OpNe, OpIn, OpStarts, OpEnds, OpContains, OpHas}, Ref: {OpEq, OpNe, OpIn, OpHas}, Bool: {OpEq, OpNe, OpHas, OpIn},
		Int: {OpEq, OpNe, OpLt, OpLe, OpGt, OpGe, OpIn, OpHas}, Set: {OpTag, OpHas}, Place: {OpWithin, OpHas},
	}
	ops[Number], ops[Money], ops[Time] = ops[Int], ops[Int], ops[Int]
	c.Op = rapid.SampledFrom(ops[f.Type]).Draw(t, "op")
	switch c.Op {
	case OpHas:
	case OpWithin:
		// Not near (0, 0), which stands for an unknown place.
		c.Point = &LatLng{Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lng: rapid.Float64Range(1, 180).Draw(t, "lng") * rapid.SampledFrom([]float64{-1, 1}).Draw(t, "side")}
		c.Meters = rapid.Float64Range(0.001, maxMeters).Draw(t, "meters")
	case OpIn:
		n := rapid.IntRange(1, 4).Draw(t, "values")
		for range n {
			c.Values = append(c.Values, g.operand(t, f.Type, c.Op, n == 1))
		}
	case OpTag, OpStarts, OpEnds, OpContains:
		o := g.operand(t, Text, c.Op, false)
		if o.Text != nil && *o.Text == "" {
			o.Text = pointerTo("x")
		}
		c.Value = &o
	default:
		o := g.operand(t, f.Type, c.Op, false)
		if rapid.IntRange(0, 5).Draw(t, "columns") == 0 {
			var same []string
			for _, other := range on.Fields {
				if other.Type == f.Type {
					same = append(same, other.Name)
				}
			}
			o = Operand{Field: rapid.SampledFrom(same).Draw(t, "other")}
		}
		c.Value = &o
	}
	return c
}

// Values that conditions and rows share, so that comparisons often meet.
var (
	someTexts   = []string{"", "won", "深圳市南山区", `it's "quoted"`, `back\slash\`, "a\nb\r\tc", "\u2028\u0085\u007f\x01", "%_*?", "😀", "a", "x"}
	someNumbers = []float64{0, 1, -1, 0.1, 0.30000000000000004, 5, 1e300}
	someAmounts = []int64{0, 1, -1, 50_000, 10_000, 12_345_678, 8_999_999_999_999_999}
	someTimes   = []string{"2026-01-31", "0001-01-01", "9999-12-31", "2024-02-29T23:59:59Z", "2026-01-31T08:00:00.123456+08:00", "2026-01-31T08:00:00-00:00"}
)

// drawRow draws a record of a kind whose fields are sometimes missing, with its parents and, to
// a depth, its related records.
func drawRow(t *rapid.T, schema *Schema, kind *KindSchema, depth int) *Row {
	row := &Row{Kind: kind.Name, ID: 1, Values: map[string]Value{}, Parents: map[string]*Row{}, Related: map[string][]*Row{}}
	for _, f := range kind.Fields {
		if f.NotNull || rapid.IntRange(0, 4).Draw(t, "present") > 0 {
			row.Values[f.Name] = drawValue(t, f.Type)
		}
	}
	for _, r := range kind.Relations {
		switch {
		case r.NotNull:
			row.Parents[r.Name] = drawRow(t, schema, schema.Kind(r.Kind), 0)
		case r.Many && depth > 0:
			for range rapid.IntRange(0, 2).Draw(t, "related") {
				row.Related[r.Name] = append(row.Related[r.Name], drawRow(t, schema, schema.Kind(r.Kind), depth-1))
			}
		}
	}
	return row
}

func drawValue(t *rapid.T, typ Type) Value {
	switch typ {
	case Text:
		return TextOf(rapid.SampledFrom(someTexts).Draw(t, "text"))
	case Int:
		return IntOf(rapid.Int64Range(-2, 6).Draw(t, "int"))
	case Number:
		return NumberOf(rapid.SampledFrom(someNumbers).Draw(t, "number"))
	case Money:
		return MoneyOf(rapid.SampledFrom(someAmounts).Draw(t, "money"))
	case Time:
		at, err := ParseTime(rapid.SampledFrom(someTimes).Draw(t, "time"))
		if err != nil {
			t.Fatal(err)
		}
		return TimeOf(at)
	case Bool:
		return BoolOf(rapid.Bool().Draw(t, "bool"))
	case Ref:
		return RefOf(ID(rapid.Int64Range(1, 5).Draw(t, "ref")))
	case Set:
		return SetOf(rapid.SliceOfN(rapid.SampledFrom(someTexts), 0, 3).Draw(t, "set")...)
	}
	return PlaceOf(rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(0.1, 180).Draw(t, "lng"))
}

// drawSubject draws a person whose attributes are those that the drawn conditions read, each
// of its type or missing.
func drawSubject(t *rapid.T) *Subject {
	s := &Subject{Person: ID(rapid.Int64Range(0, 5).Draw(t, "person")), Attrs: map[string]Value{}}
	for range rapid.IntRange(0, 3).Draw(t, "units") {
		s.Units = append(s.Units, ID(rapid.Int64Range(1, 5).Draw(t, "unit")))
	}
	for _, position := range rapid.SliceOfN(rapid.SampledFrom([]string{"a", "sales"}), 0, 2).Draw(t, "positions") {
		s.Posts = append(s.Posts, Post{Position: position})
	}
	for _, a := range []struct {
		name string
		typ  Type
	}{
		{"level", Int}, {"rate", Number}, {"limit", Money}, {"since", Time}, {"vip", Bool}, {"boss", Ref}, {"region", Text}, {"zones", Set},
		{"a", Bool}, {"b", Bool}, {"c", Bool},
	} {
		if rapid.IntRange(0, 3).Draw(t, "has "+a.name) > 0 {
			s.Attrs[a.name] = drawValue(t, a.typ)
			switch {
			case a.typ == Set: // what is no id makes the engine say unknown, and CEL say no
				s.Attrs[a.name] = SetOf("1", "3")
			case a.typ == Text && s.Attrs[a.name].Text() == "": // an empty needle is unknown to the engine, and in every text to CEL
				s.Attrs[a.name] = TextOf("a")
			}
		}
	}
	return s
}

func drawContext(t *rapid.T) *Context {
	at, err := ParseTime(rapid.SampledFrom(someTimes).Draw(t, "now"))
	if err != nil {
		t.Fatal(err)
	}
	return &Context{Now: at, Channel: "web", Device: "phone", Network: rapid.SampledFrom([]string{"office", "outside", ""}).Draw(t, "network")}
}

func pointerTo[T any](v T) *T { return &v }

// knownTexts are expressions over p and ctx, by the type they give.
var knownTexts = map[Type][]string{
	Text:   {"p.id", "p.region", "ctx.channel", "p.a + 'x'", "p.a ? 'y' : \"z'\""},
	Int:    {"p.level", "size(p.units)", "p.level * 2", "-p.level"},
	Number: {"p.rate", "double(p.rate) / 3.0", "p.rate * 1.5e-7"},
	Money:  {"p.limit", "double(p.limit) - 1.0"},
	Time:   {"ctx.now", "ctx.now - duration('720h')", "ctx.now + duration('1h30m') - duration('5s')", "p.since"},
	Bool:   {"p.vip", "p.level > 3", "p.a == p.b || p.c", "!p.vip", "'a' in p.positions"},
	Ref:    {"p.id", "p.boss", "p.units[0]"},
}

func (g *condGen) operand(t *rapid.T, want Type, op Op, alone bool) Operand {
	if rapid.IntRange(0, 4).Draw(t, "known") == 0 && g.left > 0 {
		g.left--
		// A single expression that gives no list counts as a list of one here and is an error to
		// CEL, so alone stand only those that give lists, and those whose type says that they do not.
		switch lists := []string{"p.units", "p.zones", "p.units.filter(u, u != '5')"}; {
		case alone && want == Text:
			return Operand{CEL: rapid.SampledFrom(append(lists, "p.id", "p.units + p.positions")).Draw(t, "cel")}
		case alone && want == Ref:
			return Operand{CEL: rapid.SampledFrom(append(lists, "p.id", "p.units[0]")).Draw(t, "cel")}
		case alone && want == Time:
			return Operand{CEL: "ctx.now"}
		case alone:
			return Operand{CEL: map[Type]string{Int: "size(p.units)", Number: "double(p.rate)", Money: "double(p.limit)", Bool: "p.a == p.b"}[want]}
		}
		return Operand{CEL: rapid.SampledFrom(knownTexts[want]).Draw(t, "cel")}
	}
	switch want {
	case Text:
		return Operand{Text: pointerTo(rapid.OneOf(
			rapid.SampledFrom(someTexts),
			rapid.Map(rapid.String(), dropNUL),
		).Draw(t, "text"))}
	case Int:
		return Operand{Int: pointerTo(rapid.OneOf(rapid.Int64Range(-2, 6), rapid.Int64()).Draw(t, "int"))}
	case Number:
		f := rapid.OneOf(rapid.SampledFrom(someNumbers), rapid.Float64()).Draw(t, "number")
		if math.IsInf(f, 0) || math.IsNaN(f) {
			f = 0.1
		}
		return Operand{Number: &f}
	case Money:
		n := rapid.OneOf(rapid.SampledFrom(someAmounts), rapid.Int64Range(-9e15+1, 9e15-1)).Draw(t, "money")
		text := FormatMoney(n)
		if n%100_000 == 0 {
			text = fmt.Sprint(n / 10_000)
		}
		return Operand{Money: &text}
	case Time:
		return Operand{Time: pointerTo(rapid.SampledFrom(someTimes).Draw(t, "time"))}
	case Bool:
		return Operand{Bool: pointerTo(rapid.Bool().Draw(t, "bool"))}
	}
	return Operand{Ref: pointerTo(ID(rapid.OneOf(rapid.Int64Range(1, 5), rapid.Int64Range(1, 1<<53-1)).Draw(t, "ref")))}
}

func dropNUL(s string) string {
	out := []rune{}
	for _, r := range s {
		if r != 0 {
			out = append(out, r)
		}
	}
	return string(out)
}
