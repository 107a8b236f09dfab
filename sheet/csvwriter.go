package sheet

import (
	"bufio"
	"encoding/csv"
	"io"

	"guan/fault"
)

type csvWriter struct {
	out   *bufio.Writer
	csv   *csv.Writer
	width int
	cells []string
	stamp Stamp
}

// NewCSV writes CSV in UTF-8 with the byte order mark without which Excel takes it for another
// encoding, comma and CRLF. It does not close w.
func NewCSV(w io.Writer) Writer {
	out := bufio.NewWriter(w)
	c := &csvWriter{out: out, csv: csv.NewWriter(out)}
	c.csv.UseCRLF = true
	return c
}

func (c *csvWriter) Stamp(s Stamp) { c.stamp = s }

func (c *csvWriter) Header(headings []string) error {
	if len(headings) == 0 || c.width != 0 {
		return fault.New(fault.Internal, "header", "a table has one row of headings")
	}
	c.width = len(headings)
	if _, err := c.out.WriteString(byteOrderMark); err != nil {
		return err
	}
	cells := make([]string, len(headings))
	for i, h := range headings {
		cells[i] = guard(h)
	}
	return c.csv.Write(cells)
}

func (c *csvWriter) Row(cells []Cell) error {
	if err := checkWidth(c.width, len(cells)); err != nil {
		return err
	}
	c.cells = c.cells[:0]
	for _, cell := range cells {
		c.cells = append(c.cells, cell.guarded())
	}
	return c.csv.Write(c.cells)
}

func (c *csvWriter) Close() error {
	if c.stamp.Last && c.width > 0 {
		if err := c.csv.Write([]string{c.stamp.cell()}); err != nil {
			return err
		}
	}
	c.csv.Flush()
	if err := c.csv.Error(); err != nil {
		return err
	}
	return c.out.Flush()
}
