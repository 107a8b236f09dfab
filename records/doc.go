// Package records holds the kinds of record as descriptors.
//
// A Kind is data: its table, its fields (each with one type, one class, one column, labels in
// Chinese and English), its stages and its relations. Everything else reads them: the engine
// takes its Schema from here, the store its columns, the API its wire values, the UI its forms,
// import and export their headings. A kind that needs code elsewhere is a kind described badly.
//
// A Catalog joins the kinds that come with Guan and the custom fields of one tenant. Its fields
// carry values across three borders, each way, so that what went out comes back as the same
// policy.Value: JSON (Field.Parse, Field.Wire), the cell of a table (Cells), and the preview of a
// masked value (Preview), which does not come back. Values are checked and brought into one
// normal form on the way in; a refusal names the field and the fault, never another value.
//
// The package knows no clock and no database.
package records
