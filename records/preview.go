package records

import (
	"strconv"
	"strings"
	"time"

	"guan/policy"
)

const stars = "***"

// ownMask is how the field is masked where a rule names no mask.
func (f *Field) ownMask() policy.Level {
	if f.Mask != 0 {
		return f.Mask
	}
	switch f.Format {
	case Phone, IDCard:
		return policy.MaskEnds
	case Email:
		return policy.MaskDomain
	case BankAccount:
		return policy.MaskTail
	}
	return policy.MaskConstant
}

// Masks lists the masks that suit the field, from the least to the most open; each field can be masked
// wholly.
func (f *Field) Masks() []policy.Level {
	switch f.Type {
	case Text:
		if f.Encrypted { // those of which a preview is kept
			return []policy.Level{policy.MaskConstant, policy.MaskTail, policy.MaskEnds}
		}
		switch f.Format {
		case Email:
			return []policy.Level{policy.MaskConstant, policy.MaskDomain, policy.MaskEnds}
		case Plain, Multiline:
			return []policy.Level{policy.MaskConstant, policy.MaskDistrict, policy.MaskTail, policy.MaskEnds}
		}
		return []policy.Level{policy.MaskConstant, policy.MaskTail, policy.MaskEnds}
	case Date:
		return []policy.Level{policy.MaskConstant, policy.MaskYear}
	case Int, Money:
		return []policy.Level{policy.MaskConstant, policy.MaskRange}
	}
	return []policy.Level{policy.MaskConstant}
}

// samples are values that nobody has, by how a field of text is written.
var samples = map[Format]string{Phone: "13812345678", Email: "li.wei@example.com", IDCard: "11010519491231002X", BankAccount: "6222021234567890123"}

// Examples tells beside each of Masks what is left of a value such as the field holds.
func (f *Field) Examples() []string {
	out := []string{}
	for _, mask := range f.Masks() {
		out = append(out, Preview(f, f.sample(mask), mask))
	}
	return out
}

func (f *Field) sample(mask policy.Level) policy.Value {
	text, formatted := samples[f.Format]
	switch {
	case f.Type == Date:
		return policy.TimeOf(time.Date(1987, 6, 5, 0, 0, 0, 0, time.UTC))
	case f.Type == Money:
		return policy.MoneyOf(36_800 * 10_000)
	case f.Type == Int:
		return policy.IntOf(36)
	case formatted:
		return policy.TextOf(text)
	case mask == policy.MaskDistrict:
		return policy.TextOf("江苏省苏州市姑苏区平江路12号")
	}
	return policy.TextOf("苏州市平江丝绸商贸有限公司") // of what is masked wholly any value tells as little
}

// Preview is what somebody sees of a masked value: enough to tell two apart over the telephone,
// never enough to use. Shapes are constant, so that no preview tells how long a value is, but for
// texts that are too short to show a part of. That there is none at all is told for ways to reach
// somebody. Call it for missing values too: *** then stands for them as well.
//
//	constant   ***
//	year       1987
//	district   江苏省苏州市姑苏区***
//	domain     ***@example.com
//	range      20,000–50,000
//	tail       ****5678
//	ends       138****5678, 1****************X of an ID card, z***@example.com, 王**
func Preview(f *Field, v policy.Value, mask policy.Level) string {
	if v.Missing() {
		if f.Class == policy.Contact {
			return ""
		}
		return stars
	}
	if Stands(v) {
		return standing(v, mask)
	}
	switch mask {
	case policy.MaskYear:
		return strconv.Itoa(v.Time().Year())
	case policy.MaskRange:
		return rangeOf(f, v.Int())
	case policy.MaskDistrict:
		return district(v.Text())
	case policy.MaskDomain:
		return masked(v.Text(), domainFrom(v.Text()), 0)
	case policy.MaskTail:
		return tail(f, v.Text())
	case policy.MaskEnds:
		return ends(f, v.Text())
	}
	return stars
}

// masked shows the text from a place on, and so many characters before the stars.
func masked(text string, from, first int) string {
	if from < 0 {
		return stars
	}
	return string([]rune(text)[:first]) + stars + text[from:]
}

func domainFrom(text string) int { return strings.LastIndexByte(text, '@') }

func tail(f *Field, text string) string {
	switch f.Format {
	case Phone:
		number, _, _ := strings.Cut(text, "#") // an extension is not part of the tail
		if digits := digitsOf(number); len(digits) >= 10 {
			return "****" + digits[len(digits)-4:]
		}
		return "****"
	case IDCard:
		if len(text) == 18 {
			return strings.Repeat("*", 17) + text[17:]
		}
		return stars
	}
	if len([]rune(text)) < longText {
		return "****"
	}
	return between(text, 0, 4, "****")
}

func ends(f *Field, text string) string {
	switch f.Format {
	case Phone:
		if mobile.MatchString(text) {
			return text[:3] + "****" + text[7:]
		}
		return tail(f, text)
	case Email:
		if at := domainFrom(text); at > 0 {
			return masked(text, at, 1)
		}
		return stars
	case IDCard:
		if len(text) == 18 {
			return text[:1] + strings.Repeat("*", 16) + text[17:]
		}
		return stars
	case BankAccount:
		if len(text) >= 16 {
			return between(text, 4, 4, "****")
		}
		return tail(f, text)
	}
	if len([]rune(text)) < longText {
		return between(text, 1, 0, "**") // a name
	}
	return between(text, 2, 2, "****")
}

// longText is from how many characters on a text shows some at its ends, and not its first alone.
const longText = 12

// between shows so many characters at each end of a text that is longer than that.
func between(text string, first, last int, hidden string) string {
	runes := []rune(text)
	if len(runes) <= first+last {
		return hidden
	}
	return string(runes[:first]) + hidden + string(runes[len(runes)-last:])
}

// rangeOf gives the step of the ladder 1, 2, 5, 10, … in which a number lies. Small ones share a step:
// below it lies what says most about single people.
func rangeOf(f *Field, n int64) string {
	least, unit := int64(10), int64(1)
	if f.Type == Money {
		least, unit = 1_000, 10_000
	}
	minus := n < 0
	whole := n / unit
	if minus {
		whole = -(n / unit)
	}
	low, high := int64(0), least
	for step := 0; whole >= high && high < 1e17; step++ {
		if low = high; step%3 == 1 {
			high = high / 2 * 5
		} else {
			high *= 2
		}
	}
	if minus {
		return "-" + thousands(high) + "–-" + thousands(low)
	}
	return thousands(low) + "–" + thousands(high)
}

func thousands(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// district shows an address down to its district or county, or as far as it names a city or province:
// what stands before the first street, number or settlement.
func district(text string) string {
	const longest = 24
	runes := []rune(text)
	end := 0
	for i, r := range runes[:min(len(runes), longest)] {
		if i == 0 {
			continue
		}
		switch {
		case r >= '0' && r <= '9', strings.ContainsRune("路街道巷号弄村镇乡栋幢楼", r):
			return shown(runes, end)
		case r == '区' && runes[i-1] == '治': // an autonomous region is a province
			end = i + 1
		case r == '区' && strings.ContainsRune("小社园校厂景", runes[i-1]):
		case strings.ContainsRune("区县旗", r):
			return shown(runes, i+1)
		case strings.ContainsRune("省市州盟", r):
			end = i + 1
		}
	}
	return shown(runes, end)
}

func shown(runes []rune, end int) string { return string(runes[:end]) + stars }
