package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"guan/exchange"
	"guan/fault"
	"guan/internal/testdb"
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
	})
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
