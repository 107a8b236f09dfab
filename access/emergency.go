package access

import (
	"guan/grants"
	"guan/policy"
)

// seenOnScreen is the condition of every rule of an emergency: it is for somebody's eyes. Files,
// programs with a token and background work run on other channels and know nothing of it.
const seenOnScreen = "ctx.channel == 'web'"

// EmergencyRules are the permits of an emergency: to read the record, and what hangs on it by the
// relations named. Forbids hold against them as against every permit.
func EmergencyRules(e *grants.Emergency) []policy.Rule {
	from, end := e.Window()
	if from.UnixMicro() >= end.UnixMicro() {
		return nil
	}
	rule := func(id string, kind policy.Kind, which policy.Cond) policy.Rule {
		return policy.Rule{
			ID: id, Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: e.Person}}},
			Kind: kind, Actions: []policy.Action{policy.Read}, Fields: plain(e.Classes...), Where: all,
			When: &policy.Cond{Op: policy.OpAll, Args: []policy.Cond{which, {Op: policy.OpKnown, CEL: seenOnScreen}}},
			From: &from, Until: &end, Scene: e.Reason,
			Origin: policy.Origin{Type: FromEmergency, ID: e.ID.String(), Name: e.Reason},
		}
	}
	this := policy.Operand{Ref: &e.Record}
	base := FromEmergency + "/" + e.ID.String()
	rules := []policy.Rule{rule(base, e.Kind, policy.Cond{Op: policy.OpIn, Field: "id", Values: []policy.Operand{this}})}
	for _, a := range e.With {
		rules = append(rules, rule(base+"/"+a.Relation, a.Kind, policy.Cond{Op: policy.OpEq, Field: a.Field, Value: &this}))
	}
	return rules
}
