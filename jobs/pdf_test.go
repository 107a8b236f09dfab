package jobs_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/jobs"
	"guan/paper"
	"guan/sheet"
)

// A document says on every page whose it is, and its rows are read back as they were written.
func TestPDF(t *testing.T) {
	var out bytes.Buffer
	table := jobs.NewTable(&out, "pdf")
	stamp := sheet.Stamp{Line: "张三 (zhangsan) · 2026-03-01 09:00 · ABCD-EFGH-JK", Code: "ABCD-EFGH-JK", Who: "张三 (zhangsan)", Title: "客户", At: time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC)}
	table.Stamp(stamp)
	errs := []error{table.Header([]string{"名称", "电话", "生日", "地址", "空"})}
	for i := range 120 {
		errs = append(errs, table.Row([]sheet.Cell{sheet.Text(fmt.Sprintf("深圳市第%03d号（南山）有限公司", i)), sheet.Text(fmt.Sprintf("138 0013 8%03d", i)),
			sheet.Date(time.Date(2001, 2, 1+i%28, 0, 0, 0, 0, time.UTC)).Dated(true, true), sheet.Text("科技路 12 号，" + strings.Repeat("很长的地址", i%9) + " B 座"), {}}))
	}
	if err := errors.Join(append(errs, table.Close())...); err != nil {
		t.Fatal(err)
	}
	lines, err := paper.Lines(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	feet, pages := 0, 0
	for _, line := range lines {
		if line == stamp.Line {
			feet++
		}
		if strings.HasPrefix(line, "第 ") {
			pages++
		}
	}
	if pages < 3 || feet != pages {
		t.Errorf("%d pages, %d of them say whose they are", pages, feet)
	}
	if strings.Count(strings.Join(lines, "\n"), "2026-03-01 09:00  ABCD-EFGH-JK") < 2*pages {
		t.Error("the watermark is not on every page")
	}
	rows, err := paper.Rows(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows {
		at := strings.Join(row, "|")
		for i := range 120 {
			want := fmt.Sprintf("深圳市第%03d号（南山）有限公司|138 0013 8%03d|2001/2/%d|科技路 12 号，", i, i, 1+i%28)
			if strings.Contains(at, want+strings.Repeat("很长的地址", i%9)+" B 座") {
				seen++
			}
		}
	}
	if seen < 100 { // the others have lost the blank at which a line was broken
		t.Errorf("%d of 120 rows are read back: %q", seen, rows[:4])
	}

	wide := jobs.NewTable(&bytes.Buffer{}, "pdf")
	if err := wide.Header(make([]string, 13)); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}
