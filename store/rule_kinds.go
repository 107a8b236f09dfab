package store

import (
	"context"

	"guan/policy"
	"guan/records"
)

// RuleKind describes a kind to who writes rules: everything that a rule can name, whether its
// author may read such records or not.
type RuleKind struct {
	Name      policy.Kind       `json:"name"`
	Label     records.Label     `json:"label"`
	Plural    records.Label     `json:"plural"`
	Fields    []RuleField       `json:"fields"`
	Stages    []records.Choice  `json:"stages"`
	Relations []RuleRelation    `json:"relations"`
	Actions   []NamedAction     `json:"actions"`
	Paths     []policy.PathKind `json:"paths"`
	Searched  []policy.Class    `json:"searched"` // whose texts can be found by the search
}

// RuleField is a field as a condition or a level can name it.
type RuleField struct {
	Name    string           `json:"name"`
	Label   records.Label    `json:"label"`
	Type    records.Type     `json:"type"`
	Class   policy.Class     `json:"class"`
	Format  records.Format   `json:"format,omitempty"`
	Choices []records.Choice `json:"choices,omitempty"`
	Ref     policy.Kind      `json:"ref,omitempty"`
	Custom  bool             `json:"custom"`
	Group   bool             `json:"group,omitempty"` // of tags
	Masks   []policy.Level   `json:"masks"`           // that suit it, from the least to the most open
	Mask    policy.Level     `json:"mask"`            // its own, where a rule names none
	// Examples are what Masks leave of a value such as the field holds, in their order.
	Examples []string `json:"examples"`
	// Encrypted: a rule can ask whether there is a value.
	Encrypted bool `json:"encrypted,omitempty"`
	Required  bool `json:"required,omitempty"`
	Search    bool `json:"search,omitempty"`
}

// RuleRelation leads to another kind. Of a parent that every record has, conditions may name the
// fields; of many records, whether one exists.
type RuleRelation struct {
	Name   string        `json:"name"`
	Label  records.Label `json:"label"`
	Kind   policy.Kind   `json:"kind"`
	Many   bool          `json:"many"`
	Always bool          `json:"always"`
}

// NamedAction is an action with its words.
type NamedAction struct {
	Code  policy.Action `json:"code"`
	Label records.Label `json:"label"`
}

// RuleKinds describes all kinds, and the pseudo-kind of administration. It takes one of the rights
// policy and audit.
func (s *Session) RuleKinds(ctx context.Context) ([]RuleKind, error) {
	var out []RuleKind
	err := s.oversee(ctx, "rule kinds", func(t *rtx, v *view) error {
		out = []RuleKind{}
		for _, k := range v.catalog.Kinds() {
			out = append(out, ruleKind(k, v.catalog.Schema().Kind(k.Name)))
		}
		system := RuleKind{Name: records.System, Label: records.Label{ZH: "系统管理", EN: "administration"}, Plural: records.Label{ZH: "系统管理", EN: "administration"},
			Fields: []RuleField{}, Stages: []records.Choice{}, Relations: []RuleRelation{}, Paths: []policy.PathKind{policy.PathAll}, Searched: []policy.Class{}}
		for _, a := range records.SystemActions {
			system.Actions = append(system.Actions, NamedAction{a, records.SystemActionLabels[a]})
		}
		out = append(out, system)
		return nil
	}, "policy", "audit")
	return out, err
}

func ruleKind(k *records.Kind, schema *policy.KindSchema) RuleKind {
	r := RuleKind{Name: k.Name, Label: k.Label, Plural: k.Plural, Fields: []RuleField{}, Stages: append([]records.Choice{}, k.Stages...), Relations: []RuleRelation{}, Actions: []NamedAction{},
		Searched: append([]policy.Class{}, k.SearchClasses()...)}
	for _, f := range k.Fields {
		r.Fields = append(r.Fields, RuleField{f.Name, f.Label, f.Type, f.Class, f.Format, f.Choices, f.Ref, f.Custom, f.Group != nil, f.Masks(), schema.Field(f.Name).Mask, f.Examples(), f.Encrypted, f.Required, f.Search})
	}
	for _, rel := range k.Relations {
		r.Relations = append(r.Relations, RuleRelation{rel.Name, rel.Label, rel.Kind, rel.Many, rel.NotNull})
	}
	for _, a := range k.Actions {
		r.Actions = append(r.Actions, NamedAction{a, records.ActionLabels[a]})
	}
	r.Paths = []policy.PathKind{policy.PathAll}
	add := func(has bool, paths ...policy.PathKind) {
		if has {
			r.Paths = append(r.Paths, paths...)
		}
	}
	add(k.Owner != "", policy.PathOwn)
	add(k.Unit != "", policy.PathUnit, policy.PathUnitBelow, policy.PathHeaded, policy.PathUnits)
	add(k.Team, policy.PathTeam)
	add(k.Pool != "", policy.PathPool)
	add(len(k.Relations) > 0, policy.PathLinked)
	add(k.Place != "", policy.PathNear)
	return r
}
