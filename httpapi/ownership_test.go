package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/approvals"
	"guan/policy"
	"guan/store"
)

// happened are what the timeline of a customer tells of a sort.
func (c *client) happened(id policy.ID, sort string) []store.Happening {
	c.p.t.Helper()
	all := into[store.Timeline](c.get(customers(id) + "/timeline?what=changes").must(200)).Items
	return slices.DeleteFunc(all, func(h store.Happening) bool { return h.Type != sort })
}

// version is of a record as it stands.
func (c *client) version(kind string, id policy.ID) string {
	c.p.t.Helper()
	return fmt.Sprint(into[item](c.get("/api/v1/records/" + kind + "/" + id.String()).must(200)).Version)
}

func partOf(parts []store.TransferPart, relation string) store.TransferPart {
	i := slices.IndexFunc(parts, func(p store.TransferPart) bool { return p.Relation == relation })
	if i < 0 {
		return store.TransferPart{}
	}
	return parts[i]
}

// household makes a customer of the seller's with what hangs on it: a contact, an open opportunity and one that was
// lost, a task, and a ticket of somebody else's.
func (p *program) household(name string) (customer policy.ID, hang map[string]policy.ID) {
	p.t.Helper()
	boss, seller := p.as("boss"), p.people["seller"].String()
	customer = into[item](p.as("seller").post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": name, "phone": "13800138000"}}).must(201)).ID
	add := func(kind string, fields map[string]any) policy.ID { return boss.hangs(kind, customer, fields) }
	return customer, map[string]policy.ID{
		"contact":     add("contact", map[string]any{"name": name + "的老板", "owner": seller}),
		"opportunity": add("opportunity", map[string]any{"name": name + "扩店", "owner": seller, "unit": p.east.String()}),
		"lost":        add("opportunity", map[string]any{"name": name + "旧店", "owner": seller, "unit": p.east.String(), "stage": "lost", "lost_reason": "price", "closed_on": "2026-02-01"}),
		"task":        add("task", map[string]any{"subject": name + "回访", "owner": seller, "unit": p.east.String()}),
		"ticket":      add("ticket", map[string]any{"subject": name + "报修", "owner": p.people["rival"].String(), "unit": p.sales.String()}),
	}
}

func kindOf(what string) string {
	if what == "lost" {
		return "opportunity"
	}
	return what
}

// A head gives a customer away with the children that they chose: the preview does nothing, what was chosen goes
// along and the rest stays, the note stands there for the new owner, both are told, and with the commit the old owner
// finds nothing of it by any way. For some days they can be kept on, to the instant.
func TestTransferOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		customer, hang := p.household("转交茶楼")
		at, to := customers(customer), p.people["rival"].String()
		owners := func(when string, want map[string]string) {
			t.Helper()
			for what, id := range hang {
				got := into[item](on("boss").get("/api/v1/records/" + kindOf(what) + "/" + id.String()).must(200)).Fields["owner"]
				if got != p.people[want[what]].String() {
					t.Errorf("%s: the %s is %v's, not %s's", when, what, got, want[what])
				}
			}
		}
		// reaches says whether somebody finds the customer, in every way that there is.
		reaches := func(when, who string, want bool) {
			t.Helper()
			c, word := on(who), url.QueryEscape("转交茶楼")
			for _, path := range []string{at, at + "/timeline", at + "/comments", at + "/attachments", at + "/team", "/api/v1/explain?kind=customer&id=" + customer.String()} {
				if got := c.get(path).status; (got == 200) != want {
					t.Errorf("%s: %s answers %s by %d", when, path, who, got)
				}
			}
			for _, path := range []string{"/api/v1/records/customer", "/api/v1/records/customer?q=" + word, "/api/v1/search?q=" + word, "/api/v1/records/customer?filter=" + url.QueryEscape(`r.name == "转交茶楼"`)} {
				if got := c.get(path).must(200); strings.Contains(string(got.body), customer.String()) != want {
					t.Errorf("%s: %s tells %s: %.200s", when, path, who, got.body)
				}
			}
			n := into[struct{ Total struct{ Count int } }](c.get("/api/v1/records/customer?count=capped&filter=" + url.QueryEscape(`r.name == "转交茶楼"`)).must(200)).Total.Count
			if (n == 1) != want {
				t.Errorf("%s: %s counts %d", when, who, n)
			}
		}
		before := map[string]string{"contact": "seller", "opportunity": "seller", "lost": "seller", "task": "seller", "ticket": "rival"}

		// Who may not is told why, and that they can ask for it.
		own := into[store.TransferPlan](on("seller").post(at+"/transfer/preview", map[string]any{"to": to}).must(200))
		if own.May || own.Why == nil || own.Why.Field != "owner" || !own.Ask {
			t.Errorf("the seller is told %+v", own)
		}
		on("seller").do("POST", at+"/transfer", map[string]any{"to": to}, "If-Match", "1").is(403, "field_locked")
		plan := into[store.TransferPlan](on("head").post(at+"/transfer/preview", map[string]any{"to": to}).must(200))
		if !plan.May || plan.Owner.Name != "姓seller" || plan.Unit != "西区" || partOf(plan.Parts, "contacts").Will != 1 || partOf(plan.Parts, "opportunities").Will != 1 || partOf(plan.Parts, "tasks").Will != 1 ||
			partOf(plan.Parts, "tickets").Will != 0 || len(partOf(plan.Parts, "tickets").Stay) != 1 || partOf(plan.Parts, "tickets").Stay[0].Code != "other_owner" {
			t.Errorf("the head is told %+v", plan)
		}
		for _, wrong := range []struct {
			body    map[string]any
			version string
			status  int
			code    string
		}{
			{map[string]any{"to": to}, "9", 412, "version"},
			{map[string]any{"to": p.people["seller"].String()}, "1", 409, "unchanged"},
			{map[string]any{"to": "999999999"}, "1", 400, "person"},
			{map[string]any{"to": to, "children": []string{"payments"}}, "1", 400, "transfer_part"},
			{map[string]any{"to": to, "keep_access": -1}, "1", 400, "keep_access"},
		} {
			on("head").do("POST", at+"/transfer", wrong.body, "If-Match", wrong.version).is(wrong.status, wrong.code)
		}
		owners("after what was refused", before)
		reaches("before", "seller", true)
		reaches("before", "rival", false)

		done := into[store.Transferred](on("head").do("POST", at+"/transfer", map[string]any{"to": to, "children": []string{"contacts", "opportunities", "tickets"}, "note": "月底续约，先找店长"}, "If-Match", "1").must(200))
		if done.Item.Fields["owner"] != to || done.Item.Fields["unit"] != p.west.String() || done.Item.Version != 2 || partOf(done.Parts, "opportunities").Will != 1 {
			t.Errorf("%+v", done)
		}
		owners("transferred", map[string]string{"contact": "rival", "opportunity": "rival", "lost": "seller", "task": "seller", "ticket": "rival"})
		reaches("transferred", "seller", false)
		reaches("transferred", "rival", true)
		for _, what := range []string{"contact", "opportunity"} {
			on("seller").get("/api/v1/records/" + what + "/" + hang[what].String()).must(404)
			on("rival").get("/api/v1/records/" + what + "/" + hang[what].String()).must(200)
		}
		on("seller").do("PATCH", at, fieldsOf("city", "苏州"), "If-Match", "2").must(404)
		handed := on("rival").happened(customer, "handed")
		if len(handed) != 1 || handed[0].Handover.Note != "月底续约，先找店长" || handed[0].Handover.From.Name != "姓seller" || handed[0].Handover.To.Name != "姓rival" || handed[0].By.Name != "姓head" {
			t.Errorf("the new owner is told %+v", handed)
		}
		p.notified(on, "transferred", map[string]int{"rival": 1})
		p.notified(on, "handed_away", map[string]int{"seller": 1})
		if n := on("seller").notices("handed_away")[0]; n.Title != "" {
			t.Errorf("the old owner is told of it by its name: %+v", n)
		}
		log := on("auditor").search(url.Values{"kind": {"customer"}, "record": {customer.String()}, "group": {"edits"}})
		if got := acts(log, p.people["head"]); !slices.Equal(got, []string{"edit"}) || !slices.ContainsFunc(log[0].Fields, func(f store.AskedField) bool { return f.Name == "owner" }) {
			t.Errorf("the auditor finds %+v", log)
		}

		// Back, with who had it kept on for three days.
		on("head").do("POST", at+"/transfer", map[string]any{"to": p.people["seller"].String(), "keep_access": 3}, "If-Match", "2").must(200)
		given := clock.Now()
		reaches("back", "seller", true)
		reaches("kept on", "rival", true)
		if team := into[ofItems[store.Collaborator]](on("seller").get(at + "/team").must(200)).Items; len(team) != 1 || team[0].Person.Name != "姓rival" || !team[0].Until.Equal(given.Add(72*time.Hour)) {
			t.Errorf("%+v", team)
		}
		clock.set(given.Add(72*time.Hour - time.Microsecond))
		reaches("the last instant", "rival", true)
		clock.set(given.Add(72 * time.Hour))
		reaches("three days later", "rival", false)
	})
}

// Who may not transfer asks for it: the head sees what would go where, gives it, and nothing beyond what was asked
// goes along; what has changed by then is not given.
func TestTransferByRequestOverHTTP(t *testing.T) {
	eachBureau(t, func(t *testing.T, d *bureau) {
		on := d.on
		asks := func(customer policy.ID) store.Request {
			t.Helper()
			return into[store.Request](on("seller").post("/api/v1/requests", map[string]any{"type": "transfer", "purpose": "客户搬到西区",
				"transfer": map[string]any{"kind": "customer", "record": customer.String(), "to": d.people["rival"].String(), "children": []string{"contacts"}}}).must(201))
		}
		owner := func(kind string, id policy.ID) any {
			t.Helper()
			return into[item](on("boss").get("/api/v1/records/" + kind + "/" + id.String()).must(200)).Fields["owner"]
		}
		customer, hang := d.household("搬迁茶楼")
		r := asks(customer)
		d.waits("asked", r, "head")
		if owner("customer", customer) != d.people["seller"].String() {
			t.Error("asking gave it away")
		}
		if seen := into[store.Request](on("head").get("/api/v1/requests/" + r.ID.String()).must(200)); seen.Transfer == nil || seen.Transfer.To.Name != "姓rival" || seen.Record.Title != "搬迁茶楼" {
			t.Errorf("the head sees %+v", seen)
		}
		if got := d.approves(r, "head"); got.State != approvals.Approved || got.Void != "" {
			t.Errorf("%+v", got)
		}
		if owner("customer", customer) != d.people["rival"].String() || owner("contact", hang["contact"]) != d.people["rival"].String() || owner("opportunity", hang["opportunity"]) != d.people["seller"].String() {
			t.Error("not what was asked went along")
		}
		log := on("auditor").search(url.Values{"kind": {"customer"}, "record": {customer.String()}})
		if got := acts(log, 0); !slices.Contains(got, "requested") || !slices.Contains(got, "request_decided") || !slices.Contains(got, "edit") {
			t.Errorf("the auditor finds %q", got)
		}

		// Refused, withdrawn, or over by then: nothing goes.
		other, _ := d.household("不搬茶楼")
		r = asks(other)
		if got := into[store.Request](d.decides("head", r, "refuse").must(200)); got.State != approvals.Refused {
			t.Errorf("%+v", got)
		}
		r = asks(other)
		on("seller").do("POST", "/api/v1/requests/"+r.ID.String()+"/withdraw", nil).must(200)
		d.decides("head", r, "approve").is(409, "request_decided")
		r = asks(other)
		on("head").do("POST", customers(other)+"/transfer", map[string]any{"to": d.people["head"].String()}, "If-Match", on("head").version("customer", other)).must(200)
		if got := d.approves(r, "head"); got.Void == "" {
			t.Errorf("it was given although its asker has it no more: %+v", got)
		}
		if owner("customer", other) != d.people["head"].String() {
			t.Error("a request that was over took it away")
		}
	})
}

// Two that are one are merged field by field: what the merger does not see on either side is neither taken nor moved,
// the other one leads here for whom it may, and taken apart again both are as they were.
func TestMergeOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		make := func(name string, fields map[string]any) policy.ID {
			fields["name"] = name
			return into[item](on("seller").post("/api/v1/records/customer", map[string]any{"fields": fields}).must(201)).ID
		}
		here := make("东方酒楼", map[string]any{"city": "上海", "tags": []string{"老客"}})
		there := make("东方酒楼有限公司", map[string]any{"city": "深圳", "phone": "13900139000", "tags": []string{"连锁"}})
		contact := on("seller").hangs("contact", there, map[string]any{"name": "王店长"})
		secret := on("boss").hangs("task", there, map[string]any{"subject": "总部核查", "owner": p.people["boss"].String()})
		merge := func(who string, at, with policy.ID, version string, take ...string) *reply {
			return on(who).do("POST", customers(at)+"/merge", map[string]any{"with": with.String(), "version": 1, "take": take}, "If-Match", version)
		}
		stands := func(when string) {
			t.Helper()
			for id, city := range map[policy.ID]string{here: "上海", there: "深圳"} {
				if got := into[item](on("seller").get(customers(id)).must(200)); got.Fields["city"] != city || got.Title == "" {
					t.Errorf("%s: %+v", when, got)
				}
			}
			if got := into[item](on("seller").get("/api/v1/records/contact/" + contact.String()).must(200)); got.Fields["customer"] != there.String() {
				t.Errorf("%s: the contact is of %v", when, got.Fields["customer"])
			}
		}

		// One that the merger cannot see is none: the answer is that of one that does not exist.
		hidden, missing := merge("seller", here, p.other, "1"), merge("seller", here, 999_999_999, "1")
		hidden.is(404, "record")
		if hidden.problem().Detail != missing.problem().Detail || fmt.Sprint(hidden.problem().Errors) != fmt.Sprint(missing.problem().Errors) {
			t.Errorf("%s is not %s", hidden.body, missing.body)
		}
		merge("rival", here, there, "1").is(404, "record")
		merge("seller", here, here, "1").is(400, "merge_self")
		merge("seller", here, there, "7").is(412, "version")
		merge("seller", here, there, "1", "owner").is(400, "merge_field")
		merge("seller", here, there, "1", "id_number").is(403, "field_locked") // masked for them
		on("boss").do("PUT", "/api/v1/policy/rules/covered", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "电话保密",
			"who":  map[string]any{"any": []any{map[string]any{"person": p.people["seller"].String()}}},
			"when": map[string]any{"op": "eq", "field": "city", "value": map[string]any{"text": "深圳"}}, "fields": []any{map[string]any{"field": "phone", "level": "masked"}}}).must(200)
		merge("seller", here, there, "1", "phone").is(403, "field_locked")
		on("boss").do("DELETE", "/api/v1/policy/rules/covered", nil).must(204)
		stands("after what was refused")

		done := into[store.MergedRecord](merge("seller", here, there, "1", "phone", "tags").must(200))
		tags, _ := done.Item.Fields["tags"].([]any)
		if done.Item.Fields["phone"] != "13900139000" || done.Item.Fields["city"] != "上海" || len(tags) != 2 || !done.Until.Equal(clock.Now().Add(30*24*time.Hour)) {
			t.Errorf("%+v", done.Item)
		}
		if moved := partOf(done.Parts, "contact"); moved.Will != 1 || len(done.Parts) != 1 {
			t.Errorf("%+v came along", done.Parts)
		}
		if got := into[item](on("seller").get("/api/v1/records/contact/" + contact.String()).must(200)); got.Fields["customer"] != here.String() {
			t.Errorf("the contact is of %v", got.Fields["customer"])
		}
		if got := into[item](on("boss").get("/api/v1/records/task/" + secret.String()).must(200)); got.Fields["customer"] != there.String() {
			t.Errorf("what the merger does not see went along to %v", got.Fields["customer"])
		}
		for _, who := range []string{"seller", "head"} {
			on(who).get(customers(there)).must(404)
			if got := into[store.MergedInto](on(who).get(customers(there) + "/merged").must(200)); got.ID != here || got.Title != "东方酒楼" {
				t.Errorf("%s is led to %+v", who, got)
			}
		}
		if list := string(on("seller").get("/api/v1/records/customer?q=" + url.QueryEscape("东方酒楼")).must(200).body); strings.Contains(list, "有限公司") {
			t.Errorf("the list has both: %s", list)
		}
		on("rival").get(customers(there) + "/merged").must(404)
		if told := on("seller").happened(here, "merged"); len(told) != 1 || !told[0].Merge.Undo {
			t.Errorf("the timeline tells %+v", told)
		}
		for _, id := range []policy.ID{here, there} {
			if got := acts(on("auditor").search(url.Values{"kind": {"customer"}, "record": {id.String()}, "group": {"edits"}}), p.people["seller"]); !slices.Equal(got, []string{"edit", "create"}) {
				t.Errorf("of %s the auditor finds %q", id, got)
			}
		}

		undo := "/api/v1/merges/" + done.ID.String() + "/undo"
		on("rival").do("POST", undo, nil).is(404, "merge")
		if back := into[item](on("seller").do("POST", undo, nil).must(200)); back.Fields["phone"] != nil || fmt.Sprint(back.Fields["tags"]) != "[老客]" {
			t.Errorf("%+v", back.Fields)
		}
		stands("taken apart")
		on("seller").do("POST", undo, nil).is(409, "merge_over")

		// Once somebody has worked on it, and after its days, it is not taken apart any more.
		version := func(id policy.ID) int64 { return into[item](on("seller").get(customers(id)).must(200)).Version }
		again := func() string {
			t.Helper()
			done := into[store.MergedRecord](on("seller").do("POST", customers(here)+"/merge", map[string]any{"with": there.String(), "version": version(there)}, "If-Match", fmt.Sprint(version(here))).must(200))
			return "/api/v1/merges/" + done.ID.String() + "/undo"
		}
		undo = again()
		clock.set(clock.Now().Add(30*24*time.Hour - time.Microsecond))
		on("seller").do("POST", undo, nil).must(200)
		undo = again()
		clock.set(clock.Now().Add(30 * 24 * time.Hour))
		on("seller").do("POST", undo, nil).is(409, "merge_over")
	})
}

// Who enters a customer learns whether somebody looks after it only by the right to know, and then yes or no, however
// the name, the number or the code is written; all others ask the head over it, without learning whether there is one.
func TestDuplicatesOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		there := into[item](on("rival").post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "杭州东方贸易有限公司", "phone": "13712345678", "credit_code": "91330100799655058B"}}).must(201)).ID
		on("admin").do("PUT", "/api/v1/policy/rules/apart", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "独立核算",
			"who":  map[string]any{"any": []any{map[string]any{"person": p.people["boss"].String()}}},
			"when": map[string]any{"op": "starts_with", "field": "name", "value": map[string]any{"text": "杭州东方"}}}).must(200)
		const looked, asked = "/api/v1/records/customer/looked-after", "/api/v1/records/customer/ask-head"
		on("seller").post(looked, fieldsOf("name", "杭州东方贸易")).is(403, "right")
		for _, c := range []struct {
			field, value string
			want         bool
		}{
			{"name", "杭州东方贸易", true}, {"name", " 杭州 东方贸易（有限公司）", true}, {"name", "杭州西方贸易", false}, {"phone", "+86 137-1234-5678", true}, {"phone", "１３７１２３４５６７８", true},
			{"phone", "13712345679", false}, {"credit_code", "91330100799655058B", true},
		} {
			got := on("boss").post(looked, fieldsOf(c.field, c.value)).must(200)
			if strings.TrimSpace(string(got.body)) != fmt.Sprintf(`{"looked_after":%v}`, c.want) {
				t.Errorf("%s %s: %s", c.field, c.value, got.body)
			}
		}
		// The check while one types finds what one may see and nothing else.
		for _, who := range []string{"seller", "boss"} {
			if got := into[store.Duplicates](on(who).post("/api/v1/records/customer/duplicates", fieldsOf("phone", "13712345678")).must(200)); got.Found || len(got.Mine) != 0 {
				t.Errorf("%s is told %+v", who, got)
			}
		}
		if got := into[store.Duplicates](on("head").post("/api/v1/records/customer/duplicates", fieldsOf("name", "杭州东方贸易")).must(200)); len(got.Mine) != 1 || got.Mine[0].ID != there || !slices.Equal(got.Mine[0].By, []string{"name"}) {
			t.Errorf("the head is told %+v", got)
		}

		one := on("seller").post(asked, map[string]any{"fields": map[string]any{"name": "杭州东方贸易"}, "note": "他们找到了我"}).must(204)
		none := on("seller").post(asked, map[string]any{"fields": map[string]any{"name": "没有这家"}, "note": "他们找到了我"}).must(204)
		if string(one.body) != string(none.body) || fmt.Sprint(one.header["Content-Length"]) != fmt.Sprint(none.header["Content-Length"]) {
			t.Errorf("%q is not %q", one.body, none.body)
		}
		on("seller").post(asked, map[string]any{"fields": map[string]any{"name": "杭州东方贸易"}, "note": " "}).is(400, "required")
		on("auditor").post(asked, map[string]any{"fields": map[string]any{"name": "杭州东方贸易"}, "note": "看看"}).is(403, "action")
		tasks := into[ofItems[item]](on("head").get("/api/v1/records/task").must(200)).Items
		if len(tasks) != 1 || tasks[0].Fields["customer"] != there.String() || tasks[0].Fields["content"] != "他们找到了我" || tasks[0].Fields["owner"] != p.people["head"].String() {
			t.Errorf("the head has %+v", tasks)
		}
		p.notified(on, "asked", map[string]int{"head": 1})
		for _, who := range []string{"seller", "rival"} {
			if got := into[ofItems[item]](on(who).get("/api/v1/records/task").must(200)).Items; len(got) != 0 {
				t.Errorf("%s has %+v", who, got)
			}
		}
		// The head shares it with who asked, or transfers it, as of any customer.
		on("head").post(customers(there)+"/team", map[string]any{"person": p.people["seller"].String(), "until": clock.Now().Add(time.Hour)}).must(204)
		on("seller").get(customers(there)).must(200)
		on("head").do("POST", customers(there)+"/transfer", map[string]any{"to": p.people["seller"].String()}, "If-Match", on("head").version("customer", there)).must(200)
		if got := into[item](on("seller").get(customers(there)).must(200)); got.Fields["owner"] != p.people["seller"].String() {
			t.Errorf("%+v", got.Fields)
		}
		on("rival").get(customers(there)).must(404)
	})
}
