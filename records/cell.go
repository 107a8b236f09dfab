package records

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"guan/policy"
)

// Cells reads and writes values as the text of a cell, in which people and other programs write
// them. What Format writes, Parse reads back as the same value.
type Cells struct {
	Lang string         // of labels and of yes and no that Format writes: zh (also when empty) or en
	Zone *time.Location // of times without an offset; nil is UTC
}

var (
	datePattern = regexp.MustCompile(`^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日|([0-9]{2})([0-9]{2}))(?:[T ]+([0-9].*))?$`)
	clockTime   = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?$`)
	grouped     = regexp.MustCompile(`^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$`)
	decimal     = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)
	scientific  = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$`)
)

// Parse reads a cell. An empty cell is missing. It takes the label of a choice in either
// language or its code, thousands separators and currency signs in amounts, dates as 2024-1-2,
// 2024/01/02, 2024.1.2, 2024年1月2日 and 20240102, and 是/否, true/false, yes/no for yes and no.
// A reference is the id of its record. It fails with fault.Invalid, At the field's name.
func (c Cells) Parse(f *Field, cell string) (policy.Value, error) {
	v, err := c.parse(f, cell)
	if err != nil || v.Missing() {
		return policy.Value{}, err
	}
	if v, err = f.Normal(v); err != nil {
		return policy.Value{}, err
	}
	return v, nil
}

func (c Cells) parse(f *Field, cell string) (policy.Value, error) {
	none := policy.Value{}
	if f.Type == Text {
		return policy.TextOf(cell), nil
	}
	if len(cell) > 16*textMax {
		return none, f.tooLong()
	}
	text, err := normalText(cell, f.Type == ManyOf)
	if err != nil {
		return none, f.at(err)
	}
	if text == "" {
		return none, nil
	}
	switch f.Type {
	case OneOf:
		return f.choiceOf(text)
	case ManyOf:
		return f.setOf(text)
	}
	text = strings.TrimFunc(narrow(text), isBlank)
	switch f.Type {
	case Int, Number, Money:
		return f.numberOf(text)
	case Date, Time:
		return c.timeOf(f, text)
	case Bool:
		switch strings.ToLower(text) {
		case "是", "true", "yes", "y", "1", "√":
			return policy.BoolOf(true), nil
		case "否", "false", "no", "n", "0", "×":
			return policy.BoolOf(false), nil
		}
		return none, f.bad("bool", "is neither 是 nor 否, yes nor no")
	case Place:
		lat, lng, ok := strings.Cut(text, ",")
		if !ok {
			return none, f.bad("place", "is not a latitude and longitude such as 22.54,114.05")
		}
		return f.ParsePlace(lat, lng)
	}
	return f.fromText(text)
}

// ParsePlace reads a place from two cells. Both empty, and (0, 0), mean that it is unknown.
func (f *Field) ParsePlace(lat, lng string) (policy.Value, error) {
	lat, lng = strings.TrimSpace(lat), strings.TrimSpace(lng)
	if lat == "" && lng == "" {
		return policy.Value{}, nil
	}
	if !scientific.MatchString(lat) || !scientific.MatchString(lng) {
		return policy.Value{}, f.bad("place", "is not a latitude and longitude in degrees")
	}
	a, err1 := strconv.ParseFloat(lat, 64)
	b, err2 := strconv.ParseFloat(lng, 64)
	if err1 != nil || err2 != nil {
		return policy.Value{}, f.bad("place", "is not a latitude and longitude in degrees")
	}
	return f.placeOf(a, b)
}

func (f *Field) choiceOf(text string) (policy.Value, error) {
	for _, x := range f.Choices {
		if x.Code == text {
			return policy.TextOf(x.Code), nil
		}
	}
	key := fold(text)
	for _, x := range f.Choices {
		if key == fold(x.Label.ZH) || key == fold(x.Label.EN) || key == fold(x.Code) {
			return policy.TextOf(x.Code), nil
		}
	}
	return policy.Value{}, f.bad("choice", "is none of the choices")
}

func (f *Field) setOf(text string) (policy.Value, error) {
	items := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) })
	var out []string
	for _, item := range items {
		item = strings.TrimFunc(item, isBlank)
		if item == "" {
			continue
		}
		if len(f.Choices) > 0 {
			v, err := f.choiceOf(item)
			if err != nil {
				return v, f.bad("choice", "has an entry that is none of the choices")
			}
			item = v.Text()
		}
		out = append(out, item)
	}
	if len(out) == 0 {
		return policy.Value{}, nil
	}
	return policy.SetOf(out...), nil
}

func (f *Field) numberOf(text string) (policy.Value, error) {
	none := policy.Value{}
	switch f.Type {
	case Money:
		sign := ""
		if rest, ok := strings.CutPrefix(text, "-"); ok {
			sign, text = "-", rest
		}
		text = sign + strings.TrimSpace(strings.TrimLeft(text, "¥$€£"))
	case Number:
		if f.Format == Percent {
			text = strings.TrimSpace(strings.TrimSuffix(text, "%"))
		}
	}
	if grouped.MatchString(text) {
		text = strings.ReplaceAll(text, ",", "")
	}
	switch f.Type {
	case Number:
		x, err := strconv.ParseFloat(text, 64)
		if !scientific.MatchString(text) || err != nil {
			return none, f.bad("number", "is not a number")
		}
		return policy.NumberOf(x), nil
	case Int:
		whole, fraction, _ := strings.Cut(text, ".")
		n, err := strconv.ParseInt(whole, 10, 64)
		if !decimal.MatchString(text) || strings.Trim(fraction, "0") != "" || err != nil {
			return none, f.bad("int", "is not a whole number")
		}
		return policy.IntOf(n), nil
	}
	if !decimal.MatchString(text) {
		return none, f.bad("money", "is not an amount such as 1234.50 or 1,234.50")
	}
	if whole, fraction, ok := strings.Cut(text, "."); ok { // 12.50000 is exact
		text = strings.TrimSuffix(whole+"."+strings.TrimRight(fraction, "0"), ".")
	}
	return f.fromText(strings.TrimPrefix(text, "+"))
}

func (c Cells) timeOf(f *Field, text string) (policy.Value, error) {
	bad := f.bad("date", "is not a date such as 2024-01-02, 2024/1/2 or 2024年1月2日")
	if f.Type == Time {
		bad = f.bad("time", "is not a time such as 2024-01-02 15:04 or 2024-01-02T15:04:05Z")
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return policy.TimeOf(t), nil
		}
	}
	text = strings.TrimSpace(strings.Replace(text, "日", "日 ", 1))
	m := datePattern.FindStringSubmatch(text)
	if m == nil {
		return policy.Value{}, bad
	}
	year, _ := strconv.Atoi(m[1])
	month, day := 0, 0
	for i := 2; i < 12; i += 2 {
		if m[i] != "" {
			month, _ = strconv.Atoi(m[i])
			day, _ = strconv.Atoi(m[i+1])
		}
	}
	hour, minute, second, micro, ok := clockOf(m[12])
	if !ok {
		return policy.Value{}, bad
	}
	zone := c.Zone
	if f.Type == Date || zone == nil {
		zone = time.UTC
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, micro*1000, zone)
	if y, mo, d := t.Date(); y != year || int(mo) != month || d != day {
		return policy.Value{}, bad
	}
	if f.Type == Date && (hour|minute|second|micro) != 0 {
		return policy.Value{}, f.bad("date", "has a time of day, but only a date belongs here")
	}
	return policy.TimeOf(t), nil
}

// clockOf reads 15:04, 15:04:05 and 15:04:05.999999; the empty text is midnight.
func clockOf(text string) (hour, minute, second, micro int, ok bool) {
	if text == "" {
		return 0, 0, 0, 0, true
	}
	m := clockTime.FindStringSubmatch(text)
	if m == nil {
		return
	}
	hour, _ = strconv.Atoi(m[1])
	minute, _ = strconv.Atoi(m[2])
	second, _ = strconv.Atoi(m[3])
	micro, _ = strconv.Atoi((m[4] + "000000")[:6])
	return hour, minute, second, micro, hour < 24 && minute < 60 && second < 60
}

// Format writes a value as a cell; the empty text when it is missing.
func (c Cells) Format(f *Field, v policy.Value) string {
	if v.Missing() {
		return ""
	}
	switch f.Type {
	case Int:
		return strconv.FormatInt(v.Int(), 10)
	case Number:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case Money:
		return policy.FormatMoney(v.Int())
	case Date:
		return v.Time().Format(dateLayout)
	case Time:
		return c.clock(v.Time())
	case Bool:
		switch {
		case v.Bool():
			return Label{"是", "Yes"}.In(c.Lang)
		default:
			return Label{"否", "No"}.In(c.Lang)
		}
	case Ref:
		return v.ID().String()
	case OneOf:
		if x, ok := f.Choice(v.Text()); ok {
			return x.Label.In(c.Lang)
		}
	case ManyOf:
		items := make([]string, len(v.Items()))
		for i, item := range v.Items() {
			items[i] = item
			if x, ok := f.Choice(item); ok {
				items[i] = x.Label.In(c.Lang)
			}
		}
		return strings.Join(items, ";")
	case Place:
		p := v.Point()
		return fmt.Sprintf("%s,%s", degrees(p.Lat), degrees(p.Lng))
	}
	return v.Text()
}

func degrees(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// clock writes local time without an offset, as people and Excel read it, except in the hour
// that a change of the clocks repeats.
func (c Cells) clock(t time.Time) string {
	zone := c.Zone
	if zone == nil {
		zone = time.UTC
	}
	const layout = "2006-01-02 15:04:05.999999"
	local := t.In(zone).Format(layout)
	if back, err := time.ParseInLocation(layout, local, zone); err != nil || !back.Equal(t) {
		return t.Format(timeLayout)
	}
	return local
}
