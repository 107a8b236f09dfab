package store

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"guan/audit"
	"guan/fault"
	"guan/sheet"
)

// customers makes some that can be exported.
func (f *firm) customers(n int) {
	f.t.Helper()
	for i := range n {
		f.customer("lin", fmt.Sprintf("客户%03d", i), fmt.Sprintf(`phone="138%08d";annual_revenue="%d.50";street="科技路（南）%d号，三楼";birthday="2001-02-%02d"`, 1000*i+7, 1000+i, i, 1+i%28))
	}
}

// unmarked lets files be compared as texts.
func (f *firm) unmarked() {
	f.t.Helper()
	_, err := f.as("admin").SetMarkSettings(context.Background(), 0, MarkSettings{})
	f.must(err)
}

// copied exports what somebody sees into a file.
func (f *firm) copied(who, format string, fields ...string) string {
	f.t.Helper()
	if len(fields) == 0 {
		fields = []string{"name", "phone", "annual_revenue", "street", "birthday", "owner"}
	}
	return f.copy(who, format, ListQuery{Kind: "customer", Fields: fields})
}

// sorted is a file in CSV that is sorted.
func (f *firm) sorted(who, sort string, fields ...string) string {
	f.t.Helper()
	return f.copy(who, "csv", ListQuery{Kind: "customer", Fields: fields, Sort: sort})
}

func (f *firm) copy(who, format string, q ListQuery) string {
	f.t.Helper()
	path := filepath.Join(f.t.TempDir(), who+"."+format)
	to, err := os.Create(path)
	f.must(err)
	defer to.Close()
	table := sheet.NewCSV(to)
	if format == "xlsx" {
		table = sheet.NewXLSX(to)
	}
	_, err = f.as(who).Export(context.Background(), Export{Query: q, Lang: "zh", To: table, Format: format})
	f.must(err)
	f.must(table.Close())
	return path
}

// rowsOf reads a file as it shows.
func (f *firm) rowsOf(path string) (out [][]string) {
	f.t.Helper()
	_, err := sheet.EachRow(path, sheet.Options{}, func(_ int, cells []sheet.LooseCell) error {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = c.Text
		}
		out = append(out, row)
		return nil
	})
	f.must(err)
	return out
}

// written writes rows as a CSV file.
func (f *firm) written(rows [][]string) string {
	f.t.Helper()
	path := filepath.Join(f.t.TempDir(), "leak.csv")
	to, err := os.Create(path)
	f.must(err)
	defer to.Close()
	f.must(csv.NewWriter(to).WriteAll(rows))
	return path
}

func (f *firm) trace(path string) *Tracing {
	f.t.Helper()
	l, err := ReadLeak(path, filepath.Base(path), f.t.TempDir())
	f.must(err)
	found, err := f.as("auditor").Trace(context.Background(), l)
	f.must(err)
	return found
}

func namedBy(found *Tracing) (out []string) {
	for _, c := range found.Named {
		out = append(out, c.Login)
	}
	slices.Sort(out)
	return out
}

// Whose copy a table is comes out after whatever is usually done to one, and nobody is named who had no part.
func TestTraceNamesTheCopy(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customers(60)
		mine, other := f.copied("chief", "csv"), f.copied("boss", "csv")
		f.copied("boss", "csv", "name") // names alone have no marks
		book := f.copied("chief", "xlsx")
		rows, others := f.rowsOf(mine)[1:], f.rowsOf(other)[1:]
		slices.Reverse(rows)
		columns := func(rows [][]string, of ...int) [][]string {
			var out [][]string
			for _, r := range rows {
				var row []string
				for _, i := range of {
					row = append(row, r[i])
				}
				out = append(out, row)
			}
			return out
		}
		for name, x := range map[string]struct {
			rows  [][]string
			names string
		}{
			"all of it":            {rows, "[chief]"},
			"30 rows, no names":    {columns(rows[:30], 2, 1, 3), "[chief]"},
			"two columns":          {columns(rows, 1, 0), "[chief]"},
			"names, sorted":        {columns(rows, 0), "[]"},
			"names, as they stood": {columns(f.rowsOf(mine)[1:], 0), "[chief]"},
			"of two people":        {slices.Concat(rows[:40], others[:40]), "[boss chief]"},
			"another's":            {others[10:50], "[boss]"},
			"two rows":             {rows[:2], "[]"},
			"what nobody exported": {[][]string{{"甲", "13900000000"}, {"乙", "13900000001"}}, "[]"},
		} {
			found := f.trace(f.written(x.rows))
			if got := fmt.Sprint(namedBy(found)); got != x.names {
				t.Errorf("%s: %s is named: %d of %d rows recognised, %d sites, nearest %v", name, got, found.Recognised, found.Rows, found.Sites, *found.Nearest)
			}
		}
		for name, path := range map[string]string{"a workbook": book, "a workbook as CSV": f.written(f.rowsOf(book))} {
			found := f.trace(path)
			if got := fmt.Sprint(namedBy(found)); got != "[chief]" || found.Named[0].Format != "xlsx" {
				t.Errorf("%s: %s is named", name, got)
			}
			if c := found.Named[0]; c.Rows != 60 || c.Held != 60 || c.Whole != 60 || c.Agree != c.Compared || c.Exponent < 20 || len(c.Evidence) == 0 || c.Session != 1 || c.Kind != "customer" {
				t.Errorf("%s: %+v", name, c)
			}
		}
		var text strings.Builder
		for _, r := range rows[:30] {
			fmt.Fprintf(&text, "%s  电话 %s，年收入 %s\n", r[0], r[1], r[2])
		}
		l, err := LeakOf(text.String())
		f.must(err)
		found, err := f.as("auditor").Trace(context.Background(), l)
		f.must(err)
		if got := fmt.Sprint(namedBy(found)); got != "[chief]" {
			t.Errorf("a text: %s is named of %d rows", got, found.Recognised)
		}
	})
}

// Records are recognised by what they held when they were exported, too.
func TestTraceAfterChanges(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customers(40)
		mine := f.copied("chief", "csv")
		for i := range 40 {
			it, err := f.as("boss").Get(context.Background(), "customer", f.id(fmt.Sprintf("客户%03d", i)))
			f.must(err)
			_, err = f.as("boss").Update(context.Background(), "customer", it.ID, it.Version, Fields{"name": []byte(fmt.Sprintf(`"新名%03d"`, i)), "phone": []byte(fmt.Sprintf(`"139%08d"`, i))})
			f.must(err)
		}
		f.copied("boss", "csv")
		if got := fmt.Sprint(namedBy(f.trace(mine))); got != "[chief]" {
			t.Errorf("%s is named", got)
		}
	})
}

// The code of a copy stands in the file and is found as it is typed; a file without marks is not more than
// a code.
func TestTraceByCode(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customers(12)
		_, err := f.as("admin").SetMarkSettings(context.Background(), 0, MarkSettings{Marks: false, Line: true})
		f.must(err)
		_, err = f.as("admin").SetMarkSettings(context.Background(), 0, MarkSettings{Marks: true})
		f.refused(err, fault.Stale, "version")
		_, err = f.as("chief").SetMarkSettings(context.Background(), 1, MarkSettings{})
		f.refused(err, fault.Denied, "right")
		for _, format := range []string{"csv", "xlsx"} {
			found := f.trace(f.copied("chief", format))
			if len(found.Named) != 0 || len(found.Stated) != 1 || found.Stated[0].Login != "chief" || found.Stated[0].Format != format {
				t.Fatalf("%s: %+v", format, found)
			}
			code := found.Stated[0].Code
			found, err := f.as("auditor").TraceCode(context.Background(), " "+strings.ToLower(strings.ReplaceAll(code, "-", "")))
			f.must(err)
			if len(found.Stated) != 1 || found.Stated[0].Rows != 12 {
				t.Errorf("%+v", found)
			}
			l, err := LeakOf("a photo of " + code + " and of 0000-0000-00")
			f.must(err)
			if found, err = f.as("auditor").Trace(context.Background(), l); err != nil || len(found.Stated) != 1 || len(found.Unknown) != 1 {
				t.Errorf("%+v %v", found, err)
			}
		}
		_, err = f.as("auditor").TraceCode(context.Background(), "ABCD-EFGH-JK")
		f.refused(err, fault.Invalid, "trace_code")
		_, err = f.as("auditor").TraceCode(context.Background(), "0000-0000-00")
		f.refused(err, fault.NotFound, "trace_code")
	})
}

// Who has not the right to the audit log traces nothing; every trace is an entry.
func TestTraceIsRecorded(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customers(3)
		found := f.trace(f.copied("boss", "csv"))
		if found.Recognised != 3 {
			t.Errorf("%+v", found)
		}
		for _, who := range []string{"lin", "chief", "admin"} {
			_, err := f.as(who).Trace(context.Background(), &Leak{})
			f.refused(err, fault.Denied, "right")
			_, err = f.as(who).TraceCode(context.Background(), "0000-0000-00")
			f.refused(err, fault.Denied, "right")
		}
		var n int
		f.must(f.db.single().row(context.Background(), "SELECT count(*) FROM audit_entry WHERE tenant_id = 1 AND action = $1 AND actor_id = $2", string(audit.Traced), f.id("auditor")).Scan(&n))
		if n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}

// What somebody sees masked or not at all has no part in their copy's marks, nor in what is remembered of it.
func TestMarksKnowNoHiddenValues(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customers(20)
		rule := `{"id":"phones","effect":"forbid","who":{"any":[{"person":"` + f.id("chief").String() + `"}]},"kind":"customer","actions":["read"],"where":{"path":"all"},"fields":[{"class":"contact","level":"masked"}],"scene":"test"}`
		_, err := f.db.writer.Exec("INSERT INTO rule (tenant_id, id, seq, document, created_at, updated_at) VALUES (1, 'phones', 1, $1, 0, 0)", rule)
		f.must(err)
		_, err = f.db.writer.Exec("UPDATE policy_state SET epoch = epoch + 1")
		f.must(err)
		rows := f.rowsOf(f.copied("chief", "csv", "name", "phone"))
		key, err := f.db.single().markKey(context.Background(), DefaultTenant)
		f.must(err)
		phones := 0
		for i, r := range rows[1:] {
			if strings.ContainsAny(r[1], "- ") {
				t.Errorf("a preview is marked: %q", r[1])
			}
			var n int
			f.must(f.db.single().row(context.Background(), "SELECT count(*) FROM export_value WHERE tenant_id = 1 AND hash = $1", key.Value(fmt.Sprintf("phone 138%08d", 1000*i+7))).Scan(&n))
			phones += n
		}
		if phones != 0 {
			t.Errorf("%d masked telephone numbers are remembered", phones)
		}
	})
}
