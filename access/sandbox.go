package access

import (
	"strconv"
	"strings"

	"guan/grants"
	"guan/policy"
)

// FromSandbox is the Type of the Origin of rules of a sandbox; the Origin's Name is its title.
const FromSandbox = "sandbox"

// lowerSandbox turns a sandbox into permits: of each share one for all who read it at the same time,
// and one for those among them who edit it; and as many for each relation that goes along. So a sandbox has as many rules as there are windows in it,
// not as many as members.
func lowerSandbox(s grants.Sandbox) []policy.Rule {
	var rules []policy.Rule
	for _, share := range s.Shares {
		for i, l := range s.Lends(share) {
			var who policy.Who
			for _, person := range l.People {
				who.Any = append(who.Any, policy.Clause{Person: person})
			}
			id := FromSandbox + "/" + s.ID.String() + "/" + share.ID.String() + "/" + strconv.Itoa(i)
			for _, rule := range lentRules(l.Grant) {
				rule.ID = id + strings.TrimPrefix(rule.ID, FromGrant+"/"+l.ID.String())
				rule.Origin = policy.Origin{Type: FromSandbox, ID: s.ID.String(), Name: s.Title}
				rule.Who = who
				rules = append(rules, rule)
			}
		}
	}
	return rules
}
