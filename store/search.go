package store

import (
	"context"
	"slices"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Found is a record that a search found, as its reader may see it.
type Found struct {
	Kind     policy.Kind `json:"kind"`
	ID       policy.ID   `json:"id"`
	Title    string      `json:"title"`
	Subtitle string      `json:"subtitle,omitempty"`
}

const (
	foundMost = 20 // of one kind
	// foundLook is how many of a kind are looked at for those that fit best.
	foundLook = 50
)

// searchPred asks for what a search finds: by its words, and by what names sound like where the
// kind has names and the search has letters.
func searchPred(kind *records.Kind, schema *policy.KindSchema, q string) *policy.Pred {
	var any []*policy.Pred
	spoken := kind.SpokenClasses()
	for i, terms := range records.QueryAlternatives(q) {
		switch {
		case i == 0:
			any = append(any, policy.SearchPred(schema, terms))
		case len(spoken) > 0:
			any = append(any, policy.SearchPred(schema, terms, spoken...))
		}
	}
	return policy.Or(any...)
}

// Search finds records of several kinds by their text: of each kind up to limit, those first whose
// title fits best. It looks where the text is plain, as List does, and never says how many there
// are. Kinds nil are all; one that does not exist and one that cannot be read find nothing. Faults:
// Invalid.
func (s *Session) Search(ctx context.Context, q string, kinds []policy.Kind, limit int) ([]Found, error) {
	if limit < 1 || limit > foundMost {
		return nil, fault.New(fault.Invalid, "limit", "a limit is a number from 1 to 20").WithAt("limit")
	}
	if len([]rune(q)) > searchMax {
		return nil, fault.New(fault.Invalid, "search", "a search has at most 200 characters").WithAt("q")
	}
	var found []Found
	var entries []audit.Entry
	err := s.db.look(ctx, s.actor, func(v *view) error {
		found, entries = []Found{}, nil
		for _, k := range v.catalog.Kinds() {
			if kinds != nil && !slices.Contains(kinds, k.Name) || v.bound.Reduce(policy.Read, k.Name).None() {
				continue
			}
			l, err := v.prepare(ListQuery{Kind: k.Name, Search: q, Limit: foundLook, Fields: v.headline(k)})
			if err != nil {
				return err
			}
			page, err := s.db.reading(l).page(ctx, l)
			if err != nil {
				return err
			}
			if page.Items = bestFirst(page.Items, q); len(page.Items) > limit {
				page.Items = page.Items[:limit]
			}
			for i := range page.Items {
				found = append(found, foundOf(k, &page.Items[i]))
			}
			if len(page.Items) > 0 {
				entries = append(append(entries, l.entry(page)), usesOf("listed", k.Name, page.Items)...)
			}
		}
		// Titles beside them were shown too.
		entries = append(entries, v.beside("search")...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		entries = []audit.Entry{{Action: audit.List, Detail: map[string]any{"search": true}}}
	}
	return found, s.db.auditRead(ctx, s.actor, entries...)
}

// headline are the fields that tell a record of the kind from others, as far as the actor may know
// of them.
func (v *view) headline(k *records.Kind) []string {
	known := v.knownFields(k)
	names := []string{}
	for _, name := range append([]string{k.Title}, k.Subtitle...) {
		if f := k.Field(name); known[name] != nil && (f.Type == records.Text || f.Type == records.Ref) {
			names = append(names, name)
		}
	}
	return names
}

func foundOf(k *records.Kind, it *Item) Found {
	f := Found{Kind: k.Name, ID: it.ID, Title: it.Title}
	var parts []string
	for _, name := range k.Subtitle {
		switch field := k.Field(name); field.Type {
		case records.Text:
			if text, ok := it.Fields[name].(string); ok && text != "" {
				parts = append(parts, text)
			}
		case records.Ref:
			if title := it.Refs[name].Title; title != "" {
				parts = append(parts, title)
			}
		}
	}
	f.Subtitle = strings.Join(parts, " · ")
	return f
}

// bestFirst puts first what is called so, then what begins so, and so on down to what has only the
// pieces (records.Closeness). It goes by the titles that are shown and by nothing else of the records.
func bestFirst(items []Item, q string) []Item {
	close := make(map[policy.ID]int, len(items))
	for _, it := range items {
		close[it.ID] = records.Closeness(it.Title, q)
	}
	slices.SortStableFunc(items, func(a, b Item) int { return close[a.ID] - close[b.ID] })
	return items
}
