package httpapi_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"guan/httpapi"
	"guan/policy"
)

func credentialsOf(login, word string) map[string]string {
	return map[string]string{"login": login, "password": word}
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		c := p.anonymous()
		c.get("/api/v1/me").is(401, "signin")
		made := c.post("/api/v1/session", credentialsOf("seller", password)).must(200)
		cookie := made.header.Get("Set-Cookie")
		for _, part := range []string{"guan_session=", "HttpOnly", "SameSite=Lax", "Path=/"} {
			if !strings.Contains(cookie, part) {
				t.Errorf("the cookie %q lacks %s", cookie, part)
			}
		}
		if strings.Contains(cookie, "Secure") {
			t.Error("the cookie could not come back over plain HTTP")
		}
		me := into[struct {
			Person struct{ ID, Login string }
			Kinds  []string
		}](c.get("/api/v1/me").must(200))
		if me.Person.ID != p.people["seller"].String() || me.Person.Login != "seller" || len(me.Kinds) == 0 {
			t.Errorf("me: %+v", me)
		}

		// What is wrong is not told, and an unknown login gets the same answer as a wrong password.
		unknown := p.anonymous().post("/api/v1/session", credentialsOf("nobody", password)).is(401, "credentials")
		wrong := p.anonymous().post("/api/v1/session", credentialsOf("seller", "wrong "+password)).is(401, "credentials")
		same(t, unknown, wrong)

		c.do("DELETE", "/api/v1/session", nil).must(204)
		c.get("/api/v1/me").is(401, "signin")
	})
}

func TestCookieIsSecureOverTLS(t *testing.T) {
	p := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.SecureCookies = true })
	made := p.anonymous().post("/api/v1/session", credentialsOf("seller", password)).must(200)
	if !strings.Contains(made.header.Get("Set-Cookie"), "Secure") {
		t.Error("the cookie is not Secure")
	}
}

func TestLockout(t *testing.T) {
	// The first lock is of a second, which must not be over before it is looked at.
	eachAt(t, func(t *testing.T, p *program, _ *handClock) {
		c := p.anonymous()
		for i := range 40 {
			r := c.post("/api/v1/session", credentialsOf("seller", "guess"+strconv.Itoa(i)))
			if r.status == 401 {
				continue
			}
			locked := r.is(429, "locked").problem()
			seconds, err := strconv.Atoi(r.header.Get("Retry-After"))
			if err != nil || seconds < 1 || fmt.Sprint(locked.Params["retry_after"]) != strconv.Itoa(seconds) {
				t.Errorf("Retry-After %q, params %v", r.header.Get("Retry-After"), locked.Params)
			}
			// The right password does not open a locked login; other people are not locked out.
			c.post("/api/v1/session", credentialsOf("seller", password)).is(429, "locked")
			p.as("head")
			return
		}
		t.Error("40 guesses and no lock")
	})
}

func TestSignInRate(t *testing.T) {
	p := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.Limits = httpapi.Limits{SignIns: 0.0001, SignInBurst: 3} })
	for range 3 {
		p.as("seller")
	}
	r := p.anonymous().post("/api/v1/session", credentialsOf("head", password)).is(429, "rate")
	if r.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

func TestRequestRate(t *testing.T) {
	p := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.Limits = httpapi.Limits{Requests: 0.0001, Burst: 4} })
	seller, head := p.as("seller"), p.as("head")
	for range 4 {
		seller.get("/api/v1/me").must(200)
	}
	seller.get("/api/v1/me").is(429, "rate")
	head.get("/api/v1/me").must(200)
}

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		desk, phone, rival := p.as("seller"), p.anonymous(), p.as("rival")
		phone.post("/api/v1/session", credentialsOf("seller", password), "User-Agent", "Mozilla/5.0 (iPhone)").must(200)
		type session struct {
			ID      string
			Device  string
			Address string
			Current bool
		}
		mine := into[ofItems[session]](desk.get("/api/v1/sessions").must(200)).Items
		if len(mine) != 2 {
			t.Fatalf("sessions: %+v", mine)
		}
		var other string
		for _, s := range mine {
			if s.Address != "127.0.0.1" {
				t.Errorf("address %q", s.Address)
			}
			if !s.Current {
				other = s.ID
				if s.Device != "phone" {
					t.Errorf("device %q", s.Device)
				}
			}
		}
		// Somebody else's session is none.
		notMine := rival.do("DELETE", "/api/v1/sessions/"+other, nil).must(404)
		same(t, notMine, rival.do("DELETE", "/api/v1/sessions/4242", nil).must(404))
		phone.get("/api/v1/me").must(200)
		desk.do("DELETE", "/api/v1/sessions/"+other, nil).must(204)
		phone.get("/api/v1/me").is(401, "signin")
		desk.get("/api/v1/me").must(200)
	})
}

func TestPasswordChangeEndsOtherSessions(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		desk, other := p.as("seller"), p.as("seller")
		const next = "a new and better one"
		desk.post("/api/v1/password", map[string]string{"old": "not it", "new": next}).is(401, "credentials")
		desk.post("/api/v1/password", map[string]string{"old": password, "new": "x"}).is(400, "password_short")
		desk.post("/api/v1/password", map[string]string{"old": password, "new": next}).must(204)
		desk.get("/api/v1/me").must(200)
		other.get("/api/v1/me").is(401, "signin")
		p.anonymous().post("/api/v1/session", credentialsOf("seller", password)).is(401, "credentials")
		p.anonymous().post("/api/v1/session", credentialsOf("seller", next)).must(200)
	})
}

func TestTokensAreNarrower(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		made := into[struct{ ID, Token string }](boss.post("/api/v1/tokens", map[string]any{
			"name": "报表", "kinds": []string{"customer"}, "actions": []string{"read"}, "until": time.Now().Add(time.Hour),
		}).must(201))
		if strings.Contains(string(boss.get("/api/v1/tokens").must(200).body), made.Token) {
			t.Error("the list of tokens tells the secret")
		}
		program := p.withToken(made.Token)
		got := into[item](program.get("/api/v1/records/customer/" + p.own.String()).must(200))
		if len(got.Can) != 0 {
			t.Errorf("a token that reads can %v", got.Can)
		}
		if page := into[struct{ Items []item }](program.get("/api/v1/records/contact").must(200)); len(page.Items) > 0 {
			t.Errorf("a token for customers lists %d contacts", len(page.Items))
		}
		program.do("PATCH", "/api/v1/records/customer/"+p.own.String(), fieldsOf("name", "x"), "If-Match", `"1"`).is(403, "action")
		program.post("/api/v1/records/customer", fieldsOf("name", "x")).is(403, "action")
		program.post("/api/v1/tokens", map[string]any{"name": "more", "until": time.Now().Add(time.Hour)}).is(403, "session_required")
		program.get("/api/v1/sessions").is(403, "session_required")
		program.post("/api/v1/password", map[string]string{"old": password, "new": "something else"}).is(403, "session_required")

		p.as("rival").do("DELETE", "/api/v1/tokens/"+made.ID, nil).must(404)
		boss.do("DELETE", "/api/v1/tokens/"+made.ID, nil).must(204)
		program.get("/api/v1/me").is(401, "signin")
	})
}

func TestSecretsStayInTheirChannel(t *testing.T) {
	p := start(t, blank.SQLite(t))
	boss := p.as("boss")
	u, err := http.NewRequest("GET", p.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	cookie := boss.http.Jar.Cookies(u.URL)[0].Value
	token := into[struct{ Token string }](boss.post("/api/v1/tokens", map[string]any{"name": "t", "until": time.Now().Add(time.Hour)}).must(201)).Token

	p.withToken(cookie).get("/api/v1/me").is(401, "signin")
	p.anonymous().get("/api/v1/me", "Cookie", "guan_session="+token).is(401, "signin")
	for _, header := range []string{"Bearer", "Bearer ", "Basic c2VsbGVyOng=", "bearer x y", token} {
		boss.get("/api/v1/me", "Authorization", header).is(401, "signin")
	}
	if strings.Contains(p.log.String(), cookie) || strings.Contains(p.log.String(), token) || strings.Contains(p.log.String(), password) {
		t.Error("a secret stands in the log")
	}
	p.withToken(token).get("/api/v1/me", "Authorization", "bearer "+token).must(200)
}

func fieldsOf(name string, value any) map[string]any {
	return map[string]any{"fields": map[string]any{name: value}}
}

func customers(id policy.ID) string { return "/api/v1/records/customer/" + id.String() }
