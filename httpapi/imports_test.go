package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guan/policy"
)

// look is what a preview tells.
type look struct {
	Upload     policy.ID
	Rows       int
	Encoding   string
	Sheets     []string
	Remembered bool
	Key        string
	Columns    []struct {
		Heading, Field, By, Confidence, Locked string
		Samples                                []string
	}
	Fields []struct{ Name, Locked string }
}

type told struct {
	background
	Name, Mode  string
	Total       *int
	Deleted     int
	From, Next  policy.ID
	ExpiresAt   *string `json:"expires_at"`
	RevertUntil *string `json:"revert_until"`
	By          *struct{ Name string }
	Problems    []struct {
		Row          int
		Column, Code string
		Params       map[string]any
	}
}

const mappedA = `{"kind":"customer","key":"code","columns":[{"column":"客户名称","field":"name"},{"column":"客户编码号","field":"code"},{"column":"电话","field":"phone"}],"ignore":["备用"]}`

// The wizard's whole way: look, try, run without sending the file again, the next time the same
// columns, and back.
func TestImportWizard(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		head := p.as("head")
		table := "客户名称,客户编码号,电话,备用\n新甲,A1,13900139000,x\n新乙,A2,12,\n新丙,A3,,y\n"
		seen := into[look](head.sendForm("/api/v1/imports/preview", "新客.csv", table, "kind", "customer").must(200))
		if seen.Rows != 3 || seen.Encoding != "utf-8" || seen.Remembered || seen.Columns[0].Field != "name" || seen.Columns[0].Confidence != "exact" || seen.Columns[2].Samples[1] != "12" || seen.Columns[3].Field != "" {
			t.Fatalf("%+v", seen)
		}
		if seen.Columns[1].Field != "code" || seen.Columns[1].Confidence != "similar" {
			t.Errorf("the second column: %+v", seen.Columns[1])
		}
		// The file is the head's alone, and asked for by nobody else's guess.
		for _, who := range []string{"boss", "admin"} {
			p.as(who).upload("", "", "kind", "customer", "upload", seen.Upload.String(), "mapping", mappedA).is(404, "upload")
		}
		tried := head.tells("imports", head.upload("", "", "kind", "customer", "upload", seen.Upload.String(), "mapping", mappedA, "atomic", "row"))
		if tried.Mode != "dry" || tried.Name != "新客.csv" || tried.Created != 2 || tried.Failed != 1 || tried.Total == nil || *tried.Total != 3 || tried.ExpiresAt == nil || len(tried.Problems) != 1 ||
			tried.Problems[0].Row != 3 || tried.Problems[0].Column != "电话" {
			t.Fatalf("%+v", tried)
		}
		p.as("boss").upload("", "", "from", tried.ID.String(), "mode", "run").is(404, "job")
		ran := head.tells("imports", head.upload("", "", "from", tried.ID.String(), "mode", "run", "atomic", "row"))
		if ran.Mode != "run" || ran.Created != 2 || ran.Failed != 1 || ran.From != tried.ID || ran.RevertUntil == nil {
			t.Fatalf("%+v", ran)
		}
		head.upload("", "", "from", tried.ID.String(), "mode", "run").is(409, "import_done")
		again := into[look](head.sendForm("/api/v1/imports/preview", "b.csv", "备用,客户编码号,电话,客户名称\n,A1,13900139999,新甲甲\n", "kind", "customer").must(200))
		if !again.Remembered || again.Key != "code" || again.Columns[1].Field != "code" || again.Columns[1].Confidence != "remembered" || again.Columns[0].Field != "" {
			t.Errorf("%+v", again)
		}
		if other := into[look](p.as("boss").sendForm("/api/v1/imports/preview", "b.csv", "备用,客户编码号,电话,客户名称\n,A1,13900139999,新甲甲\n", "kind", "customer").must(200)); other.Remembered {
			t.Errorf("somebody else's mapping: %+v", other)
		}
		// Changed by a second import; the first can then take back only what it left as it was.
		second := head.tells("imports", head.upload("", "", "kind", "customer", "upload", again.Upload.String(), "mapping", mappedA, "mode", "run"))
		if second.Updated != 1 {
			t.Fatalf("%+v", second)
		}
		page := into[struct{ Items []told }](head.get("/api/v1/imports").must(200))
		if len(page.Items) != 3 || page.Items[0].ID != second.ID || page.Items[2].Next != ran.ID || page.Items[1].From != tried.ID {
			t.Errorf("history: %+v", page.Items)
		}
		if all := into[struct{ Items []told }](p.as("boss").get("/api/v1/imports").must(200)); len(all.Items) != 0 {
			t.Errorf("the boss's history: %+v", all.Items)
		}
		all := p.as("auditor").get("/api/v1/imports?of=everybody").must(200)
		if heads := into[struct{ Items []told }](all); len(heads.Items) != 3 || heads.Items[0].By.Name != "姓head" || heads.Items[2].Problems != nil || heads.Items[2].ErrorsURL != "" {
			t.Errorf("everybody's: %s", all.body)
		}
		p.as("boss").post("/api/v1/imports/"+ran.ID.String()+"/revert", map[string]any{"mode": "run"}).is(404, "job")
		preview := head.tells("imports", head.post("/api/v1/imports/"+ran.ID.String()+"/revert", map[string]any{"mode": "dry"}))
		if preview.Mode != "revert_dry" || preview.Deleted != 1 || preview.Failed != 1 || preview.Problems[0].Code != "changed_since" {
			t.Errorf("what would be taken back: %+v", preview)
		}
		back := head.tells("imports", head.post("/api/v1/imports/"+second.ID.String()+"/revert", map[string]any{"mode": "run"}))
		if back.Mode != "revert" || back.Updated != 1 || back.Failed != 0 {
			t.Errorf("%+v", back)
		}
		found := into[struct{ Items []item }](head.get("/api/v1/records/customer?filter=" + url.QueryEscape(`r.code == "A1"`)).must(200))
		if len(found.Items) != 1 || found.Items[0].Fields["name"] != "新甲" || found.Items[0].Fields["phone"] != "+8613900139000" && found.Items[0].Fields["phone"] != "13900139000" {
			t.Errorf("put back: %+v", found.Items)
		}
	})
}

// What an import made is deleted again unless somebody has touched it; the others are told row by
// row, and stay as they are.
func TestRevert(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		var table strings.Builder
		table.WriteString("name,code\n")
		for i := range 5 {
			fmt.Fprintf(&table, "客%d,R%d\n", i, i)
		}
		ran := boss.tells("imports", boss.upload("r.csv", table.String(), "kind", "customer", "mode", "run"))
		ids := map[string]item{}
		for _, it := range into[struct{ Items []item }](boss.get("/api/v1/records/customer?filter=" + url.QueryEscape(`r.code.startsWith("R")`)).must(200)).Items {
			ids[fmt.Sprint(it.Fields["code"])] = it
		}
		touched := ids["R2"]
		boss.do("PATCH", customers(touched.ID), fieldsOf("city", "深圳"), "If-Match", `"1"`).must(200)
		boss.post("/api/v1/records/contact", map[string]any{"fields": map[string]any{"name": "人", "customer": ids["R3"].ID.String()}}).must(201)
		revert := "/api/v1/imports/" + ran.ID.String() + "/revert"
		tried := boss.tells("imports", boss.post(revert, map[string]any{"mode": "dry"}))
		if tried.Deleted != 3 || tried.Failed != 2 || tried.Status != "done" {
			t.Fatalf("%+v", tried)
		}
		boss.get(customers(ids["R0"].ID)).must(200)
		back := boss.tells("imports", boss.post(revert, map[string]any{"mode": "run"}))
		if back.Deleted != 3 || back.Failed != 2 || back.Status != "done" || len(back.Problems) != 2 || back.Problems[0].Code != "in_use" || back.Problems[1].Code != "changed_since" || back.Problems[1].Row != 4 {
			t.Fatalf("%+v", back)
		}
		for code, it := range ids {
			want := 404
			if code == "R2" || code == "R3" {
				want = 200
			}
			if r := boss.get(customers(it.ID)); r.status != want {
				t.Errorf("%s: %d", code, r.status)
			}
		}
		if errs := boss.get(back.ErrorsURL).table(); len(errs) != 3 {
			t.Errorf("%q", errs)
		}
		// Once more takes back what is left, and what was deleted is no row of it.
		if more := boss.tells("imports", boss.post(revert, map[string]any{"mode": "run"})); more.Done != 2 || more.Failed != 2 {
			t.Errorf("%+v", more)
		}
		tries := boss.tells("imports", boss.upload("r.csv", "name\nx\n", "kind", "customer"))
		boss.post("/api/v1/imports/"+tries.ID.String()+"/revert", map[string]any{"mode": "run"}).is(409, "not_revertable")
		boss.post(revert, map[string]any{"mode": "perhaps"}).is(400, "mode")
	})
}

// Fields that one may not write are locked in the preview, and no mapping leads into them.
func TestImportLockedFields(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		head := p.as("head")
		seen := into[look](head.sendForm("/api/v1/imports/preview", "a.csv", "客户名称,证件号码,创建时间\n甲,44,2020-01-01\n", "kind", "customer").must(200))
		locked := map[string]string{}
		for _, f := range seen.Fields {
			locked[f.Name] = f.Locked
		}
		if locked["id_number"] != "no_right" || locked["created_at"] != "read_only" || locked["name"] != "" || seen.Columns[1].Field != "" || seen.Columns[2].Locked != "created_at" {
			t.Errorf("%v %+v", locked, seen.Columns)
		}
		for _, c := range seen.Columns {
			if c.Field != "" && locked[c.Field] != "" {
				t.Errorf("a locked field is offered: %+v", c)
			}
		}
		head.upload("a.csv", "客户名称,证\n甲,44\n", "kind", "customer", "mapping", `{"kind":"customer","columns":[{"column":"客户名称","field":"name"},{"column":"证","field":"id_number"}]}`).is(403, "mapping_locked")
		head.sendForm("/api/v1/imports/preview", "a.csv", "名\n甲\n", "kind", "unicorn").is(404, "kind")
		head.sendForm("/api/v1/imports/preview", "a.csv", "名\n甲\n", "kind", "customer", "mode", "run").is(400, "form")
		head.sendForm("/api/v1/imports/preview", "", "", "kind", "customer").is(400, "form")
	})
}

// What a file would hold is told before it is asked for.
func TestExportPreview(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		type plan struct {
			Fields []struct{ Name, Level string }
			Total  struct{ Count int }
		}
		seller := p.as("seller")
		got := into[plan](seller.post("/api/v1/exports/preview", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}).must(200))
		levels := map[string]string{}
		for _, f := range got.Fields {
			levels[f.Name] = f.Level
		}
		if got.Total.Count != 1 || levels["name"] != "plain" || levels["id_number"] == "plain" {
			t.Errorf("%+v", got)
		}
		file := seller.ordered("exports", seller.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}))
		if rows := seller.get(file.FileURL).table(); len(rows) != got.Total.Count+1 {
			t.Errorf("the file has %d rows", len(rows)-1)
		}
		page := into[struct{ Items []told }](seller.get("/api/v1/exports").must(200))
		if len(page.Items) != 1 || page.Items[0].FileURL == "" || page.Items[0].ExpiresAt == nil {
			t.Errorf("%+v", page)
		}
		seller.get("/api/v1/exports?cursor=AAAA").is(400, "cursor")
	})
}

// tells reads a job that was just asked for, does it and reads it again.
func (c *client) tells(what string, asked *reply) told {
	c.p.t.Helper()
	j := into[told](asked.must(http.StatusAccepted))
	c.p.works()
	return into[told](c.get("/api/v1/" + what + "/" + j.ID.String()).must(200))
}
