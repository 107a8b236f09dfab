package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/sheet"
)

// file exports customers at once, as the program does from the command line.
func (f *firm) file(who, filter string) (string, error) {
	f.t.Helper()
	var text strings.Builder
	table := sheet.NewCSV(&text)
	_, err := f.as(who).Export(context.Background(), Export{Query: ListQuery{Kind: "customer", Filter: filter, Sort: "name", Fields: []string{"name", "phone"}}, Lang: "zh", To: table})
	if err == nil {
		f.must(table.Close())
	}
	return text.String(), err
}

// A VIP in an export takes two approvals also from who may export; the file holds them then, and nothing
// of it leaves without.
func TestExportHeld(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.unmarked()
		f.customer("lin", "东方", `phone="13800138000"`)
		f.customer("lin", "西方", `phone="13900139000";tags=["VIP"]`)
		r := sharing("vip", everything, policy.Clause{Everyone: true})
		r.Effect, r.Actions, r.Fields, r.Duty.Approval = policy.Forbid, []policy.Action{policy.Export}, nil, []string{"@head", "@pack:administrator"}
		cond := &policy.Cond{}
		f.must(json.Unmarshal([]byte(`{"op":"tag","field":"tags","value":{"text":"VIP"}}`), cond))
		r.When = cond
		_, err := f.as("boss").PutRule(ctx, r)
		f.must(err)

		if text, err := f.file("lin", "r.name == '东方'"); err != nil || !strings.Contains(text, "13800138000") {
			t.Errorf("%q %v", text, err)
		}
		text, err := f.file("lin", "")
		f.refused(err, fault.Denied, "needs_approval")
		if text != "" {
			t.Errorf("half a file: %q", text)
		}
		q := ListQuery{Kind: "customer", Sort: "name", Fields: []string{"name", "phone"}}
		_, err = f.as("lin").OrderExport(ctx, q, "对账", "csv", "zh")
		f.refused(err, fault.Denied, "needs_approval")
		plan, err := f.as("lin").PlanExport(ctx, q)
		f.must(err)
		if plan.Held == nil || plan.Held.Records != 1 {
			t.Errorf("%+v", plan.Held)
		}
		ask := f.askExport("lin")
		if len(ask.Steps) != 2 || ask.Waits[0].Person.Name != "chief" {
			t.Fatalf("%+v", ask)
		}
		_, err = f.as("chief").Decide(ctx, ask.ID, true, "")
		f.must(err)
		done, err := f.as("admin2").Decide(ctx, ask.ID, true, "")
		f.must(err)
		if done.State != approvals.Approved || done.Giver.Name != "chief" {
			t.Fatalf("%+v", done)
		}
		f.clock.advance(time.Minute)
		if text, err := f.built(); err != nil || !strings.Contains(text, "13900139000") || !strings.Contains(text, "东方") {
			t.Errorf("%q %v", text, err)
		}
		// A field of a sensitive class does the same.
		r.ID, r.When, r.Fields = "phones", nil, []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}
		_, err = f.as("boss").PutRule(ctx, r)
		f.must(err)
		_, err = f.file("lin", "r.name == '东方'")
		f.refused(err, fault.Denied, "needs_approval")
		plan, err = f.as("lin").PlanExport(ctx, ListQuery{Kind: "customer", Filter: "r.name == '东方'", Fields: []string{"name", "phone"}})
		f.must(err)
		if plan.Held == nil || plan.Held.Records != 0 || fmt.Sprint(plan.Held.Fields) != "[phone]" {
			t.Errorf("%+v", plan.Held)
		}
		_, err = f.as("lin").OrderExport(ctx, ListQuery{Kind: "customer", Filter: "r.name == '东方'", Fields: []string{"name"}}, "对账", "csv", "zh")
		f.must(err)

		// Who was refused, when and why, is told to the auditor and to nobody else.
		_, err = f.as("lin").BlockedExports(ctx)
		f.refused(err, fault.Denied, "right")
		told, err := f.as("auditor").BlockedExports(ctx)
		f.must(err)
		if len(told.People) != 1 || told.People[0].Person.Name != "lin" || told.People[0].Count != 3 || told.Items[0].Code != "needs_approval" || told.Items[0].KindLabel.ZH == "" {
			t.Errorf("%+v", told)
		}
	})
}

// The limit of a day: by person before pack before everyone, exact with twenty exports at once.
func TestExportDay(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for i := range 3 {
			f.customer("lin", fmt.Sprintf("客户%d", i), "")
		}
		_, err := f.as("lin").ExportLimits(ctx)
		f.refused(err, fault.Denied, "right")
		_, err = f.as("auditor").SetExportLimits(ctx, 0, ExportLimits{})
		f.refused(err, fault.Denied, "right")
		_, err = f.as("admin").SetExportLimits(ctx, 0, ExportLimits{Packs: []PackLimit{{"nothing", 5}}, People: []PersonLimit{{Person: 999_999_999, Rows: -1}}})
		if got := fault.From(err); got.Kind != fault.Invalid || len(got.Items) != 3 {
			t.Errorf("%+v", got)
		}
		limits, err := f.as("admin").SetExportLimits(ctx, 0, ExportLimits{Everyone: ptr(int64(5)), Packs: []PackLimit{{"sales", 20}, {"head", 1}}})
		f.must(err)
		_, err = f.as("admin").SetExportLimits(ctx, 0, ExportLimits{})
		f.refused(err, fault.Stale, "version")
		if _, err := f.file("lin", ""); err != nil {
			t.Error(err)
		}
		_, err = f.file("lin", "") // three and three are more than five
		f.refused(err, fault.Locked, "export_day")
		_, err = f.file("chief", "")
		f.refused(err, fault.Locked, "export_day")
		limits, err = f.as("admin").SetExportLimits(ctx, limits.Version, ExportLimits{Everyone: ptr(int64(5)), People: []PersonLimit{{Person: f.id("lin"), Rows: 20}}})
		f.must(err)
		if limits.People[0].Name != "lin" || limits.Version != 2 {
			t.Errorf("%+v", limits)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		done, told := 0, map[string]int{}
		for range 50 {
			wg.Go(func() {
				_, err := f.file("lin", "")
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					done++
				} else {
					told[fault.From(err).Code]++
				}
			})
		}
		wg.Wait()
		taken := count(t, f.db, "SELECT sum(rows) FROM export_taken WHERE person_id = $1", int64(f.id("lin")))
		if done != 5 || taken != 18 || told["export_day"] != 45 { // 3 before, and 15 of the 17 that are left
			t.Errorf("%d of 50, %d rows, %v", done, taken, told)
		}
		plan, err := f.as("lin").PlanExport(ctx, ListQuery{Kind: "customer"})
		f.must(err)
		if *plan.Day.Limit != 20 || plan.Day.Taken != 18 {
			t.Errorf("%+v", plan.Day)
		}
		f.clock.advance(24 * time.Hour)
		if _, err := f.file("lin", ""); err != nil {
			t.Error(err)
		}
		// A job that fails, or begins anew, is not counted twice.
		_, err = f.as("lin").OrderExport(ctx, ListQuery{Kind: "customer", Sort: "name", Fields: []string{"name"}}, "对账", "csv", "zh")
		f.must(err)
		f.clock.advance(time.Minute)
		if _, err := f.built(); err != nil {
			t.Error(err)
		}
		if n := count(t, f.db, "SELECT sum(rows) FROM export_taken WHERE person_id = $1 AND job_id > 0", int64(f.id("lin"))); n != 3 {
			t.Errorf("%d rows", n)
		}
	})
}
