package httpapi_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// Everybody sees what they hold, whence and until when, and gives back what they were lent; a head sees it of their
// people, who administers or audits of everybody, and of all that is lent what ends soon and what was of no use.
func TestMyAccessOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		me := p.people["seller"].String()
		holds := func(as, whose string) store.Access {
			t.Helper()
			path := "/api/v1/access"
			if whose != "" {
				path += "?person=" + p.people[whose].String()
			}
			return into[store.Access](on(as).get(path).must(200))
		}
		way := func(a store.Access, rule string) *store.AccessWay {
			for _, k := range a.Kinds {
				if i := slices.IndexFunc(k.Ways, func(w store.AccessWay) bool { return strings.HasPrefix(w.Rule, rule) }); i >= 0 {
					return &k.Ways[i]
				}
			}
			return nil
		}
		until := clock.Now().Add(2 * time.Hour)
		lent := into[store.Grant](on("boss").post("/api/v1/grants", p.lends(clock, "seller", 2, p.other)).must(201))
		far := into[store.Grant](on("boss").post("/api/v1/grants", p.lends(clock, "rival", 24*10, p.other)).must(201))
		on("boss").post(customers(p.colleagues)+"/team", map[string]any{"person": me, "until": until}).must(204)
		box := into[store.Sandbox](on("boss").post("/api/v1/sandboxes", map[string]any{"title": "年会", "purpose": "年会名单", "until": until,
			"members": []any{map[string]any{"person": me, "mode": "view"}}, "shares": []any{put([]string{"read"}, p.other)}}).must(201))

		p.notified(on, "grant", map[string]int{"seller": 1, "rival": 1})
		mine := holds("seller", "")
		if mine.Person.Name != "姓seller" || len(mine.Posts) != 1 || mine.Posts[0].Unit.Name != "东区" || len(mine.Grants) != 1 || len(mine.Teams) != 1 || len(mine.Boxes) != 1 {
			t.Errorf("%+v", mine)
		}
		if own := way(mine, "sales/customer/own"); own == nil || own.Until != nil || own.From.ZH == "" || len(own.Holds) != 1 || own.Holds[0].Type != "person" || own.Sentence.ZH == "" || own.Sentence.EN == "" {
			t.Errorf("%+v", own)
		}
		if w := way(mine, "grant/"+lent.ID.String()); w == nil || w.Until == nil || !w.Until.Equal(until) || !strings.Contains(w.From.ZH, "姓boss") {
			t.Errorf("%+v", w)
		}
		if g := mine.Grants[0]; g.ID != lent.ID || !slices.Contains(g.Can, "give_back") || g.Giver.Name != "姓boss" || g.Purpose != "休假代班" {
			t.Errorf("%+v", g)
		}
		if team := mine.Teams[0]; team.Title != "西岭商行" || team.Until == nil || !team.Until.Equal(until) {
			t.Errorf("%+v", team)
		}
		if in := mine.Boxes[0]; in.ID != box.ID || in.Title != "年会" || in.Sponsor.Name != "姓boss" || !in.Until.Equal(until) {
			t.Errorf("%+v", in)
		}

		// The head of the person sees the same, and of records that they may not read no name.
		for _, who := range []string{"head", "admin", "boss", "auditor"} {
			seen := holds(who, "seller")
			if len(seen.Grants) != 1 || len(seen.Teams) != 1 || len(seen.Boxes) != 1 || way(seen, "sales/customer/own") == nil || slices.Contains(seen.Grants[0].Can, "give_back") {
				t.Errorf("%s is told %+v", who, seen)
			}
			if got := seen.Grants[0].Sentence.ZH; who == "head" && (strings.Contains(got, "北辰") || len(seen.Grants[0].Titles) > 0) {
				t.Errorf("the head is told %q, %+v", got, seen.Grants[0].Titles)
			}
		}
		on("rival").get("/api/v1/access?person="+me).is(403, "right")
		on("head").get("/api/v1/access?person="+p.people["boss"].String()).is(403, "right")
		on("admin").get("/api/v1/access?person=999999999").is(404, "person")

		// Of all that is lent: what ends within a week, and what nobody has used.
		lists := func(state string) (ids []policy.ID) {
			t.Helper()
			for _, who := range []string{"admin", "auditor"} {
				ids = nil
				for _, g := range into[ofItems[store.Grant]](on(who).get("/api/v1/grants?scope=all&state=" + state).must(200)).Items {
					ids = append(ids, g.ID)
				}
			}
			slices.Sort(ids)
			return ids
		}
		both := []policy.ID{lent.ID, far.ID}
		if got := lists("open"); !slices.Equal(got, both) {
			t.Errorf("open: %v", got)
		}
		if got := lists("ending"); !slices.Equal(got, both[:1]) {
			t.Errorf("ending: %v", got)
		}
		if got := lists("unused"); !slices.Equal(got, both) {
			t.Errorf("unused: %v", got)
		}
		on("rival").get(customers(p.other)).must(200)
		if got := lists("unused"); !slices.Equal(got, both[:1]) {
			t.Errorf("of no use: %v", got)
		}
		on("head").get("/api/v1/grants?scope=all").is(403, "right")
		clock.set(clock.Now().Add(3*24*time.Hour - time.Microsecond)) // ten days less seven
		if got := lists("ending"); len(got) != 0 {
			t.Errorf("ending in more than a week: %v", got)
		}
		clock.advance(time.Microsecond)
		if got := lists("ending"); !slices.Equal(got, both[1:]) {
			t.Errorf("ending in a week: %v", got)
		}

		// At its instant nothing of it is held any more; given back, at once.
		if after := holds("seller", ""); len(after.Grants) != 0 || len(after.Teams) != 0 || len(after.Boxes) != 0 || way(after, "grant/") != nil {
			t.Errorf("after the end: %+v", after)
		}
		on("rival").do("DELETE", "/api/v1/grants/"+far.ID.String(), nil).must(200)
		if after := holds("rival", ""); len(after.Grants) != 0 || way(after, "grant/") != nil {
			t.Errorf("given back: %+v", after)
		}
		on("rival").get(customers(p.other)).must(404)
		if got := lists("open"); len(got) != 0 {
			t.Errorf("open: %v", got)
		}
	})
}
