package records

import (
	"encoding/json"
	"strings"

	"guan/policy"
)

// A field that is kept encrypted has in its column not the value but what stands for it: its index, by which
// an equal value is found, and its previews, which a list shows without opening anything. The text begins with
// a character that no value may have, so that nobody enters one, and holds no more than the masks show.

const (
	standMark = "\x01"
	standPart = "\x02"
)

// encrypted marks a field. Of what it holds no search document, no order and no index of values is made.
func (f *Field) encrypted() *Field {
	f.Encrypted, f.Search, f.Sort = true, false, false
	return f
}

// Stand is what stands for a value of the field in its column.
func (f *Field) Stand(index string, v policy.Value) policy.Value {
	return policy.TextOf(standMark + index + standPart + tail(f, v.Text()) + standPart + ends(f, v.Text()))
}

// Stands reports whether something stands for a value, so that the value itself lies elsewhere.
func Stands(v policy.Value) bool {
	return v.Type() == policy.Text && strings.HasPrefix(v.Text(), standMark)
}

// standing is the preview that was kept beside.
func standing(v policy.Value, mask policy.Level) string {
	parts := strings.Split(v.Text(), standPart)
	if len(parts) == 3 {
		switch mask {
		case policy.MaskTail:
			return parts[1]
		case policy.MaskEnds:
			return parts[2]
		}
	}
	return stars
}

// ParseKept is Parse for what the program wrote down itself: what stands for a value passes.
func (f *Field) ParseKept(raw json.RawMessage) (policy.Value, error) {
	var text string
	if f.Encrypted && json.Unmarshal(raw, &text) == nil && strings.HasPrefix(text, standMark) {
		return policy.TextOf(text), nil
	}
	return f.Parse(raw)
}

// ParseKept is Parse for what the program wrote down itself.
func (k *Kind) ParseKept(fields map[string]json.RawMessage) (map[string]policy.Value, error) {
	fresh, stands := map[string]json.RawMessage{}, map[string]policy.Value{}
	for name, raw := range fields {
		if f := k.Field(name); f != nil && f.Encrypted {
			if v, err := f.ParseKept(raw); err == nil && Stands(v) {
				stands[name] = v
				continue
			}
		}
		fresh[name] = raw
	}
	values, err := k.Parse(fresh)
	for name, v := range stands {
		if err == nil {
			values[name] = v
		}
	}
	return values, err
}

// IndexOf is the index in what stands for a value.
func IndexOf(v policy.Value) string {
	index, _, _ := strings.Cut(strings.TrimPrefix(v.Text(), standMark), standPart)
	return index
}
