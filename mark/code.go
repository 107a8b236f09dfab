package mark

import (
	"crypto/rand"
	"strings"
)

// alphabet is Crockford's base32: no letter in it is taken for a digit.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeChars = 8 // of the number
	codeCheck = 2 // behind it
)

// NewCode makes the code of a copy, by which it is found when all there is of it is a photo: 40 random
// bits and two characters of check, as ABCD-EFGH-JK.
func NewCode() string {
	random := make([]byte, codeChars)
	rand.Read(random)
	for i, b := range random {
		random[i] = alphabet[b&31]
	}
	return spell(string(random))
}

func spell(number string) string { return number[:4] + "-" + number[4:] + "-" + check(number) }

// check is the number modulo a prime below 32 * 32: no single wrong character and no two that changed
// places go unseen.
func check(number string) string {
	sum := 0
	for _, c := range number {
		sum = (sum*32 + strings.IndexRune(alphabet, c)) % 1021
	}
	return string(alphabet[sum/32]) + string(alphabet[sum%32])
}

// ParseCode reads a code as somebody types it from a photo: in any case, with or without hyphens, with
// letters that look like digits. It reports whether the check fits.
func ParseCode(text string) (string, bool) {
	var out []byte
	for _, r := range strings.ToUpper(text) {
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		case '-', ' ', '–', '—', '－', '　':
			continue
		}
		if r >= 128 || !strings.ContainsRune(alphabet, r) || len(out) == codeChars+codeCheck {
			return "", false
		}
		out = append(out, byte(r))
	}
	if len(out) != codeChars+codeCheck || check(string(out[:codeChars])) != string(out[codeChars:]) {
		return "", false
	}
	return spell(string(out[:codeChars])), true
}
