package org

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"guan/fault"
	"guan/policy"
)

// Tree is a checked tree of units. It does not change and may be shared.
type Tree struct {
	nodes []node // in the order of a walk: a unit, then everything below it
	at    map[policy.ID]int
	heads map[policy.ID][]policy.ID // person to the units they head, sorted
}

type node struct {
	unit     Unit
	depth    int // 1 for the root
	end      int // nodes[i+1:end] stand below nodes[i]
	children []policy.ID
}

// NewTree checks the rows and builds the tree: one root, every parent there, no circle, sibling
// names apart, no deeper than MaxDepth. Siblings keep the order of their names, then ids. No
// rows give the empty tree. Faults: Invalid, with one item for each mistake, at "unit ID".
func NewTree(units []Unit) (*Tree, error) {
	var errs []error
	wrong := func(u Unit, err error) {
		e := fault.From(err)
		at := "unit " + u.ID.String()
		if e.At != "" {
			at += " " + e.At
		}
		errs = append(errs, e.WithAt(at))
	}
	byID := make(map[policy.ID]Unit, len(units))
	below := make(map[policy.ID][]Unit, len(units))
	for _, u := range units {
		if err := u.check(); err != nil {
			wrong(u, err)
			continue
		}
		if _, double := byID[u.ID]; double {
			wrong(u, fault.New(fault.Invalid, "unit_double", "the unit stands twice"))
			continue
		}
		u.Heads = slices.Clone(u.Heads)
		byID[u.ID] = u
		below[u.Parent] = append(below[u.Parent], u)
	}
	for _, u := range units {
		if _, ok := byID[u.Parent]; !ok && u.Parent != 0 && byID[u.ID].ID != 0 {
			wrong(u, fault.New(fault.Invalid, "unit_parent", "the unit above it does not exist").WithAt("parent"))
		}
	}
	for i, u := range below[0] {
		if i > 0 {
			wrong(u, errSecondRoot)
		}
	}
	t := &Tree{nodes: make([]node, 0, len(units)), at: make(map[policy.ID]int, len(units)), heads: map[policy.ID][]policy.ID{}}
	for _, siblings := range below {
		slices.SortFunc(siblings, func(a, b Unit) int { return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
		seen := make(map[string]bool, len(siblings))
		for _, u := range siblings {
			if key := nameKey(u.Name); seen[key] && u.Parent != 0 {
				wrong(u, errSibling)
			} else {
				seen[key] = true
			}
		}
	}
	for _, root := range below[0] {
		t.walk(root, below, 1)
	}
	for _, n := range t.nodes {
		if n.depth == MaxDepth+1 {
			wrong(n.unit, errDeep)
		}
	}
	// What no walk from a root reached, although every parent is there, stands in a circle.
	if len(errs) == 0 && len(t.nodes) < len(byID) {
		for _, u := range units {
			if _, reached := t.at[u.ID]; !reached {
				wrong(u, errCircle)
			}
		}
	}
	if err := fault.Collect(fault.Invalid, "units", "the units do not form a tree", errs...); err != nil {
		return nil, err
	}
	for _, n := range t.nodes {
		for _, person := range n.unit.Heads {
			t.heads[person] = append(t.heads[person], n.unit.ID)
		}
	}
	for _, ids := range t.heads {
		slices.Sort(ids)
	}
	return t, nil
}

var (
	errSecondRoot = fault.New(fault.Invalid, "unit_root", "there is a root already: every other unit needs a unit above it").WithAt("parent")
	errSibling    = fault.New(fault.Invalid, "unit_sibling", "another unit of the same name stands below the same unit").WithAt("name")
	errCircle     = fault.New(fault.Invalid, "unit_cycle", "a unit cannot stand below itself").WithAt("parent")
	errDeep       = fault.New(fault.Invalid, "unit_depth", fmt.Sprintf("the tree is at most %d units deep", MaxDepth)).WithAt("parent").With("max", MaxDepth)
	errNoUnit     = fault.New(fault.NotFound, "unit", "there is no such unit")
)

// walk lays out one subtree. Units in a circle are never reached, and a unit deeper than the
// tree may be ends the walk there, so that rows of any shape end.
func (t *Tree) walk(u Unit, below map[policy.ID][]Unit, depth int) {
	i := len(t.nodes)
	t.at[u.ID] = i
	t.nodes = append(t.nodes, node{unit: u, depth: depth})
	if depth <= MaxDepth {
		for _, child := range below[u.ID] {
			t.nodes[i].children = append(t.nodes[i].children, child.ID)
			t.walk(child, below, depth+1)
		}
	}
	t.nodes[i].end = len(t.nodes)
}

// Len returns the number of units.
func (t *Tree) Len() int { return len(t.nodes) }

// Root returns the root's id, 0 in the empty tree.
func (t *Tree) Root() policy.ID {
	if len(t.nodes) == 0 {
		return 0
	}
	return t.nodes[0].unit.ID
}

// Unit returns a unit; its Heads are shared and must not be changed.
func (t *Tree) Unit(id policy.ID) (Unit, bool) {
	i, ok := t.at[id]
	if !ok {
		return Unit{}, false
	}
	return t.nodes[i].unit, true
}

// Units yields every unit, each before what stands below it.
func (t *Tree) Units() func(yield func(Unit) bool) {
	return func(yield func(Unit) bool) {
		for i := range t.nodes {
			if !yield(t.nodes[i].unit) {
				return
			}
		}
	}
}

// Children returns the units directly below, by name.
func (t *Tree) Children(id policy.ID) []policy.ID {
	i, ok := t.at[id]
	if !ok {
		return nil
	}
	return slices.Clone(t.nodes[i].children)
}

// Depth returns 1 for the root, 2 for what stands directly below it, 0 for no unit.
func (t *Tree) Depth(id policy.ID) int {
	i, ok := t.at[id]
	if !ok {
		return 0
	}
	return t.nodes[i].depth
}

// Above returns the units above, from the parent to the root.
func (t *Tree) Above(id policy.ID) []policy.ID {
	i, ok := t.at[id]
	if !ok {
		return nil
	}
	above := make([]policy.ID, 0, t.nodes[i].depth-1)
	for parent := t.nodes[i].unit.Parent; parent != 0; {
		above = append(above, parent)
		parent = t.nodes[t.at[parent]].unit.Parent
	}
	return above
}

// Below returns everything below the unit, without it, sorted.
func (t *Tree) Below(id policy.ID) []policy.ID {
	i, ok := t.at[id]
	if !ok {
		return nil
	}
	return t.sorted(i+1, t.nodes[i].end)
}

// Within returns the unit and everything below it, sorted; nothing for a unit that does not
// exist. It serves as policy.Expand.
func (t *Tree) Within(id policy.ID) []policy.ID {
	i, ok := t.at[id]
	if !ok {
		return nil
	}
	return t.sorted(i, t.nodes[i].end)
}

func (t *Tree) sorted(from, end int) []policy.ID {
	ids := make([]policy.ID, 0, end-from)
	for j := from; j < end; j++ {
		ids = append(ids, t.nodes[j].unit.ID)
	}
	slices.Sort(ids)
	return ids
}

// IsWithin reports whether the unit is top or stands below it.
func (t *Tree) IsWithin(unit, top policy.ID) bool {
	i, ok := t.at[unit]
	j, found := t.at[top]
	return ok && found && j <= i && i < t.nodes[j].end
}

// Union returns all units that are one of ids or stand below one, sorted, without doubles.
func (t *Tree) Union(ids []policy.ID) []policy.ID {
	var all []policy.ID
	for i, id := range ids {
		if slices.ContainsFunc(ids[:i], func(other policy.ID) bool { return t.IsWithin(id, other) }) {
			continue
		}
		all = append(all, t.Within(id)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// HeadedBy returns the units of which the person is a head, sorted.
func (t *Tree) HeadedBy(person policy.ID) []policy.ID { return slices.Clone(t.heads[person]) }

// Path returns the names from the root to the unit, joined by the separator; "" for no unit.
func (t *Tree) Path(id policy.ID) string {
	u, ok := t.Unit(id)
	if !ok {
		return ""
	}
	names := []string{u.Name}
	for _, above := range t.Above(id) {
		names = append(names, t.nodes[t.at[above]].unit.Name)
	}
	slices.Reverse(names)
	return strings.Join(names, Separator)
}

// Find returns the unit of a path as Path gives it. Case counts as little as among siblings.
func (t *Tree) Find(path string) (policy.ID, bool) {
	if len(t.nodes) == 0 {
		return 0, false
	}
	names := strings.Split(path, Separator)
	if nameKey(names[0]) != nameKey(t.nodes[0].unit.Name) {
		return 0, false
	}
	i := 0
next:
	for _, name := range names[1:] {
		for _, child := range t.nodes[i].children {
			if j := t.at[child]; nameKey(t.nodes[j].unit.Name) == nameKey(name) {
				i = j
				continue next
			}
		}
		return 0, false
	}
	return t.nodes[i].unit.ID, true
}
