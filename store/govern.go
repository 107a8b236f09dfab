package store

import (
	"cmp"
	"context"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// This file is the frame of everything that administers organisation, people and policy. Such an
// operation needs a right of administration, raises the epoch, and is undone when the policy it
// leaves behind gives its author more than before (see delegation.go).

// govern is administer for what changes the organisation, people or the policy. Refusals stand in
// the audit log.
func (s *Session) govern(ctx context.Context, name string, right policy.Action, change func(*tx, *view) error) error {
	err := s.db.administer(ctx, s.actor, op{name: name, raises: true}, right, func(t *tx, v *view) error {
		if err := change(t, v); err != nil {
			return err
		}
		return t.checkDelegation(ctx, v)
	})
	return s.declined(ctx, name, err)
}

// declined records a refusal that administer has not recorded itself. When that fails the answer
// stays the same: there is nothing in it that would have to be withheld.
func (s *Session) declined(ctx context.Context, operation string, err error) error {
	if fault.Is(err, fault.Denied) && fault.From(err).Code != "right" && s.actor.check() == nil {
		_ = s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Refused, Kind: records.System,
			Detail: map[string]any{"operation": operation, "code": fault.From(err).Code}})
	}
	return err
}

// install is the frame of the same operations when setup runs them: whoever runs it holds the
// database, so nothing is compared.
func (s *System) install(ctx context.Context, name string, change func(*tx, *view) error) error {
	if err := s.may(JobSetup); err != nil {
		return err
	}
	return s.db.write(ctx, s.actor, op{name: name, raises: true}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		if err := change(t, v); err != nil {
			return err
		}
		after, err := t.again(ctx, v)
		if err != nil || after.document.Same(v.document) {
			return err
		}
		_, err = t.recordVersion(ctx, v.document, after.document, PolicyVersion{Origin: OriginDirect})
		return err
	})
}

// lookAt is look for reads that join the policy with tables: read runs in one snapshot, in which
// the epoch is the view's.
func (db *DB) lookAt(ctx context.Context, actor Actor, read func(*rtx, *view) error) error {
	return db.look(ctx, actor, func(v *view) error {
		if v.snapshot != nil {
			return read(v.snapshot, v)
		}
		return db.read(ctx, func(t *rtx) error {
			var epoch int64
			if err := t.row(ctx, "SELECT epoch FROM policy_state WHERE tenant_id = $1", v.tenant).Scan(&epoch); err != nil {
				return err
			}
			if epoch != v.epoch {
				return errEpoch
			}
			return read(t, v)
		})
	})
}

// oversee is lookAt for who has one of the rights of administration.
func (s *Session) oversee(ctx context.Context, operation string, read func(*rtx, *view) error, rights ...policy.Action) error {
	denied := false
	var why *whyNot
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		denied = true
		for _, right := range rights {
			if v.may(right) {
				denied = false
			}
		}
		if denied {
			why = v.withoutRight(rights[0])
			return noRight.With("action", string(rights[0]))
		}
		v.by = v.rightBy(rights...)
		return read(t, v)
	})
	if denied {
		err = s.orFactor(ctx, err, records.System, rights...)
	}
	if denied && s.actor.check() == nil {
		_ = s.db.auditRead(ctx, s.actor, cmp.Or(whyOf(err), why).into(audit.Entry{Action: audit.Refused, Kind: records.System,
			Detail: map[string]any{"operation": operation, "action": string(rights[0]), "code": fault.From(err).Code}}))
	}
	return err
}

// overseer asks for one of the rights alone, and says by which rules the actor has it.
func (s *Session) overseer(ctx context.Context, operation string, rights ...policy.Action) (by []string, err error) {
	err = s.oversee(ctx, operation, func(_ *rtx, v *view) error {
		by = v.by
		return nil
	}, rights...)
	return by, err
}

var noRight = fault.New(fault.Denied, "right", "this needs a right of administration that you do not have")
