package leak_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"

	"guan/records"
)

// maker makes the value of one field of one record. What a preview shows comes from shown, which
// is the same in both worlds; the rest from secret, which differs where the value is hidden.
type maker struct{ shown, secret *rand.Rand }

// makerOf is the maker of a field. World is empty for values that both worlds have alike.
func makerOf(record, field, world string) maker {
	return maker{diceOf(record, field, "shown"), diceOf(record, field, "secret", world)}
}

func diceOf(parts ...string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(strings.Join(parts, "\x00")))
	return rand.New(rand.NewPCG(h.Sum64(), 20261102))
}

// word is a word that occurs nowhere else.
func word(r *rand.Rand) string {
	letters := make([]byte, 14)
	for i := range letters {
		letters[i] = "bcdfghjkmnpqrstvwxz"[r.IntN(19)]
	}
	return string(letters)
}

func digits(r *rand.Rand, n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = byte('1' + r.IntN(9))
	}
	return string(text)
}

// value makes a value as it stands in JSON, nil where the company says which (references).
func (m maker) value(f *records.Field) any {
	switch f.Type {
	case records.Text:
		return m.text(f)
	case records.Int:
		return int64(m.number(f))
	case records.Number:
		return float64(int64(m.number(f)*1000)) / 1000
	case records.Money:
		return fmt.Sprintf("%s.%02d", digits(m.secret, 9), m.secret.IntN(89)+11)
	case records.Date:
		first := 2000 // what begins and what ends must not be in the wrong order
		if strings.HasPrefix(f.Name, "ends") || f.Name == "left_on" {
			first = 2020
		}
		return time.Date(first+m.secret.IntN(9), 1, 1+m.secret.IntN(365), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	case records.Time:
		return time.Date(2020, 1, 1, 0, 0, m.secret.IntN(200_000_000), 0, time.UTC).Format(time.RFC3339)
	case records.Bool:
		return m.secret.IntN(2) == 1
	case records.OneOf:
		return f.Choices[m.secret.IntN(len(f.Choices))].Code
	case records.ManyOf:
		return []string{word(m.secret)}
	case records.Place:
		return map[string]float64{"lat": 20 + m.secret.Float64()*20, "lng": 100 + m.secret.Float64()*20}
	}
	return nil
}

func (m maker) number(f *records.Field) float64 {
	low, high := f.Low, f.High
	if low == 0 && high == 0 {
		low, high = 1e6, 9e6
	}
	return low + m.secret.Float64()*(min(high, low+9e6)-low)
}

func (m maker) text(f *records.Field) string {
	switch f.Format {
	case records.Phone:
		return "138" + digits(m.secret, 4) + digits(m.shown, 4)
	case records.Email:
		return word(m.secret) + "@" + word(m.shown) + ".example"
	case records.URL:
		return "https://" + word(m.secret) + ".example/"
	case records.IDCard:
		last := "0123456789X"[m.shown.IntN(11)]
		for {
			born := time.Date(1950+m.secret.IntN(50), 1, 1+m.secret.IntN(365), 0, 0, 0, 0, time.UTC)
			if card := withCheck("440399" + born.Format("20060102") + digits(m.secret, 3)); card[17] == last {
				return card
			}
		}
	case records.CreditCode:
		return creditCode(m.secret.IntN(900_000) + 100_000)
	case records.PostalCode:
		return digits(m.secret, 6)
	case records.BankAccount:
		return "62" + digits(m.secret, 12) + digits(m.shown, 4)
	case records.Document:
		return "P" + strings.ToUpper(word(m.secret))
	}
	return word(m.secret)
}

// withCheck adds the check digit of an ID card number, GB 11643.
func withCheck(digits string) string {
	sum, weight := 0, 1
	for i := len(digits) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(digits[i]-'0') * weight
	}
	return digits + string("10X98765432"[sum%11])
}

// creditCode is a company's number, GB 32100.
func creditCode(i int) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	code := fmt.Sprintf("91440399MA5%06d", i)
	sum, weight := 0, 1
	for i := range len(code) {
		sum += strings.IndexByte(alphabet, code[i]) * weight
		weight = weight * 3 % 31
	}
	return code + string(alphabet[(31-sum%31)%31])
}

// tokens are the words and numbers in a text that are long enough to be a secret.
func tokens(text []byte, each func(string)) {
	alnum := func(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && alnum(text[j]) {
			j++
		}
		if j-i >= 9 {
			each(string(text[i:j]))
		}
		i = j + 1
	}
}

// raw is a value as JSON.
func raw(v any) json.RawMessage {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}
