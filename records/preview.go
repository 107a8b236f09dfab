package records

import (
	"strings"

	"guan/policy"
)

const stars = "***"

// Preview is what somebody sees of a masked value: enough to tell two apart over the telephone,
// never enough to use. Shapes are constant, so that no preview tells how long a value is. That
// there is none at all is told for ways to reach somebody, and by the previews that show a part.
// Call it for missing values too: *** then stands for them as well.
//
//	phone         138****5678; others ****5678, without the tail when they are short
//	e-mail        ***@example.com
//	ID card       1****************X
//	bank account  ****5678
//	all others    ***
func Preview(f *Field, v policy.Value) string {
	if v.Missing() && f.Class == policy.Contact {
		return ""
	}
	text := v.Text()
	switch f.Format {
	case Phone:
		return maskPhone(text)
	case Email:
		if at := strings.LastIndexByte(text, '@'); at >= 0 {
			return stars + text[at:]
		}
	case IDCard:
		if len(text) == 18 {
			return text[:1] + strings.Repeat("*", 16) + text[17:]
		}
	case BankAccount:
		if len(text) >= 12 {
			return "****" + text[len(text)-4:]
		}
		return "****"
	}
	return stars
}

func maskPhone(text string) string {
	number, _, _ := strings.Cut(text, "#") // an extension is not part of the tail
	digits := digitsOf(number)
	switch {
	case mobile.MatchString(text):
		return text[:3] + "****" + text[7:]
	case len(digits) >= 10:
		return "****" + digits[len(digits)-4:]
	}
	return "****"
}
