package httpapi_test

import (
	"encoding/base64"

	"guan/signin"
)

// passkeyRows are of passkeys. Nobody here has one, and what the browsers say was never asked for.
var passkeyRows = []row{
	{"POST /api/v1/factor/passkeys/begin", "another password", "401 401 401 401 401 401 401 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/passkeys/begin", map[string]string{"password": "not " + password})
	}},
	{"POST /api/v1/factor/passkeys/begin", "", "401 200 200 200 200 200 200 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/passkeys/begin", map[string]string{"password": password})
	}},
	{"POST /api/v1/factor/passkeys", "never asked for", "401 403 403 403 403 403 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/passkeys", map[string]any{"name": "我的", "credential": "AA", "client_data": x.saidByBrowser(), "attestation": "AA", "transports": []string{}})
	}},
	{"POST /api/v1/factor/passkeys/challenge", "without a passkey", "401 409 409 409 409 409 409 403", func(x *census, c *client) *reply {
		return c.do("POST", "/api/v1/factor/passkeys/challenge", nil)
	}},
	{"POST /api/v1/factor/passkeys/proof", "without a factor", "401 409 409 409 409 409 409 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/passkeys/proof", signin.PasskeyProof{Credential: "AA", ClientData: x.saidByBrowser(), AuthenticatorData: "AA", Signature: "AA"})
	}},
	{"PATCH /api/v1/factor/passkeys/{id}", "somebody else's", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		return c.do("PATCH", "/api/v1/factor/passkeys/1", map[string]string{"name": "我的手机"})
	}},
	{"POST /api/v1/factor/passkeys/{id}/remove", "somebody else's", "401 404 404 404 404 404 404 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/factor/passkeys/1/remove", map[string]string{"password": password})
	}},
	{"POST /api/v1/session/passkey", "without a passkey", "409 409 409 409 409 409 409 409", func(x *census, c *client) *reply {
		return x.anonymous().post("/api/v1/session/passkey", credentialsOf("seller", password))
	}},
	{"POST /api/v1/session/passkey", "another password", "401 401 401 401 401 401 401 401", func(x *census, c *client) *reply {
		return x.anonymous().post("/api/v1/session/passkey", credentialsOf("seller", "not "+password))
	}},
}

// saidByBrowser is what a browser says of a challenge that nobody was given.
func (x *census) saidByBrowser() string {
	return base64.RawURLEncoding.EncodeToString([]byte(`{"type":"webauthn.create","challenge":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","origin":"` + originOf(x.program) + `"}`))
}
