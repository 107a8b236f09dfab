package httpapi_test

import (
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// What people give each other, ask for and decide, what is done with many records at once, in the background and with
// the rules themselves: each says why it was allowed and what it was about.
func TestEveryDecisionSaysWhy(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		p.headed("boss")
		who := p.desks()
		head, boss := who["head"], who["boss"]
		idOf := func(r *reply) string { return into[made](r).ID.String() }
		rule := func(person string) map[string]any {
			return map[string]any{"effect": "permit", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "了解市场",
				"who":    map[string]any{"any": []any{map[string]any{"person": p.people[person].String()}}},
				"fields": []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "contact", "level": "masked"}}}
		}
		lend := func(more ...any) string {
			g := map[string]any{"receiver": p.people["staff"].String(), "kind": "customer", "records": []string{p.own.String()}, "actions": []string{"read"},
				"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "until": time.Now().Add(time.Hour), "purpose": "代班"}
			for i := 0; i < len(more); i += 2 {
				g[more[i].(string)] = more[i+1]
			}
			return idOf(head.post("/api/v1/grants", g).must(201))
		}
		revoke := func(c *client, id string) { c.do("DELETE", "/api/v1/grants/"+id, nil).must(200) }
		fresh := func(c *client, name string, more ...string) policy.ID {
			given := map[string]string{"name": name}
			for i := 0; i < len(more); i += 2 {
				given[more[i]] = more[i+1]
			}
			return into[item](c.post("/api/v1/records/customer", map[string]any{"fields": given}).must(201)).ID
		}
		asks := func() string {
			id := fresh(boss, "被申请的客户", "owner", p.people["seller"].String(), "phone", "13800138000")
			return idOf(who["rival"].post("/api/v1/requests", map[string]any{"type": "access", "purpose": "回访活动报名",
				"access": map[string]any{"kind": "customer", "record": id.String(), "fields": []string{"phone"}, "hours": 2}}).must(201))
		}
		decides := func(c *client, id, how string) {
			c.post("/api/v1/requests/"+id+"/"+how, map[string]any{"words": "看过了"}).must(200)
		}
		mass := func(c *client, change map[string]any, ids ...policy.ID) {
			names := []string{}
			for _, id := range ids {
				names = append(names, id.String())
			}
			looked := into[massResult](c.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": names, "change": change}).must(200))
			if done := into[massResult](c.post("/api/v1/records/customer/bulk", map[string]any{"preview": looked.ID.String()}).must(200)); done.Done != len(ids) {
				t.Errorf("%+v", done)
			}
		}
		pool := idOf(boss.post("/api/v1/org/pools", map[string]any{"name": "条目公海", "open": []any{map[string]any{"unit": p.sales.String(), "below": true}}}).must(201))
		pooled := func(c *client, action string, ids []policy.ID) {
			names := []string{}
			for _, id := range ids {
				names = append(names, id.String())
			}
			ask := map[string]any{"action": action, "ids": names}
			if action == "release" {
				ask["pool"] = pool
			}
			if got := into[struct{ Done int }](c.post("/api/v1/records/customer/pool", ask).must(200)); got.Done != len(ids) {
				t.Errorf("%s: %+v", action, got)
			}
		}
		var lent, asked, glassID, tokenID, exported, box string
		var program *client
		var some []policy.ID
		for _, act := range []act{
			{"a rule is written", "admin", "policy_changed", version | why | session, func(c *client) { c.do("PUT", "/api/v1/policy/rules/market", rule("rival")).must(200) }},
			{"rules are published", "admin", "policy_changed", version | why | session, func(c *client) {
				draft := c.post("/api/v1/policy/drafts", map[string]any{"name": "条目草稿"}).must(201)
				document := into[map[string]any](draft)["document"].(map[string]any)
				second := rule("rival")
				second["id"] = "second"
				document["rules"] = append(document["rules"].([]any), second)
				path := "/api/v1/policy/drafts/" + idOf(draft)
				c.do("PATCH", path, map[string]any{"document": document}, "If-Match", `"1"`).must(200)
				if got := into[store.PolicyDraft](c.post(path+"/publish", map[string]any{"note": "上线"}).must(200)); got.State != store.DraftPublished {
					t.Errorf("%+v", got)
				}
			}},
			{"a grant is given", "head", "grant_given", those | grant | why | session, func(*client) { lent = lend() }},
			{"a grant is taken back", "head", "grant_revoked", those | grant | session, func(c *client) { revoke(c, lent) }},
			{"… by who administers", "admin", "grant_revoked", those | grant | why | session, func(c *client) { revoke(c, lend()) }},
			{"… given back", "staff", "grant_revoked", those | grant | session, func(c *client) { revoke(c, lend()) }},
			{"a grant is used", "staff", "grant_used", what | grant | why | session, func(c *client) {
				lent = lend()
				c.get(customers(p.own)).must(200)
			}},
			{"a grant for one view is used up", "staff", "grant_used", what | grant | why | session, func(c *client) {
				c.do("POST", "/api/v1/grants/"+lend("once", true)+"/view", nil).must(200)
			}},
			{"what it shows", "staff", "read", what | fields | why | session, func(c *client) {
				c.do("POST", "/api/v1/grants/"+lend("once", true)+"/view", nil).must(200)
			}},
			{"a request is made", "rival", "requested", what | request | reason | own | session, func(*client) { asked = asks() }},
			{"a request is refused", "head", "request_decided", what | request | verdict | session, func(c *client) { decides(c, asked, "refuse") }},
			{"a request is withdrawn", "rival", "request_withdrawn", what | request | session, func(c *client) {
				c.do("POST", "/api/v1/requests/"+asks()+"/withdraw", nil).must(200)
			}},
			{"a request is approved", "head", "request_decided", what | request | verdict | why | session, func(c *client) { decides(c, asks(), "approve") }},
			{"what was approved is given", "head", "grant_given", those | grant | why | session, func(c *client) { decides(c, asks(), "approve") }},
			{"who stands in decides", "staff", "request_decided", what | request | verdict | behalf | session, func(c *client) {
				head.do("PUT", "/api/v1/me/away", map[string]any{"stand_in": p.people["staff"].String(), "from": time.Now(), "until": time.Now().Add(time.Hour)}).must(200)
				decides(c, asks(), "refuse")
			}},
			{"a record is opened in an emergency", "head", "emergency_opened", what | why | reason | session, func(c *client) {
				glassID = idOf(c.post("/api/v1/emergencies", glass(p.other)).must(201))
			}},
			{"an emergency is ended", "boss", "emergency_ended", what | why | behalf | session, func(c *client) {
				c.do("POST", "/api/v1/emergencies/"+glassID+"/end", nil).must(200)
			}},
			{"an emergency is reviewed", "boss", "emergency_reviewed", what | verdict | behalf | session, func(c *client) {
				c.post("/api/v1/emergencies/"+glassID+"/review", map[string]any{"verdict": "justified", "note": "确有必要"}).must(200)
			}},
			{"a token is made", "boss", "token_created", token | why | session, func(c *client) {
				made := into[struct{ ID, Token string }](c.post("/api/v1/tokens", map[string]any{"name": "对接", "until": time.Now().Add(time.Hour)}).must(201))
				tokenID, program = made.ID, p.withToken(made.Token)
				program.http.Transport = c.http.Transport
			}},
			{"a token is used", "boss", "read", what | fields | why | token, func(*client) { program.get(customers(p.own)).must(200) }},
			{"a token is refused", "boss", "refused", what | code | barred | token, func(*client) { program.get(customers(policy.ID(987654321))).must(404) }},
			{"a token is withdrawn", "boss", "token_revoked", token | session, func(c *client) { c.do("DELETE", "/api/v1/tokens/"+tokenID, nil).must(204) }},
			{"an export ends", "boss", "export", why | export | session, func(c *client) {
				exported = c.ordered("exports", c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"})).ID.String()
			}},
			{"an export is downloaded", "boss", "export", why | export | session, func(c *client) { c.get("/api/v1/exports/" + exported + "/file").must(200) }},
			{"an import ends", "head", "import", why | session, func(c *client) {
				c.ordered("imports", c.upload("c.csv", "name\n导入商行\n", "kind", "customer", "mode", "run"))
			}},
			{"its rows", "head", "create", what | fields | why | session, func(c *client) {
				c.ordered("imports", c.upload("c.csv", "name,owner\n导入商社,seller\n", "kind", "customer", "mode", "run"))
			}},
			{"a masked field is revealed", "seller", "reveal", what | fields | why | reason | session, func(c *client) {
				id := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "揭示商行", "owner": p.people["seller"].String(), "bank_account": "6222020200112233445"}}).must(201)).ID
				phone := c.enrol()
				c.post(customers(id)+"/reveal", map[string]string{"field": "bank_account", "reason": "开票核对账号", "second_factor": phone.codes[0]}).must(200)
			}},
			{"many are changed", "boss", "edit", why | session, func(c *client) {
				some = []policy.ID{fresh(c, "批量甲"), fresh(c, "批量乙")}
				mass(c, map[string]any{"tags": map[string]any{"add": []string{"重点"}}}, some...)
			}},
			{"many are put into a pool", "boss", "release", what | fields | why | session, func(c *client) { pooled(c, "release", some) }},
			{"many are claimed", "seller", "claim", what | fields | why | session, func(c *client) { pooled(c, "claim", some) }},
			{"many are deleted", "boss", "delete", why | session, func(c *client) { mass(c, map[string]any{"delete": true}, some...) }},
			{"a record is transferred", "boss", "edit", what | fields | why | session, func(c *client) {
				c.do("POST", customers(fresh(c, "移交商行"))+"/transfer", map[string]any{"to": p.people["rival"].String()}, "If-Match", "1").must(200)
			}},
			{"somebody joins a record", "boss", "edit", what | why | session, func(c *client) {
				c.do("POST", customers(p.own)+"/team", map[string]any{"person": p.people["staff"].String()}).must(204)
			}},
			{"two records are merged", "boss", "edit", what | why | session, func(c *client) {
				c.do("POST", customers(fresh(c, "合并甲"))+"/merge", map[string]any{"with": fresh(c, "合并乙").String(), "version": 1}, "If-Match", "1").must(200)
			}},
			{"a sandbox is opened", "boss", "sandbox_changed", what | doing | own | session, func(c *client) {
				box = "/api/v1/sandboxes/" + idOf(c.post("/api/v1/sandboxes", map[string]any{"title": "条目沙箱", "purpose": "一起准备", "until": time.Now().Add(time.Hour), "members": []any{}, "shares": []any{}}).must(201))
			}},
			{"something is put into it", "boss", "sandbox_changed", what | doing | why | session, func(c *client) {
				c.post(box+"/shares", map[string]any{"kind": "customer", "records": []string{p.own.String()}, "actions": []string{"read"}, "fields": []any{map[string]any{"class": "general", "level": "plain"}}}).must(201)
			}},
			{"it is closed by who administers", "admin", "sandbox_changed", what | doing | why | session, func(c *client) { c.do("POST", box+"/end", nil).must(200) }},
			{"a report is ordered", "auditor", "report_asked", own | session, func(c *client) {
				c.post("/api/v1/reports", map[string]any{"month": p.db.Now().In(time.FixedZone("", 8*3600)).Format("2006-01")}).must(204)
			}},
			{"a report is opened", "auditor", "list", doing | session, func(c *client) {
				for more := true; more; {
					var err error
					if more, err = p.db.System(store.JobReport, store.DefaultTenant).MakeReports(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				c.get("/api/v1/reports/" + into[store.ReportList](c.get("/api/v1/reports").must(200)).Items[0].ID.String()).must(200)
			}},
			{"an archive is made", "auditor", "audit_archived", why | session, func(c *client) { c.get("/api/v1/audit/archive").must(200) }},
		} {
			t.Run(act.name, func(t *testing.T) { p.leaves(t, act, who[act.by], who["auditor"]) })
		}
	})
}
