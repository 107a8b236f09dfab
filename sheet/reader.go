package sheet

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"guan/fault"
)

// Options say how to read a file. The zero value finds everything out.
type Options struct {
	Name    string // what the file is called by whoever sent it; empty: nothing is checked against it
	Sheet   string // XLSX: the sheet to read; empty is the first that is visible
	TempDir string // where large parts of an XLSX are unpacked; empty is the system's
	Formats bool   // EachRow: tell of the formats of cells

	large int64 // from how many bytes on a part is unpacked to a file; 0 is memoryLimit
}

// The widest tables that are read.
const (
	maxColumns = 2_000
	maxCell    = 1 << 20 // bytes
)

// Row is one row under the headings.
type Row struct {
	Number int      // as a spreadsheet shows it: the first row under the headings is usually 2
	Cells  []string // one for each heading; valid until the next call
}

// Reader reads a table row by row. It is not safe for concurrent use.
type Reader struct {
	src    source
	header []string
	number int
	ended  bool
}

// source gives the rows of one file format in their order, blank ones too, and io.EOF at the
// end. An error that is no cellFault ends the table.
type source interface {
	next() ([]string, error)
	close() error
}

// Open opens the file at path and reads its headings: the first row that is not blank. It fails
// with fault.Invalid where the file is no table that can be read.
func Open(path string, opts Options) (*Reader, error) {
	format, err := detect(path, opts.Name)
	if err != nil {
		return nil, err
	}
	var src source
	if format == xlsxFormat {
		src, err = openXLSX(path, opts)
	} else {
		src, err = openCSV(path)
	}
	if err != nil {
		return nil, err
	}
	r := &Reader{src: src}
	if err := r.readHeader(); err != nil {
		return nil, errors.Join(err, src.close())
	}
	return r, nil
}

// Header returns the headings, without blanks at their ends.
func (r *Reader) Header() []string { return r.header }

// Encoding tells how the text of a CSV file is written: utf-8 or gb18030. It is xlsx for a workbook.
func (r *Reader) Encoding() string {
	if text, ok := r.src.(*csvSource); ok {
		return text.code
	}
	return "xlsx"
}

// Sheets are the names of the visible sheets of a workbook; none for CSV.
func (r *Reader) Sheets() []string {
	if book, ok := r.src.(*xlsxSource); ok {
		return book.sheets()
	}
	return nil
}

// Close closes the file and removes what was unpacked.
func (r *Reader) Close() error { return r.src.close() }

func (r *Reader) readHeader() error {
	for {
		cells, err := r.read()
		if errors.Is(err, io.EOF) {
			return fault.New(fault.Invalid, "empty", "the file has no rows")
		}
		if err != nil {
			return err
		}
		if blank(cells) {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		r.header = append([]string(nil), cells...)
		return nil
	}
}

// Next returns the next row that is not blank, and io.EOF after the last. Any other error is a
// fault.Invalid about this row alone, with its Number in the Row: the next call goes on behind
// it, or returns io.EOF where the rest of the file cannot be read.
func (r *Reader) Next() (Row, error) {
	for {
		cells, err := r.read()
		if err != nil {
			return Row{Number: r.number}, err
		}
		if blank(cells) || isStamp(cells) {
			continue
		}
		for len(cells) < len(r.header) {
			cells = append(cells, "")
		}
		for i := len(r.header); i < len(cells); i++ {
			if strings.TrimSpace(cells[i]) != "" {
				return Row{Number: r.number}, at(r.number, i+1, fault.New(fault.Invalid, "ragged", "the cell stands under no heading"))
			}
		}
		return Row{Number: r.number, Cells: cells[:len(r.header)]}, nil
	}
}

func (r *Reader) read() ([]string, error) {
	if r.ended {
		return nil, io.EOF
	}
	cells, err := r.src.next()
	if errors.Is(err, io.EOF) {
		r.ended = true
		return nil, io.EOF
	}
	r.number++
	var in *cellFault
	if errors.As(err, &in) {
		return nil, at(r.number, in.column, in.fault)
	}
	if err != nil {
		r.ended = true
		return nil, fault.From(err).WithAt(fmt.Sprintf("row %d", r.number)).With("row", r.number)
	}
	for i, cell := range cells {
		if f := checkCell(cell); f != nil {
			return nil, at(r.number, i+1, f)
		}
		cells[i] = unguard(cell)
	}
	return cells, nil
}

// cellFault is a refusal of one cell after which the table goes on.
type cellFault struct {
	column int
	fault  *fault.Error
}

func (f *cellFault) Error() string { return f.fault.Error() }

func at(row, column int, f *fault.Error) error {
	return f.WithAt(fmt.Sprintf("row %d, column %d", row, column)).With("row", row).With("column", column)
}

// What Excel made of a number of more than 15 digits, and what stands where a formula failed.
var (
	lostDigits   = regexp.MustCompile(`^-?[0-9](\.[0-9]+)?E\+[0-9]{2,}$`)
	formulaFault = regexp.MustCompile(`^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$`)
)

func checkCell(cell string) *fault.Error {
	if !utf8.ValidString(cell) || strings.ContainsRune(cell, utf8.RuneError) {
		return fault.New(fault.Invalid, "encoding", "the text is damaged or in an unknown encoding")
	}
	for _, c := range []byte(cell) {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			return fault.New(fault.Invalid, "control", "the cell has a control character")
		}
	}
	if len(cell) > 3 && lostDigits.MatchString(cell) {
		return fault.New(fault.Invalid, "lost_digits", "the number has lost digits because it was not stored as text; format the column as text")
	}
	if len(cell) > 3 && cell[0] == '#' && formulaFault.MatchString(cell) {
		return fault.New(fault.Invalid, "formula_error", "the cell holds the error of a formula")
	}
	return nil
}

func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
