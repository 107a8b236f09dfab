package leak_test

import (
	"encoding/json"
	"testing"

	"guan/policy"
	"guan/store"
)

// class is a way in which data leaked out of a shipped product, with the test that would have
// caught it. Classes that no route of Guan can show yet have no row: formulas and
// roll-ups, templates, attachments, webhooks, event streams, approvals, trash, merge and convert.
type class struct {
	name string
	test func(t *testing.T, p *program)
}

var classes = []class{
	// Hidden values through side doors.
	{"filter on a hidden or masked field", filterOnHidden},
	{"guess a masked value by repeated probes", guessByProbes},
	{"sort by a hidden or masked field", sortByHidden},
	{"sum, minimum and maximum of a hidden field", sumOfHidden},
	{"group by, and sum of groups of, a hidden or masked field", groupsOverHidden},
	{"search over hidden columns", searchHidden},
	{"search over a hidden field of an open class", searchHiddenInOpenClass},
	{"counts taken before field rules", countBeforeFieldRules},
	{"filter through a relation", filterThroughRelation},
	{"expansion of a relation that ignores its own rules", expandRelation},
	{"another renderer returns the full record", oneRecordEverywhere},
	{"create and update answers that echo hidden fields", echoes},
	{"errors that carry values", errorsCarryNothing},
	{"schema and option lists name hidden fields", hiddenCustomField},
	{"explanations that give away values, rules for others or records", explanationsTellLittle},
	{"stored secrets readable by id", storedSecrets},
	{"sub-resources checked with the parent's rights", subResources},

	// Hidden rows.
	{"totals without the row rule", totalsAreRows},
	{"403 against 404 telling existence", hiddenIsMissing},
	{"set a link to an unreadable record and read its title back", linkToHidden},
	{"a unique value tells of hidden records", duplicatesTellNothing},
	{"sign-in answers telling accounts", signInTellsNothing},

	// Channels that forgot.
	{"lists filtered but writes not", writesOutOfSight},
	{"change another user through settings", otherUsersSettings},
	{"batch checks only the first id", batchChecksAll},
	{"mass update skips field rights", batchFieldRights},
	{"the caller names the pool that is checked", foreignPool},
	{"claim of any id", claimAny},
	{"collaborators bring others in", teamsAreNotPassedOn},
	{"export ignores rows, fields or rights", exportsThroughTheGate},
	{"another person fetches the finished export", exportOfSomebodyElse},
	{"import answers hidden ids differently", importHidden},
	{"import overwrites protected rows or columns", importProtected},
	{"state change by GET", readsChangeNothing},
	{"missing or foreign origin", foreignOrigin},

	// Writes and privilege.
	{"mass assignment", massAssignment},
	{"only the old row checked, not the new one", newRowChecked},
	{"a person edits their own position, pack or account", selfPromotion},
	{"making a stronger principal", strongerPrincipal},
	{"give away more than one has", grantMoreThanOneHas},
	{"re-granting one record changes the rights on others", regrant},
	{"two administrators remove each other at once", lastAdministrator},
	{"50 clients write one record", oneVersionWins},
	{"50 clients take one customer out of the pool", oneClaimWins},
	{"transfer leaves the old owner's access or the children", transfer},

	// Time, cache, identity.
	{"expired grant alive", grantEndsAtItsInstant},
	{"who left a sandbox, or is in one that ended, still in", sandboxEnds},
	{"expiry in the wrong zone", grantZone},
	{"disabled person still working", disabledAtOnce},
	{"changed password leaves sessions", passwordEndsSessions},
	{"deleted or expired token still working", tokensEnd},
	{"a token does more than its scope", tokenScope},
	{"permission cache not dropped", revokedAtOnce},
	{"answers cached across identities", notCached},
	{"ids of another tenant", otherTenant},

	// Semantics and injection.
	{"empty set, missing variable or negation means no restriction", emptyMeansNone},
	{"rules left dangling", danglingRules},
	{"injection through parameters", injection},
	{"cursor of another person, sort or making", foreignCursor},
	{"CSV and XLSX formula injection", formulas},
}

// Every class is tried on both databases, on one company for all.
func TestClasses(t *testing.T) {
	for dialect, fresh := range dialects(0, "sqlite", "postgres") {
		t.Run(dialect, func(t *testing.T) {
			p := start(t, fresh(t), variant{})
			for _, c := range classes {
				t.Run(c.name, func(t *testing.T) {
					x := *p
					x.t = t
					c.test(t, &x)
				})
			}
		})
	}
}

// make makes a record as the boss, with every field of the customer in it unless given.
func (p *program) make(kind policy.Kind, fields map[string]any) policy.ID {
	p.t.Helper()
	out := store.Fields{}
	for name, v := range fields {
		out[name] = raw(v)
	}
	made, err := p.session("boss").Create(p.t.Context(), kind, out)
	if err != nil {
		p.t.Fatal(err)
	}
	return made.ID
}

// customer makes a customer of somebody, in their unit; none for one without owner.
func (p *program) customer(owner string, fields map[string]any) policy.ID {
	p.t.Helper()
	all := map[string]any{"name": "a customer of " + owner}
	if owner != "" {
		all["owner"] = p.people[owner].String()
	}
	for name, v := range fields {
		all[name] = v
	}
	return p.make("customer", all)
}

// read is the record as the boss sees it.
func (p *program) read(kind policy.Kind, id policy.ID) string {
	p.t.Helper()
	found, err := p.session("boss").Get(p.t.Context(), kind, id)
	if err != nil {
		return err.Error()
	}
	text, err := json.Marshal(found)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// refused sends a write that must not be let through, and looks at the record afterwards.
func (p *program) refused(kind policy.Kind, id policy.ID, status int, code string, send func() *reply) {
	p.t.Helper()
	before, all := p.read(kind, id), p.fingerprint(kind)
	send().is(status, code)
	if after := p.read(kind, id); after != before {
		p.t.Errorf("the refused write changed the record:\n%s", difference(before, after))
	}
	if after := p.fingerprint(kind); after != all {
		p.t.Errorf("the refused write changed a neighbour:\n%s", difference(all, after))
	}
}

// same fails unless two answers are equal apart from what each answer makes itself.
func same(t *testing.T, a, b *reply) {
	t.Helper()
	one, other := plain(a), plain(b)
	if one != other {
		t.Errorf("%s and %s are not answered alike:\n%s", a.asked, b.asked, difference(one, other))
	}
}
