package signin

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"guan/fault"
)

// A passkey is a key pair whose private half never leaves somebody's authenticator (WebAuthn). It signs a
// challenge together with the site that its browser shows, so that a proof for another site, or an old
// one, is none here.

// ChallengeBytes is how much chance a challenge has, and ChallengeFor how long it is good.
const (
	ChallengeBytes = 32
	ChallengeFor   = 3 * time.Minute
)

// Site is the one address at which passkeys are made and proved; at the zero Site there are none.
type Site struct {
	origin, host string
}

// SiteAt is the site with an address such as https://crm.example.com. Faults: Invalid.
func SiteAt(address string) (Site, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return Site{}, fault.New(fault.Invalid, "public_url", "the public address is of the form https://HOST or https://HOST:PORT")
	}
	host := strings.ToLower(u.Hostname())
	if err := protocol.ValidateRPID(host); err != nil {
		return Site{}, fault.Wrapf(err, fault.Invalid, "public_url", "the public address needs the name of a host, and %s is none", host)
	}
	if u.Scheme == "http" && host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return Site{}, fault.New(fault.Invalid, "public_url", "the public address is one of https: browsers have no passkeys elsewhere")
	}
	s := Site{origin: u.Scheme + "://" + host, host: host}
	if port := u.Port(); port != "" && !(u.Scheme == "https" && port == "443") && !(u.Scheme == "http" && port == "80") {
		s.origin += ":" + port
	}
	return s, nil
}

// Origin is the site as browsers write it; empty where there are no passkeys.
func (s Site) Origin() string { return s.origin }

// Passkey is what is kept of one: nothing in it is secret. Texts are base64url.
type Passkey struct {
	Credential string
	PublicKey  string
	Count      uint32 // of its last signature; 0 where the authenticator does not count
	Synced     bool   // it may be on several devices
	Transports []string
}

// PasskeyRef names a passkey to a browser.
type PasskeyRef struct {
	Credential string   `json:"credential"`
	Transports []string `json:"transports"`
}

func (p Passkey) ref() PasskeyRef {
	return PasskeyRef{p.Credential, append([]string{}, p.Transports...)}
}

// PasskeyWish is what a browser makes a passkey of.
type PasskeyWish struct {
	Challenge  string       `json:"challenge"`
	Site       string       `json:"site"` // the relying party's id
	Company    string       `json:"company"`
	User       string       `json:"user"` // what stands for the person, and tells nothing of them
	Login      string       `json:"login"`
	Name       string       `json:"name"`
	Algorithms []int        `json:"algorithms"` // of COSE, the best first
	Taken      []PasskeyRef `json:"taken"`      // an authenticator that has one of these makes no other
	Seconds    int          `json:"seconds"`
}

// PasskeyAsk is what a browser has a passkey sign.
type PasskeyAsk struct {
	Challenge string       `json:"challenge"`
	Site      string       `json:"site"`
	Allowed   []PasskeyRef `json:"allowed"`
	Seconds   int          `json:"seconds"`
}

// MadePasskey is what a browser says of a passkey that it made.
type MadePasskey struct {
	Credential  string   `json:"credential"`
	ClientData  string   `json:"client_data"`
	Attestation string   `json:"attestation"`
	Transports  []string `json:"transports"`
}

// PasskeyProof is a challenge that a passkey has signed.
type PasskeyProof struct {
	Credential        string `json:"credential"`
	ClientData        string `json:"client_data"`
	AuthenticatorData string `json:"authenticator_data"`
	Signature         string `json:"signature"`
	User              string `json:"user,omitempty"`
}

// Person is whose passkey it is.
type Person struct {
	Tenant, ID  string
	Login, Name string
}

// Handle stands for a person in authenticators, where others may read it.
func (p Person) Handle() string {
	sum := sha256.Sum256([]byte("passkey " + p.Tenant + " " + p.ID))
	return plainBase64(sum[:])
}

// Wish asks for a new passkey beside those that a person has.
func (s Site) Wish(challenge, company string, of Person, have []Passkey) *PasskeyWish {
	w := &PasskeyWish{Challenge: challenge, Site: s.host, Company: company, User: of.Handle(), Login: of.Login, Name: of.Name, Taken: refs(have), Seconds: int(ChallengeFor.Seconds())}
	for _, p := range webauthn.CredentialParametersDefault() {
		w.Algorithms = append(w.Algorithms, int(p.Algorithm))
	}
	return w
}

// Ask asks for a proof by one of the passkeys.
func (s Site) Ask(challenge string, of []Passkey) *PasskeyAsk {
	return &PasskeyAsk{Challenge: challenge, Site: s.host, Allowed: refs(of), Seconds: int(ChallengeFor.Seconds())}
}

func refs(of []Passkey) []PasskeyRef {
	out := make([]PasskeyRef, len(of))
	for i, p := range of {
		out[i] = p.ref()
	}
	return out
}

// WrongPasskey is the one answer to a passkey that was made or proved otherwise than it was asked for.
var WrongPasskey = fault.New(fault.Denied, "passkey", "the passkey could not be checked: try again")

var anotherSite = fault.New(fault.Denied, "passkey_origin", "passkeys are not of the address at which this page is open")

// Challenge reads the challenge for which the browser says that it made the passkey. Faults: Denied.
func (m MadePasskey) Challenge(at Site) (string, error) { return at.challengeOf(m.ClientData) }

// Challenge reads the challenge that the browser says was signed. Faults: Denied.
func (p PasskeyProof) Challenge(at Site) (string, error) { return at.challengeOf(p.ClientData) }

// challengeForm is that of every challenge that was given out.
var challengeForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

func (s Site) challengeOf(clientData string) (string, error) {
	var said struct{ Challenge, Origin string }
	text, err := base64.RawURLEncoding.DecodeString(clientData)
	if err == nil {
		err = json.Unmarshal(text, &said)
	}
	switch {
	case err != nil || !challengeForm.MatchString(said.Challenge):
		return "", WrongPasskey
	case s.origin == "" || said.Origin != s.origin:
		return "", anotherSite.With("origin", s.origin)
	}
	return said.Challenge, nil
}

// Made checks a new passkey against the challenge that it was made for: that it is of this site and that
// its authenticator verified its user. Faults: Denied.
func (s Site) Made(challenge string, of Person, m MadePasskey) (*Passkey, error) {
	raw, err := decoded(m.Credential, m.ClientData, m.Attestation)
	if err != nil {
		return nil, err
	}
	answer := protocol.CredentialCreationResponse{PublicKeyCredential: credential(m.Credential, raw[0])}
	answer.AttestationResponse.ClientDataJSON, answer.AttestationResponse.AttestationObject = raw[1], raw[2]
	parsed, err := answer.Parse()
	if err != nil {
		return nil, WrongPasskey.WithCause(err)
	}
	party, session, err := s.party(challenge, of)
	if err != nil {
		return nil, err
	}
	session.CredParams = webauthn.CredentialParametersDefault()
	made, err := party.CreateCredential(user{of, nil}, session, parsed)
	if err != nil {
		return nil, WrongPasskey.WithCause(err)
	}
	if !bytes.Equal(made.ID, raw[0]) {
		return nil, WrongPasskey
	}
	p := &Passkey{Credential: plainBase64(made.ID), PublicKey: plainBase64(made.PublicKey), Count: made.Authenticator.SignCount, Synced: made.Flags.BackupEligible}
	for _, way := range m.Transports {
		if knownWays[way] && len(p.Transports) < len(knownWays) {
			p.Transports = append(p.Transports, way)
		}
	}
	return p, nil
}

// knownWays are those by which a browser reaches an authenticator.
var knownWays = map[string]bool{"usb": true, "nfc": true, "ble": true, "smart-card": true, "hybrid": true, "internal": true}

// Proved checks a proof by one of a person's passkeys. It gives the count of the signature, and whether it
// went back: then there are two authenticators with the key. Faults: Denied.
func (s Site) Proved(challenge string, of Person, by Passkey, p PasskeyProof) (count uint32, back bool, err error) {
	raw, err := decoded(p.Credential, p.ClientData, p.AuthenticatorData, p.Signature, p.User, by.Credential, by.PublicKey)
	if err != nil {
		return 0, false, err
	}
	answer := protocol.CredentialAssertionResponse{PublicKeyCredential: credential(p.Credential, raw[0])}
	r := &answer.AssertionResponse
	r.ClientDataJSON, r.AuthenticatorData, r.Signature, r.UserHandle = raw[1], raw[2], raw[3], raw[4]
	parsed, err := answer.Parse()
	if err != nil {
		return 0, false, WrongPasskey.WithCause(err)
	}
	party, session, err := s.party(challenge, of)
	if err != nil {
		return 0, false, err
	}
	session.AllowedCredentialIDs = [][]byte{raw[5]}
	kept := webauthn.Credential{ID: raw[5], PublicKey: raw[6], Flags: webauthn.CredentialFlags{BackupEligible: by.Synced}, Authenticator: webauthn.Authenticator{SignCount: by.Count}}
	proved, err := party.ValidateLogin(user{of, []webauthn.Credential{kept}}, session, parsed)
	if err != nil {
		return 0, false, WrongPasskey.WithCause(err)
	}
	return parsed.Response.AuthenticatorData.Counter, proved.Authenticator.CloneWarning, nil
}

// party is this site to the library, with what it was told of the challenge. The instant until which a
// challenge is good is kept beside it and not asked of the library, which has a clock of its own.
func (s Site) party(challenge string, of Person) (*webauthn.WebAuthn, webauthn.SessionData, error) {
	if s.origin == "" {
		return nil, webauthn.SessionData{}, anotherSite.With("origin", "")
	}
	party, err := webauthn.New(&webauthn.Config{RPID: s.host, RPDisplayName: s.host, RPOrigins: []string{s.origin}})
	if err != nil {
		return nil, webauthn.SessionData{}, fault.Wrap(err, fault.Internal, "passkey", "passkeys cannot be checked")
	}
	return party, webauthn.SessionData{Challenge: challenge, RelyingPartyID: s.host, UserID: user{of, nil}.WebAuthnID(), UserVerification: protocol.VerificationRequired}, nil
}

func credential(text string, raw []byte) protocol.PublicKeyCredential {
	return protocol.PublicKeyCredential{Credential: protocol.Credential{ID: text, Type: string(protocol.PublicKeyCredentialType)}, RawID: raw}
}

// user is a person to the library.
type user struct {
	Person
	has []webauthn.Credential
}

func (u user) WebAuthnID() []byte {
	handle, _ := base64.RawURLEncoding.DecodeString(u.Handle()) // our own text
	return handle
}
func (u user) WebAuthnName() string                       { return u.Login }
func (u user) WebAuthnDisplayName() string                { return u.Name }
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.has }

func plainBase64(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func decoded(texts ...string) ([][]byte, error) {
	out := make([][]byte, len(texts))
	for i, text := range texts {
		raw, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			return nil, WrongPasskey
		}
		out[i] = raw
	}
	return out, nil
}

// ChallengeText is chance as browsers take it.
func ChallengeText(random [ChallengeBytes]byte) string { return plainBase64(random[:]) }
