package sheet

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"guan/fault"
)

type format int

const (
	csvFormat format = iota
	xlsxFormat
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") // Excel before 2007, and everything with a password
)

// detect judges a file by its first bytes and refuses one whose name says otherwise: who sends a
// picture called .csv or an old .xls made a mistake that deserves a plain answer.
func detect(path, name string) (format, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	head = head[:n]
	ext := strings.ToLower(filepath.Ext(name))
	invalid := func(code, detail string) (format, error) { return 0, fault.New(fault.Invalid, code, detail) }
	switch {
	case n == 0:
		return invalid("empty", "the file is empty")
	case bytes.HasPrefix(head, oleMagic) && ext == ".xls":
		return invalid("file_type", "this is a workbook of Excel before 2007; save it as .xlsx")
	case bytes.HasPrefix(head, oleMagic):
		return invalid("encrypted", "the workbook has a password or is of Excel before 2007; save it as .xlsx without a password")
	case bytes.HasPrefix(head, zipMagic):
		if ext == ".csv" || ext == ".tsv" || ext == ".txt" {
			return invalid("file_type", "the file is called "+ext+" but is a workbook or archive; an XLSX must be called .xlsx")
		}
		return xlsxFormat, nil
	case ext == ".xlsx" || ext == ".xlsm":
		return invalid("file_type", "the file is called "+ext+" but is no workbook; a table in text must be called .csv")
	case ext == ".xls" || ext == ".ods" || ext == ".numbers" || ext == ".pdf":
		return invalid("file_type", "only .csv and .xlsx can be read; save the table as one of these")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return invalid("encoding", "the file is in UTF-16; save it as 'CSV UTF-8'")
	case binary(head):
		return invalid("file_type", "the file is no text; only .csv and .xlsx can be read")
	}
	return csvFormat, nil
}

// binary reports whether too many bytes are none of text. A single one is told with its place.
func binary(head []byte) bool {
	odd := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			odd++
		}
	}
	return odd > 4 && odd > len(head)/10
}
