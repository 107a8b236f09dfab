package statistics

import (
	"cmp"
	"slices"
)

// Member is one record of a family.
type Member struct {
	ID    int64
	Value float64 // of the measure; 0 where records are counted
}

// Family is a set of records, and the tables into which it is cut: each table is a partition of the
// whole set. Counts are one family; each measure, in each currency, is another, made of the records
// that have a value of it.
type Family struct {
	Measure string // the field that is summed; empty: records are counted
	Unit    string // the currency
	Members []Member
	Tables  []*Table
}

// Table is a partition of a family by one dimension.
type Table struct {
	By     string // the dimension; empty: all together
	Groups []Group
	of     []int // by member: its group
}

// Group is a part of a table. Those that are not shown are one to whoever reads the table.
type Group struct {
	Key   string
	Shown bool
	Size  int        // of how many records it is
	Whole float64    // the sum of their absolute values
	top   [2]float64 // the two largest of them
}

// Open is the group of what has no place yet, a period that is not over: it is never shown.
const Open = "open"

// groupsMax bounds the groups of a table; smaller ones beyond are not shown.
const groupsMax = 100

// Cut partitions the family by a dimension: key gives the group of each member, by its place.
func (f *Family) Cut(by string, key func(member int) string) {
	t := &Table{By: by, of: make([]int, len(f.Members))}
	at := map[string]int{}
	for i, m := range f.Members {
		name := key(i)
		g, known := at[name]
		if !known {
			g = len(t.Groups)
			at[name] = g
			t.Groups = append(t.Groups, Group{Key: name, Shown: true})
		}
		t.of[i] = g
		t.Groups[g].add(m.Value)
	}
	if len(t.Groups) > groupsMax {
		sizes := make([]int, 0, len(t.Groups))
		for _, g := range t.Groups {
			sizes = append(sizes, g.Size)
		}
		slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(b, a) })
		for i := range t.Groups {
			t.Groups[i].Shown = t.Groups[i].Size > sizes[groupsMax]
		}
	}
	f.Tables = append(f.Tables, t)
}

func (g *Group) add(value float64) {
	value = max(value, -value)
	g.Size++
	g.Whole += value
	if value > g.top[0] {
		value, g.top[0] = g.top[0], value
	}
	g.top[1] = max(g.top[1], value)
}

// rest is everything that the table does not show, as one group.
func (t *Table) rest() Group {
	var rest Group
	for _, g := range t.Groups {
		if g.Shown {
			continue
		}
		rest.Size += g.Size
		rest.Whole += g.Whole
		for _, x := range g.top {
			if x > rest.top[0] {
				x, rest.top[0] = rest.top[0], x
			}
			rest.top[1] = max(rest.top[1], x)
		}
	}
	return rest
}

// smallest is the smallest group that is shown; nil when none is.
func (t *Table) smallest() *Group {
	var found *Group
	for i := range t.Groups {
		if g := &t.Groups[i]; g.Shown && (found == nil || g.Size < found.Size || g.Size == found.Size && g.Key < found.Key) {
			found = g
		}
	}
	return found
}

func (t *Table) shown() int {
	n := 0
	for _, g := range t.Groups {
		if g.Shown {
			n++
		}
	}
	return n
}
