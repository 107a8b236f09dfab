package jobs

import (
	"io"
	"slices"

	"guan/paper"
	"guan/sheet"
	"guan/store"
)

// pdfRecord writes one record as a document: its fields as a form, the records that point at it as tables, and
// what was said below it.
type pdfRecord struct {
	to    io.Writer
	stamp sheet.Stamp
	lists []pdfList // the first is of the record alone
	said  []said
	rows  int
}

type pdfList struct {
	heading string
	head    []string
	rows    [][]string
}

type said struct{ who, text string }

// NewRecord writes the document of a record.
func NewRecord(to io.Writer) store.RecordWriter {
	return &pdfRecord{to: to, lists: []pdfList{{}}}
}

func (p *pdfRecord) Stamp(s sheet.Stamp) { p.stamp = s }

func (p *pdfRecord) List(heading string) { p.lists = append(p.lists, pdfList{heading: heading}) }

func (p *pdfRecord) last() *pdfList { return &p.lists[len(p.lists)-1] }

func (p *pdfRecord) Header(headings []string) error {
	p.last().head = slices.Clone(headings)
	return nil
}

func (p *pdfRecord) Row(cells []sheet.Cell) error {
	p.last().rows = append(p.last().rows, shown(cells))
	return p.more()
}

func (p *pdfRecord) Said(who, at, text string) error {
	p.said = append(p.said, said{who + " · " + at, text})
	return p.more()
}

// more counts what is laid out in memory.
func (p *pdfRecord) more() error {
	if p.rows++; p.rows > pdfRows {
		return tooLong
	}
	return nil
}

func (p *pdfRecord) Close() error {
	if len(p.lists[0].rows) == 0 {
		return nil // it was given up
	}
	none, comments := "没有记录", "评论"
	if p.stamp.English {
		none, comments = "None", "Comments"
	}
	doc, err := stamped(p.stamp, false)
	if err != nil {
		return err
	}
	var pairs []paper.Pair
	for i, text := range p.lists[0].rows[0] {
		if text != "" {
			pairs = append(pairs, paper.Pair{Label: p.lists[0].head[i], Text: text})
		}
	}
	doc.Form(pairs)
	for _, list := range p.lists[1:] {
		doc.Heading(3, list.heading)
		if len(list.rows) == 0 {
			doc.Note(none)
			continue
		}
		doc.Table(columnsOf(list.head), slices.Values(list.rows))
	}
	if len(p.said) > 0 {
		doc.Heading(3, comments)
	}
	for _, one := range p.said {
		doc.Said(one.who, one.text)
	}
	return written(doc, p.to)
}
