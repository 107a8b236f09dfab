package jobs

import (
	"io"
	"slices"
	"time"

	"guan/fault"
	"guan/paper"
	"guan/sheet"
	"guan/store"
)

// What a document holds: more columns cannot be read, and it is laid out in memory.
const (
	pdfColumns = store.PDFColumns
	pdfRows    = 5000
)

var (
	tooWide = fault.Newf(fault.Invalid, "too_many_columns", "a page has room for %d columns: choose fewer, or export a workbook", pdfColumns)
	tooLong = fault.Newf(fault.Invalid, "too_many_rows", "a document holds %d rows: export fewer, or a workbook", pdfRows)
)

// pdfTable writes a table as a document: who made it and its code at the foot of every page and pale under it.
type pdfTable struct {
	to    io.Writer
	stamp sheet.Stamp
	head  []string
	rows  [][]string
}

func (p *pdfTable) Stamp(s sheet.Stamp) { p.stamp = s }

func (p *pdfTable) Header(headings []string) error {
	if len(headings) > pdfColumns {
		return tooWide
	}
	p.head = slices.Clone(headings)
	return nil
}

func (p *pdfTable) Row(cells []sheet.Cell) error {
	if len(p.rows) == pdfRows {
		return tooLong
	}
	p.rows = append(p.rows, shown(cells))
	return nil
}

func shown(cells []sheet.Cell) []string {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = c.Shown()
	}
	return row
}

func (p *pdfTable) Close() error {
	if p.head == nil {
		return nil // it was given up
	}
	doc, err := stamped(p.stamp, len(p.head) > 4)
	if err != nil {
		return err
	}
	doc.Table(columnsOf(p.head), slices.Values(p.rows))
	return written(doc, p.to)
}

// stamped begins a document that says on every page who made it, and when, with its code.
func stamped(s sheet.Stamp, landscape bool) (*paper.Document, error) {
	doc, err := paper.New(paper.Options{
		Title: s.Title, Subject: s.Line, Author: s.Who, Keywords: s.Code, Made: s.At, English: s.English,
		Landscape: landscape, Foot: s.Line, Watermark: s.Who + "  " + s.At.In(time.FixedZone("UTC+8", 8*3600)).Format("2006-01-02 15:04") + "  " + s.Code,
	})
	if err == nil {
		doc.Heading(2, s.Title)
	}
	return doc, err
}

func columnsOf(headings []string) []paper.Column {
	columns := make([]paper.Column, len(headings))
	for i, heading := range headings {
		columns[i].Title = heading
	}
	return columns
}

func written(doc *paper.Document, to io.Writer) error {
	data, err := doc.Bytes()
	if err == nil {
		_, err = to.Write(data)
	}
	return err
}
