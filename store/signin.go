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

// Client is where a request comes from.
type Client struct {
	Channel   string // web, api, export, import, job, agent
	Device    string // desktop, phone, unknown
	Network   string // office, outside, unknown
	Family    string // browser and system, as the client calls itself
	Address   string // without port
	RequestID string
	Lang      string // zh or en
}

// Attempt is an attempt to sign in with a password.
type Attempt struct {
	Client
	Tenant          policy.ID
	Login, Password string
	Code            string               // of the second factor, or of recovery; empty for none
	Passkey         *signin.PasskeyProof // of the second factor; nil for none
	Site            signin.Site
	Devices         []string // the keys of devices that the browser keeps
}

// credentials is the one answer to everything that can be wrong with login and password, so that
// it tells nothing about which accounts there are.
var credentials = fault.New(fault.Denied, "credentials", "the login or the password is wrong")

// accountOpen is the condition under which a person p with the credential c may act at all; it
// stands in the same statement as the look-up of whatever the person signed in with. $1 is now.
const (
	accountStands = "p.active AND p.stage <> 'left' AND c.disabled_at IS NULL AND (c.until_at IS NULL OR c.until_at > $1)"
	accountOpen   = accountStands + " AND c.frozen_at IS NULL"
)

// SignIn checks a password and opens a session. The secret is given here once and stored
// nowhere. Faults: Denied (credentials) for an unknown login, a wrong password, a disabled or
// ended account, after the same work and in the same words; Locked (locked, with retry_after in
// seconds) after too many failures of the login or from the address. Whoever has shown the right
// password is told what else is wanted (see arrive): Denied (second_factor_required, factor_code,
// account_frozen, device_blocked, device_waiting).
func (db *DB) SignIn(ctx context.Context, a Attempt) (secretText string, actor Actor, err error) {
	account, keys, err := db.knownPassword(ctx, a)
	if err != nil {
		return "", Actor{}, err
	}
	if a.proof().given() && account.factor {
		if err := db.admit(ctx, a, factorKeys(account.person)); err != nil {
			return "", Actor{}, err
		}
	}
	secretText, actor, err = db.openSession(ctx, a, account, keys)
	if errors.Is(err, credentials) {
		err = db.refuse(ctx, a, audit.SignInFailed, account.person, err)
	}
	return secretText, actor, err
}

// knownPassword is the account of who shows its password, with the keys by which the attempt was counted.
func (db *DB) knownPassword(ctx context.Context, a Attempt) (known account, keys []lockKey, err error) {
	login, err := records.NormalLogin(a.Login)
	if err != nil || len(a.Password) > MaxPassword {
		login = "" // nobody's
	}
	keys = lockKeys(login, a.Address)
	if device, err := db.deviceFor(ctx, a, login); err != nil {
		return account{}, nil, err
	} else if device != 0 {
		keys = deviceKeys(device)
	}
	if err := db.admit(ctx, a, keys); err != nil {
		return account{}, nil, err
	}
	if known, err = db.account(ctx, a.Tenant, login); err != nil {
		return account{}, nil, err
	}
	password := a.Password
	if login == "" {
		password = ""
	}
	right, err := db.hashes.matches(ctx, known.hash, password)
	if err == nil && !(right && known.stands) {
		err = db.refuse(ctx, a, audit.SignInFailed, known.person, credentials)
	}
	return known, keys, err
}

// admit counts the attempt, or refuses it when a lock stands; the refusal is on record.
func (db *DB) admit(ctx context.Context, a Attempt, keys []lockKey) error {
	err := db.maintain(ctx, func(t *tx) error { return t.countAttempt(ctx, a.Tenant, keys) })
	if fault.Is(err, fault.Locked) && fault.From(err).Code == "locked" {
		return db.refuse(ctx, a, audit.SignInLocked, 0, err)
	}
	return err
}

// refuse records the attempt and returns the answer; when it cannot be recorded, that error.
func (db *DB) refuse(ctx context.Context, a Attempt, action audit.Action, person policy.ID, answer error) error {
	entry := a.entry(action)
	if person != 0 {
		entry.Kind, entry.Record = "person", person
	}
	err := db.maintain(ctx, func(t *tx) error {
		entry.At = t.now
		return insertEntries(ctx, db, t.q, []audit.Entry{entry})
	})
	if err != nil {
		return err
	}
	return answer
}

func (a Attempt) entry(action audit.Action) audit.Entry {
	return audit.Entry{Tenant: a.Tenant, Action: action, Channel: a.Channel, Device: a.Device, Address: a.Address, RequestID: a.RequestID}
}

// account is what sign-in needs to know of a person; the zero account is nobody's.
type account struct {
	person      policy.ID
	login, name string
	hash        string
	stands      bool // neither stopped nor ended; it may be frozen
	factor      bool // there is a second one
	must        bool // change the password first
}

func (db *DB) account(ctx context.Context, tenant policy.ID, login string) (account, error) {
	a := account{login: login}
	var hash sql.NullString
	t := db.single()
	err := t.row(ctx, `
		SELECT p.id, p.name, c.password_hash, c.must_change, `+accountStands+`, `+hasFactor+`
		FROM person p JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
		WHERE p.tenant_id = $2 AND p.login = $3`, t.nowMicros(), tenant, login).Scan(&a.person, &a.name, &hash, &a.must, &a.stands, &a.factor)
	if errors.Is(err, sql.ErrNoRows) {
		return account{}, nil
	}
	a.hash = hash.String
	return a, db.fault(err)
}

// openSession opens the session if the account is still open and its password still the one that
// was checked: a change of password that committed meanwhile has ended all sessions, and this
// one must not outlive it. What arrive refuses is committed with what it leaves behind.
func (db *DB) openSession(ctx context.Context, a Attempt, of account, keys []lockKey) (secretText string, actor Actor, err error) {
	var refused error
	err = db.maintain(ctx, func(t *tx) error {
		secretText, actor, refused = "", Actor{}, nil
		var one int
		err := t.row(ctx, `
			SELECT 1 FROM person p JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id
			WHERE `+accountStands+` AND c.tenant_id = $2 AND c.person_id = $3 AND c.password_hash = $4`+t.pick("", " FOR SHARE"),
			t.nowMicros(), a.Tenant, of.person, of.hash).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return credentials
		}
		if err != nil {
			return err
		}
		if err := t.forgiveAttempt(ctx, a.Tenant, keys); err != nil {
			return err
		}
		in, err := t.arrive(ctx, a, of.person)
		if err != nil {
			return err
		}
		if actor.newDevice, refused = in.key, in.refused; refused != nil {
			return nil
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		s := newSecret(sessionSecret, a.Tenant)
		if err := t.insertSession(ctx, id, s, of.person, a.Client); err != nil {
			return err
		}
		if err := t.bindSession(ctx, a.Tenant, id, in); err != nil {
			return err
		}
		entry := a.entry(audit.SignIn)
		entry.Actor, entry.Session, entry.At = of.person, id, t.now
		if in.device != 0 {
			entry.Detail = map[string]any{"device": in.device.String()}
		}
		secretText = s.text
		actor = a.actor(a.Tenant, of.person, of.name)
		actor.Session, actor.mustChange, actor.device, actor.newDevice = id, of.must, in.device, in.key
		if in.proved {
			actor.factorAt = t.now
		}
		return insertEntries(ctx, db, t.q, []audit.Entry{entry})
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return "", Actor{newDevice: actor.newDevice}, err
	}
	return secretText, actor, nil
}

func (c Client) actor(tenant, person policy.ID, name string) Actor {
	return Actor{Tenant: tenant, Person: person, Name: name, Channel: c.Channel, Device: c.Device, Network: c.Network, Address: c.Address, RequestID: c.RequestID, Lang: c.Lang}
}
