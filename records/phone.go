package records

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"guan/fault"
)

var (
	phoneChars  = regexp.MustCompile(`^[0-9 ()+./*#\-]+$`)
	phoneGroups = regexp.MustCompile(`[0-9]+`)
	extension   = regexp.MustCompile(`(?:[#*]|\s*转\s*)([0-9]{1,6})$`)
	dashedExt   = regexp.MustCompile(`^(\(?0[0-9]{2,3}\)?[ \-]?[0-9]{7,8}|400-[0-9]{3}-[0-9]{4}|800-[0-9]{3}-[0-9]{4})-([0-9]{1,6})$`)
	mobile      = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	hotline     = regexp.MustCompile(`^[48]00[0-9]{7}$`)
	shortNumber = regexp.MustCompile(`^[19][0-9]{2,5}$`)
	localNumber = regexp.MustCompile(`^[2-8][0-9]{6,7}$`)
)

func phoneFault(detail string) error { return fault.New(fault.Invalid, "phone", detail) }

// NormalPhone brings a telephone number into the form in which it is stored and compared:
//
//	13812345678            a Chinese mobile
//	0755-86123456          a Chinese landline, with -801 for an extension
//	400-810-1234           a Chinese service number; 95588 and the like stay as they are
//	+44 20 7946 0958       a foreign number with its country code, with #801 for an extension
//	1 (11) 500 555-0162    a foreign number grouped as no Chinese number is: kept as written
//
// It refuses letters, and what looks Chinese but cannot be dialled. A foreign number that is
// written without groups needs its country code: it could not be told from a Chinese number
// with a digit missing.
func NormalPhone(text string) (string, error) {
	text = strings.Join(strings.Fields(strings.NewReplacer("–", "-", "—", "-", "−", "-", "\u00a0", " ").Replace(narrow(text))), " ")
	ext := ""
	if m := extension.FindStringSubmatchIndex(text); m != nil {
		text, ext = strings.TrimSpace(text[:m[0]]), text[m[2]:m[3]]
	} else if m := dashedExt.FindStringSubmatch(text); m != nil {
		text, ext = m[1], m[2]
	}
	if !phoneChars.MatchString(text) {
		return "", phoneFault("a telephone number has digits, blanks, + ( ) - . / and no letters")
	}
	groups := phoneGroups.FindAllString(text, -1)
	digits := strings.Join(groups, "")
	if len(digits) < 3 || len(digits) > 20 {
		return "", phoneFault("a telephone number has 3 to 20 digits")
	}
	abroad := strings.HasPrefix(text, "+") || strings.HasPrefix(text, "(+")
	if !abroad && strings.HasPrefix(digits, "00") {
		abroad, digits = true, digits[2:]
	}
	switch {
	case strings.Count(text, "+") > 1 || strings.Contains(text, "+") && !strings.HasPrefix(strings.TrimPrefix(text, "("), "+"):
		return "", phoneFault("the + of a country code stands first")
	case abroad && strings.HasPrefix(digits, "86"):
		return chinese(domestic(strings.TrimPrefix(digits, "86")), ext)
	case abroad:
		return foreign(digits, ext)
	case digits[0] == '0', len(groups) == 1, len(groups[0]) >= 3 && looksMobile(groups):
		return chinese(digits, ext)
	}
	if hotline.MatchString(digits) && (digits[0] == '4' || ext != "") {
		return chinese(digits, ext)
	}
	if len(digits) < 7 {
		return "", phoneFault("the telephone number is too short")
	}
	if ext != "" {
		text += "#" + ext
	}
	return text, nil
}

// looksMobile reports whether a number is grouped as Chinese mobiles are, 138 1234 5678, so that
// one with a digit too few is not taken for a foreign number.
func looksMobile(groups []string) bool {
	first := groups[0]
	return first[0] == '1' && (len(first) > 3 || len(groups) == 3 && len(groups[1]) == 4 || len(groups) == 2)
}

// domestic puts the 0 before an area code that the country code had replaced.
func domestic(digits string) string {
	if len(digits) > 8 && digits[0] != '0' && digits[0] != '1' && !hotline.MatchString(digits) || strings.HasPrefix(digits, "10") && len(digits) == 10 {
		return "0" + digits
	}
	return digits
}

func chinese(digits, ext string) (string, error) {
	with := func(text, sign string) (string, error) {
		if ext != "" {
			text += sign + ext
		}
		return text, nil
	}
	switch {
	case mobile.MatchString(digits):
		if ext != "" {
			return "", phoneFault("a mobile has no extension")
		}
		return digits, nil
	case len(digits) == 11 && digits[0] == '1':
		return "", phoneFault("no Chinese mobile begins like this")
	case hotline.MatchString(digits):
		return with(digits[:3]+"-"+digits[3:6]+"-"+digits[6:], "-")
	case shortNumber.MatchString(digits), localNumber.MatchString(digits):
		return with(digits, "#")
	case strings.HasPrefix(digits, "1"):
		return "", phoneFault("a Chinese mobile has 11 digits")
	}
	area, found := strings.CutPrefix(digits, "0")
	number, err := phonenumbers.Parse("+86"+area, "CN")
	if !found || err != nil || !phonenumbers.IsValidNumberForRegion(number, "CN") || phonenumbers.GetNumberType(number) != phonenumbers.FIXED_LINE {
		return "", phoneFault("this is neither a Chinese mobile nor a landline with its area code; a foreign number begins with + and its country code")
	}
	significant := phonenumbers.GetNationalSignificantNumber(number)
	n := phonenumbers.GetLengthOfGeographicalAreaCode(number)
	return with("0"+significant[:n]+"-"+significant[n:], "-")
}

func foreign(digits, ext string) (string, error) {
	number, err := phonenumbers.Parse("+"+digits, "")
	if err != nil || !phonenumbers.IsPossibleNumber(number) {
		return "", phoneFault("no number of that country looks like this")
	}
	// Only a number that is known to exist is regrouped: of others the library takes leading zeros
	// for a trunk prefix, one more each time.
	text := "+" + digits
	if phonenumbers.IsValidNumber(number) {
		text = phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
	}
	if ext != "" {
		text += "#" + ext
	}
	return text, nil
}
