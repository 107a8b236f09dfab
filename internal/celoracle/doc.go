// Package celoracle evaluates conditions with cel-go's own interpreter: the independent voice in
// the tests of the engine. It takes the CEL text of a condition and knows no schema: everything
// is dynamically typed, missing values are absent keys, an error is Unknown, and so is looking for
// an empty text. Distances are great circles in floating trigonometry, where the engine compares
// chords, so places should not stand within a millimetre of the edge.
package celoracle
