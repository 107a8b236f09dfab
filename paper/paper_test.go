package paper

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var made = time.Date(2026, 11, 1, 2, 3, 4, 0, time.UTC)

func begin(t *testing.T, o Options) *Document {
	t.Helper()
	o.Made = made
	d, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func end(t *testing.T, d *Document) ([]byte, []string) {
	t.Helper()
	data, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := Lines(data)
	if err != nil {
		t.Fatal(err)
	}
	return data, lines
}

func sample(t *testing.T) ([]byte, []string) {
	d := begin(t, Options{Title: "月度报告", Foot: "关科技", Watermark: "王芳 0042 K7QM"})
	d.Heading(1, "十月 2026")
	d.Paragraph(strings.Repeat("谁看了多少条客户资料，导出了什么。", 30))
	d.Bars([]Bar{{"王芳", "1,204", 1204}, {"李雷", "0", 0}})
	rows := [][]string{}
	for i := range 120 {
		rows = append(rows, []string{fmt.Sprintf("人%03d", i), fmt.Sprint(i * i), "(a\\b) ＡＢ  C"})
	}
	d.Table([]Column{{Title: "姓名"}, {Title: "条数", Right: true}, {Title: "用途"}}, slices.Values(rows))
	return end(t, d)
}

func TestTextStandsAsItWasGiven(t *testing.T) {
	data, lines := sample(t)
	if !bytes.HasPrefix(data, []byte("%PDF-1.")) {
		t.Fatal("no PDF")
	}
	pages := 0
	for _, line := range lines {
		if strings.HasPrefix(line, "第 ") {
			pages++
		}
	}
	for want, n := range map[string]int{"人000": 1, "人119": 1, "14161": 1, "(a\\b) ＡＢ  C": 120, "关科技": pages, "1,204": 1} {
		if got := len(lines) - len(slices.DeleteFunc(slices.Clone(lines), func(s string) bool { return s == want })); got != n {
			t.Errorf("%q stands %d times, not %d", want, got, n)
		}
	}
	heads := 0
	for _, line := range lines {
		if line == "用途" {
			heads++
		}
	}
	if pages < 3 || heads != pages {
		t.Errorf("%d pages, the head of the table on %d", pages, heads)
	}
	if !slices.Contains(lines, fmt.Sprintf("第 %d 页，共 %d 页", pages, pages)) {
		t.Errorf("the last page does not say its number of %d", pages)
	}
	if !strings.Contains(strings.Join(lines, ""), "谁看了多少条客户资料，导出了什么。谁看了") {
		t.Error("the paragraph cannot be read back")
	}
	for _, line := range lines {
		if first := []rune(line + " ")[0]; strings.ContainsRune("，。", first) {
			t.Errorf("a line begins with %q", line)
		}
	}
	marked := 0
	for _, line := range lines {
		if line == "王芳 0042 K7QM" {
			marked++
		}
	}
	if marked < pages*10 {
		t.Errorf("the watermark lies %d times under %d pages", marked, pages)
	}
}

func TestEqualCallsGiveEqualBytes(t *testing.T) {
	one, _ := sample(t)
	two, _ := sample(t)
	if !bytes.Equal(one, two) {
		t.Error("two documents made alike differ")
	}
}

func TestNoCharacterOfGBKIsABox(t *testing.T) {
	boxes := 0
	for hi := 0x81; hi < 0xFF; hi++ {
		for lo := 0x40; lo < 0xFF; lo++ {
			text, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{byte(hi), byte(lo)})
			r := []rune(string(text))
			if err != nil || len(r) != 1 || r[0] == '\uFFFD' || r[0] >= 0xE000 && r[0] < 0xF900 {
				continue
			}
			if r[0] >= 0x4E00 && r[0] < 0xA000 && Drawn(string(r)) != string(r) {
				boxes++
				t.Errorf("no shape for %c", r[0])
			}
		}
	}
	for text, want := range map[string]string{
		"龑䶮𬭊":                 "龑〔U+4DAE〕〔U+2CB4A〕",
		"Zoe\u0308":           "Zoë",
		"葛\U000E0100城\u200b镇": "葛城镇",
		"a\tb\x00":            "a b",
		"😀":                   "〔U+1F600〕",
	} {
		if got := Drawn(text); got != want {
			t.Errorf("%q is drawn as %q, not %q", text, got, want)
		}
	}
}

func TestARowLongerThanAPageGoesOn(t *testing.T) {
	long := strings.Repeat("很长的一格", 3000)
	d := begin(t, Options{English: true, Landscape: true})
	d.Table([]Column{{Title: "a", Width: 1}, {Title: "b", Width: 9}}, slices.Values([][]string{{"x"}, {"y", long}, {"z", strings.Repeat("W", 2000)}}))
	_, lines := end(t, d)
	all := strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "a" || s == "b" || strings.HasPrefix(s, "Page ") || s == "" }), "")
	if !strings.Contains(all, "y"+long+"z"+strings.Repeat("W", 2000)) {
		t.Error("a part of a long cell is missing")
	}
}

func TestEveryLineFits(t *testing.T) {
	d := begin(t, Options{})
	for _, text := range []string{"一二三四五六七八九十，。", "a long sentence with words of manycharactersthatdonotfit anywhere", "", " ", "“", strings.Repeat("，", 50)} {
		for width := 1.0; width < 40; width += 3 {
			lines := d.wrap(text, body, width)
			for _, line := range lines {
				if len([]rune(line)) > 1 && d.widthOf(line, body) > width {
					t.Errorf("%q is wider than %v", line, width)
				}
			}
			if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
				t.Errorf("%q became %q", text, got)
			}
		}
	}
}

// The font in the program is the one its page names.
func TestFont(t *testing.T) {
	font, err := unpack()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(font)
	const want = "bfc2f7e32020a60b314efdb55d7c08c00c4b1eb4f84b637afe814169d9f9da6c"
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("the font is %s", got)
	}
}

func FuzzLines(f *testing.F) {
	d, err := New(Options{Made: made})
	if err != nil {
		f.Fatal(err)
	}
	d.Paragraph("(x) \\ 关")
	data, err := d.Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data[:2000])
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = Lines(data) })
}

func BenchmarkTable(b *testing.B) {
	for b.Loop() {
		d, err := New(Options{Made: made, Landscape: true})
		if err != nil {
			b.Fatal(err)
		}
		d.Table([]Column{{Title: "姓名"}, {Title: "电话"}, {Title: "地址"}}, func(yield func([]string) bool) {
			for i := range 10000 {
				if !yield([]string{"王芳", fmt.Sprint(13800000000 + i), "上海市浦东新区世纪大道一号"}) {
					return
				}
			}
		})
		if _, err := d.Bytes(); err != nil {
			b.Fatal(err)
		}
	}
}

// A small file that unpacks to a table of any width is refused, and not laid out.
func TestRowsOfAHostileDocument(t *testing.T) {
	file := func(rows int) []byte {
		var page bytes.Buffer
		for row := range rows {
			for x := range 200 {
				if row == 0 || x == 199 {
					fmt.Fprintf(&page, "BT %d 1 Td (\x00a) Tj ET ", x)
				}
			}
			page.WriteString("0 1 m 9 1 l S ")
		}
		var out bytes.Buffer
		zip := zlib.NewWriter(&out)
		if _, err := zip.Write(page.Bytes()); err != nil {
			t.Fatal(err)
		}
		if err := zip.Close(); err != nil {
			t.Fatal(err)
		}
		return fmt.Appendf(nil, "<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream", out.Len(), out.Bytes())
	}
	if rows, err := Rows(file(10)); err != nil || len(rows) != 10 || len(rows[9]) != 200 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if _, err := Rows(file(mostCells/200 + 1)); !errors.Is(err, errTooBig) {
		t.Errorf("a table of too many cells: %v", err)
	}
}
