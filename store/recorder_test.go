package store

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"guan/audit"
	"guan/internal/testdb"
	"guan/policy"
)

// An answer leaves only after its entry is committed, also when many ask at once.
func TestReadsAreRecordedBeforeTheyAreAnswered(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db := context.Background(), open(t, at)
		other := open(t, at) // sees what is committed, and nothing else
		const readers, each = 16, 20
		var wg sync.WaitGroup
		var answered atomic.Int64
		for i := range readers {
			wg.Go(func() {
				for n := range each {
					record := policy.ID(1 + i*each + n)
					err := db.auditRead(ctx, ada, audit.Entry{Action: audit.List, Kind: "customer", Records: []policy.ID{record, record, record + 100_000}, Rules: []string{"sales/customer/own"}, Epoch: 1})
					if err != nil {
						t.Error(err)
						return
					}
					answered.Add(1)
					if n%5 == 0 && count(t, other, "SELECT count(DISTINCT e.seq) FROM "+other.touching("1", "'customer'", "= $1"), record) != 1 {
						t.Errorf("record %d was answered but is not on record", record)
					}
				}
			})
		}
		wg.Wait()
		if n := count(t, db, "SELECT count(*) FROM audit_entry"); n != answered.Load() || n != readers*each {
			t.Errorf("%d entries for %d answers", n, answered.Load())
		}
		if n := count(t, db, "SELECT count(DISTINCT seq) FROM audit_entry WHERE actor_id = 7 AND epoch = 1"); n != readers*each {
			t.Errorf("%d of them whole", n)
		}
	})
}

// One entry that cannot be written refuses its own read; those beside it stand.
func TestUnrecordedReadIsRefused(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db := context.Background(), open(t, at)
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				entry := audit.Entry{Action: policyAction(policy.Read), Kind: "customer", Record: 1}
				if i == 7 {
					entry.Detail = map[string]any{"bad": func() {}}
				}
				if err := db.auditRead(ctx, ada, entry); (err != nil) != (i == 7) {
					t.Errorf("read %d: %v", i, err)
				} else if i == 7 && !errors.Is(err, unrecorded) {
					t.Errorf("refused as %v", err)
				}
			})
		}
		wg.Wait()
		if err := db.auditRead(ctx, Actor{}, audit.Entry{}); !errors.Is(err, notSignedIn) {
			t.Errorf("nobody read: %v", err)
		}
		if err := db.auditRead(ctx, ada); !errors.Is(err, unrecorded) {
			t.Errorf("a read without entries: %v", err)
		}
		cancelled, cancel := context.WithCancel(ctx)
		cancel()
		if err := db.auditRead(cancelled, ada, audit.Entry{Action: audit.List}); err != nil && !errors.Is(err, unrecorded) {
			t.Errorf("a cancelled read: %v", err)
		}
	})
}

// What the database cannot hold is cleaned, not lost.
func TestEntriesHoldAnyText(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, db := context.Background(), open(t, at)
		actor := ada
		actor.RequestID, actor.Device = "a\x00b", strings.Repeat("设", 500)
		err := db.auditRead(ctx, actor, audit.Entry{Action: audit.List, Detail: map[string]any{
			"q\x00": []string{"x\x00y", `\u0000 stays`}, "n": 9007199254740991, "deep": map[string]any{"z": "\x00"}}})
		if err != nil {
			t.Fatal(err)
		}
		var request, detail string
		if err := db.reader.QueryRow("SELECT request_id, detail FROM audit_entry").Scan(&request, &detail); err != nil {
			t.Fatal(err)
		}
		if request != "ab" || !strings.Contains(detail, `"xy"`) || !strings.Contains(detail, `\\u0000 stays`) {
			t.Errorf("%q %s", request, detail)
		}
	})
}

// Closing records what waits; what comes later is refused, not left waiting.
func TestCloseWhileReading(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		db, err := Open(context.Background(), Options{DataDir: at.DataDir, URL: at.URL})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), longest)
		defer cancel()
		var wg sync.WaitGroup
		var answered atomic.Int64
		busy := make(chan struct{})
		for range 8 {
			wg.Go(func() {
				for {
					if err := db.auditRead(ctx, ada, audit.Entry{Action: audit.List}); err != nil {
						if ctx.Err() != nil {
							t.Error("a read was left waiting")
						}
						return
					}
					if answered.Add(1) == 50 {
						close(busy)
					}
				}
			})
		}
		select {
		case <-busy:
		case <-ctx.Done():
			t.Error("nothing is answered")
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		wg.Wait()
		if n := count(t, open(t, at), "SELECT count(*) FROM audit_entry"); n < answered.Load() {
			t.Errorf("%d answers, %d entries", answered.Load(), n)
		}
	})
}
