package leak_test

var conditionRoutes = []string{"POST /api/v1/conditions", "GET /api/v1/policy/kinds"}

// conditions ask what conditions mean that name people, records and fields which there are and
// are not.
func conditions(c *prober) {
	seller := c.pair.a.people["seller"].String()
	ask := func(body map[string]any) { c.ask("POST", "/api/v1/conditions", body) }
	for _, kind := range []string{"customer", "contact", "contract", "person", "unicorn", "system"} {
		for _, cel := range []string{
			"has(r.name)", "has(r.phone)", "has(r.salary)", "has(r.secret)", "r.owner == '" + seller + "'", "r.owner == '987654321'", "r.owner in p.units",
			"r.tickets.exists(x, true)", "r.customer == '1'", "r.customer.name == 'a'", "r.name ==", "true",
		} {
			ask(map[string]any{"kind": kind, "cel": cel})
		}
	}
	for key, id := range c.pair.a.ids {
		if _, both := c.pair.b.ids[key]; both {
			ask(map[string]any{"kind": "contact", "cel": "r.customer == '" + id.String() + "'"})
		}
	}
	ask(map[string]any{"kind": "customer", "cond": map[string]any{"op": "all"}})
	ask(map[string]any{"kind": "customer"})
	// Who administers the policy is told how many records a condition matches, not which.
	c.oversees = c.who == "admin"
	for _, cel := range []string{"has(r.phone)", "r.owner == '" + seller + "'", "r.owner == p.id", "r.tickets.exists(x, true)"} {
		ask(map[string]any{"kind": "customer", "cel": cel, "rule": true})
	}
	c.oversees = false
	c.get("/api/v1/policy/kinds")
}
