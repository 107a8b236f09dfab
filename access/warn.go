package access

import (
	"slices"
	"time"

	"guan/org"
	"guan/policy"
)

// What follows looks at well-formed rules for what their author hardly meant. It needs no records:
// what only records can tell stands in the store.

// GivesNothing says why a rule changes nothing for anybody: fields, condition, or empty when it
// does.
func GivesNothing(r *policy.Rule) string {
	shows := slices.ContainsFunc(r.Actions, func(a policy.Action) bool { return a != policy.Delete })
	open := slices.ContainsFunc(r.Fields, func(f policy.FieldRule) bool { return f.Level > policy.Hidden })
	lowers := slices.ContainsFunc(r.Fields, func(f policy.FieldRule) bool { return f.Level < policy.Plain || !f.Edit })
	switch {
	case r.When != nil && impossible(r.When):
		return "condition"
	case r.Kind == System:
		return ""
	case r.Effect == policy.Permit && shows && !open:
		return "fields"
	case r.Effect == policy.Forbid && len(r.Fields) > 0 && !lowers:
		return "fields"
	}
	return ""
}

// impossible reports whether a condition asks of one field to be two things at once. It finds the
// plain cases, and never one that a record could satisfy.
func impossible(c *policy.Cond) bool {
	c = policy.Canonical(c)
	switch c.Op {
	case policy.OpKnown:
		return c.CEL == "false"
	case policy.OpAny:
		return len(c.Args) > 0 && !slices.ContainsFunc(c.Args, func(a policy.Cond) bool { return !impossible(&a) })
	case policy.OpAll:
	default:
		return false
	}
	allowed := map[string][]string{}
	for i := range c.Args {
		arg := &c.Args[i]
		if impossible(arg) {
			return true
		}
		values, ok := fixedValues(arg)
		if !ok {
			continue
		}
		if before, asked := allowed[arg.Field]; asked {
			values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return !slices.Contains(before, v) })
		}
		if allowed[arg.Field] = values; len(values) == 0 {
			return true
		}
	}
	return false
}

// fixedValues are the values of which a comparison asks a field to be one.
func fixedValues(c *policy.Cond) ([]string, bool) {
	var list []policy.Operand
	switch {
	case c.Op == policy.OpEq && c.Value != nil:
		list = []policy.Operand{*c.Value}
	case c.Op == policy.OpIn:
		list = c.Values
	}
	var out []string
	for _, o := range list {
		switch {
		case o.Text != nil:
			out = append(out, *o.Text)
		case o.Ref != nil:
			out = append(out, o.Ref.String())
		default:
			return nil, false // numbers and instants have several spellings
		}
	}
	return out, len(out) > 0
}

// Risky lists the actions and the field classes that a permit should not lightly give to everyone:
// edit, delete and export, amounts and identity documents, on more than one's own.
func Risky(schema *policy.Schema, r *policy.Rule) (actions []policy.Action, classes []policy.Class) {
	if r.Effect != policy.Permit || r.Kind != System && ownOnly(&r.Where) {
		return nil, nil
	}
	for _, a := range r.Actions {
		if r.Kind == System || a == policy.Edit || a == policy.Delete || a == policy.Export {
			actions = append(actions, a)
		}
	}
	if slices.Contains(catalogues, r.Kind) {
		return actions, nil
	}
	for _, class := range []policy.Class{policy.Amount, policy.Identity} {
		if shows(schema, r, class) {
			classes = append(classes, class)
		}
	}
	return actions, classes
}

// shows reports whether a permit shows some field of the class plain.
func shows(schema *policy.Schema, r *policy.Rule, class policy.Class) bool {
	kind := schema.Kind(r.Kind)
	return kind != nil && slices.ContainsFunc(kind.Fields, func(field *policy.Field) bool {
		return field.Class == class && slices.ContainsFunc(r.Fields, func(f policy.FieldRule) bool {
			return f.Level == policy.Plain && (f.Field == field.Name || f.Class == class || f.Class == policy.Everything)
		})
	})
}

// WideOpen reports whether a permit shows all fields of all records of its kind.
func WideOpen(schema *policy.Schema, r *policy.Rule) bool {
	kind := schema.Kind(r.Kind)
	if r.Effect != policy.Permit || kind == nil || r.Kind == System || r.Where.Path != policy.PathAll || r.When != nil {
		return false
	}
	return !slices.ContainsFunc(policy.Classes, func(class policy.Class) bool {
		has := slices.ContainsFunc(kind.Fields, func(f *policy.Field) bool { return f.Class == class })
		return has && !shows(schema, r, class)
	})
}

// Cancels reports whether a forbid takes away all that a permit gives.
func Cancels(forbid, permit *policy.Rule, tree *org.Tree) bool {
	if forbid.Effect != policy.Forbid || permit.Effect != policy.Permit || forbid.Kind != permit.Kind || len(forbid.Fields) > 0 || len(permit.Who.Any) == 0 {
		return false
	}
	if slices.ContainsFunc(permit.Actions, func(a policy.Action) bool { return !slices.Contains(forbid.Actions, a) }) {
		return false
	}
	if forbid.Where.Path != policy.PathAll && !sameJSON(forbid.Where, permit.Where) {
		return false
	}
	if forbid.When != nil && (permit.When == nil || !sameJSON(policy.Canonical(forbid.When), policy.Canonical(permit.When))) {
		return false
	}
	return coversWho(forbid.Who, permit.Who, tree) && coversWindow(forbid, permit)
}

func coversWho(wide, narrow policy.Who, tree *org.Tree) bool {
	if slices.ContainsFunc(wide.Except, func(c policy.Clause) bool { return !slices.Contains(narrow.Except, c) }) {
		return false
	}
	return !slices.ContainsFunc(narrow.Any, func(c policy.Clause) bool {
		return !slices.ContainsFunc(wide.Any, func(w policy.Clause) bool { return coversClause(w, c, tree) })
	})
}

func coversClause(w, c policy.Clause, tree *org.Tree) bool {
	switch {
	case w == c || w.Everyone:
		return true
	case c.Everyone || c.Person != 0 || w.Person != 0:
		return false
	case w.Position != "" && w.Position != c.Position:
		return false
	case w.Unit == 0:
		return true
	case c.Unit == w.Unit:
		return w.Below || !c.Below
	}
	return w.Below && c.Unit != 0 && slices.Contains(tree.Above(c.Unit), w.Unit)
}

func coversWindow(wide, narrow *policy.Rule) bool {
	begins := wide.From == nil || narrow.From != nil && !narrow.From.Before(*wide.From)
	ends := wide.Until == nil || narrow.Until != nil && !narrow.Until.After(*wide.Until)
	return begins && ends
}

// Soon is how long before its end a window is worth a word.
const Soon = 14 * 24 * time.Hour

// Ending says how near the end of a window is: already_over, ends_soon, or empty.
func Ending(until *time.Time, now time.Time) string {
	switch {
	case until == nil:
		return ""
	case !now.Before(*until):
		return "already_over"
	case until.Sub(now) <= Soon:
		return "ends_soon"
	}
	return ""
}
