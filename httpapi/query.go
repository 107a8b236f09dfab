package httpapi

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// param is a query parameter or a header that a route takes.
type param struct {
	name string
	desc string
	typ  string // string, integer or id; empty is string
	enum []string
	must bool
}

// query reads the parameters of a call and gathers their mistakes.
type query struct {
	values url.Values
	errs   []error
}

// query parses the query string strictly: parameters that the route does not declare and those
// that stand twice are refused, since one that is ignored answers another question than was asked.
func (c *call) query() *query {
	q := &query{}
	values, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil {
		q.errs = append(q.errs, invalid("query", "query", "the query string is malformed"))
		return q
	}
	for name, given := range values {
		switch {
		case !slices.ContainsFunc(c.route.query, func(p param) bool { return p.name == name }):
			q.errs = append(q.errs, invalid(nameFromOutside(name), "unknown_parameter", "there is no such parameter"))
		case len(given) > 1:
			q.errs = append(q.errs, invalid(name, "repeated_parameter", "the parameter stands more than once"))
		case !utf8.ValidString(given[0]) || strings.ContainsRune(given[0], 0):
			q.errs = append(q.errs, invalid(name, "encoding", "the parameter is not UTF-8 text"))
		}
	}
	for _, p := range c.route.query {
		if p.must && values.Get(p.name) == "" {
			q.errs = append(q.errs, invalid(p.name, "required", "the parameter is required"))
		}
	}
	q.values = values
	return q
}

// err returns all mistakes found so far as one.
func (q *query) err() error {
	slices.SortStableFunc(q.errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return fault.Collect(fault.Invalid, "query", "the query parameters are wrong", q.errs...)
}

// text returns a parameter, empty when it is not given.
func (q *query) text(name string) string { return q.values.Get(name) }

// names returns a parameter that lists names between commas.
func (q *query) names(name string) []string {
	text := q.values.Get(name)
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// number returns a whole number from low to high.
func (q *query) number(name string, low, high, absent int) int {
	text := q.values.Get(name)
	if text == "" {
		return absent
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		q.errs = append(q.errs, invalid(name, "range", "must be a whole number from %d to %d", low, high).With("low", low).With("high", high))
		return absent
	}
	return n
}

// instant returns a time, zero when none is given.
func (q *query) instant(name string) time.Time {
	text := q.values.Get(name)
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		q.errs = append(q.errs, invalid(name, "instant", "must be a time such as 2026-03-01T08:00:00+08:00"))
	}
	return at
}

// choice returns one of the values, the first when none is given.
func (q *query) choice(name string, values ...string) string {
	text := q.values.Get(name)
	if text == "" {
		return values[0]
	}
	if !slices.Contains(values, text) {
		q.errs = append(q.errs, invalid(name, "choice", "must be one of %s", strings.Join(values, ", ")))
	}
	return text
}

// id returns an id, 0 when none is given.
func (q *query) id(name string) policy.ID {
	text := q.values.Get(name)
	if text == "" {
		return 0
	}
	id, err := policy.ParseID(text)
	if err != nil {
		q.errs = append(q.errs, badID(name))
	}
	return id
}

func badID(at string) *fault.Error {
	return invalid(at, "id", "an id is a positive decimal number below 2^53")
}

// pathID reads the id in the path.
func (c *call) pathID(name string) (policy.ID, error) {
	id, err := policy.ParseID(c.r.PathValue(name))
	if err != nil {
		return 0, badID(name)
	}
	return id, nil
}

// kind reads the kind in the path. Whether there is one of that name is for the Session to say:
// a kind that one may not see and one that does not exist are the same.
func (c *call) kind() policy.Kind { return policy.Kind(c.r.PathValue("kind")) }

// ifMatch reads the version that the caller last saw. A write without it would overwrite what
// somebody else wrote in between.
func (c *call) ifMatch() (int64, error) {
	given := c.r.Header.Values("If-Match")
	if len(given) == 0 {
		return 0, fault.New(fault.Invalid, "if_match", "the header If-Match with the version last read is required").WithAt("If-Match")
	}
	text := given[0]
	if unquoted, ok := strings.CutPrefix(text, `"`); ok {
		text, ok = strings.CutSuffix(unquoted, `"`)
		if !ok {
			text = ""
		}
	}
	version, err := strconv.ParseUint(text, 10, 63)
	if err != nil || len(given) > 1 {
		return 0, invalid("If-Match", "if_match_malformed", "If-Match must be one version, such as \"3\"")
	}
	return int64(version), nil
}
