package httpapi

import (
	"net/url"

	"guan/fault"
	"guan/policy"
	"guan/store"
)

// viewAsHeader names the person as whom somebody looks at the data. The query parameter view_as says
// the same, for links.
const (
	viewAsHeader = "View-As"
	viewAsParam  = "view_as"
)

// lookable says what a route does when it is asked as somebody else.
type lookable uint8

const (
	ownOnly lookable = iota // refuses
	asThem                  // answers what they would see
	alike                   // answers as ever: it is the same for everybody
)

var errViewAs = fault.New(fault.Denied, "view_as", "this cannot be done while looking at the data as somebody else")

// viewed says that the route can be looked at as another person.
func (r route) viewed() route {
	r.views = asThem
	return r
}

// viewedAlike says that the route may be asked while one looks as another person, and answers the
// same.
func (r route) viewedAlike() route {
	r.views = alike
	return r
}

// lookAs takes from the request as whom the caller looks. What is not made for that refuses, so that
// nothing is done or shown as oneself by somebody who thinks to look as another.
func (c *call) lookAs() error {
	given := c.r.Header.Values(viewAsHeader)
	if c.route.views != ownOnly {
		values, err := url.ParseQuery(c.r.URL.RawQuery)
		if err == nil && values.Has(viewAsParam) {
			given = append(given, values[viewAsParam]...)
			values.Del(viewAsParam)
			c.r.URL.RawQuery = values.Encode()
		}
	}
	if len(given) == 0 {
		return nil
	}
	if c.route.views == ownOnly || c.actor.Session == 0 {
		return errViewAs
	}
	id, err := policy.ParseID(given[0])
	if err != nil || len(given) > 1 {
		return badID(viewAsHeader)
	}
	c.w.Header().Add("Vary", viewAsHeader)
	if c.route.views == asThem {
		c.as = id
	}
	return nil
}

// session is the data as the caller may see it, or as it looks to the person as whom they look.
func (c *call) session() *store.Session {
	s := c.api.db.As(c.actor)
	if c.as != 0 {
		s = s.ViewAs(c.as)
	}
	return s
}
