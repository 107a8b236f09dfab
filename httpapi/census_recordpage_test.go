package httpapi_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"

	"guan/policy"
)

// recordPageRows are of what stands below a record. To the auditor what was said is masked: they
// find no comments and no files.
var recordPageRows = []row{
	{"GET /api/v1/records/{kind}/{id}/timeline", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.own) + "/timeline") }},
	{"GET /api/v1/records/{kind}/{id}/timeline", "other", "401 404 404 404 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.other) + "/timeline") }},
	{"GET /api/v1/records/{kind}/{id}/comments", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.own) + "/comments") }},
	{"POST /api/v1/records/{kind}/{id}/comments", "own", "401 404 201 201 201 404 403 403", func(x *census, c *client) *reply {
		return c.post(customers(x.own)+"/comments", map[string]any{"text": "看一下"})
	}},
	{"POST /api/v1/records/{kind}/{id}/comments", "other", "401 404 404 404 201 404 403 403", func(x *census, c *client) *reply {
		return c.post(customers(x.other)+"/comments", map[string]any{"text": "看一下"})
	}},
	{"PATCH /api/v1/records/{kind}/{id}/comments/{comment}", "the boss's", "401 404 403 403 200 404 403 403", func(x *census, c *client) *reply {
		return c.do("PATCH", x.comment(x.own), map[string]any{"text": "改了"})
	}},
	{"DELETE /api/v1/records/{kind}/{id}/comments/{comment}", "the boss's", "401 404 403 204 204 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", x.comment(x.own), nil)
	}},
	{"GET /api/v1/records/{kind}/{id}/attachments", "own", "401 404 200 200 200 404 200 200", func(x *census, c *client) *reply { return c.get(customers(x.own) + "/attachments") }},
	{"POST /api/v1/records/{kind}/{id}/attachments", "own", "401 404 201 201 201 404 403 403", func(x *census, c *client) *reply {
		return c.attach(x.own, "a.pdf", "application/pdf", aPDF)
	}},
	{"POST /api/v1/records/{kind}/{id}/attachments", "other", "401 404 404 404 201 404 403 403", func(x *census, c *client) *reply {
		return c.attach(x.other, "a.pdf", "application/pdf", aPDF)
	}},
	{"GET /api/v1/records/{kind}/{id}/attachments/{file}/file", "own", "401 404 200 200 200 404 404 200", func(x *census, c *client) *reply { return c.get(x.attached(x.own) + "/file") }},
	{"GET /api/v1/records/{kind}/{id}/attachments/{file}/file", "other", "401 404 404 404 200 404 404 200", func(x *census, c *client) *reply { return c.get(x.attached(x.other) + "/file") }},
	{"DELETE /api/v1/records/{kind}/{id}/attachments/{file}", "the boss's", "401 404 403 204 204 404 403 403", func(x *census, c *client) *reply {
		return c.do("DELETE", x.attached(x.own), nil)
	}},
	{"GET /api/v1/records/{kind}/tags", "customers", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.get("/api/v1/records/customer/tags")
	}},
	{"POST /api/v1/records/{kind}/duplicates", "customers", "401 200 200 200 200 200 200 200", func(x *census, c *client) *reply {
		return c.post("/api/v1/records/customer/duplicates", fieldsOf("name", "关山贸易"))
	}},
	{"GET /api/v1/colleagues", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/colleagues?q=seller") }},
}

const aPDF = "%PDF-1.7\nnothing much"

// comment is the path of a new comment of the boss.
func (x *census) comment(id policy.ID) string {
	x.t.Helper()
	got := into[made](x.boss.post(customers(id)+"/comments", map[string]any{"text": "看一下"}).must(201))
	return customers(id) + "/comments/" + got.ID.String()
}

// attached is the path of a new file of the boss.
func (x *census) attached(id policy.ID) string {
	x.t.Helper()
	got := into[made](x.boss.attach(id, "报价单.pdf", "application/pdf", aPDF).must(201))
	return customers(id) + "/attachments/" + got.ID.String()
}

// attach sends a file as a browser's form does.
func (c *client) attach(id policy.ID, name, media, content string) *reply {
	c.p.t.Helper()
	body, typ := c.fileForm(name, media, content)
	return c.do("POST", customers(id)+"/attachments", body, "Content-Type", typ)
}

// fileForm is the form in which a file is sent.
func (c *client) fileForm(name, media, content string) (text, typ string) {
	c.p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename="%s"`, name)}, "Content-Type": {media}})
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		c.p.t.Fatal(err)
	}
	return body.String(), form.FormDataContentType()
}
