package httpapi_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"guan/store"
	"guan/watch"
)

// watchedBy sets detectors, as who audits may.
func (p *program) watchedBy(change func(map[watch.Detector]watch.Setting)) {
	p.t.Helper()
	auditor := p.as("auditor")
	now := into[store.WrittenWatchSettings](auditor.get("/api/v1/alerts/settings").must(200))
	change(now.Detectors)
	auditor.do("PUT", "/api/v1/alerts/settings", map[string]any{"detectors": now.Detectors}, "If-Match", fmt.Sprint(now.Version)).must(200)
}

// Where a detector is set to it, what it finds has its consequence at once: the account is frozen and its open page is
// told within a second, or nothing more is done before the second factor was proved; who has none signs in again. Each
// has a way back.
func TestWatchedActsOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller, rival, head := p.as("seller"), p.as("rival"), p.as("head")
		phone := rival.enrol()
		p.watches() // what was before the first look only teaches
		p.watchedBy(func(d map[watch.Detector]watch.Setting) {
			d[watch.Honey] = watch.Setting{On: true, Act: watch.Freeze, Floor: 1}
			d[watch.Denials] = watch.Setting{On: true, Act: watch.Factor, Floor: 1, Times: d[watch.Denials].Times}
		})
		done := func(detector watch.Detector, who string) (out []string) {
			t.Helper()
			for _, a := range into[store.AlertPage](p.as("auditor").get("/api/v1/alerts?detector=" + string(detector)).must(200)).Items {
				if a.Person.ID == p.people[who] {
					out = append(out, a.Done)
				}
			}
			return out
		}

		// Frozen.
		p.as("auditor").do("PUT", "/api/v1/honey/customer/"+p.own.String(), map[string]any{"note": ""}).must(204)
		told := seller.listens("/api/v1/session/stream")
		seller.get(customers(p.own)).must(200)
		p.watches()
		began := time.Now()
		if lines := told(); !slices.Contains(lines, "event: ended") || time.Since(began) > time.Second {
			t.Errorf("the open page is told %q after %s", lines, time.Since(began))
		}
		seller.get("/api/v1/me").is(401, "signin")
		p.anonymous().post("/api/v1/session", credentialsOf("seller", password)).is(403, "account_frozen")
		if got := done(watch.Honey, "seller"); !slices.Equal(got, []string{store.DoneFrozen}) {
			t.Errorf("what was done of it: %q", got)
		}
		if got := done(watch.Honey, "rival"); len(got) != 0 {
			t.Errorf("of somebody else: %q", got)
		}
		p.as("admin").do("POST", "/api/v1/org/people/"+p.people["seller"].String()+"/thaw", nil).must(200)
		p.as("seller").get("/api/v1/me").must(200)

		// Asked for the second factor: whoever has one goes on with it, whoever has none signs in anew.
		for range 30 {
			rival.get(customers(p.other)).must(404)
			head.get(customers(p.other)).must(404)
		}
		p.watches()
		for _, path := range []string{"/api/v1/records/customer", customers(p.colleagues), "/api/v1/notices", "/api/v1/tokens"} {
			rival.get(path).is(403, "second_factor_required")
		}
		rival.do("PATCH", customers(p.colleagues), fieldsOf("city", "苏州"), "If-Match", "1").is(403, "second_factor_required")
		rival.post("/api/v1/factor/proof", phone.code()).must(200)
		rival.get(customers(p.colleagues)).must(200)
		head.get("/api/v1/me").is(401, "signin")
		p.as("head").get(customers(p.own)).must(200)
		if a, b := done(watch.Denials, "rival"), done(watch.Denials, "head"); !slices.Equal(a, []string{store.DoneAsked}) || !slices.Equal(b, []string{store.DoneSignedOut}) {
			t.Errorf("what was done of it: %q, %q", a, b)
		}
	})
}
