package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"guan/policy"
)

// A secret is what a client shows to be who it is: a word for its sort, the tenant, and 256
// random bits. The database holds its SHA-256 alone; nothing slower is needed for what cannot
// be guessed.
type secret struct {
	sort   string
	tenant policy.ID
	text   string
}

// The sorts of secret.
const (
	sessionSecret = "gs" // the cookie of a session
	tokenSecret   = "gt" // an API token
	deviceSecret  = "gd" // the cookie by which a browser is known again
)

func newSecret(sort string, tenant policy.ID) secret {
	random := make([]byte, 32)
	rand.Read(random)
	return secret{sort: sort, tenant: tenant, text: sort + "_" + tenant.String() + "_" + base64.RawURLEncoding.EncodeToString(random)}
}

// parseSecret reads the outside of a secret. The tenant only says where to look: it is part of
// what is hashed.
func parseSecret(text string) (secret, bool) {
	if len(text) > 100 {
		return secret{}, false
	}
	sort, rest, _ := strings.Cut(text, "_")
	number, random, _ := strings.Cut(rest, "_")
	tenant, err := policy.ParseID(number)
	if err != nil || len(random) != 43 || sort != sessionSecret && sort != tokenSecret && sort != deviceSecret {
		return secret{}, false
	}
	return secret{sort: sort, tenant: tenant, text: text}, true
}

func (s secret) hash() string {
	sum := sha256.Sum256([]byte(s.text))
	return hex.EncodeToString(sum[:])
}
