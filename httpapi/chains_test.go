package httpapi_test

import (
	"slices"
	"testing"

	"guan/approvals"
	"guan/fault"
	"guan/store"
)

// Who decides is what the company says: heads, the heads above them, people, who holds a pack; one of several or one
// of each. A chain in which a step could never have anybody is refused as it is written; who has approved is not asked
// twice, which the request says; and when it is approved all is asked again.
func TestChainsOverHTTP(t *testing.T) {
	eachBureau(t, func(t *testing.T, d *bureau) {
		on := d.on
		const chain = "/api/v1/approvals/chains/access"
		by := func(typ string, of ...string) map[string]any {
			s := map[string]any{"type": typ}
			if len(of) > 0 {
				s[typ] = of[0]
			}
			return s
		}
		step := func(all bool, sources ...map[string]any) map[string]any {
			return map[string]any{"by": sources, "all": all, "hours": 24}
		}
		person := func(login string) map[string]any { return by("person", d.people[login].String()) }
		version := "0"
		set := func(steps ...map[string]any) *reply {
			t.Helper()
			return on("admin").do("PUT", chain, map[string]any{"steps": steps}, "If-Match", version)
		}
		says := func(steps ...map[string]any) {
			t.Helper()
			version = set(steps...).must(200).header.Get("Etag")
		}

		// What could never be decided is told at its place, and nothing is kept of it.
		on("seller").do("PUT", chain, map[string]any{"steps": []any{step(false, by("head"))}}, "If-Match", "0").is(403, "right")
		for _, c := range []struct {
			code, at string
			steps    []map[string]any
		}{
			{"chain_steps", "steps", []map[string]any{}},
			{"chain_by", "steps[0].by", []map[string]any{step(false)}},
			{"chain_nobody", "steps[0].by[0]", []map[string]any{step(false, by("pack", "observer"))}},
			{"chain_nobody", "steps[1].by[1]", []map[string]any{step(false, by("head")), step(true, by("owner_head"), by("pack", "service"))}},
			{"chain_nobody", "steps[0].by[0]", []map[string]any{step(false, by("person", "999999999"))}},
			{"chain_again", "steps[1].by", []map[string]any{step(false, person("head")), step(false, person("head"))}},
			{"position", "steps[0].by[0]", []map[string]any{step(false, by("position", "nothing"))}},
		} {
			got := set(c.steps...).is(400, "chain").problem()
			if !slices.ContainsFunc(got.Errors, func(e fault.Item) bool { return e.Code == c.code && e.At == c.at }) {
				t.Errorf("%s at %s is told as %+v", c.code, c.at, got.Errors)
			}
		}
		for text, code := range map[string]string{"@pack:observer": "chain_nobody", "nothing": "position", "@nobody": "chain_source"} {
			got := on("boss").do("PUT", "/api/v1/policy/rules/held", map[string]any{"effect": "forbid", "kind": "customer", "actions": []string{"edit"}, "where": map[string]any{"path": "all"}, "scene": "须复核",
				"who": map[string]any{"any": []any{map[string]any{"person": d.people["seller"].String()}}}, "duty": map[string]any{"approval": []string{"@head", text}}}).must(400).problem()
			if !slices.ContainsFunc(got.Errors, func(e fault.Item) bool { return e.Code == code && e.At == "duty.approval[1]" }) {
				t.Errorf("%s is told as %+v", text, got.Errors)
			}
		}
		on("admin").do("PUT", "/api/v1/approvals/chains/nothing", map[string]any{"steps": []any{step(false, by("head"))}}, "If-Match", "0").is(404, "request_type")
		kept := into[ofItems[store.Chain]](on("auditor").get("/api/v1/approvals/chains").must(200)).Items
		if i := slices.IndexFunc(kept, func(c store.Chain) bool { return c.Type == store.AccessRequest }); kept[i].Version != 0 || kept[i].Steps[0].By[0].Type != approvals.OwnerHead {
			t.Errorf("%+v", kept[i])
		}

		// The head and IT together, in whatever order: one alone opens nothing.
		says(step(true, by("owner_head"), by("pack", "administrator")))
		r := d.asks("rival", d.own)
		d.waits("for both", r, "head", "admin")
		if r = d.approves(r, "admin"); r.State != approvals.Pending {
			t.Errorf("%+v", r)
		}
		d.waits("for the head alone", r, "head")
		d.decides("admin", r, "refuse").is(409, "request_twice")
		d.phone("half approved", "rival", d.own, false)
		if r = d.approves(r, "head"); r.State != approvals.Approved || r.Giver.Name != "姓head" {
			t.Errorf("%+v", r)
		}
		d.phone("approved by both", "rival", d.own, true)
		takes := func() {
			t.Helper()
			for _, g := range into[ofItems[store.Grant]](on("rival").get("/api/v1/grants?state=open").must(200)).Items {
				on("rival").do("DELETE", "/api/v1/grants/"+g.ID.String(), nil).must(200)
			}
			d.phone("given back", "rival", d.own, false)
		}
		takes()

		// One of several is enough, and the others come too late.
		says(step(false, by("owner_head"), person("boss")))
		r = d.asks("rival", d.own)
		d.waits("for either", r, "head", "boss")
		if r = d.approves(r, "boss"); r.State != approvals.Approved || r.Giver.Name != "姓boss" {
			t.Errorf("%+v", r)
		}
		d.decides("head", r, "refuse").is(409, "request_decided")
		takes()

		// The head of the head, of who asks.
		says(step(false, by("head_above")))
		r = d.asks("rival", d.own)
		d.waits("above", r, "boss")
		if r = into[store.Request](d.decides("boss", r, "refuse").must(200)); r.State != approvals.Refused || r.Grant != nil {
			t.Errorf("%+v", r)
		}
		d.phone("refused", "rival", d.own, false)

		// Who has approved is not asked again: the step is passed over, and says so to everybody who sees it.
		says(step(false, by("owner_head")), step(false, person("head"), by("head")), step(false, person("boss")))
		r = d.asks("rival", d.own)
		r = d.approves(r, "head")
		d.waits("behind the step that was passed over", r, "boss")
		for _, who := range []string{"rival", "head", "boss", "auditor"} {
			seen := into[store.Request](on(who).get("/api/v1/requests/" + r.ID.String()).must(200))
			if len(seen.Decisions) != 2 || seen.Decisions[1].Verdict != approvals.Skipped || seen.Decisions[1].Step != 1 || seen.Decisions[1].Person.Name != "姓head" || seen.Steps[1].State != "done" || seen.Steps[2].State != "now" {
				t.Errorf("%s sees %+v, %+v", who, seen.Decisions, seen.Steps)
			}
		}
		d.decides("head", r, "approve").is(409, "request_twice")
		if r = d.approves(r, "boss"); r.State != approvals.Approved {
			t.Errorf("%+v", r)
		}
		takes()

		// What was asked is asked again at the end: somebody who approves and has it no more gives nothing.
		says(step(false, by("owner_head")))
		r = d.asks("rival", d.own)
		d.forbids("head_rests", map[string]any{"person": d.people["head"].String()}, []string{"read"}, map[string]any{"fields": []any{map[string]any{"field": "phone", "level": "masked"}}})
		r = d.approves(r, "head")
		if r.State == approvals.Approved || r.Grant != nil {
			t.Errorf("who does not see it gave it: %+v", r)
		}
		d.phone("given by nobody who has it", "rival", d.own, false)
		// It goes on to who has it, and says so.
		if len(r.Steps) != 2 || !r.Steps[1].Added {
			t.Errorf("%+v", r.Steps)
		}
		d.waits("passed on", r, "boss")
		if r = d.approves(r, "boss"); r.State != approvals.Approved || r.Giver.Name != "姓boss" {
			t.Errorf("%+v", r)
		}
		takes()
		// And who asked has gone by then.
		r = d.asks("rival", d.own)
		on("admin").do("POST", "/api/v1/org/people/"+d.people["rival"].String()+"/stop", nil).must(200)
		if r = d.approves(r, "head"); r.State == approvals.Pending {
			r = d.approves(r, "boss")
		}
		if r.State != approvals.Void || r.Void != "asker" || r.Grant != nil {
			t.Errorf("%+v", r)
		}

		// The log has every decision, with its verdict.
		var verdicts []string
		for _, it := range d.log(d.own, "request_decided") {
			verdicts = append(verdicts, it.Person.Name+" "+it.Verdict)
		}
		want := []string{"姓admin approve", "姓head approve", "姓boss approve", "姓boss refuse", "姓head approve", "姓boss approve", "姓head approve", "姓boss approve", "姓head approve"}
		if !slices.Equal(verdicts, want) {
			t.Errorf("the auditor finds %q", verdicts)
		}
	})
}
