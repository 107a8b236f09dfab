package leak_test

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"time"

	"guan/policy"
	"guan/records"
)

// probe is what people ask of some routes.
type probe struct {
	routes []string
	ask    func(c *prober)
}

// probes are asked in this order: what ends the session comes last.
var probes = []probe{
	{[]string{"GET /openapi.json", "GET /healthz", "GET /readyz"}, func(c *prober) {
		for _, path := range []string{"/openapi.json", "/healthz", "/readyz", "/openapi.json?x=1", "/api/v1/nothing"} {
			c.get(path)
		}
	}},
	{[]string{"GET /api/v1/me", "GET /api/v1/kinds"}, func(c *prober) {
		c.get("/api/v1/me")
		c.get("/api/v1/kinds")
		c.get("/api/v1/kinds?kind=customer")
	}},
	{[]string{"GET /api/v1/sessions", "DELETE /api/v1/sessions/{id}"}, func(c *prober) {
		c.get("/api/v1/sessions")
		for _, id := range []string{"1", "5", "9007199254740991", "x"} {
			c.ask("DELETE", "/api/v1/sessions/"+id, nil)
		}
	}},
	{[]string{"GET /api/v1/tokens", "POST /api/v1/tokens", "DELETE /api/v1/tokens/{id}"}, func(c *prober) {
		c.get("/api/v1/tokens")
		c.ask("POST", "/api/v1/tokens", map[string]any{"name": "mine", "until": c.pair.a.clock.Now().Add(time.Hour)})
		c.ask("POST", "/api/v1/tokens", map[string]any{"name": "mine", "kinds": []string{"unicorn"}, "until": c.pair.a.clock.Now().Add(time.Hour)})
		for _, id := range []string{"1", "9007199254740991"} {
			c.ask("DELETE", "/api/v1/tokens/"+id, nil)
		}
	}},
	{[]string{"POST /api/v1/password"}, func(c *prober) {
		c.ask("POST", "/api/v1/password", map[string]string{"old": "not " + password, "new": "another " + password})
	}},
	{factorRoutes, factors},
	{passkeyRoutes, passkeys},
	{[]string{"GET /api/v1/records/{kind}"}, lists},
	{[]string{"GET /api/v1/records/{kind}/{id}"}, func(c *prober) {
		for i, at := range share(c, "get", c.targets(3, 4), 24) {
			if c.get(at.path); i%4 == 0 {
				c.ask("HEAD", at.path, nil)
			}
		}
	}},
	{[]string{"GET /api/v1/explain", "GET /api/v1/who-can"}, explanations},
	{[]string{"POST /api/v1/records/{kind}"}, creations},
	{[]string{"PATCH /api/v1/records/{kind}/{id}"}, changes},
	{[]string{"POST /api/v1/records/{kind}/batch"}, batches},
	{[]string{"DELETE /api/v1/records/{kind}/{id}"}, func(c *prober) {
		for _, at := range share(c, "delete", c.targets(0, 3), 12) {
			c.ask("DELETE", at.path, nil, "If-Match", "1")
		}
	}},
	{revealRoutes, reveals},
	{teamRoutes, teams},
	{recordPageRoutes, beneathRecords},
	{grantRoutes, lending},
	{sandboxRoutes, sandboxing},
	{poolRoutes, pools},
	{ownershipRoutes, ownership},
	{requestRoutes, requests},
	{askRoutes, asks},
	{emergencyRoutes, emergencies},
	{auditRoutes, seals},
	{traceRoutes, traces},
	{alertRoutes, alarms},
	{mailRoutes, letters},
	{watermarkRoutes, watermarks},
	{orgRoutes, organisation},
	{setupRoutes, reorganising},
	{policyRoutes, governing},
	{draftRoutes, drafting},
	{matrixRoutes, matrices},
	{conditionRoutes, conditions},
	{viewRoutes, viewsAndBulk},
	{fileRoutes, files},
	{shellRoutes, aroundPages},
	{figureRoutes, figures},
	{statisticsRoutes, statistics},
	{[]string{"POST /api/v1/session", "DELETE /api/v1/session"}, func(c *prober) {
		for _, login := range []string{"disabled", "nobody", "seller"} {
			c.ask("POST", "/api/v1/session", map[string]string{"login": login, "password": "not " + password})
		}
		c.ask("DELETE", "/api/v1/session", nil)
		c.get("/api/v1/me")
	}},
}

// target is a record that somebody asks for, or the id of none.
type target struct {
	kind    policy.Kind
	id      policy.ID
	key     string
	path    string
	visible bool
}

// targets are records of every kind: up to so many that the person sees, and of those that they
// do not see: in both worlds, in one alone, in none.
func (c *prober) targets(visible, hidden int) []target {
	ids := maps.Clone(c.pair.a.ids)
	maps.Copy(ids, c.pair.b.ids)
	keys := slices.Sorted(maps.Keys(ids))
	if c.seen == nil {
		c.seen = map[string]bool{}
		for _, key := range keys {
			c.seen[key] = c.look(recordPath(c.pair.kindOf(key), ids[key])) != nil
		}
	}
	var all []target
	for _, k := range records.Builtin().Kinds() {
		var seen, unseen []target
		for _, key := range keys {
			if c.pair.kindOf(key) != k.Name {
				continue
			}
			at := target{kind: k.Name, id: ids[key], key: key, path: recordPath(k.Name, ids[key]), visible: c.seen[key]}
			if at.visible {
				seen = append(seen, at)
			} else {
				unseen = append(unseen, at)
			}
		}
		all = append(all, seen[:min(len(seen), visible)]...)
		all = append(all, share(c, "unseen "+string(k.Name), unseen, hidden)...)
		if visible+len(unseen) > 0 {
			all = append(all, target{kind: k.Name, id: 987654321, path: recordPath(k.Name, 987654321)})
		}
	}
	return append(all, target{kind: "unicorn", id: 5, path: "/api/v1/records/unicorn/5"}, target{kind: "customer", path: "/api/v1/records/customer/x"})
}

// makes are the kinds of which the person may make records, as GET /kinds says.
func (c *prober) makes() []policy.Kind {
	var all []policy.Kind
	var kinds struct {
		Items []struct {
			Name policy.Kind     `json:"name"`
			Can  []policy.Action `json:"can"`
		} `json:"items"`
	}
	_ = json.Unmarshal(c.a.get("/api/v1/kinds").body, &kinds)
	for _, k := range kinds.Items {
		if slices.Contains(k.Can, policy.Create) {
			all = append(all, k.Name)
		}
	}
	return all
}

// kindOf is the kind of a row in either world.
func (x *pair) kindOf(key string) policy.Kind {
	for _, p := range []*program{x.a, x.b} {
		for _, r := range p.rows {
			if r.key == key {
				return r.kind
			}
		}
	}
	return ""
}

// look reads a record as the person, in the first world, without comparing: the session's own
// question is asked over HTTP as well.
func (c *prober) look(path string) *item {
	answer := c.a.get(path)
	if answer.status != 200 {
		return nil
	}
	found := into[item](answer)
	return &found
}

// explanations ask for the reasons of what is open, closed and not there.
func explanations(c *prober) {
	// Who administers or audits the policy may ask about any record.
	c.oversees = c.who == "admin"
	defer func() { c.oversees = false }()
	for _, at := range share(c, "explain", c.targets(1, 2), 12) {
		base := url.Values{"kind": {string(at.kind)}, "id": {at.id.String()}}
		ask := func(path string, more ...string) {
			q := maps.Clone(base)
			for i := 0; i+1 < len(more); i += 2 {
				q.Set(more[i], more[i+1])
			}
			c.get(path + "?" + q.Encode())
		}
		ask("/api/v1/explain")
		ask("/api/v1/who-can")
		ask("/api/v1/explain", "field", "phone")
		if !at.visible {
			continue
		}
		ask("/api/v1/explain", "action", "edit")
		ask("/api/v1/who-can", "action", "export", "cursor", "1")
		ask("/api/v1/explain", "person", c.pair.a.people["seller"].String())
		for _, f := range share(c, "explain "+at.key, slices.Clone(records.Builtin().Kind(at.kind).Fields), 4) {
			ask("/api/v1/explain", "field", f.Name)
		}
	}
}

// creations make records with every field, with links to what cannot be seen, and with members
// that are not for the caller to set.
func creations(c *prober) {
	mayMake := c.makes()
	for _, k := range records.Builtin().Kinds() {
		path := "/api/v1/records/" + string(k.Name)
		fields := map[string]any{}
		for _, f := range k.Fields {
			if v := makerOf("new "+c.who, f.Name, "").value(f); v != nil && f.Class == policy.General && !f.ReadOnly && f.Type != records.ManyOf {
				fields[f.Name] = v
			}
		}
		delete(fields, "active")
		with := func(more map[string]any) map[string]any {
			all := maps.Clone(fields)
			maps.Copy(all, more)
			return fieldsOf(all)
		}
		if c.ask("POST", path, with(nil)); !slices.Contains(mayMake, k.Name) {
			continue
		}
		var more []map[string]any
		for _, f := range k.Fields {
			if f.Type != records.Ref || f.ReadOnly {
				continue
			}
			for _, key := range []string{"seller1", "boss1", "rival1", "extraA1", "extraB1", "contact/seller1", "contract/seller1", "contract/rival1", "product1"} {
				if id, ok := c.pair.a.ids[key]; ok && c.pair.kindOf(key) == f.Ref {
					more = append(more, map[string]any{f.Name: id.String()})
				}
			}
			more = append(more, map[string]any{f.Name: "987654321"})
		}
		more = append(more, map[string]any{"id": "5"}, map[string]any{"version": 7}, map[string]any{"created_at": "2020-01-01T00:00:00Z"},
			map[string]any{"created_by": c.pair.a.people["boss"].String()}, map[string]any{"tenant_id": "2"}, map[string]any{"owner": c.pair.a.people["seller"].String()},
			map[string]any{"unit": c.pair.a.units["east"].String()}, map[string]any{"pool": c.pair.a.pool.String()})
		for _, m := range share(c, "create "+string(k.Name), more, 6) {
			c.ask("POST", path, with(m))
		}
	}
	c.ask("POST", "/api/v1/records/unicorn", fieldsOf(map[string]any{"name": "x"}))
}

// changes try fields of a few records with the hidden values of both worlds, which a refusal must
// not tell from wrong ones, and records that cannot be seen.
func changes(c *prober) {
	for _, at := range share(c, "change", c.targets(1, 2), 12) {
		if !at.visible {
			c.ask("PATCH", at.path, fieldsOf(map[string]any{"name": "x", "subject": "x"}), "If-Match", "1")
			c.ask("PATCH", at.path, fieldsOf(map[string]any{"nonsense": 1}), "If-Match", "2")
			continue
		}
		found := c.look(at.path)
		if found == nil {
			continue
		}
		c.ask("PATCH", at.path, fieldsOf(map[string]any{}), "If-Match", found.Version.String())
		c.ask("PATCH", at.path, fieldsOf(map[string]any{"id": "5"}), "If-Match", found.Version.String())
		var locked []string
		for name := range c.pair.a.values[at.key] {
			if !slices.Contains(found.Editable, name) {
				locked = append(locked, name)
			}
		}
		slices.Sort(locked)
		for _, name := range share(c, "locked "+at.key, locked, 4) {
			for _, p := range []*program{c.pair.a, c.pair.b} {
				c.ask("PATCH", at.path, fieldsOf(map[string]any{name: p.values[at.key][name]}), "If-Match", found.Version.String())
			}
			c.ask("PATCH", at.path, fieldsOf(map[string]any{name: nil}), "If-Match", found.Version.String())
		}
		c.edit(at, found.Editable)
	}
}

// edit changes what the person may write in a record, and links it to records out of sight.
func (c *prober) edit(at target, editable []string) {
	k := records.Builtin().Kind(at.kind)
	change := func(name string, value any) {
		if now := c.look(at.path); now != nil {
			c.ask("PATCH", at.path, fieldsOf(map[string]any{name: value}), "If-Match", now.Version.String())
		}
	}
	var values []string
	for _, name := range editable {
		switch f := k.Field(name); {
		case f.Type != records.Ref && name != "active" && name != "login":
			values = append(values, name)
		case f.Type == records.Ref:
			for _, key := range []string{"seller1", "boss1", "contact/seller1", "contract/boss1", "ticket/boss1"} {
				if c.pair.kindOf(key) == f.Ref && !c.seen[key] {
					change(name, c.pair.a.ids[key].String())
				}
			}
		}
	}
	for _, name := range share(c, "edit "+at.key, values, 3) {
		change(name, makerOf(at.key, name, "new "+c.who).value(k.Field(name)))
	}
}

// batches name records in and out of sight together.
func batches(c *prober) {
	byKind := map[policy.Kind][]target{}
	for _, at := range c.targets(1, 2) {
		if at.id != 0 {
			byKind[at.kind] = append(byKind[at.kind], at)
		}
	}
	for _, kind := range share(c, "batch", kinds(), 4) {
		path := "/api/v1/records/" + string(kind) + "/batch"
		all := byKind[kind]
		send := func(some ...target) {
			var ids []any
			for _, at := range some {
				ids = append(ids, map[string]any{"id": at.id.String(), "version": 1})
			}
			c.ask("POST", path, map[string]any{"ids": ids, "fields": map[string]any{"remark": "batch"}})
			c.ask("POST", path, map[string]any{"ids": ids, "delete": true})
		}
		if len(all) < 2 {
			send(target{id: 5})
			continue
		}
		first, last := all[0], all[len(all)-1]
		send(last, first)
		for _, at := range all {
			if !at.visible {
				send(first, at)
			}
		}
	}
}
