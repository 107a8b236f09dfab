package sheet

import (
	"strconv"
	"strings"
	"time"

	"guan/fault"
)

// Writer writes a table row by row. Stamp comes before all else where there is one, Header once and
// first, Close once and last, after a failure too: it removes what was kept aside. Only what was closed
// without error is a whole table. Errors that are no fault are of the destination.
type Writer interface {
	Stamp(Stamp)
	Header(headings []string) error
	Row(cells []Cell) error
	Close() error
}

// Cell is one typed cell; the zero Cell is empty.
type Cell struct {
	sort    cellSort
	text    string
	time    time.Time
	slashes bool // in the place of the hyphens of a date
	short   bool // a date without the zeros of its month and day
	unseen  bool // the format that does not show
}

type cellSort uint8

const (
	emptyCell cellSort = iota
	textCell
	numberCell
	dateCell
	timeCell
	looseCell
)

// Text is a cell that stays text: telephone numbers, codes and ids keep their zeros.
func Text(s string) Cell { return Cell{sort: textCell, text: s} }

// Loose is a text that is not kept as text when somebody edits it. It has no format of its own.
func Loose(s string) Cell { return Cell{sort: looseCell, text: s} }

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

// Dated is the cell of a date with slashes in the place of its hyphens, and without zeros in front of its month
// and day. The value is the same.
func (c Cell) Dated(slashes, short bool) Cell {
	c.slashes, c.short = slashes, short
	return c
}

// Written is the cell with a format that does not show, which CSV has not. The value is the same.
func (c Cell) Written(unseen bool) Cell {
	c.unseen = unseen
	return c
}

const (
	dateLayout = "2006-01-02"
	timeLayout = "2006-01-02 15:04:05"
)

// Layout is how a day, or a local time, is written.
func Layout(clock bool) string {
	if clock {
		return timeLayout
	}
	return dateLayout
}

// Shown is the cell's text where nothing calculates with it.
func (c Cell) Shown() string { return c.plain() }

// plain is the cell's text without a guard.
func (c Cell) plain() string {
	if c.sort != dateCell && c.sort != timeCell {
		return c.text
	}
	return c.time.Format(dated(Layout(c.sort == timeCell), c.slashes, c.short))
}

// dated is a layout of a date with slashes, or without zeros.
func dated(layout string, slashes, short bool) string {
	if short {
		layout = strings.Replace(layout, "01-02", "1-2", 1)
	}
	if slashes {
		layout = strings.ReplaceAll(layout, "-", "/")
	}
	return layout
}

// guarded is the cell's text as it may stand in a file that a spreadsheet opens. Numbers are
// safe: nothing but digits, a point and a sign.
func (c Cell) guarded() string {
	if c.sort == textCell || c.sort == looseCell {
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
