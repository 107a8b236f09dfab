package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"guan/internal/testdb"
	"guan/store"
)

// The log is taken away and verified by somebody who has nothing but the public key; a row that was
// changed is named; heads that were published hold against a log that was cut.
func TestAuditCommands(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		dir := t.TempDir()
		data := []string{"--data", dir}
		if at.URL != "" {
			data = append(data, "--db", at.URL)
		}
		guan := func(want int, says string, args ...string) string {
			t.Helper()
			code, out, errs := output(t, append([]string{"audit"}, args...)...)
			if code != want || !strings.Contains(out+errs, says) {
				t.Errorf("guan audit %v: exit %d, want %d and %q: %s%s", args, code, want, says, out, errs)
			}
			return strings.TrimSpace(out)
		}
		with := func(args ...string) []string { return append(args, data...) }

		ctx := context.Background()
		db, err := store.Open(ctx, store.Options{DataDir: dir, URL: at.URL})
		if err != nil {
			t.Fatal(err)
		}
		setup, seals := db.System(store.JobSetup, store.DefaultTenant), db.System(store.JobSeal, store.DefaultTenant)
		if _, err := seals.OpenAuditLog(ctx); err != nil {
			t.Fatal(err)
		}
		var posted atomic.Value
		other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			posted.Store(string(body))
		}))
		defer other.Close()
		to, err := url.Parse(other.URL)
		if err != nil {
			t.Fatal(err)
		}
		heads := filepath.Join(t.TempDir(), "heads")
		publish := newPublisher(seals, heads, to, slog.New(slog.NewTextHandler(t.Output(), nil)))
		for range 3 {
			for range 4 {
				if _, err := setup.WriteAuditArchive(ctx, io.Discard); err != nil { // leaves an entry
					t.Fatal(err)
				}
			}
			if _, err := seals.Seal(ctx); err != nil {
				t.Fatal(err)
			}
			publish.last(ctx)
		}
		if _, newest, err := seals.AuditHead(ctx); err != nil || posted.Load() != newest {
			t.Errorf("the other server got %q, %v", posted.Load(), err)
		}
		if text, err := os.ReadFile(heads); err != nil || bytes.Count(text, []byte("\n")) != 3 {
			t.Errorf("%s %v", text, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}

		key := guan(done, "guan-audit+", with("key")...)
		guan(done, "ok: 12 entries, 3 heads", with("verify", "--heads", heads)...)
		archive := filepath.Join(t.TempDir(), "log.jsonl")
		guan(done, "12 entries in", with("export", archive)...)
		guan(done, "ok: 12 entries", "verify", "--file", archive, "--key", key, "--heads", heads)
		guan(misuse, "--key", "verify", "--file", archive)
		proof := filepath.Join(t.TempDir(), "proof")
		for _, of := range [][]string{{"3"}, {"--since", "4"}} {
			if err := os.WriteFile(proof, []byte(guan(done, `"head"`, with(append([]string{"prove"}, of...)...)...)), 0o600); err != nil {
				t.Fatal(err)
			}
			guan(done, "ok: ", "verify", "--proof", proof, "--key", key)
		}
		text, err := os.ReadFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		forged := bytes.Replace(text, []byte(`"action":"audit_archived"`), []byte(`"action":"audit_checked"`), 1)
		if err := os.WriteFile(archive, forged, 0o600); err != nil {
			t.Fatal(err)
		}
		guan(failed, "leaf 0, entry ", "verify", "--file", archive, "--key", key)
		added := guan(done, "guan-audit+", with("rotate")...)
		if both := guan(done, added, with("key")...); both != added+"\n"+key {
			t.Errorf("the keys are %q", both)
		}
		// Events as lines: all of them, no more after the last, and again in two files where one would be too large.
		lines := strings.Split(guan(done, `"leaf":0`, with("stream")...), "\n")
		events := filepath.Join(t.TempDir(), "events")
		for range 2 {
			guan(done, "", with("stream", "--out", events)...)
		}
		if text, err := os.ReadFile(events); err != nil || strings.Count(string(text), "\n") != len(lines) {
			t.Errorf("%v: %d lines, printed were %d: %s", err, strings.Count(string(text), "\n"), len(lines), text)
		}
		small := filepath.Join(t.TempDir(), "small")
		guan(done, "", with("stream", "--out", small, "--rotate", "1K")...)
		for _, name := range []string{small, small + ".1"} {
			if text, err := os.ReadFile(name); err != nil || len(text) == 0 || len(text) > 1024 {
				t.Errorf("%s: %v, %d bytes", name, err, len(text))
			}
		}
		if out := guan(done, "", with("stream", "--alerts")...); out != "" {
			t.Errorf("alerts: %s", out)
		}
		guan(failed, "no personal data", with("erase", "customer", "5", "--reason", "本人要求")...)
		guan(failed, "no data", "verify", "--data", filepath.Join(dir, "nothing"))
	})
}
