// Package differencing plays somebody who has the right to figures alone and wants rows: it knows of
// every record in which groups it lies, takes everything that is published, from all populations and
// of all days, and looks by elimination for combinations of figures that leave few records.
// trial/differencing is the command, the test a short form of it.
package differencing

import (
	"fmt"
	"math"
	"math/rand/v2"

	"guan/statistics"
)

// company is a random company under way.
type company struct {
	random *rand.Rand
	source *statistics.Source
	sizes  []int
	next   int64
}

// newCompany has groups of all sizes, rare ones among them, dimensions that nearly follow from each
// other, amounts of very different size, and populations that differ by few records or by many.
func newCompany(seed uint64) *company {
	c := &company{random: rand.New(rand.NewPCG(seed, 34)), source: &statistics.Source{Measures: []statistics.Measure{{Field: "amount", Unit: "currency"}}}}
	for d := range 4 + c.random.IntN(3) {
		c.source.Dimensions = append(c.source.Dimensions, fmt.Sprint("d", d))
		c.sizes = append(c.sizes, 2+c.random.IntN(9))
	}
	for p := range 1 + c.random.IntN(3) {
		c.source.Populations = append(c.source.Populations, fmt.Sprint("p", p))
	}
	for range 150 + c.random.IntN(500) {
		c.add()
	}
	return c
}

func (c *company) add() {
	c.next++
	r := statistics.Record{ID: c.next}
	for d, size := range c.sizes {
		k := int(float64(size) * math.Pow(c.random.Float64(), 1.5))
		if d > 0 && d%2 == 1 && c.random.IntN(60) > 0 {
			k = int(r.Keys[d-1][0]-'a') * size / c.sizes[d-1] // it follows from the one before, nearly always
		}
		if c.random.IntN(400) == 0 {
			k = size // a rare group
		}
		r.Keys = append(r.Keys, string(rune('a'+k)))
	}
	r.Values = []statistics.Value{{There: c.random.IntN(5) > 0, Number: math.Round(math.Exp(9 + 1.5*c.random.NormFloat64())), Unit: "CNY"}}
	full := statistics.Mask(many(len(c.sizes)), many(1))
	for p := range c.source.Populations {
		in := full
		switch {
		case p == 1 && c.random.IntN(120) == 0: // all but a few
			in = ""
		case p == 2 && r.Keys[0] == "a": // all but a group
			in = ""
		}
		r.In = append(r.In, in)
	}
	c.source.Records = append(c.source.Records, r)
}

func many(n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

// day lets some records come, go and change.
func (c *company) day() {
	for range c.random.IntN(12) {
		c.add()
	}
	for range c.random.IntN(3) {
		i := c.random.IntN(len(c.source.Records))
		c.source.Records = append(c.source.Records[:i:i], c.source.Records[i+1:]...)
	}
	for range c.random.IntN(4) {
		r := &c.source.Records[c.random.IntN(len(c.source.Records))]
		r.Values = []statistics.Value{{There: true, Number: math.Round(math.Exp(9 + 1.5*c.random.NormFloat64())), Unit: "CNY"}}
	}
}
