package audit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// An archive is a log, or a stretch of one, in one file that verifies by itself: one JSON document in each
// line. The first is its Preface; then come leaves in their order, a head somewhere before the last leaf that
// it covers, and proofs of what erased parts of them; the last line says how many leaves there were up to
// there, so that half an archive is not taken for a whole one. What a line says can be written in one way
// only, so that no byte of it can be another and nothing be found.

// Preface opens an archive. Its keys are those that its writer names: who verifies it knows theirs from
// elsewhere.
type Preface struct {
	Version int       `json:"guan_audit"`
	Origin  string    `json:"origin"`
	At      time.Time `json:"at,omitzero"` // in version 1
	Keys    []string  `json:"keys"`

	From  int64  `json:"from,omitempty"`  // the first leaf
	Until int64  `json:"until,omitempty"` // behind the last one, of a stretch
	Head  string `json:"head,omitempty"`  // signed, of all leaves before the first
	Edge  []byte `json:"edge,omitempty"`  // the edge of the tree that it signs
}

// archiveVersion is the version of the format that is written. Version 1 began with leaf 0 and was not strict
// about how it is written; it is read.
const archiveVersion = 2

// archiveLine is any line but the first.
type archiveLine struct {
	Head   string  `json:"head,omitempty"`
	Leaf   *int64  `json:"leaf,omitempty"`
	Entry  *Stored `json:"entry,omitempty"`
	Salts  []byte  `json:"salts,omitempty"`
	Hashes []byte  `json:"hashes,omitempty"`
	Proof  *Proof  `json:"proof,omitempty"`
	End    *int64  `json:"end,omitempty"`
	Heads  int     `json:"heads,omitempty"` // with end: how many heads there were
}

// ArchiveWriter writes an archive.
type ArchiveWriter struct {
	to    io.Writer
	heads int
}

// NewArchive begins an archive.
func NewArchive(to io.Writer, preface Preface) (*ArchiveWriter, error) {
	w := &ArchiveWriter{to: to}
	preface.Version = archiveVersion
	return w, w.line(preface)
}

func (w *ArchiveWriter) line(document any) error {
	text, err := lineOf(document)
	if err == nil {
		_, err = w.to.Write(text)
	}
	return err
}

// lineOf is the one way in which a line is written.
func lineOf(document any) ([]byte, error) {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	err := to.Encode(document)
	return out.Bytes(), err
}

// Head writes a signed head.
func (w *ArchiveWriter) Head(signed string) error {
	w.heads++
	return w.line(archiveLine{Head: signed})
}

// Leaf writes a leaf as it was read; one without its entry is written so.
func (w *ArchiveWriter) Leaf(l Leaf) error {
	return w.line(archiveLine{Leaf: &l.Index, Entry: l.Entry.spelled(), Salts: l.Commitments.Bytes(), Hashes: JoinHashes(l.Hashes)})
}

// Excuse writes the proof of an entry behind the last leaf that says what was erased of leaves before it.
func (w *ArchiveWriter) Excuse(p *Proof) error {
	proof := *p
	proof.Entry = p.Entry.spelled()
	return w.line(archiveLine{Proof: &proof})
}

// End closes the archive with the leaf that comes behind its last one.
func (w *ArchiveWriter) End(next int64) error {
	return w.line(archiveLine{End: &next, Heads: w.heads})
}

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

var errNoArchive = errors.New("audit: this is not an archive of an audit log, or of a newer format")

// VerifyArchive checks an archive with public keys and, where there are any, with heads published
// elsewhere. An error says that it is no archive at all, or is one of reading the heads.
func VerifyArchive(from io.Reader, keys PublicKeys, published Published) (*Report, error) {
	return ReadArchive(from, keys, published, func(Leaf) {})
}

// ReadArchive is VerifyArchive, and shows each leaf in the archive that has its entry on the way. The entries of its
// proofs are shown as leaves of the index -1.
func ReadArchive(from io.Reader, keys PublicKeys, published Published, visit func(Leaf)) (*Report, error) {
	in := &lineReader{from: bufio.NewReaderSize(from, 1<<16)}
	var preface Preface
	flaw, err := in.next(&preface, true)
	if err != nil || preface.Version < 1 || preface.Version > archiveVersion {
		return nil, errNoArchive
	}
	strict := preface.Version > 1
	c := NewChecker(preface.Origin, keys)
	if strict {
		if flaw != "" {
			c.Found(Finding{Flaw: Changed, Leaf: -1, Text: flaw})
		}
		c.begin(preface)
	}
	if err := c.Published(published); err != nil {
		return nil, err
	}
	ended, heads := false, 0
	for {
		var l archiveLine
		flaw, err := in.next(&l, strict)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			c.Found(Finding{Flaw: Changed, Leaf: c.next, Text: fmt.Sprintf("line %d of the archive cannot be read: %v", in.line, err)})
			return c.Finish(), nil
		}
		if flaw != "" {
			c.Found(Finding{Flaw: Changed, Leaf: c.next, Text: flaw})
		}
		switch {
		case ended:
			c.Found(Finding{Flaw: Inserted, Leaf: c.next, Text: fmt.Sprintf("line %d of the archive stands behind its end", in.line)})
			return c.Finish(), nil
		case l.End != nil && *l.End == c.next && (!strict || l.Heads == heads) && (preface.Until == 0 || preface.Until == c.next):
			ended = true
		case l.Proof != nil:
			if l.Proof.Entry != nil {
				visit(Leaf{Index: -1, Seq: l.Proof.Entry.Seq, Entry: l.Proof.Entry})
			}
			if err := c.excuseBy(l.Proof); err != nil {
				c.Found(Finding{Flaw: Changed, Leaf: -1, Text: fmt.Sprintf("line %d of the archive: %v", in.line, err)})
			}
		case l.Leaf == nil:
			heads++
			c.Head(l.Head, "in the archive")
		default:
			leaf := l.leaf()
			if leaf.Entry != nil {
				visit(leaf)
			}
			c.Leaf(leaf)
		}
	}
	if !ended {
		c.Found(Finding{Flaw: Dropped, Leaf: c.next, Text: "the archive is cut off, or holds other leaves than its last line says"})
	}
	return c.Finish(), nil
}

// lineReader reads an archive line by line.
type lineReader struct {
	from *bufio.Reader
	line int   // the number of the line that was read last
	at   int64 // where the next one begins
}

// next reads a line; flaw says where it is not written as such a line is.
func (r *lineReader) next(into any, strict bool) (flaw string, err error) {
	text, err := r.from.ReadBytes('\n')
	if len(text) == 0 && errors.Is(err, io.EOF) {
		return "", io.EOF
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	r.line++
	begin := r.at
	r.at += int64(len(text))
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return "", fmt.Errorf("at byte %d: %w", begin+d.InputOffset(), err)
	}
	if !strict {
		return "", nil
	}
	if l, ok := into.(*archiveLine); ok {
		l.Entry = l.Entry.spelled()
		if l.Proof != nil {
			l.Proof.Entry = l.Proof.Entry.spelled()
		}
	}
	again, err := lineOf(into)
	if err != nil {
		return "", err
	}
	if bytes.Equal(again, text) {
		return "", nil
	}
	differs := 0
	for differs < min(len(again), len(text)) && again[differs] == text[differs] {
		differs++
	}
	return fmt.Sprintf("line %d of the archive, byte %d of the file, is not as it was written", r.line, begin+int64(differs)), nil
}

// excuseBy takes what an entry behind the archive says that was erased.
func (c *Checker) excuseBy(p *Proof) error {
	if _, err := p.Verify(c.keys); err != nil {
		return err
	}
	if _, err := p.erasure(c.origin); err != nil {
		return err
	}
	c.Excuse(p.Entry)
	return nil
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
