package store

import (
	"context"
	"fmt"
	"slices"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// MatrixWho is who stands in a row: a person as they are, somebody who has nothing but a position
// or a unit, or both of these.
type MatrixWho struct {
	Position string    `json:"position,omitempty"`
	Unit     policy.ID `json:"unit,omitzero"`
	Person   policy.ID `json:"person,omitzero"`
}

// matrixSubject is a row before its cells are worked out.
type matrixSubject struct {
	who     MatrixWho
	label   records.Label
	login   string
	subject *policy.Subject
}

// matrixRows says who stands in the rows: the positions first, where all are asked for.
func (t *rtx) matrixRows(ctx context.Context, v *view, q MatrixQuery) ([]matrixSubject, error) {
	rows := slices.Clone(q.Rows)
	if q.Positions {
		rows = nil
		for _, p := range v.positions {
			rows = append(rows, MatrixWho{Position: p.Code})
		}
		rows = append(rows, q.Rows...)
	}
	if len(rows) > maxMatrixRows {
		return nil, fault.Newf(fault.Invalid, "too_many", "a matrix has at most %d rows", maxMatrixRows).WithAt("rows").With("max", maxMatrixRows)
	}
	people := map[policy.ID]Name{}
	var ids []policy.ID
	for _, who := range rows {
		if who.Person != 0 {
			ids = append(ids, who.Person)
		}
	}
	if err := t.namesAndLogins(ctx, v, ids, people); err != nil {
		return nil, err
	}
	out := make([]matrixSubject, 0, len(rows))
	for i, who := range rows {
		one, err := v.matrixSubject(who, people)
		if err != nil {
			return nil, within(fmt.Sprintf("rows[%d]", i), err)
		}
		out = append(out, one)
	}
	return out, nil
}

// namesAndLogins names people as lists of the company do.
func (t *rtx) namesAndLogins(ctx context.Context, v *view, ids []policy.ID, out map[policy.ID]Name) error {
	names := map[policy.ID]string{}
	if len(ids) > 0 {
		if err := t.directoryNames(ctx, v.tenant, ids, names); err != nil {
			return err
		}
	}
	for id, name := range names {
		one := Name{ID: id, Name: name}
		if err := t.row(ctx, "SELECT login FROM person WHERE tenant_id = $1 AND id = $2", v.tenant, id).Scan(&one.Login); err != nil {
			return err
		}
		out[id] = one
	}
	return nil
}

func (v *view) matrixSubject(who MatrixWho, people map[policy.ID]Name) (matrixSubject, error) {
	if who.Person != 0 {
		name, found := people[who.Person]
		switch {
		case who.Position != "" || who.Unit != 0:
			return matrixSubject{}, fault.New(fault.Invalid, "matrix_row", "a row is a person, or a position, a unit or both").WithAt("person")
		case !found:
			return matrixSubject{}, fault.New(fault.Invalid, "person", "there is no such person").WithAt("person")
		}
		return matrixSubject{who, records.Label{ZH: name.Name, EN: name.Name}, name.Login, v.subject(who.Person, v.now)}, nil
	}
	if who.Position == "" && who.Unit == 0 {
		return matrixSubject{}, fault.New(fault.Invalid, "matrix_row", "a row is a person, or a position, a unit or both")
	}
	var label records.Label
	if who.Position != "" {
		i := slices.IndexFunc(v.positions, func(p org.Position) bool { return p.Code == who.Position })
		if i < 0 {
			return matrixSubject{}, fault.New(fault.Invalid, "position", "there is no such position").WithAt("position")
		}
		label = records.Label(v.positions[i].Label)
	}
	unit, found := v.tree.Unit(who.Unit)
	switch {
	case who.Unit == 0:
	case !found:
		return matrixSubject{}, fault.New(fault.Invalid, "unit", "there is no such unit").WithAt("unit")
	case label.ZH == "":
		label = records.Label{ZH: unit.Name, EN: unit.Name}
	default:
		label = records.Label{ZH: unit.Name + " · " + label.ZH, EN: unit.Name + " · " + label.EN}
	}
	return matrixSubject{who: who, label: label, subject: v.anybody(who)}, nil
}

// nowhere stands for the unit, the units below and the pool of somebody of whom only the position
// is known: no record lies there, and no rule names them.
const nowhere = policy.ID(-1)

// anybody is a subject who has nothing but a position, or nothing but a place in a unit. Of their
// paths those count that such a person has: 'of my unit', though not which, and 'of the units I
// head', since to head is no matter of the position.
func (v *view) anybody(who MatrixWho) *policy.Subject {
	if who.Unit != 0 {
		s, _ := access.Subject(0, v.tree, []org.Appointment{{Unit: who.Unit, Position: who.Position}}, v.pools, v.now)
		s.Headed = s.Below
		return &s
	}
	// Four different sets, so that no path is taken for another.
	s := &policy.Subject{
		Posts: []policy.Post{{Position: who.Position}}, Units: []policy.ID{nowhere}, Below: []policy.ID{nowhere - 1, nowhere},
		Headed: []policy.ID{nowhere - 2}, Pools: []policy.ID{nowhere},
	}
	if somewhere, ok := policy.NewPoint(1, 1); ok {
		s.Anchors = []policy.Point{somewhere}
	}
	return s
}
