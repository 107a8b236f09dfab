package store

import (
	"slices"

	"guan/audit"
	"guan/policy"
)

// entry is what the audit keeps of the list: which records were shown, and what was asked.
func (l *listing) entry(page *Page) audit.Entry {
	e := audit.Entry{Action: audit.List, Kind: l.query.Kind, Epoch: l.v.epoch, Detail: map[string]any{}}
	if page == nil {
		return e
	}
	var why []int
	for _, it := range page.Items {
		e.Records = append(e.Records, it.ID)
		why = append(why, it.why...)
	}
	e.Rules = l.v.ruleIDs(why)
	for _, f := range l.fields {
		if l.read.Reach(f) == policy.Plain && (l.v.viewer == nil || shownIn(page, f.Name)) {
			e.Fields = append(e.Fields, f.Name)
		}
	}
	if l.query.Sort != "" {
		e.Detail["sort"] = l.query.Sort
	}
	l.detailOfQuestion(e.Detail)
	if page.Total != nil {
		e.Detail["count"] = page.Total.Count
	}
	if len(l.query.Sums) > 0 {
		e.Detail["sums"] = l.query.Sums
	}
	return e
}

// ruleIDs names rules by their places among those that bind the actor, each once.
func (v *view) ruleIDs(places []int) []string { return ruleIDsOf(v.bound, places) }

func ruleIDsOf(bound *policy.Bound, places []int) []string {
	slices.Sort(places)
	places = slices.Compact(places)
	ids := make([]string, len(places))
	for i, place := range places {
		ids[i] = bound.Ruleset().Rule(place).ID
	}
	return ids
}

// shownIn reports whether a field stands plain in some item.
func shownIn(page *Page, field string) bool {
	return slices.ContainsFunc(page.Items, func(it Item) bool {
		_, shown := it.Fields[field]
		return shown
	})
}

// detailOfQuestion keeps what was asked for. What somebody compares with a telephone number is
// one: beside the records that matched it would stand in the log in plain. So a filter is kept
// as it was written only where all its fields are of the general class, otherwise by the fields
// it names; of a search it is kept that there was one.
func (l *listing) detailOfQuestion(detail map[string]any) {
	if l.query.Search != "" {
		detail["search"] = true
	}
	if l.query.Filter == "" {
		return
	}
	for _, f := range l.asked {
		if f.Class != policy.General || f.Encrypted {
			names := make([]string, len(l.asked))
			for i, f := range l.asked {
				names[i] = f.Name
			}
			detail["filter_fields"] = names
			return
		}
	}
	detail["filter"] = audit.Clean(l.query.Filter)
}

// fieldsOf collects the fields that a filter names, each once.
func (l *listing) fieldsOf(c *policy.Cond, seen []*policy.Field) []*policy.Field {
	names := []string{c.Field}
	if c.Value != nil {
		names = append(names, c.Value.Field)
	}
	for _, name := range names {
		if f := l.schema.Field(name); f != nil && !slices.Contains(seen, f) {
			seen = append(seen, f)
		}
	}
	for i := range c.Args {
		seen = l.fieldsOf(&c.Args[i], seen)
	}
	return seen
}
