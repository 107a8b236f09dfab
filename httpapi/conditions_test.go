package httpapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// meaning is an answer of POST /conditions.
type meaning struct {
	Cond     map[string]any
	CEL      string
	Sentence struct{ ZH, EN string }
	Errors   []struct{ At, Code, Detail string }
	Matching *struct {
		Count                 int
		Capped, Few, Personal bool
	}
}

func (m meaning) problems() string {
	var out []string
	for _, e := range m.Errors {
		out = append(out, e.At+" "+e.Code)
	}
	return strings.Join(out, ", ")
}

// means sends a condition on customers.
func (c *client) means(body map[string]any) meaning {
	c.p.t.Helper()
	body["kind"] = "customer"
	return into[meaning](c.post("/api/v1/conditions", body).must(200))
}

type node = map[string]any

// A condition written by hand and one written as text are one thing, said in both languages.
func TestConditionBothWays(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		built := seller.means(node{"cond": node{"op": "all", "args": []any{
			node{"op": "eq", "field": "city", "value": node{"text": "深圳"}},
			node{"op": "not", "args": []any{node{"op": "has", "field": "phone"}}},
		}}})
		if built.CEL != "r.city == '深圳' && !has(r.phone)" || !strings.Contains(built.Sentence.ZH, "深圳") || built.Sentence.EN == "" || built.Matching != nil {
			t.Errorf("%+v", built)
		}
		read := seller.means(node{"cel": built.CEL})
		if fmt.Sprint(read.Cond) != fmt.Sprint(built.Cond) || read.Sentence != built.Sentence {
			t.Errorf("%+v\n%+v", read, built)
		}
		mine := seller.means(node{"cel": "r.owner == '" + p.people["seller"].String() + "'"})
		if !strings.Contains(mine.Sentence.ZH, "姓seller") {
			t.Errorf("%+v", mine)
		}
	})
}

// What query builders get wrong: an empty group, and a backslash that ends the text.
func TestConditionHoles(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin := p.as("admin")
		for _, c := range []struct {
			cond node
			want string
		}{
			{node{"op": "all"}, "args group"},
			{node{"op": "any", "args": []any{}}, "args group"},
			{node{"op": "all", "args": []any{node{"op": "has", "field": "name"}, node{"op": "not", "args": []any{}}}}, "args[1].args group"},
			{node{"op": "all", "args": []any{node{"op": "any"}, node{"op": "eq", "field": "name", "value": node{}}}}, "args[0].args group, args[1].value operand"},
			{node{"op": "known", "cel": "1 == 1 ||"}, "cel.1:10 syntax"},
			{node{"op": "eq", "field": "nothing", "value": node{"text": "x"}}, "field field"},
		} {
			for _, rule := range []bool{false, true} {
				if got := admin.means(node{"cond": c.cond, "rule": rule}); !strings.HasPrefix(got.problems(), strings.Split(c.want, ".")[0]) || rule && got.Matching != nil || got.CEL != "" {
					t.Errorf("%v: %s, want %s", c.cond, got.problems(), c.want)
				}
			}
		}
		for _, text := range []string{`a\`, `\' || true || '`, `'`, `"`, "a\nb", `\\`, "\u2028", `${x}`} {
			built := admin.means(node{"rule": true, "cond": node{"op": "eq", "field": "name", "value": node{"text": text}}})
			if len(built.Errors) > 0 {
				t.Errorf("%q: %s", text, built.problems())
				continue
			}
			read := admin.means(node{"rule": true, "cel": built.CEL})
			if value := read.Cond["value"].(map[string]any)["text"]; value != text || built.Matching.Count != 0 {
				t.Errorf("%q came back as %q: %s", text, value, built.CEL)
			}
		}
	})
}

// Places in a text are line and column; in a tree they are paths.
func TestConditionPlaces(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		for cel, want := range map[string]string{
			"r.name == 1":                              "1:8 type",
			"has(r.name) &&\n  r.nothing == 'a'":       "2:4 field",
			"has(r.name) && r.tickets.exists(x, true)": "1:16 filter_relation",
			"r.name ==":                                "1:10 syntax",
		} {
			if got := seller.means(node{"cel": cel}); got.problems() != want || got.Cond != nil {
				t.Errorf("%q: %s, want %s", cel, got.problems(), want)
			}
		}
		seller.post("/api/v1/conditions", node{"kind": "customer"}).is(400, "condition")
		seller.post("/api/v1/conditions", node{"kind": "customer", "cel": "true", "cond": node{"op": "all"}}).is(400, "condition")
		seller.post("/api/v1/conditions", node{"kind": "unicorn", "cel": "true"}).is(404, "kind")
	})
}

// Who writes rules is told how many records a condition matches, but never one alone; nobody else is.
func TestConditionCounts(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin, boss := p.as("admin"), p.as("boss")
		for i := range 7 {
			boss.post("/api/v1/records/customer", node{"fields": node{"name": fmt.Sprint("数数", i), "city": "数城", "phone": fmt.Sprint("1380013800", i)}}).must(201)
		}
		if got := admin.means(node{"rule": true, "cel": "r.city == '数城'"}).Matching; got == nil || got.Count != 7 || got.Few || got.Capped {
			t.Errorf("%+v", got)
		}
		for cel, few := range map[string]bool{
			"r.name == '数数1'": true, "r.name == '没有这个名字'": false,
			"r.phone == '13800138001'": true, "r.phone == '13999999999'": true, // nobody can try numbers one by one
		} {
			got := admin.means(node{"rule": true, "cel": cel}).Matching
			if got == nil || got.Few != few || few && got.Count != 5 || !few && got.Count != 0 {
				t.Errorf("%s: %+v", cel, got)
			}
		}
		if got := admin.means(node{"rule": true, "cel": "r.owner == p.id"}).Matching; got == nil || !got.Personal {
			t.Errorf("%+v", got)
		}
		if got := admin.means(node{"rule": true, "cel": "r.contacts.exists(x, x.name == '某人')"}); len(got.Errors) > 0 || got.Matching.Count != 0 {
			t.Errorf("%+v", got)
		}
		for _, who := range []string{"seller", "head", "auditor"} {
			p.as(who).post("/api/v1/conditions", node{"kind": "customer", "rule": true, "cel": "has(r.name)"}).is(403, "right")
			if got := p.as(who).means(node{"cel": "has(r.name)"}); got.Matching != nil {
				t.Errorf("%s: %+v", who, got)
			}
		}
	})
}

// Who writes rules is told of every kind, also of those whose records they may not read.
func TestRuleKinds(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		type kind struct {
			Name   string
			Paths  []string
			Fields []struct{ Name, Class string }
		}
		kinds := into[ofItems[kind]](p.as("admin").get("/api/v1/policy/kinds").must(200)).Items
		i := slices.IndexFunc(kinds, func(k kind) bool { return k.Name == "customer" })
		if i < 0 || len(kinds[i].Fields) < 20 || !slices.Contains(kinds[i].Paths, "pool") {
			t.Fatalf("%+v", kinds)
		}
		if last := kinds[len(kinds)-1]; last.Name != "system" || fmt.Sprint(last.Paths) != "[all]" {
			t.Errorf("%+v", last)
		}
	})
}
