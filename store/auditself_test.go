package store

import (
	"context"
	"slices"
	"testing"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/watch"
)

// An auditor who is watched finds no alert about themselves in the log that they may search, however they ask, and
// a colleague who audits does.
func TestWatchedAuditorDoesNotFindIt(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.watch()
		w.set(watch.Denials, func(s *watch.Setting) { s.Floor = 5 })
		w.denied(w.as("auditor"), 40)
		w.watch()
		alerts := w.alerts("boss")
		if len(alerts) != 1 || alerts[0].Person.Name != "auditor" {
			t.Fatalf("%+v", alerts)
		}
		_, err := w.browser("boss").in("").session.JudgeAlert(ctx, alerts[0].ID, AlertConfirmed, "")
		w.must(err)
		w.watch()
		telling := []string{string(audit.AlertRaised), string(audit.AlertJudged), string(audit.FactorAsked)}
		find := func(who string) (n int) {
			t.Helper()
			for _, q := range []AuditQuery{{}, {Group: audit.Administration}, {Person: w.id("boss")}, {Person: w.id("auditor")}, {Person: w.id("boss"), Group: audit.Administration}} {
				q.Limit = 200
				page, err := w.as(who).AuditEntries(ctx, q)
				w.must(err)
				n += len(slices.DeleteFunc(page.Items, func(it AuditItem) bool { return !slices.Contains(telling, it.Action) }))
			}
			return n
		}
		if n := find("auditor"); n != 0 {
			t.Errorf("the auditor finds %d entries about themselves", n)
		}
		if n := find("boss"); n < 4 {
			t.Errorf("the boss finds %d", n)
		}
	})
}

// What an erasure takes out is said before it is done, and after it there is nothing more to take.
func TestErasureIsPlanned(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		someEntries(t, w.db, 6)
		admin, kind, id := w.browser("admin").in("").session, policy.Kind("customer"), policy.ID(1000)
		if plan, err := admin.PlanErasure(ctx, kind, id); err != nil || !plan.Waiting {
			t.Errorf("%+v %v", plan, err)
		}
		w.watch()
		plan, err := admin.PlanErasure(ctx, kind, id)
		if err != nil || plan.Waiting || plan.Details != 1 || plan.Origins != 0 || plan.Record.Title != "" || plan.Archives != 0 {
			t.Errorf("%+v %v", plan, err)
		}
		if n, err := admin.EraseAudit(ctx, kind, id, "本人要求删除个人信息"); err != nil || int64(n.Entries) != plan.Details {
			t.Errorf("%d %v", n, err)
		}
		w.watch()
		if plan, err := admin.PlanErasure(ctx, kind, id); err != nil || plan.Details != 0 {
			t.Errorf("%+v %v", plan, err)
		}
		untouched(t, verify(t, w.db))
		person, err := admin.PlanErasure(ctx, "person", w.id("admin"))
		if err != nil || person.Origins == 0 || person.Record.Title == "" {
			t.Errorf("%+v %v", person, err)
		}
		_, err = w.as("auditor").PlanErasure(ctx, kind, id)
		w.refused(err, fault.Denied, "right")
	})
}
