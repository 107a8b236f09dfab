package audit

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// EraseArchive writes an archive anew without the parts that proved entries of erasures name, and with the proofs of
// them; it returns how many entries lost something. What is written is of the newest format. The archive that is
// read should have been verified, and what is written is to be verified before it takes the other's place.
func EraseArchive(from io.Reader, to io.Writer, keys PublicKeys, proofs []*Proof) (n int, err error) {
	in := &lineReader{from: bufio.NewReaderSize(from, 1<<16)}
	preface, err := in.preface()
	if err != nil {
		return 0, err
	}
	x := &eraser{parts: map[int64][]int{}, held: map[int64]bool{}, used: map[int64]bool{}}
	for _, p := range proofs {
		if err := x.take(p, keys, preface.Origin); err != nil {
			return 0, err
		}
	}
	// In version 1 there was the time of writing, which nothing vouches for.
	if x.to, err = NewArchive(to, Preface{Origin: preface.Origin, Keys: preface.Keys, From: preface.From, Until: preface.Until, Head: preface.Head, Edge: preface.Edge}); err != nil {
		return 0, err
	}
	for ended := false; ; {
		var l archiveLine
		if _, err := in.next(&l, false); errors.Is(err, io.EOF) {
			if !ended {
				return 0, errors.New("audit: the archive is cut off")
			}
			return x.n, nil
		} else if err != nil {
			return 0, fmt.Errorf("audit: line %d of the archive: %w", in.line, err)
		}
		ended = l.End != nil
		if err := x.line(l, proofs); err != nil {
			return 0, err
		}
	}
}

// ReadProofs reads the proofs of erasures in a file, one in each line: those that were printed, or those that stand in
// an archive out of which something was erased.
func ReadProofs(from io.Reader) ([]*Proof, error) {
	var out []*Proof
	for d := json.NewDecoder(from); ; {
		var l struct {
			Proof
			Within *Proof `json:"proof"`
		}
		err := d.Decode(&l)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("audit: this is no file of proofs: %w", err)
		}
		for _, p := range []*Proof{&l.Proof, l.Within} {
			if p != nil && p.Head != "" && p.Entry != nil && p.Entry.Action == string(PartsErased) {
				out = append(out, p)
			}
		}
	}
}

// preface reads the first line of an archive.
func (r *lineReader) preface() (p Preface, err error) {
	if _, err = r.next(&p, false); err != nil || p.Version < 1 || p.Version > archiveVersion {
		return p, errNoArchive
	}
	return p, nil
}

// eraser is an archive on its way through EraseArchive.
type eraser struct {
	to    *ArchiveWriter
	parts map[int64][]int // by the number of the entry
	held  map[int64]bool  // proofs that stand in it already, by the number of their entry
	used  map[int64]bool  // numbers of entries that it holds
	n     int
}

// take believes a proof what it says was erased.
func (x *eraser) take(p *Proof, keys PublicKeys, origin string) error {
	if _, err := p.Verify(keys); err != nil {
		return err
	}
	names, err := p.erasure(origin)
	if err != nil {
		return err
	}
	for _, seq := range p.Entry.Records {
		for _, name := range names {
			if part := slices.Index(PartNames[:], name); part >= 0 && !slices.Contains(x.parts[seq], part) {
				x.parts[seq] = append(x.parts[seq], part)
			}
		}
	}
	return nil
}

var errNoErasure = errors.New("it does not prove that anything was erased of this log")

// erasure is what a proof says was erased of a log.
func (p *Proof) erasure(origin string) (names []string, err error) {
	head, err := Unverified(p.Head)
	if err != nil {
		return nil, err
	}
	if p.Entry == nil || p.Entry.Action != string(PartsErased) || head.Origin != origin {
		return nil, errNoErasure
	}
	return names, json.Unmarshal(p.Entry.Fields, &names)
}

func (x *eraser) line(l archiveLine, proofs []*Proof) error {
	switch {
	case l.End != nil:
		for _, p := range proofs {
			if x.held[p.Entry.Seq] || !slices.ContainsFunc(p.Entry.Records, func(seq int64) bool { return x.used[seq] }) {
				continue
			}
			x.held[p.Entry.Seq] = true
			if err := x.to.Excuse(p); err != nil {
				return err
			}
		}
		return x.to.End(*l.End)
	case l.Proof != nil && l.Proof.Entry != nil:
		commitments, err := ParseCommitments(l.Proof.Salts)
		if err != nil {
			return err
		}
		if err := x.erase(l.Proof.Entry, &commitments); err != nil {
			return err
		}
		l.Proof.Salts = commitments.Bytes()
		x.held[l.Proof.Entry.Seq] = true
		return x.to.Excuse(l.Proof)
	case l.Leaf == nil:
		return x.to.Head(l.Head)
	}
	leaf := l.leaf()
	if leaf.Entry == nil || leaf.Broken != "" {
		return x.to.line(l)
	}
	if err := x.erase(leaf.Entry, &leaf.Commitments); err != nil {
		return err
	}
	return x.to.Leaf(leaf)
}

// erase takes out of an entry what is to go.
func (x *eraser) erase(e *Stored, c *Commitments) error {
	x.used[e.Seq] = true
	which := slices.DeleteFunc(slices.Clone(x.parts[e.Seq]), func(part int) bool { return c[part].Erased })
	if len(which) == 0 {
		return nil
	}
	x.n++
	return c.Erase(e, which...)
}
