package httpapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// take puts the rules of templates in force for one person, over a draft that a second person confirms.
func (p *program) take(who policy.ID, templates ...string) {
	p.t.Helper()
	p.takeAs(who, func(map[string]any) {}, templates...)
}

// takeAs is take with what the administrator writes into the rules.
func (p *program) takeAs(who policy.ID, write func(rule map[string]any), templates ...string) {
	p.t.Helper()
	p.drafted(func(part templatePart, _ map[string]any) {
		part.Rule["who"] = map[string]any{"any": []any{map[string]any{"person": who.String()}}}
		write(part.Rule)
	}, templates...).must(200)
}

// templatePart is a rule of a template as it comes to the studio.
type templatePart struct {
	Rule        map[string]any
	Scene       map[string]string
	For, Except []string
}

// drafted takes the rules of templates into a draft and puts it in force.
func (p *program) drafted(write func(part templatePart, document map[string]any), templates ...string) *reply {
	p.t.Helper()
	all := into[ofItems[struct {
		ID    string
		Rules []templatePart
	}]](p.as("admin").get("/api/v1/policy/templates").must(200))
	return p.published(func(document map[string]any) {
		rules, _ := document["rules"].([]any)
		for _, name := range templates {
			for _, one := range all.Items {
				if one.ID != name {
					continue
				}
				for i, part := range one.Rules {
					part.Rule["id"], part.Rule["scene"] = fmt.Sprintf("%s_%d", name, i), part.Scene["zh"]
					write(part, document)
					rules = append(rules, part.Rule)
				}
			}
		}
		document["rules"] = rules
	})
}

// published changes the policy over a draft of the administrator's, which the boss confirms where that is asked
// for. The reply is the last one: that of the publication, or of what was refused.
func (p *program) published(change func(document map[string]any)) *reply {
	p.t.Helper()
	admin := p.as("admin")
	made := admin.post("/api/v1/policy/drafts", map[string]any{"name": "试行"}).must(201)
	path := "/api/v1/policy/drafts/" + into[store.PolicyDraft](made).ID.String()
	document := into[map[string]any](made)["document"].(map[string]any)
	change(document)
	admin.do("PATCH", path, map[string]any{"document": document}, "If-Match", `"1"`).must(200)
	done := admin.post(path+"/publish", map[string]any{"note": "试行"})
	if done.status == 200 && into[store.PolicyDraft](done).Published == 0 {
		return p.as("boss").do("POST", path+"/confirm", nil)
	}
	return done
}

// A ticket on site opens what the engineer needs, a risk review what its officer reviews; both close
// with their ticket.
func TestScenesOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		staff, boss := p.people["staff"], p.as("boss")
		p.take(staff, "on_site", "risk_review")
		add := func(kind string, fields map[string]any) string {
			return into[item](boss.post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)).ID.String()
		}
		customer := p.own.String()
		device := add("contract", map[string]any{"number": "HT-1", "customer": customer, "stage": "performing", "total": "9876543.21"})
		money := add("payment", map[string]any{"number": "HK-1", "contract": device, "customer": customer, "amount": "4321.00"})
		earlier := add("ticket", map[string]any{"subject": "上次保养", "customer": customer, "type": "maintenance", "stage": "closed", "solution": "换了密封圈"})
		engineer := p.as("staff")
		places := map[string]string{"customer": customer, "contract": device, "payment": money, "ticket": earlier}
		reads := func(kinds string) {
			t.Helper()
			for kind, id := range places {
				want := 404
				if strings.Contains(kinds, kind) {
					want = 200
				}
				if got := engineer.get("/api/v1/records/" + kind + "/" + id).status; got != want {
					t.Errorf("%s answers %d, not %d", kind, got, want)
				}
				if list := into[ofItems[item]](engineer.get("/api/v1/records/" + kind).must(200)).Items; len(list) > 0 != (want == 200) {
					t.Errorf("the list of %s has %d", kind, len(list))
				}
			}
		}
		move := func(id, stage string) {
			version := into[item](boss.get("/api/v1/records/ticket/" + id).must(200)).Version
			boss.do("PATCH", "/api/v1/records/ticket/"+id, map[string]any{"fields": map[string]any{"stage": stage}}, "If-Match", fmt.Sprint(version)).must(200)
		}
		reads("")
		visit := add("ticket", map[string]any{"subject": "锅炉不热", "customer": customer, "type": "repair", "stage": "assigned", "owner": staff.String()})
		reads("customer contract ticket")
		seen := string(engineer.get("/api/v1/records/customer/" + customer).body)
		if !strings.Contains(seen, "13800138000") || strings.Contains(seen, "1234567") {
			t.Errorf("on site the engineer sees %s", seen)
		}
		if !strings.Contains(string(engineer.get("/api/v1/records/ticket/"+earlier).body), "换了密封圈") {
			t.Error("the history does not say what was done")
		}
		move(visit, "resolved")
		reads("")
		review := add("ticket", map[string]any{"subject": "核查", "customer": customer, "tags": []string{"风险核查"}, "owner": staff.String()})
		reads("customer contract payment")
		if seen := string(engineer.get("/api/v1/records/contract/" + device).body); !strings.Contains(seen, "9876543.21") {
			t.Errorf("under review the officer sees %s", seen)
		}
		move(review, "closed")
		reads("")
	})
}

// A campaign opens a channel between two units for its dates: it opens and closes at its instants, and
// its end is brought forward at once, by who may, while to let it last is a new decision.
func TestCampaignOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		from := time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC) // midnight in China
		until := from.Add(72 * time.Hour)
		p.takeAs(p.people["rival"], func(rule map[string]any) {
			rule["from"], rule["until"] = from, until
			rule["where"] = map[string]any{"path": "units", "units": []string{p.east.String()}, "below": true}
		}, "campaign")
		rival := p.as("rival")
		opens := func(when string, want bool) {
			t.Helper()
			got := rival.get("/api/v1/records/customer/" + p.own.String())
			list := into[ofItems[item]](rival.get("/api/v1/records/customer").must(200)).Items
			listed := slices.ContainsFunc(list, func(x item) bool { return x.ID == p.own })
			if (got.status == 200) != want || listed != want || strings.Contains(string(got.body), "1234567") != want || strings.Contains(string(got.body), "13800138000") {
				t.Errorf("%s: answers %d, listed: %v: %s", when, got.status, listed, got.body)
			}
		}
		at := func(when string, to time.Time, want bool) {
			t.Helper()
			clock.set(to)
			rival = p.as("rival")
			opens(when, want)
		}
		at("just before it begins", from.Add(-time.Microsecond), false)
		at("at its beginning", from, true)

		admin := p.as("admin")
		const path = "/api/v1/policy/rules/campaign_0"
		rule := func() map[string]any {
			t.Helper()
			for _, w := range into[ofItems[map[string]any]](admin.get("/api/v1/policy/rules").must(200)).Items {
				if r := w["rule"].(map[string]any); r["id"] == "campaign_0" {
					delete(r, "id")
					delete(r, "origin")
					return r
				}
			}
			t.Fatal("the rule is gone")
			return nil
		}
		before := rule()
		// To let it last, or to open more with an earlier end, takes a draft and somebody else.
		later, wider := rule(), rule()
		later["until"] = until.Add(time.Hour)
		wider["until"], wider["where"] = until.Add(-time.Hour), map[string]any{"path": "all"}
		for _, r := range []map[string]any{later, wider} {
			admin.do("PUT", path, r).is(403, "needs_draft")
		}
		for _, c := range []struct {
			who    *client
			body   map[string]any
			status int
			code   string
		}{
			{p.as("head"), map[string]any{}, 403, "right"},
			{p.as("auditor"), map[string]any{}, 403, "right"},
			{admin, map[string]any{"until": until}, 400, "rule_ends"},
			{admin, map[string]any{"until": until.Add(time.Hour)}, 400, "rule_ends"},
			{admin, map[string]any{"until": clock.Now().Add(-time.Second)}, 400, "rule_ends"},
			{admin, map[string]any{"scene": "别的"}, 400, "body"},
		} {
			c.who.post(path+"/end", c.body).is(c.status, c.code)
		}
		admin.post("/api/v1/policy/rules/nothing/end", map[string]any{}).is(404, "rule")
		opens("after what was refused", true)
		if got := rule(); fmt.Sprint(got) != fmt.Sprint(before) {
			t.Errorf("what was refused changed it to %v", got)
		}

		direct := func() int {
			return strings.Count(string(p.as("auditor").get("/api/v1/policy/versions").must(200).body), `"origin":"direct"`)
		}
		made := direct()
		sooner := from.Add(24 * time.Hour)
		admin.post(path+"/end", map[string]any{"until": sooner}).must(200)
		after := rule()
		if after["until"] != sooner.Format(time.RFC3339) {
			t.Errorf("ends at %v, not %v", after["until"], sooner)
		}
		if after["until"] = before["until"]; fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("more changed than its end: %v, was %v", after, before)
		}
		at("just before the end brought forward", sooner.Add(-time.Microsecond), true)
		admin = p.as("admin")
		ended := into[store.WrittenRule](admin.post(path+"/end", map[string]any{}).must(200))
		clockOf := ended.Rule.Until.In(time.FixedZone("", 8*3600)).Format("2006-01-02 15:04:05")
		for _, said := range []string{ended.Sentence.ZH, ended.Sentence.EN} { // by the clock of the company, to the second
			if !strings.Contains(said, clockOf+" +08:00") || strings.Contains(said, clockOf+".") {
				t.Errorf("ended at %s, it is told as %s", ended.Rule.Until, said)
			}
		}
		opens("ended by hand", false)
		at("at the end brought forward", sooner, false)
		admin.post(path+"/end", map[string]any{}).is(400, "rule_ends")
		var told int
		for _, e := range into[ofItems[struct {
			Action string
			Person struct{ ID policy.ID }
		}]](p.as("auditor").get("/api/v1/audit/entries?limit=200").must(200)).Items {
			if e.Action == "policy_changed" && e.Person.ID == p.people["admin"] {
				told++
			}
		}
		if told != 2 {
			t.Errorf("the log tells of %d changes by the administrator, not 2", told)
		}
		if n := direct() - made; n != 2 {
			t.Errorf("%d versions came of it, not 2", n)
		}

		// Its second rule closes by itself, at its instant.
		contract := into[item](p.as("boss").post("/api/v1/records/contract", map[string]any{"fields": map[string]any{"number": "HT-9", "customer": p.own.String(), "owner": p.people["seller"].String(), "stage": "performing", "total": "100.00"}}).must(201)).ID.String()
		for _, c := range []struct {
			when time.Time
			want int
		}{{until.Add(-time.Microsecond), 200}, {until, 404}} {
			clock.set(c.when)
			if got := p.as("rival").get("/api/v1/records/contract/" + contract); got.status != c.want {
				t.Errorf("at %v the contract answers %d: %s", c.when, got.status, got.body)
			}
		}

		// The end of what forbids would open: that is for a draft.
		admin = p.as("admin")
		admin.do("PUT", "/api/v1/policy/rules/closed", map[string]any{"effect": "forbid", "who": map[string]any{"any": []any{map[string]any{"person": p.people["rival"].String()}}},
			"kind": "ticket", "actions": []string{"edit"}, "where": map[string]any{"path": "all"}, "scene": "盘点"}).must(200)
		admin.post("/api/v1/policy/rules/closed/end", map[string]any{}).is(409, "rule_forbids")
	})
}
