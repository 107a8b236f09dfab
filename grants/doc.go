// Package grants is temporary access: one person lets another act on named records, or on the
// records that satisfy a condition, for a stated purpose and a time that is bounded from the
// start.
//
// A Grant is a half-open window with history: it is never deleted. Its state at an instant is
// computed from the window and the revocation, so no job has to end a grant and none can be
// late. Package access lowers a grant to a permit rule with the same window.
package grants
