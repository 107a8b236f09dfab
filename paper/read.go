package paper

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
)

var (
	streams = regexp.MustCompile(`(?s)/Length \d+>>\s*stream\r?\n|/FlateDecode[^>]*/Length \d+>>\s*stream\r?\n`)
	shown   = regexp.MustCompile(`(?s)BT [-0-9.]+ [-0-9.]+ Td \(((?:[^\\()]|\\.)*)\) Tj ET`)
)

var errTooBig = errors.New("the document is bigger than anything written here")

// most is how many bytes of text a document is read for: a small file can unpack to any size.
const most = 256 << 20

// pages unpacks the pages of a document that this package wrote, in their order. Other documents have none.
func pages(data []byte, read func(page []byte) error) error {
	left := int64(most)
	for _, at := range streams.FindAllIndex(data, -1) {
		zip, err := zlib.NewReader(bytes.NewReader(data[at[1]:]))
		if err != nil {
			continue // not packed: no page
		}
		page, err := io.ReadAll(io.LimitReader(zip, left))
		if err != nil {
			continue
		}
		if left -= int64(len(page)); left <= 0 {
			return errTooBig
		}
		if err := read(page); err != nil {
			return err
		}
	}
	return nil
}

// Lines reads the texts back out of a document that this package wrote, in the order in which
// they were drawn: each line of a cell or paragraph is one. Other documents have none.
func Lines(data []byte) ([]string, error) {
	var out []string
	err := pages(data, func(page []byte) error {
		for _, m := range shown.FindAllSubmatch(page, -1) {
			out = append(out, text(m[1]))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// text undoes the spelling of a string in a PDF.
func text(raw []byte) string {
	plain := strings.NewReplacer(`\\`, `\`, `\(`, "(", `\)`, ")", `\r`, "\r").Replace(string(raw))
	units := make([]uint16, 0, len(plain)/2)
	for i := 0; i+1 < len(plain); i += 2 {
		units = append(units, uint16(plain[i])<<8|uint16(plain[i+1]))
	}
	return string(utf16.Decode(units))
}
