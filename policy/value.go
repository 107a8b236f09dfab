package policy

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

// ID names a person, unit, pool or record. Ids are made by the store, fit into 53 bits, and
// stand as decimal strings in JSON and CEL.
type ID int64

// String returns the decimal form used on every wire.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText writes the decimal form, so that ids are strings in JSON.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the decimal form and refuses everything else, including negative ids.
func (id *ID) UnmarshalText(text []byte) error {
	n, err := ParseID(string(text))
	if err != nil {
		return err
	}
	*id = n
	return nil
}

// ParseID reads a decimal id of at most 53 bits.
func ParseID(text string) (ID, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n == 0 || n >= 1<<53 || (len(text) > 1 && text[0] == '0') {
		return 0, &Problem{Code: "id", Detail: "an id is a positive decimal number below 2^53"}
	}
	return ID(n), nil
}

// Type is the type of a field. Two fields compare only when their types are the same.
type Type uint8

// The field types. A choice is Text, a date is Time at midnight UTC, a multiple choice is Set.
const (
	Text   Type = iota + 1 // compares for equality only
	Int                    // 64-bit integer
	Number                 // 64-bit float, never NaN
	Money                  // integer of 1/10,000 of the currency unit
	Time                   // integer µs since 1970 UTC
	Bool
	Ref   // id of a person, unit, pool or record
	Set   // set of strings: tags, multiple choice
	Place // WGS-84 point; unknown places are missing
)

var typeNames = [...]string{Text: "text", Int: "int", Number: "number", Money: "money", Time: "time", Bool: "bool", Ref: "ref", Set: "set", Place: "place"}

// String returns the lower-case name of the type.
func (t Type) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return "unknown"
}

// Ordered reports whether < and > are defined on the type.
func (t Type) Ordered() bool { return t == Int || t == Number || t == Money || t == Time }

// Value is one typed value. The zero Value is 'missing', as a NULL column is.
type Value struct {
	typ   Type
	text  string
	n     int64
	f     float64
	set   []string
	point Point
}

// The constructors; each gives a present value of its type.
func TextOf(s string) Value    { return Value{typ: Text, text: s} }
func IntOf(n int64) Value      { return Value{typ: Int, n: n} }
func NumberOf(f float64) Value { return Value{typ: Number, f: f} }

// MoneyOf takes 1/10,000 of the currency unit.
func MoneyOf(n int64) Value { return Value{typ: Money, n: n} }

// TimeOf keeps microseconds, which is what both databases store.
func TimeOf(t time.Time) Value { return Value{typ: Time, n: t.UnixMicro()} }

// MicrosOf takes µs since 1970 UTC.
func MicrosOf(n int64) Value { return Value{typ: Time, n: n} }
func BoolOf(b bool) Value {
	v := Value{typ: Bool}
	if b {
		v.n = 1
	}
	return v
}
func RefOf(id ID) Value { return Value{typ: Ref, n: int64(id)} }

// SetOf sorts and removes doubles, so that equal sets are equal values.
func SetOf(items ...string) Value {
	s := slices.Clone(items)
	slices.Sort(s)
	return Value{typ: Set, set: slices.Compact(s)}
}

// PlaceOf returns missing for an unknown place: (0, 0), or anything not on the globe.
func PlaceOf(lat, lng float64) Value {
	p, ok := NewPoint(lat, lng)
	if !ok {
		return Value{}
	}
	return Value{typ: Place, point: p}
}

// Type returns the value's type, 0 for missing.
func (v Value) Type() Type { return v.typ }

// Missing reports whether there is no value.
func (v Value) Missing() bool { return v.typ == 0 }

// The accessors return the zero of their type when the value has another one.
func (v Value) Text() string    { return v.text }
func (v Value) Int() int64      { return v.n }
func (v Value) Float() float64  { return v.f }
func (v Value) Bool() bool      { return v.typ == Bool && v.n == 1 }
func (v Value) ID() ID          { return ID(v.n) }
func (v Value) Items() []string { return v.set }
func (v Value) Point() Point    { return v.point }

// Time returns the instant of a Time value, in UTC.
func (v Value) Time() time.Time { return time.UnixMicro(v.n).UTC() }

// Equal compares two present values of one type; missing equals nothing, not even missing.
func (v Value) Equal(w Value) bool {
	if v.typ == 0 || v.typ != w.typ {
		return false
	}
	switch v.typ {
	case Text:
		return v.text == w.text
	case Number:
		return v.f == w.f
	case Set:
		return slices.Equal(v.set, w.set)
	case Place:
		return v.point == w.point
	default:
		return v.n == w.n
	}
}

// Compare orders two present values of one ordered type.
func (v Value) Compare(w Value) int {
	if v.typ == Number {
		return cmp.Compare(v.f, w.f)
	}
	return cmp.Compare(v.n, w.n)
}

// EarthRadius is the mean radius in metres used for every distance.
const EarthRadius = 6_371_008.8

// Point is a known WGS-84 place. Beside the degrees it carries the unit vector from the
// Earth's centre: distances are compared as squared chords of it, which needs only + - *, so
// that Go and both databases compute the same bits and no comparison can raise an error.
type Point struct {
	Lat, Lng float64
	X, Y, Z  float64
}

// NewPoint refuses what is not a known place: (0, 0), which means 'unknown', and degrees off
// the globe. Degrees nearer to zero than any measurement are zero: the square of what is left of
// them would underflow, which PostgreSQL answers with an error.
func NewPoint(lat, lng float64) (Point, bool) {
	if math.Abs(lat) < 1e-12 {
		lat = 0
	}
	if math.Abs(lng) < 1e-12 {
		lng = 0
	}
	if lat == 0 && lng == 0 || !(lat >= -90 && lat <= 90) || !(lng >= -180 && lng <= 180) {
		return Point{}, false
	}
	a, b := lat*(math.Pi/180), lng*(math.Pi/180)
	return Point{Lat: lat, Lng: lng, X: math.Cos(a) * math.Cos(b), Y: math.Cos(a) * math.Sin(b), Z: math.Sin(a)}, true
}

// Chord2 returns the squared chord, on the unit sphere, of a great-circle distance in metres.
func Chord2(meters float64) float64 {
	if meters >= EarthRadius*math.Pi {
		return 4
	}
	h := 2 * math.Sin(meters/2/EarthRadius)
	return h * h
}

// Near reports whether q is within the distance whose squared chord is given. The explicit
// conversions keep the compiler from fusing multiply and add, which would differ from SQL.
func (p Point) Near(q Point, chord2 float64) bool {
	dx, dy, dz := p.X-q.X, p.Y-q.Y, p.Z-q.Z
	return float64(float64(dx*dx)+float64(dy*dy))+float64(dz*dz) <= chord2
}
