package laws

import (
	"encoding/json"

	"guan/policy"
)

// Datum is a value of a field: exactly one part is set.
type Datum struct {
	Text   *string        `json:"text,omitempty"`
	Int    *int64         `json:"int,omitempty"`
	Number *float64       `json:"number,omitempty"`
	Money  *int64         `json:"money,omitempty"` // 1/10,000 of the unit
	Micros *int64         `json:"micros,omitempty"`
	Bool   *bool          `json:"bool,omitempty"`
	Ref    *policy.ID     `json:"ref,omitempty"`
	Set    *[]string      `json:"set,omitempty"`
	Place  *policy.LatLng `json:"place,omitempty"`
}

func (d Datum) value() policy.Value {
	switch {
	case d.Text != nil:
		return policy.TextOf(*d.Text)
	case d.Int != nil:
		return policy.IntOf(*d.Int)
	case d.Number != nil:
		return policy.NumberOf(*d.Number)
	case d.Money != nil:
		return policy.MoneyOf(*d.Money)
	case d.Micros != nil:
		return policy.MicrosOf(*d.Micros)
	case d.Bool != nil:
		return policy.BoolOf(*d.Bool)
	case d.Ref != nil:
		return policy.RefOf(*d.Ref)
	case d.Set != nil:
		return policy.SetOf(*d.Set...)
	case d.Place != nil:
		return policy.PlaceOf(d.Place.Lat, d.Place.Lng)
	}
	return policy.Value{}
}

// datumOf is the way back.
func datumOf(v policy.Value) Datum {
	n, text, f, b, id := v.Int(), v.Text(), v.Float(), v.Bool(), v.ID()
	switch v.Type() {
	case policy.Text:
		return Datum{Text: &text}
	case policy.Int:
		return Datum{Int: &n}
	case policy.Number:
		return Datum{Number: &f}
	case policy.Money:
		return Datum{Money: &n}
	case policy.Time:
		return Datum{Micros: &n}
	case policy.Bool:
		return Datum{Bool: &b}
	case policy.Ref:
		return Datum{Ref: &id}
	case policy.Set:
		items := append([]string{}, v.Items()...)
		return Datum{Set: &items}
	case policy.Place:
		return Datum{Place: &policy.LatLng{Lat: v.Point().Lat, Lng: v.Point().Lng}}
	}
	return Datum{}
}

// operand gives the value as the right side of a comparison.
func (d Datum) operand() policy.Operand {
	o := policy.Operand{Text: d.Text, Int: d.Int, Number: d.Number, Bool: d.Bool, Ref: d.Ref}
	if d.Money != nil {
		text := policy.FormatMoney(*d.Money)
		o.Money = &text
	}
	if d.Micros != nil {
		text := at(*d.Micros).Format("2006-01-02T15:04:05.999999Z07:00")
		o.Time = &text
	}
	return o
}

// json gives the value as it stands in the column custom, or in a column of a set.
func jsonOf(v policy.Value) any {
	switch v.Type() {
	case policy.Text:
		return v.Text()
	case policy.Number:
		return v.Float()
	case policy.Bool:
		return v.Bool()
	case policy.Set:
		return append([]string{}, v.Items()...)
	}
	return v.Int()
}

func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // only values of our own making come here
	}
	return string(text)
}
