package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/internal/testdb"
	"guan/policy"
	"guan/store"
)

const aDay = 24 * time.Hour

// branch is the company with pools, on a day that the test chooses.
type branch struct {
	*program
	*handClock
	signed map[string]*client // who signed in, on this day
}

// eachBranch runs a story on both databases. It begins on a Monday at nine in the morning, in China.
func eachBranch(t *testing.T, story func(t *testing.T, b *branch)) {
	t.Helper()
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		b := &branch{handClock: &handClock{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}, signed: map[string]*client{}}
		b.program = startOn(t, at, store.Options{Clock: b.Now})
		story(t, b)
	})
}

// date is that of so many days from now, as a field has it.
func (b *branch) date(days int) string { return b.Now().AddDate(0, 0, days).Format(time.DateOnly) }

// on is somebody at work today.
func (b *branch) on(login string) *client {
	b.t.Helper()
	if b.signed[login] == nil {
		b.signed[login] = b.as(login)
	}
	return b.signed[login]
}

// tomorrow comes: who was signed in signs in again.
func (b *branch) tomorrow() {
	b.advance(aDay)
	b.signed = map[string]*client{}
}

// opens makes a pool of the sales department that takes the customers of a city.
func (b *branch) opens(name, city string, settings map[string]any) policy.ID {
	b.t.Helper()
	admin := b.on("boss")
	pool := into[made](admin.post("/api/v1/org/pools", map[string]any{"name": name, "open": []any{map[string]any{"unit": b.sales.String(), "below": true}}}).must(201))
	if city != "" {
		settings["takes"] = map[string]any{"op": "eq", "field": "city", "value": map[string]any{"text": city}}
	}
	admin.do("PUT", "/api/v1/org/pools/"+pool.ID.String()+"/settings", settings, "If-Match", fmt.Sprint(pool.Version)).must(200)
	return pool.ID
}

// wins makes a customer, as the boss enters it.
func (b *branch) wins(name string, fields map[string]any) policy.ID {
	b.t.Helper()
	all := map[string]any{"name": name, "phone": "13800138000", "website": "https://example.cn"}
	for field, value := range fields {
		all[field] = value
	}
	return into[item](b.on("boss").post("/api/v1/records/customer", map[string]any{"fields": all}).must(201)).ID
}

// recycles does what the program does in the background each day.
func (b *branch) recycles() {
	b.t.Helper()
	for more := true; more; {
		var err error
		if more, err = b.db.System(store.JobRecycle, store.DefaultTenant).Recycle(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
	}
}

// hangs makes a record that hangs on a customer.
func (c *client) hangs(kind string, customer policy.ID, fields map[string]any) policy.ID {
	c.p.t.Helper()
	fields["customer"] = customer.String()
	return into[item](c.post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)).ID
}

// changes edits a record in its present version.
func (c *client) changes(kind string, id policy.ID, field string, value any) {
	c.p.t.Helper()
	at := "/api/v1/records/" + kind + "/" + id.String()
	c.do("PATCH", at, fieldsOf(field, value), "If-Match", fmt.Sprint(into[item](c.get(at).must(200)).Version)).must(200)
}

// notices are all that somebody has of a sort, the oldest first.
func (c *client) notices(what string) (out []store.Notice) {
	c.p.t.Helper()
	for cursor := ""; ; {
		page := into[store.NoticePage](c.get("/api/v1/notices?cursor=" + url.QueryEscape(cursor)).must(200))
		for _, n := range page.Items {
			if n.What == what {
				out = append(out, n)
			}
		}
		if cursor = page.Next; cursor == "" {
			slices.Reverse(out)
			return out
		}
	}
}

// told lists the titles of which somebody has notices of a sort, the oldest first.
func (c *client) told(what string) (titles []string) {
	c.p.t.Helper()
	for _, n := range c.notices(what) {
		titles = append(titles, n.Title)
	}
	return titles
}

// explained asks whether the person may do something to a customer, or see a field of it.
func (c *client) explained(id policy.ID, action, field string) store.Explanation {
	c.p.t.Helper()
	return into[store.Explanation](c.get("/api/v1/explain?" + url.Values{"kind": {"customer"}, "id": {id.String()}, "action": {action}, "field": {field}}.Encode()).must(200))
}

// says are all reasons of an explanation, in a language.
func says(e store.Explanation, zh bool) string {
	var all []string
	for _, reasons := range [][]store.Reason{e.Permits, e.Forbids, e.Missing} {
		for _, r := range reasons {
			for _, lack := range r.Lacks {
				if all = append(all, lack.Sentence.EN); zh {
					all[len(all)-1] = lack.Sentence.ZH
				}
			}
			if all = append(all, r.From.EN+": "+r.Scene.EN); zh {
				all[len(all)-1] = r.From.ZH + ":" + r.Scene.ZH
			}
		}
	}
	return strings.Join(all, "\n")
}

// deed is what somebody does on a day, before the customers of that day are looked at.
type deed struct {
	day int
	do  func(b *branch, id policy.ID)
}

// calls is a follow-up that happened so many days ago and is written down now.
func calls(day, ago int) deed {
	return deed{day, func(b *branch, id policy.ID) {
		b.on("seller").hangs("activity", id, map[string]any{"subject": "回访", "happened_at": b.Now().AddDate(0, 0, -ago).Format(time.RFC3339)})
	}}
}

// signs is a contract in a stage, signed today and over after so many days.
func signs(day int, stage string, lasts int) deed {
	return deed{day, func(b *branch, id policy.ID) {
		b.on("boss").hangs("contract", id, map[string]any{"number": fmt.Sprintf("HT-%d-%d", id, day), "stage": stage, "signed_on": b.date(0), "ends_on": b.date(lasts)})
	}}
}

// breaks is a ticket that is open from one day to another.
func breaks(from, until int) []deed {
	var ticket policy.ID
	return []deed{
		{from, func(b *branch, id policy.ID) {
			ticket = b.on("seller").hangs("ticket", id, map[string]any{"subject": "机器坏了"})
		}},
		{until, func(b *branch, id policy.ID) { b.on("boss").changes("ticket", ticket, "stage", "resolved") }},
	}
}

const never = 0

// rules is why customers of a city come back.
var rules = map[string]string{"深圳": "idle", "广州": "no_deal", "东莞": "leaver"}

// The rules by which customers come back, each told of one customer over four weeks: on which days its
// owner is warned, and on which it comes back. The pool of Shenzhen takes back after ten days without an
// activity, that of Guangzhou after twelve without a deal; both warn three days before. That of Dongguan
// takes what leavers leave.
var tales = []struct {
	name, city, owner string
	begins            int // the day on which it is won
	deeds             []deed
	warned            []int
	comes             int
}{
	{name: "无人问津", city: "深圳", owner: "seller", warned: []int{7}, comes: 10},
	{name: "常打电话", city: "深圳", owner: "seller", deeds: []deed{calls(6, 0), calls(12, 0), calls(18, 0), calls(24, 0)}},
	{name: "提醒后联系了", city: "深圳", owner: "seller", deeds: []deed{calls(8, 0)}, warned: []int{7, 15}, comes: 18},
	{name: "到期那天联系了", city: "深圳", owner: "seller", deeds: []deed{calls(10, 0)}, warned: []int{7, 17}, comes: 20},
	{name: "补记旧跟进", city: "深圳", owner: "seller", deeds: []deed{calls(6, 300)}, warned: []int{13}, comes: 16},
	{name: "约到明年", city: "深圳", owner: "seller", deeds: []deed{calls(6, -300)}, warned: []int{13}, comes: 16}, // what will be was not yet
	{name: "只排计划", city: "深圳", owner: "seller", deeds: []deed{{1, func(b *branch, id policy.ID) {
		for _, days := range []int{4, 8, 12} {
			b.on("seller").hangs("activity", id, map[string]any{"subject": "拜访", "stage": "planned", "happened_at": b.Now().AddDate(0, 0, days).Format(time.RFC3339)})
		}
	}}}, warned: []int{8}, comes: 11},
	{name: "写成明年联系", city: "深圳", owner: "seller", deeds: []deed{{6, func(b *branch, id policy.ID) {
		b.on("seller").changes("customer", id, "last_contact_at", b.Now().AddDate(1, 0, 0).Format(time.RFC3339))
	}}}, warned: []int{7}, comes: 10},
	{name: "合同在履行", city: "深圳", owner: "seller", deeds: []deed{signs(1, "performing", 300)}},
	{name: "合同到期", city: "深圳", owner: "seller", deeds: []deed{signs(1, "signed", 11)}, warned: []int{13}, comes: 16}, // it runs on the day on which it ends
	{name: "合同草稿", city: "深圳", owner: "seller", deeds: []deed{signs(1, "draft", 300)}, warned: []int{7}, comes: 10},
	{name: "工单未结", city: "深圳", owner: "seller", deeds: breaks(2, 90)},
	{name: "工单已结", city: "深圳", owner: "seller", deeds: breaks(2, 12), warned: []int{12}, comes: 15},
	{name: "后来的客户", city: "深圳", owner: "seller", begins: 4, warned: []int{11}, comes: 14}, // as old as the customer
	{name: "接手的客户", city: "深圳", owner: "rival", deeds: []deed{{5, func(b *branch, id policy.ID) {
		b.on("boss").changes("customer", id, "owner", b.people["seller"].String())
	}}}, warned: []int{12}, comes: 15}, // as old as the owner has it
	{name: "提醒后接手", city: "深圳", owner: "rival", deeds: []deed{{9, func(b *branch, id policy.ID) {
		b.on("boss").changes("customer", id, "owner", b.people["seller"].String())
	}}}, warned: []int{16}, comes: 19}, // the warning of the one before is none of theirs
	{name: "别处的客户", city: "北京", owner: "seller"},
	{name: "总部的客户", city: "深圳", owner: "boss"},

	{name: "只谈不签", city: "广州", owner: "seller", deeds: []deed{calls(4, 0), calls(8, 0), calls(11, 0)}, warned: []int{9}, comes: 12},
	{name: "签过单", city: "广州", owner: "seller", deeds: []deed{signs(5, "completed", 1)}, warned: []int{14}, comes: 17},
	{name: "签在明年", city: "广州", owner: "seller", deeds: []deed{{5, func(b *branch, id policy.ID) {
		b.on("boss").hangs("contract", id, map[string]any{"number": "HT-明年", "stage": "completed", "signed_on": b.date(300)})
	}}}, warned: []int{14}, comes: 17}, // as a deal of the day on which it was written
	{name: "没有签成", city: "广州", owner: "seller", deeds: []deed{signs(5, "terminated", 1)}, warned: []int{9}, comes: 12},

	{name: "离职者的", city: "东莞", owner: "leaver", comes: 4},
	{name: "离职者在修的", city: "东莞", owner: "leaver", deeds: []deed{{2, func(b *branch, id policy.ID) {
		b.on("boss").hangs("ticket", id, map[string]any{"subject": "机器坏了"})
	}}}},
	{name: "在职者的", city: "东莞", owner: "seller"},
}

func TestCustomersComeBack(t *testing.T) {
	eachBranch(t, func(t *testing.T, b *branch) {
		website := []any{map[string]any{"field": "website", "level": "hidden"}}
		pools := map[string]policy.ID{
			"深圳": b.opens("深圳公海", "深圳", map[string]any{"hidden": website, "cool_down_days": 60, "recycle": map[string]any{"idle_days": 10, "warn_days": 3}}),
			"广州": b.opens("广州公海", "广州", map[string]any{"recycle": map[string]any{"deal_days": 12, "warn_days": 3}}),
			"东莞": b.opens("东莞公海", "东莞", map[string]any{"recycle": map[string]any{"leavers": true, "idle_days": 90, "warn_days": 3}}),
		}
		leaver := into[item](b.on("boss").post("/api/v1/records/person", map[string]any{"fields": map[string]any{"name": "姓leaver", "login": "leaver", "unit": b.east.String()}}).must(201))
		b.people["leaver"] = leaver.ID
		ids, warned, comes := map[string]policy.ID{}, map[string][]int{}, map[string]int{}
		for day := range 29 {
			if day > 0 {
				b.tomorrow()
			}
			if day == 4 {
				b.on("boss").changes("person", leaver.ID, "stage", "left")
			}
			for _, tale := range tales {
				if tale.begins == day {
					ids[tale.name] = b.wins(tale.name, map[string]any{"city": tale.city, "owner": b.people[tale.owner].String()})
				}
				for _, deed := range tale.deeds {
					if deed.day == day {
						deed.do(b, ids[tale.name])
					}
				}
			}
			b.recycles()
			known := 0
			for _, days := range warned {
				known += len(days)
			}
			if all := b.on("seller").told("recycles"); len(all) >= known {
				for _, title := range all[known:] {
					warned[title] = append(warned[title], day)
				}
			}
			for _, it := range into[ofItems[item]](b.on("boss").get("/api/v1/records/customer?limit=100&fields=name,city,owner,pool").must(200)).Items {
				in, _ := it.Fields["pool"].(string)
				switch city, _ := it.Fields["city"].(string); {
				case in == "" && (it.Fields["owner"] == nil || comes[it.Title] > 0):
					t.Errorf("day %d: %s is with nobody, or went back again: %v", day, it.Title, it.Fields)
				case in != "" && (it.Fields["owner"] != nil || in != pools[city].String()):
					t.Errorf("day %d: %s lies in a pool that does not take it, or with an owner: %v", day, it.Title, it.Fields)
				case in != "" && comes[it.Title] == 0:
					comes[it.Title] = day
				}
			}
		}
		for _, tale := range tales {
			if !slices.Equal(warned[tale.name], tale.warned) || comes[tale.name] != tale.comes {
				t.Errorf("%s: its owner is warned on %v, and it comes back on %d; not %v and %d", tale.name, warned[tale.name], comes[tale.name], tale.warned, tale.comes)
			}
		}

		// Who lost them is told, each once, and nobody else; nobody is told of a leaver's.
		var lost []string
		for _, tale := range tales {
			if tale.comes != never && tale.owner != "leaver" {
				lost = append(lost, tale.name)
			}
		}
		got := b.on("seller").told("recycled")
		slices.Sort(lost)
		slices.Sort(got)
		if !slices.Equal(got, lost) {
			t.Errorf("the seller is told of %v, not of %v", got, lost)
		}
		for who, want := range map[string]string{"rival": "提醒后接手", "head": "", "boss": ""} { // it was the rival's when it was warned of
			if told := strings.Join(slices.Concat(b.on(who).told("recycles"), b.on(who).told("recycled")), ","); told != want {
				t.Errorf("%s is told of %s", who, told)
			}
		}
		for _, n := range into[store.NoticePage](b.on("seller").get("/api/v1/notices").must(200)).Items {
			for _, tale := range tales {
				if n.What == "recycled" && n.Title == tale.name && (n.Record != ids[tale.name] || n.Pool.Name != tale.city+"公海" || n.Detail["why"] != rules[tale.city]) {
					t.Errorf("the seller is told of %s: %+v", tale.name, n)
				}
			}
		}
		b.tellsWhy(ids["无人问津"], ids["常打电话"])
		b.keepsRecord(ids)
		if found, err := b.db.Check(t.Context(), store.DefaultTenant); err != nil || len(found) > 0 {
			t.Errorf("%v %v", found, err)
		}
	})
}

// tellsWhy asks as whom it concerns: the former owner, a colleague, and the head of them all.
func (b *branch) tellsWhy(gone, kept policy.ID) {
	t := b.t
	t.Helper()
	seller, rival, head := b.on("seller"), b.on("rival"), b.on("head")
	for _, c := range []*client{seller, rival} {
		if it := into[item](c.get(customers(gone)).must(200)); it.Fields["phone"] != nil || it.Fields["website"] != nil || it.Fields["name"] != "无人问津" || slices.Contains(it.Can, "edit") || slices.Contains(it.Can, "release") {
			t.Errorf("%s in the pool: %+v", c.login, it)
		}
		c.do("PATCH", customers(gone), fieldsOf("name", "我的"), "If-Match", "2").is(403, "action")
		site := c.explained(gone, "read", "website")
		if site.Level != "hidden" || len(site.Forbids) != 1 || site.Forbids[0].Origin.Type != "pool" || !strings.Contains(says(site, true), "公海“深圳公海”中的客户领取前不显示这些字段") {
			t.Errorf("%s is told of the website %q: %s", c.login, site.Level, says(site, true))
		}
		// Telephones the pack of sales gives of their own customers alone.
		if phone := c.explained(gone, "read", "phone"); phone.Level != "hidden" || !strings.Contains(says(phone, true), "领取前只见基本信息") || !strings.Contains(says(phone, false), "own") {
			t.Errorf("%s is told of the phone %q: %s", c.login, phone.Level, says(phone, true))
		}
		if edit := c.explained(gone, "edit", ""); edit.Allowed || len(edit.Missing) == 0 {
			t.Errorf("%s is told of an edit: %+v", c.login, edit)
		}
	}
	for _, c := range []*client{seller, rival, head} {
		if last := into[store.Timeline](c.get(customers(gone) + "/timeline?what=changes").must(200)).Items[0]; last.Act != "recycled" || last.Why != "idle" || last.By != nil {
			t.Errorf("the timeline tells %s of %+v", c.login, last)
		}
	}
	claim := seller.explained(gone, "claim", "")
	if claim.Allowed || !strings.Contains(says(claim, true), "刚离开您的客户要过一段时间才能再次领取(2026-05-11 09:00 起)") || !strings.Contains(says(claim, false), "you had this record a short while ago") {
		t.Errorf("the former owner is told of a claim: %s\n%s", says(claim, true), says(claim, false))
	}
	seller.do("POST", customers(gone)+"/claim", nil).is(429, "pool_cool_down")
	if claim := rival.explained(gone, "claim", ""); !claim.Allowed {
		t.Errorf("a colleague is told of a claim: %s", says(claim, true))
	}
	if !head.explained(gone, "assign", "").Allowed || head.explained(gone, "claim", "").Allowed {
		t.Error("the head assigns, and does not claim")
	}

	// What stays with its owner is no colleague's to see or ask about, and its owner has it as before.
	if it := into[item](seller.get(customers(kept)).must(200)); it.Fields["phone"] != "13800138000" || it.Fields["website"] == nil || !slices.Contains(it.Can, "edit") {
		t.Errorf("what stays: %+v", it)
	}
	same(t, rival.get(customers(kept)), rival.get(customers(987654321)))
	same(t, rival.get("/api/v1/explain?kind=customer&action=claim&id="+kept.String()), rival.get("/api/v1/explain?kind=customer&action=claim&id=987654321"))
}

// keepsRecord asks the audit log: a warning and an end are an entry each, of the program and of nobody.
func (b *branch) keepsRecord(ids map[string]policy.ID) {
	t := b.t
	t.Helper()
	for _, tale := range tales {
		want := len(tale.warned)
		if tale.comes != never {
			want++
		}
		if tale.name == "提醒后接手" {
			want++ // the one before was warned too
		}
		var got []store.AuditItem
		for _, it := range b.on("auditor").search(url.Values{"kind": {"customer"}, "record": {ids[tale.name].String()}}) {
			if it.Action == "recycled" {
				got = append(got, it)
			}
		}
		if len(got) != want {
			t.Errorf("%s has %d entries, not %d", tale.name, len(got), want)
		}
		for i, it := range got {
			taken := tale.comes != never && i == 0 // the newest
			if code := map[bool]string{true: rules[tale.city], false: "warned"}[taken]; it.Code != code {
				t.Errorf("%s, entry %d: it says %q, not %q", tale.name, i, it.Code, code)
			}
			if it.Job != "recycle" || it.Person != nil || it.Record.ID != ids[tale.name] || taken != (len(it.Fields) == 2) || taken && (it.Fields[0].Name != "owner" || it.Fields[1].Name != "pool") {
				t.Errorf("%s, entry %d: %+v", tale.name, i, it)
			}
		}
	}
}
