package records

import (
	"strings"
	"unicode"
)

// companyWords are what the names of companies end with and leave out as people speak.
var companyWords = []string{
	"股份有限公司", "有限责任公司", "有限公司", "集团公司", "分公司", "公司", "集团",
	"companylimited", "coltd", "limited", "incorporated", "corporation", "company", "ltd", "inc", "llc", "corp", "co", "gmbh",
}

// NameKey is the form in which names are compared to find the same one twice: compatibility forms,
// case, blanks and signs do not count, nor what companies' names end with. It is empty when less
// than two characters are left.
func NameKey(name string) string {
	text := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, fold(name))
	for again := true; again; {
		again = false
		for _, word := range companyWords {
			if rest, ok := strings.CutSuffix(text, word); ok && countRunes(rest) >= 2 {
				text, again = rest, true
			}
		}
	}
	if countRunes(text) < 2 {
		return ""
	}
	return text
}

// NameSearch is what to search a name by to find the same one: its words, without what companies'
// names end with.
func NameSearch(name string) string {
	var words []string
	eachRun(name, func(run []rune) { words = append(words, string(run)) })
	for again := true; again && len(words) > 0; {
		again = false
		last := len(words) - 1
		for _, word := range companyWords {
			rest, ok := strings.CutSuffix(words[last], word)
			if !ok || rest == "" && last == 0 {
				continue
			}
			if words[last] = rest; rest == "" {
				words = words[:last]
			}
			again = true
			break
		}
	}
	return strings.Join(words, " ")
}

// PhoneKey is the form in which telephone numbers are compared: the digits, without the country's
// 86. It is empty for what is too short to be anybody's number.
func PhoneKey(phone string) string {
	number, _, _ := strings.Cut(phone, "#")
	digits := digitsOf(number)
	if len(digits) > 11 {
		digits = strings.TrimPrefix(digits, "86")
	}
	if len(digits) < 7 {
		return ""
	}
	return digits
}
