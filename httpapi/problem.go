package httpapi

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"guan/fault"
	"guan/store"
)

// statuses is the one place where kinds of failure become statuses.
var statuses = map[fault.Kind]int{
	fault.Internal: http.StatusInternalServerError,
	fault.Invalid:  http.StatusBadRequest,
	fault.Denied:   http.StatusForbidden,
	fault.NotFound: http.StatusNotFound,
	fault.Conflict: http.StatusConflict,
	fault.Stale:    http.StatusPreconditionFailed,
	fault.Locked:   http.StatusTooManyRequests,
}

// statusOfCode holds the codes for which HTTP has a better word than for their kind.
var statusOfCode = map[string]int{
	"signin":       http.StatusUnauthorized,
	"credentials":  http.StatusUnauthorized,
	"method":       http.StatusMethodNotAllowed,
	"body_large":   http.StatusRequestEntityTooLarge,
	"file_large":   http.StatusRequestEntityTooLarge,
	"content_type": http.StatusUnsupportedMediaType,
	"if_match":     http.StatusPreconditionRequired,
	"draining":     http.StatusServiceUnavailable,
	"not_ready":    http.StatusServiceUnavailable,
}

// statusGone is for the log and the metrics alone: the client gave the request up, as a browser does
// when a page is left, and nobody reads the answer.
const statusGone = 499

// gone reports whether a failure comes of the client having gone. What failed by itself meanwhile
// stays a failure.
func (c *call) gone(err error) bool {
	return c.outside.Err() != nil && fault.Is(err, fault.Internal) && store.GivenUp(err)
}

// Failures that arise here, before any Session is asked.
var (
	errNotFound = fault.New(fault.NotFound, "not_found", "there is no such thing")
	errMethod   = fault.New(fault.Invalid, "method", "the method is not allowed here")
	errOrigin   = fault.New(fault.Denied, "origin", "the request came from another site")
	errSignIn   = fault.New(fault.Denied, "signin", "sign in first")
	errPerson   = fault.New(fault.Denied, "session_required", "this can be done only when signed in with a password")
)

// Problem is the body of every answer that is no success: RFC 9457 with the fault's own parts.
// Code and params are for catalogues, detail is for people who use the API.
type Problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Kind      string         `json:"kind"`
	Code      string         `json:"code"`
	Detail    string         `json:"detail"`
	Params    map[string]any `json:"params,omitempty"`
	RequestID string         `json:"request_id"`
	Errors    []fault.Item   `json:"errors,omitempty"`
}

// problemOf turns an error into what the caller may read of it; the cause stays behind.
func problemOf(err error, requestID string) Problem {
	f := fault.From(err)
	status, ok := statusOfCode[f.Code]
	if !ok {
		status = statuses[f.Kind]
	}
	p := Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Kind: f.Kind.String(), Code: f.Code, Detail: f.Detail, Params: f.Params, RequestID: requestID, Errors: f.Items,
	}
	if f.At != "" && len(f.Items) == 0 {
		p.Errors = []fault.Item{f.Item()}
	}
	return p
}

// fail answers with the problem that err is.
func (c *call) fail(err error) {
	p := problemOf(err, c.id)
	c.failure = err
	if c.gone(err) {
		p.Status = statusGone
	}
	h := c.w.Header()
	// What a handler had prepared for its success does not hold any more.
	for _, name := range []string{"Etag", "Location", "Content-Disposition", "Content-Encoding", "Content-Length", "Set-Cookie"} {
		h.Del(name)
	}
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="guan"`)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter(p.Params))
	}
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{"type":"about:blank","title":"Internal Server Error","status":500,"kind":"Internal","code":"internal","detail":"something went wrong on the server"}`)
		p.Status = http.StatusInternalServerError
	}
	c.write(p.Status, "application/problem+json", body)
}

// retryAfter reads the seconds that a fault names, at least 1.
func retryAfter(params map[string]any) string {
	seconds := 1.0
	switch n := params["retry_after"].(type) {
	case int:
		seconds = float64(n)
	case int64:
		seconds = float64(n)
	case float64:
		seconds = n
	}
	return strconv.Itoa(int(math.Max(1, math.Ceil(seconds))))
}

// invalid is a mistake in one place of the request. The value itself is never part of it.
func invalid(at, code, format string, args ...any) *fault.Error {
	return fault.Newf(fault.Invalid, code, format, args...).WithAt(at)
}

// nameFromOutside makes a name that the caller sent fit to be told back: printable and short.
func nameFromOutside(name string) string {
	const longest = 64
	if len(name) > longest {
		name = name[:longest]
	}
	quoted := fmt.Sprintf("%+q", name)
	if strings.Contains(quoted, `\`) {
		return quoted
	}
	return name
}
