package httpapi

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"guan/fault"
	"guan/policy"
	"guan/store"
)

// call is one request on its way.
type call struct {
	api     *api
	w       *recorder
	r       *http.Request
	route   *route // nil where there is none for the method
	pattern string // of the route, for log and metrics: never a path, which holds ids
	id      string // of the request
	client  client
	started time.Time

	outside context.Context // of the request as it came: it ends when the client has gone

	actor store.Actor
	as    policy.ID // as whom the caller looks; 0 for themselves
	// failure is the error that was answered; its cause is for the log.
	failure error
}

// ctx ends with the request, or when it takes too long.
func (c *call) ctx() context.Context { return c.r.Context() }

// serve answers one request at a pattern that has these methods; none means that there is
// nothing at the path.
func (a *api) serve(w http.ResponseWriter, r *http.Request, pattern string, methods map[string]*route) {
	c := &call{api: a, w: &recorder{ResponseWriter: w}, r: r, outside: r.Context(), pattern: pattern, started: time.Now()}
	c.client = a.clientOf(r)
	c.id = c.client.requestID
	if c.id == "" {
		c.id = rand.Text()
	}
	a.metrics.begin()
	defer c.end()
	c.w.Header().Set("X-Request-Id", c.id)
	c.apiHeaders()
	if err := c.handle(methods); err != nil {
		c.fail(err)
	}
}

// handle is the way of every call: route, origin, caller, limit, body, handler.
func (c *call) handle(methods map[string]*route) error {
	if len(methods) == 0 {
		return errNotFound
	}
	if done, err := c.choose(methods); done || err != nil {
		return err
	}
	defer c.bound()()
	if err := c.sameOrigin(); err != nil {
		return err
	}
	if err := c.admit(); err != nil {
		return err
	}
	if err := c.lookAs(); err != nil {
		return err
	}
	if c.route.limit == 0 && c.r.ContentLength != 0 {
		return fault.New(fault.Invalid, "body_unexpected", "the request must not have a body")
	}
	if len(c.route.query) == 0 && c.r.URL.RawQuery != "" {
		if err := c.query().err(); err != nil {
			return err
		}
	}
	return c.route.handle(c)
}

// choose finds the route for the method, and answers OPTIONS itself.
func (c *call) choose(methods map[string]*route) (done bool, err error) {
	method := c.r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if c.route = methods[method]; c.route != nil {
		return false, nil
	}
	allowed := []string{http.MethodOptions}
	for m := range methods {
		allowed = append(allowed, m)
		if m == http.MethodGet {
			allowed = append(allowed, http.MethodHead)
		}
	}
	slices.Sort(allowed)
	c.w.Header().Set("Allow", strings.Join(allowed, ", "))
	if c.r.Method == http.MethodOptions {
		return true, c.done()
	}
	return true, errMethod
}

// bound ends the call's context when the route has taken too long, and lets the connection live
// as long where that is longer than usual.
func (c *call) bound() (release func()) {
	long := c.api.limits.Handling
	if c.route.slow > 0 {
		long = c.route.slow
		connection := http.NewResponseController(c.w)
		end := c.started.Add(long + writeGrace)
		// A connection without deadlines has none to move.
		_ = connection.SetReadDeadline(end)
		_ = connection.SetWriteDeadline(end)
	}
	ctx, cancel := context.WithTimeout(c.r.Context(), long)
	c.r = c.r.WithContext(ctx)
	return cancel
}

// end logs and counts the call, and turns a panic into a plain 500 with its stack in the log.
func (c *call) end() {
	crash := recover()
	if crash != nil && crash != http.ErrAbortHandler {
		c.api.log.LogAttrs(c.ctx(), slog.LevelError, "panic", slog.String("request_id", c.id), slog.String("route", c.pattern),
			slog.Any("panic", crash), slog.String("stack", string(debug.Stack())))
		if c.w.status == 0 {
			c.fail(fault.New(fault.Internal, "internal", "something went wrong on the server"))
			crash = nil
		} else {
			crash = http.ErrAbortHandler // half an answer is out: cut the connection
		}
	}
	took := time.Since(c.started)
	c.api.metrics.end(c.r.Method, c.pattern, c.w.status, took)
	c.logAccess(took)
	if crash != nil {
		panic(crash)
	}
}

// logAccess writes one line. It holds no query, body or name: filters carry business data.
func (c *call) logAccess(took time.Duration) {
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("request_id", c.id), slog.String("method", c.r.Method), slog.String("route", c.pattern),
		slog.Int("status", c.w.status), slog.Int64("bytes", c.w.bytes), slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.String("address", c.client.address),
	}
	if c.actor.Person != 0 {
		attrs = append(attrs, slog.String("person", c.actor.Person.String()), slog.String("channel", c.actor.Channel))
	}
	if c.failure != nil {
		attrs = append(attrs, slog.String("code", fault.From(c.failure).Code))
		if fault.Is(c.failure, fault.Internal) && c.w.status != statusGone {
			level = slog.LevelError
			attrs = append(attrs, slog.String("error", c.failure.Error()))
		}
	}
	c.api.log.LogAttrs(c.ctx(), level, "request", attrs...)
}
