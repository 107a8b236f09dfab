package laws

import (
	"guan/policy"
)

// cond draws a condition over records of the kind. own keeps it to the record's own fields, as
// a user's filter is.
func (s *source) cond(k *policy.KindSchema, depth int, own bool) policy.Cond {
	if depth > 0 && s.in(2) {
		switch s.IntN(5) {
		case 0:
			return policy.Cond{Op: policy.OpNot, Args: []policy.Cond{s.cond(k, depth-1, own)}}
		case 1, 2:
			return policy.Cond{Op: policy.OpAll, Args: s.conds(k, depth-1, own)}
		}
		if c, ok := s.members(k); ok && s.in(3) {
			return c
		}
		return policy.Cond{Op: policy.OpAny, Args: s.conds(k, depth-1, own)}
	}
	if !own && depth > 0 && s.in(5) {
		if c, ok := s.exists(k, depth-1); ok {
			return c
		}
	}
	if s.in(12) {
		return policy.Cond{Op: policy.OpKnown, CEL: one(s, knownTruths...)}
	}
	return s.leaf(k, own)
}

func (s *source) conds(k *policy.KindSchema, depth int, own bool) []policy.Cond {
	out := make([]policy.Cond, 1+s.IntN(3))
	for i := range out {
		out[i] = s.cond(k, depth, own)
	}
	return out
}

// members draws whether one of several members is in a set, beside another question or alone: such questions are
// asked together where none of them may be there.
func (s *source) members(k *policy.KindSchema) (policy.Cond, bool) {
	var sets []*policy.Field
	for _, f := range k.Fields {
		if f.Type == policy.Set {
			sets = append(sets, f)
		}
	}
	if len(sets) == 0 {
		return policy.Cond{}, false
	}
	set, c := one(s, sets...), policy.Cond{Op: policy.OpAny}
	for _, tag := range some(s, 2, 3, tags) {
		c.Args = append(c.Args, policy.Cond{Op: policy.OpTag, Field: set.Name, Value: s.text(tag, nil)})
	}
	if s.in(3) {
		c.Args = append(c.Args, s.leaf(k, true))
	}
	return c, true
}

// What can be asked of the person and the request alone. Attributes that a person does not have,
// and empty parts of the request, cannot be evaluated.
var (
	knownTruths = []string{
		"ctx.channel == 'web'", "ctx.device == 'phone'", "ctx.network == 'office'", "'sales' in p.positions", "p.region == 'a'",
		"p.level > 1", "p.units.size() > 1", "ctx.now < timestamp('2026-01-01T00:00:00Z')", "p.limit >= 1.0 || ctx.channel == 'api'",
	}
	knownTexts  = []string{"p.region", "ctx.channel", "p.id"}
	knownRefs   = []string{"p.id", "p.units[0]"} // not p.region: a text that is no id is unknown to the engine, another text to CEL
	knownLists  = []string{"p.units", "p.units.filter(u, u != '101')"}
	knownTimes  = []string{"ctx.now", "ctx.now - duration('720h')", "ctx.now + duration('1h')"}
	knownDouble = []string{"p.limit"}
)

func (s *source) exists(k *policy.KindSchema, depth int) (policy.Cond, bool) {
	var many []*policy.Relation
	for i := range k.Relations {
		if k.Relations[i].Many {
			many = append(many, &k.Relations[i])
		}
	}
	if len(many) == 0 {
		return policy.Cond{}, false
	}
	relation := one(s, many...)
	c := policy.Cond{Op: policy.OpExists, Relation: relation.Name}
	if !s.in(5) {
		c.Args = []policy.Cond{s.cond(schema.Kind(relation.Kind), depth, false)}
	}
	return c, true
}

func (s *source) leaf(k *policy.KindSchema, own bool) policy.Cond {
	prefix, on := "", k
	if !own && s.in(4) {
		for _, relation := range k.Relations {
			if relation.NotNull && !relation.Many {
				prefix, on = relation.Name+".", schema.Kind(relation.Kind)
			}
		}
	}
	for {
		f := one(s, on.Fields...)
		if sealed := encryptedOf(on); s.asks && len(sealed) > 0 && s.in(3) {
			f = one(s, sealed...)
		}
		c := s.leafOn(on, f)
		c.Field = prefix + f.Name
		if policy.CheckCond(schema, k.Name, &c) == nil && (s.asks || policy.KeepsValue(schema, k.Name, &c) == nil) {
			return c
		}
	}
}

func (s *source) leafOn(k *policy.KindSchema, f *policy.Field) policy.Cond {
	if s.in(8) {
		return policy.Cond{Op: policy.OpHas}
	}
	literal := func() *policy.Operand { o := s.value(f).operand(); return &o }
	switch f.Type {
	case policy.Set:
		return policy.Cond{Op: policy.OpTag, Value: s.text(one(s, tags...), nil)}
	case policy.Place:
		point := one(s, places...)
		return policy.Cond{Op: policy.OpWithin, Point: &point, Meters: one(s, distances...)}
	case policy.Text:
		if s.in(2) {
			op, part := one(s, policy.OpStarts, policy.OpEnds, policy.OpContains), one(s, texts[1:]...)
			if f.Encrypted { // such a question must be refused
				part = string([]rune(one(s, accounts...))[:4])
			}
			return policy.Cond{Op: op, Value: s.text(part, knownTexts)}
		}
	}
	if s.in(4) {
		return s.list(f)
	}
	ops := []policy.Op{policy.OpEq, policy.OpNe}
	if f.Type.Ordered() {
		ops = append(ops, policy.OpLt, policy.OpLe, policy.OpGt, policy.OpGe)
	}
	c := policy.Cond{Op: one(s, ops...), Value: literal()}
	if s.in(5) {
		if cel := s.known(f.Type); cel != "" {
			c.Value = &policy.Operand{CEL: cel}
		}
	} else if s.in(5) {
		var same []string
		for _, g := range k.Fields {
			if g.Type == f.Type {
				same = append(same, g.Name)
			}
		}
		c.Value = &policy.Operand{Field: one(s, same...)}
	}
	return c
}

func (s *source) text(literal string, cels []string) *policy.Operand {
	if len(cels) > 0 && s.in(8) {
		return &policy.Operand{CEL: one(s, cels...)}
	}
	return &policy.Operand{Text: &literal}
}

func (s *source) known(t policy.Type) string {
	switch t {
	case policy.Text:
		return one(s, knownTexts...)
	case policy.Ref:
		return one(s, knownRefs...)
	case policy.Time:
		return one(s, knownTimes...)
	case policy.Money:
		return one(s, knownDouble...)
	case policy.Int:
		return "p.level"
	}
	return ""
}

// list draws a list: literals, expressions, or one expression that gives the whole list.
func (s *source) list(f *policy.Field) policy.Cond {
	if f.Type == policy.Ref && s.in(3) {
		return policy.Cond{Op: policy.OpIn, Values: []policy.Operand{{CEL: one(s, knownLists...)}}}
	}
	c := policy.Cond{Op: policy.OpIn}
	for range 1 + s.IntN(3) {
		o := s.value(f).operand()
		// The first is a literal: one expression alone would have to give the whole list.
		if cel := s.known(f.Type); len(c.Values) > 0 && cel != "" && s.in(4) {
			o = policy.Operand{CEL: cel}
		}
		c.Values = append(c.Values, o)
	}
	return c
}
