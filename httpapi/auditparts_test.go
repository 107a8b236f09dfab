package httpapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guan/audit"
	"guan/policy"
	"guan/store"
)

// onFirefox is a browser on a computer.
type onFirefox struct{ http.RoundTripper }

func (f onFirefox) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
	return f.RoundTripper.RoundTrip(r)
}

// part is something that an entry has to say.
type part int

const (
	what   part = 1 << iota // the record
	those                   // the records, where they are several
	fields                  // which fields
	why                     // the rules that let it through
	session
	code // why it was refused
	export
	reason
	theAct
	request // that it is about
	grant   // that it is about
	token   // with which, or which
	behalf  // for whom
	verdict // which was given
	version // of the policy, and what changed in it
	doing   // what was done with it
	barred  // what of the rules stood in the way
	called  // what the record is called
	own     // what is the act's own
)

// act is something that somebody does, the action of its entries, and what each of these has to say.
type act struct {
	name   string
	by     string
	action string
	has    part
	do     func(c *client)
}

// seal does what the program does twice a second.
func (p *program) seal() {
	p.t.Helper()
	if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(context.Background()); err != nil {
		p.t.Fatal(err)
	}
}

// leaves does an act, and wants entries of it that lack nothing.
func (p *program) leaves(t *testing.T, act act, by, auditor *client) {
	before := newest(auditor)
	act.do(by)
	p.seal()
	found := 0
	page := into[store.AuditPage](auditor.get("/api/v1/audit/entries?limit=200").must(200))
	for _, it := range page.Items {
		theirs := it.Person != nil && it.Person.ID == p.people[act.by]
		if it.Seq <= before || it.Action != act.action || !theirs && it.Action != string(audit.SignInFailed) {
			continue
		}
		found++
		if lacks := lacking(it, act.has); len(lacks) > 0 {
			t.Errorf("the entry lacks %s: %+v", strings.Join(lacks, ", "), it)
		}
	}
	if found == 0 {
		t.Errorf("there is no entry %s by %s", act.action, act.by)
	}
}

// desks are people at computers.
func (p *program) desks() map[string]*client {
	p.t.Helper()
	who := map[string]*client{}
	for _, persona := range personas {
		c := p.anonymous()
		c.http.Transport = onFirefox{http.DefaultTransport}
		c.login = persona.login
		c.post("/api/v1/session", credentialsOf(c.login, password)).must(200)
		who[c.login] = c
	}
	return who
}

// Who, when, by which policy, from where and with which device stand in every entry; at the door there is no policy
// yet. What an act says beside them is a line here: an act that lacks a part of it fails.
func TestEveryActSaysWhy(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		who := p.desks()
		auditor := who["auditor"]
		version := func(id policy.ID) string {
			return fmt.Sprint(into[item](who["boss"].get(customers(id)).must(200)).Version)
		}
		pool := into[made](who["boss"].post("/api/v1/org/pools", map[string]any{"name": "条目公海", "open": []any{map[string]any{"unit": p.sales.String(), "below": true}}}).must(201)).ID
		var mine policy.ID
		var file string
		for _, act := range []act{
			{"a record is opened", "seller", "read", what | fields | why | session, func(c *client) { c.get(customers(p.own)).must(200) }},
			{"a list", "seller", "list", those | fields | why | session, func(c *client) { c.get("/api/v1/records/customer").must(200) }},
			{"a list that names others", "boss", "list", those | fields | why | session, func(c *client) {
				c.post("/api/v1/records/contact", map[string]any{"fields": map[string]string{"name": "条目联系人", "customer": p.own.String()}}).must(201)
				c.get("/api/v1/records/contact").must(200)
			}},
			{"what happened to it", "seller", "read", what | why | session, func(c *client) { c.get(customers(p.own) + "/timeline").must(200) }},
			{"what was said of it", "seller", "read", what | why | session, func(c *client) { c.get(customers(p.own) + "/comments").must(200) }},
			{"its files", "seller", "read", what | why | session, func(c *client) { c.get(customers(p.own) + "/attachments").must(200) }},
			{"who works on it", "seller", "read", what | why | session, func(c *client) { c.get(customers(p.own) + "/team").must(200) }},
			{"a record is made", "seller", "create", what | fields | why | session, func(c *client) {
				mine = into[item](c.post("/api/v1/records/customer", fieldsOf("name", "条目商行")).must(201)).ID
			}},
			{"a search", "seller", "list", those | fields | why | session, func(c *client) { c.get("/api/v1/records/customer?q=" + url.QueryEscape("条目商行")).must(200) }},
			{"it is changed", "seller", "edit", what | fields | why | session, func(c *client) {
				c.do("PATCH", customers(mine), fieldsOf("city", "苏州"), "If-Match", "1").must(200)
			}},
			{"something is said of it", "seller", "commented", what | why | session, func(c *client) {
				c.post(customers(mine)+"/comments", map[string]string{"text": "说一句"}).must(201)
			}},
			{"a file is put to it", "seller", "attached", what | why | session, func(c *client) {
				file = into[struct{ ID string }](c.attach(mine, "图.txt", "text/plain", "canary").must(201)).ID
			}},
			{"the file is taken out", "seller", "downloaded", what | why | session, func(c *client) {
				c.get(customers(mine) + "/attachments/" + file + "/file").must(200)
			}},
			{"it is put into a pool", "seller", "release", what | fields | why | session, func(c *client) {
				c.post(customers(mine)+"/release", map[string]any{"pool": pool.String(), "reason": "不合适"}).must(200)
			}},
			{"it is taken from there", "seller", "claim", what | fields | why | session, func(c *client) { c.do("POST", customers(mine)+"/claim", nil).must(200) }},
			{"it is given away", "boss", "edit", what | fields | why | session, func(c *client) {
				c.do("PATCH", customers(mine), fieldsOf("owner", p.people["rival"].String()), "If-Match", version(mine)).must(200)
			}},
			{"a record is removed", "boss", "delete", what | why | session, func(c *client) {
				c.do("DELETE", customers(mine), nil, "If-Match", version(mine)).must(204)
			}},
			{"what is not there for them", "seller", "refused", what | code | barred | session, func(c *client) { c.get(customers(p.other)).must(404) }},
			{"a right that they lack", "seller", "refused", theAct | code | barred | session, func(c *client) { c.get("/api/v1/policy/fields").must(403) }},
			{"an export is ordered", "boss", "export", why | export | reason | session, func(c *client) {
				id := c.ordered("exports", c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "年终对账", "format": "csv"})).ID
				c.get("/api/v1/exports/" + id.String() + "/file").must(200)
			}},
			{"an explanation", "boss", "explain", what | called | own | session, func(c *client) {
				c.get("/api/v1/explain?person=" + p.people["seller"].String() + "&kind=customer&id=" + p.own.String() + "&action=read").must(200)
			}},
			{"a draft of the rules", "admin", "draft_changed", own | session, func(c *client) {
				c.post("/api/v1/policy/drafts", map[string]any{"name": "条目草稿"}).must(201)
			}},
			{"a unit is made", "admin", "org_changed", what | called | own | session, func(c *client) {
				c.post("/api/v1/org/units", map[string]any{"name": "条目部", "parent": p.east.String(), "type": "department"}).must(201)
			}},
			{"a field is added", "admin", "field_changed", fields | session, func(c *client) {
				c.do("PUT", "/api/v1/policy/fields/product/c_parts", customNote, "If-Match", "0").must(200)
			}},
			{"a wrong code", "head", "sign_in_failed", 0, func(c *client) { c.post("/api/v1/session", credentialsOf("head", "wrong")).must(401) }},
			{"a sign-in", "head", "sign_in", session, func(c *client) { c.post("/api/v1/session", credentialsOf("head", password)).must(200) }},
			{"a sign-out", "head", "sign_out", session, func(c *client) { c.do("DELETE", "/api/v1/session", nil).must(204) }},
		} {
			t.Run(act.name, func(t *testing.T) { p.leaves(t, act, who[act.by], auditor) })
		}
	})
}

// newest is the number of the last entry.
func newest(auditor *client) policy.ID {
	page := into[store.AuditPage](auditor.get("/api/v1/audit/entries?limit=1").must(200))
	return page.Items[0].Seq
}

func lacking(it store.AuditItem, has part) (out []string) {
	job := it.Channel == "job" || it.Channel == "export" || it.Channel == "import"
	failed := it.Action == string(audit.SignInFailed) // nobody knows who it was
	atDoor := failed || it.Action == string(audit.SignIn)
	for _, one := range []struct {
		name string
		need bool
		said bool
	}{
		{"when", true, !it.At.IsZero()},
		{"who", !failed, it.Person != nil && it.Person.Name != ""},
		{"the policy", !atDoor, it.Epoch > 0},
		{"from where", true, it.Channel != "" && it.Address == "127.0.0.1"},
		{"the device", !job, it.Device == "desktop"},
		{"the record", has&what != 0, it.Record != nil && it.Kind != ""},
		{"the records", has&those != 0, it.Count > 0 && it.Kind != ""},
		{"the fields", has&fields != 0, len(it.Fields) > 0},
		{"the rules", has&why != 0, len(it.Rules) > 0},
		{"the session", has&session != 0, it.Session != 0},
		{"the code", has&code != 0, it.Code != "" && it.Refused != ""},
		{"the export", has&export != 0, it.Export != 0},
		{"the reason", has&reason != 0 && it.Channel == "web", it.Reason != ""},
		{"the request", has&request != 0, it.Request != 0},
		{"the grant", has&grant != 0, it.Grant != 0},
		{"the token", has&token != 0, it.Token != 0},
		{"for whom", has&behalf != 0, it.OnBehalf != nil && it.OnBehalf.Name != ""},
		{"the verdict", has&verdict != 0, it.Verdict != ""},
		{"the version", has&version != 0, it.Version > 0 && len(it.Changed) > 0 && it.Changed[0].ID != "" && it.Changed[0].Label.ZH != ""},
		{"what was done", has&doing != 0, it.Operation != ""},
		{"what stood in the way", has&barred != 0, it.Barred != ""},
		{"what it is called", has&called != 0, it.Record != nil && it.Record.Title != "" && it.KindLabel.ZH != ""},
		{"what is its own", has&own != 0, len(it.Facts) > 0},
		{"the operation", has&theAct != 0, it.Operation != "" && it.Refused != ""},
	} {
		if one.need && !one.said {
			out = append(out, one.name)
		}
	}
	return out
}
