package policyfile

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"guan/fault"
)

// shapes says which keys each part of a file has, and of which shape their values are. "[]x" is a
// list of x; text, bool, int and number are scalars; unit, person and record are names.
var shapes = map[string]map[string]string{
	"document":   {"packs": "[]pack", "assignments": "[]assignment", "rules": "[]rule"},
	"pack":       {"id": "text", "label": "label", "description": "label", "system": "[]text", "rules": "[]rule"},
	"label":      {"zh": "text", "en": "text"},
	"assignment": {"pack": "text", "who": "clause", "from": "text", "until": "text"},
	"clause":     {"everyone": "bool", "person": "person", "position": "text", "unit": "unit", "below": "bool"},
	"who":        {"any": "[]clause", "except": "[]clause"},
	"rule": {"id": "text", "name": "text", "effect": "text", "who": "who", "kind": "text", "actions": "[]text", "where": "path", "when": "cond",
		"fields": "[]field", "duty": "duty", "from": "text", "until": "text", "scene": "scene", "sensitive": "bool"},
	"field":   {"class": "text", "field": "text", "level": "text", "edit": "bool"},
	"duty":    {"approval": "[]text", "second_factor": "bool", "reason": "bool", "watermark": "bool"},
	"path":    {"path": "text", "units": "[]unit", "below": "bool", "meters": "number", "relation": "text", "via": "path", "cond": "cond"},
	"cond":    {"op": "text", "args": "[]cond", "field": "text", "value": "operand", "values": "[]operand", "relation": "text", "point": "point", "meters": "number", "cel": "text"},
	"operand": {"text": "text", "int": "int", "number": "number", "money": "text", "time": "text", "bool": "bool", "ref": "record", "field": "text", "cel": "text"},
	"point":   {"lat": "number", "lng": "number"},
}

// tags are those of YAML that a scalar may have. Instants are texts to us.
var tags = map[string][]string{
	"text": {"!!str", "!!timestamp"}, "unit": {"!!str"}, "person": {"!!str"}, "record": {"!!str"},
	"bool": {"!!bool"}, "int": {"!!int"}, "number": {"!!int", "!!float"},
}

var words = map[string]string{"text": "a text", "unit": "the path of a unit", "person": "a login", "record": "a text", "bool": "true or false", "int": "a whole number", "number": "a number"}

// wrong is a mistake at a line of a file.
func wrong(n *yaml.Node, format string, args ...any) error {
	return fault.Newf(fault.Invalid, "policy_file", format, args...).WithAt(fmt.Sprintf("line %d", n.Line))
}

// check says whether a node has a shape; the first thing that is wrong comes back.
func check(n *yaml.Node, shape string) error {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return wrong(n, "anchors and aliases would not be written back: say it twice")
	case shape == "scene":
		if shape = "text"; n.Kind == yaml.MappingNode {
			shape = "label"
		}
	}
	if of, ok := strings.CutPrefix(shape, "[]"); ok {
		if n.Kind != yaml.SequenceNode {
			return wrong(n, "a list belongs here")
		}
		for _, item := range n.Content {
			if err := check(item, of); err != nil {
				return err
			}
		}
		return nil
	}
	keys, mapping := shapes[shape]
	if !mapping {
		if n.Kind != yaml.ScalarNode || !slices.Contains(tags[shape], n.ShortTag()) {
			return wrong(n, "%s belongs here", words[shape])
		}
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return wrong(n, "a mapping with the keys %s belongs here", strings.Join(sorted(keys), ", "))
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		of, known := keys[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode || !known:
			return wrong(key, "there is no key %q here; there are %s", key.Value, strings.Join(sorted(keys), ", "))
		case seen[key.Value]:
			return wrong(key, "the key %q stands twice", key.Value)
		}
		seen[key.Value] = true
		if err := check(value, of); err != nil {
			return err
		}
	}
	return nil
}

func sorted(keys map[string]string) []string {
	var out []string
	for key := range keys {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}

// same looks for what stands differently in a file and in what would be written of it, in whatever
// order the keys are.
func same(file, written *yaml.Node) error {
	if file.Kind != written.Kind {
		return wrong(file, "this would be written in another form")
	}
	switch file.Kind {
	case yaml.ScalarNode:
		if file.Value != written.Value {
			return wrong(file, "%s would be written as %s: write it so", file.Value, written.Value)
		}
	case yaml.SequenceNode:
		if len(file.Content) != len(written.Content) {
			return wrong(file, "the list would be written with %d items instead of %d", len(written.Content), len(file.Content))
		}
		for i := range file.Content {
			if err := same(file.Content[i], written.Content[i]); err != nil {
				return err
			}
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(file.Content); i += 2 {
			other := member(written, file.Content[i].Value)
			if other == nil {
				return wrong(file.Content[i], "%q says nothing here and would not be written: leave it out", file.Content[i].Value)
			}
			if err := same(file.Content[i+1], other); err != nil {
				return err
			}
		}
		for i := 0; i+1 < len(written.Content); i += 2 {
			if member(file, written.Content[i].Value) == nil {
				return wrong(file, "the key %q is missing", written.Content[i].Value)
			}
		}
	}
	return nil
}

// member is the value of a key; nil when there is none.
func member(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// items are those of a list; none of anything else.
func items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}
