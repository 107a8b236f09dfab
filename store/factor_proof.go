package store

import (
	"context"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// proofLasts is how long a proof of the second factor opens what asks for one.
const proofLasts = 10 * time.Minute

// factorRequired is the one answer to everything that waits for the second factor.
var factorRequired = fault.New(fault.Denied, "second_factor_required", "prove your second factor first")

// hasProved answers whether the session of the actor has proved the second factor within the duration.
// What is done with a token never has; work in the background has when it was ordered by who had.
func (a Actor) hasProved(now time.Time, within time.Duration) bool {
	if a.proved {
		return true
	}
	return a.Session != 0 && !a.factorAt.IsZero() && now.Sub(a.factorAt) < within
}

// Proved refuses, with Denied (second_factor_required), unless the session has proved the second factor
// within the duration.
func (s *Session) Proved(within time.Duration) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	if !s.actor.hasProved(s.db.Now(), within) {
		return factorRequired
	}
	return nil
}

// stepUp is Proved for who has a second factor, and lets the others through: nothing more is known of
// them than their password.
func (t *tx) stepUp(ctx context.Context) error {
	if t.actor.hasProved(t.now, proofLasts) {
		return nil
	}
	has, err := t.hasFactor(ctx, t.actor.Tenant, t.actor.Person)
	if err == nil && has {
		err = factorRequired
	}
	return err
}

// orFactor turns a refusal into factorRequired where a rule that speaks of the actor wants the second
// factor for one of the actions, and they have not proved it. It depends on no record: what is not found
// stays not found. After the proof the same question gets its own answer.
func (s *Session) orFactor(ctx context.Context, err error, kind policy.Kind, actions ...policy.Action) error {
	a := s.actor
	if !fault.Is(err, fault.Denied) || a.Session == 0 || a.as != 0 || a.check() != nil || a.hasProved(s.db.Now(), proofLasts) {
		return err
	}
	st, problem := s.db.state(ctx, a.Tenant)
	if problem != nil {
		return err
	}
	if v := st.view(a, s.db.Now()); v.waitsForFactor(kind, actions...) {
		var asking []int
		for _, action := range actions {
			asking = append(asking, v.bound.AskingFactor(kind, action)...)
		}
		return because(factorRequired, &whyNot{barred: BarredFactor, rules: v.ruleIDs(asking)})
	}
	return err
}

// waitsForFactor reports whether a rule that speaks of the actor wants the second factor for one of the
// actions, and it is not proved.
func (v *view) waitsForFactor(kind policy.Kind, actions ...policy.Action) bool {
	asks := func(action policy.Action) bool { return v.bound.AsksFactor(kind, action) }
	return !v.bound.Context().Proved && slices.ContainsFunc(actions, asks)
}

// Prove proves the second factor in the session that asks, by a code of the authenticator or one of
// recovery. Wrong codes lock as wrong passwords do. Faults: Denied (factor_code), Locked, Conflict when
// there is no second factor.
func (s *Session) Prove(ctx context.Context, code string) (until time.Time, err error) {
	s = s.proving()
	if err := s.inPerson(); err != nil {
		return time.Time{}, err
	}
	return s.prove(ctx, proof{code: code})
}

func (s *Session) prove(ctx context.Context, p proof) (until time.Time, err error) {
	err = s.withProof(ctx, p, func(t *tx, by proven) error {
		until = t.now.Add(proofLasts)
		if err := t.provedNow(ctx); err != nil {
			return err
		}
		if err := t.meetFactor(ctx, t.actor.Person); err != nil {
			return err
		}
		detail := map[string]any{"recovery": by.recovery}
		if by.passkey != 0 {
			detail["passkey"] = by.passkey.String()
		}
		return t.audit(ctx, audit.Entry{Action: audit.FactorProved, Kind: "person", Record: t.actor.Person, Detail: detail})
	})
	return until, err
}

// provedNow says that the session of the actor proved the second factor.
func (t *tx) provedNow(ctx context.Context) error {
	_, err := t.exec(ctx, "UPDATE session SET factor_at = $1 WHERE tenant_id = $2 AND id = $3 AND person_id = $4", t.nowMicros(), t.actor.Tenant, t.actor.Session, t.actor.Person)
	return err
}

var (
	wrongFactor = fault.New(fault.Denied, "factor_code", "the code is wrong, or was used already").WithAt("code")
	noFactor    = fault.New(fault.Conflict, "factor_none", "there is no second factor yet: set one up first")
)

// freeByFactor is how many wrong codes in a row cost nothing: a code has six digits.
const freeByFactor = 5

func factorKeys(person policy.ID) []lockKey {
	return []lockKey{{"factor:" + person.String(), freeByFactor}}
}

// withProof does something for who proves their second factor. The attempt is counted before the proof is
// looked at, and forgiven in the transaction that uses it up.
func (s *Session) withProof(ctx context.Context, p proof, then func(t *tx, by proven) error) error {
	a, keys := s.attempt(), factorKeys(s.actor.Person)
	if err := s.db.admit(ctx, a, keys); err != nil {
		return err
	}
	var refused error
	err := s.db.write(ctx, s.actor, op{name: "factor"}, func(t *tx) error {
		refused = nil
		has, err := t.hasFactor(ctx, t.actor.Tenant, t.actor.Person)
		if err != nil {
			return err
		}
		if !has {
			refused = noFactor
			if err := t.forgiveAttempt(ctx, t.actor.Tenant, keys); err != nil {
				return err
			}
			return t.audit(ctx, audit.Entry{Action: audit.Refused, Kind: "person", Record: t.actor.Person, Detail: map[string]any{"operation": "factor", "code": noFactor.Code}})
		}
		var by proven
		if by, refused, err = t.useProof(ctx, t.actor.Person, toProve, p); err != nil {
			return err
		}
		if refused != nil {
			if err := t.freezeAfterCodes(ctx, a, t.actor.Person); err != nil {
				return err
			}
			return t.audit(ctx, audit.Entry{Action: audit.FactorFailed, Kind: "person", Record: t.actor.Person, Detail: map[string]any{"code": fault.From(refused).Code}})
		}
		if err := t.forgiveAttempt(ctx, t.actor.Tenant, keys); err != nil {
			return err
		}
		return then(t, by)
	})
	if err == nil {
		err = refused
	}
	return err
}

// attempt is what somebody who is signed in tries again.
func (s *Session) attempt() Attempt {
	a := s.actor
	return Attempt{Tenant: a.Tenant, Client: Client{Channel: a.Channel, Device: a.Device, Network: a.Network, Address: a.Address, RequestID: a.RequestID}}
}
