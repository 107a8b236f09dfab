package laws

import (
	"fmt"
	"slices"

	"guan/policy"
)

// rule draws a rule of the effect, or of either.
func (s *source) rule(effect policy.Effect) policy.Rule {
	k := s.kind()
	r := policy.Rule{
		ID: fmt.Sprintf("r%d", len(s.w.Rules)+1), Kind: k.Name, Effect: effect, Who: s.who(), Scene: "laws",
		Origin: policy.Origin{Type: "pack"}, Where: s.path(k, false),
	}
	if effect == "" {
		r.Effect = policy.Permit
		if s.in(3) {
			r.Effect = policy.Forbid
		}
	}
	r.Actions = some(s, 1, 3, k.Actions)
	if !s.in(6) && !slices.Contains(r.Actions, policy.Read) {
		r.Actions = append(r.Actions, policy.Read)
	}
	if s.in(2) {
		c := s.cond(k, 3, false)
		r.When = &c
	}
	if s.in(4) {
		from, until := s.window()
		r.From, r.Until = instant(from), instant(until)
	}
	r.Duty.SecondFactor = s.in(6)
	if other := s.same(k); other != nil && s.in(2) {
		// The same question as another rule's, with another answer.
		r.Who, r.Where, r.When, r.From, r.Until = other.Who, other.Where, other.When, other.From, other.Until
	}
	if r.Effect == policy.Permit {
		r.Fields = s.levels(k)
	} else if !s.in(4) {
		r.Fields = s.guards(k)
	}
	return r
}

// lone draws one way in for everybody, to all records of a kind or to those under a condition, and a
// rule or two that forbid some of it.
func (s *source) lone() []policy.Rule {
	k := s.kind()
	r := policy.Rule{ID: "lone", Kind: k.Name, Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Scene: "laws",
		Origin: policy.Origin{Type: "pack"}, Where: policy.Path{Path: policy.PathAll}, Actions: k.Actions, Fields: s.levels(k)}
	if s.in(2) {
		c := s.cond(k, 2, false)
		r.When = &c
	}
	out := []policy.Rule{r}
	for i := range 1 + s.IntN(2) {
		bar := s.rule(policy.Forbid)
		bar.ID, bar.Kind, bar.Actions, bar.Where, bar.Fields = fmt.Sprintf("lone%d", i), k.Name, k.Actions, s.path(k, false), nil
		c := s.cond(k, 2, false)
		bar.When = &c
		out = append(out, bar)
	}
	return out
}

// named draws permits that name records, as somebody holds them who was given many grants: some show the
// same of the records as the one before, others something else.
func (s *source) named() []policy.Rule {
	k := s.kind()
	var ids []policy.ID
	for _, r := range s.w.Records {
		if r.Kind == k.Name {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var out []policy.Rule
	who := s.who()
	for i := range 2 + s.IntN(3) {
		r := policy.Rule{ID: fmt.Sprintf("named%d", i), Kind: k.Name, Effect: policy.Permit, Who: who, Scene: "laws", Origin: policy.Origin{Type: "grant"},
			Where: policy.Path{Path: policy.PathAll}, Actions: []policy.Action{policy.Read}, When: &policy.Cond{Op: policy.OpIn, Field: "id"}, Fields: s.levels(k)}
		for _, id := range some(s, 1, 4, ids) {
			r.When.Values = append(r.When.Values, policy.Operand{Ref: &id})
		}
		if i > 0 && s.in(2) {
			r.Fields = out[i-1].Fields
		}
		out = append(out, r)
	}
	return out
}

// alike draws forbids that lower the same fields in the same way, each on other records.
func (s *source) alike() []policy.Rule {
	first := s.rule(policy.Forbid)
	k := schema.Kind(first.Kind)
	first.Fields = s.guards(k)
	var out []policy.Rule
	for i := range 2 + s.IntN(2) {
		r, c := first, s.cond(k, 2, false)
		r.ID, r.When = fmt.Sprintf("alike%d", i), &c
		if s.in(3) {
			r.Where = s.path(k, false)
		}
		out = append(out, r)
	}
	return out
}

// same picks an earlier rule on the kind that has a condition; nil when there is none.
func (s *source) same(k *policy.KindSchema) *policy.Rule {
	var others []*policy.Rule
	for i := range s.w.Rules {
		if r := &s.w.Rules[i]; r.Kind == k.Name && r.When != nil {
			others = append(others, r)
		}
	}
	if len(others) == 0 {
		return nil
	}
	return one(s, others...)
}

func (s *source) who() policy.Who {
	w := policy.Who{Any: []policy.Clause{{Everyone: true}}}
	if !s.in(3) {
		w.Any = []policy.Clause{s.clause()}
		if s.in(4) {
			w.Any = append(w.Any, s.clause())
		}
	}
	if s.in(8) {
		w.Except = []policy.Clause{s.clause()}
	}
	return w
}

func (s *source) clause() policy.Clause {
	u := one(s, s.w.Units...).ID
	switch s.IntN(6) {
	case 0, 1:
		return policy.Clause{Person: one(s, s.w.People...).ID}
	case 2:
		return policy.Clause{Position: one(s, positions...)}
	case 3:
		return policy.Clause{Unit: u}
	case 4:
		return policy.Clause{Unit: u, Below: true}
	}
	return policy.Clause{Position: one(s, positions...), Unit: u, Below: s.in(2)}
}

// path draws a path that the kind has; linked ones lead to no further link.
func (s *source) path(k *policy.KindSchema, linked bool) policy.Path {
	paths := []policy.PathKind{policy.PathAll}
	if k.Owner != "" {
		paths = append(paths, policy.PathOwn, policy.PathOwn)
	}
	if k.Unit != "" {
		paths = append(paths, policy.PathUnit, policy.PathUnitBelow, policy.PathHeaded, policy.PathUnits)
	}
	if k.Pool != "" {
		paths = append(paths, policy.PathPool)
	}
	if k.Place != "" {
		paths = append(paths, policy.PathNear, policy.PathNear)
	}
	if k.Team {
		paths = append(paths, policy.PathTeam, policy.PathTeam)
	}
	if !linked && len(k.Relations) > 0 {
		paths = append(paths, policy.PathLinked, policy.PathLinked, policy.PathLinked)
	}
	p := policy.Path{Path: one(s, paths...)}
	switch p.Path {
	case policy.PathUnits:
		for _, u := range some(s, 1, 3, s.w.Units) {
			p.Units = append(p.Units, u.ID)
		}
		p.Below = s.in(2)
	case policy.PathNear:
		p.Meters = one(s, distances...)
	case policy.PathLinked:
		relation := one(s, k.Relations...)
		p.Relation = relation.Name
		other := schema.Kind(relation.Kind)
		if !s.in(3) {
			via := s.path(other, true)
			p.Via = &via
		}
		if p.Via == nil || s.in(3) {
			c := s.cond(other, 1, false)
			p.Cond = &c
		}
	}
	return p
}

func (s *source) levels(k *policy.KindSchema) []policy.FieldRule {
	var out []policy.FieldRule
	add := func(f policy.FieldRule) {
		f.Level = one(s, policy.Hidden, s.mask(), policy.Plain, policy.Plain)
		if f.Field != "" && f.Level.IsMask() && !s.in(3) {
			f.Level = one(s, slices.Concat(k.Field(f.Field).Masks, []policy.Level{policy.MaskConstant, policy.Masked})...)
		} else if f.Field != "" && f.Level.IsMask() {
			f.Level = policy.Masked
		}
		f.Edit = f.Level == policy.Plain && s.in(2)
		out = append(out, f)
	}
	if !s.in(6) {
		out = append(out, policy.FieldRule{Class: policy.Everything, Level: one(s, s.mask(), policy.Plain, policy.Plain), Edit: false})
	}
	for _, class := range some(s, 0, 2, policy.Classes) {
		add(policy.FieldRule{Class: class})
	}
	for _, f := range some(s, 0, 2, k.Fields) {
		add(policy.FieldRule{Field: f.Name})
	}
	return out
}

// mask draws a mask for a class: the fields' own, or one that suits some of them and others not.
func (s *source) mask() policy.Level {
	return one(s, policy.Masked, policy.Masked, one(s, policy.Masks...))
}

func (s *source) guards(k *policy.KindSchema) []policy.FieldRule {
	var out []policy.FieldRule
	for range 1 + s.IntN(2) {
		f := policy.FieldRule{Class: one(s, policy.Classes...), Level: one(s, policy.Hidden, s.mask(), policy.Plain)}
		switch s.IntN(3) {
		case 0:
			of := one(s, k.Fields...)
			if f.Class, f.Field = "", of.Name; f.Level.IsMask() && f.Level != policy.Masked {
				f.Level = one(s, slices.Concat(of.Masks, []policy.Level{policy.MaskConstant})...)
			}
		case 1:
			f.Class = one(s, policy.Everything, policy.General)
		}
		out = append(out, f)
	}
	return out
}

// change draws what another version does differently.
func (s *source) change() {
	w := s.w
	permit, forbid := s.rule(policy.Permit), s.rule(policy.Forbid)
	permit.ID, forbid.ID = "added_permit", "added_forbid"
	w.Change = Change{Permit: &permit, Forbid: &forbid, Rotate: s.IntN(len(w.Rules))}
	for _, r := range some(s, 0, 2, w.Rules) {
		w.Change.Drop = append(w.Change.Drop, r.ID)
	}
	for _, r := range some(s, 0, 3, w.Rules) {
		w.Change.Twice = append(w.Change.Twice, r.ID)
	}
	u, to := one(s, w.Units...).ID, one(s, w.Units...).ID
	if u != to && !slices.Contains(w.above(to), u) {
		w.Change.Move, w.Change.To = u, to
	}
}

// ask draws a question for a list.
func (s *source) ask() Ask {
	k := s.kind()
	a := Ask{Person: one(s, s.w.People...).ID, Kind: k.Name, Desc: s.in(2), Size: one(s, 1, 2, 2, 5, 50), Plan: s.IntN(3), Cap: one(s, 0, 1, 3, 10_000)}
	if !s.in(3) {
		s.asks = true
		c := s.cond(k, 2, true)
		s.asks = false
		a.Filter = &c
	}
	if len(searchClasses(k)) > 0 && s.in(3) {
		a.Terms = some(s, 1, 2, terms)
	}
	var sortable, sums []string
	for _, f := range k.Fields {
		if f.Type != policy.Set && f.Type != policy.Place && !f.Encrypted {
			sortable = append(sortable, f.Name)
		}
		if f.Type == policy.Money || f.Type == policy.Number || f.Type == policy.Int {
			sums = append(sums, f.Name)
		}
	}
	switch s.IntN(5) {
	case 0:
	case 1, 2:
		a.Sort = "updated_at"
	default:
		a.Sort = one(s, sortable...)
	}
	if len(sums) > 0 {
		a.Sum = one(s, sums...)
		if k.Field("currency") != nil && s.in(2) {
			a.By = "currency"
		}
	}
	return a
}

func (s *source) split() Split {
	k := s.kind()
	return Split{Person: one(s, s.w.People...).ID, Kind: k.Name, Cond: s.cond(k, 3, false)}
}
