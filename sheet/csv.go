package sheet

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"guan/fault"
)

// csvSource reads RFC 4180 as Excel writes it: quotes only around cells that need them, rows of
// unequal length, line ends of all three sorts.
type csvSource struct {
	file  *os.File
	in    *bufio.Reader
	comma byte
	cells []string
	cell  []byte
	code  string // the encoding
}

const byteOrderMark = "\xef\xbb\xbf"

func openCSV(path string) (*csvSource, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &csvSource{file: file}
	if err := s.start(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return s, nil
}

// start finds out the encoding from the whole file and the delimiter from the first row.
func (s *csvSource) start() error {
	utf8File, err := isUTF8(s.file)
	if err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var in io.Reader = s.file
	s.code = "utf-8"
	if !utf8File {
		s.code = "gb18030"
		in = simplifiedchinese.GB18030.NewDecoder().Reader(s.file)
	}
	s.in = bufio.NewReaderSize(in, 1<<16)
	if mark, _ := s.in.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = s.in.Discard(len(byteOrderMark))
	}
	head, err := s.in.Peek(1 << 16)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	// Excel's own way to say it: a first line 'sep=;'.
	if len(head) > 5 && strings.EqualFold(string(head[:4]), "sep=") && (head[5] == '\n' || head[5] == '\r') {
		s.comma = head[4]
		_, err := s.record()
		return err
	}
	s.comma = delimiter(head)
	return nil
}

func (s *csvSource) close() error { return s.file.Close() }

// isUTF8 tells UTF-8 from GB18030, the two encodings of Chinese tables. Text of the one is
// hardly ever valid in the other; a file that is UTF-8 but for a damaged place must be told
// where it is damaged and not be read as something else.
func isUTF8(r io.Reader) (bool, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	wide, broken := 0, 0
	if mark, _ := in.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		return true, nil
	}
	for {
		c, size, err := in.ReadRune()
		switch {
		case errors.Is(err, io.EOF):
			return broken == 0 || wide > broken, nil
		case err != nil:
			return false, err
		case c == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			wide++
		}
	}
}

// delimiter returns the candidate that parts the first row that is not blank into most cells.
func delimiter(head []byte) byte {
	counts := map[byte]int{}
	quoted, empty := false, true
	for _, c := range head {
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if (c == '\n' || c == '\r') && !empty {
			break
		}
		if c != '\n' && c != '\r' && c != ' ' {
			empty = false
		}
		counts[c]++
	}
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

func (s *csvSource) next() ([]string, error) { return s.record() }

// record reads one row. Inside quotes everything but "" stands for itself; line ends there
// become \n.
func (s *csvSource) record() ([]string, error) {
	s.cells, s.cell = s.cells[:0], s.cell[:0]
	quoted, closed, any := false, false, false
	for {
		c, err := s.in.ReadByte()
		if errors.Is(err, io.EOF) {
			switch {
			case quoted:
				return nil, fault.Newf(fault.Invalid, "quote", "the quoted cell in column %d has no end", len(s.cells)+1).With("column", len(s.cells)+1)
			case !any:
				return nil, io.EOF
			}
			return append(s.cells, string(s.cell)), nil
		}
		if err != nil {
			return nil, err
		}
		any = true
		if c == '\r' {
			if after, _ := s.in.Peek(1); len(after) == 1 && after[0] == '\n' {
				_, _ = s.in.Discard(1)
			}
			c = '\n'
		}
		switch {
		case quoted && c == '"':
			if after, _ := s.in.Peek(1); len(after) == 1 && after[0] == '"' {
				_, _ = s.in.Discard(1)
				s.cell = append(s.cell, '"')
			} else {
				quoted, closed = false, true
			}
		case quoted:
			s.cell = append(s.cell, c)
		case c == s.comma:
			s.cells = append(s.cells, string(s.cell))
			s.cell, closed = s.cell[:0], false
		case c == '\n':
			return append(s.cells, string(s.cell)), nil
		case closed:
			if c != ' ' {
				return nil, s.skip(fault.New(fault.Invalid, "quote", "something follows the quote that ends the cell; a quote inside a cell is written twice"))
			}
		case c == '"' && len(s.cell) == 0:
			quoted = true
		default:
			s.cell = append(s.cell, c)
		}
		if len(s.cell) > maxCell {
			return nil, fault.Newf(fault.Invalid, "cell_too_long", "the cell in column %d is too long; probably a quote is missing", len(s.cells)+1).With("column", len(s.cells)+1)
		}
		if len(s.cells) > maxColumns {
			return nil, fault.Newf(fault.Invalid, "too_many_columns", "a row has more than %d cells", maxColumns)
		}
	}
}

// skip passes over the rest of a row of which one cell is wrong.
func (s *csvSource) skip(f *fault.Error) error {
	broken := &cellFault{column: len(s.cells) + 1, fault: f}
	for {
		c, err := s.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return broken
		case err != nil:
			return err
		case c == '\n':
			return broken
		case c == '\r':
			if after, _ := s.in.Peek(1); len(after) == 1 && after[0] == '\n' {
				_, _ = s.in.Discard(1)
			}
			return broken
		}
	}
}
