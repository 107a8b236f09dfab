package audit

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// A stretch of the log lies in an archive, and its entries no longer in the database. The hashes of its leaves
// stay, so that the tree is whole; that the entries are not there is excused by the entry that says so, and
// nothing else.

// MovedDetail is what an entry audit_moved says. All leaves before From lie in archives already.
type MovedDetail struct {
	From   int64  `json:"from"`
	Until  int64  `json:"until"`
	File   string `json:"file"`
	SHA256 string `json:"sha256"` // of the archive, opened
	Days   int    `json:"days"`   // how long entries stay
	SetBy  string `json:"set_by,omitempty"`
}

// Map is the detail as an entry takes it.
func (d MovedDetail) Map() map[string]any {
	return map[string]any{"from": d.From, "until": d.Until, "file": d.File, "sha256": d.SHA256, "days": d.Days, "set_by": d.SetBy}
}

// movedUntil is the leaf behind those that the entry says lie in archives.
func (e *Stored) movedUntil() (int64, bool) {
	if e.Action != string(Moved) {
		return 0, false
	}
	var d MovedDetail
	err := json.Unmarshal(e.Detail, &d)
	return d.Until, err == nil
}

// Least is how long an entry stays in the database at the least, whatever is set.
const Least = 180 * 24 * time.Hour

// agedSlack is by how much the heads that are remembered stand apart, and some more.
const agedSlack = 2 * time.Hour

// age remembers a head that the leaves agreed with: about two for each hour, the last before a pause among them.
func (c *Checker) age(head Head) {
	n := len(c.aged)
	switch {
	case n == 0:
		c.aged = append(c.aged, head)
	case head.At.Sub(c.aged[n-1].At) >= time.Hour:
		c.aged = append(c.aged, c.prior, head)
	}
	c.prior = head
}

// agedBy is how many leaves there were at an instant: no entry about later ones may say that they left.
func (c *Checker) agedBy(at time.Time) int64 {
	size := c.From
	for _, head := range c.aged {
		if !head.At.After(at) {
			size = max(size, head.Size)
		}
	}
	return size
}

// begin checks what the first line of an archive says, and takes its first leaf as the next one.
func (c *Checker) begin(p Preface) {
	wrong := func(text string) {
		c.Found(Finding{Flaw: BadHead, Leaf: -1, Text: "line 1 of the archive: " + text})
	}
	for _, key := range p.Keys {
		if known, err := ParsePublicKeys(key); err != nil || len(known) != 1 || !known[0].wellWritten() {
			wrong("a key that it names is none")
		}
	}
	if p.From < 0 || p.Until != 0 && p.Until <= p.From {
		wrong("it says no stretch of leaves")
		return
	}
	c.until = p.Until
	if p.From == 0 {
		if p.Head != "" || len(p.Edge) > 0 {
			wrong("it tells of leaves before the first")
		}
		return
	}
	c.From, c.next, c.good, c.Size = p.From, p.From, p.From, p.From
	edge := Edge(SplitHashes(p.Edge))
	head, err := c.keys.Head(p.Head)
	switch {
	case err != nil:
		wrong(fmt.Sprintf("the head of the leaves before it is not signed by a known key: %v", err))
	case head.Origin != c.origin || head.Size != p.From:
		wrong("the head is not of the leaves before it")
	case len(edge) != bits.OnesCount64(uint64(p.From)) || edge.Root() != head.Root:
		wrong("the hashes of the leaves before it are not those of their head")
	}
	if len(edge) != bits.OnesCount64(uint64(p.From)) { // for the rest to be computable
		edge = make([]tlog.Hash, bits.OnesCount64(uint64(p.From)))
		c.lost = true
	}
	c.entries, c.kept = edge, append(Edge(nil), edge...)
}

// wellWritten reports whether the text of the key is the one that it has.
func (k PublicKey) wellWritten() bool {
	name, rest, _ := strings.Cut(k.Text, "+")
	hash, coded, _ := strings.Cut(rest, "+")
	_, err := base64.StdEncoding.Strict().DecodeString(coded)
	return name == keyName && hash == k.Fingerprint() && err == nil
}
