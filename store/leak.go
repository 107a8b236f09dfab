package store

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"guan/fault"
	"guan/mark"
	"guan/paper"
	"guan/sheet"
)

// Leak is a table, or a part of one, of which somebody wants to know whose copy it is.
type Leak struct {
	Name  string // what it is called
	Hash  string // SHA-256 of what was handed in
	Codes []string
	Total int // rows that it has
	Lines []LeakLine
}

// LeakLine is one of its rows.
type LeakLine struct {
	Number int
	Texts  []string
	Cells  []mark.Cell // one for each text
}

const (
	leakLines = 1000 // rows that are looked at; of a longer table some from all of it
	leakText  = 4 << 20
	leakCells = 300 // of one row
)

// ReadLeak reads a file: a workbook, or text of any shape. Faults: Invalid.
func ReadLeak(path, name, folder string) (*Leak, error) {
	hash, head, err := summed(path)
	if err != nil {
		return nil, err
	}
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".txt" || ext == ".md" {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		l, err := LeakOf(string(text))
		if err == nil {
			l.Name, l.Hash = name, hash
		}
		return l, err
	}
	l := &Leak{Name: name, Hash: hash}
	if strings.HasPrefix(head, "%PDF-") {
		return l, l.readPDF(path)
	}
	l.Codes, err = sheet.EachRow(path, sheet.Options{Name: name, TempDir: folder}, func(number int, cells []sheet.LooseCell) error {
		line := LeakLine{Number: number}
		for i, c := range cells[:min(len(cells), leakCells)] {
			read := mark.Read(c.Text)
			read.Column = i
			if c.Styled {
				read = read.WithFormat(c.Unseen)
			}
			line.Texts, line.Cells = append(line.Texts, c.Text), append(line.Cells, read)
		}
		l.add(line)
		return nil
	})
	if err != nil {
		return nil, err
	}
	l.Codes = append(l.Codes, codesIn(head)...)
	return l, nil
}

// pdfMost bounds a document: it is read as a whole.
const pdfMost = 64 << 20

// readPDF reads a document as an export here writes it. The text of others is in fonts of their own, and what
// was scanned has none: there is the code, which stands on every page.
func (l *Leak) readPDF(path string) error {
	at, err := os.Stat(path)
	if err != nil {
		return err
	}
	if at.Size() > pdfMost {
		return fault.New(fault.Invalid, "too_big", "the document is too big: type the code that stands on its pages")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	rows, err := paper.Rows(data)
	if err != nil || len(rows) == 0 {
		return fault.New(fault.Invalid, "pdf_text", "the text of this document cannot be read here: type the code that stands on its pages, or copy the text out of it")
	}
	for i, row := range rows {
		line := LeakLine{Number: i + 1}
		for column, text := range row[:min(len(row), leakCells)] {
			read := mark.Read(text)
			read.Column = column
			line.Texts, line.Cells = append(line.Texts, text), append(line.Cells, read)
			l.Codes = append(l.Codes, codesIn(text)...)
		}
		l.add(line)
	}
	slices.Sort(l.Codes)
	l.Codes = slices.Compact(l.Codes)
	return nil
}

// summed is the hash of a file, and its beginning where it is text.
func summed(path string) (hash, head string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", "", err
	}
	defer file.Close()
	sum := sha256.New()
	begin := make([]byte, 4096)
	n, _ := io.ReadFull(io.TeeReader(file, sum), begin)
	if _, err := io.Copy(sum, file); err != nil {
		return "", "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), string(begin[:n]), nil
}

var (
	leakParts = regexp.MustCompile(`[\t,|;，；、｜]| {2,}|\x{3000}`)
	leakPhone = regexp.MustCompile(`1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}`)
	leakCode  = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}\b`)
)

// codesIn are the codes of copies in a text.
func codesIn(text string) (out []string) {
	for _, found := range leakCode.FindAllString(text, 20) {
		if code, ok := mark.ParseCode(found); ok {
			out = append(out, code)
		}
	}
	return out
}

// LeakOf reads a text, such as one that was copied from a chat or read from a photo: a row in each line,
// cells between tabs, commas and wide gaps, telephone numbers wherever they stand. Faults: Invalid.
func LeakOf(text string) (*Leak, error) {
	if len(text) > leakText {
		return nil, fault.New(fault.Invalid, "too_long", "the text is longer than 4 MB: hand it in as a table").With("max", leakText)
	}
	sum := sha256.Sum256([]byte(text))
	l := &Leak{Hash: hex.EncodeToString(sum[:]), Codes: codesIn(text)}
	number := 0
	for one := range strings.Lines(strings.ToValidUTF8(text, "")) {
		number++
		one = strings.TrimRight(one, "\r\n")
		if strings.TrimSpace(one) == "" {
			continue
		}
		parts := leakParts.Split(one, leakCells)
		if len(parts) == 1 {
			parts = append(parts, strings.Fields(one)...)
		}
		line := LeakLine{Number: number}
		for _, part := range append(parts, leakPhone.FindAllString(one, leakCells)...) {
			read := mark.Read(part)
			read.Column = len(line.Cells)
			line.Texts, line.Cells = append(line.Texts, part), append(line.Cells, read)
		}
		l.add(line)
	}
	if l.Total == 0 {
		return nil, fault.New(fault.Invalid, "empty", "there is nothing to look at")
	}
	return l, nil
}

// add takes a row. Of a table with more than leakLines every n-th is kept, so that what was put together
// of several copies is seen in the same shares.
func (l *Leak) add(line LeakLine) {
	l.Total++
	if len(l.Lines) < leakLines {
		l.Lines = append(l.Lines, line)
		return
	}
	// The hash of the number in the place of chance: the same table is always looked at alike.
	at := (uint64(l.Total) * 0x9E3779B97F4A7C15 >> 11) % uint64(l.Total)
	if at < leakLines {
		l.Lines[at] = line
	}
}
