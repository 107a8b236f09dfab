package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
	"guan/records"
)

// canaries lets exports of customers have invented rows.
func (f *firm) canaries() {
	f.t.Helper()
	_, err := f.as("admin").SetMarkSettings(context.Background(), 0, MarkSettings{Marks: true, Canaries: []policy.Kind{"customer"}})
	f.must(err)
}

// strange are the rows of a file whose telephone number is of the range of invented ones.
func strange(rows [][]string, column int) (out [][]string) {
	for _, r := range rows {
		if strings.HasPrefix(strings.NewReplacer(" ", "", "-", "").Replace(r[column]), "154") {
			out = append(out, r)
		}
	}
	return out
}

// An invented row is in one copy alone, looks like its neighbours, is counted nowhere, names its copy, and goes
// into no import.
func TestCanaryNamesItsCopy(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customers(30)
		fields := []string{"id", "name", "code", "phone", "phone2", "birthday", "stage", "annual_revenue", "owner", "street", "email"}
		if found := strange(f.rowsOf(f.copied("chief", "csv", fields...)), 3); len(found) != 0 {
			t.Fatalf("nobody has asked for it: %q", found)
		}
		f.canaries()
		mine, book := f.copied("chief", "csv", fields...), f.copied("boss", "xlsx", fields...)
		rows := f.rowsOf(mine)
		one, other := strange(rows, 3), strange(f.rowsOf(book), 3)
		if len(rows) != 32 || len(one) != 1 || len(other) != 1 || one[0][1] == other[0][1] && one[0][3] == other[0][3] {
			t.Fatalf("%d rows, %q %q", len(rows), one, other)
		}
		if c := one[0]; c[0] == "" || c[1] == "" || c[4] != "" || c[6] == "" || c[8] == "" || c[9] != "" || c[10] != "" {
			t.Errorf("%q", c)
		}
		for path, login := range map[string]string{mine: "chief", book: "boss", f.written(one): "chief", f.written([][]string{{"x", other[0][3]}}): "boss"} {
			found := f.trace(path)
			if len(found.Invented) != 1 || found.Invented[0].Login != login || found.Invented[0].Rows != 30 || len(found.Invented[0].Canaries) != 1 {
				t.Errorf("%s: %+v", login, found.Invented)
			}
		}
		l, err := LeakOf("有人打电话找 " + one[0][1] + "（" + one[0][3] + "）")
		f.must(err)
		if found, err := f.as("auditor").Trace(ctx, l); err != nil || len(found.Invented) != 1 {
			t.Errorf("%+v %v", found, err)
		}
		if found := f.trace(f.written([][]string{{"客户001", "15400000000"}})); len(found.Invented) != 0 {
			t.Errorf("%+v", found)
		}

		id, err := policy.ParseID(one[0][0])
		f.must(err)
		// It is no record, and nothing that is counted or remembered knows of it.
		if _, err := f.as("boss").Get(ctx, "customer", id); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		var taken, known int
		f.must(f.db.single().row(ctx, "SELECT (SELECT sum(rows) FROM export_taken WHERE tenant_id = 1 AND person_id = $1), (SELECT count(*) FROM export_known WHERE tenant_id = 1)", f.id("chief")).Scan(&taken, &known))
		if taken != 60 || known != 30 {
			t.Errorf("%d rows of the day, %d known records", taken, known)
		}

		// Sent back it is left out, and said.
		head := []string{"name", "phone", "code"}
		table := [][]string{head}
		for _, r := range rows[1:] {
			table = append(table, []string{r[1] + "再", r[3], ""})
		}
		m, err := f.as("boss").MatchColumns(ctx, "customer", "", head)
		f.must(err)
		tally, err := f.as("boss").Import(ctx, Import{Mapping: m, Cells: records.Cells{Lang: "zh", Zone: chinaTime}, Open: func() (Table, error) { return &lines{rows: table}, nil }})
		if err != nil || tally != (Tally{Rows: 30, Created: 30, Invented: 1}) {
			t.Errorf("%+v %v", tally, err)
		}

		list, err := f.as("auditor").Canaries(ctx, 0)
		f.must(err)
		if len(list.Items) != 2 || list.Next != 0 || list.Items[0].Login != "boss" || list.Items[1].Login != "chief" || list.Items[1].Name != one[0][1] {
			t.Errorf("%+v", list)
		}
		for _, who := range []string{"chief", "admin"} {
			_, err := f.as(who).Canaries(ctx, 0)
			f.refused(err, fault.Denied, "right")
		}
	})
}

// A list stands sorted with an invented row in it; where it would not, or nothing would tell the row for sure,
// there is none.
func TestCanaryKeepsTheOrder(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customers(40)
		f.canaries()
		for range 5 {
			rows := f.rowsOf(f.sorted("chief", "birthday", "birthday", "phone", "name"))[1:]
			if len(rows) != 41 || len(strange(rows, 1)) != 1 {
				t.Fatalf("%d rows", len(rows))
			}
			day := func(text string) string { // as it sorts
				at, err := time.Parse("2006-1-2", strings.ReplaceAll(text, "/", "-"))
				f.must(err)
				return at.Format(time.DateOnly)
			}
			if !slices.IsSortedFunc(rows, func(a, b []string) int { return strings.Compare(day(a[0]), day(b[0])) }) {
				t.Errorf("%q", rows)
			}
		}
		if rows := f.rowsOf(f.sorted("chief", "name", "name", "phone")); len(rows) != 41 {
			t.Errorf("sorted by what would be invented: %d rows", len(rows))
		}
		if rows := f.rowsOf(f.copied("chief", "csv", "name", "stage")); len(rows) != 41 {
			t.Errorf("without a telephone number: %d rows", len(rows))
		}
		_, err := f.as("admin").SetMarkSettings(context.Background(), 1, MarkSettings{Canaries: []policy.Kind{"person"}, Range: "15"})
		f.refused(err, fault.Invalid, "canaries")
		_, err = f.as("admin").SetMarkSettings(context.Background(), 1, MarkSettings{Canaries: []policy.Kind{"customer"}, Range: "1390000"})
		f.must(err)
		found := false
		for _, r := range f.rowsOf(f.copied("chief", "csv", "phone")) {
			found = found || strings.HasPrefix(strings.NewReplacer(" ", "", "-", "").Replace(r[0]), "1390000")
		}
		if !found {
			t.Error("the company's own range is not used")
		}
	})
}

// Rows that are equal in what a list is sorted by stand otherwise in another copy, and alike whenever the copy
// is looked at; what it is sorted by is in order.
func TestTiesStandInTheOrderOfTheCopy(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		for i := range 40 {
			f.customer("lin", fmt.Sprintf("并列%02d", i), fmt.Sprintf(`phone="138%08d";employees=%d`, i*977, i/10))
		}
		orders := map[string]bool{}
		for range 3 {
			rows := f.rowsOf(f.sorted("chief", "-employees", "employees", "name"))[1:]
			if !slices.IsSortedFunc(rows, func(a, b []string) int { return strings.Compare(b[0], a[0]) }) || len(rows) != 40 {
				t.Errorf("%q", rows)
			}
			orders[fmt.Sprint(rows)] = true
		}
		f.unmarked()
		for range 2 {
			orders[fmt.Sprint(f.rowsOf(f.sorted("chief", "-employees", "employees", "name"))[1:])] = true
		}
		if len(orders) != 4 {
			t.Errorf("%d orders", len(orders))
		}
	})
}
