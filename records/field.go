package records

import (
	"slices"

	"guan/policy"
)

// Type is a field's type as forms, filters and the wire know it. The engine's types are
// coarser: see Field.Policy.
type Type string

// The types.
const (
	Text   Type = "text"
	Int    Type = "int"
	Number Type = "number"
	Money  Type = "money"
	Date   Type = "date" // a day without a time zone
	Time   Type = "time" // an instant
	Bool   Type = "bool"
	Ref    Type = "ref"
	OneOf  Type = "choice"
	ManyOf Type = "choices" // a set: tags, or codes of a closed list
	Place  Type = "place"
)

var policyTypes = map[Type]policy.Type{
	Text: policy.Text, Int: policy.Int, Number: policy.Number, Money: policy.Money, Date: policy.Time, Time: policy.Time,
	Bool: policy.Bool, Ref: policy.Ref, OneOf: policy.Text, ManyOf: policy.Set, Place: policy.Place,
}

// Format narrows a type: how a value is checked, normalised, entered and masked.
type Format string

// The formats. All but Percent and Area are of text.
const (
	Plain       Format = ""
	Phone       Format = "phone"
	Email       Format = "email"
	URL         Format = "url"
	Multiline   Format = "multiline"
	IDCard      Format = "id_card"
	CreditCode  Format = "credit_code"
	Percent     Format = "percent" // 12.5 means 12.5 %
	Area        Format = "area"    // in the unit that the label names
	PostalCode  Format = "postal_code"
	BankAccount Format = "bank_account"
	Login       Format = "login"
	Document    Format = "document" // a passport or other document than the ID card
)

// The kinds that a Ref may name beside those of the catalog.
const (
	RefUnit   policy.Kind = "unit"
	RefPool   policy.Kind = "pool"
	RefPerson policy.Kind = "person" // a kind as well
)

// Field describes one field of a kind.
type Field struct {
	Name      string
	Label     Label
	Type      Type
	Format    Format
	Class     policy.Class
	Column    string // see Columns; the key in the column "custom" when Custom
	Custom    bool
	Choices   []Choice    // of a choice, and of choices where the list is closed
	Ref       policy.Kind // what a ref points at: a kind, "person", "unit" or "pool"
	Required  bool        // by whoever fills the form; NotNull in the database
	ReadOnly  bool        // written by the store alone
	Filter    bool
	Search    bool // part of the text search, in the document of its class
	Spoken    bool // a name: found by pinyin and initials too
	Sort      bool
	Default   policy.Value // of a record created without the field; missing for none
	Max       int          // most characters of a text, most items of a set
	Low       float64      // Low and High bound a number; both 0 is unbounded
	High      float64
	Group     *TagGroup    // of a group of tags
	Mask      policy.Level // where a rule names no mask; 0: what comes with the format
	Encrypted bool         // a text that is kept encrypted: see encrypted.go
}

// Policy returns the engine's type.
func (f *Field) Policy() policy.Type { return policyTypes[f.Type] }

// Choice returns the choice of that code.
func (f *Field) Choice(code string) (Choice, bool) {
	i := slices.IndexFunc(f.Choices, func(c Choice) bool { return c.Code == code })
	if i < 0 {
		return Choice{}, false
	}
	return f.Choices[i], true
}

// NotNull reports whether the field always has a value: it is required, or has a default, or is
// a set, which is empty instead of missing.
func (f *Field) NotNull() bool {
	return !f.Custom && (f.Required || !f.Default.Missing() || f.Type == ManyOf)
}

func (f *Field) schema() *policy.Field {
	return &policy.Field{
		Name: f.Name, Type: f.Policy(), Class: f.Class, Column: f.Column, Custom: f.Custom,
		Refs: f.Ref, Search: f.Search, NotNull: f.NotNull(), Mask: f.ownMask(), Masks: f.Masks(), Encrypted: f.Encrypted,
	}
}

// The builders with which the kinds are written. Name and column are one word unless a field
// points elsewhere.

const (
	lineMax = 200
	textMax = 10_000
	setMax  = 50
)

func field(t Type, name string, class policy.Class, zh, en string) *Field {
	f := &Field{Name: name, Column: name, Type: t, Class: class, Label: Label{zh, en}, Filter: true}
	f.Sort = f.Policy().Ordered()
	switch t {
	case Text:
		f.Max = lineMax
	case ManyOf:
		f.Max = setMax
	case Ref:
		f.Column = name + "_id"
	}
	return f
}

func text(name string, class policy.Class, zh, en string) *Field {
	return field(Text, name, class, zh, en)
}
func notes(name string, class policy.Class, zh, en string) *Field {
	return field(Text, name, class, zh, en).format(Multiline).max(textMax)
}
func integer(name string, class policy.Class, zh, en string) *Field {
	return field(Int, name, class, zh, en)
}
func number(name string, class policy.Class, zh, en string) *Field {
	return field(Number, name, class, zh, en)
}
func money(name, zh, en string) *Field { return field(Money, name, policy.Amount, zh, en) }
func date(name string, class policy.Class, zh, en string) *Field {
	return field(Date, name, class, zh, en)
}
func instant(name string, class policy.Class, zh, en string) *Field {
	return field(Time, name, class, zh, en)
}
func boolean(name string, class policy.Class, zh, en string) *Field {
	return field(Bool, name, class, zh, en)
}
func ref(name string, to policy.Kind, class policy.Class, zh, en string) *Field {
	f := field(Ref, name, class, zh, en)
	f.Ref = to
	return f
}
func choice(name string, class policy.Class, zh, en string, choices ...Choice) *Field {
	f := field(OneOf, name, class, zh, en)
	f.Choices = choices
	return f
}
func place(zh, en string) *Field { return field(Place, "place", policy.Contact, zh, en) }

// c is one choice.
func c(code, zh, en string) Choice { return Choice{Code: code, Label: Label{zh, en}} }

// ends says how the course of a record ended in a stage.
func (x Choice) ends(o Outcome) Choice { x.Outcome = o; return x }

func (f *Field) format(x Format) *Field    { f.Format = x; return f }
func (f *Field) max(n int) *Field          { f.Max = n; return f }
func (f *Field) required() *Field          { f.Required = true; return f }
func (f *Field) readOnly() *Field          { f.ReadOnly = true; return f }
func (f *Field) search() *Field            { f.Search = true; return f }
func (f *Field) spoken() *Field            { f.Search, f.Spoken = true, true; return f }
func (f *Field) sortable() *Field          { f.Sort = true; return f }
func (f *Field) from(v string) *Field      { f.Default = policy.TextOf(v); return f }
func (f *Field) initially(b bool) *Field   { f.Default = policy.BoolOf(b); return f }
func (f *Field) in(low, hi float64) *Field { f.Low, f.High = low, hi; return f }
