package httpapi_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/httpapi"
	"guan/policy"
)

// everybody names the columns of the census: the classes of callers. The token is the boss's,
// narrowed to reading customers.
var everybody = []string{"anonymous", "staff", "seller", "head", "boss", "admin", "auditor", "token"}

// row says what every class of callers gets from a route. Customers belong to the seller, whom
// head heads; 'other' belongs to the boss.
type row struct {
	route, what string
	gets        string // statuses, in the order of everybody
	send        func(x *census, c *client) *reply
}

// census is what the requests of the rows need.
type census struct {
	*program
	boss   *client
	poolID policy.ID
	seller *client // signed in when first needed
}

// fresh makes a customer of the seller that nobody has touched.
func (x *census) fresh() policy.ID {
	x.t.Helper()
	made := x.boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "新客", "owner": x.people["seller"].String()}}).must(201)
	return into[item](made).ID
}

var rows = []row{
	{"POST /api/v1/session", "", "200 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return x.anonymous().post("/api/v1/session", credentialsOf("seller", password))
	}},
	{"DELETE /api/v1/session", "", "401 204 204 204 204 204 204 403", func(x *census, c *client) *reply {
		return x.again(c).do("DELETE", "/api/v1/session", nil)
	}},
	{"GET /api/v1/sessions", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/sessions") }},
	{"DELETE /api/v1/sessions/{id}", "somebody else's", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/sessions/1", nil)
	}},
	{"POST /api/v1/password", "too short", "401 400 400 400 400 400 400 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/password", map[string]string{"old": password, "new": "short"})
	}},
	{"GET /api/v1/tokens", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/tokens") }},
	{"POST /api/v1/tokens", "", "401 403 403 403 201 201 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/tokens", map[string]any{"name": "t", "until": time.Now().Add(time.Hour)})
	}},
	{"DELETE /api/v1/tokens/{id}", "somebody else's", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/tokens/1", nil)
	}},
	{"GET /api/v1/me", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/me") }},
	{"GET /api/v1/kinds", "", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/kinds") }},

	{"GET /api/v1/records/{kind}", "customers", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/records/customer") }},
	{"GET /api/v1/records/{kind}", "people", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/records/person") }},
	{"POST /api/v1/records/{kind}", "a customer", "401 403 201 201 201 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer", fieldsOf("name", "我的"))
	}},
	{"POST /api/v1/records/{kind}", "for somebody else", "401 403 403 201 201 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "他的", "owner": x.people["rival"].String(), "unit": x.west.String()}})
	}},
	{"GET /api/v1/records/{kind}/{id}", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.own)) }},
	{"GET /api/v1/records/{kind}/{id}", "a colleague's", "401 404 404 200 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.colleagues)) }},
	{"GET /api/v1/records/{kind}/{id}", "other", "401 404 404 404 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.other)) }},
	{"PATCH /api/v1/records/{kind}/{id}", "own", "401 404 200 200 200 404 403 403", func(x *census, c *client) *reply {
		return c.do("PATCH", customers(x.fresh()), fieldsOf("name", "改名"), "If-Match", `"1"`)
	}},
	{"PATCH /api/v1/records/{kind}/{id}", "other", "401 404 404 404 200 404 403 403", func(x *census, c *client) *reply {
		version := into[item](x.boss.get(customers(x.other)).must(200)).Version
		return c.do("PATCH", customers(x.other), fieldsOf("name", "改名"), "If-Match", fmt.Sprint(version))
	}},
	{"PATCH /api/v1/records/{kind}/{id}", "own, to somebody else", "401 404 403 200 200 404 403 403", func(x *census, c *client) *reply {
		return c.do("PATCH", customers(x.fresh()), fieldsOf("owner", x.people["rival"].String()), "If-Match", `"1"`)
	}},
	{"DELETE /api/v1/records/{kind}/{id}", "own", "401 404 403 204 204 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", customers(x.fresh()), nil, "If-Match", `"1"`)
	}},
	{"POST /api/v1/records/{kind}/batch", "own", "401 404 200 200 200 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/batch", x.batch(map[string]any{"fields": map[string]any{"name": "改名"}}, x.fresh()))
	}},
	{"POST /api/v1/records/{kind}/batch", "own and other", "401 404 404 404 200 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/batch", x.batch(map[string]any{"fields": map[string]any{"city": "深圳"}}, x.fresh(), x.other))
	}},
	{"GET /api/v1/explain", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply {
		return c.get("/api/v1/explain?kind=customer&action=read&id=" + x.own.String())
	}},
	{"GET /api/v1/explain", "somebody's", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/explain?kind=customer&action=read&id=" + x.own.String() + "&person=" + x.people["rival"].String())
	}},
	{"GET /api/v1/who-can", "own", "401 404 200 200 200 200 200 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/who-can?kind=customer&action=read&id=" + x.own.String())
	}},
	{"GET /openapi.json", "", "200 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/openapi.json") }},
	{"GET /healthz", "", "200 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/healthz") }},
	{"GET /readyz", "", "200 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/readyz") }},
}

// batch names records in the version they have.
func (x *census) batch(body map[string]any, ids ...policy.ID) map[string]any {
	x.t.Helper()
	var targets []any
	for _, id := range ids {
		targets = append(targets, map[string]any{"id": id.String(), "version": into[item](x.boss.get(customers(id)).must(200)).Version})
	}
	body["ids"] = targets
	return body
}

// again signs the caller in once more, for requests that end the session they come with.
func (x *census) again(c *client) *client {
	x.t.Helper()
	if c.token != "" || c.login == "" {
		return c
	}
	return x.as(c.login)
}

// The census: every route says for every class of callers what they get.
func TestCensus(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		x := &census{program: p, boss: p.as("boss")}
		made := into[struct{ Token string }](x.boss.post("/api/v1/tokens", map[string]any{
			"name": "census", "kinds": []string{"customer"}, "actions": []string{"read"}, "until": time.Now().Add(time.Hour),
		}).must(201))
		callers := map[string]*client{"anonymous": p.anonymous(), "token": p.withToken(made.Token)}
		for _, login := range everybody[1:7] {
			callers[login] = p.as(login)
		}
		stands := map[string]bool{}
		for _, r := range slices.Concat(rows, jobRows, figureRows, statisticsRows, matrixRows, conditionRows, listRows, adminRows, grantRows, sandboxRows, draftRows, setupRows, shellRows, recordPageRows, poolRows, ownershipRows, requestRows, asksRows, emergencyRows, tagRows, auditRows, traceRows, alertRows, factorRows, passkeyRows, watermarkRows, revealRows, mailRows, reportRows) {
			stands[r.route] = true
			want := strings.Fields(r.gets)
			if len(want) != len(everybody) {
				t.Fatalf("%s %s: %d statuses for %d callers", r.route, r.what, len(want), len(everybody))
			}
			for i, who := range everybody {
				if got := r.send(x, callers[who]); fmt.Sprint(got.status) != want[i] {
					t.Errorf("%s (%s) by %s: %d, want %s: %.300s", r.route, r.what, who, got.status, want[i], got.body)
				}
			}
		}
		routes := httpapi.Routes()
		for _, route := range routes {
			if !stands[route] {
				t.Errorf("%s stands in no row: say what everybody gets from it", route)
			}
		}
		for _, route := range slices.Sorted(maps.Keys(stands)) {
			if !slices.Contains(routes, route) {
				t.Errorf("%s is no route any more", route)
			}
		}
	})
}
