package httpapi_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/internal/testdb"
	"guan/siem"
	"guan/store"
)

// receiver is the other end of the stream: it checks what is signed and keeps what came.
type receiver struct {
	t       *testing.T
	secrets []string // that a message is signed with, in this order
	status  int      // 0 is 200
	after   string   // Retry-After
	says    string
	before  func() // done before the answer
	ids     []string
	bodies  []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	id := req.Header.Get("webhook-id")
	var want []string
	for _, secret := range r.secrets {
		key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + req.Header.Get("webhook-timestamp") + "." + string(body)))
		want = append(want, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	if got := req.Header.Get("webhook-signature"); err != nil || got != strings.Join(want, " ") {
		r.t.Errorf("signed %q by %d secrets: %v", got, len(r.secrets), err)
	}
	r.ids, r.bodies = append(r.ids, id), append(r.bodies, string(body))
	if r.before != nil {
		r.before()
	}
	if r.after != "" {
		w.Header().Set("Retry-After", r.after)
	}
	if r.status != 0 {
		w.WriteHeader(r.status)
	}
	_, _ = io.WriteString(w, r.says)
}

// Entries arrive signed, in their order and without values; what did not arrive comes again under the
// same id, before anything else.
func TestStreamOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		ctx := context.Background()
		boss, seller := p.as("boss"), p.as("seller")
		other := &receiver{t: t}
		server := httptest.NewServer(other)
		defer server.Close()
		sender := siem.New(p.db.System(store.JobStream, store.DefaultTenant), false)
		once := func() bool {
			t.Helper()
			arrived, err := sender.Once(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return arrived
		}
		seal := func() {
			t.Helper()
			if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(ctx); err != nil {
				t.Fatal(err)
			}
		}
		seal()
		set := map[string]any{"on": true, "url": server.URL, "entries": true, "values": false}
		boss.do("PUT", "/api/v1/alerts/stream", map[string]any{"on": true, "url": "ftp://example.com", "entries": true, "values": false}, "If-Match", "0").must(400)
		made := into[store.WrittenStream](boss.do("PUT", "/api/v1/alerts/stream", set, "If-Match", "0").must(200))
		if !strings.HasPrefix(made.Secret, "whsec_") {
			t.Fatalf("%+v", made)
		}
		other.secrets = []string{made.Secret}
		if shown := boss.get("/api/v1/alerts/stream").must(200); strings.Contains(string(shown.body), "whsec_") {
			t.Error("the secret is shown again")
		}
		id := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "密云商行", "owner": p.people["seller"].String()}}).must(201)).ID
		boss.do("PATCH", customers(id), fieldsOf("name", "改名商行"), "If-Match", `"1"`).must(200)
		seal()
		other.status = 503
		if once() {
			t.Error("arrived at who is down")
		}
		if once() {
			t.Error("tried again at once")
		}
		seller.get(customers(id)).must(200)
		seal()
		if at := into[store.WrittenStream](boss.get("/api/v1/alerts/stream").must(200)); at.Tries != 1 || at.Failed != store.StreamAnswered || at.FailedStatus != 503 || at.NextAt == nil || at.Behind == 0 {
			t.Errorf("%+v", at)
		}
		other.status = 0
		boss.do("PUT", "/api/v1/alerts/stream", set, "If-Match", "1").must(200) // tries anew
		for once() {
		}
		if len(other.ids) != 3 || other.ids[0] != other.ids[1] || other.bodies[0] != other.bodies[1] || other.ids[2] == other.ids[1] {
			t.Fatalf("%q", other.ids)
		}
		var last int64 = -1
		var reads int
		for _, body := range other.bodies[1:] {
			if strings.Contains(body, "改名商行") || strings.Contains(body, "密云商行") {
				t.Error("a value left")
			}
			var m struct {
				Type string
				Data struct{ Entries []store.StreamEvent }
			}
			if err := json.Unmarshal([]byte(body), &m); err != nil || m.Type != "audit.entries" {
				t.Fatalf("%v %s", err, body)
			}
			for _, e := range m.Data.Entries {
				if e.Leaf <= last {
					t.Errorf("leaf %d after %d", e.Leaf, last)
				}
				last = e.Leaf
				if e.Data.Action == "read" && *e.Data.Record == id {
					reads++
				}
			}
		}
		if reads != 1 {
			t.Errorf("the read arrived %d times", reads)
		}
	})
}

// A test event arrives signed, and whoever asked is told what came back in one word: of what the other end says
// nothing comes through. Who may not set the stream sends nothing; many in a row have to wait; all of it is on
// record.
func TestStreamTry(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		now := time.Now()
		p := startOn(t, at, store.Options{Clock: func() time.Time { return now }})
		boss := p.as("boss")
		other := &receiver{t: t, says: "canary-of-the-other-end"}
		server := httptest.NewServer(other)
		defer server.Close()
		const path = "/api/v1/alerts/stream"
		version := 0
		set := func(url string) {
			t.Helper()
			made := into[store.WrittenStream](boss.do("PUT", path, map[string]any{"on": false, "url": url, "entries": false, "values": false}, "If-Match", fmt.Sprint(version)).must(200))
			if version++; made.Secret != "" {
				other.secrets = []string{made.Secret}
			}
		}
		try := func() store.StreamTry {
			t.Helper()
			came := boss.do("POST", path+"/test", nil).must(200)
			if strings.Contains(string(came.body), other.says) {
				t.Errorf("what the other end says came through: %s", came.body)
			}
			return into[store.StreamTry](came)
		}
		boss.do("POST", path+"/test", nil).is(404, "stream")
		set(server.URL)
		came := try()
		if came.Outcome != store.StreamArrived || came.Status != 200 || len(other.ids) != 1 || other.ids[0] != came.ID || !strings.Contains(other.bodies[0], `"type":"stream.test"`) {
			t.Fatalf("%+v %q %q", came, other.ids, other.bodies)
		}
		for _, who := range []string{"seller", "auditor"} {
			p.as(who).do("POST", path+"/test", nil).is(403, "right")
		}
		other.status = 503
		if came = try(); came.Outcome != store.StreamAnswered || came.Status != 503 {
			t.Errorf("%+v", came)
		}
		server.Close()
		if came = try(); came.Outcome != store.StreamRefused || came.Status != 0 {
			t.Errorf("%+v", came)
		}
		set("http://169.254.169.254/latest/meta-data")
		if came = try(); came.Outcome != store.StreamForbidden {
			t.Errorf("%+v", came)
		}
		try() // the last of five
		refused := boss.do("POST", path+"/test", nil).is(429, "stream_often")
		if into[fault.Error](refused).Params["retry_after"] == nil || len(other.ids) != 2 {
			t.Errorf("%s, and %d arrived", refused.body, len(other.ids))
		}
		now = now.Add(time.Minute)
		try()

		var out []string
		for _, it := range p.as("auditor").search(url.Values{"person": {p.people["boss"].String()}, "group": {string(audit.Administration)}}) {
			if it.Action == string(audit.StreamTried) {
				out = append(out, string(it.Outcome))
			}
		}
		if want := []string{"forbidden", "", "forbidden", "", "forbidden", "", "refused", "", "answered", "", "arrived", ""}; !slices.Equal(out, want) {
			t.Errorf("on record: %q", out)
		}
	})
}
