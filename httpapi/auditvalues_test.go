package httpapi_test

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"guan/store"
)

// From what to what a field went is told to who sees the field on the record now, and to nobody else, in every way in
// which the log is read: as entries, as the timeline of the record, as an archive, and as events for other systems.
func TestValuesOfChangesAreTheReaders(t *testing.T) {
	const was, became, phone = "旧址在苏州河畔", "新址在黄浦江边", "13900001111"
	each(t, func(t *testing.T, p *program) {
		boss, seller, auditor := p.as("boss"), p.as("seller"), p.as("auditor")
		id := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "留痕商行", "city": was, "owner": p.people["seller"].String()}}).must(201)).ID
		seller.do("PATCH", customers(id), map[string]any{"fields": map[string]any{"city": became, "phone": phone}}, "If-Match", "1").must(200)
		p.seal()
		entries := "/api/v1/audit/entries?" + url.Values{"kind": {"customer"}, "record": {id.String()}, "limit": {"200"}}.Encode()
		timeline := customers(id) + "/timeline?what=changes"
		// edit is the entry of the change, which names both fields whatever of them the reader sees.
		edit := func(when string) []store.FieldChange {
			t.Helper()
			answer := auditor.get(entries).must(200)
			items := into[store.AuditPage](answer).Items
			i := slices.IndexFunc(items, func(it store.AuditItem) bool { return it.Action == "edit" })
			if i < 0 {
				t.Fatalf("%s: there is no entry of the change: %s", when, answer.body)
			}
			names := []string{}
			for _, f := range items[i].Fields {
				names = append(names, f.Name)
			}
			if slices.Sort(names); !slices.Equal(names, []string{"city", "phone"}) {
				t.Errorf("%s: the entry names %q", when, names)
			}
			if bytes.Contains(answer.body, []byte(phone)) {
				t.Errorf("%s: the log tells the telephone: %s", when, answer.body)
			}
			return items[i].Changes
		}
		of := func(list []store.FieldChange, field string) *store.FieldChange {
			for i := range list {
				if list[i].Field == field {
					return &list[i]
				}
			}
			return nil
		}
		tells := func(when string, c *client, path string, want bool) {
			t.Helper()
			answer := c.get(path).must(200)
			for _, value := range []string{was, became} {
				if bytes.Contains(answer.body, []byte(value)) != want {
					t.Errorf("%s, %s tells of %s: %v", when, path, value, !want)
				}
			}
		}

		list := edit("seen")
		if c := of(list, "city"); c == nil || c.Old != was || c.New != became || c.Masked || c.Withheld {
			t.Errorf("who sees the field is told %+v", c)
		}
		if c := of(list, "phone"); c == nil || !c.Masked || c.Old != nil || c.New != nil {
			t.Errorf("of a masked field they are told %+v", c)
		}
		for _, path := range []string{entries, timeline, "/api/v1/audit/archive"} {
			tells("seen", auditor, path, true)
		}
		// That the values were shown is itself an entry of the record.
		p.seal()
		shown := auditor.search(url.Values{"person": {p.people["auditor"].String()}, "kind": {"customer"}, "record": {id.String()}, "group": {"reads"}})
		if !slices.ContainsFunc(shown, func(it store.AuditItem) bool {
			return it.Action == "list" && len(it.Rules) > 0 && slices.ContainsFunc(it.Fields, func(f store.AskedField) bool { return f.Name == "city" })
		}) {
			t.Errorf("there is no entry that the values were shown: %+v", shown)
		}

		for _, level := range []string{"masked", "hidden"} {
			p.as("admin").do("PUT", "/api/v1/policy/rules/no-city", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "审计不看城市",
				"who":    map[string]any{"any": []any{map[string]any{"person": p.people["auditor"].String()}}},
				"fields": []any{map[string]any{"field": "city", "level": level}}}).must(200)
			list := edit(level)
			if c := of(list, "city"); (c != nil) != (level == "masked") || c != nil && (!c.Masked || c.Old != nil || c.New != nil) {
				t.Errorf("%s, they are told %+v", level, c)
			}
			for _, path := range []string{entries, timeline} {
				tells(level, auditor, path, false)
			}
			auditor.get("/api/v1/audit/archive").is(403, "audit_archive_fields")
			tells(level, boss, timeline, true)
		}
		p.seal()
		refused := auditor.search(url.Values{"person": {p.people["auditor"].String()}, "group": {"refusals"}})
		if len(refused) == 0 || refused[0].Code != "audit_archive_fields" || refused[0].Operation != "audit_archive" {
			t.Errorf("%+v", refused)
		}

		// What leaves as events has no values, unless the company wants them outside.
		for values, want := range map[bool]bool{false: false, true: true} {
			events, _, err := p.db.System(store.JobStream, store.DefaultTenant).EventsFrom(t.Context(), 0, 1000, values)
			if err != nil {
				t.Fatal(err)
			}
			said := ""
			for _, e := range events {
				said += fmt.Sprintf("%s %s\n", e.Data.Fields, e.Data.Detail)
			}
			for value, may := range map[string]bool{was: want, became: want, phone: false} {
				if bytes.Contains([]byte(said), []byte(value)) != may {
					t.Errorf("with values %v, events tell of %s: %v", values, value, !may)
				}
			}
			if !bytes.Contains([]byte(said), []byte(`"city"`)) {
				t.Error("events do not name the field that changed")
			}
		}
	})
}
