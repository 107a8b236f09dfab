package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// newAdministration is a lobby in which ada administers and ben does not.
func newAdministration(t *testing.T, at testdb.Database) *lobby {
	o := newLobby(t, at)
	mustExec(t, o.DB, "INSERT INTO unit (tenant_id, id, name, type, created_at, updated_at) VALUES (1, 1, '总部', 'company', 0, 0)")
	mustExec(t, o.DB, "INSERT INTO pack_assignment (tenant_id, id, pack, person_id) VALUES (1, 2, 'administrator', 7)")
	mustExec(t, o.DB, "UPDATE policy_state SET epoch = epoch + 1")
	return o
}

func TestTokens(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, o := context.Background(), newAdministration(t, at)
		_, ada := o.in("ada")
		_, ben := o.in("ben")
		until := o.Now().Add(24 * time.Hour)

		scope := Scope{Kinds: []policy.Kind{"customer"}, Actions: []policy.Action{policy.Read, policy.Export}}
		secret, token, err := ada.CreateToken(ctx, NewToken{Name: " 报表 ", Scope: scope, Until: until})
		if err != nil {
			t.Fatal(err)
		}
		if token.Name != "报表" || !strings.HasPrefix(secret, "gt_1_") {
			t.Errorf("%+v %s", token, secret)
		}
		if n := count(t, o.DB, "SELECT count(*) FROM token WHERE hash = $1", secret); n != 0 {
			t.Error("the secret itself is stored")
		}
		actor, err := o.Authenticate(ctx, secret, Client{Channel: "web", Address: "192.0.2.9"})
		if err != nil || actor.Person != 7 || actor.Token != token.ID || actor.Session != 0 || actor.Channel != "api" {
			t.Fatalf("%+v, %v", actor, err)
		}
		for _, c := range []struct {
			kind   policy.Kind
			action policy.Action
			want   bool
		}{{"customer", policy.Read, true}, {"customer", policy.Edit, false}, {"contact", policy.Read, false}, {"system", "org", false}} {
			if actor.Scope.Allows(c.kind, c.action) != c.want {
				t.Errorf("%s %s is not %v", c.action, c.kind, c.want)
			}
		}

		// A token is not its person: it makes no tokens, sees no sessions, changes no password.
		through := o.As(actor)
		if _, _, err := through.CreateToken(ctx, NewToken{Name: "x", Until: until}); fault.From(err).Code != "session_required" {
			t.Errorf("a token made a token: %v", err)
		}
		if _, err := through.Sessions(ctx); fault.From(err).Code != "session_required" {
			t.Errorf("a token saw sessions: %v", err)
		}

		// Who has no right to tokens gets none, and that is on record.
		if _, _, err := ben.CreateToken(ctx, NewToken{Name: "x", Until: until}); fault.From(err).Code != "right" {
			t.Errorf("ben made a token: %v", err)
		}
		if o.entries("refused") != 1 {
			t.Error("the refusal is not on record")
		}
		if err := ben.RevokeToken(ctx, token.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("ben revoked ada's token: %v", err)
		}

		list, err := ada.Tokens(ctx)
		if err != nil || len(list) != 1 || list[0].LastSeenAt == nil || list[0].Scope.Kinds[0] != "customer" {
			t.Errorf("%+v, %v", list, err)
		}
		if err := ada.RevokeToken(ctx, token.ID); err != nil || o.alive(secret) {
			t.Errorf("a revoked token lives on, %v", err)
		}
		if err := ada.RevokeToken(ctx, token.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("revoked twice: %v", err)
		}
	})
}

func TestTokensEnd(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, o := context.Background(), newAdministration(t, at)
		_, ada := o.in("ada")
		make := func() string {
			t.Helper()
			secret, _, err := ada.CreateToken(ctx, NewToken{Name: "t", Until: o.Now().Add(time.Hour)})
			if err != nil {
				t.Fatal(err)
			}
			return secret
		}
		expiring := make()
		o.clock.advance(time.Hour - time.Microsecond)
		if !o.alive(expiring) {
			t.Error("ended before its time")
		}
		o.clock.advance(time.Microsecond)
		if o.alive(expiring) {
			t.Error("lives beyond its end")
		}
		mine := make()
		mustExec(t, o.DB, "UPDATE person SET active = $1 WHERE id = 7", false)
		if o.alive(mine) {
			t.Error("the token of a disabled person lives on")
		}
		mustExec(t, o.DB, "UPDATE person SET active = $1 WHERE id = 7", true)
		if err := o.System(JobSetup, DefaultTenant).SetPasswords(ctx, password, 7); err != nil || o.alive(mine) {
			t.Errorf("a password set from outside left a token alive, %v", err)
		}
	})
}

func TestTokenMistakes(t *testing.T) {
	o := newAdministration(t, testdb.SQLite(t))
	_, ada := o.in("ada")
	now := o.Now()
	for name, n := range map[string]NewToken{
		"no name":    {Until: now.Add(time.Hour)},
		"long name":  {Name: strings.Repeat("名", 101), Until: now.Add(time.Hour)},
		"no end":     {Name: "x"},
		"past":       {Name: "x", Until: now},
		"for ever":   {Name: "x", Until: now.AddDate(3, 0, 0)},
		"no kind":    {Name: "x", Until: now.Add(time.Hour), Scope: Scope{Kinds: []policy.Kind{"secret"}}},
		"no action":  {Name: "x", Until: now.Add(time.Hour), Scope: Scope{Actions: []policy.Action{"rule"}}},
		"same twice": {Name: "x", Until: now.Add(time.Hour), Scope: Scope{Actions: []policy.Action{"read", "read"}}},
		"control":    {Name: "a\x00b", Until: now.Add(time.Hour)},
	} {
		if _, _, err := ada.CreateToken(context.Background(), n); !fault.Is(err, fault.Invalid) || len(fault.From(err).Items) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := count(t, o.DB, "SELECT count(*) FROM token"); n != 0 {
		t.Errorf("%d tokens were made", n)
	}
	for range maxTokens {
		if _, _, err := ada.CreateToken(context.Background(), NewToken{Name: "x", Until: now.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := ada.CreateToken(context.Background(), NewToken{Name: "x", Until: now.Add(time.Hour)}); !fault.Is(err, fault.Conflict) {
		t.Errorf("one token too many: %v", err)
	}
}
