package store

import (
	"context"
	"slices"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// Duplicates are records like the one that somebody is about to make, among those that they may
// read, by values that are plain to them there. It says nothing of any other record: a number that
// somebody types is not told to be somebody's (docs/adr/0014-duplicates.md).
type Duplicates struct {
	Found bool        `json:"found"`
	Mine  []Duplicate `json:"mine"`
}

// Duplicate is one of them, with the fields in which it is alike.
type Duplicate struct {
	Item
	By []string `json:"by"`
}

const (
	duplicatesShown = 5
	duplicatesTried = 40 // candidates of one value that are looked at
)

// Duplicates looks for records that have the name, a telephone number, an e-mail address or the
// credit code of the fields, which may be unfinished: what is no value of its field is left out. It
// finds no more than a search of the list does. Faults: NotFound for an unknown kind.
func (s *Session) Duplicates(ctx context.Context, kind policy.Kind, fields Fields) (*Duplicates, error) {
	var out *Duplicates
	var entries []audit.Entry
	err := s.db.look(ctx, s.actor, func(v *view) error {
		out = &Duplicates{Mine: []Duplicate{}}
		described := v.catalog.Kind(kind)
		if described == nil {
			return noKind
		}
		t := s.db.searching(v)
		entry := audit.Entry{Action: audit.List, Kind: kind, Epoch: v.epoch, Detail: map[string]any{}}
		var asked []string
		for _, f := range described.Fields {
			key := likeness(described, f)
			raw, given := fields[f.Name]
			if key == nil || !given || v.knownFields(described)[f.Name] == nil {
				continue
			}
			value, err := f.Parse(raw)
			if err != nil || value.Missing() || key(value.Text()) == "" {
				continue
			}
			asked = append(asked, f.Name)
			if err := t.alike(ctx, v, described, f, key, value.Text(), out); err != nil {
				return err
			}
		}
		out.Found = len(out.Mine) > 0
		var why []int
		for _, d := range out.Mine {
			why = append(why, d.why...)
			entry.Records = append(entry.Records, d.ID)
			entry.Fields = plainNames(&d.Item)
		}
		entry.Rules, entry.Detail["duplicates"] = v.ruleIDs(why), asked
		entries = v.with(entry)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, entries...)
}

// likeness gives the form in which values of a field are compared, nil for fields that say nothing
// of who it is.
func likeness(kind *records.Kind, f *records.Field) func(string) string {
	switch {
	case f.Name == kind.Title:
		return records.NameKey
	case f.Format == records.Phone:
		return records.PhoneKey
	case f.Search && (f.Format == records.Email || f.Format == records.CreditCode):
		return func(text string) string { return text }
	}
	return nil
}

// alike searches the list as its reader could, and keeps the records on which a field of the same
// sort is plain and alike.
func (t *rtx) alike(ctx context.Context, v *view, kind *records.Kind, f *records.Field, key func(string) string, text string, out *Duplicates) error {
	search := key(text)
	if f.Name == kind.Title {
		search = records.NameSearch(text)
	}
	l, err := v.prepare(ListQuery{Kind: kind.Name, Search: search, Limit: duplicatesTried})
	if err != nil {
		return nil // too long to search for, and so to be found
	}
	page, err := t.page(ctx, l)
	if err != nil {
		return err
	}
	for _, item := range page.Items {
		for _, other := range kind.Fields {
			if other.Format != f.Format || other.Name != f.Name && f.Format != records.Phone || likeness(kind, other) == nil {
				continue
			}
			if had, plain := item.plain[other.Name]; !plain || had.Missing() || key(had.Text()) != key(text) {
				continue
			}
			i := slices.IndexFunc(out.Mine, func(d Duplicate) bool { return d.ID == item.ID })
			switch {
			case i >= 0 && !slices.Contains(out.Mine[i].By, other.Name):
				out.Mine[i].By = append(out.Mine[i].By, other.Name)
			case i < 0 && len(out.Mine) < duplicatesShown:
				out.Mine = append(out.Mine, Duplicate{Item: item, By: []string{other.Name}})
			}
		}
	}
	return nil
}
