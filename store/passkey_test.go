package store

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/internal/softkey"
	"guan/policy"
	"guan/signin"
)

const passkeyOrigin = "https://crm.example.com"

var passkeySite = func() signin.Site {
	site, err := signin.SiteAt(passkeyOrigin)
	if err != nil {
		panic(err)
	}
	return site
}()

// passkey adds a passkey of the browser's person, and gives it with the codes of recovery that came along.
func (b *browser) passkey(name string) (*softkey.Key, *AddedPasskey) {
	b.f.t.Helper()
	wish, err := b.session.BeginPasskey(context.Background(), passkeySite, "correct horse")
	b.f.must(err)
	key := softkey.New(passkeyOrigin, wish.Site)
	added, err := b.session.AddPasskey(context.Background(), passkeySite, name, key.Make(wish.Challenge))
	b.f.must(err)
	b.f.must(b.again())
	return key, added
}

// asked is the challenge of a proof in the browser's session.
func (b *browser) asked() string {
	b.f.t.Helper()
	ask, err := b.session.AskPasskey(context.Background(), passkeySite)
	b.f.must(err)
	return ask.Challenge
}

func (b *browser) attempt() Attempt {
	return Attempt{Client: b.client(), Tenant: DefaultTenant, Login: b.who, Password: "correct horse", Devices: b.keys, Site: passkeySite}
}

// askedToSignIn is the challenge of a sign-in.
func (b *browser) askedToSignIn() string {
	b.f.t.Helper()
	ask, err := b.f.db.AskPasskeyToSignIn(context.Background(), b.attempt())
	b.f.must(err)
	return ask.Challenge
}

func (b *browser) tryPasskey(shown *signin.PasskeyProof) error {
	a := b.attempt()
	a.Passkey = shown
	secret, actor, err := b.f.db.SignIn(context.Background(), a)
	if key := actor.DeviceKey(); key != "" {
		b.keys = append(b.keys, key)
	}
	if err == nil {
		b.secret = secret
		err = b.again()
	}
	return err
}

func TestPasskeys(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		desk := f.browser("lin").in("")
		_, err := desk.session.BeginPasskey(ctx, passkeySite, "wrong horse")
		f.refused(err, fault.Denied, "credentials")
		_, err = desk.session.AskPasskey(ctx, passkeySite)
		f.refused(err, fault.Conflict, "passkey_none")
		_, err = f.db.AskPasskeyToSignIn(ctx, desk.attempt())
		f.refused(err, fault.Conflict, "passkey_none")
		wish, err := desk.session.BeginPasskey(ctx, passkeySite, "correct horse")
		f.must(err)
		f.browser("lin").in("") // what is not made asks for nothing
		key := softkey.New(passkeyOrigin, wish.Site)
		for _, name := range []string{"", " ", strings.Repeat("长", 41), "a\nb"} {
			_, err = desk.session.AddPasskey(ctx, passkeySite, name, key.Make(wish.Challenge))
			f.refused(err, fault.Invalid, "passkey_name")
		}
		first, err := desk.session.AddPasskey(ctx, passkeySite, " 我的电脑 ", key.Make(wish.Challenge))
		f.must(err)
		if len(first.Codes) != signin.RecoveryCodes || first.Passkey.Name != "我的电脑" {
			t.Errorf("%+v", first)
		}
		_, err = desk.session.AddPasskey(ctx, passkeySite, "再来", key.Make(wish.Challenge))
		f.refused(err, fault.Denied, "passkey") // the challenge is used up
		f.must(desk.again())
		phoneKey, second := desk.passkey("手机")
		if len(second.Codes) != 0 {
			t.Error("codes of recovery come with the first factor alone")
		}
		state, err := desk.session.Factor(ctx)
		f.must(err)
		if state.Since != nil || state.CodesLeft != 10 || state.ProvedUntil == nil || len(state.Passkeys) != 2 || state.Passkeys[0].UsedAt != nil {
			t.Errorf("%+v", state)
		}

		// Another browser is asked, and told where passkeys work.
		other := f.browser("lin")
		err = other.try("")
		f.refused(err, fault.Denied, "second_factor_required")
		if _, told := fault.From(err).Params["passkey_origin"]; told {
			t.Error("told where passkeys work by a program that has no site")
		}
		err = other.tryPasskey(nil)
		f.refused(err, fault.Denied, "second_factor_required")
		if fault.From(err).Params["passkey_origin"] != passkeyOrigin {
			t.Errorf("%+v", err)
		}
		challenge := other.askedToSignIn()
		shown := phoneKey.Sign(challenge)
		f.must(other.tryPasskey(shown))
		f.must(other.session.Proved(time.Minute))
		f.refused(f.browser("lin").tryPasskey(shown), fault.Denied, "passkey") // once
		if state, err = other.session.Factor(ctx); err != nil || state.Passkeys[1].UsedAt == nil || state.Passkeys[0].UsedAt != nil {
			t.Errorf("%+v %v", state, err)
		}
		wrongPassword := other.attempt()
		wrongPassword.Password = "wrong horse"
		_, err = f.db.AskPasskeyToSignIn(ctx, wrongPassword)
		f.refused(err, fault.Denied, "credentials")
		f.browser("lin").in(first.Codes[0]) // a code of recovery stands for it

		// In a session: for this session, this purpose, this person, this long.
		f.clock.advance(proofLasts)
		f.must(desk.again())
		_, err = desk.session.RecoveryCodes(ctx)
		f.refused(err, fault.Denied, "second_factor_required")
		_, err = desk.session.BeginPasskey(ctx, passkeySite, "correct horse")
		f.refused(err, fault.Denied, "second_factor_required")
		prove := func(b *browser, k *softkey.Key, challenge string) error {
			_, err := b.session.ProvePasskey(ctx, passkeySite, *k.Sign(challenge))
			return err
		}
		f.refused(prove(desk, key, other.asked()), fault.Denied, "passkey")
		f.refused(prove(desk, key, other.askedToSignIn()), fault.Denied, "passkey")
		f.refused(f.browser("lin").tryPasskey(key.Sign(desk.asked())), fault.Denied, "passkey")
		old := desk.asked()
		f.clock.advance(signin.ChallengeFor)
		f.refused(prove(desk, key, old), fault.Denied, "passkey")
		replaced := desk.asked()
		desk.asked()
		f.refused(prove(desk, key, replaced), fault.Denied, "passkey")
		wang := f.browser("wang").in("")
		wangKey, _ := wang.passkey("旺")
		f.clock.advance(longestLock)
		f.refused(prove(desk, wangKey, desk.asked()), fault.Denied, "passkey")
		f.clock.advance(longestLock)
		key.Origin = "https://crm.example.org"
		err = prove(desk, key, desk.asked())
		f.refused(err, fault.Denied, "passkey_origin")
		if fault.From(err).Params["origin"] != passkeyOrigin {
			t.Errorf("%+v", err)
		}
		key.Origin = passkeyOrigin
		f.clock.advance(longestLock)
		f.must(prove(desk, key, desk.asked()))
		f.must(desk.again())
		f.must(desk.session.Proved(proofLasts))

		// A count that goes back is a copy: refused, on record, and the passkey as it was before.
		key.Back(2)
		f.refused(prove(desk, key, desk.asked()), fault.Denied, "passkey_copied")
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'passkey_copied' AND actor_id = $1 AND CAST(detail AS TEXT) LIKE $2", f.id("lin"), "%"+first.Passkey.ID.String()+"%"); n != 1 {
			t.Errorf("%d entries of a copy", n)
		}
		key.Back(0)
		f.clock.advance(longestLock)
		key.Sign(desk.asked())
		f.must(prove(desk, key, desk.asked()))

		// Removing: one's own, with the password, proved, and at the end with all that belongs to it.
		f.must(desk.again())
		f.refused(desk.session.RemovePasskey(ctx, first.Passkey.ID, "wrong horse"), fault.Denied, "credentials")
		f.refused(wang.session.RemovePasskey(ctx, first.Passkey.ID, "correct horse"), fault.NotFound, "passkey_gone")
		f.must(desk.session.RemovePasskey(ctx, first.Passkey.ID, "correct horse"))
		f.clock.advance(proofLasts)
		f.must(desk.again())
		f.refused(desk.session.RemovePasskey(ctx, second.Passkey.ID, "correct horse"), fault.Denied, "second_factor_required")
		f.must(prove(desk, phoneKey, desk.asked()))
		f.must(desk.again())
		keep := func(on bool) {
			admin := f.as("admin")
			f.must(f.settle(admin, func(s *signin.Settings) { s.Keep = on }))
		}
		keep(true)
		f.refused(desk.session.RemovePasskey(ctx, second.Passkey.ID, "correct horse"), fault.Conflict, "factor_kept")
		keep(false)
		f.must(desk.session.RemovePasskey(ctx, second.Passkey.ID, "correct horse"))
		f.must(desk.again())
		f.refused(desk.session.Proved(proofLasts), fault.Denied, "second_factor_required")
		if state, err = desk.session.Factor(ctx); err != nil || state.CodesLeft != 0 || len(state.Passkeys) != 0 {
			t.Errorf("%+v %v", state, err)
		}
		f.browser("lin").in("")
		for action, want := range map[string]int64{"passkey_added": 2, "passkey_removed": 2} {
			if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = $1 AND actor_id = $2", action, f.id("lin")); n != want {
				t.Errorf("%d entries %s, not %d", n, action, want)
			}
		}
		byToken := f.as("lin")
		byToken.actor.Session, byToken.actor.Token = 0, 5
		_, err = byToken.BeginPasskey(ctx, passkeySite, "correct horse")
		f.refused(err, fault.Denied, "session_required")
	})
}

// Codes and passkeys stand beside each other: each opens what the other does, and the last of them counts.
func TestPasskeyBesideCodes(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.browser("admin").in("")
		adminKey, _ := admin.passkey("a")
		lin := f.browser("lin").in("")
		_, codes := lin.enrol()
		key, added := lin.passkey("手机")
		if len(added.Codes) != 0 {
			t.Error("new codes of recovery, where there were some")
		}
		_, err := lin.session.BeginPasskey(ctx, passkeySite, "")
		f.must(err) // proved: no password is asked for
		f.must(f.settle(admin.session, func(s *signin.Settings) { s.Keep = true }))
		f.must(lin.session.RemoveFactor(ctx, "correct horse", codes[0]))
		f.must(lin.again())
		f.must(lin.session.Proved(proofLasts))
		// The other way round: an authenticator beside a passkey takes its proof.
		f.clock.advance(proofLasts)
		_, err = lin.session.BeginFactor(ctx, "correct horse")
		f.refused(err, fault.Denied, "second_factor_required")
		_, err = lin.session.ProvePasskey(ctx, passkeySite, *key.Sign(lin.asked()))
		f.must(err)
		f.must(lin.again())
		secretText, none := lin.enrol()
		if len(none) != 0 {
			t.Error("new codes of recovery with an authenticator beside a passkey")
		}
		f.must(lin.session.RemovePasskey(ctx, added.Passkey.ID, "correct horse"))
		f.refused(lin.session.RemoveFactor(ctx, "correct horse", f.code(secretText)), fault.Conflict, "factor_kept")
		f.browser("lin").in(codes[1])

		key, _ = lin.passkey("again")
		f.must(lin.session.RemoveFactor(ctx, "correct horse", codes[2]))
		f.refused(lin.session.RemoveFactor(ctx, "correct horse", codes[3]), fault.Conflict, "factor_none")

		// An administrator's reset takes all of it.
		_, err = admin.session.ProvePasskey(ctx, passkeySite, *adminKey.Sign(admin.asked()))
		f.must(err)
		f.must(admin.again())
		account, err := admin.session.ResetFactor(ctx, f.id("lin"))
		if err != nil || account.Factor {
			t.Fatalf("%+v %v", account, err)
		}
		if n := count(t, f.db, "SELECT count(*) FROM passkey WHERE person_id = $1", f.id("lin")); n != 0 {
			t.Errorf("%d passkeys are left", n)
		}
		f.must(lin.again())
		_, err = lin.session.ProvePasskey(ctx, passkeySite, *key.Sign("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"))
		f.refused(err, fault.Conflict, "factor_none")
		f.browser("lin").in("")
		_, err = admin.session.ResetFactor(ctx, f.id("lin"))
		f.refused(err, fault.Conflict, "factor_absent")
		_, secret := lin.passkey("new")
		if len(secret.Codes) != signin.RecoveryCodes {
			t.Errorf("%d codes", len(secret.Codes))
		}
	})
}

// Fifty at once with one proof: one is right. Wrong ones freeze as wrong codes do.
func TestPasskeyRacesAndFreezes(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.must(f.settle(f.as("admin"), func(s *signin.Settings) { s.Freeze = true }))
		lin := f.browser("lin").in("")
		key, added := lin.passkey("手机")
		key.Counts = false
		f.must(f.db.maintain(ctx, func(tx *tx) error { // as of one that never counted
			_, err := tx.exec(ctx, "UPDATE passkey SET sign_count = 0 WHERE id = $1", added.Passkey.ID)
			return err
		}))
		key.Back(1)
		shown := key.Sign(lin.asked())
		var all sync.WaitGroup
		var mu sync.Mutex
		right := 0
		for range 50 {
			all.Go(func() {
				err := f.db.maintain(ctx, func(tx *tx) error {
					tx.actor = lin.session.actor
					_, refused, err := tx.useProof(ctx, f.id("lin"), toProve, proof{passkey: shown, site: passkeySite})
					if err == nil {
						err = refused
					}
					return err
				})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					right++
				} else if fault.From(err).Code != "passkey" {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if right != 1 {
			t.Errorf("%d were right", right)
		}

		other := softkey.New(passkeyOrigin, "crm.example.com")
		for range signin.FreezeAfter {
			f.clock.advance(longestLock)
			_, err := lin.session.ProvePasskey(ctx, passkeySite, *other.Sign(lin.asked()))
			f.refused(err, fault.Denied, "passkey")
			if _, err = lin.session.ProvePasskey(ctx, passkeySite, *other.Sign(lin.asked())); fault.From(err).Code != "passkey" && fault.From(err).Code != "locked" {
				t.Error(err)
			}
			if lin.again() != nil {
				break
			}
		}
		f.refused(lin.again(), fault.Denied, "signin")
		f.clock.advance(longestLock)
		f.refused(lin.tryPasskey(key.Sign(lin.askedToSignIn())), fault.Denied, "account_frozen") // a passkey does not open it
		lin.in(added.Codes[0])
		lin.session.actor.factorDue = true // as who is asked for it by the watch: asking for a proof is left
		_, err := lin.session.AskPasskey(ctx, passkeySite)
		f.must(err)
		_, err = lin.session.Factor(ctx)
		f.must(err)
		_, err = lin.session.Devices(ctx)
		f.refused(err, fault.Denied, "second_factor_required")
	})
}

// A device that was not used for the company's number of days is a new one again.
func TestDevicesAge(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		day := 24 * time.Hour
		lin := f.browser("lin").in("")
		secretText, _ := lin.enrol()
		kept := f.browser("lin").in(f.code(secretText))
		f.clock.advance(89 * day)
		kept.in("")
		f.clock.advance(day - time.Minute)
		kept.in("")
		f.clock.advance(time.Minute)
		list, err := f.as("admin").PersonDevices(ctx, f.id("lin"))
		f.must(err)
		if len(list) != 2 || list[0].Aged || !list[1].Aged {
			t.Errorf("%+v", list)
		}
		f.refused(lin.try(""), fault.Denied, "second_factor_required")
		f.refused(lin.try(""), fault.Denied, "second_factor_required") // trying is not using
		lin.in(f.code(secretText))
		if len(lin.keys) != 1 {
			t.Errorf("%d keys: it is the same device", len(lin.keys))
		}
		if n := count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1 AND what = 'device'", f.id("lin")); n != 2 {
			t.Errorf("told %d times of a new device", n)
		}
		lin.in("") // known again

		// The company says how long; where a nod is asked for it is asked for again.
		admin := f.browser("admin").in("")
		adminSecret, _ := admin.enrol()
		f.must(f.settle(admin.session, func(s *signin.Settings) { s.DeviceDays, s.FirstUse = 7, signin.Nod }))
		f.refused(f.settle(admin.session, func(s *signin.Settings) { s.DeviceDays = 0 }), fault.Invalid, "sign_in_settings")
		wang := f.browser("wang")
		f.refused(wang.try(""), fault.Denied, "device_waiting")
		device := func() policy.ID {
			list, err := f.as("admin").PersonDevices(ctx, f.id("wang"))
			f.must(err)
			return list[0].ID
		}
		f.clock.advance(8 * day)
		admin.in(f.code(adminSecret))
		admit := func() {
			_, err := admin.session.AdmitDevice(ctx, f.id("wang"), device())
			f.must(err)
		}
		admit() // it was asked for long ago, and is known from now
		wang.in("")
		f.clock.advance(7 * day)
		f.refused(wang.try(""), fault.Denied, "device_waiting")
		f.refused(wang.try(""), fault.Denied, "device_waiting") // asking is not using
		admin.in(f.code(adminSecret))
		admit()
		wang.in("")
	})
}

// Who removes both of their passkeys at the same time keeps one where the company wants one kept.
func TestLastPasskeyStays(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		lin := f.browser("lin").in("")
		_, one := lin.passkey("one")
		_, two := lin.passkey("two")
		f.must(f.settle(f.as("admin"), func(s *signin.Settings) { s.Keep = true }))
		errs := make([]error, 2)
		var both sync.WaitGroup
		for i, id := range []policy.ID{one.Passkey.ID, two.Passkey.ID} {
			both.Go(func() { errs[i] = lin.session.RemovePasskey(context.Background(), id, "correct horse") })
		}
		both.Wait()
		if errs[0] == nil {
			errs[0] = errs[1]
		}
		f.refused(errs[0], fault.Conflict, "factor_kept")
		if n := count(t, f.db, "SELECT count(*) FROM passkey WHERE person_id = $1", f.id("lin")); n != 1 {
			t.Errorf("%d passkeys are left", n)
		}
	})
}
