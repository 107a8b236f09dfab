package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// lobby is a database with some people who can sign in, under a clock that stands.
type lobby struct {
	*DB
	t     *testing.T
	clock *testClock
}

const password = "correct horse"

func newLobby(t *testing.T, at testdb.Database) *lobby {
	clock := newTestClock()
	o := &lobby{t: t, clock: clock, DB: openWith(t, Options{DataDir: at.DataDir, URL: at.URL, Clock: clock.Now})}
	for i, login := range []string{"ada", "ben", "josé1"} {
		addPerson(t, o.DB, policy.ID(7+i), login)
	}
	if err := o.System(JobSetup, DefaultTenant).SetPasswords(context.Background(), password, 7, 8, 9); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *lobby) attempt(login, password string) (string, Actor, error) {
	return o.SignIn(context.Background(), Attempt{Tenant: DefaultTenant, Login: login, Password: password,
		Client: Client{Channel: "web", Device: "desktop", Network: "office", Address: "192.0.2.1", RequestID: "r"}})
}

func (o *lobby) in(login string) (string, *Session) {
	o.t.Helper()
	secret, actor, err := o.attempt(login, password)
	if err != nil {
		o.t.Fatalf("%s cannot sign in: %v", login, err)
	}
	return secret, o.As(actor)
}

// alive reports whether the secret still is somebody's.
func (o *lobby) alive(secret string) bool {
	o.t.Helper()
	_, err := o.Authenticate(context.Background(), secret, Client{Channel: "web"})
	if err != nil && !errors.Is(err, notSignedIn) {
		o.t.Error(err)
	}
	return err == nil
}

func (o *lobby) entries(action string) int64 {
	o.t.Helper()
	return count(o.t, o.DB, "SELECT count(*) FROM audit_entry WHERE action = $1", action)
}

func eachLobby(t *testing.T, run func(t *testing.T, o *lobby)) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) { run(t, newLobby(t, at)) })
}

func TestSignIn(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		secret, s := o.in(" JOSÉ1 ") // as people type it
		if s.Actor().Person != 9 || s.Actor().Session == 0 || s.Actor().Channel != "web" {
			t.Errorf("signed in as %+v", s.Actor())
		}
		actor, err := o.Authenticate(context.Background(), secret, Client{Channel: "api", Device: "phone"})
		if err != nil || actor.Person != 9 || actor.Device != "phone" || actor.Session != s.Actor().Session || actor.Scope != nil {
			t.Errorf("%+v, %v", actor, err)
		}
		if n := count(t, o.DB, "SELECT count(*) FROM session WHERE hash = $1 OR hash LIKE 'gs%'", secret); n != 0 {
			t.Error("the secret itself is stored")
		}
		if o.entries("sign_in") != 1 || count(t, o.DB, "SELECT count(*) FROM audit_entry WHERE action = 'sign_in' AND actor_id = 9") != 1 {
			t.Error("the sign-in is not on record")
		}
	})
}

// Everything that can be wrong has one answer, and each attempt is on record.
func TestSignInRefusalsAreAlike(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		mustExec(t, o.DB, "UPDATE person SET active = $1 WHERE id = 8", false)
		attempts := [][2]string{{"ada", "wrong horse"}, {"ada", ""}, {"nobody", password}, {"", password}, {"", ""}, {"ben", password},
			{"a\x00da", password}, {"ada", string(make([]byte, 10_000))}, {"ada' OR 1=1 --", password}}
		for _, a := range attempts {
			secret, actor, err := o.attempt(a[0], a[1])
			if secret != "" || actor.Person != 0 || !errors.Is(err, credentials) || err.Error() != credentials.Error() {
				t.Errorf("%.20q %.20q: %v", a[0], a[1], err)
			}
		}
		if n := o.entries("sign_in_failed"); n != int64(len(attempts)) {
			t.Errorf("%d of %d attempts on record", n, len(attempts))
		}
		for _, secret := range []string{"", "gs_1_", "gs_2_" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "gt_1_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "gs_01_x", "x"} {
			if o.alive(secret) {
				t.Errorf("%q is somebody's", secret)
			}
		}
	})
}

func TestLockout(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		locked := func(login string) (int64, bool) {
			_, _, err := o.attempt(login, password)
			if err == nil {
				return 0, false
			}
			f := fault.From(err)
			if f.Kind != fault.Locked || f.Code != "locked" {
				t.Fatalf("%s: %v", login, err)
			}
			return f.Params["retry_after"].(int64), true
		}
		fail := func(login string) {
			t.Helper()
			if _, _, err := o.attempt(login, "wrong horse"); !errors.Is(err, credentials) {
				t.Fatal(err)
			}
		}
		for range freeByLogin {
			fail("ada")
		}
		if wait, is := locked("ada"); !is || wait != 1 {
			t.Errorf("after %d failures: %d s, %v", freeByLogin, wait, is)
		}
		if _, is := locked("ben"); is {
			t.Error("somebody else is locked too")
		}
		// Half open: the window's end lets one through; its failure locks for twice as long.
		for _, wait := range []int64{2, 4, 8} {
			o.clock.advance(time.Duration(wait/2) * time.Second)
			fail("ada")
			if got, is := locked("ada"); !is || got != wait {
				t.Errorf("%d s, %v instead of %d", got, is, wait)
			}
		}
		o.clock.advance(8 * time.Second)
		if _, is := locked("ada"); is { // the right password opens, and the count begins anew
			t.Error("the right password does not open")
		}
		for range freeByLogin {
			fail("ada")
		}
		if wait, _ := locked("ada"); wait != 1 {
			t.Errorf("the count did not begin anew: %d s", wait)
		}
		if o.entries("sign_in_locked") < 5 {
			t.Error("refusals of a lock are not on record")
		}
	})
}

// Whoever guesses at somebody's login, or from the address of their office, locks what is unknown, and not its
// person on the device that they always use. Guesses from there lock it alone.
func TestGuessingLocksNobodyOutOfTheirDevice(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		try := func(login, with string, keys ...string) (Actor, error) {
			_, actor, err := o.SignIn(context.Background(), Attempt{Tenant: DefaultTenant, Login: login, Password: with, Devices: keys,
				Client: Client{Channel: "web", Device: "desktop", Network: "office", Address: "192.0.2.1", RequestID: "r"}})
			return actor, err
		}
		let := func(what string, want error, login, with string, keys ...string) {
			t.Helper()
			switch _, err := try(login, with, keys...); {
			case want == nil && err != nil, want != nil && !errors.Is(err, want):
				t.Errorf("%s: %v", what, err)
			}
		}
		locked := func(what, login string, keys ...string) {
			t.Helper()
			if _, err := try(login, password, keys...); !fault.Is(err, fault.Locked) {
				t.Errorf("%s: %v", what, err)
			}
		}
		first, err := try("ada", password)
		foreign, err2 := try("ben", password)
		if ada, ben := first.DeviceKey(), foreign.DeviceKey(); err != nil || err2 != nil || ada == "" || ben == "" {
			t.Fatal(err, err2)
		} else {
			for range freeByLogin {
				let("a guess", credentials, "ada", "wrong horse")
			}
			mustExec(t, o.DB, "UPDATE sign_in_failure SET locked_until = $1", o.Now().Add(longestLock).UnixMicro()) // the address's too
			locked("a browser that nobody knows", "ada")
			locked("with a device of somebody else's", "ada", ben)
			locked("with a key that was made up", "ada", "gd_1_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
			let("on her own device", nil, "ada", password, ben, ada)
			locked("it opened nothing for others", "ada")
			if err := o.As(first).ChangePassword(context.Background(), password, "battery staple"); err != nil {
				t.Errorf("nor can she change her password: %v", err)
			}
			if err := o.As(first).ChangePassword(context.Background(), "battery staple", password); err != nil {
				t.Error(err)
			}

			for range freeByLogin {
				let("a guess from the device", credentials, "ada", "wrong horse", ada)
			}
			locked("after guesses from the device", "ada", ada)
			mustExec(t, o.DB, "DELETE FROM sign_in_failure WHERE key NOT LIKE 'device:%'")
			let("these lock it alone", nil, "ada", password)
			mustExec(t, o.DB, "DELETE FROM sign_in_failure")

			mustExec(t, o.DB, "INSERT INTO sign_in_failure (tenant_id, key, failures, failed_at, locked_until) VALUES (1, $1, 99, $2, $3)", lockKeys("ada", "")[0].key, o.Now().UnixMicro(), o.Now().Add(longestLock).UnixMicro())
			let("it is known", nil, "ada", password, ada)
			mustExec(t, o.DB, "UPDATE device SET blocked_at = 1 WHERE person_id = 7")
			locked("a device that is blocked", "ada", ada)
			mustExec(t, o.DB, "UPDATE device SET blocked_at = NULL, known_at = 1, seen_at = 1 WHERE person_id = 7")
			locked("a device that was not used for long", "ada", ada)
		}
	})
}

func TestLockGrowsAndEnds(t *testing.T) {
	for failures, want := range map[int64]time.Duration{0: 0, 9: 0, 10: time.Second, 11: 2 * time.Second, 19: 512 * time.Second, 20: longestLock, 1 << 40: longestLock} {
		if got := lockFor(failures, freeByLogin); got != want {
			t.Errorf("%d failures lock for %s, not %s", failures, got, want)
		}
	}
}

// Any number of guesses at once get no more tries than one after the other.
func TestGuessesAtOnce(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		var wg sync.WaitGroup
		var tried atomic.Int64
		for i := range 50 {
			wg.Go(func() {
				_, _, err := o.attempt("ada", fmt.Sprintf("guess number %d", i))
				switch {
				case errors.Is(err, credentials):
					tried.Add(1)
				case !fault.Is(err, fault.Locked):
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := tried.Load(); n > freeByLogin {
			t.Errorf("%d passwords were tried before the lock", n)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		ctx := context.Background()
		first, s1 := o.in("ada")
		second, s2 := o.in("ada")
		foreign, ben := o.in("ben")

		list, err := s1.Sessions(ctx)
		if err != nil || len(list) != 2 {
			t.Fatalf("%v, %v", list, err)
		}
		if i := slices.IndexFunc(list, func(x SignedIn) bool { return x.Current }); list[i].ID != s1.Actor().Session || list[i].Address != "192.0.2.1" {
			t.Errorf("%+v", list)
		}
		if err := s1.EndSession(ctx, ben.Actor().Session); !fault.Is(err, fault.NotFound) {
			t.Errorf("ending somebody else's session: %v", err)
		}
		if err := s1.EndSession(ctx, s2.Actor().Session); err != nil || o.alive(second) || !o.alive(first) || !o.alive(foreign) {
			t.Errorf("the wrong session ended, %v", err)
		}
		if err := s1.SignOut(ctx); err != nil || o.alive(first) {
			t.Errorf("signed out and still in, %v", err)
		}

		// Idle sessions end; used ones go on, but not for ever.
		o.clock.advance(idleFor - time.Minute)
		if !o.alive(foreign) {
			t.Error("ended before its time")
		}
		o.clock.advance(idleFor - time.Minute)
		if !o.alive(foreign) {
			t.Error("being used did not keep it")
		}
		o.clock.advance(idleFor)
		if o.alive(foreign) {
			t.Error("an idle session lives on")
		}
		long, _ := o.in("ben")
		for range 60 {
			o.clock.advance(6 * time.Hour)
			if !o.alive(long) {
				break
			}
		}
		if o.alive(long) {
			t.Error("a session lives for ever")
		}
		if err := o.System(JobSweep, DefaultTenant).Sweep(ctx); err != nil || count(t, o.DB, "SELECT count(*) FROM session") != 0 {
			t.Errorf("ended sessions are left, %v", err)
		}
		if err := o.System(JobRunner, DefaultTenant).Sweep(ctx); !fault.Is(err, fault.Denied) {
			t.Errorf("another job swept: %v", err)
		}
	})
}

// Whatever ends an account ends all its sessions with the same commit.
func TestAccountsEnd(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		ctx := context.Background()
		raise := func(fn func(*tx) error) {
			t.Helper()
			if err := o.maintain(ctx, func(t *tx) error { t.actor.Tenant = DefaultTenant; return fn(t) }); err != nil {
				t.Fatal(err)
			}
		}
		for name, end := range map[string]func(){
			"disabled person":  func() { mustExec(t, o.DB, "UPDATE person SET active = $1 WHERE id = 7", false) },
			"left the company": func() { mustExec(t, o.DB, "UPDATE person SET stage = 'left' WHERE id = 7") },
			"stopped account":  func() { raise(func(t *tx) error { return t.stopAccount(ctx, 7) }) },
			"ended account": func() {
				mustExec(t, o.DB, "UPDATE credential SET until_at = $1 WHERE person_id = 7", o.Now().Add(time.Second).UnixMicro())
				if _, _, err := o.attempt("ada", password); err != nil {
					t.Errorf("ended a second early: %v", err)
				}
				o.clock.advance(time.Second)
			},
			"deleted person": func() { mustExec(t, o.DB, "DELETE FROM person WHERE id = 7") },
		} {
			secret, _ := o.in("ada")
			other, _ := o.in("ben")
			end()
			if o.alive(secret) {
				t.Errorf("%s: the session lives on", name)
			}
			if _, _, err := o.attempt("ada", password); !errors.Is(err, credentials) {
				t.Errorf("%s: can sign in: %v", name, err)
			}
			if !o.alive(other) {
				t.Errorf("%s: somebody else is out too", name)
			}
			mustExec(t, o.DB, "UPDATE credential SET until_at = NULL WHERE person_id = 7")
			mustExec(t, o.DB, "UPDATE person SET active = $1, stage = 'active' WHERE id = 7", true)
			if name == "deleted person" {
				addPerson(t, o.DB, 7, "ada")
			}
			raise(func(t *tx) error { return t.openAccount(ctx, 7) })
			if o.alive(secret) && name == "stopped account" {
				t.Error("opening the account revived a session")
			}
			mustExec(t, o.DB, "DELETE FROM sign_in_failure")
		}
	})
}

func TestChangePassword(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		ctx := context.Background()
		first, s := o.in("ada")
		second, _ := o.in("ada")
		const next = "battery staple 电池"
		for want, pair := range map[string][2]string{
			"credentials": {"wrong horse", next}, "password_short": {password, "short"}, "password_login": {password, "ada"},
			"password_same": {password, "aaaaaaaaaaaa"}, "password_text": {password, "null\x00character"},
		} {
			err := s.ChangePassword(ctx, pair[0], pair[1])
			if got := fault.From(err).Code; got != want && !(want == "password_login" && got == "password_short") {
				t.Errorf("%s came as %v", want, err)
			}
		}
		if !o.alive(second) {
			t.Error("a change that failed ended a session")
		}
		if err := s.ChangePassword(ctx, password, next); err != nil {
			t.Fatal(err)
		}
		if !o.alive(first) || o.alive(second) {
			t.Error("the other sessions must end, and no other")
		}
		if _, _, err := o.attempt("ada", password); !errors.Is(err, credentials) {
			t.Errorf("the old password still opens: %v", err)
		}
		if _, _, err := o.attempt("ada", next); err != nil {
			t.Errorf("the new one does not: %v", err)
		}
		if o.entries("password_set") != 2 {
			t.Error("the change is not on record")
		}
		// A stolen session cannot guess the password here either.
		var locked bool
		for range freeByLogin + 1 {
			locked = locked || fault.Is(s.ChangePassword(ctx, "wrong horse", "another good one"), fault.Locked)
		}
		if !locked {
			t.Error("the old password can be guessed without end")
		}
		token := o.As(Actor{Tenant: 1, Person: 7, Token: 5})
		if err := token.ChangePassword(ctx, next, password); fault.From(err).Code != "session_required" {
			t.Errorf("a token changed the password: %v", err)
		}
	})
}

// A sign-in that checked the old password before a change commits must not outlive the change.
func TestSignInRacesPasswordChange(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		ctx := context.Background()
		for round := range 6 {
			secrets := make([]string, 4)
			var wg sync.WaitGroup
			for i := range secrets {
				wg.Go(func() { secrets[i], _, _ = o.attempt("ada", password) })
			}
			wg.Go(func() {
				time.Sleep(time.Duration(round) * 15 * time.Millisecond)
				if err := o.System(JobSetup, DefaultTenant).SetPasswords(ctx, "another horse", 7); err != nil {
					t.Error(err)
				}
			})
			wg.Wait()
			for _, secret := range secrets {
				if secret != "" && o.alive(secret) {
					t.Error("a session of the old password lives on")
				}
			}
			if err := o.System(JobSetup, DefaultTenant).SetPasswords(ctx, password, 7); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestSetPasswordsIsForSetup(t *testing.T) {
	eachLobby(t, func(t *testing.T, o *lobby) {
		ctx := context.Background()
		if err := o.System(JobRunner, DefaultTenant).SetPasswords(ctx, "x", 7); !fault.Is(err, fault.Denied) {
			t.Errorf("another job set a password: %v", err)
		}
		setup := o.System(JobSetup, DefaultTenant)
		if err := setup.SetPasswords(ctx, "", 7); !fault.Is(err, fault.Invalid) {
			t.Errorf("an empty password: %v", err)
		}
		if err := setup.SetPasswords(ctx, "new password", 8, 404); !fault.Is(err, fault.NotFound) {
			t.Errorf("nobody got a password: %v", err)
		}
		if _, _, err := o.attempt("ben", password); err != nil {
			t.Errorf("half of it stands: %v", err)
		}
	})
}

func TestHashes(t *testing.T) {
	ctx, h := context.Background(), newHasher()
	stored, err := h.hash(ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		stored, password string
		want             bool
	}{
		{stored, "a", true}, {stored, "b", false}, {stored, "", false}, {"", "a", false}, {"", "", false}, {nobody, "", false},
		{stored[:len(stored)-4], "a", false}, {"$argon2id$v=19$m=1,t=0,p=1$$", "a", false}, {"plain", "plain", false},
	} {
		if got, err := h.matches(ctx, c.stored, c.password); err != nil || got != c.want {
			t.Errorf("%.30q with %q: %v, %v", c.stored, c.password, got, err)
		}
	}
	if again, _ := h.hash(ctx, "a"); again == stored {
		t.Error("two hashes share a salt")
	}
}
