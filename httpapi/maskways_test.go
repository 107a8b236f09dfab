package httpapi_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/paper"
	"guan/policy"
	"guan/sheet"
	"guan/store"
)

// masking is the company in which a rule says how much of some fields of customers a head sees.
type masking struct {
	*program
	boss, reader *client
	id           policy.ID
	masks        []maskOf
	plain        []string // in no answer to the head
}

// maskOf is a field, what stood in it, what stands in it, and what the head sees of that.
type maskOf struct{ field, level, was, value, shown string }

// A rule says how much of a value a mask leaves: its ends, the domain of an address, the step in which an amount
// lies, the year of a date, the district of an address, or nothing. Whoever it is for sees the same wherever the
// record comes to them, and the value stands in no byte that is sent.
func TestMasksOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		p.unmarked()
		p.headed("boss")
		p.published(func(document map[string]any) {
			document["packs"] = []any{map[string]any{"id": "machines", "label": map[string]string{"zh": "接口", "en": "Machines"}, "description": map[string]string{"zh": "", "en": ""}, "rules": []any{}, "system": []string{"tokens", "import"}}}
			document["assignments"] = append(document["assignments"].([]any), map[string]any{"pack": "machines", "who": map[string]any{"person": p.people["head"].String()}})
		}).must(200)
		m := &masking{program: p, boss: p.as("boss"), reader: p.as("head"), masks: []maskOf{
			{"phone", "masked:ends", "13987650001", "13812345678", "138****5678"},
			{"email", "masked:domain", "zhang.san@example.org", "li.wei@example.com", "***@example.com"},
			{"annual_sales", "masked:range", "71234.00", "345678.00", "200,000–500,000"},
			{"birthday", "masked:year", "1979-03-14", "1987-12-31", "1987"},
			{"street", "masked:district", "江苏省苏州市姑苏区平江路 9 号", "广东省深圳市南山区科苑路 1 号", "广东省深圳市南山区***"},
			{"legal_person", "masked:constant", "旧法人甲", "新法人乙", "***"},
		}}
		before, after, levels := map[string]any{"name": "雾隐精工有限公司", "owner": p.people["seller"].String()}, map[string]any{}, []any{}
		for _, x := range m.masks {
			before[x.field], after[x.field] = x.was, x.value
			levels = append(levels, map[string]any{"field": x.field, "level": x.level})
			m.plain = append(m.plain, x.was, x.value)
		}
		m.plain = append(m.plain, "平江路", "科苑路", "345678", "71234", "13900001111")
		m.id = into[item](m.boss.post("/api/v1/records/customer", map[string]any{"fields": before}).must(201)).ID
		rule := map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read", "export"}, "where": map[string]any{"path": "all"}, "scene": "只留够核对的",
			"who": map[string]any{"any": []any{map[string]any{"person": p.people["head"].String()}}}, "fields": levels}
		m.boss.do("PUT", "/api/v1/policy/rules/less", rule).must(200)
		m.boss.do("PATCH", customers(m.id), map[string]any{"fields": after}, "If-Match", "1").must(200)
		for _, x := range m.masks {
			if got := into[item](m.boss.get(customers(m.id)).must(200)).Fields[x.field]; got != x.value {
				t.Fatalf("the boss sees %v of %s", got, x.field)
			}
		}
		m.reads()
		m.askedFor()
		m.files()
		m.changes()

		// The name too: then the title of the record is as little as the name, wherever it stands.
		rule["fields"] = append(levels, map[string]any{"field": "name", "level": "masked:ends"})
		m.masks = append(m.masks, maskOf{"name", "masked:ends", "", "雾隐精工有限公司", "雾**"})
		m.plain = append(m.plain, "雾隐精工")
		m.boss.do("PUT", "/api/v1/policy/rules/less", rule).must(200)
		m.reads()
		m.askedFor()
		m.files()
	})
}

// none wants that no value that is masked stands in what was sent.
func (m *masking) none(what string, sent []byte) {
	m.t.Helper()
	for _, value := range m.plain {
		if bytes.Contains(sent, []byte(value)) {
			m.t.Errorf("%s holds %s: %.600s", what, value, sent)
		}
	}
}

// gives asks something as the head, and wants no value in the answer.
func (m *masking) gives(c *client, path string, headers ...string) *reply {
	m.t.Helper()
	got := c.get(path, headers...).must(200)
	m.none(path, got.body)
	return got
}

// shows wants a record as the seller may see it.
func (m *masking) shows(what string, it seenAs) {
	m.t.Helper()
	for _, x := range m.masks {
		if _, plain := it.Fields[x.field]; plain || it.Masked[x.field] != x.shown {
			m.t.Errorf("%s: %s shows as %v, %q, not %q", what, x.field, it.Fields[x.field], it.Masked[x.field], x.shown)
		}
	}
}

// names are the fields that are masked.
func (m *masking) names() (out []string) {
	for _, x := range m.masks {
		out = append(out, x.field)
	}
	return out
}

// reads is the list, the page, a search, the timeline, the team, the comments and the notices, in the browser and
// by a token, and what the boss sees with the head's eyes.
func (m *masking) reads() {
	token := m.withToken(into[struct{ Token string }](m.reader.post("/api/v1/tokens", map[string]any{"name": fmt.Sprint("报表", len(m.masks)), "until": time.Now().Add(time.Hour)}).must(201)).Token)
	m.reader.post(customers(m.id)+"/comments", map[string]any{"text": "约在周五"}).must(201)
	m.boss.post(customers(m.id)+"/comments", map[string]any{"text": "请跟进", "mentions": []string{m.people["head"].String()}}).must(201)
	as := []string{"View-As", m.people["head"].String()}
	for name, c := range map[string]*client{"signed in": m.reader, "token": token} {
		m.shows(name+": page", into[seenAs](m.gives(c, customers(m.id))))
		for _, list := range []string{"/api/v1/records/customer?", "/api/v1/records/customer?fields=" + strings.Join(m.names(), ",") + "&", "/api/v1/records/customer?sort=-updated_at&count=capped&"} {
			page := into[ofItems[seenAs]](m.gives(c, list+"filter="+url.QueryEscape("r.id == '"+m.id.String()+"'")))
			if len(page.Items) != 1 {
				m.t.Fatalf("%s: %s lists %+v", name, list, page)
			}
			m.shows(name+": list", page.Items[0])
		}
		for _, x := range m.masks {
			ask := fmt.Sprintf("r.%s == %q", x.field, x.value)
			if x.field == "annual_sales" {
				ask = "r.annual_sales == " + x.value
			}
			if got := c.get("/api/v1/records/customer?filter=" + url.QueryEscape(ask)); got.status == 200 && len(into[ofItems[item]](got).Items) > 0 {
				m.t.Errorf("%s: found by %s, which is masked", name, ask)
			}
			for _, path := range []string{"/api/v1/records/customer?q=", "/api/v1/search?q="} {
				if found := into[ofItems[item]](c.get(path + url.QueryEscape(x.value)).must(200)).Items; len(found) > 0 {
					m.t.Errorf("%s: %s%s finds %+v", name, path, x.value, found)
				}
			}
		}
		m.gives(c, "/api/v1/search?q="+url.QueryEscape("雾隐"))
		line := string(m.gives(c, customers(m.id)+"/timeline").body)
		for _, x := range m.masks {
			if x.was != "" && !strings.Contains(line, `{"field":"`+x.field+`","masked":true}`) {
				m.t.Errorf("%s: the timeline does not say that %s changed: %s", name, x.field, line)
			}
		}
		m.gives(c, customers(m.id)+"/team")
		m.gives(c, customers(m.id)+"/comments")
	}
	m.shows("with the head's eyes", into[seenAs](m.gives(m.boss, customers(m.id), as...)))
	m.gives(m.boss, "/api/v1/records/customer", as...)
	told := m.gives(m.reader, "/api/v1/notices")
	if i := slices.IndexFunc(m.reader.notices("mention"), func(n store.Notice) bool { return n.Record == m.id }); i < 0 {
		m.t.Errorf("the head is not told: %s", told.body)
	}
}

// askedFor is a request of the head for what is masked, and one that the head decides, of another's change.
func (m *masking) askedFor() {
	m.t.Helper()
	asked := m.reader.post("/api/v1/requests", map[string]any{"type": "access", "purpose": "核对信息", "access": map[string]any{"kind": "customer", "record": m.id.String(), "fields": []string{"phone"}, "hours": 2}}).must(201)
	m.none("a request of the head's", asked.body)
	mine := "/api/v1/requests/" + into[made](asked).ID.String()
	m.gives(m.reader, mine)
	m.gives(m.reader, "/api/v1/requests?scope=mine")
	m.reader.do("POST", mine+"/withdraw", nil).must(200)

	seller := m.as("seller")
	guard := map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"edit"}, "where": map[string]any{"path": "all"}, "scene": "改电话须复核",
		"who": map[string]any{"any": []any{map[string]any{"person": m.people["seller"].String()}}}, "duty": map[string]any{"approval": []string{"@pack:head"}}}
	m.boss.do("PUT", "/api/v1/policy/rules/changes", guard).must(200)
	version := into[item](seller.get(customers(m.id)).must(200)).Version
	waits := into[made](seller.post("/api/v1/requests", map[string]any{"type": "change", "purpose": "换号了", "change": map[string]any{"kind": "customer", "record": m.id.String(), "version": version, "fields": map[string]any{"phone": "13900001111", "city": "深圳"}}}).must(201)).ID
	to := "/api/v1/requests/" + waits.String()
	if own := seller.get(to).must(200); !bytes.Contains(own.body, []byte("13900001111")) || !bytes.Contains(own.body, []byte("13812345678")) {
		m.t.Errorf("who asked sees %s", own.body)
	}
	if theirs := m.gives(m.reader, to); !bytes.Contains(theirs.body, []byte(`"seen":false`)) || !bytes.Contains(theirs.body, []byte("深圳")) {
		m.t.Errorf("who decides sees %s", theirs.body)
	}
	m.gives(m.reader, "/api/v1/requests?scope=waiting")
	m.gives(m.reader, "/api/v1/notices")
	seller.do("POST", to+"/withdraw", nil).must(200)
	m.boss.do("DELETE", "/api/v1/policy/rules/changes", nil).must(204)
}

// files are the record as a document, and the list as a table of each format, by who sees it masked.
func (m *masking) files() {
	m.t.Helper()
	order := map[string]any{"kind": "customer", "purpose": "对账", "fields": append([]string{"code"}, m.names()...), "filter": "r.id == '" + m.id.String() + "'"}
	for _, format := range []string{"csv", "xlsx", "pdf"} {
		order["format"] = format
		m.none("the preview of "+format, m.reader.post("/api/v1/exports/preview", order).must(200).body)
		cells := m.cells(format, m.file(order))
		for _, x := range m.masks {
			if !slices.Contains(cells, x.shown) {
				m.t.Errorf("%s does not hold %s of %s: %q", format, x.shown, x.field, cells)
			}
		}
	}
	cells := m.cells("pdf", m.file(map[string]any{"kind": "customer", "record": m.id.String(), "comments": true, "purpose": "拜访准备", "format": "pdf"}))
	for _, x := range m.masks {
		if !slices.Contains(cells, x.shown) {
			m.t.Errorf("the document does not hold %s of %s: %q", x.shown, x.field, cells)
		}
	}
}

// file is what the head gets of an export.
func (m *masking) file(order map[string]any) []byte {
	m.t.Helper()
	job := m.reader.ordered("exports", m.reader.post("/api/v1/exports", order))
	if job.Status != "done" {
		m.t.Fatalf("%+v", job)
	}
	return m.gives(m.reader, job.FileURL).body
}

// cells reads a file back, and wants no value in what it unpacks to.
func (m *masking) cells(format string, file []byte) (out []string) {
	m.t.Helper()
	if format == "pdf" {
		lines, err := paper.Lines(file)
		if err != nil {
			m.t.Fatal(err)
		}
		m.none("the text of the document", []byte(strings.Join(lines, "\n")))
		m.none("the text of the document, joined", []byte(strings.Join(lines, "")))
		return lines
	}
	if format == "xlsx" {
		book, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			m.t.Fatal(err)
		}
		for _, part := range book.File {
			opened, err := part.Open()
			if err != nil {
				m.t.Fatal(err)
			}
			text, err := io.ReadAll(opened)
			if err != nil {
				m.t.Fatal(err)
			}
			m.none(part.Name, text)
		}
	}
	path := filepath.Join(m.t.TempDir(), "file."+format)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		m.t.Fatal(err)
	}
	table, err := sheet.Open(path, sheet.Options{})
	if err != nil {
		m.t.Fatal(err)
	}
	defer table.Close()
	row, err := table.Next()
	if err != nil {
		m.t.Fatal(err)
	}
	return slices.Clone(row.Cells)
}

// changes are the preview of a change of many records and of an import over what is masked: neither tells what
// stands there, and neither writes over it.
func (m *masking) changes() {
	m.t.Helper()
	looked := m.reader.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": []string{m.id.String()}, "change": map[string]any{"fields": map[string]any{"phone": "13700007777"}}}).must(200)
	m.none("the preview of a change", looked.body)
	if got := into[massResult](looked); got.Will != 0 || len(got.Skipped) != 1 {
		m.t.Errorf("%s", looked.body)
	}
	same := m.reader.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": []string{m.id.String()}, "change": map[string]any{"fields": map[string]any{"phone": "13812345678"}}}).must(200)
	if wrong, right := into[massResult](looked), into[massResult](same); fmt.Sprint(wrong.Will, wrong.Skipped) != fmt.Sprint(right.Will, right.Skipped) {
		m.t.Errorf("the preview tells a right guess: %s", same.body)
	}
	m.none("a change of city", m.reader.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": []string{m.id.String()}, "change": map[string]any{"fields": map[string]any{"city": "深圳"}}}).must(200).body)

	at := customers(m.id)
	version := into[item](m.boss.get(at).must(200)).Version
	m.boss.do("PATCH", at, fieldsOf("code", "WY-1"), "If-Match", fmt.Sprint(version)).must(200)
	var results []string
	for _, phone := range []string{"13700007777", "13812345678"} {
		table := "name,code,phone\n雾隐精工有限公司,WY-1," + phone + "\n"
		plan := m.reader.sendForm("/api/v1/imports/preview", "表.csv", table, "kind", "customer").must(200)
		tried := m.reader.tells("imports", m.reader.upload("表.csv", table, "kind", "customer", "key", "code"))
		results = append(results, fmt.Sprint(tried.Status, tried.Updated, tried.Unchanged, tried.Failed, tried.Problems))
		if phone == "13700007777" {
			m.none("the preview of an import", plan.body)
			m.gives(m.reader, "/api/v1/imports/"+tried.ID.String())
			if tried.Updated != 0 || tried.Failed != 1 {
				m.t.Errorf("an import writes over what is masked: %+v", tried)
			}
			m.gives(m.reader, tried.ErrorsURL)
		}
	}
	if results[0] != results[1] {
		m.t.Errorf("the import tells a right guess: %q", results)
	}
}
