package audit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Stored is an entry as its row holds it: what the log seals. Every column stands in its leaf.
type Stored struct {
	Tenant    int64           `json:"tenant,string"`
	Seq       int64           `json:"seq,string"`
	At        int64           `json:"at,string"` // µs since 1970, UTC
	Actor     *int64          `json:"actor,string,omitempty"`
	Job       *string         `json:"job,omitempty"`
	OnBehalf  *int64          `json:"on_behalf,string,omitempty"`
	Action    string          `json:"action"`
	Kind      *string         `json:"kind,omitempty"`
	Record    *int64          `json:"record,string,omitempty"`
	Channel   string          `json:"channel"`
	Address   string          `json:"address"`
	Device    string          `json:"device"`
	RequestID string          `json:"request_id"`
	Session   *int64          `json:"session,string,omitempty"`
	Token     *int64          `json:"token,string,omitempty"`
	Epoch     int64           `json:"epoch,string"`
	Rules     json.RawMessage `json:"rules"`
	Fields    json.RawMessage `json:"fields"`
	Detail    json.RawMessage `json:"detail"`
	Records   RecordList      `json:"records"`
}

// The parts of an entry that may hold personal data. A leaf holds a salted hash of each, so that one
// can be erased, with its salt, and the leaf still verifies.
const (
	PartAddress = iota
	PartDevice
	PartDetail
	parts
)

// PartNames are the parts by name, as they stand in entries of erasures.
var PartNames = [parts]string{"address", "device", "detail"}

const (
	saltSize = 16
	version  = 1 // of the leaf
)

// Commitment is what is kept of a part beside its text: its salt, or, once it is erased, its hash.
type Commitment struct {
	Salt   [saltSize]byte
	Erased bool
	Hash   tlog.Hash // of an erased part
}

// Commitments are those of all parts of one entry.
type Commitments [parts]Commitment

// NewCommitments draws the salts of an entry.
func NewCommitments(random io.Reader) (c Commitments, err error) {
	var drawn [parts * saltSize]byte
	if _, err := io.ReadFull(random, drawn[:]); err != nil {
		return c, err
	}
	for i := range c {
		c[i].Salt = [saltSize]byte(drawn[i*saltSize:])
	}
	return c, nil
}

// Bytes is how commitments are kept: for each part 0 and its salt, or 1 and its hash.
func (c Commitments) Bytes() []byte {
	out := make([]byte, 0, parts*(1+saltSize))
	for _, part := range c {
		if part.Erased {
			out = append(append(out, 1), part.Hash[:]...)
		} else {
			out = append(append(out, 0), part.Salt[:]...)
		}
	}
	return out
}

var errCommitments = errors.New("audit: the salts of an entry are not as they were written")

// ParseCommitments reads what Bytes wrote.
func ParseCommitments(in []byte) (c Commitments, err error) {
	for i := range c {
		switch {
		case len(in) > saltSize && in[0] == 0:
			c[i].Salt, in = [saltSize]byte(in[1:]), in[1+saltSize:]
		case len(in) > tlog.HashSize && in[0] == 1:
			c[i].Erased, c[i].Hash, in = true, tlog.Hash(in[1:]), in[1+tlog.HashSize:]
		default:
			return c, errCommitments
		}
	}
	if len(in) > 0 {
		return c, errCommitments
	}
	return c, nil
}

// Erased names the parts that are erased.
func (c Commitments) Erased() []string {
	var names []string
	for i, part := range c {
		if part.Erased {
			names = append(names, PartNames[i])
		}
	}
	return names
}

// Erase makes the parts of an entry verifiable without their texts, which it takes out of the entry.
// Whoever keeps neither text nor salt can tell nothing of the text from what is left.
func (c *Commitments) Erase(e *Stored, which ...int) error {
	for _, i := range which {
		if c[i].Erased {
			continue
		}
		hash, err := c.part(e, i)
		if err != nil {
			return err
		}
		c[i] = Commitment{Erased: true, Hash: hash}
	}
	for _, i := range which {
		switch i {
		case PartAddress:
			e.Address = ""
		case PartDevice:
			e.Device = ""
		case PartDetail:
			e.Detail = json.RawMessage("{}")
		}
	}
	return nil
}

// Says reports whether a part of the entry has a text.
func (e *Stored) Says(part int) bool {
	switch part {
	case PartAddress:
		return e.Address != ""
	case PartDevice:
		return e.Device != ""
	}
	said, err := appendJSON(nil, e.Detail)
	return err != nil || string(said) != emptyObject
}

// emptyObject is {} as appendJSON writes it.
const emptyObject = "{\x00\x00\x00\x00"

var errErased = errors.New("audit: a part is said to be erased and has a text")

// part is the hash of a part: HMAC-SHA256 under its salt, over what it says. A part that is erased has
// to be empty, or somebody could put any text in its place.
func (c *Commitments) part(e *Stored, i int) (tlog.Hash, error) {
	if c[i].Erased {
		if e.Says(i) {
			return tlog.Hash{}, errErased
		}
		return c[i].Hash, nil
	}
	var said []byte
	var err error
	switch i {
	case PartAddress:
		said = appendText(nil, e.Address)
	case PartDevice:
		said = appendText(nil, e.Device)
	default:
		if said, err = appendJSON(nil, e.Detail); err != nil {
			return tlog.Hash{}, err
		}
	}
	mac := hmac.New(sha256.New, c[i].Salt[:])
	mac.Write([]byte{version, byte(i)})
	mac.Write(said)
	return tlog.Hash(mac.Sum(nil)), nil
}

// Leaf is what is hashed into the log for an entry: all of its columns in one order, the parts that may
// hold personal data as their salted hashes. docs/audit-log.md describes it byte by byte.
func (e *Stored) Leaf(c Commitments) ([]byte, error) {
	out := make([]byte, 0, 512)
	out = append(out, "guan audit entry "...)
	out = append(out, version)
	for _, n := range []int64{e.Tenant, e.Seq, e.At} {
		out = binary.BigEndian.AppendUint64(out, uint64(n))
	}
	out = appendNumber(out, e.Actor)
	out = appendOptional(out, e.Job)
	out = appendNumber(out, e.OnBehalf)
	out = appendText(out, e.Action)
	out = appendOptional(out, e.Kind)
	out = appendNumber(out, e.Record)
	out = appendText(out, e.Channel)
	out = appendText(out, e.RequestID)
	out = appendNumber(out, e.Session)
	out = appendNumber(out, e.Token)
	out = binary.BigEndian.AppendUint64(out, uint64(e.Epoch))
	for _, list := range []json.RawMessage{e.Rules, e.Fields} {
		var err error
		if out, err = appendJSON(out, list); err != nil {
			return nil, err
		}
	}
	out = binary.BigEndian.AppendUint32(out, uint32(len(e.Records)))
	for _, id := range e.Records {
		out = binary.BigEndian.AppendUint64(out, uint64(id))
	}
	for i := range c {
		hash, err := c.part(e, i)
		if err != nil {
			return nil, err
		}
		out = append(out, hash[:]...)
	}
	return out, nil
}

// LeafHash is the hash of the entry's leaf in the tree.
func (e *Stored) LeafHash(c Commitments) (tlog.Hash, error) {
	leaf, err := e.Leaf(c)
	if err != nil {
		return tlog.Hash{}, err
	}
	return tlog.RecordHash(leaf), nil
}

// RecordList is the records that an entry touches, rising and each once.
type RecordList []int64

// NewRecordList orders ids and takes out what stands twice.
func NewRecordList(ids []int64) RecordList {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Bytes is how the list is kept beside its leaf: the differences, each as an unsigned varint.
func (l RecordList) Bytes() []byte {
	out := make([]byte, 0, 3*len(l))
	var last int64
	for _, id := range l {
		out = binary.AppendUvarint(out, uint64(id-last))
		last = id
	}
	return out
}

// ParseRecordList reads what Bytes wrote.
func ParseRecordList(in []byte) (RecordList, error) {
	var out RecordList
	var last int64
	for len(in) > 0 {
		step, n := binary.Uvarint(in)
		if n <= 0 || step == 0 && len(out) > 0 {
			return nil, errors.New("audit: the list of records of an entry is not as it was written")
		}
		last += int64(step)
		out, in = append(out, last), in[n:]
	}
	return out, nil
}

// MarshalJSON writes ids as texts, as everywhere.
func (l RecordList) MarshalJSON() ([]byte, error) {
	texts := make([]string, len(l))
	for i, id := range l {
		texts[i] = fmt.Sprint(id)
	}
	return json.Marshal(texts)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *RecordList) UnmarshalJSON(in []byte) error {
	var texts []json.Number
	if err := json.Unmarshal(in, &texts); err != nil {
		return err
	}
	*l = make(RecordList, len(texts))
	for i, text := range texts {
		id, err := text.Int64()
		if err != nil {
			return err
		}
		(*l)[i] = id
	}
	return nil
}

// hashesOf is how many hashes are kept with a leaf: its own, and those of all subtrees that it
// completes, from small to large.
func hashesOf(leaf int64) int { return 1 + bits.TrailingZeros64(uint64(leaf)+1) }

// KeptWith says with which leaf the hash of a subtree is kept, and at which place there.
func KeptWith(index int64) (leaf int64, place int) {
	level, n := tlog.SplitStoredHashIndex(index)
	return (n+1)<<level - 1, level
}
