package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

// matrixRoutes are of what the rules leave for people, positions and units, side by side.
func (a *api) matrixRoutes() []route {
	return []route{
		post(v1+"/policy/matrix", either, a.matrix, "matrix", "What positions, units and people may do, or see of each field").takes(recordBody, matrixQuery{}).gives(200, store.Matrix{}),
		get(v1+"/policy/matrix/cell", either, a.matrixCell, "matrixCell", "Where one cell of the matrix comes from").asks(matrixCellParams...).gives(200, store.MatrixWhy{}),
	}
}

// matrixQuery is the body that asks for a matrix. No kinds stands for all.
type matrixQuery struct {
	Draft     policy.ID         `json:"draft,omitzero"`
	Rows      []store.MatrixWho `json:"rows,omitempty"`
	Positions bool              `json:"positions,omitempty"` // all positions
	Kinds     []policy.Kind     `json:"kinds,omitempty"`
	Part      string            `json:"part"` // actions, fields
}

var matrixCellParams = []param{
	{name: "draft", desc: "The draft that it is a matrix of; what is published when absent.", typ: "id"},
	{name: "position", desc: "The position of the row."},
	{name: "unit", desc: "The unit of the row.", typ: "id"},
	{name: "person", desc: "The person of the row.", typ: "id"},
	{name: "kind", desc: "The kind of the column.", must: true},
	{name: "action", desc: "The action of the column."},
	{name: "field", desc: "The field of the column."},
}

func (a *api) matrix(c *call) error {
	in, err := readBody[matrixQuery](c)
	if err != nil {
		return err
	}
	found, err := c.session().Matrix(c.ctx(), store.MatrixQuery{Draft: in.Draft, Rows: in.Rows, Positions: in.Positions, Kinds: in.Kinds, Part: in.Part})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) matrixCell(c *call) error {
	q := c.query()
	ask := store.MatrixCellQuery{
		Draft: q.id("draft"), Who: store.MatrixWho{Position: q.text("position"), Unit: q.id("unit"), Person: q.id("person")},
		Kind: policy.Kind(q.text("kind")), Action: policy.Action(q.text("action")), Field: q.text("field"),
	}
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().MatrixCell(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}
