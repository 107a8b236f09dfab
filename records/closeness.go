package records

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FarthestMatch is the Closeness of a text that has all the pieces of a search, but not in a row.
const FarthestMatch = 6

// Closeness says how well a title fits what somebody searches for, 0 best: it is called so; it
// begins so; it sounds so, as a whole or from its beginning; it has it somewhere; it sounds so from a
// later syllable; or it only has the pieces. An index keeps the sound of a name in pieces of three
// letters that know nothing of syllables: 'sang' finds 张三 (zhang san) by them. Such a find is
// the last of all, behind everybody called 桑.
func Closeness(title, q string) int {
	title, q = folded(title), folded(q)
	switch {
	case title == q:
		return 0
	case strings.HasPrefix(title, q):
		return 1
	}
	asked := []rune(strings.Map(lettersOnly, q))
	sounds := soundsOf(title)
	if len(asked) == 0 {
		return FarthestMatch
	}
	best := FarthestMatch
	for i := range sounds {
		heard, whole := hears(sounds[i:], asked)
		switch {
		case i == 0 && whole:
			return 2
		case i == 0 && heard:
			return 3
		case heard:
			best = min(best, 5)
		}
	}
	if strings.Contains(title, q) {
		return 4
	}
	return best
}

func folded(text string) string {
	return strings.TrimSpace(norm.NFKC.String(strings.ToLower(norm.NFKC.String(text))))
}

func lettersOnly(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return r
	}
	return -1
}

// sounding is a character with how it is read, empty for what is read as it is written.
type sounding struct {
	char  rune
	sound string
}

func soundsOf(text string) []sounding {
	var out []sounding
	runes := []rune(text)
	for i := 0; i < len(runes) && len(out) < soundMost; {
		if !unicode.Is(unicode.Han, runes[i]) {
			if lettersOnly(runes[i]) > 0 {
				out = append(out, sounding{char: runes[i]})
			}
			i++
			continue
		}
		end := i + 1
		for end < len(runes) && unicode.Is(unicode.Han, runes[end]) {
			end++
		}
		for j, sound := range spokenEach(runes[i:end]) {
			out = append(out, sounding{runes[i+j], sound})
		}
		i = end
	}
	return out
}

// hears reports whether the sounds begin with what was asked for, each character as itself, by its
// whole syllable or by its initial, the last by any beginning of its syllable; and whether nothing
// of them is left.
func hears(sounds []sounding, asked []rune) (heard, whole bool) {
	if len(asked) == 0 {
		return true, len(sounds) == 0
	}
	if len(sounds) == 0 {
		return false, false
	}
	try := func(n int) {
		h, w := hears(sounds[1:], asked[n:])
		heard, whole = heard || h, whole || w
	}
	s := sounds[0]
	if asked[0] == s.char {
		try(1)
	}
	for n := 1; n <= min(len(s.sound), len(asked)) && rune(s.sound[n-1]) == asked[n-1]; n++ {
		if n == 1 || n == len(s.sound) || n == len(asked) {
			try(n)
		}
	}
	return heard, whole
}
