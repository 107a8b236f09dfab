// Package statistics makes figures that may leave where rows may not: counts and sums of groups,
// cut and blurred so that no two answers, and no arithmetic over many, tell of fewer than a least
// number of records, or the value of one. What it promises, and against whom, is in
// docs/adr/0034-figures-only.md. No I/O, no clock.
package statistics
