package leak_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"guan/policy"
)

// totalsAreRows: what is counted and summed is what one can page through.
func totalsAreRows(t *testing.T, p *program) {
	for _, who := range []string{"rival", "exowner", "lapsed", "pooler", "head", "westhead", "trainee", "service", "finance", "marketing", "auditor"} {
		c := p.as(who)
		for _, kind := range kinds() {
			first := c.list(kind)
			if kind == "unicorn" {
				first.is(404, "kind")
				continue
			}
			first.must(200)
			rows, cursor := 0, ""
			for {
				r := c.get(fmt.Sprintf("/api/v1/records/%s?limit=5&cursor=%s", kind, cursor)).must(200)
				rows += len(into[page](r).Items)
				if cursor = into[page](r).Next; cursor == "" {
					break
				}
			}
			if n := into[page](first).Total.Count; n != rows {
				t.Errorf("%s: %d of %s counted, %d shown", who, n, kind, rows)
			}
		}
	}
}

// hiddenIsMissing: on every way to a record, one that is out of sight is answered to the byte
// and header like one that is not there.
func hiddenIsMissing(t *testing.T, p *program) {
	for who, row := range map[string]string{"rival": "seller1", "exowner": "moved", "lapsed": "seller2", "westhead": "peer1", "seller": "boss1", "trainee": "seller1", "service": "rival2", "staff": "seller1", "finance": ""} {
		c := p.as(who)
		kind, id := policy.Kind("customer"), p.ids[row]
		if who == "finance" {
			kind, id = "contact", p.ids["contact/seller1"]
		}
		before := p.fingerprint(kind)
		ways := []func(id policy.ID) *reply{
			func(id policy.ID) *reply { return c.get(recordPath(kind, id)) },
			func(id policy.ID) *reply { return c.do("HEAD", recordPath(kind, id), nil) },
			func(id policy.ID) *reply { return c.do("OPTIONS", recordPath(kind, id), nil) },
			func(id policy.ID) *reply { return c.patch(recordPath(kind, id), "1", map[string]any{"name": "x"}) },
			func(id policy.ID) *reply { return c.patch(recordPath(kind, id), "9", map[string]any{"phone": "wrong"}) },
			func(id policy.ID) *reply { return c.patch(recordPath(kind, id), "1", map[string]any{}) },
			func(id policy.ID) *reply {
				return c.do("PATCH", recordPath(kind, id), fieldsOf(map[string]any{"name": "x"}))
			},
			func(id policy.ID) *reply { return c.do("DELETE", recordPath(kind, id), nil, "If-Match", "1") },
			func(id policy.ID) *reply { return c.get(recordPath(kind, id) + "/team") },
			func(id policy.ID) *reply {
				return c.post(recordPath(kind, id)+"/team", map[string]any{"person": p.people["boss"].String()})
			},
			func(id policy.ID) *reply {
				return c.do("DELETE", recordPath(kind, id)+"/team/"+p.people["boss"].String(), nil)
			},
			func(id policy.ID) *reply {
				return c.post("/api/v1/grants", map[string]any{"receiver": p.people["boss"].String(), "kind": kind, "records": []string{id.String()}, "actions": []string{"read"},
					"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "until": p.clock.Now().Add(time.Hour), "purpose": "x"})
			},
			func(id policy.ID) *reply { return c.list(kind, "filter", fmt.Sprintf("r.id == '%s'", id)) },
			func(id policy.ID) *reply { return c.list("contact", "filter", fmt.Sprintf("r.customer == '%s'", id)) },
			func(id policy.ID) *reply {
				return c.get(fmt.Sprintf("/api/v1/explain?kind=%s&id=%s&action=edit", kind, id))
			},
			func(id policy.ID) *reply { return c.get(fmt.Sprintf("/api/v1/who-can?kind=%s&id=%s", kind, id)) },
		}
		for _, way := range ways {
			hidden, absent := way(id), way(987654321)
			one, other := strings.ReplaceAll(plain(hidden), id.String(), "ID"), strings.ReplaceAll(plain(absent), "987654321", "ID")
			if one != other {
				t.Errorf("%s: %s and %s are not answered alike:\n%s", who, hidden.asked, absent.asked, difference(one, other))
			}
		}
		if after := p.fingerprint(kind); after != before {
			t.Errorf("%s changed what they cannot see:\n%s", who, difference(before, after))
		}
	}
}

// linkToHidden: setting a link to a record out of sight is answered like one to nothing, and
// leaves nothing to read a title from.
func linkToHidden(t *testing.T, p *program) {
	rival := p.as("rival")
	own := p.customer("rival", nil)
	for _, hidden := range []string{"seller1", "boss1"} {
		var refusal *reply
		p.refused("customer", own, 400, "ref_missing", func() *reply {
			refusal = rival.patch(recordPath("customer", own), "1", map[string]any{"parent": p.ids[hidden].String()})
			return refusal
		})
		same(t, refusal, rival.patch(recordPath("customer", own), "1", map[string]any{"parent": "987654321"}))
		same(t, rival.post("/api/v1/records/contact", fieldsOf(map[string]any{"name": "x", "customer": p.ids[hidden].String()})), rival.post("/api/v1/records/contact", fieldsOf(map[string]any{"name": "x", "customer": "987654321"})))
		same(t, rival.post("/api/v1/records/contact", fieldsOf(map[string]any{"name": "x", "customer": p.ids["product1"].String()})), rival.post("/api/v1/records/contact", fieldsOf(map[string]any{"name": "x", "customer": "987654321"})))
	}
	// A link that stands there already and is sent again tells nothing either.
	rival.patch(recordPath("customer", p.ids["rival1"]), "1", map[string]any{"parent": p.ids["seller1"].String()}).must(200).lacks(p.values["seller1"]["name"].(string))
}

// duplicatesTellNothing: who may not list people cannot find out logins by making one, and
// doubles of hidden records are taken like anything else.
func duplicatesTellNothing(t *testing.T, p *program) {
	for _, who := range []string{"seller", "head", "finance", "auditor", "staff"} {
		c := p.as(who)
		same(t, c.post("/api/v1/records/person", fieldsOf(map[string]any{"name": "x", "login": "boss"})).is(403, ""), c.post("/api/v1/records/person", fieldsOf(map[string]any{"name": "x", "login": "nobody-has-it"})))
		same(t, c.patch(recordPath("person", p.people[who]), "1", map[string]any{"login": "boss"}), c.patch(recordPath("person", p.people[who]), "1", map[string]any{"login": "nobody-has-it"}))
	}
	rival := p.as("rival")
	made := rival.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": p.values["seller1"]["name"], "phone": p.values["seller1"]["phone"], "credit_code": p.values["seller1"]["credit_code"], "code": p.values["seller1"]["code"]}))
	made.must(201).lacks(p.ids["seller1"].String())
}

// signInTellsNothing: accounts that are not there, stopped, or locked are answered like a wrong
// password, with the right password too.
func signInTellsNothing(t *testing.T, p *program) {
	try := func(login, word string) *reply {
		return p.anonymous().post("/api/v1/session", map[string]string{"login": login, "password": word})
	}
	wrong := try("lapsed", "not "+password).is(401, "credentials")
	same(t, wrong, try("nobody", password))
	same(t, wrong, try("disabled", password))
	same(t, wrong, try("disabled", "not "+password))
	same(t, wrong, try("' OR 1=1 --", password))
	for range 12 {
		same(t, try("pooler", "not "+password), try("nobody-at-all", "not "+password))
	}
	same(t, try("pooler", password).is(429, "locked"), try("nobody-at-all", password))
	p.clock.forward(time.Hour)
	defer p.clock.forward(-time.Hour)
	try("pooler", password).must(200)
}

// writesOutOfSight: every write on a record that one cannot list is refused, and nothing changes.
func writesOutOfSight(t *testing.T, p *program) {
	for _, who := range []string{"rival", "exowner", "lapsed", "westhead", "pooler", "trainee", "staff", "admin", "finance"} {
		c := p.as(who)
		for _, row := range []string{"seller2", "contact/boss1", "opportunity/boss1", "ticket/boss1", "activity/boss1", "task/boss1"} {
			if who == "finance" && row == "seller2" {
				continue // sees it
			}
			kind, id := kindOfRow(p, row), p.ids[row]
			p.refused(kind, id, 404, "record", func() *reply { return c.patch(recordPath(kind, id), "1", map[string]any{"tags": []string{"x"}}) })
			p.refused(kind, id, 404, "record", func() *reply { return c.do("DELETE", recordPath(kind, id), nil, "If-Match", "1") })
		}
	}
	for _, who := range []*client{p.anonymous()} {
		p.refused("customer", p.ids["seller1"], 401, "signin", func() *reply {
			return who.patch(recordPath("customer", p.ids["seller1"]), "1", map[string]any{"name": "x"})
		})
	}
}

func kindOfRow(p *program, key string) policy.Kind {
	for _, r := range p.rows {
		if r.key == key {
			return r.kind
		}
	}
	return ""
}

// otherUsersSettings: sessions, tokens, passwords and records of other people are not for
// somebody to touch.
func otherUsersSettings(t *testing.T, p *program) {
	secret, token := p.newToken("boss", map[string]any{"name": "the boss's", "until": p.clock.Now().Add(time.Hour)})
	boss := p.as("boss")
	session := into[struct {
		Items []struct {
			ID policy.ID `json:"id"`
		} `json:"items"`
	}](boss.get("/api/v1/sessions")).Items[0].ID
	for _, who := range []string{"rival", "seller", "admin", "auditor"} {
		c := p.as(who)
		same(t, c.do("DELETE", "/api/v1/sessions/"+session.String(), nil).is(404, "session"), c.do("DELETE", "/api/v1/sessions/987654321", nil))
		same(t, c.do("DELETE", "/api/v1/tokens/"+token.String(), nil).is(404, ""), c.do("DELETE", "/api/v1/tokens/987654321", nil))
		c.get("/api/v1/sessions").must(200).lacks(session.String())
		c.do("PUT", "/api/v1/org/people/"+p.people["boss"].String()+"/password", map[string]string{"password": "taken over by me"}).is(403, "")
		c.post("/api/v1/org/people/"+p.people["boss"].String()+"/stop", nil).is(403, "")
	}
	boss.get("/api/v1/me").must(200)
	p.withToken(secret).get("/api/v1/me").must(200)
	p.refused("person", p.people["boss"], 404, "", func() *reply {
		return p.as("seller").patch(recordPath("person", p.people["boss"]), "1", map[string]any{"phone": "13800138000"})
	})
}

// batchChecksAll: the record out of sight is found wherever it stands in the batch, and what
// stands before it is not changed.
func batchChecksAll(t *testing.T, p *program) {
	first, last := p.customer("rival", nil), p.customer("rival", nil)
	hidden := p.ids["seller1"]
	rival := p.as("rival")
	for _, order := range [][]policy.ID{{first, hidden}, {hidden, first}, {first, hidden, last}, {first, last, hidden}} {
		for _, what := range []map[string]any{{"fields": map[string]any{"name": "by batch"}}, {"delete": true}} {
			var ids []any
			for _, id := range order {
				ids = append(ids, map[string]any{"id": id.String(), "version": 1})
			}
			what["ids"] = ids
			code := "record"
			status := 404
			if what["delete"] == true {
				status, code = 403, "" // sellers delete nothing: refused at the first of their own
				if order[0] == hidden || hidden < first {
					status = 404
				}
			}
			p.refused("customer", hidden, status, code, func() *reply { return rival.post("/api/v1/records/customer/batch", what) })
			p.refused("customer", first, status, code, func() *reply { return rival.post("/api/v1/records/customer/batch", what) })
		}
	}
}

// batchFieldRights: a batch writes no field that a single change would not.
func batchFieldRights(t *testing.T, p *program) {
	own := p.customer("rival", nil)
	rival := p.as("rival")
	for field, value := range map[string]any{"id_number": p.values["seller1"]["id_number"], "credit_limit": "5.00", "owner": p.people["seller"].String(), "unit": p.units["east"].String(), "pool": p.pool.String()} {
		p.refused("customer", own, 403, "field_locked", func() *reply {
			return rival.post("/api/v1/records/customer/batch", map[string]any{"ids": []any{map[string]any{"id": own.String(), "version": 1}}, "fields": map[string]any{"name": "x", field: value}})
		})
	}
}

// foreignPool: naming a pool that is open to one opens no customer of another, and one does not
// put records into a pool or take them out by naming it.
func foreignPool(t *testing.T, p *program) {
	seller, pooler := p.as("seller"), p.as("pooler") // the pool is not open to the east
	seller.get(recordPath("customer", p.ids["pool1"])).is(404, "")
	p.refused("customer", p.ids["pool1"], 404, "", func() *reply {
		return seller.patch(recordPath("customer", p.ids["pool1"]), "1", map[string]any{"pool": p.pool.String()})
	})
	own := p.customer("seller", nil)
	p.refused("customer", own, 403, "field_locked", func() *reply {
		return seller.patch(recordPath("customer", own), "1", map[string]any{"pool": p.pool.String(), "owner": nil})
	})
	seller.post("/api/v1/records/customer", fieldsOf(map[string]any{"name": "x", "pool": p.pool.String()})).is(403, "")
	p.refused("customer", p.ids["pool1"], 403, "", func() *reply {
		return pooler.patch(recordPath("customer", p.ids["pool1"]), "1", map[string]any{"pool": nil})
	})
}

// claimAny: nobody becomes the owner of a record by saying so.
func claimAny(t *testing.T, p *program) {
	for who, row := range map[string]string{"pooler": "pool1", "rival": "seller1", "exowner": "moved", "marketing": "seller1", "service": "seller1", "auditor": "seller1", "finance": "seller1", "trainee": "trainee1"} {
		version := "1"
		if row == "moved" {
			version = "2"
		}
		for _, fields := range []map[string]any{{"owner": p.people[who].String()}, {"owner": p.people[who].String(), "unit": p.units["west"].String(), "pool": nil}, {"owner": p.people["boss"].String()}} {
			p.refused("customer", p.ids[row], refusalOf(who), "", func() *reply { return p.as(who).patch(recordPath("customer", p.ids[row]), version, fields) })
		}
	}
}

// refusalOf is how somebody is refused who sees the customer, or does not.
func refusalOf(who string) int {
	if who == "rival" || who == "exowner" {
		return http.StatusNotFound
	}
	return http.StatusForbidden
}

// teamsAreNotPassedOn: who was brought onto a record sees it as a collaborator and brings nobody
// else; taken off it, they see it no more.
func teamsAreNotPassedOn(t *testing.T, p *program) {
	id := p.customer("seller", nil)
	seller, rival := p.as("seller"), p.as("rival")
	rival.post(recordPath("customer", id)+"/team", map[string]any{"person": p.people["rival"].String()}).is(404, "")
	seller.post(recordPath("customer", id)+"/team", map[string]any{"person": p.people["rival"].String()}).must(204)
	rival.get(recordPath("customer", id)).must(200)
	rival.post(recordPath("customer", id)+"/team", map[string]any{"person": p.people["exowner"].String()}).is(403, "team_lent")
	p.as("finance").post(recordPath("customer", id)+"/team", map[string]any{"person": p.people["exowner"].String()}).is(403, "")
	seller.do("DELETE", recordPath("customer", id)+"/team/"+p.people["rival"].String(), nil).must(204)
	rival.get(recordPath("customer", id)).is(404, "")
	if n := into[page](rival.list("customer", "filter", fmt.Sprintf("r.id == '%s'", id))).Total.Count; n != 0 {
		t.Errorf("%d are left in the list", n)
	}
}
