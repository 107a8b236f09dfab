package leak_test

var passkeyRoutes = []string{
	"POST /api/v1/factor/passkeys/begin", "POST /api/v1/factor/passkeys", "POST /api/v1/factor/passkeys/challenge", "POST /api/v1/factor/passkeys/proof",
	"PATCH /api/v1/factor/passkeys/{id}", "POST /api/v1/factor/passkeys/{id}/remove", "POST /api/v1/session/passkey",
}

// passkeys tries those that are not there, not one's own, and were never asked for. Nobody may learn from a
// sign-in who is there and who has one.
func passkeys(c *prober) {
	for _, try := range []struct {
		path string
		body any
	}{
		{"/factor/passkeys/begin", map[string]string{"password": "not " + password}}, {"/factor/passkeys/challenge", nil},
		{"/factor/passkeys", map[string]any{"name": "mine", "credential": "AA", "client_data": "e30", "attestation": "AA", "transports": []string{}}},
		{"/factor/passkeys/proof", map[string]any{"credential": "AA", "client_data": "e30", "authenticator_data": "AA", "signature": "AA"}},
		{"/factor/passkeys/1/remove", map[string]string{"password": "not " + password}}, {"/factor/passkeys/987654321/remove", map[string]string{"password": password}},
		{"/session/passkey", map[string]string{"login": "nobody", "password": password}},
	} {
		c.ask("POST", "/api/v1"+try.path, try.body)
	}
	c.ask("PATCH", "/api/v1/factor/passkeys/1", map[string]string{"name": "mine"})
	c.ask("PATCH", "/api/v1/factor/passkeys/987654321", map[string]string{"name": "\u0007"})
}
