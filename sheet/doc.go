// Package sheet reads and writes tables of text: CSV and XLSX files.
//
// A table has one row of headings and rows of cells under it. A Reader gives one row at a time
// and holds no more than that, whatever the size of the file; a Writer likewise. What a cell
// means is not known here: package records reads values from cells, and Match says which column
// belongs to which field.
//
// A file is judged by its content, its name only checked against it. Every refusal is a
// fault.Invalid that says where: the row as a spreadsheet numbers it (the headings are row 1),
// the column counted from 1.
//
// Programs that open CSV take a cell that begins with = + - @ for a formula. Writers put a ' in
// front of such text, Readers take it off again, so that what was exported can be imported.
package sheet
