package httpapi_test

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"testing"

	"guan/policy"
	"guan/records"
	"guan/store"
)

// The class of a group of tags says who sees and who sets it. To whom the class is closed the group
// is not there: not in the list of fields, on a record, in its history, nor in any question.
func TestClassOfATagGroup(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller, reader, staff, auditor := p.as("boss"), p.as("seller"), p.as("rival"), p.as("staff"), p.as("auditor")
		group := map[string]any{"type": "choice", "class": "communication", "label": records.Label{ZH: "家底", EN: "Means"}, "group": map[string]any{"colour": "red"}, "choices": []any{
			map[string]any{"code": "wealthy", "label": records.Label{ZH: "高净值", EN: "Wealthy"}},
			map[string]any{"code": "frugal", "label": records.Label{ZH: "价格敏感", EN: "Frugal"}},
		}}
		boss.do("PUT", "/api/v1/policy/fields/customer/c_means", group, "If-Match", "0").must(200)
		reads := func(id, login string, fields ...any) {
			boss.do("PUT", "/api/v1/policy/rules/"+id, map[string]any{"effect": "permit", "kind": "customer", "actions": []string{"read", "edit"}, "where": map[string]any{"path": "all"}, "scene": "一起跟进",
				"who": map[string]any{"any": []any{map[string]any{"person": p.people[login].String()}}}, "fields": fields}).must(200)
		}
		basics := map[string]any{"class": "general", "level": "plain", "edit": true}
		reads("basics", "staff", basics)
		reads("reading", "rival", basics, map[string]any{"class": "communication", "level": "plain"})

		at := customers(p.own)
		seller.do("PATCH", at, fieldsOf("c_means", "wealthy"), "If-Match", "1").must(200)
		filter := "/api/v1/records/customer?filter=" + url.QueryEscape("r.c_means=='wealthy'")
		figures := "/api/v1/figures/customer?measure=count&group=c_means"
		for _, c := range []*client{seller, reader} {
			one := into[item](c.get(at).must(200))
			if one.Fields["c_means"] != "wealthy" {
				t.Errorf("%s reads %v", c.login, one.Fields["c_means"])
			}
			if found := into[ofItems[item]](c.get(filter).must(200)).Items; len(found) != 1 || found[0].ID != p.own {
				t.Errorf("%s finds by the tag %+v", c.login, found)
			}
			if groups := into[store.Figures](c.get(figures).must(200)).Groups; !slices.ContainsFunc(groups, func(g store.FigureBar) bool { return g.Key == "wealthy" && g.Count == 1 }) {
				t.Errorf("%s counts by the tag %+v", c.login, groups)
			}
			if !bytes.Contains(c.get("/api/v1/kinds").body, []byte("高净值")) {
				t.Errorf("%s is not offered the tag", c.login)
			}
		}

		// Who sees the group and does not set it is refused with the name of the field; nothing changes.
		if errors := reader.do("PATCH", at, fieldsOf("c_means", "frugal"), "If-Match", "2").is(403, "field_locked").problem().Errors; len(errors) != 1 || errors[0].At != "c_means" {
			t.Errorf("refused with %+v", errors)
		}
		why := into[store.Explanation](reader.get("/api/v1/explain?kind=customer&field=c_means&id=" + p.own.String()).must(200))
		if why.Level != "plain" || len(why.Permits) != 1 || why.Permits[0].Rule != "sharing/reading" {
			t.Errorf("why the reader sees it: %+v", why)
		}
		setting := "/api/v1/explain?kind=customer&action=edit&field=c_means&id=" + p.own.String()
		if why := into[store.Explanation](seller.get(setting).must(200)); !why.Sets || len(why.Permits) != 1 || why.Permits[0].Rule != "sales/customer/own" || len(why.Missing) > 0 {
			t.Errorf("why the seller sets it: %+v", why)
		}
		why = into[store.Explanation](reader.get(setting).must(200))
		if lacks := why.Missing; why.Sets || len(why.Permits) > 0 || len(lacks) == 0 || lacks[0].Rule != "sharing/reading" || lacks[0].Lacks[0].Code != policy.LackSet {
			t.Errorf("why the reader does not set it: %+v", why)
		}

		// To whom the class is closed every answer is that of a group that does not exist.
		missing := func(r *reply) []byte { return bytes.ReplaceAll(withoutID(r), []byte("c_other"), []byte("c_means")) }
		other := func(path string) string {
			return string(bytes.ReplaceAll([]byte(path), []byte("c_means"), []byte("c_other")))
		}
		for _, path := range []string{
			filter, figures, "/api/v1/records/customer?sort=c_means", "/api/v1/records/customer?fields=name,c_means",
			"/api/v1/explain?kind=customer&field=c_means&id=" + p.own.String(), setting,
		} {
			if is, isNot := staff.get(path), staff.get(other(path)); is.status != 400 || !bytes.Equal(withoutID(is), missing(isNot)) {
				t.Errorf("%s: %d %s, but of no group %s", path, is.status, is.body, isNot.body)
			}
		}
		is, isNot := staff.do("PATCH", at, fieldsOf("c_means", "frugal"), "If-Match", "2"), staff.do("PATCH", at, fieldsOf("c_other", "frugal"), "If-Match", "2")
		if is.is(400, "fields"); !bytes.Equal(withoutID(is), missing(isNot)) {
			t.Errorf("%s, but of no group %s", is.body, isNot.body)
		}
		for _, path := range []string{at, at + "/timeline", "/api/v1/records/customer", "/api/v1/kinds", "/api/v1/search?q=" + url.QueryEscape("关山"), "/api/v1/records/customer?q=" + url.QueryEscape("高净值"), "/api/v1/views?kind=customer"} {
			for _, told := range []string{"c_means", "家底", "高净值", "wealthy"} {
				body := staff.get(path).must(200).body
				if path == at { // what is withheld is named, as every field is
					body = bytes.ReplaceAll(body, []byte(`"c_means"`), nil)
				}
				if bytes.Contains(body, []byte(told)) {
					t.Errorf("%s tells staff %s: %s", path, told, body)
				}
			}
		}

		// Masked, it tells neither the tag nor whether there is one; the log says who set it, not to what.
		both := into[ofItems[struct {
			Masked map[string]string `json:"masked"`
		}]](auditor.get("/api/v1/records/customer?fields=name,c_means").must(200)).Items
		for _, one := range both {
			if len(both) != 3 || one.Masked["c_means"] != both[0].Masked["c_means"] {
				t.Errorf("the auditor tells them apart: %+v", both)
			}
		}
		if found := into[ofItems[item]](auditor.get(filter).must(200)).Items; len(found) > 0 {
			t.Errorf("the auditor finds %+v", found)
		}
		if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(context.Background()); err != nil {
			t.Fatal(err)
		}
		log := auditor.get("/api/v1/audit/entries?kind=customer&record=" + p.own.String()).must(200)
		entries := into[store.AuditPage](log).Items
		set := slices.IndexFunc(entries, func(e store.AuditItem) bool { return e.Action == "edit" })
		refused := slices.IndexFunc(entries, func(e store.AuditItem) bool { return e.Code == "field_locked" })
		if set < 0 || entries[set].Person.ID != p.people["seller"] || refused < 0 || entries[refused].Person.ID != p.people["rival"] {
			t.Errorf("the log says %+v", entries)
		}
		for _, told := range []string{"wealthy", "高净值", "frugal"} {
			if bytes.Contains(log.body, []byte(told)) {
				t.Errorf("the log tells the auditor %s: %s", told, log.body)
			}
		}
		if left := into[item](boss.get(at).must(200)); left.Version != 2 || left.Fields["c_means"] != "wealthy" {
			t.Errorf("after the refusals it is %+v", left)
		}
	})
}
