package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// A record that is not found is opened in an emergency, by its number, and closed at once.
func TestEmergencyOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		head, boss := p.as("head"), p.as("boss")
		head.get(customers(p.other)).must(404)
		weak := glass(p.other)
		weak["reason"] = "急"
		if got := head.post("/api/v1/emergencies", weak).must(400); !strings.Contains(string(got.body), "emergency_reason") {
			t.Errorf("%s", got.body)
		}
		type emergency struct {
			ID     policy.ID `json:"id"`
			Record struct {
				Title string `json:"title"`
			} `json:"record"`
			Can   []string  `json:"can"`
			Until time.Time `json:"until"`
		}
		opened := into[emergency](head.post("/api/v1/emergencies", glass(p.other)).must(201))
		if opened.Record.Title != "北辰集团" || len(opened.Can) != 1 || time.Until(opened.Until) > 10*time.Minute {
			t.Errorf("%+v", opened)
		}
		seen := into[item](head.get(customers(p.other)).must(200))
		if _, amount := seen.Fields["annual_revenue"]; seen.Fields["phone"] != "13800138000" || amount {
			t.Errorf("%+v", seen)
		}
		head.do("PATCH", customers(p.other), fieldsOf("name", "改名"), "If-Match", "1").must(403)
		// It is for reading: no comment is offered, and none is taken.
		talk := customers(p.other) + "/comments"
		if got := into[struct{ Can []string }](head.get(talk).must(200)); len(got.Can) != 0 {
			t.Errorf("%+v", got)
		}
		head.post(talk, map[string]any{"text": "已联系"}).must(403)
		// A file would not hold it.
		type plan struct {
			Total struct {
				Count int `json:"count"`
			} `json:"total"`
		}
		file := map[string]any{"kind": "customer", "purpose": "对账", "filter": "r.name in ['北辰集团', '关山贸易']", "format": "csv"}
		if got := into[plan](head.post("/api/v1/exports/preview", file).must(200)); got.Total.Count != 1 {
			t.Errorf("%+v", got)
		}
		boss.do("POST", "/api/v1/emergencies/"+opened.ID.String()+"/end", nil).must(200)
		head.get(customers(p.other)).must(404)
		boss.post("/api/v1/emergencies/"+opened.ID.String()+"/review", map[string]any{"verdict": "unjustified", "note": "可以先打电话给负责人"}).must(200)
		if got := into[ofItems[struct {
			Review string `json:"review"`
		}]](head.get("/api/v1/emergencies").must(200)).Items; len(got) != 1 || got[0].Review != "unjustified" {
			t.Errorf("%+v", got)
		}
	})
}

// Why a record was opened in an emergency is told to who may know who sees it, as far as what is said of the record is
// open to them: not in who can see it, not in an explanation, in no part of either.
func TestReasonOfAnEmergencyIsWithheld(t *testing.T) {
	const reason = "客户设备起火"
	each(t, func(t *testing.T, p *program) {
		admin, rival, seller := p.as("admin"), p.as("rival"), p.as("seller")
		rule := func(id, person string, more map[string]any) {
			t.Helper()
			body := map[string]any{"who": map[string]any{"any": []any{map[string]any{"person": p.people[person].String()}}}, "where": map[string]any{"path": "all"}, "scene": "周末值班"}
			for name, part := range more {
				body[name] = part
			}
			admin.do("PUT", "/api/v1/policy/rules/"+id, body).must(200)
		}
		rule("duty", "seller", map[string]any{"effect": "permit", "kind": "system", "actions": []string{"break_glass"}})
		seller.post("/api/v1/emergencies", glass(p.colleagues)).must(201)

		record := "kind=customer&id=" + p.colleagues.String()
		// asks is who can see the record, and why, as somebody is told it; the person is named in any case.
		asks := func(when string, c *client, want bool) {
			t.Helper()
			answer := c.get("/api/v1/who-can?" + record).must(200)
			if !slices.ContainsFunc(into[store.WhoCan](answer).Items, func(h store.Holder) bool { return h.Person.ID == p.people["seller"] }) {
				t.Errorf("%s: %s is not told who sees the record: %s", when, c.login, answer.body)
			}
			if strings.Contains(string(answer.body), reason) != want {
				t.Errorf("%s: %s is told why: %v\n%s", when, c.login, !want, answer.body)
			}
			of, may := "&person="+p.people["seller"].String(), true
			if c == rival { // nobody is told of the rights of others who has none of administration
				c.get("/api/v1/explain?"+record+of).is(403, "right")
				of, may = "", false
			}
			if why := c.get("/api/v1/explain?" + record + of).must(200); strings.Contains(string(why.body), reason) != may {
				t.Errorf("%s: the explanation tells %s why: %v\n%s", when, c.login, !may, why.body)
			}
		}
		asks("what is said is open to the owner", rival, true)
		rule("no-talk", "rival", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read"}, "fields": []any{map[string]any{"class": "communication", "level": "masked"}}})
		asks("what is said is closed to the owner", rival, false)
		asks("to who watches over permissions", p.as("boss"), true)
		asks("to who audits", p.as("auditor"), true)
		if own := seller.get("/api/v1/explain?" + record).must(200); !strings.Contains(string(own.body), reason) {
			t.Errorf("who opened it is not told why: %s", own.body)
		}
	})
}

// Somebody opens a record in an emergency; it closes at its instant, and the review of it waits with their
// head, is late, comes before the next head, and is given. Everybody whom it concerns follows it.
func TestLateReviewOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on, began, record := p.shift(clock), clock.Now(), p.colleagues
		p.headed("boss")
		on("admin").do("PUT", "/api/v1/policy/rules/duty", map[string]any{"effect": "permit", "who": map[string]any{"any": []any{map[string]any{"person": p.people["seller"].String()}}},
			"kind": "system", "actions": []string{"break_glass"}, "where": map[string]any{"path": "all"}, "scene": "周末值班"}).must(200)
		auditor := func(query url.Values) []store.AuditItem {
			query.Set("group", "access")
			return on("auditor").search(query)
		}

		on("seller").get(customers(record)).must(404)
		on("seller").post("/api/v1/emergencies", glass(987654321)).must(404)
		p.notified(on, "emergency_missed", map[string]int{"auditor": 1, "boss": 1})
		words := glass(record)
		opened := into[store.Emergency](on("seller").post("/api/v1/emergencies", words).must(201))
		path, until, due := "/api/v1/emergencies/"+opened.ID.String(), began.Add(10*time.Minute), began.Add(24*time.Hour)
		late := due.Add(24 * time.Hour)
		if !opened.From.Equal(began) || !opened.Until.Equal(until) || !opened.DueAt.Equal(due) || !opened.LateAt.Equal(late) || len(opened.Reviewers) != 1 || opened.Reviewers[0].ID != p.people["head"] {
			t.Errorf("%+v", opened)
		}

		// At once those are told whom it concerns, each once, and of what they are to do; nobody else.
		p.notified(on, "emergency", map[string]int{"head": 1, "rival": 1, "boss": 1, "auditor": 1})
		for who, role := range map[string]string{"head": "review", "rival": "owner", "boss": "audit", "auditor": "audit"} {
			for _, n := range on(who).notices("emergency") {
				if n.Record != opened.ID || n.Detail["role"] != role || n.By.Name != "姓seller" || n.Title != "" {
					t.Errorf("%s is told %+v", who, n)
				}
			}
			if seen := into[store.Emergency](on(who).get(path).must(200)); seen.Reason != words["reason"] || seen.Person.Name != "姓seller" || !seen.Open {
				t.Errorf("%s sees %+v", who, seen)
			}
		}
		on("staff").get(path).must(404)

		// It is open to be read by the person, to its instant, and to be told of; no file has it.
		holds := func(when string, want bool) {
			t.Helper()
			seller := on("seller")
			got := seller.get(customers(record))
			list := into[ofItems[item]](seller.get("/api/v1/records/customer").must(200)).Items
			found := into[store.WhoCan](on("rival").get("/api/v1/who-can?kind=customer&id=" + record.String()).must(200)).Items
			reads := slices.ContainsFunc(found, func(h store.Holder) bool { return h.Person.ID == p.people["seller"] })
			if (got.status == 200) != want || strings.Contains(string(got.body), "13800138000") != want || (len(list) == 2) != want || reads != want {
				t.Errorf("%s: answers %d, lists %d, and its owner is told %v", when, got.status, len(list), reads)
			}
			why := into[store.Explanation](on("auditor").get("/api/v1/explain?kind=customer&field=phone&id=" + record.String() + "&person=" + p.people["seller"].String()).must(200))
			if by := slices.ContainsFunc(why.Permits, func(r store.Reason) bool {
				return r.Origin.Type == "emergency" && r.Until.Equal(until) && strings.Contains(r.Sentence.ZH, "客户设备起火")
			}); by != want || (why.Level == "plain") != want {
				t.Errorf("%s: the auditor is told %+v", when, why)
			}
		}
		holds("opened", true)
		seller := on("seller")
		file := seller.ordered("exports", seller.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}))
		if text := string(seller.get(file.FileURL).must(200).body); strings.Contains(text, "西岭") || !strings.Contains(text, "关山贸易") {
			t.Errorf("the file has %s", text)
		}
		seller.post("/api/v1/exports", map[string]any{"kind": "customer", "record": record.String(), "related": []string{}, "purpose": "对账", "format": "pdf"}).is(404, "record")
		on("head").post(path+"/review", map[string]any{"verdict": "justified", "note": "还没有结束"}).is(409, "emergency_still_open")
		clock.set(until.Add(-time.Microsecond))
		holds("just before its end", true)
		clock.set(until)
		holds("at its end", false)

		// The review is a task of the head's, with its date.
		task := func() item {
			t.Helper()
			tasks := into[ofItems[item]](on("head").get("/api/v1/records/task").must(200)).Items
			if len(tasks) != 1 || tasks[0].Title != "复核应急访问：姓seller" || tasks[0].Fields["owner"] != p.people["head"].String() {
				t.Fatalf("%+v", tasks)
			}
			return tasks[0]
		}
		if at, err := time.Parse(time.RFC3339, fmt.Sprint(task().Fields["due_at"])); err != nil || !at.Equal(due) || task().Fields["stage"] != "open" {
			t.Errorf("%+v", task())
		}
		for _, who := range []string{"seller", "rival", "staff"} {
			if tasks := into[ofItems[item]](on(who).get("/api/v1/records/task").must(200)).Items; len(tasks) != 0 {
				t.Errorf("%s has %+v", who, tasks)
			}
		}
		if seen := into[ofItems[store.EmergencySeen]](on("head").get(path + "/seen").must(200)).Items; !slices.ContainsFunc(seen, func(s store.EmergencySeen) bool {
			return s.Action == "read" && s.Record == record && slices.ContainsFunc(s.Fields, func(f store.AskedField) bool { return f.Name == "phone" })
		}) {
			t.Errorf("the head is told of %+v", seen)
		}

		// For whom it waits, and who is told of it when.
		stands := func(when string, state store.EmergencyState, reviewers ...string) {
			t.Helper()
			for _, persona := range personas {
				want := 0
				if slices.Contains(reviewers, persona.login) {
					want = 1
				}
				c := on(persona.login)
				mine := into[store.EmergencyStanding](c.get("/api/v1/emergencies/standing").must(200)).ForMe
				list := into[store.EmergencyPage](c.get("/api/v1/emergencies?scope=review").must(200)).Items
				if mine != want || len(list) != want || want == 1 && !slices.Contains(list[0].Can, "review") {
					t.Errorf("%s: %d and %+v wait for %s", when, mine, list, persona.login)
				}
			}
			if list := into[store.EmergencyPage](on("auditor").get("/api/v1/emergencies?scope=all&state=" + string(state)).must(200)).Items; len(list) != 1 || list[0].Review != state {
				t.Errorf("%s: %+v are %s", when, list, state)
			}
		}
		counts := func(when string, want ...store.EmergencyCounts) {
			t.Helper()
			for i := range want {
				want[i].Person = store.Name{ID: p.people["seller"], Name: "姓seller"}
			}
			for _, who := range []string{"head", "boss", "admin", "auditor"} {
				if got := into[ofItems[store.EmergencyCounts]](on(who).get("/api/v1/emergencies/people").must(200)).Items; !slices.Equal(got, want) {
					t.Errorf("%s: %s counts %+v, not %+v", when, who, got, want)
				}
			}
			for _, who := range []string{"seller", "rival", "staff"} {
				on(who).get("/api/v1/emergencies/people").is(403, "right")
			}
		}
		verdict := map[string]any{"verdict": "unjustified", "note": "可以先打电话给负责人"}
		counts("over", store.EmergencyCounts{Month: 1, Quarter: 1, Waiting: 1, Missed: 1})
		clock.set(due.Add(-time.Microsecond))
		p.reminds()
		stands("just before it is due", store.EmergencyWaiting, "head")
		p.notified(on, "emergency_late", nil)
		clock.set(due)
		p.reminds()
		stands("due", store.EmergencyLate, "head")
		counts("due", store.EmergencyCounts{Month: 1, Quarter: 1, Waiting: 1, Late: 1, Missed: 1})
		p.notified(on, "emergency_late", map[string]int{"head": 1})
		clock.set(late.Add(-time.Microsecond))
		p.reminds()
		stands("just before it is late", store.EmergencyLate, "head")
		p.notified(on, "emergency_late", map[string]int{"head": 1})
		for who, code := range map[string]string{"seller": "emergency_own", "rival": "emergency_not_you", "boss": "emergency_not_you", "auditor": "emergency_not_you"} {
			on(who).post(path+"/review", verdict).is(403, code)
		}
		clock.set(late)
		p.reminds()
		stands("late", store.EmergencyLate, "head", "boss")
		p.notified(on, "emergency_late", map[string]int{"head": 2, "boss": 1})

		// The next head gives it, for good: it stands with the emergency, on the record and in the log.
		on("boss").post(path+"/review", verdict).must(200)
		on("head").post(path+"/review", map[string]any{"verdict": "justified", "note": "我来得太晚"}).is(409, "emergency_reviewed")
		stands("reviewed", "unjustified")
		counts("reviewed", store.EmergencyCounts{Month: 1, Quarter: 1, Unjustified: 1, Missed: 1})
		if task().Fields["stage"] != "done" {
			t.Errorf("%+v", task())
		}
		p.notified(on, "emergency_reviewed", map[string]int{"seller": 1})
		if n := on("seller").notices("emergency_reviewed")[0]; n.Record != opened.ID || n.By.Name != "姓boss" || n.Detail["verdict"] != "unjustified" {
			t.Errorf("%+v", n)
		}
		for _, who := range []string{"seller", "rival", "head", "auditor"} {
			if e := into[store.Emergency](on(who).get(path).must(200)); e.Review != "unjustified" || e.Note != verdict["note"] || e.ReviewedBy.Name != "姓boss" || !e.ReviewedAt.Equal(late) || len(e.Can) != 0 {
				t.Errorf("%s sees %+v", who, e)
			}
		}
		story := into[store.Timeline](on("rival").get(customers(record) + "/timeline?what=permissions").must(200)).Items
		if len(story) != 2 || story[0].Type != "glass_reviewed" || story[0].Act != "unjustified" || story[0].Reason != verdict["note"] || story[0].By.Name != "姓boss" || !story[0].At.Equal(late) ||
			story[1].Type != "glass_opened" || story[1].Reason != words["reason"] || story[1].Access.Person.Name != "姓seller" || !story[1].Access.Until.Equal(until) || !story[1].At.Equal(began) {
			t.Errorf("%+v", story)
		}
		log := auditor(url.Values{"kind": {"customer"}, "record": {record.String()}})
		if got := acts(log, 0); !slices.Equal(got, []string{"emergency_reviewed", "emergency_opened"}) || log[0].Person.Name != "姓boss" || log[0].OnBehalf.Name != "姓seller" || log[0].Verdict != "unjustified" || !log[0].At.Equal(late) ||
			log[1].Person.Name != "姓seller" || log[1].Reason != words["reason"] || !log[1].At.Equal(began) {
			t.Errorf("%+v", log)
		}
		reminders := slices.DeleteFunc(auditor(url.Values{}), func(it store.AuditItem) bool { return it.Action != "emergency_reminded" })
		if len(reminders) != 2 || !reminders[0].At.Equal(late) || !reminders[1].At.Equal(due) || reminders[0].Job != string(store.JobRequests) || reminders[0].Person != nil {
			t.Errorf("%+v", reminders)
		}
		if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
		if archive := string(on("auditor").get("/api/v1/audit/archive").must(200).body); !strings.Contains(archive, "unjustified") || !strings.Contains(archive, "可以先打电话给负责人") {
			t.Error("the archive of the log has no verdict")
		}

		// Nobody is told any more, and it is counted for its month and its quarter.
		clock.set(began.AddDate(0, 0, 31))
		p.reminds()
		p.notified(on, "emergency_late", map[string]int{"head": 2, "boss": 1})
		counts("after a month", store.EmergencyCounts{Quarter: 1, Unjustified: 1, Missed: 1})
		clock.set(began.AddDate(0, 0, 91))
		counts("after a quarter")
	})
}
