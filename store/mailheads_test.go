package store

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"guan/audit"
)

// The head that was mailed is one that verification takes: once a day, and what is cut off after it is found.
func TestHeadsByMail(t *testing.T) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		ctx := context.Background()
		set := w.mailOn()
		to := set.MailSettings
		to.HeadsTo = "auditor@outside.example"
		_, err := w.browser("admin").in("").session.SetMailSettings(ctx, 1, to, nil)
		w.must(err)
		seal(t, w.db)
		job := w.db.System(JobReport, DefaultTenant)
		w.must(job.MailHeads(ctx))
		w.must(job.MailHeads(ctx))
		o := w.next()
		if o == nil || o.To != "auditor@outside.example" || len(o.Files) != 1 || !strings.Contains(o.Body, "guan-audit+") || w.next() != nil {
			t.Fatalf("%+v", o)
		}
		heads, err := audit.ReadHeads(bytes.NewReader(o.Files[0].Data)).Heads()
		w.must(err)
		if r := verify(t, w.db, heads...); len(r.Findings) != 0 {
			t.Errorf("%+v", r.Findings)
		}
		w.clock.advance(24 * time.Hour)
		w.must(job.MailHeads(ctx))
		if w.next() == nil {
			t.Error("there is none of the next day")
		}
	})
}
