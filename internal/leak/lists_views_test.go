package leak_test

import "fmt"

var viewRoutes = []string{
	"GET /api/v1/views", "POST /api/v1/views", "PATCH /api/v1/views/{id}", "DELETE /api/v1/views/{id}",
	"POST /api/v1/records/{kind}/bulk/preview", "POST /api/v1/records/{kind}/bulk", "GET /api/v1/bulk/{id}", "DELETE /api/v1/bulk/{id}", "POST /api/v1/bulk/{id}/undo",
}

// viewsAndBulk saves questions and asks for changes that name what is in and out of sight.
func viewsAndBulk(c *prober) {
	for _, kind := range share(c, "views", kinds(), 3) {
		c.get("/api/v1/views?kind=" + string(kind))
	}
	c.get("/api/v1/views?kind=unicorn")
	phone := c.pair.a.values["seller1"]["phone"]
	// A saved question is given back to who wrote it, so what they write is none of the secrets.
	const guess = "13800138000"
	for _, search := range []map[string]any{
		{"f": [][]string{{"city", "eq", "x"}}, "sort": "-name", "cols": "name,phone"},
		{"f": [][]string{{"phone", "eq", guess}}},
		{"cel": fmt.Sprintf("r.phone == %q", guess)},
		{"cel": "r.nonsense == 1"},
		{"sort": "revenue"},
	} {
		c.ask("POST", "/api/v1/views", map[string]any{"kind": "customer", "name": "mine", "search": search})
		c.ask("POST", "/api/v1/views", map[string]any{"kind": "customer", "name": "ours", "search": search, "shared": map[string]any{"everyone": true}})
	}
	c.get("/api/v1/views?kind=customer")
	for _, id := range []string{"1", "987654321"} {
		c.ask("PATCH", "/api/v1/views/"+id, map[string]any{"name": "x"}, "If-Match", "1")
		c.ask("DELETE", "/api/v1/views/"+id, nil, "If-Match", "1")
		c.get("/api/v1/bulk/" + id)
		c.ask("DELETE", "/api/v1/bulk/"+id, nil)
		c.ask("POST", "/api/v1/bulk/"+id+"/undo", nil)
		c.ask("POST", "/api/v1/records/customer/bulk", map[string]any{"preview": id})
	}
	changes := []map[string]any{
		{"fields": map[string]any{"city": "x"}}, {"fields": map[string]any{"phone": "13800138000"}}, {"tags": map[string]any{"add": []string{"x"}}},
		{"transfer": map[string]any{"owner": "1"}}, {"delete": true},
	}
	for i, at := range share(c, "bulk", c.targets(1, 3), 10) {
		body := map[string]any{"ids": []string{at.id.String(), "987654321"}, "change": changes[i%len(changes)]}
		c.ask("POST", "/api/v1/records/"+string(at.kind)+"/bulk/preview", body)
	}
	c.ask("POST", "/api/v1/records/customer/bulk/preview", map[string]any{"match": map[string]any{"filter": fmt.Sprintf("r.phone == %q", phone)}, "change": map[string]any{"delete": true}})
	c.ask("POST", "/api/v1/records/customer/bulk/preview", map[string]any{"match": map[string]any{}, "change": map[string]any{"fields": map[string]any{"stage": "won"}}})
	c.ask("POST", "/api/v1/records/unicorn/bulk/preview", map[string]any{"match": map[string]any{}, "change": map[string]any{"delete": true}})
}
