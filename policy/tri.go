package policy

// Tri is a truth value of Kleene's three-valued logic. The zero value is Unknown: what was
// never evaluated is not true.
type Tri int8

// The truth values, ordered so that And is the minimum, Or the maximum and Not the negation.
const (
	No      Tri = -1
	Unknown Tri = 0
	Yes     Tri = 1
)

// And is true when both are, false when one is, else unknown.
func (t Tri) And(u Tri) Tri { return min(t, u) }

// Or is true when one is, false when both are, else unknown.
func (t Tri) Or(u Tri) Tri { return max(t, u) }

// Not swaps true and false and keeps unknown.
func (t Tri) Not() Tri { return -t }

// String returns no, unknown or yes.
func (t Tri) String() string { return [...]string{"no", "unknown", "yes"}[t+1] }

func triOf(b bool) Tri {
	if b {
		return Yes
	}
	return No
}
