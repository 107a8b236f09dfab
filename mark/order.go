package mark

import "math"

// Rows that are equal in what a list is sorted by stand in an order of the copy's own. It says little, since
// sorting takes it out, but it is there where nothing of a row is left that could be marked.

// orderSite keeps the ranks of a copy apart from the bits of its values.
const orderSite = 0x6f72646572 // order

// Rank is where a record stands among those that are equal in what the list is sorted by.
func (c *Copy) Rank(record int64) uint64 {
	out := c.bits(record, orderSite)
	rank := uint64(0)
	for _, b := range out[:8] {
		rank = rank<<8 | uint64(b)
	}
	return rank
}

// disorder is the share of pairs that stand as they do for another reason, such as what the list is sorted by.
var disorder = [...]float64{0.02, 0.1, 0.3, 0.5, 0.7, 0.9}

// WeighOrder is the natural logarithm of how much likelier it is for a table that comes from a copy than for
// another that so many of the pairs stand in its order. Pairs have no row in common: then each stands so with
// probability 1/2 in a table that does not come from the copy, whatever the others do, and whatever its cells
// say. So the mean over the keys is 1, and that of the product with Weigh's too.
func WeighOrder(pairs, agree int) float64 {
	sum := 0.0
	for _, r := range disorder {
		sum += math.Exp(float64(agree)*math.Log(2-r) + float64(pairs-agree)*math.Log(r))
	}
	return math.Log((1 + sum/float64(len(disorder))) / 2) // or the order was made anew
}
