package audit

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Leaf is one leaf of a log as it was read: the entry it stands for, nil where there is none any more,
// and what is kept with it.
type Leaf struct {
	Index       int64
	Seq         int64
	Entry       *Stored
	Commitments Commitments
	Hashes      []tlog.Hash // its own and those of the subtrees it completes
	Broken      string      // what could not be read of it
}

// Flaw is what a finding is about.
type Flaw string

// The flaws.
const (
	Changed    Flaw = "changed"    // an entry is not what was sealed
	Dropped    Flaw = "dropped"    // an entry or leaf is gone
	Inserted   Flaw = "inserted"   // an entry stands in no leaf
	Reordered  Flaw = "reordered"  // an entry stands at the leaf of another one
	BadHash    Flaw = "hash"       // a hash kept beside a leaf is not the one that was signed
	Rewritten  Flaw = "rewritten"  // leaves fit together and are not those that a head signed
	BadHead    Flaw = "head"       // a head is not signed by a known key, or of another log
	Unsigned   Flaw = "unsigned"   // leaves that no head covers
	Unlogged   Flaw = "unlogged"   // a part was erased and no entry says so
	Misindexed Flaw = "misindexed" // the index of records does not say what the entry says
)

// Finding is one place where a log is not what was sealed.
type Finding struct {
	Flaw  Flaw   `json:"flaw"`
	Leaf  int64  `json:"leaf"`            // -1 where it is about no leaf
	Until int64  `json:"until,omitempty"` // behind the last leaf, where it is about several
	Seq   int64  `json:"seq,string,omitempty"`
	Text  string `json:"text"`
}

// String says where and what in one line.
func (f Finding) String() string {
	where := ""
	switch {
	case f.Leaf >= 0 && f.Until > f.Leaf+1:
		where = fmt.Sprintf("leaves %d to %d: ", f.Leaf, f.Until-1)
	case f.Leaf >= 0 && f.Seq != 0:
		where = fmt.Sprintf("leaf %d, entry %d: ", f.Leaf, f.Seq)
	case f.Leaf >= 0:
		where = fmt.Sprintf("leaf %d: ", f.Leaf)
	case f.Seq != 0:
		where = fmt.Sprintf("entry %d: ", f.Seq)
	}
	return where + string(f.Flaw) + ": " + f.Text
}

// Report is what came of a check.
type Report struct {
	Origin   string    `json:"origin"`
	From     int64     `json:"from,omitempty"` // the first leaf of an archive
	Size     int64     `json:"size"`           // leaves looked at, and those before From
	Heads    int       `json:"heads"`          // heads that were signed by a known key
	Root     string    `json:"root"`
	Erased   int64     `json:"erased"`             // entries of which parts are erased
	Unsealed int64     `json:"unsealed"`           // entries that wait for their leaf
	Archived int64     `json:"archived,omitempty"` // entries that lie in archives, as the log says
	Archives []Kept    `json:"archives,omitempty"` // … in which
	Findings []Finding `json:"findings"`
	More     int       `json:"more,omitempty"` // findings beyond those that are listed

	Published Head `json:"-"` // the newest of those published that it was compared with
}

// Kept is an archive in which a stretch of the log lies.
type Kept struct {
	File    string `json:"file"`
	From    int64  `json:"from"`
	Until   int64  `json:"until"`
	Checked bool   `json:"checked"` // it was looked at too
}

// Whole reports whether nothing was found.
func (r *Report) Whole() bool { return len(r.Findings) == 0 }

const findingsMost = 200

// Checker recomputes a log leaf by leaf and compares it with its heads.
type Checker struct {
	Report
	origin string
	keys   PublicKeys
	next   int64
	good   int64 // up to here the heads agree

	// Heads that wait for their leaves. Those published are all known before.
	heads     heldHeads
	published publishedHeads

	entries, kept Edge // from the entries; from the hashes kept with them
	lost          bool // a part is missing or rewritten: what follows cannot be compared with heads
	suspects      []suspect
	strayed       []strayedLeaf
	inner         []Finding // subtrees whose kept hash is not that of their leaves, since good

	gone  []goneLeaves // without their entries
	moved int64        // an entry says that the entries of all leaves before this one lie in archives
	aged  []Head       // that the leaves agreed with, about two for each hour
	prior Head         // … the last one
	until int64        // of a stretch: heads of more say nothing of it

	erased  map[int64][]string // seq → parts that are erased
	excused map[int64][]string // … and that an entry says were
}

type heldHead struct {
	Head
	where string
}

// heldHeads are heads by their size.
type heldHeads []heldHead

// from is where those begin that have so many leaves.
func (h heldHeads) from(size int64) int {
	at, _ := slices.BinarySearchFunc(h, size, func(h heldHead, size int64) int { return cmp.Compare(h.Size, size) })
	return at
}

func (h heldHeads) has(head Head) bool {
	for _, held := range h[h.from(head.Size):] {
		if held.Size != head.Size {
			return false
		}
		if held.Head == head {
			return true
		}
	}
	return false
}

// nextHead takes the smallest head that waits, of at most so many leaves.
func (c *Checker) nextHead(size int64) (head heldHead, ok bool) {
	if len(c.published) > 0 && (len(c.heads) == 0 || c.published[0].size <= c.heads[0].Size) {
		if c.published[0].size > size {
			return head, false
		}
		head, c.published = c.wasPublished(c.published[0]), c.published[1:]
		return head, true
	}
	if len(c.heads) == 0 || c.heads[0].Size > size {
		return head, false
	}
	head, c.heads = c.heads[0], c.heads[1:]
	return head, true
}

// wasPublished is a head of those that were published.
func (c *Checker) wasPublished(h publishedHead) heldHead {
	return heldHead{Head{Origin: c.origin, Size: h.size, Root: h.root, At: time.Unix(0, h.at).UTC()}, wherePublished}
}

// suspect is a leaf that does not have the hash that is kept with it.
type suspect struct {
	index, seq int64
	computed   tlog.Hash
	kept       tlog.Hash
	why        string
}

// goneLeaves are leaves one behind the other that have no entry.
type goneLeaves struct{ from, until, seq int64 }

// NewChecker checks a log of this origin with these keys.
func NewChecker(origin string, keys PublicKeys) *Checker {
	return &Checker{Report: Report{Origin: origin, Findings: []Finding{}}, origin: origin, keys: keys, erased: map[int64][]string{}, excused: map[int64][]string{}}
}

// Found adds a finding.
func (c *Checker) Found(f Finding) {
	if len(c.Findings) == findingsMost {
		c.More++
		return
	}
	c.Findings = append(c.Findings, f)
}

// Head adds a head before the leaves are read; where says whence it is.
func (c *Checker) Head(signed, where string) {
	head, ok := c.open(signed, where)
	if !ok || c.published.has(head) {
		return // the same one was published
	}
	at := c.heads.from(head.Size)
	if c.heads[at:].has(head) {
		return
	}
	c.Heads++
	if head.Size > 0 { // of nothing, nothing is said
		c.heads = slices.Insert(c.heads, at, heldHead{head, where})
	}
}

// open reads a signed head of this log; not ok is one that says nothing of its leaves, or not what it should.
func (c *Checker) open(signed, where string) (head Head, ok bool) {
	head, err := c.keys.Head(signed)
	if err != nil {
		why := "it is not signed by a known key"
		var bad *note.InvalidSignatureError
		if errors.As(err, &bad) {
			why = "its signature is not right"
		}
		at := int64(-1)
		if said, err := Unverified(signed); err == nil {
			why = fmt.Sprintf("it says %d leaves; %s", said.Size, why)
			at = max(said.Size-1, -1)
		}
		c.Found(Finding{Flaw: BadHead, Leaf: at, Text: "a head " + where + ": " + why})
		return head, false
	}
	if head.Origin != c.origin {
		c.Found(Finding{Flaw: BadHead, Leaf: -1, Text: fmt.Sprintf("a head %s is of the log %q", where, head.Origin)})
		return head, false
	}
	head.Origin = c.origin // and not a part of a text that would be kept for it
	if c.From > 0 && head.Size <= c.From || c.until > 0 && head.Size > c.until {
		if where != wherePublished { // those may speak of other leaves
			c.Found(Finding{Flaw: BadHead, Leaf: -1, Text: fmt.Sprintf("a head %s of %d leaves is not of its leaves", where, head.Size)})
		}
		return head, false
	}
	return head, true
}

// Leaf checks the next leaf. Leaves come in the order of their index.
func (c *Checker) Leaf(l Leaf) {
	if l.Index < c.next {
		c.Found(Finding{Flaw: Inserted, Leaf: l.Index, Seq: l.Seq, Text: "the leaf stands twice"})
		return
	}
	if l.Index > c.next {
		c.Found(Finding{Flaw: Dropped, Leaf: c.next, Until: l.Index, Text: "the leaf is gone"})
		for c.lost = true; c.next < l.Index; c.next++ {
			c.entries.Push(c.next, tlog.Hash{}, nil)
			c.kept.Push(c.next, tlog.Hash{}, nil)
		}
	}
	hashes := l.Hashes
	if len(hashes) != hashesOf(l.Index) {
		c.Found(Finding{Flaw: BadHash, Leaf: l.Index, Seq: l.Seq, Text: "the hashes kept with the leaf are not as they were written"})
		hashes = nil
	}
	s := suspect{index: l.Index, seq: l.Seq, why: l.Broken}
	if hashes != nil {
		s.kept = hashes[0]
	}
	if l.Entry != nil {
		var err error
		if s.computed, err = l.Entry.LeafHash(l.Commitments); err != nil && s.why == "" {
			s.why = err.Error()
		}
		c.noteErasure(l)
		if hashes == nil {
			s.kept = s.computed
		}
	} else {
		s.computed = s.kept
		c.noteGone(l)
	}
	if l.Entry != nil && (s.why != "" || s.computed != s.kept) {
		c.suspects = append(c.suspects, s)
	}
	c.entries.Push(l.Index, s.computed, nil)
	level := 0
	c.kept.Push(l.Index, s.kept, func(node tlog.Hash) {
		level++
		if hashes != nil && hashes[level] != node && !c.lost {
			c.inner = append(c.inner, Finding{Flaw: BadHash, Leaf: l.Index + 1 - 1<<level, Until: l.Index + 1, Text: "the hash kept of these leaves is not theirs"})
		}
	})
	c.next = l.Index + 1
	c.Size = c.next
	c.compare()
}

// noteGone keeps that a leaf has no entry: whether it lies in an archive is known at the end.
func (c *Checker) noteGone(l Leaf) {
	if n := len(c.gone); n > 0 && c.gone[n-1].until == l.Index {
		c.gone[n-1].until++
		return
	}
	c.gone = append(c.gone, goneLeaves{l.Index, l.Index + 1, l.Seq})
}

// noteErasure keeps what is erased, and of what an entry says that it was.
func (c *Checker) noteErasure(l Leaf) {
	if parts := l.Commitments.Erased(); len(parts) > 0 {
		c.Erased++
		c.erased[l.Seq] = parts
	}
	c.Excuse(l.Entry)
}

// Excuse takes an entry, also one that has no leaf yet, that may say what was erased, or put into an archive.
func (c *Checker) Excuse(e *Stored) {
	if until, ok := e.movedUntil(); ok && until <= c.agedBy(time.UnixMicro(e.At).Add(agedSlack-Least)) {
		c.moved = max(c.moved, until)
	}
	var parts []string
	if e.Action != string(PartsErased) || json.Unmarshal(e.Fields, &parts) != nil {
		return
	}
	for _, seq := range e.Records {
		c.excused[seq] = append(c.excused[seq], parts...)
	}
}

// compare looks at the heads of the size reached.
func (c *Checker) compare() {
	for {
		head, ok := c.nextHead(c.next)
		if !ok {
			return
		}
		switch {
		case c.lost:
		case head.Size < c.next:
			c.Found(Finding{Flaw: BadHead, Leaf: head.Size - 1, Text: "a head " + head.where + " comes after the leaves that it covers"})
		case c.entries.Root() == head.Root: // the entries are those that were signed
			for _, s := range c.suspects {
				if s.why != "" {
					c.judge(s)
				} else {
					c.Found(Finding{Flaw: BadHash, Leaf: s.index, Seq: s.seq, Text: "the hash kept with the leaf is not the one that was signed"})
				}
			}
			c.agree(c.entries, head.Head)
		case c.kept.Root() == head.Root: // what is kept is what was signed, the entries are not
			for _, s := range c.suspects {
				c.judge(s)
			}
			c.agree(c.kept, head.Head)
		default:
			c.rewritten(head)
		}
	}
}

// agree says that everything up to here is known: what differs has been named, and both trees go on
// from the one that was signed.
func (c *Checker) agree(signed Edge, head Head) {
	c.age(head)
	for _, f := range c.inner {
		c.Found(f)
	}
	c.entries, c.kept = slices.Clone(signed), slices.Clone(signed)
	c.good, c.suspects, c.inner = c.next, nil, nil
}

// judge names what is wrong with a leaf.
func (c *Checker) judge(s suspect) {
	f := Finding{Flaw: Changed, Leaf: s.index, Seq: s.seq, Text: "the entry is not what was sealed"}
	if s.why != "" {
		f.Text = s.why
	} else {
		c.strayed = append(c.strayed, strayedLeaf{s, len(c.Findings)})
	}
	c.Found(f)
}

// judgeGone names the entries that are gone and lie in no archive.
func (c *Checker) judgeGone() {
	for _, g := range c.gone {
		if g.from < c.moved {
			c.Archived += min(g.until, c.moved) - g.from
			if g.from = c.moved; g.from >= g.until {
				continue
			}
			g.seq = 0
		}
		f := Finding{Flaw: Dropped, Leaf: g.from, Seq: g.seq, Text: "the entry is gone"}
		if g.until > g.from+1 {
			f.Until, f.Seq, f.Text = g.until, 0, "the entries are gone"
		}
		c.Found(f)
	}
}

// strayedLeaf is a leaf whose entry may be that of another one, and where its finding stands.
type strayedLeaf struct {
	suspect
	finding int
}

// name says of changed leaves which of them hold the entries of others.
func (c *Checker) name() {
	home := map[tlog.Hash]int64{}
	for _, m := range c.strayed {
		home[m.kept] = m.index
	}
	for _, m := range c.strayed {
		if at, ok := home[m.computed]; ok && at != m.index && m.finding < len(c.Findings) {
			f := &c.Findings[m.finding]
			f.Flaw, f.Text = Reordered, fmt.Sprintf("here stands the entry of leaf %d", at)
		}
	}
}

// rewritten names the leaves that are not those of a head as closely as it is known. What comes after
// them cannot be compared with heads any more.
func (c *Checker) rewritten(head heldHead) {
	c.lost = true
	if len(c.inner) > 0 {
		closest := slices.MinFunc(c.inner, func(a, b Finding) int { return int((a.Until - a.Leaf) - (b.Until - b.Leaf)) })
		c.Found(Finding{Flaw: Rewritten, Leaf: closest.Leaf, Until: closest.Until, Text: "the leaves are not those that were sealed"})
		c.inner = nil
	}
	c.Found(Finding{Flaw: Rewritten, Leaf: c.good, Until: head.Size, Text: fmt.Sprintf("the leaves are not those of the head of %d leaves %s", head.Size, head.where)})
}

// Finish ends the check: the report is whole then.
func (c *Checker) Finish() *Report {
	for _, s := range c.suspects {
		c.judge(s)
	}
	for _, f := range c.inner {
		c.Found(f)
	}
	c.name()
	c.judgeGone()
	if !c.lost && c.good < c.next {
		c.Found(Finding{Flaw: Unsigned, Leaf: c.good, Until: c.next, Text: "no head covers the leaves"})
	}
	var last heldHead
	if n := len(c.heads); n > 0 {
		last = c.heads[n-1]
	}
	if n := len(c.published); n > 0 && c.published[n-1].size >= last.Size {
		last = c.wasPublished(c.published[n-1])
	}
	if last.Size > 0 {
		c.Found(Finding{Flaw: Dropped, Leaf: c.next, Until: last.Size, Text: fmt.Sprintf("the head of %d leaves %s covers leaves that are not there", last.Size, last.where)})
	}
	for _, seq := range slices.Sorted(maps.Keys(c.erased)) {
		for _, part := range c.erased[seq] {
			if !slices.Contains(c.excused[seq], part) {
				c.Found(Finding{Flaw: Unlogged, Leaf: -1, Seq: seq, Text: "its " + part + " was erased and no entry says so"})
			}
		}
	}
	c.Root = c.entries.Root().String()
	return &c.Report
}

// Erasures are the entries of which parts are erased, of which no entry said so yet.
func (c *Checker) Erasures() []int64 {
	var open []int64
	for seq, parts := range c.erased {
		for _, part := range parts {
			if !slices.Contains(c.excused[seq], part) {
				open = append(open, seq)
				break
			}
		}
	}
	return open
}
