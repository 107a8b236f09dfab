package policy

import (
	"encoding/json"
	"testing"
)

func tree(t *testing.T, text string) *Cond {
	t.Helper()
	var c Cond
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return &c
}

// An editor that sends a half-written tree hears of every row at once.
func TestCondProblemsNamesEveryRow(t *testing.T) {
	schema := testSchema(t)
	c := tree(t, `{"op":"all","args":[
		{"op":"eq","field":"stage","value":{}},
		{"op":"any","args":[]},
		{"op":"has","field":"name"},
		{"op":"not","args":[{"op":"contains","field":"name","value":{"text":""}}]},
		{"op":"exists","relation":"tickets","args":[{"op":"has","field":"nothing"}]}]}`)
	want := map[string]string{"args[0].value": "operand", "args[1].args": "group", "args[3].args[0].value": "needle", "args[4].args[0].field": "field"}
	found := CondProblems(schema, "customer", c)
	if len(found) != len(want) {
		t.Errorf("%v", found)
	}
	for _, p := range found {
		if want[p.At] != p.Code {
			t.Errorf("%s: %s, want %s", p.At, p.Code, want[p.At])
		}
	}
}

// It finds something exactly where CheckCond does.
func TestCondProblemsAgreesWithCheckCond(t *testing.T) {
	schema := testSchema(t)
	for _, bad := range badTrees {
		c := tree(t, bad.tree)
		if (CheckCond(schema, "customer", c) == nil) != (len(CondProblems(schema, "customer", c)) == 0) {
			t.Errorf("%s: %v", bad.tree, CondProblems(schema, "customer", c))
		}
	}
	if found := CondProblems(schema, "nothing", tree(t, `{"op":"has","field":"name"}`)); len(found) != 1 || found[0].Code != "kind" {
		t.Errorf("%v", found)
	}
	if found := CondProblems(schema, "customer", nil); len(found) != 1 || found[0].Code != "empty" {
		t.Errorf("%v", found)
	}
	deep := &Cond{Op: OpHas, Field: "name"}
	for range 3 * maxDepth {
		deep = &Cond{Op: OpNot, Args: []Cond{*deep}}
	}
	if found := CondProblems(schema, "customer", deep); len(found) != 1 || found[0].Code != "depth" {
		t.Errorf("%v", found)
	}
}

// A tree of ten thousand parts, each with an expression, is refused after as many looks as a
// condition may have parts.
func TestCondProblemsLooksNoFurtherThanACondition(t *testing.T) {
	many := &Cond{Op: OpAny}
	for range 10_000 {
		many.Args = append(many.Args, Cond{Op: OpEq, Field: "nothing", Value: &Operand{CEL: "p.id"}})
	}
	if found := CondProblems(testSchema(t), "customer", many); len(found) == 0 || len(found) > maxNodes {
		t.Errorf("%d problems", len(found))
	}
}

func TestAsksPerson(t *testing.T) {
	for text, want := range map[string]bool{
		`{"op":"has","field":"name"}`:                                                      false,
		`{"op":"eq","field":"owner","value":{"cel":"p.id"}}`:                               true,
		`{"op":"not","args":[{"op":"in","field":"unit","values":[{"cel":"p.units"}]}]}`:    true,
		`{"op":"known","cel":"ctx.network == 'office'"}`:                                   false,
		`{"op":"known","cel":"'p.id' == ctx.network"}`:                                     false,
		`{"op":"ge","field":"created_at","value":{"cel":"ctx.now - duration('720h')"}}`:    false,
		`{"op":"exists","relation":"tickets","args":[{"op":"known","cel":"p.id == '1'"}]}`: true,
	} {
		if AsksPerson(tree(t, text)) != want {
			t.Errorf("%s: want %v", text, want)
		}
	}
}
