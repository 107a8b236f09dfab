package store

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
	"guan/watch"
)

func eachWatched(t *testing.T, story func(t *testing.T, w watchedFirm)) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		f.db.auditKey = filepath.Join(t.TempDir(), "audit.key")
		story(t, watchedFirm{f})
	})
}

// watchedFirm is a firm whose log is sealed and watched.
type watchedFirm struct{ *firm }

// watch seals and watches everything that was done until now.
func (w watchedFirm) watch() {
	w.t.Helper()
	seal(w.t, w.db)
	for {
		more, err := w.db.System(JobWatch, DefaultTenant).Watch(context.Background())
		w.must(err)
		if !more {
			return
		}
	}
}

// alerts are those that somebody sees.
func (w watchedFirm) alerts(who string) []Alert {
	w.t.Helper()
	page, err := w.as(who).Alerts(context.Background(), AlertQuery{})
	w.must(err)
	return page.Items
}

// set sets one detector.
func (w watchedFirm) set(d watch.Detector, change func(*watch.Setting)) {
	w.t.Helper()
	ctx, by := context.Background(), w.browser("auditor").in("").session
	now, err := by.WatchSettings(ctx)
	w.must(err)
	one := now.Detectors[d]
	change(&one)
	now.Detectors[d] = one
	_, err = by.SetWatchSettings(ctx, now.Version, now.Detectors)
	w.must(err)
}

// denied writes refusals of somebody, as of one who may nearly everything.
func (w watchedFirm) denied(s *Session, n int) {
	w.t.Helper()
	for range n {
		w.must(w.db.auditRead(context.Background(), s.Actor(), audit.Entry{Action: audit.Refused, Detail: map[string]any{"code": "right"}}))
	}
}

// refuse makes somebody try what they may not, as often as it says.
func (w watchedFirm) refuse(s *Session, n int) {
	w.t.Helper()
	for range n {
		if _, err := s.AuditSeal(context.Background()); !fault.Is(err, fault.Denied) {
			w.t.Fatalf("not refused: %v", err)
		}
	}
}

// Much at once raises one alert with its entries, told to who watches and to nobody else; it is judged
// once, by somebody else.
func TestAlert(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.watch()
		w.set(watch.Denials, func(s *watch.Setting) { s.Floor = 5 }) // 15 on somebody's first days
		lin := w.browser("lin").in("")
		w.refuse(lin.session, 14)
		w.watch()
		if got := w.alerts("auditor"); len(got) != 0 {
			t.Fatalf("alerts below the floor: %+v", got)
		}
		w.refuse(lin.session, 20)
		w.watch()
		w.watch()
		got := w.alerts("auditor")
		if len(got) != 1 || got[0].Person.Name != "lin" || got[0].Detector != watch.Denials || got[0].Done != DoneNothing || got[0].State != AlertOpen || got[0].Numbers.Seen != 16 || got[0].Numbers.Bound != 15 {
			t.Fatalf("%+v", got)
		}
		detail, err := w.as("auditor").Alert(ctx, got[0].ID)
		w.must(err)
		if len(detail.Entries) != 16 || detail.Entries[0].Action != audit.Refused || detail.Frozen {
			t.Errorf("%d entries, %+v", len(detail.Entries), detail.Entries[0])
		}
		for who, told := range map[string]bool{"auditor": true, "boss": true, "lin": false, "chief": false, "admin": false} {
			page, err := w.as(who).Notices(ctx, "", false)
			w.must(err)
			if is := slices.ContainsFunc(page.Items, func(n Notice) bool { return n.What == NoticeAlert }); is != told {
				t.Errorf("%s told: %t", who, is)
			}
		}
		for _, who := range []string{"lin", "chief", "wang"} {
			_, err := w.as(who).Alerts(ctx, AlertQuery{})
			w.refused(err, fault.Denied, "right")
			_, err = w.as(who).Alert(ctx, got[0].ID)
			w.refused(err, fault.Denied, "right")
		}
		auditor := w.browser("auditor").in("").session
		_, err = auditor.JudgeAlert(ctx, got[0].ID, AlertDismissed, " ")
		w.refused(err, fault.Invalid, "request_purpose")
		_, err = auditor.JudgeAlert(ctx, got[0].ID, AlertDismissed, "培训")
		w.must(err)
		_, err = w.browser("admin").in("").session.JudgeAlert(ctx, got[0].ID, AlertConfirmed, "")
		w.refused(err, fault.Conflict, "alert_judged")
		if now := w.alerts("auditor")[0]; now.State != AlertDismissed || now.By.Name != "auditor" || now.Note != "培训" {
			t.Errorf("%+v", now)
		}
	})
}

// Nobody sees an alert of their own, whatever their rights; where nobody else may audit, who has the
// right policy is told.
func TestAlertOfTheWatcher(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.watch()
		w.set(watch.Denials, func(s *watch.Setting) { s.Floor = 1 })
		auditor := w.browser("auditor").in("").session
		mustExec(t, w.db, "UPDATE credential SET frozen_at = 1 WHERE person_id = "+w.id("boss").String())
		w.denied(auditor, 5)
		w.watch()
		if own := w.alerts("auditor"); len(own) != 0 {
			t.Errorf("their own: %+v", own)
		}
		theirs := w.alerts("admin")
		if len(theirs) != 1 || theirs[0].Person.Name != "auditor" {
			t.Fatalf("%+v", theirs)
		}
		_, err := auditor.Alert(ctx, theirs[0].ID)
		w.refused(err, fault.NotFound, "alert")
		_, err = auditor.JudgeAlert(ctx, theirs[0].ID, AlertDismissed, "ich")
		w.refused(err, fault.NotFound, "alert")
		_, err = auditor.JudgeAlert(ctx, 7, AlertDismissed, "ich")
		w.refused(err, fault.NotFound, "alert")
		page, err := w.as("admin").Notices(ctx, "", false)
		w.must(err)
		if !slices.ContainsFunc(page.Items, func(n Notice) bool { return n.What == NoticeAlert }) {
			t.Error("nobody was told of an alert about the only auditor")
		}
	})
}

// A detector that freezes stops everything that is signed in; the last who gives rights is spared.
func TestWatchFreezes(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.watch()
		w.set(watch.Denials, func(s *watch.Setting) { s.Floor, s.Act = 1, watch.Freeze })
		lin := w.browser("lin").in("")
		w.refuse(lin.session, 4)
		w.watch()
		if err := lin.again(); err == nil {
			t.Error("a frozen account is served")
		}
		if got := w.alerts("auditor"); len(got) != 1 || got[0].Done != DoneFrozen {
			t.Fatalf("%+v", got)
		}
		// All who administer at once: one of them stays.
		people := []*browser{w.browser("admin").in(""), w.browser("admin2").in(""), w.browser("boss").in("")}
		for _, who := range people {
			w.denied(who.session, 4)
		}
		w.watch()
		open, in := 0, 0
		for _, who := range people {
			if who.again() == nil {
				open++
			}
			if who.try("") == nil {
				in++
			}
		}
		done := map[string]int{}
		for _, a := range w.alerts("auditor") {
			done[a.Done]++
		}
		// The spared one has no second factor: their session ended, their account stands.
		if open != 0 || in != 1 || done[DoneFrozen] != 3 || done[DoneSpared] != 1 {
			t.Errorf("%d open, %d can sign in, %v", open, in, done)
		}
		for _, a := range w.alerts("auditor") {
			if a.Done == DoneSpared {
				_, err := w.browser("auditor").in("").session.FreezeByAlert(ctx, a.ID)
				w.refused(err, fault.Conflict, "alert_last")
			}
		}
	})
}

// Whoever is asked for the second factor does nothing more before it is proved: not in this session, in
// another, by a token, or in the background.
func TestWatchAsks(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		b := w.browser("boss").in("")
		key, _ := b.enrol()
		w.must(b.again())
		token, _, err := b.session.CreateToken(ctx, NewToken{Name: "t", Until: w.clock.Now().Add(time.Hour)})
		w.must(err)
		w.watch()
		w.set(watch.Denials, func(s *watch.Setting) { s.Floor, s.Act = 1, watch.Factor })
		w.denied(b.session, 4)
		byToken := func() error {
			actor, err := w.db.Authenticate(ctx, token, b.client())
			if err == nil {
				_, err = w.db.As(actor).List(ctx, ListQuery{Kind: "customer"})
			}
			return err
		}
		w.must(byToken())
		w.watch()
		w.must(b.again())
		_, err = b.session.List(ctx, ListQuery{Kind: "customer"})
		w.refused(err, fault.Denied, "second_factor_required")
		w.refused(byToken(), fault.Denied, "second_factor_required")
		_, err = b.session.Tokens(ctx)
		w.refused(err, fault.Denied, "second_factor_required")

		w.clock.advance(time.Minute)
		_, err = b.session.Prove(ctx, w.code(key))
		w.must(err)
		w.must(b.again())
		_, err = b.session.List(ctx, ListQuery{Kind: "customer"})
		w.must(err)
		w.must(byToken())
		if got := w.alerts("auditor"); len(got) != 1 || got[0].Done != DoneAsked {
			t.Errorf("%+v", got)
		}
	})
}

// Who opens, changes or exports a marked record raises an alert at once; who only has it in a list does
// not. Of the mark nobody else learns.
func TestHoney(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		bait, other := w.customer("lin", "诱饵", ""), w.customer("lin", "真的", "")
		w.watch()
		auditor := w.browser("auditor").in("").session
		w.must(auditor.MarkHoney(ctx, "customer", bait.ID, "没有人负责"))
		w.refused(auditor.MarkHoney(ctx, "customer", bait.ID, ""), fault.Conflict, "honey_marked")
		w.refused(auditor.MarkHoney(ctx, "customer", 12345, ""), fault.NotFound, "record")
		for _, who := range []string{"lin", "chief", "admin"} {
			s := w.browser(who).in("").session
			_, err := s.HoneyMarks(ctx)
			w.refused(err, fault.Denied, "right")
			w.refused(s.MarkHoney(ctx, "customer", other.ID, ""), fault.Denied, "right")
			w.refused(s.UnmarkHoney(ctx, "customer", bait.ID), fault.Denied, "right")
		}
		w.list("lin", "customer")
		_, err := w.as("lin").Get(ctx, "customer", other.ID)
		w.must(err)
		w.watch()
		if got := w.alerts("auditor"); len(got) != 0 {
			t.Fatalf("a list, or another record, raised %+v", got)
		}
		_, err = w.as("lin").Get(ctx, "customer", bait.ID)
		w.must(err)
		_, err = w.as("chief").Update(ctx, "customer", bait.ID, bait.Version, Fields{"city": raw("上海")})
		w.must(err)
		w.watch()
		got := w.alerts("auditor")
		if len(got) != 2 || got[0].Detector != watch.Honey || got[0].Record != bait.ID || got[0].Kind != "customer" {
			t.Fatalf("%+v", got)
		}
		detail, err := auditor.Alert(ctx, got[1].ID)
		w.must(err)
		if detail.Person.Name != "lin" || len(detail.Entries) != 1 || detail.Entries[0].Record != bait.ID {
			t.Errorf("%+v", detail)
		}
		marks, err := auditor.HoneyMarks(ctx)
		w.must(err)
		if len(marks) != 1 || marks[0].Title != "诱饵" || marks[0].Note != "没有人负责" || marks[0].By.Name != "auditor" {
			t.Errorf("%+v", marks)
		}
		w.must(auditor.UnmarkHoney(ctx, "customer", bait.ID))
		w.refused(auditor.UnmarkHoney(ctx, "customer", bait.ID), fault.NotFound, "record")
	})
}

// Several processes watch one log: each entry counts once.
func TestWatchAtOnce(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		w.watch()
		const n = 40
		for range n {
			w.refuse(w.as("lin"), 1)
		}
		seal(t, w.db)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for {
					more, err := w.db.System(JobWatch, DefaultTenant).Watch(context.Background())
					if err != nil {
						t.Error(err)
					}
					if !more || err != nil {
						return
					}
				}
			})
		}
		all.Wait()
		w.watch()
		st := w.stateOf("lin")
		if st.Today.Denials != n {
			t.Errorf("%d refusals were counted %d times", n, st.Today.Denials)
		}
		_, err := w.db.System(JobSeal, DefaultTenant).Watch(context.Background())
		w.refused(err, fault.Denied, "job")
	})
}

func (w watchedFirm) stateOf(who string) watch.State {
	w.t.Helper()
	var st watch.State
	w.must(w.db.read(context.Background(), func(t *rtx) error {
		states, err := t.watchStates(context.Background(), DefaultTenant, []policy.ID{w.id(who)})
		if err == nil {
			st = *states[w.id(who)]
		}
		return err
	}))
	return st
}

// Settings are checked, versioned, and no matter of who administers.
func TestWatchSettings(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		by := w.browser("auditor").in("").session
		set, err := by.WatchSettings(ctx)
		w.must(err)
		if set.Version != 0 || len(set.Detectors) != len(watch.Detectors) {
			t.Errorf("%+v", set)
		}
		wrong := watch.Usual()
		wrong[watch.Hour] = watch.Setting{On: true, Act: "shout", Floor: 0, Times: 0}
		_, err = by.SetWatchSettings(ctx, 0, wrong)
		w.refused(err, fault.Invalid, "watch_settings")
		_, err = w.browser("admin").in("").session.SetWatchSettings(ctx, 0, watch.Usual())
		w.refused(err, fault.Denied, "right")
		w.set(watch.Hour, func(s *watch.Setting) { s.On = false })
		_, err = by.SetWatchSettings(ctx, 0, watch.Usual())
		w.refused(err, fault.Stale, fault.From(staleVersion).Code)
	})
}
