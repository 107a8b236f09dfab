package leak_test

import (
	"fmt"
	"strings"
	"time"

	"guan/policy"
)

var fileRoutes = []string{
	"POST /api/v1/exports", "GET /api/v1/exports/{id}", "DELETE /api/v1/exports/{id}", "GET /api/v1/exports/{id}/file",
	"POST /api/v1/imports", "GET /api/v1/imports/{id}", "DELETE /api/v1/imports/{id}", "GET /api/v1/imports/{id}/errors",
}

// files takes lists out and tries tables that name records in and out of sight.
func files(c *prober) {
	for _, kind := range share(c, "exports", kinds(), 1) {
		c.file("exports", map[string]any{"kind": kind, "purpose": "对账", "format": "csv", "sort": "-updated_at"})
	}
	c.file("exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": fmt.Sprintf("r.phone == %q", c.pair.a.values["seller1"]["phone"])})
	for _, body := range []map[string]any{{"kind": "customer", "purpose": "对账", "format": "pdf"}, {"kind": "customer", "purpose": "对账", "format": "csv", "fields": []string{"nonsense"}}, {"kind": "unicorn", "purpose": "对账", "format": "csv"}} {
		c.ask("POST", "/api/v1/exports", body)
	}
	for _, route := range []string{"exports", "imports"} {
		c.get("/api/v1/" + route + "/987654321")
		c.ask("DELETE", "/api/v1/"+route+"/987654321", nil)
	}
	c.get("/api/v1/exports/987654321/file")
	c.get("/api/v1/imports/987654321/errors")
	var table strings.Builder
	table.WriteString("name,code,customer\n")
	for _, p := range []*program{c.pair.a, c.pair.b} {
		for _, key := range []string{"seller2", "boss1", "rival1"} {
			fmt.Fprintf(&table, "tried,,%s\n", p.values[key]["name"])
		}
	}
	c.file("imports", form("contact", table.String()))
	c.file("imports", form("customer", fmt.Sprintf("code,name\n%s,by key\n%s,by key\n", c.pair.a.values["seller2"]["code"], c.pair.b.values["seller2"]["code"])))
}

// form is an import that is only tried, row by row, by code.
func form(kind policy.Kind, table string) file {
	const boundary = "boundaryofthetest"
	var text strings.Builder
	for _, part := range [][2]string{{"kind", string(kind)}, {"key", "code"}, {"mode", "dry"}, {"atomic", "row"}} {
		fmt.Fprintf(&text, "--%s\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", boundary, part[0], part[1])
	}
	fmt.Fprintf(&text, "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"table.csv\"\r\n\r\n%s\r\n--%s--\r\n", boundary, table, boundary)
	return file{boundary, text.String()}
}

// file asks for a job in both worlds, waits for both, and compares how they ended and their files.
func (c *prober) file(route string, body any) {
	c.t.Helper()
	asked := c.ask("POST", "/api/v1/"+route, body)
	if asked.status != 202 {
		return
	}
	path := "/api/v1/" + route + "/" + into[job](asked).ID.String()
	for _, who := range []*client{c.a, c.b} {
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			// An answer that is no job is compared below.
			if j := into[job](who.get(path)); j.Status != "queued" && j.Status != "running" {
				break
			}
		}
	}
	done := into[job](c.get(path))
	for _, url := range []string{done.FileURL, done.ErrorsURL} {
		if url == "" {
			continue
		}
		for _, who := range []*client{c.a, c.b} {
			for end := time.Now().Add(patience); who.get(url).status == 404 && time.Now().Before(end); {
				time.Sleep(20 * time.Millisecond) // the file follows the end of the job
			}
		}
		c.get(url)
	}
}
