package httpapi_test

import (
	"encoding/csv"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/grants"
	"guan/policy"
	"guan/store"
)

// put is a part of customers for a sandbox, with general fields and the actions.
func put(actions []string, records ...policy.ID) map[string]any {
	ids := []string{}
	for _, id := range records {
		ids = append(ids, id.String())
	}
	return map[string]any{"kind": "customer", "records": ids, "actions": actions,
		"fields": []any{map[string]any{"class": "general", "level": "plain", "edit": slices.Contains(actions, "edit")}}}
}

// A seller opens a sandbox for one purpose, with people of other units: each sees what was put in, field by field, and
// no more than its giver could lend; who was brought in to give puts in their own. It begins and ends at its instants,
// for whoever leaves with their leaving, and the statement at its end names who saw and changed what.
func TestSandboxOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		member := func(who, mode string, gives bool) map[string]any {
			return map[string]any{"person": p.people[who].String(), "mode": mode, "gives": gives}
		}
		mine := into[item](on("seller").post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "沙箱酒店", "phone": "13811112222", "city": "上海"}}).must(201)).ID
		from, until := clock.Now().Add(time.Hour), clock.Now().Add(3*time.Hour)
		opens := map[string]any{"title": "酒店联合方案", "purpose": "大客户联合投标", "from": from, "until": until,
			"members": []any{member("rival", "edit", false), member("staff", "view", false)}, "shares": []any{put([]string{"read", "edit"}, mine)}}
		for code, wrong := range map[string]map[string]any{
			"record":     {"shares": []any{put([]string{"read"}, p.other)}},
			"grant_more": {"shares": []any{map[string]any{"kind": "customer", "records": []string{mine.String()}, "actions": []string{"read", "delete"}, "fields": []any{map[string]any{"class": "general", "level": "plain"}}}}},
		} {
			body := map[string]any{}
			for name, value := range opens {
				body[name] = value
			}
			for name, value := range wrong {
				body[name] = value
			}
			if got := on("seller").post("/api/v1/sandboxes", body); got.status < 400 {
				t.Errorf("%s: %d: %s", code, got.status, got.body)
			}
		}
		made := into[store.Sandbox](on("seller").post("/api/v1/sandboxes", opens).must(201))
		path := "/api/v1/sandboxes/" + made.ID.String()
		if made.State != grants.Pending || made.Role != "sponsor" || len(made.Members) != 2 || len(made.Shares) != 1 || made.Shares[0].Count != 1 || made.Sponsor.Name != "姓seller" {
			t.Errorf("%+v", made)
		}
		sees := func(when, who string, id policy.ID, want bool) {
			t.Helper()
			c := on(who)
			got := c.get(customers(id))
			list := string(c.get("/api/v1/records/customer").must(200).body)
			if (got.status == 200) != want || strings.Contains(list, id.String()) != want || who != "seller" && strings.Contains(string(got.body)+list, "13811112222") {
				t.Errorf("%s: %s is answered %d, listed: %v", when, who, got.status, strings.Contains(list, id.String()))
			}
		}
		sees("before it begins", "rival", mine, false)
		clock.set(from.Add(-time.Microsecond))
		sees("the instant before", "staff", mine, false)
		clock.set(from)
		sees("as it begins", "rival", mine, true)
		sees("as it begins", "staff", mine, true)
		p.notified(on, "sandbox", map[string]int{"rival": 1, "staff": 1})
		for who, about := range map[string][3]string{"rival": {"edit", "可以编辑这条客户", "edit this customer"}, "staff": {"read", "可以查看这条客户；基本信息可见；其余字段隐藏", "see this customer; general information visible"}} {
			why := on(who).why("sandbox", "customer", mine, "action", about[0])
			if !strings.Contains(why.Sentence.ZH, about[1]) || !strings.Contains(why.Sentence.ZH, "大客户联合投标") || !strings.Contains(why.Sentence.EN, about[2]) || !why.Until.Equal(until) {
				t.Errorf("%s is told %+v", who, why)
			}
		}

		// Each does what they are there for, and nothing takes it elsewhere or out.
		on("rival").do("PATCH", customers(mine), fieldsOf("city", "杭州"), "If-Match", "1").must(200)
		on("rival").do("PATCH", customers(mine), fieldsOf("phone", "13900139000"), "If-Match", "2").must(403)
		on("rival").do("PATCH", customers(mine), fieldsOf("owner", p.people["rival"].String()), "If-Match", "2").must(403)
		on("staff").do("PATCH", customers(mine), fieldsOf("city", "南京"), "If-Match", "2").must(403)
		on("rival").post("/api/v1/grants", map[string]any{"receiver": p.people["head"].String(), "kind": "customer", "records": []string{mine.String()}, "actions": []string{"read"},
			"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "until": until, "purpose": "再给一个人"}).is(403, "grant_more")
		file := on("rival").ordered("exports", on("rival").post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "带走", "format": "csv"}))
		if text := string(on("rival").get(file.FileURL).must(200).body); strings.Contains(text, "沙箱酒店") {
			t.Errorf("it left in a file: %s", text)
		}
		// Who is not in it finds no sandbox; who is in it changes nothing about it.
		on("head").get(path).is(404, "sandbox")
		on("staff").post(path+"/members", map[string]any{"members": []any{member("head", "view", false)}}).is(403, "sandbox_sponsor")
		on("staff").post(path+"/shares", put([]string{"read"}, p.own)).is(403, "sandbox_givers")
		on("rival").post(path+"/extend", map[string]any{"until": until.Add(time.Hour)}).is(403, "sandbox_sponsor")

		// Who is to give puts in what is theirs, and no more than that.
		on("seller").post(path+"/members", map[string]any{"members": []any{member("rival", "edit", true)}}).must(200)
		on("rival").post(path+"/shares", put([]string{"read"}, mine)).is(403, "grant_more")
		on("rival").post(path+"/shares", put([]string{"read"}, p.other)).is(404, "record")
		on("rival").post(path+"/shares", put([]string{"read"}, p.colleagues)).must(201)
		sees("put in by who gives", "staff", p.colleagues, true)
		sees("put in by who gives", "seller", p.colleagues, true)

		// Who leaves takes along what they put in, and sees nothing of the rest.
		clock.advance(time.Minute)
		on("rival").do("DELETE", path+"/members/"+p.people["rival"].String(), nil).must(204)
		sees("they have left", "rival", mine, false)
		sees("they have left", "staff", p.colleagues, false)
		sees("they have left", "staff", mine, true)
		if left := into[store.Sandbox](on("rival").get(path).must(200)); left.Role != "former" || len(left.Members) != 0 || len(left.Shares) != 0 || !slices.Equal(left.Can, []string{"statement"}) {
			t.Errorf("who has left sees %+v", left)
		}

		// Longer is a decision of the sponsor; then it ends by itself, at its instant.
		on("seller").post(path+"/extend", map[string]any{"until": until.Add(time.Hour)}).must(200)
		clock.set(until)
		sees("at its first end", "staff", mine, true)
		clock.set(until.Add(time.Hour - time.Microsecond))
		sees("the last instant", "staff", mine, true)
		clock.set(until.Add(time.Hour))
		sees("at its end", "staff", mine, false)
		if box := into[store.Sandbox](on("seller").get(path).must(200)); box.State != grants.Ended || !slices.Equal(box.Can, []string{"statement"}) {
			t.Errorf("%+v", box)
		}
		on("seller").post(path+"/shares", put([]string{"read"}, mine)).is(409, "sandbox_ended")

		// The statement says of each what they saw and changed; a member sees their own part.
		if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(t.Context()); err != nil {
			t.Fatal(err)
		}
		whole := into[store.SandboxStatement](on("seller").get(path + "/statement").must(200))
		of := func(s store.SandboxStatement, who string) store.MemberStatement {
			i := slices.IndexFunc(s.Members, func(m store.MemberStatement) bool { return m.Person.Name == "姓"+who })
			if i < 0 {
				return store.MemberStatement{}
			}
			return s.Members[i]
		}
		line := func(m store.MemberStatement, id policy.ID) store.StatementLine {
			i := slices.IndexFunc(m.Records, func(l store.StatementLine) bool { return l.Record == id })
			if i < 0 {
				return store.StatementLine{}
			}
			return m.Records[i]
		}
		theirs := of(whole, "rival")
		if got := line(theirs, mine); got.Changed != 1 || got.Opened == 0 || got.Listed == 0 || len(got.Fields) != 1 || got.Fields[0].Name != "city" || got.Title != "沙箱酒店" {
			t.Errorf("of who changed it the statement says %+v", got)
		}
		if theirs.Left == nil || !theirs.Left.Equal(from.Add(time.Minute)) {
			t.Errorf("they left at %v", theirs.Left)
		}
		if got := of(whole, "staff"); line(got, mine).Opened == 0 || line(got, mine).Changed != 0 || line(got, p.colleagues).Opened == 0 {
			t.Errorf("of who read it the statement says %+v", got)
		}
		if got := of(whole, "seller"); line(got, p.colleagues).Opened == 0 || line(got, p.colleagues).Title != "" {
			t.Errorf("of the sponsor the statement says %+v", got)
		}
		for _, who := range []string{"admin", "boss"} {
			if got := into[store.SandboxStatement](on(who).get(path + "/statement").must(200)); got.Mine || len(got.Members) != len(whole.Members) {
				t.Errorf("%s is told %+v", who, got)
			}
		}
		if own := into[store.SandboxStatement](on("staff").get(path + "/statement").must(200)); !own.Mine || len(own.Members) != 1 || own.Members[0].Person.Name != "姓staff" {
			t.Errorf("a member is told %+v", own)
		}
		on("head").get(path+"/statement").is(404, "sandbox")
		text := strings.TrimPrefix(string(on("seller").get(path+"/statement/file?lang=zh").must(200).body), "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || !slices.ContainsFunc(rows, func(r []string) bool {
			return slices.Contains(r, "姓rival") && slices.Contains(r, "沙箱酒店") && slices.Contains(r, "城市") && strings.HasPrefix(r[len(r)-1], "2026-03-02 18:") // ten in the morning in Greenwich
		}) {
			t.Errorf("%v: the file has %q", err, rows)
		}
		// It leads back to who took it out, as a page does that is printed.
		mark := into[store.Me](on("seller").get("/api/v1/me").must(200)).Watermark
		if last := rows[len(rows)-1][0]; !strings.Contains(last, "姓seller") || !strings.HasSuffix(last, mark.Code) {
			t.Errorf("the file ends with %q", last)
		}

		// The auditor finds who did what about it, and reads it there.
		log := on("auditor").search(url.Values{"group": {"access"}})
		slices.Reverse(log)
		for who, want := range map[string]string{"seller": "opened joined joined shared joined extended withdrawn shared statement statement", "rival": "shared withdrawn left", "staff": "statement", "boss": "statement"} {
			var did []string
			for _, it := range log {
				if it.Action == "sandbox_changed" && it.Person != nil && it.Person.ID == p.people[who] {
					did = append(did, it.Operation)
				}
			}
			if got := strings.Join(did, " "); got != want {
				t.Errorf("of %s the auditor finds %q, not %q", who, got, want)
			}
		}
	})
}
