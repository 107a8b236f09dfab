package store

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// column finds a column of the matrix.
func (m *Matrix) column(t *testing.T, kind policy.Kind, name string) int {
	t.Helper()
	i := slices.IndexFunc(m.Columns, func(c MatrixColumn) bool { return c.Kind == kind && (string(c.Action) == name || c.Field == name) })
	if i < 0 {
		t.Fatalf("no column %s %s", kind, name)
	}
	return i
}

func (m *Matrix) at(t *testing.T, row int, kind policy.Kind, name string) MatrixCell {
	t.Helper()
	return m.Cells[m.Rows[row].Cells[m.column(t, kind, name)]]
}

func paths(cell MatrixCell) []policy.PathKind {
	var out []policy.PathKind
	for _, w := range cell.Ways {
		if !slices.Contains(out, w.Path) {
			out = append(out, w.Path)
		}
	}
	slices.Sort(out)
	return out
}

func (f *firm) matrix(who string, q MatrixQuery) *Matrix {
	f.t.Helper()
	m, err := f.as(who).Matrix(context.Background(), q)
	f.must(err)
	return m
}

// The matrix says of everybody what they then meet: where a cell is empty their list is, what is
// plain everywhere is plain on every record, and what a record lets them do is in the cell.
func TestMatrixAgreesWithWhatPeopleMeet(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customer("lin", "甲", `phone="13800138000";stage="intent"`)
		f.customer("wang", "乙", `phone="13800138001"`)
		f.customer("boss", "丙", "")
		_, err := f.as("admin").PutRule(context.Background(), policy.Rule{ID: "no-phones", Effect: policy.Forbid, Kind: "customer", Actions: []policy.Action{policy.Read},
			Who: policy.Who{Any: []policy.Clause{{Position: "sales"}}}, Where: policy.Path{Path: policy.PathAll},
			When:   &policy.Cond{Op: policy.OpEq, Field: "stage", Value: &policy.Operand{Text: ptr("intent")}},
			Fields: []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}, Scene: "意向客户的电话不外露"})
		f.must(err)
		people := []string{"boss", "admin", "auditor", "chief", "lin", "wang", "leaver"}
		q := MatrixQuery{Part: MatrixActions}
		for _, who := range people {
			q.Rows = append(q.Rows, MatrixWho{Person: f.id(who)})
		}
		actions := f.matrix("auditor", q)
		q.Part = MatrixFields
		fields := f.matrix("admin", q)
		for i, who := range people {
			for _, kind := range []policy.Kind{"customer", "person"} {
				met := f.shown(who, kind)
				if cell := actions.at(t, i, kind, "read"); len(cell.Ways) == 0 && len(met) > 0 {
					t.Errorf("%s reads %d of %s, and no way in the matrix", who, len(met), kind)
				}
				for id, s := range met {
					for _, action := range s.actions {
						if !slices.Contains(records.Actions, action) && !slices.Contains(records.PoolActions, action) {
							continue
						}
						if cell := actions.at(t, i, kind, string(action)); len(cell.Ways) == 0 {
							t.Errorf("%s may %s %s %d, and no way in the matrix", who, action, kind, id)
						}
					}
					for name, level := range s.levels {
						if name == "id" {
							continue
						}
						cell := fields.at(t, i, kind, name)
						if cell.Level != level.String() && cell.Level != "mixed" {
							t.Errorf("%s sees %s of %s %d %s, the matrix says %+v", who, name, kind, id, level, cell)
						}
						if s.edits[name] && cell.Edit == "" || !s.edits[name] && cell.Edit == "all" && slices.Contains(s.actions, policy.Edit) {
							t.Errorf("%s edits %s of %s %d: %v, the matrix says %+v", who, name, kind, id, s.edits[name], cell)
						}
					}
				}
			}
		}
		lin := slices.Index(people, "lin")
		if phone := fields.at(t, lin, "customer", "phone"); phone.Level != "mixed" || !slices.ContainsFunc(phone.Sources, func(i int) bool { return fields.Sources[i].Rule == "guard/no-phones" }) {
			t.Errorf("the guard on phones does not show: %+v", phone)
		}
		if f.shown("leaver", "customer") == nil || len(actions.at(t, slices.Index(people, "leaver"), "customer", "read").Ways) > 0 {
			t.Error("who has no appointment reads customers")
		}
	})
}

// A position stands for somebody who has nothing else, a unit for somebody who is in it.
func TestMatrixOfPositionsAndUnits(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.enacts("boss", assigning(access.Assignment{Pack: "marketing", Who: policy.Clause{Unit: f.id("销售部"), Below: true}}))
		m := f.matrix("admin", MatrixQuery{Part: MatrixActions, Positions: true, Rows: []MatrixWho{{Unit: f.id("华东")}, {Unit: f.id("华东"), Position: "sales"}, {Unit: f.id("信息部")}}})
		if len(m.Rows) != 8 {
			t.Fatalf("%d rows", len(m.Rows))
		}
		row := func(who MatrixWho) int {
			return slices.IndexFunc(m.Rows, func(r MatrixRow) bool { return r.Who == who })
		}
		if got := paths(m.at(t, row(MatrixWho{Position: "sales"}), "customer", "read")); !slices.Contains(got, policy.PathOwn) || !slices.Contains(got, policy.PathPool) || slices.Contains(got, policy.PathAll) {
			t.Errorf("sales reads customers by %v", got)
		}
		if got := paths(m.at(t, row(MatrixWho{Position: "lead"}), "customer", "read")); !slices.Contains(got, policy.PathHeaded) {
			t.Errorf("a lead reads customers by %v", got)
		}
		if got := paths(m.at(t, row(MatrixWho{Position: "ceo"}), "customer", "delete")); !slices.Equal(got, []policy.PathKind{policy.PathAll}) {
			t.Errorf("the boss deletes customers by %v", got)
		}
		if got := m.at(t, row(MatrixWho{Position: "it"}), "customer", "read"); len(got.Ways) > 0 || len(got.Sources) > 0 {
			t.Errorf("the administrator reads customers: %+v", got)
		}
		if got := m.at(t, row(MatrixWho{Position: "it"}), records.System, "policy"); len(got.Ways) == 0 {
			t.Errorf("the administrator does not administer: %+v", got)
		}
		both := m.at(t, row(MatrixWho{Position: "sales", Unit: f.id("华东")}), "customer", "read")
		var origins []string
		for _, i := range both.Sources {
			origins = append(origins, m.Sources[i].Origin.ID)
		}
		if !slices.Contains(origins, "sales") || !slices.Contains(origins, "marketing") || slices.Contains(origins, "boss") {
			t.Errorf("the cell of a seller in the unit comes from %v", origins)
		}
		if got := m.at(t, row(MatrixWho{Unit: f.id("信息部")}), "customer", "read"); len(got.Ways) > 0 {
			t.Errorf("a unit without a pack reads customers: %+v", got)
		}

		why, err := f.as("auditor").MatrixCell(context.Background(), MatrixCellQuery{Who: MatrixWho{Unit: f.id("华东")}, Kind: "customer", Field: "phone"})
		f.must(err)
		if why.Cell.Level != "masked" && why.Cell.Level != "mixed" || len(why.Reasons) == 0 || why.Reasons[0].Who[0].Unit != f.id("销售部") || why.Reasons[0].Label.ZH == "" || why.Reasons[0].Sentence.EN == "" {
			t.Errorf("the phone for a unit with marketing: %+v", why)
		}
	})
}

func TestMatrixIsForWhoOverseesThePolicy(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		q := MatrixQuery{Part: MatrixFields, Positions: true}
		for _, who := range []string{"lin", "chief"} {
			_, err := f.as(who).Matrix(ctx, q)
			f.refused(err, fault.Denied, "right")
		}
		_, err := f.as("lin").MatrixCell(ctx, MatrixCellQuery{Who: MatrixWho{Position: "sales"}, Kind: "customer", Action: "read"})
		f.refused(err, fault.Denied, "right")
		for at, who := range map[string]MatrixWho{
			"person": {Person: 987654321}, "position": {Position: "none"}, "unit": {Unit: 987654321}, "matrix_row": {},
		} {
			_, err := f.as("admin").Matrix(ctx, MatrixQuery{Part: MatrixActions, Rows: []MatrixWho{who}})
			f.refused(err, fault.Invalid, at)
		}
		_, err = f.as("admin").Matrix(ctx, MatrixQuery{Part: "x"})
		f.refused(err, fault.Invalid, "part")
		_, err = f.as("admin").Matrix(ctx, MatrixQuery{Part: MatrixFields, Draft: 987654321})
		f.refused(err, fault.NotFound, "draft")
		_, err = f.as("admin").MatrixCell(ctx, MatrixCellQuery{Who: MatrixWho{Position: "sales"}, Kind: "customer", Action: "fly"})
		f.refused(err, fault.Invalid, "column")
	})
}

// Sixty rows of every field leave in less than 500 kB: equal cells stand once.
func TestMatrixIsSmall(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		q := MatrixQuery{Part: MatrixFields}
		for len(q.Rows) < 60 {
			for _, who := range []string{"boss", "chief", "lin", "wang", "auditor", "admin"} {
				q.Rows = append(q.Rows, MatrixWho{Person: f.id(who)})
			}
		}
		m := f.matrix("admin", q)
		text, err := json.Marshal(m)
		f.must(err)
		t.Logf("%d rows × %d columns: %d bytes, %d different cells, %d sources", len(m.Rows), len(m.Columns), len(text), len(m.Cells), len(m.Sources))
		if len(text) > 500_000 {
			t.Errorf("%d bytes", len(text))
		}
	})
}
