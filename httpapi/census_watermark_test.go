package httpapi_test

import (
	"strings"
	"testing"

	"guan/store"
)

// watermarkRows are of the mark over the pages.
var watermarkRows = []row{
	{"POST /api/v1/watermark/trace", "a code of nobody's", "401 403 403 403 404 403 404 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/watermark/trace", map[string]string{"code": "00000-00000"})
	}},
	{"GET /api/v1/watermark/settings", "", "401 403 403 403 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/watermark/settings") }},
	{"PUT /api/v1/watermark/settings", "", "401 403 403 403 412 412 403 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/watermark/settings", map[string]any{"everyone": true}, "If-Match", "99")
	}},
}

// The code on a seller's pages leads the auditor to the seller; it is of this session alone and is none of
// its secrets.
func TestWatermarkOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		type marked struct{ Watermark *store.Watermark }
		seller := p.as("seller")
		mark := into[marked](seller.get("/api/v1/me").must(200)).Watermark
		if mark == nil || mark.Name == "" || mark.Code == "" || mark.At.IsZero() {
			t.Fatalf("%+v", mark)
		}
		for _, cookie := range seller.http.Jar.Cookies(mustURL(t, p.url+"/api/v1/me")) {
			if strings.Contains(cookie.Value, strings.ReplaceAll(mark.Code, "-", "")) {
				t.Error("the code is a part of the session's secret")
			}
		}
		if again := into[marked](p.as("seller").get("/api/v1/me").must(200)).Watermark; again.Code == mark.Code {
			t.Error("another session has the same code")
		}
		auditor := p.as("auditor")
		found := into[ofItems[store.WatermarkTrace]](auditor.post("/api/v1/watermark/trace", map[string]string{"code": strings.ToLower(mark.Code)}).must(200)).Items
		if len(found) != 1 || found[0].Person.ID != p.people["seller"] || found[0].EndedAt != nil {
			t.Errorf("%+v", found)
		}
		seller.do("DELETE", "/api/v1/session", nil).must(204)
		found = into[ofItems[store.WatermarkTrace]](auditor.post("/api/v1/watermark/trace", map[string]string{"code": mark.Code}).must(200)).Items
		if len(found) != 1 || found[0].EndedAt == nil {
			t.Errorf("%+v", found)
		}
		auditor.post("/api/v1/watermark/trace", map[string]string{"code": "00000-00000"}).is(404, "watermark_none")
		p.as("rival").post("/api/v1/watermark/trace", map[string]string{"code": mark.Code}).is(403, "right")

		admin := p.as("admin")
		admin.do("PUT", "/api/v1/watermark/settings", map[string]any{"everyone": false}, "If-Match", "0").must(200)
		for _, c := range []*client{admin, auditor} {
			if got := into[marked](c.get("/api/v1/me").must(200)).Watermark; got == nil || got.Screen || got.Code == "" { // printed pages have it all the same
				t.Errorf("%+v", got)
			}
		}
		admin.do("PUT", "/api/v1/watermark/settings", map[string]any{"everyone": true}, "If-Match", "1").must(200)
	})
}
