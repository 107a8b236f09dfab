package paper

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Options are what holds for a whole document.
type Options struct {
	Title, Subject, Author, Keywords string

	// Made stands in the properties of the file.
	Made time.Time

	// English writes the foot in English; otherwise it is Chinese.
	English bool

	// Landscape turns the page, for wide tables.
	Landscape bool

	// Foot stands at the lower left of every page, the number of the page at the lower right.
	Foot string

	// Watermark lies under every page again and again, pale, and once in small letters at its
	// head, where it can be read. Empty is none.
	Watermark string
}

// A page is A4; lengths are in millimetres, the sizes of letters in points.
const (
	margin = 15.0
	footer = 14.0
	body   = 10.0
	family = "hei"
)

// Document is a PDF that is being written.
type Document struct {
	pdf           *fpdf.Fpdf
	options       Options
	width, height float64 // of the page
	y             float64 // where the next thing stands
	widths        map[rune]int
}

// New begins a document with its first page.
func New(o Options) (*Document, error) {
	font, err := unpack()
	if err != nil {
		return nil, err
	}
	d := &Document{options: o, width: 210, height: 297, widths: map[rune]int{}}
	turn := "P"
	if o.Landscape {
		turn, d.width, d.height = "L", d.height, d.width
	}
	d.pdf = fpdf.New(turn, "mm", "A4", "")
	d.pdf.SetCatalogSort(true)
	d.pdf.SetCreationDate(o.Made.UTC())
	d.pdf.SetModificationDate(o.Made.UTC())
	d.pdf.SetProducer("Guan", true)
	d.pdf.SetTitle(o.Title, true)
	d.pdf.SetSubject(o.Subject, true)
	d.pdf.SetAuthor(o.Author, true)
	d.pdf.SetKeywords(o.Keywords, true)
	d.pdf.SetLang("zh-CN")
	if o.English {
		d.pdf.SetLang("en")
	}
	d.pdf.SetAutoPageBreak(false, 0)
	d.pdf.AddUTF8FontFromBytes(family, "", font)
	d.pdf.SetFont(family, "", body)
	d.pdf.SetDrawColor(200, 200, 200)
	d.pdf.SetLineWidth(0.2)
	d.page()
	return d, nil
}

// page begins a page, with what lies under it.
func (d *Document) page() {
	d.pdf.AddPage()
	d.y = margin
	mark := Drawn(d.options.Watermark)
	if mark == "" {
		return
	}
	d.letters(16, 232)
	step := float64(d.widthOf(mark, 16)) + 25
	for y := -20.0; y < d.height+step/2; y += 45 {
		shift := 0.0
		if int((y+20)/45)%2 == 1 {
			shift = step / 2
		}
		for x := -step + shift; x < d.width; x += step {
			d.pdf.TransformBegin()
			d.pdf.TransformRotate(24, x, y)
			d.pdf.Text(x, y, mark)
			d.pdf.TransformEnd()
		}
	}
	d.letters(7, 120)
	d.pdf.Text(margin, margin-6, d.cut(mark, 7, d.inner()))
}

// inner is the width between the margins.
func (d *Document) inner() float64 { return d.width - 2*margin }

// bottom is where the foot of the page begins.
func (d *Document) bottom() float64 { return d.height - margin - footer/2 }

// room begins a page if less than this is left of it.
func (d *Document) room(height float64) {
	if d.y+height > d.bottom() && d.y > margin {
		d.page()
	}
}

// letters sets size and greyness of what is drawn next.
func (d *Document) letters(size float64, grey int) {
	d.pdf.SetFontSize(size)
	d.pdf.SetTextColor(grey, grey, grey)
}

// leading is the height of a line of letters of a size.
func leading(size float64) float64 { return size * 0.3528 * 1.5 }

// Heading writes a heading: level 1 is the document's name, 2 a part, 3 a part of that. It stays
// on one page with the beginning of what follows.
func (d *Document) Heading(level int, text string) {
	size := []float64{20, 14, 11.5}[min(max(level, 1), 3)-1]
	d.y += []float64{0, 5, 3}[min(max(level, 1), 3)-1]
	lines := d.wrap(Drawn(text), size, d.inner())
	d.room(float64(len(lines))*leading(size) + 25)
	d.letters(size, 20)
	// The font has one weight; a thin stroke around the letters makes them bold.
	d.pdf.SetTextRenderingMode(2)
	d.pdf.SetLineWidth(size * 0.012)
	d.pdf.SetDrawColor(20, 20, 20)
	d.lines(lines, size, margin)
	d.pdf.SetTextRenderingMode(0)
	d.pdf.SetLineWidth(0.2)
	d.pdf.SetDrawColor(200, 200, 200)
	d.y += 1.5
}

// Paragraph writes a text over as many lines as it takes.
func (d *Document) Paragraph(text string) { d.paragraph(text, body, 30) }

// Note writes a text small and grey.
func (d *Document) Note(text string) { d.paragraph(text, 8, 110) }

func (d *Document) paragraph(text string, size float64, grey int) {
	for _, line := range d.wrap(Drawn(text), size, d.inner()) {
		d.room(leading(size))
		d.letters(size, grey)
		d.lines([]string{line}, size, margin)
	}
	d.y += 1.5
}

// lines draws lines one under the other from where the document is.
func (d *Document) lines(lines []string, size, x float64) {
	for _, line := range lines {
		d.pdf.Text(x, d.y+leading(size)*0.75, line)
		d.y += leading(size)
	}
}

// Bar is one bar of a chart: its length, and how that is said.
type Bar struct {
	Label, Said string
	Length      float64
}

// Bars draws bars under each other, the longest over the whole width.
func (d *Document) Bars(bars []Bar) {
	const size, label, said = 9.0, 0.28, 0.16
	longest := 0.0
	for _, b := range bars {
		longest = max(longest, b.Length)
	}
	height := leading(size) + 1
	for _, b := range bars {
		d.room(height)
		d.letters(size, 40)
		d.pdf.Text(margin, d.y+leading(size)*0.75, d.cut(Drawn(b.Label), size, d.inner()*label-2))
		full := d.inner() * (1 - label - said)
		if longest > 0 && b.Length > 0 {
			d.pdf.SetFillColor(9, 88, 217)
			d.pdf.Rect(margin+d.inner()*label, d.y+1, max(full*b.Length/longest, 0.4), leading(size)-2, "F")
		}
		text := Drawn(b.Said)
		d.pdf.Text(d.width-margin-d.widthOf(text, size), d.y+leading(size)*0.75, text)
		d.y += height
	}
	d.y += 2
}

// Bytes ends the document: the feet are written now that the number of pages is known.
func (d *Document) Bytes() ([]byte, error) {
	pages := d.pdf.PageNo()
	for n := 1; n <= pages; n++ {
		d.pdf.SetPage(n)
		number := fmt.Sprintf("第 %d 页，共 %d 页", n, pages)
		if d.options.English {
			number = fmt.Sprintf("Page %d of %d", n, pages)
		}
		at := d.height - margin + 3
		// The page last written to may have left another size of letters.
		d.pdf.SetFont(family, "", body)
		d.letters(8, 110)
		wide := d.widthOf(number, 8)
		d.pdf.Text(d.width-margin-wide, at, number)
		d.pdf.Text(margin, at, d.cut(Drawn(strings.ReplaceAll(d.options.Foot, "\n", " ")), 8, d.inner()-wide-5))
	}
	var out bytes.Buffer
	if err := d.pdf.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
