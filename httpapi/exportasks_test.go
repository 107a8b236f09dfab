package httpapi_test

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/approvals"
	"guan/policy"
	"guan/store"
)

// callers lets the staff know every customer in general, with telephones masked; to export they have no right.
func (d *bureau) callers() {
	d.t.Helper()
	d.unmarked()
	d.on("admin").do("PUT", "/api/v1/policy/rules/callers", map[string]any{"effect": "permit", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "活动回访",
		"who":    map[string]any{"any": []any{map[string]any{"person": d.people["staff"].String()}}},
		"fields": []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "contact", "level": "masked"}}}).must(200)
}

// forbids puts a rule that takes something of customers from people, or keeps it for approval.
func (d *bureau) forbids(id string, who map[string]any, actions []string, more map[string]any) {
	d.t.Helper()
	rule := map[string]any{"effect": "forbid", "kind": "customer", "actions": actions, "where": map[string]any{"path": "all"}, "scene": "季度盘点", "who": map[string]any{"any": []any{who}}}
	for name, value := range more {
		rule[name] = value
	}
	d.on("boss").do("PUT", "/api/v1/policy/rules/"+id, rule).must(200)
}

// asksExport asks for the names and telephones of customers as a file.
func (d *bureau) asksExport(who string) store.Request {
	d.t.Helper()
	return into[store.Request](d.on(who).post("/api/v1/requests", map[string]any{"type": "export", "purpose": "活动名单",
		"export": map[string]any{"kind": "customer", "sort": "created_at", "fields": []string{"name", "phone"}, "format": "csv", "lang": "zh"}}).must(201))
}

func (d *bureau) approves(r store.Request, who ...string) store.Request {
	d.t.Helper()
	for _, one := range who {
		r = into[store.Request](d.decides(one, r, "approve").must(200))
	}
	return r
}

// made is the path of the file that came of a request, when the program has built it.
func (d *bureau) made(asker string, r store.Request) string {
	d.t.Helper()
	d.works()
	now := into[store.Request](d.on(asker).get("/api/v1/requests/" + r.ID.String()).must(200))
	if now.State != approvals.Approved || now.Job == 0 {
		d.t.Fatalf("nothing was ordered: %+v", now)
	}
	return "/api/v1/exports/" + now.Job.String()
}

// blocked wants that so many exports of these people are counted as refused, for whom it concerns.
func (d *bureau) blocked(when string, want map[string]int64) {
	d.t.Helper()
	for _, who := range []string{"auditor", "admin"} {
		told := into[store.BlockedExports](d.on(who).get("/api/v1/exports/blocked").must(200))
		got := map[string]int64{}
		for _, p := range told.People {
			got[strings.TrimPrefix(p.Person.Name, "姓")] = p.Count
		}
		for _, persona := range personas {
			if got[persona.login] != want[persona.login] {
				d.t.Errorf("%s: %s is told of %d refusals of %s, not %d: %+v", when, who, got[persona.login], persona.login, want[persona.login], told.Items)
			}
		}
	}
	d.on("seller").get("/api/v1/exports/blocked").is(403, "right")
}

// Who has no right to export asks for the file: the head and then IT decide, whoever of them may export gives it, the
// file holds what who asked may read, is for them alone and for a day, and ends with any right it stands on.
func TestExportByApprovalOverHTTP(t *testing.T) {
	eachBureau(t, func(t *testing.T, d *bureau) {
		on := d.on
		d.callers()
		order := map[string]any{"kind": "customer", "purpose": "活动名单", "format": "csv"}
		on("seller").post("/api/v1/exports", map[string]any{"kind": "customer", "format": "csv"}).is(400, "grant_purpose")
		on("staff").post("/api/v1/exports", order).is(403, "export")
		d.blocked("refused", map[string]int64{"staff": 1})

		r := d.asksExport("staff")
		if len(r.Steps) != 2 || r.Steps[0].By[0].Type != approvals.Head || r.Steps[1].By[0].Pack != "administrator" {
			t.Fatalf("%+v", r.Steps)
		}
		d.waits("asked", r, "boss")
		d.decides("admin", r, "approve").is(403, "request_not_you")
		r = d.approves(r, "boss")
		d.waits("half approved", r, "admin")
		if r.State != approvals.Pending || r.Job != 0 {
			t.Errorf("%+v", r)
		}
		if waiting := into[ofItems[background]](on("staff").get("/api/v1/exports").must(200)).Items; len(waiting) != 0 {
			t.Errorf("ordered before it was approved: %+v", waiting)
		}
		if r = d.approves(r, "admin"); r.State != approvals.Approved || r.Giver == nil || r.Giver.Name != "姓boss" || r.Job != 0 || len(r.Decisions) != 2 {
			t.Errorf("the last approver is told %+v", r)
		}
		path := d.made("staff", r)
		built := d.clock.Now()
		rows := on("staff").get(path + "/file").table()
		if len(rows) != 4 || rows[0][0] != "客户名称" || rows[1][0] != "关山贸易" || rows[3][0] != "北辰集团" {
			t.Errorf("the file has %q", rows)
		}
		for _, row := range rows[1:] {
			if strings.Contains(row[1], "13800138000") || !strings.Contains(row[1], "*") {
				t.Errorf("the telephone stands as %q", row[1])
			}
		}
		for _, who := range []string{"boss", "admin", "head", "auditor"} {
			on(who).get(path+"/file").is(404, "job")
		}
		on("staff").post("/api/v1/exports", order).is(403, "export") // otherwise they export no more than before

		// The log tells who asked for what, who decided how, and of each time that the file was fetched.
		fetched := func() (n int) {
			t.Helper()
			all := map[string]int{}
			if _, err := d.db.System(store.JobSeal, store.DefaultTenant).Seal(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, it := range on("auditor").search(url.Values{"export": {strings.TrimPrefix(path, "/api/v1/exports/")}}) {
				if it.OnBehalf != nil && it.OnBehalf.ID == d.people["staff"] || it.Person != nil && it.Person.ID == d.people["staff"] {
					if all[cmp.Or(it.Operation, it.Action)]++; it.Operation == "ordered" && it.Reason != "活动名单" {
						t.Errorf("the log tells no purpose of %+v", it)
					}
				}
			}
			if all["ordered"] != 1 || all["work_began"] != 1 || all["made"] != 1 || all["work_ended"] != 1 || len(all) != 5 {
				t.Errorf("the log tells of the file %v", all)
			}
			return all["fetched"]
		}
		before := fetched()
		on("staff").get(path + "/file").must(200)
		if n := fetched() - before; n != 1 {
			t.Errorf("a fetch leaves %d entries", n)
		}
		log := on("auditor").search(url.Values{"group": {"access"}})
		log = slices.DeleteFunc(log, func(it store.AuditItem) bool { return it.Action != "requested" && it.Action != "request_decided" })
		if got := acts(log, 0); !slices.Equal(got, []string{"request_decided", "request_decided", "requested"}) || log[2].Reason != "活动名单" || log[2].Person.Name != "姓staff" ||
			log[1].Person.Name != "姓boss" || log[0].Person.Name != "姓admin" || log[0].Verdict != "approve" {
			t.Errorf("the auditor finds %+v", log)
		}

		// While the giver may not export, the file is not handed out; and a day after it was made it is gone.
		d.forbids("boss_stops", map[string]any{"person": d.people["boss"].String()}, []string{"export"}, map[string]any{"until": d.clock.Now().Add(time.Hour)})
		on("staff").get(path+"/file").is(412, "export_changed")
		d.clock.set(d.clock.Now().Add(time.Hour - time.Microsecond))
		on("staff").get(path+"/file").is(412, "export_changed")
		d.clock.advance(time.Microsecond)
		on("staff").get(path + "/file").must(200)
		if of := into[store.Work](on("staff").get(path).must(200)); of.Purpose != "活动名单" || of.ExpiresAt == nil || !of.ExpiresAt.Equal(built.Add(24*time.Hour)) {
			t.Errorf("of the file it is said: %+v", of)
		}
		d.clock.set(built.Add(24*time.Hour - time.Microsecond))
		on("staff").get(path + "/file").must(200)
		d.clock.advance(time.Microsecond)
		on("staff").get(path+"/file").is(404, "job_file")

		// What is taken away between the approval and the making is not in the file.
		r = d.approves(d.asksExport("staff"), "boss", "admin")
		d.forbids("kept", map[string]any{"person": d.people["staff"].String()}, []string{"read"}, map[string]any{"when": map[string]any{"op": "eq", "field": "name", "value": map[string]any{"text": "西岭商行"}}})
		if rows := on("staff").get(d.made("staff", r) + "/file").table(); len(rows) != 3 || rows[1][0] != "关山贸易" || rows[2][0] != "北辰集团" {
			t.Errorf("after a record was taken away the file has %q", rows)
		}
		// Nor is anything of it when its giver has no right to it any more.
		r = d.approves(d.asksExport("staff"), "boss", "admin")
		d.forbids("boss_rests", map[string]any{"person": d.people["boss"].String()}, []string{"export"}, map[string]any{"until": d.clock.Now().Add(time.Hour)})
		if rows := on("staff").get(d.made("staff", r) + "/file").table(); len(rows) != 1 {
			t.Errorf("without its giver the file has %q", rows)
		}
	})
}

// A customer of weight, and a field of weight, take the head and IT also from who has the right to export: whoever
// tries is told before and counted, and gets the file when both have approved.
func TestExportOfWhatWeighsOverHTTP(t *testing.T) {
	eachBureau(t, func(t *testing.T, d *bureau) {
		on, both := d.on, []string{"@head", "@pack:administrator"}
		d.unmarked()
		vip := into[item](on("seller").post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "贵宾酒店", "tags": []string{"VIP"}, "phone": "13900139000"}}).must(201)).ID
		d.forbids("vip", map[string]any{"everyone": true}, []string{"export"}, map[string]any{"scene": "重要客户须双重审批", "duty": map[string]any{"approval": both},
			"when": map[string]any{"op": "tag", "field": "tags", "value": map[string]any{"text": "VIP"}}})
		order := func(filter string, fields ...string) map[string]any {
			return map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "filter": filter, "fields": fields}
		}
		const all, plain = "r.name in ['关山贸易', '贵宾酒店']", "r.name == '关山贸易'"
		plan := func(order map[string]any) *store.ExportHeld {
			t.Helper()
			return into[store.ExportPlan](on("seller").post("/api/v1/exports/preview", order).must(200)).Held
		}
		if held := plan(order(plain, "name", "phone")); held != nil {
			t.Errorf("of what anybody may export %+v waits", held)
		}
		if held := plan(order(all, "name", "phone")); held == nil || held.Records != 1 || len(held.Fields) != 0 {
			t.Errorf("%+v waits", held)
		}
		done := on("seller").ordered("exports", on("seller").post("/api/v1/exports", order(plain, "name", "phone")))
		if rows := on("seller").get(done.FileURL).table(); len(rows) != 2 || rows[1][1] != "13800138000" {
			t.Errorf("%q", rows)
		}
		refused := on("seller").post("/api/v1/exports", order(all, "name", "phone")).is(403, "needs_approval").problem()
		if refused.Params["type"] != "export" {
			t.Errorf("it is asked for as %+v", refused.Params)
		}
		d.blocked("with a VIP", map[string]int64{"seller": 1})
		why := on("seller").explained(vip, "export", "")
		if why.Allowed || !strings.Contains(says(why, true), "重要客户须双重审批") || strings.Contains(says(on("seller").explained(d.own, "export", ""), true), "重要客户") {
			t.Errorf("the reason is %+v", why)
		}

		ask := func() store.Request {
			t.Helper()
			return into[store.Request](on("seller").post("/api/v1/requests", map[string]any{"type": "export", "purpose": "年会名单",
				"export": map[string]any{"kind": "customer", "filter": all, "sort": "created_at", "fields": []string{"name", "phone"}, "format": "csv", "lang": "zh"}}).must(201))
		}
		r := ask()
		d.waits("asked", r, "head")
		d.decides("seller", r, "approve").is(403, "request_own")
		r = d.approves(r, "head")
		d.waits("with the head", r, "admin")
		d.decides("head", r, "approve").is(409, "request_twice")
		if r = d.approves(r, "admin"); r.State != approvals.Approved || r.Giver.Name != "姓head" {
			t.Fatalf("%+v", r)
		}
		path := d.made("seller", r)
		if rows := on("seller").get(path + "/file").table(); len(rows) != 3 || rows[2][0] != "贵宾酒店" || rows[2][1] != "13900139000" {
			t.Errorf("the file has %q", rows)
		}
		on("head").get(path+"/file").is(404, "job")
		// One of the two says no: there is no file.
		r = d.approves(ask(), "head")
		if r = into[store.Request](d.decides("admin", r, "refuse").must(200)); r.State != approvals.Refused {
			t.Errorf("%+v", r)
		}
		d.works()
		if n := len(into[ofItems[background]](on("seller").get("/api/v1/exports").must(200)).Items); n != 2 {
			t.Errorf("%d files", n)
		}

		// A field of a class that weighs does the same, and without it the list is free.
		d.forbids("phones", map[string]any{"everyone": true}, []string{"export"}, map[string]any{"duty": map[string]any{"approval": both},
			"fields": []any{map[string]any{"class": "contact", "level": "masked"}}})
		if held := plan(order(plain, "name", "phone")); held == nil || held.Records != 0 || !slices.Equal(held.Fields, []string{"phone"}) {
			t.Errorf("of a field %+v waits", held)
		}
		on("seller").post("/api/v1/exports", order(plain, "name", "phone")).is(403, "needs_approval")
		on("seller").ordered("exports", on("seller").post("/api/v1/exports", order(plain, "name")))
		d.blocked("with telephones", map[string]int64{"seller": 2, "head": 1}) // who reached for the file of somebody else too
	})
}

// So many rows a day: one's own number before that of a pack, and that before everybody's; to the midnight of the
// company, whether a file is ordered or built, and what was refused is counted.
func TestExportDayOverHTTP(t *testing.T) {
	eachBureau(t, func(t *testing.T, d *bureau) {
		on := d.on
		const limits = "/api/v1/exports/limits"
		order := map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "fields": []string{"name"}}
		for range 2 {
			on("seller").post("/api/v1/records/customer", fieldsOf("name", fresh("门店"))).must(201)
		}
		set := func(version string, of map[string]any) *reply {
			return on("admin").do("PUT", limits, of, "If-Match", version)
		}
		person := func(login string, rows int) map[string]any {
			return map[string]any{"person": d.people[login].String(), "rows": rows}
		}
		on("seller").get(limits).is(403, "right")
		on("auditor").do("PUT", limits, map[string]any{"packs": []any{}, "people": []any{}}, "If-Match", "0").is(403, "right")
		set("0", map[string]any{"packs": []any{map[string]any{"pack": "nothing", "rows": 1}}, "people": []any{map[string]any{"person": "999999999", "rows": 1}}}).must(400)
		set("0", map[string]any{"everyone": 2, "packs": []any{map[string]any{"pack": "head", "rows": 1}}, "people": []any{person("seller", 4)}}).must(200)
		set("0", map[string]any{"packs": []any{}, "people": []any{}}).is(412, "version")
		takes := func(when, who string, want string) {
			t.Helper()
			done := on(who).ordered("exports", on(who).post("/api/v1/exports", order))
			if code, _ := done.Problem["code"].(string); code != want || (done.Status == "done") != (want == "") {
				t.Errorf("%s: %s has %+v", when, who, done)
			}
		}
		day := func(who string) store.ExportDay {
			t.Helper()
			return *into[store.ExportPlan](on(who).post("/api/v1/exports/preview", order).must(200)).Day
		}
		takes("by a number of their own", "seller", "")
		if got := day("seller"); got.Limit == nil || *got.Limit != 4 || got.Taken != 3 {
			t.Errorf("%+v", got)
		}
		takes("three and three", "seller", "export_day") // one is left, so it is told while the file is built
		if got := day("seller"); got.Taken != 3 {
			t.Errorf("a file that was not made counts: %+v", got)
		}
		takes("by the number of everybody", "rival", "")
		takes("up to it", "rival", "")
		on("rival").post("/api/v1/exports", order).is(429, "export_day")
		takes("by the number of a pack", "head", "export_day")
		d.blocked("over the day", map[string]int64{"seller": 1, "rival": 1, "head": 1})
		told := into[store.BlockedExports](on("auditor").get("/api/v1/exports/blocked").must(200))
		if slices.ContainsFunc(told.Items, func(b store.BlockedExport) bool { return b.Code != "export_day" || b.Kind != policy.Kind("customer") }) {
			t.Errorf("%+v", told.Items)
		}

		midnight := time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC)
		d.clock.set(midnight.Add(-time.Microsecond))
		on("rival").post("/api/v1/exports", order).is(429, "export_day")
		d.clock.set(midnight)
		takes("the next day", "rival", "")
		takes("the next day", "seller", "")
		if got := day("seller"); got.Taken != 3 {
			t.Errorf("%+v", got)
		}
	})
}
