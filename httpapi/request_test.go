package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestOtherSitesAreRefused(t *testing.T) {
	p := start(t, blank.SQLite(t))
	seller := p.as("seller")
	for _, headers := range [][]string{
		{"Origin", "https://evil.example"},
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site", "Origin", "http://other.localhost"},
		{"Origin", "null"},
	} {
		seller.do("PATCH", customers(p.own), fieldsOf("name", "改名"), append(headers, "If-Match", `"1"`)...).is(403, "origin")
		seller.do("DELETE", "/api/v1/session", nil, headers...).is(403, "origin")
		p.anonymous().post("/api/v1/session", credentialsOf("seller", password), headers...).is(403, "origin")
	}
	seller.do("PATCH", customers(p.own), fieldsOf("name", "改名"), "If-Match", `"1"`, "Origin", p.url, "Sec-Fetch-Site", "same-origin").must(200)
	// A form of another site cannot say application/json, so it does not get that far either.
	seller.post("/api/v1/records/customer", "fields=x", "Content-Type", "text/plain").is(415, "content_type")
}

func TestMalformedRequests(t *testing.T) {
	p := start(t, blank.SQLite(t))
	seller := p.as("seller")
	own, list := customers(p.own), "/api/v1/records/customer"
	canary := "c4n4ry"
	for _, x := range []struct {
		name, method, path string
		body               any
		headers            []string
		status             int
		code, at           string
	}{
		{"no JSON", "POST", list, `{"fields": `, nil, 400, "json", "1:12"},
		{"JSON broken on line 2", "POST", list, "{\n  \"fields\": c4n4ry}", nil, 400, "json", "2:13"},
		{"no body", "POST", list, "", nil, 400, "body_missing", ""},
		{"no object", "POST", list, `["c4n4ry"]`, nil, 400, "json_type", ""},
		{"null", "POST", list, `null`, nil, 400, "json_type", ""},
		{"wrong type", "POST", list, `{"fields": "c4n4ry"}`, nil, 400, "json_type", "fields"},
		{"missing member", "POST", list, `{}`, nil, 400, "required", "fields"},
		{"null member", "POST", list, `{"fields": null}`, nil, 400, "required", "fields"},
		{"unknown member", "POST", list, `{"fields": {}, "owner": "c4n4ry"}`, nil, 400, "unknown_member", "owner"},
		{"member in other case", "POST", list, `{"Fields": {}}`, nil, 400, "", ""},
		{"member twice", "POST", list, `{"fields": {"name": "a", "name": "c4n4ry"}}`, nil, 400, "json_double", "name"},
		{"trailing", "POST", list, `{"fields": {}} {"c4n4ry": 1}`, nil, 400, "json_trailing", "1:16"},
		{"deep", "POST", list, strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100), nil, 400, "json_deep", ""},
		{"no UTF-8", "POST", list, "{\"fields\": {\"name\": \"\xff c4n4ry\"}}", nil, 400, "encoding", ""},
		{"unknown field", "POST", list, `{"fields": {"name": "a", "nonsense": "c4n4ry"}}`, nil, 400, "", ""},
		{"wrong value", "POST", list, `{"fields": {"name": "a", "employees": "c4n4ry"}}`, nil, 400, "", "employees"},
		{"bad phone", "POST", list, `{"fields": {"name": "a", "email": "c4n4ry"}}`, nil, 400, "", "email"},
		{"compressed", "POST", list, `{"fields": {}}`, []string{"Content-Encoding", "gzip"}, 415, "content_type", ""},
		{"form", "POST", list, `fields=c4n4ry`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "content_type", ""},
		{"too large", "POST", list, `{"fields": {"name": "` + strings.Repeat("x", 2<<20) + `"}}`, nil, 413, "body_large", ""},
		{"sign-in too large", "POST", "/api/v1/session", `{"login": "` + strings.Repeat("x", 9<<10) + `", "password": "c4n4ry"}`, nil, 413, "body_large", ""},
		{"sign-in without password", "POST", "/api/v1/session", `{"login": "seller"}`, nil, 400, "required", "password"},
		{"body on GET", "GET", own, `{}`, nil, 400, "body_unexpected", ""},
		{"body on DELETE", "DELETE", own, `{}`, []string{"If-Match", `"1"`}, 400, "body_unexpected", ""},

		{"id no number", "GET", list + "/c4n4ry", nil, nil, 400, "id", "id"},
		{"id too large", "GET", list + "/9007199254740992", nil, nil, 400, "id", "id"},
		{"id zero", "GET", list + "/0", nil, nil, 400, "id", "id"},
		{"id negative", "GET", list + "/-1", nil, nil, 400, "id", "id"},
		{"id with a slash", "GET", list + "/1%2F2", nil, nil, 400, "id", "id"},
		{"ids in a batch", "POST", list + "/batch", `{"ids": [{"id": "c4n4ry", "version": 1}], "fields": {}}`, nil, 400, "id", ""},
		{"batch of nothing", "POST", list + "/batch", `{"ids": [], "delete": true}`, nil, 400, "batch", "ids"},
		{"batch that sets and deletes", "POST", list + "/batch", `{"ids": [{"id": "1", "version": 1}], "fields": {}, "delete": true}`, nil, 400, "batch_what", "fields"},

		{"no If-Match", "PATCH", own, `{"fields": {}}`, nil, 428, "if_match", "If-Match"},
		{"no If-Match", "DELETE", own, nil, nil, 428, "if_match", "If-Match"},
		{"any If-Match", "DELETE", own, nil, []string{"If-Match", "*"}, 400, "if_match_malformed", "If-Match"},
		{"weak If-Match", "DELETE", own, nil, []string{"If-Match", `W/"1"`}, 400, "if_match_malformed", "If-Match"},
		{"two versions", "DELETE", own, nil, []string{"If-Match", `"1", "2"`}, 400, "if_match_malformed", "If-Match"},
		{"half quoted", "DELETE", own, nil, []string{"If-Match", `"1`}, 400, "if_match_malformed", "If-Match"},
		{"old version", "PATCH", own, `{"fields": {"name": "x"}}`, []string{"If-Match", `"7"`}, 412, "version", ""},

		{"unknown parameter", "GET", list + "?fitler=c4n4ry", nil, nil, 400, "unknown_parameter", "fitler"},
		{"parameter where there is none", "GET", "/api/v1/me?x=c4n4ry", nil, nil, 400, "unknown_parameter", "x"},
		{"repeated parameter", "GET", list + "?q=a&q=c4n4ry", nil, nil, 400, "repeated_parameter", "q"},
		{"parameter no UTF-8", "GET", list + "?q=%ff", nil, nil, 400, "encoding", "q"},
		{"parameter with NUL", "GET", list + "?q=a%00", nil, nil, 400, "encoding", "q"},
		{"malformed query", "GET", list + "?q=%zz", nil, nil, 400, "query", "query"},
		{"semicolon", "GET", list + "?q=a;b", nil, nil, 400, "query", "query"},
		{"limit no number", "GET", list + "?limit=c4n4ry", nil, nil, 400, "range", "limit"},
		{"limit 0", "GET", list + "?limit=0", nil, nil, 400, "range", "limit"},
		{"limit 201", "GET", list + "?limit=201", nil, nil, 400, "range", "limit"},
		{"count", "GET", list + "?count=c4n4ry", nil, nil, 400, "choice", "count"},
		{"cursor", "GET", list + "?cursor=c4n4ry", nil, nil, 400, "cursor", "cursor"},
		{"sort", "GET", list + "?sort=c4n4ry", nil, nil, 400, "sort", "sort"},
		{"fields", "GET", list + "?fields=name,c4n4ry", nil, nil, 400, "field", ""},
		{"sum", "GET", list + "?sum=name", nil, nil, 400, "sum", "sum"},
		{"explain without id", "GET", "/api/v1/explain?kind=customer", nil, nil, 400, "required", "id"},
		{"explain id", "GET", "/api/v1/explain?kind=customer&id=c4n4ry", nil, nil, 400, "id", "id"},
		{"explain action", "GET", "/api/v1/explain?kind=customer&action=c4n4ry&id=" + p.own.String(), nil, nil, 400, "action", "action"},

		{"filter syntax", "GET", list + "?filter=" + url.QueryEscape("r.name == "), nil, nil, 400, "", "1:"},
		{"filter type", "GET", list + "?filter=" + url.QueryEscape("r.name == 1"), nil, nil, 400, "", "1:"},
		{"filter unknown field", "GET", list + "?filter=" + url.QueryEscape("r.type == 'company' && r.nonsense == 'c4n4ry'"), nil, nil, 400, "", "1:"},
		{"filter beyond the subset", "GET", list + "?filter=" + url.QueryEscape("r.name.matches('c4n4ry')"), nil, nil, 400, "", "1:"},
	} {
		r := seller.do(x.method, x.path, x.body, x.headers...)
		problem := r.problem()
		codes, places := []string{problem.Code}, []string{}
		for _, e := range problem.Errors {
			codes, places = append(codes, e.Code), append(places, e.At)
		}
		if r.status != x.status || x.code != "" && !slices.Contains(codes, x.code) {
			t.Errorf("%s: %d %v, want %d %s: %s", x.name, r.status, codes, x.status, x.code, r.body)
		}
		if x.at != "" && !slices.ContainsFunc(places, func(at string) bool { return at == x.at || strings.HasSuffix(x.at, ":") && strings.Contains(at, x.at) }) {
			t.Errorf("%s: at %v, want %s: %s", x.name, places, x.at, r.body)
		}
		if strings.Contains(string(r.body), canary) && !strings.Contains(x.name, "unknown") && x.name != "fields" {
			t.Errorf("%s: the value is echoed: %s", x.name, r.body)
		}
	}
	if got := into[item](seller.get(own).must(200)); got.Version != 1 {
		t.Error("something was changed all the same")
	}
	if strings.Contains(p.log.String(), canary) {
		t.Error("a value of a request stands in the log")
	}
	if strings.Contains(p.log.String(), `"status":500`) {
		t.Error("bad input was taken for our own mistake")
	}
}

func TestMethods(t *testing.T) {
	p := start(t, blank.SQLite(t))
	seller := p.as("seller")
	for path, allow := range map[string]string{
		"/api/v1/me":              "GET, HEAD, OPTIONS",
		"/api/v1/session":         "DELETE, OPTIONS, POST",
		customers(p.own):          "DELETE, GET, HEAD, OPTIONS, PATCH",
		"/api/v1/records/unicorn": "GET, HEAD, OPTIONS, POST",
		"/healthz":                "GET, HEAD, OPTIONS",
	} {
		for _, method := range []string{"PUT", "TRACE", "BREW"} {
			if got := seller.do(method, path, nil).is(405, "method").header.Get("Allow"); got != allow {
				t.Errorf("%s %s: Allow %q, want %q", method, path, got, allow)
			}
		}
		options := p.anonymous().do("OPTIONS", path, nil).must(204)
		if options.header.Get("Allow") != allow || options.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("OPTIONS %s: %v", path, options.header)
		}
	}
	get, head := seller.get(customers(p.own)).must(200), seller.do("HEAD", customers(p.own), nil).must(200)
	if len(head.body) != 0 || head.header.Get("Etag") != get.header.Get("Etag") || head.header.Get("Content-Type") != get.header.Get("Content-Type") {
		t.Errorf("HEAD is not GET without a body: %v, %v", head.header, get.header)
	}
	for _, path := range []string{"/api/v1/nothing", "/api", "/api/", "/api/v2/me", "/api/v1/records/customer/1/2/3", "/api//v1/me", "/api/v1/../v1/me", "/api/v1/me/"} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			seller.do(method, path, nil).is(404, "not_found")
		}
	}
}

func TestWriteAndReadBack(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		r := seller.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "新客户", "type": "individual", "tags": []string{"vip"}}}).must(201)
		made := into[item](r)
		if r.header.Get("Location") != customers(made.ID) || r.header.Get("Etag") != `"1"` || made.Fields["owner"] != p.people["seller"].String() {
			t.Errorf("created %v %s", r.header, r.body)
		}
		changed := into[item](seller.do("PATCH", customers(made.ID), fieldsOf("name", "新名"), "If-Match", r.header.Get("Etag")).must(200))
		if changed.Version != 2 || changed.Title != "新名" {
			t.Errorf("changed %+v", changed)
		}
		seller.do("PATCH", customers(made.ID), fieldsOf("name", "旧的"), "If-Match", "1").is(412, "version")
		page := into[ofItems[item]](seller.get("/api/v1/records/customer?sort=name&limit=1&count=capped&filter=" + url.QueryEscape("'vip' in r.tags")).must(200))
		if len(page.Items) != 1 || page.Items[0].ID != made.ID {
			t.Errorf("page %+v", page)
		}
		boss := p.as("boss")
		ids := []any{map[string]any{"id": made.ID.String(), "version": 2}, map[string]any{"id": p.own.String(), "version": 9}}
		boss.post("/api/v1/records/customer/batch", map[string]any{"ids": ids, "delete": true}).is(412, "version")
		boss.get(customers(made.ID)).must(200)
		ids[1] = map[string]any{"id": p.own.String(), "version": 1}
		both := into[ofItems[item]](boss.post("/api/v1/records/customer/batch", map[string]any{"ids": ids, "fields": map[string]any{"city": "深圳"}}).must(200))
		if len(both.Items) != 2 || both.Items[1].Fields["city"] != "深圳" {
			t.Errorf("batch %+v", both)
		}
		boss.do("DELETE", customers(made.ID), nil, "If-Match", `"3"`).must(204)
		boss.get(customers(made.ID)).must(404)
	})
}

func TestPagesFollowEachOther(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		var ids []string
		path := "/api/v1/records/customer?limit=1"
		for cursor := ""; ; {
			page := into[struct {
				Items []item
				Next  string
			}](boss.get(path + cursor).must(200))
			for _, it := range page.Items {
				ids = append(ids, it.ID.String())
			}
			if page.Next == "" {
				break
			}
			if len(ids) > 3 {
				t.Fatal("the list does not end")
			}
			cursor = "&cursor=" + url.QueryEscape(page.Next)
		}
		if fmt.Sprint(ids) != fmt.Sprint([]any{p.other, p.colleagues, p.own}) {
			t.Errorf("pages give %v", ids)
		}
	})
}
