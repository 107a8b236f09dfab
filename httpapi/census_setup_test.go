package httpapi_test

import (
	"fmt"
)

var setupRows = []row{
	{"GET /api/v1/setup", "", "200 200 200 200 200 200 200 200", func(x *census, c *client) *reply { return c.get("/api/v1/setup") }},
	{"POST /api/v1/setup/trades", "set up already", "404 404 404 404 404 404 404 404", func(x *census, c *client) *reply {
		return c.post("/api/v1/setup/trades", map[string]string{"code": "guessed"})
	}},
	{"POST /api/v1/setup", "set up already", "404 404 404 404 404 404 404 404", func(x *census, c *client) *reply { return c.post("/api/v1/setup", setupBody("guessed")) }},

	{"POST /api/v1/org/impact", "a move", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.post("/api/v1/org/impact", x.moved()) }},
	{"POST /api/v1/org/impact", "an appointment", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/org/impact", map[string]any{"appoint": []any{map[string]any{"person": x.people["staff"].String(), "unit": x.west.String(), "position": "member"}}})
	}},
	{"POST /api/v1/org/changes", "a move", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.post("/api/v1/org/changes", x.moved()) }},
	{"POST /api/v1/org/changes", "somebody joins", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/org/changes", map[string]any{"join": []any{map[string]any{
			"fields":       map[string]any{"name": "新人", "login": fresh("new")},
			"appointments": []any{map[string]any{"unit": x.west.String(), "position": "member"}},
		}}})
	}},
	{"POST /api/v1/org/changes", "oneself leaves", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/org/changes", map[string]any{"leave": []any{map[string]any{"person": x.people[c.loginOr("staff")].String()}}})
	}},
	{"GET /api/v1/org/people/{id}/leaving", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply { return c.get(x.person("rival") + "/leaving") }},
	{"GET /api/v1/org/people/{id}/leaving", "the boss", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply { return c.get(x.person("boss") + "/leaving") }},
	{"POST /api/v1/org/accounts", "of nobody left", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/org/accounts", map[string]any{"unit": x.east.String()})
	}},
}

// moved renames a unit of its own.
func (x *census) moved() map[string]any {
	id, version := x.team()
	var n int
	fmt.Sscan(version, &n)
	return map[string]any{"units": []any{map[string]any{"id": id, "version": n, "name": fresh("搬")}}}
}

// setupBody is a company as the wizard sends it.
func setupBody(code string) map[string]any {
	return map[string]any{
		"code": code, "company": map[string]any{"name": "新公司"}, "trade": "retail", "lang": "zh", "sample": true,
		"admin": map[string]any{"name": "管理员", "login": "root", "password": password},
		"units": []any{
			map[string]any{"name": "上海徐汇店", "type": "store", "parent": "华东大区"}, map[string]any{"name": "华东大区", "type": "region"},
		},
	}
}
