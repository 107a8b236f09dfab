package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// The limits of API tokens.
const (
	maxTokens    = 50 // of one person, not counting ended ones
	maxTokenDays = 400
	maxTokenName = 100 // characters
)

// Token is an API token as its person sees it: everything but the secret.
type Token struct {
	ID         policy.ID
	Name       string
	Scope      Scope
	CreatedAt  time.Time
	UntilAt    time.Time
	LastSeenAt *time.Time // to the minute; nil when never used
}

// NewToken is what a person asks for. Empty Kinds or Actions do not narrow.
type NewToken struct {
	Name  string
	Scope Scope
	Until time.Time
}

// CreateToken makes a token that acts as the actor, narrowed to a scope. The secret is given
// here once and stored nowhere. It takes the right 'tokens' and a session, and of who
// has one the second factor: a token cannot make another. Faults: Invalid, Denied, Conflict when there are too many.
func (s *Session) CreateToken(ctx context.Context, n NewToken) (secretText string, token Token, err error) {
	if err := s.inPerson(); err != nil {
		return "", Token{}, err
	}
	n.Name = strings.TrimSpace(n.Name)
	err = s.db.administer(ctx, s.actor, op{name: "token"}, "tokens", func(t *tx, v *view) error {
		if err := n.check(v.catalog.Schema(), t.now); err != nil {
			return err
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		var count int
		err := t.row(ctx, "SELECT count(*) FROM token WHERE tenant_id = $1 AND person_id = $2 AND revoked_at IS NULL AND until_at > $3",
			s.actor.Tenant, s.actor.Person, t.nowMicros()).Scan(&count)
		if err != nil {
			return err
		}
		if count >= maxTokens {
			return fault.Newf(fault.Conflict, "tokens_many", "a person has at most %d tokens: revoke one first", maxTokens).With("max", maxTokens)
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		scope, err := json.Marshal(n.Scope)
		if err != nil {
			return err
		}
		made := newSecret(tokenSecret, s.actor.Tenant)
		_, err = t.exec(ctx, "INSERT INTO token (tenant_id, id, hash, person_id, name, scope, created_at, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			s.actor.Tenant, id, made.hash(), s.actor.Person, n.Name, string(scope), t.nowMicros(), n.Until.UnixMicro())
		if err != nil {
			return err
		}
		secretText = made.text
		token = Token{ID: id, Name: n.Name, Scope: n.Scope, CreatedAt: t.now, UntilAt: time.UnixMicro(n.Until.UnixMicro()).UTC()}
		return t.audit(ctx, audit.Entry{Action: audit.TokenCreated, Detail: map[string]any{"token": id.String(), "name": n.Name, "scope": n.Scope, "until": token.UntilAt}})
	})
	if err != nil {
		return "", Token{}, err
	}
	return secretText, token, nil
}

func (n NewToken) check(schema *policy.Schema, now time.Time) error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	switch {
	case n.Name == "":
		wrong("name", "token_name", "a token needs a name")
	case utf8.RuneCountInString(n.Name) > maxTokenName || !utf8.ValidString(n.Name) || strings.ContainsFunc(n.Name, unicode.IsControl):
		wrong("name", "token_name", fmt.Sprintf("the name of a token has at most %d characters and no control characters", maxTokenName))
	}
	switch {
	case n.Until.IsZero():
		wrong("until", "token_until", "a token needs an end")
	case !n.Until.After(now):
		wrong("until", "token_until", "the end of the token has passed")
	case n.Until.Sub(now) > maxTokenDays*24*time.Hour:
		wrong("until", "token_until", fmt.Sprintf("a token lasts at most %d days", maxTokenDays))
	}
	known := map[policy.Action]bool{}
	for _, name := range schema.Kinds() {
		for _, action := range schema.Kind(name).Actions {
			known[action] = true
		}
	}
	for i, kind := range n.Scope.Kinds {
		if schema.Kind(kind) == nil || slices.Index(n.Scope.Kinds, kind) != i {
			wrong(fmt.Sprintf("kinds[%d]", i), "kind", "there is no such kind, or it stands twice")
		}
	}
	for i, action := range n.Scope.Actions {
		if !known[action] || slices.Index(n.Scope.Actions, action) != i {
			wrong(fmt.Sprintf("actions[%d]", i), "action", "there is no such action, or it stands twice")
		}
	}
	return fault.Collect(fault.Invalid, "token", "the token is not well formed", errs...)
}

// Tokens lists the actor's own tokens that are neither revoked nor ended, the newest first.
func (s *Session) Tokens(ctx context.Context) ([]Token, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var list []Token
	err := s.db.read(ctx, func(t *rtx) error {
		return t.each(ctx, func(rows *sql.Rows) error {
			var one Token
			var scope []byte
			var created, until int64
			var seen sql.NullInt64
			if err := rows.Scan(&one.ID, &one.Name, &scope, &created, &until, &seen); err != nil {
				return err
			}
			if err := json.Unmarshal(scope, &one.Scope); err != nil {
				return err
			}
			one.CreatedAt, one.UntilAt = time.UnixMicro(created).UTC(), time.UnixMicro(until).UTC()
			if seen.Valid {
				at := time.UnixMicro(seen.Int64).UTC()
				one.LastSeenAt = &at
			}
			list = append(list, one)
			return nil
		}, `SELECT id, name, scope, created_at, until_at, seen_at FROM token
			WHERE tenant_id = $1 AND person_id = $2 AND revoked_at IS NULL AND until_at > $3 ORDER BY id DESC`,
			s.actor.Tenant, s.actor.Person, t.nowMicros())
	})
	return list, err
}

// RevokeToken ends one of the actor's own tokens with its commit. Faults: NotFound, also for
// somebody else's.
func (s *Session) RevokeToken(ctx context.Context, id policy.ID) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	return s.db.write(ctx, s.actor, op{name: "token"}, func(t *tx) error {
		n, err := t.exec(ctx, "UPDATE token SET revoked_at = $1 WHERE tenant_id = $2 AND person_id = $3 AND id = $4 AND revoked_at IS NULL",
			t.nowMicros(), s.actor.Tenant, s.actor.Person, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "token", "there is no such token")
		}
		return t.audit(ctx, audit.Entry{Action: audit.TokenRevoked, Detail: map[string]any{"token": id.String()}})
	})
}
