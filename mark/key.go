package mark

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// Key is what the marks of a tenant are made from. Who has it can find and forge them.
type Key struct{ secret []byte }

const keyBytes = 32

// NewKey makes a key, as a text that ParseKey reads.
func NewKey() string {
	secret := make([]byte, keyBytes)
	rand.Read(secret)
	return base64.StdEncoding.EncodeToString(secret)
}

// ParseKey reads a key.
func ParseKey(text string) (Key, error) {
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(secret) != keyBytes {
		return Key{}, errors.New("mark: this is no key")
	}
	return Key{secret}, nil
}

func (k Key) sum(label string, text []byte) []byte {
	h := hmac.New(sha256.New, k.secret)
	h.Write([]byte(label))
	h.Write(text)
	return h.Sum(nil)
}

// Value is under what number a value is remembered. Without the key it cannot be told which value it is.
func (k Key) Value(means string) int64 {
	return int64(binary.BigEndian.Uint64(k.sum("value\x00", []byte(means))))
}

// Copy gives the bits of a copy. It is not safe for concurrent use.
func (k Key) Copy(id int64) *Copy {
	block, err := aes.NewCipher(k.sum("copy\x00", binary.BigEndian.AppendUint64(nil, uint64(id)))[:16])
	if err != nil {
		panic("mark: " + err.Error()) // 16 bytes are a key
	}
	return &Copy{block: block}
}

// Copy is one copy of some records.
type Copy struct {
	block   cipher.Block
	in, out [aes.BlockSize]byte
}

// bits are those of a value on a record, one for each site.
func (c *Copy) bits(record int64, value uint64) *[aes.BlockSize]byte {
	binary.BigEndian.PutUint64(c.in[:8], uint64(record))
	binary.BigEndian.PutUint64(c.in[8:], value)
	c.block.Encrypt(c.out[:], c.in[:])
	return &c.out
}

func bit(of *[aes.BlockSize]byte, site uint8) bool { return of[site>>3]>>(site&7)&1 == 1 }

// valueOf is a value as it goes into the bits. It need not be secret, only apart from others.
func valueOf(means string) uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(means) {
		h = (h ^ uint64(means[i])) * 1099511628211
	}
	return h
}
