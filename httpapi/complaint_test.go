package httpapi_test

import (
	"fmt"
	"testing"

	"guan/policy"
	"guan/store"
)

// A complaint locks its customer for everybody but service: who of service has an open ticket of it, or whose
// unit has, takes the tag off and sets it, wherever ticket and customer lie; while it is off the seller works on, and
// with the ticket closed the way is closed too.
func TestComplaintLockOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller, staff, rival := p.as("boss"), p.as("seller"), p.as("staff"), p.as("rival")
		unit := func(name string) policy.ID {
			return into[store.Unit](boss.post("/api/v1/org/units", map[string]any{"name": name, "type": "department", "parent": p.sales.String()}).must(201)).ID
		}
		desk, empty := unit("客服部"), unit("新部门")
		for _, login := range []string{"staff", "rival"} {
			boss.post("/api/v1/org/appointments", map[string]any{"person": p.people[login].String(), "unit": desk.String(), "position": "member"}).must(201)
		}
		p.published(func(document map[string]any) {
			for _, login := range []string{"staff", "rival"} {
				document["assignments"] = append(document["assignments"].([]any), map[string]any{"pack": "service", "who": map[string]any{"person": p.people[login].String()}})
			}
		}).must(200)
		p.switchesOn("complaint_lock").must(200)

		version := func(path string) string {
			t.Helper()
			return fmt.Sprint(into[item](boss.get(path).must(200)).Version)
		}
		tags := func(c *client, path string, list ...string) *reply {
			t.Helper()
			return c.do("PATCH", path, fieldsOf("tags", list), "If-Match", version(path))
		}
		remark := func(c *client, path string) *reply {
			t.Helper()
			return c.do("PATCH", path, fieldsOf("remark", "已回访"), "If-Match", version(path))
		}
		for _, x := range []struct {
			name        string
			unit        policy.ID // of the ticket; the customer lies in the east
			owner       string    // of the ticket
			staff, both bool      // who of service takes the tag off: staff, and also their colleague
		}{
			{"mine, in my unit", desk, "staff", true, true},
			{"mine, in the unit of the customer", p.east, "staff", true, false},
			{"mine, in a unit of nobody's", empty, "staff", true, false},
			{"a colleague's, in my unit", desk, "rival", true, true},
			{"a colleague's, elsewhere", p.east, "rival", false, true},
			{"of sales", p.east, "seller", false, false},
		} {
			path := customers(into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "投诉 " + x.name, "owner": p.people["seller"].String(), "tags": []string{"投诉中", "老客户"}}}).must(201)).ID)
			ticket := "/api/v1/records/ticket/" + into[item](boss.post("/api/v1/records/ticket", map[string]any{"fields": map[string]any{"subject": "发错货", "customer": path[len("/api/v1/records/customer/"):],
				"unit": x.unit.String(), "owner": p.people[x.owner].String(), "stage": "processing", "type": "complaint"}}).must(201)).ID.String()
			for _, c := range []*client{seller, p.as("head"), boss} {
				remark(c, path).must(403)
				tags(c, path).must(403)
			}
			for who, may := range map[*client]bool{staff: x.staff, rival: x.both} {
				if !may {
					if got := tags(who, path, "老客户"); got.status != 404 {
						t.Errorf("%s: %s, whose ticket it is not, answers %d", x.name, who.login, got.status)
					}
					continue
				}
				remark(who, path).must(200)
				tags(who, path, "老客户").must(200)
				remark(seller, path).must(200)
				tags(who, path, "投诉中", "老客户").must(200)
			}
			boss.do("PATCH", ticket, fieldsOf("stage", "resolved"), "If-Match", version(ticket)).must(200)
			for _, c := range []*client{staff, rival} {
				tags(c, path, "老客户").is(404, "record")
			}
			remark(seller, path).must(403)
		}
	})
}
