package leak_test

import "strings"

var setupRoutes = []string{
	"GET /api/v1/setup", "POST /api/v1/setup", "POST /api/v1/setup/trades",
	"POST /api/v1/org/impact", "POST /api/v1/org/changes", "GET /api/v1/org/people/{id}/leaving", "POST /api/v1/org/accounts",
}

// reorganising asks what changes of the organisation would bring, tries to make them, and to set the
// company up once more.
func reorganising(c *prober) {
	p := c.pair.a
	me, seller, boss, east := p.people[c.who].String(), p.people["seller"].String(), p.people["boss"].String(), p.units["east"].String()
	c.get("/api/v1/setup")
	for _, code := range []string{"", "guessed", strings.Repeat("x", 300)} {
		c.ask("POST", "/api/v1/setup/trades", map[string]any{"code": code})
		c.ask("POST", "/api/v1/setup", map[string]any{"code": code, "company": map[string]any{"name": "mine"}, "trade": "retail",
			"admin": map[string]any{"name": "me", "login": "me too", "password": password, "sees_all": true}})
	}
	// Who administers people is told how many records change hands, not which.
	c.oversees = c.who == "admin"
	for _, person := range []string{me, seller, boss, "987654321"} {
		c.get("/api/v1/org/people/" + person + "/leaving")
		c.ask("POST", "/api/v1/org/impact", map[string]any{"leave": []any{map[string]any{"person": person}}})
		c.ask("POST", "/api/v1/org/impact", map[string]any{"appoint": []any{map[string]any{"person": person, "unit": east, "position": "member"}}})
	}
	c.oversees = false
	for _, body := range []map[string]any{
		{"appoint": []any{map[string]any{"person": me, "unit": east, "position": "member"}}},
		{"units": []any{map[string]any{"id": east, "version": 99, "heads": []string{me}}}},
		{"leave": []any{map[string]any{"person": boss, "hand": []any{map[string]any{"kind": "customer", "to": me}}}}},
		{"leave": []any{map[string]any{"person": seller, "hand": []any{map[string]any{"kind": "customer", "to": me}}}}},
		{"join": []any{map[string]any{"fields": map[string]any{"name": "second me", "login": "second"}, "packs": []string{"boss"}, "account": true}}},
		{"stop": []string{boss}}, {"stop": []string{"987654321"}}, {},
	} {
		c.ask("POST", "/api/v1/org/changes", body)
	}
	c.ask("POST", "/api/v1/org/accounts", map[string]any{"people": []string{boss}})
	c.ask("POST", "/api/v1/org/accounts", map[string]any{"unit": "987654321"})
}
