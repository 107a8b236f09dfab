package httpapi_test

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"

	"guan/audit"
	"guan/fault"
	"guan/httpapi"
	"guan/internal/softkey"
	"guan/signin"
)

// originOf is how a browser on this machine writes the address of the program.
func originOf(p *program) string { return strings.Replace(p.url, "127.0.0.1", "localhost", 1) }

func (c *client) passkey(name string) (*softkey.Key, []string) {
	c.p.t.Helper()
	wish := into[signin.PasskeyWish](c.post("/api/v1/factor/passkeys/begin", map[string]string{"password": password}).must(200))
	key := softkey.New(originOf(c.p), wish.Site)
	return key, into[struct{ Codes []string }](c.post("/api/v1/factor/passkeys", madeBy(key, wish.Challenge, name)).must(201)).Codes
}

func madeBy(key *softkey.Key, challenge, name string) map[string]any {
	made := key.Make(challenge)
	return map[string]any{"name": name, "credential": made.Credential, "client_data": made.ClientData, "attestation": made.Attestation, "transports": made.Transports}
}

func (c *client) challenge(path string, body any) string {
	c.p.t.Helper()
	if body == nil {
		return into[signin.PasskeyAsk](c.do("POST", path, nil).must(200)).Challenge
	}
	return into[signin.PasskeyAsk](c.post(path, body).must(200)).Challenge
}

// A passkey opens what a code does: another browser, and what asks for the second factor in a session.
func TestPasskeySignIn(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		desk := p.as("seller")
		key, codes := desk.passkey("我的手机")
		if len(codes) != signin.RecoveryCodes {
			t.Errorf("%d codes", len(codes))
		}
		other := p.anonymous()
		asked := other.post("/api/v1/session", credentialsOf("seller", password)).is(403, "second_factor_required")
		if into[fault.Error](asked).Params["passkey_origin"] != originOf(p) {
			t.Errorf("%s", asked.body)
		}
		shown := key.Sign(other.challenge("/api/v1/session/passkey", credentialsOf("seller", password)))
		in := func(shown *signin.PasskeyProof) map[string]any {
			return map[string]any{"login": "seller", "password": password, "passkey": shown}
		}
		wrong := in(shown)
		wrong["password"] = "wrong " + password
		other.post("/api/v1/session", wrong).is(401, "credentials")
		other.get("/api/v1/me").is(401, "signin")
		other.post("/api/v1/session", in(shown)).must(200)
		other.get("/api/v1/me").must(200)
		p.anonymous().post("/api/v1/session", in(shown)).is(403, "passkey")
		p.anonymous().post("/api/v1/session", credentialsOf("seller", password)).is(403, "second_factor_required")
		p.anonymous().post("/api/v1/session", withCode("seller", codes[0])).must(200)

		// Known: signed in without it, and asked for it by what wants it.
		other.post("/api/v1/session", credentialsOf("seller", password)).must(200)
		other.do("POST", "/api/v1/factor/codes", nil).is(403, "second_factor_required")
		other.post("/api/v1/factor/passkeys/proof", key.Sign(desk.challenge("/api/v1/factor/passkeys/challenge", nil))).is(403, "passkey")
		other.post("/api/v1/factor/passkeys/proof", key.Sign(other.challenge("/api/v1/factor/passkeys/challenge", nil))).must(200)
		other.do("POST", "/api/v1/factor/codes", nil).must(200)

		found := other.get("/api/v1/factor").must(200)
		list := into[struct {
			Passkeys []struct{ ID, Name string }
			Origin   string `json:"passkey_origin"`
		}](found)
		if len(list.Passkeys) != 1 || list.Passkeys[0].Name != "我的手机" || list.Origin != originOf(p) || bytes.Contains(found.body, []byte(key.Credential())) {
			t.Errorf("%s", found.body)
		}
		one := "/api/v1/factor/passkeys/" + list.Passkeys[0].ID
		name := func(c *client, name string) *reply { return c.do("PATCH", one, map[string]string{"name": name}) }
		name(p.as("boss"), "不是我的").is(404, "passkey_gone")
		for _, bad := range []string{" ", strings.Repeat("机", 41), "手\u0007机"} {
			name(other, bad).is(400, "passkey_name")
		}
		name(other, " 旧手机 ").must(204)
		if text := string(other.get("/api/v1/factor").must(200).body); !strings.Contains(text, "旧手机") || strings.Contains(text, "我的手机") {
			t.Errorf("%s", text)
		}
		one += "/remove"
		other.post(one, map[string]string{"password": "not " + password}).is(401, "credentials")
		other.post(one, map[string]string{"password": password}).must(204)
		p.anonymous().post("/api/v1/session", credentialsOf("seller", password)).must(200)

		// The log says which it was, also after it is gone.
		var said []string
		for _, it := range p.as("auditor").search(url.Values{"person": {p.people["seller"].String()}, "group": {string(audit.SignIns)}}) {
			if strings.HasPrefix(it.Action, "passkey_") {
				said = append(said, it.Action+" "+it.Before+">"+it.Name)
			}
		}
		if want := []string{"passkey_removed >旧手机", "passkey_named 我的手机>旧手机", "passkey_added >我的手机"}; !slices.Equal(said, want) {
			t.Errorf("%q, not %q", said, want)
		}
	})
}

// A page of another address is told where passkeys are, and what it signed is none.
func TestPasskeyAddress(t *testing.T) {
	at := blank.SQLite(t)
	p := start(t, at, func(o *httpapi.Options) { o.PublicURL = "https://crm.example.com" })
	seller := p.as("seller")
	begin := func(origin string) *reply {
		return seller.do("POST", "/api/v1/factor/passkeys/begin", map[string]string{"password": password}, "Origin", origin, "Sec-Fetch-Site", "same-origin")
	}
	refused := begin("http://10.0.0.7:8080").is(409, "passkey_origin")
	if into[fault.Error](refused).Params["origin"] != "https://crm.example.com" {
		t.Errorf("%s", refused.body)
	}
	wish := into[signin.PasskeyWish](begin("https://crm.example.com").must(200))
	if wish.Site != "crm.example.com" || wish.Login != "seller" {
		t.Errorf("%+v", wish)
	}
	elsewhere := softkey.New("https://crm.example.com.evil.example", "crm.example.com")
	seller.post("/api/v1/factor/passkeys", madeBy(elsewhere, wish.Challenge, "别处")).is(403, "passkey_origin")
	if _, err := httpapi.New(httpapi.Options{DB: p.db, Listen: "127.0.0.1:0", PublicURL: "http://crm.example.com"}); fault.From(err).Code != "public_url" {
		t.Errorf("%v", err)
	}
	// Where nobody said what the address is there are none.
	nowhere := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.Listen = "0.0.0.0:0" })
	nowhere.url = strings.Replace(strings.Replace(nowhere.url, "0.0.0.0", "127.0.0.1", 1), "[::]", "127.0.0.1", 1)
	nowhere.as("seller").post("/api/v1/factor/passkeys/begin", map[string]string{"password": password}).is(409, "passkeys_off")
}
