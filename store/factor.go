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
	"guan/signin"
	"guan/vault"
)

// A second factor is set up in two steps: a secret, which opens nothing, and a code that shows that an
// authenticator has it. Whoever holds a session but not the password can do neither.

// Factor is how somebody's second factor stands.
type Factor struct {
	Since       *time.Time `json:"since,omitempty"` // nil: there is none
	CodesLeft   int        `json:"codes_left"`      // of recovery
	ProvedUntil *time.Time `json:"proved_until,omitempty"`
}

// NewFactor is a secret on its way into an authenticator. It is shown this once.
type NewFactor struct {
	Secret string    `json:"secret"`
	URI    string    `json:"uri"`
	QR     signin.QR `json:"qr"`
}

// Factor tells the actor how their second factor stands.
func (s *Session) Factor(ctx context.Context) (*Factor, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	out := &Factor{}
	err := s.db.read(ctx, func(t *rtx) error {
		*out = Factor{}
		var confirmed *int64
		err := t.row(ctx, "SELECT confirmed_at FROM factor WHERE tenant_id = $1 AND person_id = $2", s.actor.Tenant, s.actor.Person).Scan(&confirmed)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if out.Since = instant(confirmed); out.Since == nil {
			return nil
		}
		if s.actor.hasProved(t.now, proofLasts) {
			until := s.actor.factorAt.Add(proofLasts).UTC()
			out.ProvedUntil = &until
		}
		return t.row(ctx, "SELECT count(*) FROM recovery_code WHERE tenant_id = $1 AND person_id = $2 AND used_at IS NULL", s.actor.Tenant, s.actor.Person).Scan(&out.CodesLeft)
	})
	return out, err
}

func (t *rtx) hasFactor(ctx context.Context, tenant, person policy.ID) (bool, error) {
	var one int
	err := t.row(ctx, "SELECT 1 FROM factor WHERE tenant_id = $1 AND person_id = $2 AND confirmed_at IS NOT NULL", tenant, person).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

var factorThere = fault.New(fault.Conflict, "factor_there", "there is a second factor already: remove it first")

// BeginFactor makes the secret of a second factor for who shows their password. It is asked for by
// nothing until it is confirmed. Faults: Denied (credentials), Locked, Conflict.
func (s *Session) BeginFactor(ctx context.Context, password string) (*NewFactor, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	own, err := s.ownPassword(ctx, password)
	if err != nil {
		return nil, err
	}
	var made *NewFactor
	err = s.db.write(ctx, s.actor, op{name: "factor"}, func(t *tx) error {
		if err := t.forgiveAttempt(ctx, s.actor.Tenant, own.keys); err != nil {
			return err
		}
		has, err := t.hasFactor(ctx, s.actor.Tenant, s.actor.Person)
		if err != nil {
			return err
		}
		if has {
			return factorThere
		}
		text, err := t.newFactorSecret(ctx, s.actor.Person)
		if err != nil {
			return err
		}
		var company string
		if err := t.row(ctx, "SELECT name FROM tenant WHERE tenant_id = $1", s.actor.Tenant).Scan(&company); err != nil {
			return err
		}
		made = &NewFactor{Secret: text, URI: signin.URI(text, company, own.login)}
		if made.QR, err = signin.QROf(made.URI); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.FactorAdded, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"begun": true}})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// ConfirmFactor puts the second factor in force by a first code, and gives the codes of recovery, which
// are shown this once. The device is known from then on. Faults: Denied (factor_code), Locked, Conflict.
func (s *Session) ConfirmFactor(ctx context.Context, code string) (codes []string, err error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	keys := factorKeys(s.actor.Person)
	if err := s.db.admit(ctx, s.attempt(), keys); err != nil {
		return nil, err
	}
	var refused error
	err = s.db.write(ctx, s.actor, op{name: "factor"}, func(t *tx) error {
		refused = nil
		text, _, err := t.factorSecret(ctx, s.actor.Tenant, s.actor.Person, false)
		if err != nil {
			return err
		}
		plain, _ := signin.PlainCode(code)
		step, right := signin.Step(text, plain, t.now, 0)
		if text == "" || !right {
			if refused = wrongFactor; text == "" {
				refused = noFactor
			}
			return t.audit(ctx, audit.Entry{Action: audit.FactorFailed, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"begun": true}})
		}
		stand, err := t.sealSecret(ctx, factorSecrets.of(s.actor.Person), text)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, "UPDATE factor SET confirmed_at = $1, last_step = $2 WHERE tenant_id = $3 AND person_id = $4 AND secret = $5 AND confirmed_at IS NULL",
			t.nowMicros(), step, s.actor.Tenant, s.actor.Person, stand)
		if err != nil {
			return err
		}
		if n == 0 {
			return factorThere
		}
		if err := t.forgiveAttempt(ctx, s.actor.Tenant, keys); err != nil {
			return err
		}
		if codes, err = t.newRecoveryCodes(ctx, s.actor.Person); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE session SET factor_at = $1 WHERE tenant_id = $2 AND id = $3", t.nowMicros(), s.actor.Tenant, s.actor.Session); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.FactorAdded, Kind: records.RefPerson, Record: s.actor.Person})
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// RecoveryCodes gives the actor new codes of recovery; the old ones end. Faults: Denied
// (second_factor_required), Conflict.
func (s *Session) RecoveryCodes(ctx context.Context) (codes []string, err error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err = s.db.write(ctx, s.actor, op{name: "factor"}, func(t *tx) error {
		has, err := t.hasFactor(ctx, s.actor.Tenant, s.actor.Person)
		if err != nil {
			return err
		}
		if !has {
			return noFactor
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		if codes, err = t.newRecoveryCodes(ctx, s.actor.Person); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.RecoveryMade, Kind: records.RefPerson, Record: s.actor.Person})
	})
	return codes, err
}

// RemoveFactor takes the actor's second factor away, for who shows both it and the password. Faults:
// Denied (credentials, factor_code), Locked, Conflict.
func (s *Session) RemoveFactor(ctx context.Context, password, code string) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	own, err := s.ownPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.withCode(ctx, code, func(t *tx, recovery bool) error {
		if err := t.forgiveAttempt(ctx, s.actor.Tenant, own.keys); err != nil {
			return err
		}
		if err := t.dropFactor(ctx, s.actor.Person); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.FactorRemoved, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"recovery": recovery}})
	})
}

// dropFactor ends the factor with its codes, and what was proved by it.
func (t *tx) dropFactor(ctx context.Context, person policy.ID) error {
	if err := t.dropRecoveryCodes(ctx, person); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE session SET factor_at = NULL WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE credential SET factor_due_at = NULL WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person); err != nil {
		return err
	}
	t.encrypting.gone = append(t.encrypting.gone, vault.Place{Kind: factorSecrets.table, Record: int64(person)})
	_, err := t.exec(ctx, "DELETE FROM factor WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person)
	return err
}

// ResetFactor takes somebody else's second factor away, as for who has lost the telephone and the codes.
// They are told. Whoever may reset it may set the password, so the same is asked of them. Faults:
// NotFound, Denied, Conflict.
func (s *Session) ResetFactor(ctx context.Context, person policy.ID) (*Account, error) {
	return s.manage(ctx, "factor_reset", person, func(t *tx, v *view) error {
		has, err := t.hasFactor(ctx, v.tenant, person)
		if err != nil {
			return err
		}
		if !has {
			return fault.New(fault.Conflict, "factor_absent", "the person has no second factor")
		}
		if err := t.dropFactor(ctx, person); err != nil {
			return err
		}
		if err := t.notify(ctx, person, NoticeFactorReset, "", 0, nil); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.FactorReset, Kind: records.RefPerson, Record: person})
	})
}

// manage is the frame of what who administers people does to somebody's account. It takes a session and,
// of who has one, the second factor.
func (s *Session) manage(ctx context.Context, name string, person policy.ID, change func(*tx, *view) error) (*Account, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.administer(ctx, s.actor, op{name: name}, "people", func(t *tx, v *view) error {
		if err := t.managed(ctx, v, person); err != nil {
			return err
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		return change(t, v)
	})
	if err = s.declined(ctx, name, err); err != nil {
		return nil, err
	}
	return s.Account(ctx, person)
}
