package paper

import "iter"

// Column is a column of a table. Its width is a share of the table's; where no column says one,
// they are measured by the heads and the first rows.
type Column struct {
	Title string
	Width float64
	Right bool // numbers stand at the right
}

// measured is how many rows are looked at for the widths of columns.
const measured = 200

// table is how one is laid out.
type table struct {
	d       *Document
	columns []Column
	widths  []float64
	size    float64
	form    bool // without a head, and the first column says what the second is
}

const pad = 1.2

// Table writes a table. Its head stands again on every page; a row goes to the next page whole,
// unless it is longer than a page. Rows are taken one after the other and not kept.
func (d *Document) Table(columns []Column, rows iter.Seq[[]string]) {
	t := &table{d: d, columns: columns, size: 9}
	if len(columns) > 8 {
		t.size = 7
	}
	next, stop := iter.Pull(rows)
	defer stop()
	var first [][]string
	for len(first) < measured {
		row, more := next()
		if !more {
			break
		}
		first = append(first, row)
	}
	t.measure(first)
	d.room(3 * leading(t.size))
	t.head()
	for _, row := range first {
		t.row(row)
	}
	for row, more := next(); more; row, more = next() {
		t.row(row)
	}
	d.y += 3
}

// Pair is a field of a form: what it is called, and what stands in it.
type Pair struct{ Label, Text string }

// labels is the share of a form's width that its labels have.
const labels = 0.24

// Form writes fields under each other, with a rule under each. One goes to the next page whole, unless it is
// longer than a page.
func (d *Document) Form(pairs []Pair) {
	t := &table{d: d, columns: make([]Column, 2), widths: []float64{d.inner() * labels, d.inner() * (1 - labels)}, size: 9.5, form: true}
	for _, p := range pairs {
		t.row([]string{p.Label, p.Text})
	}
	d.y += 3
}

// Said writes what somebody wrote, under a small line that says who and when, and a rule under it.
func (d *Document) Said(who, text string) {
	lines := d.wrap(Drawn(text), body, d.inner())
	d.room(leading(8) + float64(min(len(lines), 3))*leading(body) + 3)
	d.paragraph(who, 8, 110)
	d.y -= 1
	d.paragraph(text, body, 30)
	d.pdf.Line(margin, d.y, d.width-margin, d.y)
	d.y += 2
}

// measure gives each column what its texts take, and shares out what is missing or left.
func (t *table) measure(rows [][]string) {
	said := 0.0
	for _, c := range t.columns {
		said += c.Width
	}
	wants, sum := make([]float64, len(t.columns)), 0.0
	for i, c := range t.columns {
		if wants[i] = c.Width; said > 0 {
			sum += wants[i]
			continue
		}
		most := t.d.inner() * 0.5
		wants[i] = t.d.widthOf(Drawn(c.Title), t.size)
		for _, row := range rows {
			if i < len(row) {
				wants[i] = max(wants[i], t.d.widthOf(Drawn(row[i]), t.size))
			}
		}
		wants[i] = min(wants[i], most) + 2*pad
		sum += wants[i]
	}
	t.widths = make([]float64, len(wants))
	for i, w := range wants {
		t.widths[i] = w / sum * t.d.inner()
	}
}

func (t *table) head() {
	if t.form {
		return
	}
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = c.Title
	}
	cells, height := t.cells(titles)
	t.d.pdf.SetFillColor(240, 242, 245)
	t.d.pdf.Rect(margin, t.d.y, t.d.inner(), float64(height)*leading(t.size)+pad, "F")
	t.draw(cells, height, 90)
}

// cells wraps the cells of a row and says how many lines it takes.
func (t *table) cells(row []string) ([][]string, int) {
	out, height := make([][]string, len(t.columns)), 1
	for i := range t.columns {
		if i < len(row) {
			out[i] = t.d.wrap(Drawn(row[i]), t.size, t.widths[i]-2*pad)
			height = max(height, len(out[i]))
		}
	}
	return out, height
}

func (t *table) row(row []string) {
	cells, height := t.cells(row)
	line := leading(t.size)
	for {
		left := int((t.d.bottom() - t.d.y - pad) / line)
		if height <= left {
			t.draw(cells, height, 30)
			return
		}
		whole := int((t.d.bottom()-margin-pad)/line) - 3 // under a head
		if height > whole && left > 2 {
			t.draw(cells, left, 30)
			for i, c := range cells {
				cells[i] = c[min(left, len(c)):]
			}
			height -= left
		}
		t.d.page()
		t.head()
	}
}

// draw draws the first lines of the cells, and a rule under them.
func (t *table) draw(cells [][]string, height, grey int) {
	d, x := t.d, margin
	d.letters(t.size, grey)
	for i, c := range t.columns {
		if t.form {
			d.letters(t.size, []int{110, 20}[i])
		}
		for n, text := range cells[i][:min(height, len(cells[i]))] {
			at := x + pad
			if c.Right {
				at = x + t.widths[i] - pad - d.widthOf(text, t.size)
			}
			if text != "" {
				d.pdf.Text(at, d.y+pad/2+float64(n)*leading(t.size)+leading(t.size)*0.75, text)
			}
		}
		x += t.widths[i]
	}
	d.y += float64(height)*leading(t.size) + pad
	d.pdf.Line(margin, d.y, d.width-margin, d.y)
}
