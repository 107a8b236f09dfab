package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/store"
)

// output runs the program and returns what it printed.
func output(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &o, &e)
	return code, o.String(), e.String()
}

// commands runs commands on one database, each of which has to end with a code, and gives what it says.
func commands(t *testing.T, where []string) func(want int, args ...string) string {
	return func(want int, args ...string) string {
		t.Helper()
		code, out, errs := output(t, append(args, where...)...)
		if code != want {
			t.Fatalf("guan %v: exit %d, want %d: %s%s", args, code, want, out, errs)
		}
		return out + errs
	}
}

func TestExitCodes(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "nothing")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--help"}, done, ""},
		{[]string{"serve", "--help"}, done, ""},
		{[]string{"version"}, done, ""},
		{nil, misuse, "expected one of"},
		{[]string{"serf"}, misuse, "serf"},
		{[]string{"serve", "--colour"}, misuse, "--colour"},
		{[]string{"serve", "--office", "everywhere"}, misuse, "everywhere"},
		{[]string{"serve", "--max-attachment", "2T"}, misuse, "25M"},
		{[]string{"serve", "--tls-cert", file}, misuse, "tls-key"},
		{[]string{"explain", "ken0", "customer", "five", "--data", missing}, misuse, "id"},
		{[]string{"explain", "ken0", "customer", "5", "--data", missing}, failed, "no data"},
		{[]string{"serve", "--data", filepath.Join(file, "below"), "--listen", "127.0.0.1:0"}, failed, "--data"},
		{[]string{"serve", "--db", "postgres://127.0.0.1:1/guan", "--listen", "127.0.0.1:0"}, failed, "127.0.0.1:1"},
		{[]string{"serve", "--data", t.TempDir(), "--listen", "203.0.113.1:1"}, failed, "203.0.113.1:1"},
	} {
		code, out, errs := output(t, x.args...)
		if code != x.code || !strings.Contains(errs, x.says) {
			t.Errorf("guan %v: exit %d, want %d: %s", x.args, code, x.code, errs)
		}
		if code != done && (strings.Count(errs, "\n") != 1 || out != "") {
			t.Errorf("guan %v: the error is not one line on stderr: %q %q", x.args, out, errs)
		}
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("a command that only reads made a data folder")
	}
}

func TestOpenAPICommand(t *testing.T) {
	code, out, errs := output(t, "openapi")
	kept, err := os.ReadFile(filepath.Join("..", "..", "docs", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	if code != done || out != string(kept) || errs != "" {
		t.Errorf("exit %d, %d bytes, want %d: %s", code, len(out), len(kept), errs)
	}
}

// The program serves where it says, and ends with 0 when it is told to.
func TestServe(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		args := []string{"serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--data", t.TempDir()}
		if at.URL != "" {
			args = append(args, "--db", at.URL)
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		reader, writer := io.Pipe()
		ended := make(chan int, 1)
		var errs bytes.Buffer
		go func() {
			ended <- run(ctx, args, writer, &errs)
			writer.Close()
		}()
		lines := bufio.NewScanner(reader)
		var printed []string
		for len(printed) < 3 && lines.Scan() {
			printed = append(printed, lines.Text())
		}
		go func() {
			for lines.Scan() { // what else it prints must not hold it up
			}
		}()
		if len(printed) != 3 {
			t.Fatalf("printed %q, exit %d: %s", printed, <-ended, errs.String())
		}
		if !strings.Contains(printed[1], "/setup#code=") {
			t.Errorf("an empty installation is not opened by what is printed: %q", printed)
		}
		url, ok := strings.CutPrefix(printed[0], "listening on ")
		if !ok || !strings.HasPrefix(url, "http://127.0.0.1:") {
			t.Fatalf("printed %q", printed)
		}
		for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/openapi.json": 200, "/api/v1/me": 401, "/": 200, "/customers/5": 200, "/assets/none.js": 404} {
			a, err := http.Get(url + path)
			if err != nil {
				t.Fatal(err)
			}
			a.Body.Close()
			if a.StatusCode != want {
				t.Errorf("%s: %d", path, a.StatusCode)
			}
		}
		stop()
		select {
		case code := <-ended:
			if code != done {
				t.Errorf("exit %d: %s", code, errs.String())
			}
		case <-time.After(patience):
			t.Fatal("the program does not end")
		}
		for line := range strings.Lines(errs.String()) {
			if !json.Valid([]byte(line)) {
				t.Errorf("the log is not JSON: %s", line)
			}
		}
	})
}

// A variable that is set to nothing names nothing: not the folder in which the program was started.
func TestEmptyVariablesAreUnset(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"GUAN_KEY_FILE", "GUAN_AUDIT_KEY", "GUAN_DATA", "GUAN_DB", "GUAN_VAULT_DB"} {
		t.Setenv(name, "")
	}
	t.Setenv("GUAN_KEY", "") // the key lies beside the data
	db, err := store.Open(t.Context(), store.Options{DataDir: "data"})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := output(t, "keys", "status"); code != done || !strings.Contains(out, "wrapped with") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}
