package leak_test

import (
	"fmt"

	"guan/policy"
)

var recordPageRoutes = []string{
	"GET /api/v1/records/{kind}/{id}/timeline",
	"GET /api/v1/records/{kind}/{id}/comments", "POST /api/v1/records/{kind}/{id}/comments",
	"PATCH /api/v1/records/{kind}/{id}/comments/{comment}", "DELETE /api/v1/records/{kind}/{id}/comments/{comment}",
	"GET /api/v1/records/{kind}/{id}/attachments", "POST /api/v1/records/{kind}/{id}/attachments",
	"GET /api/v1/records/{kind}/{id}/attachments/{file}/file", "DELETE /api/v1/records/{kind}/{id}/attachments/{file}",
	"POST /api/v1/records/{kind}/duplicates", "GET /api/v1/colleagues", "GET /api/v1/records/{kind}/tags",
}

// beneathRecords looks at what stands below records in and out of sight, writes there, and asks for
// records like those that nobody here may see.
func beneathRecords(c *prober) {
	boss := c.pair.a.people["boss"].String()
	for _, at := range share(c, "beneath", c.targets(2, 2), 10) {
		c.get(at.path + "/timeline?limit=100")
		c.get(at.path + "/timeline?what=changes,permissions&limit=1")
		c.get(at.path + "/comments")
		c.get(at.path + "/attachments")
		c.get(at.path + "/attachments/987654321/file")
		c.ask("DELETE", at.path+"/attachments/987654321", nil)
		c.ask("PATCH", at.path+"/comments/987654321", map[string]any{"text": "probe"})
		c.ask("DELETE", at.path+"/comments/987654321", nil)
		if a := c.ask("POST", at.path+"/comments", map[string]any{"text": "probe", "mentions": []string{boss, c.pair.a.people["rival"].String()}}); a.status == 201 {
			c.ask("DELETE", at.path+"/comments/"+into[struct{ ID policy.ID }](a).ID.String(), nil)
		}
		if a := c.ask("POST", at.path+"/attachments", attachment("probe.txt", "text/plain", "probe")); a.status == 201 {
			file := at.path + "/attachments/" + into[struct{ ID policy.ID }](a).ID.String()
			c.get(file + "/file")
			c.get(at.path + "/timeline?what=files,comments")
			c.ask("DELETE", file, nil)
		}
	}
	for _, p := range []*program{c.pair.a, c.pair.b} {
		for _, key := range []string{"seller1", "seller2", "boss1", "rival1"} {
			values := p.values[key]
			c.ask("POST", "/api/v1/records/customer/duplicates", map[string]any{"fields": map[string]any{"name": values["name"], "phone": values["phone"]}})
			c.ask("POST", "/api/v1/records/customer/duplicates", map[string]any{"fields": map[string]any{"phone": values["phone"], "email": values["email"], "credit_code": values["credit_code"]}})
		}
	}
	c.get("/api/v1/colleagues?q=seller")
	for _, kind := range kinds() {
		c.get("/api/v1/records/" + string(kind) + "/tags")
	}
	c.get("/api/v1/records/unicorn/tags")
	c.ask("POST", "/api/v1/records/unicorn/duplicates", map[string]any{"fields": map[string]any{"name": "x"}})
}

// attachment is a form with one file.
func attachment(name, media, content string) file {
	const boundary = "boundaryofthetest"
	return file{boundary, fmt.Sprintf("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=%q\r\nContent-Type: %s\r\n\r\n%s\r\n--%s--\r\n", boundary, name, media, content, boundary)}
}
