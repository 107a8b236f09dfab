package httpapi_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
)

type seenAs struct {
	ID      policy.ID         `json:"id"`
	Title   string            `json:"title"`
	Fields  map[string]any    `json:"fields"`
	Masked  map[string]string `json:"masked"`
	Covered []string          `json:"covered"`
	Can     []string          `json:"can"`
	Version int64             `json:"version"`
}

// values are what stands in the customers that the seller sees.
var values = []string{"关山", "13800138000", "138", "1234567", "8000"}

// An administrator who reads no customers sees which pages, rows, fields and buttons a seller has,
// and learns no value by it, whatever they ask.
func TestViewAsLearnsNoValue(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin := p.as("admin")
		as := []string{"View-As", p.people["seller"].String()}
		if got := admin.get(customers(p.own)); got.status != http.StatusNotFound {
			t.Fatalf("the administrator reads customers: %s", got.body)
		}
		me := into[struct {
			Person struct{ Login string }
			Viewer *struct{ Name string }
			Kinds  []string
			Can    []string
		}](admin.get("/api/v1/me", as...).must(http.StatusOK))
		if me.Person.Login != "seller" || me.Viewer == nil || me.Viewer.Name != "姓admin" || !slices.Contains(me.Kinds, "customer") || len(me.Can) != 0 {
			t.Errorf("the seller is %+v", me)
		}
		page := into[ofItems[seenAs]](admin.get("/api/v1/records/customer?count=capped", as...).must(http.StatusOK))
		if len(page.Items) != 1 || page.Items[0].ID != p.own {
			t.Fatalf("the seller sees %+v", page)
		}
		one := into[seenAs](admin.get(customers(p.own), as...).must(http.StatusOK))
		for _, it := range []seenAs{page.Items[0], one} {
			if it.Title != "••••" || it.Masked["name"] != "••••" || !slices.Contains(it.Covered, "name") || !slices.Contains(it.Covered, "owner") || len(it.Fields) != 0 || !slices.Contains(it.Can, "edit") || it.Version != 0 {
				t.Errorf("the record shows as %+v", it)
			}
		}
		admin.get("/api/v1/records/customer?view_as=" + p.people["seller"].String()).must(http.StatusOK)

		for _, path := range []string{
			"/api/v1/records/customer?limit=1", "/api/v1/records/customer?fields=name", "/api/v1/records/contact", customers(p.own), "/api/v1/kinds",
			"/api/v1/explain?kind=customer&field=phone&id=" + p.own.String(), "/api/v1/explain?kind=customer&action=edit&id=" + p.own.String(),
			"/api/v1/records/customer?filter=r.name=='关山贸易'", "/api/v1/records/customer?q=关山", "/api/v1/records/customer?sort=annual_revenue",
			"/api/v1/records/customer?sort=-updated_at", "/api/v1/records/customer?sum=annual_revenue", "/api/v1/search?q=关山",
		} {
			got := admin.get(path, as...)
			text := append([]byte(got.header.Get("ETag")), got.body...)
			if next := into[struct{ Next string }](got).Next; next != "" {
				inside, err := base64.RawURLEncoding.DecodeString(next)
				if err != nil {
					t.Fatal(err)
				}
				text = append(text, inside...)
			}
			for _, value := range values {
				if bytes.Contains(text, []byte(value)) {
					t.Errorf("%s gives away %s: %s", path, value, text)
				}
			}
			if strings.Contains(path, "filter") || strings.Contains(path, "q=") || strings.Contains(path, "sort") || strings.Contains(path, "sum") {
				got.is(http.StatusForbidden, "view_as")
			}
		}
	})
}

// Pages of a list that is looked at join to the whole list, newest first.
func TestViewAsPages(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin, boss := p.as("admin"), p.as("boss")
		for range 6 {
			boss.post("/api/v1/records/customer", fieldsOf("name", "客")).must(http.StatusCreated)
		}
		as := []string{"View-As", p.people["boss"].String()}
		var ids []policy.ID
		cursor := ""
		for range 9 {
			page := into[struct {
				Items []seenAs
				Next  string
			}](admin.get("/api/v1/records/customer?limit=2&cursor="+cursor, as...).must(http.StatusOK))
			for _, it := range page.Items {
				ids = append(ids, it.ID)
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if len(ids) != 9 || !slices.IsSortedFunc(ids, func(a, b policy.ID) int { return int(b - a) }) {
			t.Errorf("the pages have %v", ids)
		}
	})
}

// Who may read something themselves sees it, masked where the person sees it masked, and may ask
// more where they read the whole kind.
func TestViewAsShowsWhatOneReads(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		as := []string{"View-As", p.people["rival"].String()}
		it := into[seenAs](boss.get(customers(p.colleagues), as...).must(http.StatusOK))
		if it.Title != "西岭商行" || len(it.Covered) != 0 || it.Version != 1 {
			t.Errorf("the boss sees as the rival %+v", it)
		}
		own := into[seenAs](p.as("rival").get(customers(p.colleagues)).must(http.StatusOK))
		one, _ := json.Marshal(it)
		other, _ := json.Marshal(own)
		if !bytes.Equal(one, other) {
			t.Errorf("the boss sees as the rival\n%s\nthe rival\n%s", one, other)
		}
		if got := into[ofItems[seenAs]](boss.get("/api/v1/records/customer?q=西岭&sort=name", as...).must(http.StatusOK)); len(got.Items) != 1 {
			t.Errorf("the boss finds as the rival %+v", got)
		}
		if got := boss.get(customers(p.own), as...); got.status != http.StatusNotFound {
			t.Errorf("the rival does not see it: %d", got.status)
		}
		// An auditor has the right too.
		p.as("auditor").get("/api/v1/me", as...).must(http.StatusOK)
	})
}

// Nothing is written and nothing else is shown while one looks as somebody else; who has no right
// cannot look, a token neither; and every look stands in the audit log.
func TestViewAsIsReadOnlyAndRecorded(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller := p.as("boss"), p.as("seller")
		as := []string{"View-As", p.people["seller"].String()}
		for _, x := range []struct {
			method, path string
			body         any
		}{
			{"POST", "/api/v1/records/customer", fieldsOf("name", "x")}, {"PATCH", customers(p.own), fieldsOf("name", "x")}, {"DELETE", customers(p.own), nil},
			{"POST", "/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}}, {"GET", "/api/v1/search?q=x", nil}, {"GET", "/api/v1/tokens", nil},
			{"POST", "/api/v1/password", map[string]string{"old": password, "new": "another " + password}}, {"DELETE", "/api/v1/session", nil}, {"GET", "/api/v1/sessions", nil},
			{"GET", "/api/v1/who-can?kind=customer&id=" + p.own.String(), nil}, {"GET", "/api/v1/policy/packs", nil}, {"GET", "/api/v1/notices", nil}, {"GET", "/api/v1/sees", nil},
			{"GET", customers(p.own) + "/team", nil}, {"POST", "/api/v1/grants", map[string]any{}},
		} {
			boss.do(x.method, x.path, x.body, append([]string{"If-Match", "1"}, as...)...).is(http.StatusForbidden, "view_as")
		}
		seller.get("/api/v1/me", "View-As", p.people["boss"].String()).is(http.StatusForbidden, "right")
		seller.get("/api/v1/records/customer?view_as="+p.people["boss"].String()).is(http.StatusForbidden, "right")
		boss.get("/api/v1/me", "View-As", "987654321").is(http.StatusBadRequest, "person")
		boss.get("/api/v1/me", "View-As", "x").is(http.StatusBadRequest, "id")
		made := into[struct{ Token string }](boss.post("/api/v1/tokens", map[string]any{"name": "t", "until": time.Now().Add(time.Hour)}).must(http.StatusCreated))
		p.withToken(made.Token).get("/api/v1/me", as...).is(http.StatusForbidden, "view_as")
		if got := into[item](boss.get(customers(p.own)).must(http.StatusOK)); got.Version != 1 || got.Title != "关山贸易" {
			t.Errorf("a refused write left %+v", got)
		}
	})
}
