package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/grants"
	"guan/policy"
	"guan/store"
)

// lends is a grant of general fields of customers for some hours.
func (p *program) lends(clock *handClock, to string, hours int, records ...policy.ID) map[string]any {
	ids := []string{}
	for _, id := range records {
		ids = append(ids, id.String())
	}
	g := map[string]any{"receiver": p.people[to].String(), "kind": "customer", "actions": []string{"read"}, "fields": []any{map[string]any{"class": "general", "level": "plain"}},
		"until": clock.Now().Add(time.Duration(hours) * time.Hour), "purpose": "休假代班"}
	if len(ids) > 0 {
		g["records"] = ids
	}
	return g
}

// with is a body with more in it.
func with(body map[string]any, more ...any) map[string]any {
	out := map[string]any{}
	for name, value := range body {
		out[name] = value
	}
	for i := 0; i+1 < len(more); i += 2 {
		out[fmt.Sprint(more[i])] = more[i+1]
	}
	return out
}

// finds wants that somebody finds exactly these of the customers, on their pages and in the list.
func (c *client) finds(when string, want ...policy.ID) {
	c.p.t.Helper()
	var got []policy.ID
	for _, it := range into[ofItems[item]](c.get("/api/v1/records/customer").must(200)).Items {
		got = append(got, it.ID)
		c.get(customers(it.ID)).must(200)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		c.p.t.Errorf("%s: %s finds %v, not %v", when, c.login, got, want)
	}
}

// Access that is lent: never more than its giver has, given on within what was lent, of records that were chosen or
// that come and go with the data, longer by a new decision alone, and over with the commit of who takes or gives it
// back.
func TestGrantsOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		add := func(name, city string) policy.ID {
			return into[item](on("seller").post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": name, "city": city, "phone": "13800138000"}}).must(201)).ID
		}
		east, west := add("授权东店", "苏州"), add("授权西店", "无锡")
		lend := func(who string, g map[string]any) store.Grant {
			t.Helper()
			return into[store.Grant](on(who).post("/api/v1/grants", g).must(201))
		}
		take := func(who string, g store.Grant) store.Grant {
			t.Helper()
			return into[store.Grant](on(who).do("DELETE", "/api/v1/grants/"+g.ID.String(), nil).must(200))
		}

		// What the giver has not got is not given; and a plan gives nothing.
		all := []any{map[string]any{"class": "*", "level": "plain", "edit": true}}
		for _, c := range []struct {
			who    string
			g      map[string]any
			status int
			code   string
		}{
			{"seller", p.lends(clock, "staff", 1, east, p.colleagues), 404, "record"},
			{"seller", p.lends(clock, "staff", 1, east, 999_999_999), 404, "record"},
			{"seller", with(p.lends(clock, "staff", 1, east), "actions", []string{"read", "delete"}), 403, "grant_more"},
			{"seller", p.lends(clock, "seller", 1, east), 400, "grant"},
			{"seller", with(p.lends(clock, "staff", 1, east), "purpose", ""), 400, "grant"},
			{"seller", p.lends(clock, "staff", 0, east), 400, "grant"},
			{"staff", p.lends(clock, "rival", 1, east), 404, "kind"}, // who has nothing of the kind is told of it no more than of its records,
		} {
			on(c.who).post("/api/v1/grants", c.g).is(c.status, c.code)
		}
		plan := into[store.GrantPlan](on("seller").post("/api/v1/grants/plan", with(p.lends(clock, "staff", 1, east), "fields", all, "actions", []string{"read", "edit"})).must(200))
		if plan.Records != 1 || !plan.Less || plan.Sentence.ZH == "" || plan.Sentence.EN == "" {
			t.Errorf("%+v", plan)
		}
		on("staff").finds("planned")
		given := lend("seller", with(p.lends(clock, "staff", 1, east), "fields", all, "actions", []string{"read", "edit"}))
		type shown struct {
			Fields   map[string]any
			Masked   map[string]string
			Editable []string
		}
		has, theirs := into[shown](on("staff").get(customers(east)).must(200)), into[shown](on("seller").get(customers(east)).must(200))
		for name := range has.Fields {
			if _, plain := theirs.Fields[name]; !plain {
				t.Errorf("%s came over, which its giver does not see", name)
			}
		}
		for _, name := range has.Editable {
			if !slices.Contains(theirs.Editable, name) {
				t.Errorf("%s may be set, which its giver may not", name)
			}
		}
		if has.Fields["phone"] != "13800138000" || len(has.Masked) == 0 {
			t.Errorf("%+v", has)
		}
		on("staff").post("/api/v1/grants", p.lends(clock, "rival", 1, east)).is(403, "grant_more") // lent, and not to be given on
		on("rival").do("DELETE", "/api/v1/grants/"+given.ID.String(), nil).is(404, "grant")
		if got := take("seller", given); got.State != grants.Revoked || len(got.Can) != 0 && slices.Contains(got.Can, "revoke") {
			t.Errorf("%+v", got)
		}
		on("staff").finds("taken back")
		on("seller").do("DELETE", "/api/v1/grants/"+given.ID.String(), nil).is(409, "grant_ended")

		// Given on: within it, no longer, and over with the first of the line.
		clock.advance(time.Minute)
		root := lend("seller", with(p.lends(clock, "staff", 10, east, west), "give_on", true))
		next := func(g map[string]any) map[string]any { return with(g, "parent", root.ID.String()) }
		on("staff").post("/api/v1/grants", next(p.lends(clock, "rival", 11, east))).is(400, "grant_outlives")
		on("staff").post("/api/v1/grants", next(with(p.lends(clock, "rival", 1, east), "actions", []string{"read", "edit"}))).is(403, "grant_more")
		on("rival").post("/api/v1/grants", next(p.lends(clock, "head", 1, east))).is(404, "grant")
		second := lend("staff", next(with(p.lends(clock, "rival", 10, east), "fields", all)))
		on("rival").finds("given on", p.colleagues, east)
		if got := into[shown](on("rival").get(customers(east)).must(200)); got.Fields["phone"] != nil {
			t.Errorf("more was given on than was lent: %+v", got.Fields)
		}
		take("seller", root)
		on("rival").finds("the first was taken back", p.colleagues)
		on("staff").finds("the first was taken back")
		if list := into[ofItems[store.Grant]](on("rival").get("/api/v1/grants").must(200)).Items; len(list) != 1 || list[0].ID != second.ID || list[0].State != grants.Revoked || list[0].Parent != root.ID {
			t.Errorf("%+v", list)
		}

		// Chosen by a condition: those that there were, or those that there are.
		clock.advance(time.Minute)
		choose := func(moving bool) map[string]any {
			return with(p.lends(clock, "staff", 1), "choose", map[string]any{"filter": `r.city == "苏州"`, "moving": moving})
		}
		moves := func(id policy.ID, city string) { on("seller").changes("customer", id, "city", city) }
		fixed := lend("seller", choose(false))
		if len(fixed.Records) != 1 || fixed.When != nil {
			t.Errorf("%+v", fixed)
		}
		moves(west, "苏州")
		moves(east, "南京")
		on("staff").finds("as it was", east)
		take("seller", fixed)
		moving := lend("seller", choose(true))
		on("staff").finds("as it is", west)
		moves(east, "苏州")
		on("staff").finds("it came", east, west)
		on("head").do("POST", customers(west)+"/transfer", map[string]any{"to": p.people["rival"].String()}, "If-Match", on("head").version("customer", west)).must(200)
		on("staff").finds("it left the hands of the giver", east)
		moves(east, "无锡")
		on("staff").finds("it went")
		take("staff", moving) // given back
		if got := into[ofItems[store.Grant]](on("seller").get("/api/v1/grants?person=" + p.people["staff"].String()).must(200)).Items; got[0].ID != moving.ID || got[0].State != grants.Revoked || got[0].RevokedAt == nil {
			t.Errorf("%+v", got[0])
		}

		// Longer is a new decision: of its giver, and asked again.
		clock.advance(time.Minute)
		first := lend("seller", p.lends(clock, "staff", 1, east))
		extend := func(who string, g store.Grant, hours int) *reply {
			return on(who).post("/api/v1/grants/"+g.ID.String()+"/extend", map[string]any{"until": g.Until.Add(time.Duration(hours) * time.Hour), "purpose": "还没跟完"})
		}
		extend("staff", first, 1).is(403, "grant_extend")
		extend("rival", first, 1).is(404, "grant")
		longer := into[store.Grant](extend("seller", first, 1).must(201))
		if longer.ID == first.ID || longer.Extends != first.ID || !longer.From.Equal(first.Until) || longer.State != grants.Pending {
			t.Errorf("%+v", longer)
		}
		clock.set(first.Until)
		on("staff").finds("in its longer part", east)
		clock.set(longer.Until.Add(-time.Microsecond))
		on("staff").finds("the last instant", east)
		clock.set(longer.Until)
		on("staff").finds("at its end")
		on("head").do("POST", customers(east)+"/transfer", map[string]any{"to": p.people["rival"].String()}, "If-Match", on("head").version("customer", east)).must(200)
		extend("seller", longer, 1).is(404, "record")

		log := on("auditor").search(url.Values{"group": {"access"}})
		log = slices.DeleteFunc(log, func(it store.AuditItem) bool { return it.Action != "grant_given" && it.Action != "grant_revoked" })
		slices.Reverse(log)
		var did []string
		for _, it := range log {
			did = append(did, strings.TrimPrefix(it.Person.Name, "姓")+" "+strings.TrimPrefix(it.Action, "grant_"))
		}
		want := []string{"seller given", "seller revoked", "seller given", "staff given", "seller revoked", "seller given", "seller revoked", "seller given", "staff revoked", "seller given", "seller given"}
		if !slices.Equal(did, want) {
			t.Errorf("the auditor finds %q", did)
		}
	})
}

// A grant for one view is used up by it: of many at once one has it, every other way knows nothing of the record, and
// the log names the view.
func TestGrantForOneViewOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		g := with(p.lends(clock, "staff", 2, p.own), "once", true, "from", clock.Now().Add(time.Hour), "fields", []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "contact", "level": "plain"}})
		on("seller").post("/api/v1/grants", with(g, "give_on", true)).is(400, "grant")
		on("seller").post("/api/v1/grants", with(g, "actions", []string{"read", "export"})).is(400, "grant")
		made := into[store.Grant](on("seller").post("/api/v1/grants", g).must(201))
		path := "/api/v1/grants/" + made.ID.String() + "/view"
		unseen := func(when string) {
			t.Helper()
			on("staff").finds(when)
			for _, way := range []string{customers(p.own), customers(p.own) + "/timeline", "/api/v1/explain?kind=customer&id=" + p.own.String()} {
				on("staff").get(way).must(404)
			}
			if found := on("staff").get("/api/v1/search?q=" + url.QueryEscape("关山")).must(200); strings.Contains(string(found.body), "关山") {
				t.Errorf("%s: %s", when, found.body)
			}
		}
		on("staff").post(path, nil).is(409, "grant_pending")
		clock.advance(time.Hour)
		unseen("before the view")
		on("rival").post(path, nil).is(404, "grant")
		on("seller").post(path, nil).is(404, "grant")
		staff := on("staff")
		var mu sync.Mutex
		var all sync.WaitGroup
		shown, late := 0, 0
		for range 8 {
			all.Go(func() {
				got := staff.post(path, nil)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case got.status == 200 && strings.Contains(string(got.body), "13800138000") && !strings.Contains(string(got.body), "1234567"):
					shown++
				case got.status == 409 && got.problem().Code == "grant_used":
					late++
				}
			})
		}
		all.Wait()
		if shown != 1 || late != 7 {
			t.Errorf("%d views of 8, and %d came too late", shown, late)
		}
		unseen("after the view")
		if used := into[ofItems[store.Grant]](on("seller").get("/api/v1/grants").must(200)).Items[0]; used.State != grants.Used || used.UsedAt == nil || !used.UsedAt.Equal(clock.Now()) {
			t.Errorf("%+v", used)
		}
		seen := slices.DeleteFunc(on("auditor").search(url.Values{"kind": {"customer"}, "record": {p.own.String()}, "group": {"reads"}}), func(it store.AuditItem) bool {
			return it.Action != "read" || it.Person == nil || it.Person.ID != p.people["staff"]
		})
		if len(seen) != 1 || !slices.ContainsFunc(seen[0].Fields, func(f store.AskedField) bool { return f.Name == "phone" }) {
			t.Errorf("the auditor finds %+v", seen)
		}
	})
}
