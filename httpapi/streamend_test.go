package httpapi_test

import (
	"slices"
	"testing"

	"guan/store"
)

// Whoever keeps a page open is told when they are stopped, have left, or are signed out by who administers
// (frozen: TestDetectorActsAtOnce); each stream ends for who it is and for nobody else.
func TestStreamsEndForWhoIsOut(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin := p.as("admin")
		person := func(login string) string { return "/api/v1/org/people/" + p.people[login].String() }
		bystander := p.as("boss")
		beside, over := bystander.listens("/api/v1/session/stream"), make(chan []string, 1)
		go func() { over <- beside() }()

		device := func(login string) string {
			t.Helper()
			for _, d := range into[ofItems[store.Device]](admin.get(person(login) + "/devices").must(200)).Items {
				if d.Sessions > 0 {
					return person(login) + "/devices/" + d.ID.String()
				}
			}
			t.Fatalf("%s has no device", login)
			return ""
		}
		for _, c := range []struct {
			how, login string
			end        func()
		}{
			{"signed out", "staff", func() { admin.do("POST", device("staff")+"/sign-out", nil).must(200) }},
			{"given a password", "staff", func() {
				admin.do("PUT", person("staff")+"/password", map[string]string{"password": password + " anew"}).must(204)
			}},
			{"stopped", "seller", func() { admin.do("POST", person("seller")+"/stop", nil).must(200) }},
			{"left", "rival", func() {
				admin.post("/api/v1/org/changes", map[string]any{"leave": []any{map[string]any{"person": p.people["rival"].String()}}}).must(200)
			}},
		} {
			who := p.as(c.login)
			who.get("/api/v1/notices").must(200)
			stream := who.listens("/api/v1/session/stream")
			c.end()
			if said := stream(); !slices.Contains(said, "event: open") || !slices.Contains(said, "event: ended") {
				t.Errorf("to who is %s the stream says %q", c.how, said)
			}
			who.get("/api/v1/notices").must(401)
			who.get("/api/v1/session/stream").must(401)
			bystander.get("/api/v1/notices").must(200)
		}
		select {
		case said := <-over:
			t.Errorf("the stream of who stays ended with %q", said)
		default:
		}
		bystander.do("DELETE", "/api/v1/session", nil).must(204)
		if said := <-over; !slices.Contains(said, "event: ended") {
			t.Errorf("at its end it says %q", said)
		}
	})
}
