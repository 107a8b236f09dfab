package org

import (
	"guan/fault"
	"guan/policy"
)

// CheckAdd reports whether the tree would still be one with this unit in it. Faults: Invalid.
func (t *Tree) CheckAdd(u Unit) error {
	if err := u.check(); err != nil {
		return err
	}
	if _, double := t.at[u.ID]; double {
		return fault.New(fault.Invalid, "unit_double", "the unit stands twice")
	}
	return t.checkPlace(u, 1)
}

// CheckUpdate reports whether the unit may take this form: another name, type, place, heads or
// parent. Faults: NotFound when there is no such unit, Invalid.
func (t *Tree) CheckUpdate(u Unit) error {
	i, ok := t.at[u.ID]
	if !ok {
		return errNoUnit
	}
	if err := u.check(); err != nil {
		return err
	}
	if u.Parent != 0 && t.IsWithin(u.Parent, u.ID) {
		return errCircle
	}
	height := 0
	for _, n := range t.nodes[i:t.nodes[i].end] {
		height = max(height, n.depth-t.nodes[i].depth+1)
	}
	return t.checkPlace(u, height)
}

// CheckMove reports whether the unit, with all below it, may stand below newParent. Faults:
// NotFound when there is no such unit, Invalid.
func (t *Tree) CheckMove(unit, newParent policy.ID) error {
	u, ok := t.Unit(unit)
	if !ok {
		return errNoUnit
	}
	u.Parent = newParent
	return t.CheckUpdate(u)
}

// Uses says what still stands in a unit; the store counts it.
type Uses struct {
	Appointments int // active or planned ones
	Records      int // records of any kind whose unit it is
	Rules        int // rules, pools and assignments that name it
}

// CheckDelete reports whether the unit may go: nothing stands below it and nothing in it, so
// that no rule, record or person is left pointing at nothing. Faults: NotFound, Conflict.
func (t *Tree) CheckDelete(unit policy.ID, uses Uses) error {
	i, ok := t.at[unit]
	if !ok {
		return errNoUnit
	}
	for _, use := range []struct {
		code, detail string
		count        int
	}{
		{"unit_has_units", "other units stand below the unit", len(t.nodes[i].children)},
		{"unit_has_people", "people are or will be appointed to the unit", uses.Appointments},
		{"unit_has_records", "records belong to the unit", uses.Records},
		{"unit_has_rules", "rules, pools or pack assignments name the unit", uses.Rules},
	} {
		if use.count > 0 {
			return fault.New(fault.Conflict, use.code, use.detail).With("count", use.count)
		}
	}
	return nil
}

// checkPlace looks at where the unit would stand: the root is one, the parent is there, no
// sibling has its name, and height units fit below the parent.
func (t *Tree) checkPlace(u Unit, height int) error {
	if u.Parent == 0 {
		if root := t.Root(); root != 0 && root != u.ID {
			return errSecondRoot
		}
		return nil
	}
	parent, ok := t.at[u.Parent]
	if !ok {
		return fault.New(fault.Invalid, "unit_parent", "the unit above it does not exist").WithAt("parent")
	}
	for _, sibling := range t.nodes[parent].children {
		if sibling != u.ID && nameKey(t.nodes[t.at[sibling]].unit.Name) == nameKey(u.Name) {
			return errSibling
		}
	}
	if t.nodes[parent].depth+height > MaxDepth {
		return errDeep
	}
	return nil
}
