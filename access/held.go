package access

import (
	"slices"

	"guan/policy"
)

// A rule with an approval in its duty waits for one. A permit of that sort opens nothing by itself, a
// forbid of that sort holds until what it holds was approved: asked for as a request, decided, and done
// once. That a write path forgets the duty can therefore only close, never open.

// Held reports whether a rule waits for approval.
func Held(r *policy.Rule) bool { return len(r.Duty.Approval) > 0 }

// InForce are the rules that hold without anybody's approval.
func InForce(rules []policy.Rule) []policy.Rule {
	return slices.DeleteFunc(rules, func(r policy.Rule) bool { return r.Effect == policy.Permit && Held(&r) })
}

// Lifted are the rules of what was approved: permits that wait for it open, forbids that wait for it
// do not hold. All others stand.
func Lifted(rules []policy.Rule) []policy.Rule {
	return slices.DeleteFunc(slices.Clone(rules), func(r policy.Rule) bool { return r.Effect != policy.Permit && Held(&r) })
}

// HeldActions are the actions for which there are requests, and of which a rule may therefore say that
// they wait for approval.
var HeldActions = []policy.Action{policy.Create, policy.Edit, policy.Delete, policy.Export, policy.Claim, policy.Release, policy.Assign}

// WhatHeld are the actions of which some rule waits for approval, by kind.
func WhatHeld(rules []policy.Rule) map[policy.Kind][]policy.Action {
	out := map[policy.Kind][]policy.Action{}
	for _, r := range rules {
		if !Held(&r) {
			continue
		}
		for _, a := range r.Actions {
			if !slices.Contains(out[r.Kind], a) {
				out[r.Kind] = append(out[r.Kind], a)
			}
		}
	}
	return out
}
