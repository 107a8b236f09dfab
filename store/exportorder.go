package store

import (
	"cmp"
	"slices"

	"guan/mark"
	"guan/policy"
)

// ordered puts the rows of a part that are equal in what the list is sorted by into the order of the copy.
// What the list is sorted by stays as it is, and the next part begins where it would have.
func (l *listing) ordered(rows []fetched, of *mark.Copy) {
	if of == nil {
		return
	}
	key := func(row fetched) string {
		v := row.values[l.sort.Name]
		if v.Missing() || l.read.Outcome(row.answer).Level(l.sort) != policy.Plain {
			return "" // in the last part of the list, where rows stand by their ids
		}
		return string(wireSort(v))
	}
	for from := 0; from < len(rows); {
		till, equal := from+1, key(rows[from])
		for till < len(rows) && key(rows[till]) == equal {
			till++
		}
		if till-from > 1 {
			slices.SortFunc(rows[from:till], func(a, b fetched) int { return cmp.Compare(of.Rank(int64(a.id)), of.Rank(int64(b.id))) })
		}
		from = till
	}
}
