package softkey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"guan/signin"
)

// Key is a passkey in an authenticator, at a browser that shows a page of an origin.
type Key struct {
	Origin     string // that the browser says
	Site       string // that the authenticator signs for
	Unverified bool   // its user was not asked for a finger or a number
	Counts     bool   // it counts its signatures

	count uint32
	id    []byte
	key   *ecdsa.PrivateKey
}

// New is an authenticator without a passkey yet.
func New(origin, site string) *Key {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err) // the machine has no chance to give
	}
	k := &Key{Origin: origin, Site: site, Counts: true, id: make([]byte, 32), key: key}
	rand.Read(k.id)
	return k
}

// Back lets the authenticator be as it was so many signatures ago, as a copy of it would.
func (k *Key) Back(signatures uint32) { k.count -= signatures }

// Credential names the passkey.
func (k *Key) Credential() string { return text(k.id) }

// Make makes the passkey for a challenge.
func (k *Key) Make(challenge string) signin.MadePasskey {
	point, err := k.key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		panic(err)
	}
	// COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}
	cose := append([]byte{0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32}, point[1:33]...)
	cose = append(append(cose, 0x22, 0x58, 32), point[33:]...)
	data := k.data(0x40)
	data = append(data, make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.id)))
	data = append(append(data, k.id...), cose...)
	// {"fmt": "none", "attStmt": {}, "authData": data}
	object := []byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59")
	object = binary.BigEndian.AppendUint16(object, uint16(len(data)))
	object = append(object, data...)
	return signin.MadePasskey{Credential: text(k.id), ClientData: text(k.clientData("webauthn.create", challenge)), Attestation: text(object), Transports: []string{"internal"}}
}

// Sign proves the passkey for a challenge.
func (k *Key) Sign(challenge string) *signin.PasskeyProof {
	data, said := k.data(0), k.clientData("webauthn.get", challenge)
	hash := sha256.Sum256(said)
	signed := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.key, signed[:])
	if err != nil {
		panic(err)
	}
	return &signin.PasskeyProof{Credential: text(k.id), ClientData: text(said), AuthenticatorData: text(data), Signature: text(signature)}
}

// data is what an authenticator says of itself: the site, what it did, and how often.
func (k *Key) data(flags byte) []byte {
	site := sha256.Sum256([]byte(k.Site))
	if flags |= 1; !k.Unverified {
		flags |= 4
	}
	if k.Counts {
		k.count++
	}
	return binary.BigEndian.AppendUint32(append(site[:], flags), k.count)
}

func (k *Key) clientData(what, challenge string) []byte {
	said, err := json.Marshal(map[string]any{"type": what, "challenge": challenge, "origin": k.Origin, "crossOrigin": false})
	if err != nil {
		panic(fmt.Sprintf("a text that is none: %v", err))
	}
	return said
}

func text(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }
