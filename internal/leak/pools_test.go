package leak_test

import (
	"maps"
	"slices"

	"guan/policy"
)

var poolRoutes = []string{
	"POST /api/v1/records/{kind}/{id}/claim", "POST /api/v1/records/{kind}/{id}/release", "POST /api/v1/records/{kind}/{id}/assign",
	"POST /api/v1/records/{kind}/pool",
	"GET /api/v1/org/pools/{id}", "PUT /api/v1/org/pools/{id}/settings",
	"GET /api/v1/pools", "GET /api/v1/org/pools/{id}/recyclings", "GET /api/v1/org/pools/{id}/recycling", "POST /api/v1/org/pools/{id}/recycling", "DELETE /api/v1/org/pools/{id}/recycling",
}

// pools tries to claim, release and assign records in and out of sight, into pools that are closed and
// to people of elsewhere, and to change how the pool is worked with. What is out of sight must answer
// like what is not there, whether it lies in a pool or not.
func pools(c *prober) {
	p := c.pair.a
	me, boss := p.people[c.who].String(), p.people["boss"].String()
	for _, at := range share(c, "pools", c.targets(1, 3), 10) {
		if at.kind == "customer" && at.visible {
			continue // what is in sight is tried on a record of its own, below: these stay with whom they are
		}
		c.ask("POST", at.path+"/claim", nil)
		c.ask("POST", at.path+"/release", map[string]any{})
		c.ask("POST", at.path+"/release", map[string]any{"pool": p.pool.String()})
		c.ask("POST", at.path+"/release", map[string]any{"pool": "987654321"})
		c.ask("POST", at.path+"/assign", map[string]any{"person": me})
		c.ask("POST", at.path+"/assign", map[string]any{"person": boss})
	}
	for _, key := range []string{"pool1", "pool2", "boss1", "rival1", "extraA1", "extraB1"} {
		for _, w := range []*program{c.pair.a, c.pair.b} {
			id, ok := w.ids[key]
			if !ok || c.seen[key] {
				continue
			}
			path := recordPath("customer", id)
			c.ask("POST", path+"/claim", nil)
			c.ask("POST", path+"/assign", map[string]any{"person": me})
			c.ask("POST", path+"/release", map[string]any{"pool": p.pool.String()})
		}
	}
	inSight(c)
	many(c)
	c.get("/api/v1/pools")
	for _, path := range []string{"/api/v1/org/pools/" + p.pool.String(), "/api/v1/org/pools/987654321", "/api/v1/org/pools/x"} {
		c.get(path)
		c.ask("PUT", path+"/settings", map[string]any{"claims_per_day": 1}, "If-Match", "99")
		c.get(path + "/recycling")
		c.get(path + "/recyclings")
		c.ask("POST", path+"/recycling", nil)
		c.ask("DELETE", path+"/recycling", nil)
	}
}

// many tries all three with what is out of sight, what is not there and what is no kind of the pools at
// once, each of which tells how it went, and with lists that would find by what is hidden.
func many(c *prober) {
	p := c.pair.a
	me, pool := p.people[c.who].String(), p.pool.String()
	ids := []string{"987654321"}
	for _, key := range []string{"pool1", "pool2", "boss1", "rival1", "extraA1", "extraB1"} {
		for _, w := range []*program{c.pair.a, c.pair.b} {
			if id, ok := w.ids[key]; ok && !c.seen[key] && !slices.Contains(ids, id.String()) {
				ids = append(ids, id.String())
			}
		}
	}
	for _, ask := range []map[string]any{{"action": "claim"}, {"action": "release"}, {"action": "release", "pool": pool}, {"action": "assign", "person": me}, {"action": "assign", "person": "987654321"}} {
		for _, of := range []map[string]any{{"ids": ids}, {"match": map[string]any{"filter": "r.name == 'nobody at all'"}}, {"match": map[string]any{"filter": "r.phone == '13800138000' && r.name == 'nobody at all'"}},
			{"match": map[string]any{"sort": "-unicorn"}}, {}} {
			body := maps.Clone(ask)
			maps.Copy(body, of)
			c.ask("POST", "/api/v1/records/customer/pool", body)
			c.ask("POST", "/api/v1/records/contact/pool", body)
			c.ask("POST", "/api/v1/records/unicorn/pool", body)
		}
	}
}

// inSight tries all three on a customer that is made for it in both worlds and lies in the pool: where
// the person may, it changes hands, and what they are told of it is told in both worlds alike. The boss
// takes it away again.
func inSight(c *prober) {
	p := c.pair.a
	fields := map[string]any{"name": "公海客户", "pool": p.pool.String(), "phone": "13800138000"}
	var ids [2]policy.ID
	for i, w := range []*program{c.pair.a, c.pair.b} {
		ids[i] = into[item](w.as("boss").post("/api/v1/records/customer", map[string]any{"fields": fields}).must(201)).ID
	}
	if ids[0] != ids[1] {
		c.t.Fatalf("a record that is made in both worlds is %s in one and %s in the other", ids[0], ids[1])
	}
	clear(c.before)
	path := recordPath("customer", ids[0])
	me := p.people[c.who].String()
	for _, act := range []struct {
		name string
		body any
	}{
		{"claim", nil}, {"claim", nil}, {"release", map[string]any{"reason": "试试"}}, {"assign", map[string]any{"person": me}},
		{"release", map[string]any{"pool": p.pool.String()}}, {"assign", map[string]any{"person": p.people["boss"].String()}},
	} {
		c.ask("POST", path+"/"+act.name, act.body)
		c.get(path)
		c.get("/api/v1/explain?kind=customer&id=" + ids[0].String() + "&action=claim")
		c.get(path + "/timeline")
	}
	for _, w := range []*program{c.pair.a, c.pair.b} {
		boss := w.as("boss")
		now := into[item](boss.get(path).must(200))
		boss.do("DELETE", path, nil, "If-Match", now.Version.String()).must(204)
	}
	clear(c.before)
}
