package policy

import (
	"slices"
	"strconv"
)

// ArgPlace is the place of a part of a condition that stands at a place.
func ArgPlace(at string, i int) string {
	if at != "" {
		at += "."
	}
	return at + "args[" + strconv.Itoa(i) + "]"
}

// TextPosition writes a place in a text, both counted from 1.
func TextPosition(line, column int) string { return position(line, column-1) }

// EachRef hands over every record, person or unit that a checked condition names by id.
func EachRef(schema *Schema, kind Kind, cond *Cond, each func(to Kind, id ID)) {
	eachLeaf(schema, kind, cond, func(_ *KindSchema, c *Cond, f *Field) {
		to := f.Refs
		if c.Value != nil && c.Value.Ref != nil {
			each(to, *c.Value.Ref)
		}
		for _, v := range c.Values {
			if v.Ref != nil {
				each(to, *v.Ref)
			}
		}
	})
}

// OnlyClass reports whether a checked condition looks at fields of one class alone.
func OnlyClass(schema *Schema, kind Kind, cond *Cond, class Class) bool {
	only := true
	eachLeaf(schema, kind, cond, func(on *KindSchema, c *Cond, f *Field) {
		only = only && f.Class == class
		if c.Value != nil && c.Value.Field != "" {
			other := on.Field(c.Value.Field)
			only = only && other != nil && other.Class == class
		}
	})
	return only
}

// FieldsOf lists the fields that a checked condition looks at, as "kind.field", each once.
func FieldsOf(schema *Schema, kind Kind, cond *Cond) []string {
	var names []string
	eachLeaf(schema, kind, cond, func(on *KindSchema, c *Cond, f *Field) {
		names = append(names, string(on.Name)+"."+f.Name)
		if c.Value != nil && c.Value.Field != "" {
			names = append(names, string(on.Name)+"."+c.Value.Field)
		}
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// Compares reports whether a checked condition compares a field of a kind with a text.
func Compares(schema *Schema, kind Kind, cond *Cond, of Kind, field, text string) bool {
	found := false
	is := func(o *Operand) bool { return o != nil && o.Text != nil && *o.Text == text }
	eachLeaf(schema, kind, cond, func(on *KindSchema, c *Cond, f *Field) {
		if on.Name == of && f.Name == field {
			found = found || is(c.Value) || slices.ContainsFunc(c.Values, func(o Operand) bool { return is(&o) })
		}
	})
	return found
}

// eachLeaf hands over the comparisons with the field each is about, and the kind it stands on.
func eachLeaf(schema *Schema, kind Kind, cond *Cond, each func(*KindSchema, *Cond, *Field)) {
	k := schema.Kind(kind)
	if k == nil {
		return
	}
	if cond.Field != "" {
		if f, on, problem := schema.resolveField(k, cond.Field); problem == nil {
			each(on, cond, f)
		}
	}
	inner := kind
	if cond.Op == OpExists {
		relation, ok := k.Relation(cond.Relation)
		if !ok {
			return
		}
		inner = relation.Kind
	}
	for i := range cond.Args {
		eachLeaf(schema, inner, &cond.Args[i], each)
	}
}
