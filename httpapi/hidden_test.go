package httpapi_test

import (
	"bytes"
	"net/http"
	"testing"

	"guan/policy"
)

// same fails unless two answers are equal to the last byte of status, headers and body, apart
// from the request id and the time.
func same(t *testing.T, a, b *reply) {
	t.Helper()
	if a.status != b.status {
		t.Errorf("%s: %d, but %s: %d", a.asked, a.status, b.asked, b.status)
	}
	one, other := withoutID(a), withoutID(b)
	if !bytes.Equal(one, other) {
		t.Errorf("%s:\n%s\nbut %s:\n%s", a.asked, one, b.asked, other)
	}
	for _, pair := range [][2]*reply{{a, b}, {b, a}} {
		for name := range pair[0].header {
			if name != "Date" && name != "X-Request-Id" && pair[0].header.Get(name) != pair[1].header.Get(name) {
				t.Errorf("%s: header %s is %q, but %s: %q", pair[0].asked, name, pair[0].header.Get(name), pair[1].asked, pair[1].header.Get(name))
			}
		}
	}
}

func withoutID(r *reply) []byte {
	id := r.header.Get("X-Request-Id")
	if id == "" {
		return r.body
	}
	return bytes.ReplaceAll(r.body, []byte(id), []byte("ID"))
}

// What one may not see answers exactly as what does not exist, on every route that takes an id
// or a kind.
func TestHiddenIsMissing(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller, staff := p.as("seller"), p.as("staff")
		const missing = policy.ID(987654321)
		for _, way := range []func(id policy.ID) *reply{
			func(id policy.ID) *reply { return seller.get(customers(id)) },
			func(id policy.ID) *reply { return seller.do("HEAD", customers(id), nil) },
			func(id policy.ID) *reply {
				return seller.do("PATCH", customers(id), fieldsOf("name", "改名"), "If-Match", `"1"`)
			},
			func(id policy.ID) *reply {
				return seller.do("PATCH", customers(id), fieldsOf("name", "改名"), "If-Match", `"7"`)
			},
			func(id policy.ID) *reply {
				return seller.do("PATCH", customers(id), fieldsOf("nonsense", "x"), "If-Match", `"1"`)
			},
			func(id policy.ID) *reply { return seller.do("DELETE", customers(id), nil, "If-Match", `"1"`) },
			func(id policy.ID) *reply {
				return seller.post("/api/v1/records/customer/batch", map[string]any{"ids": []any{map[string]any{"id": id.String(), "version": 1}}, "fields": map[string]any{"name": "x"}})
			},
			func(id policy.ID) *reply {
				return seller.get("/api/v1/explain?kind=customer&action=read&id=" + id.String())
			},
			func(id policy.ID) *reply {
				return seller.get("/api/v1/explain?kind=customer&action=read&field=phone&id=" + id.String())
			},
			func(id policy.ID) *reply {
				return seller.get("/api/v1/who-can?kind=customer&action=read&id=" + id.String())
			},
			func(id policy.ID) *reply {
				return seller.post("/api/v1/records/contact", map[string]any{"fields": map[string]any{"name": "x", "customer": id.String()}})
			},
			func(id policy.ID) *reply {
				return seller.get("/api/v1/records/customer?filter=r.id=='" + id.String() + "'")
			},
			func(id policy.ID) *reply { return staff.get(customers(id)) },
		} {
			hidden, absent := way(p.colleagues), way(missing)
			// A body may name the id that was asked for in the path alone.
			same(t, hidden, absent)
			if hidden.status < 400 && hidden.asked[:3] != "GET" {
				t.Errorf("%s: %d", hidden.asked, hidden.status)
			}
		}
		for _, path := range []string{"/api/v1/records/%s/5", "/api/v1/explain?kind=%s&action=read&id=5", "/api/v1/who-can?kind=%s&action=read&id=5"} {
			same(t, staff.get(sprintf(path, "customer")), staff.get(sprintf(path, "unicorn")))
		}
		// Which kinds the product has is no secret: a list of one that staff may not read is empty,
		// however it is asked.
		for _, query := range []string{"", "?count=capped&sum=annual_sales", "?filter=r.type=='company'&sort=name", "?q=商行"} {
			page := into[struct {
				Items []item
				Total *struct{ Count int }
				Sums  map[string]map[string]string
			}](staff.get("/api/v1/records/customer" + query).must(http.StatusOK))
			if len(page.Items) > 0 || page.Total != nil && page.Total.Count > 0 || len(page.Sums["annual_sales"]) > 0 {
				t.Errorf("%s shows staff %+v", query, page)
			}
		}
		staff.get("/api/v1/records/unicorn").is(http.StatusNotFound, "kind")
		same(t, staff.post("/api/v1/records/customer", fieldsOf("name", "x")), staff.post("/api/v1/records/unicorn", fieldsOf("name", "x")))

		// After all these refusals nothing has changed.
		untouched := into[item](p.as("boss").get(customers(p.colleagues)).must(http.StatusOK))
		if untouched.Version != 1 || untouched.Title != "西岭商行" {
			t.Errorf("a refused write left %+v", untouched)
		}
	})
}

func sprintf(path, kind string) string {
	return string(bytes.ReplaceAll([]byte(path), []byte("%s"), []byte(kind)))
}
