// Package audit is the record of who did what: its entries and what may stand in them.
//
// Every read of a record, every write, refusal, export, sign-in and change of policy leaves an
// Entry before its answer leaves the server. An entry names people, records, rules and fields
// and never becomes a second copy of the data: the values of a change are kept for fields of
// the general class alone; of all others it says that they changed. The package is pure; the
// store writes entries in the transaction of what they tell of.
package audit
