package records

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

const (
	dateLayout = "2006-01-02"
	timeLayout = "2006-01-02T15:04:05.999999Z07:00"
)

// Parse reads a field's value from JSON. It is strict: a number is not taken for a text nor a
// text for a number. null and the empty text are missing. It fails with fault.Invalid, At the
// field's name; the text of the failure holds no part of the value.
func (f *Field) Parse(raw json.RawMessage) (policy.Value, error) {
	raw = bytes.TrimSpace(raw)
	if !json.Valid(raw) {
		return policy.Value{}, f.bad("json", "is not JSON")
	}
	if !utf8.Valid(raw) {
		return policy.Value{}, f.at(errEncoding)
	}
	if string(raw) == "null" {
		return policy.Value{}, nil
	}
	v, err := f.decode(raw)
	if err != nil {
		return policy.Value{}, err
	}
	if v, err = f.Normal(v); err != nil {
		return policy.Value{}, err
	}
	return v, nil
}

func (f *Field) decode(raw json.RawMessage) (policy.Value, error) {
	none := policy.Value{}
	switch f.Type {
	case Int:
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil {
			return none, f.wrongType()
		}
		return policy.IntOf(n), nil
	case Number:
		x, err := strconv.ParseFloat(string(raw), 64)
		if err != nil {
			return none, f.wrongType()
		}
		return policy.NumberOf(x), nil
	case Bool:
		var b bool
		if json.Unmarshal(raw, &b) != nil {
			return none, f.wrongType()
		}
		return policy.BoolOf(b), nil
	case ManyOf:
		var items []*string
		if json.Unmarshal(raw, &items) != nil || slices.Contains(items, nil) {
			return none, f.wrongType()
		}
		set := make([]string, len(items))
		for i, item := range items {
			set[i] = *item
		}
		return policy.SetOf(set...), nil
	case Place:
		return f.decodePlace(raw)
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return none, f.wrongType()
	}
	return f.fromText(text)
}

// fromText reads the types that JSON writes as a text.
func (f *Field) fromText(text string) (policy.Value, error) {
	none := policy.Value{}
	if text == "" {
		return none, nil
	}
	switch f.Type {
	case Money:
		n, err := policy.ParseMoney(text)
		if err != nil {
			return none, f.bad("money", "is not an amount: a decimal number with at most four places, below 900,000,000,000")
		}
		return policy.MoneyOf(n), nil
	case Date:
		t, err := time.Parse(dateLayout, text)
		if err != nil {
			return none, f.bad("date", "is not a date written as 2006-01-02")
		}
		return policy.TimeOf(t), nil
	case Time:
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return none, f.bad("time", "is not a time written as 2006-01-02T15:04:05Z")
		}
		return policy.TimeOf(t), nil
	case Ref:
		id, err := policy.ParseID(text)
		if err != nil {
			return none, f.bad("ref", "is not an id")
		}
		return policy.RefOf(id), nil
	}
	return policy.TextOf(text), nil
}

func (f *Field) decodePlace(raw json.RawMessage) (policy.Value, error) {
	var at struct {
		Lat *float64 `json:"lat"`
		Lng *float64 `json:"lng"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if d.Decode(&at) != nil || at.Lat == nil || at.Lng == nil {
		return policy.Value{}, f.wrongType()
	}
	return f.placeOf(*at.Lat, *at.Lng)
}

// placeOf takes (0, 0) for an unknown place, as everywhere, and refuses what is off the globe.
func (f *Field) placeOf(lat, lng float64) (policy.Value, error) {
	v := policy.PlaceOf(lat, lng)
	if v.Missing() && (lat != 0 || lng != 0) {
		return v, f.bad("place", "is not on the globe: latitude from -90 to 90, longitude from -180 to 180")
	}
	return v, nil
}

// Wire returns the value as it stands in JSON, nil when it is missing; Parse reads it back.
func (f *Field) Wire(v policy.Value) any {
	if v.Missing() {
		return nil
	}
	switch f.Type {
	case Int:
		return v.Int()
	case Number:
		return v.Float()
	case Money:
		return policy.FormatMoney(v.Int())
	case Date:
		return v.Time().Format(dateLayout)
	case Time:
		return v.Time().Format(timeLayout)
	case Bool:
		return v.Bool()
	case Ref:
		return v.ID().String()
	case ManyOf:
		return append([]string{}, v.Items()...)
	case Place:
		return policy.LatLng{Lat: v.Point().Lat, Lng: v.Point().Lng}
	}
	return v.Text()
}

// Parse reads the fields of a record from JSON and reports all mistakes at once, among them
// fields that the kind does not have and fields that only the store writes. Fields that are set
// to null are missing in the result but present as keys.
func (k *Kind) Parse(fields map[string]json.RawMessage) (map[string]policy.Value, error) {
	values := make(map[string]policy.Value, len(fields))
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f := k.Field(name)
		switch {
		case f == nil:
			errs = append(errs, fault.New(fault.Invalid, "unknown_field", fmt.Sprintf("%s has no such field", k.Name)).WithAt(atName(name)))
			continue
		case f.Group.ByRule():
			errs = append(errs, f.bad("by_rule", "cannot be set: its tags stand by the rules of the group %s", f.Label.EN).With("group", f.Label))
			continue
		case f.ReadOnly:
			errs = append(errs, f.bad("read_only", "cannot be set"))
			continue
		}
		v, err := f.Parse(fields[name])
		if err != nil {
			errs = append(errs, err)
			continue
		}
		values[name] = v
	}
	if err := collect(errs); err != nil {
		return nil, err
	}
	return values, nil
}

func collect(errs []error) error {
	return fault.Collect(fault.Invalid, "fields", "some fields are wrong", errs...)
}

// atName keeps a name from outside printable and short.
func atName(name string) string {
	if len(name) > 64 {
		name = name[:64]
	}
	return fmt.Sprintf("%+q", name)
}
