package httpapi_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/policy"
	"guan/store"
	"guan/watch"
)

// alertRows are of what is out of the ordinary.
var alertRows = []row{
	{"GET /api/v1/alerts", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/alerts?state=open&detector=hour") }},
	{"GET /api/v1/alerts/{id}", "none", "401 403 403 403 404 404 404 403", func(x *census, c *client) *reply { return c.get("/api/v1/alerts/1") }},
	{"POST /api/v1/alerts/{id}/verdict", "none", "401 403 403 403 404 404 404 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/alerts/1/verdict", map[string]any{"verdict": "dismissed", "note": "好"})
	}},
	{"POST /api/v1/alerts/{id}/freeze", "none", "401 403 403 403 404 404 404 403", func(x *census, c *client) *reply { return c.do("POST", "/api/v1/alerts/1/freeze", nil) }},
	{"POST /api/v1/alerts/{id}/ask-factor", "none", "401 403 403 403 404 404 404 403", func(x *census, c *client) *reply { return c.do("POST", "/api/v1/alerts/1/ask-factor", nil) }},
	{"GET /api/v1/alerts/settings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/alerts/settings") }},
	{"PUT /api/v1/alerts/settings", "not well formed", "401 403 403 403 400 403 400 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/alerts/settings", map[string]any{"detectors": map[string]any{}}, "If-Match", "0")
	}},
	{"GET /api/v1/alerts/stream", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/alerts/stream") }},
	{"PUT /api/v1/alerts/stream", "an older version", "401 403 403 403 412 412 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/alerts/stream", map[string]any{"on": false, "url": "https://siem.example.com/in", "entries": false, "values": false}, "If-Match", "9")
	}},
	{"POST /api/v1/alerts/stream/test", "without a stream", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.do("POST", "/api/v1/alerts/stream/test", nil)
	}},
	{"GET /api/v1/honey", "", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/honey") }},
	{"PUT /api/v1/honey/{kind}/{id}", "what is not there", "401 403 403 403 404 403 404 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/honey/customer/987654321", map[string]any{"note": ""})
	}},
	{"DELETE /api/v1/honey/{kind}/{id}", "not marked", "401 403 403 403 404 403 404 403", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/honey/customer/987654321", nil)
	}},
}

// Of a mark nobody learns who may not audit: every answer about the record is the same before and after
// it, and so is every refusal. Opening it raises an alert, which is judged.
func TestHoneyOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		boss, seller, auditor := p.as("boss"), p.as("seller"), p.as("auditor")
		id := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "诱饵", "owner": p.people["seller"].String()}}).must(201)).ID
		head := p.as("head")
		look := func() string {
			var seen bytes.Buffer
			for _, path := range []string{customers(id), "/api/v1/records/customer", customers(id) + "/timeline", "/api/v1/search?q=诱饵", "/api/v1/notices"} {
				for who, c := range map[string]*client{"head": head, "seller": seller} {
					r := c.get(path)
					fmt.Fprintf(&seen, "%s %s %d %s\n", who, path, r.status, r.body)
				}
			}
			for _, path := range []string{"/api/v1/honey", "/api/v1/alerts", "/api/v1/alerts/settings"} {
				fmt.Fprintf(&seen, "%s %d\n", path, seller.get(path).status)
			}
			lines := strings.Split(seen.String(), "\n")
			slices.Sort(lines)
			return strings.Join(lines, "\n")
		}
		before := look()
		auditor.do("PUT", "/api/v1/honey/customer/"+id.String(), map[string]any{"note": "没有人负责"}).must(204)
		if after := look(); after != before {
			t.Errorf("a mark shows:\n%s\nbefore:\n%s", after, before)
		}
		marks := into[struct{ Items []store.HoneyMark }](auditor.get("/api/v1/honey").must(200)).Items
		if len(marks) != 1 || marks[0].Record != id || marks[0].Title != "诱饵" {
			t.Fatalf("%+v", marks)
		}
		p.watches() // what was before the first look only teaches
		seller.get(customers(id)).must(200)
		p.watches()
		page := into[store.AlertPage](auditor.get("/api/v1/alerts?detector=honey").must(200))
		if len(page.Items) != 1 || page.Open != 1 || page.Items[0].Person.ID != p.people["seller"] || page.Items[0].Detector != watch.Honey {
			t.Fatalf("%+v", page)
		}
		one := "/api/v1/alerts/" + page.Items[0].ID.String()
		detail := into[store.AlertDetail](auditor.get(one).must(200))
		if len(detail.Entries) != 1 || detail.Entries[0].Record != policy.ID(id) {
			t.Errorf("%+v", detail)
		}
		for _, path := range []string{one, one + "/freeze", one + "/ask-factor"} {
			method := map[bool]string{true: "GET", false: "POST"}[path == one]
			if got := seller.do(method, path, nil); got.status != 403 {
				t.Errorf("%s by the person: %d %s", path, got.status, got.body)
			}
		}
		auditor.post(one+"/verdict", map[string]any{"verdict": "dismissed", "note": ""}).must(400)
		if judged := into[store.AlertDetail](auditor.post(one+"/verdict", map[string]any{"verdict": "confirmed", "note": ""}).must(200)); judged.State != store.AlertConfirmed {
			t.Errorf("%+v", judged)
		}
		auditor.do("POST", one+"/freeze", nil).must(200)
		seller.get(customers(id)).must(401)
		auditor.do("POST", one+"/freeze", nil).must(409)
	})
}
