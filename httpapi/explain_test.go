package httpapi_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// why asks why the record is open, and returns the reason of the origin.
func (c *client) why(origin, kind string, id policy.ID, more ...string) store.Reason {
	c.p.t.Helper()
	q := url.Values{"kind": {kind}, "id": {id.String()}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	e := into[store.Explanation](c.get("/api/v1/explain?" + q.Encode()).must(200))
	all := slices.Concat(e.Permits, e.Missing)
	i := slices.IndexFunc(all, func(r store.Reason) bool { return r.Origin.Type == origin })
	if i < 0 {
		c.p.t.Fatalf("nothing of %s among %+v", origin, all)
	}
	return all[i]
}

// Of whatever is opened for a purpose the explanation says, in both languages, who gave it to whom,
// what it opens, for how long by the clock of the company, and what for; and of other records, which
// it names too, nothing.
func TestWhatIsGivenIsExplainedInWords(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		boss, staff := p.as("boss"), p.as("staff")
		says := func(what string, r store.Reason, zh, en []string) {
			t.Helper()
			for _, c := range []struct {
				text  string
				words []string
			}{{r.Sentence.ZH, zh}, {r.Sentence.EN, en}} {
				for _, w := range c.words {
					if !strings.Contains(c.text, w) {
						t.Errorf("%s: %q does not say %q", what, c.text, w)
					}
				}
				for _, bad := range []string{"#", "09:00", p.colleagues.String(), "西岭"} {
					if strings.Contains(c.text, bad) {
						t.Errorf("%s: %q says %q", what, c.text, bad)
					}
				}
			}
		}
		general := []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "contact", "level": "plain"}}
		until := clock.Now().Add(17*time.Hour + 30*time.Minute)
		lent := boss.post("/api/v1/grants", map[string]any{"receiver": p.people["staff"].String(), "kind": "customer", "records": []string{p.own.String(), p.colleagues.String()},
			"actions": []string{"read", "edit"}, "fields": general, "until": until, "purpose": "双十一复核", "give_on": true}).must(201)
		g := staff.why("grant", "customer", p.own)
		says("a grant", g,
			[]string{"姓boss授权姓staff，可以查看、编辑这条客户", "联系方式可见", "2026-03-02 17:00 至 2026-03-03 10:30（北京时间）", "用于：双十一复核"},
			[]string{"姓boss lets 姓staff see and edit this customer", "contact details visible", "from 2026-03-02 17:00 to 2026-03-03 10:30 (UTC+8)", "for: 双十一复核"})
		if g.Given == nil || g.Given.By.Name != "姓boss" || g.Given.To.Name != "姓staff" || !g.Given.From.Equal(clock.Now()) || !g.Given.Until.Equal(until) || !strings.Contains(g.From.ZH, "姓boss") {
			t.Errorf("a grant is given as %+v, from %q", g.Given, g.From.ZH)
		}
		// Who may know of all of it is told how many records there are.
		if of := p.as("admin").why("grant", "customer", p.other, "person", p.people["staff"].String()); !strings.Contains(of.Sentence.ZH, "指定的 2 条客户") || !strings.Contains(of.Sentence.EN, "2 named of customers") {
			t.Errorf("of another record it is said: %+v", of.Sentence)
		}
		staff.post("/api/v1/grants", map[string]any{"receiver": p.people["rival"].String(), "kind": "customer", "records": []string{p.own.String()},
			"actions": []string{"read"}, "fields": general, "until": clock.Now().Add(time.Hour), "purpose": "请同事看看", "parent": into[made](lent).ID.String()}).must(201)
		says("what was given on", p.as("rival").why("grant", "customer", p.own),
			[]string{"姓staff转授姓rival，可以查看这条客户", "2026-03-02 17:00 至 2026-03-02 18:00（北京时间）", "请同事看看"}, []string{"姓staff, to whom it was lent, lets 姓rival see this customer"})

		contact := into[item](boss.post("/api/v1/records/contact", map[string]any{"fields": map[string]any{"name": "周舟", "customer": p.own.String()}}).must(201)).ID
		boss.post("/api/v1/sandboxes", map[string]any{"title": "华东方案", "purpose": "联合方案", "until": clock.Now().Add(2 * time.Hour),
			"members": []any{map[string]any{"person": p.people["staff"].String(), "mode": "view"}, map[string]any{"person": p.people["rival"].String(), "mode": "view"}},
			"shares":  []any{map[string]any{"kind": "customer", "records": []string{p.own.String(), p.colleagues.String()}, "actions": []string{"read"}, "fields": general, "along": []string{"contacts"}}},
		}).must(201)
		box := staff.why("sandbox", "customer", p.own)
		says("a sandbox", box, []string{"姓boss在沙箱“华东方案”中让姓staff可以查看这条客户", "2026-03-02 17:00 至 2026-03-02 19:00（北京时间）", "用于：联合方案"},
			[]string{"姓boss, in the sandbox “华东方案”, lets 姓staff see this customer"})
		if strings.Contains(box.Sentence.ZH, "rival") {
			t.Errorf("to one member the others are named: %q", box.Sentence.ZH)
		}
		says("what goes along", staff.why("sandbox", "contact", contact), []string{"让姓staff可以查看随客户一并开放的联系人"}, []string{"see contacts that belong to a customer lent with them"})

		p.as("head").post("/api/v1/emergencies", glass(p.other)).must(201)
		says("an emergency", p.as("head").why("emergency", "customer", p.other), []string{"姓head紧急打开，可以查看这条客户", "2026-03-02 17:00 至 2026-03-02 17:10（北京时间）", "用于：客户设备起火"},
			[]string{"姓head opened it in an emergency, to see this customer", "(UTC+8)"})

		p.as("admin").do("PUT", "/api/v1/policy/rules/summer", map[string]any{"effect": "permit", "who": map[string]any{"any": []any{map[string]any{"person": p.people["staff"].String()}}},
			"kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "fields": []any{map[string]any{"class": "general", "level": "plain"}},
			"from": clock.Now(), "until": clock.Now().Add(31 * time.Hour), "scene": "大促期间互看"}).must(200)
		says("a rule with a window", staff.why("sharing", "customer", p.own), []string{"自 2026-03-02 17:00 +08:00", "至 2026-03-03 +08:00", "大促期间互看"}, []string{"2026-03-02 17:00 +08:00"})

		// Somebody who edits the record is told who reads it by what, and not who else is in the sandbox.
		found := into[store.WhoCan](p.as("seller").get("/api/v1/who-can?kind=customer&id=" + p.own.String()).must(200))
		i := slices.IndexFunc(found.Items, func(h store.Holder) bool { return h.Person.ID == p.people["staff"] })
		if i < 0 {
			t.Fatalf("who can read it: %+v", found.Items)
		}
		for _, r := range found.Items[i].Reasons {
			if strings.Contains(r.Sentence.ZH, "rival") || strings.Contains(r.Sentence.ZH, "#") {
				t.Errorf("the owner is told %q", r.Sentence.ZH)
			}
		}
		// After its instant the grant is no reason any more.
		clock.set(until)
		if e := into[store.Explanation](staff.get("/api/v1/explain?kind=customer&id=" + p.own.String())); slices.ContainsFunc(e.Permits, func(r store.Reason) bool { return r.Origin.Type == "grant" }) {
			t.Errorf("what has ended opens still: %+v", e.Permits)
		}
	})
}
