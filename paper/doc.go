// Package paper writes documents as PDF, in Chinese and English: headings, paragraphs, tables
// with their head on every page, bars, page numbers, and a watermark under each page.
//
// A Document is written from top to bottom and gives its bytes at the end; equal calls give equal
// bytes, the time it was made being one of its arguments. Text is drawn as it was given, so that
// it can be searched, copied and read back (Lines). A character that the font does not have, a
// rare one of a name, stands as its number in Unicode, 〔U+4DAE〕, and never as an empty box.
package paper
