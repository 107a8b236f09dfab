package httpapi_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"guan/policy"
)

// Who moves to another department and stays hands on what is theirs: to one person, by rule, or into a
// pool. Who administers is told how much there is and what of it is open, the preview does nothing,
// and with the commit the mover's access ends wherever it can be asked for.
func TestMoverHandsOn(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, admin, seller, rival := p.as("boss"), p.as("admin"), p.as("seller"), p.as("rival")
		mover, heir, second := p.people["seller"].String(), p.people["rival"].String(), p.people["head"].String()
		make := func(kind string, fields map[string]any) policy.ID {
			return into[made](seller.post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)).ID
		}
		// What is theirs: two customers of one city, one of another, one with a ticket of somebody else's.
		var mine []policy.ID
		for i, city := range []string{"苏州", "苏州", "无锡"} {
			mine = append(mine, make("customer", map[string]any{"name": fmt.Sprintf("调岗客户%d", i), "city": city}))
		}
		contact := make("contact", map[string]any{"name": "调岗联系人", "customer": mine[0].String()})
		opportunity := make("opportunity", map[string]any{"name": "调岗商机", "customer": mine[0].String()})
		// What they leave to who gets their records they write themselves; who administers learns that there is
		// something, and nobody what.
		own := "对账找王会计，钥匙在前台"
		seller.do("PUT", "/api/v1/me/handover-note", map[string]any{"note": strings.Repeat("长", 1001)}).is(400, "too_long")
		seller.do("PUT", "/api/v1/me/handover-note", map[string]any{"note": "先写错的"}).must(200)
		seller.do("PUT", "/api/v1/me/handover-note", map[string]any{"note": own}).must(200)
		if kept := into[struct{ Note string }](seller.get("/api/v1/me/handover-note").must(200)); kept.Note != own {
			t.Errorf("%+v", kept)
		}
		leaving := admin.get("/api/v1/org/people/" + mover + "/leaving").must(200)
		if !bytes.Contains(leaving.body, []byte(`"customer"`)) || bytes.Contains(leaving.body, []byte("调岗客户")) || bytes.Contains(leaving.body, []byte(own)) || !bytes.Contains(leaving.body, []byte(`"note":true`)) {
			t.Errorf("who sees no customers is told of them: %s", leaving.body)
		}
		if list := boss.get("/api/v1/org/people/" + mover + "/leaving").must(200); !bytes.Contains(list.body, []byte("调岗商机")) {
			t.Errorf("what is open: %s", list.body)
		}

		change := map[string]any{"hand": []any{map[string]any{"person": mover, "note": "苏州的客户月底续约", "hand": []any{
			map[string]any{"kind": "customer", "to": heir, "unit": true}, map[string]any{"kind": "contact", "to": heir}, map[string]any{"kind": "opportunity", "to": heir}}}}}
		change["appoint"] = []any{map[string]any{"person": mover, "unit": p.west.String(), "position": "member"}}
		admin.post("/api/v1/org/impact", change).must(200)
		for _, id := range mine {
			seller.get(customers(id)).must(200) // nothing before the confirmation
		}
		page := into[struct{ Next string }](seller.get("/api/v1/records/customer?limit=1&sort=-updated_at").must(200))
		seller.post("/api/v1/org/changes", change).is(403, "right")
		done := into[struct{ Handed, Kept int }](admin.post("/api/v1/org/changes", change).must(200))
		if done.Handed != 6 || done.Kept != 0 { // with the customer that the company began with
			t.Errorf("%+v", done)
		}

		seller.get("/api/v1/me").must(200) // who moves stays
		at, gone := customers(mine[0]), seller.get(customers(987654321)).must(404)
		for _, path := range []string{"", "/timeline", "/comments", "/attachments", "/team"} {
			got := seller.get(at + path)
			if got.must(404); bytes.Contains(got.body, []byte("调岗")) || into[problemKind](got) != into[problemKind](gone) {
				t.Errorf("%s tells what is not there from what was taken: %s", path, got.body)
			}
		}
		seller.get("/api/v1/records/contact/" + contact.String()).must(404)
		seller.get("/api/v1/records/opportunity/" + opportunity.String()).must(404)
		for _, path := range []string{"/api/v1/records/customer", "/api/v1/records/customer?q=%E8%B0%83%E5%B2%97", "/api/v1/records/customer?limit=1&sort=-updated_at&cursor=" + page.Next,
			"/api/v1/records/contact", "/api/v1/records/opportunity", "/api/v1/search?q=%E8%B0%83%E5%B2%97", "/api/v1/notices"} {
			if got := seller.get(path).must(200); bytes.Contains(got.body, []byte("调岗")) {
				t.Errorf("%s goes on to tell: %s", path, got.body)
			}
		}
		seller.do("PATCH", at, fieldsOf("city", "南京"), "If-Match", `"2"`).must(404)
		exported := seller.tells("exports", seller.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "对账", "format": "csv"}))
		if rows := seller.get(exported.FileURL).table(); len(rows) != 1 {
			t.Errorf("a file after it: %v", rows)
		}
		// Who got it reads what was said; who handed it on reads no more than how many went.
		if told := rival.get(at + "/timeline?what=changes").must(200); !bytes.Contains(told.body, []byte("苏州的客户月底续约")) || !bytes.Contains(told.body, []byte(own)) {
			t.Errorf("%s", told.body)
		}
		rival.get("/api/v1/records/contact/" + contact.String()).must(200)
		if told := rival.get("/api/v1/notices").must(200); !bytes.Contains(told.body, []byte(`"handed"`)) {
			t.Errorf("%s", told.body)
		}

		// The note went along and is no longer the mover's: the next handover has its own.
		if kept := into[struct{ Note string }](seller.get("/api/v1/me/handover-note").must(200)); kept.Note != "" {
			t.Errorf("%+v", kept)
		}
		if told := p.as("auditor").get("/api/v1/audit/entries?person=" + mover).must(200); bytes.Contains(told.body, []byte("王会计")) || !bytes.Contains(told.body, []byte(`"handover_note"`)) {
			t.Errorf("the audit log: %s", told.body)
		}

		// On to the next: spread by city, what is of one city stays together; then what is left into a pool.
		spread := map[string]any{"hand": []any{map[string]any{"person": heir, "hand": []any{
			map[string]any{"kind": "customer", "spread": map[string]any{"by": "city", "to": []string{mover, second}}}}}}}
		admin.post("/api/v1/org/changes", spread).must(200)
		owner := func(id policy.ID) any { return into[item](boss.get(customers(id)).must(200)).Fields["owner"] }
		if owner(mine[0]) != owner(mine[1]) || owner(mine[0]) == heir || owner(mine[2]) == heir {
			t.Errorf("%v %v %v", owner(mine[0]), owner(mine[1]), owner(mine[2]))
		}
		rival.get(customers(mine[0])).must(404)
		pool := into[made](admin.post("/api/v1/org/pools", map[string]any{"name": "交接公海", "open": []any{map[string]any{"unit": p.east.String()}}}).must(201)).ID
		for _, who := range []string{mover, second} {
			admin.post("/api/v1/org/changes", map[string]any{"hand": []any{map[string]any{"person": who, "hand": []any{map[string]any{"kind": "customer", "pool": pool.String()}}}}}).must(200)
		}
		it := into[item](boss.get(customers(mine[2])).must(200))
		if it.Fields["owner"] != nil || it.Fields["pool"] != pool.String() {
			t.Errorf("%+v", it.Fields)
		}
	})
}

type problemKind struct{ Kind, Code, Detail string }
