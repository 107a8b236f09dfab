package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"guan/fault"
)

// A request that its client gave up is told in the log as just that, also when it could not be
// recorded because of it; what fails by itself stays an error, whether somebody waits for it or not.
func TestGivenUpRequests(t *testing.T) {
	for _, x := range []struct {
		name   string
		leaves bool
		fails  func(context.Context) error
		status int
		level  string
	}{
		{"the read was cancelled", true, func(ctx context.Context) error {
			return fault.Wrap(ctx.Err(), fault.Internal, "cancelled", "the request was given up before it was done")
		}, 499, "INFO"},
		{"the entry was not written", true, func(ctx context.Context) error {
			return fault.Wrap(ctx.Err(), fault.Internal, "unrecorded", "the answer is withheld because it could not be recorded")
		}, 499, "INFO"},
		{"nobody wrapped it", true, func(ctx context.Context) error { return ctx.Err() }, 499, "INFO"},
		{"the log is full", true, func(context.Context) error {
			return fault.Wrap(errors.New("disk full"), fault.Internal, "unrecorded", "the answer is withheld because it could not be recorded")
		}, 500, "ERROR"},
		{"a mistake of ours", true, func(context.Context) error { return errors.New("index out of range") }, 500, "ERROR"},
		{"it took too long", false, func(context.Context) error {
			return fault.Wrap(context.DeadlineExceeded, fault.Internal, "cancelled", "the request was given up before it was done")
		}, 500, "ERROR"},
		{"cancelled by nobody", false, func(context.Context) error { return context.Canceled }, 500, "ERROR"},
		{"a refusal", true, func(context.Context) error { return errNotFound }, 404, "INFO"},
	} {
		var log bytes.Buffer
		a := newAPI(Options{Log: slog.New(slog.NewJSONHandler(&log, nil)), Limits: Limits{Requests: -1, SignIns: -1}})
		ctx, leave := context.WithCancel(t.Context())
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/x", nil)
		w := httptest.NewRecorder()
		a.serve(w, r, "/x", map[string]*route{http.MethodGet: {who: anyone, handle: func(c *call) error {
			if x.leaves {
				leave()
				<-c.ctx().Done()
			}
			return x.fails(c.ctx())
		}}})
		leave()
		var line struct {
			Level  string
			Status int
			Error  string
		}
		if err := json.Unmarshal(log.Bytes(), &line); err != nil {
			t.Fatalf("%s: %v: %s", x.name, err, log.String())
		}
		if w.Code != x.status || line.Status != x.status || line.Level != x.level || (line.Error != "") != (x.level == "ERROR") {
			t.Errorf("%s: %d, logged %s", x.name, w.Code, log.String())
		}
	}
}
