package httpapi_test

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/policy"
	"guan/store"
)

// claims tries to claim a customer.
func (c *client) claims(id policy.ID) *reply {
	c.p.t.Helper()
	return c.do("POST", customers(id)+"/claim", nil)
}

// lie makes customers that lie in a pool, each by its name.
func (b *branch) lie(pool policy.ID, names string, fields map[string]any) map[string]policy.ID {
	b.t.Helper()
	ids := map[string]policy.ID{}
	for name := range strings.FieldsSeq(names) {
		all := map[string]any{"pool": pool.String()}
		for field, value := range fields {
			all[field] = value
		}
		ids[name] = b.wins(name, all)
	}
	return ids
}

// stands is how somebody stands with the one pool that they reach.
func (c *client) stands() store.PoolStanding {
	c.p.t.Helper()
	all := into[ofItems[store.PoolStanding]](c.get("/api/v1/pools").must(200)).Items
	if len(all) != 1 {
		c.p.t.Fatalf("%s reaches %d pools: %+v", c.login, len(all), all)
	}
	return all[0]
}

// A week in a pool with every limit: two claims a day, three held at a time, five days of cool-down. What is
// refused names its number or its day, the explanation says the same beforehand, and nothing changes by it.
func TestPoolLimitsOverAWeek(t *testing.T) {
	eachBranch(t, func(t *testing.T, b *branch) {
		pool := b.opens("公海", "", map[string]any{"claims_per_day": 2, "claims_held": 3, "cool_down_days": 5})
		ids := b.lie(pool, "甲 乙 丙 丁 戊 己 庚", nil)
		refuses := func(who, name, code, zh string) {
			t.Helper()
			c := b.on(who)
			before := b.on("boss").get(customers(ids[name])).body
			if why := c.explained(ids[name], "claim", ""); why.Allowed || !strings.Contains(says(why, true), zh) {
				t.Errorf("beforehand %s is told of %s: %s", who, name, says(why, true))
			}
			if said, _ := c.claims(ids[name]).is(429, code).problem().Params["said"].(map[string]any); said["zh"] == "" || said["en"] == "" {
				t.Errorf("%s is told nothing in one language: %v", who, said)
			}
			if after := b.on("boss").get(customers(ids[name])).body; string(after) != string(before) {
				t.Errorf("a refused claim left %s, which was %s", after, before)
			}
		}
		b.on("seller").claims(ids["甲"]).must(200)
		b.on("seller").claims(ids["乙"]).must(200)
		refuses("seller", "丙", "pool_claims_day", "今天从这个公海领取的数量已到上限,明天再来(上限 2)")
		b.on("rival").claims(ids["丙"]).must(200) // each has days of their own
		b.on("seller").post(customers(ids["甲"])+"/release", map[string]any{"reason": "打不通"}).must(200)
		refuses("seller", "丁", "pool_claims_day", "(上限 2)") // a release gives nothing of the day back
		if at := b.on("seller").stands(); at.ClaimsToday != 2 || at.Held != 1 || at.ClaimsPerDay != 2 || at.ClaimsHeld != 3 || at.CoolDownDays != 5 || at.Settings != nil {
			t.Errorf("on Monday: %+v", at)
		}

		b.tomorrow()
		refuses("seller", "甲", "pool_cool_down", "(2026-03-07 09:00 起)")
		b.on("rival").claims(ids["甲"]).must(200)
		b.on("rival").post(customers(ids["甲"])+"/release", map[string]any{}).must(200)
		refuses("seller", "甲", "pool_cool_down", "(2026-03-07 09:00 起)") // whoever had it meanwhile
		b.on("seller").claims(ids["丁"]).must(200)
		b.on("seller").claims(ids["戊"]).must(200)

		b.tomorrow()
		refuses("seller", "己", "pool_claims_held", "手中来自这个公海的客户已到上限,先退回一些(上限 3)")
		if at := b.on("seller").stands(); at.ClaimsToday != 0 || at.Held != 3 {
			t.Errorf("on Wednesday: %+v", at)
		}

		// Assigning is for who heads the people of the pool, and is held to what its receiver holds.
		give := func(who, name, to string) *reply {
			t.Helper()
			return b.on(who).post(customers(ids[name])+"/assign", map[string]any{"person": b.people[to].String()})
		}
		give("seller", "己", "seller").is(403, "action")
		give("rival", "己", "seller").is(403, "action")
		give("staff", "己", "seller").is(404, "record")
		give("auditor", "己", "rival").is(403, "action")
		give("head", "己", "seller").is(429, "pool_held")
		give("head", "己", "admin").is(403, "out_of_reach")
		if b.on("rival").explained(ids["己"], "assign", "").Allowed || !b.on("head").explained(ids["己"], "assign", "").Allowed {
			t.Error("the explanation says otherwise of who assigns")
		}
		if it := into[item](b.on("boss").get(customers(ids["己"])).must(200)); it.Version != 1 || it.Fields["owner"] != nil || it.Fields["pool"] != pool.String() {
			t.Errorf("after refusals: %+v", it)
		}
		give("head", "己", "rival").must(200)
		if told := b.on("rival").told("assigned"); !slices.Equal(told, []string{"己"}) {
			t.Errorf("the rival is told of %v", told)
		}
		give("head", "甲", "rival").must(200) // who assigns has decided about the cool-down
		b.on("head").post(customers(ids["甲"])+"/release", map[string]any{"reason": "给错了人"}).must(200)
		if told := b.on("rival").told("released"); !slices.Equal(told, []string{"甲"}) {
			t.Errorf("the rival is told of %v", told)
		}

		// What an edit hands on is held no more; and on Saturday, at nine, the cool-down is over.
		b.on("boss").changes("customer", ids["丁"], "owner", b.people["head"].String())
		b.on("seller").claims(ids["庚"]).must(200)
		b.on("seller").post(customers(ids["庚"])+"/release", map[string]any{}).must(200)
		for range 3 {
			b.tomorrow()
		}
		b.advance(-1)
		refuses("seller", "甲", "pool_cool_down", "(2026-03-07 09:00 起)")
		b.advance(1)
		b.on("seller").claims(ids["甲"]).must(200)

		// The log has what the limits refused the seller, by the limit, and that they tried to assign.
		refused := map[string]int{}
		for _, it := range b.on("auditor").search(url.Values{"group": {"refusals"}, "person": {b.people["seller"].String()}}) {
			if it.Refused == "assign" && it.Record.ID != ids["己"] {
				t.Errorf("assigned %+v", it.Record)
			}
			refused[it.Refused+" "+it.Code]++
		}
		if want := map[string]int{"claim pool_claims_day": 2, "claim pool_cool_down": 3, "claim pool_claims_held": 1, "assign action": 1}; !maps.Equal(refused, want) {
			t.Errorf("the audit log has the seller's refusals as %v, not %v", refused, want)
		}
		var done []string
		for _, it := range b.on("auditor").search(url.Values{"kind": {"customer"}, "record": {ids["甲"].String()}}) {
			if slices.Contains([]string{"claim", "release", "assign"}, it.Action) {
				done = append(done, it.Person.Name+" "+it.Action)
			}
		}
		slices.Reverse(done)
		if got := strings.Join(done, ", "); got != "姓seller claim, 姓seller release, 姓rival claim, 姓rival release, 姓head assign, 姓head release, 姓seller claim" {
			t.Errorf("the audit log tells of the first: %s", got)
		}
	})
}

// Two records of the pool a day: each counts once, lists count nothing, and who runs the pool is not counted.
func TestPoolViewsADay(t *testing.T) {
	eachBranch(t, func(t *testing.T, b *branch) {
		pool := b.opens("公海", "", map[string]any{"views_per_day": 2})
		ids := b.lie(pool, "甲 乙 丙 丁", nil)
		seller := b.on("seller")
		for _, name := range []string{"甲", "乙", "甲", "乙"} {
			seller.get(customers(ids[name])).must(200)
		}
		seller.get(customers(ids["丙"])).is(429, "pool_views_day")
		if at := seller.stands(); at.ViewsToday != 2 || at.ViewsPerDay != 2 {
			t.Errorf("%+v", at)
		}
		if all := into[ofItems[item]](seller.get("/api/v1/records/customer?filter=" + url.QueryEscape("r.pool == '"+pool.String()+"'")).must(200)).Items; len(all) != 4 {
			t.Errorf("the list shows %d", len(all))
		}
		for _, who := range []string{"rival", "head", "boss"} {
			b.on(who).get(customers(ids["丙"])).must(200)
		}
		for _, name := range []string{"甲", "乙", "丁"} {
			b.on("head").get(customers(ids[name])).must(200)
		}
		seller.claims(ids["丙"]).must(200) // one's own are not counted
		seller.get(customers(ids["丙"])).must(200)
		seller.get(customers(ids["丁"])).is(429, "pool_views_day")
		b.advance(14*time.Hour + 59*time.Minute) // a minute before midnight, in China
		b.signed = map[string]*client{}
		b.on("seller").get(customers(ids["丁"])).is(429, "pool_views_day")
		b.advance(time.Minute)
		b.on("seller").get(customers(ids["丁"])).must(200)
		refused := b.on("auditor").search(url.Values{"group": {"refusals"}, "person": {b.people["seller"].String()}})
		if len(refused) != 3 || refused[0].Refused != "read" || refused[0].Code != "pool_views_day" || refused[0].Record.ID != ids["丁"] {
			t.Errorf("the audit log: %+v", refused)
		}
	})
}

// Which customers a pool takes is its condition, whom it is open to its units: a customer goes where both fit,
// and who is outside learns nothing of it.
func TestPoolByCondition(t *testing.T) {
	eachBranch(t, func(t *testing.T, b *branch) {
		south := b.opens("深圳公海", "深圳", map[string]any{})
		west := into[made](b.on("boss").post("/api/v1/org/pools", map[string]any{"name": "西区公海", "open": []any{map[string]any{"unit": b.west.String()}}}).must(201)).ID
		boss, seller, rival := b.on("boss"), b.on("seller"), b.on("rival")
		boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "北方", "city": "北京", "pool": south.String()}}).is(409, "pool_takes_not")
		lies := func(id policy.ID, want any) {
			t.Helper()
			if it := into[item](boss.get(customers(id)).must(200)); it.Fields["pool"] != want || (it.Fields["owner"] == nil) != (want != nil) {
				t.Errorf("%s is at %v, not in %v", it.Title, it.Fields, want)
			}
		}
		mine := func(name, city, owner string) policy.ID {
			return b.wins(name, map[string]any{"city": city, "owner": b.people[owner].String()})
		}
		fits, strange, far := mine("深圳客", "深圳", "seller"), mine("北京客", "北京", "seller"), mine("西边客", "北京", "rival")
		release := func(c *client, id policy.ID, into any) *reply {
			t.Helper()
			body := map[string]any{"reason": "暂无意向"}
			if into != nil {
				body["pool"] = into
			}
			return c.post(customers(id)+"/release", body)
		}
		release(seller, strange, nil).is(409, "pool_none")
		release(seller, strange, south.String()).is(409, "pool_takes_not")
		release(seller, strange, west.String()).is(400, "ref_missing") // as a pool that there is not
		same(t, release(seller, strange, west.String()), release(seller, strange, "987654321"))
		lies(strange, nil)
		release(seller, fits, nil).must(200)
		lies(fits, south.String())
		release(rival, far, nil).must(200)
		lies(far, west.String())

		names := func(c *client) string {
			var all []string
			for _, st := range into[ofItems[store.PoolStanding]](c.get("/api/v1/pools").must(200)).Items {
				all = append(all, st.Name)
			}
			slices.Sort(all)
			return strings.Join(all, " ")
		}
		for who, want := range map[string]string{"seller": "深圳公海", "rival": "深圳公海 西区公海", "head": "深圳公海 西区公海", "staff": "", "auditor": ""} {
			if got := names(b.on(who)); got != want {
				t.Errorf("%s reaches %q, not %q", who, got, want)
			}
		}
		b.on("head").get(customers(far)).must(200) // of a unit below theirs
		for _, way := range []func(id policy.ID) *reply{
			func(id policy.ID) *reply { return seller.get(customers(id)) },
			func(id policy.ID) *reply { return seller.claims(id) },
			func(id policy.ID) *reply {
				return seller.get("/api/v1/explain?kind=customer&action=claim&id=" + id.String())
			},
		} {
			same(t, way(far), way(987654321))
		}
		rival.claims(far).must(200)
		// What is edited out of the condition stays where it lies until somebody claims it.
		boss.changes("customer", fits, "city", "珠海")
		lies(fits, south.String())
		seller.claims(fits).must(200)
		release(seller, fits, nil).is(409, "pool_none")
	})
}

// What a pool hides shows nowhere before the claim, not in a list, a filter or a file, to nobody but whom the
// pool names; and to who claims it shows at once.
func TestHiddenUntilClaimed(t *testing.T) {
	eachBranch(t, func(t *testing.T, b *branch) {
		secret := "https://c4n4ry.example.cn"
		pool := b.opens("公海", "", map[string]any{"hidden": []any{map[string]any{"field": "website", "level": "hidden"}},
			"shown_to": []any{map[string]any{"person": b.people["rival"].String()}}})
		id := b.lie(pool, "藏起来的", map[string]any{"website": secret})["藏起来的"]
		find := func(c *client) string {
			c.p.t.Helper()
			return string(c.get("/api/v1/records/customer?fields=name,website&filter=" + url.QueryEscape(`r.website == "`+secret+`"`)).must(200).body)
		}
		looks := func(c *client, sees bool) {
			t.Helper()
			exported := c.ordered("exports", c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": "核对", "format": "csv", "fields": []string{"name", "website"}})).ID
			for what, text := range map[string]string{
				"page": string(c.get(customers(id)).must(200).body), "list": string(c.get("/api/v1/records/customer?limit=100").must(200).body),
				"filter": find(c), "file": string(c.get("/api/v1/exports/" + exported.String() + "/file").must(200).body),
			} {
				if strings.Contains(text, secret) != sees {
					t.Errorf("%s sees it in the %s: %v", c.login, what, !sees)
				}
			}
			if strings.Contains(find(c), "藏起来的") != sees {
				t.Errorf("%s finds the customer by what is hidden, or not by what is plain", c.login)
			}
			if !sees && strings.Contains(string(c.get(customers(id)+"/timeline").must(200).body), secret) {
				t.Errorf("%s sees it in the timeline", c.login)
			}
		}
		seller, rival := b.on("seller"), b.on("rival")
		looks(seller, false)
		if !strings.Contains(find(rival), secret) {
			t.Error("to whom the pool shows it, it does not show")
		}
		if at := seller.stands(); len(at.Hidden) != 1 || at.Hidden[0].Field != "website" || !slices.Contains(at.Opens, "website") {
			t.Errorf("the seller is told of what is hidden: %+v", at)
		}
		if at := rival.stands(); len(at.Hidden) != 0 {
			t.Errorf("nothing is hidden from the rival: %+v", at.Hidden)
		}
		if why := rival.explained(id, "read", "website"); why.Level != "plain" || len(why.Forbids) != 0 {
			t.Errorf("the rival is told %+v", why)
		}
		if got := into[item](seller.claims(id).must(200)); got.Fields["website"] != secret {
			t.Errorf("claimed: %v", got.Fields)
		}
		looks(seller, true)
		if why := seller.explained(id, "read", "website"); why.Level != "plain" || len(why.Forbids) != 0 || !strings.Contains(says(why, true), "销售开发并跟进自己负责的客户") {
			t.Errorf("the new owner is told %+v", why)
		}
		seller.post(customers(id)+"/release", map[string]any{}).must(200)
		looks(seller, false)
	})
}

// A list goes into a pool from who heads people there: rows that the pool does not take are told each, what is
// taken lies there for whoever is first, and nobody else brings a list.
func TestListsGoIntoAPool(t *testing.T) {
	eachBranch(t, func(t *testing.T, b *branch) {
		pool := b.opens("深圳公海", "深圳", map[string]any{"claims_per_day": 1})
		table := "客户名称,城市,电话\n展会一,深圳,13900139001\n展会二,北京,13900139002\n展会三,深圳,13900139003\n"
		mapping := `{"kind":"customer","columns":[{"column":"客户名称","field":"name"},{"column":"城市","field":"city"},{"column":"电话","field":"phone"}],"constants":{"pool":"` + pool.String() + `"}}`
		bring := func(who, mode string) *reply {
			return b.on(who).upload("展会.csv", table, "kind", "customer", "mapping", mapping, "mode", mode, "atomic", "row")
		}
		bring("seller", "run").is(403, "right")
		tried := b.on("head").tells("imports", bring("head", "dry"))
		if tried.Created != 2 || tried.Failed != 1 || len(tried.Problems) != 1 || tried.Problems[0].Row != 3 || tried.Problems[0].Code != "pool_takes_not" {
			t.Fatalf("tried: %+v", tried)
		}
		lying := func(c *client) []item {
			return into[ofItems[item]](c.get("/api/v1/records/customer?sort=name&fields=name,owner,pool,phone&filter=" + url.QueryEscape("r.pool == '"+pool.String()+"'")).must(200)).Items
		}
		if all := lying(b.on("boss")); len(all) != 0 {
			t.Errorf("a trial left %+v", all)
		}
		ran := b.on("head").tells("imports", bring("head", "run"))
		if ran.Created != 2 || ran.Failed != 1 {
			t.Fatalf("%+v", ran)
		}
		all := lying(b.on("seller"))
		if len(all) != 2 || all[0].Fields["owner"] != nil || all[0].Fields["phone"] != nil {
			t.Fatalf("the seller sees %+v", all)
		}
		if got := into[item](b.on("seller").claims(all[0].ID).must(200)); got.Fields["phone"] == nil {
			t.Errorf("claimed: %+v", got.Fields)
		}
		b.on("seller").claims(all[1].ID).is(429, "pool_claims_day")
		b.on("rival").claims(all[0].ID).is(404, "record")
		b.on("rival").claims(all[1].ID).must(200)
		made := b.on("auditor").search(url.Values{"kind": {"customer"}, "record": {all[0].ID.String()}})
		if first := made[len(made)-1]; first.Action != "import" && first.Action != "create" || first.Person == nil && first.OnBehalf == nil {
			t.Errorf("the audit log begins with %+v", first)
		}
	})
}
