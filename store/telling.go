package store

import (
	"slices"

	"guan/access"
	"guan/policy"
	"guan/records"
)

// telling is how much of the conditions of rules somebody is told who asks about one record. Whether
// a condition holds there is a piece of the values in it: it is told only where these are plain for
// whoever asks. Rules name other records by id; of those no one is told either. The nil telling,
// for who administers or audits the policy, tells everything.
type telling struct {
	schema *policy.KindSchema
	id     policy.ID
	read   policy.Outcome
}

// telling is what the actor is told about a record that they read.
func (v *view) telling(kind policy.Kind, seen *fetched) *telling {
	return &telling{v.catalog.Schema().Kind(kind), seen.id, v.bound.Reduce(policy.Read, kind).Outcome(seen.answer)}
}

// untold stands for the conditions that are left out.
var untold = records.Label{ZH: "（另有条件，此处不列）", EN: " (under a condition that is not shown here)"}

// rule returns the rule without the conditions that are not told, and whether there are any.
func (t *telling) rule(rule *policy.Rule) (*policy.Rule, bool) {
	if t == nil || rule.When == nil {
		return rule, false
	}
	less := *rule
	var hidden bool
	less.When, hidden = t.cond(rule.When)
	return &less, hidden
}

// unsaid leaves out of a rule that was opened for a purpose the fields that do not exist for who asks,
// and why an emergency was opened, where what is said of the record is closed to them.
func (v *view) unsaid(rule *policy.Rule, told *telling) *policy.Rule {
	if told == nil || rule.Origin.Type != access.FromGrant && rule.Origin.Type != access.FromSandbox && rule.Origin.Type != access.FromEmergency {
		return rule
	}
	less := *rule
	less.Fields = v.toldFields(rule.Kind, rule.Fields)
	if rule.Origin.Type == access.FromEmergency && !talks(told.schema, told.read.Level) && !rule.Who.SpeaksOf(v.bound.Subject()) {
		less.Scene, less.Origin.Name = "", ""
	}
	return &less
}

// cond returns what may be told of a condition, nil when it is nothing.
func (t *telling) cond(c *policy.Cond) (*policy.Cond, bool) {
	switch {
	case t == nil || c == nil:
		return c, false
	case c.Op == policy.OpIn && c.Field == "id":
		return t.among(c)
	case c.Op == policy.OpAll:
		var parts []policy.Cond
		hidden := false
		for i := range c.Args {
			part, h := t.cond(&c.Args[i])
			if hidden = hidden || h; part != nil {
				parts = append(parts, *part)
			}
		}
		if len(parts) == 0 {
			return nil, hidden
		}
		return &policy.Cond{Op: policy.OpAll, Args: parts}, hidden
	case t.plain(c):
		return c, false
	}
	return nil, true
}

// among names of the records in a list only the one that is asked about.
func (t *telling) among(c *policy.Cond) (*policy.Cond, bool) {
	i := slices.IndexFunc(c.Values, func(o policy.Operand) bool { return o.Ref != nil && *o.Ref == t.id })
	if i < 0 {
		return nil, true
	}
	return &policy.Cond{Op: policy.OpIn, Field: c.Field, Values: c.Values[i : i+1]}, false
}

// plain reports whether everything that a condition looks at is plain: a field of another record
// never is.
func (t *telling) plain(c *policy.Cond) bool {
	names := []string{c.Field}
	if c.Value != nil {
		names = append(names, c.Value.Field)
	}
	for _, name := range names {
		if name != "" && t.read.Level(t.schema.Field(name)) != policy.Plain {
			return false
		}
	}
	for i := range c.Args {
		if !t.plain(&c.Args[i]) {
			return false
		}
	}
	return c.Op != policy.OpExists
}

// reasons says in words what the engine found, as far as it is told.
func (v *view) reasons(list []policy.Reason, told *telling, about topic) []Reason {
	out := make([]Reason, 0, len(list))
	for _, r := range list {
		rule := v.unsaid(v.rules.Rule(r.Rule), told)
		reason := Reason{Rule: rule.ID, Effect: rule.Effect, Origin: rule.Origin, From: v.originLabel(rule),
			Scene: both(func(lang string) string { return v.scene(rule, lang) }), Until: rule.Until}
		var opened bool
		if reason.Given, reason.Sentence, opened = v.given(rule, told, about); !opened {
			shown, hidden := told.rule(rule)
			if reason.Sentence = v.ruleSentence(shown); hidden {
				reason.Sentence = records.Label{ZH: reason.Sentence.ZH + untold.ZH, EN: reason.Sentence.EN + untold.EN}
			}
		}
		for _, l := range r.Lacks {
			lack := Lack{Code: l.Code}
			cond, unsaid := told.cond(l.Cond)
			if l.Code == policy.LackCondition && (unsaid || cond == nil) {
				lack.Sentence = records.Label{ZH: lackWords[l.Code].ZH + untold.ZH, EN: lackWords[l.Code].EN + untold.EN}
			} else {
				lack.Sentence = v.lackSentence(rule, l)
			}
			reason.Lacks = append(reason.Lacks, lack)
		}
		out = append(out, reason)
	}
	return out
}
