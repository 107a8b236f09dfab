package policy

import "fmt"

// A field that is kept encrypted has values that nothing but their owner's key reads. What can be asked of it
// is whether it has a value, and whether it is exactly one that is known: the compiler then compares indexes.

// checkEncrypted refuses every other question of such a field.
func checkEncrypted(on *KindSchema, f *Field, cond *Cond) *Problem {
	if !f.Encrypted {
		if cond.Value != nil && cond.Value.Field != "" {
			if other := on.Field(cond.Value.Field); other != nil && other.Encrypted {
				return &Problem{Code: "encrypted", At: "value", Detail: encryptedOnly(cond.Value.Field)}
			}
		}
		return nil
	}
	operands := cond.Values
	switch {
	case cond.Op == OpHas:
		return nil
	case cond.Op != OpEq && cond.Op != OpNe && cond.Op != OpIn:
		return &Problem{Code: "encrypted", At: "op", Detail: encryptedOnly(cond.Field)}
	case cond.Value != nil:
		operands = []Operand{*cond.Value}
	}
	for _, o := range operands {
		if o.Text == nil {
			return &Problem{Code: "encrypted", At: "value", Detail: encryptedOnly(cond.Field)}
		}
	}
	return nil
}

func encryptedOnly(field string) string {
	return fmt.Sprintf("%s is kept encrypted: ask whether it has a value, or whether it is exactly one that you know", field)
}

// KeepsValue says where a condition compares a field that is kept encrypted with a value. Such a condition can be
// asked and not kept: the value would lie in it in plain.
func KeepsValue(schema *Schema, kind Kind, cond *Cond) *Problem {
	k := schema.Kind(kind)
	if k == nil || cond == nil {
		return nil
	}
	if cond.Field != "" && cond.Op != OpHas {
		if f, _, p := schema.resolveField(k, cond.Field); p == nil && f.Encrypted {
			return &Problem{Code: "encrypted_kept", At: "value", Detail: fmt.Sprintf("%s is kept encrypted, and its value would stand here in plain: what is kept asks only whether it has one", cond.Field)}
		}
	}
	inner := kind
	if cond.Op == OpExists {
		if relation, ok := k.Relation(cond.Relation); ok {
			inner = relation.Kind
		}
	}
	for i := range cond.Args {
		if p := within(fmt.Sprintf("args[%d]", i), KeepsValue(schema, inner, &cond.Args[i])); p != nil {
			return p
		}
	}
	return nil
}

// WithTexts gives a condition in which the texts that encrypted fields of the kind's own are compared with
// are replaced, each by one or by several that mean the same.
func WithTexts(kind *KindSchema, cond *Cond, replace func(f *Field, text string) ([]string, error)) (*Cond, error) {
	if f := kind.Field(cond.Field); f != nil && f.Encrypted && cond.Op != OpHas {
		return withTexts(f, cond, replace)
	}
	out := *cond
	out.Args = make([]Cond, len(cond.Args))
	for i := range cond.Args {
		arg, err := WithTexts(kind, &cond.Args[i], replace)
		if err != nil {
			return nil, err
		}
		out.Args[i] = *arg
	}
	return &out, nil
}

func withTexts(f *Field, cond *Cond, replace func(f *Field, text string) ([]string, error)) (*Cond, error) {
	given := cond.Values
	if cond.Value != nil {
		given = []Operand{*cond.Value}
	}
	var values []Operand
	for _, o := range given {
		if o.Text == nil {
			values = append(values, o)
			continue
		}
		texts, err := replace(f, *o.Text)
		if err != nil {
			return nil, err
		}
		for _, text := range texts {
			values = append(values, Operand{Text: &text})
		}
	}
	out := *cond
	if cond.Value == nil {
		out.Values = values
		return &out, nil
	}
	if len(values) == 1 {
		out.Value = &values[0]
		return &out, nil
	}
	among := Cond{Op: OpIn, Field: cond.Field, Values: values}
	if cond.Op == OpNe {
		return &Cond{Op: OpNot, Args: []Cond{among}}, nil
	}
	return &among, nil
}
