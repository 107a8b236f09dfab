package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"guan/fault"
)

// The cost of a password hash: 19 MiB and two passes, as OWASP advises for argon2id, about
// 30 ms. The numbers stand in each hash, so that they can rise later.
const (
	hashMemory = 19 * 1024 // KiB
	hashPasses = 2
	hashBytes  = 32
	saltBytes  = 16
)

// The limits of a password.
const (
	MinPassword = 8   // characters
	MaxPassword = 256 // bytes: the work must not grow with what a stranger sends
)

// hasher bounds how many hashes are made at once: each takes 19 MiB and a core.
type hasher struct {
	slots chan struct{}
}

func newHasher() hasher {
	return hasher{slots: make(chan struct{}, max(2, runtime.NumCPU()))}
}

func (h hasher) acquire(ctx context.Context) (release func(), err error) {
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, busy.WithCause(ctx.Err())
	}
}

// hash makes the stored form: $argon2id$v=19$m=…,t=…,p=1$salt$hash.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	release, err := h.acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return stored(password, hashPasses, hashMemory), nil
}

// hashOfRandom makes the stored form of a password that the program made of 80 random bits: what
// cannot be guessed needs nothing slower, and a thousand of them are made at once.
func hashOfRandom(password string) string { return stored(password, 1, quickMemory) }

const quickMemory = 8 // KiB

func stored(password string, passes, memory uint32) string {
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key := argon2.IDKey([]byte(password), salt, passes, memory, 1, hashBytes)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, memory, passes, b64(salt), b64(key))
}

// nobody is the hash against which the passwords of unknown people are checked, so that the
// answer takes as long as for a known one. No password has it.
var nobody = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, hashMemory, hashPasses,
	base64.RawStdEncoding.EncodeToString(make([]byte, saltBytes)), base64.RawStdEncoding.EncodeToString(make([]byte, hashBytes)))

// matches reports whether the stored hash is the password's. An empty or broken hash costs the
// same and matches nothing.
func (h hasher) matches(ctx context.Context, kept, password string) (bool, error) {
	known := true
	memory, passes, salt, key, ok := parseHash(kept)
	if !ok {
		known = false
		memory, passes, salt, key, _ = parseHash(nobody)
	}
	release, err := h.acquire(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	if memory < hashMemory {
		// A quick hash must not be told by the time that its answer takes.
		_, _, salt, key, _ := parseHash(nobody)
		argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, 1, uint32(len(key)))
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, 1, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1 && known, nil
}

func parseHash(stored string) (memory, passes uint32, salt, key []byte, ok bool) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return 0, 0, nil, nil, false
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &memory, &passes); n != 2 || err != nil || memory < 8 || passes < 1 {
		return 0, 0, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return memory, passes, salt, key, err1 == nil && err2 == nil && len(salt) >= 8 && len(key) >= 16
}

// checkPassword says whether a person may choose the password.
func checkPassword(password, login string) error {
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return fault.Newf(fault.Invalid, "password_short", "a password has at least %d characters", MinPassword).WithAt("new").With("min", MinPassword)
	case len(password) > MaxPassword:
		return fault.Newf(fault.Invalid, "password_long", "a password has at most %d bytes", MaxPassword).WithAt("new").With("max", MaxPassword)
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return fault.New(fault.Invalid, "password_text", "the password is no valid text").WithAt("new")
	case strings.EqualFold(password, login):
		return fault.New(fault.Invalid, "password_login", "the password is the login").WithAt("new")
	case strings.Count(password, password[:1]) == len(password):
		return fault.New(fault.Invalid, "password_same", "the password is one character over and over").WithAt("new")
	}
	return nil
}
