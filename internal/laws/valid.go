package laws

import (
	"fmt"
	"slices"

	"guan/policy"
)

// valid refuses a world that means nothing: one that was written by hand, or that lost to
// shrinking what it cannot do without.
func (w *World) valid() error {
	ids := map[policy.ID]bool{}
	fresh := func(id policy.ID) error {
		if id <= 0 || ids[id] {
			return fmt.Errorf("the id %d is missing or stands twice", id)
		}
		ids[id] = true
		return nil
	}
	for _, u := range w.Units {
		if err := fresh(u.ID); err != nil {
			return err
		}
		if u.Parent != 0 && (w.unit(u.Parent) == nil || slices.Contains(w.above(u.Parent), u.ID) || u.Parent == u.ID) {
			return fmt.Errorf("unit %d hangs nowhere", u.ID)
		}
	}
	for _, p := range w.People {
		if err := fresh(p.ID); err != nil {
			return err
		}
	}
	for _, p := range w.Pools {
		if err := fresh(p.ID); err != nil {
			return err
		}
	}
	for i := range w.Records {
		if err := fresh(w.Records[i].ID); err != nil {
			return err
		}
		if err := w.Records[i].valid(); err != nil {
			return err
		}
	}
	if w.Change.Move != 0 && (w.unit(w.Change.Move) == nil || w.unit(w.Change.To) == nil ||
		w.Change.Move == w.Change.To || slices.Contains(w.above(w.Change.To), w.Change.Move)) {
		return fmt.Errorf("the move of unit %d leads nowhere", w.Change.Move)
	}
	for _, a := range w.Asks {
		if err := a.valid(); err != nil {
			return err
		}
	}
	for _, s := range w.Splits {
		if s.Person == 0 {
			return fmt.Errorf("nobody asks")
		}
		if err := policy.CheckCond(schema, s.Kind, &s.Cond); err != nil {
			return err
		}
	}
	return nil
}

func (r *Record) valid() error {
	k := schema.Kind(r.Kind)
	if k == nil {
		return fmt.Errorf("there is no kind %q", r.Kind)
	}
	for name, d := range r.Values {
		f := k.Field(name)
		if f == nil || f.Name == "id" {
			return fmt.Errorf("%s has no field %q to set", r.Kind, name)
		}
		v := d.value()
		if !v.Missing() && v.Type() != f.Type {
			return fmt.Errorf("%s.%s is a %s", r.Kind, name, f.Type)
		}
	}
	for _, f := range k.Fields {
		if f.NotNull && f.Name != "id" && r.Values[f.Name].value().Missing() {
			return fmt.Errorf("%s.%s is missing", r.Kind, f.Name)
		}
	}
	for i, m := range r.Team {
		if m.Person == 0 || slices.ContainsFunc(r.Team[:i], func(o Member) bool { return o.Person == m.Person }) {
			return fmt.Errorf("a collaborator stands twice")
		}
	}
	return nil
}

func (a *Ask) valid() error {
	k := schema.Kind(a.Kind)
	switch {
	case k == nil || a.Person == 0:
		return fmt.Errorf("nobody asks, or for nothing")
	case a.Size < 1 || a.Plan < 0 || a.Plan > 2 || a.Cap < 0:
		return fmt.Errorf("a page has at least one row")
	}
	for _, name := range []string{a.Sort, a.Sum, a.By} {
		if name != "" && k.Field(name) == nil {
			return fmt.Errorf("%s has no field %q", a.Kind, name)
		}
	}
	if a.Sum != "" && !k.Field(a.Sum).Type.Ordered() {
		return fmt.Errorf("%s.%s has no sum", a.Kind, a.Sum)
	}
	return nil
}
