package sheet

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"guan/fault"
)

// What a workbook may unpack to. Sheets and shared texts beyond memoryLimit go to temporary
// files; everything else in it (pictures, themes) is of no use here and must be small.
const (
	unpackedLimit = 2 << 30
	memoryLimit   = 4 << 20
	restLimit     = 64 << 20
	ratioLimit    = 200 // unpacked to packed, of a part beyond bombSize; tables reach 50
	bombSize      = 100 << 20
	partsLimit    = 5_000
	sheetsLimit   = 1_000
	sharedLimit   = 2_000_000 // shared texts: the library keeps a place for each
	rowLimit      = 16_384    // cells of a row, as many as Excel has columns
	elementsLimit = 400_000   // of parts that are no table: 64,000 formats of cells with what is in them
	pieceLimit    = 8 << 20   // bytes of one piece of XML: a tag, a text, a comment
)

var (
	errDamaged = fault.New(fault.Invalid, "damaged", "the workbook is damaged or incomplete; open it, save it again and send that")
	errBomb    = fault.New(fault.Invalid, "too_big", "the workbook unpacks to more than can be read; send the table alone, or as CSV")
)

type xlsxSource struct {
	book  *excelize.File
	rows  *excelize.Rows
	base  time.Time // the day 0 of its dates
	row   int
	ended bool
	forms map[rune]cellForm // with Options.Formats: what a mark of markFormats stands for
}

// openXLSX checks the archive before it lets the library unpack it.
func openXLSX(path string, opts Options) (s *xlsxSource, err error) {
	// The library trusts its input in places; a panic there is a damaged file and no reason to
	// take the process down.
	defer func() {
		if p := recover(); p != nil {
			s, err = nil, errDamaged.WithCause(fmt.Errorf("excelize: %v", p))
		}
	}()
	if err := checkArchive(path); err != nil {
		return nil, err
	}
	large := cmp.Or(opts.large, memoryLimit)
	book, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: unpackedLimit, UnzipXMLSizeLimit: large, TmpDir: opts.TempDir})
	if err != nil {
		return nil, errDamaged.WithCause(err)
	}
	s = &xlsxSource{book: book, base: base1900}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		s.base = base1904
	}
	name, err := pickSheet(book, opts.Sheet)
	if err == nil {
		if opts.Formats {
			s.forms, err = tellFormats(book)
		} else {
			err = markFormats(book)
		}
	}
	if err == nil {
		if s.rows, err = book.Rows(name); err != nil {
			err = errDamaged.WithCause(err)
		}
	}
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return s, nil
}

// checkArchive refuses bombs by what the archive says of itself (the reader of archive/zip
// holds it to that), and reads every part that the library will take apart once as XML. The library
// takes a broken place for the end of the table, and half a table would be imported as a whole one;
// and it makes so much of every element that a file of 100 kB could take gigabytes.
func checkArchive(path string) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return errDamaged.WithCause(err)
	}
	defer archive.Close()
	if len(archive.File) > partsLimit {
		return errBomb
	}
	var unpacked, rest uint64
	book := false
	for _, part := range archive.File {
		unpacked += part.UncompressedSize64
		name := partName(part)
		book = book || name == "xl/workbook.xml"
		if !streamed(name) {
			rest += part.UncompressedSize64
		}
		if unpacked > unpackedLimit || rest > restLimit || part.UncompressedSize64 > bombSize && part.UncompressedSize64/ratioLimit > part.CompressedSize64 {
			return errBomb
		}
	}
	if !book {
		return fault.New(fault.Invalid, "file_type", "the file is an archive but no XLSX workbook")
	}
	var n counted
	for _, part := range archive.File {
		err := n.count(part)
		switch {
		case errors.Is(err, errBomb):
			return errBomb
		case err != nil && mustRead(partName(part), err):
			return errDamaged.WithCause(fmt.Errorf("%s: %w", part.Name, err))
		}
	}
	return nil
}

// partName is the name of a part as the library compares it.
func partName(part *zip.File) string {
	return strings.ToLower(strings.ReplaceAll(part.Name, "\\", "/"))
}

// streamed reports whether the library unpacks a large part of this name to a file.
func streamed(name string) bool {
	return strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
}

func isTable(name string) bool {
	return streamed(name) || strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
}

// sheets are the names of the sheets that are visible.
func (s *xlsxSource) sheets() []string {
	var names []string
	for _, name := range s.book.GetSheetList() {
		if visible, err := s.book.GetSheetVisible(name); err == nil && visible {
			names = append(names, name)
		}
	}
	return names
}

func pickSheet(book *excelize.File, name string) (string, error) {
	sheets := book.GetSheetList()
	for _, sheet := range sheets {
		visible, err := book.GetSheetVisible(sheet)
		if err != nil {
			return "", errDamaged.WithCause(err)
		}
		if name == "" && visible || name != "" && strings.EqualFold(sheet, name) {
			return sheet, nil
		}
	}
	if name != "" {
		return "", fault.New(fault.Invalid, "sheet", "the workbook has no sheet of that name")
	}
	return "", fault.New(fault.Invalid, "empty", "the workbook has no visible sheet")
}

// markFormats changes the number formats of the opened workbook, in memory, to such that lose
// nothing and cost little: plain numbers get none at all, and numbers that are shown as something
// else get a mark in front by which shown knows them. (To have the library write dates in
// ISO form would take it 80 µs a cell.)
func markFormats(book *excelize.File) error {
	ids := map[numberFormat]int{plainFormat: noFormat}
	for _, kind := range []numberFormat{dateFormat, clockFormat, percentFormat} {
		code := fmt.Sprintf(`"%c"0.000000000000;"%c"-0.000000000000`, kind, kind)
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			return errDamaged.WithCause(err)
		}
		ids[kind] = *book.Styles.CellXfs.Xf[style].NumFmtID
	}
	codes := map[int]string{}
	if book.Styles.NumFmts != nil {
		for _, f := range book.Styles.NumFmts.NumFmt {
			if codes[f.NumFmtID] = f.FormatCode; f.FormatCode16 != "" {
				codes[f.NumFmtID] = f.FormatCode16
			}
		}
	}
	for i := range book.Styles.CellXfs.Xf {
		xf := &book.Styles.CellXfs.Xf[i]
		if xf.NumFmtID != nil {
			kind := plainFormat
			if !slices.Contains(slices.Collect(maps.Values(ids)), *xf.NumFmtID) {
				kind = kindOfFormat(*xf.NumFmtID, codes)
			}
			id := ids[kind]
			xf.NumFmtID = &id
		}
	}
	return nil
}

// noFormat is a number under which no format stands: the library then gives a value as it is
// stored.
const noFormat = 1 << 20

// numberFormat is how a number is shown, and the private character that marks such a one.
type numberFormat rune

const (
	plainFormat   numberFormat = 0
	dateFormat    numberFormat = 0x10FFF0
	clockFormat   numberFormat = 0x10FFF1
	percentFormat numberFormat = 0x10FFF2
)

var formatNoise = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)

// kindOfFormat judges a number format: by its number where it is one of Excel's own (14 to 22,
// 45 to 47, and the East Asian 27 to 36 and 50 to 58), by its code otherwise.
func kindOfFormat(id int, codes map[int]string) numberFormat {
	code, custom := codes[id]
	switch {
	case custom:
	case id >= 18 && id <= 21, id >= 45 && id <= 47, id >= 32 && id <= 35, id == 55, id == 56:
		return clockFormat
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return dateFormat
	case id == 9 || id == 10:
		return percentFormat
	default:
		return plainFormat
	}
	first, _, _ := strings.Cut(code, ";")
	first = strings.ToLower(formatNoise.ReplaceAllString(first, ""))
	switch {
	case strings.Contains(first, "general"):
		return plainFormat
	case strings.Contains(first, "%"):
		return percentFormat
	case strings.ContainsAny(first, "yd"), strings.Contains(first, "m") && !strings.ContainsAny(first, "hs"):
		return dateFormat
	case strings.ContainsAny(first, "hs"):
		return clockFormat
	}
	return plainFormat
}

// A workbook may write 100000000000000 as 1E+14; up to 15 digits nothing is lost by that.
var exponent = regexp.MustCompile(`^-?[0-9](\.[0-9]+)?E\+[0-9]{2}$`)

// shown is the text of a cell: dates as 2024-01-02 or 2024-01-02 15:04:05, times of day as
// 15:04:05, percentages as 35.5%. A serial number that is no date stays one.
func shown(cell string, base time.Time) string {
	mark, size := utf8.DecodeRuneInString(cell)
	switch numberFormat(mark) {
	case dateFormat, clockFormat, percentFormat:
	default:
		if exponent.MatchString(cell) {
			if n, err := strconv.ParseFloat(cell, 64); err == nil && math.Abs(n) < 1e15 {
				return strconv.FormatFloat(n, 'f', -1, 64)
			}
		}
		return cell
	}
	text := cell[size:]
	n, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil:
		return text
	case numberFormat(mark) == percentFormat:
		return strconv.FormatFloat(math.Round(n*1e12)/1e10, 'f', -1, 64) + "%"
	case n < 0 || n >= 2_958_466: // the year 10000
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	day, part := math.Modf(n)
	if base == base1900 {
		switch {
		case day == 60:
			return "1900-02-29" // the day that Excel counts and that never was
		case day > 0 && day < 60:
			day++
		}
	}
	t := base.AddDate(0, 0, int(day)).Add(time.Duration(math.Round(part*86_400_000)) * time.Millisecond)
	switch {
	case numberFormat(mark) == clockFormat && n < 1:
		return t.Format("15:04:05.999")
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(dateLayout)
	}
	return t.Format(timeLayout + ".999")
}

// The days 0 of Excel's two ways to count.
var (
	base1900 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	base1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
)

func (s *xlsxSource) next() (cells []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			cells, err = nil, errDamaged.WithCause(fmt.Errorf("excelize: %v", p))
		}
	}()
	if s.ended || !s.rows.Next() {
		s.ended = true
		if err := s.rows.Error(); err != nil {
			return nil, errDamaged.WithCause(err)
		}
		return nil, io.EOF
	}
	// A row may claim any number, and the library would count blank rows up to it.
	if s.row++; s.row > xlsxRows {
		return nil, errDamaged
	}
	cells, err = s.rows.Columns()
	if err != nil {
		return nil, errDamaged.WithCause(err)
	}
	if len(cells) > maxColumns {
		return nil, fault.Newf(fault.Invalid, "too_many_columns", "a row has more than %d cells", maxColumns)
	}
	for i, cell := range cells {
		if len(cell) > maxCell {
			return nil, &cellFault{column: i + 1, fault: fault.New(fault.Invalid, "cell_too_long", "the cell is too long")}
		}
		if s.forms == nil {
			cells[i] = shown(cell, s.base)
		}
	}
	return cells, nil
}

func (s *xlsxSource) close() error {
	return errors.Join(s.rows.Close(), s.book.Close())
}
