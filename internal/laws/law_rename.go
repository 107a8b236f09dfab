package laws

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guan/policy"
)

// renaming: other ids for everybody and everything change nothing, as long as equal ids stay
// equal. Worlds in which an expression speaks of one id are left out.
func renaming(c *checker) {
	if c.w.speaksOfIDs() {
		return
	}
	name := func(id policy.ID) policy.ID { return 1<<40 - id*7 } // turns the order around
	other := c.w.renamed(name)
	rows := other.rows()
	rs := c.compile(other, other.Rules)
	for _, who := range c.askers() {
		a, b := c.bind(c.rules, who), rs.Bind(other.subject(name(who)), other.context())
		for i, row := range c.rows {
			for _, action := range schema.Kind(row.Kind).Actions {
				x, y := c.decide(a, row, action), c.decide(b, rows[i], action)
				if !same(x, y) {
					k := schema.Kind(row.Kind)
					c.fail("renaming", "%d, %s %s %d: %s, under other names %s", who, action, row.Kind, row.ID, show(k, x), show(k, y))
				}
			}
		}
	}
}

// speaksOfIDs reports whether an expression holds an id, or asks which comes first.
func (w *World) speaksOfIDs() bool {
	found := false
	for i := range w.Rules {
		for _, when := range []*policy.Cond{w.Rules[i].When, w.Rules[i].Where.Cond} {
			eachCond(when, func(c *policy.Cond) {
				for _, o := range append(slices.Clone(c.Values), orEmpty(c.Value)) {
					found = found || strings.HasPrefix(o.CEL, "p.units[") || strings.Contains(o.CEL, "'101'")
				}
			})
		}
	}
	return found
}

func orEmpty(o *policy.Operand) policy.Operand {
	if o == nil {
		return policy.Operand{}
	}
	return *o
}

func eachCond(c *policy.Cond, do func(*policy.Cond)) {
	if c == nil {
		return
	}
	do(c)
	for i := range c.Args {
		eachCond(&c.Args[i], do)
	}
}

// renamed gives the world under other ids. It works on the JSON form, where ids are the decimal
// texts under the keys that hold ids.
func (w *World) renamed(name func(policy.ID) policy.ID) *World {
	var tree any
	decode(jsonText(w), &tree)
	var out World
	decode(jsonText(renameIDs(tree, "", name)), &out)
	return &out
}

func decode(text string, to any) {
	if err := json.Unmarshal([]byte(text), to); err != nil {
		panic(fmt.Sprintf("laws: a world that does not read back: %v", err))
	}
}

// The keys under which ids stand.
var idKeys = map[string]bool{
	"id": true, "parent": true, "heads": true, "unit": true, "units": true, "person": true, "ref": true, "move": true, "to": true,
}

func renameIDs(tree any, key string, name func(policy.ID) policy.ID) any {
	switch v := tree.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = renameIDs(x, k, name)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = renameIDs(x, key, name)
		}
		return out
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && idKeys[key] {
			return name(policy.ID(n)).String()
		}
	}
	return tree
}
