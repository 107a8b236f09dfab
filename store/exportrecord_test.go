package store

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/sheet"
)

// linesOf writes the document of a record as lines of text, as they are read back out of one.
type linesOf struct {
	to   io.Writer
	head []string
	form bool
}

func (l *linesOf) Stamp(s sheet.Stamp) {
	l.form = true
	fmt.Fprintf(l.to, "%s\n%s\n", s.Title, s.Line)
}

func (l *linesOf) List(heading string) {
	l.form = false
	fmt.Fprintln(l.to, heading)
}

func (l *linesOf) Header(headings []string) error {
	l.head = headings
	return nil
}

func (l *linesOf) Row(cells []sheet.Cell) error {
	for i, c := range cells {
		if l.form {
			fmt.Fprintf(l.to, "%s  %s\n", l.head[i], c.Shown())
		} else {
			fmt.Fprint(l.to, c.Shown(), "  ")
		}
	}
	_, err := fmt.Fprintln(l.to)
	return err
}

func (l *linesOf) Said(who, at, text string) error {
	_, err := fmt.Fprintf(l.to, "%s %s\n%s\n", who, at, text)
	return err
}

func (l *linesOf) Close() error { return nil }

// along makes a customer of lin's with two contacts, one of them a VIP's, and comments.
func (f *firm) along() *Item {
	f.t.Helper()
	ctx := context.Background()
	it := f.customer("lin", "东方", `phone="13800138000";id_number="11010519491231002X"`)
	f.customer("wang", "南方", `phone="13700137000"`)
	for i, name := range []string{"陈工", "赵总"} {
		made, err := f.as("lin").Create(ctx, "contact", Fields{"name": []byte(`"` + name + `"`), "customer": []byte(`"` + it.ID.String() + `"`), "phone": fmt.Appendf(nil, `"1390013900%d"`, i)})
		f.must(err)
		f.ids[name] = made.ID
	}
	_, err := f.as("lin").AddComment(ctx, "customer", it.ID, NewComment{Text: "价格谈到七折"})
	f.must(err)
	f.clock.advance(time.Minute)
	_, err = f.as("chief").AddComment(ctx, "customer", it.ID, NewComment{Text: "可以签"})
	f.must(err)
	return it
}

// document orders the document of a record, makes it and asks for it.
func (f *firm) document(who string, d RecordDocument) (string, *Work, error) {
	f.t.Helper()
	w, err := f.as(who).OrderRecord(context.Background(), ListQuery{Kind: "customer"}, d, "拜访准备", "pdf", "zh")
	if err != nil {
		return "", nil, err
	}
	f.clock.advance(time.Second)
	text, err := f.built()
	if err != nil {
		return text, w, err
	}
	_, err = f.as(who).WorkFile(context.Background(), ExportWork, w.ID)
	return text, w, err
}

func holds(t *testing.T, text string, want []string, not ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in\n%s", s, text)
		}
	}
	for _, s := range not {
		if strings.Contains(text, s) {
			t.Errorf("%q is in\n%s", s, text)
		}
	}
}

// The document of a record is what its reader may export of each list in it, under one code, counted record by
// record; it ends with any right it stands on.
func TestExportOfARecord(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.unmarked()
		it := f.along()
		whole := RecordDocument{Record: it.ID, Related: []string{"contacts", "opportunities"}, Comments: true}
		plan, err := f.as("lin").PlanRecord(ctx, ListQuery{Kind: "customer"}, whole, "pdf")
		f.must(err)
		if len(plan.Related) != 2 || plan.Related[0].LeftOut || plan.Related[0].Total.Count != 2 || plan.Related[1].Total.Count != 0 || plan.Comments != commentsOpen || plan.Total.Count != 1 || plan.Held != nil {
			t.Errorf("%+v", plan)
		}
		text, w, err := f.document("lin", whole)
		f.must(err)
		holds(t, text, []string{"客户 · 东方", "客户名称  东方", "电话  13800138000", "联系人\n", "陈工", "13900139001", "商机\n", "lin 20", "价格谈到七折", "chief 20", "可以签"},
			"11010519491231002X", "南方", "13700137000")
		if n := count(t, f.db, "SELECT sum(rows) FROM export_taken WHERE person_id = $1 AND job_id = $2", int64(f.id("lin")), int64(w.ID)); n != 3 {
			t.Errorf("%d records are counted", n)
		}
		if n := count(t, f.db, "SELECT count(*) FROM export_copy WHERE job_id = $1 AND rows = 3 AND format = 'pdf' AND kind = 'customer'", int64(w.ID)); n != 1 {
			t.Errorf("%d copies", n)
		}
		for _, about := range []int64{int64(it.ID), int64(f.id("陈工"))} {
			if n := count(t, f.db, "SELECT count(*) FROM audit_record WHERE record_id = $1 AND EXISTS (SELECT 1 FROM audit_entry e WHERE e.tenant_id = audit_record.tenant_id AND e.seq = audit_record.seq AND e.action = 'export')", about); n == 0 {
				t.Errorf("the log does not tell that %d was exported", about)
			}
		}
		if _, err := f.as("wang").WorkFile(ctx, ExportWork, w.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else fetches it: %v", err)
		}

		// What one may not see is not there, whether it is or not.
		before := f.refusals("lin")
		for _, id := range []policy.ID{f.id("南方"), 999_999_999} {
			_, _, err := f.document("lin", RecordDocument{Record: id})
			f.refused(err, fault.NotFound, "record")
			_, err = f.as("lin").PlanRecord(ctx, ListQuery{Kind: "customer"}, RecordDocument{Record: id}, "pdf")
			f.refused(err, fault.NotFound, "record")
		}
		if n := f.refusals("lin") - before; n != 4 {
			t.Errorf("%d attempts are in the log", n)
		}
		for _, x := range []struct {
			q      ListQuery
			d      RecordDocument
			format string
			code   string
		}{
			{ListQuery{Kind: "customer"}, RecordDocument{Record: it.ID}, "csv", "format"},
			{ListQuery{Kind: "customer", Filter: "r.name == 'x'"}, RecordDocument{Record: it.ID}, "pdf", "record_alone"},
			{ListQuery{Kind: "customer"}, RecordDocument{Record: it.ID, Related: []string{"parent"}}, "pdf", "relation"},
			{ListQuery{Kind: "customer"}, RecordDocument{Record: it.ID, Related: []string{"contacts", "contacts"}}, "pdf", "relation"},
			{ListQuery{Kind: "customer", Fields: []string{"nothing"}}, RecordDocument{Record: it.ID}, "pdf", "field"},
		} {
			_, err := f.as("lin").OrderRecord(ctx, x.q, x.d, "拜访准备", x.format, "zh")
			f.refused(err, fault.Invalid, x.code)
		}
		_, err = f.as("lin").OrderRecord(ctx, ListQuery{Kind: "customer"}, whole, " ", "pdf", "zh")
		f.refused(err, fault.Invalid, "grant_purpose")

		// A list that may not be exported is left out, and that is said before.
		guard := sharing("closed", everything, policy.Clause{Person: f.id("lin")})
		guard.Effect, guard.Kind, guard.Actions, guard.Fields = policy.Forbid, "contact", []policy.Action{policy.Export}, nil
		_, err = f.as("boss").PutRule(ctx, guard)
		f.must(err)
		_, err = f.as("lin").WorkFile(ctx, ExportWork, w.ID)
		f.refused(err, fault.Stale, "export_changed")
		plan, err = f.as("lin").PlanRecord(ctx, ListQuery{Kind: "customer"}, whole, "pdf")
		f.must(err)
		if !plan.Related[0].LeftOut || plan.Related[0].Total != nil || plan.Related[1].LeftOut {
			t.Errorf("%+v", plan.Related)
		}
		text, w, err = f.document("lin", whole)
		f.must(err)
		holds(t, text, []string{"东方", "商机\n", "可以签"}, "陈工", "13900139000", "\n联系人\n")
		if fmt.Sprint(w.Order.Document.Related) != "[opportunities]" {
			t.Errorf("%+v", w.Order.Document)
		}

		// What is said is left out where it may not be exported.
		guard.ID, guard.Kind, guard.Fields = "quiet", "customer", []policy.FieldRule{{Class: policy.Communication, Level: policy.Hidden}}
		_, err = f.as("boss").PutRule(ctx, guard)
		f.must(err)
		plan, err = f.as("lin").PlanRecord(ctx, ListQuery{Kind: "customer"}, whole, "pdf")
		f.must(err)
		if plan.Comments != commentsClosed {
			t.Errorf("comments are %s", plan.Comments)
		}
		text, _, err = f.document("lin", whole)
		f.must(err)
		holds(t, text, []string{"东方"}, "可以签", "价格谈到七折")

		// A record that may be read and not exported is refused.
		guard.ID, guard.Fields = "shut", nil
		_, err = f.as("boss").PutRule(ctx, guard)
		f.must(err)
		_, _, err = f.document("lin", whole)
		f.refused(err, fault.Denied, "export")
	})
}

// Between order and making, and from one list to the next, the rights of this moment count.
func TestExportOfARecordEndsWithARight(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.along()
		d := RecordDocument{Record: it.ID, Related: []string{"contacts"}, Comments: true}
		guard := sharing("closed", everything, policy.Clause{Person: f.id("lin")})
		guard.Effect, guard.Kind, guard.Actions, guard.Fields = policy.Forbid, "contact", []policy.Action{policy.Export}, nil
		for after, want := range map[int64]string{0: "export", 1: "export", 3: "export_changed"} {
			guard.ID, guard.Until = fmt.Sprint("closed", after), ptr(f.clock.Now().Add(time.Hour))
			var text strings.Builder
			_, err := f.as("lin").Export(ctx, Export{Query: ListQuery{Kind: "customer"}, Document: &d, Format: "pdf", Lang: "zh", To: &linesOf{to: &text}, Progress: func(rows int64) error {
				if rows != after || strings.Contains(text.String(), "可以签") {
					return nil
				}
				_, err := f.as("boss").PutRule(ctx, guard)
				return err
			}})
			if got := fault.From(err).Code; err == nil || got != want {
				t.Errorf("after %d records: %v", after, err)
			}
			f.clock.advance(2 * time.Hour)
			if strings.Contains(text.String(), "可以签") || after < 3 && strings.Contains(text.String(), "陈工") {
				t.Errorf("after %d records the document goes on: %s", after, text.String())
			}
		}
	})
}

// A VIP among the lists, or what is said, takes the approval that a list with it takes; the day counts every record.
func TestExportOfARecordHeld(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.unmarked()
		it := f.along()
		hold := sharing("hold", everything, policy.Clause{Everyone: true})
		hold.Effect, hold.Kind, hold.Actions, hold.Fields, hold.Duty.Approval = policy.Forbid, "contact", []policy.Action{policy.Export}, nil, []string{"@head"}
		hold.When = &policy.Cond{Op: "eq", Field: "name", Value: &policy.Operand{Text: ptr("赵总")}}
		hold.Until = ptr(f.clock.Now().Add(12 * time.Hour))
		_, err := f.as("boss").PutRule(ctx, hold)
		f.must(err)
		contacts := RecordDocument{Record: it.ID, Related: []string{"contacts"}}
		plan, err := f.as("lin").PlanRecord(ctx, ListQuery{Kind: "customer"}, contacts, "pdf")
		f.must(err)
		if plan.Held != nil || plan.Related[0].Held == nil || plan.Related[0].Held.Records != 1 {
			t.Errorf("%+v", plan.Related)
		}
		_, _, err = f.document("lin", contacts)
		f.refused(err, fault.Denied, "needs_approval")
		_, _, err = f.document("lin", RecordDocument{Record: it.ID})
		f.must(err)

		talk := hold
		talk.ID, talk.Kind, talk.When, talk.Fields = "talk", "customer", nil, []policy.FieldRule{{Class: policy.Communication, Level: policy.Hidden}}
		_, err = f.as("boss").PutRule(ctx, talk)
		f.must(err)
		said := RecordDocument{Record: it.ID, Comments: true}
		plan, err = f.as("lin").PlanRecord(ctx, ListQuery{Kind: "customer"}, said, "pdf")
		f.must(err)
		if plan.Comments != commentsHeld {
			t.Errorf("comments are %s", plan.Comments)
		}
		_, _, err = f.document("lin", said)
		f.refused(err, fault.Denied, "needs_approval")
		_, err = f.as("lin").Ask(ctx, NewRequest{Type: ExportRequest, Purpose: "拜访准备", Export: &ExportAsk{Kind: "customer", Format: "pdf", Related: []string{"contacts"}}})
		f.refused(err, fault.Invalid, "record")
		_, err = f.as("lin").Ask(ctx, NewRequest{Type: ExportRequest, Purpose: "拜访准备", Export: &ExportAsk{Kind: "customer", Format: "pdf", Record: f.id("南方")}})
		f.refused(err, fault.NotFound, "record")

		r, err := f.as("lin").Ask(ctx, NewRequest{Type: ExportRequest, Purpose: "拜访准备", Export: &ExportAsk{Kind: "customer", Format: "pdf", Record: it.ID, Related: []string{"contacts"}, Comments: true}})
		f.must(err)
		if len(r.Steps) != 1 || r.Export.Record != it.ID {
			t.Fatalf("%+v", r)
		}
		r, err = f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Approved {
			t.Fatalf("%+v", r)
		}
		f.clock.advance(time.Minute)
		text, err := f.built()
		f.must(err)
		holds(t, text, []string{"东方", "陈工", "赵总", "13900139001", "可以签"}, "11010519491231002X", "南方")
		mine, err := f.as("lin").Request(ctx, r.ID)
		f.must(err)
		_, err = f.as("lin").WorkFile(ctx, ExportWork, mine.Job)
		f.must(err)

		// Nothing is held any more.
		f.clock.advance(24 * time.Hour)
		_, err = f.as("admin").SetExportLimits(ctx, 0, ExportLimits{Everyone: ptr(int64(2))})
		f.must(err)
		_, w, err := f.document("lin", contacts)
		f.refused(err, fault.Locked, "export_day")
		if n := count(t, f.db, "SELECT coalesce(sum(rows), 0) FROM export_taken WHERE job_id = $1", int64(w.ID)); n != 0 {
			t.Errorf("what failed counts %d", n)
		}
		_, _, err = f.document("lin", RecordDocument{Record: it.ID})
		f.must(err)
	})
}

// A document is named by its marks where there is enough in it, as by its code; it has no invented rows.
func TestTraceOfARecord(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "东方", `phone="13800138000"`)
		for i := range 30 {
			_, err := f.as("lin").Create(ctx, "contact", Fields{"name": fmt.Appendf(nil, `"溯源%02d"`, i), "customer": []byte(`"` + it.ID.String() + `"`), "phone": fmt.Appendf(nil, `"137%08d"`, 7919*i)})
			f.must(err)
		}
		_, err := f.as("admin").SetMarkSettings(ctx, 0, MarkSettings{Marks: true, Canaries: []policy.Kind{"customer", "contact"}})
		f.must(err)
		d := RecordDocument{Record: it.ID, Related: []string{"contacts"}}
		text, w, err := f.document("lin", d)
		f.must(err)
		if _, _, err := f.document("chief", d); err != nil {
			t.Fatal(err)
		}
		if n := count(t, f.db, "SELECT count(*) FROM export_canary"); n != 0 {
			t.Errorf("%d rows are invented", n)
		}
		leak, err := LeakOf(text)
		f.must(err)
		found, err := f.as("auditor").Trace(ctx, leak)
		f.must(err)
		if fmt.Sprint(namedBy(found)) != "[lin]" || len(found.Stated) != 1 || found.Stated[0].Job != w.ID || found.Recognised < 31 {
			t.Errorf("%+v", found)
		}
		code, err := f.as("auditor").TraceCode(ctx, strings.ToLower(found.Stated[0].Code))
		f.must(err)
		if len(code.Stated) != 1 || code.Stated[0].Login != "lin" || code.Stated[0].Purpose != "拜访准备" || code.Stated[0].Rows != 31 {
			t.Errorf("%+v", code)
		}
	})
}
