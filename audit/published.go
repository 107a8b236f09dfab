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

	"golang.org/x/mod/sumdb/tlog"
)

// PublishedLine is a line of a file of published heads. A disk that is full, or a process that dies, leaves one
// torn; behind it a program may have gone on in the same line, of which there are then several.
type PublishedLine struct {
	Number int
	Signed string // the head; of a torn line, what there is of it; empty when it is no such line
	Torn   bool
}

// Published are the lines of a file of published heads, as they are read; an error is one of reading. nil are none.
type Published func(yield func(PublishedLine, error) bool)

// PublishedHeads are heads that were published, without their file.
func PublishedHeads(signed ...string) Published {
	return func(yield func(PublishedLine, error) bool) {
		for i, head := range signed {
			if !yield(PublishedLine{Number: i + 1, Signed: head}, nil) {
				return
			}
		}
	}
}

// lineBegins is how HeadLine begins a line. Inside of one it never stands, since a text has no bare quotes.
const lineBegins = `{"head":"`

// HeadLine is a head as a line of a file of published heads.
func HeadLine(signed string) ([]byte, error) {
	line, err := json.Marshal(archiveLine{Head: signed})
	return append(line, '\n'), err
}

// longestLine is how much is kept of a line: many times a head with the signatures of a hundred keys.
const longestLine = 1 << 20

// ReadHeads reads a file of published heads, once and one line at a time: lines as HeadLine writes them. Lines that are
// none are among those that are given.
func ReadHeads(from io.Reader) Published {
	return func(yield func(PublishedLine, error) bool) {
		in := bufio.NewReaderSize(from, 1<<16)
		line := cutLine{yield: yield, number: 1}
		for {
			text, err := in.ReadSlice('\n')
			if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
				yield(PublishedLine{}, err)
				return
			}
			if !line.add(text) || !errors.Is(err, bufio.ErrBufferFull) && !line.end() || errors.Is(err, io.EOF) {
				return
			}
		}
	}
}

// cutLine is a line that is being read, of which no more is kept than could be a head. What was torn may have the next
// one behind it; no line may hide in the rest of another.
type cutLine struct {
	yield  func(PublishedLine, error) bool
	number int
	text   []byte
	left   bool // something of it was left out that is not nothing
}

// add takes a part of the line. Not more is that nobody listens any more.
func (c *cutLine) add(text []byte) (more bool) {
	from := max(1, len(c.text)-len(lineBegins)+1)
	c.text = append(c.text, text...)
	rest := c.text
	for from < len(rest) {
		at := bytes.Index(rest[from:], []byte(lineBegins))
		if at < 0 {
			break
		}
		if !c.say(rest[:from+at]) {
			return false
		}
		rest, from = rest[from+at:], 1
	}
	c.text = c.text[:copy(c.text, rest)]
	if tail := len(lineBegins) - 1; len(c.text) > longestLine+tail {
		out := c.text[longestLine : len(c.text)-tail]
		c.left = c.left || len(bytes.Trim(out, "\x00 \t\r\n")) > 0
		c.text = append(c.text[:longestLine], c.text[len(c.text)-tail:]...)
	}
	return true
}

// end is the end of the line.
func (c *cutLine) end() (more bool) {
	more = c.say(c.text)
	c.text = c.text[:0]
	c.number++
	return more
}

// say gives what there is, unless it is empty.
func (c *cutLine) say(text []byte) (more bool) {
	line := parsePublished(text)
	if line != nil && c.left && !line.Torn {
		line.Signed = "" // there is more behind it
	}
	if c.left = false; line == nil {
		return true
	}
	line.Number = c.number
	return c.yield(*line, nil)
}

// parsePublished reads one line, of which there may be only a part; nil is an empty one. It keeps nothing of the text.
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
func (p Published) Heads() (signed []string, err error) {
	for line, err := range p {
		if err != nil {
			return nil, err
		}
		if line.Signed != "" && !line.Torn {
			signed = append(signed, line.Signed)
		}
	}
	return signed, nil
}

// wherePublished is whence a head is that was published.
const wherePublished = "published"

// publishedHead is what is kept of a head that was published, of which there may be one for each second of years.
type publishedHead struct {
	size int64
	root tlog.Hash
	at   int64 // nanoseconds
}

func (h publishedHead) compare(other publishedHead) int {
	return cmp.Or(cmp.Compare(h.size, other.size), bytes.Compare(h.root[:], other.root[:]), cmp.Compare(h.at, other.at))
}

// publishedHeads are they by their size; of those with the same root the oldest.
type publishedHeads []publishedHead

func (p publishedHeads) from(size int64) int {
	at, _ := slices.BinarySearchFunc(p, size, func(h publishedHead, size int64) int { return cmp.Compare(h.size, size) })
	return at
}

func (p publishedHeads) has(head Head) bool {
	for _, held := range p[p.from(head.Size):] {
		if held.size != head.Size {
			return false
		}
		if held.root == head.Root {
			return true
		}
	}
	return false
}

// settle puts them in order, and each there once.
func (p *publishedHeads) settle() {
	slices.SortFunc(*p, publishedHead.compare)
	*p = slices.Compact(*p)
}

// Published adds heads that were published, before any other and before the leaves are read. A torn line counts when
// what there is of it is signed; otherwise it says as little as one that is not there. Any other line that is not a
// head is a finding. An error is one of reading.
func (c *Checker) Published(p Published) error {
	if p == nil {
		return nil
	}
	ordered := true
	for line, err := range p {
		if err != nil {
			return err
		}
		if line.Torn {
			if _, err := c.keys.Head(line.Signed); err != nil {
				continue
			}
		}
		if line.Signed == "" {
			c.Found(Finding{Flaw: BadHead, Leaf: -1, Text: fmt.Sprintf("line %d of the published heads is not one, nor a part of one", line.Number)})
			continue
		}
		head, ok := c.open(line.Signed, wherePublished)
		if !ok {
			continue
		}
		kept := publishedHead{head.Size, head.Root, head.At.UnixNano()}
		if n := len(c.published); n > 0 {
			ordered = ordered && c.published[n-1].compare(kept) < 0
			if n == cap(c.published) && !ordered { // a file may say the same heads again and again
				if c.published.settle(); 2*len(c.published) > n {
					c.published = slices.Grow(c.published, n)
				}
			}
		}
		if head.Size >= c.Report.Published.Size {
			c.Report.Published = head
		}
		c.published = append(c.published, kept)
	}
	if !ordered {
		c.published.settle()
	}
	c.Heads += len(c.published)
	c.published = slices.CompactFunc(c.published, func(a, b publishedHead) bool { return a.size == b.size && a.root == b.root })
	c.published = c.published[c.published.from(1):] // of nothing, nothing is said
	if cap(c.published) > 5*len(c.published)/4 {
		c.published = slices.Clone(c.published)
	}
	return nil
}
