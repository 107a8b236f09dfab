package records

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"guan/fault"
)

// separators part the items of a set in a cell; a tag or label of a choice has none of them.
const separators = ",;|，；、｜\n"

var (
	errEncoding = fault.New(fault.Invalid, "encoding", "the text is damaged: it is not valid UTF-8")
	errControl  = fault.New(fault.Invalid, "control", "the text has a control character")
	errLines    = fault.New(fault.Invalid, "lines", "the text must stand on one line")
)

// normalText brings a text into the form in which it is stored: NFC, line ends as \n, no blanks
// at the ends. It refuses damaged text, control characters, and the direction overrides with
// which a text shows as another.
func normalText(text string, multiline bool) (string, error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
		return "", errEncoding
	}
	if multiline {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	text = strings.TrimFunc(norm.NFC.String(text), isBlank)
	for _, r := range text {
		switch {
		case r == '\n' || r == '\t':
			if !multiline {
				return "", errLines
			}
		case r == '\u2028' || r == '\u2029' || r == '\r':
			return "", errLines
		case unicode.Is(unicode.Cc, r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
			return "", errControl
		}
	}
	return text, nil
}

// isBlank is what may fall off the ends of a text: white space, and the invisible marks that
// files and chat programs leave there.
func isBlank(r rune) bool {
	return r == '\uFEFF' || r == '\u200B' || r != 0x85 && unicode.IsSpace(r)
}

// narrow turns full-width letters, digits and signs into ASCII: what an input method leaves in
// a number.
func narrow(text string) string { return width.Fold.String(norm.NFC.String(text)) }

// fold is the form in which labels and codes are compared: compatibility forms, upper case and
// blanks do not count.
func fold(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	return strings.Join(strings.Fields(text), "")
}

func countRunes(text string) int { return utf8.RuneCountInString(text) }
