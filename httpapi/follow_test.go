package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
)

// What a record says of writing an activity about it is what comes of it: for everybody who reads it, with a
// permit of creating that waits for approval, and after each write; a pool shows its records to who cannot.
func TestFollowIsWhatMayBeWritten(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		pool := into[made](boss.post("/api/v1/org/pools", map[string]any{"name": "公海", "open": []any{map[string]any{"unit": p.sales.String(), "below": true}}}).must(201)).ID.String()
		add := func(kind string, fields map[string]any) string {
			t.Helper()
			return kind + "/" + into[item](boss.post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)).ID.String()
		}
		seller := p.people["seller"].String()
		lying := add("customer", map[string]any{"name": "在公海", "pool": pool})
		own, others := p.own.String(), p.colleagues.String()
		// Of whose customer the seller sees nothing, there is a ticket in their hands.
		records := []string{"customer/" + own, "customer/" + others, lying,
			add("opportunity", map[string]any{"name": "大单", "customer": own, "owner": seller}), add("opportunity", map[string]any{"name": "转来的", "customer": others, "owner": seller}),
			add("ticket", map[string]any{"subject": "漏水", "customer": others, "owner": seller}), add("contract", map[string]any{"number": "HT-1", "customer": own, "owner": seller}),
			add("contact", map[string]any{"name": "王五", "customer": own}), add("task", map[string]any{"subject": "回电", "customer": own, "owner": seller}),
			add("activity", map[string]any{"subject": "电话", "customer": own, "owner": seller, "happened_at": "2026-03-02T01:00:00Z"})}
		type shown struct {
			Fields map[string]any
			Follow bool
		}
		write := func(c *client, record string, it shown) *reply {
			kind, id, _ := strings.Cut(record, "/")
			fields := map[string]any{"subject": "拜访", "happened_at": "2026-03-02T02:00:00Z", "customer": it.Fields["customer"]}
			fields[kind] = id
			return c.post("/api/v1/records/activity", map[string]any{"fields": fields})
		}
		told := map[string]bool{}
		compare := func(when string) {
			t.Helper()
			for _, persona := range personas {
				c := p.as(persona.login)
				for _, record := range records {
					got := c.get("/api/v1/records/" + record)
					if got.status != 200 {
						continue
					}
					it := into[shown](got)
					made := write(c, record, it)
					// Created, or refused with the request by which it is asked for.
					may := made.status == 201 || made.status == 403 && made.problem().Code == "needs_approval"
					if it.Follow != may {
						t.Errorf("%s: of %s %s is told %v, and writing answers %d: %s", when, record, persona.login, it.Follow, made.status, made.body)
					}
					told[fmt.Sprint(persona.login, it.Follow)] = true
				}
			}
		}
		compare("to begin with")
		for _, want := range []string{"sellertrue", "sellerfalse", "headtrue", "headfalse", "bosstrue", "auditorfalse"} {
			if !told[want] {
				t.Errorf("nothing shows %s", want)
			}
		}
		boss.do("PUT", "/api/v1/policy/rules/follow", map[string]any{"effect": "forbid", "kind": "activity", "actions": []string{"create"}, "where": map[string]any{"path": "all"}, "scene": "须复核",
			"who": map[string]any{"any": []any{map[string]any{"person": seller}}}, "duty": map[string]any{"approval": []string{"@head"}}}).must(200)
		compare("when it waits for approval")
		boss.do("PUT", "/api/v1/policy/rules/closed", map[string]any{"effect": "forbid", "kind": "activity", "actions": []string{"create"}, "where": map[string]any{"path": "all"}, "scene": "盘点",
			"who": map[string]any{"any": []any{map[string]any{"person": seller}, map[string]any{"person": p.people["head"].String()}}}}).must(200)
		compare("when they write none")
		boss.do("DELETE", "/api/v1/policy/rules/closed", nil).must(204)
		boss.do("DELETE", "/api/v1/policy/rules/follow", nil).must(204)

		// The answer of a claim says it too: the page goes on with what it holds.
		c := p.as("seller")
		if it := into[shown](c.get("/api/v1/records/" + lying).must(200)); it.Follow {
			t.Error("it is offered before the claim")
		}
		if it := into[shown](c.do("POST", "/api/v1/records/"+lying+"/claim", nil).must(200)); !it.Follow {
			t.Error("it is not offered with the claim")
		}
	})
}
