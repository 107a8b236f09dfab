package sqlgen

import (
	"slices"
	"strconv"
	"strings"

	"guan/policy"
)

const bitsPerWord = 60

// answer is where the answer to a test stands: in a bit of the row, in its id, or in its being on the
// page at all.
type answer struct {
	bit   int         // its number, where it is one
	named []policy.ID // sorted, not nil: of a way in to these records and to no others
	clear bool        // a bar that every row of the page has passed
}

type answers map[*policy.Test]answer

// Answers reads the bits of a row: the function that policy.Reduction.Outcome wants. A way in that is
// not certainly open is closed, a bar that is not certainly out of the way stands; and what the
// statement did not ask opens nothing and clears nothing.
func (p *Page) Answers(id policy.ID, words []int64) func(*policy.Test) policy.Tri {
	return func(t *policy.Test) policy.Tri {
		a, asked := p.answers[t]
		if !asked {
			return policy.Unknown
		}
		if a.named != nil {
			_, is := slices.BinarySearch(a.named, id)
			return yes(is)
		}
		return yes(!a.clear && words[a.bit/bitsPerWord]&(1<<(a.bit%bitsPerWord)) != 0)
	}
}

func yes(b bool) policy.Tri {
	if b {
		return policy.Yes
	}
	return policy.No
}

// bits writes, for each 60 bits, a sum of powers of two: the bit of a way in is set when it is
// certainly open, that of bars or guards when one of them is not certainly out of the way.
func (g *gen) bits(q *List, s scope) (words []string, at answers) {
	asked := 0
	for _, r := range append([]*policy.Reduction{q.Read}, q.Also...) {
		asked += len(r.Branches) + len(r.Bars) + len(r.Guards)
	}
	at = make(answers, asked)
	numbers := map[string]int{}
	number := func(key string, text func(bit string) string) int {
		n, ok := numbers[key]
		if !ok {
			n = len(numbers)
			numbers[key] = n
			if n%bitsPerWord == 0 {
				words = append(words, "CAST(0 AS bigint)")
			}
			words[len(words)-1] += " + " + text(strconv.FormatInt(1<<(n%bitsPerWord), 10))
		}
		return n
	}
	for _, r := range append([]*policy.Reduction{q.Read}, q.Also...) {
		for _, b := range r.Branches {
			if ids := named(b.Test); ids != nil {
				at[b.Test] = answer{named: ids}
				continue
			}
			at[b.Test] = answer{bit: number("+"+b.Key(), func(bit string) string {
				return "CASE WHEN " + g.test(s, b.Test, true) + " THEN " + bit + " ELSE 0 END"
			})}
		}
		for _, alike := range alike(q, r) {
			if alike[0].Caps == nil && r == q.Read {
				for _, b := range alike {
					at[b.Test] = answer{clear: true}
				}
				continue
			}
			keys, tests := make([]string, len(alike)), make([]*policy.Test, len(alike))
			for i, b := range alike {
				keys[i], tests[i] = b.Key(), b.Test
			}
			n := number("-"+strings.Join(keys, "\n"), func(bit string) string {
				return "CASE WHEN " + g.clear(s, tests) + " THEN 0 ELSE " + bit + " END"
			})
			for _, b := range alike {
				at[b.Test] = answer{bit: n}
			}
		}
	}
	return words, at
}

// alike puts bars of the same effect together: which of them stands in the way of a row makes no
// difference to a list, and a company has dozens that lower the same fields. Of a single record, and where
// that is asked, it is told of each.
func alike(q *List, r *policy.Reduction) [][]*policy.Bar {
	var out [][]*policy.Bar
	apart := q.ID != 0 || q.Apart
	for _, b := range slices.Concat(r.Bars, r.Guards) {
		n := slices.IndexFunc(out, func(group []*policy.Bar) bool { return !apart && doAlike(group[0], b) })
		if n < 0 {
			n, out = len(out), append(out, nil)
		}
		out[n] = append(out[n], b)
	}
	return out
}

// doAlike reports whether two bars do the same to a record.
func doAlike(a, b *policy.Bar) bool {
	return (a.Caps == nil) == (b.Caps == nil) && slices.Equal(a.Caps, b.Caps) && slices.Equal(a.Locks, b.Locks)
}

// askedLevels is equal for ways in that show the fields of which the statement speaks alike.
func (g *gen) askedLevels(b *policy.Branch) string {
	levels := make([]policy.Level, len(g.asked))
	for i, f := range g.asked {
		levels[i] = b.Levels[f.Index()]
	}
	return levelKey(levels)
}

func levelKey(levels []policy.Level) string {
	key := make([]byte, len(levels))
	for i, l := range levels {
		key[i] = '0' + byte(l)
	}
	return string(key)
}

// clear says that all of the tests certainly fail. Those of any record become one condition, so that
// what their conditions have in common is asked once.
func (g *gen) clear(s scope, tests []*policy.Test) string {
	var parts []string
	var anywhere []*policy.Pred
	for _, t := range tests {
		if t.Path.Path == policy.PathAll {
			anywhere = append(anywhere, t.When)
			continue
		}
		parts = append(parts, g.test(s, t, false))
	}
	if len(anywhere) > 0 {
		parts = append([]string{g.pred(s, &policy.Pred{Op: policy.OpAny, Args: anywhere}, false)}, parts...)
	}
	return and(parts...)
}

// named gives the records that a test lets pass, sorted, when it names them and asks nothing else.
func named(t *policy.Test) []policy.ID {
	if w := t.When; t.Path.Path == policy.PathAll && w.Op == policy.OpIn && w.Parent == nil && w.Field.Name == "id" {
		ids := make([]policy.ID, len(w.Values))
		for i, v := range w.Values {
			ids[i] = v.ID()
		}
		slices.Sort(ids)
		return ids
	}
	return nil
}

// ways are the ways in as a statement asks them: those that name records and show the same of them, as
// far as the statement speaks of it, are one, since somebody may hold dozens of grants.
func (g *gen) ways(r *policy.Reduction) []*policy.Branch {
	if out, ok := g.joined[r]; ok {
		return out
	}
	var out []*policy.Branch
	at := map[string]*policy.Pred{}
	for _, b := range r.Branches {
		if named(b.Test) == nil {
			out = append(out, b)
			continue
		}
		key := g.askedLevels(b)
		if all := at[key]; all != nil {
			all.Values = append(all.Values, b.When.Values...)
			continue
		}
		when := *b.When
		when.Values = slices.Clone(when.Values)
		at[key] = &when
		out = append(out, &policy.Branch{Test: &policy.Test{Path: b.Path, When: &when}, Levels: b.Levels})
	}
	g.joined[r] = out
	return out
}
