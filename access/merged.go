package access

import "guan/policy"

// FromMerge is the Type of the Origin of what hides records that were merged into others.
const FromMerge = "merge"

// Merged is the stage of a record that was merged into another. Nobody can choose it.
const Merged = "merged"

// MergedKind is a kind of which records were merged, with all that could be done with them.
type MergedKind struct {
	Kind    policy.Kind
	Actions []policy.Action
}

// mergedRule hides the records of a kind that were merged into others, from everybody. They stay in
// their table for what still hangs on them, and lead to the record that they were merged into.
func mergedRule(m MergedKind) policy.Rule {
	stage := Merged
	return policy.Rule{
		ID: FromMerge + "/" + string(m.Kind), Effect: policy.Forbid, Kind: m.Kind,
		Who:     policy.Who{Any: []policy.Clause{{Everyone: true}}},
		Actions: m.Actions,
		Where:   policy.Path{Path: policy.PathAll},
		When:    &policy.Cond{Op: policy.OpEq, Field: "stage", Value: &policy.Operand{Text: &stage}},
		Scene:   "已合并到另一条记录",
		Origin:  policy.Origin{Type: FromMerge, ID: string(m.Kind), Name: "已合并"},
	}
}
