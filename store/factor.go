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

// Factor is how somebody's second factor stands: an authenticator that shows codes, passkeys, or both.
type Factor struct {
	Since       *time.Time `json:"since,omitempty"` // of the authenticator; nil: there is none
	Passkeys    []Passkey  `json:"passkeys"`
	CodesLeft   int        `json:"codes_left"` // of recovery
	Keep        bool       `json:"keep"`       // the company wants the last one kept
	ProvedUntil *time.Time `json:"proved_until,omitempty"`
}

// NewFactor is a secret on its way into an authenticator. It is shown this once.
type NewFactor struct {
	Secret string    `json:"secret"`
	URI    string    `json:"uri"`
	QR     signin.QR `json:"qr"`
}

// Factor tells the actor how their second factor stands, also who does nothing more before they prove it:
// by it they are shown how they can.
func (s *Session) Factor(ctx context.Context) (*Factor, error) {
	s = s.proving()
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
		if out.Passkeys, err = t.passkeys(ctx, s.actor.Tenant, s.actor.Person); err != nil {
			return err
		}
		settings, _, err := t.signInSettings(ctx, s.actor.Tenant)
		if err != nil {
			return err
		}
		out.Keep = settings.Keep
		if out.Since = instant(confirmed); out.Since == nil && len(out.Passkeys) == 0 {
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

const (
	hasAuthenticator = "EXISTS (SELECT 1 FROM factor f WHERE f.tenant_id = p.tenant_id AND f.person_id = p.id AND f.confirmed_at IS NOT NULL)"
	// hasFactor is whether a person p has a second factor.
	hasFactor = "(" + hasAuthenticator + " OR EXISTS (SELECT 1 FROM passkey k WHERE k.tenant_id = p.tenant_id AND k.person_id = p.id))"
)

func (t *rtx) hasFactor(ctx context.Context, tenant, person policy.ID) (bool, error) {
	return t.ofPerson(ctx, hasFactor, tenant, person)
}

// ofPerson answers a condition on a person p.
func (t *rtx) ofPerson(ctx context.Context, condition string, tenant, person policy.ID) (is bool, err error) {
	err = t.row(ctx, "SELECT "+condition+" FROM person p WHERE p.tenant_id = $1 AND p.id = $2", tenant, person).Scan(&is)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return is, err
}

var factorThere = fault.New(fault.Conflict, "factor_there", "there is a second factor already: remove it first")

// BeginFactor makes the secret of an authenticator for who shows their password and, where they have a
// passkey, has proved it. It is asked for by nothing until it is confirmed. Faults: Denied (credentials,
// second_factor_required), Locked, Conflict.
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
		has, err := t.ofPerson(ctx, hasAuthenticator, s.actor.Tenant, s.actor.Person)
		if err != nil {
			return err
		}
		if has {
			return factorThere
		}
		if err := t.stepUp(ctx); err != nil {
			return err
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

// ConfirmFactor puts the authenticator in force by a first code, and gives the codes of recovery, which
// are shown this once; none where there was a second factor before. The device is known from then on. Faults: Denied (factor_code), Locked, Conflict.
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
		has, err := t.hasFactor(ctx, s.actor.Tenant, s.actor.Person)
		if err != nil {
			return err
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
		if codes = []string{}; !has {
			if codes, err = t.newRecoveryCodes(ctx, s.actor.Person); err != nil {
				return err
			}
		}
		if err := t.provedNow(ctx); err != nil {
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

// RemoveFactor takes the actor's authenticator away, for who shows both a code and the password. Passkeys
// stay; with the last factor go its codes of recovery. Faults: Denied (credentials, factor_code), Locked,
// Conflict.
func (s *Session) RemoveFactor(ctx context.Context, password, code string) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	own, err := s.ownPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.withProof(ctx, proof{code: code}, func(t *tx, by proven) error {
		if err := t.forgiveAttempt(ctx, s.actor.Tenant, own.keys); err != nil {
			return err
		}
		has, err := t.ofPerson(ctx, hasAuthenticator, s.actor.Tenant, s.actor.Person)
		if err != nil {
			return err
		}
		if !has {
			return noFactor // passkeys are removed one by one
		}
		if err := t.dropAuthenticator(ctx, s.actor.Person); err != nil {
			return err
		}
		if err := t.mayBeWithout(ctx); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.FactorRemoved, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"recovery": by.recovery}})
	})
}

// dropFactor ends all second factors of somebody with their codes, and what was proved by them.
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
	if _, err := t.exec(ctx, "DELETE FROM passkey WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person); err != nil {
		return err
	}
	return t.dropAuthenticator(ctx, person)
}

func (t *tx) dropAuthenticator(ctx context.Context, person policy.ID) error {
	t.encrypting.gone = append(t.encrypting.gone, vault.Place{Kind: factorSecrets.table, Record: int64(person)})
	_, err := t.exec(ctx, "DELETE FROM factor WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person)
	return err
}

// ResetFactor takes all second factors of somebody else away, as for who has lost the telephone and the codes.
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
