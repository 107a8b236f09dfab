package trial_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guan/audit"
	"guan/internal/testdb"
	"guan/internal/trial"
)

// published is the program with a file to which it publishes heads, and the data as they were before.
type published struct {
	t     *testing.T
	at    trial.Where
	file  string
	older trial.Where
	size  int64 // leaves of the older log
}

// verify has the program hold a log against a file of heads.
func (p *published) verify(at trial.Where, heads string) (whole bool, said string) {
	p.t.Helper()
	command := exec.Command(bin, append([]string{"audit", "verify", "--heads", heads}, at.Args()...)...)
	text, err := command.CombinedOutput()
	if code := command.ProcessState.ExitCode(); code != 0 && code != 1 || code == 1 && bytes.Count(text, []byte("\n")) < 2 {
		p.t.Fatalf("exit %d: %s %v", code, text, err)
	}
	return err == nil, string(text)
}

// acts looks at lists until it is so.
func (p *published) acts(url string, so func() bool) {
	p.t.Helper()
	ctx := context.Background()
	person, err := trial.SignIn(ctx, url, trial.Seller)
	if err != nil {
		p.t.Fatal(err)
	}
	for began := time.Now(); !so(); time.Sleep(50 * time.Millisecond) {
		if err := person.Call(ctx, "GET", url+"/api/v1/records/customer?limit=1", nil, nil, nil); err != nil {
			p.t.Fatal(err)
		}
		if time.Since(began) > time.Minute {
			p.t.Fatal("the file of heads is as it was")
		}
	}
}

func (p *published) text() []byte {
	p.t.Helper()
	text, err := os.ReadFile(p.file)
	if err != nil {
		p.t.Fatal(err)
	}
	return text
}

// wants is how many leaves the heads say that are whole in such a text, all of which a log has to have.
func (p *published) wants(text []byte) (most int64) {
	p.t.Helper()
	for line := range bytes.Lines(text) {
		_, line, ok := bytes.Cut(line, []byte(`{"head":"`))
		if !ok {
			continue
		}
		var head string
		for _, end := range []string{"", `"`, `\n"`, `n"`} { // a line of which no more than its end is missing
			line := `"` + strings.TrimSuffix(string(line), "}\n") + end
			if err := json.Unmarshal([]byte(line), &head); err == nil && strings.HasSuffix(head, "=\n") {
				break
			}
			head = ""
		}
		if said, err := audit.Unverified(head); err == nil {
			most = max(most, said.Size)
		}
	}
	return most
}

// While the program publishes heads, the disk of their file is full in the middle of a line; there is room again, and
// the program goes on; it is killed. The file verifies and says which line is torn. Cut once more anywhere, and gone on
// with, its whole lines hold against a log that was put back to what it was: torn ones hide nothing.
func TestTornFileOfHeads(t *testing.T) {
	at := company(t, testdb.Database{})
	p := &published{t: t, at: at, file: filepath.Join(t.TempDir(), "heads.jsonl"), older: trial.Where{DataDir: filepath.Join(t.TempDir(), "older")}}
	pid := p.file + ".pid"
	const room = 32 << 20 // more than the database takes
	starts := func(limit string) *trial.Server {
		t.Helper()
		script := filepath.Join(t.TempDir(), "guan")
		if err := os.WriteFile(script, fmt.Appendf(nil, "#!/bin/sh\necho $$ >'%s'\nexec prlimit --fsize=%s: '%s' \"$@\" --publish-heads '%s'\n", pid, limit, bin, p.file), 0o700); err != nil {
			t.Fatal(err)
		}
		server, err := trial.Start(script, at)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(server.Kill)
		return server
	}
	server := starts("unlimited")
	p.acts(server.URL, func() bool { text, _ := os.ReadFile(p.file); return bytes.Count(text, []byte("\n")) > 1 })
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(p.older.DataDir, os.DirFS(at.DataDir)); err != nil {
		t.Fatal(err)
	}
	if p.size = p.wants(p.text()); p.size == 0 {
		t.Fatalf("%s", p.text())
	}
	if whole, said := p.verify(p.older, p.file); !whole || !strings.Contains(said, fmt.Sprintf("the newest published head is of %d leaves", p.size)) {
		t.Fatal(said)
	}

	// There is room for some lines and a part of one.
	first := p.text()
	if err := os.WriteFile(p.file, append(first, bytes.Repeat([]byte{' '}, room-900-len(first))...), 0o600); err != nil {
		t.Fatal(err)
	}
	server = starts(fmt.Sprint(room))
	p.acts(server.URL, func() bool { stat, err := os.Stat(p.file); return err == nil && stat.Size() == room })
	number, err := os.ReadFile(pid)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command("prlimit", "--pid", strings.TrimSpace(string(number)), "--fsize=unlimited:").CombinedOutput(); err != nil {
		t.Fatalf("%s %v", text, err)
	}
	p.acts(server.URL, func() bool { return bytes.Count(p.text()[room:], []byte("\n")) > 2 })
	server.Kill()
	if next := p.text()[room]; next != '\n' {
		t.Errorf("behind the torn line stands %q", next)
	}
	text := bytes.ReplaceAll(p.text(), []byte("    "), nil)
	if err := os.WriteFile(p.file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	newest := p.wants(text)
	if whole, said := p.verify(at, p.file); !whole || strings.Count(said, "is torn") != 1 || !strings.Contains(said, fmt.Sprintf("the newest published head is of %d leaves", newest)) || newest <= p.size {
		t.Errorf("%d leaves of more than %d: %s", newest, p.size, said)
	}
	if whole, said := p.verify(p.older, p.file); whole {
		t.Error("the log was put back, and nothing was found: " + said)
	}

	random := rand.New(rand.NewPCG(1, 5))
	changed := p.file + ".cut"
	last := text[bytes.LastIndexByte(text[:len(text)-1], '\n')+1:]
	for i := range 6 {
		cut := len(first) + random.IntN(len(text)-len(first))
		behind := [][]byte{nil, last, append([]byte{'\n'}, first...)}[i%3]
		if err := os.WriteFile(changed, append(bytes.Clone(text[:cut]), behind...), 0o600); err != nil {
			t.Fatal(err)
		}
		if whole, said := p.verify(at, changed); !whole {
			t.Errorf("cut at byte %d of %d, and %q behind: %s", cut, len(text), behind, said)
		}
		wants := p.wants(append(bytes.Clone(text[:cut]), '\n'))
		if bytes.Equal(behind, last) {
			wants = newest
		}
		if whole, said := p.verify(p.older, changed); whole != (wants <= p.size) {
			t.Errorf("cut at byte %d of %d, and %q behind: heads of %d leaves, and the log has %d: %s", cut, len(text), behind, wants, p.size, said)
		}
	}
	// Where no line is whole there is nothing to hold against.
	if err := os.WriteFile(changed, text[:len(`{"head":"guan/audit`)], 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command(bin, append([]string{"audit", "verify", "--heads", changed}, at.Args()...)...).CombinedOutput(); err == nil || !strings.Contains(string(text), "no whole head") {
		t.Errorf("%s %v", text, err)
	}
}
