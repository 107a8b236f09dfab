package policy

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// badTrees are trees that came as JSON, with the code and the place of the problem.
var badTrees = []struct{ tree, code, at string }{
	{`{}`, "op", "op"},
	{`{"op":"equals","field":"stage","value":{"text":"a"}}`, "op", "op"},
	{`{"op":"all"}`, "group", "args"},
	{`{"op":"any","args":[]}`, "group", "args"},
	{`{"op":"not"}`, "group", "args"},
	{`{"op":"not","args":[{"op":"has","field":"stage"},{"op":"has","field":"name"}]}`, "shape", "args"},
	{`{"op":"all","args":[{"op":"has","field":"stage"},{"op":"any"}]}`, "group", "args[1].args"},
	{`{"op":"all","args":[{"op":"has","field":"stage"}],"field":"name"}`, "shape", "field"},
	{`{"op":"has","field":"nothing"}`, "field", "field"},
	{`{"op":"has"}`, "shape", "field"},
	{`{"op":"has","field":"stage","value":{"text":"a"}}`, "shape", "value"},
	{`{"op":"has","field":"tickets.open"}`, "relation", "field"},
	{`{"op":"has","field":"owner.name"}`, "relation", "field"},
	{`{"op":"has","field":"."}`, "relation", "field"},
	{`{"op":"eq","field":"stage"}`, "shape", "value"},
	{`{"op":"eq","field":"stage","value":{}}`, "operand", "value"},
	{`{"op":"eq","field":"stage","value":{"text":"a","int":5}}`, "operand", "value"},
	{`{"op":"eq","field":"stage","value":{"text":"a","cel":"p.id"}}`, "operand", "value"},
	{`{"op":"eq","field":"stage","value":{"int":5}}`, "type", "value"},
	{`{"op":"eq","field":"amount","value":{"number":5}}`, "type", "value"},
	{`{"op":"eq","field":"amount","value":{"money":"5.00001"}}`, "money", "value"},
	{`{"op":"eq","field":"amount","value":{"money":"five"}}`, "money", "value"},
	{`{"op":"eq","field":"created_at","value":{"time":"2026-1-31"}}`, "time", "value"},
	{`{"op":"eq","field":"created_at","value":{"time":"2026-01-31T8:00:00Z"}}`, "time", "value"},
	{`{"op":"eq","field":"created_at","value":{"time":"2026-01-31T08:00:00,5Z"}}`, "time", "value"},
	{`{"op":"eq","field":"created_at","value":{"time":"9999-12-31T23:59:59-08:00"}}`, "time", "value"},
	{`{"op":"eq","field":"stage","value":{"text":"a\u0000"}}`, "text", "value"},
	{`{"op":"eq","field":"stage","value":{"text":"` + strings.Repeat("a", maxText+1) + `"}}`, "size", "value"},
	{`{"op":"lt","field":"stage","value":{"text":"a"}}`, "type", "op"},
	{`{"op":"ge","field":"vip","value":{"bool":true}}`, "type", "op"},
	{`{"op":"eq","field":"tags","value":{"text":"a"}}`, "type", "op"},
	{`{"op":"eq","field":"place","value":{"text":"a"}}`, "type", "op"},
	{`{"op":"eq","field":"owner","value":{"field":"name"}}`, "type", "value.field"},
	{`{"op":"eq","field":"owner","value":{"field":"nothing"}}`, "field", "value.field"},
	{`{"op":"contains","field":"name","value":{"field":"stage"}}`, "operand", "value.field"},
	{`{"op":"in","field":"stage","values":[{"field":"name"}]}`, "operand", "values[0].field"},
	{`{"op":"in","field":"stage"}`, "list", "values"},
	{`{"op":"in","field":"stage","values":[]}`, "list", "values"},
	{`{"op":"in","field":"stage","values":[{"text":"a"},{"int":5}]}`, "type", "values[1]"},
	{`{"op":"in","field":"stage","values":[{"text":"a"},{"cel":"p.units"}]}`, "type", "values[1].cel"},
	{`{"op":"in","field":"stage","values":[{"cel":"['a', p.id]"}]}`, "operand", "values[0].cel"},
	{`{"op":"in","field":"tags","values":[{"text":"a"}]}`, "type", "op"},
	{`{"op":"in","field":"employees","values":[` + strings.Repeat(`{"int":1},`, maxList) + `{"int":1}]}`, "list", "values"},
	{`{"op":"contains","field":"name","value":{"text":""}}`, "needle", "value"},
	{`{"op":"starts_with","field":"amount","value":{"text":"5"}}`, "type", "op"},
	{`{"op":"tag","field":"name","value":{"text":"a"}}`, "type", "op"},
	{`{"op":"tag","field":"tags","value":{"int":5}}`, "type", "value"},
	{`{"op":"exists","relation":"nothing"}`, "relation", "relation"},
	{`{"op":"exists","relation":"tickets","args":[{"op":"has","field":"amount"}]}`, "field", "args[0].field"},
	{`{"op":"exists","relation":"tickets","args":[{"op":"has","field":"open"},{"op":"has","field":"open"}]}`, "shape", "args"},
	{`{"op":"within","field":"place","point":{"lat":1,"lng":1}}`, "meters", "meters"},
	{`{"op":"within","field":"place","point":{"lat":1,"lng":1},"meters":-5}`, "meters", "meters"},
	{`{"op":"within","field":"place","meters":5}`, "shape", "point"},
	{`{"op":"within","field":"place","point":{"lat":0,"lng":0},"meters":5}`, "point", "point"},
	{`{"op":"within","field":"place","point":{"lat":1,"lng":181},"meters":5}`, "point", "point"},
	{`{"op":"within","field":"name","point":{"lat":1,"lng":1},"meters":5}`, "type", "op"},
	{`{"op":"known"}`, "shape", "cel"},
	{`{"op":"known","cel":"true"}`, "constant", "cel"},
	{`{"op":"known","cel":"p.vip || 1 == 1"}`, "constant", "cel"},
	{`{"op":"known","cel":"p.id"}`, "type", "cel"},
	{`{"op":"known","cel":"p.vip &&"}`, "syntax", "cel"},
	{`{"op":"known","cel":"r.vip"}`, "type", "cel"},
	{`{"op":"known","cel":"['a'].exists(p, p == 'a')"}`, "name", "cel"},
	{`{"op":"eq","field":"owner","value":{"cel":"r.owner"}}`, "type", "value.cel"},
	{`{"op":"eq","field":"owner","value":{"cel":"'5'"}}`, "operand", "value.cel"},
	{`{"op":"eq","field":"owner","value":{"cel":"size(p.units)"}}`, "type", "value.cel"},
	{`{"op":"eq","field":"amount","value":{"cel":"size(p.units)"}}`, "type", "value.cel"},
	{`{"op":"eq","field":"owner","value":{"cel":"p"}}`, "type", "value.cel"},
	{`{"op":"eq","field":"owner","value":{"cel":"` + strings.Repeat(" ", maxText) + `p.id"}}`, "size", "value.cel"},
	{strings.Repeat(`{"op":"not","args":[`, maxDepth) + `{"op":"has","field":"name"}` + strings.Repeat(`]}`, maxDepth), "depth", strings.Repeat("args[0].", maxDepth-1) + "args[0]"},
	{`{"op":"all","args":[` + strings.Repeat(`{"op":"has","field":"name"},`, maxNodes) + `{"op":"has","field":"name"}]}`, "nodes", "args[199]"},
	{`{"op":"in","field":"owner","values":[` + strings.Repeat(`{"cel":"p.id"},`, maxNodes) + `{"ref":"1"}]}`, "nodes", "values[199]"},
}

func TestCheckCondRefuses(t *testing.T) {
	schema := testSchema(t)
	for _, c := range badTrees {
		var cond Cond
		shown := c.tree[:min(len(c.tree), 120)]
		if err := json.Unmarshal([]byte(c.tree), &cond); err != nil {
			t.Fatalf("%s: %v", shown, err)
		}
		err := CheckCond(schema, "customer", &cond)
		if err == nil {
			t.Errorf("%s\n  is taken", shown)
			continue
		}
		if p := asProblem(err); p.Code != c.code || p.At != c.at || p.Detail == "" {
			t.Errorf("%s\n  is refused as %q at %q, wants %q at %q: %s", shown, p.Code, p.At, c.code, c.at, p.Detail)
		}
		CELText(&cond) // must not panic on what has no meaning
	}
}

// What JSON cannot carry can still be built in Go.
func TestCheckCondRefusesWhatIsNoNumber(t *testing.T) {
	schema := testSchema(t)
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, cond := range []Cond{
			{Op: OpEq, Field: "score", Value: &Operand{Number: &f}},
			{Op: OpWithin, Field: "place", Point: &LatLng{Lat: 1, Lng: 1}, Meters: f},
			{Op: OpWithin, Field: "place", Point: &LatLng{Lat: f, Lng: 1}, Meters: 5},
		} {
			if CheckCond(schema, "customer", &cond) == nil {
				t.Errorf("%v is taken: %s", f, CELText(&cond))
			}
		}
	}
	negative := ID(-5)
	if CheckCond(schema, "customer", &Cond{Op: OpEq, Field: "owner", Value: &Operand{Ref: &negative}}) == nil {
		t.Error("a negative id is taken")
	}
	if CheckCond(schema, "nothing", &Cond{}) == nil || CheckCond(schema, "customer", nil) == nil {
		t.Error("nothing is taken for something")
	}
}
