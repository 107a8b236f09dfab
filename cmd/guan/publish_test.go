package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/audit"
	"guan/internal/testdb"
	"guan/store"
)

// headsReceiver is another server, to which heads are sent.
type headsReceiver struct {
	mu    sync.Mutex
	up    bool
	heads []string
}

func (h *headsReceiver) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if !h.up || err != nil || r.Method != http.MethodPost {
		panic(http.ErrAbortHandler) // nobody answers
	}
	h.heads = append(h.heads, string(body))
}

func (h *headsReceiver) start() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.up = true
}

func (h *headsReceiver) got() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.heads...)
}

// patience is after how long a test gives up, on the slowest of machines.
const patience = 3 * time.Minute

// until asks again and again until it is so.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for began := time.Now(); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatalf("never: %s", what)
		}
	}
}

// The running program takes heads of what people do to a file and to another server. Neither a file that cannot
// be written nor a server that does not answer holds up the other, or the people; both get the heads later. What was
// published verifies, and holds against the log.
func TestServePublishesHeads(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		where := flags(t, at)
		with := func(args ...string) []string { return append(args, where...) }
		if code, _, errs := output(t, with("demo", "world", "--password", demoPassword)...); code != done {
			t.Fatalf("exit %d: %s", code, errs)
		}
		receiver := &headsReceiver{}
		other := httptest.NewServer(receiver)
		defer other.Close()
		drive := filepath.Join(t.TempDir(), "drive")
		file := filepath.Join(drive, "heads")
		server := serving(t, with("--publish-heads", file, "--publish-heads-to", other.URL+"/heads")...)

		boss := signIn(t, server.at, "zhoumy", demoPassword)
		until(t, "the log says that neither is reached", func() bool {
			said := server.logged()
			return strings.Contains(said, file) && strings.Contains(said, other.URL)
		})
		leaf := sealedAct(t, with, boss, "customer")
		if heads := receiver.got(); len(heads) != 0 {
			t.Errorf("the other server has %q", heads)
		}

		code, key, errs := output(t, with("audit", "key")...)
		if code != done {
			t.Fatalf("exit %d: %s", code, errs)
		}
		keys, err := audit.ParsePublicKeys(strings.TrimSpace(key))
		if err != nil {
			t.Fatal(err)
		}
		newest := func(heads []string) int64 {
			if len(heads) == 0 {
				return 0
			}
			head, err := keys.Head(heads[len(heads)-1])
			if err != nil {
				t.Fatal(err)
			}
			return head.Size
		}
		inFile := func() int64 {
			text, err := os.ReadFile(file)
			if err != nil {
				return 0
			}
			heads, err := audit.ReadHeads(bytes.NewReader(text[:bytes.LastIndexByte(text, '\n')+1])).Heads()
			if err != nil {
				t.Fatal(err)
			}
			return newest(heads)
		}
		// One is there while the other is not.
		receiver.start()
		until(t, "the other server has what was done", func() bool { return newest(receiver.got()) > leaf })
		if err := os.Mkdir(drive, 0o700); err != nil {
			t.Fatal(err)
		}
		until(t, "the file has what was done", func() bool { return inFile() > leaf })
		leaf = sealedAct(t, with, boss, "contact")
		until(t, "the file goes on", func() bool { return inFile() > leaf })
		if said := strings.Count(server.logged(), "heads of the audit log are not published"); said != 2 {
			t.Errorf("it was said %d times, once for each place is enough: %s", said, server.logged())
		}

		boss.list("customer", "") // and the end of the program is not the end of it
		server.stop()
		if in, sent := inFile(), newest(receiver.got()); in <= leaf || sent != in {
			t.Errorf("at the end the file has %d leaves and the other server %d, of more than %d", in, sent, leaf)
		}
		for _, signed := range receiver.got() {
			if _, err := keys.Head(signed); err != nil {
				t.Errorf("%s: %v", signed, err)
			}
		}
		if code, out, errs := output(t, with("audit", "verify", "--heads", file)...); code != done {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
	})
}

// sealedAct asks for a list and gives the leaf of its entry, once that is sealed.
func sealedAct(t *testing.T, with func(...string) []string, who *browser, kind string) (leaf int64) {
	t.Helper()
	a, err := who.http.Get(who.at + "/api/v1/records/" + kind)
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	request := a.Header.Get("X-Request-Id")
	if a.StatusCode != http.StatusOK || request == "" {
		t.Fatalf("%s: %d %q", kind, a.StatusCode, request)
	}
	until(t, "the act is sealed", func() bool {
		code, out, errs := output(t, with("audit", "stream")...)
		if code != done {
			t.Fatalf("exit %d: %s", code, errs)
		}
		for line := range strings.Lines(out) {
			var e store.StreamEvent
			if err := json.Unmarshal([]byte(line), &e); err != nil {
				t.Fatal(err)
			}
			if e.Data != nil && e.Data.RequestID == request {
				leaf = e.Leaf
				return true
			}
		}
		return false
	})
	return leaf
}

// A server that sends elsewhere has not taken the head, and an address to which nothing can be sent is refused
// at once.
func TestHeadsAreSentToWhoTakesThem(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the head was taken elsewhere")
	}))
	defer elsewhere.Close()
	for _, status := range []int{http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusInternalServerError} {
		moved := httptest.NewServer(http.RedirectHandler(elsewhere.URL, status))
		to, err := http.NewRequest(http.MethodPost, moved.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := send(t.Context(), to.URL, "a head"); err == nil || !strings.Contains(err.Error(), moved.URL) {
			t.Errorf("%d: %v", status, err)
		}
		moved.Close()
	}
	for _, address := range []string{"heads.example.com", "ftp://example.com/heads", "https:///heads"} {
		if code, _, errs := output(t, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--publish-heads-to", address); code != misuse || !strings.Contains(errs, address) {
			t.Errorf("%s: exit %d: %s", address, code, errs)
		}
	}
}
