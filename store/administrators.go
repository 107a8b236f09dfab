package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"guan/policy"
	"guan/records"
)

// keptRights are the rights without which nobody could give rights any more.
var keptRights = []policy.Action{"policy", "people"}

// longAfter is when every window that ends has ended.
const longAfter = 200 // years

// checkLast refuses an operation after which nobody with an open account has a right that somebody
// had before, now or once every window has ended. Operations that raise the epoch wait for each
// other, so two administrators who remove one another at once leave one.
func (t *tx) checkLast(ctx context.Context, before, after *state, closed []policy.ID) error {
	open, err := t.openAccounts(ctx, t.actor.Tenant)
	if err != nil {
		return err
	}
	was := append(closed[:len(closed):len(closed)], open...)
	for _, right := range keptRights {
		for _, at := range []time.Time{t.now, t.now.AddDate(longAfter, 0, 0)} {
			if before.anyHolds(was, right, at) && !after.anyHolds(open, right, at) {
				return lastOne.With("action", string(right))
			}
		}
	}
	return nil
}

// anyHolds reports whether one of the people has the right at the instant.
func (st *state) anyHolds(people []policy.ID, right policy.Action, at time.Time) bool {
	return slices.ContainsFunc(people, st.holds(right, at))
}

// holds tells of people whether they have the right at the instant.
func (st *state) holds(right policy.Action, at time.Time) func(policy.ID) bool {
	var rules []policy.Rule
	for _, r := range st.authored.Lower() {
		if r.Kind == records.System {
			rules = append(rules, r)
		}
	}
	compiled, _ := policy.Compile(st.catalog.Schema(), rules, st.tree.Within)
	return func(person policy.ID) bool {
		if compiled.Len() == 0 {
			return false
		}
		b := compiled.Bind(st.post(person, at, false), &policy.Context{Now: at, Channel: "web", Device: "desktop", Network: "office", Proved: true})
		return b.Decide(&policy.Row{Kind: records.System}, right).Allowed
	}
}

// another reports whether somebody else than these people can sign in and administer permissions.
func (t *rtx) another(ctx context.Context, st *state, than ...policy.ID) (bool, error) {
	open, err := t.openAccounts(ctx, st.tenant)
	if err != nil {
		return false, err
	}
	holds := st.holds("policy", t.now)
	return slices.ContainsFunc(open, func(p policy.ID) bool { return !slices.Contains(than, p) && holds(p) }), nil
}

// openAccounts lists the people who can sign in.
func (t *rtx) openAccounts(ctx context.Context, tenant policy.ID) ([]policy.ID, error) {
	var people []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		err := rows.Scan(&person)
		people = append(people, person)
		return err
	}, `SELECT p.id FROM person p JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
		WHERE p.tenant_id = $2 AND c.password_hash IS NOT NULL AND `+accountOpen, t.nowMicros(), tenant)
	return people, err
}
