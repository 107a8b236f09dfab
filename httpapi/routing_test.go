package httpapi_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"guan/store"
)

// A stage comes to the owner, a tag to the position that is nearest, each as a task and a notice to whom
// it concerns and to nobody else; it gives no right, and the log says so.
func TestRoutingOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller := p.as("boss"), p.as("seller")
		people := map[string]*client{"seller": seller, "rival": p.as("rival"), "head": p.as("head"), "staff": p.as("staff")}
		boss.do("PUT", "/api/v1/org/positions/service_head", map[string]any{"label": map[string]any{"zh": "客服主管", "en": "Head of service"}}).must(200)
		// Two hold it: the one over the sales department is nearer to a customer of its east than the one beside it.
		for login, unit := range map[string]string{"staff": p.sales.String(), "rival": p.west.String()} {
			boss.post("/api/v1/org/appointments", map[string]any{"person": p.people[login].String(), "unit": unit, "position": "service_head"}).must(201)
		}
		routing := func(parts map[string]any) {
			boss.post("/api/v1/routings", parts).must(201)
		}
		routing(map[string]any{"name": "意向", "kind": "customer", "stage": "intent", "to": "owner", "task": "跟进意向"})
		routing(map[string]any{"name": "投诉", "kind": "customer", "tag": "投诉中", "to": "position", "position": "service_head", "task": "处理投诉", "hours": 4})
		routing(map[string]any{"name": "流失", "kind": "customer", "stage": "lost", "to": "position", "position": "service_head", "task": "回访流失"})
		routing(map[string]any{"name": "重点", "kind": "customer", "tag": "重点", "to": "owner", "task": "登门拜访"})

		for n, x := range []struct {
			field string
			value any
			task  string
			to    string
			due   bool
		}{
			{"stage", "intent", "跟进意向", "seller", false},
			{"tags", []string{"投诉中"}, "处理投诉", "staff", true},
			{"stage", "lost", "回访流失", "staff", false},
			{"tags", []string{"投诉中", "重点"}, "登门拜访", "seller", false},
		} {
			at := into[item](boss.get(customers(p.own)).must(200))
			boss.do("PATCH", customers(p.own), fieldsOf(x.field, x.value), "If-Match", fmt.Sprint(at.Version)).must(200)
			for login, c := range people {
				tasks := into[ofItems[item]](c.get("/api/v1/records/task?filter=" + url.QueryEscape("r.subject=='"+x.task+"' && r.owner==p.id")).must(200)).Items
				told := strings.Contains(string(c.get("/api/v1/notices").must(200).body), x.task)
				if mine := login == x.to; len(tasks) == 1 != mine || told != mine {
					t.Errorf("%d: %s has %d tasks %q, told %v", n, login, len(tasks), x.task, told)
				} else if mine && (tasks[0].Fields["due_at"] != nil) != x.due {
					t.Errorf("%d: it is due %v", n, tasks[0].Fields["due_at"])
				}
			}
		}
		people["staff"].get(customers(p.own)).must(404) // the task alone shows nothing of the customer

		if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(context.Background()); err != nil {
			t.Fatal(err)
		}
		log := acts(p.as("auditor").search(url.Values{"kind": {"customer"}, "record": {p.own.String()}}), p.people["boss"])
		if routed := len(slices.DeleteFunc(log, func(act string) bool { return act != "routed" })); routed != 4 {
			t.Errorf("the log has %d routings", routed)
		}
	})
}
