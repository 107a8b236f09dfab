package httpapi_test

import (
	"time"

	"guan/policy"
)

// grantRows are of temporary access beyond giving it, and of what somebody holds.
var grantRows = []row{
	{"POST /api/v1/grants/plan", "own", "401 404 200 200 200 404 200 403", func(x *census, c *client) *reply { return c.post("/api/v1/grants/plan", x.lend(x.own)) }},
	{"POST /api/v1/grants/plan", "other", "401 404 404 404 200 404 200 403", func(x *census, c *client) *reply { return c.post("/api/v1/grants/plan", x.lend(x.other)) }},
	{"POST /api/v1/grants/{id}/extend", "the boss's", "401 404 404 404 201 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/grants/"+x.given(x.lend(x.other))+"/extend", map[string]any{"until": time.Now().Add(2 * time.Hour)})
	}},
	{"POST /api/v1/grants/{id}/view", "somebody else's", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		once := x.lend(x.other)
		once["once"] = true
		return c.post("/api/v1/grants/"+x.given(once)+"/view", nil)
	}},
	{"POST /api/v1/grants/{id}/view", "for them", "401 200 200 200 404 200 200 403", func(x *census, c *client) *reply {
		once := x.lend(x.other)
		once["once"], once["receiver"] = true, x.people[c.loginOr("staff")].String()
		if c.login == "boss" {
			once["receiver"] = x.people["staff"].String()
		}
		return c.post("/api/v1/grants/"+x.given(once)+"/view", nil)
	}},
	{"GET /api/v1/access", "mine", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/access") }},
	{"GET /api/v1/access", "a seller's", "401 403 200 200 200 200 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/access?person=" + x.people["seller"].String())
	}},
}

// given is the id of a grant of the boss's.
func (x *census) given(grant map[string]any) string {
	x.t.Helper()
	return into[struct{ ID policy.ID }](x.boss.post("/api/v1/grants", grant).must(201)).ID.String()
}
