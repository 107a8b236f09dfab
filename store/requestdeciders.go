package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"guan/approvals"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// deciders says of requests who decides them, from the organisation of a view: heads, holders of
// positions and packs, who is away, and where the records stand that requests are about.
type deciders struct {
	v     *view
	units map[mention][]policy.ID  // where a record stands, its own unit first
	many  map[*request][]policy.ID // in which units the records of a request for many stand
	away  []approvals.Absence
	open  map[policy.ID]bool // who can sign in
}

// deciders gathers what it takes to say who decides these requests.
func (t *rtx) deciders(ctx context.Context, v *view, list ...*request) (*deciders, error) {
	o := &deciders{v: v, units: map[mention][]policy.ID{}, many: map[*request][]policy.ID{}, open: map[policy.ID]bool{}}
	if err := t.recordUnits(ctx, o, list); err != nil {
		return nil, err
	}
	var err error
	if o.away, err = t.absences(ctx, v.tenant, "until_at > $2", t.nowMicros()); err != nil {
		return nil, err
	}
	// Whoever may come up is asked for at once: accounts that are closed decide nothing.
	var people []policy.ID
	for _, a := range o.away {
		people = append(people, a.StandIn)
	}
	for _, r := range list {
		people = append(people, r.Asker)
		for _, d := range r.Decisions {
			people = append(people, d.Person, d.For)
		}
		people = append(people, slices.Concat(o.climb(o.posts(r.Asker), 0)...)...)
		people = append(people, slices.Concat(o.climb(o.unitsOf(r), 0)...)...)
		people = append(people, slices.Concat(o.climb(o.many[r], 0)...)...)
		for _, s := range r.Steps {
			for _, by := range s.By {
				people = append(people, o.holders(by)...)
			}
		}
	}
	slices.Sort(people)
	return o, t.whoSignsIn(ctx, v.tenant, slices.Compact(people), o.open)
}

// recordUnits finds where the records stand, past the gate: nothing of it is shown but who decides.
func (t *rtx) recordUnits(ctx context.Context, o *deciders, list []*request) error {
	ids := map[policy.Kind][]policy.ID{}
	for _, r := range list {
		if r.record != 0 {
			ids[r.kind] = append(ids[r.kind], r.record)
		}
		if described := o.v.catalog.Kind(r.kind); r.many() && described != nil {
			which, arg := t.askedOf(r, 2)
			units, err := t.eachID(ctx, "SELECT DISTINCT r.unit_id FROM "+described.Table+" r WHERE r.tenant_id = $1 AND r.id IN "+which+" AND r.unit_id IS NOT NULL ORDER BY r.unit_id", o.v.tenant, arg)
			if err != nil {
				return err
			}
			o.many[r] = units
		}
	}
	for kind, of := range ids {
		described := o.v.catalog.Kind(kind)
		if described == nil {
			continue
		}
		owner := "NULL"
		if f := described.Field(described.Owner); f != nil {
			owner = "r." + f.Column
		}
		err := t.each(ctx, func(rows *sql.Rows) error {
			var id policy.ID
			var unit, home sql.NullInt64
			err := rows.Scan(&id, &unit, &home)
			for _, u := range []sql.NullInt64{unit, home} {
				if u.Valid {
					o.units[mention{kind, id}] = append(o.units[mention{kind, id}], policy.ID(u.Int64))
				}
			}
			return err
		}, "SELECT r.id, r.unit_id, p.unit_id FROM "+described.Table+" r LEFT JOIN person p ON p.tenant_id = r.tenant_id AND p.id = "+owner+
			" WHERE r.tenant_id = $1 AND r.id IN "+t.listed(2), o.v.tenant, idList(of))
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *rtx) whoSignsIn(ctx context.Context, tenant policy.ID, people []policy.ID, open map[policy.ID]bool) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		err := rows.Scan(&id)
		open[id] = true
		return err
	}, "SELECT p.id FROM person p JOIN credential c ON c.tenant_id = p.tenant_id AND c.person_id = p.id WHERE p.tenant_id = $2 AND "+accountOpen+" AND p.id IN "+t.listed(3),
		t.nowMicros(), tenant, idList(people))
}

// company is the organisation as one request sees it.
func (o *deciders) company(r *request) approvals.Company {
	ladder := o.ladder(o.posts(r.Asker), r.Asker)
	return approvals.Company{Now: o.v.now, Away: slices.DeleteFunc(slices.Clone(o.away), func(a approvals.Absence) bool { return !o.open[a.StandIn] }), Ladder: ladder,
		People: func(by approvals.Source) []policy.ID {
			switch by.Type {
			case approvals.Head:
				return rung(ladder, 0)
			case approvals.HeadAbove:
				return rung(ladder, 1)
			case approvals.OwnerHead:
				return rung(o.over(r), 0)
			}
			return o.opened(o.holders(by))
		}}
}

func rung(ladder [][]policy.ID, i int) []policy.ID {
	if i >= len(ladder) {
		return nil
	}
	return ladder[i]
}

// over are the heads over what a request is about, the nearest first: of the record's unit, or of who
// asks where there is none. Over many records are those who are over each of them.
func (o *deciders) over(r *request) [][]policy.ID {
	if units := o.many[r]; len(units) > 0 {
		return o.overAll(units, r.Asker)
	}
	if units := o.unitsOf(r); len(units) > 0 {
		return o.ladder(units, r.Asker)
	}
	return o.ladder(o.posts(r.Asker), r.Asker)
}

// overAll are the heads over the first unit who are over all others too.
func (o *deciders) overAll(units []policy.ID, without policy.ID) [][]policy.ID {
	var out [][]policy.ID
	for _, rung := range o.ladder(units[:1], without) {
		for _, unit := range units[1:] {
			over := slices.Concat(o.ladder([]policy.ID{unit}, without)...)
			rung = slices.DeleteFunc(rung, func(h policy.ID) bool { return !slices.Contains(over, h) })
		}
		if len(rung) > 0 {
			out = append(out, rung)
		}
	}
	return out
}

func (o *deciders) unitsOf(r *request) []policy.ID {
	units := o.units[mention{r.kind, r.record}]
	return units[:min(len(units), 1)]
}

// posts are the units in which somebody works now.
func (o *deciders) posts(person policy.ID) []policy.ID { return o.v.subject(person, o.v.now).Units }

// ladder is climb without the rungs on which nobody is left.
func (o *deciders) ladder(units []policy.ID, without policy.ID) [][]policy.ID {
	var out [][]policy.ID
	for _, heads := range o.climb(units, without) {
		if heads = o.opened(heads); len(heads) > 0 {
			out = append(out, heads)
		}
	}
	return out
}

// climb goes up from the units, all at once, and gathers the heads on each rung: a unit whose only
// head is left out is no rung. Whoever stands on a lower rung does not stand on a higher one.
func (o *deciders) climb(units []policy.ID, without policy.ID) [][]policy.ID {
	var rungs [][]policy.ID
	for _, unit := range units {
		i := 0
		var below []policy.ID
		for _, at := range append([]policy.ID{unit}, o.v.tree.Above(unit)...) {
			u, _ := o.v.tree.Unit(at)
			heads := slices.DeleteFunc(slices.Clone(u.Heads), func(h policy.ID) bool {
				return h == without || slices.Contains(below, h) || len(o.posts(h)) == 0
			})
			if len(heads) == 0 {
				continue
			}
			below = append(below, heads...)
			if i == len(rungs) {
				rungs = append(rungs, nil)
			}
			for _, h := range heads {
				if !slices.ContainsFunc(rungs[:i+1], func(r []policy.ID) bool { return slices.Contains(r, h) }) {
					rungs[i] = append(rungs[i], h)
				}
			}
			i++
		}
	}
	return rungs
}

// holders are whom a source names that needs no request: by position, pack or name.
func (o *deciders) holders(by approvals.Source) []policy.ID {
	var out []policy.ID
	switch by.Type {
	case approvals.Person:
		return []policy.ID{by.Person}
	case approvals.Position:
		for person, list := range o.v.appointments {
			if slices.ContainsFunc(org.ActiveOf(list, o.v.now), func(a org.Appointment) bool { return a.Position == by.Position }) {
				out = append(out, person)
			}
		}
	case approvals.Pack:
		var who policy.Who
		for _, a := range o.v.authored.Assignments {
			// What everybody has names nobody.
			if a.Pack == by.Pack && !a.Who.Everyone && (a.From == nil || !o.v.now.Before(*a.From)) && (a.Until == nil || o.v.now.Before(*a.Until)) {
				who.Any = append(who.Any, a.Who)
				if a.Who.Person != 0 && len(o.v.appointments[a.Who.Person]) == 0 {
					out = append(out, a.Who.Person)
				}
			}
		}
		for person := range o.v.appointments {
			if who.SpeaksOf(o.v.subject(person, o.v.now)) {
				out = append(out, person)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (o *deciders) opened(people []policy.ID) []policy.ID {
	return slices.DeleteFunc(slices.Clone(people), func(p policy.ID) bool { return !o.open[p] })
}

// absences reads who is away and who stands in.
func (t *rtx) absences(ctx context.Context, tenant policy.ID, where string, args ...any) ([]approvals.Absence, error) {
	var out []approvals.Absence
	err := t.each(ctx, func(rows *sql.Rows) error {
		var a approvals.Absence
		var from, until int64
		err := rows.Scan(&a.Person, &a.StandIn, &from, &until)
		a.From, a.Until = time.UnixMicro(from).UTC(), time.UnixMicro(until).UTC()
		out = append(out, a)
		return err
	}, "SELECT person_id, stand_in_id, from_at, until_at FROM stand_in WHERE tenant_id = $1 AND "+where+" ORDER BY person_id", append([]any{tenant}, args...)...)
	return out, err
}

// noHead reports whether nobody leads anything: then no step by heads can have anybody.
func (o *deciders) noHead() bool {
	for u := range o.v.tree.Units() {
		if len(u.Heads) > 0 {
			return false
		}
	}
	return true
}

// kindLabel names a kind of record also to who sees none of them.
func (v *view) kindLabel(kind policy.Kind) records.Label {
	if k := v.catalog.Kind(kind); k != nil {
		return k.Label
	}
	return records.Label{}
}
