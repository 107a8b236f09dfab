package signin_test

import (
	"testing"

	"guan/fault"
	"guan/internal/softkey"
	"guan/signin"
)

func TestSite(t *testing.T) {
	for address, want := range map[string]string{
		"https://CRM.example.com": "https://crm.example.com", "https://crm.example.com:443/": "https://crm.example.com", "https://crm.example.com:8443": "https://crm.example.com:8443",
		"http://localhost:8080": "http://localhost:8080", "http://localhost:80": "http://localhost",
	} {
		if site, err := signin.SiteAt(address); err != nil || site.Origin() != want {
			t.Errorf("%s is %q, %v", address, site.Origin(), err)
		}
	}
	for _, address := range []string{"", "crm.example.com", "https://", "http://crm.example.com", "https://10.0.0.7", "https://[::1]:8443", "http://127.0.0.1:8080", "ftp://localhost", "https://crm.example.com/guan", "https://crm.example.com?x", "https://a@crm.example.com"} {
		if site, err := signin.SiteAt(address); !fault.Is(err, fault.Invalid) || site.Origin() != "" {
			t.Errorf("%q is %q, %v", address, site.Origin(), err)
		}
	}
}

const (
	origin    = "https://crm.example.com"
	challenge = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
	another   = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh4"
)

var lin = signin.Person{Tenant: "1", ID: "7", Login: "lin", Name: "林"}

func site(t *testing.T) signin.Site {
	t.Helper()
	s, err := signin.SiteAt(origin)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPasskey(t *testing.T) {
	s, key := site(t), softkey.New(origin, "crm.example.com")
	made, err := s.Made(challenge, lin, key.Make(challenge))
	if err != nil || made.Credential != key.Credential() || made.Count != 1 || made.Synced || len(made.Transports) != 1 {
		t.Fatalf("%+v %v", made, err)
	}
	wish := s.Wish(challenge, "关", lin, []signin.Passkey{*made})
	if wish.Site != "crm.example.com" || len(wish.Taken) != 1 || wish.Algorithms[0] != -7 || wish.User == "" || wish.User == lin.ID {
		t.Errorf("%+v", wish)
	}
	if ask := s.Ask(challenge, []signin.Passkey{*made}); len(ask.Allowed) != 1 || ask.Allowed[0].Credential != key.Credential() {
		t.Errorf("%+v", ask)
	}
	proof := key.Sign(challenge)
	if said, err := proof.Challenge(s); said != challenge || err != nil {
		t.Errorf("%q %v", said, err)
	}
	for range 2 { // that it is used up is known to who keeps the challenge
		if count, back, err := s.Proved(challenge, lin, *made, *proof); count != 2 || back || err != nil {
			t.Errorf("%d %v %v", count, back, err)
		}
	}
	made.Count = 2
	if _, back, err := s.Proved(challenge, lin, *made, *proof); !back || err != nil {
		t.Errorf("the count stands still: %v %v", back, err)
	}
	key.Back(2)
	if _, back, err := s.Proved(challenge, lin, *made, *key.Sign(challenge)); !back || err != nil {
		t.Errorf("the count went back: %v %v", back, err)
	}
	quiet := softkey.New(origin, "crm.example.com")
	quiet.Counts = false
	silent, err := s.Made(challenge, lin, quiet.Make(challenge))
	if err != nil {
		t.Fatal(err)
	}
	if _, back, err := s.Proved(challenge, lin, *silent, *quiet.Sign(challenge)); back || err != nil {
		t.Errorf("one that does not count: %v %v", back, err)
	}
}

// Whatever is not as it was asked for proves nothing, and makes nothing.
func TestPasskeyRefused(t *testing.T) {
	s := site(t)
	change := map[string]func(*softkey.Key){
		"another origin":     func(k *softkey.Key) { k.Origin = "https://crm.example.org" },
		"another port":       func(k *softkey.Key) { k.Origin = origin + ":8443" },
		"another site":       func(k *softkey.Key) { k.Site = "example.com" },
		"the user not asked": func(k *softkey.Key) { k.Unverified = true },
	}
	for what, lie := range change {
		key := softkey.New(origin, "crm.example.com")
		made, err := s.Made(challenge, lin, key.Make(challenge))
		if err != nil {
			t.Fatal(err)
		}
		lie(key)
		if _, err := s.Made(challenge, lin, key.Make(challenge)); !fault.Is(err, fault.Denied) {
			t.Errorf("%s, made: %v", what, err)
		}
		if _, _, err := s.Proved(challenge, lin, *made, *key.Sign(challenge)); !fault.Is(err, fault.Denied) {
			t.Errorf("%s, proved: %v", what, err)
		}
	}
	key := softkey.New(origin, "crm.example.com")
	made, err := s.Made(challenge, lin, key.Make(challenge))
	if err != nil {
		t.Fatal(err)
	}
	other := softkey.New(origin, "crm.example.com")
	wang := signin.Person{Tenant: "1", ID: "8"}
	good, foreign := key.Sign(challenge), other.Sign(challenge)
	changed := func(change func(*signin.PasskeyProof)) signin.PasskeyProof {
		p := *good
		change(&p)
		return p
	}
	for what, p := range map[string]signin.PasskeyProof{
		"another challenge":   *key.Sign(another),
		"another passkey":     *foreign,
		"another's signature": changed(func(p *signin.PasskeyProof) { p.Signature = foreign.Signature }),
		"another's data":      changed(func(p *signin.PasskeyProof) { p.AuthenticatorData = foreign.AuthenticatorData + "AA" }),
		"another person":      changed(func(p *signin.PasskeyProof) { p.User = wang.Handle() }),
		"a new one":           changed(func(p *signin.PasskeyProof) { p.ClientData = key.Make(challenge).ClientData }),
		"no text of base64":   changed(func(p *signin.PasskeyProof) { p.Signature = "*" }),
		"nothing":             {},
	} {
		if _, _, err := s.Proved(challenge, lin, *made, p); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.Made(another, lin, key.Make(challenge)); !fault.Is(err, fault.Denied) {
		t.Errorf("made for another challenge: %v", err)
	}
	if _, err := s.Made(challenge, lin, signin.MadePasskey{}); !fault.Is(err, fault.Denied) {
		t.Errorf("nothing made: %v", err)
	}
	if _, err := (signin.Site{}).Made(challenge, lin, key.Make(challenge)); !fault.Is(err, fault.Denied) {
		t.Errorf("nowhere: %v", err)
	}
	if _, err := good.Challenge(signin.Site{}); fault.From(err).Code != "passkey_origin" {
		t.Errorf("nowhere: %v", err)
	}
	if _, err := (signin.PasskeyProof{ClientData: "bm90aGluZw"}).Challenge(s); fault.From(err).Code != "passkey" {
		t.Errorf("no client data: %v", err)
	}
}
