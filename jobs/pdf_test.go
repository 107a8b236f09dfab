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

// The document of a record has its fields as pairs, its lists as tables and what was said, over as many pages as it
// takes, with the code on each.
func TestPDFOfARecord(t *testing.T) {
	var out bytes.Buffer
	book := jobs.NewRecord(&out)
	stamp := sheet.Stamp{Line: "张三 (zhangsan) · 2026-03-01 09:00 · ABCD-EFGH-JK", Code: "ABCD-EFGH-JK", Who: "张三 (zhangsan)", Title: "客户 · 深圳关山贸易有限公司", At: time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC)}
	book.Stamp(stamp)
	long := strings.Repeat("这位客户的要求很多，", 900) + "完。"
	errs := []error{book.Header([]string{"客户名称", "电话", "空", "备注"}),
		book.Row([]sheet.Cell{sheet.Text("深圳关山贸易有限公司"), sheet.Text("138 0013 8000"), {}, sheet.Text(long)})}
	book.List("联系人")
	errs = append(errs, book.Header([]string{"姓名", "电话", "职务", "部门", "邮箱", "更新时间"}))
	for i := range 90 {
		errs = append(errs, book.Row([]sheet.Cell{sheet.Text(fmt.Sprintf("联系人%02d", i)), sheet.Text(fmt.Sprintf("139 0013 9%03d", i)), sheet.Text("采购经理"), sheet.Text("采购部"),
			sheet.Text("zhang@example.com"), sheet.Time(time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC))}))
	}
	book.List("商机")
	errs = append(errs, book.Header([]string{"名称"}), book.Said("李四", "2026-02-28 17:00", "已经\n谈妥。"), book.Said("王五", "2026-02-27 08:00", strings.Repeat("字", 5000)), book.Close())
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	lines, err := paper.Lines(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	all, feet, pages := strings.Join(lines, "|"), 0, 0
	for _, line := range lines {
		if line == stamp.Line {
			feet++
		}
		if strings.HasPrefix(line, "第 ") {
			pages++
		}
	}
	if pages < 6 || feet != pages || strings.Count(all, "2026-03-01 09:00  ABCD-EFGH-JK") < 2*pages {
		t.Errorf("%d pages, %d of them say whose they are", pages, feet)
	}
	for _, want := range []string{"|客户 · 深圳关山贸易有限公司|", "|客户名称|深圳关山贸易有限公司|电话|138 0013 8000|备注|", "|联系人|姓名|电话|", "|联系人89|", "|商机|没有记录|", "|评论|李四 · 2026-02-28 17:00|已经|谈妥。|", "|王五 · 2026-02-27 08:00|"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(all, "|空|") {
		t.Error("an empty field stands there")
	}
	if strings.Count(all, "这位客户的要求很多，") < 500 || !strings.Contains(all, "完。") {
		t.Error("a part of the long field is missing")
	}
	if strings.Count(all, "字") != 5000 {
		t.Errorf("%d of 5000 characters of a comment", strings.Count(all, "字"))
	}

	given := jobs.NewRecord(&bytes.Buffer{})
	given.List("x")
	for i := range 5001 {
		if err := given.Row(nil); fault.Is(err, fault.Invalid) != (i == 5000) {
			t.Fatalf("row %d: %v", i, err)
		}
	}
}
