package store

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
)

// mark is what lies over the pages of a browser.
func (b *browser) mark() *Watermark {
	b.f.t.Helper()
	me, err := b.session.Me(context.Background())
	b.f.must(err)
	return me.Watermark
}

// A photograph of a screen leads to who sat before it, on which device, from when until when, also long
// after the session is over and swept out.
func TestWatermark(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		auditor := f.browser("auditor").in("")
		lin := f.browser("lin").in("")
		began := f.db.Now()
		f.clock.advance(time.Hour)
		mark := lin.mark()
		if mark.Name != "lin" || mark.Tail != "" && mark.Tail != "lin" || len(mark.Code) != 11 || !mark.At.Equal(f.db.Now()) {
			t.Fatalf("%+v", mark)
		}
		if again := lin.mark(); again.Code != mark.Code {
			t.Errorf("the code of a session changed from %s to %s", mark.Code, again.Code)
		}
		desk := f.browser("lin").in("")
		if desk.mark().Code == mark.Code {
			t.Error("two sessions have one code")
		}

		one := func(typed string) WatermarkTrace {
			t.Helper()
			found, err := auditor.session.TraceWatermark(ctx, typed)
			f.must(err)
			for _, each := range found {
				if each.Code == mark.Code {
					return each
				}
			}
			t.Fatalf("%s leads to %+v", typed, found)
			return WatermarkTrace{}
		}
		open := one(mark.Code)
		if open.Person.ID != f.id("lin") || open.Device != "phone" || open.Network != "outside" || open.Address != "192.0.2.7" || open.Label != "Chrome · Android" || !open.BeganAt.Equal(began.UTC()) || open.EndedAt != nil {
			t.Errorf("%+v", open)
		}
		other := "2"
		if mark.Code[:1] == other {
			other = "3"
		}
		one(other + mark.Code[1:])
		one(strings.ToLower(mark.Code[:10]) + "?")

		// It ends by its own bounds, by a stop of the account, by its person; swept out or not.
		f.must(lin.session.SignOut(ctx))
		if got := one(mark.Code); got.EndedAt == nil || !got.EndedAt.Equal(f.db.Now().UTC()) {
			t.Errorf("signed out, it ended %v", got.EndedAt)
		}
		ended := f.db.Now().UTC()
		second, until := desk.mark().Code, f.db.Now().Add(idleFor).UTC()
		f.clock.advance(30 * 24 * time.Hour)
		auditor.in("")
		for _, swept := range []bool{false, true} {
			if swept {
				f.must(f.db.System(JobSweep, DefaultTenant).Sweep(ctx))
			}
			found, err := auditor.session.TraceWatermark(ctx, second)
			f.must(err)
			if len(found) != 1 || found[0].EndedAt == nil || !found[0].EndedAt.Equal(until) {
				t.Errorf("unused, swept %t, it ended at %+v, not %s", swept, found, until)
			}
			if got := one(mark.Code); !got.EndedAt.Equal(ended) {
				t.Errorf("%+v", got)
			}
		}
		third := f.browser("wang").in("").mark().Code
		_, err := f.as("admin").StopAccount(ctx, f.id("wang"))
		f.must(err)
		if found, err := auditor.session.TraceWatermark(ctx, third); err != nil || found[0].EndedAt == nil {
			t.Errorf("%+v %v", found, err)
		}

		// Only who audits asks; what was asked is on record, and guessing ends.
		for _, who := range []string{"lin", "admin", "chief"} {
			_, err := f.as(who).TraceWatermark(ctx, mark.Code)
			f.refused(err, fault.Denied, "right")
		}
		_, err = auditor.session.TraceWatermark(ctx, "not a code")
		f.refused(err, fault.Invalid, "watermark_code")
		if count(t, f.db, "SELECT count(*) FROM audit_entry e JOIN audit_record r ON r.tenant_id = e.tenant_id AND r.seq = e.seq WHERE e.action = 'watermark_traced' AND e.actor_id = $1 AND r.record_id = $2", f.id("auditor"), f.id("lin")) == 0 {
			t.Error("nobody knows who asked about whom")
		}
		if count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'watermark_shown' AND actor_id = $1", f.id("lin")) != 2 {
			t.Error("the log does not say what the codes stand for")
		}
		for range freeByWatermark {
			_, err := auditor.session.TraceWatermark(ctx, "00000-00000")
			f.refused(err, fault.NotFound, "watermark_none")
		}
		_, err = auditor.session.TraceWatermark(ctx, mark.Code)
		f.refused(err, fault.Locked, "locked")
		f.clock.advance(longestLock)
		one(mark.Code)
		one(mark.Code)
	})
}

// Fifty pages at once that open in a new session show one code.
func TestOneCodePerSession(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		lin := f.browser("lin").in("")
		codes := make(chan string, 50)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				me, err := lin.session.Me(context.Background())
				if err != nil {
					t.Error(err)
					return
				}
				codes <- me.Watermark.Code
			})
		}
		all.Wait()
		close(codes)
		first := <-codes
		for code := range codes {
			if code != first {
				t.Errorf("%s and %s", first, code)
			}
		}
		if n := count(t, f.db, "SELECT count(*) FROM watermark"); n != 1 {
			t.Errorf("%d codes", n)
		}
	})
}

// Over whose pages the mark lies the company says, or a rule with the duty.
func TestWhoseWatermark(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin, lin, zhao := f.browser("admin").in(""), f.browser("lin").in(""), f.browser("zhao").in("")
		marked := func(what string, b *browser, want bool) {
			t.Helper()
			if got := b.mark(); got.Screen != want || len(got.Code) != 11 { // paper always has it
				t.Errorf("%s: %s has %+v", what, b.who, got)
			}
		}
		marked("at first", lin, true)
		marked("at first", admin, true)
		_, err := lin.session.SetWatermarkSettings(ctx, 0, false)
		f.refused(err, fault.Denied, "right")
		_, err = f.browser("auditor").in("").session.SetWatermarkSettings(ctx, 0, false)
		f.refused(err, fault.Denied, "right")
		now, err := admin.session.WatermarkSettings(ctx)
		f.must(err)
		if now.Version != 0 || !now.Everyone {
			t.Errorf("%+v", now)
		}
		set, err := admin.session.SetWatermarkSettings(ctx, 0, false)
		f.must(err)
		_, err = admin.session.SetWatermarkSettings(ctx, 0, true)
		f.refused(err, fault.Stale, "version")
		marked("only by rules", lin, false)
		marked("only by rules", admin, false)
		_, err = f.as("boss").PutRule(ctx, policy.Rule{
			ID: "marked", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: f.id("zhao")}}}, Kind: "customer", Actions: []policy.Action{policy.Read},
			Where: policy.Path{Path: policy.PathOwn}, Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, Duty: policy.Duty{Watermark: true}, Scene: "防止拍照外传", Origin: policy.Origin{Type: "sharing"},
		})
		f.must(err)
		marked("by a rule", zhao, true)
		marked("by a rule for somebody else", lin, false)
		// Whoever looks as somebody else has the mark of their own session.
		as, err := admin.session.ViewAs(f.id("zhao")).Me(ctx)
		f.must(err)
		if as.Watermark == nil || as.Watermark.Name != admin.session.Actor().Name {
			t.Errorf("%+v", as.Watermark)
		}
		set, err = admin.session.SetWatermarkSettings(ctx, set.Version, true)
		f.must(err)
		if set.Version != 2 || !set.Everyone {
			t.Errorf("%+v", set)
		}
		marked("again", lin, true)
		byToken := f.as("lin")
		byToken.actor.Session, byToken.actor.Token = 0, 5
		if me, err := byToken.Me(ctx); err != nil || me.Watermark != nil {
			t.Errorf("a token has no screen: %+v %v", me.Watermark, err)
		}
	})
}
