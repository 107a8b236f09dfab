package leak_test

var ownershipRoutes = []string{
	"POST /api/v1/records/{kind}/{id}/transfer/preview", "POST /api/v1/records/{kind}/{id}/transfer",
	"POST /api/v1/records/{kind}/{id}/merge", "GET /api/v1/records/{kind}/{id}/merged", "POST /api/v1/merges/{id}/undo",
	"POST /api/v1/records/{kind}/looked-after", "POST /api/v1/records/{kind}/ask-head", "POST /api/v1/imports/{id}/ask-head",
}

// ownership tries to transfer and merge records in and out of sight, to have its plans say what hangs
// on them, to be led to where something was merged, and to find out by asking whether somebody looks
// after what the asker does not see. It never succeeds in changing what both worlds share: the
// versions are none that a record has.
func ownership(c *prober) {
	p := c.pair.a
	me, boss := p.people[c.who].String(), p.people["boss"].String()
	targets := share(c, "ownership", c.targets(1, 3), 10)
	for i, at := range targets {
		with := targets[(i+1)%len(targets)].id.String()
		c.ask("POST", at.path+"/transfer/preview", map[string]any{})
		c.ask("POST", at.path+"/transfer/preview", map[string]any{"to": boss})
		c.ask("POST", at.path+"/transfer", map[string]any{"to": me, "children": []string{"contacts", "tasks"}}, "If-Match", "99")
		c.ask("POST", at.path+"/transfer", map[string]any{"to": "987654321"}, "If-Match", "99")
		c.ask("POST", at.path+"/merge", map[string]any{"with": with, "version": 99, "take": []string{"phone", "assessment"}}, "If-Match", "99")
		c.ask("POST", at.path+"/merge", map[string]any{"with": "987654321", "version": 1}, "If-Match", "99")
		c.get(at.path + "/merged")
		c.ask("POST", "/api/v1/merges/"+at.id.String()+"/undo", nil)
		c.ask("POST", "/api/v1/imports/"+at.id.String()+"/ask-head", map[string]any{"note": "请共享"})
	}
	for _, w := range []*program{c.pair.a, c.pair.b} {
		for _, key := range []string{"seller1", "boss1", "rival1"} {
			values := w.values[key]
			fields := map[string]any{"name": values["name"], "phone": values["phone"], "credit_code": values["credit_code"]}
			c.ask("POST", "/api/v1/records/customer/looked-after", map[string]any{"fields": fields})
			c.ask("POST", "/api/v1/records/customer/ask-head", map[string]any{"fields": fields, "note": "请共享"})
		}
	}
	c.ask("POST", "/api/v1/records/unicorn/ask-head", map[string]any{"fields": map[string]any{}, "note": "x"})
}
