package paper

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed font/wqy-microhei.ttf.gz
var packed []byte

// unpack gives the font. A document unpacks it anew: at rest it takes no memory.
func unpack() ([]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(zip)
}

// covered are the characters of the first plane for which the font has a glyph.
var covered = sync.OnceValue(func() *[1 << 16]bool {
	var has [1 << 16]bool
	font, err := unpack()
	if err != nil {
		panic(err) // the font is part of the program
	}
	be := binary.BigEndian
	var cmap []byte
	for i := range int(be.Uint16(font[4:])) {
		if at := font[12+16*i:]; string(at[:4]) == "cmap" {
			cmap = font[be.Uint32(at[8:]):]
		}
	}
	var table []byte
	for i := range int(be.Uint16(cmap[2:])) {
		at := cmap[4+8*i:]
		if sub := cmap[be.Uint32(at[4:]):]; be.Uint16(at) == 3 && be.Uint16(sub) == 4 {
			table = sub
		}
	}
	n := int(be.Uint16(table[6:])) / 2
	ends, starts, deltas, offsets := table[14:], table[16+2*n:], table[16+4*n:], table[16+6*n:]
	for i := range n {
		first, last := int(be.Uint16(starts[2*i:])), int(be.Uint16(ends[2*i:]))
		for c := first; c <= last; c++ {
			glyph := uint16(c)
			if off := int(be.Uint16(offsets[2*i:])); off != 0 {
				glyph = be.Uint16(offsets[2*i+off+2*(c-first):])
			}
			has[c] = glyph+be.Uint16(deltas[2*i:]) != 0 && c != 0xFFFF
		}
	}
	return &has
})

// Drawn is how a text stands in a document: what has no shape of its own is left out, and what
// the font has no shape for is named by its number.
func Drawn(text string) string {
	has := covered()
	plain := true
	for _, r := range text {
		if r > 0xFFFF || !has[r] || r < ' ' || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		text = norm.NFC.String(text) // an accent of its own would stand beside its letter
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			out.WriteRune(r)
		case r == '\t' || r == '\u00a0':
			out.WriteByte(' ')
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		case r > 0xFFFF || !has[r]:
			fmt.Fprintf(&out, "〔U+%04X〕", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
