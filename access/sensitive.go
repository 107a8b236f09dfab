package access

import (
	"slices"

	"guan/policy"
	"guan/records"
)

// catalogues are kinds that belong to nobody: the price of a product is no amount of somebody
// else's.
var catalogues = []policy.Kind{"product"}

// GivesSensitive reports whether a permit gives what a second person confirms: a right of
// administration, export or delete of records of others, or amounts and identity documents plain on
// more than one's own. What its author marked is sensitive too.
func GivesSensitive(schema *policy.Schema, r *policy.Rule) bool {
	if r.Sensitive {
		return true
	}
	if r.Effect != policy.Permit {
		return false
	}
	if r.Kind == System {
		return administers(r)
	}
	return !ownOnly(&r.Where) && touchesSensitive(schema, r, policy.Plain)
}

// KeepsSensitive reports whether taking a rule away gives what a second person confirms: a forbid
// that holds administration, export, delete, amounts or identity documents back. Rights of
// administration count for permits too: taking them is as grave as giving them.
func KeepsSensitive(schema *policy.Schema, r *policy.Rule) bool {
	switch {
	case r.Sensitive:
		return true
	case r.Kind == System:
		return administers(r)
	case r.Effect == policy.Permit:
		return false
	case len(r.Fields) == 0:
		return touchesSensitive(schema, r, policy.Plain)
	}
	return touchesSensitive(schema, &policy.Rule{Kind: r.Kind, Fields: r.Fields}, policy.Hidden, policy.Masked)
}

// administers reports whether a rule speaks of a right of administration. Opening a record in an
// emergency is none: like reading contact details it is given with the packs of daily work, and each
// use is reviewed.
func administers(r *policy.Rule) bool {
	return slices.ContainsFunc(r.Actions, func(a policy.Action) bool { return slices.Contains(records.Administration, a) })
}

// touchesSensitive looks at the actions, and at the levels of the fields of the two classes.
func touchesSensitive(schema *policy.Schema, r *policy.Rule, levels ...policy.Level) bool {
	if slices.Contains(r.Actions, policy.Export) || slices.Contains(r.Actions, policy.Delete) {
		return true
	}
	if slices.Contains(catalogues, r.Kind) {
		return false
	}
	kind := schema.Kind(r.Kind)
	return slices.ContainsFunc(r.Fields, func(f policy.FieldRule) bool {
		class := f.Class
		if f.Field != "" && kind != nil {
			if field := kind.Field(f.Field); field != nil {
				class = field.Class
			}
		}
		guarded := class == policy.Amount || class == policy.Identity || class == policy.Everything
		return guarded && slices.Contains(levels, f.Level)
	})
}

// ownOnly reports whether a path reaches nothing but one's own records, those whose team one is on,
// and what hangs on these.
func ownOnly(p *policy.Path) bool {
	switch p.Path {
	case policy.PathOwn, policy.PathTeam:
		return true
	case policy.PathLinked:
		return p.Via != nil && ownOnly(p.Via)
	}
	return false
}

// packGives reports whether one of the pack's rules, that of its system actions among them, is sensitive.
func packGives(schema *policy.Schema, p *Pack, sensitive func(*policy.Schema, *policy.Rule) bool) bool {
	return slices.ContainsFunc(p.templates(), func(r policy.Rule) bool { return sensitive(schema, &r) })
}
