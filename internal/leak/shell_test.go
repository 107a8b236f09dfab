package leak_test

import "net/url"

var shellRoutes = []string{"GET /api/v1/search", "GET /api/v1/notices", "GET /api/v1/notices/unread", "POST /api/v1/notices/read"}

// aroundPages asks what stands around every page: the search over all kinds, by words, pinyin and
// initials of what is and is not in sight, and what one is told.
func aroundPages(c *prober) {
	for _, q := range []string{"a", "customer", "138", "zs", "guan", "公司", "1"} {
		c.get("/api/v1/search?q=" + url.QueryEscape(q))
	}
	for _, p := range []*program{c.pair.a, c.pair.b} {
		for _, key := range []string{"seller1", "seller2", "boss1", "rival1"} {
			for _, field := range []string{"name", "phone", "remark"} {
				if value, ok := p.values[key][field].(string); ok {
					c.get("/api/v1/search?limit=20&q=" + url.QueryEscape(value))
				}
			}
		}
	}
	c.get("/api/v1/search?q=x&kinds=customer,unicorn")
	c.get("/api/v1/search?q=")
	for _, path := range []string{"/api/v1/notices", "/api/v1/notices?unread=only", "/api/v1/notices/unread", "/api/v1/notices?cursor=9999999999999999-9007199254740991"} {
		c.get(path)
	}
	c.ask("POST", "/api/v1/notices/read", map[string]any{"ids": []string{"1", "987654321"}})
	c.ask("POST", "/api/v1/notices/read", map[string]any{"all": true})
	c.get("/api/v1/notices/unread")
	looks(c)
}

// looks tries to see the data as people who see more. Who may look is told of rows that they do not
// read, as by an explanation, but of no value in them.
func looks(c *prober) {
	c.oversees = c.who == "admin"
	defer func() { c.oversees = false }()
	for _, login := range []string{"boss", "seller"} {
		who := c.pair.a.people[login].String()
		for _, path := range []string{
			"/api/v1/me", "/api/v1/kinds", "/api/v1/records/customer", "/api/v1/records/customer?limit=1", "/api/v1/records/contact?count=capped", "/api/v1/records/contract",
			"/api/v1/records/customer?sort=name", "/api/v1/records/customer?filter=" + url.QueryEscape("r.phone=='13800138000'"), "/api/v1/records/customer?q=a", "/api/v1/records/customer?sum=annual_revenue",
			"/api/v1/search?q=a", "/api/v1/org/units",
		} {
			c.ask("GET", path, nil, "View-As", who)
		}
		for _, at := range share(c, "looks "+login, c.targets(1, 2), 8) {
			c.ask("GET", at.path, nil, "View-As", who)
			c.ask("GET", "/api/v1/explain?kind="+string(at.kind)+"&id="+at.id.String()+"&field=phone", nil, "View-As", who)
			c.ask("PATCH", at.path, map[string]any{"fields": map[string]any{"remark": "x"}}, "View-As", who, "If-Match", "1")
		}
	}
}
