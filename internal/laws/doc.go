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
// changes, and whether every explanation is true. A decision is also compared with what the words
// of the model say, read rule by rule without the engine's indexes, merging and reduction. Each
// comparison is a named law: a function in a file law_*.go.
//
// Two fields of a World are kept encrypted: the rows that are compared hold what stands for their values, made as
// the product makes it, and the filters of its people name such values. That everything is as with the plain
// values is a law of its own, and so is that no statement and no answer holds one.
//
// A World that breaks a law is shrunk, one part after the other, while it still breaks the same
// law, and is printed as JSON that Replay takes back; what was found so is kept in testdata.
// cmd tries as many worlds as one likes. mutants breaks the engine on purpose and requires that
// the laws turn red: a new part of the engine comes with a mutant of it.
package laws
