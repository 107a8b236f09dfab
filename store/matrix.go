package store

import (
	"context"
	"encoding/json"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// The parts of the matrix.
const (
	MatrixActions = "actions" // kinds × actions × scope
	MatrixFields  = "fields"  // fields × level
)

// maxMatrixRows is how many rows one call answers for.
const maxMatrixRows = 200

// MatrixQuery asks what the rules leave of every action or field for each of some people, positions
// or units: as published, or as a draft would have it.
type MatrixQuery struct {
	Draft     policy.ID
	Rows      []MatrixWho
	Positions bool          // every position stands in a row
	Kinds     []policy.Kind // none: all
	Part      string
}

// Matrix is the answer. Equal cells and sources stand once; rows and cells name them by their index.
type Matrix struct {
	Part    string         `json:"part"`
	Kinds   []MatrixKind   `json:"kinds"`
	Columns []MatrixColumn `json:"columns"`
	Rows    []MatrixRow    `json:"rows"`
	Cells   []MatrixCell   `json:"cells"`
	Sources []MatrixSource `json:"sources"`
	Epoch   int64          `json:"epoch"`
}

// MatrixKind names a kind of the columns.
type MatrixKind struct {
	Kind  policy.Kind   `json:"kind"`
	Label records.Label `json:"label"`
}

// MatrixColumn is an action on a kind, or a field of one.
type MatrixColumn struct {
	Kind   policy.Kind   `json:"kind"`
	Action policy.Action `json:"action,omitempty"`
	Field  string        `json:"field,omitempty"`
	Class  policy.Class  `json:"class,omitempty"`
	Label  records.Label `json:"label"`
}

// MatrixRow is who, and a cell for each column.
type MatrixRow struct {
	Who   MatrixWho     `json:"who"`
	Label records.Label `json:"label"`
	Login string        `json:"login,omitempty"` // of a person
	Cells []int         `json:"cells"`
}

// MatrixCell is what the rules leave. Of an action: the ways by which records come within reach, none
// when no record can be reached. Of a field: its level where the kind may be read, and whether it
// may be edited.
type MatrixCell struct {
	Ways []MatrixWay `json:"ways,omitempty"`
	// Closed says why there is no way although some rule permits: a forbid that holds on all of it,
	// or that nothing of the kind may be read.
	Closed  string `json:"closed,omitempty"` // forbid, read
	Barred  bool   `json:"barred,omitempty"` // a forbid takes some records away
	Level   string `json:"level,omitempty"`  // plain, masked, hidden, mixed; empty: nothing of the kind may be read
	Edit    string `json:"edit,omitempty"`   // some, all; empty: none
	Sources []int  `json:"sources"`
}

// MatrixWay is an access path as a rule names it.
type MatrixWay struct {
	Path     policy.PathKind `json:"path"`
	Relation string          `json:"relation,omitempty"`
	Via      policy.PathKind `json:"via,omitempty"`
	When     bool            `json:"when,omitempty"` // under a condition
}

// MatrixSource is a rule with a part in some cell of a row, and by which of its clauses it speaks of
// who stands there.
type MatrixSource struct {
	Rule   string          `json:"rule"`
	Effect policy.Effect   `json:"effect"`
	Origin policy.Origin   `json:"origin"`
	Label  records.Label   `json:"label"` // of the origin
	Who    []policy.Clause `json:"who"`
}

// Matrix works out the matrix. Every cell is what the engine's own reduction says for the subject,
// for a person on a desktop in the office now; a position or unit stands for somebody who has nothing
// but it. It takes the right policy or audit. Faults: Invalid, Denied, NotFound for the draft.
func (s *Session) Matrix(ctx context.Context, q MatrixQuery) (*Matrix, error) {
	var m *Matrix
	people := []string{}
	err := s.oversee(ctx, "matrix", func(t *rtx, v *view) error {
		subjects, err := t.matrixRows(ctx, v, q)
		if err != nil {
			return err
		}
		st, err := t.matrixState(ctx, v, q.Draft)
		if err != nil {
			return err
		}
		b, err := st.matrix(q, v.epoch)
		if err != nil {
			return err
		}
		for _, row := range subjects {
			if row.who.Person != 0 {
				people = append(people, row.who.Person.String())
			}
			if err := b.row(row, v); err != nil {
				return err
			}
		}
		m = &b.Matrix
		return nil
	}, "policy", "audit")
	if err != nil {
		return nil, err
	}
	return m, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Explain, Kind: records.System, Epoch: m.Epoch,
		Detail: map[string]any{"matrix": m.Part, "draft": q.Draft.String(), "rows": len(m.Rows), "people": people}})
}

// matrix begins a matrix over the policy of the state.
func (st *state) matrix(q MatrixQuery, epoch int64) (*matrixBuilder, error) {
	b := &matrixBuilder{state: st, cells: map[string]int{}, sources: map[string]int{}}
	b.Matrix = Matrix{Part: q.Part, Kinds: []MatrixKind{}, Columns: []MatrixColumn{}, Rows: []MatrixRow{}, Cells: []MatrixCell{}, Sources: []MatrixSource{}, Epoch: epoch}
	if q.Part != MatrixActions && q.Part != MatrixFields {
		return nil, fault.New(fault.Invalid, "part", "a matrix is of actions or of fields").WithAt("part")
	}
	for _, kind := range q.Kinds {
		if kind != records.System && st.catalog.Kind(kind) == nil {
			return nil, noKind.WithAt("kinds")
		}
	}
	wanted := func(kind policy.Kind) bool { return len(q.Kinds) == 0 || slices.Contains(q.Kinds, kind) }
	for _, k := range st.catalog.Kinds() {
		if !wanted(k.Name) {
			continue
		}
		b.Kinds = append(b.Kinds, MatrixKind{k.Name, k.Label})
		if q.Part == MatrixFields {
			for _, f := range k.Fields {
				if f.Name != "id" {
					b.Columns = append(b.Columns, MatrixColumn{Kind: k.Name, Field: f.Name, Class: f.Class, Label: f.Label})
				}
			}
			continue
		}
		for _, action := range k.Actions {
			b.Columns = append(b.Columns, MatrixColumn{Kind: k.Name, Action: action, Label: records.ActionLabels[action]})
		}
	}
	if q.Part == MatrixActions && wanted(records.System) {
		b.Kinds = append(b.Kinds, MatrixKind{records.System, systemLabel})
		for _, action := range records.SystemActions {
			b.Columns = append(b.Columns, MatrixColumn{Kind: records.System, Action: action, Label: records.SystemActionLabels[action]})
		}
	}
	return b, nil
}

var systemLabel = records.Label{ZH: "系统管理", EN: "Administration"}

// matrixBuilder fills a matrix row by row.
type matrixBuilder struct {
	Matrix
	*state
	cells, sources map[string]int // by what they say
}

func (b *matrixBuilder) row(who matrixSubject, v *view) error {
	bound := b.rules.Bind(who.subject, &policy.Context{Now: v.now, Channel: "web", Device: "desktop", Network: "office", Proved: true})
	row := MatrixRow{Who: who.who, Label: who.label, Login: who.login, Cells: make([]int, 0, len(b.Columns))}
	for _, column := range b.Columns {
		cell := b.cell(bound, column)
		key, err := json.Marshal(cell)
		if err != nil {
			return err
		}
		at, known := b.cells[string(key)]
		if !known {
			at = len(b.Cells)
			b.cells[string(key)] = at
			b.Cells = append(b.Cells, cell)
		}
		row.Cells = append(row.Cells, at)
	}
	b.Rows = append(b.Rows, row)
	return nil
}

func (b *matrixBuilder) cell(bound *policy.Bound, column MatrixColumn) MatrixCell {
	var cell MatrixCell
	if column.Field == "" {
		cell = actionCell(bound, column)
	} else {
		cell = b.fieldCell(bound, column)
	}
	cell.Sources = []int{}
	for _, p := range parts(bound, column) {
		cell.Sources = append(cell.Sources, b.source(bound, p.rule))
	}
	slices.Sort(cell.Sources)
	cell.Sources = slices.Compact(cell.Sources)
	return cell
}

// readsNothing are the actions that need no look at a record before.
func readsNothing(column MatrixColumn) bool {
	return column.Kind == records.System || column.Action == policy.Create
}

func actionCell(bound *policy.Bound, column MatrixColumn) MatrixCell {
	r := bound.Reduce(column.Action, column.Kind)
	open, barred := r.Ways()
	if len(open) == 0 {
		if r.None() {
			return MatrixCell{}
		}
		return MatrixCell{Closed: "forbid"}
	}
	if read, _ := bound.Reduce(policy.Read, column.Kind).Ways(); len(read) == 0 && !readsNothing(column) {
		return MatrixCell{Closed: "read"} // whoever cannot read a record can do nothing with it
	}
	cell := MatrixCell{Barred: barred}
	for _, branch := range open {
		for _, i := range branch.Rules {
			if way := wayOf(bound.Ruleset().Rule(i)); !slices.Contains(cell.Ways, way) {
				cell.Ways = append(cell.Ways, way)
			}
		}
	}
	return cell
}

func wayOf(r *policy.Rule) MatrixWay {
	way := MatrixWay{Path: r.Where.Path, Relation: r.Where.Relation, When: r.When != nil || r.Where.Cond != nil}
	if r.Where.Via != nil {
		way.Via = r.Where.Via.Path
	}
	return way
}

func (b *matrixBuilder) fieldCell(bound *policy.Bound, column MatrixColumn) MatrixCell {
	read, edit := bound.Reduce(policy.Read, column.Kind), bound.Reduce(policy.Edit, column.Kind)
	f := read.Kind.Field(column.Field)
	open, barred := read.Ways()
	if len(open) == 0 {
		if read.None() {
			return MatrixCell{}
		}
		return MatrixCell{Closed: "forbid"}
	}
	seen, written := read.Span(f), edit.Span(f)
	cell := MatrixCell{Level: "mixed", Barred: barred}
	if seen.Low.Broad() == seen.High.Broad() {
		cell.Level = seen.High.Broad().String()
	}
	switch described := b.catalog.Kind(column.Kind).Field(column.Field); {
	case described.ReadOnly || !written.Some || seen.High < policy.Plain:
	case written.Every && seen.Low == policy.Plain:
		cell.Edit = "all"
	default:
		cell.Edit = "some"
	}
	return cell
}

// source gives the place of a rule, as it speaks of the subject, among the sources.
func (b *matrixBuilder) source(bound *policy.Bound, i int) int {
	r := bound.Ruleset().Rule(i)
	s := MatrixSource{Rule: r.ID, Effect: r.Effect, Origin: r.Origin, Label: b.originLabel(r), Who: bound.Ruleset().Clauses(i, bound.Subject())}
	key := r.ID + "\x00"
	for _, c := range s.Who {
		key += clauseKey(c)
	}
	at, known := b.sources[key]
	if !known {
		at = len(b.Sources)
		b.sources[key] = at
		b.Sources = append(b.Sources, s)
	}
	return at
}
