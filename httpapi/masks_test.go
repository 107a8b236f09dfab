package httpapi_test

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"net/url"
	"strings"
	"testing"

	"guan/paper"
	"guan/policy"
)

// unzipped is all that a workbook holds.
func (r *reply) unzipped() string {
	r.c.p.t.Helper()
	file, err := zip.NewReader(bytes.NewReader(r.body), int64(len(r.body)))
	if err != nil {
		r.c.p.t.Fatal(err)
	}
	var out strings.Builder
	for _, part := range file.File {
		in, err := part.Open()
		if err != nil {
			r.c.p.t.Fatal(err)
		}
		if _, err := io.Copy(&out, in); err != nil {
			r.c.p.t.Fatal(err)
		}
		in.Close()
	}
	return out.String()
}

// A rule says how much of each value is left for somebody, the name among them; by every way that the record comes to
// them it is the same, and the rest of the value comes by none, nor by asking for it. Another rule, and every way shows
// the other mask.
func TestOneMaskOnEveryWay(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		p.unmarked()
		secrets := []string{"南山科技发展", "13812345678", "1381234", "li.wei", "340000", "340,000", "1987-12-31", "1987/12/31", "科苑路"}
		made := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "深圳市南山科技发展有限公司", "owner": p.people["seller"].String(), "phone": "13812345678",
			"email": "li.wei@example.com", "annual_sales": "340000.00", "currency": "CNY", "birthday": "1987-12-31", "street": "广东省深圳市南山区科苑路 1 号"}}).must(201))
		boss.post("/api/v1/records/contact", map[string]any{"fields": map[string]any{"name": "联络甲", "customer": made.ID.String()}}).must(201)
		field := func(name, level string) any { return map[string]any{"field": name, "level": level} }
		class := func(name, level string) any { return map[string]any{"class": name, "level": level} }
		masks := func(contact, money string, fields ...any) {
			t.Helper()
			p.published(func(document map[string]any) {
				var rules []any
				for kind, levels := range map[string][]any{"customer": append([]any{class("general", "plain"), class("contact", contact), class("money", money)}, fields...), "contact": {class("general", "plain")}} {
					rules = append(rules, map[string]any{"id": "masks-" + kind, "effect": "permit", "kind": kind, "actions": []string{"read", "export"}, "where": map[string]any{"path": "all"}, "scene": "外包外呼",
						"who": map[string]any{"any": []any{map[string]any{"person": p.people["staff"].String()}}}, "fields": levels})
				}
				rules = append(rules, map[string]any{"id": "less", "effect": "forbid", "kind": "customer", "actions": []string{"read", "export"}, "where": map[string]any{"path": "all"}, "scene": "外包外呼",
					"who": map[string]any{"any": []any{map[string]any{"person": p.people["staff"].String()}}}, "fields": []any{field("name", "masked:tail")}})
				document["rules"] = rules
			}).must(200)
		}
		boss.post(customers(made.ID)+"/comments", map[string]any{"text": "请外呼"}).must(201)

		look := func(want map[string]string) {
			t.Helper()
			staff := p.as("staff")
			clean := func(way, text string) {
				t.Helper()
				for _, secret := range secrets {
					if strings.Contains(text, secret) {
						t.Errorf("%s tells %s: %.600s", way, secret, text)
					}
				}
			}
			type shown struct {
				Fields map[string]any
				Masked map[string]string
			}
			shows := func(way string, it shown) {
				t.Helper()
				for name, preview := range want {
					if _, plain := it.Fields[name]; plain || it.Masked[name] != preview {
						t.Errorf("%s: %s shows as %v, %q, want %q", way, name, it.Fields[name], it.Masked[name], preview)
					}
				}
			}
			only := url.Values{"filter": {"r.id == '" + made.ID.String() + "'"}}.Encode()
			answer := staff.get(customers(made.ID)).must(200)
			clean("the page", string(answer.body))
			shows("the page", into[shown](answer))
			for _, query := range []string{only, only + "&sort=-updated_at&limit=1", only + "&fields=name,phone,email,annual_sales,currency,birthday,street"} {
				answer = staff.get("/api/v1/records/customer?" + query).must(200)
				clean("the list", string(answer.body))
				if items := into[ofItems[shown]](answer).Items; len(items) != 1 {
					t.Errorf("the list has %d", len(items))
				} else {
					shows("the list", items[0])
				}
			}
			seen := boss.get(customers(made.ID), "View-As", p.people["staff"].String()).must(200)
			shows("as they see it", into[shown](seen))
			// What hangs on it, what names it, and what is told of it.
			for _, path := range []string{customers(made.ID) + "/timeline", customers(made.ID) + "/comments", customers(made.ID) + "/team", customers(made.ID) + "/attachments", "/api/v1/records/contact", "/api/v1/notices", "/api/v1/kinds",
				"/api/v1/search?q=" + url.QueryEscape("深圳"), "/api/v1/search?q=" + url.QueryEscape("有限公司"), "/api/v1/explain?kind=customer&action=read&id=" + made.ID.String() + "&field=phone",
				"/api/v1/figures/customer?group=owner&measure=" + url.QueryEscape("sum:annual_sales")} {
				clean(path, string(staff.get(path).must(200).body))
			}
			// By asking for it nothing is found, whether the guess is right or not.
			for _, guess := range []string{"r.phone == '13812345678'", "r.phone.endsWith('5678')", "r.name.contains('南山')", "r.email.startsWith('li')", "r.annual_sales > money('1')", "r.birthday < date('2000-01-01')", "has(r.street)"} {
				answer := staff.get("/api/v1/records/customer?" + url.Values{"filter": {"r.id == '" + made.ID.String() + "' && " + guess}}.Encode())
				if answer.status == 200 && len(into[ofItems[item]](answer).Items) > 0 {
					t.Errorf("%s finds it", guess)
				}
			}
			for _, word := range []string{"13812345678", "南山科技", "li.wei@example.com", "科苑路"} {
				if found := into[ofItems[item]](staff.get("/api/v1/records/customer?q=" + url.QueryEscape(word)).must(200)).Items; len(found) > 0 {
					t.Errorf("%s finds %d", word, len(found))
				}
			}
			// Taken out, in each format, as a list and as a document.
			order := map[string]any{"kind": "customer", "purpose": "外呼名单", "filter": "r.id == '" + made.ID.String() + "'", "fields": []string{"name", "phone", "email", "annual_sales", "currency", "birthday", "street"}}
			text := func(format string, order map[string]any) string {
				t.Helper()
				order = maps.Clone(order)
				order["format"] = format
				file := staff.get(staff.ordered("exports", staff.post("/api/v1/exports", order)).FileURL).must(200)
				switch format {
				case "xlsx":
					return file.unzipped()
				case "pdf":
					lines, err := paper.Lines(file.body)
					if err != nil {
						t.Fatal(err)
					}
					return strings.Join(lines, "\n")
				}
				return string(file.body)
			}
			files := map[string]string{"CSV": text("csv", order), "XLSX": text("xlsx", order), "PDF": text("pdf", order),
				"document": text("pdf", map[string]any{"kind": "customer", "record": made.ID.String(), "related": []string{"contacts"}, "purpose": "外呼名单"})}
			for way, text := range files {
				clean(way, text)
				for name, preview := range want {
					if !strings.Contains(text, preview) {
						t.Errorf("%s does not show %s as %q: %s", way, name, preview, text)
					}
				}
			}
		}
		masks("masked:tail", "masked:range", field("email", "masked"), field("birthday", "masked:year"), field("street", "masked:district"))
		look(map[string]string{"name": "****有限公司", "phone": "****5678", "email": "***@example.com", "annual_sales": "200,000–500,000", "currency": "***", "birthday": "1987", "street": "广东省深圳市南山区***"})
		masks("masked:constant", "masked:constant")
		look(map[string]string{"name": "****有限公司", "phone": "***", "email": "***", "annual_sales": "***", "birthday": "***", "street": "***"})

		// A mask that does not suit its field is refused where it is written.
		staff := policy.Clause{Person: p.people["staff"]}
		boss.do("PUT", "/api/v1/policy/rules/unsuited", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "外包外呼",
			"who": map[string]any{"any": []any{staff}}, "fields": []any{field("birthday", "masked:range")}}).is(400, "rule")
	})
}
