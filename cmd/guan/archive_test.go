package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/internal/trial"
	"guan/jobs"
	"guan/store"
)

// oldData is a data folder of a company whose oldest entries lie in archives.
type oldData struct {
	t         *testing.T
	dir       string
	data      []string // flags
	url       string
	customers []trial.OldCustomer
}

func old(t *testing.T, at testdb.Database) oldData {
	t.Helper()
	o := oldData{t: t, dir: t.TempDir(), url: at.URL}
	var err error
	if o.customers, err = trial.Aged(t.Context(), trial.Where{DataDir: o.dir, URL: at.URL}, 215, 20); err != nil {
		t.Fatal(err)
	}
	o.data = trial.Where{DataDir: o.dir, URL: at.URL}.Args()
	o.serve(func(ctx context.Context, r *jobs.Runner) (bool, error) { return r.RetainOnce(ctx) })
	return o
}

// guan runs a command of the audit log.
func (o oldData) guan(want int, says string, args ...string) string {
	o.t.Helper()
	code, out, errs := output(o.t, append([]string{"audit"}, args...)...)
	if code != want || !strings.Contains(out+errs, says) {
		o.t.Errorf("guan audit %v: exit %d, want %d and %q: %s%s", args, code, want, says, out, errs)
	}
	return strings.TrimSpace(out)
}

func (o oldData) with(args ...string) []string { return append(args, o.data...) }

// serve does what the program does in the background, until there is no more of it.
func (o oldData) serve(once func(context.Context, *jobs.Runner) (bool, error)) {
	o.t.Helper()
	ctx := o.t.Context()
	db, err := store.Open(ctx, store.Options{DataDir: o.dir, URL: o.url})
	if err != nil {
		o.t.Fatal(err)
	}
	defer db.Close()
	runner, err := jobs.New(db, store.DefaultTenant, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	for more := true; more; {
		_, sealed := db.System(store.JobSeal, store.DefaultTenant).Seal(ctx)
		if more, err = once(ctx, runner); errors.Join(sealed, err) != nil {
			o.t.Fatal(sealed, err)
		}
	}
	if _, err := db.System(store.JobSeal, store.DefaultTenant).Seal(ctx); err != nil {
		o.t.Fatal(err)
	}
}

// download is the one archive there is, in plain.
func (o oldData) download() (name string, text []byte) {
	o.t.Helper()
	db, err := store.Open(o.t.Context(), store.Options{DataDir: o.dir, URL: o.url})
	if err != nil {
		o.t.Fatal(err)
	}
	defer db.Close()
	names, err := filepath.Glob(filepath.Join(o.dir, "audit", "audit-*.jsonl"))
	if err != nil || len(names) != 1 {
		o.t.Fatal(names, err)
	}
	name = filepath.Base(names[0])
	in, err := jobs.ArchivesIn(filepath.Dir(names[0]), db, store.DefaultTenant).Open(name)
	if err == nil {
		text, err = io.ReadAll(in)
		err = errors.Join(err, in.Close())
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return name, text
}

func (o oldData) write(path string, text []byte) string {
	o.t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

func (o oldData) read(path string) []byte {
	o.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	return text
}

// The log is verified with the archives in which its older entries lie, where they are and where they were moved to;
// what is not as it was is named.
func TestVerifyArchives(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		o := old(t, at)
		folder, elsewhere := filepath.Join(o.dir, "audit"), t.TempDir()
		name, _ := o.download()
		o.guan(done, name+", not looked at", o.with("verify")...)
		if out := o.guan(done, name+", verified", o.with("verify", "--archives", folder)...); !strings.Contains(out, "\nok: ") {
			t.Error(out)
		}
		if err := os.Rename(filepath.Join(folder, name), filepath.Join(elsewhere, name)); err != nil {
			t.Fatal(err)
		}
		o.guan(failed, name+" is not there", o.with("verify", "--archives", folder)...)
		o.guan(done, name+", verified", o.with("verify", "--archives", elsewhere)...)
		sealed := o.read(filepath.Join(elsewhere, name))
		bad := bytes.Clone(sealed)
		bad[len(bad)/2] ^= 4
		o.write(filepath.Join(elsewhere, name), bad)
		o.guan(failed, "archive "+name, o.with("verify", "--archives", elsewhere)...)
		o.write(filepath.Join(elsewhere, name), sealed[:len(sealed)/2])
		o.guan(failed, "archive "+name, o.with("verify", "--archives", elsewhere)...)
	})
}

// What was erased goes out of downloaded archives too: with the database, or with proofs alone. They verify after it,
// and one that does not verify before is left as it is.
func TestEraseCopiesOfArchives(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		o := old(t, at)
		place, gone := t.TempDir(), o.customers[0]
		_, before := o.download()
		if !bytes.Contains(before, []byte(gone.Name)) {
			t.Fatal("the archive tells nothing of the customer")
		}
		key := o.guan(done, "guan-audit+", o.with("key")...)
		copies := make([]string, 4)
		for i, name := range []string{"first", "second", "third", "fourth"} {
			copies[i] = o.write(filepath.Join(place, name), before)
		}
		o.guan(done, "taken out of 0 entries", o.with("erase", "--archive", copies[0])...)
		if !bytes.Equal(o.read(copies[0]), before) {
			t.Error("nothing was erased, and the file is another one")
		}
		o.guan(done, "hold entries about it too: 1", o.with("erase", "customer", gone.ID, "--reason", "本人要求删除个人信息")...)
		o.guan(failed, "no personal data", o.with("erase", "customer", gone.ID, "--reason", "本人要求删除个人信息")...)
		o.serve(func(ctx context.Context, r *jobs.Runner) (bool, error) { return r.EraseOnce(ctx) })
		o.guan(done, "verified", o.with("verify", "--archives", filepath.Join(o.dir, "audit"))...)
		_, after := o.download()
		if bytes.Contains(after, []byte(gone.Name)) || !bytes.Contains(after, []byte(o.customers[1].Name)) {
			t.Error("the archive still tells of the customer, or of no other one")
		}

		proofs := o.write(filepath.Join(place, "proofs"), []byte(o.guan(done, `"head"`, o.with("prove", "--erasures")...)))
		now := o.write(filepath.Join(place, "now"), after)
		forged := bytes.Replace(before, []byte(`"action":"create"`), []byte(`"action":"delete"`), 1)
		o.write(copies[3], forged)
		o.guan(failed, "not what was sealed", o.with("erase", "--archive", copies[3])...)
		if !bytes.Equal(o.read(copies[3]), forged) {
			t.Error("a forged archive was written anew")
		}
		for i, args := range [][]string{o.with(), {"--proofs", proofs, "--key", key}, {"--proofs", now, "--key", key}} {
			with := append([]string{"erase", "--archive", copies[i]}, args...)
			if out := o.guan(done, "personal data was taken out of ", with...); strings.Contains(out, " 0 entries") {
				t.Errorf("%v: %s", args, out)
			}
			text := o.read(copies[i])
			if bytes.Contains(text, []byte(gone.Name)) || !bytes.Contains(text, []byte(o.customers[1].Name)) {
				t.Errorf("%v: the copy still tells of the customer, or of no other one", args)
			}
			o.guan(done, "ok: ", "verify", copies[i], "--key", key)
			o.guan(done, "taken out of 0 entries", with...)
		}
		if left, err := os.ReadDir(place); err != nil || len(left) != 6 {
			t.Errorf("%v %v", left, err)
		}
		o.guan(misuse, "--archive", o.with("erase", "--archive", copies[0], "customer", "5")...)
		o.guan(misuse, "--proofs", "erase", "--archive", copies[0], "--proofs", proofs)
		o.guan(misuse, "--reason", o.with("erase", "customer", "5")...)
		o.guan(misuse, "--erasures", o.with("prove")...)
	})
}

// Who takes entries out as a stream stands in the log before the first one leaves.
func TestStreamingIsAnEntry(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		o := old(t, at)
		file, log := filepath.Join(t.TempDir(), "events"), filepath.Join(t.TempDir(), "log")
		if lines := o.guan(done, `"leaf"`, o.with("stream")...); strings.Contains(lines, "audit_streamed") {
			t.Error("the stream tells of itself before it is sealed")
		}
		o.guan(done, "", o.with("stream", "--alerts", "--out", file)...)
		o.serve(func(context.Context, *jobs.Runner) (bool, error) { return false, nil })
		o.guan(done, "entries in", o.with("export", log)...)
		var told []string
		for line := range strings.Lines(string(o.read(log))) {
			if strings.Contains(line, `"action":"audit_streamed"`) && strings.Contains(line, `"job":"setup"`) {
				told = append(told, line)
			}
		}
		if len(told) != 2 || !strings.Contains(told[0], `"file":""`) || !strings.Contains(told[1], `"file":"events"`) || !strings.Contains(told[1], `"alerts":true`) {
			t.Errorf("%q", told)
		}
	})
}
