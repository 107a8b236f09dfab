package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/exchange"
	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// later moves the clock of an open database.
func (c *company) later(d time.Duration) {
	at := time.Now().Add(d)
	c.db.clock = func() time.Time { return at }
}

func (c *company) account() {
	c.sql("INSERT INTO credential (tenant_id, person_id, password_hash, changed_at) SELECT 1, id, 'x', 0 FROM person")
}

var customersByName = &exchange.Mapping{Kind: "customer", Columns: []exchange.Column{{Column: "name", Field: "name"}}}

// A worker that dies in the middle loses its work: an export waits again, an import has failed,
// and what the dead worker still tries to commit is undone.
func TestWorkOutlivesItsWorker(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		c := newCompany(t, at).mayImport()
		c.account()
		runner := c.db.System(JobRunner, 1)
		export, err := c.as(anna).OrderExport(ctx, ListQuery{Kind: "customer"}, "对账", "csv", "zh")
		if err != nil {
			t.Fatal(err)
		}
		imported, err := c.as(anna).OrderImport(ctx, Order{Source: "s", Mapping: customersByName})
		if err != nil {
			t.Fatal(err)
		}
		first, err := runner.Claim(ctx, "one")
		if err != nil || first == nil || first.ID != export.ID {
			t.Fatalf("%+v %v", first, err)
		}
		second, err := runner.Claim(ctx, "one")
		if err != nil || second == nil || second.ID != imported.ID {
			t.Fatalf("%+v %v", second, err)
		}
		if third, err := runner.Claim(ctx, "two"); err != nil || third != nil {
			t.Fatalf("work was claimed twice: %+v %v", third, err)
		}

		c.later(workLease + time.Second)
		again, err := runner.Claim(ctx, "two")
		if err != nil || again == nil || again.ID != export.ID {
			t.Fatalf("the export does not wait again: %+v %v", again, err)
		}
		got, err := c.as(anna).Work(ctx, ImportWork, imported.ID)
		if err != nil || got.Status != Failed || got.Problem == nil || got.Problem.Code != "interrupted" {
			t.Fatalf("the import is %+v %v", got, err)
		}
		// The first worker was not dead after all.
		before := c.everything()
		err = second.Run(ctx, func(ctx context.Context, s *Session) error {
			tally, err := s.Import(ctx, Import{Mapping: customersByName, Open: tableOf("name|甲|乙"), Claim: second})
			second.Count(tally)
			return err
		})
		if c.everything() != before {
			t.Errorf("an import that was taken away committed: %v", err)
		}
		if got, err := c.as(anna).Work(ctx, ImportWork, imported.ID); err != nil || got.Status != Failed {
			t.Errorf("the import is now %+v %v", got, err)
		}
		if err := again.Run(ctx, func(context.Context, *Session) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if got, err := c.as(anna).Work(ctx, ExportWork, export.ID); err != nil || got.Status != Done || got.FinishedAt == nil {
			t.Errorf("the export is %+v %v", got, err)
		}
		c.turns(t, "work_began export", "work_began import", "work_ended import failed interrupted died", "work_began export attempt 2", "work_ended export done")
		c.sql(`INSERT INTO rule (tenant_id, id, seq, document, created_at, updated_at) VALUES (1, 'audits', 2,
			'{"id":"audits","effect":"permit","who":{"any":[{"everyone":true}]},"kind":"system","actions":["audit"],"where":{"path":"all"},"scene":"test"}', 0, 0)`)
		c.sql("UPDATE policy_state SET epoch = epoch + 1")
		page, err := c.as(anna).AuditEntries(ctx, AuditQuery{Export: export.ID})
		if err != nil {
			t.Fatal(err)
		}
		var acts []string
		for _, item := range page.Items {
			acts = append(acts, item.Action)
		}
		if want := []string{"work_ended", "work_began", "work_began", "export"}; !slices.Equal(acts, want) {
			t.Errorf("the log says of the export %q, not %q", acts, want)
		}
	})
}

// turns wants these entries of what became of work, in this order, each by who ordered it and under a policy.
func (c *company) turns(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	err := c.db.single().each(context.Background(), func(rows *sql.Rows) error {
		var action, channel string
		var actor, epoch int64
		var detail []byte
		if err := rows.Scan(&action, &actor, &epoch, &channel, &detail); err != nil {
			return err
		}
		var said struct {
			Work               policy.ID
			Type, Status, Code string
			Attempt            int
			Died               bool
		}
		if err := json.Unmarshal(detail, &said); err != nil {
			return err
		}
		line := action + " " + said.Type
		if action == "work_ended" {
			line = strings.TrimSpace(line + " " + said.Status + " " + said.Code)
		}
		if said.Attempt > 0 {
			line += fmt.Sprintf(" attempt %d", said.Attempt)
		}
		if said.Died {
			line += " died"
		}
		if got = append(got, line); policy.ID(actor) != anna || epoch < 1 || channel == "" || said.Work == 0 {
			t.Errorf("%s lacks something: %d %d %q %s", line, actor, epoch, channel, detail)
		}
		return nil
	}, "SELECT action, actor_id, epoch, channel, detail FROM audit_entry WHERE action IN ('work_began', 'work_ended', 'work_cancelled') ORDER BY CASE action WHEN 'work_cancelled' THEN 1 ELSE 0 END, seq")
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the log says %q, not %q: %v", got, want, err)
	}
}

// An import that is all or nothing is done with the commit of its rows.
func TestImportIsDoneWithItsRows(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		c := newCompany(t, at).mayImport()
		c.account()
		asked, err := c.as(anna).OrderImport(ctx, Order{Source: "s", Mapping: customersByName})
		if err != nil {
			t.Fatal(err)
		}
		claim, err := c.db.System(JobRunner, 1).Claim(ctx, "one")
		if err != nil || claim == nil {
			t.Fatal(err)
		}
		died := errors.New("died right behind the commit")
		err = claim.Run(ctx, func(ctx context.Context, s *Session) error {
			if _, err := s.Import(ctx, Import{Mapping: customersByName, Open: tableOf("name|甲|乙"), Claim: claim}); err != nil {
				return err
			}
			return died
		})
		if !errors.Is(err, died) {
			t.Errorf("%v", err)
		}
		got, err := c.as(anna).Work(ctx, ImportWork, asked.ID)
		if err != nil || got.Status != Done || got.Created != 2 {
			t.Errorf("%+v %v", got, err)
		}
		c.turns(t, "work_began import", "work_ended import done")
	})
}

// Cancelling ends an import under way before it commits.
func TestCancelWorkUnderWay(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		c := newCompany(t, at).mayImport()
		c.account()
		asked, err := c.as(anna).OrderImport(ctx, Order{Source: "s", Mapping: customersByName})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.as(bert).CancelWork(ctx, ImportWork, asked.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else's work: %v", err)
		}
		claim, err := c.db.System(JobRunner, 1).Claim(ctx, "one")
		if err != nil || claim == nil {
			t.Fatal(err)
		}
		before := c.everything()
		cancelled := make(chan error, 1)
		err = claim.Run(ctx, func(ctx context.Context, s *Session) error {
			_, err := s.Import(ctx, Import{Mapping: customersByName, Open: tableOf("name" + strings.Repeat("|客户", 2000)), Claim: claim, Progress: func(tally Tally) {
				if tally.Rows == batchRows {
					go func() { cancelled <- c.as(anna).CancelWork(context.Background(), ImportWork, asked.ID) }()
					<-ctx.Done()
				}
			}})
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if err := <-cancelled; err != nil {
			t.Error(err)
		}
		got, err := c.as(anna).Work(ctx, ImportWork, asked.ID)
		if err != nil || got.Status != Cancelled || c.everything() != before {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := c.as(anna).OrderExport(ctx, ListQuery{Kind: "customer"}, "对账", "csv", "zh"); err != nil {
			t.Fatal(err)
		}
		failing, err := c.db.System(JobRunner, 1).Claim(ctx, "one")
		if err != nil || failing == nil {
			t.Fatal(err)
		}
		if err := failing.Run(ctx, func(context.Context, *Session) error { return exportChanged }); err != nil {
			t.Error(err)
		}
		waits, err := c.as(anna).OrderExport(ctx, ListQuery{Kind: "customer"}, "对账", "csv", "zh")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // once is enough, and twice says no more
			if err := c.as(anna).CancelWork(ctx, ExportWork, waits.ID); err != nil {
				t.Error(err)
			}
		}
		c.turns(t, "work_began import", "work_ended import cancelled", "work_began export", "work_ended export failed "+exportChanged.Code, "work_ended export cancelled", "work_cancelled import")
	})
}

// A worker does not take its own work for dead: an import may hold SQLite's only writer for longer
// than a lease, and a dry run leaves no sign of life in the end.
func TestOwnWorkIsNotDead(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		c := newCompany(t, at).mayImport()
		c.account()
		asked, err := c.as(anna).OrderImport(ctx, Order{Source: "s", Mapping: customersByName, Dry: true})
		if err != nil {
			t.Fatal(err)
		}
		runner := c.db.System(JobRunner, 1)
		claim, err := runner.Claim(ctx, "one")
		if err != nil || claim == nil {
			t.Fatal(err)
		}
		c.later(workLease + time.Second)
		if other, err := runner.Claim(ctx, "one"); err != nil || other != nil {
			t.Fatalf("%+v %v", other, err)
		}
		err = claim.Run(ctx, func(ctx context.Context, s *Session) error {
			tally, err := s.Import(ctx, Import{Mapping: customersByName, Open: tableOf("name|甲|乙"), Claim: claim, Dry: true})
			claim.Count(tally)
			return err
		})
		got, problem := c.as(anna).Work(ctx, ImportWork, asked.ID)
		if err != nil || problem != nil || got.Status != Done || got.Created != 2 {
			t.Errorf("%+v %v %v", got, err, problem)
		}
	})
}
