package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/paper"
	"guan/report"
	"guan/watch"
)

// makeReports makes all that are due.
func (w watchedFirm) makeReports() {
	w.t.Helper()
	seal(w.t, w.db)
	for {
		more, err := w.db.System(JobReport, DefaultTenant).MakeReports(context.Background())
		w.must(err)
		if !more {
			return
		}
	}
}

// reportsOf are somebody's reports, the newest first.
func (w watchedFirm) reportsOf(who string) []*ReportDocument {
	w.t.Helper()
	list, err := w.as(who).Reports(context.Background())
	w.must(err)
	var out []*ReportDocument
	for _, it := range list.Items {
		r, err := w.as(who).Report(context.Background(), it.ID)
		w.must(err)
		out = append(out, r)
	}
	return out
}

func lookedBy(r *ReportDocument, name string) *report.Looked {
	for i := range r.Looked {
		if r.Looked[i].Name == name {
			return &r.Looked[i]
		}
	}
	return nil
}

func (w watchedFirm) looks(who string) {
	w.t.Helper()
	_, err := w.as(who).List(context.Background(), ListQuery{Kind: "customer", Limit: 50})
	w.must(err)
}

// leadsNoMore takes all units from a head.
func (w watchedFirm) leadsNoMore(who string) {
	w.t.Helper()
	mustExec(w.t, w.db, "DELETE FROM unit_head WHERE person_id = "+w.id(who).String())
	mustExec(w.t, w.db, "UPDATE policy_state SET epoch = epoch + 1")
}

func TestMonthlyReport(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		// March, in China's time, began at 16:00 of the last of February.
		for _, name := range []string{"甲", "乙", "丙"} {
			w.customer("lin", name, "")
		}
		w.customer("wang", "丁", "")
		w.looks("lin")
		w.looks("wang")
		w.makeReports()
		if n := count(t, w.db, "SELECT count(*) FROM report"); n != 0 {
			t.Fatalf("%d reports of a month in which nothing was", n)
		}
		w.clock.advance(31*24*time.Hour - 9*time.Hour) // 8:00 on 1 April in China
		w.looks("lin")
		w.looks("lin")
		_, err := w.as("wang").Get(ctx, "customer", 4711)
		w.refused(err, fault.NotFound, "record")
		_, err = w.as("wang").AuditEntries(ctx, AuditQuery{})
		w.refused(err, fault.Denied, "right")
		seal(t, w.db)
		alert := func(who string, d watch.Detector) {
			w.must(w.db.write(ctx, w.db.System(JobWatch, DefaultTenant).actor, op{name: "test"}, func(t *tx) error {
				return t.raise(ctx, []raising{{person: w.id(who), Finding: watch.Finding{Detector: d, At: t.now}}})
			}))
		}
		alert("lin", watch.Night)
		alert("lin", watch.Honey)
		alert("chief", watch.Night)
		alert("auditor", watch.Night)
		w.makeReports() // those of March
		w.clock.advance(30 * 24 * time.Hour)
		w.makeReports() // those of April
		w.makeReports()
		for who, want := range map[string]report.Role{"boss": report.Boss, "auditor": report.Auditor, "chief": report.Head, "admin": report.Head} {
			list := w.reportsOf(who)
			if len(list) != 2 || list[0].Month != "2026-04" || list[1].Month != "2026-03" || list[0].Role != want || list[0].Preliminary {
				t.Fatalf("%s has %d reports: %+v", who, len(list), list)
			}
		}
		for _, who := range []string{"lin", "wang"} {
			if len(w.reportsOf(who)) != 0 {
				t.Errorf("%s has a report", who)
			}
		}
		boss, chief := w.reportsOf("boss")[0], w.reportsOf("chief")[0]
		for _, r := range []*ReportDocument{boss, chief} {
			l := lookedBy(r, "lin")
			if l == nil || l.Seen != 6 || l.Before.Seen != 3 || l.Unit != "华东" {
				t.Errorf("%s is told of lin %+v", r.Reader.Name, l)
			}
			if l := lookedBy(r, "wang"); l == nil || l.Denials != 2 || l.Before.Seen != 1 {
				t.Errorf("%s is told of wang %+v", r.Reader.Name, l)
			}
		}
		if lookedBy(chief, "auditor") != nil || lookedBy(chief, "admin") != nil || chief.Total.Denials != 2 || len(chief.UnitIDs) != 1 {
			t.Errorf("the head is told of others: %+v", chief)
		}
		detectors := func(r *ReportDocument, who string) (out []string) {
			for _, u := range r.Unusual {
				if u.Name == who {
					for _, a := range u.Alerts {
						out = append(out, a.Detector)
					}
				}
			}
			slices.Sort(out)
			return out
		}
		auditor := w.reportsOf("auditor")[0]
		if got := detectors(boss, "lin"); !slices.Equal(got, []string{"honey", "night"}) {
			t.Errorf("the boss is told of %v", got)
		}
		if got := detectors(chief, "lin"); !slices.Equal(got, []string{"night"}) {
			t.Errorf("the head is told of %v", got)
		}
		if detectors(chief, "chief") != nil || detectors(auditor, "auditor") != nil || detectors(boss, "auditor") == nil || detectors(chief, "auditor") != nil {
			t.Error("somebody is told of alerts about themselves, or of others' people")
		}
		// It is on paper in both languages, and taking it out is an entry.
		for lang, want := range map[bool]string{false: "谁看了多少", true: "Who looked at how much"} {
			_, file, err := w.as("chief").ReportPDF(ctx, chief.ID, lang)
			w.must(err)
			lines, err := paper.Lines(file)
			w.must(err)
			if text := strings.Join(lines, "\n"); !strings.Contains(text, want) || !strings.Contains(text, "lin") || !strings.Contains(text, "2026-04") || strings.Contains(text, "admin") {
				t.Errorf("on paper: %s", text)
			}
		}
		if n := count(t, w.db, "SELECT count(*) FROM audit_entry WHERE action = '"+string(audit.ReportFetched)+"'"); n != 2 {
			t.Errorf("%d entries of two files", n)
		}
		_, err = w.as("boss").Report(ctx, chief.ID)
		w.refused(err, fault.NotFound, "report")
		// Who leads no more reads no more, from the same instant on.
		w.leadsNoMore("chief")
		_, err = w.as("chief").Report(ctx, chief.ID)
		w.refused(err, fault.NotFound, "report")
		if len(w.reportsOf("chief")) != 0 {
			t.Error("a list shows what may not be read")
		}
	})
}

// Killed between two readers, the job goes on: one report of a month for each, and one mail.
func TestReportsAreMadeOnce(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.mailOn()
		mustExec(t, w.db, "UPDATE person SET email = login || '@example.com'")
		w.looks("lin")
		w.clock.advance(32 * 24 * time.Hour)
		seal(t, w.db)
		job := w.db.System(JobReport, DefaultTenant)
		run, err := job.dueRun(ctx)
		w.must(err)
		if run == nil || run.month != "2026-03" {
			t.Fatalf("%+v", run)
		}
		w.must(job.keepReport(ctx, run, w.id("chief"), &report.Report{Month: run.month, Role: report.Head, Reader: report.Somebody{ID: w.id("chief"), Name: "chief"}}))
		first := w.reportsOf("chief")[0].ID
		done := make(chan error, 4)
		for range 4 {
			go func() {
				_, err := job.MakeReports(ctx)
				done <- err
			}()
		}
		for range 4 {
			w.must(<-done)
		}
		w.makeReports()
		if n := count(t, w.db, "SELECT count(*) FROM report"); n != 4 {
			t.Errorf("%d reports for boss, auditor and two heads", n)
		}
		if got := w.reportsOf("chief"); len(got) != 1 || got[0].ID != first {
			t.Errorf("the one that was there is another: %+v", got)
		}
		if n := count(t, w.db, "SELECT count(*) FROM mail"); n != 4 {
			t.Errorf("%d mails of 4 reports", n)
		}
		for range 4 {
			o := w.next()
			if o == nil || len(o.Files) != 2 || o.To == "" || !strings.HasPrefix(string(o.Files[0].Data), "%PDF") {
				t.Fatalf("%+v", o)
			}
			w.must(w.db.System(JobMail, DefaultTenant).MailArrived(ctx, o))
		}
		w.turns(ReportWork, "began 2026-03 by report", "done 2026-03 by report 4")
		// Where people work is nobody's business who sends mail.
		list, err := w.browser("admin").in("").session.Mails(ctx)
		w.must(err)
		for _, m := range list {
			if m.To != "" || m.Person == nil || m.State != MailGone {
				t.Errorf("%+v", m)
			}
		}
	})
}

// A report is mailed to whom it may be shown when it is sent.
func TestReportIsNotMailedToWhoLost(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		w.mailOn()
		mustExec(t, w.db, "UPDATE person SET email = login || '@example.com' WHERE login = 'chief'")
		w.looks("lin")
		w.clock.advance(32 * 24 * time.Hour)
		w.makeReports()
		w.leadsNoMore("chief")
		if o := w.next(); o != nil {
			t.Errorf("it goes to %s", o.To)
		}
		if n := count(t, w.db, "SELECT count(*) FROM mail WHERE state = 'failed' AND failed = 'no_right'"); n != 1 {
			t.Error("it is not said why it did not go")
		}
		if n := count(t, w.db, "SELECT count(*) FROM audit_entry WHERE action = 'mail_failed' AND on_behalf = "+w.id("chief").String()+" AND CAST(detail AS text) LIKE '%no_right%'"); n != 1 {
			t.Errorf("%d entries say that it did not go", n)
		}
	})
}

// A report whose maker dies is made by the next one once the lease is over, and one that fails is tried again later each
// time; the log says of each try what came of it, and for whom it was.
func TestFailedReportsSaySo(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.looks("lin")
		seal(t, w.db)
		job := w.db.System(JobReport, DefaultTenant)
		tries := func() (fails bool) {
			t.Helper()
			for {
				more, err := job.MakeReports(ctx)
				if err != nil && !fault.Is(err, fault.Internal) {
					t.Error(err)
				}
				if fails = fails || err != nil; !more || err != nil {
					return fails
				}
			}
		}
		w.must(w.browser("auditor").in("").session.AskReport(ctx, "2026-03"))
		dead, err := job.dueRun(ctx)
		w.must(err)
		w.must(job.claimReports(ctx, dead))
		if tries() || len(w.reportsOf("auditor")) != 0 {
			t.Error("two make it at once")
		}
		w.clock.advance(makingLease + time.Second)
		mustExec(t, w.db, "ALTER TABLE report_month RENAME TO lost")
		if !tries() || tries() {
			t.Error("what fails is not told, or tried again at once")
		}
		mustExec(t, w.db, "ALTER TABLE lost RENAME TO report_month")
		w.clock.advance(2*time.Minute + time.Second)
		if tries() || len(w.reportsOf("auditor")) != 1 {
			t.Error("it is not made in the end")
		}
		if err := job.endReports(ctx, dead, 1); !errors.Is(err, errMadeElsewhere) {
			t.Errorf("who was taken for dead ends it: %v", err)
		}
		w.turns(ReportWork, "began 2026-03 by report for auditor", "began 2026-03 by report for auditor attempt 2", "failed 2026-03 by report for auditor internal",
			"began 2026-03 by report for auditor attempt 3", "done 2026-03 by report for auditor 1")
	})
}

func TestAskedReports(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.looks("lin")
		by := w.browser("auditor").in("").session
		w.must(by.AskReport(ctx, "2026-03"))
		w.refused(by.AskReport(ctx, "2026-03"), fault.Conflict, "report_waits")
		w.makeReports()
		list := w.reportsOf("auditor")
		if len(list) != 1 || !list[0].Preliminary || list[0].Month != "2026-03" || !list[0].Until.Equal(w.clock.Now()) {
			t.Fatalf("%+v", list)
		}
		w.must(by.AskReport(ctx, "2026-02")) // over, and made by nobody: for all
		w.makeReports()
		if got := w.reportsOf("chief"); len(got) != 1 || got[0].Preliminary || got[0].Month != "2026-02" {
			t.Errorf("%+v", got)
		}
		w.refused(by.AskReport(ctx, "2026-04"), fault.Invalid, "report_month")
		w.refused(by.AskReport(ctx, "march"), fault.Invalid, "report_month")
		w.refused(w.browser("lin").in("").session.AskReport(ctx, "2026-03"), fault.Denied, "right")
		w.refused(w.browser("chief").in("").session.AskReport(ctx, "2026-03"), fault.Denied, "right")
	})
}

// Whatever is in the log, the figures of a report are its entries, counted one by one.
func TestFiguresAreTheLog(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		for i := range 7 {
			w.customer("lin", "客户"+string(rune('A'+i)), "")
			w.looks("lin")
			w.looks("chief")
		}
		w.clock.advance(32 * 24 * time.Hour)
		w.makeReports()
		var want int64
		seal(t, w.db)
		leaves, err := w.db.single().leaves(context.Background(), DefaultTenant, "TRUE ORDER BY l.leaf")
		w.must(err)
		until := time.Date(2026, 4, 1, 0, 0, 0, 0, chinaTime).UnixMicro()
		for _, l := range leaves {
			if l.Entry.Action == string(audit.List) && l.Entry.Kind != nil && *l.Entry.Kind == "customer" && l.Entry.At < until && l.Entry.Actor != nil {
				want += int64(len(l.Entry.Records))
			}
		}
		if r := w.reportsOf("boss")[0]; r.Total.Seen != want || want < 50 {
			t.Errorf("%d records were shown, the report says %d", want, r.Total.Seen)
		}
	})
}
