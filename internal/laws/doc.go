// Package laws checks that the interpreters of the policy language never disagree.
//
// A World is a small random company: units that were moved, people with several appointments,
// pools, records with missing values, rules of every shape, and questions that its people ask.
// It is a plain value that writes itself as JSON, and holds every choice that a check makes, so
// that the same World always gives the same answer.
//
// Check asks a World's questions of policy in Go and of a real database through sqlgen, and
// compares: the rows of a list, their field levels, pages, counts, sums, the three truth values
// of a condition (with cel-go's own evaluator as a third voice), what a rule more or less
// changes, and whether every explanation is true. Each comparison is a named law.
//
// A World that breaks a law is shrunk, one part after the other, while it still breaks the same
// law, and is printed as JSON that Replay takes back.
package laws
