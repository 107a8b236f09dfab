package mark

import (
	"math"
	"slices"
)

// Row is what a table tells of one record: each value once, with the sites of which the table says one
// thing. A value that stands there in both ways says nothing.
type Row struct {
	Record int64
	Values []Value
}

// Value is a value of a row.
type Value struct {
	Hash  uint64
	Sites []Site
}

// Hash is by what a value is known in a Row.
func (c Cell) Hash() uint64 { return valueOf(c.Means) }

// Table gathers what a file tells.
type Table struct {
	rows  map[int64]*Row
	order []int64
	both  map[siteKey]bool
	forms map[columnForm]*written
	under map[siteKey]columnForm
}

// columnForm is a form in one column, and written how often it stands there, in the unusual way too. A date
// has two: a program takes its separators and its zeros apart.
type columnForm struct {
	column int
	form   Form
	second bool
}

type written struct{ all, ones int }

type siteKey struct {
	record int64
	value  uint64
	bit    uint8
}

// Add tells of cells of a record.
func (t *Table) Add(record int64, cells []Cell) {
	if t.rows == nil {
		t.rows, t.both = map[int64]*Row{}, map[siteKey]bool{}
		t.forms, t.under = map[columnForm]*written{}, map[siteKey]columnForm{}
	}
	row := t.rows[record]
	if row == nil {
		row = &Row{Record: record}
		t.rows[record] = row
		t.order = append(t.order, record)
	}
	for _, c := range cells {
		if len(c.Sites) == 0 {
			continue
		}
		hash := valueOf(c.Means)
		i := slices.IndexFunc(row.Values, func(v Value) bool { return v.Hash == hash })
		if i < 0 {
			i = len(row.Values)
			row.Values = append(row.Values, Value{Hash: hash})
		}
		v := &row.Values[i]
		for _, s := range c.Sites {
			in := columnForm{c.Column, s.Form, s.Form == Day && s.Bit == 1}
			if t.forms[in] == nil {
				t.forms[in] = &written{}
			}
			if t.forms[in].all++; s.One {
				t.forms[in].ones++
			}
			j := slices.IndexFunc(v.Sites, func(o Site) bool { return o.Bit == s.Bit })
			switch {
			case j < 0:
				v.Sites = append(v.Sites, s)
				t.under[siteKey{record, hash, s.Bit}] = in
			case v.Sites[j].One != s.One:
				t.both[siteKey{record, hash, s.Bit}] = true
			}
		}
	}
}

// normalised is from how many sites of a column on, all written in the same way, a form counts as one that
// was taken out of it or never was in it.
const normalised = 8

// Rows are the rows, without sites that say nothing: those that stand there both ways, and forms of which
// every site in a column is written in the same way, as a program leaves them that wrote the table anew.
// Which sites are left depends on the table alone and on no copy, as the bound of Weigh needs.
func (t *Table) Rows() []Row {
	out := make([]Row, 0, len(t.order))
	for _, record := range t.order {
		row, sites := Row{Record: record}, 0
		for _, v := range t.rows[record].Values {
			left := Value{Hash: v.Hash}
			for _, s := range v.Sites {
				key := siteKey{record, v.Hash, s.Bit}
				in := t.forms[t.under[key]]
				if sites < rowSites && (in.all < normalised || in.ones > 0 && in.ones < in.all) && !t.both[key] {
					left.Sites = append(left.Sites, s)
					sites++
				}
			}
			if len(left.Sites) > 0 {
				row.Values = append(row.Values, left)
			}
		}
		out = append(out, row)
	}
	return out
}

// Agreement is how far a row agrees with a copy.
type Agreement struct{ Sites, Agree int }

// Agrees compares a row with a copy, and tells each site where told is not nil.
func (c *Copy) Agrees(row Row, told func(v Value, s Site, agrees bool)) (a Agreement) {
	for _, v := range row.Values {
		bits := c.bits(row.Record, v.Hash)
		for _, s := range v.Sites {
			same := bit(bits, s.Bit) == s.One
			if a.Sites++; same {
				a.Agree++
			}
			if told != nil {
				told(v, s, same)
			}
		}
	}
	return a
}

// What a table may be that comes from a copy: the share of its rows that does, and the share of the sites
// of such a row that was written anew.
var (
	shares = [...]float64{1, 0.9, 0.75, 0.5, 0.3, 0.15, 0.05}
	anew   = [...]float64{0.01, 0.1, 0.3, 0.5, 0.7}
)

// rowSites bounds the sites of one row.
const rowSites = 64

// rowWeight holds, for a row by its sites and by how many of them agree, the logarithm of how much likelier
// that is than by chance, under each (share, anew). A site that was not touched agrees; one that was written
// anew agrees with probability 1/2: (1-r) + r/2 against 1/2 is 2-r, and r where it does not agree.
var rowWeight = func() (out [rowSites + 1][rowSites + 1][]float64) {
	for sites := range out {
		for agree := 0; agree <= sites; agree++ {
			for _, share := range shares {
				for _, r := range anew {
					of := math.Pow(2-r, float64(agree)) * math.Pow(r, float64(sites-agree))
					out[sites][agree] = append(out[sites][agree], math.Log(1-share+share*of))
				}
			}
		}
	}
	return out
}()

// Weigh is the natural logarithm of how much likelier the agreements of the rows are for a table that
// comes from the copy than for one that does not. It is the mean over everything in shares and anew, each a
// likelihood ratio, so its mean over the keys is 1 for a table that does not come from the copy, and it
// reaches w with a probability of at most 1/w.
func Weigh(rows []Agreement) float64 {
	var logs [len(shares) * len(anew)]float64
	for _, a := range rows {
		for i, w := range rowWeight[a.Sites][a.Agree] {
			logs[i] += w
		}
	}
	most := slices.Max(logs[:])
	sum := 0.0
	for _, l := range logs {
		sum += math.Exp(l - most)
	}
	return most + math.Log(sum/float64(len(logs)))
}
