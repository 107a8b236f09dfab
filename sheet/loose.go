package sheet

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// LooseCell is a cell of a file that somebody may have changed, as it shows.
type LooseCell struct {
	Text   string
	Styled bool // it has a format as a Writer gives it,
	Unseen bool // with what does not show of it
}

// EachRow reads whatever rows a file has, blank ones aside, with or without headings, ragged or damaged in
// places, as they show: numbers with the decimals of their format, dates with their separators. It returns
// the codes with which the file is stamped. Faults: Invalid where the file is no table that can be read.
func EachRow(path string, opts Options, row func(number int, cells []LooseCell) error) (codes []string, err error) {
	format, err := detect(path, opts.Name)
	if err != nil {
		return nil, err
	}
	var src source
	opts.Formats = true
	if format == xlsxFormat {
		src, err = openXLSX(path, opts)
	} else {
		src, err = openCSV(path)
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, src.close()) }()
	book, _ := src.(*xlsxSource)
	if book != nil {
		codes = book.codes()
	}
	any := false
	for number := 1; ; number++ {
		cells, err := src.next()
		var in *cellFault
		switch {
		case errors.Is(err, io.EOF):
			return codes, nil
		case errors.As(err, &in):
			continue
		case err != nil && any:
			return codes, nil // half a file tells something too
		case err != nil:
			return nil, err
		case blank(cells):
			continue
		}
		if isStamp(cells) {
			codes = append(codes, stampText.FindStringSubmatch(cells[0])[1])
			continue
		}
		any = true
		out := make([]LooseCell, len(cells))
		for i, cell := range cells {
			if book != nil {
				out[i] = book.loose(cell)
			} else {
				out[i].Text = unguard(cell)
			}
			if !utf8.ValidString(out[i].Text) {
				out[i] = LooseCell{}
			}
		}
		if err := row(number, out); err != nil {
			return nil, err
		}
	}
}

// cellForm is what a mark of tellFormats stands for.
type cellForm struct {
	kind     numberFormat
	text     bool
	slashes  bool
	short    bool
	unseen   bool
	decimals int
}

const firstFormat rune = 0x10F000

// tellFormats is markFormats for EachRow: every format becomes a private character in front of the cell.
func tellFormats(book *excelize.File) (map[rune]cellForm, error) {
	codes := map[int]string{}
	if book.Styles.NumFmts != nil {
		for _, f := range book.Styles.NumFmts.NumFmt {
			codes[f.NumFmtID] = f.FormatCode
		}
	}
	xfs := slices.Clone(book.Styles.CellXfs.Xf)
	forms, ids := map[rune]cellForm{}, map[cellForm]int{}
	for i, xf := range xfs {
		f := cellForm{unseen: xf.Protection != nil && xf.Protection.Hidden != nil && *xf.Protection.Hidden}
		if xf.NumFmtID != nil {
			code := codes[*xf.NumFmtID]
			f.text = *xf.NumFmtID == 49 || code == "@"
			if !f.text {
				f.kind = kindOfFormat(*xf.NumFmtID, codes)
			}
			first, _, _ := strings.Cut(code, ";")
			f.slashes = strings.Contains(first, "/") || f.kind == dateFormat && (*xf.NumFmtID == 14 || *xf.NumFmtID == 22)
			f.short = f.kind == dateFormat && (!strings.Contains(first, "mm-dd") && !strings.Contains(strings.ReplaceAll(first, `\`, ""), "mm/dd"))
			_, fraction, _ := strings.Cut(first, ".")
			f.decimals = len(fraction) - len(strings.TrimLeft(fraction, "0"))
			if *xf.NumFmtID == 2 || *xf.NumFmtID == 4 {
				f.decimals = 2 // 0.00 and #,##0.00
			}
		}
		id, known := ids[f]
		if !known {
			sign := firstFormat + rune(len(forms))
			forms[sign] = f
			code := fmt.Sprintf(`"%[1]c"0.000000000000;"%[1]c"-0.000000000000;"%[1]c"0;"%[1]c"@`, sign)
			style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &code})
			if err != nil {
				return nil, errDamaged.WithCause(err)
			}
			id = *book.Styles.CellXfs.Xf[style].NumFmtID
			ids[f] = id
		}
		book.Styles.CellXfs.Xf[i].NumFmtID = &id
	}
	return forms, nil
}

// loose is a cell as it shows.
func (s *xlsxSource) loose(cell string) LooseCell {
	sign, size := utf8.DecodeRuneInString(cell)
	f, marked := s.forms[sign]
	if !marked {
		return LooseCell{Text: unguard(cell)}
	}
	text := cell[size:]
	out := LooseCell{Text: unguard(text), Styled: f.text || f.kind == dateFormat, Unseen: f.unseen}
	if f.text {
		return out
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return out
	}
	if f.kind == plainFormat {
		out.Text = strconv.FormatFloat(n, 'f', -1, 64)
		if whole, fraction, _ := strings.Cut(out.Text, "."); len(fraction) < f.decimals {
			out.Text = whole + "." + fraction + strings.Repeat("0", f.decimals-len(fraction))
		}
		return out
	}
	out.Text = shown(string(rune(f.kind))+text, s.base)
	for _, layout := range []string{dateLayout, timeLayout} {
		if t, err := time.Parse(layout, out.Text); err == nil {
			out.Text = t.Format(dated(layout, f.slashes, f.short))
		}
	}
	return out
}

// codes are those in the properties and on the margins of a workbook.
func (s *xlsxSource) codes() (out []string) {
	props, err := s.book.GetCustomProps()
	if err == nil {
		for _, p := range props {
			if code, ok := p.Value.(string); ok && p.Name == stampProperty {
				out = append(out, code)
			}
		}
	}
	if doc, err := s.book.GetDocProps(); err == nil && doc != nil && doc.Identifier != "" {
		out = append(out, doc.Identifier)
	}
	for _, name := range s.sheets() {
		if edge, err := s.book.GetHeaderFooter(name); err == nil && edge != nil {
			if code, ok := strings.CutPrefix(edge.OddHeader, "&R"); ok {
				out = append(out, code)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
