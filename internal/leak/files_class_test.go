package leak_test

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // another tenant is made past the program
	_ "modernc.org/sqlite"

	"guan/policy"
	"guan/store"
)

// job is an export or import as it stands on the wire.
type job struct {
	ID        policy.ID `json:"id"`
	Status    string    `json:"status"`
	Done      int       `json:"done"`
	Created   int       `json:"created"`
	Updated   int       `json:"updated"`
	Failed    int       `json:"failed"`
	FileURL   string    `json:"file_url"`
	ErrorsURL string    `json:"errors_url"`
}

// settle waits until the job is done with.
func (c *client) settle(route string, id policy.ID) *reply {
	c.p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		r := c.get("/api/v1/" + route + "/" + id.String()).must(200)
		if j := into[job](r); j.Status != "queued" && j.Status != "running" {
			return r
		}
	}
	c.p.t.Fatalf("%s %s does not end", route, id)
	return nil
}

// export asks for a list as a file and returns the answer with it, or the refusal.
func (c *client) export(body map[string]any) *reply {
	c.p.t.Helper()
	r := c.post("/api/v1/exports", body)
	if r.status != 202 {
		return r
	}
	done := into[job](c.settle("exports", into[job](r).ID))
	if done.Status != "done" {
		c.p.t.Fatalf("the export ended as %+v", done)
	}
	return c.get(done.FileURL).must(200)
}

// rowsOf reads a CSV file.
func csvRows(r *reply) [][]string {
	r.c.p.t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(r.body, []byte("\ufeff")))).ReadAll()
	if err != nil {
		r.c.p.t.Fatalf("%s: %v: %.300s", r.asked, err, r.body)
	}
	return rows
}

// upload sends a table to be imported, or tried, with the parts of the form.
func (c *client) upload(kind policy.Kind, table string, parts map[string]string) *reply {
	c.p.t.Helper()
	const boundary = "boundaryofthetest"
	var form strings.Builder
	fmt.Fprintf(&form, "--%s\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n%s\r\n", boundary, kind)
	for name, value := range parts {
		fmt.Fprintf(&form, "--%s\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", boundary, name, value)
	}
	fmt.Fprintf(&form, "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"table.csv\"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--%s--\r\n", boundary, table, boundary)
	return c.do("POST", "/api/v1/imports", file{boundary, form.String()})
}

// imported uploads, waits, and returns how it ended with what was wrong.
func (c *client) imported(kind policy.Kind, table string, parts map[string]string) (job, *reply) {
	c.p.t.Helper()
	r := c.upload(kind, table, parts)
	if r.status != 202 {
		return job{}, r
	}
	done := into[job](c.settle("imports", into[job](r).ID))
	if done.ErrorsURL == "" {
		return done, r
	}
	r = c.get(done.ErrorsURL)
	for end := time.Now().Add(patience); r.status == 404 && time.Now().Before(end); r = c.get(done.ErrorsURL) {
		time.Sleep(20 * time.Millisecond) // the file follows the end of the job
	}
	return done, r
}

// exportsThroughTheGate: a file holds the rows and fields that the person may export, masks as
// masks, under the same filter and search; without the right there is none.
func exportsThroughTheGate(t *testing.T, p *program) {
	for _, who := range []string{"trainee", "pooler", "marketing", "auditor", "service", "staff", "admin"} {
		r := p.as(who).export(map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"})
		if r.status >= 400 {
			continue
		}
		for _, row := range csvRows(r)[1:] {
			for _, key := range []string{"seller1", "rival1", "boss1", "pool1"} {
				if strings.Contains(strings.Join(row, ","), p.values[key]["name"].(string)) {
					t.Errorf("%s exports %s", who, key)
				}
			}
		}
	}
	secrets := func(key string, fields ...string) (list []string) {
		for _, f := range fields {
			list = append(list, p.values[key][f].(string))
		}
		return list
	}
	seller := p.as("seller").export(map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}).must(200)
	seller.lacks(secrets("seller1", "id_number", "bank_account", "passport_number", "bank_name")...).lacks(secrets("boss1", "name", "phone")...).lacks(secrets("rival1", "name", "phone")...)
	if !strings.Contains(string(seller.body), p.values["seller1"]["name"].(string)) {
		t.Error("the seller's own customer is not in the file")
	}
	finance := p.as("finance").export(map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}).must(200)
	finance.lacks(secrets("seller1", "phone", "email", "remark", "assessment")...).lacks(secrets("boss1", "phone", "wechat")...)
	for _, row := range []string{"seller1", "rival1"} { // guessing by an export's filter finds nothing either
		guess := p.as("seller").export(map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": fmt.Sprintf("r.bank_name == %q", p.values[row]["bank_name"])}).must(200)
		if n := len(csvRows(guess)); n != 1 {
			t.Errorf("a guess at a hidden field exports %d rows", n-1)
		}
		// What is kept encrypted is not written down in an order, whatever it is.
		p.as("seller").export(map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": fmt.Sprintf("r.id_number == %q", p.values[row]["id_number"])}).must(400)
	}
	if xlsx := p.as("seller").export(map[string]any{"kind": "customer", "purpose": "对账", "format": "xlsx"}).must(200); strings.Contains(unzipped(t, xlsx.body), p.values["seller1"]["id_number"].(string)) || strings.Contains(unzipped(t, xlsx.body), p.values["rival1"]["name"].(string)) {
		t.Error("the spreadsheet holds what is hidden")
	}
}

func unzipped(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// exportOfSomebodyElse: a job is there for who asked for it, and its file by no other way.
func exportOfSomebodyElse(t *testing.T, p *program) {
	boss := p.as("boss")
	made := into[job](boss.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}).must(202))
	done := into[job](boss.settle("exports", made.ID))
	secret, _ := p.newToken("boss", map[string]any{"name": "narrow", "kinds": []string{"product"}, "actions": []string{"read"}, "until": p.clock.Now().Add(time.Hour)})
	for name, c := range map[string]*client{"seller": p.as("seller"), "admin": p.as("admin"), "auditor": p.as("auditor"), "narrow token": p.withToken(secret)} {
		for _, ask := range []struct{ method, path string }{{"GET", ""}, {"GET", "/file"}, {"HEAD", "/file"}, {"DELETE", ""}} {
			r, missing := c.do(ask.method, "/api/v1/exports/"+made.ID.String()+ask.path, nil), c.do(ask.method, "/api/v1/exports/987654321"+ask.path, nil)
			if r.status < 400 {
				t.Errorf("%s: %s gets %d", name, r.asked, r.status)
			}
			same(t, r, missing)
		}
		c.get("/api/v1/imports/"+made.ID.String()).is(404, "")
		c.get("/api/v1/imports/"+made.ID.String()+"/errors").is(404, "")
	}
	p.anonymous().get(done.FileURL).is(401, "signin")
	for _, path := range []string{"/jobs/", "/jobs/" + made.ID.String() + ".csv", "/data/jobs", "/api/v1/exports/../jobs", "/api/v1/exports/" + made.ID.String() + "/..%2f..%2fguan.db"} {
		if r := boss.get(path); r.status == 200 {
			t.Errorf("%s: %.100s", path, r.body)
		}
	}
	r := boss.get(done.FileURL).must(200)
	if d := r.header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") || r.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", r.header)
	}
}

// importHidden: rows that name records out of sight fail like rows that name nothing, in the dry
// run and in the run, and the file of errors tells no value.
func importHidden(t *testing.T, p *program) {
	head := p.as("westhead")
	for _, mode := range []string{"dry", "run"} {
		parts := map[string]string{"mode": mode, "atomic": "row", "key": "code"}
		before := p.fingerprint("contact")
		table := func(customer string) string { return "name,code,customer\nimported,K1," + customer + "\n" }
		for _, by := range []string{"name", "code"} {
			hidden, errors := head.imported("contact", table(p.values["seller2"][by].(string)), parts)
			missing, other := head.imported("contact", table("nothing at all"), parts)
			if hidden.Failed != missing.Failed || hidden.Created != missing.Created {
				t.Errorf("%s: hidden %+v, missing %+v", mode, hidden, missing)
			}
			one, two := strings.ReplaceAll(string(errors.body), p.values["seller2"][by].(string), "GIVEN"), strings.ReplaceAll(string(other.body), "nothing at all", "GIVEN")
			if stripJob(one) != stripJob(two) {
				t.Errorf("%s: errors differ:\n%s", mode, difference(one, two))
			}
			errors.lacks(p.values["seller2"]["phone"].(string), p.ids["seller2"].String())
		}
		if after := p.fingerprint("contact"); after != before {
			t.Errorf("%s: something changed:\n%s", mode, difference(before, after))
		}
		// By key: the code of a hidden customer is free to the importer, as one that is not there.
		update := "name,code\nby import,%s\n"
		p.refused("customer", p.ids["seller2"], 0, "", func() *reply {
			hidden, _ := head.imported("customer", fmt.Sprintf(update, p.values["seller2"]["code"]), map[string]string{"mode": "dry", "key": "code"})
			missing, r := head.imported("customer", fmt.Sprintf(update, "no-such-code"), map[string]string{"mode": "dry", "key": "code"})
			if hidden.Created != missing.Created || hidden.Updated != missing.Updated || hidden.Failed != missing.Failed {
				t.Errorf("hidden %+v, missing %+v", hidden, missing)
			}
			r.status = 0
			return r
		})
	}
}

func stripJob(text string) string {
	head, _, _ := strings.Cut(text, `"request_id"`)
	return head
}

// importProtected: an import writes no field and no record that its person may not edit, and
// does not tell by its answer what stands in them.
func importProtected(t *testing.T, p *program) {
	head, finance := p.as("westhead"), p.as("finance")
	id := p.customer("rival", map[string]any{"code": "PROTECTED1", "id_number": p.values["seller1"]["id_number"], "credit_limit": "5.00", "phone": "13812345678"})
	for _, mode := range []string{"dry", "run"} {
		for column, values := range map[string][]any{"id_number": {p.values["seller1"]["id_number"], p.values["boss1"]["id_number"]}, "credit_limit": {"5.00", "6.00"}} {
			var ends []job
			for _, value := range values {
				p.refused("customer", id, 0, "", func() *reply {
					end, r := head.imported("customer", fmt.Sprintf("code,%s\nPROTECTED1,%v\n", column, value), map[string]string{"mode": mode, "key": "code", "atomic": "row"})
					ends = append(ends, end)
					r.status = 0
					return r
				})
			}
			if ends[0].Failed != ends[1].Failed || ends[0].Updated != ends[1].Updated || ends[0].Updated > 0 {
				t.Errorf("%s of %s: %+v", mode, column, ends)
			}
		}
	}
	// A key on a field that is hidden for the importer finds nothing.
	for _, phone := range []string{"13812345678", "13100000000"} {
		p.refused("customer", id, 0, "", func() *reply {
			end, r := finance.imported("customer", "phone,credit_limit\n"+phone+",7.00\n", map[string]string{"mode": "run", "key": "phone", "atomic": "row"})
			if end.Updated > 0 {
				t.Errorf("found by a hidden key: %+v", end)
			}
			r.status = 0
			return r
		})
	}
}

// formulas: a cell that a spreadsheet would run is text in the file.
func formulas(t *testing.T, p *program) {
	bad := []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://evil.example\")", "|calc", "＝1+1"}
	for i, text := range bad {
		p.customer("seller", map[string]any{"name": text, "remark": text, "code": fmt.Sprint("FORMULA", i)})
	}
	for _, row := range csvRows(p.as("seller").export(map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": "r.code.startsWith('FORMULA')", "fields": []string{"name", "remark"}}).must(200))[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("the cell %q begins a formula", cell)
			}
		}
	}
	book := unzipped(t, p.as("seller").export(map[string]any{"kind": "customer", "purpose": "对账", "format": "xlsx", "filter": "r.code.startsWith('FORMULA')", "fields": []string{"name"}}).must(200).body)
	if strings.Contains(book, "<f>") || strings.Contains(book, "<f ") {
		t.Error("the spreadsheet holds a formula")
	}
}

// otherTenant: records of another company on the same database are not there, by id, in lists, as
// ends of links, as units, people or pools.
func otherTenant(t *testing.T, p *program) {
	driver, source := "sqlite", "file:"+filepath.Join(p.db.DataDir(), "guan.db")
	if p.db.Dialect() == store.Postgres {
		driver, source = "pgx", p.at.URL
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ids := map[string]policy.ID{"customer": 7_000_000_001, "person": 7_000_000_002, "unit": 7_000_000_003, "pool": 7_000_000_004}
	for _, statement := range otherCompany(t, db, ids) {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	boss := p.as("boss")
	for _, kind := range []policy.Kind{"customer", "person"} {
		same(t, boss.get(recordPath(kind, ids[string(kind)])).is(404, "record"), boss.get(recordPath(kind, 987654321)))
		same(t, boss.patch(recordPath(kind, ids[string(kind)]), "1", map[string]any{"name": "x"}).is(404, ""), boss.patch(recordPath(kind, 987654321), "1", map[string]any{"name": "x"}))
		boss.do("DELETE", recordPath(kind, ids[string(kind)]), nil, "If-Match", "1").is(404, "")
		boss.list(kind).must(200).lacks("foreigntenant")
		boss.list(kind, "q", "foreigntenant").must(200).lacks("foreigntenant", ids[string(kind)].String())
		boss.get("/api/v1/explain?kind="+string(kind)+"&id="+ids[string(kind)].String()).is(404, "")
		boss.get("/api/v1/who-can?kind="+string(kind)+"&id="+ids[string(kind)].String()).is(404, "")
	}
	for _, fields := range []map[string]any{{"owner": ids["person"].String()}, {"unit": ids["unit"].String()}, {"pool": ids["pool"].String()}, {"parent": ids["customer"].String()}} {
		p.refused("customer", p.ids["seller1"], 400, "ref_missing", func() *reply { return boss.patch(recordPath("customer", p.ids["seller1"]), "1", fields) })
	}
	boss.get("/api/v1/org/units").must(200).lacks("foreigntenant")
	boss.get("/api/v1/org/people/"+ids["person"].String()+"/account").is(404, "")
	boss.post("/api/v1/org/appointments", map[string]any{"person": ids["person"].String(), "unit": p.units["east"].String(), "position": "member"}).is(400, "")
	boss.post("/api/v1/grants", map[string]any{"receiver": ids["person"].String(), "kind": "customer", "records": []string{ids["customer"].String()}, "actions": []string{"read"}, "fields": []any{map[string]any{"class": "*", "level": "plain"}}, "until": p.clock.Now().Add(time.Hour), "purpose": "x"}).refusedSomehow()
	for _, header := range []string{"X-Tenant", "X-Tenant-Id", "Tenant"} {
		boss.do("GET", recordPath("customer", ids["customer"]), nil, header, "2").is(404, "")
	}
}

func (r *reply) refusedSomehow() {
	r.c.p.t.Helper()
	if r.status < 400 || r.status >= 500 {
		r.c.p.t.Errorf("%s: %d %s", r.asked, r.status, r.body)
	}
}

// otherCompany are the statements that put a second tenant beside the first: a unit, a pool, and
// copies of a customer and a person.
func otherCompany(t *testing.T, db *sql.DB, ids map[string]policy.ID) []string {
	t.Helper()
	statements := []string{
		"INSERT INTO tenant (tenant_id, name, created_at) VALUES (2, 'foreigntenant', 1)",
		"INSERT INTO policy_state (tenant_id, epoch, changed_at) VALUES (2, 1, 1)",
		fmt.Sprintf("INSERT INTO unit (tenant_id, id, name, type, created_at, updated_at) VALUES (2, %s, 'foreigntenant', 'company', 1, 1)", ids["unit"]),
		fmt.Sprintf("INSERT INTO pool (tenant_id, id, name) VALUES (2, %s, 'foreigntenant')", ids["pool"]),
	}
	for _, table := range []string{"customer", "person"} {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table+" WHERE 1 = 0")
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		rows.Close()
		if err != nil {
			t.Fatal(err)
		}
		values := make([]string, len(columns))
		for i, column := range columns {
			switch column {
			case "tenant_id":
				values[i] = "2"
			case "id":
				values[i] = ids[table].String()
			case "name", "login":
				values[i] = "'foreigntenant'"
			case "owner_id", "unit_id", "pool_id", "created_by", "parent_id", "manager_id":
				values[i] = "NULL"
			default:
				values[i] = column
			}
		}
		statements = append(statements, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s WHERE tenant_id = 1 ORDER BY id LIMIT 1", table, strings.Join(columns, ", "), strings.Join(values, ", "), table))
	}
	return statements
}
