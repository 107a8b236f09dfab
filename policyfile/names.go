package policyfile

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"guan/org"
	"guan/policy"
)

// Names are what a company calls what rules name by id.
type Names struct {
	Schema  *policy.Schema
	Tree    *org.Tree
	People  map[policy.ID]string // logins
	Pools   map[policy.ID]string
	Unit    policy.Kind // to what fields of units, people and pools refer
	Person  policy.Kind
	Pool    policy.Kind
	logins  map[string]policy.ID
	byPools map[string]policy.ID
}

// visit goes through everything in a file that names something, with the kind of it. Both ways go
// this way: ids become names where a file is written, names become ids where it is read.
type visit func(kind policy.Kind, n *yaml.Node) error

func (x *Names) document(doc *yaml.Node, do visit) error {
	for _, p := range items(member(doc, "packs")) {
		for _, r := range items(member(p, "rules")) {
			if err := x.rule(r, do); err != nil {
				return err
			}
		}
	}
	for _, a := range items(member(doc, "assignments")) {
		if err := x.clause(member(a, "who"), do); err != nil {
			return err
		}
	}
	for _, r := range items(member(doc, "rules")) {
		if err := x.rule(r, do); err != nil {
			return err
		}
	}
	return nil
}

func (x *Names) rule(r *yaml.Node, do visit) error {
	kind := policy.Kind("")
	if k := member(r, "kind"); k != nil {
		kind = policy.Kind(k.Value)
	}
	who := member(r, "who")
	for _, part := range []string{"any", "except"} {
		for _, c := range items(member(who, part)) {
			if err := x.clause(c, do); err != nil {
				return err
			}
		}
	}
	if err := x.path(kind, member(r, "where"), do); err != nil {
		return err
	}
	return x.cond(kind, member(r, "when"), do)
}

func (x *Names) clause(c *yaml.Node, do visit) error {
	for key, kind := range map[string]policy.Kind{"unit": x.Unit, "person": x.Person} {
		if n := member(c, key); n != nil {
			if err := do(kind, n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *Names) path(kind policy.Kind, p *yaml.Node, do visit) error {
	for _, u := range items(member(p, "units")) {
		if err := do(x.Unit, u); err != nil {
			return err
		}
	}
	other := x.related(kind, member(p, "relation"))
	if via := member(p, "via"); via != nil {
		if err := x.path(other, via, do); err != nil {
			return err
		}
	}
	return x.cond(other, member(p, "cond"), do)
}

// related is the kind at the other end of a relation; empty when there is none of that name.
func (x *Names) related(kind policy.Kind, relation *yaml.Node) policy.Kind {
	k := x.Schema.Kind(kind)
	if k == nil || relation == nil {
		return ""
	}
	r, _ := k.Relation(relation.Value)
	return r.Kind
}

func (x *Names) cond(kind policy.Kind, c *yaml.Node, do visit) error {
	if c == nil {
		return nil
	}
	inner := kind
	if relation := member(c, "relation"); relation != nil {
		inner = x.related(kind, relation)
	}
	for _, arg := range items(member(c, "args")) {
		if err := x.cond(inner, arg, do); err != nil {
			return err
		}
	}
	refers := x.refers(kind, member(c, "field"))
	for _, operand := range append(items(member(c, "values")), member(c, "value")) {
		if ref := member(operand, "ref"); ref != nil {
			if err := do(refers, ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// refers is the kind of what a field refers to; empty when that is not known.
func (x *Names) refers(kind policy.Kind, field *yaml.Node) policy.Kind {
	k := x.Schema.Kind(kind)
	if k == nil || field == nil {
		return ""
	}
	name := field.Value
	if parent, rest, ok := strings.Cut(name, "."); ok {
		if r, found := k.Relation(parent); found {
			k, name = x.Schema.Kind(r.Kind), rest
		}
	}
	if k == nil || k.Field(name) == nil {
		return ""
	}
	return k.Field(name).Refs
}

// noName stands before an id that nothing has a name for: a person without a login, a unit that is
// gone.
const noName = "id:"

// say makes a name of an id.
func (x *Names) say(kind policy.Kind, n *yaml.Node) error {
	id, err := policy.ParseID(n.Value)
	if err != nil {
		return err
	}
	name := ""
	switch kind {
	case x.Unit:
		name = x.Tree.Path(id)
	case x.Person:
		name = x.People[id]
	case x.Pool:
		name = x.Pools[id]
	}
	if name == "" || strings.HasPrefix(name, noName) {
		name = noName + id.String()
	}
	n.Value, n.Tag, n.Style = name, "!!str", 0
	return nil
}

// find makes an id of a name.
func (x *Names) find(kind policy.Kind, n *yaml.Node) error {
	var id policy.ID
	var found bool
	what := "record"
	switch kind {
	case x.Unit:
		what = "unit"
		id, found = x.Tree.Find(n.Value)
	case x.Person:
		what = "person"
		id, found = x.login(n.Value)
	case x.Pool:
		what = "pool"
		id, found = x.pool(n.Value)
	}
	if text, ok := strings.CutPrefix(n.Value, noName); ok && !found {
		if known, err := policy.ParseID(text); err == nil {
			id, found = known, true
		}
	}
	if !found {
		return wrong(n, "there is no %s %q", what, n.Value)
	}
	n.Value, n.Tag = id.String(), "!!str"
	return nil
}

func (x *Names) login(login string) (policy.ID, bool) {
	if x.logins == nil {
		x.logins = map[string]policy.ID{}
		for id, name := range x.People {
			x.logins[name] = id
		}
	}
	id, ok := x.logins[login]
	return id, ok && login != ""
}

func (x *Names) pool(name string) (policy.ID, bool) {
	if x.byPools == nil {
		x.byPools = map[string]policy.ID{}
		for id, one := range x.Pools {
			x.byPools[one] = id
		}
	}
	id, ok := x.byPools[name]
	return id, ok
}
