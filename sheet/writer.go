package sheet

import (
	"strconv"
	"strings"
	"time"

	"guan/fault"
)

// Writer writes a table row by row. Header comes once and first, Close once and last, after a
// failure too: it removes what was kept aside. Only what was closed without error is a whole
// table. Errors that are no fault are of the destination.
type Writer interface {
	Header(headings []string) error
	Row(cells []Cell) error
	Close() error
}

// Cell is one typed cell; the zero Cell is empty.
type Cell struct {
	sort cellSort
	text string
	time time.Time
}

type cellSort uint8

const (
	emptyCell cellSort = iota
	textCell
	numberCell
	dateCell
	timeCell
)

// Text is a cell that stays text: telephone numbers, codes and ids keep their zeros.
func Text(s string) Cell { return Cell{sort: textCell, text: s} }

// Number is a number.
func Number(x float64) Cell {
	return Cell{sort: numberCell, text: strconv.FormatFloat(x, 'f', -1, 64)}
}

// Decimal is a number given as decimal text, "20565.6206", which CSV keeps exactly. What is no
// decimal number becomes text.
func Decimal(s string) Cell {
	if _, err := strconv.ParseFloat(s, 64); err != nil || strings.Trim(s, "-0123456789.") != "" {
		return Text(s)
	}
	return Cell{sort: numberCell, text: s}
}

// Date is a day; the clock and zone of t do not count.
func Date(t time.Time) Cell { return Cell{sort: dateCell, time: t} }

// Time is a local time as the clock of t's zone shows it, to the second.
func Time(t time.Time) Cell { return Cell{sort: timeCell, time: t} }

const (
	dateLayout = "2006-01-02"
	timeLayout = "2006-01-02 15:04:05"
)

// plain is the cell's text without a guard.
func (c Cell) plain() string {
	switch c.sort {
	case dateCell:
		return c.time.Format(dateLayout)
	case timeCell:
		return c.time.Format(timeLayout)
	}
	return c.text
}

// guarded is the cell's text as it may stand in a file that a spreadsheet opens. Numbers are
// safe: nothing but digits, a point and a sign.
func (c Cell) guarded() string {
	if c.sort == textCell {
		return guard(c.text)
	}
	return c.plain()
}

// guard puts a ' before what a spreadsheet would take for a formula, and before a ' that would
// be taken for a guard when the table comes back.
func guard(text string) string {
	if risky(text) || strings.HasPrefix(text, "'") && risky(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// unguard undoes guard.
func unguard(text string) string {
	if strings.HasPrefix(text, "'") && risky(strings.TrimLeft(text, "'")) {
		return text[1:]
	}
	return text
}

// risky covers the full-width signs too, which some programs read as the narrow ones.
func risky(text string) bool {
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, sign) {
			return true
		}
	}
	return false
}

// checkWidth keeps rows in the shape of their headings.
func checkWidth(headings, cells int) error {
	if cells != headings {
		return fault.Newf(fault.Internal, "row_width", "a row of %d cells under %d headings", cells, headings)
	}
	return nil
}
