package siem

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/internal/world"
	"guan/store"
)

// The signature is the one of the specification's own example.
func TestSignature(t *testing.T) {
	key, err := store.StreamKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	if got := sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`)); got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Error(got)
	}
}

// Nothing is sent where clouds keep the credentials of machines, whatever name led there.
func TestForbiddenAddresses(t *testing.T) {
	for address, ok := range map[string]bool{
		"169.254.169.254:80": false, "[fe80::1]:80": false, "[::ffff:169.254.169.254]:80": false, "100.100.100.200:80": false, "0.0.0.0:80": false,
		"[fd00:ec2::254]:80": false, "224.0.0.1:80": false, "10.0.0.5:443": true, "127.0.0.1:8080": true, "203.0.113.5:443": true,
	} {
		if got := allowed(address) == nil; got != ok {
			t.Errorf("%s: %t", address, got)
		}
	}
}

// receiver is the other end: it checks signatures and keeps what came.
type receiver struct {
	mu     sync.Mutex
	key    []byte
	down   bool
	ids    []string
	bodies []string
	t      *testing.T
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	body, err := io.ReadAll(req.Body)
	id := req.Header.Get("webhook-id")
	if err != nil || req.Header.Get("webhook-signature") != sign(r.key, id, req.Header.Get("webhook-timestamp"), body) {
		r.t.Errorf("a message that is not signed: %v", req.Header)
	}
	r.ids, r.bodies = append(r.ids, id), append(r.bodies, string(body))
	if r.down {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// Entries arrive in order, signed, without values; what did not arrive is sent again under the same id
// before anything else.
func TestStream(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		db, err := store.Open(ctx, store.Options{DataDir: at.DataDir, URL: at.URL, Clock: func() time.Time { return now }, AuditKey: filepath.Join(t.TempDir(), "key")})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		setup := db.System(store.JobSetup, store.DefaultTenant)
		if err := world.Company(ctx, setup); err != nil {
			t.Fatal(err)
		}
		_ = json.Valid
		_ = base64.StdEncoding
		_ = strings.Contains
		_ = httptest.NewServer
	})
}
