package store

import (
	"context"

	"guan/approvals"
	"guan/audit"
	"guan/policy"
)

// remindChunk is how many requests one transaction of the job looks at.
const remindChunk = 50

// RemindRequests tells those who decide of requests that are due, the next head of those that wait too
// long, and who asked of those that expired, and reports whether there may be more. It changes nothing
// that anybody may do: who decides and what has expired is computed whenever it is asked. Each request
// is told of once for each of the three, whoever runs this how often. Only the job requests may.
func (s *System) RemindRequests(ctx context.Context) (more bool, err error) {
	if err := s.may(JobRequests); err != nil {
		return false, err
	}
	// Mostly there is nothing to tell, which should not take a turn at SQLite's one writer.
	t := s.db.single()
	err = t.row(ctx, "SELECT EXISTS (SELECT 1 FROM request WHERE tenant_id = $1 AND next_at <= $2)", s.actor.Tenant, t.nowMicros()).Scan(&more)
	if err != nil || !more {
		return false, s.db.fault(err)
	}
	err = s.db.write(ctx, s.actor, op{name: "requests"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		list, err := t.requests(ctx, v.tenant, "next_at <= $2 ORDER BY next_at, id LIMIT $3"+t.pick("", " FOR UPDATE SKIP LOCKED"), t.nowMicros(), remindChunk)
		if err != nil {
			return err
		}
		more = len(list) == remindChunk
		o, err := t.deciders(ctx, v, list...)
		if err != nil {
			return err
		}
		ids := make([]policy.ID, len(list))
		for i, r := range list {
			if ids[i] = r.id; err == nil {
				err = t.remind(ctx, r, o)
			}
		}
		if err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.RequestsReminded, Detail: map[string]any{"requests": ids}})
	})
	return more, err
}

func (t *tx) remind(ctx context.Context, r *request, o *deciders) error {
	state, err := r.State, error(nil)
	switch {
	case r.At(t.now) == approvals.Expired:
		state = approvals.Expired
		if err = t.notify(ctx, r.Asker, NoticeRequestDone, "", r.id, r.telling("state", string(state))); err == nil {
			expired := r.entry(audit.RequestExpired, nil)
			expired.OnBehalf = r.Asker
			err = t.audit(ctx, expired)
		}
	case !t.now.Before(r.Escalates()):
		err = t.tellSeats(ctx, r, o, NoticeRequestLate)
	default:
		err = t.tellSeats(ctx, r, o, NoticeRequestDue)
	}
	if err != nil {
		return err
	}
	ended := r.ended
	if state == approvals.Expired {
		at := r.Expires()
		ended = &at
		r.State = state
	}
	_, err = t.exec(ctx, "UPDATE request SET next_at = $1, state = $2, ended_at = $3 WHERE tenant_id = $4 AND id = $5 AND state = 'pending'",
		r.nextAt(t.now), string(state), micros(ended), t.actor.Tenant, r.id)
	return err
}
