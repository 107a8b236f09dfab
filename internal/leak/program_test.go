package leak_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/httpapi"
	"guan/internal/testdb"
	"guan/jobs"
	"guan/policy"
	"guan/store"
)

// clock is the time as the store sees it. It stands still unless the test moves it, so that two
// worlds give the same times.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *clock) set(now time.Time) { c.forward(now.Sub(c.Now())) }

// patience is after how long a test gives up on what is done in the background, on the slowest of machines.
const patience = 3 * time.Minute

// The company is founded at one instant and looked at in another.
var (
	founded = time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)
	today   = founded.AddDate(0, 0, 7)
)

// program is the real program over a real database, with the company in it.
type program struct {
	t     *testing.T
	db    *store.DB
	url   string
	at    testdb.Database
	clock *clock
	*company
}

// start runs the program on a free port with the company of that variant.
func start(t *testing.T, at testdb.Database, v variant) *program {
	t.Helper()
	p := &program{t: t, at: at, clock: &clock{now: founded}}
	var err error
	if at.DataDir == "" {
		at.DataDir = t.TempDir() // for the files of jobs
	}
	if p.db, err = store.Open(t.Context(), store.Options{DataDir: at.DataDir, URL: at.URL, Clock: p.clock.Now}); err != nil {
		t.Fatal(err)
	}
	p.company = found(t, p.db, p.clock, v)
	runner, err := jobs.New(p.db, store.DefaultTenant, nil)
	if err != nil {
		t.Fatal(err)
	}
	server, err := httpapi.New(httpapi.Options{DB: p.db, Jobs: runner.Folder(), Listen: "127.0.0.1:0", PublicURL: "https://crm.example.com", Limits: httpapi.Limits{Requests: -1, SignIns: -1}})
	if err != nil {
		t.Fatal(err)
	}
	p.url = server.URL()
	ctx, stop := context.WithCancel(context.Background())
	ended, worked := make(chan error, 1), make(chan struct{})
	go func() { ended <- server.Run(ctx) }()
	go func() { runner.Run(ctx); close(worked) }()
	t.Cleanup(func() {
		stop()
		<-worked
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
		p.db.Close()
	})
	return p
}

// session is the data as a person of the company sees it, past HTTP.
func (p *program) session(login string) *store.Session {
	return p.db.As(store.Actor{Tenant: store.DefaultTenant, Person: p.people[login], Channel: "web", Device: "unknown", Network: "unknown"})
}

// client is a browser, or a program with a token.
type client struct {
	p     *program
	http  *http.Client
	token string
}

// anonymous is a browser in which nobody has signed in.
func (p *program) anonymous() *client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &client{p: p, http: &http.Client{
		Jar: jar, Timeout: patience, Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// as is a browser in which the person has signed in.
func (p *program) as(login string) *client {
	p.t.Helper()
	c := p.anonymous()
	c.do("POST", "/api/v1/session", map[string]string{"login": login, "password": password}).must(200)
	return c
}

// withToken is a program that shows a token.
func (p *program) withToken(secret string) *client {
	c := p.anonymous()
	c.token = secret
	return c
}

// newToken makes a token as the person and returns its secret and id.
func (p *program) newToken(login string, body map[string]any) (secret string, id policy.ID) {
	p.t.Helper()
	made := into[struct {
		Token string    `json:"token"`
		ID    policy.ID `json:"id"`
	}](p.as(login).do("POST", "/api/v1/tokens", body).must(201))
	return made.Token, made.ID
}

// reply is a whole answer.
type reply struct {
	c      *client
	asked  string
	status int
	header http.Header
	body   []byte
}

// file is a multipart body: the parts of a form, one of them a file.
type file struct {
	boundary string
	text     string
}

// do sends a request. A body that is a string goes out as it is, a file as a form, anything else
// as JSON; headers are pairs.
func (c *client) do(method, path string, body any, headers ...string) *reply {
	c.p.t.Helper()
	var content io.Reader
	contentType := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case file:
		content, contentType = strings.NewReader(b.text), "multipart/form-data; boundary="+b.boundary
	default:
		text, err := json.Marshal(b)
		if err != nil {
			c.p.t.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(c.p.t.Context(), method, c.p.url+path, content)
	if err != nil {
		c.p.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", contentType)
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
	return &reply{c: c, asked: method + " " + path, status: a.StatusCode, header: a.Header, body: text}
}

func (c *client) get(path string) *reply {
	c.p.t.Helper()
	return c.do("GET", path, nil)
}

func (c *client) post(path string, body any) *reply {
	c.p.t.Helper()
	return c.do("POST", path, body)
}

// patch changes fields of a record that the caller saw in a version.
func (c *client) patch(path, version string, fields map[string]any) *reply {
	c.p.t.Helper()
	return c.do("PATCH", path, fieldsOf(fields), "If-Match", version)
}

// must fails the test at once when the status is another one.
func (r *reply) must(status int) *reply {
	r.c.p.t.Helper()
	if r.status != status {
		r.c.p.t.Fatalf("%s: status %d, want %d: %.600s", r.asked, r.status, status, r.body)
	}
	return r
}

// is checks status and, where it is not empty, the code of a problem.
func (r *reply) is(status int, code string) *reply {
	r.c.p.t.Helper()
	var problem httpapi.Problem
	_ = json.Unmarshal(r.body, &problem)
	if r.status != status || code != "" && problem.Code != code {
		r.c.p.t.Errorf("%s: status %d, want %d %s: %.600s", r.asked, r.status, status, code, r.body)
	}
	return r
}

// lacks fails when the answer holds one of the texts anywhere.
func (r *reply) lacks(texts ...string) *reply {
	r.c.p.t.Helper()
	var header bytes.Buffer
	_ = r.header.Write(&header)
	for _, text := range texts {
		if strings.Contains(string(r.body), text) || strings.Contains(header.String(), text) {
			r.c.p.t.Errorf("%s: the answer holds %q: %.600s", r.asked, text, r.body)
		}
	}
	return r
}

// into reads the body.
func into[T any](r *reply) T {
	r.c.p.t.Helper()
	var v T
	if err := json.Unmarshal(r.body, &v); err != nil {
		r.c.p.t.Fatalf("%s: %v: %.600s", r.asked, err, r.body)
	}
	return v
}

// page is a list as it stands on the wire.
type page struct {
	Items []item `json:"items"`
	Next  string `json:"next"`
	Total *struct {
		Count int `json:"count"`
	} `json:"total"`
	Sums map[string]map[string]string `json:"sums"`
}

// ids are the items' ids in their order.
func (p page) ids() string {
	var all []string
	for _, it := range p.Items {
		all = append(all, it.ID.String())
	}
	return strings.Join(all, " ")
}

// made is what was made.
type made struct {
	ID policy.ID `json:"id"`
}

// item is a record as it stands on the wire.
type item struct {
	ID       policy.ID         `json:"id"`
	Version  json.Number       `json:"version"`
	Title    string            `json:"title"`
	Fields   map[string]any    `json:"fields"`
	Masked   map[string]string `json:"masked"`
	Hidden   []string          `json:"hidden"`
	Can      []string          `json:"can"`
	Editable []string          `json:"editable"`
	Refs     map[string]struct {
		ID    policy.ID `json:"id"`
		Title string    `json:"title"`
	} `json:"refs"`
}

func fieldsOf(fields map[string]any) map[string]any { return map[string]any{"fields": fields} }

// recordPath is where a record stands.
func recordPath(kind policy.Kind, id policy.ID) string {
	return "/api/v1/records/" + string(kind) + "/" + id.String()
}
