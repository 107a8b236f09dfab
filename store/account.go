package store

import (
	"context"
	"database/sql"
	"errors"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// ChangePassword gives the actor a new password and ends all other sessions. Tokens stay: they
// are listed and revoked one by one. Faults: Denied (credentials) when old is wrong, Locked
// after too many wrong ones, Invalid when the new one may not be chosen.
func (s *Session) ChangePassword(ctx context.Context, old, new string) error {
	s = s.first()
	if err := s.inPerson(); err != nil {
		return err
	}
	a, db := s.actor, s.db
	login, _, err := s.ownHash(ctx)
	if err != nil {
		return err
	}
	if err := checkPassword(new, login); err != nil {
		return err
	}
	if new == old {
		return fault.New(fault.Invalid, "password_old", "the new password is the old one").WithAt("new")
	}
	own, err := s.ownPassword(ctx, old)
	if err != nil {
		return err
	}
	stored, err := db.hashes.hash(ctx, new)
	if err != nil {
		return err
	}
	return db.write(ctx, a, op{name: "password"}, func(t *tx) error {
		if err := t.forgiveAttempt(ctx, a.Tenant, own.keys); err != nil {
			return err
		}
		n, err := t.exec(ctx, "UPDATE credential SET must_change = "+t.pick("0", "FALSE")+", password_hash = $1, changed_at = $2 WHERE tenant_id = $3 AND person_id = $4 AND password_hash = $5",
			stored, t.nowMicros(), a.Tenant, a.Person, own.hash)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Stale, "password", "the password was changed by somebody else at the same time")
		}
		if err := t.endSessions(ctx, a.Person, a.Session); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PasswordSet, Kind: "person", Record: a.Person})
	})
}

// ownPassword is the password that the actor has shown once more. What it opens forgives the attempt in
// its transaction.
type ownPassword struct {
	login, hash string
	keys        []lockKey
}

func (s *Session) ownHash(ctx context.Context) (login, hash string, err error) {
	var kept sql.NullString
	err = s.db.single().row(ctx, `
		SELECT p.login, c.password_hash FROM person p JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
		WHERE p.tenant_id = $1 AND p.id = $2`, s.actor.Tenant, s.actor.Person).Scan(&login, &kept)
	return login, kept.String, s.db.fault(err)
}

// ownPassword asks for the actor's password. Whoever holds a session but not the password must not be
// able to guess it here. Faults: Denied (credentials), Locked.
func (s *Session) ownPassword(ctx context.Context, password string) (*ownPassword, error) {
	login, hash, err := s.ownHash(ctx)
	if err != nil {
		return nil, err
	}
	own := &ownPassword{login, hash, lockKeys(login, s.actor.Address)}
	if s.actor.device != 0 {
		own.keys = deviceKeys(s.actor.device)
	}
	if err := s.db.admit(ctx, s.attempt(), own.keys); err != nil {
		return nil, err
	}
	if len(password) > MaxPassword {
		password = ""
	}
	right, err := s.db.hashes.matches(ctx, hash, password)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, s.db.refuse(ctx, s.attempt(), audit.SignInFailed, s.actor.Person, fault.New(fault.Denied, "credentials", "the old password is wrong").WithAt("old"))
	}
	return own, nil
}

// SetPasswords gives people one password, as 'guan demo' does: it is hashed once, since that
// they share it is known. All their sessions end and their tokens are revoked. Only the job
// setup may. Faults: Invalid for an empty password, NotFound for a person who is none.
func (s *System) SetPasswords(ctx context.Context, password string, people ...policy.ID) error {
	if err := s.may(JobSetup); err != nil {
		return err
	}
	if password == "" || len(password) > MaxPassword {
		return fault.Newf(fault.Invalid, "password_long", "a password has 1 to %d bytes", MaxPassword).WithAt("password")
	}
	hash, err := s.db.hashes.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.write(ctx, s.actor, op{name: "password", raises: true}, func(t *tx) error {
		for _, person := range people {
			if err := t.setPassword(ctx, person, hash); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.PasswordSet, Kind: "person", Records: people})
	})
}

// setPassword makes the person's account, if there is none, and sets its password from outside:
// whoever was signed in, with whatever, is no longer.
func (t *tx) setPassword(ctx context.Context, person policy.ID, hash string) error {
	var one int
	err := t.row(ctx, "SELECT 1 FROM person WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, person).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "person", "there is no such person")
	}
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, `
		INSERT INTO credential (tenant_id, person_id, password_hash, changed_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (tenant_id, person_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at, must_change = excluded.must_change`,
		t.actor.Tenant, person, hash, t.nowMicros()); err != nil {
		return err
	}
	if err := t.endSessions(ctx, person, 0); err != nil {
		return err
	}
	return t.revokeTokens(ctx, person)
}

// stopAccount disables a person's account. Sessions and tokens die with the commit; they are
// not deleted, so that reopening the account by mistake does not lose them.
func (t *tx) stopAccount(ctx context.Context, person policy.ID) error {
	return t.setDisabled(ctx, person, t.nowMicros())
}

// openAccount lets a person with a stopped account sign in again. What was signed in before the
// stop stays ended.
func (t *tx) openAccount(ctx context.Context, person policy.ID) error {
	if err := t.endSessions(ctx, person, 0); err != nil {
		return err
	}
	return t.setDisabled(ctx, person, nil)
}

func (t *tx) setDisabled(ctx context.Context, person policy.ID, at any) error {
	n, err := t.exec(ctx, "UPDATE credential SET disabled_at = $1 WHERE tenant_id = $2 AND person_id = $3", at, t.actor.Tenant, person)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "account", "the person has no account")
	}
	return err
}

// endSessions ends all sessions of a person but one (0: all).
func (t *tx) endSessions(ctx context.Context, person, but policy.ID) error {
	_, err := t.dropSessions(ctx, t.actor.Tenant, "person_id = $2 AND id <> $3", person, but)
	return err
}

// revokeTokens revokes all tokens of a person.
func (t *tx) revokeTokens(ctx context.Context, person policy.ID) error {
	_, err := t.exec(ctx, "UPDATE token SET revoked_at = $1 WHERE tenant_id = $2 AND person_id = $3 AND revoked_at IS NULL", t.nowMicros(), t.actor.Tenant, person)
	return err
}

// Sweep deletes what ended long ago and nobody will ask for: sessions, and counters of failed
// sign-ins. Only the job sweep may.
func (s *System) Sweep(ctx context.Context) error {
	if err := s.may(JobSweep); err != nil {
		return err
	}
	return s.db.maintain(ctx, func(t *tx) error {
		if _, err := t.dropSessions(ctx, s.actor.Tenant, "until_at <= $2 OR idle_until <= $2", t.nowMicros()); err != nil {
			return err
		}
		_, err := t.exec(ctx, "DELETE FROM sign_in_failure WHERE tenant_id = $1 AND failed_at < $2 AND locked_until < $3",
			s.actor.Tenant, t.now.Add(-forgetAfter).UnixMicro(), t.nowMicros())
		return err
	})
}
