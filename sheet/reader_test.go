package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"guan/fault"
)

func file(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readAll gives rows as "number: cell|cell" and faults as "number!code@column".
func readAll(t testing.TB, path string, opts Options) (header []string, rows []string) {
	t.Helper()
	r, err := Open(path, opts)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}()
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Header(), rows
		}
		if err != nil {
			e := fault.From(err)
			if e.Kind != fault.Invalid || e.At == "" || e.Params["row"] != row.Number {
				t.Errorf("a fault without a place: %+v", e)
			}
			rows = append(rows, fmt.Sprintf("%d!%s@%v", row.Number, e.Code, e.Params["column"]))
			continue
		}
		rows = append(rows, fmt.Sprintf("%d: %s", row.Number, strings.Join(row.Cells, "|")))
	}
}

func TestReadCSV(t *testing.T) {
	gb := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, x := range map[string]struct {
		content string
		header  string
		rows    []string
	}{
		"plain":               {"a,b\n1,2\n3,4\n", "a|b", []string{"2: 1|2", "3: 3|4"}},
		"no last line end":    {"a,b\n1,2", "a|b", []string{"2: 1|2"}},
		"crlf":                {"a,b\r\n1,2\r\n", "a|b", []string{"2: 1|2"}},
		"cr":                  {"a,b\r1,2\r", "a|b", []string{"2: 1|2"}},
		"mark":                {"\xef\xbb\xbf名称,电话\n关雎,1\n", "名称|电话", []string{"2: 关雎|1"}},
		"utf-8":               {"名称,电话\n关雎𠮷,1\n", "名称|电话", []string{"2: 关雎𠮷|1"}},
		"gb18030":             {gb("名称,电话\n关雎𠮷€,1\n"), "名称|电话", []string{"2: 关雎𠮷€|1"}},
		"gb18030, long":       {gb("名称\n" + strings.Repeat("中文内容\n", 50_000)), "名称", nil},
		"semicolons":          {"a;b;c\n1,5;2;3\n", "a|b|c", []string{"2: 1,5|2|3"}},
		"tabs":                {"a\tb\n1\t2\n", "a|b", []string{"2: 1|2"}},
		"sep=":                {"sep=;\r\na;b\r\n1;2\r\n", "a|b", []string{"2: 1|2"}},
		"comma in quotes":     {"\"a,x,y\";b\n1;2\n", "a,x,y|b", []string{"2: 1|2"}},
		"quotes":              {"a,b\n\"x\"\"y\",\"1,2\"\n", "a|b", []string{`2: x"y|1,2`}},
		"lines in quotes":     {"a,b\n\"1\r\n2\",3\n4,5\n", "a|b", []string{"2: 1\n2|3", "3: 4|5"}},
		"quote inside":        {"a,b\n5\" pipe,2\n", "a|b", []string{`2: 5" pipe|2`}},
		"blank after quote":   {"a,b\n\"x\" ,2\n", "a|b", []string{"2: x|2"}},
		"short and long rows": {"a,b,c\n1\n1,2,3,,\n1,2,3,4\n5,6,7\n", "a|b|c", []string{"2: 1||", "3: 1|2|3", "4!ragged@4", "5: 5|6|7"}},
		"blank rows":          {"\n\na,b\n\n1,2\n,\n \n3,4\n\n,\n", "a|b", []string{"5: 1|2", "8: 3|4"}},
		"headings":            {" a , b,,\n1,2\n", "a|b", []string{"2: 1|2"}},
		"one column":          {"a\n1\n2\n", "a", []string{"2: 1", "3: 2"}},
		"guards":              {"a,b,c\n'=1,'x,''+5\n", "a|b|c", []string{"2: =1|'x|'+5"}},
		"nul":                 {"a,b\n1,x\x00y\n3,4\n", "a|b", []string{"2!control@2", "3: 3|4"}},
		"bell":                {"a,b\n\x07,1\n", "a|b", []string{"2!control@1"}},
		"damaged utf-8":       {"名称,b\n关雎,1\n关\xff雎,2\n中文,3\n", "名称|b", []string{"2: 关雎|1", "3!encoding@1", "4: 中文|3"}},
		"damaged gb18030":     {gb("名称,b\n关雎,1\n") + "\xb9\n" + gb("中文,3\n"), "名称|b", []string{"2: 关雎|1", "3!encoding@1", "4: 中文|3"}},
		"after the quote":     {"a,b\n\"x\"y,1\n3,4\n", "a|b", []string{"2!quote@1", "3: 3|4"}},
		"quote without end":   {"a,b\n1,2\n3,\"4\n5,6\n", "a|b", []string{"2: 1|2", "3!quote@2"}},
		"number as Excel":     {"a\n1.10105194912310E+17\n", "a", []string{"2!lost_digits@1"}},
		"failed formula":      {"a\n#N/A\n#tag\n", "a", []string{"2!formula_error@1", "3: #tag"}},
	} {
		header, rows := readAll(t, file(t, "x.csv", []byte(x.content)), Options{Name: "x.CSV"})
		if got := strings.Join(header, "|"); got != x.header {
			t.Errorf("%s: headings %q, want %q", name, got, x.header)
		}
		if x.rows == nil {
			if len(rows) != 50_000 || rows[49_999] != "50001: 中文内容" {
				t.Errorf("%s: %d rows", name, len(rows))
			}
			continue
		}
		if diff := cmp.Diff(x.rows, rows); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestReadCSVLimits(t *testing.T) {
	_, rows := readAll(t, file(t, "x.csv", []byte("a,b\n1,\""+strings.Repeat("x", maxCell+1)+"\"\n")), Options{})
	if diff := cmp.Diff([]string{"2!cell_too_long@2"}, rows); diff != "" {
		t.Error(diff)
	}
	_, rows = readAll(t, file(t, "x.csv", []byte("a,b\n"+strings.Repeat(",", maxColumns+1)+"\n")), Options{})
	if diff := cmp.Diff([]string{"2!too_many_columns@<nil>"}, rows); diff != "" {
		t.Error(diff)
	}
}

// book makes a workbook; date cells carry the formats that people use.
func book(t testing.TB, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func set(t testing.TB, f *excelize.File, sheet, cell string, value any, format string) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle(sheet, cell, cell, style); err != nil {
		t.Fatal(err)
	}
}

func TestReadXLSX(t *testing.T) {
	day := time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)
	clock := time.Date(2024, 1, 2, 15, 4, 5, 0, time.UTC)
	content := book(t, func(f *excelize.File) {
		for i, h := range []string{"名称", "电话", "日期", "金额", " "} {
			cell, _ := excelize.CoordinatesToCellName(i+1, 2) // row 1 is blank
			set(t, f, "Sheet1", cell, h, "")
		}
		set(t, f, "Sheet1", "A3", "关雎", "")
		set(t, f, "Sheet1", "B3", "013800000000", "@")
		set(t, f, "Sheet1", "C3", day, "m/d/yy")
		set(t, f, "Sheet1", "D3", 20565.6206, "#,##0.00")
		set(t, f, "Sheet1", "C4", day, `yyyy"年"m"月"d"日"`)
		set(t, f, "Sheet1", "D4", 0.355, "0%")
		set(t, f, "Sheet1", "C5", clock, "yyyy/m/d h:mm")
		set(t, f, "Sheet1", "D5", -1234567.89, `[Red]_("¥"* #,##0_);\("¥"* #,##0\)`)
		set(t, f, "Sheet1", "C6", clock, "[$-804]h:mm AM/PM")
		set(t, f, "Sheet1", "D6", 0.1+0.2, "")
		set(t, f, "Sheet1", "A9", "行\n二", "")
		set(t, f, "Sheet1", "C9", "2024-01-02", "")
		set(t, f, "Sheet1", "D9", 110105194912310021.0, "")
		set(t, f, "Sheet1", "A10", true, "")
		set(t, f, "Sheet1", "D10", 1e14, "#,##0")
		set(t, f, "Sheet1", "A11", "  ", "")
		_, _ = f.NewSheet("其他")
		set(t, f, "其他", "A1", "x", "")
		set(t, f, "其他", "A2", "y", "")
		_, _ = f.NewSheet("hidden")
		if err := f.SetSheetVisible("hidden", false); err != nil {
			t.Fatal(err)
		}
	})
	path := file(t, "x.xlsx", content)
	header, rows := readAll(t, path, Options{Name: "客户.XLSX"})
	if diff := cmp.Diff([]string{"名称", "电话", "日期", "金额"}, header); diff != "" {
		t.Error(diff)
	}
	want := []string{
		"3: 关雎|013800000000|2024-01-02|20565.6206",
		"4: ||2024-01-02|35.5%",
		"5: ||2024-01-02 15:04:05|-1234567.89",
		"6: ||2024-01-02 15:04:05|0.3",
		"9!lost_digits@4",
		"10: TRUE|||100000000000000",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	header, rows = readAll(t, path, Options{Sheet: "其他"})
	if strings.Join(header, "|") != "x" || strings.Join(rows, ",") != "2: y" {
		t.Errorf("the named sheet: %v %v", header, rows)
	}
	if _, err := Open(path, Options{Sheet: "nowhere"}); fault.From(err).Code != "sheet" {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// A row that claims to be the billionth must not be counted up to.
func TestRowNumbersBeyondExcel(t *testing.T) {
	content := book(t, func(f *excelize.File) {
		for _, cell := range []string{"A1", "A2", "A3"} {
			set(t, f, "Sheet1", cell, "x", "")
		}
	})
	content = rezip(t, content, func(name string, part []byte) []byte {
		if name == "xl/worksheets/sheet1.xml" {
			part = bytes.Replace(part, []byte(`<row r="3"`), []byte(`<row r="1000000000"`), 1)
		}
		return part
	})
	_, rows := readAll(t, file(t, "x.xlsx", content), Options{})
	if diff := cmp.Diff([]string{"2: x", "1048577!damaged@<nil>"}, rows); diff != "" {
		t.Error(diff)
	}
}

func TestDatesOfOldWorkbooks(t *testing.T) {
	for _, x := range []struct {
		old     bool
		serials []any
		want    []string
	}{
		{false, []any{0.5, 1, 59, 60, 61, 45293.9999999999, 2958465, 2958466, -5, "yes"}, []string{"12:00:00", "1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01", "2024-01-03", "9999-12-31", "2958466", "-5", "yes"}},
		{true, []any{0, 1, 43831.25}, []string{"1904-01-01", "1904-01-02", "2024-01-02 06:00:00"}},
	} {
		content := book(t, func(f *excelize.File) {
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &x.old}); err != nil {
				t.Fatal(err)
			}
			set(t, f, "Sheet1", "A1", "date", "")
			for i, serial := range x.serials {
				cell, _ := excelize.CoordinatesToCellName(1, i+2)
				format := "yyyy-mm-dd"
				if serial == 0.5 {
					format = "h:mm"
				}
				set(t, f, "Sheet1", cell, serial, format)
			}
		})
		_, rows := readAll(t, file(t, "x.xlsx", content), Options{})
		for i, want := range x.want {
			if want = fmt.Sprintf("%d: %s", i+2, want); rows[i] != want {
				t.Errorf("%v: got %s, want %s", x.serials[i], rows[i], want)
			}
		}
	}
}

// rezip changes the parts of a workbook.
func rezip(t testing.TB, content []byte, change func(name string, part []byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if b = change(part.Name, b); b == nil {
			continue
		}
		p, err := w.Create(part.Name)
		if err == nil {
			_, err = p.Write(b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRefusedFiles(t *testing.T) {
	good := book(t, func(f *excelize.File) {
		for i := 1; i <= 200; i++ {
			set(t, f, "Sheet1", fmt.Sprintf("A%d", i), fmt.Sprintf("row %d", i), "")
		}
	})
	var secret bytes.Buffer
	f := excelize.NewFile()
	if err := f.Write(&secret, excelize.Options{Password: "pw"}); err != nil {
		t.Fatal(err)
	}
	edit := func(part, old, new string) []byte {
		done := false
		out := rezip(t, good, func(name string, b []byte) []byte {
			if name == part && bytes.Contains(b, []byte(old)) {
				done = true
				return bytes.Replace(b, []byte(old), []byte(new), 1)
			}
			return b
		})
		if !done {
			t.Fatalf("no %q in %s", old, part)
		}
		return out
	}
	broken := bytes.Clone(good)
	if i := bytes.Index(broken, []byte("xl/worksheets/sheet1.xml")); i > 0 {
		for j := range 64 {
			broken[i+100+j] ^= 0x5a
		}
	}
	const part = "xl/worksheets/sheet1.xml"
	for name, x := range map[string]struct {
		name    string
		content []byte
		code    string
	}{
		"nothing":             {"x.csv", nil, "empty"},
		"only blank rows":     {"x.csv", []byte("\n,,\n \n"), "empty"},
		"only a mark":         {"x.csv", []byte("\xef\xbb\xbf"), "empty"},
		"empty workbook":      {"x.xlsx", book(t, func(*excelize.File) {}), "empty"},
		"password":            {"x.xlsx", secret.Bytes(), "encrypted"},
		"old workbook":        {"x.xls", append(bytes.Clone(oleMagic), make([]byte, 600)...), "file_type"},
		"text as workbook":    {"x.xlsx", []byte("a,b\n1,2\n"), "file_type"},
		"workbook as text":    {"x.csv", good, "file_type"},
		"pdf":                 {"x.pdf", []byte("%PDF-1.4"), "file_type"},
		"other archive":       {"x.xlsx", zipOf(t, "readme.txt", "hello"), "file_type"},
		"truncated":           {"x.xlsx", good[:len(good)/2], "damaged"},
		"a little truncated":  {"x.xlsx", good[:len(good)-10], "damaged"},
		"only the magic":      {"x.xlsx", zipMagic, "damaged"},
		"flipped bytes":       {"x.xlsx", broken, "damaged"},
		"sheet cut off":       {"x.xlsx", edit(part, "</sheetData>", ""), "damaged"},
		"control in the text": {"x.xlsx", edit("xl/sharedStrings.xml", "row 100", "row \x01"), "damaged"},
		"unknown entity":      {"x.xlsx", edit("xl/sharedStrings.xml", "row 100", "&nobody;"), "damaged"},
		"bomb":                {"x.xlsx", bomb(t, part), "too_big"},
		"bomb of pictures":    {"x.xlsx", bomb(t, "xl/media/image1.png"), "too_big"},
		"bomb of formats":     {"x.xlsx", edit("xl/styles.xml", "<cellXfs count=\"1\">", "<cellXfs count=\"1\">"+strings.Repeat("<xf/>", elementsLimit)), "too_big"},
		"bomb of sheets":      {"x.xlsx", edit("xl/workbook.xml", "<sheets>", "<sheets>"+strings.Repeat(`<sheet name="S" sheetId="1"/>`, sheetsLimit)), "too_big"},
		"bomb of types":       {"x.xlsx", edit("[Content_Types].xml", "</Types>", strings.Repeat("<Default/>", elementsLimit)+"</Types>"), "too_big"},
		"bomb of texts":       {"x.xlsx", edit("xl/sharedStrings.xml", "</sst>", strings.Repeat("<si/>", sharedLimit)+"</sst>"), "too_big"},
		"bomb of cells":       {"x.xlsx", edit(part, `<row r="1">`, `<row r="1">`+strings.Repeat("<c/>", rowLimit+1)), "too_big"},
		"bomb of a text":      {"x.xlsx", edit("xl/sharedStrings.xml", "row 100", strings.Repeat("x", 2*pieceLimit)), "too_big"},
		"bomb of a remark":    {"x.xlsx", edit(part, "<sheetData>", "<!--"+strings.Repeat("<", 2*pieceLimit)+"--><sheetData>"), "too_big"},
		"another encoding":    {"x.xlsx", edit("xl/styles.xml", `encoding="UTF-8"`, `encoding="UTF-16LE"`), "damaged"},
		"utf-16":              {"x.csv", []byte("\xff\xfea\x00,\x00b\x00\n\x00"), "encoding"},
		"binary":              {"x.csv", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 100)...), "file_type"},
		"huge heading":        {"x.csv", []byte("\"" + strings.Repeat("x", maxCell+2)), "cell_too_long"},
	} {
		r, err := Open(file(t, x.name, x.content), Options{Name: x.name})
		if err == nil {
			r.Close()
			t.Errorf("%s: was opened", name)
			continue
		}
		e := fault.From(err)
		if e.Kind != fault.Invalid || e.Code != x.code || e.Detail == "" {
			t.Errorf("%s: %s %s (%v), want %s", name, e.Kind, e.Code, err, x.code)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.csv"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func zipOf(t testing.TB, name, content string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	p, err := w.Create(name)
	if err == nil {
		_, err = p.Write([]byte(content))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bomb is an archive that says of a part that it unpacks to much more than it is.
func bomb(t testing.TB, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	_, err := w.Create("xl/workbook.xml")
	if err == nil {
		_, err = w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: bombSize + 1, CompressedSize64: 0})
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\n\",b\r\n", "sep=;\na;b", "\xef\xbb\xbfa\n\x00", "\xc3\xfb\xb3\xc6\n\xb9\xd8", "a\n\"x", "\"\"\"", "a\tb\r\rc"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		r, err := Open(file(t, "x.csv", content), Options{})
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		defer r.Close()
		for last := 0; ; {
			row, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if row.Number <= last || err == nil && len(row.Cells) != len(r.Header()) || err != nil && fault.KindOf(err) != fault.Invalid {
				t.Fatalf("row %d after %d: %v, %v", row.Number, last, row.Cells, err)
			}
			last = row.Number
		}
	})
}

func FuzzXLSX(f *testing.F) {
	good := book(f, func(b *excelize.File) {
		set(f, b, "Sheet1", "A1", "a", "")
		set(f, b, "Sheet1", "A2", 5.5, "yyyy-mm-dd")
	})
	rezip(f, good, func(name string, part []byte) []byte {
		if name == "xl/worksheets/sheet1.xml" || name == "xl/styles.xml" || name == "xl/workbook.xml" {
			f.Add(name, part)
		}
		return part
	})
	f.Fuzz(func(t *testing.T, name string, part []byte) {
		content := rezip(t, good, func(n string, b []byte) []byte {
			if n == name {
				return part
			}
			return b
		})
		r, err := Open(file(t, "x.xlsx", content), Options{})
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		defer r.Close()
		for {
			if _, err := r.Next(); errors.Is(err, io.EOF) {
				return
			} else if err != nil && fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
		}
	})
}

// What is large is unpacked to files; none stays behind, whether the table was read to its end,
// given up, or refused.
func TestNothingStaysUnpacked(t *testing.T) {
	content := book(t, func(f *excelize.File) {
		for i := 1; i <= 50; i++ {
			set(t, f, "Sheet1", fmt.Sprintf("A%d", i), fmt.Sprintf("row %d", i), "")
		}
	})
	temp := t.TempDir()
	path, opts := file(t, "x.xlsx", content), Options{TempDir: temp, large: 100}
	if _, rows := readAll(t, path, opts); len(rows) != 49 {
		t.Errorf("%d rows", len(rows))
	}
	r, err := Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Next(); err != nil {
		t.Error(err)
	}
	if files, _ := os.ReadDir(temp); len(files) == 0 {
		t.Error("the large sheet was read into memory")
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	opts.Sheet = "nowhere"
	if _, err := Open(path, opts); err == nil {
		t.Error("a sheet that is not there was opened")
	}
	if files, _ := os.ReadDir(temp); len(files) != 0 {
		t.Errorf("%d files stayed behind", len(files))
	}
}
