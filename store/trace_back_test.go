package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"guan/mark"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// In whatever way a copy writes a value, in either format, an import reads the same value.
func TestMarkedCellsReadBack(t *testing.T) {
	kind := records.Builtin().Kind("customer")
	day, at := time.Date(1999, 12, 3, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 1, 1, 2, 3, 0, time.UTC)
	values := map[string][]policy.Value{
		"name":            {policy.TextOf("深圳（南山）科技"), policy.TextOf("13800138000")},
		"phone":           {policy.TextOf("13800138000"), policy.TextOf("0755-86123456"), policy.TextOf("0755-86123456-801"), policy.TextOf("+44 20 7946 0958"), policy.TextOf("400-810-1234")},
		"street":          {policy.TextOf("科技路（南）1号，三楼；左转"), policy.TextOf("1200.50"), policy.TextOf("=1+1（二）")},
		"remark":          {policy.TextOf("第一行，\n第二行（好）"), policy.TextOf("see (a), b")},
		"birthday":        {policy.TimeOf(day)},
		"next_contact_at": {policy.TimeOf(at)},
		"annual_revenue":  {policy.MoneyOf(12_000_000), policy.MoneyOf(12_345), policy.MoneyOf(-123_400), policy.MoneyOf(1)},
		"square_feet":     {policy.NumberOf(120), policy.NumberOf(12.5), policy.NumberOf(0.123456)},
		"employees":       {policy.IntOf(1200)},
		"credit_code":     {policy.TextOf("91440300708461136T")},
	}
	key, err := mark.ParseKey(mark.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	read := records.Cells{Lang: "zh", Zone: chinaTime}
	for copies := range int64(40) {
		cells := newExportCells("zh")
		cells.copy = key.Copy(copies)
		for _, format := range []string{"csv", "xlsx"} {
			var out bytes.Buffer
			w := sheet.NewCSV(&out)
			if format == "xlsx" {
				w = sheet.NewXLSX(&out)
			}
			var fields []*records.Field
			var want []policy.Value
			var row []sheet.Cell
			var headings []string
			for name, list := range values {
				for _, v := range list {
					f := kind.Field(name)
					fields, want = append(fields, f), append(want, v)
					row, headings = append(row, cells.cell(policy.ID(copies), f, v, "")), append(headings, fmt.Sprint(name, len(headings)))
				}
			}
			for _, err := range []error{w.Header(headings), w.Row(row), w.Close()} {
				if err != nil {
					t.Fatal(err)
				}
			}
			path := filepath.Join(t.TempDir(), "back."+format)
			if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := sheet.Open(path, sheet.Options{})
			if err != nil {
				t.Fatal(err)
			}
			back, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range fields {
				got, err := read.Parse(f, back.Cells[i])
				if err != nil || !got.Equal(want[i]) && !sameButWritten(f, got, want[i]) {
					t.Errorf("%s, %s: %v is read back from %q as %v %v", format, f.Name, want[i], back.Cells[i], got, err)
				}
			}
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// What was exported and is imported again changes nothing.
func TestMarkedExportImportsUnchanged(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		for i := range 8 {
			f.customer("lin", fmt.Sprintf("回传%d", i), fmt.Sprintf(`code="C%d";phone="138%08d";annual_revenue="%d.50";street="科技路（南）%d号，三楼";remark="请打电话，（上午）";birthday="2001-02-03"`, i, 997*i, 1000+i, i))
		}
		rows := f.rowsOf(f.copied("boss", "csv", "code", "phone", "annual_revenue", "street", "remark", "birthday"))
		boss := f.as("boss")
		m, err := boss.MatchColumns(context.Background(), "customer", "code", rows[0])
		f.must(err)
		tally, err := boss.Import(context.Background(), Import{Mapping: m, Cells: records.Cells{Lang: "zh", Zone: chinaTime}, Open: func() (Table, error) { return &lines{rows: rows}, nil }})
		if err != nil || tally != (Tally{Rows: 8, Unchanged: 8}) {
			t.Errorf("%+v %v", tally, err)
		}
	})
}
