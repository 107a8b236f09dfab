package httpapi

import (
	"net/http"
	"time"
)

// callers says who may call a route at all; what they may see there is for the Session to say.
type callers uint8

const (
	anyone callers = iota + 1 // also without signing in
	person                    // signed in with a password
	either                    // signed in, or with an API token
)

// String names the callers for the census of routes.
func (c callers) String() string {
	switch c {
	case anyone:
		return "anyone"
	case person:
		return "person"
	case either:
		return "either"
	}
	return "nobody"
}

// route is one row of the table.
type route struct {
	method  string
	pattern string // of http.ServeMux, without the method
	who     callers
	handle  func(*call) error
	about

	views lookable      // what it does when somebody looks as another person
	limit int64         // most bytes of the body; 0 for none
	slow  time.Duration // how long it may take; 0 for Limits.Handling
}

// about is what the OpenAPI document says of a route. Query and body are also what the route
// accepts.
type about struct {
	id      string // operationId
	summary string
	query   []param
	matches bool // takes If-Match
	body    any  // a value of the type, nil for none
	form    bool // the body is multipart/form-data: body describes its parts
	status  int  // of success
	answer  any  // a value of the type, nil for none
	media   string
}

// takes says that the route reads a JSON body of the type of example.
func (r route) takes(limit int64, example any) route {
	r.limit, r.body = limit, example
	return r
}

// takesForm says that the route reads multipart/form-data whose parts are the members of example.
func (r route) takesForm(limit int64, example any) route {
	r.form = true
	return r.takes(limit, example)
}

// givesFile says that a success answers a file of the media type.
func (r route) givesFile(status int, media string) route {
	r.status, r.media = status, media
	return r
}

// within says that the route, which sends or takes files, may take longer than others.
func (r route) within(d time.Duration) route {
	r.slow = d
	return r
}

// gives says what a success answers: status, and a value of the type unless there is no body.
func (r route) gives(status int, example any) route {
	r.status, r.answer = status, example
	return r
}

// asks says which query parameters the route takes.
func (r route) asks(query ...param) route {
	r.query = query
	return r
}

// onMatch says that the route changes a version that the caller names in If-Match.
func (r route) onMatch() route {
	r.matches = true
	return r
}

// on is one row: GET rows and the like stand in routes.go.
func on(method, pattern string, who callers, handle func(*call) error, id, summary string) route {
	return route{method: method, pattern: pattern, who: who, handle: handle, about: about{id: id, summary: summary, status: http.StatusNoContent}}
}

func get(pattern string, who callers, handle func(*call) error, id, summary string) route {
	return on(http.MethodGet, pattern, who, handle, id, summary)
}
func post(pattern string, who callers, handle func(*call) error, id, summary string) route {
	return on(http.MethodPost, pattern, who, handle, id, summary)
}
func put(pattern string, who callers, handle func(*call) error, id, summary string) route {
	return on(http.MethodPut, pattern, who, handle, id, summary)
}
func patch(pattern string, who callers, handle func(*call) error, id, summary string) route {
	return on(http.MethodPatch, pattern, who, handle, id, summary)
}
func remove(pattern string, who callers, handle func(*call) error, id, summary string) route {
	return on(http.MethodDelete, pattern, who, handle, id, summary)
}
