package policy

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// parseCases are texts with the JSON of their trees, and where another text is the canonical
// one, that text.
var parseCases = []struct{ kind, text, tree, canonical string }{
	{"customer", `r.stage == 'won'`, `{"op":"eq","field":"stage","value":{"text":"won"}}`, ""},
	{"customer", `"won" == r.stage`, `{"op":"eq","field":"stage","value":{"text":"won"}}`, `r.stage == 'won'`},
	{"customer", `r.amount > 1000.5`, `{"op":"gt","field":"amount","value":{"money":"1000.50"}}`, `r.amount > 1000.50`},
	{"customer", `r.amount == 1000`, `{"op":"eq","field":"amount","value":{"money":"1000.00"}}`, `r.amount == 1000.00`},
	{"customer", `1000 < r.amount`, `{"op":"gt","field":"amount","value":{"money":"1000.00"}}`, `r.amount > 1000.00`},
	{"customer", `r.amount == 899999999999.9999`, `{"op":"eq","field":"amount","value":{"money":"899999999999.9999"}}`, ""},
	{"customer", `r.amount >= -1e3`, `{"op":"ge","field":"amount","value":{"money":"-1000.00"}}`, `r.amount >= -1000.00`},
	{"customer", `r.amount in [1, 2.50000]`, `{"op":"in","field":"amount","values":[{"money":"1.00"},{"money":"2.50"}]}`, `r.amount in [1.00, 2.50]`},
	{"customer", `r.score != 5`, `{"op":"ne","field":"score","value":{"number":5}}`, `r.score != 5.0`},
	{"customer", `r.employees <= -9223372036854775808`, `{"op":"le","field":"employees","value":{"int":-9223372036854775808}}`, ""},
	{"customer", `r.created_at >= timestamp('2026-01-01T00:00:00Z')`, `{"op":"ge","field":"created_at","value":{"time":"2026-01-01T00:00:00Z"}}`, ""},
	{"customer", `r.created_at < date('2026-01-31')`, `{"op":"lt","field":"created_at","value":{"time":"2026-01-31"}}`, ""},
	{"customer", `r.created_at >= ctx.now-duration('720h')`, `{"op":"ge","field":"created_at","value":{"cel":"ctx.now - duration(\"720h\")"}}`, `r.created_at >= ctx.now - duration("720h")`},
	{"customer", `r.vip`, `{"op":"eq","field":"vip","value":{"bool":true}}`, `r.vip == true`},
	{"customer", `!r.vip`, `{"op":"not","args":[{"op":"eq","field":"vip","value":{"bool":true}}]}`, `!(r.vip == true)`},
	{"customer", `!(!r.vip)`, `{"op":"not","args":[{"op":"not","args":[{"op":"eq","field":"vip","value":{"bool":true}}]}]}`, `!(!(r.vip == true))`},
	{"customer", `r.vip == (p.level > 3)`, `{"op":"eq","field":"vip","value":{"cel":"p.level > 3"}}`, ""},
	{"customer", `r.owner == p.id`, `{"op":"eq","field":"owner","value":{"cel":"p.id"}}`, ""},
	{"customer", `p.id != r.owner`, `{"op":"ne","field":"owner","value":{"cel":"p.id"}}`, `r.owner != p.id`},
	{"customer", `r.owner == r.created_by`, `{"op":"eq","field":"owner","value":{"field":"created_by"}}`, ""},
	{"customer", `r.unit in p.units`, `{"op":"in","field":"unit","values":[{"cel":"p.units"}]}`, ""},
	{"customer", `r.unit in p.zones`, `{"op":"in","field":"unit","values":[{"cel":"p.zones"}]}`, ""},
	{"customer", `r.unit in [p.home]`, `{"op":"eq","field":"unit","value":{"cel":"p.home"}}`, `r.unit == p.home`},
	{"customer", `r.owner in [p.id]`, `{"op":"in","field":"owner","values":[{"cel":"p.id"}]}`, ""},
	{"customer", `r.owner in [p.id, '7', p.boss]`, `{"op":"in","field":"owner","values":[{"cel":"p.id"},{"ref":"7"},{"cel":"p.boss"}]}`, ""},
	{"customer", `'vip' in r.tags`, `{"op":"tag","field":"tags","value":{"text":"vip"}}`, ""},
	{"customer", `p.tag in r.tags`, `{"op":"tag","field":"tags","value":{"cel":"p.tag"}}`, ""},
	{"customer", `r.name.contains('深圳')`, `{"op":"contains","field":"name","value":{"text":"深圳"}}`, ""},
	{"customer", `r.name.startsWith('a\'\\\n"')`, `{"op":"starts_with","field":"name","value":{"text":"a'\\\n\""}}`, `r.name.startsWith('a\'\\\n"')`},
	{"customer", `r.phone.endsWith(p.tail)`, `{"op":"ends_with","field":"phone","value":{"cel":"p.tail"}}`, ""},
	{"customer", `has(r.place)`, `{"op":"has","field":"place"}`, ""},
	{"customer", `!has(r.level)`, `{"op":"not","args":[{"op":"has","field":"level"}]}`, ""},
	{"customer", `distance(r.place, point(51.5, -0.1)) <= 3000.0`, `{"op":"within","field":"place","point":{"lat":51.5,"lng":-0.1},"meters":3000}`, ""},
	{"customer", `3000 > distance(point(51, 1), r.place)`, `{"op":"within","field":"place","point":{"lat":51,"lng":1},"meters":3000}`, `distance(r.place, point(51.0, 1.0)) <= 3000.0`},
	{"customer", `r.tickets.exists(t, t.open && t.cost > 5)`, `{"op":"exists","args":[{"op":"all","args":[{"op":"eq","field":"open","value":{"bool":true}},{"op":"gt","field":"cost","value":{"money":"5.00"}}]}],"relation":"tickets"}`, `r.tickets.exists(x, x.open == true && x.cost > 5.00)`},
	{"customer", `r.tickets.exists(t, true)`, `{"op":"exists","relation":"tickets"}`, `r.tickets.exists(x, true)`},
	{"customer", `r.tickets.exists(t, t.customer.vip && t.comments.exists(c, c.author == p.id))`,
		`{"op":"exists","args":[{"op":"all","args":[{"op":"eq","field":"customer.vip","value":{"bool":true}},{"op":"exists","args":[{"op":"eq","field":"author","value":{"cel":"p.id"}}],"relation":"comments"}]}],"relation":"tickets"}`,
		`r.tickets.exists(x, x.customer.vip == true && x.comments.exists(x2, x2.author == p.id))`},
	{"contact", `r.customer == '123'`, `{"op":"eq","field":"customer","value":{"ref":"123"}}`, ""},
	{"contact", `r.customer.name == '上海' && has(r.customer) && has(r.customer.name)`, `{"op":"all","args":[{"op":"eq","field":"customer.name","value":{"text":"上海"}},{"op":"has","field":"customer"},{"op":"has","field":"customer.name"}]}`, ""},
	{"contact", `r.customer.amount > r.customer.limit`, `{"op":"gt","field":"customer.amount","value":{"field":"limit"}}`, ""},
	{"contact", `r.customer.amount > 3 || 'a' in r.customer.tags`, `{"op":"any","args":[{"op":"gt","field":"customer.amount","value":{"money":"3.00"}},{"op":"tag","field":"customer.tags","value":{"text":"a"}}]}`, `r.customer.amount > 3.00 || 'a' in r.customer.tags`},
	{"customer", `r.vip && (r.stage == 'a' && (r.stage == 'b' || (r.stage == 'c' || r.stage == 'd')))`,
		`{"op":"all","args":[{"op":"eq","field":"vip","value":{"bool":true}},{"op":"eq","field":"stage","value":{"text":"a"}},{"op":"any","args":[{"op":"eq","field":"stage","value":{"text":"b"}},{"op":"eq","field":"stage","value":{"text":"c"}},{"op":"eq","field":"stage","value":{"text":"d"}}]}]}`,
		`r.vip == true && r.stage == 'a' && (r.stage == 'b' || r.stage == 'c' || r.stage == 'd')`},
	{"customer", `ctx.network == 'office'`, `{"op":"known","cel":"ctx.network == \"office\""}`, `ctx.network == "office"`},
	{"customer", `!(p.level>3||p.x)`, `{"op":"not","args":[{"op":"any","args":[{"op":"known","cel":"p.level \u003e 3"},{"op":"known","cel":"p.x"}]}]}`, `!(p.level > 3 || p.x)`},
	{"customer", `p.units.exists(u, u == '5') && r.vip`, `{"op":"all","args":[{"op":"known","cel":"p.units.exists(u, u == \"5\")"},{"op":"eq","field":"vip","value":{"bool":true}}]}`, `p.units.exists(u, u == "5") && r.vip == true`},
	{"customer", `(p.x ? p.y : p.z) && r.vip`, `{"op":"all","args":[{"op":"known","cel":"p.x ? p.y : p.z"},{"op":"eq","field":"vip","value":{"bool":true}}]}`, `(p.x ? p.y : p.z) && r.vip == true`},
	{"customer", "r.stage == 'a'\n  // a remark\n  && r.vip", `{"op":"all","args":[{"op":"eq","field":"stage","value":{"text":"a"}},{"op":"eq","field":"vip","value":{"bool":true}}]}`, `r.stage == 'a' && r.vip == true`},
}

func TestParseCEL(t *testing.T) {
	schema := testSchema(t)
	for _, c := range parseCases {
		cond, err := ParseCEL(schema, Kind(c.kind), c.text)
		if err != nil {
			t.Errorf("%s\n  refused: %v", c.text, err)
			continue
		}
		tree, err := json.Marshal(cond)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.NewReplacer(`\u003e`, ">").Replace(string(tree)); got != strings.NewReplacer(`\u003e`, ">").Replace(c.tree) {
			t.Errorf("%s\n  gives %s\n  wants %s", c.text, got, c.tree)
		}
		want := c.canonical
		if want == "" {
			want = c.text
		}
		if got := CELText(cond); got != want {
			t.Errorf("%s\n  is written %s\n  wants      %s", c.text, got, want)
		}
	}
}

// refusals are texts that mean something else than what a predicate can say, with the code and
// the place of the problem.
var refusals = []struct{ kind, text, code, at string }{
	{"customer", ``, "empty", "1:1"},
	{"customer", " \n\t", "empty", "1:1"},
	{"customer", strings.Repeat(" ", 4096) + "r.vip", "size", "1:1"},
	{"customer", "r.name == '\x00'", "text", "1:1"},
	{"customer", "r.name == '\xff'", "text", "1:1"},
	{"customer", `r.name == 'a`, "syntax", ""},
	{"customer", `r.name = 'a'`, "syntax", ""},
	{"customer", `r.vip &&`, "syntax", ""},
	{"nothing", `r.vip`, "kind", "1:1"},
	{"customer", `true`, "constant", "1:1"},
	{"customer", `r.vip || true`, "constant", "1:10"},
	{"customer", `r.vip && 1 == 1`, "constant", "1:12"},
	{"customer", `p.x && 'a' == 'a'`, "constant", ""},
	{"customer", `r.nothing == 'a'`, "field", "1:2"},
	{"customer", "r.vip &&\n  r.nothing == 'a'", "field", "2:4"},
	{"customer", `r.tickets == 'a'`, "relation", ""},
	{"customer", `has(r.tickets)`, "relation", ""},
	{"customer", `r.stage`, "type", ""},
	{"customer", `r.stage == 5`, "type", ""},
	{"customer", `r.stage < 'b'`, "type", ""},
	{"customer", `r.owner > '5'`, "type", ""},
	{"customer", `r.owner == 'me'`, "id", ""},
	{"customer", `r.owner == '007'`, "id", ""},
	{"customer", `r.owner == r.name`, "type", ""},
	{"customer", `r.vip < true`, "type", ""},
	{"customer", `r.amount == 1.00001`, "money", ""},
	{"customer", `r.amount == 1e30`, "money", ""},
	{"customer", `r.amount == '5'`, "type", ""},
	{"customer", `r.employees > 5.5`, "type", ""},
	{"customer", `r.employees == 5u`, "type", ""},
	{"customer", `r.amount > size(p.units) + r.amount`, "type", ""},
	{"customer", `r.amount * 2.0 > 5.0`, "unsupported", ""},
	{"customer", `-r.amount > 5.0`, "unsupported", ""},
	{"customer", `r.tags == ['a']`, "type", ""},
	{"customer", `r.tags.exists(t, t == 'a')`, "unsupported", ""},
	{"customer", `r.place == point(1, 2)`, "type", ""},
	{"customer", `size(r.tags) > 0`, "unsupported", ""},
	{"customer", `r.name.matches('a+')`, "unsupported", ""},
	{"customer", `r.name.contains('')`, "needle", ""},
	{"customer", `r.name.contains(r.phone)`, "unsupported", ""},
	{"customer", `'abc'.contains(r.name)`, "unsupported", ""},
	{"customer", `r.name in r.tags`, "unsupported", ""},
	{"customer", `r.stage in []`, "list", ""},
	{"customer", `r.stage in ['a', 5]`, "type", ""},
	{"customer", `r.stage in [r.name]`, "unsupported", ""},
	{"customer", `r.name == null`, "type", ""},
	{"customer", `r.vip ? r.stage == 'a' : r.stage == 'b'`, "unsupported", ""},
	{"customer", `r == r`, "type", "1:1"},
	{"customer", `p.id == p`, "type", ""},
	{"customer", `q.x == 'a'`, "type", "1:1"},
	{"customer", `r['name'] == 'a'`, "type", "1:1"},
	{"customer", `r.?name == 'a'`, "syntax", ""},
	{"customer", `record.customer{} == r`, "", ""},
	{"customer", `r.created_at > timestamp('2026-01-31')`, "time", ""},
	{"customer", `r.created_at > timestamp('2026-02-31T00:00:00Z')`, "time", ""},
	{"customer", `r.created_at > timestamp('2026-01-31T00:00:00.1234567Z')`, "time", ""},
	{"customer", `r.created_at > date('2026-02-31')`, "time", ""},
	{"customer", `r.created_at > timestamp('2026-01-31T00:00:00Z') - duration('1h')`, "operand", ""},
	{"customer", `r.created_at.getFullYear() == 2026`, "unsupported", ""},
	{"customer", `r.created_at + duration('1h') > ctx.now`, "unsupported", ""},
	{"customer", `distance(r.place, point(0, 0)) <= 5`, "point", ""},
	{"customer", `distance(r.place, point(91, 0)) <= 5`, "point", ""},
	{"customer", `distance(r.place, point(1, 2)) <= 0`, "meters", ""},
	{"customer", `distance(r.place, point(1, 2)) <= 1e9`, "meters", ""},
	{"customer", `distance(r.place, point(1, 2)) > 5`, "unsupported", ""},
	{"customer", `distance(r.place, r.place) <= 5`, "unsupported", ""},
	{"customer", `distance(r.place, point(p.lat, 2)) <= 5`, "unsupported", ""},
	{"customer", `r.tickets.exists(t, false)`, "constant", ""},
	{"customer", `r.tickets.all(t, t.open)`, "unsupported", ""},
	{"customer", `r.tickets.exists_one(t, t.open)`, "unsupported", ""},
	{"customer", `r.tickets.exists(t, t.owner == r.owner)`, "unsupported", ""},
	{"customer", `r.tickets.exists(t, r.contacts.exists(c, c.owner == p.id))`, "unsupported", ""},
	{"customer", `r.tickets.exists(r, r.open)`, "name", ""},
	{"customer", `r.tickets.exists(p, p.open)`, "name", ""},
	{"customer", `p.units.exists(ctx, ctx == '5')`, "name", ""},
	{"customer", `p.units.exists(u, u == r.unit)`, "unsupported", ""},
	{"customer", `r.tickets.exists(t, t.product.name == 'a')`, "relation", ""},
	{"contact", `r.customer.tickets.exists(t, t.open)`, "relation", ""},
	{"contact", `r.customer.owner.name == 'a'`, "path", ""},
	{"contact", `r.name == r.customer.name`, "unsupported", ""},
	{"contact", `r.customer.nothing == 'a'`, "field", ""},
	{"customer", `ctx.weather == 'rain'`, "type", ""},
	{"customer", `p.id > 5`, "type", ""},
	{"customer", `r.stage == p.id + 5`, "type", ""},
	{"customer", `r.employees in p.units`, "type", ""},
	{"customer", `r.name.contains(p.units)`, "type", ""},
	{"customer", strings.Repeat("!(", 20) + "r.vip" + strings.Repeat(")", 20), "depth", ""},
	{"customer", strings.Repeat("!(", 500) + "r.vip" + strings.Repeat(")", 500), "syntax", ""},
	{"customer", strings.Repeat("r.vip||", 200) + "r.vip", "nodes", ""},
	{"customer", "r.employees in [" + strings.Repeat("1,", 1000) + "1]", "list", ""},
}

func TestParseCELRefuses(t *testing.T) {
	schema := testSchema(t)
	for _, c := range refusals {
		cond, err := ParseCEL(schema, Kind(c.kind), c.text)
		var problem *Problem
		shown := c.text[:min(len(c.text), 80)]
		switch {
		case err == nil:
			t.Errorf("%s\n  is taken as %s", shown, CELText(cond))
		case !errors.As(err, &problem):
			t.Errorf("%s\n  fails with %T %v", shown, err, err)
		case c.code != "" && problem.Code != c.code, c.at != "" && problem.At != c.at, problem.At == "", problem.Detail == "":
			t.Errorf("%s\n  is refused as %q at %q, wants %q at %q: %s", shown, problem.Code, problem.At, c.code, c.at, problem.Detail)
		}
	}
}
