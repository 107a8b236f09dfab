package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"guan/fault"
)

// What a sheet of Excel holds.
const (
	xlsxRows = 1_048_576
	xlsxCell = 32_767 // UTF-16 units
)

type xlsxWriter struct {
	book   *excelize.File
	stream *excelize.StreamWriter
	width  int
	row    int
	values []any
	styles map[style]int
	stamp  Stamp
	head   int
	err    error
}

// NewXLSX writes a workbook of one sheet to w when it is closed; until then rows stand in a
// temporary file, and memory does not grow with them. It does not close w. A table of more rows
// than Excel holds fails with fault.Invalid.
func NewXLSX(w io.Writer) Writer {
	x := &xlsxWriter{book: excelize.NewFile(), styles: map[style]int{}}
	// Straight to w: the library would gather the packed workbook in memory first.
	x.book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	x.err = x.begin()
	return x
}

// style is how a cell shows.
type style struct {
	sort     cellSort
	slashes  bool
	short    bool
	unseen   bool
	decimals int // zeros at the end are shown up to here
}

func (x *xlsxWriter) begin() error {
	whole := "@"
	var err error
	if x.head, err = x.book.NewStyle(&excelize.Style{CustomNumFmt: &whole, Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	x.stream, err = x.book.NewStreamWriter(x.book.GetSheetName(0))
	return err
}

// styled is the number of a style, which is made when it is first used.
func (x *xlsxWriter) styled(s style) (int, error) {
	if id, ok := x.styles[s]; ok {
		return id, nil
	}
	code := map[cellSort]string{textCell: "@", numberCell: "0." + strings.Repeat("0", s.decimals), dateCell: "yyyy-mm-dd", timeCell: "yyyy-mm-dd hh:mm:ss"}[s.sort]
	if s.short {
		code = strings.Replace(code, "yyyy-mm-dd", "yyyy-m-d", 1)
	}
	if s.slashes {
		code = strings.ReplaceAll(code, "-", `\/`) // a bare / is what the machine's country has for it
	}
	of := &excelize.Style{CustomNumFmt: &code}
	if s.unseen {
		// It would hide formulas if the sheet were protected, which it is not, and there are none.
		of.Protection = &excelize.Protection{Hidden: true, Locked: true}
	}
	id, err := x.book.NewStyle(of)
	x.styles[s] = id
	return id, err
}

func (x *xlsxWriter) Stamp(s Stamp) { x.stamp = s }

// imprint writes the stamp where a page and the properties of a workbook have a place for it.
func (x *xlsxWriter) imprint() error {
	if x.stamp.Code == "" {
		return nil
	}
	line := strings.ReplaceAll(x.stamp.Line, "&", "&&")
	if runes := []rune(line); len(runes) > 180 { // of 255 that Excel takes
		line = string(runes[:180])
	}
	return errors.Join(
		x.book.SetHeaderFooter(x.book.GetSheetName(0), &excelize.HeaderFooterOptions{OddHeader: "&R" + x.stamp.Code, OddFooter: "&L" + line + "&R&P / &N"}),
		x.book.SetDocProps(&excelize.DocProperties{Creator: x.stamp.Who, LastModifiedBy: x.stamp.Who, Description: x.stamp.Line, Identifier: x.stamp.Code}),
		x.book.SetCustomProps(excelize.CustomProperty{Name: stampProperty, Value: x.stamp.Code}),
	)
}

func (x *xlsxWriter) Header(headings []string) error {
	if x.err != nil {
		return x.err
	}
	if len(headings) == 0 || x.width != 0 {
		return fault.New(fault.Internal, "header", "a table has one row of headings")
	}
	x.width = len(headings)
	if err := x.imprint(); err != nil {
		return err
	}
	for i, h := range headings {
		width := min(max(float64(len(utf16.Encode([]rune(h))))*2+4, 12), 40)
		if err := x.stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := x.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for _, h := range headings {
		x.values = append(x.values, excelize.Cell{StyleID: x.head, Value: guard(h)})
	}
	return x.write()
}

func (x *xlsxWriter) Row(cells []Cell) error {
	if x.err != nil {
		return x.err
	}
	if err := checkWidth(x.width, len(cells)); err != nil {
		return err
	}
	if x.row >= xlsxRows {
		return fault.Newf(fault.Invalid, "too_many_rows", "a sheet holds %d rows; export fewer, or as CSV", xlsxRows)
	}
	x.values = x.values[:0]
	for _, cell := range cells {
		value, err := x.value(cell)
		if err != nil {
			return err
		}
		x.values = append(x.values, value)
	}
	return x.write()
}

func (x *xlsxWriter) write() error {
	x.row++
	return x.stream.SetRow("A"+strconv.Itoa(x.row), x.values)
}

// The days that Excel can hold: before March 1900 it counts a leap day that never was.
var firstDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)

// value is what the library takes for a cell. Numbers of more digits than a spreadsheet keeps,
// and days that it cannot count, stay text.
func (x *xlsxWriter) value(c Cell) (any, error) {
	switch c.sort {
	case emptyCell:
		return nil, nil
	case numberCell:
		if digits := strings.Trim(strings.NewReplacer("-", "", ".", "").Replace(c.text), "0"); len(digits) <= 15 {
			if n, err := strconv.ParseFloat(c.text, 64); err == nil {
				if _, fraction, _ := strings.Cut(c.text, "."); strings.HasSuffix(fraction, "0") {
					id, err := x.styled(style{sort: numberCell, decimals: len(fraction)})
					return excelize.Cell{StyleID: id, Value: n}, err
				}
				return n, nil
			}
		}
	case dateCell, timeCell:
		y, m, d := c.time.Date()
		wall := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		if c.sort == timeCell {
			wall = time.Date(y, m, d, c.time.Hour(), c.time.Minute(), c.time.Second(), 0, time.UTC)
		}
		if !wall.Before(firstDay) && y < 10_000 {
			id, err := x.styled(style{sort: c.sort, slashes: c.slashes, short: c.short, unseen: c.unseen})
			return excelize.Cell{StyleID: id, Value: wall}, err
		}
	}
	text := c.guarded()
	if len(text) > xlsxCell && len(utf16.Encode([]rune(text))) > xlsxCell {
		return nil, fault.Newf(fault.Invalid, "cell_too_long", "a cell holds at most %d characters; export as CSV", xlsxCell)
	}
	if c.sort == looseCell {
		return text, nil
	}
	id, err := x.styled(style{sort: textCell, unseen: c.unseen})
	return excelize.Cell{StyleID: id, Value: text}, err
}

func (x *xlsxWriter) Close() error {
	err := x.err
	if err == nil {
		err = x.stream.Flush()
	}
	if err == nil {
		err = x.book.Write(io.Discard) // the bytes go where the zip writer leads them
	}
	return errors.Join(err, x.book.Close())
}
