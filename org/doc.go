// Package org is the organisation of a tenant: a tree of units with their heads and places,
// positions, and the appointments that put people into units for a time.
//
// A tenant has one root unit (none before the first is made). A Tree is built from rows once,
// checked whole, and does not change: it numbers the units along a walk, so that 'is this unit
// below that one' compares two numbers and everything below a unit is one slice. Whoever wants
// to change a unit asks the tree first (CheckAdd, CheckMove, …), writes the row and builds the
// next tree.
//
// An Appointment is a half-open window: it is active at From and no longer at Until. Nothing
// here is copied to a person: what an appointment gives is derived from it at the instant of
// the question, and ends with it.
package org
