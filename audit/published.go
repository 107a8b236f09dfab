package audit

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// PublishedLine is a line of a file of published heads. A disk that is full, or a process that dies, leaves one
// torn; behind it a program may have gone on in the same line, of which there are then several.
type PublishedLine struct {
	Number int
	Signed string // the head; of a torn line, what there is of it; empty when it is no such line
	Torn   bool
}

// Published is a file of published heads, line by line.
type Published []PublishedLine

// PublishedHeads are heads that were published, without their file.
func PublishedHeads(signed ...string) (p Published) {
	for i, head := range signed {
		p = append(p, PublishedLine{Number: i + 1, Signed: head})
	}
	return p
}

// lineBegins is how HeadLine begins a line. Inside of one it never stands, since a text has no bare quotes.
const lineBegins = `{"head":"`

// HeadLine is a head as a line of a file of published heads.
func HeadLine(signed string) ([]byte, error) {
	line, err := json.Marshal(archiveLine{Head: signed})
	return append(line, '\n'), err
}

// ReadHeads reads a file of published heads: lines as HeadLine writes them. Lines that are none are among those that
// are given; an error is one of reading.
func ReadHeads(from io.Reader) (Published, error) {
	var out Published
	in := bufio.NewReader(from)
	for number := 1; ; number++ {
		text, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		// What was torn may have the next one behind it; no line may hide in the rest of another.
		for i, piece := range bytes.Split(text, []byte(lineBegins)) {
			if i > 0 {
				piece = append([]byte(lineBegins), piece...)
			}
			if line := parsePublished(piece); line != nil {
				line.Number = number
				out = append(out, *line)
			}
		}
		if err != nil {
			return out, nil
		}
	}
}

// parsePublished reads one line, of which there may be only a part; nil is an empty one.
func parsePublished(text []byte) *PublishedLine {
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return nil
	}
	// A file system may leave zeros where it lost power before the bytes were there.
	text = bytes.TrimRight(text, "\x00")
	var l struct{ Head string }
	switch err := json.NewDecoder(bytes.NewReader(text)).Decode(&l); {
	case json.Valid(text) && err == nil:
		return &PublishedLine{Signed: l.Head}
	case bytes.HasPrefix([]byte(lineBegins), text):
		return &PublishedLine{Torn: true}
	case !bytes.HasPrefix(text, []byte(lineBegins)) || !errors.Is(err, io.ErrUnexpectedEOF):
		return &PublishedLine{}
	}
	for _, rest := range []string{`}`, `"}`, `\n"}`, `n"}`} {
		if json.Unmarshal(append(bytes.Clone(text), rest...), &l) == nil && len(l.Head) > 0 && l.Head[len(l.Head)-1] == '\n' {
			break
		}
	}
	return &PublishedLine{Signed: l.Head, Torn: true}
}

// Heads are the whole ones.
func (p Published) Heads() (signed []string) {
	for _, line := range p {
		if line.Signed != "" && !line.Torn {
			signed = append(signed, line.Signed)
		}
	}
	return signed
}

// wherePublished is whence a head is that was published.
const wherePublished = "published"

// Published adds heads that were published, before any other and before the leaves are read. A torn line counts when
// what there is of it is signed; otherwise it says as little as one that is not there. Any other line that is not a
// head is a finding.
func (c *Checker) Published(p Published) {
	for _, line := range p {
		if line.Torn {
			if _, err := c.keys.Head(line.Signed); err != nil {
				continue
			}
		}
		if line.Signed == "" {
			c.Found(Finding{Flaw: BadHead, Leaf: -1, Text: fmt.Sprintf("line %d of the published heads is not one, nor a part of one", line.Number)})
			continue
		}
		if head, ok := c.open(line.Signed, wherePublished); ok {
			c.published = append(c.published, heldHead{head, wherePublished})
		}
	}
	slices.SortStableFunc(c.published, func(a, b heldHead) int { return cmp.Compare(a.Size, b.Size) })
	c.published = slices.Compact(c.published)
	c.Heads += len(c.published)
	if n := len(c.published); n > 0 {
		c.Report.Published = c.published[n-1].Head
	}
	c.published = c.published[c.published.from(1):] // of nothing, nothing is said
}
