package vault

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"

	"guan/fault"
)

// Keys seal the values of one tenant, and find them. Both keysets are rotated: the newest key seals and makes the
// index of what is written, and older ones still open and find what they made.
type Keys struct {
	Version int64 // of the keysets as they are kept

	tenant  int64
	sealing *keyset.Handle
	index   *keyset.Handle
	aead    tink.AEAD
	prf     *prf.Set
}

// Wrapped are keysets as they are kept: readable with the key of that name alone.
type Wrapped struct {
	By             string
	Sealing, Index []byte
}

// Place is where a value stands. A ciphertext opens there and nowhere else.
type Place struct {
	Kind   string
	Field  string
	Record int64
}

// errBroken says that a ciphertext does not belong where it stands, or was changed.
var errBroken = fault.New(fault.Internal, "sealed_broken", "the encrypted value of this field was changed, moved or lost outside of guan, and is not shown")

// Broken is what is said of a value that does not open where it stands.
func Broken(p Place) error {
	return errBroken.WithAt(p.Field).With("kind", p.Kind).With("record", p.Record)
}

// New makes keysets for a tenant.
func New(tenant int64) (*Keys, error) {
	sealing, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	index, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, err
	}
	return keysOf(tenant, sealing, index)
}

func keysOf(tenant int64, sealing, index *keyset.Handle) (*Keys, error) {
	k := &Keys{tenant: tenant, sealing: sealing, index: index}
	var err error
	if k.aead, err = aead.New(sealing); err == nil {
		k.prf, err = prf.NewPRFSet(index)
	}
	return k, err
}

// about binds a wrapped keyset to its tenant and its use.
func about(tenant int64, use string) []byte {
	return fmt.Appendf(nil, "guan keyset %d %s", tenant, use)
}

// Wrap wraps the keysets for keeping.
func (k *Keys) Wrap(w Wrapper) (Wrapped, error) {
	out := Wrapped{By: w.ID()}
	of, err := w.Key(out.By)
	if err != nil {
		return out, err
	}
	key := &overheard{AEAD: of}
	write := func(h *keyset.Handle, use string) ([]byte, error) {
		var b bytes.Buffer
		err := h.WriteWithAssociatedData(keyset.NewBinaryWriter(&b), key, about(k.tenant, use))
		return b.Bytes(), err
	}
	if out.Sealing, err = write(k.sealing, "sealing"); err == nil {
		out.Index, err = write(k.index, "index")
	}
	if said := key.away(); said != nil {
		err = said
	}
	return out, err
}

// Unwrap opens keysets. Faults: NotFound (key_missing), Invalid (key_wrong), Internal where the key cannot be used now.
func Unwrap(w Wrapper, tenant int64, kept Wrapped) (*Keys, error) {
	of, err := w.Key(kept.By)
	if err != nil {
		return nil, err
	}
	key := &overheard{AEAD: of}
	read := func(text []byte, use string) (*keyset.Handle, error) {
		return keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(text)), key, about(tenant, use))
	}
	sealing, err := read(kept.Sealing, "sealing")
	if err == nil {
		var index *keyset.Handle
		if index, err = read(kept.Index, "index"); err == nil {
			return keysOf(tenant, sealing, index)
		}
	}
	if said := key.away(); said != nil {
		return nil, said
	}
	return nil, fault.Wrapf(err, fault.Invalid, "key_wrong", "the keysets do not open with the key %s: they were changed, or belong to another company", kept.By)
}

// Primary is the number of the key that seals from now on.
func (k *Keys) Primary() uint32 {
	entry, err := k.sealing.Primary()
	if err != nil {
		return 0 // a keyset that was made or read always has one
	}
	return entry.KeyID()
}

// Numbers are those of all sealing keys.
func (k *Keys) Numbers() []uint32 {
	out := make([]uint32, 0, k.sealing.Len())
	for i := range k.sealing.Len() {
		if entry, err := k.sealing.Entry(i); err == nil {
			out = append(out, entry.KeyID())
		}
	}
	return out
}

// Rotate gives the keysets with a new sealing key, with which everything is sealed from then on. The old
// ones still open.
func (k *Keys) Rotate() (*Keys, error) {
	m := keyset.NewManagerFromHandle(k.sealing)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err == nil {
		err = m.SetPrimary(id)
	}
	if err != nil {
		return nil, err
	}
	sealing, err := m.Handle()
	if err != nil {
		return nil, err
	}
	return keysOf(k.tenant, sealing, k.index)
}

// Retire gives the keysets with the newest sealing key alone.
func (k *Keys) Retire() (*Keys, error) {
	m := keyset.NewManagerFromHandle(k.sealing)
	for _, id := range k.Numbers() {
		if id != k.Primary() {
			if err := m.Delete(id); err != nil {
				return nil, err
			}
		}
	}
	sealing, err := m.Handle()
	if err != nil {
		return nil, err
	}
	return keysOf(k.tenant, sealing, k.index)
}

// RotateIndex gives the keysets with a new key of the index.
func (k *Keys) RotateIndex() (*Keys, error) {
	m := keyset.NewManagerFromHandle(k.index)
	id, err := m.Add(prf.HMACSHA256PRFKeyTemplate())
	if err == nil {
		err = m.SetPrimary(id)
	}
	if err != nil {
		return nil, err
	}
	index, err := m.Handle()
	if err != nil {
		return nil, err
	}
	return keysOf(k.tenant, k.sealing, index)
}

// RetireIndex gives the keysets with the newest key of the index alone.
func (k *Keys) RetireIndex() (*Keys, error) {
	m := keyset.NewManagerFromHandle(k.index)
	for id := range k.prf.PRFs {
		if id != k.prf.PrimaryID {
			if err := m.Delete(id); err != nil {
				return nil, err
			}
		}
	}
	index, err := m.Handle()
	if err != nil {
		return nil, err
	}
	return keysOf(k.tenant, k.sealing, index)
}

// Reindexing reports whether something may be found by an older key of the index only.
func (k *Keys) Reindexing() bool { return len(k.prf.PRFs) > 1 }

// IndexNumber is the number of the key that makes the index from now on.
func (k *Keys) IndexNumber() uint32 { return k.prf.PrimaryID }

// IndexNumbers are those of all keys of the index.
func (k *Keys) IndexNumbers() []uint32 { return slices.Sorted(maps.Keys(k.prf.PRFs)) }

// FirstIndexNumber is the number of the oldest key of the index.
func (k *Keys) FirstIndexNumber() uint32 {
	entry, err := k.index.Entry(0)
	if err != nil {
		return 0 // a keyset that was made or read always has one
	}
	return entry.KeyID()
}

// bound is the associated data of a value.
func (k *Keys) bound(p Place) []byte {
	return fmt.Appendf(nil, "guan value\x00%d\x00%s\x00%s\x00%d", k.tenant, p.Kind, p.Field, p.Record)
}

// Seal encrypts a value for its place.
func (k *Keys) Seal(p Place, value string) ([]byte, error) {
	return k.aead.Encrypt([]byte(value), k.bound(p))
}

// Open decrypts a value at its place. Faults: Internal (sealed_broken) at the field, which names kind and
// record.
func (k *Keys) Open(p Place, sealed []byte) (string, error) {
	value, err := k.aead.Decrypt(sealed, k.bound(p))
	if err != nil {
		return "", Broken(p)
	}
	return string(value), nil
}

// prefixSize is what tink puts before a ciphertext: a mark and the number of the key.
const prefixSize = 5

// SealedWith is the number of the key that sealed a value, 0 when it is no ciphertext.
func SealedWith(sealed []byte) uint32 {
	if len(sealed) < prefixSize || sealed[0] != 1 {
		return 0
	}
	return binary.BigEndian.Uint32(sealed[1:prefixSize])
}

// indexSize is enough that no two of 2^40 values of a field meet.
const indexSize = 16

// Index is the same for the same value of the same field of the tenant, and says nothing else of it to whoever
// has no key.
func (k *Keys) Index(kind, field, value string) (string, error) {
	return k.indexBy(k.prf.PrimaryID, kind, field, value)
}

// Indexes are those of a value by each key that there is, the newest first.
func (k *Keys) Indexes(kind, field, value string) ([]string, error) {
	newest, err := k.Index(kind, field, value)
	out := []string{newest}
	for _, id := range k.IndexNumbers() {
		if id == k.prf.PrimaryID || err != nil {
			continue
		}
		var older string
		older, err = k.indexBy(id, kind, field, value)
		out = append(out, older)
	}
	return out, err
}

func (k *Keys) indexBy(id uint32, kind, field, value string) (string, error) {
	input := fmt.Appendf(nil, "guan index\x00%d\x00%s\x00%s\x00%s", k.tenant, kind, field, value)
	out, err := k.prf.PRFs[id].ComputePRF(input, indexSize)
	return base64.RawURLEncoding.EncodeToString(out), err
}
