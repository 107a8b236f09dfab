package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"guan/policy"
)

// A text that no database keeps as it was sent is refused at its place, on every way in, and nothing
// is changed by it.
func TestTextsThatAreNoTexts(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, head := p.as("boss"), p.as("head")
		for _, x := range []struct{ path, body string }{
			{"/api/v1/views", `{"kind":"customer","name":"v","search":{"f":[["name","eq","%s"]]}}`},
			{"/api/v1/views", `{"kind":"customer","name":"v","search":{"f":[["name","%s"]]}}`},
			{"/api/v1/views", `{"kind":"customer","name":"v","search":{},"shared":{"positions":["%s"]}}`},
			{"/api/v1/records/customer/bulk/preview", `{"match":{},"change":{"tags":{"add":["%s"]}}}`},
			{"/api/v1/records/customer/bulk/preview", `{"match":{"q":"%s"},"change":{"delete":true}}`},
			{"/api/v1/records/customer", `{"fields":{"name":"甲","tags":["%s"]}}`},
			{"/api/v1/records/customer/duplicates", `{"fields":{"name":"%s"}}`},
			{"/api/v1/exports", `{"kind":"customer","purpose":"对账","format":"csv","q":"%s"}`},
			{"/api/v1/exports/preview", `{"kind":"customer","format":"csv","filter":"r.name == '%s'"}`},
			{"/api/v1/conditions", `{"kind":"customer","cond":{"op":"eq","field":"name","value":{"text":"%s"}}}`},
			{customers(p.own) + "/comments", `{"text":"%s"}`},
			{"/api/v1/policy/drafts", `{"name":"x","document":{"packs":[],"assignments":[],"rules":[{"id":"%s"}]}}`},
			{"/api/v1/org/impact", `{"join":[{"fields":{"name":"%s"},"appointments":[]}]}`},
			{"/api/v1/setup", `{"code":"x","company":{"name":"%s"},"admin":{"name":"a","login":"a","password":"b"},"trade":"x"}`},
		} {
			for bad, code := range map[string]string{`a\u0000b`: "text", `a\ud800b`: "encoding", `\udc00\ud800`: "encoding", `\\\ud800`: "encoding"} {
				got := boss.post(x.path, strings.Replace(x.body, "%s", bad, 1))
				if problem := got.problem(); got.status != 400 || problem.Code != code || len(problem.Errors) != 1 || !strings.HasPrefix(problem.Errors[0].At, "1:") {
					t.Errorf("%s with %s: %s", x.path, bad, got.body)
				}
			}
		}
		// What only looks so is a text.
		for _, good := range []string{`\ud83d\ude00`, `\\ud800`, `\\u0000`, "\ufffd", `\ufffd`} {
			boss.post("/api/v1/views", `{"kind":"customer","name":"`+good+`","search":{}}`).must(201)
		}
		const table = "name,code\n甲,X1\n"
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			for _, part := range []string{"sheet", "key", "kind", "mode", "mapping", "upload", "from"} {
				parts := []string{"kind", "customer"}
				if part == "kind" {
					parts = nil
				}
				got := head.upload("t.csv", table, append(parts, part, bad)...).is(400, "encoding")
				if at := got.problem().Errors[0].At; at != part {
					t.Errorf("%s: %s", part, at)
				}
			}
		}
		mapping := `{"kind":"customer","columns":[{"column":"name","field":"name","values":{"a\u0000":"x"}}],"ignore":["code"]}`
		if got := head.upload("t.csv", table, "kind", "customer", "mapping", mapping).is(400, "text"); !strings.HasPrefix(got.problem().Errors[0].At, "mapping 1:") {
			t.Errorf("%s", got.body)
		}
		if jobs := into[ofItems[background]](head.get("/api/v1/imports").must(200)).Items; len(jobs) != 0 {
			t.Errorf("%+v", jobs)
		}
	})
}

// What is much too much of something is refused as that, at once.
func TestTooMuchOfSomething(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		view := func(search, shared any) *reply {
			return boss.post("/api/v1/views", map[string]any{"kind": "customer", "name": "v", "search": search, "shared": shared})
		}
		first := func(r *reply) string {
			if found := r.must(400).problem(); len(found.Errors) > 0 {
				return found.Errors[0].Code
			}
			return ""
		}
		row := append([]string{"name", "in"}, make([]string, 10_000)...)
		if code := first(view(map[string]any{"f": [][]string{row}}, nil)); code != "view_long" {
			t.Errorf("a row of 10,000 empty values: %s", code)
		}
		units := make([]policy.ID, 10_000)
		for i := range units {
			units[i] = p.east
		}
		if code := first(view(map[string]any{}, map[string]any{"units": units})); code != "view_share_many" {
			t.Errorf("shared with one unit 10,000 times: %s", code)
		}
		widths := map[string]int{}
		for i := range 10_000 {
			widths[fmt.Sprint("f", i)] = 100
		}
		if code := first(view(map[string]any{"w": widths}, nil)); code != "field" {
			t.Errorf("10,000 widths: %s", code)
		}
		var many []any
		for range 10_000 {
			many = append(many, map[string]any{"op": "eq", "field": "name", "value": map[string]any{"cel": "p.name"}})
		}
		if got := into[struct{ Errors []struct{ Code string } }](boss.post("/api/v1/conditions", map[string]any{"kind": "customer", "cond": map[string]any{"op": "any", "args": many}}).must(200)); len(got.Errors) == 0 || len(got.Errors) > 200 {
			t.Errorf("%d problems of a condition", len(got.Errors))
		}
	})
}

// A table is not taken apart for who may not import it.
func TestImportIsRefusedBeforeItIsRead(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		for _, who := range []string{"staff", "seller", "auditor"} {
			for _, path := range []string{"/api/v1/imports", "/api/v1/imports/preview"} {
				p.as(who).sendForm(path, "x.xlsx", "PK\x03\x04 no workbook", "kind", "customer").is(403, "right")
			}
		}
		p.as("head").sendForm("/api/v1/imports/preview", "x.xlsx", "PK\x03\x04 no workbook", "kind", "customer").is(400, "damaged")
	})
}
