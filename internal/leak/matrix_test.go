package leak_test

var matrixRoutes = []string{"POST /api/v1/policy/matrix", "GET /api/v1/policy/matrix/cell"}

// matrices ask what others may do, of people, positions and units that there are and are not.
func matrices(c *prober) {
	seller, east := c.pair.a.people["seller"].String(), c.pair.a.units["east"].String()
	for _, row := range []map[string]any{{"person": seller}, {"unit": east}, {"position": "member"}, {"person": "987654321"}, {"position": "nobody"}, {}} {
		for _, part := range []string{"actions", "fields", "x"} {
			c.ask("POST", "/api/v1/policy/matrix", map[string]any{"rows": []any{row}, "part": part})
		}
	}
	c.ask("POST", "/api/v1/policy/matrix", map[string]any{"positions": true, "part": "actions", "kinds": []string{"unicorn"}})
	c.ask("POST", "/api/v1/policy/matrix", map[string]any{"positions": true, "part": "fields", "draft": "987654321"})
	for _, query := range []string{"person=" + seller + "&kind=customer&action=read", "unit=" + east + "&kind=customer&field=phone", "position=member&kind=unicorn&action=read", "kind=customer&action=read"} {
		c.get("/api/v1/policy/matrix/cell?" + query)
	}
}
