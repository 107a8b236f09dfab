package statistics

import (
	"maps"
	"slices"
	"strings"
)

// Source is what a release is made of: the records of a kind, and who may have figures of them.
type Source struct {
	Dimensions  []string
	Measures    []Measure
	Populations []string // what tells them apart
	Records     []Record // by id
}

// Measure is a field that is summed, and the field that holds its currency.
type Measure struct {
	Field string `json:"field"`
	Unit  string `json:"unit,omitempty"`
}

// Record is one record of the source.
type Record struct {
	ID     int64
	Keys   []string // by dimension: its group
	Values []Value  // by measure
	In     []string // by population: empty, or Mask of what may be known of the record
}

// Value is a value of a measure, where there is one.
type Value struct {
	There  bool
	Number float64
	Unit   string
}

// Mask says which dimensions and measures of a record a population may use. It is never empty.
func Mask(dimensions, measures []bool) string {
	var b strings.Builder
	b.WriteByte('=')
	for _, list := range [][]bool{dimensions, measures} {
		for _, yes := range list {
			if yes {
				b.WriteByte('1')
			} else {
				b.WriteByte('0')
			}
		}
	}
	return b.String()
}

// Release is what is published of a kind, all of it: whatever may be asked is a sum of its cells.
type Release struct {
	Least       int      `json:"least"`
	Populations []string `json:"populations"`
	Classes     []Class  `json:"classes"`
	Gone        []Cell   `json:"gone,omitempty"` // of earlier releases, without a successor
}

// Class is a set of records that lie in exactly the same populations, with the same fields to use.
// Classes are disjoint, and none is of fewer than the least number of records: so two populations
// never differ in fewer, and what they are told are sums of the same figures.
type Class struct {
	In       []string    `json:"in"` // by population, as Record.In
	Families []Published `json:"families"`
}

// Published is what is told of a family.
type Published struct {
	Measure string   `json:"measure,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	By      []string `json:"by"`   // the dimensions by which it is cut
	From    Trace    `json:"from"` // all that it is made of
	Cells   []Cell   `json:"cells"`
}

// Publish makes a release. Before is the release before this one, nil for the first.
func (g *Guard) Publish(from *Source, before *Release) *Release {
	return g.PublishBy(from, before, g.Protect)
}

// PublishBy is Publish with something else in place of Protect: trials show by it what is found out
// where a part of the protection is missing.
func (g *Guard) PublishBy(from *Source, before *Release, protect func(*Family)) *Release {
	out := &Release{Least: g.Least, Populations: from.Populations}
	classes := map[string][]Record{}
	for _, r := range from.Records {
		if sign := strings.Join(r.In, "|"); strings.Contains(sign, "=") {
			classes[sign] = append(classes[sign], r)
		}
	}
	last := newLast(before, g.Least)
	for _, sign := range slices.Sorted(maps.Keys(classes)) {
		records := classes[sign]
		if len(records) < g.Least {
			continue
		}
		class := Class{In: records[0].In}
		for _, f := range from.families(records) {
			if len(f.Members) >= g.Least {
				class.Families = append(class.Families, g.publish(f, last, protect))
			}
		}
		out.Classes = append(out.Classes, class)
	}
	out.Gone = last.gone()
	return out
}

// publish tells of a family. As long as fewer than the least number of its contributions are new or
// gone everything stands as it was told last, shown or not.
func (g *Guard) publish(f *Family, last *last, protect func(*Family)) Published {
	out := Published{Measure: f.Measure, Unit: f.Unit, From: g.trace(f)}
	for _, t := range f.Tables {
		out.By = append(out.By, t.By)
	}
	for _, was := range last.families {
		if was.Measure == f.Measure && was.Unit == f.Unit && slices.Equal(was.By, out.By) && was.From.apart(out.From) < g.Least {
			last.told(was.Cells)
			return was
		}
	}
	protect(f)
	out.Cells = g.Cells(f)
	g.keep(out.Cells, last)
	last.told(out.Cells)
	return out
}

// families are the families of a class: one of its records, and one for each measure in each
// currency. Only what some population may use is cut and summed.
func (s *Source) families(records []Record) []*Family {
	used := func(at int) bool {
		return slices.ContainsFunc(records[0].In, func(mask string) bool { return mask != "" && mask[1+at] == '1' })
	}
	family := func(f *Family, of []Record) *Family {
		f.Cut("", func(int) string { return "" })
		for d, name := range s.Dimensions {
			if used(d) {
				f.Cut(name, func(i int) string { return of[i].Keys[d] })
			}
		}
		return f
	}
	counted := &Family{}
	for _, r := range records {
		counted.Members = append(counted.Members, Member{ID: r.ID})
	}
	out := []*Family{family(counted, records)}
	for m, measure := range s.Measures {
		if !used(len(s.Dimensions) + m) {
			continue
		}
		by := map[string][]Record{}
		for _, r := range records {
			if v := r.Values[m]; v.There {
				by[v.Unit] = append(by[v.Unit], r)
			}
		}
		for _, unit := range slices.Sorted(maps.Keys(by)) {
			f := &Family{Measure: measure.Field, Unit: unit}
			for _, r := range by[unit] {
				f.Members = append(f.Members, Member{ID: r.ID, Value: r.Values[m].Number})
			}
			out = append(out, family(f, by[unit]))
		}
	}
	return out
}

// Figure is what a population is told of a group.
type Figure struct {
	Count int64
	Sums  map[string]float64 // by currency, rounded
	Of    map[string]int64   // by currency: of how many records
}

// Ask answers what may be asked: the figures of a population, by a dimension, of a measure; both may
// be empty. It adds up cells and looks at nothing else.
func (r *Release) Ask(population string, s *Source, by, measure string) map[string]*Figure {
	p := slices.Index(r.Populations, population)
	out := map[string]*Figure{}
	if p < 0 {
		return out
	}
	d := slices.Index(s.Dimensions, by)
	m := slices.IndexFunc(s.Measures, func(m Measure) bool { return m.Field == measure })
	for _, class := range r.Classes {
		mask := class.In[p]
		if mask == "" || by != "" && mask[1+d] != '1' || measure != "" && mask[1+len(s.Dimensions)+m] != '1' {
			continue
		}
		for _, c := range class.cells(by, measure) {
			f := out[c.Key]
			if f == nil {
				f = &Figure{Sums: map[string]float64{}, Of: map[string]int64{}}
				out[c.Key] = f
			}
			f.Count += c.Count
			if measure != "" {
				f.Sums[c.Unit] += c.Sum
				f.Of[c.Unit] += c.Count
			}
		}
	}
	for _, f := range out {
		for unit, x := range f.Sums {
			f.Sums[unit] = Rounded(x)
		}
	}
	return out
}

func (c *Class) cells(by, measure string) []Cell {
	var out []Cell
	for _, f := range c.Families {
		for _, cell := range f.Cells {
			if f.Measure == measure && cell.By == by {
				out = append(out, cell)
			}
		}
	}
	return out
}
