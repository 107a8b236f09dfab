package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// sealer is a database with a key of its own, as guan serve has them.
func sealer(t testing.TB, at testdb.Database, clock func() time.Time) *DB {
	t.Helper()
	return openWith(t, Options{DataDir: at.DataDir, URL: at.URL, Clock: clock, AuditKey: filepath.Join(t.TempDir(), "audit.key")})
}

func seal(t testing.TB, db *DB) int64 {
	t.Helper()
	n, err := db.System(JobSeal, DefaultTenant).Seal(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// verify recomputes the log and compares it with published heads too.
func verify(t testing.TB, db *DB, published ...string) *audit.Report {
	t.Helper()
	keys, err := db.AuditKeys()
	if err != nil {
		t.Fatal(err)
	}
	report, err := db.System(JobSetup, DefaultTenant).VerifyAudit(context.Background(), keys, audit.PublishedHeads(published...), nil, func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func untouched(t testing.TB, r *audit.Report) {
	t.Helper()
	for _, f := range r.Findings {
		t.Errorf("an untouched log: %s", f)
	}
}

// someEntries writes entries of many shapes.
func someEntries(t testing.TB, db *DB, n int) {
	t.Helper()
	ctx := context.Background()
	for i := range n {
		id := policy.ID(1000 + i)
		entry := []audit.Entry{
			{Action: audit.List, Kind: "customer", Records: []policy.ID{id + 9, id, id, id + 3}, Rules: []string{"sales/customer/own"}, Fields: []string{"name", "phone"}, Epoch: 3,
				Detail: map[string]any{"filter": "r.name == '王&<李>'", "limit": 50, "ratio": 1.50, "big": int64(9007199254740993), "small": 1e-7, "huge": 1e22, "deep": map[string]any{"b": nil, "a": []any{true, "x"}}}},
			{Action: policyAction(policy.Edit), Kind: "customer", Record: id, Detail: map[string]any{"changes": []audit.Change{{Field: "name", Old: "旧", New: "新"}}}},
			{Action: audit.SignIn, Detail: map[string]any{"login": "ada"}},
		}[i%3]
		actor := ada
		if i%5 == 0 {
			actor.RequestID, actor.Device, actor.Address = fmt.Sprint("r", i), "手机 iPhone", "203.0.113.7"
		}
		if err := db.auditRead(ctx, actor, entry); err != nil {
			t.Fatal(err)
		}
	}
}

// Entries are sealed in the order of their numbers, and what is sealed verifies: in the database, as an
// archive, and one by one.
func TestSealedLogVerifies(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		db := sealer(t, at, nil)
		setup := db.System(JobSetup, DefaultTenant)
		for range 4 {
			someEntries(t, db, 13)
			if n := seal(t, db); n != 13 {
				t.Errorf("sealed %d of 13", n)
			}
		}
		if n := seal(t, db); n != 0 {
			t.Errorf("sealed %d of nothing", n)
		}
		report := verify(t, db)
		untouched(t, report)
		if report.Size != 52 || report.Heads != 4 || report.Unsealed != 0 {
			t.Errorf("%+v", report)
		}
		if n := count(t, db, "SELECT count(*) FROM audit_leaf a JOIN audit_leaf b ON b.tenant_id = a.tenant_id AND b.leaf = a.leaf + 1 WHERE b.seq < a.seq"); n != 0 {
			t.Errorf("%d leaves are out of order", n)
		}
		keys, err := db.AuditKeys()
		if err != nil {
			t.Fatal(err)
		}
		someEntries(t, db, 3) // wait for their leaves, and say nothing of the rest
		if r := verify(t, db); r.Unsealed != 3 || !r.Whole() {
			t.Errorf("%+v", r)
		}
		var archive bytes.Buffer
		if n, err := setup.WriteAuditArchive(ctx, &archive); err != nil || n != 52 {
			t.Fatalf("%d leaves in the archive, %v", n, err)
		}
		_, head, err := setup.AuditHead(ctx)
		if err != nil {
			t.Fatal(err)
		}
		r, err := audit.VerifyArchive(bytes.NewReader(archive.Bytes()), keys, audit.PublishedHeads(head))
		if err != nil {
			t.Fatal(err)
		}
		untouched(t, r)
		if r.Size != 52 || r.Root != report.Root {
			t.Errorf("the archive: %+v", r)
		}
		for seq := range count(t, db, "SELECT max(seq) FROM audit_leaf") {
			p, err := setup.ProveAudit(ctx, seq+1)
			if err == nil {
				_, err = p.Verify(keys)
			}
			if err != nil {
				t.Errorf("entry %d: %v", seq+1, err)
			}
		}
		p, err := setup.ProveAuditGrowth(ctx, 26)
		if err == nil {
			_, err = p.Verify(keys)
		}
		if err != nil {
			t.Errorf("growth from 26: %v", err)
		}
		if _, err := setup.ProveAudit(ctx, 1<<40); !errors.Is(err, noAuditLeaf) {
			t.Errorf("an entry that is not there: %v", err)
		}
		if _, err := db.System(JobTags, DefaultTenant).Seal(ctx); !fault.Is(err, fault.Denied) {
			t.Errorf("another job sealed: %v", err)
		}
	})
}

// The same entry has the same leaf in both databases, whatever they make of its JSON.
func TestLeavesAreTheSameInBothDatabases(t *testing.T) {
	leaves := map[string][]string{}
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		clock := newTestClock()
		db := sealer(t, at, clock.Now)
		someEntries(t, db, 9)
		seal(t, db)
		found, err := db.single().leaves(context.Background(), DefaultTenant, "l.leaf >= 0 ORDER BY l.leaf")
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range found {
			l.Entry.Seq = int64(i) // numbers are the database's own
			leaf, err := l.Entry.Leaf(audit.Commitments{})
			if err != nil {
				t.Fatal(err)
			}
			leaves[t.Name()] = append(leaves[t.Name()], fmt.Sprintf("%x", leaf))
		}
	})
	a, b := leaves["TestLeavesAreTheSameInBothDatabases/sqlite"], leaves["TestLeavesAreTheSameInBothDatabases/postgres"]
	if len(a) != 9 || strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Errorf("SQLite:\n%s\nPostgreSQL:\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

// Many who write and several processes that seal: every entry gets one leaf, whichever number committed
// first.
func TestSealersShareOneLog(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		one := sealer(t, at, nil)
		two := one
		if at.URL != "" {
			two = openWith(t, Options{URL: at.URL, AuditKey: one.auditKey})
		}
		var writers, sealers sync.WaitGroup
		stop := make(chan struct{})
		for _, db := range []*DB{one, two} {
			sealers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if _, err := db.System(JobSeal, DefaultTenant).Seal(ctx); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
			for range 4 {
				writers.Go(func() {
					for i := range 25 {
						entry := audit.Entry{Action: audit.List, Kind: "customer", Records: []policy.ID{policy.ID(i + 1)}}
						err := db.maintain(ctx, func(t *tx) error {
							if err := insertEntries(ctx, db, t.q, []audit.Entry{ada.sign(entry)}); err != nil {
								return err
							}
							if at.URL != "" { // the number is taken, the commit comes later
								time.Sleep(time.Duration(rand.IntN(4)) * time.Millisecond)
							}
							if i%9 == 8 {
								return errRolledBack // leaves a gap
							}
							return nil
						})
						if err != nil && !errors.Is(err, errRolledBack) {
							t.Error(err)
						}
					}
				})
			}
		}
		writers.Wait()
		close(stop)
		sealers.Wait()
		seal(t, two)
		r := verify(t, one)
		untouched(t, r)
		if n := count(t, one, "SELECT count(*) FROM audit_entry"); r.Size != n || n != 8*23 || r.Unsealed != 0 {
			t.Errorf("%d entries, %d leaves, %d wait", n, r.Size, r.Unsealed)
		}
	})
}

var errRolledBack = errors.New("rolled back on purpose")

// A log goes on with the key that began it: another one is refused, and so is a log that is not what was
// signed last. What waits is sealed once that is mended.
func TestSealingStopsRatherThanSignsWhatIsWrong(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		db := sealer(t, at, nil)
		someEntries(t, db, 5)
		seal(t, db)
		info, err := os.Stat(db.auditKey)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the key's file: %v %v", info.Mode(), err)
		}
		refused := func(db *DB, want error, what string) {
			t.Helper()
			if _, err := db.System(JobSeal, DefaultTenant).Seal(ctx); !errors.Is(err, want) {
				t.Errorf("%s: %v", what, err)
			}
		}
		someEntries(t, db, 5)
		path := db.auditKey
		db.auditKey = filepath.Join(t.TempDir(), "other")
		refused(db, noAuditKey, "without its key")
		if err := db.makeAuditKey(); err != nil {
			t.Fatal(err)
		}
		refused(db, foreignAuditKey, "with another key")
		db.auditKey = path
		seal(t, db)

		someEntries(t, db, 1)
		exec := func(text string) {
			t.Helper()
			if _, err := db.writer.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
		exec("UPDATE audit_log SET size = 5")
		exec("DELETE FROM audit_leaf WHERE leaf >= 5")
		exec("DELETE FROM audit_head WHERE size > 5") // a whole log again, which this process knows to have been longer
		refused(db, brokenLog, "cut below what this process signed")
		after := openWith(t, Options{DataDir: at.DataDir, URL: at.URL, AuditKey: path})
		exec("UPDATE audit_leaf SET hashes = (SELECT b.hashes FROM audit_leaf b WHERE b.leaf = 2) WHERE leaf = 4")
		refused(after, brokenLog, "another hash at its edge")
	})
}

// A key that is lost gets a successor, which an entry names; while both are there both sign.
func TestAuditKeyIsRotated(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		db := sealer(t, at, nil)
		setup := db.System(JobSetup, DefaultTenant)
		if _, err := db.AuditKeys(); !errors.Is(err, noAuditKey) {
			t.Errorf("a key before the first seal: %v", err)
		}
		someEntries(t, db, 5)
		seal(t, db)
		first, err := db.AuditKeys()
		if err != nil {
			t.Fatal(err)
		}
		added, err := setup.RotateAuditKey(ctx)
		if err != nil {
			t.Fatal(err)
		}
		someEntries(t, db, 5)
		seal(t, db)
		both, err := db.AuditKeys()
		if err != nil || len(both) != 2 || both[0].Text != added || both[1].Text != first[0].Text {
			t.Fatalf("%v %v", both.Texts(), err)
		}
		for _, keys := range []audit.PublicKeys{first, both} {
			r, err := setup.VerifyAudit(ctx, keys, nil, nil, func(int64) {})
			if err != nil {
				t.Fatal(err)
			}
			untouched(t, r)
		}
		if n := count(t, db, "SELECT count(*) FROM audit_entry WHERE action = 'audit_key_changed'"); n != 1 {
			t.Errorf("%d entries of it", n)
		}
		if err := os.Remove(db.auditKey); err != nil {
			t.Fatal(err)
		}
		lost, err := setup.RotateAuditKey(ctx)
		if err != nil {
			t.Fatal(err)
		}
		someEntries(t, db, 2)
		seal(t, db)
		known, err := audit.ParsePublicKeys(lost, first[0].Text)
		if err != nil {
			t.Fatal(err)
		}
		r, err := setup.VerifyAudit(ctx, known, nil, nil, func(int64) {})
		if err != nil {
			t.Fatal(err)
		}
		untouched(t, r)
		if r, err := setup.VerifyAudit(ctx, first, nil, nil, func(int64) {}); err != nil || r.Whole() {
			t.Errorf("heads of an unknown key were taken: %v", err)
		}
	})
}
