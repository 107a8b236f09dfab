package httpapi_test

import (
	"bufio"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guan/httpapi"
	"guan/internal/testdb"
	"guan/policy"
	"guan/signin"
)

// authenticator is somebody's telephone: no code of it is shown twice.
type authenticator struct {
	t      *testing.T
	secret string
	codes  []string // of recovery
	shown  int64
}

// enrol sets a second factor up.
func (c *client) enrol() *authenticator {
	c.p.t.Helper()
	begun := into[struct {
		Secret string
		URI    string
		QR     signin.QR
	}](c.post("/api/v1/factor", map[string]string{"password": password}).must(201))
	if begun.QR.Size < 21 || !strings.HasPrefix(begun.QR.Path, "M0 0h7") || !strings.Contains(begun.URI, ":"+c.login+"?") {
		c.p.t.Errorf("%+v", begun)
	}
	a := &authenticator{t: c.p.t, secret: begun.Secret}
	a.codes = into[struct{ Codes []string }](c.post("/api/v1/factor/confirm", a.code()).must(200)).Codes
	return a
}

// code is one that is good now and was not shown before. The next half minute's counts too, and the last one's: whichever
// is shown first is good for another half minute yet.
func (a *authenticator) code() map[string]string {
	a.t.Helper()
	step := max(time.Now().Unix()/30, a.shown+1)
	a.shown = step
	code, err := signin.CodeAt(a.secret, time.Unix(step*30, 0))
	if err != nil {
		a.t.Fatal(err)
	}
	return map[string]string{"code": code}
}

func withCode(login, code string) map[string]string {
	return map[string]string{"login": login, "password": password, "code": code}
}

// A browser in which the device is known asks for the password alone, any other for a code as well.
func TestSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		desk := p.as("seller")
		phone := desk.enrol()
		for _, cookie := range desk.http.Jar.Cookies(mustURL(t, p.url+"/api/v1/session")) {
			if strings.HasPrefix(cookie.Name, "guan_device_") && !strings.HasPrefix(cookie.Value, "gd_") {
				t.Errorf("%s", cookie)
			}
		}
		if got := desk.http.Jar.Cookies(mustURL(t, p.url+"/api/v1/me")); len(got) != 1 {
			t.Errorf("the key of the device is sent with everything: %v", got)
		}
		desk.post("/api/v1/session", credentialsOf("seller", password)).must(200)

		other := p.anonymous()
		other.post("/api/v1/session", credentialsOf("seller", "wrong "+password)).is(401, "credentials")
		other.post("/api/v1/session", credentialsOf("seller", password)).is(403, "second_factor_required")
		other.post("/api/v1/session", withCode("seller", "no code")).is(403, "factor_code")
		other.get("/api/v1/me").is(401, "signin")
		made := other.post("/api/v1/session", withCode("seller", phone.code()["code"])).must(200)
		for _, part := range []string{"HttpOnly", "SameSite=Strict", "Path=/api/v1/session"} {
			if !strings.Contains(strings.Join(made.header.Values("Set-Cookie"), "\n"), part) {
				t.Errorf("%v lacks %s", made.header.Values("Set-Cookie"), part)
			}
		}
		other.post("/api/v1/session", credentialsOf("seller", password)).must(200)
		p.anonymous().post("/api/v1/session", withCode("seller", phone.codes[0])).must(200)
		p.anonymous().post("/api/v1/session", withCode("seller", phone.codes[0])).is(403, "factor_code")

		// Proved by the sign-in with a code, not by the one without.
		other.do("POST", "/api/v1/factor/codes", nil).is(403, "second_factor_required")
		other.post("/api/v1/factor/proof", map[string]string{"code": phone.codes[1]}).must(200)
		renewed := other.do("POST", "/api/v1/factor/codes", nil).must(200)
		if !bytes.Contains(renewed.body, []byte("codes")) || bytes.Contains(renewed.body, []byte(phone.codes[2])) {
			t.Errorf("%s", renewed.body)
		}
		for _, path := range []string{"/api/v1/factor", "/api/v1/devices", "/api/v1/me", "/api/v1/sessions"} {
			if got := other.get(path).must(200); bytes.Contains(got.body, []byte(phone.secret)) || bytes.Contains(got.body, []byte("gd_")) {
				t.Errorf("%s tells a secret: %s", path, got.body)
			}
		}
	})
}

type device struct {
	ID       policy.ID
	Current  bool
	Sessions int
	AskedAt  *time.Time `json:"asked_at"`
}

// A device waits, is admitted, is blocked: its page stops at the next request, and its stream ends by itself
// (how soon: TestStreamsEndWithinASecond of the store).
func TestDevices(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin := p.as("admin")
		admin.enrol()
		admin.do("PUT", "/api/v1/sign-in/settings", map[string]any{"factor": "new_device", "first_use": "nod", "freeze": false, "keep": false, "device_days": 90, "hour_from": 0, "hour_until": 0}, "If-Match", "0").must(200)
		phone, path := p.anonymous(), "/api/v1/org/people/"+p.people["seller"].String()+"/devices"
		if got := phone.post("/api/v1/session", credentialsOf("seller", password)).must(200); !bytes.Contains(got.body, []byte(`"waiting":true`)) || bytes.Contains(got.body, []byte("卖")) {
			t.Errorf("%s", got.body)
		}
		phone.get("/api/v1/me").is(401, "signin")
		list := into[ofItems[device]](admin.get(path).must(200)).Items
		if len(list) != 1 || list[0].AskedAt == nil {
			t.Fatalf("%+v", list)
		}
		one := path + "/" + list[0].ID.String()
		admin.do("POST", one+"/admit", nil).must(200)
		phone.post("/api/v1/session", credentialsOf("seller", password)).must(200)

		r, err := http.NewRequestWithContext(t.Context(), "GET", p.url+"/api/v1/session/stream", nil)
		if err != nil {
			t.Fatal(err)
		}
		stream, err := phone.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer stream.Body.Close()
		lines := bufio.NewScanner(stream.Body)
		if stream.Header.Get("Content-Type") != "text/event-stream" || !lines.Scan() || lines.Text() != "event: open" {
			t.Fatalf("%v %q", stream.Header, lines.Text())
		}
		admin.do("POST", one+"/block", nil).must(200)
		ended := false
		for lines.Scan() {
			ended = ended || lines.Text() == "event: ended"
		}
		if !ended {
			t.Errorf("the stream of a blocked device: %v", lines.Err())
		}
		phone.get("/api/v1/me").is(401, "signin")
		phone.post("/api/v1/session", credentialsOf("seller", password)).is(403, "device_blocked")
	})
}

// A stream holds nobody up who wants to stop the server.
func TestStreamsDrain(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at, func(o *httpapi.Options) { o.Limits = httpapi.Limits{Requests: -1, SignIns: -1, Draining: patience / 2} })
		seller := p.as("seller")
		r, err := http.NewRequestWithContext(t.Context(), "GET", p.url+"/api/v1/session/stream", nil)
		if err != nil {
			t.Fatal(err)
		}
		stream, err := seller.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer stream.Body.Close()
		p.stop()
		err = <-p.ended
		p.ended <- err
		if err != nil { // it waited for as long as it may
			t.Errorf("the server waits for a stream: %v", err)
		}
	})
}

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
