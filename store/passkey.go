package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/signin"
)

// Passkeys are second factors beside the codes of an authenticator: one is as good as the other. What is
// kept of them is public; what must not be used twice are the challenges.

// Passkey is a passkey of somebody's, as they see it.
type Passkey struct {
	ID        policy.ID  `json:"id"`
	Name      string     `json:"name"`
	Synced    bool       `json:"synced"` // it may be on several devices
	CreatedAt time.Time  `json:"created_at"`
	UsedAt    *time.Time `json:"used_at,omitempty"`

	signin.Passkey `json:"-"`
}

// AddedPasskey is a passkey that was added. Codes of recovery come with the first factor, this once.
type AddedPasskey struct {
	Passkey Passkey  `json:"passkey"`
	Codes   []string `json:"codes"`
}

const (
	maxPasskeys    = 10
	maxPasskeyName = 40 // characters
)

var (
	passkeysMany = fault.Newf(fault.Conflict, "passkey_many", "there are %d passkeys already: remove one first", maxPasskeys).With("max", maxPasskeys)
	passkeyThere = fault.New(fault.Conflict, "passkey_there", "this passkey is here already")
	noPasskey    = fault.New(fault.NotFound, "passkey_gone", "there is no such passkey")
	factorKept   = fault.New(fault.Conflict, "factor_kept", "the company asks who has a second factor to keep one: set up another first")
)

// passkeys reads a person's passkeys, the oldest first.
func (t *rtx) passkeys(ctx context.Context, tenant, person policy.ID) ([]Passkey, error) {
	list := []Passkey{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var p Passkey
		var synced int
		var created int64
		var used *int64
		var ways string
		if err := rows.Scan(&p.ID, &p.Name, &p.Credential, &p.PublicKey, &p.Count, &synced, &ways, &created, &used); err != nil {
			return err
		}
		p.Synced, p.Passkey.Synced, p.Transports = synced != 0, synced != 0, strings.Fields(ways)
		p.CreatedAt, p.UsedAt = time.UnixMicro(created).UTC(), instant(used)
		list = append(list, p)
		return nil
	}, "SELECT id, name, credential, public_key, sign_count, synced, transports, created_at, used_at FROM passkey WHERE tenant_id = $1 AND person_id = $2 ORDER BY created_at, id", tenant, person)
	return list, err
}

func publicKeys(list []Passkey) []signin.Passkey {
	out := make([]signin.Passkey, len(list))
	for i, p := range list {
		out[i] = p.Passkey
	}
	return out
}

// passkeyPerson is whose passkeys they are, as authenticators know them.
func (t *rtx) passkeyPerson(ctx context.Context, tenant, person policy.ID) (signin.Person, error) {
	p := signin.Person{Tenant: tenant.String(), ID: person.String()}
	err := t.row(ctx, "SELECT login, name FROM person WHERE tenant_id = $1 AND id = $2", tenant, person).Scan(&p.Login, &p.Name)
	return p, err
}

// BeginPasskey asks the browser for a passkey. It takes the second factor of who has one, and the password
// of who has none. Faults: Denied (credentials, second_factor_required), Locked, Conflict.
func (s *Session) BeginPasskey(ctx context.Context, site signin.Site, password string) (*signin.PasskeyWish, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	has := false
	err := s.db.read(ctx, func(t *rtx) (err error) {
		has, err = t.hasFactor(ctx, s.actor.Tenant, s.actor.Person)
		return err
	})
	if err != nil {
		return nil, err
	}
	var keys []lockKey
	if !has {
		own, err := s.ownPassword(ctx, password)
		if err != nil {
			return nil, err
		}
		keys = own.keys
	}
	var wish *signin.PasskeyWish
	err = s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		if err := t.forgiveAttempt(ctx, s.actor.Tenant, keys); err != nil {
			return err
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		have, err := t.passkeys(ctx, s.actor.Tenant, s.actor.Person)
		if err != nil {
			return err
		}
		if len(have) >= maxPasskeys {
			return passkeysMany
		}
		person, err := t.passkeyPerson(ctx, s.actor.Tenant, s.actor.Person)
		if err != nil {
			return err
		}
		var company string
		if err := t.row(ctx, "SELECT name FROM tenant WHERE tenant_id = $1", s.actor.Tenant).Scan(&company); err != nil {
			return err
		}
		challenge, err := t.newChallenge(ctx, s.actor.Person, toRegister)
		wish = site.Wish(challenge, company, person, publicKeys(have))
		return err
	})
	if err != nil {
		return nil, err
	}
	return wish, nil
}

// AddPasskey keeps the passkey that a browser made for the challenge of this session. With it the second
// factor is proved. Faults: Invalid, Denied (passkey, passkey_origin, second_factor_required), Conflict.
func (s *Session) AddPasskey(ctx context.Context, site signin.Site, name string, made signin.MadePasskey) (*AddedPasskey, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	name, err := passkeyName(name)
	if err != nil {
		return nil, err
	}
	var added *AddedPasskey
	var refused error
	err = s.db.write(ctx, s.actor, op{name: "passkey"}, func(t *tx) (err error) {
		added, refused, err = t.addPasskey(ctx, site, name, made)
		if err == nil && refused != nil {
			err = t.audit(ctx, audit.Entry{Action: audit.FactorFailed, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"begun": true, "code": fault.From(refused).Code}})
		}
		return err
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return nil, err
	}
	return added, nil
}

func (t *tx) addPasskey(ctx context.Context, site signin.Site, name string, made signin.MadePasskey) (added *AddedPasskey, refused, err error) {
	tenant, me := t.actor.Tenant, t.actor.Person
	challenge, err := made.Challenge(site)
	if err != nil {
		return nil, err, nil
	}
	if good, err := t.takeChallenge(ctx, me, toRegister, challenge); err != nil || !good {
		return nil, signin.WrongPasskey, err
	}
	// Who had no factor when it began may have one now.
	if err := t.stepUp(ctx); err != nil {
		return nil, nil, err
	}
	has, err := t.hasFactor(ctx, tenant, me)
	if err != nil {
		return nil, nil, err
	}
	person, err := t.passkeyPerson(ctx, tenant, me)
	if err != nil {
		return nil, nil, err
	}
	key, err := site.Made(challenge, person, made)
	if err != nil {
		return nil, err, nil
	}
	id, err := t.newID(ctx)
	if err != nil {
		return nil, nil, err
	}
	n, err := t.exec(ctx, `
		INSERT INTO passkey (tenant_id, id, person_id, name, credential, public_key, sign_count, synced, transports, created_at)
		SELECT t.tenant_id, CAST($2 AS bigint), CAST($3 AS bigint), $4, $5, $6, CAST($7 AS bigint), CAST($8 AS bigint), $9, CAST($10 AS bigint)
		FROM tenant t WHERE t.tenant_id = $1 AND (SELECT count(*) FROM passkey k WHERE k.tenant_id = $1 AND k.person_id = $3) < $11
		ON CONFLICT (tenant_id, credential) DO NOTHING`,
		tenant, id, me, name, key.Credential, key.PublicKey, int64(key.Count), number(key.Synced), strings.Join(key.Transports, " "), t.nowMicros(), maxPasskeys)
	if err == nil && n == 0 {
		err = passkeyThere
	}
	if err != nil {
		return nil, nil, err
	}
	added = &AddedPasskey{Passkey{ID: id, Name: name, Synced: key.Synced, CreatedAt: t.now.UTC()}, []string{}}
	if !has {
		if added.Codes, err = t.newRecoveryCodes(ctx, me); err != nil {
			return nil, nil, err
		}
	}
	if err := t.provedNow(ctx); err != nil {
		return nil, nil, err
	}
	return added, nil, t.audit(ctx, audit.Entry{Action: audit.PasskeyAdded, Kind: records.RefPerson, Record: me, Detail: map[string]any{"passkey": id.String(), "name": name, "synced": key.Synced}})
}

func passkeyName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n == 0 || n > maxPasskeyName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return "", fault.Newf(fault.Invalid, "passkey_name", "the name of a passkey has 1 to %d characters and no control characters", maxPasskeyName).WithAt("name").With("max", maxPasskeyName)
	}
	return name, nil
}

// NamePasskey gives a passkey of the actor's another name. Faults: NotFound, also for somebody else's; Invalid.
func (s *Session) NamePasskey(ctx context.Context, id policy.ID, name string) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	name, err := passkeyName(name)
	if err != nil {
		return err
	}
	return s.db.write(ctx, s.actor, op{name: "passkey"}, func(t *tx) error {
		before, err := t.nameOwn(ctx, "passkey", "name", id, name, noPasskey)
		if err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PasskeyNamed, Kind: records.RefPerson, Record: s.actor.Person,
			Detail: map[string]any{"passkey": id.String(), "name": name, "before": before}})
	})
}

// nameOwn writes the name of something in a table that is the actor's, and gives the one that it had.
func (t *tx) nameOwn(ctx context.Context, table, column string, id policy.ID, name string, gone error) (before string, err error) {
	err = t.row(ctx, "SELECT "+column+" FROM "+table+" WHERE tenant_id = $1 AND person_id = $2 AND id = $3"+t.pick("", " FOR UPDATE"), t.actor.Tenant, t.actor.Person, id).Scan(&before)
	if errors.Is(err, sql.ErrNoRows) {
		return "", gone
	}
	if err == nil {
		_, err = t.exec(ctx, "UPDATE "+table+" SET "+column+" = $1 WHERE tenant_id = $2 AND person_id = $3 AND id = $4", name, t.actor.Tenant, t.actor.Person, id)
	}
	return before, err
}

// RemovePasskey takes a passkey of the actor's away, for who shows the password and has proved the second
// factor. With the last factor go its codes of recovery. Faults: NotFound, also for somebody else's; Denied
// (credentials, second_factor_required), Locked, Conflict (factor_kept).
func (s *Session) RemovePasskey(ctx context.Context, id policy.ID, password string) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	own, err := s.ownPassword(ctx, password)
	if err != nil {
		return err
	}
	err = s.db.write(ctx, s.actor, op{name: "passkey"}, func(t *tx) error {
		if err := t.forgiveAttempt(ctx, s.actor.Tenant, own.keys); err != nil {
			return err
		}
		var name string
		err := t.row(ctx, "DELETE FROM passkey WHERE tenant_id = $1 AND person_id = $2 AND id = $3 RETURNING name", s.actor.Tenant, s.actor.Person, id).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			return noPasskey
		}
		if err != nil {
			return err
		}
		if !t.actor.hasProved(t.now, proofLasts) {
			return factorRequired
		}
		if err := t.mayBeWithout(ctx); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PasskeyRemoved, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"passkey": id.String(), "name": name}})
	})
	return s.declined(ctx, "passkey", err)
}

// mayBeWithout is asked after the actor removed a factor. Where it was the last, what belongs to it ends
// too, or the company wants it kept.
func (t *tx) mayBeWithout(ctx context.Context) error {
	has, err := t.hasFactor(ctx, t.actor.Tenant, t.actor.Person)
	if err != nil || has {
		return err
	}
	settings, _, err := t.signInSettings(ctx, t.actor.Tenant)
	if err != nil {
		return err
	}
	if settings.Keep {
		return factorKept
	}
	return t.dropFactor(ctx, t.actor.Person)
}

// What a challenge is good for.
const (
	toRegister = "register"
	toProve    = "prove"
	toSignIn   = "sign_in"
)

// newChallenge gives the session of the actor a challenge in the place of the one that it had for the same
// purpose; a sign-in has no session, and may be tried in several browsers.
func (t *tx) newChallenge(ctx context.Context, person policy.ID, purpose string) (string, error) {
	session := optionalID(t.actor.Session)
	_, err := t.exec(ctx, "DELETE FROM passkey_challenge WHERE tenant_id = $1 AND person_id = $2 AND (until_at <= $3 OR (session_id = $4 AND purpose = $5))",
		t.actor.Tenant, person, t.nowMicros(), t.actor.Session, purpose)
	if err != nil {
		return "", err
	}
	var random [signin.ChallengeBytes]byte
	rand.Read(random[:])
	text := signin.ChallengeText(random)
	_, err = t.exec(ctx, "INSERT INTO passkey_challenge (tenant_id, challenge, person_id, session_id, purpose, until_at) VALUES ($1, $2, $3, $4, $5, $6)",
		t.actor.Tenant, text, person, session, purpose, t.now.Add(signin.ChallengeFor).UnixMicro())
	return text, err
}

// takeChallenge uses a challenge up. Of many at once with the same one is good: the row is the lock.
func (t *tx) takeChallenge(ctx context.Context, person policy.ID, purpose, challenge string) (good bool, err error) {
	var until int64
	err = t.row(ctx, "DELETE FROM passkey_challenge WHERE tenant_id = $1 AND challenge = $2 AND person_id = $3 AND COALESCE(session_id, 0) = $4 AND purpose = $5 RETURNING until_at",
		t.actor.Tenant, challenge, person, t.actor.Session, purpose).Scan(&until)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil && t.nowMicros() < until, err
}
