package statistics

// Link hides groups until no two tables of the family, by any arithmetic over their groups, tell of
// fewer than Least records.
//
// Two tables are a graph: the groups of both are its points, and each record is a line between its
// group in the one and its group in the other. A combination of figures of the two gives each point
// a number, and a record counts with the sum of its two; where these cancel the record is out. The
// records that stay are exactly the lines between points whose numbers do not cancel: a cut of the
// graph. So the smallest set that can be told apart is the smallest cut of a connected part of it,
// and that must not be below Least.
func (g *Guard) Link(f *Family) {
	for changed := true; changed; {
		changed = false
		for i, t := range f.Tables {
			for _, u := range f.Tables[i+1:] {
				for g.separate(f, t, u) {
					changed = true
				}
			}
		}
	}
}

// separate looks for a small cut between two tables and hides what makes it; false: there is none.
func (g *Guard) separate(f *Family, t, u *Table) bool {
	if t.shown() == 0 || u.shown() == 0 {
		return false // one of them tells nothing but the whole
	}
	n := newNet(f, t, u)
	side := n.smallCut(g.Least)
	if side == nil {
		return false
	}
	if t.shown() < u.shown() {
		t, u = u, t
	}
	if n.hide(t, side) || n.hide(u, side) {
		g.complete(t)
		g.complete(u)
		return true
	}
	// What is hidden in the one is cut off from what is hidden in the other: the rest must grow.
	if more := t.smallest(); more != nil {
		more.Shown = false
	} else {
		u.smallest().Shown = false
	}
	g.complete(t)
	g.complete(u)
	return true
}

// net is the graph of two tables.
type net struct {
	points map[*Table][]int // by table: the point of each group; those that are hidden share one
	lines  []map[int]int    // by point: how many records lead to another
}

func newNet(f *Family, t, u *Table) *net {
	n := &net{points: map[*Table][]int{}}
	for _, x := range []*Table{t, u} {
		at, rest := make([]int, len(x.Groups)), -1
		for i, g := range x.Groups {
			switch {
			case g.Shown || rest < 0:
				at[i] = len(n.lines)
				n.lines = append(n.lines, map[int]int{})
				if !g.Shown {
					rest = at[i]
				}
			default:
				at[i] = rest
			}
		}
		n.points[x] = at
	}
	for m := range f.Members {
		a, b := n.points[t][t.of[m]], n.points[u][u.of[m]]
		n.lines[a][b]++
		n.lines[b][a]++
	}
	return n
}

// hide hides the shown groups of a table from which lines lead over the cut.
func (n *net) hide(t *Table, side []bool) bool {
	hidden := false
	for i := range t.Groups {
		if !t.Groups[i].Shown {
			continue
		}
		at := n.points[t][i]
		for to := range n.lines[at] {
			if side[at] != side[to] {
				t.Groups[i].Shown, hidden = false, true
				break
			}
		}
	}
	return hidden
}

// smallCut finds a cut of fewer than least lines, but of one at least: it gives the points of one
// side; nil when there is none. Points between which least lines run are never on two sides, and are
// joined first. Then it is the algorithm of Stoer and Wagner, in each connected part.
func (n *net) smallCut(least int) []bool {
	joined := make([]int, len(n.lines))
	for i := range joined {
		joined[i] = i
	}
	var find func(int) int
	find = func(x int) int {
		if joined[x] != x {
			joined[x] = find(joined[x])
		}
		return joined[x]
	}
	for a, lines := range n.lines {
		for b, w := range lines {
			if w >= least {
				joined[find(a)] = find(b)
			}
		}
	}
	weights := make([]map[int]int, len(n.lines))
	within := make([][]int, len(n.lines)) // the points that stand for one
	for a := range n.lines {
		root := find(a)
		within[root] = append(within[root], a)
		if weights[root] == nil {
			weights[root] = map[int]int{}
		}
		for b, w := range n.lines[a] {
			if to := find(b); to != root {
				weights[root][to] += w
			}
		}
	}
	for _, part := range parts(weights) {
		if cut := stoerWagner(part, weights, within, least); cut != nil {
			side := make([]bool, len(n.lines))
			for _, p := range cut {
				side[p] = true
			}
			return side
		}
	}
	return nil
}

// parts are the connected parts of a graph.
func parts(weights []map[int]int) [][]int {
	seen := make([]bool, len(weights))
	var out [][]int
	for start := range weights {
		if weights[start] == nil || seen[start] {
			continue
		}
		seen[start] = true
		part := []int{start}
		for i := 0; i < len(part); i++ {
			for to := range weights[part[i]] {
				if !seen[to] {
					seen[to] = true
					part = append(part, to)
				}
			}
		}
		out = append(out, part)
	}
	return out
}

// stoerWagner finds a cut of a connected part that is below least. It joins points as it goes.
func stoerWagner(part []int, weights []map[int]int, within [][]int, least int) []int {
	for len(part) > 1 {
		reach := map[int]int{}
		done := map[int]bool{}
		last, before := -1, -1
		for range part {
			next := -1
			for _, p := range part {
				if !done[p] && (next < 0 || reach[p] > reach[next]) {
					next = p
				}
			}
			done[next] = true
			before, last = last, next
			for to, w := range weights[next] {
				reach[to] += w
			}
		}
		total := 0
		for _, w := range weights[last] {
			total += w
		}
		if total < least {
			return within[last]
		}
		for to, w := range weights[last] {
			delete(weights[to], last)
			if to != before {
				weights[before][to] += w
				weights[to][before] += w
			}
		}
		within[before] = append(within[before], within[last]...)
		for i, p := range part {
			if p == last {
				part = append(part[:i], part[i+1:]...)
				break
			}
		}
	}
	return nil
}
