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

// One click calls a colleague in on one customer or ticket, for so many hours, by who has it by rules of their own:
// whose it is, and who heads them. Who is called in sees and does there what who called has, and nothing beside it;
// they are told, it is explained and in the log, and at its instant it is over.
func TestCallingInOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on, began := p.shift(clock), clock.Now()
		until := began.Add(4 * time.Hour)
		calls := func(who, whom, kind string, id policy.ID) *reply {
			t.Helper()
			return on(who).post("/api/v1/grants", map[string]any{"receiver": p.people[whom].String(), "kind": kind, "records": []string{id.String()}, "actions": []string{"read", "edit"},
				"fields": []any{map[string]any{"class": "*", "level": "plain", "edit": true}}, "until": until, "purpose": "姓" + who + "请求支援"})
		}
		ticket := on("boss").hangs("ticket", p.own, map[string]any{"subject": "锅炉漏水", "owner": p.people["seller"].String(), "unit": p.east.String()})
		other := on("boss").hangs("ticket", p.own, map[string]any{"subject": "另一张", "owner": p.people["seller"].String(), "unit": p.east.String()})
		places := map[string]policy.ID{"customer": p.own, "ticket": ticket}
		at := func(kind string, id policy.ID) string { return "/api/v1/records/" + kind + "/" + id.String() }
		on("boss").changes("customer", p.own, "id_number", "11010519491231002X")

		// Who does not have it, or has it only because somebody let them in, calls nobody.
		on("seller").post(customers(p.own)+"/team", map[string]any{"person": p.people["rival"].String(), "until": until}).must(204)
		for _, c := range []struct {
			who    string
			kind   string
			status int
			code   string
		}{
			{"rival", "customer", 403, "grant_more"},   // as a collaborator
			{"auditor", "customer", 403, "grant_more"}, // who sees everything and changes nothing
			{"rival", "ticket", 404, "record"},
			{"staff", "customer", 404, "kind"},
			{"admin", "customer", 404, "kind"},
		} {
			whom := "boss"
			if got := calls(c.who, whom, c.kind, places[c.kind]); got.status != c.status {
				t.Errorf("%s calls on a %s: %d %s", c.who, c.kind, got.status, got.body)
			} else if code := got.problem().Code; code != c.code {
				t.Errorf("%s calls on a %s: %q", c.who, c.kind, code)
			}
		}
		if got := calls("head", "head", "customer", p.own).is(400, "grant").problem().Errors; len(got) != 1 || got[0].Code != "grant_self" {
			t.Errorf("the head calls themselves: %+v", got)
		}
		calls("head", "staff", "customer", p.other).is(404, "record") // not of their people
		p.notified(on, "grant", nil)
		for kind, id := range places {
			on("staff").get(at(kind, id)).must(404)
		}

		// The head of who looks after them may, and who looks after them.
		for kind, who := range map[string]string{"customer": "head", "ticket": "seller"} {
			made := into[store.Grant](calls(who, "staff", kind, places[kind]).must(201))
			if made.Giver.Name != "姓"+who || made.Receiver.Name != "姓staff" || !made.From.Equal(began) || !made.Until.Equal(until) || made.GiveOn || made.Once {
				t.Errorf("%+v", made)
			}
			why := on("staff").why("grant", kind, places[kind])
			if why.Given == nil || why.Given.By.Name != "姓"+who || why.Given.To.Name != "姓staff" || !why.Given.Until.Equal(until) ||
				!strings.Contains(why.Sentence.ZH, "姓"+who+"授权姓staff，可以查看、编辑这条") || !strings.Contains(why.Sentence.ZH, "姓"+who+"请求支援") || !strings.Contains(why.Sentence.EN, "姓"+who+" lets 姓staff see and edit this") {
				t.Errorf("%+v", why)
			}
		}
		p.notified(on, "grant", map[string]int{"staff": 2})
		told := on("staff").told("grant")
		slices.Sort(told)
		if want := []string{"关山贸易", "锅炉漏水"}; !slices.Equal(told, want) {
			t.Errorf("who is called in is told of %q", told)
		}
		seen := into[struct {
			item
			Masked map[string]string `json:"masked"`
		}](on("staff").get(at("customer", p.own)).must(200))
		if _, masked := seen.Masked["id_number"]; seen.Fields["phone"] != "13800138000" || seen.Fields["annual_revenue"] == nil || !masked || !slices.Contains(seen.Can, "edit") || slices.Contains(seen.Can, "delete") || slices.Contains(seen.Can, "export") {
			t.Errorf("who is called in sees %+v", seen)
		}
		on("staff").changes("customer", p.own, "city", "苏州")
		on("staff").changes("ticket", ticket, "solution", "换了密封圈")
		on("staff").do("PATCH", at("customer", p.own), fieldsOf("id_number", "110105194912310046"), "If-Match", "3").is(403, "field_locked")
		on("staff").get(at("ticket", other)).must(404)
		on("staff").get(customers(p.colleagues)).must(404)
		for kind := range places {
			if list := into[ofItems[item]](on("staff").get("/api/v1/records/" + kind).must(200)).Items; len(list) != 1 || list[0].ID != places[kind] {
				t.Errorf("who is called in lists %+v", list)
			}
		}
		// They call in nobody else, and hold it not longer than it was said.
		calls("staff", "rival", "customer", p.own).is(403, "grant_more")
		mine := into[ofItems[store.Grant]](on("staff").get("/api/v1/grants").must(200)).Items
		if len(mine) != 2 || slices.ContainsFunc(mine, func(g store.Grant) bool { return !slices.Equal(g.Can, []string{"give_back"}) }) {
			t.Errorf("%+v", mine)
		}
		on("staff").post("/api/v1/grants/"+mine[0].ID.String()+"/extend", map[string]any{"until": until.Add(time.Hour)}).is(403, "grant_extend")
		for kind, who := range map[string]string{"customer": "head", "ticket": "seller"} {
			log := on("auditor").search(url.Values{"kind": {kind}, "record": {places[kind].String()}, "group": {"access"}})
			i := slices.IndexFunc(log, func(it store.AuditItem) bool { return it.Action == "grant_given" })
			if i < 0 || log[i].Person.Name != "姓"+who || log[i].Reason != "姓"+who+"请求支援" || !log[i].At.Equal(began) {
				t.Errorf("of the %s the auditor finds %+v", kind, log)
			}
			if edits := on("auditor").search(url.Values{"kind": {kind}, "record": {places[kind].String()}, "group": {"edits"}}); !slices.Contains(acts(edits, p.people["staff"]), "edit") {
				t.Errorf("of the %s the auditor finds no edit of who was called in: %q", kind, acts(edits, 0))
			}
		}
		clock.set(until.Add(-time.Microsecond))
		for kind, id := range places {
			on("staff").get(at(kind, id)).must(200)
		}
		clock.set(until)
		for kind, id := range places {
			on("staff").get(at(kind, id)).must(404)
			on("staff").do("PATCH", at(kind, id), fieldsOf("tags", []string{"迟了"}), "If-Match", "3").must(404)
			if list := into[ofItems[item]](on("staff").get("/api/v1/records/" + kind).must(200)).Items; len(list) != 0 {
				t.Errorf("over, they list %+v", list)
			}
		}
	})
}
