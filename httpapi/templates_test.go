package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"guan/access"
	"guan/internal/testdb"
	"guan/policy"
	"guan/store"
)

// switchOn puts the rules of a template in force for one person, of the unit where they need one, over
// a draft; the answer takes it off again.
func (p *program) switchOn(template string, who, unit policy.ID) (off func()) {
	p.t.Helper()
	var rules []any
	for _, x := range access.Templates {
		for i, part := range x.Rules {
			if x.ID != template {
				continue
			}
			rule := part.Rule
			rule.ID, rule.Who = fmt.Sprintf("%s_%d", template, i), policy.Who{Any: []policy.Clause{{Person: who}}}
			if rule.Where.Path == policy.PathUnits {
				rule.Where.Units = []policy.ID{unit}
			}
			rules = append(rules, rule)
		}
	}
	publish := func(change func(rules []any) []any) {
		p.t.Helper()
		p.published(func(document map[string]any) {
			before, _ := document["rules"].([]any)
			document["rules"] = change(before)
		}).must(200)
	}
	publish(func(before []any) []any { return slices.Concat(before, rules) })
	return func() {
		p.t.Helper()
		publish(func(now []any) []any {
			return slices.DeleteFunc(now, func(r any) bool {
				id, _ := r.(map[string]any)["id"].(string)
				return strings.HasPrefix(id, template+"_")
			})
		})
	}
}

// levels is how somebody finds a record: missing, or the level of each field and whether each action (in
// brackets) is theirs; on its page and in the list alike.
func (c *client) levels(kind, id string, about []string) string {
	c.p.t.Helper()
	type shown struct {
		ID     policy.ID
		Fields map[string]any
		Masked map[string]string
		Can    []string
	}
	say := func(x shown) string {
		var out []string
		for _, name := range about {
			level := "hidden"
			if action, is := strings.CutPrefix(name, "["); is {
				if level = "no"; slices.Contains(x.Can, strings.TrimSuffix(action, "]")) {
					level = "yes"
				}
			} else if _, plain := x.Fields[name]; plain {
				level = "plain"
			} else if _, masked := x.Masked[name]; masked {
				level = "masked"
			}
			out = append(out, name+" "+level)
		}
		return strings.Join(out, ", ")
	}
	page := "missing"
	if one := c.get("/api/v1/records/" + kind + "/" + id); one.status == 200 {
		page = say(into[shown](one))
	} else {
		one.must(404)
	}
	list := "missing"
	if found := into[ofItems[shown]](c.get("/api/v1/records/" + kind + "?filter=" + url.QueryEscape("r.id=='"+id+"'")).must(200)).Items; len(found) == 1 {
		list = say(found[0])
	}
	if list != page {
		c.p.t.Errorf("%s finds %s %s on its page as %q, in the list as %q", c.login, kind, id, page, list)
	}
	return page
}

// Each template, switched on for one person, changes what they find on the page and in the list to what
// it says, names itself when asked why, and leaves nothing behind when it is switched off.
func TestTemplatesOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		var clock atomic.Int64 // noon in Beijing, or eight hours later
		clock.Store(time.Now().Truncate(24 * time.Hour).Add(4 * time.Hour).UnixMicro())
		now := func() time.Time { return time.UnixMicro(clock.Load()).UTC() }
		p := startOn(t, at, store.Options{Clock: now})
		boss := p.as("boss")
		people := map[string]*client{"staff": p.as("staff"), "seller": p.as("seller"), "auditor": p.as("auditor")}
		add := func(kind string, fields map[string]any) string {
			t.Helper()
			return into[item](boss.post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)).ID.String()
		}
		place := map[string]any{"lat": 22.5431, "lng": 114.0579}
		shop := into[store.Unit](boss.post("/api/v1/org/units", map[string]any{"name": "福田店", "type": "store", "parent": p.east.String(), "place": place}).must(201)).ID
		boss.post("/api/v1/org/appointments", map[string]any{"person": p.people["staff"].String(), "unit": shop.String(), "position": "member"}).must(201)
		customer := func(name string, more map[string]any) string {
			fields := map[string]any{"name": name, "type": "company", "phone": "13800138000", "remark": "爱喝茶", "annual_sales": "98765.00", "bank_account": "6222020903001473077", "owner": p.people["seller"].String()}
			for field, value := range more {
				fields[field] = value
			}
			return add("customer", fields)
		}
		day := func(n int) string { return now().AddDate(0, 0, n).Format(time.DateOnly) }
		active, intent, lost := customer("成交", map[string]any{"stage": "active"}), customer("意向", map[string]any{"stage": "intent"}), customer("流失", map[string]any{"stage": "lost"})
		complains, vip := customer("投诉", map[string]any{"tags": []string{"投诉中"}}), customer("贵宾", map[string]any{"tags": []string{"VIP"}})
		inShop, elsewhere := customer("店内", map[string]any{"unit": shop.String(), "owner": p.people["boss"].String()}), p.colleagues.String()
		renewing, lasting := customer("将续约", map[string]any{"unit": shop.String()}), customer("刚签约", map[string]any{"unit": shop.String()})
		add("contract", map[string]any{"number": "续-1", "customer": renewing, "stage": "performing", "ends_on": day(30)})
		add("contract", map[string]any{"number": "新-1", "customer": lasting, "stage": "performing", "ends_on": day(400)})
		call := add("activity", map[string]any{"subject": "电话", "customer": renewing, "content": "想谈价格", "happened_at": now()})
		north := func(lat float64) string {
			return customer("附近", map[string]any{"type": "individual", "place": map[string]any{"lat": lat, "lng": 114.0579}, "unit": p.west.String()})
		}
		near, far := north(22.5631), north(22.5831)
		others := add("contract", map[string]any{"number": "HT-1", "customer": active, "stage": "performing", "total": "43210.00", "owner": p.people["rival"].String()})
		own := add("contract", map[string]any{"number": "HT-2", "customer": active, "stage": "performing", "total": "8800.00", "owner": p.people["seller"].String()})
		ticket := add("ticket", map[string]any{"subject": "漏水", "customer": inShop, "unit": shop.String(), "solution": "换了阀门"})
		other := add("ticket", map[string]any{"subject": "漏水", "customer": elsewhere, "unit": p.west.String()})

		for _, x := range []struct {
			template, who, kind, id string
			about                   string // fields, and actions in brackets
			before, after           string
		}{
			{"colleagues", "staff", "customer", inShop, "name phone", "missing", "name plain, phone hidden"},
			{"colleagues", "staff", "customer", elsewhere, "name", "missing", "missing"},
			{"customer_contracts", "seller", "contract", others, "number total [edit]", "missing", "number plain, total plain, [edit] no"},
			{"near_store", "staff", "customer", near, "name phone remark", "missing", "name plain, phone masked, remark hidden"},
			{"near_store", "staff", "customer", far, "name", "missing", "missing"},
			{"sales_remarks", "staff", "customer", active, "remark phone annual_sales [edit]", "missing", "remark plain, phone hidden, annual_sales hidden, [edit] no"},
			{"sales_remarks", "staff", "activity", call, "content [edit]", "missing", "content plain, [edit] no"},
			{"store_feedback", "staff", "ticket", ticket, "solution [edit]", "missing", "solution plain, [edit] no"},
			{"store_feedback", "staff", "ticket", other, "solution", "missing", "missing"},
			{"store_feedback", "staff", "customer", inShop, "name", "missing", "missing"},
			{"region_groups", "staff", "customer", inShop, "name phone annual_sales remark [edit]", "missing", "name plain, phone plain, annual_sales hidden, remark hidden, [edit] no"},
			{"region_groups", "staff", "customer", elsewhere, "name", "missing", "missing"},
			{"renewal", "staff", "customer", renewing, "remark phone annual_sales", "missing", "remark plain, phone plain, annual_sales hidden"},
			{"renewal", "staff", "activity", call, "content", "missing", "content plain"},
			{"renewal", "staff", "customer", lasting, "name", "missing", "missing"},
			{"working_stages", "seller", "customer", active, "phone remark annual_sales", "phone plain, remark plain, annual_sales plain", "phone hidden, remark hidden, annual_sales plain"},
			{"working_stages", "seller", "customer", intent, "phone remark", "phone plain, remark plain", "phone plain, remark plain"},
			{"lost_closed", "seller", "customer", lost, "phone name", "phone plain, name plain", "phone hidden, name plain"},
			{"lost_closed", "seller", "customer", active, "phone", "phone plain", "phone plain"},
			{"first_months", "auditor", "customer", active, "phone name", "phone masked, name plain", "phone hidden, name plain"},
			{"first_months", "seller", "customer", active, "phone", "phone plain", "phone plain"}, // its owner
			{"money_only_for", "seller", "customer", active, "annual_sales bank_account phone", "annual_sales plain, bank_account masked, phone plain", "annual_sales hidden, bank_account hidden, phone plain"},
			{"money_only_for", "seller", "contract", own, "total number", "total plain, number plain", "total hidden, number plain"},
			{"finance_no_contact", "seller", "customer", active, "phone remark annual_sales", "phone plain, remark plain, annual_sales plain", "phone hidden, remark hidden, annual_sales plain"},
			{"preferences_only", "seller", "customer", active, "annual_sales remark", "annual_sales plain, remark plain", "annual_sales hidden, remark plain"},
			{"preferences_only", "seller", "contract", own, "number", "number plain", "missing"},
			{"complaint_lock", "seller", "customer", complains, "[edit] [release] name", "[edit] yes, [release] yes, name plain", "[edit] no, [release] no, name plain"},
			{"complaint_lock", "seller", "customer", active, "[edit] [release]", "[edit] yes, [release] yes", "[edit] yes, [release] yes"},
			{"vip_export", "seller", "customer", vip, "[export] name", "[export] yes, name plain", "[export] no, name plain"},
			{"vip_export", "seller", "customer", active, "[export]", "[export] yes", "[export] yes"},
			{"working_hours", "seller", "customer", active, "[export]", "[export] yes", "[export] no"},
		} {
			c := people[x.who]
			about := strings.Fields(x.about)
			look := func(when, want string) {
				t.Helper()
				if got := c.levels(x.kind, x.id, about); got != want {
					t.Errorf("%s, %s of %s, %s: %s, not %s", x.template, x.kind, x.who, when, got, want)
				}
			}
			look("before", x.before)
			off := p.switchOn(x.template, p.people[x.who], shop)
			back := func() {}
			if x.template == "working_hours" {
				look("at noon", x.before)
				clock.Add((8 * time.Hour).Microseconds())
				back = func() { clock.Add(-(8 * time.Hour).Microseconds()) }
			}
			look("switched on", x.after)
			if x.before != x.after {
				ask := url.Values{"kind": {x.kind}, "id": {x.id}, "person": {p.people[x.who].String()}}
				if action, is := strings.CutPrefix(about[0], "["); is {
					ask.Set("action", strings.TrimSuffix(action, "]"))
				} else if x.before != "missing" && x.after != "missing" {
					ask.Set("field", about[0])
				}
				why := into[store.Explanation](boss.get("/api/v1/explain?" + ask.Encode()).must(200))
				if !slices.ContainsFunc(slices.Concat(why.Permits, why.Forbids), func(r store.Reason) bool {
					return strings.HasPrefix(r.Rule[strings.Index(r.Rule, "/")+1:], x.template+"_")
				}) {
					t.Errorf("%s, %s of %s: the explanation does not name it: %+v", x.template, x.kind, x.who, why)
				}
			}
			back()
			off()
			look("switched off", x.before)
		}
	})
}
