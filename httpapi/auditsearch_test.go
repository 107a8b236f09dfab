package httpapi_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/store"
)

// search asks the audit log for the acts of all pages, the newest first.
func (c *client) search(query url.Values) (out []store.AuditItem) {
	c.p.t.Helper()
	for {
		page := into[store.AuditPage](c.get("/api/v1/audit/entries?" + query.Encode()).must(200))
		out = append(out, page.Items...)
		if page.Next == "" {
			return out
		}
		query.Set("cursor", page.Next)
	}
}

func acts(items []store.AuditItem, who policy.ID) (out []string) {
	for _, it := range items {
		if it.Person != nil && it.Person.ID == who || who == 0 {
			out = append(out, it.Action)
		}
	}
	return out
}

// Who saw or changed this customer; what did this person do; everything on this export.
func TestAuditSearch(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller, boss, auditor := p.as("seller"), p.as("boss"), p.as("auditor")
		id := p.own.String()
		name := into[item](boss.get(customers(p.own)).must(200)).Fields["name"]
		began := time.Now()
		seller.get(customers(p.own)).must(200)
		seller.get("/api/v1/records/customer").must(200)
		seller.get(customers(p.other)).must(404)
		version := into[item](boss.get(customers(p.own)).must(200)).Version
		boss.do("PATCH", customers(p.own), fieldsOf("city", "苏州"), "If-Match", fmt.Sprint(version)).must(200)
		exported := boss.ordered("exports", boss.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "年终对账", "format": "csv"})).ID
		boss.get("/api/v1/exports/" + exported.String() + "/file").must(200)
		if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(context.Background()); err != nil {
			t.Fatal(err)
		}

		auditor.get("/api/v1/audit/entries?" + url.Values{"person": {p.people["seller"].String()}, "group": {"reads"}, "from": {began.Format(time.RFC3339Nano)}}.Encode()).must(200)
		p.seal()
		searched := into[store.AuditPage](auditor.get("/api/v1/audit/entries?limit=1").must(200)).Items[0]
		if a := searched.Asked; searched.Operation != "audit_entries" || a == nil || a.Person == nil || a.Person.ID != p.people["seller"] || a.Person.Name == "" || a.Group != audit.Reads || a.From == nil || a.Until != nil || len(searched.Rules) == 0 {
			t.Errorf("a search of the log says %+v of what was asked: %+v", a, searched)
		}
		of := auditor.search(url.Values{"kind": {"customer"}, "record": {id}, "from": {began.Format(time.RFC3339Nano)}})
		if got := acts(of, p.people["seller"]); !slices.Equal(got, []string{"list", "read"}) {
			t.Errorf("the seller of the customer: %q", got)
		}
		if got := acts(of, p.people["boss"]); !slices.Contains(got, "edit") || !slices.Contains(got, "export") || !slices.Contains(got, "read") {
			t.Errorf("the boss of the customer: %q", got)
		}
		for _, it := range of {
			switch {
			case it.Action == "edit" && (it.Record == nil || it.Record.Title != name || len(it.Fields) != 1 || it.Fields[0].Name != "city" || it.Fields[0].Label.EN == ""):
				t.Errorf("%+v", it)
			case it.Action == "read" && (len(it.Rules) == 0 || it.Rules[0].Scene.ZH == "" || it.Epoch == 0 || it.Session == 0 || it.Channel != "web"):
				t.Errorf("why it was allowed: %+v", it)
			case it.Action == "list" && it.Count < 1:
				t.Errorf("%+v", it)
			}
		}

		theirs := auditor.search(url.Values{"person": {p.people["seller"].String()}, "from": {began.Format(time.RFC3339Nano)}})
		if got := acts(theirs, p.people["seller"]); len(got) != len(theirs) || !slices.Contains(got, "refused") {
			t.Errorf("the seller: %q of %d", got, len(theirs))
		}
		refused := auditor.search(url.Values{"group": {"refusals"}, "person": {p.people["seller"].String()}, "from": {began.Format(time.RFC3339Nano)}})
		if len(refused) != 1 || refused[0].Refused != "read" || refused[0].Code == "" || refused[0].Record.ID != p.other {
			t.Errorf("refused: %+v", refused)
		}

		file := auditor.search(url.Values{"export": {exported.String()}})
		if got := acts(file, 0); !slices.Equal(got, []string{"export", "work_ended", "export", "work_began", "export"}) ||
			slices.ContainsFunc(file, func(it store.AuditItem) bool {
				if it.Work != nil {
					return it.Work.ID != exported || it.Work.Type != store.ExportWork || it.Person.ID != p.people["boss"]
				}
				return it.Export != exported
			}) ||
			file[0].Person.Name == "" || file[0].Person.ID != p.people["boss"] || file[4].Reason != "年终对账" || file[2].Count < 2 || file[1].Work == nil || file[1].Work.Status != store.Done || file[3].Work == nil {
			t.Errorf("the export: %+v", file)
		}

		// Every group by itself, together, a page after the other and one at a time: nothing twice, nothing lost.
		all := auditor.search(url.Values{"limit": {"200"}, "until": {time.Now().Format(time.RFC3339Nano)}})
		numbers := map[policy.ID]bool{}
		for _, g := range audit.Groups {
			some := auditor.search(url.Values{"group": {string(g)}, "until": {all[0].At.Add(time.Microsecond).Format(time.RFC3339Nano)}, "limit": {"3"}})
			for _, it := range some {
				if numbers[it.Seq] {
					t.Errorf("%s: %d comes twice", g, it.Seq)
				}
				numbers[it.Seq] = true
			}
		}
		if len(numbers) != len(all) {
			t.Errorf("%d entries in groups, %d in all", len(numbers), len(all))
		}
		if none := auditor.search(url.Values{"until": {began.Add(-24 * time.Hour).Format(time.RFC3339Nano)}}); len(none) != 0 {
			t.Errorf("before anything was done: %+v", none)
		}
		for _, wrong := range []string{"record=7", "kind=customer", "kind=customer&record=7&export=8", "group=unicorn", "from=yesterday", "limit=0", "limit=201", "cursor=x",
			"from=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z"} {
			auditor.get("/api/v1/audit/entries?" + wrong).must(400)
		}
		// Who asks leaves an entry too.
		if asked := auditor.search(url.Values{"person": {p.people["auditor"].String()}, "group": {"reads"}}); len(asked) == 0 || asked[0].Operation != "audit_entries" {
			t.Errorf("%+v", asked)
		}
	})
}
