package access

import (
	"strings"

	"guan/org"
	"guan/policy"
)

// Presets are the packs that come with Guan, in the order in which screens show them.
var Presets = []Pack{boss, head, sales, service, finance, marketing, analyst, administrator, auditor, observer, staff}

// Kinds are the kinds of record that the presets speak of, in the order of tables.
var Kinds = []policy.Kind{"customer", "contact", "opportunity", "contract", "ticket", "activity", "payment", "product", "task", "person"}

// pack begins a preset.
func pack(id, zh, en, descriptionZH, descriptionEN string) Pack {
	return Pack{ID: id, Label: org.Label{ZH: zh, EN: en}, Description: org.Label{ZH: descriptionZH, EN: descriptionEN}, SceneEN: map[string]string{}}
}

// permit adds a rule; its id is the pack's, the kind's and name. A field that no entry speaks of
// is hidden.
func (p Pack) permit(kind policy.Kind, name, actions string, where policy.Path, zh, en string, levels ...[]policy.FieldRule) Pack {
	return p.rule(policy.Permit, kind, name, actions, where, zh, en, levels...)
}

// forbid adds a rule that holds against every permit, also those of other packs.
func (p Pack) forbid(kind policy.Kind, name, actions, zh, en string, levels ...[]policy.FieldRule) Pack {
	return p.rule(policy.Forbid, kind, name, actions, all, zh, en, levels...)
}

func (p Pack) rule(effect policy.Effect, kind policy.Kind, name, actions string, where policy.Path, zh, en string, levels ...[]policy.FieldRule) Pack {
	r := policy.Rule{ID: p.ID + "/" + string(kind) + "/" + name, Effect: effect, Kind: kind, Where: where, Scene: zh}
	for a := range strings.FieldsSeq(actions) {
		r.Actions = append(r.Actions, policy.Action(a))
	}
	for _, l := range levels {
		r.Fields = append(r.Fields, l...)
	}
	p.Rules = append(p.Rules, r)
	p.SceneEN[r.ID] = en
	return p
}

// when puts a condition on the rule added last.
func (p Pack) when(c policy.Cond) Pack {
	p.Rules[len(p.Rules)-1].When = &c
	return p
}

// may adds system actions.
func (p Pack) may(actions ...policy.Action) Pack {
	p.System = actions
	return p
}

// The access paths of the presets.
var (
	all    = policy.Path{Path: policy.PathAll}
	own    = policy.Path{Path: policy.PathOwn}
	team   = policy.Path{Path: policy.PathTeam}
	unit   = policy.Path{Path: policy.PathUnit}
	headed = policy.Path{Path: policy.PathHeaded}
	pool   = policy.Path{Path: policy.PathPool}
)

// through reaches a record over a relation whose other end is within via.
func through(relation string, via policy.Path) policy.Path {
	return policy.Path{Path: policy.PathLinked, Relation: relation, Via: &via}
}

// throughWhere is through, for related records that satisfy the condition.
func throughWhere(relation string, via policy.Path, c policy.Cond) policy.Path {
	p := through(relation, via)
	p.Cond = &c
	return p
}

func classes(level policy.Level, edit bool, list []policy.Class) []policy.FieldRule {
	var out []policy.FieldRule
	for _, c := range list {
		out = append(out, policy.FieldRule{Class: c, Level: level, Edit: edit})
	}
	return out
}

// edit shows the classes plain and lets them be written.
func edit(list ...policy.Class) []policy.FieldRule { return classes(policy.Plain, true, list) }

// plain shows the classes.
func plain(list ...policy.Class) []policy.FieldRule { return classes(policy.Plain, false, list) }

// masked shows that there is a value, not the value.
func masked(list ...policy.Class) []policy.FieldRule { return classes(policy.Masked, false, list) }

// fixed shows single fields whose class may be written and which themselves may not.
func fixed(fields ...string) []policy.FieldRule {
	var out []policy.FieldRule
	for _, f := range fields {
		out = append(out, policy.FieldRule{Field: f, Level: policy.Plain})
	}
	return out
}

// open lets single fields be written whose class may not.
func open(fields ...string) []policy.FieldRule {
	var out []policy.FieldRule
	for _, f := range fields {
		out = append(out, policy.FieldRule{Field: f, Level: policy.Plain, Edit: true})
	}
	return out
}

// placed are the fields by which a record comes into somebody's reach: whoever writes them hands
// the record on. Only heads and the boss do.
var placed = fixed("owner", "unit", "pool")

// stageIn is the condition that the record stands in one of the stages.
func stageIn(stages ...string) policy.Cond { return oneOf("stage", stages...) }

func oneOf(field string, codes ...string) policy.Cond {
	c := policy.Cond{Op: policy.OpIn, Field: field}
	for _, s := range codes {
		c.Values = append(c.Values, policy.Operand{Text: &s})
	}
	return c
}

// openTicket is a ticket that somebody still works on.
func openTicket() policy.Cond { return stageIn("new", "assigned", "processing", "waiting") }

const (
	general       = policy.General
	contact       = policy.Contact
	money         = policy.Amount
	identity      = policy.Identity
	communication = policy.Communication
	internal      = policy.Internal
)
