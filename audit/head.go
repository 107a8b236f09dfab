package audit

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Head says how many entries a log has and what the hash of all of them is. Signed, it is a
// checkpoint as transparency logs publish it.
type Head struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	At     time.Time
	After  int64 // the size of the head before it: one that is taken out from between others is missed
}

// keyName is the name in all our keys; keys differ by their hash.
const keyName = "guan-audit"

// Text is what is signed: origin, size and root of a checkpoint, then the time, and the size of the head before it
// where there is one (heads signed before there was this line have none).
func (h Head) Text() string {
	text := fmt.Sprintf("%s\n%d\n%s\ntime %s\n", h.Origin, h.Size, h.Root, h.At.UTC().Format(time.RFC3339Nano))
	if h.After > 0 {
		text += fmt.Sprintf("after %d\n", h.After)
	}
	return text
}

var errHead = errors.New("audit: this is not the head of a log")

func parseHead(text string) (h Head, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 5 || len(lines) > 6 || lines[len(lines)-1] != "" {
		return h, errHead
	}
	h.Origin = lines[0]
	h.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || h.Size < 0 {
		return h, errHead
	}
	if h.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return h, errHead
	}
	if len(lines) == 6 {
		after, _ := strings.CutPrefix(lines[4], "after ")
		if h.After, err = strconv.ParseInt(after, 10, 64); err != nil || h.After <= 0 || h.After >= h.Size {
			return h, errHead
		}
	}
	at, ok := strings.CutPrefix(lines[3], "time ")
	if h.At, err = time.Parse(time.RFC3339Nano, at); err != nil || !ok || h.Text() != text {
		return h, errHead
	}
	return h, nil
}

// Sign signs the head with each of the keys.
func (h Head) Sign(keys Keys) (string, error) {
	signed, err := note.Sign(&note.Note{Text: h.Text()}, keys...)
	return string(signed), err
}

// Keys sign heads. The first is the newest; a head carries the signatures of all.
type Keys []note.Signer

// NewKey makes a key as its file keeps it.
func NewKey(random io.Reader) (string, error) {
	secret, _, err := note.GenerateKey(random, keyName)
	return secret, err
}

var errKey = errors.New("audit: this is not a key of an audit log")

// ParseKeys reads a file of keys: one in each line.
func ParseKeys(file string) (Keys, PublicKeys, error) {
	var keys Keys
	var public []string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		signer, err := note.NewSigner(line)
		if err != nil || signer.Name() != keyName {
			return nil, nil, errKey // the text of the error could repeat a part of the secret
		}
		verifier, err := publicOf(line)
		if err != nil {
			return nil, nil, err
		}
		keys, public = append(keys, signer), append(public, verifier)
	}
	if len(keys) == 0 {
		return nil, nil, errKey
	}
	known, err := ParsePublicKeys(public...)
	return keys, known, err
}

// PublicKeys are what heads are verified with.
type PublicKeys []PublicKey

// PublicKey is one of them: its text, which is given to auditors, and its verifier.
type PublicKey struct {
	Text string
	note.Verifier
}

// ParsePublicKeys reads public keys, of which one text may hold several, between white space.
func ParsePublicKeys(texts ...string) (PublicKeys, error) {
	var keys PublicKeys
	for _, text := range strings.Fields(strings.Join(texts, " ")) {
		verifier, err := note.NewVerifier(text)
		if err != nil {
			return nil, errKey
		}
		keys = append(keys, PublicKey{text, verifier})
	}
	if len(keys) == 0 {
		return nil, errKey
	}
	return keys, nil
}

// Texts are the keys as texts.
func (k PublicKeys) Texts() []string {
	texts := make([]string, len(k))
	for i, key := range k {
		texts[i] = key.Text
	}
	return texts
}

// Fingerprint is the short name of a key, which its signatures carry: eight hex digits.
func (k PublicKey) Fingerprint() string {
	hash := k.KeyHash()
	return hex.EncodeToString([]byte{byte(hash >> 24), byte(hash >> 16), byte(hash >> 8), byte(hash)})
}

// Head reads a signed head. One of the keys has to have signed it, and what any of them is said to
// have signed has to be so.
func (k PublicKeys) Head(signed string) (Head, error) {
	list := make([]note.Verifier, len(k))
	for i, key := range k {
		list[i] = key
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(list...))
	if err != nil {
		return Head{}, err
	}
	// One signature has one text: bits that say nothing are no place to hide in.
	for _, sig := range append(opened.Sigs, opened.UnverifiedSigs...) {
		if _, err := base64.StdEncoding.Strict().DecodeString(sig.Base64); err != nil {
			return Head{}, errHead
		}
	}
	return parseHead(opened.Text)
}

// Unverified reads a head without asking who signed it.
func Unverified(signed string) (Head, error) {
	text, _, ok := strings.Cut(signed, "\n\n")
	if !ok {
		return Head{}, errHead
	}
	return parseHead(text + "\n")
}

// publicOf is the public key of a key in a file.
func publicOf(secret string) (string, error) {
	_, coded, ok := strings.Cut(secret, "PRIVATE+KEY+"+keyName+"+")
	if !ok {
		return "", errKey
	}
	_, coded, ok = strings.Cut(coded, "+")
	if !ok {
		return "", errKey
	}
	seed, err := base64.StdEncoding.DecodeString(coded)
	if err != nil || len(seed) != 33 {
		return "", errKey
	}
	return publicOfSeed(seed[1:])
}

func publicOfSeed(seed []byte) (string, error) {
	return note.NewEd25519VerifierKey(keyName, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
}
