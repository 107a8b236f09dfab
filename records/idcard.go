package records

import (
	"regexp"
	"strings"
	"time"

	"guan/fault"
)

// The regions with which a resident's number begins (GB/T 2260); 9 stands for the cards of
// foreigners with permanent residence.
const idRegions = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

var (
	idPattern       = regexp.MustCompile(`^[0-9]{17}[0-9X]$`)
	oldIDPattern    = regexp.MustCompile(`^[0-9]{15}$`)
	documentPattern = regexp.MustCompile(`^[A-Z0-9][A-Z0-9()\-/ ]{2,28}[A-Z0-9)]$`)
	longDigits      = regexp.MustCompile(`^[0-9]{17}[0-9X]$`)
)

func idFault(code, detail string) error { return fault.New(fault.Invalid, code, detail) }

// normalIDCard checks a citizen's identity number of GB 11643: region, date of birth, and the
// check digit of ISO 7064 MOD 11-2.
func normalIDCard(text string) (string, error) {
	text = strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	switch {
	case oldIDPattern.MatchString(text):
		return "", idFault("id_card_15", "numbers of 15 digits are no longer valid; use the one of 18 digits")
	case !idPattern.MatchString(text):
		return "", idFault("id_card", "an ID card number has 17 digits and a digit or X")
	case !strings.Contains(idRegions, " "+text[:2]+" ") && text[0] != '9':
		return "", idFault("id_card_region", "an ID card number begins with the code of a region")
	}
	born, err := time.Parse("20060102", text[6:14])
	if err != nil || born.Year() < 1880 || born.Year() > 2100 {
		return "", idFault("id_card_date", "digits 7 to 14 of an ID card number are a date of birth")
	}
	if text[17] != idCheck(text[:17]) {
		return "", idFault("id_card_check", "the check digit of the ID card number is wrong; probably a digit was mistyped")
	}
	return text, nil
}

func idCheck(digits string) byte {
	sum, weight := 0, 1
	for i := len(digits) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(digits[i]-'0') * weight
	}
	return "10X98765432"[sum%11]
}

// normalDocument checks a passport or another document. A Chinese ID card number belongs into
// its own field, where its digits are checked; 18 digits here are checked as one.
func normalDocument(text string) (string, error) {
	text = strings.ToUpper(text)
	if !documentPattern.MatchString(text) {
		return "", idFault("document", "the number of a document has 4 to 30 letters A to Z, digits and - / ( )")
	}
	if longDigits.MatchString(text) {
		return normalIDCard(text)
	}
	return text, nil
}
