package records

import (
	"fmt"
	"slices"

	"guan/policy"
)

// kinds are those that come with Guan, in the order in which people meet them.
var kinds = []*Kind{customer, contact, opportunity, contract, ticket, activity, payment, product, task, person}

// Catalog is the closed world of one tenant: the kinds with its custom fields. It does not
// change once made and may be shared.
type Catalog struct {
	kinds  []*Kind
	byName map[policy.Kind]*Kind
	schema *policy.Schema
}

var builtin = func() *Catalog {
	c, err := With(nil)
	if err != nil {
		panic(err)
	}
	return c
}()

// Builtin returns the catalog without custom fields.
func Builtin() *Catalog { return builtin }

// Schema returns the engine's view of the kinds without custom fields.
func Schema() *policy.Schema { return builtin.schema }

// With makes the catalog of a tenant that has these custom fields and these stages of kinds. It fails
// with fault.Invalid, one item for each mistake in the definitions.
func With(custom []CustomField, stages ...KindStages) (*Catalog, error) {
	if err := checkCustom(custom); err != nil {
		return nil, err
	}
	cat := &Catalog{byName: make(map[policy.Kind]*Kind, len(kinds))}
	schemas := []*policy.KindSchema{{Name: System, Actions: slices.Clone(SystemActions)}}
	for _, k := range kinds {
		if extra := fieldsOf(k, custom); len(extra) > 0 {
			wider := *k
			wider.Fields = slices.Concat(k.Fields, extra)
			wider.index()
			k = &wider
		}
		for i := range stages {
			if stages[i].Kind == k.Name && k.Staged() {
				if err := stages[i].check(k); err != nil {
					return nil, err
				}
				other := *k
				stages[i].apply(&other)
				other.index()
				k = &other
			}
		}
		cat.kinds = append(cat.kinds, k)
		cat.byName[k.Name] = k
		schemas = append(schemas, k.schema())
	}
	var err error
	if cat.schema, err = policy.NewSchema(schemas...); err != nil {
		return nil, fmt.Errorf("records: %w", err)
	}
	return cat, cat.takeRules(custom)
}

// Kinds returns the kinds in the order in which people meet them.
func (c *Catalog) Kinds() []*Kind { return c.kinds }

// Kind returns the kind of that name, nil when there is none; System is none.
func (c *Catalog) Kind(name policy.Kind) *Kind { return c.byName[name] }

// Schema returns the engine's view of the catalog, System included.
func (c *Catalog) Schema() *policy.Schema { return c.schema }

// Without returns the catalog as it looks to somebody from whom some custom fields are hidden: one
// without them, or the catalog itself when hidden names none.
func (c *Catalog) Without(hidden func(policy.Kind, *Field) bool) *Catalog {
	narrower := &Catalog{byName: make(map[policy.Kind]*Kind, len(c.kinds))}
	schemas := []*policy.KindSchema{{Name: System, Actions: slices.Clone(SystemActions)}}
	same := true
	for _, k := range c.kinds {
		gone := func(f *Field) bool { return f.Custom && hidden(k.Name, f) }
		if slices.ContainsFunc(k.Fields, gone) {
			less := *k
			less.Fields = slices.DeleteFunc(slices.Clone(k.Fields), gone)
			less.index()
			k, same = &less, false
		}
		narrower.kinds = append(narrower.kinds, k)
		narrower.byName[k.Name] = k
	}
	if same {
		return c
	}
	for _, k := range narrower.kinds {
		schemas = append(schemas, k.schema())
	}
	var err error
	if narrower.schema, err = policy.NewSchema(schemas...); err != nil {
		panic(err) // nothing stands on a custom field: a catalog that holds, holds with fewer
	}
	return narrower
}
