package access

import "slices"

// MergeChoice says whose version of a part stands when two people changed it differently.
type MergeChoice struct {
	Part string `json:"part"`
	ID   string `json:"id"`
	Take string `json:"take"` // mine or theirs
}

// The two sides of a MergeChoice.
const (
	Mine   = "mine"
	Theirs = "theirs"
)

// Conflict names a part that both sides changed, and not alike.
type Conflict struct {
	Part, ID string
}

// Merge puts what somebody changed since base on top of what others made of base meanwhile, part by
// part. Where both changed the same part differently it takes the side that was chosen, and reports
// a conflict where none was: nothing is written over in silence. Mine gives the order, what theirs
// has beside it follows.
func Merge(base, mine, theirs Document, choices []MergeChoice) (Document, []Conflict) {
	var conflicts []Conflict
	take := func(part string) func(id string) string {
		return func(id string) string {
			for _, c := range choices {
				if c.Part == part && c.ID == id {
					return c.Take
				}
			}
			conflicts = append(conflicts, Conflict{part, id})
			return Mine
		}
	}
	return Document{
		Packs:       mergeParts(base.Packs, mine.Packs, theirs.Packs, func(p PackDocument) string { return p.ID }, take(PartPack)),
		Assignments: mergeParts(base.Assignments, mine.Assignments, theirs.Assignments, func(a Assignment) string { return a.ID.String() }, take(PartAssignment)),
		Rules:       mergeParts(base.Rules, mine.Rules, theirs.Rules, func(r RuleDocument) string { return r.ID }, take(PartRule)),
	}, conflicts
}

func mergeParts[P any](base, mine, theirs []P, id func(P) string, take func(id string) string) []P {
	find := func(list []P, key string) *P {
		i := slices.IndexFunc(list, func(p P) bool { return id(p) == key })
		if i < 0 {
			return nil
		}
		return &list[i]
	}
	same := func(a, b *P) bool { return (a == nil) == (b == nil) && (a == nil || sameJSON(*a, *b)) }
	out := []P{}
	seen := map[string]bool{}
	for _, p := range slices.Concat(mine, theirs, base) {
		key := id(p)
		if seen[key] {
			continue
		}
		seen[key] = true
		b, m, t := find(base, key), find(mine, key), find(theirs, key)
		chosen := m
		switch {
		case same(m, b):
			chosen = t
		case same(t, b) || same(m, t):
		case take(key) == Theirs:
			chosen = t
		}
		if chosen != nil {
			out = append(out, *chosen)
		}
	}
	return out
}
