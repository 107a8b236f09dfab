package httpapi_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/store"
)

// A file goes in as what it is, and comes out to be saved, with its name.
func TestAttachmentOnTheWire(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		at := customers(p.own) + "/attachments"
		long := aPDF + strings.Repeat("x", 600<<10)
		got := into[struct {
			ID   string `json:"id"`
			Name string
			Size int
		}](seller.attach(p.own, "C:\\docs\\报价单 'A'.pdf", "application/pdf", long).must(201))
		if got.Name != "报价单 'A'.pdf" || got.Size != len(long) {
			t.Errorf("%+v", got)
		}
		file := seller.get(at + "/" + got.ID + "/file").must(200)
		if string(file.body) != long {
			t.Errorf("%d bytes came back of %d", len(file.body), len(long))
		}
		for name, want := range map[string]string{
			"Content-Disposition":     "attachment; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95%20%27A%27.pdf",
			"Content-Type":            "application/octet-stream",
			"X-Content-Type-Options":  "nosniff",
			"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
			"Cache-Control":           "no-store",
		} {
			if file.header.Get(name) != want {
				t.Errorf("%s: %q", name, file.header.Get(name))
			}
		}
		if head := seller.do("HEAD", at+"/"+got.ID+"/file", nil).must(200); len(head.body) != 0 {
			t.Error("HEAD sends the file")
		}
		same(t, p.as("rival").get(at+"/"+got.ID+"/file"), p.as("rival").get("/api/v1/records/customer/987654321/attachments/987654321/file"))

		for _, x := range []struct{ name, media, content, code string }{
			{"a.exe", "application/octet-stream", "MZ\x90\x00", "file_type"},
			{"a.pdf", "application/pdf", "MZ\x90\x00 not a document", "file_disguised"},
			{"a.pdf", "text/html", aPDF, "file_disguised"},
			{"a.html", "text/html", "<html>", "file_type"},
			{"a.svg", "image/svg+xml", "<svg onload='x'/>", "file_type"},
			{"a.txt", "text/plain", "  <script>alert(1)</script>", "file_disguised"},
			{"a.txt", "text/plain", "#!/bin/sh\nrm -rf", "file_disguised"},
			{"a.csv", "text/csv", "a,b\n<svg onload=x>", "file_disguised"},
			{"a.png", "image/png", "\xff\xd8\xff\xe0 a photograph", "file_disguised"},
			{"a.docx", "", "PK\x03\x04 and nothing", "file_disguised"},
			{"a.zip", "application/zip", "PK\x03\x04", "file_type"},
			{"pdf", "application/pdf", aPDF, "file_type"},
			{"a\u202efdp.pdf", "application/pdf", aPDF, "file_name"},
			{"a.pdf", "application/pdf", "", "file_empty"},
		} {
			seller.attach(p.own, x.name, x.media, x.content).is(400, x.code)
		}
		for _, name := range []string{"说明.txt", "表.CSV"} {
			seller.attach(p.own, name, "text/plain", "一,二\n三,四\n").must(201)
		}
		seller.attach(p.own, "大.txt", "text/plain", strings.Repeat("a", 21<<20)).is(413, "file_large")
		seller.do("POST", at, "{}").is(415, "content_type")
		list := into[struct{ Items []struct{ Name string } }](seller.get(at).must(200))
		if len(list.Items) != 3 {
			t.Errorf("%+v", list)
		}
	})
}

// How large a file may be is the operator's; a larger one is refused with the limit in words, whether
// its size is announced or not.
func TestAttachmentLimit(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := startOn(t, at, store.Options{FileLimit: 1 << 20})
		seller := p.as("seller")
		seller.attach(p.own, "就这么大.txt", "text/plain", strings.Repeat("a", 1<<20)).must(201)
		for _, size := range []int{1<<20 + 1, 3 << 20, -3 << 20} {
			body, typ := seller.fileForm("大.txt", "text/plain", strings.Repeat("a", max(size, -size)))
			var sent any = body
			if size < 0 {
				sent = io.MultiReader(strings.NewReader(body))
			}
			refused := seller.do("POST", customers(p.own)+"/attachments", sent, "Content-Type", typ).is(413, "file_large").problem()
			if refused.Detail != "the file is too large: a file of a record has at most 1 MB" || fmt.Sprint(refused.Params["limit"]) != "1.048576e+06" {
				t.Errorf("%+v", refused)
			}
		}
		list := into[store.Attachments](seller.get(customers(p.own) + "/attachments").must(200))
		if len(list.Items) != 1 || list.Limit != 1<<20 {
			t.Errorf("%+v", list)
		}
	})
}

// What stands below a hidden record answers as below one that does not exist.
func TestBeneathHiddenIsMissing(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		for _, way := range []func(at string) *reply{
			func(at string) *reply { return seller.get(at + "/timeline") },
			func(at string) *reply { return seller.get(at + "/timeline?what=comments&limit=1") },
			func(at string) *reply { return seller.get(at + "/comments") },
			func(at string) *reply { return seller.post(at+"/comments", map[string]any{"text": "x"}) },
			func(at string) *reply {
				return seller.post(at+"/comments", map[string]any{"text": "x", "mentions": []string{p.people["boss"].String()}})
			},
			func(at string) *reply { return seller.do("PATCH", at+"/comments/5", map[string]any{"text": "x"}) },
			func(at string) *reply { return seller.do("DELETE", at+"/comments/5", nil) },
			func(at string) *reply { return seller.get(at + "/attachments") },
			func(at string) *reply { return seller.get(at + "/attachments/5/file") },
			func(at string) *reply { return seller.do("DELETE", at+"/attachments/5", nil) },
		} {
			same(t, way(customers(p.colleagues)), way(customers(987654321)))
		}
		same(t, seller.attach(p.colleagues, "a.pdf", "application/pdf", aPDF), seller.attach(987654321, "a.pdf", "application/pdf", aPDF))
		body := map[string]any{"fields": map[string]any{"name": "西岭商行", "phone": "13800138000"}}
		absent := map[string]any{"fields": map[string]any{"name": "没有这家", "phone": "13100001111"}}
		own := into[struct {
			Found bool
			Mine  []item
		}](seller.post("/api/v1/records/customer/duplicates", body).must(200))
		if len(own.Mine) != 1 || own.Mine[0].ID != p.own {
			t.Errorf("a colleague's customer of the same number is found: %+v", own)
		}
		same(t, p.as("staff").post("/api/v1/records/customer/duplicates", body), p.as("staff").post("/api/v1/records/customer/duplicates", absent))
	})
}
