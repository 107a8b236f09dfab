package access

import (
	"bytes"
	"encoding/json"
	"slices"

	"guan/policy"
)

// The parts of a document.
const (
	PartPack       = "pack"
	PartAssignment = "assignment"
	PartRule       = "rule"
)

// What a change does.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// DocumentChange is one part that differs between two documents. Before and After hold a
// PackDocument, an Assignment or a RuleDocument.
type DocumentChange struct {
	Op        string           `json:"op"`
	Part      string           `json:"part"`
	ID        string           `json:"id"`
	Sensitive bool             `json:"sensitive"`
	Before    any              `json:"before,omitempty"`
	After     any              `json:"after,omitempty"`
	Rules     []DocumentChange `json:"rules,omitempty"` // of a changed pack, rule by rule
}

// Changes lists by what two normal documents differ, part by part: packs, assignments, rules. The
// order of parts is no difference.
func Changes(schema *policy.Schema, before, after Document) []DocumentChange {
	changes := []DocumentChange{}
	compareParts(before.Packs, after.Packs, func(p PackDocument) string { return p.ID }, func(id string, b, a *PackDocument) {
		changes = append(changes, packChange(schema, id, b, a))
	})
	packs := slices.Concat(before.packs(), after.packs()) // the later one of an id counts
	slices.Reverse(packs)
	compareParts(before.Assignments, after.Assignments, func(x Assignment) string { return x.ID.String() }, func(id string, b, a *Assignment) {
		changes = append(changes, DocumentChange{Op: opOf(b, a), Part: PartAssignment, ID: id, Before: value(b), After: value(a),
			Sensitive: hangs(schema, packs, b, KeepsSensitive) || hangs(schema, packs, a, GivesSensitive)})
	})
	return append(changes, ruleChanges(schema, before.Rules, after.Rules)...)
}

// packs are all packs that assignments of the document may name.
func (d Document) packs() []Pack {
	out := slices.Clone(Presets)
	for _, p := range d.Packs {
		out = append(out, p.Pack())
	}
	return out
}

func packChange(schema *policy.Schema, id string, before, after *PackDocument) DocumentChange {
	c := DocumentChange{Op: opOf(before, after), Part: PartPack, ID: id, Before: value(before), After: value(after)}
	var was, is PackDocument
	if before != nil {
		was = *before
	}
	if after != nil {
		is = *after
	}
	c.Rules = ruleChanges(schema, was.Rules, is.Rules)
	c.Sensitive = !slices.Equal(was.System, is.System) || slices.ContainsFunc(c.Rules, func(r DocumentChange) bool { return r.Sensitive })
	if c.Op != Changed {
		c.Rules = nil
	}
	return c
}

func ruleChanges(schema *policy.Schema, before, after []RuleDocument) []DocumentChange {
	var changes []DocumentChange
	compareParts(before, after, func(r RuleDocument) string { return r.ID }, func(id string, b, a *RuleDocument) {
		c := DocumentChange{Op: opOf(b, a), Part: PartRule, ID: id, Before: value(b), After: value(a)}
		if b != nil {
			rule := b.Rule()
			c.Sensitive = KeepsSensitive(schema, &rule)
		}
		if a != nil {
			rule := a.Rule()
			c.Sensitive = c.Sensitive || GivesSensitive(schema, &rule) && !(b != nil && b.EndsEarlier(*a))
		}
		changes = append(changes, c)
	})
	return changes
}

// EndsEarlier reports whether what a permit becomes differs by an earlier end and by nothing else: that
// takes away as its removal does, and gives nothing.
func (r RuleDocument) EndsEarlier(as RuleDocument) bool {
	earlier := as.Until != nil && (r.Until == nil || as.Until.Before(*r.Until))
	as.Until = r.Until
	return r.Effect == policy.Permit && earlier && sameJSON(r, as)
}

// hangs reports whether the pack of an assignment has a rule that is sensitive.
func hangs(schema *policy.Schema, packs []Pack, a *Assignment, sensitive func(*policy.Schema, *policy.Rule) bool) bool {
	if a == nil {
		return false
	}
	p, ok := Find(packs, a.Pack)
	return ok && packGives(schema, &p, sensitive)
}

// compareParts hands every part that differs to tell: those that are gone or changed in the order
// of before, then the new ones in the order of after.
func compareParts[P any](before, after []P, id func(P) string, tell func(id string, before, after *P)) {
	now := map[string]*P{}
	for i := range after {
		now[id(after[i])] = &after[i]
	}
	old := map[string]bool{}
	for i := range before {
		key := id(before[i])
		old[key] = true
		if a := now[key]; a == nil || !sameJSON(before[i], *a) {
			tell(key, &before[i], a)
		}
	}
	for i := range after {
		if key := id(after[i]); !old[key] {
			tell(key, nil, &after[i])
		}
	}
}

func opOf[P any](before, after *P) string {
	switch {
	case before == nil:
		return Added
	case after == nil:
		return Removed
	}
	return Changed
}

// value is what a pointer points at, nil for none: an interface that holds a nil pointer is not
// nil.
func value[P any](p *P) any {
	if p == nil {
		return nil
	}
	return *p
}

// sameJSON compares by what is kept.
func sameJSON(a, b any) bool {
	left, errLeft := json.Marshal(a)
	right, errRight := json.Marshal(b)
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}

// Same reports whether two normal documents are alike, the order of their parts included.
func (d Document) Same(other Document) bool { return sameJSON(d, other) }

// Sensitive reports whether one of the changes is.
func Sensitive(changes []DocumentChange) bool {
	return slices.ContainsFunc(changes, func(c DocumentChange) bool { return c.Sensitive })
}
