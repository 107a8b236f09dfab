// Package fault is the closed list of ways in which an operation can fail.
//
// Every error that leaves an exported operation is an Error of one Kind. It has two sides that
// never mix: what everybody may read (a stable code for catalogues, an English sentence,
// parameters, the place of each mistake) and the cause, which goes to the log alone. Whoever
// makes an Error vouches that its public side carries no value the caller may not see.
//
// A foreign error is Internal, and so is the zero Kind: what nobody thought of says nothing.
package fault
