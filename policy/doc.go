// Package policy is the language of permission and its interpreter in Go.
//
// A Rule permits or forbids actions on records of one kind: to whom (Who), on which records (an
// access Path), under which condition (Cond), with which field levels, in which window, and for
// which scene. Compile checks rules against a Schema and gives a Ruleset; Bind reduces it to
// what concerns one Subject at one instant; the Bound set then answers three questions that
// must never disagree: Decide (this record?), Reduce (which records? the shape that sqlgen
// turns into SQL) and Explain (why?).
//
// The default is no. A condition has three values: what cannot be evaluated never permits, and a
// forbid that cannot be evaluated forbids. The package knows no clock, context, disk or network.
package policy
