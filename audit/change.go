package audit

import (
	"strconv"
	"strings"
	"time"

	"guan/policy"
)

// Change says that a field got another value. Old and New are kept for fields of the general
// class alone that is not kept encrypted; of the others it is known that they changed, not from what to what.
type Change struct {
	Field    string `json:"field"`
	Old      any    `json:"old,omitempty"`
	New      any    `json:"new,omitempty"`
	Withheld bool   `json:"withheld,omitempty"`
}

// Diff returns the changes from before to after in the order of the kind's fields. Fields that
// stand in neither map, or are equal in both, do not appear. Names unknown to the kind are left
// out: nothing is known of their class.
func Diff(kind *policy.KindSchema, before, after map[string]policy.Value) []Change {
	var changes []Change
	for _, field := range kind.Fields {
		old, new := before[field.Name], after[field.Name]
		if old.Equal(new) || old.Missing() && new.Missing() {
			continue
		}
		change := Change{Field: field.Name, Withheld: true}
		if field.Class == policy.General && !field.Encrypted {
			change = Change{Field: field.Name, Old: readable(old), New: readable(new)}
		}
		changes = append(changes, change)
	}
	return changes
}

// Names returns the names of the changed fields.
func Names(changes []Change) []string {
	names := make([]string, len(changes))
	for i, c := range changes {
		names[i] = c.Field
	}
	return names
}

// readable returns the value as JSON shows it, nil for a missing one; long texts are cut.
func readable(v policy.Value) any {
	switch v.Type() {
	case policy.Text:
		return Clean(v.Text())
	case policy.Int:
		return v.Int()
	case policy.Number:
		return v.Float()
	case policy.Money:
		return decimal(v.Int())
	case policy.Time:
		return v.Time().Format(time.RFC3339Nano)
	case policy.Bool:
		return v.Bool()
	case policy.Ref:
		return v.ID().String()
	case policy.Set:
		items := make([]string, len(v.Items()))
		for i, item := range v.Items() {
			items[i] = Clean(item)
		}
		return items
	case policy.Place:
		return map[string]float64{"lat": v.Point().Lat, "lng": v.Point().Lng}
	}
	return nil
}

// decimal writes 1/10,000 of the currency unit with two to four decimals.
func decimal(n int64) string {
	sign, u := "", uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	text := strconv.FormatUint(u, 10)
	if len(text) < 5 {
		text = strings.Repeat("0", 5-len(text)) + text
	}
	whole, part := text[:len(text)-4], strings.TrimRight(text[len(text)-4:], "0")
	if len(part) < 2 {
		part += strings.Repeat("0", 2-len(part))
	}
	return sign + whole + "." + part
}
