package audit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// An archive is a log in one file that verifies by itself: one JSON document in each line. The first is
// its Preface; then come leaves in their order, a head somewhere before the last leaf that it covers; the
// last line says how many leaves there were, so that half an archive is not taken for a whole one.

// Preface opens an archive. Its keys are those that its writer names: who verifies it knows theirs from
// elsewhere.
type Preface struct {
	Version int       `json:"guan_audit"`
	Origin  string    `json:"origin"`
	At      time.Time `json:"at"`
	Keys    []string  `json:"keys"`
}

// archiveVersion is the version of the format.
const archiveVersion = 1

// archiveLine is any line but the first.
type archiveLine struct {
	Head   string  `json:"head,omitempty"`
	Leaf   *int64  `json:"leaf,omitempty"`
	Entry  *Stored `json:"entry,omitempty"`
	Salts  []byte  `json:"salts,omitempty"`
	Hashes []byte  `json:"hashes,omitempty"`
	End    *int64  `json:"end,omitempty"`
}

// ArchiveWriter writes an archive.
type ArchiveWriter struct{ to *json.Encoder }

// NewArchive begins an archive.
func NewArchive(to io.Writer, preface Preface) (*ArchiveWriter, error) {
	w := &ArchiveWriter{json.NewEncoder(to)}
	w.to.SetEscapeHTML(false)
	preface.Version = archiveVersion
	return w, w.to.Encode(preface)
}

// Head writes a signed head.
func (w *ArchiveWriter) Head(signed string) error { return w.to.Encode(archiveLine{Head: signed}) }

// Leaf writes a leaf as it was read; one without its entry is written so.
func (w *ArchiveWriter) Leaf(l Leaf) error {
	return w.to.Encode(archiveLine{Leaf: &l.Index, Entry: l.Entry, Salts: l.Commitments.Bytes(), Hashes: JoinHashes(l.Hashes)})
}

// End closes the archive.
func (w *ArchiveWriter) End(leaves int64) error { return w.to.Encode(archiveLine{End: &leaves}) }

// JoinHashes is hashes one behind the other.
func JoinHashes(hashes []tlog.Hash) []byte {
	out := make([]byte, 0, len(hashes)*tlog.HashSize)
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out
}

// SplitHashes reads what JoinHashes wrote; nil when it is nothing of the sort.
func SplitHashes(in []byte) []tlog.Hash {
	if len(in)%tlog.HashSize != 0 {
		return nil
	}
	var out []tlog.Hash
	for ; len(in) > 0; in = in[tlog.HashSize:] {
		out = append(out, tlog.Hash(in))
	}
	return out
}

// VerifyArchive checks an archive with public keys and, where there are any, with heads published
// elsewhere. An error says that it is no archive at all.
func VerifyArchive(from io.Reader, keys PublicKeys, published []string) (*Report, error) {
	d := json.NewDecoder(from)
	d.DisallowUnknownFields()
	var preface Preface
	if err := d.Decode(&preface); err != nil || preface.Version != archiveVersion {
		return nil, errors.New("audit: this is not an archive of an audit log, or of a newer format")
	}
	c := NewChecker(preface.Origin, keys)
	for _, head := range published {
		c.Head(head, "published")
	}
	ended := false
	for line := 2; ; line++ {
		var l archiveLine
		err := d.Decode(&l)
		if errors.Is(err, io.EOF) {
			break
		}
		switch {
		case err != nil:
			c.Found(Finding{Flaw: Changed, Leaf: c.next, Text: fmt.Sprintf("line %d of the archive cannot be read: %v", line, err)})
			return c.Finish(), nil
		case ended:
			c.Found(Finding{Flaw: Inserted, Leaf: c.next, Text: fmt.Sprintf("line %d of the archive stands behind its end", line)})
			return c.Finish(), nil
		case l.End != nil && *l.End == c.next:
			ended = true
		case l.Leaf == nil:
			c.Head(l.Head, "in the archive")
		default:
			c.Leaf(l.leaf())
		}
	}
	if !ended {
		c.Found(Finding{Flaw: Dropped, Leaf: c.next, Text: "the archive is cut off, or holds other leaves than its last line says"})
	}
	return c.Finish(), nil
}

func (l *archiveLine) leaf() Leaf {
	leaf := Leaf{Index: *l.Leaf, Entry: l.Entry, Hashes: SplitHashes(l.Hashes)}
	if l.Entry != nil {
		leaf.Seq = l.Entry.Seq
	}
	var err error
	if leaf.Commitments, err = ParseCommitments(l.Salts); err != nil {
		leaf.Broken = err.Error()
	}
	return leaf
}

// HeadLine is a head as a line of a file of published heads.
func HeadLine(signed string) ([]byte, error) {
	line, err := json.Marshal(archiveLine{Head: signed})
	return append(line, '\n'), err
}

// ReadHeads reads a file of published heads: lines as HeadLine writes them.
func ReadHeads(from io.Reader) ([]string, error) {
	var heads []string
	for d := json.NewDecoder(from); ; {
		var l archiveLine
		err := d.Decode(&l)
		if errors.Is(err, io.EOF) {
			return heads, nil
		}
		if err != nil || l.Head == "" {
			return nil, fmt.Errorf("audit: line %d of the published heads is not one", len(heads)+1)
		}
		heads = append(heads, l.Head)
	}
}
