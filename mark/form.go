package mark

import (
	"regexp"
	"strings"
	"unicode"
)

// Form is a way of writing that has equivalents.
type Form uint8

// The forms.
const (
	Fixed       Form = iota // none: what is copied as it stands
	Phone                   // blanks and hyphens in a telephone number
	Amount                  // zeros behind the point
	Day                     // the separator of a date and the zeros in it, with or without a time of day
	Punctuation             // full-width and half-width signs between Chinese characters
	Ending                  // a blank at the end of a text
	Format                  // a format of a cell that does not show
	Spacing                 // a blank between Chinese characters and the numbers and Latin words among them
)

// Forms are all of them.
var Forms = []Form{Fixed, Phone, Amount, Day, Punctuation, Spacing, Ending, Format}

// Prose is what is asked for to write a text: Punctuation, Spacing and Ending.
const Prose = Punctuation

// String returns the word for a form.
func (f Form) String() string {
	return [...]string{"fixed", "phone", "amount", "day", "punctuation", "ending", "format", "spacing"}[f]
}

// Site is one choice between two ways to write.
type Site struct {
	Form Form
	Bit  uint8
	One  bool // the second way, which is the unusual one
}

// Cell is a cell as it was read: what it means, whatever way it is written in, and the choices.
type Cell struct {
	Column int // by which a form that was taken out of a whole column is known
	Means  string
	Sites  []Site
}

const (
	formatBit = 127
	endingBit = 126
	signsMost = 96 // signs of one text that are marked
	spaceBit  = signsMost
	wordsMost = endingBit - spaceBit // words of one text of which the spacing is marked
)

var (
	mobileText   = regexp.MustCompile(`^1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}$`)
	landlineText = regexp.MustCompile(`^(0[0-9]{2,3})([ -])([0-9]{7,8})$`)
	amountText   = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,4})?$`)
	dayText      = regexp.MustCompile(`^([0-9]{4})([-/])([0-9]{1,2})([-/])([0-9]{1,2})(?:[ T]([0-9]{1,2}:[0-9]{2})(:[0-9]{2})?)?$`)
)

// Read takes a cell apart. What it means comes out the same for every way in which Copy.Write writes it,
// and for the ways in which Excel writes it again.
func Read(text string) Cell {
	text = strings.ReplaceAll(text, "\u00a0", " ")
	bare := strings.TrimSpace(text)
	switch {
	case bare == "":
		return Cell{}
	case len(bare) > len("2026-03-01 10:20:30") || bare[0] != '-' && (bare[0] < '0' || bare[0] > '9'):
		return readProse(text) // most cells, and quick
	case bare[0] == '1' && len(bare) >= 11 && mobileText.MatchString(bare):
		return readMobile(bare)
	case strings.Trim(bare, "-.0123456789") == "" && amountText.MatchString(bare):
		return readAmount(bare)
	}
	if bare[0] == '0' {
		if m := landlineText.FindStringSubmatch(bare); m != nil {
			return Cell{Means: "phone " + m[1] + m[3], Sites: []Site{{Phone, 0, m[2] == " "}}}
		}
	}
	if len(bare) >= len("2026-1-1") && (bare[4] == '-' || bare[4] == '/') {
		if m := dayText.FindStringSubmatch(bare); m != nil && m[2] == m[4] {
			return readDay(m)
		}
	}
	return readProse(text)
}

var ungrouped = strings.NewReplacer(" ", "", "-", "")

// mobileForms are the four ways to write a mobile, by their two bits.
var mobileForms = [4][2]string{{"", ""}, {" ", " "}, {"-", "-"}, {" ", ""}}

func readMobile(text string) Cell {
	digits := ungrouped.Replace(text)
	c := Cell{Means: "phone " + digits}
	for i, f := range mobileForms {
		if text == digits[:3]+f[0]+digits[3:7]+f[1]+digits[7:] {
			c.Sites = []Site{{Phone, 0, i&1 == 1}, {Phone, 1, i&2 == 2}}
		}
	}
	return c
}

// decimals are the two numbers of decimals in which an amount of a given number is written; -1 when there
// are no two that look usual.
func decimals(own int) (plain, more int) {
	switch own {
	case 0, 1:
		return own, 2
	case 2, 3:
		return own, own + 1
	}
	return own, -1
}

func readAmount(text string) Cell {
	whole, fraction, _ := strings.Cut(text, ".")
	own := strings.TrimRight(fraction, "0")
	c := Cell{Means: "number " + strings.TrimSuffix(whole+"."+own, ".")}
	if plain, more := decimals(len(own)); more > 0 && (len(fraction) == plain || len(fraction) == more) {
		c.Sites = []Site{{Amount, 0, len(fraction) == more}}
	}
	return c
}

func readDay(m []string) Cell {
	two := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	means := "day " + m[1] + two(m[3]) + two(m[5])
	if m[6] != "" {
		clock := m[6]
		if len(clock) == 4 {
			clock = "0" + clock
		}
		if means += " " + clock; m[7] != ":00" {
			means += m[7]
		}
	}
	c := Cell{Means: means, Sites: []Site{{Day, 0, m[2] == "/"}}}
	padded, bare := 0, 0
	for _, part := range []string{m[3], m[5]} {
		switch {
		case len(part) == 1:
			bare++
		case part[0] == '0':
			padded++
		}
	}
	if (padded > 0) != (bare > 0) { // a date of which only a part has its zero was written by nobody here
		c.Sites = append(c.Sites, Site{Day, 1, bare > 0})
	}
	return c
}

// width is how far the full-width signs are from the half-width ones.
const width = '（' - '('

// halfOf is the half-width way of a sign; 0 for what is no sign that has both.
func halfOf(r rune) rune {
	if r >= width+'!' {
		r -= width
	}
	switch r {
	case '(', ')', ',', ';', ':', '!', '?':
		return r
	}
	return 0
}

// eachSign calls at for every sign of a text that may be written in both widths, with its number; an
// opening bracket and the one that closes it have the same. It returns the text with what at returned.
func eachSign(text string, at func(number uint8, half, sign rune) rune) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return halfOf(r) != 0 }) {
		return text
	}
	runes := []rune(text)
	var open []int // numbers of the brackets that are open; -1 for one that stays as it is
	next := 0
	take := func() int {
		if next == signsMost {
			return -1
		}
		next++
		return next - 1
	}
	for i, r := range runes {
		half := halfOf(r)
		if half == 0 {
			continue
		}
		number := -1
		switch half {
		case '(':
			if i+1 < len(runes) && isHan(runes[i+1]) {
				number = take()
			}
			open = append(open, number)
		case ')':
			if len(open) > 0 {
				number, open = open[len(open)-1], open[:len(open)-1]
			}
		default:
			if i > 0 && isHan(runes[i-1]) {
				number = take()
			}
		}
		if number >= 0 {
			runes[i] = at(uint8(number), half, r)
		}
	}
	return string(runes)
}

func readProse(text string) Cell {
	var c Cell
	body := strings.TrimRight(text, " \t\r\n")
	var seen [signsMost]bool
	means := eachSign(strings.TrimLeft(body, " \t\r\n"), func(number uint8, half, sign rune) rune {
		if !seen[number] {
			seen[number] = true
			c.Sites = append(c.Sites, Site{Punctuation, number, sign == half})
		}
		return half
	})
	c.Means = "text " + eachWord(means, func(number uint8, now apart) bool {
		if now != alone {
			c.Sites = append(c.Sites, Site{Spacing, number, now == spaced})
		}
		return false
	})
	if rest := text[len(body):]; rest == "" || rest == " " {
		c.Sites = append(c.Sites, Site{Ending, endingBit, rest == " "})
	}
	return c
}

// dayIn writes a day, which has its zeros and hyphens, in one of its four ways.
func dayIn(text string, slashes, short bool) string {
	day, clock := text[:len("2026-03-01")], text[len("2026-03-01"):]
	if short {
		day = strings.ReplaceAll(day, "-0", "-")
	}
	if slashes {
		day = strings.ReplaceAll(day, "-", "/")
	}
	return day + clock
}

func isWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// apart is how a word stands to the Chinese characters beside it.
type apart uint8

const (
	alone apart = iota // there are none
	tight
	spaced
)

// eachWord calls at for every word of Latin letters and digits beside Chinese characters, with its number and
// how it stands to them: alone where one side is spaced and the other is not. It returns the text with a blank
// on both sides of the words for which at says so, and without for the others.
func eachWord(text string, at func(number uint8, now apart) bool) string {
	if !strings.ContainsFunc(text, isWord) || !strings.ContainsFunc(text, isHan) {
		return text
	}
	runes := []rune(text)
	side := func(next, beyond int) apart {
		switch {
		case next < 0 || next >= len(runes):
		case isHan(runes[next]):
			return tight
		case runes[next] == ' ' && beyond >= 0 && beyond < len(runes) && isHan(runes[beyond]):
			return spaced
		}
		return alone
	}
	out := make([]rune, 0, len(runes)+8)
	number := 0
	for i := 0; i < len(runes); {
		if !isWord(runes[i]) {
			out = append(out, runes[i])
			i++
			continue
		}
		end := i
		for end < len(runes) && isWord(runes[end]) {
			end++
		}
		left, right := side(i-1, i-2), side(end, end+1)
		if left == alone && right == alone || number == wordsMost {
			out, i = append(out, runes[i:end]...), end
			continue
		}
		now := max(left, right)
		if left != alone && right != alone && left != right {
			now = alone
		}
		blank := at(uint8(spaceBit+number), now)
		number++
		if left == spaced {
			out = out[:len(out)-1]
		}
		if left != alone && blank {
			out = append(out, ' ')
		}
		out, i = append(out, runes[i:end]...), end
		if right == spaced {
			i++
		}
		if right != alone && blank {
			out = append(out, ' ')
		}
	}
	return string(out)
}

func isHan(r rune) bool { return r >= 0x2E80 && unicode.Is(unicode.Han, r) }

// Same reports whether two texts differ at most in the way in which they are written.
func Same(a, b string) bool { return a == b || readProse(a).Means == readProse(b).Means }

// Write writes a cell of a record in the way of the copy, and says whether the cell has the format that
// does not show. The text is the one that the value has without marks. A form that the text has not is none.
func (c *Copy) Write(record int64, form Form, text string) (written string, format bool) {
	read := Read(text)
	if read.Means == "" {
		return text, false
	}
	bits := c.bits(record, valueOf(read.Means))
	format = bit(bits, formatBit)
	if form == Fixed || len(read.Sites) == 0 {
		return text, format
	}
	switch sites := read.Sites; {
	case form == Phone && sites[0].Form == Phone && len(sites) == 2:
		i := 0
		if bit(bits, 0) {
			i = 1
		}
		if bit(bits, 1) {
			i += 2
		}
		digits := strings.TrimPrefix(read.Means, "phone ")
		return digits[:3] + mobileForms[i][0] + digits[3:7] + mobileForms[i][1] + digits[7:], format
	case form == Phone && sites[0].Form == Phone:
		if bit(bits, 0) {
			return strings.Replace(text, "-", " ", 1), format
		}
	case form == Amount && strings.HasPrefix(read.Means, "number "):
		if _, _, found := strings.Cut(read.Means, "."); found && len(read.Means)-strings.IndexByte(read.Means, '.') > 4 {
			break // four decimals: there is no other way
		}
		if text = strings.TrimPrefix(read.Means, "number "); bit(bits, 0) {
			text = zeros(text)
		}
	case form == Day && sites[0].Form == Day:
		return dayIn(text, bit(bits, 0), bit(bits, 1)), format
	case form == Prose && strings.HasPrefix(read.Means, "text "):
		text = eachSign(text, func(number uint8, half, _ rune) rune {
			if bit(bits, number) {
				return half
			}
			return half + width
		})
		text = eachWord(text, func(number uint8, _ apart) bool { return bit(bits, number) })
		if bit(bits, endingBit) {
			text += " "
		}
	}
	return text, format
}

// zeros writes an amount with its other number of decimals.
func zeros(text string) string {
	_, fraction, point := strings.Cut(text, ".")
	_, more := decimals(len(fraction))
	if !point {
		text += "."
	}
	return text + strings.Repeat("0", more-len(fraction))
}

// WithFormat adds what the format of the cell says.
func (c Cell) WithFormat(one bool) Cell {
	if c.Means != "" {
		c.Sites = append(c.Sites, Site{Format, formatBit, one})
	}
	return c
}
