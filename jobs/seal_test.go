package jobs

import (
	"context"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"guan/audit"
	"guan/internal/testdb"
	"guan/store"
)

// The runner seals every entry within a second of its writing, and at its end whatever is left. The
// clock is the test's: time passes only while everybody waits.
func TestSealedWithinASecond(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		if at.DataDir == "" {
			at.DataDir = t.TempDir()
		}
		synctest.Test(t, func(t *testing.T) {
			db, err := store.Open(t.Context(), store.Options{DataDir: at.DataDir, URL: at.URL, AuditKey: filepath.Join(at.DataDir, "key")})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			runner, err := New(db, store.DefaultTenant, nil)
			if err != nil {
				t.Fatal(err)
			}
			setup := db.System(store.JobSetup, store.DefaultTenant)
			if _, err := db.System(store.JobSeal, store.DefaultTenant).OpenAuditLog(t.Context()); err != nil {
				t.Fatal(err)
			}
			entry := func() { // to take an archive is one
				t.Helper()
				if _, err := setup.WriteAuditArchive(t.Context(), io.Discard); err != nil {
					t.Fatal(err)
				}
			}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { defer close(ended); runner.Run(ctx) }()
			for n := range int64(12) {
				time.Sleep(time.Duration(rand.IntN(3000)) * time.Millisecond)
				entry()
				wrote := db.Now()
				time.Sleep(time.Second)
				size, signed, err := setup.AuditHead(t.Context())
				if err != nil || size != n+1 {
					t.Fatalf("%d of %d entries are sealed after a second, %v", size, n+1, err)
				}
				if head, err := audit.Unverified(signed); err != nil || head.At.Sub(wrote) > time.Second {
					t.Errorf("the head is %s behind its newest entry, %v", head.At.Sub(wrote), err)
				}
			}
			entry()
			stop()
			<-ended
			if size, _, err := setup.AuditHead(t.Context()); err != nil || size != 13 {
				t.Errorf("%d of 13 entries are sealed at the end, %v", size, err)
			}
		})
	})
}
