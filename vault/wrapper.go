package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"

	"guan/fault"
)

// A Wrapper has the keys that wrap keysets: from a file, from the environment, or of a KMS, whose client
// gives a tink.AEAD for a key as tink's own do.
type Wrapper interface {
	// ID names the key that wraps from now on.
	ID() string
	// Key is the key of that name. One that cannot be used now, because its service does not answer, says so with a
	// fault Internal, which is passed on; any other error means that what was wrapped is not what it opens. Faults:
	// NotFound (key_missing).
	Key(id string) (tink.AEAD, error)
}

// overheard is a key that remembers what it said: tink tells of its errors the text alone.
type overheard struct {
	tink.AEAD
	err error
}

// Encrypt implements tink.AEAD.
func (o *overheard) Encrypt(text, about []byte) (out []byte, err error) {
	out, o.err = o.AEAD.Encrypt(text, about)
	return out, o.err
}

// Decrypt implements tink.AEAD.
func (o *overheard) Decrypt(text, about []byte) (out []byte, err error) {
	out, o.err = o.AEAD.Decrypt(text, about)
	return out, o.err
}

// away is what the key said, when it cannot be used now.
func (o *overheard) away() *fault.Error {
	if said := (*fault.Error)(nil); errors.As(o.err, &said) && said.Kind == fault.Internal {
		return said
	}
	return nil
}

// A secret is written as one line, mark and 32 bytes in base64, so that whoever finds it knows what it is.
const (
	secretMark = "guan-key-1."
	secretSize = 32
)

var badSecret = fault.New(fault.Invalid, "key_form", "this is no key of guan: a key is one line that guan keys make prints")

// NewSecret makes a key that wraps keysets.
func NewSecret() string {
	random := make([]byte, secretSize)
	rand.Read(random)
	return secretMark + base64.RawURLEncoding.EncodeToString(random)
}

// secrets are keys at hand; the first wraps.
type secrets struct {
	first string
	keys  map[string]tink.AEAD
	from  string
}

// Secrets reads keys, one a line, of which the first wraps and the others open what they wrapped before.
// From says where they stand, for messages. Faults: Invalid (key_form).
func Secrets(text, from string) (Wrapper, error) {
	s := &secrets{keys: map[string]tink.AEAD{}, from: from}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		rest, marked := strings.CutPrefix(line, secretMark)
		raw, err := base64.RawURLEncoding.DecodeString(rest)
		if !marked || err != nil || len(raw) != secretSize {
			return nil, badSecret.WithAt(from)
		}
		key, err := subtle.NewAESGCM(raw)
		if err != nil {
			return nil, badSecret.WithAt(from)
		}
		sum := sha256.Sum256(append([]byte("guan key id "), raw...))
		id := hex.EncodeToString(sum[:6])
		if s.first == "" {
			s.first = id
		}
		s.keys[id] = key
	}
	if s.first == "" {
		return nil, badSecret.WithAt(from)
	}
	return s, nil
}

// ID implements Wrapper.
func (s *secrets) ID() string { return s.first }

// Key implements Wrapper.
func (s *secrets) Key(id string) (tink.AEAD, error) {
	if key := s.keys[id]; key != nil {
		return key, nil
	}
	return nil, fault.Newf(fault.NotFound, "key_missing", "the data is encrypted with the key %s, which is not in %s: put it there, or name where it is with --key-file or GUAN_KEY", id, s.from).With("key", id)
}

// File reads keys from a file. Faults: NotFound (key_file), Invalid (key_form), Internal.
func File(path string) (Wrapper, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Newf(fault.NotFound, "key_file", "there is no key in %s", path)
	}
	if err != nil {
		return nil, fault.Wrapf(err, fault.Internal, "key_file", "the key in %s cannot be read: check its owner and permissions", path)
	}
	return Secrets(string(text), path)
}

// MakeFile makes a key file that only its owner reads, unless there is one: another process may have been
// faster. Faults: Internal (key_file).
func MakeFile(path string) error {
	unwritten := func(err error) error {
		return fault.Wrapf(err, fault.Internal, "key_file", "no key can be made in %s: name another place with --key-file, or give a key in GUAN_KEY", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return unwritten(err)
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(NewSecret() + "\n")
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return unwritten(err)
	}
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return unwritten(err)
	}
	return nil
}
