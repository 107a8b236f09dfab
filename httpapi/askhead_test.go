package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"guan/policy"
)

// Who asks the head for a customer that they cannot see is answered by what the head then does: told that it was shared
// with them, or given to them, by its name, which they see from then on. What is refused tells them nothing.
func TestWhoAskedIsTold(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		made := func(name string) policy.ID {
			return into[item](on("rival").post("/api/v1/records/customer", fieldsOf("name", name)).must(201)).ID
		}
		shared, given, kept := made("宁波顺风物流"), made("温州顺达物流"), made("台州顺安物流")
		for _, name := range []string{"宁波顺风物流", "温州顺达物流", "台州顺安物流"} {
			on("seller").post("/api/v1/records/customer/ask-head", map[string]any{"fields": map[string]any{"name": name}, "note": "客户找到了我"}).must(204)
		}
		asked := on("head").notices("asked")
		titles := on("head").told("asked")
		slices.Sort(titles)
		if want := []string{"台州顺安物流", "宁波顺风物流", "温州顺达物流"}; !slices.Equal(titles, want) || asked[0].By == nil || asked[0].By.Name != "姓seller" {
			t.Errorf("the head is told of %q, %+v", titles, asked)
		}
		p.notified(on, "asked", map[string]int{"head": 3})
		for _, what := range []string{"team", "transferred", "asked"} {
			if got := on("seller").notices(what); len(got) != 0 {
				t.Errorf("asking told the asker %+v", got)
			}
		}

		on("head").post(customers(shared)+"/team", map[string]any{"person": p.people["seller"].String()}).must(204)
		on("head").do("POST", customers(given)+"/transfer", map[string]any{"to": p.people["seller"].String()}, "If-Match", "1").must(200)
		if got := on("seller").told("team"); !slices.Equal(got, []string{"宁波顺风物流"}) {
			t.Errorf("of what is shared they are told %q", got)
		}
		if got := on("seller").told("transferred"); !slices.Equal(got, []string{"温州顺达物流"}) {
			t.Errorf("of what is theirs they are told %q", got)
		}
		for id, status := range map[policy.ID]int{shared: 200, given: 200, kept: 404} {
			on("seller").get(customers(id)).must(status)
		}
		for _, task := range into[ofItems[item]](on("head").get("/api/v1/records/task").must(200)).Items {
			on("head").do("DELETE", "/api/v1/records/task/"+task.ID.String(), nil, "If-Match", fmt.Sprint(task.Version)).must(204)
		}
		for _, c := range on("seller").notices("team") {
			if c.Record != shared || c.By == nil || c.By.Name != "姓head" {
				t.Errorf("%+v", c)
			}
		}
		// The log has who asked, and of nothing that they did not see that they saw it.
		log := on("auditor").search(url.Values{"kind": {"customer"}, "record": {kept.String()}})
		if got := acts(log, p.people["seller"]); slices.Contains(got, "read") || slices.Contains(got, "list") {
			t.Errorf("of what was kept from them the auditor finds %q", got)
		}
	})
}
