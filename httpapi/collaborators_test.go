package httpapi_test

import (
	"bytes"
	"testing"
	"time"

	"guan/policy"
)

// A collaborator is one from an instant until before another, at both ends to the microsecond, and on no
// side of the program longer; what belongs to the record goes along when that was chosen, for as long.
func TestCollaboratorWindow(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		began := clock.Now()
		boss, seller, rival := p.as("boss"), p.as("seller"), p.as("rival")
		me := p.people["rival"].String()
		own := into[made](seller.post("/api/v1/records/customer", fieldsOf("name", "协作客户")).must(201)).ID
		contact := into[made](seller.post("/api/v1/records/contact", map[string]any{"fields": map[string]any{"name": "协作联系人", "customer": own.String()}}).must(201)).ID
		from, until := began.Add(time.Hour), began.Add(2*time.Hour)
		tick := time.Microsecond

		// sees says whether the rival reaches the customer, and the contact that belongs to it, alike on each side.
		sees := func(when string, customer, belongs bool) {
			t.Helper()
			status := map[bool]int{true: 200, false: 404}
			for path, want := range map[string]bool{customers(own): customer, customers(own) + "/timeline": customer, customers(own) + "/comments": customer,
				"/api/v1/records/contact/" + contact.String(): belongs} {
				if got := rival.get(path); got.status != status[want] {
					t.Errorf("%s: %s answers %d", when, path, got.status)
				}
			}
			for path, want := range map[string]bool{"/api/v1/records/customer": customer, "/api/v1/search?q=%E5%8D%8F%E4%BD%9C%E5%AE%A2": customer, "/api/v1/records/contact": belongs} {
				name := map[bool]string{true: "协作联系人", false: "协作客户"}[path == "/api/v1/records/contact"]
				if got := rival.get(path).must(200); bytes.Contains(got.body, []byte(name)) != want {
					t.Errorf("%s: %s: %s", when, path, got.body)
				}
			}
		}

		// On the team.
		seller.post(customers(own)+"/team", map[string]any{"person": me, "from": until, "until": from}).is(400, "team_window")
		seller.post(customers(own)+"/team", map[string]any{"person": me, "until": began}).is(400, "team_window")
		seller.post(customers(own)+"/team", map[string]any{"person": me, "from": from, "until": until}).must(204)
		sees("before it begins", false, false)
		clock.set(from.Add(-tick))
		sees("the instant before", false, false)
		clock.set(from)
		sees("as it begins", true, true)
		team := into[struct {
			Items []struct {
				From, Until *time.Time
				Person      struct{ ID policy.ID }
			}
		}](seller.get(customers(own) + "/team").must(200))
		if len(team.Items) != 1 || team.Items[0].From == nil || !team.Items[0].From.Equal(from) || team.Items[0].Until == nil || !team.Items[0].Until.Equal(until) {
			t.Errorf("%+v", team.Items)
		}
		// Nobody brings others along, nor themselves back, by being there as a collaborator.
		rival.post(customers(own)+"/team", map[string]any{"person": me, "until": until.Add(time.Hour)}).must(403)
		clock.set(until.Add(-tick))
		sees("the last instant", true, true)
		clock.set(until)
		sees("as it ends", false, false)
		rival.do("PATCH", customers(own), fieldsOf("city", "南京"), "If-Match", `"1"`).must(404)

		// Lent instead: for chosen fields, to read, and with what belongs to it when that is chosen.
		clock.set(began.Add(3 * time.Hour))
		lend := func(along ...string) string {
			now := clock.Now()
			grant := map[string]any{"receiver": me, "kind": "customer", "records": []string{own.String()}, "actions": []string{"read"},
				"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "from": now.Add(time.Hour), "until": now.Add(2 * time.Hour), "purpose": "代班", "along": along}
			return into[made](seller.post("/api/v1/grants", grant).must(201)).ID.String()
		}
		for _, c := range []struct {
			name  string
			along []string
		}{{"alone", nil}, {"with its contacts", []string{"contacts"}}} {
			start := clock.Now()
			lend(c.along...)
			clock.set(start.Add(time.Hour - tick))
			sees(c.name+", before", false, false)
			clock.set(start.Add(time.Hour))
			sees(c.name+", as it begins", true, len(c.along) > 0)
			it := into[item](rival.get(customers(own)).must(200))
			if _, plain := it.Fields["phone"]; plain || it.Fields["name"] != "协作客户" {
				t.Errorf("%s: %+v", c.name, it.Fields)
			}
			rival.do("PATCH", customers(own), fieldsOf("city", "南京"), "If-Match", `"1"`).must(403)
			clock.set(start.Add(2*time.Hour - tick))
			sees(c.name+", the last instant", true, len(c.along) > 0)
			clock.set(start.Add(2 * time.Hour))
			sees(c.name+", as it ends", false, false)
			clock.set(start.Add(3 * time.Hour))
		}
		boss.get(customers(own)).must(200)
	})
}
