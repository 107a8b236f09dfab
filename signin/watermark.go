package signin

import (
	"slices"
	"strings"

	"guan/fault"
)

// The code of a watermark stands for a session. It is read off a photograph and typed: ten symbols of
// Crockford's alphabet, in which 0 and O, 1, I and L are the same. The last two are chosen so that the
// symbols add up to nothing, and so do the symbols each multiplied by the power of its place, in the
// field of 32: no two codes differ in fewer than three places, so that one wrong symbol is put right.
const (
	symbols       = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeSymbols   = 10
	randomSymbols = codeSymbols - 2
	unread        = -1 // a symbol that nobody could read
)

// WatermarkBytes is how much chance a code takes.
const WatermarkBytes = 5

// WatermarkCode is the code of 40 bits of chance.
func WatermarkCode(chance [WatermarkBytes]byte) string {
	var bits uint64
	for _, b := range chance {
		bits = bits<<8 | uint64(b)
	}
	code := make([]int, codeSymbols)
	for i := range randomSymbols {
		code[i] = int(bits >> (5 * i) & 31)
	}
	code[randomSymbols], code[randomSymbols+1] = unread, unread
	return filled(code)[0]
}

// WatermarkCodes are the codes that somebody may have meant who typed the text: the code itself where it
// is one, else those from which the text is one slip away: a symbol misread, left out, typed twice, or two
// in each other's place. A symbol that cannot be read is typed as '?', at most two. Faults: Invalid.
func WatermarkCodes(text string) ([]string, error) {
	typed, err := typedSymbols(text)
	if err != nil {
		return nil, err
	}
	var found []string
	switch missing := count(typed, unread); {
	case len(typed) == codeSymbols && missing > 0 && missing <= 2:
		found = filled(typed)
	case len(typed) == codeSymbols && missing == 0 && adds(typed):
		return []string{spelled(typed)}, nil
	case len(typed) == codeSymbols && missing == 0:
		for i := range typed {
			found = append(found, filled(slices.Replace(slices.Clone(typed), i, i+1, unread))...)
			if i > 0 {
				swapped := slices.Clone(typed)
				swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
				found = append(found, filled(swapped)...)
			}
		}
	case len(typed) == codeSymbols-1 && missing == 0:
		for i := range codeSymbols {
			found = append(found, filled(slices.Insert(slices.Clone(typed), i, unread))...)
		}
	case len(typed) == codeSymbols+1 && missing == 0:
		for i := range typed {
			found = append(found, filled(slices.Delete(slices.Clone(typed), i, i+1))...)
		}
	default:
		return nil, watermarkCode
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

var watermarkCode = fault.Newf(fault.Invalid, "watermark_code", "a code of a watermark has %d letters and digits; type ? for one that cannot be read, two at most", codeSymbols).WithAt("code")

// typedSymbols reads what was typed: in small letters or full width, with or without what parts it.
func typedSymbols(text string) ([]int, error) {
	var typed []int
	for _, r := range text {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		switch r {
		case ' ', '-', '.', '·', '\u3000', '\t', '\n', '\r':
			continue
		case '?', '*', '_':
			typed = append(typed, unread)
		case 'O':
			typed = append(typed, 0)
		case 'I', 'L':
			typed = append(typed, 1)
		default:
			at := strings.IndexRune(symbols, r)
			if at < 0 {
				return nil, watermarkCode
			}
			typed = append(typed, at)
		}
		if len(typed) > codeSymbols+1 {
			return nil, watermarkCode
		}
	}
	return typed, nil
}

// filled are the codes that a code with symbols unread can be.
func filled(code []int) []string {
	at := slices.Index(code, unread)
	if at < 0 {
		if !adds(code) {
			return nil
		}
		return []string{spelled(code)}
	}
	var found []string
	for symbol := range len(symbols) {
		found = append(found, filled(slices.Replace(slices.Clone(code), at, at+1, symbol))...)
	}
	return found
}

// adds reports whether the symbols are those of a code.
func adds(code []int) bool {
	plain, placed := 0, 0
	for i := len(code) - 1; i >= 0; i-- {
		plain ^= code[i]
		if placed <<= 1; placed&32 != 0 {
			placed ^= 0b100101 // x⁵ + x² + 1, of which x is a generator
		}
		placed ^= code[i]
	}
	return plain == 0 && placed == 0
}

func spelled(code []int) string {
	var b strings.Builder
	for i, symbol := range code {
		if i == codeSymbols/2 {
			b.WriteByte('-')
		}
		b.WriteByte(symbols[symbol])
	}
	return b.String()
}

func count(all []int, one int) int {
	n := 0
	for _, x := range all {
		if x == one {
			n++
		}
	}
	return n
}
