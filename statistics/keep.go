package statistics

// last is what was told before.
type last struct {
	families []Published
	cells    map[place][]Cell
	now      map[place]bool // what is told anew
}

// place is where a figure stands.
type place struct{ by, key, measure, unit string }

func (c *Cell) place() place { return place{c.By, c.Key, c.Measure, c.Unit} }

// newLast takes what a release told. Under another least number nothing stands as a whole.
func newLast(before *Release, least int) *last {
	l := &last{cells: map[place][]Cell{}, now: map[place]bool{}}
	if before == nil {
		return l
	}
	cells, same := before.Gone, before.Least == least
	for _, c := range before.Classes {
		for _, f := range c.Families {
			if same {
				l.families = append(l.families, f)
			}
			cells = append(cells[:len(cells):len(cells)], f.Cells...)
		}
	}
	for _, c := range cells {
		l.cells[c.place()] = append(l.cells[c.place()], c)
	}
	return l
}

func (l *last) told(cells []Cell) {
	for _, c := range cells {
		l.now[c.place()] = true
	}
}

// gone are the figures without a successor: a group that is told of no more and comes back is compared
// with what was told of it last.
func (l *last) gone() []Cell {
	var out []Cell
	for at, cells := range l.cells {
		if !l.now[at] {
			out = append(out, cells...)
		}
	}
	return out
}

// keep lets a figure stand as it was told wherever the one that would replace it, or stand beside it,
// is of nearly the same records: between two releases either nothing of a figure changes, or at least
// the least number of contributions at once. It looks at all figures of the same group, since the
// records may be divided into other classes since.
func (g *Guard) keep(cells []Cell, l *last) {
	for i := range cells {
		c := &cells[i]
		for _, b := range l.cells[c.place()] {
			if c.From.apart(b.From) < g.Least {
				c.Count, c.Sum, c.From = b.Count, b.Sum, b.From
				break
			}
		}
	}
}
