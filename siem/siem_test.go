package siem

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"guan/store"
)

// The signature is the one that the libraries of Standard Webhooks give for the same message:
// github.com/standard-webhooks/standard-webhooks, libraries/go/webhook_symmetric_test.go, TestSymmetricWebhookSign.
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

// What a receiver relies on by the specification (spec/standard-webhooks.md, 1.0.0): the three headers, the
// instant of the try in whole seconds, an id without full stops, and a body that is signed as it is sent.
func TestHeadersOfTheSpecification(t *testing.T) {
	var got *http.Request
	var body []byte
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
	}))
	defer other.Close()
	d := &store.Delivery{ID: "guan_1_7_9", URL: other.URL, Secrets: []string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, At: time.Unix(1614265330, 999_999_000), Body: []byte(`{"test": 2432232314}`)}
	if outcome, status := New(nil, false).Try(t.Context(), d); outcome != store.StreamArrived || status != 200 {
		t.Fatalf("%s %d", outcome, status)
	}
	for name, want := range map[string]string{"webhook-id": "guan_1_7_9", "webhook-timestamp": "1614265330", "Content-Type": "application/json"} {
		if at := got.Header.Get(name); at != want || strings.Contains(want, ".") {
			t.Errorf("%s: %q, not %q", name, at, want)
		}
	}
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("guan_1_7_9.1614265330." + string(body)))
	if at := got.Header.Get("webhook-signature"); got.Method != http.MethodPost || at != "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
		t.Errorf("%s %s", got.Method, at)
	}
}

// A secret has 192 to 512 bits in base64 behind whsec_.
func TestSecrets(t *testing.T) {
	of := func(n int) string { return "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, n)) }
	for secret, ok := range map[string]bool{of(23): false, of(24): true, of(64): true, of(65): false, strings.TrimPrefix(of(32), "whsec_"): false, "whsk_" + of(32): false, "whsec_?": false} {
		if _, err := store.StreamKey(secret); (err == nil) != ok {
			t.Errorf("%s: %v", secret, err)
		}
	}
}

// strayDialer is the dialer where names are asked of somebody on loopback who knows none.
func strayDialer(t *testing.T) *net.Dialer {
	t.Helper()
	names, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { names.Close() })
	go func() {
		question := make([]byte, 1500)
		for {
			n, from, err := names.ReadFrom(question)
			if err != nil {
				return
			}
			question[2] |= 0x80                 // an answer
			question[3] = question[3]&^0x0f | 3 // there is no such name
			names.WriteTo(question[:n], from)
		}
	}()
	dialer := Dialer(false)
	dialer.Resolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", names.LocalAddr().String())
	}}
	return dialer
}

// What came back is told in one word, without the text of the other end.
func TestOutcomes(t *testing.T) {
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/", http.StatusFound)
			return
		}
		w.WriteHeader(http.StatusGone)
	}))
	defer plain.Close()
	sealed := httptest.NewUnstartedServer(http.NotFoundHandler())
	sealed.Config.ErrorLog = log.New(io.Discard, "", 0)
	sealed.StartTLS()
	defer sealed.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	cut, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer cut.Close()
	go func() {
		for {
			c, err := cut.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
	sender := New(nil, false)
	stray := New(nil, false)
	stray.client.Transport.(*http.Transport).DialContext = strayDialer(t).DialContext
	hasty := New(nil, false)
	hasty.client.Timeout = 50 * time.Millisecond
	for _, try := range []struct {
		by     *Sender
		url    string
		want   store.StreamOutcome
		status int
	}{
		{sender, plain.URL, store.StreamAnswered, 410},
		{sender, plain.URL + "/moved", store.StreamAnswered, 302},
		{sender, sealed.URL, store.StreamUntrusted, 0},
		{sender, gone.URL, store.StreamRefused, 0},
		{sender, "http://169.254.169.254/latest", store.StreamForbidden, 0},
		{stray, "http://nobody.invalid/", store.StreamUnknown, 0},
		{sender, "http://" + cut.Addr().String(), store.StreamBroken, 0},
		{hasty, "http://" + mute.Addr().String(), store.StreamLate, 0},
	} {
		d := &store.Delivery{ID: "guan_1_test_1", URL: try.url, Secrets: []string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}, Body: []byte("{}")}
		if got, status := try.by.Try(t.Context(), d); got != try.want || status != try.status {
			t.Errorf("%s: %s %d, not %s %d", try.url, got, status, try.want, try.status)
		}
	}
}
