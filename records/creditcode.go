package records

import (
	"regexp"
	"strings"

	"guan/fault"
)

// The alphabet of GB 32100: digits and capitals without I, O, S, V, Z.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var creditPattern = regexp.MustCompile(`^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$`)

// normalCreditCode checks a unified social credit code of GB 32100: 18 characters, the last of
// them a check digit modulo 31.
func normalCreditCode(text string) (string, error) {
	text = strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	if !creditPattern.MatchString(text) {
		return "", fault.New(fault.Invalid, "credit_code", "a unified social credit code has 18 digits and capitals without I, O, S, V and Z, digits at 3 to 8")
	}
	if text[17] != creditCheck(text[:17]) {
		return "", fault.New(fault.Invalid, "credit_code_check", "the check digit of the credit code is wrong; probably a character was mistyped")
	}
	return text, nil
}

func creditCheck(code string) byte {
	sum, weight := 0, 1
	for i := range len(code) {
		sum += strings.IndexByte(creditAlphabet, code[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}
