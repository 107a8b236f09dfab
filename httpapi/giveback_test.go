package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/grants"
	"guan/policy"
	"guan/records"
	"guan/store"
)

// way finds a rule among what somebody holds of a kind; an empty one when it is not there.
func way(x store.Access, kind policy.Kind, rule string) store.AccessWay {
	for _, k := range x.Kinds {
		for _, w := range k.Ways {
			if k.Kind == kind && w.Rule == rule {
				return w
			}
		}
	}
	return store.AccessWay{}
}

// rulesOf are the rules of all that somebody holds, kind by kind.
func rulesOf(x store.Access) (out []string) {
	for _, k := range x.Kinds {
		for _, w := range k.Ways {
			out = append(out, string(k.Kind)+" "+w.Rule)
		}
	}
	return out
}

func (c *client) access(login string) store.Access {
	c.p.t.Helper()
	path := "/api/v1/access"
	if login != "" {
		path += "?person=" + c.p.people[login].String()
	}
	return into[store.Access](c.get(path).must(200))
}

// reached wants that the customer of this name is found in each way in which records are read, or in none.
func (c *client) reached(when string, id policy.ID, name string, want bool) {
	c.p.t.Helper()
	status, n := 404, 0
	if want {
		status, n = 200, 1
	}
	for _, path := range []string{customers(id), customers(id) + "/timeline", "/api/v1/explain?kind=customer&id=" + id.String()} {
		if got := c.get(path); got.status != status {
			c.p.t.Errorf("%s: %s answers %s by %d: %.200s", when, path, c.login, got.status, got.body)
		}
	}
	word := url.QueryEscape(name)
	for _, path := range []string{"/api/v1/records/customer", "/api/v1/records/customer?q=" + word, "/api/v1/search?q=" + word} {
		if got := c.get(path).must(200); strings.Contains(string(got.body), id.String()) != want {
			c.p.t.Errorf("%s: %s tells %s: %.200s", when, path, c.login, got.body)
		}
	}
	filter := url.QueryEscape(fmt.Sprintf("r.name == %q", name))
	if got := into[struct{ Total struct{ Count int } }](c.get("/api/v1/records/customer?count=capped&filter=" + filter).must(200)).Total.Count; got != n {
		c.p.t.Errorf("%s: %s counts %d of %s", when, c.login, got, name)
	}
}

// Everybody sees what they hold: by a pack, a rule, a grant, a sandbox, a collaboration; whence, and until when. What
// was given for a time they give back, and with that it is over on every way. Their head is told the same, and who
// administers or audits; nobody else is.
func TestGivingBackOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on, now, rival := p.shift(clock), clock.Now(), p.people["rival"]
		boxed := into[item](on("boss").post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "南山沙箱客户"}}).must(201)).ID
		general := []any{map[string]any{"class": "general", "level": "plain"}}
		on("seller").post(customers(p.own)+"/team", map[string]any{"person": rival.String(), "until": now.Add(time.Hour)}).must(204)
		given := into[store.Grant](on("boss").post("/api/v1/grants", map[string]any{"receiver": rival.String(), "kind": "customer", "records": []string{p.other.String()},
			"actions": []string{"read"}, "fields": general, "until": now.Add(2 * time.Hour), "purpose": "对账"}).must(201))
		box := into[store.Sandbox](on("boss").post("/api/v1/sandboxes", map[string]any{"title": "南山方案", "purpose": "联合方案", "until": now.Add(3 * time.Hour),
			"members": []any{map[string]any{"person": rival.String(), "mode": "view"}},
			"shares":  []any{map[string]any{"kind": "customer", "records": []string{boxed.String()}, "actions": []string{"read"}, "fields": general}}}).must(201))
		lent := on("boss").post("/api/v1/policy/assignments", map[string]any{"pack": "observer", "who": map[string]any{"person": rival.String()}, "until": now.Add(4 * time.Hour)}).must(201)
		on("admin").do("PUT", "/api/v1/policy/rules/campus", map[string]any{"effect": "permit", "kind": "contact", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "校园活动",
			"who": map[string]any{"any": []any{map[string]any{"unit": p.west.String()}}}, "until": now.Add(5 * time.Hour), "fields": general}).must(200)
		into[struct{ ID policy.ID }](lent)

		mine := on("rival").access("")
		if mine.Person.Name != "姓rival" || len(mine.Posts) != 1 || mine.Posts[0].Unit.Name != "西区" || mine.Posts[0].Head {
			t.Errorf("%+v", mine)
		}
		if len(mine.Grants) != 1 || mine.Grants[0].Giver.Name != "姓boss" || mine.Grants[0].Titles[0].Title != "北辰集团" || !mine.Grants[0].Until.Equal(now.Add(2*time.Hour)) || !slices.Equal(mine.Grants[0].Can, []string{"give_back"}) {
			t.Errorf("%+v", mine.Grants)
		}
		if len(mine.Boxes) != 1 || mine.Boxes[0].Title != "南山方案" || mine.Boxes[0].Sponsor.Name != "姓boss" || mine.Boxes[0].Mode != grants.View || !mine.Boxes[0].Until.Equal(now.Add(3*time.Hour)) {
			t.Errorf("%+v", mine.Boxes)
		}
		if len(mine.Teams) != 1 || mine.Teams[0].Title != "关山贸易" || mine.Teams[0].Record != p.own || !mine.Teams[0].Until.Equal(now.Add(time.Hour)) {
			t.Errorf("%+v", mine.Teams)
		}
		for _, c := range []struct {
			kind         policy.Kind
			rule, origin string
			hangs        string
			until        time.Duration
			zh, en       string
		}{
			{"customer", "sales/customer/own", "pack", "person", 0, "销售", "Sales"},
			{"customer", "grant/" + given.ID.String(), "grant", "person", 2 * time.Hour, "姓boss", "姓boss"},
			{"contact", "sharing/campus", "sharing", "unit", 5 * time.Hour, "", ""},
		} {
			w := way(mine, c.kind, c.rule)
			if w.Origin.Type != c.origin || len(w.Holds) != 1 || w.Holds[0].Type != c.hangs || w.Sentence.ZH == "" || w.Sentence.EN == "" || !strings.Contains(w.From.ZH, c.zh) || !strings.Contains(w.From.EN, c.en) ||
				(c.until == 0) != (w.Until == nil) || w.Until != nil && !w.Until.Equal(now.Add(c.until)) {
				t.Errorf("%s: %+v", c.rule, w)
			}
		}
		boxes, packs := 0, 0
		for _, k := range mine.Kinds {
			for _, w := range k.Ways {
				if w.Origin.Type == "sandbox" {
					if boxes++; !w.Until.Equal(now.Add(3*time.Hour)) || !strings.Contains(w.From.ZH, "南山方案") {
						t.Errorf("%+v", w)
					}
				}
				if strings.HasPrefix(w.Rule, "observer/") {
					if packs++; w.Until == nil || !w.Until.Equal(now.Add(4*time.Hour)) {
						t.Errorf("%+v", w)
					}
				}
			}
		}
		if boxes != 1 || packs == 0 {
			t.Errorf("%d rules of the sandbox, %d of the pack", boxes, packs)
		}
		if none := on("staff").access(""); way(none, "customer", "sales/customer/own").Rule != "" || len(none.Grants)+len(none.Boxes)+len(none.Teams) != 0 || len(none.Kinds) == 0 {
			t.Errorf("staff holds %q", rulesOf(none))
		}

		// Their head, and who administers or audits, read the same; nobody else does, and nobody of those above.
		for _, who := range []string{"head", "boss", "admin", "auditor"} {
			seen := on(who).access("rival")
			if !slices.Equal(rulesOf(seen), rulesOf(mine)) || len(seen.Grants) != 1 || seen.Grants[0].Giver.Name != "姓boss" || len(seen.Boxes) != 1 || len(seen.Teams) != 1 {
				t.Errorf("%s is told %q, %+v, %+v, %+v", who, rulesOf(seen), seen.Grants, seen.Boxes, seen.Teams)
			}
			if told := len(seen.Grants[0].Records) > 0; told == (who == "head") || who == "head" && len(seen.Grants[0].Titles) > 0 {
				t.Errorf("%s is told which records were lent: %v", who, seen.Grants[0])
			}
			if slices.Contains(seen.Grants[0].Can, "give_back") {
				t.Errorf("%s may give back what is not theirs", who)
			}
		}
		if seen := string(on("head").get("/api/v1/access?person=" + rival.String()).must(200).body); strings.Contains(seen, "北辰") || strings.Contains(seen, p.other.String()) || strings.Contains(seen, boxed.String()) || strings.Contains(seen, "南山沙箱客户") {
			t.Error("their head is told of what they do not see")
		}
		// Which records were lent is between the two, and so it is for them that it is counted.
		for who, word := range map[string][2]string{"rival": {"指定的 1 条客户", "1 named of"}, "boss": {"指定的 1 条客户", "1 named of"}, "admin": {"指定的 1 条客户", "1 named of"}, "head": {"部分客户", "some customers"}} {
			seen := on(who).access("rival")
			for _, said := range []records.Label{way(seen, "customer", "grant/"+given.ID.String()).Sentence, seen.Grants[0].Sentence} {
				if !strings.Contains(said.ZH, word[0]) || !strings.Contains(said.EN, word[1]) || strings.Contains(said.ZH, "全部") || strings.Contains(said.ZH, "#") {
					t.Errorf("%s is told %+v", who, said)
				}
			}
		}
		for _, c := range [][2]string{{"head", "boss"}, {"head", "staff"}, {"seller", "rival"}, {"seller", "head"}, {"staff", "rival"}} {
			on(c[0]).get("/api/v1/access?person="+p.people[c[1]].String()).is(403, "right")
		}
		log := on("auditor").search(url.Values{"kind": {"person"}, "record": {rival.String()}})
		for _, who := range []string{"rival", "head", "boss", "admin", "auditor"} {
			if got := acts(log, p.people[who]); !slices.Contains(got, "explain") {
				t.Errorf("of %s looking the auditor finds %q", who, got)
			}
		}
		if got := acts(log, p.people["seller"]); len(got) != 0 {
			t.Errorf("of the seller, who was refused, it says %q", got)
		}

		// Nobody takes it back but who gave it, who holds it, and who administers.
		for _, c := range []struct {
			who, path string
			status    int
		}{
			{"head", "/api/v1/grants/" + given.ID.String(), 404}, {"seller", "/api/v1/grants/" + given.ID.String(), 404}, {"auditor", "/api/v1/grants/" + given.ID.String(), 403},
			{"seller", "/api/v1/sandboxes/" + box.ID.String() + "/members/" + rival.String(), 404}, {"staff", customers(p.own) + "/team/" + rival.String(), 404},
		} {
			on(c.who).do("DELETE", c.path, nil).must(c.status)
		}
		// What comes of a pack is not theirs to give back.
		on("rival").do("DELETE", "/api/v1/policy/assignments/"+into[struct{ ID policy.ID }](lent).ID.String(), nil).is(403, "right")

		held := []struct {
			what, name, path string
			id               policy.ID
		}{
			{"the grant", "北辰集团", "/api/v1/grants/" + given.ID.String(), p.other},
			{"the sandbox", "南山沙箱客户", "/api/v1/sandboxes/" + box.ID.String() + "/members/" + rival.String(), boxed},
			{"the collaboration", "关山贸易", customers(p.own) + "/team/" + rival.String(), p.own},
		}
		for i, h := range held {
			on("rival").reached("before "+h.what+" is given back", h.id, h.name, true)
			if got := on("rival").do("DELETE", h.path, nil); got.status != 200 && got.status != 204 {
				t.Fatalf("%s: %d %s", h.what, got.status, got.body)
			}
			on("rival").reached(h.what+" given back", h.id, h.name, false)
			for _, left := range held[i+1:] {
				on("rival").reached(h.what+" given back, "+left.what+" is left", left.id, left.name, true)
			}
			left := on("rival").access("")
			if len(left.Grants)+len(left.Boxes)+len(left.Teams) != len(held)-i-1 {
				t.Errorf("%s given back, they hold %+v, %+v, %+v", h.what, left.Grants, left.Boxes, left.Teams)
			}
			if again := on("rival").do("DELETE", h.path, nil); again.status != 404 && again.status != 409 {
				t.Errorf("%s is given back twice: %d", h.what, again.status)
			}
		}
		if left := on("rival").access(""); way(left, "customer", "grant/"+given.ID.String()).Rule != "" || way(left, "customer", "sales/customer/own").Rule == "" || way(left, "contact", "sharing/campus").Rule == "" {
			t.Errorf("what is left is %q", rulesOf(left))
		}
		p.notified(on, "sandbox_left", map[string]int{"boss": 1})
		access := on("auditor").search(url.Values{"person": {rival.String()}, "group": {"access"}})
		if got := acts(access, rival); !slices.Contains(got, "grant_revoked") || !slices.Contains(got, "sandbox_changed") {
			t.Errorf("of giving back the auditor finds %q", got)
		}
		// What ends by itself ends here too.
		clock.set(now.Add(5*time.Hour - time.Microsecond))
		if left := on("rival").access(""); way(left, "contact", "sharing/campus").Rule == "" || slices.ContainsFunc(rulesOf(left), func(r string) bool { return strings.Contains(r, " observer/") }) {
			t.Errorf("the instant before its end it is %q", rulesOf(left))
		}
		clock.set(now.Add(5 * time.Hour))
		if left := on("rival").access(""); way(left, "contact", "sharing/campus").Rule != "" {
			t.Errorf("at its end it is %q", rulesOf(left))
		}
	})
}

// What somebody was brought onto they give back also before it begins, and when a rule keeps the record from them.
func TestWhatIsNotYetOpenIsGivenBack(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on, rival, from := p.shift(clock), p.people["rival"].String(), clock.Now().Add(time.Hour)
		team := customers(p.own) + "/team/" + rival
		missing := on("rival").do("DELETE", customers(999_999_999)+"/team/"+rival, nil).is(404, "record")
		if got := on("rival").do("DELETE", team, nil).is(404, "record"); string(withoutID(got)) != string(withoutID(missing)) {
			t.Errorf("%s is not %s", got.body, missing.body)
		}
		on("seller").post(customers(p.own)+"/team", map[string]any{"person": rival, "from": from, "until": from.Add(time.Hour)}).must(204)
		mine := on("rival").access("")
		if len(mine.Teams) != 1 || mine.Teams[0].Title != "" || !mine.Teams[0].From.Equal(from) {
			t.Errorf("%+v", mine.Teams)
		}
		on("rival").do("DELETE", team, nil).must(204)
		if left := on("rival").access("").Teams; len(left) != 0 {
			t.Errorf("%+v", left)
		}
		clock.set(from)
		on("rival").reached("when it would have begun", p.own, "关山贸易", false)

		on("seller").post(customers(p.own)+"/team", map[string]any{"person": rival}).must(204)
		on("admin").do("PUT", "/api/v1/policy/rules/closed", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "另案处理",
			"who":  map[string]any{"any": []any{map[string]any{"person": rival}}},
			"when": map[string]any{"op": "eq", "field": "name", "value": map[string]any{"text": "关山贸易"}}}).must(200)
		on("rival").do("DELETE", team, nil).must(204)
		on("admin").do("DELETE", "/api/v1/policy/rules/closed", nil).must(204)
		on("rival").reached("the rule gone again", p.own, "关山贸易", false)
		if got := acts(on("auditor").search(url.Values{"kind": {"customer"}, "record": {p.own.String()}, "person": {rival}, "group": {"edits"}}), p.people["rival"]); len(got) != 2 {
			t.Errorf("of both the auditor finds %q", got)
		}
	})
}
