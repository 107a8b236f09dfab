package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// People are records of the kind person; here stand their accounts. An account is managed by who
// has the right people, may read the person, is not the person, and has every right of
// administration that the person has: whoever resets the boss's password is the boss.

// Account is how somebody signs in.
type Account struct {
	Person    policy.ID  `json:"person"`
	Login     string     `json:"login"`
	Password  bool       `json:"password"` // whether there is one
	Open      bool       `json:"open"`     // whether the person can sign in now
	StoppedAt *time.Time `json:"stopped_at,omitempty"`
	ChangedAt *time.Time `json:"changed_at,omitempty"` // of the password
	Factor    bool       `json:"factor"`               // whether there is a second one
	FrozenAt  *time.Time `json:"frozen_at,omitempty"`
	FrozenWhy string     `json:"frozen_why,omitempty"` // factor, unusual
}

// Account shows a person's account. It takes the right people. Faults: Denied, NotFound.
func (s *Session) Account(ctx context.Context, person policy.ID) (*Account, error) {
	var a *Account
	err := s.oversee(ctx, "account", func(t *rtx, v *view) (err error) {
		if err := t.personWithin(ctx, v, person); err != nil {
			return err
		}
		a, err = t.accountOf(ctx, v.tenant, person)
		return err
	}, "people")
	return a, err
}

func (t *rtx) accountOf(ctx context.Context, tenant, person policy.ID) (*Account, error) {
	a := &Account{Person: person}
	var hash sql.NullString
	var changed, disabled, frozen *int64
	var why sql.NullString
	var open sql.NullBool
	err := t.row(ctx, `
		SELECT p.login, c.password_hash, c.changed_at, c.disabled_at, `+accountOpen+`, c.frozen_at, c.frozen_why, `+hasFactor+`
		FROM person p LEFT JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
		WHERE p.tenant_id = $2 AND p.id = $3`, t.nowMicros(), tenant, person).Scan(&a.Login, &hash, &changed, &disabled, &open, &frozen, &why, &a.Factor)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noPerson
	}
	a.Password, a.Open = hash.Valid, hash.Valid && open.Bool
	a.StoppedAt, a.ChangedAt = instant(disabled), instant(changed)
	a.FrozenAt, a.FrozenWhy = instant(frozen), why.String
	return a, err
}

var noPerson = fault.New(fault.NotFound, "person", "there is no such person")

// personWithin refuses people whom the actor may not read, as it does those who do not exist.
func (t *rtx) personWithin(ctx context.Context, v *view, person policy.ID) error {
	found, err := t.readable(ctx, v, v.catalog.Kind(records.RefPerson), []policy.ID{person})
	if err == nil && len(found) == 0 {
		return noPerson
	}
	return err
}

// managed asks whether the actor may manage the person's account.
func (t *tx) managed(ctx context.Context, v *view, person policy.ID) error {
	if person == v.bound.Subject().Person {
		return notSelf
	}
	if err := t.personWithin(ctx, v, person); err != nil {
		return err
	}
	return v.checkStrength(person)
}

// StopAccount ends everything that a person is signed in with, with its commit, and lets them not
// sign in again. It takes the right people. Faults: NotFound, Denied, Conflict for the last
// administrator.
func (s *Session) StopAccount(ctx context.Context, person policy.ID) (*Account, error) {
	err := s.db.administer(ctx, s.actor, op{name: "account", raises: true}, "people", func(t *tx, v *view) error {
		if err := t.managed(ctx, v, person); err != nil {
			return err
		}
		if err := t.stopAccount(ctx, person); err != nil {
			return err
		}
		if err := t.audit(ctx, audit.Entry{Action: audit.AccountStopped, Kind: records.RefPerson, Record: person}); err != nil {
			return err
		}
		return t.checkLast(ctx, v.state, v.state, []policy.ID{person})
	})
	if err = s.declined(ctx, "account", err); err != nil {
		return nil, err
	}
	return s.Account(ctx, person)
}

// OpenAccount lets a person with a stopped account sign in again, with the password they had. It
// takes the right people. Faults: NotFound, Denied.
func (s *Session) OpenAccount(ctx context.Context, person policy.ID) (*Account, error) {
	err := s.govern(ctx, "account", "people", func(t *tx, v *view) error {
		if err := t.managed(ctx, v, person); err != nil {
			return err
		}
		if err := t.openAccount(ctx, person); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.AccountOpened, Kind: records.RefPerson, Record: person})
	})
	if err != nil {
		return nil, err
	}
	return s.Account(ctx, person)
}

// SetPassword gives somebody else a first or another password: they are signed out everywhere and
// their tokens are revoked. With change it opens nothing but the choice of another. Whoever sets it can sign in as them until they change it, which is why
// the entry in the audit log names both. It takes the right people and a session. Faults:
// NotFound, Denied, Invalid.
func (s *Session) SetPassword(ctx context.Context, person policy.ID, password string, change bool) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	if err := checkPassword(password, ""); err != nil {
		return fault.From(err).WithAt("password")
	}
	hash, err := s.db.hashes.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.govern(ctx, "password", "people", func(t *tx, v *view) error {
		if err := t.managed(ctx, v, person); err != nil {
			return err
		}
		account, err := t.accountOf(ctx, t.actor.Tenant, person)
		if err != nil {
			return err
		}
		if err := checkPassword(password, account.Login); err != nil {
			return fault.From(err).WithAt("password")
		}
		if err := t.setPassword(ctx, person, hash); err != nil {
			return err
		}
		if change {
			if err := t.mustChange(ctx, []policy.ID{person}); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.PasswordSet, Kind: records.RefPerson, Record: person})
	})
}

// changesAccount reports whether fields of a person decide whether, or as whom, they sign in.
func changesAccount[V any](fields map[string]V) bool {
	for _, name := range []string{"active", "stage", "login"} {
		if _, ok := fields[name]; ok {
			return true
		}
	}
	return false
}

// accountChanged asks of a change of such fields what is asked of a change of the account. Such
// changes wait for each other, in whatever operation they come.
func (t *tx) accountChanged(ctx context.Context, v *view, person policy.ID) error {
	if t.actor.job != "" {
		return nil
	}
	if t.db.dialect == Postgres && !t.op.raises {
		if _, err := t.exec(ctx, "SELECT 1 FROM policy_state WHERE tenant_id = $1 FOR UPDATE", t.actor.Tenant); err != nil {
			return err
		}
	}
	if person != v.bound.Subject().Person {
		if err := v.checkStrength(person); err != nil {
			return err
		}
	}
	return t.checkLast(ctx, v.state, v.state, []policy.ID{person})
}

// everybody reads the names of all who have not left.
func (t *rtx) everybody(ctx context.Context, tenant policy.ID, out map[policy.ID]string) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var name string
		err := rows.Scan(&id, &name)
		out[id] = name
		return err
	}, "SELECT id, name FROM person WHERE tenant_id = $1 AND stage <> 'left'", tenant)
}
