package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// proved is somebody whose session has just proved the second factor.
func (f *firm) proved(who string) *Session {
	f.t.Helper()
	s := f.as(who)
	s.actor.factorAt = f.db.Now()
	return s
}

// reveals is a rule by which fields of a class of customers are revealed.
func reveals(id string, class policy.Class, where policy.Path, who ...policy.Clause) policy.Rule {
	return policy.Rule{ID: id, Effect: policy.Permit, Who: policy.Who{Any: who}, Kind: "customer", Actions: []policy.Action{policy.Reveal}, Where: where,
		Fields: []policy.FieldRule{{Class: class, Level: policy.Plain}}, Scene: "试用"}
}

// shows is a rule by which customers are read with a class masked.
func shows(id string, class policy.Class, who ...policy.Clause) policy.Rule {
	r := sharing(id, everything, who...)
	r.Fields = append(r.Fields, policy.FieldRule{Class: class, Level: policy.Masked})
	return r
}

// rule puts a rule in place that takes a second person's confirmation.
func (f *firm) rule(r policy.Rule) {
	f.t.Helper()
	f.must(f.db.System(JobSetup, DefaultTenant).Install(context.Background(), Company{Rules: []policy.Rule{r}}))
}

func (f *firm) reveal(s *Session, customer, field string) (*Revealed, error) {
	f.t.Helper()
	return s.Reveal(context.Background(), "customer", f.id(customer), RevealAsk{Field: field, Reason: "开票核对账号"})
}

const bankNumber = "6222020200112233445"

func TestReveal(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `bank_account="`+bankNumber+`";id_number="11010519491231002X"`)
		it, err := f.as("lin").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if it.Masked["bank_account"] == "" || !slices.Contains(it.Reveal, "bank_account") || slices.Contains(it.Can, policy.Reveal) || slices.Contains(it.Reveal, "phone") {
			t.Errorf("%+v", it)
		}
		// The class takes the second factor; who has none is not let through.
		_, err = f.reveal(f.as("lin"), "东方", "bank_account")
		f.refused(err, fault.Denied, "second_factor_required")
		got, err := f.reveal(f.proved("lin"), "东方", "bank_account")
		f.must(err)
		if got.Value != bankNumber || got.Seconds != 30 || got.Left != 49 || got.Field != "bank_account" {
			t.Errorf("%+v", got)
		}
		day, err := f.as("lin").RevealDay(ctx)
		f.must(err)
		if day.Left != 49 || day.PerDay != 50 || !day.AsksFactor(policy.Identity) || day.AsksFactor(policy.Contact) {
			t.Errorf("%+v", day)
		}
		// The entry says who, what and why it was allowed, and not the value.
		var rules, fields, detail string
		f.must(f.db.reader.QueryRow("SELECT CAST(rules AS text), CAST(fields AS text), CAST(detail AS text) FROM audit_entry WHERE action = 'reveal' AND actor_id = $1 AND record_id = $2 AND epoch > 0",
			f.id("lin"), f.id("东方")).Scan(&rules, &fields, &detail))
		if !strings.Contains(rules, "sales/customer/reveal") || !strings.Contains(fields, "bank_account") || !strings.Contains(detail, "开票核对账号") {
			t.Errorf("%s %s %s", rules, fields, detail)
		}
		// The first is of who made the record: what they wrote is in its entry.
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action IN ('reveal', 'refused', 'read') AND CAST(detail AS text) LIKE '%"+bankNumber+"%'"); n != 0 {
			t.Errorf("%d entries hold the value", n)
		}
		// It is in no other answer.
		again, err := f.proved("lin").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		page, err := f.proved("lin").List(ctx, ListQuery{Kind: "customer"})
		f.must(err)
		for _, answer := range []any{again, page} {
			if text, _ := json.Marshal(answer); strings.Contains(string(text), bankNumber) {
				t.Errorf("%s", text)
			}
		}
		if !slices.Contains(page.Items[0].Reveal, "bank_account") {
			t.Errorf("%+v", page.Items[0])
		}

		// What is not readable is not found, as what does not exist.
		_, hidden := f.reveal(f.proved("wang"), "东方", "bank_account")
		_, missing := f.proved("wang").Reveal(ctx, "customer", 999_999, RevealAsk{Field: "bank_account", Reason: "开票核对账号"})
		if !fault.Is(hidden, fault.NotFound) || hidden.Error() != missing.Error() {
			t.Errorf("hidden is told as %v, missing as %v", hidden, missing)
		}
		_, err = f.reveal(f.proved("lin"), "东方", "name")
		f.refused(err, fault.Conflict, "not_masked")
		_, err = f.reveal(f.proved("lin"), "东方", "nonsense")
		f.refused(err, fault.Invalid, "field")
		for _, reason := range []string{"", " 一 ", strings.Repeat("长", 501), "a\x00b"} {
			_, err = f.proved("lin").Reveal(ctx, "customer", f.id("东方"), RevealAsk{Field: "bank_account", Reason: reason})
			f.refused(err, fault.Invalid, "reveal_reason")
		}
		// Who sees everything masked without a rule to reveal does not.
		_, err = f.reveal(f.proved("auditor"), "东方", "bank_account")
		f.refused(err, fault.Denied, "reveal")
		if f.refusals("auditor") != 1 || f.refusals("wang") != 2 || f.refusals("lin") != 1 {
			t.Errorf("refusals: %d %d %d", f.refusals("auditor"), f.refusals("wang"), f.refusals("lin"))
		}
		if shown, err := f.as("auditor").Get(ctx, "customer", f.id("东方")); err != nil || len(shown.Reveal) != 0 {
			t.Errorf("%+v %v", shown, err)
		}

		// Programs, and who looks as somebody else, reveal nothing.
		token := f.proved("lin")
		token.actor.Session, token.actor.Token, token.actor.Channel = 0, 7, "api"
		_, err = f.reveal(token, "东方", "bank_account")
		f.refused(err, fault.Denied, "session_required")
		if shown, err := token.Get(ctx, "customer", f.id("东方")); err != nil || len(shown.Reveal) != 0 {
			t.Errorf("%+v %v", shown, err)
		}
		as := f.proved("auditor").ViewAs(f.id("lin"))
		_, err = f.reveal(as, "东方", "bank_account")
		f.refused(err, fault.Denied, "view_as")
		if shown, err := as.Get(ctx, "customer", f.id("东方")); err != nil || len(shown.Reveal) != 0 {
			t.Errorf("%+v %v", shown, err)
		}

		// Why: the same reasons as for every action.
		why, err := f.as("lin").Explain(ctx, ExplainQuery{Kind: "customer", ID: f.id("东方"), Action: policy.Reveal, Field: "bank_account"})
		f.must(err)
		if !why.Allowed || why.Level != "plain" || len(why.Permits) != 1 || why.Permits[0].Rule != "sales/customer/reveal" {
			t.Errorf("%+v", why)
		}
		who, err := f.as("boss").WhoCan(ctx, "customer", f.id("东方"), policy.Reveal, "")
		f.must(err)
		var names []string
		for _, h := range who.Items {
			names = append(names, h.Person.Name)
		}
		if slices.Sort(names); !slices.Equal(names, []string{"boss", "chief", "lin"}) {
			t.Errorf("%v", names)
		}
		// A head has the same of the units they head; with the commit of what takes it away it is over.
		_, err = f.reveal(f.proved("chief"), "东方", "id_number")
		f.must(err)
		f.must(f.as("admin").EndAppointment(ctx, f.appointment("chief").ID, f.appointment("chief").Version))
		_, err = f.reveal(f.proved("chief"), "东方", "id_number")
		f.refused(err, fault.NotFound, "record")
	})
}

// What a forbid lowers is not revealed, whichever action it names, and neither is what is hidden.
func TestRevealForbids(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000";bank_account="`+bankNumber+`"`)
		zhao := policy.Clause{Person: f.id("zhao")}
		put := func(r policy.Rule) {
			t.Helper()
			_, err := f.as("boss").PutRule(ctx, r)
			f.must(err)
		}
		put(shows("masked", policy.Contact, zhao))
		_, err := f.reveal(f.proved("zhao"), "东方", "phone")
		f.refused(err, fault.Denied, "reveal")
		put(reveals("reveals", policy.Contact, everything, zhao))
		got, err := f.reveal(f.as("zhao"), "东方", "phone") // the class takes no second factor
		f.must(err)
		if got.Value != "13800138000" {
			t.Errorf("%+v", got)
		}
		f.rule(reveals("accounts", policy.Identity, everything, zhao))
		_, err = f.reveal(f.proved("zhao"), "东方", "bank_account")
		f.refused(err, fault.Denied, "reveal") // hidden
		guard := policy.Rule{ID: "guard", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{zhao}}, Kind: "customer", Where: everything, Scene: "试用"}
		for _, action := range []policy.Action{policy.Read, policy.Reveal} {
			guard.Actions, guard.Fields = []policy.Action{action}, []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}
			put(guard)
			_, err = f.reveal(f.proved("zhao"), "东方", "phone")
			f.refused(err, fault.Denied, "reveal")
			it, err := f.as("zhao").Get(ctx, "customer", f.id("东方"))
			f.must(err)
			if it.Masked["phone"] == "" || len(it.Reveal) != 0 {
				t.Errorf("%s: %+v", action, it)
			}
			why, err := f.as("zhao").Explain(ctx, ExplainQuery{Kind: "customer", ID: f.id("东方"), Action: policy.Reveal, Field: "phone"})
			f.must(err)
			if why.Level != "masked" || len(why.Forbids) != 1 {
				t.Errorf("%s: %+v", action, why)
			}
		}
		guard.Actions, guard.Fields = []policy.Action{policy.Reveal}, nil
		put(guard)
		_, err = f.reveal(f.proved("zhao"), "东方", "phone")
		f.refused(err, fault.Denied, "reveal")
		guard.Actions = []policy.Action{policy.Read}
		put(guard)
		_, err = f.reveal(f.proved("zhao"), "东方", "phone")
		f.refused(err, fault.NotFound, "record")
		f.must(f.as("boss").DeleteRule(ctx, "guard"))

		// A rule may ask for the second factor itself.
		duty := reveals("reveals", policy.Contact, everything, zhao)
		duty.Duty.SecondFactor = true
		put(duty)
		_, err = f.reveal(f.as("zhao"), "东方", "phone")
		f.refused(err, fault.Denied, "second_factor_required")
		_, err = f.reveal(f.proved("zhao"), "东方", "phone")
		f.must(err)
	})
}

// An emergency, a sandbox and a grant for one view show what they show; none of them reveals.
func TestRevealIsLentByNothing(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang")
		f.customer("lin", "东方", `phone="13800138000";bank_account="`+bankNumber+`"`)
		_, err := f.breakGlass("wang", "东方")
		f.must(err)
		it, err := f.proved("wang").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		_, err = f.reveal(f.proved("wang"), "东方", "bank_account")
		f.refused(err, fault.Denied, "reveal")
		if it.Fields["phone"] == nil || len(it.Reveal) != 0 {
			t.Errorf("%+v", it)
		}
		share := f.share("东方")
		share.Fields = append(share.Fields, policy.FieldRule{Class: policy.Identity, Level: policy.Masked})
		f.box("lin", 5, f.in("zhao"), share)
		it, err = f.proved("zhao").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if it.Masked["bank_account"] == "" || len(it.Reveal) != 0 {
			t.Errorf("%+v", it)
		}
		_, err = f.reveal(f.proved("zhao"), "东方", "bank_account")
		f.refused(err, fault.Denied, "reveal")
		// A permit that names it does, also there.
		f.rule(reveals("reveals", policy.Identity, everything, policy.Clause{Person: f.id("zhao")}))
		got, err := f.reveal(f.proved("zhao"), "东方", "bank_account")
		f.must(err)
		if got.Value != bankNumber {
			t.Errorf("%+v", got)
		}
	})
}

// Fifty at once get as many as the day has, and the next day begins anew.
func TestRevealDay(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `bank_account="`+bankNumber+`"`)
		most := access.RevealSettings{PerDay: 7, Seconds: 10}
		_, err := f.as("admin").SetRevealSettings(ctx, 0, most)
		f.must(err)
		var all sync.WaitGroup
		var mu sync.Mutex
		codes := map[string]int{}
		var left []int
		for range 50 {
			all.Go(func() {
				got, err := f.reveal(f.as("lin"), "东方", "bank_account")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					left = append(left, got.Left)
					return
				}
				codes[fault.From(err).Code]++
			})
		}
		all.Wait()
		if slices.Sort(left); !slices.Equal(left, []int{0, 1, 2, 3, 4, 5, 6}) || codes["reveal_day"] != 43 {
			t.Errorf("%v %v", left, codes)
		}
		entries := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'reveal' AND actor_id = $1", int64(f.id("lin")))
		if entries != 7 || f.refusals("lin") != 43 {
			t.Errorf("%d entries, %d refusals", entries, f.refusals("lin"))
		}
		f.clock.advance(24 * time.Hour)
		if day, err := f.as("lin").RevealDay(ctx); err != nil || day.Left != 7 || day.Seconds != 10 {
			t.Errorf("%+v %v", day, err)
		}
		most.PerDay = 0
		_, err = f.as("admin").SetRevealSettings(ctx, 1, most)
		f.must(err)
		_, err = f.reveal(f.as("lin"), "东方", "bank_account")
		f.refused(err, fault.Locked, "reveal_day")
	})
}

// A code that comes with the question proves the session, and a wrong one reveals nothing.
func TestRevealWithCode(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `bank_account="`+bankNumber+`"`)
		desk := f.browser("lin").in("")
		secret, _ := desk.enrol()
		f.clock.advance(proofLasts)
		f.must(desk.again())
		ask := RevealAsk{Field: "bank_account", Reason: "开票核对账号"}
		_, err := desk.session.Reveal(ctx, "customer", f.id("东方"), ask)
		f.refused(err, fault.Denied, "second_factor_required")
		ask.Code = "000000"
		_, err = desk.session.Reveal(ctx, "customer", f.id("东方"), ask)
		f.refused(err, fault.Denied, "factor_code")
		ask.Code = f.code(secret)
		got, err := desk.session.Reveal(ctx, "customer", f.id("东方"), ask)
		f.must(err)
		if got.Value != bankNumber {
			t.Errorf("%+v", got)
		}
		_, err = desk.session.Reveal(ctx, "customer", f.id("东方"), ask)
		f.refused(err, fault.Denied, "factor_code") // a code is good once
	})
}

func TestRevealSettings(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		found, err := f.as("admin").RevealSettings(ctx)
		f.must(err)
		if found.Version != 0 || found.PerDay != 50 || found.Seconds != 30 || !slices.Equal(found.Factor, []policy.Class{policy.Identity}) {
			t.Errorf("%+v", found)
		}
		for _, wrong := range []access.RevealSettings{
			{PerDay: -1, Seconds: 30}, {PerDay: 1001, Seconds: 30}, {PerDay: 1, Seconds: 4}, {PerDay: 1, Seconds: 121},
			{Factor: []policy.Class{"secret"}, PerDay: 1, Seconds: 30}, {Factor: []policy.Class{policy.Contact, policy.Contact}, PerDay: 1, Seconds: 30},
		} {
			_, err := f.as("admin").SetRevealSettings(ctx, 0, wrong)
			f.refused(err, fault.Invalid, "reveal_settings")
		}
		set, err := f.as("admin").SetRevealSettings(ctx, 0, access.RevealSettings{Factor: []policy.Class{policy.Contact}, PerDay: 5, Seconds: 20})
		f.must(err)
		_, err = f.as("admin").SetRevealSettings(ctx, 0, set.RevealSettings)
		f.refused(err, fault.Stale, "version")
		_, err = f.as("lin").RevealSettings(ctx)
		f.refused(err, fault.Denied, "right")
		_, err = f.as("lin").SetRevealSettings(ctx, 1, set.RevealSettings)
		f.refused(err, fault.Denied, "right")
		if found, err = f.as("auditor").RevealSettings(ctx); err != nil || found.Version != 1 || found.PerDay != 5 {
			t.Errorf("%+v %v", found, err)
		}
	})
}

// What the log cannot take is not shown: the answer is a refusal without the value, and the day has as much left as
// before. Once it can be written down it is shown.
func TestRevealThatCannotBeRecorded(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `bank_account="`+bankNumber+`"`)
		lin := f.proved("lin")
		left := func(want int) {
			t.Helper()
			if day, err := lin.RevealDay(ctx); err != nil || day.Left != want {
				t.Errorf("%+v %v, want %d left", day, err, want)
			}
		}
		if f.db.dialect == SQLite {
			f.exec("CREATE TRIGGER log_full BEFORE INSERT ON audit_entry WHEN NEW.action = 'reveal' BEGIN SELECT RAISE(ABORT, 'the log is full'); END")
		} else {
			f.exec("CREATE FUNCTION log_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.action = 'reveal' THEN RAISE 'the log is full'; END IF; RETURN NEW; END $$")
			f.exec("CREATE TRIGGER log_full BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION log_full()")
		}
		for range 2 {
			if got, err := f.reveal(lin, "东方", "bank_account"); err == nil || got != nil || strings.Contains(err.Error(), bankNumber) {
				t.Errorf("not recorded, and shown: %+v %v", got, err)
			}
			left(50)
		}
		f.exec("DROP TRIGGER log_full" + map[bool]string{true: "", false: " ON audit_entry"}[f.db.dialect == SQLite])
		if got, err := f.reveal(lin, "东方", "bank_account"); err != nil || got.Value != bankNumber || got.Left != 49 {
			t.Errorf("%+v %v", got, err)
		}
		left(49)
	})
}
