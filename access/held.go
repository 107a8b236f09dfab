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

// AnyHeld reports whether some rule waits for approval.
func AnyHeld(rules []policy.Rule) bool {
	return slices.ContainsFunc(rules, func(r policy.Rule) bool { return Held(&r) })
}

// HeldActions are the actions for which there are requests, and of which a rule may therefore say that
// they wait for approval.
var HeldActions = []policy.Action{policy.Edit, policy.Export}
