package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"guan/fault"
)

var writers = map[string]func(io.Writer) Writer{"x.csv": NewCSV, "x.xlsx": NewXLSX}

func write(t testing.TB, w Writer, header []string, rows ...[]Cell) {
	t.Helper()
	err := w.Header(header)
	for _, row := range rows {
		err = errors.Join(err, w.Row(row))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
}

// Everything that a cell can hold comes back as the same text from both formats.
func TestWhatIsWrittenIsRead(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	rows := [][]Cell{
		{Text("关雎"), Text("013800000000"), Number(-12.5), Date(time.Date(2024, 1, 2, 23, 0, 0, 0, shanghai)), Time(time.Date(2024, 1, 2, 15, 4, 5, 6, shanghai))},
		{Text("=1+1"), Text("+44 20 7946 0958"), Decimal("20565.6206"), Date(time.Date(1850, 12, 31, 0, 0, 0, 0, time.UTC)), {}},
		{Text("行\n二 \"x\", y;z"), Text(" '=1"), Decimal("899999999999.9999"), Date(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)), {}},
		{Text("'=1"), Text("'x"), Decimal("-3.00"), Date(time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)), Time(time.Date(1899, 1, 1, 8, 0, 0, 0, time.UTC))},
		{Text("𠮷😀"), Text("<&>\tx"), Decimal("1e5"), Date(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)), {}},
		{Text("@here"), Text("－5"), Number(1e14), {}, {}},
	}
	want := []string{
		"2: 关雎|013800000000|-12.5|2024-01-02|2024-01-02 15:04:05",
		"3: =1+1|+44 20 7946 0958|20565.6206|1850-12-31|",
		"4: 行\n二 \"x\", y;z| '=1|899999999999.9999|1900-03-01|",
		"5: '=1|'x|-3.00|9999-12-31|1899-01-01 08:00:00",
		"6: 𠮷😀|<&>\tx|1e5|2024-02-29|",
		"7: @here|－5|100000000000000||",
	}
	for name, open := range writers {
		var out bytes.Buffer
		write(t, open(&out), []string{"名称", "=电话", "金额", "日期", "时间"}, rows...)
		header, got := readAll(t, file(t, name, out.Bytes()), Options{Name: name})
		if diff := cmp.Diff([]string{"名称", "=电话", "金额", "日期", "时间"}, header); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if name == "x.xlsx" { // a number is a number there
			want[3] = strings.Replace(want[3], "-3.00", "-3", 1)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
		want[3] = strings.Replace(want[3], "|-3|", "|-3.00|", 1)
	}
}

func TestAnyTextComesBack(t *testing.T) {
	any := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("=+-@'\"\t\n,;|_x0041 中文é😀＝＋<&>#")), rapid.Rune()))
	var texts []string
	var rows [][]Cell
	for seed := range 1_000 {
		text := any.Example(seed)
		if checkCell(text) == nil && !strings.ContainsAny(text, "\r\ufffe\uffff") {
			texts = append(texts, text)
			rows = append(rows, []Cell{Text(text), Text("x")})
		}
	}
	// One table for all: the texts are many and small, and opening a workbook is not.
	for name, open := range writers {
		var out bytes.Buffer
		write(t, open(&out), []string{"a", "b"}, rows...)
		r, err := Open(file(t, name, out.Bytes()), Options{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if row, err := r.Next(); err != nil || row.Cells[0] != text || row.Cells[1] != "x" {
				t.Errorf("%s: %q came back as %q, %v", name, text, row.Cells, err)
			}
		}
		if _, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("%s: more rows than were written: %v", name, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// No text that a spreadsheet could take for a formula reaches a file as it is, and no cell of a
// workbook is a formula.
func TestFormulasAreDefused(t *testing.T) {
	attacks := []string{"=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\n=1", "＝1", "=cmd|' /C calc'!A0"}
	for _, attack := range attacks {
		var out bytes.Buffer
		write(t, NewCSV(&out), []string{attack}, []Cell{Text(attack)}, []Cell{Decimal(attack)}, []Cell{Number(-5)})
		records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte(byteOrderMark)))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records[:3] {
			if !strings.HasPrefix(r[0], "'") && !(attack == "+1") {
				t.Errorf("%q stands in the file as %q", attack, r[0])
			}
		}
		if records[3][0] != "-5" {
			t.Errorf("a number became %q", records[3][0])
		}
		out.Reset()
		write(t, NewXLSX(&out), []string{attack}, []Cell{Text(attack)})
		f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range []string{"A1", "A2"} {
			formula, err1 := f.GetCellFormula("Sheet1", cell)
			value, err2 := f.GetCellValue("Sheet1", cell)
			if formula != "" || !strings.HasPrefix(value, "'") || err1 != nil || err2 != nil {
				t.Errorf("%q stands in %s as %q, formula %q", attack, cell, value, formula)
			}
		}
		f.Close()
	}
}

func TestWriterRefusals(t *testing.T) {
	for name, open := range writers {
		w := open(io.Discard)
		if err := w.Header(nil); fault.KindOf(err) != fault.Internal {
			t.Errorf("%s: no headings: %v", name, err)
		}
		if err := w.Header([]string{"a"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Header([]string{"a"}); err == nil {
			t.Errorf("%s: two rows of headings", name)
		}
		if err := w.Row([]Cell{Text("1"), Text("2")}); err == nil {
			t.Errorf("%s: a row too wide", name)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		w = open(failing{})
		err := w.Header([]string{"a"})
		for range 10_000 {
			err = errors.Join(err, w.Row([]Cell{Text("some text")}))
		}
		if err = errors.Join(err, w.Close()); !errors.Is(err, errFull) {
			t.Errorf("%s: a full disk was not told: %v", name, err)
		}
	}
	w := NewXLSX(io.Discard)
	if err := w.Header([]string{"a"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Row([]Cell{Text(strings.Repeat("字", xlsxCell+1))}); fault.From(err).Code != "cell_too_long" {
		t.Errorf("a cell too long for Excel: %v", err)
	}
	w.(*xlsxWriter).row = xlsxRows
	if err := w.Row([]Cell{Text("x")}); fault.From(err).Code != "too_many_rows" {
		t.Errorf("a row too many for Excel: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

var errFull = errors.New("no space left")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }
