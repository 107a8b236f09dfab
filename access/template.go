package access

import (
	"slices"
	"strings"

	"guan/org"
	"guan/policy"
)

// Template is a set of rules that comes with Guan and is off until an administrator takes it into a
// draft. Its rules are written like any other and can be changed once they are there.
type Template struct {
	ID          string         `json:"id"`
	Group       string         `json:"group"` // of TemplateGroups
	Label       org.Label      `json:"label"`
	Description org.Label      `json:"description"`
	Rules       []TemplateRule `json:"rules"`
	// Days is how long its rules are in force from the day they are taken into a draft; 0 has no end.
	Days int `json:"days,omitempty"`
}

// TemplateRule is a rule without Who. It speaks of whoever holds one of the packs For, and of nobody
// who holds one of the packs Except. For is empty where a company must name the people itself.
type TemplateRule struct {
	Rule    policy.Rule
	SceneEN string
	For     []string
	Except  []string
}

// Anybody in For stands for everyone.
const Anybody = "*"

// TemplateGroups are what templates go by, in the order in which screens show them.
var TemplateGroups = []string{"sharing", "scenes", "tags", "stages", "dates", "fields"}

// Templates are the sharing rules, the scenes and the guards to switch on.
var Templates = slices.Concat(sharingTemplates(), sceneTemplates, guardTemplates)

func sharingTemplates() []Template {
	var list []Template
	for _, s := range Sharings {
		list = append(list, Template{ID: s.ID, Group: "sharing", Label: s.Label, Description: s.Description,
			Rules: []TemplateRule{{Rule: s.Rule, SceneEN: s.SceneEN}}})
	}
	return list
}

// set begins a template.
func set(id, group, zh, en, descriptionZH, descriptionEN string) Template {
	return Template{ID: id, Group: group, Label: org.Label{ZH: zh, EN: en}, Description: org.Label{ZH: descriptionZH, EN: descriptionEN}}
}

// guard adds a forbid with the scene given; levels lower fields, and without them the actions are closed.
func (t Template) guard(kind policy.Kind, actions, sceneZH, sceneEN string, levels ...[]policy.FieldRule) Template {
	return t.rule(policy.Forbid, kind, actions, all, sceneZH, sceneEN, levels...)
}

// permit adds a permit.
func (t Template) permit(kind policy.Kind, actions string, where policy.Path, sceneZH, sceneEN string, levels ...[]policy.FieldRule) Template {
	return t.rule(policy.Permit, kind, actions, where, sceneZH, sceneEN, levels...)
}

func (t Template) rule(effect policy.Effect, kind policy.Kind, actions string, where policy.Path, sceneZH, sceneEN string, levels ...[]policy.FieldRule) Template {
	r := policy.Rule{Effect: effect, Kind: kind, Where: where, Scene: sceneZH, Origin: policy.Origin{Name: t.Label.ZH}}
	for a := range strings.FieldsSeq(actions) {
		r.Actions = append(r.Actions, policy.Action(a))
	}
	r.Fields = slices.Concat(levels...)
	t.Rules = append(slices.Clone(t.Rules), TemplateRule{Rule: r, SceneEN: sceneEN})
	return t
}

func (t Template) last() *TemplateRule { return &t.Rules[len(t.Rules)-1] }

// when puts a condition on the rule added last.
func (t Template) when(c policy.Cond) Template {
	t.last().Rule.When = &c
	return t
}

// of says whom the rule added last speaks of, by their packs.
func (t Template) of(packs ...string) Template {
	t.last().For = packs
	return t
}

// days ends the rules so many days after they are taken into a draft.
func (t Template) days(n int) Template {
	t.Days = n
	return t
}

// but says whom it does not speak of.
func (t Template) but(packs ...string) Template {
	t.last().Except = packs
	return t
}

// approvedBy says who approves what the rule added last holds, step by step.
func (t Template) approvedBy(steps ...string) Template {
	t.last().Rule.Duty.Approval = steps
	return t
}

// hidden takes the classes out of sight.
func hidden(list ...policy.Class) []policy.FieldRule { return classes(policy.Hidden, false, list) }

func textIs(s string) *policy.Operand { return &policy.Operand{Text: &s} }

// tagged is the condition that a field of tags has one.
func tagged(field, tag string) policy.Cond {
	return policy.Cond{Op: policy.OpTag, Field: field, Value: textIs(tag)}
}

// known compares a field with an expression over person and request.
func known(op policy.Op, field, cel string) policy.Cond {
	return policy.Cond{Op: op, Field: field, Value: &policy.Operand{CEL: cel}}
}

func both(args ...policy.Cond) policy.Cond { return policy.Cond{Op: policy.OpAll, Args: args} }

func not(c policy.Cond) policy.Cond { return policy.Cond{Op: policy.OpNot, Args: []policy.Cond{c}} }
