// Package mark makes each export a copy of its own, and finds out which copy a table comes from.
//
// A cell can often be written in two ways that mean the same: 138 0013 8000 and 13800138000, 1200 and
// 1200.00, 2026-03-01 and 2026/03/01, full-width and half-width punctuation, a format that nobody sees.
// Each such choice is a Site. What is chosen is a pseudo-random bit of the copy, the record and the
// value of the cell, under a key of the tenant that is in no file. It hangs on no row, column or heading,
// so it outlives sorting, dropping columns and tables of two copies.
//
// To Weigh a table is to ask of each copy how much better it agrees with the table than chance. A table
// that does not come from a copy agrees at each site with probability 1/2, whatever it is, since the bits
// of that copy had no part in it. The Weight is a likelihood ratio against that, so a copy that is innocent
// reaches a weight of w with a probability of at most 1/w, without any assumption about tables.
//
// The package is pure: it knows no file, database or clock.
package mark
