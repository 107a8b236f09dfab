package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/store"
)

// traceRows are of whose copy a table is.
var traceRows = []row{
	{"POST /api/v1/traces", "a text", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply {
		return c.sendForm("/api/v1/traces", "", "", "text", "东方科技\t13800138000")
	}},
	{"POST /api/v1/traces/export-code", "of no export", "401 403 403 403 404 403 404 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/traces/export-code", map[string]string{"code": "0000-0000-00"})
	}},
	{"GET /api/v1/traces/settings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/traces/settings") }},
	{"GET /api/v1/traces/canaries", "", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/traces/canaries") }},
	{"PUT /api/v1/traces/settings", "in another version", "401 403 403 403 412 412 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/traces/settings", map[string]bool{"marks": true, "line": false}, "If-Match", `"9"`)
	}},
}

// marked says how exports are marked.
func (p *program) marked(settings string) {
	p.t.Helper()
	p.as("admin").do("PUT", "/api/v1/traces/settings", json.RawMessage(settings), "If-Match", `"0"`).must(200)
}

// unmarked lets files be compared as texts.
func (p *program) unmarked() {
	p.t.Helper()
	p.marked(`{"marks":false,"line":false}`)
}

// A head's file is handed in, as a file, as text and as a code, and names the head; what cannot be read says so.
func TestTraceOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		boss, head, auditor := p.as("boss"), p.as("head"), p.as("auditor")
		for i := range 30 {
			boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": fmt.Sprintf("溯源%02d", i), "owner": p.people["seller"].String(),
				"phone": fmt.Sprintf("137%08d", i*977), "annual_sales": fmt.Sprintf("%d.00", 1000+i), "birthday": "2001-02-03"}}).must(201)
		}
		order := map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": "r.name.contains('溯源')", "fields": []string{"name", "phone", "annual_sales", "birthday"}}
		file := head.get(head.ordered("exports", head.post("/api/v1/exports", order)).FileURL).must(200)
		boss.ordered("exports", boss.post("/api/v1/exports", order))
		order["format"] = "pdf"
		document := head.get(head.ordered("exports", head.post("/api/v1/exports", order)).FileURL).must(200)
		if read := into[store.Tracing](auditor.sendForm("/api/v1/traces", "打印.pdf", string(document.body)).must(200)); len(read.Named) != 1 || read.Named[0].Format != "pdf" || len(read.Stated) != 1 || read.Recognised != 30 {
			t.Errorf("%+v", read)
		}
		auditor.sendForm("/api/v1/traces", "别的.pdf", "%PDF-1.7 of another program").is(400, "pdf_text")
		delete(order, "fields")
		head.post("/api/v1/exports", order).is(400, "too_many_columns")
		order["format"], order["fields"] = "csv", []string{"name", "phone", "annual_sales", "birthday"}

		seen := into[store.Tracing](auditor.sendForm("/api/v1/traces", "部分.csv", string(file.body)).must(200))
		if len(seen.Named) != 1 || seen.Named[0].Login != "head" || seen.Named[0].Purpose != "对账" || seen.Named[0].Job == 0 || seen.Named[0].Session == 0 || seen.Candidates != 3 || seen.Recognised != 30 {
			t.Fatalf("%+v", seen)
		}
		lines := strings.Split(string(file.body), "\n")
		if again := into[store.Tracing](auditor.sendForm("/api/v1/traces", "", "", "text", strings.Join(lines[3:28], "\n")).must(200)); len(again.Named) != 1 || again.Named[0].Code != seen.Named[0].Code {
			t.Errorf("%+v", again)
		}
		code := seen.Named[0].Code
		if by := into[store.Tracing](auditor.post("/api/v1/traces/export-code", map[string]string{"code": strings.ToLower(code)}).must(200)); len(by.Stated) != 1 || by.Stated[0].Login != "head" {
			t.Errorf("%+v", by)
		}
		auditor.post("/api/v1/traces/export-code", map[string]string{"code": "ABCD-EFGH-JK"}).is(400, "trace_code")
		auditor.sendForm("/api/v1/traces", "broken.xlsx", "PK\x03\x04 nothing").is(400, "damaged")
		auditor.sendForm("/api/v1/traces", "empty.csv", "").is(400, "empty")
		auditor.sendForm("/api/v1/traces", "", "").is(400, "required")
		auditor.sendForm("/api/v1/traces", "", "", "text", "a", "more", "b").is(400, "repeated_parameter")
		auditor.post("/api/v1/traces", map[string]string{}).is(415, "content_type")

		settings := into[store.MarkSettings](auditor.get("/api/v1/traces/settings").must(200))
		if !settings.Marks || settings.Line || settings.Version != 0 {
			t.Errorf("%+v", settings)
		}
		p.marked(`{"marks":false,"line":true}`)
		order["fields"] = []string{"name", "phone"}
		plain := string(head.get(head.ordered("exports", head.post("/api/v1/exports", order)).FileURL).must(200).body)
		if !strings.Contains(plain, "13700000977") || !strings.Contains(plain, "#guan ") || !strings.Contains(plain, "(head)") {
			t.Errorf("%s", plain)
		}
	})
}
