package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/records"
	"guan/store"
)

// keepsTags does what the job of tags by rule does, until nothing is left.
func (p *program) keepsTags() {
	p.t.Helper()
	for more := true; more; {
		var err error
		if more, err = p.db.System(store.JobTags, store.DefaultTenant).KeepTags(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
}

// A group of tags, a rule for it and a stage, from the settings to a record.
func TestTagsAndStagesOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller := p.as("boss"), p.as("seller")
		path := "/api/v1/policy/fields/customer/c_activity"
		boss.do("PUT", path, tagGroup("general", map[string]any{"tag": "gone", "terms": triedRule["terms"]}), "If-Match", "0").is(400, "custom_field")
		boss.do("PUT", path, tagGroup("general", map[string]any{"tag": "busy", "when": map[string]any{"op": "gt", "field": "annual_sales", "value": map[string]any{"money": "1"}}}), "If-Match", "0").is(400, "custom_field")
		boss.do("PUT", path, tagGroup("general", triedRule), "If-Match", "0").must(200)
		kinds := into[ofItems[store.KindInfo]](seller.get("/api/v1/kinds").must(200))
		found := false
		for _, k := range kinds.Items {
			for _, f := range k.Fields {
				found = found || k.Name == "customer" && f.Name == "c_activity" && f.ByRule && f.Colour == "gold" && !f.Create
			}
		}
		if !found {
			t.Error("the group is not shown with its colour")
		}
		made := into[store.Item](seller.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "常来的"}}).must(201))
		at := "/api/v1/records/customer/" + made.ID.String()
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"c_activity": []string{"busy"}}}, "If-Match", "1").is(400, "fields")
		runs := into[ofItems[store.TagRun]](boss.get("/api/v1/policy/tags/runs").must(200))
		if len(runs.Items) != 1 || runs.Items[0].Why != "changed" {
			t.Errorf("the runs are %+v", runs.Items)
		}
		seller.do("DELETE", "/api/v1/policy/tags/runs/customer", nil).is(403, "right")
		boss.do("DELETE", "/api/v1/policy/tags/runs/customer", nil).must(204)
		boss.do("DELETE", "/api/v1/policy/tags/runs/customer", nil).is(404, "tag_run")
		if runs = into[ofItems[store.TagRun]](boss.get("/api/v1/policy/tags/runs").must(200)); runs.Items[0].Status != store.Cancelled {
			t.Errorf("cancelled, it is %+v", runs.Items)
		}
		boss.do("DELETE", path, nil).must(204)

		stages := into[store.WrittenStages](boss.get("/api/v1/policy/stages/customer").must(200))
		stages.Stages = append(stages.Stages, records.StageParts{Code: "renewal", Label: records.Label{ZH: "续费", EN: "Renewal"}, From: []string{"active"}})
		put := boss.do("PUT", "/api/v1/policy/stages/customer", map[string]any{"stages": stages.Stages}, "If-Match", "0").must(200)
		if into[store.WrittenStages](put).Version != 1 {
			t.Error("the stages have no version")
		}
		boss.do("PUT", "/api/v1/policy/stages/customer", map[string]any{"stages": stages.Stages}, "If-Match", "0").is(412, "version")
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"stage": "renewal"}}, "If-Match", "1").is(400, "stage_gate")
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"stage": "active"}}, "If-Match", "1").must(200)
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"stage": "renewal"}}, "If-Match", "2").must(200)
	})
}

// What the business says of its customers comes to them with what is written, and goes with the days: who spent over
// 100,000 this year, and whose baby is six to twelve months old while they buy every month.
func TestTagsInTheWordsOfTheBusiness(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		zone := time.FixedZone("", 8*3600)
		field := func(key string, parts map[string]any) {
			t.Helper()
			on("boss").do("PUT", "/api/v1/policy/fields/customer/"+key, parts, "If-Match", "0").must(200)
		}
		group := func(class, tag string, label records.Label, terms ...any) map[string]any {
			return map[string]any{"type": "choices", "class": class, "label": label, "choices": []any{map[string]any{"code": tag, "label": label}},
				"group": map[string]any{"colour": "gold", "rules": []any{map[string]any{"tag": tag, "terms": terms}}}}
		}
		paid := map[string]any{"op": "in", "field": "stage", "values": []any{map[string]any{"text": "paid"}}}
		field("c_baby", map[string]any{"type": "date", "class": "general", "label": records.Label{ZH: "宝宝生日", EN: "Baby born on"}})
		field("c_worth", group("money", "big", records.Label{ZH: "年消费过十万", EN: "Over 100 000 this year"}, map[string]any{"relation": "payments", "sum": "amount", "currency": "CNY", "date": "paid_on",
			"where": paid, "window": map[string]any{"mode": "this", "unit": "year"}, "op": "gt", "value": "100000"}))
		field("c_mother", group("money", "monthly", records.Label{ZH: "宝宝6到12个月且月月购买", EN: "Baby of 6 to 12 months and buys monthly"},
			map[string]any{"date": "c_baby", "window": map[string]any{"mode": "ago", "unit": "month", "from": 6, "to": 12}},
			map[string]any{"relation": "payments", "date": "paid_on", "where": paid, "window": map[string]any{"mode": "each", "unit": "month", "to": 2}, "op": "ge", "value": "1"}))
		p.keepsTags()
		carries := func(when string, id policy.ID, want string) {
			t.Helper()
			for _, who := range []string{"seller", "head"} {
				var got []string
				x := into[item](on(who).get(customers(id)).must(200))
				for _, key := range []string{"c_worth", "c_mother"} {
					tags, _ := x.Fields[key].([]any)
					for _, tag := range tags {
						got = append(got, fmt.Sprint(tag))
					}
				}
				if strings.Join(got, " ") != want {
					t.Errorf("%s: %s sees %q, not %q", when, who, got, want)
				}
			}
		}
		contract := on("boss").hangs("contract", p.own, map[string]any{"number": "HT-1", "stage": "performing"})
		pays := func(number, day, amount string) policy.ID {
			t.Helper()
			return on("boss").hangs("payment", p.own, map[string]any{"number": number, "contract": contract.String(), "amount": amount, "stage": "paid", "paid_on": day})
		}
		pays("HK-1", "2026-01-15", "60000")
		pays("HK-0", "2025-12-31", "90000") // of last year
		carries("below it", p.own, "")
		february := pays("HK-2", "2026-02-10", "40000")
		carries("at the mark", p.own, "")
		on("boss").changes("payment", february, "amount", "40000.01")
		carries("above it", p.own, "big")
		on("seller").changes("customer", p.own, "c_baby", "2025-09-02") // six months old today
		carries("with a baby", p.own, "big monthly")
		carries("of another customer", into[item](on("seller").post("/api/v1/records/customer", fieldsOf("name", "别家")).must(201)).ID, "")

		// Nobody sets it by hand; to whom amounts are closed it is not there; the timeline and the log say what came.
		on("seller").do("PATCH", customers(p.own), fieldsOf("c_worth", []string{}), "If-Match", on("seller").version("customer", p.own)).is(400, "fields")
		on("admin").do("PUT", "/api/v1/policy/rules/basics", map[string]any{"effect": "permit", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "了解客户",
			"who": map[string]any{"any": []any{map[string]any{"person": p.people["staff"].String()}}}, "fields": []any{map[string]any{"class": "general", "level": "plain"}}}).must(200)
		if got := string(on("staff").get(customers(p.own)).must(200).body); strings.Contains(got, `"big"`) || strings.Contains(got, `"monthly"`) || !strings.Contains(got, "2025-09-02") {
			t.Errorf("whom amounts are closed to sees %s", got)
		}
		story := into[store.Timeline](on("seller").get(customers(p.own) + "/timeline?what=changes").must(200)).Items
		if n := len(slices.DeleteFunc(story, func(h store.Happening) bool { return h.Act != "tagged" || h.By != nil })); n != 2 {
			t.Errorf("the timeline tells of %d tags", n)
		}
		if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
		log := on("auditor").search(url.Values{"kind": {"customer"}, "record": {p.own.String()}})
		if n := len(slices.DeleteFunc(log, func(it store.AuditItem) bool { return it.Action != "tagged" })); n != 2 {
			t.Errorf("the log tells of %d tags", n)
		}

		// The days pass, and nobody writes anything: the baby turns one, a month goes by, the year ends.
		at := func(day time.Time, when, want string) {
			t.Helper()
			clock.set(day)
			p.keepsTags()
			carries(when, p.own, want)
		}
		at(time.Date(2026, 3, 31, 23, 59, 59, 0, zone), "on the last day of the month", "big monthly")
		at(time.Date(2026, 4, 1, 0, 0, 1, 0, zone), "after a month without buying", "big")
		pays("HK-3", "2026-03-20", "1")
		carries("the payment was late in the books", p.own, "big monthly")
		pays("HK-4", "2026-08-20", "1")
		pays("HK-5", "2026-07-20", "1")
		at(time.Date(2026, 9, 1, 23, 59, 59, 0, zone), "the day before it is one", "big monthly")
		at(time.Date(2026, 9, 2, 0, 0, 1, 0, zone), "it is one", "big")
		at(time.Date(2026, 12, 31, 23, 59, 59, 0, zone), "on the last day of the year", "big")
		at(time.Date(2027, 1, 1, 0, 0, 1, 0, zone), "in another year", "")
	})
}
