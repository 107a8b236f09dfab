package store

import (
	"context"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Pack is a pack, a preset or the company's own, as administrators read it: what it is for, and what
// it gives, in words.
type Pack struct {
	ID          string          `json:"id"`
	Label       org.Label       `json:"label"`
	Description org.Label       `json:"description"`
	System      []policy.Action `json:"system"`
	Rules       []PackRule      `json:"rules"`
	Custom      bool            `json:"custom"` // put together by the company
}

// PackRule is one rule of a pack with its sentence; whom it speaks of comes from the assignments.
type PackRule struct {
	Rule     policy.Rule   `json:"rule"`
	Sentence records.Label `json:"sentence"`
	Scene    records.Label `json:"scene"`
}

// Packs lists the packs. It takes one of the rights policy, people and audit.
func (s *Session) Packs(ctx context.Context) ([]Pack, error) {
	var list []Pack
	err := s.oversee(ctx, "packs", func(t *rtx, v *view) error {
		list = []Pack{}
		for _, p := range v.authored.Packs {
			pack := Pack{ID: p.ID, Label: p.Label, Description: p.Description, System: append([]policy.Action{}, p.System...), Rules: []PackRule{}, Custom: p.Custom}
			for _, r := range p.Rules {
				r.Who.Any = []policy.Clause{}
				said := r
				said.Origin = policy.Origin{Type: access.FromPack, ID: p.ID} // by which the sentence finds the scene in its language
				pack.Rules = append(pack.Rules, PackRule{r, v.templateSentence(&said), records.Label{ZH: p.Scene(r.ID, "zh"), EN: p.Scene(r.ID, "en")}})
			}
			list = append(list, pack)
		}
		return nil
	}, "policy", "people", "audit")
	return list, err
}

// Assignments lists what the packs hang on. It takes one of the rights policy, people and audit.
func (s *Session) Assignments(ctx context.Context) ([]access.Assignment, error) {
	var list []access.Assignment
	err := s.oversee(ctx, "assignments", func(t *rtx, v *view) error {
		list = append([]access.Assignment{}, v.authored.Assignments...)
		return nil
	}, "policy", "people", "audit")
	return list, err
}

var noAssignment = fault.New(fault.NotFound, "assignment", "there is no such assignment")

// AssignPack hangs a pack on everyone, a position, a unit or a person; the id is made here. It
// takes the right policy, and every right of administration that the pack gives; nobody assigns
// to themselves. Faults: Invalid, Denied.
func (s *Session) AssignPack(ctx context.Context, a access.Assignment) (*access.Assignment, error) {
	err := s.governPolicy(ctx, "assignment", func(t *tx, v *view) (none audit.Entry, err error) {
		if a.ID, err = t.newID(ctx); err != nil {
			return none, err
		}
		if err := t.checkAssignment(ctx, v, &a); err != nil {
			return none, err
		}
		if err := t.assignPack(ctx, a); err != nil {
			return none, err
		}
		return assignmentEntry(a, "created"), nil
	})
	if err != nil {
		return nil, err
	}
	return &a, nil
}

// ChangeAssignment gives an assignment another window; what it hangs on stays. It takes what
// AssignPack takes. Faults: NotFound, Invalid, Denied.
func (s *Session) ChangeAssignment(ctx context.Context, id policy.ID, from, until *time.Time) (*access.Assignment, error) {
	var a access.Assignment
	err := s.governPolicy(ctx, "assignment", func(t *tx, v *view) (none audit.Entry, err error) {
		if a, err = v.assignment(id); err != nil {
			return none, err
		}
		a.From, a.Until = from, until
		if err := t.checkAssignment(ctx, v, &a); err != nil {
			return none, err
		}
		if err := t.assignPack(ctx, a); err != nil {
			return none, err
		}
		return assignmentEntry(a, "after"), nil
	})
	if err != nil {
		return nil, err
	}
	return &a, nil
}

// UnassignPack takes an assignment away with its commit. It takes what AssignPack takes. Faults:
// NotFound, Denied, Conflict for the last administrator.
func (s *Session) UnassignPack(ctx context.Context, id policy.ID) error {
	return s.governPolicy(ctx, "assignment", func(t *tx, v *view) (none audit.Entry, err error) {
		a, err := v.assignment(id)
		if err != nil {
			return none, err
		}
		if err := v.mayAssign(a); err != nil {
			return none, err
		}
		if _, err := t.exec(ctx, "DELETE FROM pack_assignment WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, id); err != nil {
			return none, err
		}
		return assignmentEntry(a, "deleted"), nil
	})
}

func (v *view) assignment(id policy.ID) (access.Assignment, error) {
	i := slices.IndexFunc(v.authored.Assignments, func(a access.Assignment) bool { return a.ID == id })
	if i < 0 {
		return access.Assignment{}, noAssignment
	}
	return v.authored.Assignments[i], nil
}

// mayAssign asks what needs no look at what follows: nobody assigns to themselves, and only who
// holds a right gives or takes it.
func (v *view) mayAssign(a access.Assignment) error {
	if a.Who.Person != 0 && a.Who.Person == v.bound.Subject().Person {
		return notSelf.WithAt("who")
	}
	pack, _ := access.Find(v.authored.Packs, a.Pack)
	return v.heldAll(pack.System)
}

func (t *tx) checkAssignment(ctx context.Context, v *view, a *access.Assignment) error {
	a.From, a.Until = whole(a.From), whole(a.Until)
	if err := a.Check(v.authored.Packs); err != nil {
		return err
	}
	if err := t.checkClause(ctx, v, "who", a.Who); err != nil {
		return err
	}
	for _, other := range v.authored.Assignments {
		if other.ID != a.ID && other.Pack == a.Pack && other.Who == a.Who && other.From == nil && other.Until == nil {
			return fault.New(fault.Conflict, "assignment_double", "the pack hangs there already").WithAt("who")
		}
	}
	return v.mayAssign(*a)
}

// checkClause asks whether the unit, position and person that a clause names exist.
func (t *rtx) checkClause(ctx context.Context, v *view, at string, c policy.Clause) error {
	if _, ok := v.tree.Unit(c.Unit); !ok && c.Unit != 0 {
		return fault.New(fault.Invalid, "unit", "there is no such unit").WithAt(at + ".unit")
	}
	if c.Position != "" && !slices.ContainsFunc(v.positions, func(p org.Position) bool { return p.Code == c.Position }) {
		return fault.New(fault.Invalid, "position", "there is no such position").WithAt(at + ".position")
	}
	if c.Person != 0 {
		return t.checkPeople(ctx, v, at+".person", c.Person)
	}
	return nil
}

// assignPack writes a checked assignment.
func (t *tx) assignPack(ctx context.Context, a access.Assignment) error {
	_, err := t.exec(ctx, `
		INSERT INTO pack_assignment (tenant_id, id, pack, everyone, position_code, unit_id, below, person_id, from_at, until_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (tenant_id, id) DO UPDATE SET pack = excluded.pack, everyone = excluded.everyone, position_code = excluded.position_code,
			unit_id = excluded.unit_id, below = excluded.below, person_id = excluded.person_id, from_at = excluded.from_at, until_at = excluded.until_at`,
		t.actor.Tenant, a.ID, a.Pack, a.Who.Everyone, orNull(a.Who.Position), orNull(a.Who.Unit), a.Who.Below, orNull(a.Who.Person), micros(a.From), micros(a.Until))
	return err
}

// orNull is the value, NULL for the zero one.
func orNull[V comparable](v V) any {
	var zero V
	if v == zero {
		return nil
	}
	return v
}

func assignmentEntry(a access.Assignment, what string) audit.Entry {
	e := audit.Entry{Action: audit.PolicyChanged, Detail: map[string]any{"assignment": what, what: a}}
	if a.Who.Person != 0 {
		e.Kind, e.Record = records.RefPerson, a.Who.Person
	}
	return e
}
