package differencing

import (
	"math"
	"math/rand/v2"
	"slices"

	"guan/statistics"
)

// Tally is what somebody found out.
type Tally struct {
	Companies int
	Answers   int // figures that were published
	Hidden    int // groups that were not
	Looked    int // combinations of figures that were tried

	// What must not be at all.
	Small     int // figures of fewer records than the least number
	Apart     int // combinations of two tables that leave fewer: of one day, of populations, of all and the parts
	Dominated int // sums of which one record is more than half, or what is left of the total
	Changed   int // figures that changed from one day to the next with fewer records
	Values    int // values of one record, to 8 in 100

	// What elimination over all tables and both days leaves of fewer records, and how often their
	// number is then guessed.
	Left    int
	Guessed int
}

// chance bounds how often a number that is told to five may be guessed.
const chance = 0.35

// Found says whether something was found out that must not be.
func (t *Tally) Found() bool {
	return t.Small+t.Apart+t.Dominated+t.Changed+t.Values > 0 || t.guessing()
}

// FoundWithout says whether what the part keeps from being found was found.
func (t *Tally) FoundWithout(lack Lack) bool {
	switch lack {
	case Suppression:
		return t.Small > 0
	case Completion, Linking, Classes:
		return t.Apart > 0
	case Dominance:
		return t.Dominated > 0
	case Keeping:
		return t.Changed > 0
	case Blurring:
		return t.Values > 0
	case Rounding:
		return t.guessing()
	}
	return t.Found()
}

func (t *Tally) guessing() bool {
	return t.Left >= 30 && float64(t.Guessed) > chance*float64(t.Left)
}

// Lack is a part of the protection that is missing.
type Lack string

// The parts.
const (
	Nothing     Lack = ""
	Suppression Lack = "suppression"
	Completion  Lack = "complementary suppression"
	Dominance   Lack = "dominance"
	Linking     Lack = "linking of tables"
	Classes     Lack = "classes of populations"
	Keeping     Lack = "keeping over time"
	Blurring    Lack = "blurring of values"
	Rounding    Lack = "rounding of counts"
)

// Lacks are all of them.
var Lacks = []Lack{Suppression, Completion, Dominance, Linking, Classes, Keeping, Blurring, Rounding}

const within = 0.08 // so near is found out

// row is a figure with the records that it is of.
type row struct {
	of    map[contribution]bool
	day   int // on which it was told first
	count float64
	sum   float64
	told  [2]float64 // both as they were published
}

// contribution is a record with a value: one that changed is another.
type contribution struct {
	record int64
	value  float64
}

// table are the rows of one partition.
type table struct {
	class, by, measure string
	day                int  // on which its figures were told first
	mixed              bool // on several
	rows               []row
	places             []string
}

// Attack plays a company for some days against the guard, without what lacks.
func Attack(seed uint64, days int, lack Lack, into *Tally) {
	c := newCompany(seed)
	g := &statistics.Guard{Least: 10, Key: []byte{byte(seed), byte(seed >> 8), 7}}
	a := &attacker{Tally: into, guard: g, random: rand.New(rand.NewPCG(seed, 1)), lack: lack, known: map[string]row{}}
	into.Companies++
	before := map[int]*statistics.Release{}
	var last []table
	for today := range days {
		a.today = today
		var today []table
		for i, source := range a.asked(c.source) {
			old := before[i]
			if lack == Keeping {
				old = nil
			}
			before[i] = g.PublishBy(source, old, a.protect)
			today = append(today, a.tables(source, before[i], i)...)
		}
		a.day(today)
		a.between(last, today)
		last = today
		c.day()
	}
}

// asked is the source; without classes each population is published by itself.
func (a *attacker) asked(s *statistics.Source) []*statistics.Source {
	if a.lack != Classes {
		return []*statistics.Source{s}
	}
	var out []*statistics.Source
	for p, name := range s.Populations {
		one := *s
		one.Populations, one.Records = []string{name}, nil
		for _, r := range s.Records {
			r.In = r.In[p : p+1]
			one.Records = append(one.Records, r)
		}
		out = append(out, &one)
	}
	return out
}

type attacker struct {
	*Tally
	guard  *statistics.Guard
	random *rand.Rand
	lack   Lack
	today  int
	known  map[string]row // by what a figure is made of: the records
}

func (a *attacker) protect(f *statistics.Family) {
	least := a.guard.Least
	hide := func() {
		for _, t := range f.Tables {
			for i := range t.Groups {
				t.Groups[i].Shown = t.Groups[i].Shown && t.Groups[i].Size >= least
			}
		}
	}
	switch a.lack {
	case Suppression:
	case Completion:
		hide()
	case Linking, Blurring, Rounding: // the last two are what stands behind the first
		a.guard.Suppress(f)
	case Dominance:
		for _, t := range f.Tables {
			for i := range t.Groups {
				t.Groups[i].Whole = 0
			}
		}
		a.guard.Protect(f)
	default:
		a.guard.Protect(f)
	}
	for _, t := range f.Tables {
		for _, g := range t.Groups {
			if !g.Shown {
				a.Hidden++
			}
		}
	}
}

// tables puts beside each figure of a release the records that it is of, which the attacker knows, also
// where it was told on an earlier day and stands since.
func (a *attacker) tables(s *statistics.Source, r *statistics.Release, publication int) []table {
	var out []table
	for n, class := range r.Classes {
		var members []statistics.Record
		for _, one := range s.Records {
			if slices.Equal(one.In, class.In) {
				members = append(members, one)
			}
		}
		for _, f := range class.Families {
			for _, by := range f.By {
				t := table{class: string(rune('A'+publication)) + string(rune('A'+n)), by: by, measure: f.Measure, day: a.today}
				for _, cell := range f.Cells {
					if cell.By == by {
						t.add(a.row(s, f.Measure, cell, members), cell.Key)
					}
				}
				out = append(out, t)
			}
		}
	}
	return out
}

func (t *table) add(r row, key string) {
	if len(t.rows) == 0 {
		t.day = r.day
	}
	t.mixed = t.mixed || t.day != r.day
	t.rows, t.places = append(t.rows, r), append(t.places, key)
}

func (a *attacker) row(s *statistics.Source, measure string, cell statistics.Cell, members []statistics.Record) row {
	a.Answers++
	text, _ := cell.From.MarshalText()
	known, seen := a.known[string(text)]
	if !seen {
		known = row{of: map[contribution]bool{}, day: a.today}
		d := slices.Index(s.Dimensions, cell.By)
		for _, m := range members {
			if (d < 0 || m.Keys[d] == cell.Key) && (measure == "" || m.Values[0].There) {
				one := contribution{record: m.ID}
				if measure != "" {
					one.value = m.Values[0].Number
				}
				known.of[one] = true
			}
		}
		a.known[string(text)] = known
	}
	r := row{of: known.of, day: known.day, count: float64(cell.Count), sum: cell.Sum, told: [2]float64{float64(cell.Count), cell.Sum}}
	switch a.lack {
	case Blurring:
		r.sum = 0
		for one := range r.of {
			r.sum += one.value
		}
	case Rounding:
		r.count = float64(len(r.of))
	}
	return r
}

// day looks at the answers of one day: each by itself, any two tables of a family, and all tables of a
// class. Where figures of earlier days stand among those of today, it is no longer two partitions of one
// set, and judged as elimination over days is.
func (a *attacker) day(tables []table) {
	for i, t := range tables {
		for _, r := range t.rows {
			a.single(r.of)
		}
		for _, u := range tables[:i] {
			if t.measure != u.measure || a.lack != Classes && t.class != u.class {
				continue // classes are disjoint: their tables have no record in common
			}
			a.eliminate(slices.Concat(t.rows, u.rows), 4, !t.mixed && !u.mixed && t.day == u.day)
		}
	}
	by := map[[2]string][]row{}
	for _, t := range tables {
		key := [2]string{t.class, t.measure}
		by[key] = append(by[key], t.rows...)
	}
	for _, rows := range by {
		a.eliminate(rows, 3, false)
	}
}

// single judges a set of records that a figure, or a difference of figures, is of.
func (a *attacker) single(of map[contribution]bool) {
	if len(of) == 0 {
		return
	}
	if len(of) < a.guard.Least {
		a.Small++
	}
	a.dominated(of)
}

func (a *attacker) dominated(of map[contribution]bool) {
	top, whole := 0.0, 0.0
	for one := range of {
		top, whole = max(top, one.value), whole+one.value
	}
	if whole > 0 && top > 0.5*whole {
		a.Dominated++
	}
}

// between compares two days: the same group, and everything together.
func (a *attacker) between(last, today []table) {
	for _, t := range today {
		for _, u := range last {
			if t.measure != u.measure {
				continue
			}
			if t.by == u.by {
				a.same(t, u)
			}
		}
	}
	by := map[string][]row{}
	for _, t := range slices.Concat(last, today) {
		if t.by == "" || a.random.IntN(2) == 0 {
			by[t.measure] = append(by[t.measure], t.rows...)
		}
	}
	for _, rows := range by {
		a.eliminate(rows, 1, false)
	}
}

func (a *attacker) same(t, u table) {
	for i, r := range t.rows {
		j := slices.Index(u.places, t.places[i])
		if j < 0 {
			continue
		}
		mine, theirs := 0, 0
		for one := range r.of {
			if !u.rows[j].of[one] {
				mine++
			}
		}
		for one := range u.rows[j].of {
			if !r.of[one] {
				theirs++
			}
		}
		a.Looked++
		if apart := max(mine, theirs); apart > 0 && apart < a.guard.Least && r.told != u.rows[j].told {
			a.Changed++
		}
	}
}

// eliminate brings the rows into reduced form, with the records in random order, and looks at what
// each of the rows is then of. Strict: nothing may be left of fewer records than the least number.
func (a *attacker) eliminate(rows []row, times int, strict bool) {
	columns := map[contribution]int{}
	var of []contribution
	for _, r := range rows {
		for one := range r.of {
			columns[one] = 0
		}
	}
	for one := range columns {
		of = append(of, one)
	}
	slices.SortFunc(of, func(x, y contribution) int {
		if x.record != y.record {
			return int(x.record - y.record)
		}
		return int(x.value - y.value)
	})
	for range times {
		a.random.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
		for i, one := range of {
			columns[one] = i
		}
		m := make([][]float64, len(rows))
		for i, r := range rows {
			m[i] = make([]float64, len(of)+2)
			for one := range r.of {
				m[i][columns[one]] = 1
			}
			m[i][len(of)], m[i][len(of)+1] = r.count, r.sum
		}
		for _, r := range reduce(m, len(of)) {
			a.judge(r, of, strict)
		}
	}
}

// reduce is the elimination of Gauss and Jordan: the rows that are left, reduced.
func reduce(m [][]float64, columns int) [][]float64 {
	at := 0
	for c := 0; c < columns && at < len(m); c++ {
		best := at
		for i := at; i < len(m); i++ {
			if math.Abs(m[i][c]) > math.Abs(m[best][c]) {
				best = i
			}
		}
		if math.Abs(m[best][c]) < 1e-7 {
			continue
		}
		m[at], m[best] = m[best], m[at]
		scale := m[at][c]
		for j := range m[at] {
			m[at][j] /= scale
		}
		for i := range m {
			if by := m[i][c]; i != at && math.Abs(by) > 1e-9 {
				for j := range m[i] {
					m[i][j] -= by * m[at][j]
				}
			}
		}
		at++
	}
	return m[:at]
}

func (a *attacker) judge(r []float64, of []contribution, strict bool) {
	a.Looked++
	left, number, value := 0, 0.0, 0.0
	for i, one := range of {
		if math.Abs(r[i]) > 1e-6 {
			left++
			number += r[i]
			value += r[i] * one.value
		}
	}
	if left == 0 || left >= a.guard.Least {
		return
	}
	if strict {
		a.Apart++
	} else {
		a.Left++
		if math.Abs(r[len(of)]-number) < 0.5 {
			a.Guessed++
		}
	}
	if left == 1 && value != 0 && math.Abs(r[len(of)+1]/value-1) < within {
		a.Values++
	}
}
