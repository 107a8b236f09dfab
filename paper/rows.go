package paper

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// drawn are the texts and rules of a page, in the order in which they were drawn.
var drawn = regexp.MustCompile(`(?s)BT ([-0-9.]+) [-0-9.]+ Td \(((?:[^\\()]|\\.)*)\) Tj ET|[-0-9.]+ [-0-9.]+ m [-0-9.]+ [-0-9.]+ l S`)

// How wide a table is at most, with what stands around it, and how many cells it has: without these a small file
// would unpack to rows of any width.
const (
	mostPlaces = 256
	mostCells  = 4 << 20
)

// Rows reads the rows of tables back out of a document that this package wrote: what stands between two rules,
// a cell for each place at which texts begin, the lines of a cell joined. What is drawn before the first rule of
// a page stands in that row too. Other documents have none.
func Rows(data []byte) ([][]string, error) {
	var out [][]string
	var places []string // the column of a text is where it begins, on whatever page
	cells := 0
	err := pages(data, func(page []byte) error {
		var row []string
		for _, m := range drawn.FindAllSubmatch(page, -1) {
			if m[1] == nil {
				if len(row) > 0 {
					out = append(out, row)
				}
				if cells += len(row); cells > mostCells {
					return errTooBig
				}
				row = nil
				continue
			}
			i := slices.Index(places, string(m[1]))
			if i < 0 {
				i, places = len(places), append(places, string(m[1]))
			}
			if i >= mostPlaces {
				return errTooBig
			}
			for len(row) <= i {
				row = append(row, "")
			}
			row[i] = joined(row[i], text(m[2]))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// joined undoes wrap: the space at which a line was broken was left out, and stood between Latin letters.
func joined(a, b string) string {
	before, after := []rune(a), []rune(b)
	if len(before) == 0 || len(after) == 0 {
		return a + b
	}
	last, first := before[len(before)-1], after[0]
	if strings.ContainsRune("-/ ", last) || unicode.Is(unicode.Han, last) || unicode.Is(unicode.Han, first) || last >= 0x3000 {
		return a + b
	}
	return a + " " + b
}
