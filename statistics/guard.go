package statistics

// Guard decides which groups of a family are shown, and blurs what is.
type Guard struct {
	Least int    // of how many records a figure is at least
	Key   []byte // of the company, secret: from it comes what blurs
}

// A sum is not shown of which one record makes more than half, or two more than four fifths: who
// knows one of them would know the other.
const (
	oneAtMost = 0.5
	twoAtMost = 0.8
)

// safe says that a group may be told of.
func (g *Guard) safe(x Group) bool {
	if x.Size < g.Least {
		return false
	}
	return x.Whole == 0 || x.top[0] <= oneAtMost*x.Whole && x.top[0]+x.top[1] <= twoAtMost*x.Whole
}

// Protect decides what of the family is shown: Suppress within each table, Link between any two.
func (g *Guard) Protect(f *Family) {
	g.Suppress(f)
	g.Link(f)
}

// Suppress hides in each table the groups that are too small or dominated, and then as many more,
// the smallest first, as it takes for the hidden ones together to be a group that could be shown:
// the total less what is shown tells no more than that.
func (g *Guard) Suppress(f *Family) {
	for _, t := range f.Tables {
		for i := range t.Groups {
			t.Groups[i].Shown = t.Groups[i].Shown && t.Groups[i].Key != Open && g.safe(t.Groups[i])
		}
		g.complete(t)
	}
}

func (g *Guard) complete(t *Table) {
	for {
		rest := t.rest()
		if rest.Size == 0 || g.safe(rest) {
			return
		}
		more := t.smallest()
		if more == nil {
			return
		}
		more.Shown = false
	}
}
