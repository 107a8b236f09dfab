package store

import (
	"context"
	"time"

	"guan/audit"
	"guan/grants"
	"guan/policy"
)

const (
	sandboxWarning = 24 * time.Hour // before the end
	warnChunk      = 50             // sandboxes of one transaction
)

// WarnOfSandboxes tells those who are in a sandbox that it ends within a day, once for each end that it
// is given, and reports whether there may be more. Nothing hangs on it: a sandbox ends by itself. Only
// the job requests may.
func (s *System) WarnOfSandboxes(ctx context.Context) (more bool, err error) {
	if err := s.may(JobRequests); err != nil {
		return false, err
	}
	const due = "s.until_at > $2 AND s.until_at <= $3 AND s.ended_at IS NULL AND s.until_at - s.from_at > $4 AND (s.warned_of IS NULL OR s.warned_of <> s.until_at)"
	args := func(t *rtx) []any {
		return []any{t.nowMicros(), t.now.Add(sandboxWarning).UnixMicro(), sandboxWarning.Microseconds()}
	}
	t := s.db.single()
	err = t.row(ctx, "SELECT EXISTS (SELECT 1 FROM sandbox s WHERE s.tenant_id = $1 AND "+due+")", append([]any{s.actor.Tenant}, args(t)...)...).Scan(&more)
	if err != nil || !more {
		return false, s.db.fault(err)
	}
	err = s.db.write(ctx, s.actor, op{name: "sandboxes"}, func(t *tx) error {
		list, err := t.sandboxRows(ctx, s.actor.Tenant, due, args(&t.rtx)...)
		if err != nil {
			return err
		}
		more = len(list) > warnChunk
		list = list[:min(len(list), warnChunk)]
		ids := make([]policy.ID, len(list))
		for i, box := range list {
			ids[i] = box.ID
			// Another process may have told them meanwhile.
			n, err := t.exec(ctx, "UPDATE sandbox SET warned_of = until_at WHERE tenant_id = $1 AND id = $2 AND (warned_of IS NULL OR warned_of <> until_at)", s.actor.Tenant, box.ID)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			for _, m := range append([]grants.Member{{Person: box.Sponsor}}, box.Members...) {
				if !m.At(t.now) {
					continue
				}
				if err := t.notify(ctx, m.Person, NoticeSandboxEnds, "", box.ID, map[string]any{"title": box.Title, "until": box.Until}); err != nil {
					return err
				}
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.SandboxWarned, Detail: map[string]any{"sandboxes": ids}})
	})
	return more, err
}
