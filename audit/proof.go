package audit

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Proof shows that one entry stands in a log, or that one head of it goes on where another ended,
// without the rest of the log.
type Proof struct {
	Head string `json:"head"` // signed

	Leaf  *int64           `json:"leaf,omitempty"` // of an entry: where it stands
	Entry *Stored          `json:"entry,omitempty"`
	Salts []byte           `json:"salts,omitempty"`
	Path  tlog.RecordProof `json:"path,omitempty"`

	Earlier string         `json:"earlier,omitempty"` // of two heads: the other one, signed
	Growth  tlog.TreeProof `json:"growth,omitempty"`
}

// Verify checks the proof and says in one line what it shows.
func (p *Proof) Verify(keys PublicKeys) (string, error) {
	head, err := keys.Head(p.Head)
	if err != nil {
		return "", fmt.Errorf("the head of the proof: %w", err)
	}
	if p.Entry == nil || p.Leaf == nil {
		earlier, err := keys.Head(p.Earlier)
		if err != nil {
			return "", fmt.Errorf("the earlier head of the proof: %w", err)
		}
		if earlier.Origin != head.Origin {
			return "", fmt.Errorf("the heads are of different logs")
		}
		if err := tlog.CheckTree(p.Growth, head.Size, head.Root, earlier.Size, earlier.Root); err != nil {
			return "", fmt.Errorf("the log of %d leaves does not go on where that of %d ended", head.Size, earlier.Size)
		}
		return fmt.Sprintf("the log of %d leaves goes on where that of %d leaves ended", head.Size, earlier.Size), nil
	}
	commitments, err := ParseCommitments(p.Salts)
	if err != nil {
		return "", err
	}
	hash, err := p.Entry.LeafHash(commitments)
	if err != nil {
		return "", err
	}
	if err := tlog.CheckRecord(p.Path, head.Size, head.Root, *p.Leaf, hash); err != nil {
		return "", fmt.Errorf("the entry does not stand at leaf %d of the log", *p.Leaf)
	}
	return fmt.Sprintf("the entry stands at leaf %d of the log of %d leaves signed at %s", *p.Leaf, head.Size, head.At.Format("2006-01-02T15:04:05Z07:00")), nil
}
