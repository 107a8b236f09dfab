package jobs_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/internal/trial"
	"guan/jobs"
	"guan/store"
)

// oldFirm is a company whose oldest entries wait to be archived.
type oldFirm struct {
	t   *testing.T
	dir string // of the archives
	db  *store.DB
}

func old(t *testing.T, at testdb.Database) oldFirm {
	t.Helper()
	where := trial.Where{DataDir: t.TempDir(), URL: at.URL}
	if _, err := trial.Aged(t.Context(), where, 215, 20); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), store.Options{DataDir: where.DataDir, URL: where.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return oldFirm{t, filepath.Join(where.DataDir, "audit"), db}
}

func (o oldFirm) runner() *jobs.Runner {
	o.t.Helper()
	r, err := jobs.New(o.db, store.DefaultTenant, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

func (o oldFirm) files() (names []string) {
	o.t.Helper()
	entries, err := os.ReadDir(o.dir)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// archived verifies everything, and returns how many entries lie in archives.
func (o oldFirm) archived() int64 {
	o.t.Helper()
	keys, err := o.db.AuditKeys()
	if err != nil {
		o.t.Fatal(err)
	}
	report, err := o.db.System(store.JobSetup, store.DefaultTenant).VerifyAudit(o.t.Context(), keys, nil, o.runner().Archives().Open, func(int64) {})
	if err != nil || !report.Whole() {
		o.t.Fatalf("%+v %v", report, err)
	}
	return report.Archived
}

// Two programs archive at once: there is one archive, and nothing is lost. Where the folder is away nothing is
// archived, and it goes on once it is back.
func TestRetainOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		o := old(t, at)
		r := o.runner()
		if err := os.Rename(o.dir, o.dir+".away"); err != nil {
			t.Fatal(err)
		}
		if more, err := r.RetainOnce(t.Context()); more || err == nil {
			t.Errorf("archived into no folder: %t %v", more, err)
		}
		if err := os.Rename(o.dir+".away", o.dir); err != nil {
			t.Fatal(err)
		}
		if n := o.archived(); n != 0 {
			t.Errorf("%d entries are gone", n)
		}
		var both sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			both.Go(func() {
				r := o.runner()
				for more := true; more && errs[i] == nil; {
					more, errs[i] = r.RetainOnce(context.Background())
				}
			})
		}
		both.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if n := o.archived(); n == 0 {
			t.Error("nothing was archived")
		}
		if names := o.files(); len(names) != 1 {
			t.Errorf("the archives are %v", names)
		}
		if more, err := r.RetainOnce(t.Context()); more || err != nil {
			t.Errorf("there is more: %t %v", more, err)
		}
	})
}

// A file that was written and never noted goes once it is not young any more, and nothing else does.
func TestSpareOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		o := old(t, at)
		r := o.runner()
		keeper := o.db.System(store.JobRetain, store.DefaultTenant)
		st, err := keeper.NextStretch(t.Context())
		if err != nil || st == nil {
			t.Fatal(st, err)
		}
		err = r.Archives().Replace(st.File, func(to io.Writer) error { return keeper.WriteStretch(t.Context(), st, to) }, func(io.Reader) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		others := []string{"audit-2-0-9-abcdefgh.jsonl", "audit-1-0-9-abcdefg.jsonl", "audit-1-0-9-abcdefgh.jsonl", "audit-1-0-9-abcdefgh.jsonl.bak", "notes.txt"}
		for _, name := range others {
			if err := os.WriteFile(filepath.Join(o.dir, name), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		spare := func(want ...string) {
			t.Helper()
			if err := r.SpareOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			slices.Sort(want)
			if names := o.files(); !slices.Equal(names, want) {
				t.Errorf("there are %v, want %v", names, want)
			}
		}
		age := func() {
			for _, name := range o.files() {
				if err := os.Chtimes(filepath.Join(o.dir, name), time.Time{}, time.Now().Add(-2*time.Hour)); err != nil {
					t.Fatal(err)
				}
			}
		}
		spare(append(others, st.File)...)
		age()
		spare(others...)
		for more := true; more; {
			if more, err = r.RetainOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		kept := o.files()
		age()
		spare(kept...)
		if len(kept) != len(others)+1 || o.archived() == 0 {
			t.Errorf("%v", kept)
		}
	})
}
