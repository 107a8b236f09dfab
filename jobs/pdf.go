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
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = c.Shown()
	}
	p.rows = append(p.rows, row)
	return nil
}

func (p *pdfTable) Close() error {
	if p.head == nil {
		return nil // it was given up
	}
	s := p.stamp
	doc, err := paper.New(paper.Options{
		Title: s.Title, Subject: s.Line, Author: s.Who, Keywords: s.Code, Made: s.At, English: s.English,
		Landscape: len(p.head) > 4, Foot: s.Line, Watermark: s.Who + "  " + s.At.In(time.FixedZone("UTC+8", 8*3600)).Format("2006-01-02 15:04") + "  " + s.Code,
	})
	if err != nil {
		return err
	}
	doc.Heading(2, s.Title)
	columns := make([]paper.Column, len(p.head))
	for i, heading := range p.head {
		columns[i].Title = heading
	}
	doc.Table(columns, slices.Values(p.rows))
	data, err := doc.Bytes()
	if err != nil {
		return err
	}
	_, err = p.to.Write(data)
	return err
}
