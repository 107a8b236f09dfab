package store

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

var ada = Actor{Tenant: DefaultTenant, Person: 7, Name: "Ada", Session: 1, Channel: "web", Device: "desktop", Network: "office", Address: "192.0.2.1", RequestID: "r-1"}

func TestWriteIsRefusedWithoutEntry(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db := context.Background(), open(t, at)
		err := db.write(ctx, ada, op{name: "silent"}, func(t *tx) error {
			_, err := t.exec(ctx, "UPDATE tenant SET name = 'silent'")
			return err
		})
		if fault.From(err).Code != "unaudited" {
			t.Errorf("got %v", err)
		}
		if n := count(t, db, "SELECT count(*) FROM tenant WHERE name = 'silent'"); n != 0 {
			t.Error("the write stands")
		}
		err = db.write(ctx, Actor{Tenant: 1}, op{name: "nobody"}, func(*tx) error { return nil })
		if !errors.Is(err, notSignedIn) {
			t.Errorf("nobody wrote: %v", err)
		}
		err = db.write(ctx, Actor{Tenant: 99, Person: 7}, op{name: "elsewhere"}, func(*tx) error { return nil })
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("wrote in a tenant that is none: %v", err)
		}
	})
}

func TestWriteAndEntryStandOrFallTogether(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db := context.Background(), open(t, at)
		boom := errors.New("boom")
		rename := func(name string, end error) error {
			return db.write(ctx, ada, op{name: "rename"}, func(t *tx) error {
				if _, err := t.exec(ctx, "UPDATE tenant SET name = $1", name); err != nil {
					return err
				}
				if err := t.audit(ctx, audit.Entry{Action: policyAction("edit"), Kind: "customer", Record: 12, Fields: []string{"name"}}); err != nil {
					return err
				}
				return end
			})
		}
		if err := rename("one", boom); !fault.Is(err, fault.Internal) || !errors.Is(err, boom) {
			t.Errorf("got %v", err)
		}
		if n := count(t, db, "SELECT (SELECT count(*) FROM audit_entry) + (SELECT count(*) FROM audit_record) + (SELECT count(*) FROM tenant WHERE name = 'one')"); n != 0 {
			t.Error("something is left of a transaction that failed")
		}
		if err := rename("two", nil); err != nil {
			t.Fatal(err)
		}
		n := count(t, db, `SELECT count(*) FROM audit_entry e JOIN audit_record r ON r.tenant_id = e.tenant_id AND r.seq = e.seq AND r.kind = e.kind AND r.record_id = e.record_id
			WHERE actor_id = 7 AND action = 'edit' AND address = '192.0.2.1' AND request_id = 'r-1' AND session_id = 1 AND epoch = 1 AND job IS NULL AND at > 0`)
		if n != 1 {
			t.Error("the entry does not say who, whence, what")
		}
	})
}

func policyAction(a policy.Action) audit.Action { return audit.Action(a) }

// An operation that changes the policy raises the epoch, waits for writes under way, and writes
// that come after it see the new one.
func TestEpoch(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db, other := context.Background(), open(t, at), open(t, at)
		entry := audit.Entry{Action: audit.PolicyChanged}
		var order atomic.Int64
		inside, release := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		var wrote, raised int64
		wg.Go(func() {
			first := sync.OnceFunc(func() { close(inside) })
			if err := db.write(ctx, ada, op{name: "write"}, func(t *tx) error {
				first()
				<-release
				wrote = order.Add(1)
				if t.epoch != 1 {
					return errors.New("the epoch moved under a write")
				}
				return t.audit(ctx, entry)
			}); err != nil {
				t.Error(err)
			}
		})
		<-inside
		wg.Go(func() {
			if err := other.write(ctx, ada, op{name: "publish", raises: true}, func(t *tx) error {
				raised = order.Add(1)
				if t.epoch != 2 {
					return errors.New("the epoch was not raised")
				}
				return t.audit(ctx, entry)
			}); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(100 * time.Millisecond)
		close(release)
		wg.Wait()
		if wrote != 1 || raised != 2 {
			t.Errorf("the write came %d., the change of policy %d.", wrote, raised)
		}
		if n := count(t, db, "SELECT epoch FROM policy_state WHERE tenant_id = 1"); n != 2 {
			t.Errorf("the epoch is %d", n)
		}
	})
}

// Two processes count together: nothing is lost, whatever is retried.
func TestWritesAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, dbs := context.Background(), []*DB{open(t, at), open(t, at)}
		mustExec(t, dbs[0], "INSERT INTO sign_in_failure VALUES (1, 'a', 0, 0, 0), (1, 'b', 0, 0, 0)")
		const writers, each = 4, 4
		var wg sync.WaitGroup
		for i := range writers {
			wg.Go(func() {
				keys := []string{"a", "b"}
				if i%2 == 1 { // the other way round, so that they deadlock
					keys = []string{"b", "a"}
				}
				for range each {
					err := dbs[i%2].write(ctx, ada, op{name: "count"}, func(t *tx) error {
						for _, key := range keys {
							if _, err := t.exec(ctx, "UPDATE sign_in_failure SET failures = failures + 1 WHERE key = $1", key); err != nil {
								return err
							}
						}
						return t.audit(ctx, audit.Entry{Action: audit.Setup})
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := count(t, dbs[0], "SELECT min(failures) FROM sign_in_failure"); n != writers*each {
			t.Errorf("%d of %d counts", n, writers*each)
		}
		if n := count(t, dbs[0], "SELECT count(DISTINCT seq) FROM audit_entry"); n != writers*each {
			t.Errorf("%d of %d entries", n, writers*each)
		}
	})
}

func TestReadIsOneSnapshot(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db := context.Background(), open(t, at)
		for _, read := range []func(context.Context, func(*rtx) error) error{db.read, db.search} {
			err := read(ctx, func(r *rtx) error {
				var before, after string
				if err := r.row(ctx, "SELECT name FROM tenant").Scan(&before); err != nil {
					return err
				}
				mustExec(t, db, "UPDATE tenant SET name = name || '!'")
				if err := r.row(ctx, "SELECT name FROM tenant").Scan(&after); err != nil {
					return err
				}
				if before != after {
					t.Errorf("%s became %s within one read", before, after)
				}
				if _, err := r.q.ExecContext(ctx, "UPDATE tenant SET name = 'x'"); err == nil {
					t.Error("a read can write")
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}

func TestPlansOnPostgres(t *testing.T) {
	ctx, db := context.Background(), open(t, testdb.Postgres(t))
	for r, want := range map[*rtx]string{db.single(): "force_generic_plan", db.singleSearch(): "force_custom_plan"} {
		var mode string
		if err := r.row(ctx, "SHOW plan_cache_mode").Scan(&mode); err != nil || mode != want {
			t.Errorf("%s, %v", mode, err)
		}
	}
}

func TestIDs(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, dbs := context.Background(), []*DB{open(t, at), open(t, at)}
		var mu sync.Mutex
		seen := map[policy.ID]bool{}
		take := func(ids []policy.ID) {
			mu.Lock()
			defer mu.Unlock()
			for _, id := range ids {
				if seen[id] || id < 1<<20 || id >= 1<<53 {
					t.Errorf("id %d is given twice or out of range", id)
				}
				seen[id] = true
			}
		}
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				for n := range 12 {
					ids, err := dbs[i%2].newIDs(ctx, n*n)
					if err != nil || len(ids) != n*n {
						t.Errorf("%d ids of %d, %v", len(ids), n*n, err)
					}
					take(ids)
					var undone []policy.ID
					dbs[i%2].maintain(ctx, func(t *tx) error {
						undone, err = t.newIDs(ctx, 3)
						return errors.New("undone")
					})
					_ = undone // may be given again: nothing of theirs stands
				}
			})
		}
		wg.Wait()
	})
}

func TestConstraintsBecomeFaults(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db := context.Background(), open(t, at)
		addPerson(t, db, 7, "ada")
		try := func(text string, args ...any) error {
			return db.maintain(ctx, func(t *tx) error { _, err := t.exec(ctx, text, args...); return err })
		}
		unit := "INSERT INTO unit (tenant_id, id, parent_id, name, type, created_at, updated_at) VALUES (1, $1, $2, $3, 'company', 0, 0)"
		if err := errors.Join(try(unit, 1, nil, "总部"), try(unit, 2, 1, "销售部")); err != nil {
			t.Fatal(err)
		}
		for code, err := range map[string]error{
			"login_taken":     try("INSERT INTO person (tenant_id, id, version, name, login, active, stage, created_at, updated_at, currency) VALUES (1, 8, 1, 'b', 'ada', $1, 'active', 0, 0, 'CNY')", true),
			"unit_name_taken": try(unit, 3, 1, "销售部"),
			"unit_root":       try(unit, 4, nil, "另一个"),
			"in_use":          try("DELETE FROM unit WHERE id = 1"),
			"double":          try(unit, 2, 1, "别的"),
		} {
			if got := fault.From(err); got.Code != code || got.Kind != fault.Conflict {
				t.Errorf("%s came as %s %s: %v", code, got.Kind, got.Code, err)
			}
		}
	})
}
