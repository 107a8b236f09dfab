package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// How long a session lasts.
const (
	idleFor    = 12 * time.Hour      // without a request
	sessionFor = 14 * 24 * time.Hour // at the longest
	seenEvery  = time.Minute         // how exactly it is known when a session was last seen
)

func (t *tx) insertSession(ctx context.Context, id policy.ID, s secret, person policy.ID, from Client) error {
	// What ended is of no more use, and this is where it grows.
	if _, err := t.dropSessions(ctx, s.tenant, "person_id = $2 AND (until_at <= $3 OR idle_until <= $3)", person, t.nowMicros()); err != nil {
		return err
	}
	_, err := t.exec(ctx, `
		INSERT INTO session (tenant_id, id, hash, person_id, created_at, seen_at, idle_until, until_at, device, address)
		VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9)`,
		s.tenant, id, s.hash(), person, t.nowMicros(), t.now.Add(idleFor).UnixMicro(), t.now.Add(sessionFor).UnixMicro(),
		audit.Clean(from.Device), audit.Clean(from.Address))
	return err
}

// Authenticate returns the actor who shows the secret of a session or an API token. That the
// session stands, the account is open and the token is not revoked is asked in one statement
// each time: what was ended is ended with the commit that ended it. Faults: Denied (signin).
func (db *DB) Authenticate(ctx context.Context, secretText string, from Client) (Actor, error) {
	s, ok := parseSecret(secretText)
	if !ok {
		return Actor{}, notSignedIn
	}
	if s.sort == tokenSecret {
		return db.byToken(ctx, s, from)
	}
	t := db.single()
	var id, person policy.ID
	var name string
	var seen, until int64
	var must bool
	var device, factor, due sql.NullInt64
	err := t.row(ctx, `
		SELECT s.id, p.id, p.name, s.seen_at, s.until_at, c.must_change, s.device_id, s.factor_at, c.factor_due_at
		FROM session s
		JOIN person p ON p.tenant_id = s.tenant_id AND p.id = s.person_id
		JOIN credential c ON c.tenant_id = s.tenant_id AND c.person_id = s.person_id
		WHERE s.tenant_id = $2 AND s.hash = $3 AND s.idle_until > $1 AND s.until_at > $1 AND `+accountOpen,
		t.nowMicros(), s.tenant, s.hash()).Scan(&id, &person, &name, &seen, &until, &must, &device, &factor, &due)
	if errors.Is(err, sql.ErrNoRows) {
		return Actor{}, notSignedIn
	}
	if err != nil {
		return Actor{}, db.fault(err)
	}
	if t.now.Sub(time.UnixMicro(seen)) >= seenEvery {
		err := db.maintain(ctx, func(w *tx) error {
			idle := min(w.now.Add(idleFor).UnixMicro(), until)
			if _, err := w.exec(ctx, "UPDATE session SET seen_at = $1, idle_until = $2 WHERE tenant_id = $3 AND id = $4", w.nowMicros(), idle, s.tenant, id); err != nil {
				return err
			}
			return w.seenDevice(ctx, s.tenant, policy.ID(device.Int64), from)
		})
		if err != nil {
			return Actor{}, err
		}
	}
	actor := from.actor(s.tenant, person, name)
	actor.Session, actor.mustChange, actor.device = id, must, policy.ID(device.Int64)
	if factor.Valid {
		actor.factorAt = time.UnixMicro(factor.Int64)
	}
	actor.factorDue = due.Valid && factor.Int64 < due.Int64
	return actor, nil
}

func (db *DB) byToken(ctx context.Context, s secret, from Client) (Actor, error) {
	t := db.single()
	var id, person policy.ID
	var name string
	var scope []byte
	var seen, due, met sql.NullInt64
	err := t.row(ctx, `
		SELECT k.id, p.id, p.name, k.scope, k.seen_at, c.factor_due_at, c.factor_met_at
		FROM token k
		JOIN person p ON p.tenant_id = k.tenant_id AND p.id = k.person_id
		JOIN credential c ON c.tenant_id = k.tenant_id AND c.person_id = k.person_id
		WHERE k.tenant_id = $2 AND k.hash = $3 AND k.until_at > $1 AND k.revoked_at IS NULL AND `+accountOpen,
		t.nowMicros(), s.tenant, s.hash()).Scan(&id, &person, &name, &scope, &seen, &due, &met)
	if errors.Is(err, sql.ErrNoRows) {
		return Actor{}, notSignedIn
	}
	if err != nil {
		return Actor{}, db.fault(err)
	}
	actor := from.actor(s.tenant, person, name)
	actor.Token, actor.Channel = id, "api"
	actor.Scope, actor.factorDue = new(Scope), due.Valid && met.Int64 < due.Int64
	if err := json.Unmarshal(scope, actor.Scope); err != nil {
		return Actor{}, fault.Wrap(err, fault.Internal, "token_scope", "the token's scope cannot be read")
	}
	if t.now.Sub(time.UnixMicro(seen.Int64)) >= seenEvery {
		err := db.maintain(ctx, func(w *tx) error {
			_, err := w.exec(ctx, "UPDATE token SET seen_at = $1 WHERE tenant_id = $2 AND id = $3", w.nowMicros(), s.tenant, id)
			return err
		})
		if err != nil {
			return Actor{}, err
		}
	}
	return actor, nil
}

// SignedIn is one session of a person.
type SignedIn struct {
	ID         policy.ID
	CreatedAt  time.Time
	LastSeenAt time.Time // to the minute
	UntilAt    time.Time // when it ends at the latest; unused it ends sooner
	Device     string
	Address    string
	Current    bool // the one that asks
}

// Sessions lists the actor's own sessions, the last seen first.
func (s *Session) Sessions(ctx context.Context) ([]SignedIn, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var list []SignedIn
	err := s.db.read(ctx, func(t *rtx) error {
		rows, err := t.query(ctx, `
			SELECT id, created_at, seen_at, until_at, device, address FROM session
			WHERE tenant_id = $1 AND person_id = $2 AND until_at > $3 AND idle_until > $3 ORDER BY seen_at DESC, id DESC`,
			s.actor.Tenant, s.actor.Person, t.nowMicros())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var one SignedIn
			var created, seen, until int64
			if err := rows.Scan(&one.ID, &created, &seen, &until, &one.Device, &one.Address); err != nil {
				return err
			}
			one.CreatedAt, one.LastSeenAt = time.UnixMicro(created).UTC(), time.UnixMicro(seen).UTC()
			one.UntilAt = time.UnixMicro(until).UTC()
			one.Current = one.ID == s.actor.Session
			list = append(list, one)
		}
		return rows.Err()
	})
	return list, err
}

// SignOut ends the session that asks.
func (s *Session) SignOut(ctx context.Context) error {
	s = s.first().proving()
	if err := s.inPerson(); err != nil {
		return err
	}
	return s.endSession(ctx, s.actor.Session, audit.SignOut)
}

// EndSession ends one of the actor's own sessions. Faults: NotFound, also for somebody else's.
func (s *Session) EndSession(ctx context.Context, id policy.ID) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	return s.endSession(ctx, id, audit.SessionEnded)
}

func (s *Session) endSession(ctx context.Context, id policy.ID, action audit.Action) error {
	return s.db.write(ctx, s.actor, op{name: string(action)}, func(t *tx) error {
		n, err := t.dropSessions(ctx, s.actor.Tenant, "person_id = $2 AND id = $3", s.actor.Person, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "session", "there is no such session")
		}
		return t.audit(ctx, audit.Entry{Action: action, Detail: map[string]any{"session": id.String()}})
	})
}
