package httpapi_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"guan/policy"
)

// background is a job on the wire.
type background struct {
	ID        policy.ID      `json:"id"`
	Status    string         `json:"status"`
	Done      int            `json:"done"`
	Created   int            `json:"created"`
	Updated   int            `json:"updated"`
	Unchanged int            `json:"unchanged"`
	Failed    int            `json:"failed"`
	FileURL   string         `json:"file_url"`
	ErrorsURL string         `json:"errors_url"`
	Problem   map[string]any `json:"problem"`
}

// upload sends an import; parts are pairs.
func (c *client) upload(name, content string, parts ...string) *reply {
	c.p.t.Helper()
	return c.sendForm("/api/v1/imports", name, content, parts...)
}

func (c *client) sendForm(path, name, content string, parts ...string) *reply {
	c.p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(parts); i += 2 {
		form.WriteField(parts[i], parts[i+1])
	}
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			c.p.t.Fatal(err)
		}
		io.WriteString(part, content)
	}
	form.Close()
	return c.do("POST", path, body.String(), "Content-Type", form.FormDataContentType())
}

// works does all the background work that waits.
func (p *program) works() {
	p.t.Helper()
	for {
		found, err := p.runner.Once(p.t.Context())
		if err != nil {
			p.t.Fatal(err)
		}
		if !found {
			return
		}
	}
}

// ordered reads a job that was just asked for, does it and reads it again.
func (c *client) ordered(what string, asked *reply) background {
	c.p.t.Helper()
	j := into[background](asked.must(http.StatusAccepted))
	if j.Status != "queued" {
		c.p.t.Errorf("%s: %+v", what, j)
	}
	c.p.works()
	return into[background](c.get("/api/v1/" + what + "/" + j.ID.String()).must(200))
}

func (r *reply) table() [][]string {
	r.c.p.t.Helper()
	text := strings.TrimPrefix(string(r.must(200).body), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		r.c.p.t.Fatal(err)
	}
	return rows
}

var jobRows = []row{
	{"POST /api/v1/exports", "customers", "401 403 202 202 202 403 403 403", func(x *census, c *client) *reply {
		defer x.works()
		return c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"})
	}},
	{"POST /api/v1/exports", "the boss's customer as a document", "401 403 404 404 202 403 403 403", func(x *census, c *client) *reply {
		defer x.works()
		return c.post("/api/v1/exports", map[string]any{"kind": "customer", "record": x.other.String(), "related": []string{"contacts"}, "comments": true, "purpose": "对账", "format": "pdf"})
	}},
	{"GET /api/v1/exports/{id}", "the boss's", "401 404 404 404 200 404 404 404", func(x *census, c *client) *reply { return c.get("/api/v1/exports/" + x.export()) }},
	{"GET /api/v1/exports/{id}/file", "the boss's", "401 404 404 404 200 404 404 404", func(x *census, c *client) *reply {
		return c.get("/api/v1/exports/" + x.export() + "/file")
	}},
	{"DELETE /api/v1/exports/{id}", "the boss's", "401 404 404 404 204 404 404 404", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/exports/"+x.export(), nil)
	}},
	{"POST /api/v1/imports", "customers", "401 403 403 202 202 404 403 403", func(x *census, c *client) *reply {
		defer x.works()
		return c.upload("c.csv", "name\n新客\n", "kind", "customer", "mode", "run")
	}},
	{"GET /api/v1/imports/{id}", "the boss's", "401 404 404 404 200 404 404 404", func(x *census, c *client) *reply { return c.get("/api/v1/imports/" + x.imported()) }},
	{"GET /api/v1/imports/{id}/errors", "the boss's", "401 404 404 404 200 404 404 404", func(x *census, c *client) *reply {
		return c.get("/api/v1/imports/" + x.imported() + "/errors")
	}},
	{"DELETE /api/v1/imports/{id}", "the boss's", "401 404 404 404 204 404 404 404", func(x *census, c *client) *reply {
		return c.do("DELETE", "/api/v1/imports/"+x.imported(), nil)
	}},
}

func (x *census) export() string {
	return x.boss.ordered("exports", x.boss.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"})).ID.String()
}

func (x *census) imported() string {
	return x.boss.ordered("imports", x.boss.upload("c.csv", "name,phone\n新客,12\n", "kind", "customer")).ID.String()
}

// An export is a list: rows, fields and previews as the person sees them, and nobody else fetches
// it.
func TestExport(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller := p.as("boss"), p.as("seller")
		p.unmarked()
		boss.post("/api/v1/records/customer", fieldsOf("name", "=HYPERLINK(\"http://x\")")).must(201)
		for login, want := range map[string]int{"boss": 4, "seller": 1, "head": 2} {
			c := p.as(login)
			job := c.ordered("exports", c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "fields": []string{"name", "phone", "annual_revenue", "id_number"}, "sort": "name", "lang": "en"}))
			if job.Status != "done" || job.Done != want {
				t.Fatalf("%s: %+v", login, job)
			}
			rows := c.get(job.FileURL).table()
			if len(rows) != want+1 || rows[0][0] != "Name" {
				t.Errorf("%s exports %q", login, rows)
			}
			if login == "seller" && fmt.Sprint(rows[1]) != "[关山贸易 13800138000 1234567.00 ***]" {
				t.Errorf("the seller exports %q", rows[1])
			}
			for _, row := range rows[1:] {
				if strings.HasPrefix(row[0], "=") {
					t.Errorf("a formula is left: %q", row)
				}
			}
			for _, other := range []string{"boss", "seller", "head", "admin", "rival"} {
				if other != login {
					p.as(other).get(job.FileURL).is(404, "job")
				}
			}
			missing := p.as("rival").get("/api/v1/exports/999999999/file")
			hidden := p.as("rival").get(job.FileURL)
			if missing.problem().Detail != hidden.problem().Detail {
				t.Errorf("a hidden export answers %s", hidden.body)
			}
		}
		whole := seller.ordered("exports", seller.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "xlsx"}))
		file := seller.get(whole.FileURL).must(200)
		if !bytes.HasPrefix(file.body, []byte("PK")) || !strings.Contains(file.header.Get("Content-Disposition"), ".xlsx") {
			t.Errorf("no workbook: %s %.20q", file.header.Get("Content-Disposition"), file.body)
		}
		for _, x := range []struct {
			body any
			code string
		}{
			{map[string]any{"kind": "customer", "purpose": "对账", "format": "docx"}, "format"},
			{map[string]any{"kind": "customer", "purpose": "对账", "format": "pdf"}, "too_many_columns"},
			{map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": "r.nothing == 1"}, "field"},
			{map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "sort": "phone"}, "sort"},
			{map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "lang": "fr"}, "lang"},
			{map[string]any{"kind": "customer"}, "body"},
		} {
			seller.post("/api/v1/exports", x.body).is(400, x.code)
		}
	})
}

// A file in which nothing tells one record from another, for what is chosen or for what is masked, is a file all the
// same.
func TestExportOfWhatTellsNothing(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		p.unmarked()
		for _, fields := range [][]string{{"type"}, {"type", "id_number"}, {"stage", "type"}} {
			for range 2 { // as for the first time, and as known
				job := seller.ordered("exports", seller.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "fields": fields}))
				if job.Status != "done" || job.Done != 1 {
					t.Fatalf("%v: %+v", fields, job)
				}
				if rows := seller.get(job.FileURL).table(); len(rows) != 2 || !slices.Contains(rows[1], "企业") {
					t.Errorf("%v: %q", fields, rows)
				}
			}
		}
	})
}

// Whose rights have changed does not get the file that was made with the old ones.
func TestExportIsNotOlderThanTheRights(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, head := p.as("boss"), p.as("head")
		made := head.ordered("exports", head.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}))
		head.get(made.FileURL).must(200)
		boss.do("PUT", "/api/v1/policy/rules/closed", map[string]any{
			"effect": "forbid", "kind": "customer", "actions": []string{"export"}, "who": map[string]any{"any": []any{map[string]any{"everyone": true}}},
			"where": map[string]any{"path": "all"}, "scene": "季度盘点期间不导出",
		}).must(200)
		head.get(made.FileURL).is(412, "export_changed")
	})
}

func TestImport(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		head := p.as("head")
		table := "客户名称,客户编码,电话,负责人\n新甲,A1,13900139000,seller\n新乙,A2,,rival\n"
		tried := head.ordered("imports", head.upload("新.csv", table, "kind", "customer", "key", "code"))
		if tried.Status != "done" || tried.Created != 2 || tried.Failed != 0 {
			t.Fatalf("dry: %+v", tried)
		}
		before := head.get("/api/v1/records/customer?count=capped").must(200)
		if total := into[struct{ Total struct{ Count int } }](before); total.Total.Count != 2 {
			t.Errorf("a dry run left %s", before.body)
		}
		done := head.ordered("imports", head.upload("新.csv", table, "kind", "customer", "key", "code", "mode", "run"))
		if done.Status != "done" || done.Created != 2 {
			t.Fatalf("run: %+v", done)
		}
		again := head.ordered("imports", head.upload("新.csv", table+"新丙,A3,12,nobody\n", "kind", "customer", "key", "code", "mode", "run"))
		if again.Status != "failed" || again.Failed != 1 || again.Unchanged != 0 || again.Problem["code"] != "import_rows" {
			t.Errorf("a wrong row: %+v", again)
		}
		errs := head.get(again.ErrorsURL).table()
		if len(errs) != 3 || errs[1][0] != "4" || errs[1][1] != "电话" || errs[2][1] != "负责人" || errs[2][2] != "ref_missing" {
			t.Errorf("errors: %q", errs)
		}
		some := head.ordered("imports", head.upload("新.csv", table+"新丙,A3,12,nobody\n", "kind", "customer", "key", "code", "mode", "run", "atomic", "row"))
		if some.Status != "done" || some.Failed != 1 || some.Unchanged != 2 {
			t.Errorf("per row: %+v", some)
		}
		for _, x := range []struct {
			name, content string
			parts         []string
			code          string
		}{
			{"", "", []string{"kind", "customer"}, "form"},
			{"a.csv", "name\nx\n", nil, "form"},
			{"a.csv", "name\nx\n", []string{"kind", "customer", "mode", "perhaps"}, "form"},
			{"a.csv", "name\nx\n", []string{"kind", "customer", "colour", "red"}, "unknown_member"},
			{"a.csv", "nothing\nx\n", []string{"kind", "customer"}, "headings"},
			{"a.csv", "name,客户名称\nx,y\n", []string{"kind", "customer"}, "headings"},
			{"a.csv", "", []string{"kind", "customer"}, "empty"},
			{"a.xlsx", "name\nx\n", []string{"kind", "customer"}, "file_type"},
			{"a.csv", "name\nx\n", []string{"kind", "customer", "mapping", "{"}, "mapping_json"},
			{"a.csv", "name\nx\n", []string{"kind", "customer", "mapping", `{"kind":"contact","columns":[{"column":"name","field":"name"}]}`}, "mapping_kind"},
		} {
			head.upload(x.name, x.content, x.parts...).is(400, x.code)
		}
		head.do("POST", "/api/v1/imports", map[string]any{"kind": "customer"}).is(415, "content_type")
	})
}

// One person has only so much under way, and what waits can be cancelled.
func TestJobLimitAndCancel(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		order := map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}
		var jobs []background
		for range 3 {
			jobs = append(jobs, into[background](seller.post("/api/v1/exports", order).must(202)))
		}
		seller.post("/api/v1/exports", order).is(429, "job_limit")
		p.as("rival").post("/api/v1/exports", order).must(202)
		at := "/api/v1/exports/" + jobs[0].ID.String()
		seller.do("DELETE", at, nil).must(204)
		p.works()
		if got := into[background](seller.get(at).must(200)); got.Status != "cancelled" || got.FileURL != "" {
			t.Errorf("cancelled: %+v", got)
		}
		seller.get(at+"/file").is(404, "job_file")
		if got := into[background](seller.get("/api/v1/exports/" + jobs[1].ID.String()).must(200)); got.Status != "done" {
			t.Errorf("not cancelled: %+v", got)
		}
	})
}

// Whoever may not sign in any more is not served in the background either.
func TestStoppedAccountGetsNoExport(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller, admin := p.as("seller"), p.as("admin")
		asked := into[background](seller.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}).must(202))
		admin.do("POST", "/api/v1/org/people/"+p.people["seller"].String()+"/stop", nil).must(200)
		p.works()
		admin.do("POST", "/api/v1/org/people/"+p.people["seller"].String()+"/open", nil).must(200)
		again := p.as("seller")
		got := into[background](again.get("/api/v1/exports/" + asked.ID.String()).must(200))
		if got.Status != "failed" || got.Done != 0 {
			t.Errorf("a stopped account exported: %+v", got)
		}
	})
}
