package paper

import "strings"

// widthOf says how wide a line of letters of a size is.
func (d *Document) widthOf(text string, size float64) float64 {
	sum := 0
	for _, r := range text {
		w, known := d.widths[r]
		if !known {
			w = d.pdf.GetStringSymbolWidth(string(r))
			d.widths[r] = w
		}
		sum += w
	}
	return float64(sum) * size / 1000 * 0.3528
}

// cut shortens a line to a width, and shows that it did.
func (d *Document) cut(text string, size, width float64) string {
	if d.widthOf(text, size) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && d.widthOf(string(runes)+"…", size) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

const (
	neverFirst = "，。、；：？！）》」』】〕”’…％·,.;:?!)]}%"
	neverLast  = "（《「『【〔“‘([{"
)

// wrap breaks a text into lines of a width: Latin words at spaces, Chinese between any two
// characters but such as do not begin or end a line, and a word that is wider than the line
// wherever the line ends. Only a space at which a line is broken is left out.
func (d *Document) wrap(text string, size, width float64) []string {
	var out []string
	for part := range strings.SplitSeq(text, "\n") {
		runes := []rune(part)
		for {
			n := d.fitting(runes, size, width)
			if n == len(runes) {
				out = append(out, string(runes))
				break
			}
			out = append(out, string(runes[:n]))
			if runes = runes[n:]; runes[0] == ' ' && len(runes) > 1 {
				runes = runes[1:]
			}
		}
	}
	return out
}

// fitting says how many of the characters make up the next line: one at least.
func (d *Document) fitting(runes []rune, size, width float64) int {
	n, wide := 0, 0.0
	for n < len(runes) {
		wide += d.widthOf(string(runes[n]), size)
		if wide > width {
			break
		}
		n++
	}
	if n == len(runes) || n <= 1 {
		return max(n, min(1, len(runes)))
	}
	for at := n; at > 0 && at > n-40; at-- {
		if mayBreak(runes[at-1], runes[at]) {
			return at
		}
	}
	return n
}

func mayBreak(before, after rune) bool {
	switch {
	case after == ' ':
		return true
	case strings.ContainsRune(neverFirst, after) || strings.ContainsRune(neverLast, before):
		return false
	}
	return before == ' ' || before >= 0x2E80 || after >= 0x2E80 || before == '-' || before == '/'
}
