// Package exchange says how the columns of a foreign table become fields of ours.
//
// A Mapping is a small JSON document beside a file: the kind each row becomes, the field each
// column fills, how a reference is looked up (a person by login, a customer by code, a unit by
// path), what is constant, and which field tells an existing record from a new one. It is
// checked by itself here, and against the header of the file by Bind; that fields exist and
// cells can be read is checked by whoever knows the kinds. A column that is neither mapped nor
// ignored by name is an error: nothing of a foreign table is lost by oversight.
package exchange
