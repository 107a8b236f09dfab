package records

import (
	"math"
	"strings"

	"guan/fault"
	"guan/policy"
)

// The widest values; money is bounded so that it stays exact in JSON numbers too.
const (
	intLimit    = 1<<53 - 1
	numberLimit = 1e15
	moneyLimit  = 9e15 - 1             // in 1/10,000 of the unit
	minMicros   = -62135596800_000_000 // year 1
	maxMicros   = 253402300799_999_999 // year 9999
	dayMicros   = 86_400_000_000
	tagMax      = 40
)

// bad is a refusal of this field.
func (f *Field) bad(code, format string, args ...any) *fault.Error {
	return fault.Newf(fault.Invalid, code, format, args...).WithAt(f.Name)
}

// at puts the field's name on a refusal that knows no field.
func (f *Field) at(err error) error { return fault.From(err).WithAt(f.Name) }

// Normal checks a value against the field and brings it into the one form in which it is
// stored: text trimmed and in NFC, numbers of a format as that format writes them. Text that is
// empty after that is missing. A value that came from Normal passes unchanged. It fails with
// fault.Invalid, At the field's name.
func (f *Field) Normal(v policy.Value) (policy.Value, error) {
	if v.Missing() {
		return v, nil
	}
	if v.Type() != f.Policy() {
		return policy.Value{}, f.wrongType()
	}
	switch f.Type {
	case Text:
		return f.normalTextValue(v.Text())
	case OneOf:
		if _, ok := f.Choice(v.Text()); !ok {
			return policy.Value{}, f.bad("choice", "is none of the choices")
		}
	case ManyOf:
		return f.normalSet(v.Items())
	case Int:
		if v.Int() < -intLimit || v.Int() > intLimit {
			return policy.Value{}, f.bad("range", "is out of range")
		}
		return v, f.inRange(float64(v.Int()))
	case Number:
		x := v.Float()
		if math.IsNaN(x) || math.Abs(x) > numberLimit {
			return policy.Value{}, f.bad("range", "is out of range")
		}
		return policy.NumberOf(x + 0), f.inRange(x) // -0 + 0 is 0
	case Money:
		if v.Int() < -moneyLimit || v.Int() > moneyLimit {
			return policy.Value{}, f.bad("range", "is not below 900,000,000,000")
		}
	case Date:
		if v.Int() < minMicros || v.Int() > maxMicros || v.Int()%dayMicros != 0 {
			return policy.Value{}, f.bad("date", "is not a date between the years 1 and 9999")
		}
	case Time:
		if v.Int() < minMicros || v.Int() > maxMicros {
			return policy.Value{}, f.bad("time", "is not a time between the years 1 and 9999")
		}
	case Ref:
		if _, err := policy.ParseID(v.ID().String()); err != nil {
			return policy.Value{}, f.bad("ref", "is not an id")
		}
	}
	return v, nil
}

func (f *Field) inRange(x float64) error {
	if (f.Low != 0 || f.High != 0) && (x < f.Low || x > f.High) {
		return f.bad("range", "is not between %v and %v", f.Low, f.High).With("low", f.Low).With("high", f.High)
	}
	return nil
}

func (f *Field) wrongType() error {
	return f.bad("type", "is not %s", typeWords[f.Type]).With("type", string(f.Type))
}

var typeWords = map[Type]string{
	Text: "a text", Int: "a whole number", Number: "a number", Money: `an amount written as a decimal text such as "1000.50"`,
	Date: "a date written as 2006-01-02", Time: "a time written as 2006-01-02T15:04:05Z", Bool: "true or false",
	Ref: "an id written as a text", OneOf: "the code of a choice", ManyOf: "a list of texts", Place: "a place with lat and lng",
}

func (f *Field) normalTextValue(text string) (policy.Value, error) {
	// Long before the exact count, so that no one pays for normalising megabytes.
	if len(text) > 16*f.Max+64 {
		return policy.Value{}, f.tooLong()
	}
	if f.Format != Plain && f.Format != Multiline {
		text = narrow(text)
	}
	text, err := normalText(text, f.Format == Multiline)
	if err != nil {
		return policy.Value{}, f.at(err)
	}
	if text == "" {
		return policy.Value{}, nil
	}
	if normal := formats[f.Format]; normal != nil {
		if text, err = normal(text); err != nil {
			return policy.Value{}, f.at(err)
		}
	}
	if countRunes(text) > f.Max {
		return policy.Value{}, f.tooLong()
	}
	return policy.TextOf(text), nil
}

func (f *Field) tooLong() error {
	return f.bad("too_long", "has more than %d characters", f.Max).With("max", f.Max)
}

// formats hold what each format of a text makes of it: its normal form, or a refusal.
var formats = map[Format]func(string) (string, error){
	Phone: NormalPhone, Email: normalEmail, URL: normalURL, IDCard: normalIDCard, CreditCode: normalCreditCode,
	PostalCode: normalPostalCode, BankAccount: normalBankAccount, Login: NormalLogin, Document: normalDocument,
}

func (f *Field) normalSet(items []string) (policy.Value, error) {
	if len(items) > f.Max {
		return policy.Value{}, f.bad("too_many", "has more than %d entries", f.Max).With("max", f.Max)
	}
	out := make([]string, 0, len(items))
	for _, item := range items {
		if len(f.Choices) > 0 {
			if _, ok := f.Choice(item); !ok {
				return policy.Value{}, f.bad("choice", "has an entry that is none of the choices")
			}
			out = append(out, item)
			continue
		}
		if len(item) > 16*tagMax {
			return policy.Value{}, f.tagTooLong()
		}
		tag, err := normalText(item, false)
		switch {
		case err != nil:
			return policy.Value{}, f.at(err)
		case tag == "":
			return policy.Value{}, f.bad("empty", "has an empty entry")
		case countRunes(tag) > tagMax:
			return policy.Value{}, f.tagTooLong()
		case strings.ContainsAny(tag, separators):
			return policy.Value{}, f.bad("separator", "has an entry with a comma, semicolon or bar")
		}
		out = append(out, tag)
	}
	return policy.SetOf(out...), nil
}

func (f *Field) tagTooLong() error {
	return f.bad("too_long", "has an entry with more than %d characters", tagMax).With("max", tagMax)
}
