package store

import (
	"context"
	"database/sql"
	"errors"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/signin"
)

// A frozen account lets nobody in, whatever they show, and what is signed in stands still: nothing is
// deleted, so that all of it goes on when the account is thawed. Only who knows the password freezes it.

// freeze freezes an account, when it is not frozen already, and tells who administers accounts.
func (t *tx) freeze(ctx context.Context, person policy.ID, why string) error {
	n, err := t.exec(ctx, "UPDATE credential SET frozen_at = $1, frozen_why = $2 WHERE tenant_id = $3 AND person_id = $4 AND frozen_at IS NULL",
		t.nowMicros(), why, t.actor.Tenant, person)
	if err != nil || n == 0 {
		return err
	}
	if err := t.tellAdministrators(ctx, person, NoticeFrozen, map[string]any{"why": why}); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.AccountFrozen, Kind: records.RefPerson, Record: person, Detail: map[string]any{"why": why}})
}

// freezeAfterCodes freezes the account after too many wrong codes in a row, where the company wants it.
func (t *tx) freezeAfterCodes(ctx context.Context, a Attempt, person policy.ID) error {
	settings, _, err := t.signInSettings(ctx, a.Tenant)
	if err != nil || !settings.Freeze {
		return err
	}
	var failures int64
	err = t.row(ctx, "SELECT failures FROM sign_in_failure WHERE tenant_id = $1 AND key = $2", a.Tenant, factorKeys(person)[0].key).Scan(&failures)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil || failures < signin.FreezeAfter {
		return err
	}
	return t.freeze(ctx, person, "factor")
}

// thaw opens a frozen account again. Attempts are counted anew.
func (t *tx) thaw(ctx context.Context, person policy.ID, by string) error {
	n, err := t.exec(ctx, "UPDATE credential SET frozen_at = NULL, frozen_why = NULL WHERE tenant_id = $1 AND person_id = $2 AND frozen_at IS NOT NULL", t.actor.Tenant, person)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "account_not_frozen", "the account is not frozen")
	}
	if err := t.forgiveAttempt(ctx, t.actor.Tenant, factorKeys(person)); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.AccountThawed, Kind: records.RefPerson, Record: person, Detail: map[string]any{"by": by}})
}

// ThawAccount lets somebody with a frozen account sign in again; they are told. It takes the right
// people and, of who has one, the second factor. Faults: NotFound, Denied, Conflict.
func (s *Session) ThawAccount(ctx context.Context, person policy.ID) (*Account, error) {
	return s.manage(ctx, "thaw", person, func(t *tx, v *view) error {
		if err := t.thaw(ctx, person, "administrator"); err != nil {
			return err
		}
		return t.notify(ctx, person, NoticeThawed, "", 0, nil)
	})
}
