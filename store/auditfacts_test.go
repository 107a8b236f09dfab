package store

import (
	"context"
	"slices"
	"testing"

	"guan/audit"
	"guan/org"
	"guan/records"
	"guan/watch"
)

// Whoever audits is told of whom an alert is and what it is about, what became of a unit and what it is called, and
// which settings are others, in what has words.
func TestAuditTellsFacts(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		w.must(w.db.write(ctx, w.db.System(JobWatch, DefaultTenant).actor, op{name: "test"}, func(t *tx) error {
			return t.raise(ctx, []raising{{person: w.id("lin"), Finding: watch.Finding{Detector: watch.Night, At: t.now}}})
		}))
		position := org.Position{Code: "greeter", Label: org.Label{ZH: "迎宾", EN: "Greeter"}}
		w.must(w.browser("admin").in("").session.PutPosition(ctx, position))
		page, err := w.as("auditor").AuditEntries(ctx, AuditQuery{Group: audit.Administration, Limit: 200})
		w.must(err)
		facts := func(action audit.Action) map[string]AuditFact {
			t.Helper()
			i := slices.IndexFunc(page.Items, func(it AuditItem) bool { return it.Action == string(action) })
			if i < 0 {
				t.Fatalf("there is no entry %s", action)
			}
			out := map[string]AuditFact{}
			for _, f := range page.Items[i].Facts {
				out[f.Key] = f
			}
			return out
		}
		alert := facts(audit.AlertRaised)
		if p := alert["person"].Person; p == nil || p.Name == "" || p.ID != w.id("lin") || alert["detector"].Word != string(watch.Night) || alert["done"].Word == "" || len(alert) != 3 {
			t.Errorf("of an alert it is told %+v", alert)
		}
		if made := facts(audit.OrgChanged); made["position"].Label != (records.Label{ZH: "迎宾", EN: "Greeter"}) || len(made) != 1 {
			t.Errorf("of a position it is told %+v", made)
		}
	})
}
