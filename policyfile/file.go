package policyfile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// Sentences say the parts of a document by pack, pack/rule, assignment id and rule id.
type Sentences struct {
	Packs, PackRules, Assignments, Rules map[string]string
}

const head = "关 Guan 的权限策略:自建权限包、分配与规则。guan policy export 写出,guan policy apply 生效。\n每条前的说明由系统生成,不影响含义。"

// Write gives the file of a document, in the order that it always has: the same document gives the
// same bytes, whatever ids its assignments have.
func Write(d access.Document, names Names, say Sentences) ([]byte, error) {
	d = d.Normal()
	names.order(&d)
	doc, err := names.node(d, &say)
	if err != nil {
		return nil, err
	}
	doc.HeadComment = head
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := e.Encode(doc); err != nil {
		return nil, fault.From(err)
	}
	return out.Bytes(), e.Close()
}

// order puts assignments in an order that does not depend on their ids: by pack, then by whom.
func (x *Names) order(d *access.Document) {
	packs := map[string]int{}
	for i, p := range d.Authored(access.Authored{}).Packs {
		packs[p.ID] = i
	}
	key := func(c policy.Clause) string {
		if c.Everyone {
			return ""
		}
		return strings.Join([]string{c.Position, x.Tree.Path(c.Unit), x.People[c.Person], c.Person.String()}, "\x00")
	}
	slices.SortStableFunc(d.Assignments, func(a, b access.Assignment) int {
		from := func(a access.Assignment) int64 {
			if a.From == nil {
				return 0
			}
			return a.From.UnixMicro()
		}
		return cmp.Or(cmp.Compare(packs[a.Pack], packs[b.Pack]), cmp.Compare(key(a.Who), key(b.Who)), cmp.Compare(from(a), from(b)))
	})
}

// node is a document as YAML has it, with names in the place of ids.
func (x *Names) node(d access.Document, say *Sentences) (*yaml.Node, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil { // JSON is YAML
		return nil, err
	}
	doc := tree.Content[0]
	plain(doc)
	if err := x.document(doc, x.say); err != nil {
		return nil, err
	}
	for i, a := range items(member(doc, "assignments")) {
		drop(a, "id")
		if say != nil {
			a.HeadComment = say.Assignments[d.Assignments[i].ID.String()]
		}
	}
	if say == nil {
		return doc, nil
	}
	for i, p := range items(member(doc, "packs")) {
		p.HeadComment = say.Packs[d.Packs[i].ID]
		for j, r := range items(member(p, "rules")) {
			r.HeadComment = say.PackRules[d.Packs[i].ID+"/"+d.Packs[i].Rules[j].ID]
		}
	}
	for i, r := range items(member(doc, "rules")) {
		r.HeadComment = say.Rules[d.Rules[i].ID]
	}
	return doc, nil
}

// plain takes the marks of JSON off: quotes come back where they are needed. Empty lists keep
// theirs, and short mappings and lists of words stay on one line.
func plain(n *yaml.Node) {
	n.Style = 0
	for _, inner := range n.Content {
		plain(inner)
	}
	if (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return c.Kind != yaml.ScalarNode }) && width(n) <= 60 {
		n.Style = yaml.FlowStyle
	}
}

func width(n *yaml.Node) int {
	total := 0
	for _, c := range n.Content {
		total += len([]rune(c.Value)) + 2
	}
	return total
}

func drop(n *yaml.Node, key string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
}

// Read gives the document of a file; its assignments have no ids. Faults: Invalid with the line.
func Read(text []byte, names Names) (access.Document, error) {
	var d access.Document
	doc, err := parse(text)
	if err != nil {
		return d, err
	}
	file, err := parse(text)
	if err != nil {
		return d, err
	}
	if err := check(doc, "document"); err != nil {
		return d, err
	}
	if err := names.document(doc, names.find); err != nil {
		return d, err
	}
	if err := decode(doc, &d); err != nil {
		return d, err
	}
	written, err := names.node(d.Normal(), nil)
	if err != nil {
		return d, fault.From(err)
	}
	return d.Normal(), same(file, written)
}

// parse reads one YAML document.
func parse(text []byte) (*yaml.Node, error) {
	in := yaml.NewDecoder(bytes.NewReader(text))
	var tree, more yaml.Node
	if err := in.Decode(&tree); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fault.New(fault.Invalid, "policy_file", "the file is empty").WithAt("line 1")
		}
		return nil, fault.New(fault.Invalid, "policy_file", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := in.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "policy_file", "the file holds more than one document")
	}
	if len(tree.Content) != 1 {
		return nil, fault.New(fault.Invalid, "policy_file", "the file is empty").WithAt("line 1")
	}
	return tree.Content[0], nil
}

// decode reads a checked tree part by part, so that what a part does not say well has a line.
func decode(doc *yaml.Node, d *access.Document) error {
	if err := each(doc, "packs", &d.Packs); err != nil {
		return err
	}
	if err := each(doc, "assignments", &d.Assignments); err != nil {
		return err
	}
	return each(doc, "rules", &d.Rules)
}

func each[P any](doc *yaml.Node, key string, to *[]P) error {
	for _, n := range items(member(doc, key)) {
		text, err := json.Marshal(value(n))
		if err != nil {
			return wrong(n, "this cannot be read")
		}
		var part P
		if err := json.Unmarshal(text, &part); err != nil {
			return wrong(n, "this part cannot be read: %s", err)
		}
		*to = append(*to, part)
	}
	return nil
}

// value is a checked node as JSON has it. Numbers keep their digits.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			out[n.Content[i].Value] = value(n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, item := range n.Content {
			out = append(out, value(item))
		}
		return out
	}
	switch n.ShortTag() {
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		return json.Number(n.Value)
	}
	return n.Value
}
