package access

import (
	"guan/fault"
	"guan/org"
	"guan/policy"
)

// SharingTemplate is a sharing rule that comes with Guan and is off until somebody names the
// people it speaks of.
type SharingTemplate struct {
	ID          string      `json:"id"`
	Label       org.Label   `json:"label"`
	Description org.Label   `json:"description"`
	Rule        policy.Rule `json:"rule"` // without Who
	SceneEN     string      `json:"scene_en"`
}

// Sharings are the variants that companies differ in.
var Sharings = []SharingTemplate{
	template("colleagues", "同部门客户可见", "Customers of colleagues",
		"同部门的人互相看到客户的名称等基本信息", "People of one unit see the general information of each other's customers",
		"customer", unit, nil, "同部门避免撞单", "Colleagues keep out of each other's way", plain(general)),
	template("customer_contracts", "客户的全部合同可见", "All contracts of own customers",
		"客户的负责人看到该客户名下、由他人签订的合同", "The owner of a customer sees the contracts that others signed with it",
		"contract", through("customer", own), nil, "客户负责人掌握客户的全部往来", "The owner of a customer knows all dealings with it", plain(general, money)),
	template("near_store", "门店附近的个人客户", "Individuals near the store",
		"在门店任职的人看到门店 3 公里内的个人客户", "People of a store see the individual customers within 3 km of it",
		"customer", policy.Path{Path: policy.PathNear, Meters: 3_000}, individuals(), "门店服务周边的个人客户", "Stores serve the individuals who live around them",
		plain(general), masked(contact)),
}

func template(id, zh, en, descriptionZH, descriptionEN string, kind policy.Kind, where policy.Path, when *policy.Cond, sceneZH, sceneEN string, levels ...[]policy.FieldRule) SharingTemplate {
	r := policy.Rule{ID: id, Effect: policy.Permit, Kind: kind, Actions: []policy.Action{policy.Read}, Where: where, When: when, Scene: sceneZH, Origin: policy.Origin{Name: zh}}
	for _, l := range levels {
		r.Fields = append(r.Fields, l...)
	}
	return SharingTemplate{ID: id, Label: org.Label{ZH: zh, EN: en}, Description: org.Label{ZH: descriptionZH, EN: descriptionEN}, Rule: r, SceneEN: sceneEN}
}

func individuals() *policy.Cond {
	individual := "individual"
	return &policy.Cond{Op: policy.OpEq, Field: "type", Value: &policy.Operand{Text: &individual}}
}

// For gives the template's rule for the people named.
func (t SharingTemplate) For(who ...policy.Clause) policy.Rule {
	r := t.Rule
	r.Who = policy.Who{Any: who}
	return r
}

// CheckSharing refuses what is not a sharing rule: it permits, and it has an id. The rest is the
// engine's to check. Faults: Invalid.
func CheckSharing(r policy.Rule) error { return checkAuthored(r, policy.Permit) }

// CheckGuard refuses what is not a guard: it forbids, and it has an id. Faults: Invalid.
func CheckGuard(r policy.Rule) error { return checkAuthored(r, policy.Forbid) }

func checkAuthored(r policy.Rule, effect policy.Effect) error {
	switch {
	case r.ID == "":
		return fault.New(fault.Invalid, "rule_id", "a rule needs an id").WithAt("id")
	case r.Effect != effect:
		return fault.New(fault.Invalid, "rule_effect", "a sharing rule permits and a guard forbids").WithAt("effect")
	}
	return nil
}
