package access

import (
	"strconv"

	"guan/grants"
	"guan/policy"
)

// FromSandbox is the Type of the Origin of rules of a sandbox; the Origin's Name is its title.
const FromSandbox = "sandbox"

// lowerSandbox turns a sandbox into permits: of each share one for all who read it at the same time,
// and one for those among them who edit it. So a sandbox has as many rules as there are windows in it,
// not as many as members.
func lowerSandbox(s grants.Sandbox) []policy.Rule {
	var rules []policy.Rule
	for _, share := range s.Shares {
		for i, l := range s.Lends(share) {
			rule, gives := GrantRule(l.Grant)
			if !gives {
				continue
			}
			rule.ID = FromSandbox + "/" + s.ID.String() + "/" + share.ID.String() + "/" + strconv.Itoa(i)
			rule.Origin = policy.Origin{Type: FromSandbox, ID: s.ID.String(), Name: s.Title}
			rule.Who.Any = nil
			for _, person := range l.People {
				rule.Who.Any = append(rule.Who.Any, policy.Clause{Person: person})
			}
			rules = append(rules, rule)
		}
	}
	return rules
}
