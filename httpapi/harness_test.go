package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/httpapi"
	"guan/internal/testdb"
	"guan/jobs"
	"guan/policy"
	"guan/siem"
	"guan/store"
)

// program is the real program: a server on a free port over a real database with a small
// company in it (see seed_test.go).
type program struct {
	t      *testing.T
	url    string
	server *httpapi.Server
	db     *store.DB
	runner *jobs.Runner // does background work when a test asks it to
	log    *logBook
	stop   context.CancelFunc // as SIGTERM does
	ended  chan error         // what Run returned
	company
}

// patience is after how long a test gives up on what has no bound of its own, on the slowest of machines.
const patience = 3 * time.Minute

// start starts the program. Its limits are off unless options set them.
func start(t *testing.T, at testdb.Database, options ...func(*httpapi.Options)) *program {
	t.Helper()
	return startOn(t, at, store.Options{}, options...)
}

// startOn starts the program on a database that is opened with more than where it is.
func startOn(t *testing.T, at testdb.Database, with store.Options, options ...func(*httpapi.Options)) *program {
	t.Helper()
	if at.DataDir == "" {
		at.DataDir = t.TempDir()
	}
	with.DataDir, with.URL = at.DataDir, at.URL
	db, err := store.Open(t.Context(), with)
	if err != nil {
		t.Fatal(err)
	}
	runner, err := jobs.New(db, store.DefaultTenant, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, db: db, runner: runner, log: new(logBook), ended: make(chan error, 1)}
	p.company = seed(t, db)
	o := httpapi.Options{
		DB: db, Jobs: runner.Folder(), Archives: runner.Archives(), Listen: "127.0.0.1:0", Metrics: "127.0.0.1:0", Limits: httpapi.Limits{Requests: -1, SignIns: -1},
		Log:     slog.New(slog.NewJSONHandler(p.log, nil)),
		TrySend: siem.New(db.System(store.JobStream, store.DefaultTenant), false).Try,
		UI:      http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "the UI at "+r.URL.Path) }),
	}
	for _, set := range options {
		set(&o)
	}
	if p.server, err = httpapi.New(o); err != nil {
		t.Fatal(err)
	}
	p.url = p.server.URL()
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	go func() { p.ended <- p.server.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-p.ended:
		case <-time.After(patience):
			t.Error("the server did not stop")
		}
		db.Close()
	})
	return p
}

// blank are databases that the program has opened once, before any clock of a test begins: all else that it does
// when it first opens one takes longer than most stories.
var blank = testdb.Copies{Fill: func(t testing.TB, at testdb.Database) {
	if at.DataDir == "" {
		at.DataDir = t.TempDir()
	}
	db, err := store.Open(t.Context(), store.Options{DataDir: at.DataDir, URL: at.URL, Clock: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}}

func TestMain(m *testing.M) { os.Exit(testdb.Run(m)) }

// each runs the test against the program on both databases; with GUAN_TURN on one of them.
func each(t *testing.T, run func(t *testing.T, p *program)) {
	t.Helper()
	blank.InTurn(t, func(t *testing.T, at testdb.Database) { run(t, start(t, at)) })
}

// logBook keeps what the program logs.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// client is a browser, or a program with a token.
type client struct {
	p     *program
	http  *http.Client
	login string // who signed in
	token string
}

// anonymous is a browser in which nobody has signed in.
func (p *program) anonymous() *client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &client{p: p, http: &http.Client{
		Jar: jar, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// as is a browser in which the person has signed in.
func (p *program) as(login string) *client {
	p.t.Helper()
	c := p.anonymous()
	c.login = login
	c.post("/api/v1/session", map[string]string{"login": login, "password": password}).must(200)
	return c
}

// withToken is a program that shows a token.
func (p *program) withToken(token string) *client {
	c := p.anonymous()
	c.token = token
	return c
}

// reply is a whole answer.
type reply struct {
	c      *client
	asked  string
	status int
	header http.Header
	body   []byte
}

// do sends a request. A body that is a string goes out as it is, one that is a reader without its
// length, anything else as JSON; headers are pairs.
func (c *client) do(method, path string, body any, headers ...string) *reply {
	c.p.t.Helper()
	var content io.Reader
	if reader, ok := body.(io.Reader); ok {
		content = reader
	} else if body != nil {
		text, ok := body.(string)
		if !ok {
			out, err := json.Marshal(body)
			if err != nil {
				c.p.t.Fatal(err)
			}
			text = string(out)
		}
		content = strings.NewReader(text)
	}
	r, err := http.NewRequestWithContext(c.p.t.Context(), method, c.p.url+path, content)
	if err != nil {
		c.p.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	a, err := c.http.Do(r)
	if err != nil {
		c.p.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		c.p.t.Fatal(err)
	}
	got := &reply{c: c, asked: method + " " + path, status: a.StatusCode, header: a.Header, body: text}
	documented(c.p.t, method, path, got)
	return got
}

func (c *client) get(path string, headers ...string) *reply {
	c.p.t.Helper()
	return c.do("GET", path, nil, headers...)
}

func (c *client) post(path string, body any, headers ...string) *reply {
	c.p.t.Helper()
	return c.do("POST", path, body, headers...)
}

// must fails the test when the status is another one.
func (r *reply) must(status int) *reply {
	r.c.p.t.Helper()
	if r.status != status {
		r.c.p.t.Fatalf("%s: status %d, want %d: %s", r.asked, r.status, status, r.body)
	}
	return r
}

// is checks status and code of a problem.
func (r *reply) is(status int, code string) *reply {
	r.c.p.t.Helper()
	if got := r.problem(); r.status != status || got.Code != code {
		r.c.p.t.Errorf("%s: status %d, code %q, want %d, %q: %s", r.asked, r.status, got.Code, status, code, r.body)
	}
	return r
}

func (r *reply) problem() httpapi.Problem {
	r.c.p.t.Helper()
	var p httpapi.Problem
	if err := json.Unmarshal(r.body, &p); err != nil || r.header.Get("Content-Type") != "application/problem+json" {
		r.c.p.t.Fatalf("%s: no problem: %s %s", r.asked, r.header.Get("Content-Type"), r.body)
	}
	if p.Status != r.status || p.RequestID == "" || p.RequestID != r.header.Get("X-Request-Id") || p.Title == "" || p.Type == "" {
		r.c.p.t.Errorf("%s: the problem does not fit its answer: %s", r.asked, r.body)
	}
	return p
}

// into reads the body.
func into[T any](r *reply) T {
	r.c.p.t.Helper()
	var v T
	if err := json.Unmarshal(r.body, &v); err != nil {
		r.c.p.t.Fatalf("%s: %v: %s", r.asked, err, r.body)
	}
	return v
}

// ofItems is a list as it stands on the wire.
type ofItems[T any] struct {
	Items []T `json:"items"`
}

// item is a record as it stands on the wire.
type item struct {
	ID      policy.ID      `json:"id"`
	Version int64          `json:"version"`
	Title   string         `json:"title"`
	Fields  map[string]any `json:"fields"`
	Can     []string       `json:"can"`
}
