package store

import (
	"context"
	"slices"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// followKind is what is written of what was spoken of.
const followKind policy.Kind = "activity"

// follows are the fields of an activity about a record: its customer and, where the record is another one, the
// record; nil where it can have none.
func (v *view) follows(kind *records.Kind, it *Item) map[string]policy.Value {
	if kind.Name == followKind {
		return nil
	}
	customer := it.plain["customer"]
	if kind.Name == access.Pooled {
		customer = policy.RefOf(it.ID)
	}
	for _, r := range v.catalog.Kind(followKind).Relations {
		if !r.Many && r.Kind == kind.Name && !customer.Missing() {
			return map[string]policy.Value{"customer": customer, r.Field: policy.RefOf(it.ID)}
		}
	}
	return nil
}

// mayFollow reports whether the actor could write an activity about a record that they read, at once or with
// approval: the rules are asked of one as it would stand, and what it names must be found.
func (t *rtx) mayFollow(ctx context.Context, v *view, kind *records.Kind, it *Item) (bool, error) {
	given := v.follows(kind, it)
	if given == nil {
		return false, nil
	}
	lasting := v.withoutEmergencies(Actor{}) // nothing is made to refer to what is open in an emergency
	if lasting != v {
		if _, err := t.one(ctx, lasting.shape(kind, []string{}), it.ID); err != nil {
			if fault.Is(err, fault.NotFound) {
				err = nil
			}
			return false, err
		}
	}
	may, err := t.mayMake(ctx, v, followKind, given, "subject", "happened_at")
	if of := v.lifted(); err == nil && !may && of != nil && v.liftedFor(policy.Create, followKind) != nil {
		may, err = t.mayMake(ctx, of, followKind, given, "subject", "happened_at")
	}
	if err != nil || !may || kind.Name == access.Pooled {
		return may, err
	}
	_, err = t.one(ctx, lasting.shape(v.catalog.Kind(access.Pooled), []string{}), given["customer"].ID())
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// mayMake reports whether the actor may make a record with these fields, and give it others beside.
func (t *rtx) mayMake(ctx context.Context, v *view, kind policy.Kind, given map[string]policy.Value, beside ...string) (bool, error) {
	if v.bound.Reduce(policy.Create, kind).None() {
		return false, nil
	}
	row, err := t.unwritten(ctx, v, v.catalog.Kind(kind), given, v.bound.Ruleset().Needs(kind, policy.Create))
	if err != nil {
		return false, err
	}
	outcome := v.bound.Decide(row, policy.Create)
	return outcome.Allowed && !slices.ContainsFunc(append(keysOf(given), beside...), func(name string) bool {
		return !outcome.Editable(v.catalog.Schema().Kind(kind).Field(name))
	}), nil
}

// unwritten is a record of the actor's as it would stand if it were made now, with what rules ask of beside it.
func (t *rtx) unwritten(ctx context.Context, v *view, kind *records.Kind, given map[string]policy.Value, needs *policy.Needs) (*policy.Row, error) {
	values := map[string]policy.Value{}
	for name, value := range given {
		if !value.Missing() {
			values[name] = value
		}
	}
	if err := t.place(ctx, v, kind, 0, given, values); err != nil {
		return nil, err
	}
	delete(values, "id")
	kind.Complete(values)
	schema := v.catalog.Schema().Kind(kind.Name)
	row := &policy.Row{Kind: kind.Name, Values: values, Parents: map[string]*policy.Row{}, Related: map[string][]*policy.Row{}}
	for name, more := range needs.Relations {
		if err := t.loadRelated(ctx, v, schema, row, name, more); err != nil {
			return nil, err
		}
	}
	return row, nil
}
