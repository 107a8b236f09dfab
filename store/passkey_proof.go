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
)

// proof is what somebody shows of their second factor: a code, or a passkey at a site.
type proof struct {
	code    string
	passkey *signin.PasskeyProof
	site    signin.Site
}

func (p proof) given() bool { return p.code != "" || p.passkey != nil }

func (a Attempt) proof() proof { return proof{a.Code, a.Passkey, a.Site} }

// proven is by what the second factor was proved.
type proven struct {
	recovery bool      // a code of recovery
	passkey  policy.ID // … or a passkey; neither: a code of the authenticator
}

// passkeyCopied is the answer to a passkey whose count of signatures went back: somebody else may have it as well.
var passkeyCopied = fault.New(fault.Denied, "passkey_copied", "this passkey counts backwards, as a copy does: use another, and remove it")

// useProof uses a proof of a person's second factor up. What it refuses is for the caller to record and to
// commit, since a challenge is used up by a wrong answer too.
func (t *tx) useProof(ctx context.Context, person policy.ID, purpose string, p proof) (by proven, refused, err error) {
	if p.passkey != nil {
		by.passkey, refused, err = t.usePasskey(ctx, person, purpose, p)
		return by, refused, err
	}
	right := false
	if right, by.recovery, err = t.useCode(ctx, t.actor.Tenant, person, p.code); err == nil && !right {
		refused = wrongFactor
	}
	return by, refused, err
}

func (t *tx) usePasskey(ctx context.Context, person policy.ID, purpose string, p proof) (id policy.ID, refused, err error) {
	challenge, err := p.passkey.Challenge(p.site)
	if err != nil {
		return 0, err, nil
	}
	good, err := t.takeChallenge(ctx, person, purpose, challenge)
	if err != nil || !good {
		return 0, signin.WrongPasskey, err
	}
	list, err := t.passkeys(ctx, t.actor.Tenant, person)
	if err != nil {
		return 0, nil, err
	}
	var key *Passkey
	for i := range list {
		if list[i].Credential == p.passkey.Credential {
			key = &list[i]
		}
	}
	if key == nil {
		return 0, signin.WrongPasskey, nil
	}
	of, err := t.passkeyPerson(ctx, t.actor.Tenant, person)
	if err != nil {
		return 0, nil, err
	}
	count, back, err := p.site.Proved(challenge, of, key.Passkey, *p.passkey)
	if fault.Is(err, fault.Denied) {
		return 0, err, nil
	}
	if err != nil {
		return 0, nil, err
	}
	n := int64(0)
	if !back {
		// Asked again of the row: another proof may have come first.
		n, err = t.exec(ctx, "UPDATE passkey SET sign_count = $1, used_at = $2 WHERE tenant_id = $3 AND id = $4 AND (sign_count < $1 OR sign_count = 0 AND $1 = 0)",
			int64(count), t.nowMicros(), t.actor.Tenant, key.ID)
		if err != nil {
			return 0, nil, err
		}
	}
	if n == 0 {
		return 0, passkeyCopied, t.audit(ctx, audit.Entry{Action: audit.PasskeyCopied, Kind: records.RefPerson, Record: person,
			Detail: map[string]any{"passkey": key.ID.String(), "count": count, "before": key.Count}})
	}
	return key.ID, nil, nil
}

var passkeyNone = fault.New(fault.Conflict, "passkey_none", "there is no passkey yet: set one up first")

// AskPasskey asks the browser to prove a passkey in the session that asks. Faults: Conflict without one.
func (s *Session) AskPasskey(ctx context.Context, site signin.Site) (*signin.PasskeyAsk, error) {
	s = s.proving()
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var ask *signin.PasskeyAsk
	err := s.db.maintain(ctx, func(t *tx) (err error) {
		t.actor = s.actor
		ask, err = t.askPasskey(ctx, site, s.actor.Person, toProve)
		return err
	})
	return ask, err
}

func (t *tx) askPasskey(ctx context.Context, site signin.Site, person policy.ID, purpose string) (*signin.PasskeyAsk, error) {
	have, err := t.passkeys(ctx, t.actor.Tenant, person)
	if err != nil {
		return nil, err
	}
	if len(have) == 0 {
		return nil, passkeyNone
	}
	challenge, err := t.newChallenge(ctx, person, purpose)
	if err != nil {
		return nil, err
	}
	return site.Ask(challenge, publicKeys(have)), nil
}

// ProvePasskey is Prove by a passkey. What fails locks and freezes as wrong codes do. Faults: Denied
// (passkey, passkey_origin, passkey_copied), Locked, Conflict.
func (s *Session) ProvePasskey(ctx context.Context, site signin.Site, shown signin.PasskeyProof) (until time.Time, err error) {
	s = s.proving()
	if err := s.inPerson(); err != nil {
		return time.Time{}, err
	}
	return s.prove(ctx, proof{passkey: &shown, site: site})
}

// AskPasskeyToSignIn asks the browser of who shows their password to prove a passkey with the sign-in that
// follows. Nobody is signed in by it, and that the password was right is on record. Faults: those of SignIn;
// Conflict without a passkey.
func (db *DB) AskPasskeyToSignIn(ctx context.Context, a Attempt) (*signin.PasskeyAsk, error) {
	of, keys, err := db.knownPassword(ctx, a)
	if err != nil {
		return nil, err
	}
	var ask *signin.PasskeyAsk
	var refused error
	err = db.maintain(ctx, func(t *tx) (err error) {
		t.actor = a.actor(a.Tenant, of.person, of.name)
		if err := t.forgiveAttempt(ctx, a.Tenant, keys); err != nil {
			return err
		}
		ask, err = t.askPasskey(ctx, a.Site, of.person, toSignIn)
		if refused = nil; errors.Is(err, passkeyNone) {
			refused = passkeyNone
			return t.turnAway(ctx, a, &arrival{}, passkeyNone)
		}
		if err != nil {
			return err
		}
		return t.turnAway(ctx, a, &arrival{}, factorRequired)
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return nil, err
	}
	return ask, nil
}

// wantedFactor asks for the second factor, and says of who has passkeys where they work.
func (t *tx) wantedFactor(ctx context.Context, a Attempt, person policy.ID) (*fault.Error, error) {
	var one int
	err := t.row(ctx, "SELECT 1 FROM passkey WHERE tenant_id = $1 AND person_id = $2 LIMIT 1", a.Tenant, person).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) || err == nil && a.Site.Origin() == "" {
		return factorRequired, nil
	}
	return factorRequired.With("passkey_origin", a.Site.Origin()), err
}
