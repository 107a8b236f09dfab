package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"guan/access"
	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// together runs the same several times at once: all wait until all are there.
func together(n int, do func(i int) error) []error {
	errs := make([]error, n)
	var ready, done sync.WaitGroup
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			errs[i] = do(i)
		})
	}
	done.Wait()
	return errs
}

// once wants exactly one of them done, and the others refused in one of these codes.
func (f *firm) once(what string, errs []error, codes ...string) {
	f.t.Helper()
	if done := f.some(what, errs, codes...); done != 1 {
		f.t.Errorf("%s: done %d times", what, done)
	}
}

// some counts those that were done; the others must be refused in one of these codes.
func (f *firm) some(what string, errs []error, codes ...string) (done int) {
	f.t.Helper()
	for _, err := range errs {
		if err == nil {
			done++
		} else if code := fault.From(err).Code; !strings.Contains(" "+strings.Join(codes, " ")+" ", " "+code+" ") {
			f.t.Errorf("%s: %v", what, err)
		}
	}
	return done
}

func (f *firm) versions(who string, ids []policy.ID, want int64) {
	f.t.Helper()
	for _, id := range ids {
		if it := f.reread(who, "customer", id); it.Version != want {
			f.t.Errorf("a record is of version %d, not %d: %v", it.Version, want, it.Fields["city"])
		}
	}
}

// A mass change is done once and undone once, however many ask for it at once; every record is written
// once by each.
func TestMassChangeAtOnce(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for round := range 4 {
			var mine []policy.ID
			for i := range 40 {
				mine = append(mine, f.customer("lin", fmt.Sprintf("甲%d-%d", round, i), `city="深圳"`).ID)
			}
			m := f.rehearse("lin", "customer", MassAsk{IDs: mine, Change: MassChange{Fields: Fields{"city": raw("广州")}}})
			f.once("done", together(6, func(int) error {
				_, err := f.as("lin").ChangeMass(ctx, "customer", m.ID)
				return err
			}), "bulk_used")
			f.versions("lin", mine, 2)
			f.some("undone", together(6, func(int) error {
				_, err := f.as("lin").UndoMass(ctx, m.ID)
				return err
			}), "bulk_undo")
			f.versions("lin", mine, 3)
			now, err := f.as("lin").MassChanged(ctx, m.ID)
			f.must(err)
			if now.Done != 0 || now.Undone != len(mine) || len(now.Skipped) != 0 {
				t.Fatalf("%+v", now)
			}
		}
	})
}

// Two workers, of which one was taken for dead, do the parts of one mass change; each record is
// changed once, and none is told as left.
func TestMassWorkByTwoWorkers(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		mine := f.many("lin", 3*massChunk)
		m := f.rehearse("lin", "customer", MassAsk{IDs: mine, Change: MassChange{Fields: Fields{"city": raw("广州")}}})
		_, err := f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		claim, err := f.db.System(JobRunner, DefaultTenant).Claim(ctx, "one")
		f.must(err)
		other := *claim
		other.worker = "two"
		claims := []*Claim{claim, &other}
		for _, err := range together(2, func(i int) error { return f.db.As(claims[i].actor).RunMass(ctx, claims[i]) }) {
			f.must(err)
		}
		now, err := f.as("lin").MassChanged(ctx, m.ID)
		f.must(err)
		if now.Done != len(mine) || len(now.Skipped) != 0 {
			t.Errorf("%d of %d are done, %+v", now.Done, len(mine), now.Skipped)
		}
		if n := count(t, f.db, "SELECT count(*) FROM customer WHERE version = 2"); n != int64(len(mine)) {
			t.Errorf("%d records were changed once", n)
		}
	})
}

// Work for somebody whose account is stopped in the middle ends there: what is done is whole parts,
// and nothing is written after the account was stopped.
func TestMassWorkOfAStoppedAccount(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		mine := f.many("lin", 5*massChunk)
		m := f.rehearse("lin", "customer", MassAsk{IDs: mine, Change: MassChange{Fields: Fields{"city": raw("广州")}}})
		_, err := f.as("lin").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		claim, err := f.db.System(JobRunner, DefaultTenant).Claim(ctx, "one")
		f.must(err)
		errs := together(2, func(i int) error {
			if i == 0 {
				return f.db.As(claim.actor).RunMass(ctx, claim)
			}
			_, err := f.as("admin").StopAccount(ctx, f.id("lin"))
			return err
		})
		f.must(errs[1])
		if errs[0] != nil && !errors.Is(errs[0], notSignedIn) {
			t.Errorf("%v", errs[0])
		}
		done := count(t, f.db, "SELECT count(*) FROM customer WHERE version = 2")
		if done%massChunk != 0 || done < int64(len(mine)) && errs[0] == nil {
			t.Errorf("%d of %d records were changed: %v", done, len(mine), errs[0])
		}
		if late := count(t, f.db, `SELECT count(*) FROM audit_entry WHERE action = 'edit' AND kind = 'customer' AND actor_id = $1
			AND seq > (SELECT seq FROM audit_entry WHERE action = 'account_stopped' AND record_id = $1)`, int64(f.id("lin"))); late != 0 {
			t.Errorf("%d entries are of after the account was stopped", late)
		}
	})
}

// many makes customers with one import of statements.
func (f *firm) many(owner string, n int) []policy.ID {
	f.t.Helper()
	ids := f.newIDs(n)
	now := f.clock.Now().UnixMicro()
	for _, id := range ids {
		mustExec(f.t, f.db, `INSERT INTO customer (tenant_id, id, version, name, owner_id, type, stage, created_at, updated_at, currency, city)
			VALUES (1, $1, 1, $2, $3, 'company', 'lead', $4, $4, 'CNY', '深圳')`, int64(id), fmt.Sprint("多", id), int64(f.id(owner)), now)
	}
	return ids
}

// A draft comes into force once; of who confirms it and who takes it back at the same instant one is
// late, and the draft is what the other made of it.
func TestDraftAtOnce(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		newest := func() int64 {
			page, err := f.as("admin").PolicyVersions(ctx, 0, 1)
			f.must(err)
			return page.Items[0].Number
		}
		for round := range 4 {
			d := f.drafts("admin", func(d *access.Document) {
				d.Rules = append(d.Rules, ruleOf(fmt.Sprint("rule", round), everything, policy.Clause{Person: f.id("zhao")}))
			})
			before := newest()
			f.once("published", together(6, func(i int) error {
				_, err := f.as([]string{"admin", "admin2"}[i%2]).PublishPolicyDraft(ctx, d.ID, PublishAsk{})
				return err
			}), "draft_state")
			if now := newest(); now != before+1 {
				t.Errorf("version %d came after %d", now, before)
			}

			sensitive := f.drafts("admin", assigning(access.Assignment{Pack: "finance", Who: policy.Clause{Person: f.id([]string{"zhao", "lin", "wang", "chief"}[round])}}))
			_, err := f.as("admin").PublishPolicyDraft(ctx, sensitive.ID, PublishAsk{})
			f.must(err)
			before = newest()
			f.once("confirmed or taken back", together(4, func(i int) error {
				if i%2 == 0 {
					_, err := f.as("admin2").ConfirmPolicyDraft(ctx, sensitive.ID)
					return err
				}
				_, err := f.as("admin").RefusePolicyDraft(ctx, sensitive.ID, "")
				return err
			}), "draft_state")
			d, err = f.as("admin").PolicyDraft(ctx, sensitive.ID)
			f.must(err)
			switch now := newest(); {
			case d.State == DraftPublished && now == before+1 && d.Published == now:
			case d.State == DraftOpen && now == before:
				f.must(f.as("admin").DiscardPolicyDraft(ctx, d.ID))
			default:
				t.Errorf("the draft is %s, the version %d after %d", d.State, now, before)
			}
		}
	})
}

// A comment and a file are removed once.
func TestRemovedAtOnce(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		id := f.customer("lin", "甲", "").ID
		for range 4 {
			c, err := f.as("lin").AddComment(ctx, "customer", id, NewComment{Text: "说"})
			f.must(err)
			a, err := f.as("lin").Attach(ctx, "customer", id, NewAttachment{Name: "a.txt", Media: "text/plain", Size: 1, Content: strings.NewReader("x")})
			f.must(err)
			f.once("a comment", together(6, func(int) error { return f.as("lin").DeleteComment(ctx, "customer", id, c.ID) }), "comment")
			f.once("a file", together(6, func(int) error { return f.as("lin").DeleteAttachment(ctx, "customer", id, a.ID) }), "attachment")
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action IN ('commented', 'attached') AND record_id = $1", int64(id)); n != 16 {
			t.Errorf("%d entries", n)
		}
		if n := count(t, f.db, "SELECT count(*) FROM attachment_chunk"); n != 0 {
			t.Errorf("%d pieces of files are left", n)
		}
	})
}

// Of several who set an empty installation up at once one does.
func TestSetUpAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		db := open(t, at)
		code, err := db.System(JobSetup, DefaultTenant).SetupCode(ctx)
		if err != nil {
			t.Fatal(err)
		}
		f := &firm{t: t, db: db}
		f.once("set up", together(4, func(i int) error {
			_, _, err := db.SetUp(ctx, DefaultTenant, FirstRun{Code: code, Name: fmt.Sprint("公司", i), Trade: access.Trades[0].ID, Lang: "zh", Sample: true,
				Admin: FirstAdmin{Name: "我", Login: fmt.Sprint("me", i), Password: "correct horse battery", SeesAll: true}}, Client{Channel: "web"})
			return err
		}), "setup")
		for table, want := range map[string]int64{"person": 1, "session": 1, "setup_done": 1} {
			if n := count(t, db, "SELECT count(*) FROM "+table); n != want {
				t.Errorf("%d in %s", n, table)
			}
		}
	})
}
