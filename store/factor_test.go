package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
	"guan/signin"
)

// browser is a browser of somebody's: it keeps its keys, and its person their authenticator.
type browser struct {
	f       *firm
	who     string
	address string
	keys    []string
	secret  string // of the session
	session *Session
}

func (f *firm) browser(who string) *browser {
	return &browser{f: f, who: who, address: "192.0.2.7"}
}

func (b *browser) client() Client {
	return Client{Channel: "web", Device: "phone", Network: "outside", Family: "Chrome · Android", Address: b.address, RequestID: "r"}
}

func (b *browser) try(code string) error {
	secret, actor, err := b.f.db.SignIn(context.Background(), Attempt{Client: b.client(), Tenant: DefaultTenant, Login: b.who, Password: "correct horse", Code: code, Devices: b.keys})
	if key := actor.DeviceKey(); key != "" {
		b.keys = append(b.keys, key)
	}
	if err == nil {
		b.secret = secret
		b.again()
	}
	return err
}

// in is the browser in which its person has signed in.
func (b *browser) in(code string) *browser {
	b.f.t.Helper()
	b.f.must(b.try(code))
	return b
}

// again is the next request from it.
func (b *browser) again() error {
	actor, err := b.f.db.Authenticate(context.Background(), b.secret, b.client())
	if err == nil {
		b.session = b.f.db.As(actor)
	}
	return err
}

// enrol sets somebody's second factor up, and gives its secret and the codes of recovery.
func (b *browser) enrol() (secretText string, codes []string) {
	b.f.t.Helper()
	begun, err := b.session.BeginFactor(context.Background(), "correct horse")
	b.f.must(err)
	codes, err = b.session.ConfirmFactor(context.Background(), b.f.code(begun.Secret))
	b.f.must(err)
	b.f.must(b.again())
	return begun.Secret, codes
}

// code is what the authenticator shows, half a minute later than the last time.
func (f *firm) code(secretText string) string {
	f.t.Helper()
	f.clock.advance(31 * time.Second)
	code, err := signin.CodeAt(secretText, f.db.Now())
	f.must(err)
	return code
}

func TestFactor(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		desk := f.browser("lin").in("")
		_, err := desk.session.BeginFactor(ctx, "wrong horse")
		f.refused(err, fault.Denied, "credentials")
		_, err = desk.session.ConfirmFactor(ctx, "123456")
		f.refused(err, fault.Conflict, "factor_none")
		_, err = desk.session.Prove(ctx, "123456")
		f.refused(err, fault.Conflict, "factor_none")
		begun, err := desk.session.BeginFactor(ctx, "correct horse")
		f.must(err)
		if begun.QR.Size < 21 || !strings.Contains(begun.URI, "secret="+begun.Secret) {
			t.Errorf("%+v", begun)
		}
		f.browser("lin").in("") // what is not confirmed asks for nothing
		_, err = desk.session.ConfirmFactor(ctx, "000000")
		f.refused(err, fault.Denied, "factor_code")
		first := f.code(begun.Secret)
		codes, err := desk.session.ConfirmFactor(ctx, first)
		f.must(err)
		if len(codes) != signin.RecoveryCodes || len(slices.Compact(slices.Sorted(slices.Values(codes)))) != len(codes) {
			t.Errorf("%v", codes)
		}
		if n := count(t, f.db, "SELECT count(*) FROM recovery_code WHERE hash IN ($1, $2)", codes[0], strings.ReplaceAll(codes[0], "-", "")); n != 0 {
			t.Error("a code of recovery is stored as it is")
		}
		f.must(desk.again())
		state, err := desk.session.Factor(ctx)
		f.must(err)
		if state.Since == nil || state.CodesLeft != 10 || state.ProvedUntil == nil {
			t.Errorf("%+v", state)
		}
		_, err = desk.session.BeginFactor(ctx, "correct horse")
		f.refused(err, fault.Conflict, "factor_there")

		// The device is known; another one asks. A code is good once, wherever it was shown.
		desk.in("")
		other := f.browser("lin")
		f.refused(other.try(""), fault.Denied, "second_factor_required")
		f.refused(other.try(first), fault.Denied, "factor_code")
		f.refused(other.try("000000"), fault.Denied, "factor_code")
		second := f.code(begun.Secret)
		f.must(other.try(second[:3] + " " + second[3:]))
		if err := other.session.Proved(time.Minute); err != nil {
			t.Error(err)
		}
		f.refused(f.browser("lin").try(second), fault.Denied, "factor_code")
		other.in("") // known from now on
		f.refused(other.session.Proved(time.Minute), fault.Denied, "second_factor_required")

		// A code of recovery stands for it, once.
		lost := f.browser("lin").in(strings.ToLower(codes[3]))
		f.refused(f.browser("lin").try(codes[3]), fault.Denied, "factor_code")
		if state, err = lost.session.Factor(ctx); err != nil || state.CodesLeft != 9 {
			t.Errorf("%+v %v", state, err)
		}
		fresh, err := lost.session.RecoveryCodes(ctx)
		f.must(err)
		f.refused(f.browser("lin").try(codes[4]), fault.Denied, "factor_code")
		f.browser("lin").in(fresh[0])

		// Proved ten minutes ago is not proved.
		f.clock.advance(proofLasts)
		_, err = lost.session.RecoveryCodes(ctx)
		f.refused(err, fault.Denied, "second_factor_required")
		_, err = lost.session.Prove(ctx, "000000")
		f.refused(err, fault.Denied, "factor_code")
		_, err = lost.session.Prove(ctx, f.code(begun.Secret))
		f.must(err)
		f.must(lost.again())
		f.must(lost.session.Proved(proofLasts))

		f.refused(lost.session.RemoveFactor(ctx, "wrong horse", f.code(begun.Secret)), fault.Denied, "credentials")
		f.refused(lost.session.RemoveFactor(ctx, "correct horse", "000000"), fault.Denied, "factor_code")
		f.must(lost.session.RemoveFactor(ctx, "correct horse", f.code(begun.Secret)))
		f.browser("lin").in("")
		f.must(lost.again())
		f.refused(lost.session.Proved(proofLasts), fault.Denied, "second_factor_required")
		for _, action := range []string{"factor_added", "factor_proved", "factor_failed", "factor_removed", "recovery_made"} {
			if count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = $1 AND actor_id = $2", action, f.id("lin")) == 0 {
				t.Errorf("no entry %s", action)
			}
		}
		// A token has no second factor, and no business here.
		byToken := f.as("lin")
		byToken.actor.Session, byToken.actor.Token = 0, 5
		_, err = byToken.BeginFactor(ctx, "correct horse")
		f.refused(err, fault.Denied, "session_required")
	})
}

// Fifty at once with one code: one is right, in its row and through the whole way.
func TestFactorRaces(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		lin := f.browser("lin").in("")
		secretText, codes := lin.enrol()
		race := func(what string, try func() error) {
			t.Helper()
			var all sync.WaitGroup
			results := make(chan error, 50)
			for range 50 {
				all.Go(func() { results <- try() })
			}
			all.Wait()
			close(results)
			right := 0
			for err := range results {
				code := fault.From(err).Code
				switch {
				case err == nil:
					right++
				case code != "factor_code" && code != "locked":
					t.Errorf("%s: %v", what, err)
				}
			}
			if right != 1 {
				t.Errorf("%s: %d were right", what, right)
			}
		}
		row := func(code string) func() error {
			return func() error {
				return f.db.maintain(ctx, func(tx *tx) error {
					right, _, err := tx.useCode(ctx, DefaultTenant, f.id("lin"), code)
					if err == nil && !right {
						err = wrongFactor
					}
					return err
				})
			}
		}
		race("a code", row(f.code(secretText)))
		race("a code of recovery", row(codes[0]))
		code := f.code(secretText)
		race("a proof", func() error { _, err := lin.session.Prove(ctx, code); return err })

		// Guessing at once gets no further than guessing in a row.
		f.clock.advance(longestLock)
		var all sync.WaitGroup
		var mu sync.Mutex
		guesses := 0
		for i := range 50 {
			all.Go(func() {
				if _, err := lin.session.Prove(ctx, fmt.Sprintf("1%05d", i)); fault.From(err).Code == "factor_code" {
					mu.Lock()
					guesses++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if guesses > freeByFactor+1 {
			t.Errorf("%d guesses at once, %d are free", guesses, freeByFactor)
		}
		_, err := lin.session.Prove(ctx, f.code(secretText))
		if f.clock.advance(longestLock); guesses > freeByFactor && err == nil {
			t.Error("not locked")
		}
		_, err = lin.session.Prove(ctx, f.code(secretText))
		f.must(err)
	})
}

// What takes a second factor of who has one: tokens, and the accounts of others.
func TestStepUp(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		key := NewToken{Name: "t", Until: f.db.Now().Add(time.Hour)}
		_, _, err := f.as("admin").CreateToken(ctx, key)
		f.must(err) // who has none is asked for none
		admin := f.browser("admin").in("")
		secretText, _ := admin.enrol()
		lin := f.browser("lin").in("")
		lin.enrol()
		f.clock.advance(proofLasts)

		_, _, err = admin.session.CreateToken(ctx, key)
		f.refused(err, fault.Denied, "second_factor_required")
		_, err = admin.session.ResetFactor(ctx, f.id("lin"))
		f.refused(err, fault.Denied, "second_factor_required")
		_, err = admin.session.Prove(ctx, f.code(secretText))
		f.must(err)
		f.must(admin.again())
		key.Until = f.db.Now().Add(time.Hour)
		_, _, err = admin.session.CreateToken(ctx, key)
		f.must(err)
		account, err := admin.session.Account(ctx, f.id("lin"))
		if err != nil || !account.Factor {
			t.Errorf("%+v %v", account, err)
		}
		if account, err = admin.session.ResetFactor(ctx, f.id("lin")); err != nil || account.Factor {
			t.Errorf("%+v %v", account, err)
		}
		f.browser("lin").in("")
		if n := count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1 AND what = 'factor_reset'", f.id("lin")); n != 1 {
			t.Errorf("told %d times", n)
		}
		_, err = admin.session.ResetFactor(ctx, f.id("lin"))
		f.refused(err, fault.Conflict, "factor_absent")
		// The rules of passwords: not one's own, not of who may more, not without the right.
		_, err = admin.session.ResetFactor(ctx, f.id("admin"))
		f.refused(err, fault.Denied, "self")
		_, err = admin.session.ResetFactor(ctx, f.id("boss"))
		f.refused(err, fault.Denied, "not_held")
		_, err = f.as("lin").ResetFactor(ctx, f.id("wang"))
		f.refused(err, fault.Denied, "right")
		_, err = admin.session.ResetFactor(ctx, 99)
		f.refused(err, fault.NotFound, "person")
	})
}

// A rule whose duty is the second factor: a permit gives nothing before it, a forbid forbids until then,
// in lists, on the record, when it is changed and when it is exported.
func TestFactorDuty(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", `phone="13800138000"`)
		other := f.customer("wang", "南方", "")
		put := func(id string, effect policy.Effect, where policy.PathKind, fields []policy.FieldRule, actions ...policy.Action) {
			r := sharing(id, everything, policy.Clause{Person: f.id("lin")})
			r.Effect, r.Actions, r.Fields, r.Where, r.Duty.SecondFactor = effect, actions, fields, policy.Path{Path: where}, true
			_, err := f.as("boss").PutRule(ctx, r)
			f.must(err)
		}
		put("more", policy.Permit, policy.PathAll, []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, policy.Read)
		put("phone", policy.Forbid, policy.PathAll, []policy.FieldRule{{Field: "phone", Level: policy.Masked}}, policy.Read)
		put("level", policy.Forbid, policy.PathAll, []policy.FieldRule{{Field: "level", Level: policy.Plain}}, policy.Edit)
		put("export", policy.Forbid, policy.PathAll, nil, policy.Export)

		lin := f.browser("lin").in("")
		sees := func(s *Session) []string {
			page, err := s.List(ctx, ListQuery{Kind: "customer"})
			f.must(err)
			var out []string
			for _, it := range page.Items {
				out = append(out, it.Title)
			}
			slices.Sort(out)
			return out
		}
		waits := func(s *Session) bool {
			kinds, err := s.Kinds(ctx)
			f.must(err)
			i := slices.IndexFunc(kinds, func(k KindInfo) bool { return k.Name == "customer" })
			return kinds[i].SecondFactor
		}
		level := func(s *Session, version int64) error {
			_, err := s.Update(ctx, "customer", one.ID, version, Fields{"level": json.RawMessage(`"a"`)})
			return err
		}
		export := func(s *Session) error {
			_, err := s.OrderExport(ctx, ListQuery{Kind: "customer"}, "核对地址", "csv", "zh")
			return err
		}
		closed := func(s *Session, refusal string) {
			t.Helper()
			if got := sees(s); !slices.Equal(got, []string{"东方"}) {
				t.Errorf("sees %v", got)
			}
			it, err := s.Get(ctx, "customer", one.ID)
			f.must(err)
			if _, plain := it.Fields["phone"]; plain {
				t.Error("the telephone is plain")
			}
			_, err = s.Get(ctx, "customer", other.ID)
			f.refused(err, fault.NotFound, "record") // as what is not there
			f.refused(level(s, it.Version), fault.Denied, refusal)
		}
		closed(lin.session, "second_factor_required")
		f.refused(export(lin.session), fault.Denied, "second_factor_required")
		if !waits(lin.session) {
			t.Error("nothing says that there is more to see")
		}
		byToken := f.as("lin")
		byToken.actor.Session, byToken.actor.Token, byToken.actor.Channel = 0, 5, "api"
		closed(byToken, "field_locked")

		secretText, _ := lin.enrol()
		open := func() {
			t.Helper()
			if got := sees(lin.session); !slices.Equal(got, []string{"东方", "南方"}) {
				t.Errorf("sees %v", got)
			}
			it, err := lin.session.Get(ctx, "customer", one.ID)
			f.must(err)
			if _, plain := it.Fields["phone"]; !plain || waits(lin.session) {
				t.Error("proved, and closed")
			}
			f.must(level(lin.session, it.Version))
		}
		open()
		f.must(export(lin.session))
		f.clock.advance(proofLasts)
		closed(lin.session, "second_factor_required")
		_, err := lin.session.Prove(ctx, f.code(secretText))
		f.must(err)
		f.must(lin.again())
		open()
		// Nobody takes the duty off what speaks of themselves.
		r := sharing("phone", everything, policy.Clause{Everyone: true})
		r.Effect, r.Duty.SecondFactor, r.Fields = policy.Forbid, true, []policy.FieldRule{{Field: "phone", Level: policy.Masked}}
		_, err = f.as("boss").PutRule(ctx, r)
		f.must(err)
		f.refused(f.as("admin").DeleteRule(ctx, "phone"), fault.Denied, "self_gain")
	})
}

var errNotOver = errors.New("the session goes on")

// over waits until the session is known to be over, as a stream does.
func (b *browser) over() <-chan error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	done := make(chan error, 1)
	session := b.session
	go func() {
		defer cancel()
		done <- session.Ended(ctx)
	}()
	return done
}

// ends runs what ends the session, and wants its stream to end within a second and every request to fail.
func (b *browser) ends(what string, act func() error) {
	b.f.t.Helper()
	done := b.over()
	if what == "blocked" {
		select {
		case err := <-done:
			b.f.t.Errorf("%s: over before it began: %v", what, err)
		case <-time.After(2 * watchEvery):
		}
	}
	b.f.must(act())
	var err error
	select {
	case err = <-done:
	case <-time.After(time.Second):
		err = errNotOver
	}
	if err != nil {
		b.f.t.Errorf("%s: %v", what, err)
	}
	b.f.refused(b.again(), fault.Denied, "signin")
}

// A lost telephone, and who has left: open pages stop at the next request, streams within a second. The seconds are the
// test's: they pass only while everybody waits.
func TestLostPhone(t *testing.T) {
	eachFirmInItsTime(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		lin := f.id("lin")
		desk, phone := f.browser("lin").in(""), f.browser("lin").in("")
		if n := count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1 AND what = 'device'", lin); n != 1 {
			t.Errorf("told of %d new devices", n)
		}
		mine, err := phone.session.Devices(ctx)
		f.must(err)
		i := slices.IndexFunc(mine, func(d Device) bool { return d.Current })
		if len(mine) != 2 || i < 0 || mine[i].Family != "Chrome · Android" || mine[i].Sessions != 1 || mine[i].KnownSince == nil {
			t.Fatalf("%+v", mine)
		}
		lost, kept := mine[i].ID, mine[1-i].ID
		f.must(desk.session.NameDevice(ctx, lost, " 手机 "))
		f.refused(desk.session.NameDevice(ctx, lost, strings.Repeat("长", 41)), fault.Invalid, "device_label")
		f.refused(f.as("wang").NameDevice(ctx, lost, "我的"), fault.NotFound, "device")
		f.refused(f.as("wang").EndDevice(ctx, lost), fault.NotFound, "device")

		phone.ends("blocked", func() error { _, err := admin.BlockDevice(ctx, lin, lost); return err })
		f.refused(phone.try(""), fault.Denied, "device_blocked")
		f.refused(desk.session.EndDevice(ctx, lost), fault.NotFound, "device") // nobody unblocks by forgetting
		f.must(desk.again())
		list, err := admin.PersonDevices(ctx, lin)
		f.must(err)
		if i := slices.IndexFunc(list, func(d Device) bool { return d.ID == lost }); list[i].BlockedAt == nil || list[i].Label != "手机" || list[i].Sessions != 0 {
			t.Errorf("%+v", list[i])
		}
		_, err = admin.AdmitDevice(ctx, lin, lost) // it was found again
		f.must(err)
		phone.in("")
		phone.ends("ended by its person", func() error { return desk.session.EndDevice(ctx, lost) })
		phone.in("")
		desk.ends("signed out", func() error { _, err := admin.SignOutDevice(ctx, lin, kept); return err })
		phone.ends("stopped", func() error { _, err := admin.StopAccount(ctx, lin); return err })
		_, err = admin.OpenAccount(ctx, lin)
		f.must(err)
		phone.in("")
		phone.ends("left", func() error {
			it, err := admin.Get(ctx, "person", lin)
			if err == nil {
				_, err = admin.Update(ctx, "person", lin, it.Version, Fields{"active": json.RawMessage("false")})
			}
			return err
		})

		_, err = admin.BlockDevice(ctx, f.id("wang"), kept)
		f.refused(err, fault.NotFound, "device") // somebody else's
		_, err = admin.BlockDevice(ctx, f.id("boss"), kept)
		f.refused(err, fault.Denied, "not_held")
		_, err = f.as("chief").PersonDevices(ctx, lin)
		f.refused(err, fault.Denied, "right")
		for _, action := range []string{"device_blocked", "device_admitted", "device_ended", "device_named"} {
			if count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = $1", action) == 0 {
				t.Errorf("no entry %s", action)
			}
		}
	})
}

// settle says what sign-ins take in the company.
func (f *firm) settle(by *Session, change func(*signin.Settings)) error {
	f.t.Helper()
	now, err := by.SignInSettings(context.Background())
	f.must(err)
	change(&now.Settings)
	_, err = by.SetSignInSettings(context.Background(), now.Version, now.Settings)
	return err
}

func TestNod(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.browser("admin").in("")
		nod := func(s *signin.Settings) { s.FirstUse = signin.Nod }
		f.refused(f.settle(admin.session, nod), fault.Conflict, "nod_factor")
		admin.enrol()
		f.must(f.settle(admin.session, nod))
		f.refused(f.settle(f.as("auditor"), nod), fault.Denied, "right")
		f.refused(f.settle(admin.session, func(s *signin.Settings) { s.Factor = "never" }), fault.Invalid, "sign_in_settings")
		_, err := admin.session.SetSignInSettings(ctx, 0, signin.Usual)
		f.refused(err, fault.Stale, "version")

		phone := f.browser("lin")
		for range 3 {
			f.refused(phone.try(""), fault.Denied, "device_waiting")
		}
		if len(phone.keys) != 1 || count(t, f.db, "SELECT count(*) FROM notice WHERE what = 'device_asked' AND person_id = $1", f.id("admin")) != 1 {
			t.Errorf("%d keys, or told more than once", len(phone.keys))
		}
		list, err := admin.session.PersonDevices(ctx, f.id("lin"))
		f.must(err)
		if len(list) != 1 || list[0].AskedAt == nil || list[0].KnownSince != nil {
			t.Fatalf("%+v", list)
		}
		_, err = admin.session.AdmitDevice(ctx, f.id("lin"), list[0].ID)
		f.must(err)
		phone.in("")
		f.refused(f.browser("lin").try(""), fault.Denied, "device_waiting")
		// Refusing blocks, and who has a second factor waits for nobody.
		other := f.browser("wang")
		f.refused(other.try(""), fault.Denied, "device_waiting")
		list, err = admin.session.PersonDevices(ctx, f.id("wang"))
		f.must(err)
		_, err = admin.session.BlockDevice(ctx, f.id("wang"), list[0].ID)
		f.must(err)
		f.refused(other.try(""), fault.Denied, "device_blocked")
		secretText, _ := phone.enrol()
		f.browser("lin").in(f.code(secretText))

		f.must(f.settle(admin.session, func(s *signin.Settings) { s.Factor = signin.Always }))
		f.refused(phone.try(""), fault.Denied, "second_factor_required")
		phone.in(f.code(secretText))
	})
}

func TestFreeze(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		at := func(hour int) { // of UTC+8
			now := f.db.Now().In(time.FixedZone("", 8*3600))
			f.clock.advance(time.Duration((hour-now.Hour()+24)%24) * time.Hour)
		}
		at(2)
		desk := f.browser("wang").in("") // the first device, whenever
		away := f.browser("wang")
		away.address = "198.51.100.7"
		away.in("") // the company has not said that it freezes
		f.must(f.settle(admin, func(s *signin.Settings) { s.Freeze = true }))
		far := f.browser("wang")
		far.address = "203.0.113.7"
		f.refused(far.try(""), fault.Denied, "account_frozen")
		f.refused(desk.try(""), fault.Denied, "account_frozen") // whoever it is
		f.refused(desk.again(), fault.Denied, "signin")
		account, err := admin.Account(ctx, f.id("wang"))
		if err != nil || account.Open || account.FrozenWhy != "unusual" || account.FrozenAt == nil {
			t.Errorf("%+v %v", account, err)
		}
		if n := count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1 AND what = 'frozen'", f.id("admin")); n != 1 {
			t.Errorf("told %d times", n)
		}
		_, err = f.as("chief").ThawAccount(ctx, f.id("wang"))
		f.refused(err, fault.Denied, "right")
		_, err = admin.ThawAccount(ctx, f.id("wang"))
		f.must(err)
		f.must(desk.again()) // it goes on
		_, err = admin.ThawAccount(ctx, f.id("wang"))
		f.refused(err, fault.Conflict, "account_not_frozen")
		at(10)
		far.in("")

		// Codes that fail and fail. A code of recovery opens the account, one of the authenticator does not.
		lin := f.browser("lin").in("")
		secretText, codes := lin.enrol()
		for range signin.FreezeAfter {
			f.clock.advance(longestLock)
			_, err := lin.session.Prove(ctx, "000000")
			f.refused(err, fault.Denied, "factor_code")
		}
		f.refused(lin.again(), fault.Denied, "signin")
		f.clock.advance(longestLock)
		f.refused(lin.try(""), fault.Denied, "account_frozen")
		f.refused(lin.try(f.code(secretText)), fault.Denied, "account_frozen")
		lin.in(codes[0])
		for _, by := range []string{"recovery", "administrator"} {
			if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'account_thawed' AND CAST(detail AS TEXT) LIKE $1", "%"+by+"%"); n != 1 {
				t.Errorf("thawed by %s: %d", by, n)
			}
		}
	})
}
