package store

import (
	"context"
	"time"

	"guan/fault"
	"guan/records"
)

// Health is whether something that a job does again and again goes on. Its zero value is well; it belongs to the one
// loop that does it. That it does not go on, and that it does again, is recorded, at most once an hour.
type Health struct {
	fails bool
	told  bool // … and the audit log says so
	at    time.Time
}

const stuckAgain = time.Hour

// Went notes how it went, and reports whether it fails now and did not before. Without a job nothing is recorded: what
// is done has entries of its own then.
func (h *Health) Went(ctx context.Context, job *System, err error) (news bool) {
	if ctx.Err() != nil {
		return false // it was kept from going on by the end of the program
	}
	news = err != nil && !h.fails
	h.fails = err != nil
	if job == nil {
		return news
	}
	now := job.db.Now()
	if h.fails == h.told || h.fails && !h.at.IsZero() && now.Sub(h.at) < stuckAgain {
		return news
	}
	if job.stuck(ctx, err) == nil { // else with the next one
		h.told, h.at = h.fails, now
	}
	return news
}

// stuck records of a job what keeps it from going on; of nil, that it goes on again.
func (s *System) stuck(ctx context.Context, why error) error {
	status, more := Running, map[string]any{"again": true}
	if why != nil {
		status, more = Failed, map[string]any{"code": fault.From(why).Code}
	}
	return s.db.maintain(ctx, func(t *tx) error {
		return ownWork{typ: WorkType(s.actor.job), kind: records.System}.turned(ctx, t, s.actor, status, more)
	})
}
