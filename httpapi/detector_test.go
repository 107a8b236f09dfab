package httpapi_test

import (
	"fmt"
	"testing"

	"guan/policy"
	"guan/store"
	"guan/watch"
)

// trips is done by who is refused so often that the detector of refusals tells of it.
func (c *client) trips(hidden policy.ID) {
	c.p.t.Helper()
	for range 6 {
		c.get(customers(hidden)).must(404)
	}
}

// acts sets what follows at once from many refusals.
func (p *program) acts(act watch.Action) {
	p.t.Helper()
	auditor, path := p.as("auditor"), "/api/v1/alerts/settings"
	now := into[store.WrittenWatchSettings](auditor.get(path).must(200))
	now.Detectors[watch.Denials] = watch.Setting{On: true, Act: act, Floor: 1, Times: 4}
	auditor.do("PUT", path, map[string]any{"detectors": now.Detectors}, "If-Match", fmt.Sprint(now.Version)).must(200)
}

// A company may have a detector freeze an account, or ask for the second factor, at once: it does so at the next
// request of whoever it tells of, in each of their sessions, and both have a way back.
func TestDetectorActsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		raised := func(who, done string) {
			t.Helper()
			n := 0
			for _, a := range into[store.AlertPage](p.as("auditor").get("/api/v1/alerts?detector=denials").must(200)).Items {
				if a.Person.ID == p.people[who] {
					if n++; a.Done != done {
						t.Errorf("of %s: %+v", who, a)
					}
				}
			}
			if told := p.as("auditor").notices("alert"); n != 1 || len(told) == 0 {
				t.Errorf("%d alerts of %s, of which the auditor is told %d times", n, who, len(told))
			}
		}
		admin := p.as("admin")
		p.watches() // what was before the first look only teaches

		// Told of, and nothing more.
		head := p.as("head")
		head.trips(p.other)
		p.acts(watch.Alert)
		p.watches()
		head.get(customers(p.own)).must(200)
		raised("head", store.DoneNothing)

		// Frozen.
		p.acts(watch.Freeze)
		rival, desk := p.as("rival"), p.as("rival")
		stream := desk.listens("/api/v1/session/stream")
		rival.trips(p.other)
		rival.get(customers(p.colleagues)).must(200)
		p.watches()
		for _, c := range []*client{rival, desk} {
			if got := c.get(customers(p.colleagues)).must(401); got.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%v", got.header)
			}
		}
		if said := stream(); len(said) < 5 || said[3] != "event: ended" {
			t.Errorf("the stream of a frozen account says %q", said)
		}
		p.anonymous().post("/api/v1/session", credentialsOf("rival", password)).is(403, "account_frozen")
		raised("rival", store.DoneFrozen)
		thaw := "/api/v1/org/people/" + p.people["rival"].String() + "/thaw"
		head.do("POST", thaw, nil).must(403)
		admin.do("POST", thaw, nil).must(200)
		back := p.as("rival")
		back.get(customers(p.colleagues)).must(200)
		p.watches() // what froze them does not do so again
		back.get(customers(p.colleagues)).must(200)

		// Asked for the second factor.
		p.acts(watch.Factor)
		seller, phone := p.as("seller"), (*authenticator)(nil)
		phone = seller.enrol()
		seller.post("/api/v1/factor/proof", phone.code()).must(200)
		seller.trips(p.other)
		seller.get(customers(p.own)).must(200)
		p.watches()
		for _, path := range []string{customers(p.own), "/api/v1/records/customer", "/api/v1/search?q=x", "/api/v1/notices"} {
			seller.get(path).is(403, "second_factor_required")
		}
		seller.do("PATCH", customers(p.own), fieldsOf("city", "苏州"), "If-Match", `"1"`).is(403, "second_factor_required")
		raised("seller", store.DoneAsked)
		seller.post("/api/v1/factor/proof", map[string]string{"code": phone.codes[0]}).must(200)
		seller.get(customers(p.own)).must(200)

		// Of who has none, nothing but the password is known: it is asked for again.
		staff := p.as("staff")
		staff.trips(p.other)
		p.watches()
		staff.get("/api/v1/notices").must(401)
		raised("staff", store.DoneSignedOut)
		p.as("staff").get("/api/v1/notices").must(200)

		// Neither is asked of anybody else, and none of them learns why.
		for _, login := range []string{"head", "boss", "auditor"} {
			p.as(login).get("/api/v1/notices").must(200)
		}
		for _, c := range []*client{back, seller, head} {
			if told := c.notices("alert"); len(told) != 0 {
				t.Errorf("%s is told %+v", c.login, told)
			}
		}
	})
}
