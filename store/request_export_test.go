package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/sheet"
)

func (f *firm) askExport(who string) *Request {
	f.t.Helper()
	r, err := f.as(who).Ask(context.Background(), NewRequest{Type: ExportRequest, Purpose: "活动名单", Export: &ExportAsk{Kind: "customer", Sort: "name", Fields: []string{"name", "phone"}, Format: "csv"}})
	f.must(err)
	return r
}

// built makes the file of an approved export as the job runner does, and returns its rows.
func (f *firm) built() (string, error) {
	f.t.Helper()
	ctx := context.Background()
	claim, err := f.db.System(JobRunner, DefaultTenant).Claim(ctx, "w")
	f.must(err)
	if claim == nil {
		f.t.Fatal("no work waits")
	}
	var text strings.Builder
	var failed error
	err = claim.Run(ctx, func(ctx context.Context, s *Session) error {
		table := sheet.NewCSV(&text)
		if claim.Order.Document != nil {
			table = &linesOf{to: &text}
		}
		_, failed = s.Export(ctx, Export{Query: *claim.Order.Query, Document: claim.Order.Document, Lang: "zh", To: table, Claim: claim})
		if failed != nil {
			return failed
		}
		return table.Close()
	})
	if failed == nil {
		f.must(err)
	}
	return text.String(), failed
}

// An export without the right: the head, then IT, and where neither may export such records the next
// head who may. The file holds what who asked may read, and ends with any right it stands on.
func TestExportByApproval(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.marketer()
		f.customer("lin", "东方", `phone="13800138000"`)
		f.customer("wang", "南方", "")
		_, err := f.as("wang").OrderExport(ctx, ListQuery{Kind: "product"}, "对账", "csv", "zh")
		f.refused(err, fault.Denied, "export")
		r := f.askExport("mo")
		approve := func(who string) {
			t.Helper()
			var err error
			r, err = f.as(who).Decide(ctx, r.ID, true, "")
			f.must(err)
		}
		_, err = f.as("admin").Decide(ctx, r.ID, true, "") // not before the head
		f.refused(err, fault.Denied, "request_not_you")
		approve("mia")
		approve("admin2")
		if r.State != approvals.Pending || r.Waits[0].Person.Name != "boss" || !r.Steps[2].Added {
			t.Fatalf("%+v", r)
		}
		if n := count(t, f.db, "SELECT count(*) FROM job"); n != 0 {
			t.Fatal("it was ordered before it was approved")
		}
		approve("boss")
		if r.State != approvals.Approved || r.Giver.Name != "boss" || r.Job != 0 { // the file is for who asked
			t.Fatalf("%+v", r)
		}
		r, err = f.as("mo").Request(ctx, r.ID)
		f.must(err)
		text, err := f.built()
		f.must(err)
		if strings.Contains(text, "13800138000") || !strings.Contains(text, "东方") || !strings.Contains(text, "南方") {
			t.Errorf("%q", text)
		}
		_, err = f.as("mo").WorkFile(ctx, ExportWork, r.Job)
		f.must(err)
		_, err = f.as("boss").WorkFile(ctx, ExportWork, r.Job)
		f.refused(err, fault.NotFound, "job")
		// Otherwise mo exports no more than before.
		_, err = f.as("mo").OrderExport(ctx, ListQuery{Kind: "product"}, "对账", "csv", "zh")
		f.refused(err, fault.Denied, "export")
		// The giver loses the right: the file is not handed out.
		guard := sharing("boss_no_export", everything, policy.Clause{Person: f.id("boss")})
		guard.Effect, guard.Actions, guard.Fields = policy.Forbid, []policy.Action{policy.Export}, nil
		guard.Until = ptr(f.clock.Now().Add(time.Hour))
		_, err = f.as("admin").PutRule(ctx, guard)
		f.must(err)
		_, err = f.as("mo").WorkFile(ctx, ExportWork, r.Job)
		f.refused(err, fault.Stale, "export_changed")
		f.clock.advance(time.Hour)
		_, err = f.as("mo").WorkFile(ctx, ExportWork, r.Job)
		f.must(err)

		// Between approval and making, too; and what was approved ends.
		r = f.askExport("mo")
		approve("mia")
		approve("admin")
		approve("boss")
		guard.ID, guard.Until = "again", ptr(f.clock.Now().Add(time.Hour))
		_, err = f.as("admin").PutRule(ctx, guard)
		f.must(err)
		if text, err := f.built(); err != nil || strings.Contains(text, "东方") {
			t.Errorf("%q %v", text, err)
		}
		f.clock.advance(time.Hour)
		r = f.askExport("mo")
		approve("mia")
		approve("admin")
		approve("boss")
		f.clock.advance(approvedFor)
		if text, err := f.built(); !strings.Contains(text, "客户名称") || strings.Contains(text, "东方") || err != nil {
			t.Errorf("%q %v", text, err) // mo's own customers are none
		}

		// A forbid stands: nothing is to be asked for.
		guard.ID, guard.Until = "mo", nil
		guard.Who = policy.Who{Any: []policy.Clause{{Person: f.id("mo")}}}
		_, err = f.as("admin").PutRule(ctx, guard)
		f.must(err)
		_, err = f.as("mo").Ask(ctx, NewRequest{Type: ExportRequest, Purpose: "活动名单", Export: &ExportAsk{Kind: "customer", Format: "csv"}})
		f.refused(err, fault.Denied, "export")
	})
}

// Who approves and may export such records gives it; collaborators export what they only read.
func TestExportGivenByTheHead(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000"`)
		f.must(f.as("lin").AddCollaborator(ctx, "customer", f.id("东方"), NewCollaborator{Person: f.id("wang")}))
		r := f.askExport("wang")
		r, err := f.as("chief").Decide(ctx, r.ID, true, "")
		f.must(err)
		r, err = f.as("admin").Decide(ctx, r.ID, true, "")
		f.must(err)
		if r.State != approvals.Approved || r.Giver.Name != "chief" {
			t.Fatalf("%+v", r)
		}
		f.clock.advance(time.Minute)
		if text, err := f.built(); err != nil || !strings.Contains(text, "东方") {
			t.Errorf("%q %v", text, err)
		}
	})
}
