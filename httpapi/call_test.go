package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func testAPI(log *bytes.Buffer) *api {
	return &api{log: slog.New(slog.NewJSONHandler(log, nil)), metrics: newMetrics(), limits: Limits{}.withDefaults(), origin: http.NewCrossOriginProtection(), requests: newLimiter(-1, 1)}
}

// A panic is our mistake: the caller learns nothing, the log has the stack.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	a := testAPI(&log)
	w := httptest.NewRecorder()
	crash := &route{method: "GET", pattern: "/crash", who: anyone, handle: func(*call) error { panic("c4n4ry") }}
	a.serve(w, httptest.NewRequest("GET", "/crash", nil), "/crash", map[string]*route{"GET": crash})
	if w.Code != 500 || strings.Contains(w.Body.String(), "c4n4ry") || !strings.Contains(w.Body.String(), `"request_id"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "c4n4ry") || !strings.Contains(log.String(), "call_test.go") || !strings.Contains(log.String(), `"status":500`) {
		t.Errorf("log: %s", log.String())
	}

	// Half an answer must not look like a whole one.
	late := &route{method: "GET", pattern: "/late", who: anyone, handle: func(c *call) error {
		c.w.Write([]byte("half"))
		panic("late")
	}}
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the connection is not cut")
		}
	}()
	a.serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/late", nil), "/late", map[string]*route{"GET": late})
}

func TestLimiterForgetsTheOldest(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	l := newLimiter(1, 1)
	if l.take("a", now) != nil || l.take("a", now) == nil {
		t.Error("a bucket of one gives one")
	}
	if l.take("a", now.Add(time.Second)) != nil {
		t.Error("the bucket does not fill")
	}
	for i := range mostBuckets + 10 {
		l.take(fmt.Sprint(i), now)
	}
	if len(l.buckets) != mostBuckets || l.recent.Len() != mostBuckets {
		t.Errorf("%d buckets are kept", len(l.buckets))
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "deflate, gzip": true, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0.1": true, "br": false, "*": true, "x-gzip": false,
	} {
		if acceptsGzip(header) != want {
			t.Errorf("%q", header)
		}
	}
}

func TestDeviceOf(t *testing.T) {
	for agent, want := range map[string]string{
		"": "unknown", "curl/8": "unknown",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36":                         "desktop",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)":                               "phone",
		"Mozilla/5.0 (Linux; Android 15; HBN-AL00) AppleWebKit/537.36 Mobile MicroMessenger/8": "phone",
	} {
		if got := deviceOf(agent); got != want {
			t.Errorf("%q is %s", agent, got)
		}
	}
}

func FuzzCheckJSON(f *testing.F) {
	for _, text := range []string{`{}`, `{"a":[1,{"b":null}],"c":"x"}`, `{"a":1,"a":2}`, `[[]`, `{"a":{"a":1}} x`, ``} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if checkJSON(text) == nil && !json.Valid(text) {
			t.Errorf("%q was taken for JSON", text)
		}
	})
}
