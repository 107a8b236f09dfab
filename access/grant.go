package access

import (
	"guan/grants"
	"guan/policy"
)

// lowerGrants turns grants into permits. One that was given on stands under those above it, and
// gives nothing when one of them is not there. One for a single view is no rule: it answers to
// GrantRule alone, when that view is asked for, so that no list, count, search or file knows of it.
func lowerGrants(list []grants.Grant) []policy.Rule {
	byID := make(map[policy.ID]grants.Grant, len(list))
	for _, g := range list {
		byID[g.ID] = g
	}
	var rules []policy.Rule
	for _, g := range list {
		if g.Once {
			continue
		}
		above, whole := grants.Above(g, func(id policy.ID) (grants.Grant, bool) { p, ok := byID[id]; return p, ok })
		if !whole {
			continue
		}
		rules = append(rules, lentRules(g, above...)...)
	}
	return rules
}

// lentRules are the permits of a grant: for its records, and for each relation that goes along.
func lentRules(g grants.Grant, above ...grants.Grant) []policy.Rule {
	var rules []policy.Rule
	if rule, gives := GrantRule(g, above...); gives {
		rules = append(rules, rule)
	}
	for _, a := range g.Along {
		if rule, gives := GrantRule(a.Of(g)); gives { // what goes along is not given on, so nothing is above it
			rule.ID += "/" + a.Relation
			rules = append(rules, rule)
		}
	}
	return rules
}

// GrantRule is a grant under those above it as a permit; false when it gives nothing at any time.
func GrantRule(g grants.Grant, above ...grants.Grant) (policy.Rule, bool) {
	under := g.Under(above...)
	from, end := under.Window()
	if from.UnixMicro() >= end.UnixMicro() || len(under.Actions) == 0 {
		return policy.Rule{}, false
	}
	return policy.Rule{
		ID: FromGrant + "/" + g.ID.String(), Effect: policy.Permit,
		Who:  policy.Who{Any: []policy.Clause{{Person: g.Receiver}}},
		Kind: g.Kind, Actions: under.Actions, Fields: g.Fields,
		Where: policy.Path{Path: policy.PathAll}, When: grantCond(under, g.Conditions(above...)),
		From: &from, Until: &end, Scene: g.Purpose,
		Origin: policy.Origin{Type: FromGrant, ID: g.ID.String(), Name: g.Purpose},
	}, true
}

// grantCond joins the named records and the conditions. A grant with neither is refused when it
// is made; should one be met all the same it lowers to a condition that no record satisfies,
// never to none at all.
func grantCond(g grants.Grant, conds []policy.Cond) *policy.Cond {
	if len(g.Records) > 0 || len(conds) == 0 {
		named := policy.Cond{Op: policy.OpIn, Field: "id"}
		for _, id := range g.Records {
			named.Values = append(named.Values, policy.Operand{Ref: &id})
		}
		conds = append([]policy.Cond{named}, conds...) // without values it does not compile, and a broken permit permits nothing
	}
	if len(conds) == 1 {
		return &conds[0]
	}
	return &policy.Cond{Op: policy.OpAll, Args: conds}
}
