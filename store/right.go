package store

import (
	"cmp"
	"context"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// may reports whether the actor has a right of administration: an action of the pseudo-kind
// system, which has no records.
func (v *view) may(action policy.Action) bool {
	return v.bound.Decide(&policy.Row{Kind: records.System}, action).Allowed
}

// rightBy are the rules that give the actor a right of administration.
func (v *view) rightBy(rights ...policy.Action) []string {
	var by []int
	for _, right := range rights {
		if !v.may(right) {
			continue
		}
		r := v.bound.Reduce(right, records.System)
		by = append(by, r.Covered...)
		for _, branch := range r.Branches {
			by = append(by, branch.Rules...)
		}
	}
	return v.ruleIDs(by)
}

// May lists the rights of administration that the actor has.
func (s *Session) May(ctx context.Context) ([]policy.Action, error) {
	rights := []policy.Action{}
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		rights = rights[:0]
		for _, action := range records.SystemActions {
			if v.may(action) {
				rights = append(rights, action)
			}
		}
		return nil
	})
	return rights, err
}

// administer is write for operations that need a right of administration. A refusal is Denied
// (right, with the parameter action) and stands in the audit log.
func (db *DB) administer(ctx context.Context, actor Actor, o op, right policy.Action, fn func(*tx, *view) error) error {
	refused := fault.New(fault.Denied, "right", "this needs a right of administration that you do not have").With("action", string(right))
	denied := false
	var why *whyNot
	err := db.write(ctx, actor, o, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		if denied = !v.may(right); denied {
			why = v.withoutRight(right)
			return refused
		}
		t.by = v.rightBy(right)
		return fn(t, v)
	})
	if !denied {
		return err
	}
	refused = fault.From((&Session{db, actor}).orFactor(ctx, refused, records.System, right))
	// Recorded outside the transaction, which is undone.
	entry := audit.Entry{Action: audit.Refused, Kind: records.System, Detail: map[string]any{"action": string(right), "operation": o.name, "code": refused.Code}}
	if err := db.auditRead(ctx, actor, cmp.Or(whyOf(refused), why).into(entry)); err != nil {
		return err
	}
	return refused
}
