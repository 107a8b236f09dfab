package sheet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"guan/sheet"
)

// written is a file of both formats with the same cells.
func written(t *testing.T, format string, stamp sheet.Stamp, rows ...[]sheet.Cell) string {
	t.Helper()
	var out bytes.Buffer
	w := sheet.NewCSV(&out)
	if format == "xlsx" {
		w = sheet.NewXLSX(&out)
	}
	w.Stamp(stamp)
	headings := make([]string, len(rows[0]))
	for i := range headings {
		headings[i] = string(rune('A' + i))
	}
	if err := w.Header(headings); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "table."+format)
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// What shows, and what does not, is read off a file as it was written; an import reads the values alone.
func TestLooseRowsTellForms(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	at := time.Date(2026, 3, 1, 10, 20, 30, 0, time.UTC)
	row := []sheet.Cell{
		sheet.Text("深圳 "), sheet.Text("138 0013 8000").Written(true), sheet.Decimal("1200.50"), sheet.Decimal("1200.5"), sheet.Decimal("1200"), sheet.Decimal("1200.00"),
		sheet.Date(day), sheet.Date(day).Dated(true, false).Written(true), sheet.Time(at).Dated(true, false), sheet.Date(day).Dated(false, true), sheet.Time(at).Dated(true, true), sheet.Loose("2026"), {}, sheet.Text("=1+1"), sheet.Text("0012"),
	}
	texts := []string{"深圳 ", "138 0013 8000", "1200.50", "1200.5", "1200", "1200.00", "2026-03-01", "2026/03/01", "2026/03/01 10:20:30", "2026-3-1", "2026/3/1 10:20:30", "2026", "", "=1+1", "0012"}
	unseen := []int{1, 7}
	for _, format := range []string{"csv", "xlsx"} {
		stamp := sheet.Stamp{Line: "张三 (zhangsan) & 2026", Code: "ABCD-EFGH-JK", Who: "张三", Last: true}
		path := written(t, format, stamp, row)
		var got [][]sheet.LooseCell
		codes, err := sheet.EachRow(path, sheet.Options{}, func(_ int, cells []sheet.LooseCell) error {
			got = append(got, slices.Clone(cells))
			return nil
		})
		if err != nil || !slices.Equal(codes, []string{"ABCD-EFGH-JK"}) || len(got) != 2 {
			t.Fatalf("%s: %v, codes %v, %d rows", format, err, codes, len(got))
		}
		for i, text := range texts {
			c := got[1][i]
			if c.Text != text {
				t.Errorf("%s: cell %d shows %q and not %q", format, i, c.Text, text)
			}
			if format == "xlsx" && c.Unseen != slices.Contains(unseen, i) {
				t.Errorf("cell %d: %+v", i, c)
			}
		}
		r, err := sheet.Open(path, sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		only, err := r.Next()
		if err != nil || only.Cells[4] != "1200" || only.Cells[13] != "=1+1" {
			t.Errorf("%s: %q %v", format, only.Cells, err)
		}
		if last, err := r.Next(); err == nil {
			t.Errorf("%s: an import takes the stamp for a row: %q", format, last.Cells)
		}
		r.Close()
	}
}

// A part of a table without headings, ragged and with a damaged cell, is read as far as it goes.
func TestLooseRowsOfDamagedFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "part.txt")
	if err := os.WriteFile(path, []byte("a,b\nc\n\n\"d\"x,e\nf,g,h\n\"open"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	if _, err := sheet.EachRow(path, sheet.Options{Name: "part.txt"}, func(_ int, cells []sheet.LooseCell) error {
		got = append(got, cells[0].Text)
		return nil
	}); err != nil || !slices.Equal(got, []string{"a", "c", "f"}) {
		t.Errorf("%q %v", got, err)
	}
	for name, body := range map[string]string{"empty.csv": "", "picture.png": "\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01\x02", "broken.xlsx": "PK\x03\x04 nothing"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := sheet.EachRow(path, sheet.Options{Name: name}, func(int, []sheet.LooseCell) error { return nil }); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
