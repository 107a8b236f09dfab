// Package vault seals single values and files: authenticated encryption bound to where a value stands, the
// index by which an equal value is found without opening any, and the keysets of both, which leave this
// package only wrapped by a key that does not lie with the data.
//
// It knows no database and no record. The library is tink; nothing here invents a cipher.
package vault
