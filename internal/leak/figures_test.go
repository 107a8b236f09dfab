package leak_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"guan/policy"
	"guan/records"
)

var figureRoutes = []string{
	"GET /api/v1/figures/{kind}", "GET /api/v1/exports", "GET /api/v1/imports", "POST /api/v1/exports/preview", "POST /api/v1/imports/preview", "POST /api/v1/imports/{id}/revert",
}

// figures asks for every cut and every sum, and reads histories and previews.
func figures(c *prober) {
	for _, kind := range kinds() {
		path := "/api/v1/figures/" + string(kind)
		var cuts, sums []string
		if k := records.Builtin().Kind(kind); k != nil {
			for _, f := range k.Fields {
				cuts = append(cuts, f.Name, "month("+f.Name+")")
				if f.Type == records.Money || f.Type == records.Number || f.Type == records.Int {
					sums = append(sums, "sum:"+f.Name)
				}
			}
		}
		sums = append(sums, "count", "sum:nonsense", "max:amount")
		for i, cut := range share(c, path, append(cuts, "", "nonsense"), 5) {
			c.get(path + "?" + url.Values{"group": {cut}, "measure": {sums[i%len(sums)]}}.Encode())
		}
	}
	for _, route := range []string{"exports", "imports"} {
		c.get("/api/v1/" + route)
		c.get("/api/v1/" + route + "?cursor=AAAA")
	}
	c.ask("POST", "/api/v1/exports/preview", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"})
	c.ask("POST", "/api/v1/exports/preview", map[string]any{"kind": "contact", "purpose": "对账", "format": "csv", "filter": fmt.Sprintf("r.phone == %q", c.pair.a.values["seller1"]["phone"])})
	c.ask("POST", "/api/v1/imports/preview", lookAt("customer", "name,code,id_number\n一家,x,y\n"))
	c.ask("POST", "/api/v1/imports/987654321/revert", map[string]any{"mode": "run"})
}

// lookAt is a look at a table before it is imported.
func lookAt(kind policy.Kind, table string) file {
	const boundary = "boundaryofthetest"
	return file{boundary, fmt.Sprintf("--%[1]s\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n%[2]s\r\n--%[1]s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"table.csv\"\r\n\r\n%[3]s\r\n--%[1]s--\r\n", boundary, kind, table)}
}

type figureAnswer struct {
	Groups []struct {
		Key   string
		Count int
		Sum   map[string]string
	}
}

// groupsOverHidden: a figure counts and sums what is plain, and groups by nothing else: a group by a
// hidden field is no question, one by a masked field is empty, and no two figures differ by a value
// that is not plain.
func groupsOverHidden(t *testing.T, p *program) {
	ask := func(who, kind, query string) *reply { return p.as(who).get("/api/v1/figures/" + kind + "?" + query) }
	for _, c := range []struct{ who, field string }{{"marketing", "annual_revenue"}, {"auditor", "credit_limit"}, {"auditor", "annual_revenue"}, {"trainee", "annual_sales"}, {"service", "annual_revenue"}} {
		for _, group := range []string{"", "owner", "stage", "month(created_at)"} {
			r := ask(c.who, "customer", url.Values{"group": {group}, "measure": {"sum:" + c.field}}.Encode())
			if r.status == 400 {
				same(t, r, ask(c.who, "customer", url.Values{"group": {group}, "measure": {"sum:no_such_field"}}.Encode()))
				continue
			}
			if got := into[figureAnswer](r.must(200)).Groups; len(got) != 0 {
				t.Errorf("%s: %s by %q is %v", c.who, c.field, group, got)
			}
		}
	}
	for _, c := range []struct{ who, group string }{{"auditor", "month(birthday)"}, {"finance", "level"}} {
		r := ask(c.who, "customer", "group="+url.QueryEscape(c.group))
		if r.status == 400 {
			same(t, r, ask(c.who, "customer", "group=no_such_field"))
			continue
		}
		if got := into[figureAnswer](r.must(200)).Groups; len(got) != 0 {
			t.Errorf("%s: grouped by %s: %v", c.who, c.group, got)
		}
	}
	// With a filter that names single records, and without: the difference is the plain value alone.
	both := url.Values{"measure": {"sum:annual_revenue"}, "filter": {fmt.Sprintf("r.id in ['%s', '%s']", p.ids["rival1"], p.ids["pool1"])}}
	got := into[figureAnswer](ask("westhead", "customer", both.Encode()).must(200)).Groups
	if len(got) != 1 || got[0].Count != 1 || got[0].Sum[p.values["rival1"]["currency"].(string)] != p.values["rival1"]["annual_revenue"] {
		t.Errorf("the sum is %v, want %v of one", got, p.values["rival1"]["annual_revenue"])
	}
	// Rows that one cannot list are in no figure.
	listed := into[page](p.as("seller").get("/api/v1/records/customer?limit=200&count=capped").must(200))
	total := 0
	for _, g := range into[figureAnswer](ask("seller", "customer", "group=owner").must(200)).Groups {
		total += g.Count
	}
	if total > listed.Total.Count {
		t.Errorf("the seller's figures are of %d records, the list of %d", total, listed.Total.Count)
	}
	for _, query := range []string{"filter=" + url.QueryEscape(fmt.Sprintf("r.id_number == %q", p.values["seller1"]["id_number"]))} {
		if got := into[figureAnswer](ask("seller", "customer", query).must(200)).Groups; len(got) != 0 {
			t.Errorf("a guess at a hidden value is counted: %v", got)
		}
	}
	if body := string(ask("seller", "customer", "group=owner").body); strings.Contains(body, p.values["seller1"]["phone"].(string)) {
		t.Error("a figure carries a value")
	}
}
