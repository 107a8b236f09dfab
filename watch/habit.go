package watch

import "slices"

// habitDays is how many days of work a habit remembers.
const habitDays = 20

// fewDays is how many it takes before it is one: until then floors are higher.
const fewDays = 5

// habit is what is usual on a day of work: the values of the last ones.
type habit []int64

func (h *habit) learn(value int64) {
	*h = append(*h, value)
	if len(*h) > habitDays {
		*h = slices.Delete(*h, 0, len(*h)-habitDays)
	}
}

// usual is the median, spread a robust standard deviation: neither moves much for a few odd days.
func (h habit) usual() (median, spread float64) {
	if len(h) == 0 {
		return 0, 0
	}
	values := slices.Sorted(slices.Values(h))
	median = middle(values)
	for i, v := range values {
		values[i] = max(v-int64(median), int64(median)-v)
	}
	slices.Sort(values)
	return median, max(1.4826*middle(values), 0.3*median, 3)
}

func middle(sorted []int64) float64 {
	n := len(sorted)
	return float64(sorted[(n-1)/2]+sorted[n/2]) / 2
}

// most is the largest of the remembered values.
func (h habit) most() int64 {
	if len(h) == 0 {
		return 0
	}
	return slices.Max(h)
}

// bound is from where on a day counts as out of the ordinary.
func (h habit) bound(floor int64, times float64) int64 {
	if len(h) < fewDays {
		return 3 * floor
	}
	median, spread := h.usual()
	return max(floor, int64(times*median), int64(median+6*spread), h.most()+h.most()/4)
}
