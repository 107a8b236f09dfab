package store

import (
	"context"
	"database/sql"
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
	open, err := t.openAccounts(ctx)
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
	var rules []policy.Rule
	for _, r := range st.authored.Lower() {
		if r.Kind == records.System {
			rules = append(rules, r)
		}
	}
	compiled, _ := policy.Compile(st.catalog.Schema(), rules, st.tree.Within)
	if compiled.Len() == 0 {
		return false
	}
	for _, person := range people {
		b := compiled.Bind(st.post(person, at, false), &policy.Context{Now: at, Channel: "web", Device: "desktop", Network: "office"})
		if b.Decide(&policy.Row{Kind: records.System}, right).Allowed {
			return true
		}
	}
	return false
}

// openAccounts lists the people who can sign in.
func (t *tx) openAccounts(ctx context.Context) ([]policy.ID, error) {
	var people []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		err := rows.Scan(&person)
		people = append(people, person)
		return err
	}, `SELECT p.id FROM person p JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
		WHERE p.tenant_id = $2 AND c.password_hash IS NOT NULL AND `+accountOpen, t.nowMicros(), t.actor.Tenant)
	return people, err
}
