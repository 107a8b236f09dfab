package records

import (
	"guan/fault"
	"guan/policy"
)

// rule is a check between the fields of one record; nil when it holds or cannot be judged.
type rule func(k *Kind, values map[string]policy.Value) error

// notBefore says that the field later is not before the field earlier.
func notBefore(later, earlier string) rule {
	return func(k *Kind, values map[string]policy.Value) error {
		a, b := values[earlier], values[later]
		if a.Missing() || b.Missing() || b.Compare(a) >= 0 {
			return nil
		}
		return k.Field(later).bad("order", "is before %s", earlier).With("field", earlier)
	}
}

// Complete adds the defaults of the fields that a new record does not have.
func (k *Kind) Complete(values map[string]policy.Value) {
	for _, f := range k.Fields {
		if !values[f.Name].Missing() {
			continue
		}
		if !f.Default.Missing() {
			values[f.Name] = f.Default
		} else if f.Type == ManyOf && !f.Custom {
			values[f.Name] = policy.SetOf()
		}
	}
}

// Check asks whether the values can stand together as one record: each as its field wants it,
// nothing required missing, the fields in accord. Fields that only the store writes are its own
// concern. All mistakes come back at once, as fault.Invalid with one item for each.
//
// Touched names the fields that were set, nil for all: what an edit did not touch was somebody
// else's to fill and is not asked for again. Leave out of values what the caller may not see: an
// accord with a hidden field would tell its value by trial, and what is missing is not judged.
func (k *Kind) Check(values map[string]policy.Value, touched map[string]bool) error {
	var errs []error
	for _, f := range k.Fields {
		if f.ReadOnly || touched != nil && !touched[f.Name] {
			continue
		}
		v := values[f.Name]
		if v.Missing() && (f.Required || f.NotNull()) {
			errs = append(errs, f.bad("required", "is required"))
			continue
		}
		if f.Encrypted && Stands(v) {
			continue // it was checked before it was sealed
		}
		if _, err := f.Normal(v); err != nil {
			errs = append(errs, err)
		}
	}
	for _, holds := range k.between {
		if err := holds(k, values); err != nil && (touched == nil || touched[fault.From(err).At] || touchesParam(err, touched)) {
			errs = append(errs, err)
		}
	}
	return collect(errs)
}

func touchesParam(err error, touched map[string]bool) bool {
	other, _ := fault.From(err).Params["field"].(string)
	return touched[other]
}
