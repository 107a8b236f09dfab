package httpapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"guan/paper"
	"guan/store"
)

// A record is ordered as a document, fetched by who ordered it alone, holds what they may export, and is traced by
// what is printed on it.
func TestExportOfARecord(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller, auditor := p.as("boss"), p.as("seller"), p.as("auditor")
		for i := range 25 {
			seller.post("/api/v1/records/contact", map[string]any{"fields": map[string]any{"name": fmt.Sprintf("采购%02d", i), "customer": p.own.String(), "phone": fmt.Sprintf("139%08d", 7919*i)}}).must(201)
		}
		seller.post("/api/v1/records/customer/"+p.own.String()+"/comments", map[string]any{"text": "约好周五见面（上午）"}).must(201)
		const secret = "11010519491231002X"
		boss.do("PATCH", customers(p.own), fieldsOf("id_number", secret), "If-Match", `"1"`).must(200)
		order := map[string]any{"kind": "customer", "record": p.own.String(), "related": []string{"contacts", "opportunities"}, "comments": true, "purpose": "拜访准备", "format": "pdf"}
		plan := into[store.ExportPlan](seller.post("/api/v1/exports/preview", order).must(200))
		if plan.Total.Count != 1 || len(plan.Related) != 2 || plan.Related[0].Total.Count != 25 || plan.Comments != "open" {
			t.Errorf("%+v", plan)
		}
		if i := slices.IndexFunc(plan.Fields, func(f store.ExportField) bool { return f.Name == "id_number" }); i < 0 || plan.Fields[i].Level != "masked" {
			t.Errorf("%+v", plan.Fields)
		}
		for _, path := range []string{"/api/v1/exports", "/api/v1/exports/preview"} {
			seller.post(path, map[string]any{"kind": "customer", "record": p.own.String(), "purpose": "拜访准备", "format": "csv"}).is(400, "format")
		}
		made := seller.ordered("exports", seller.post("/api/v1/exports", order))
		if made.Status != "done" || made.Done != 26 {
			t.Fatalf("%+v", made)
		}
		file := seller.get(made.FileURL).must(200)
		if !strings.Contains(file.header.Get("Content-Disposition"), ".pdf") {
			t.Errorf("%s", file.header.Get("Content-Disposition"))
		}
		boss.get(made.FileURL).is(404, "job")
		lines, err := paper.Lines(file.body)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(lines, "\n")
		for _, want := range []string{"客户 · 关山贸易", "客户名称\n关山贸易\n", "\n1****************X\n", "\n联系人\n", "\n采购24\n", "\n商机\n没有记录\n", "\n评论\n姓seller · 20", "周五见面"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is missing in\n%s", want, text)
			}
		}
		if strings.Contains(string(file.body)+text, secret) {
			t.Error("what is masked is in the document")
		}

		again := into[store.Tracing](auditor.sendForm("/api/v1/traces", "打印.pdf", string(file.body)).must(200))
		if len(again.Named) != 1 || again.Named[0].Login != "seller" || len(again.Stated) != 1 || again.Stated[0].Rows != 26 {
			t.Errorf("%+v", again)
		}
		// Text that was copied out of it, and its code alone.
		copied := into[store.Tracing](auditor.sendForm("/api/v1/traces", "", "", "text", text).must(200))
		if len(copied.Stated) != 1 || copied.Stated[0].Code != again.Stated[0].Code || copied.Recognised < 25 {
			t.Errorf("%+v", copied)
		}
		if by := into[store.Tracing](auditor.post("/api/v1/traces/export-code", map[string]string{"code": strings.ToLower(again.Stated[0].Code)}).must(200)); len(by.Stated) != 1 || by.Stated[0].Login != "seller" {
			t.Errorf("%+v", by)
		}

		order["lang"], order["related"] = "en", []string{"opportunities", "tickets"}
		english := seller.ordered("exports", seller.post("/api/v1/exports", order))
		if lines, err = paper.Lines(seller.get(english.FileURL).must(200).body); err != nil || !slices.Contains(lines, "Customer · 关山贸易") || !slices.Contains(lines, "Comments") || !slices.Contains(lines, "Opportunities") || !slices.Contains(lines, "None") {
			t.Errorf("%v %q", err, lines)
		}
		for _, x := range []struct {
			change map[string]any
			status int
			code   string
		}{
			{map[string]any{"format": "xlsx"}, 400, "format"},
			{map[string]any{"related": []string{"secrets"}}, 400, "relation"},
			{map[string]any{"filter": "r.name != ''"}, 400, "record_alone"},
			{map[string]any{"record": p.other.String()}, 404, "record"},
			{map[string]any{"record": nil}, 400, "record"},
			{map[string]any{"record": "x"}, 400, ""},
		} {
			body := map[string]any{"kind": "customer", "record": p.own.String(), "comments": true, "purpose": "拜访准备", "format": "pdf"}
			for name, value := range x.change {
				body[name] = value
			}
			if got := seller.post("/api/v1/exports", body); got.status != x.status || x.code != "" && got.problem().Code != x.code {
				t.Errorf("%v answers %d %s", x.change, got.status, got.body)
			}
		}
	})
}
