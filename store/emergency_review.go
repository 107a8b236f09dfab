package store

import (
	"context"
	"slices"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// Verdict is what a reviewer says of an emergency.
type Verdict string

// The verdicts. FollowUp leaves the review open for one of the others.
const (
	Justified   Verdict = "justified"
	Unjustified Verdict = "unjustified"
	FollowUp    Verdict = "follow_up"
)

var (
	emergencyOwn      = fault.New(fault.Denied, "emergency_own", "nobody reviews what they opened themselves")
	emergencyNotYou   = fault.New(fault.Denied, "emergency_not_you", "it is not for you to review")
	emergencyReviewed = said(fault.Conflict, "emergency_reviewed", "这次应急访问已经复核", "it has been reviewed already")
	emergencyStill    = said(fault.Conflict, "emergency_still_open", "这次应急访问还没有结束,先结束再复核", "it is open still: end it first")
)

// ReviewEmergency takes the actor's verdict on what somebody opened, once it has ended. Of two at once
// one stands. It takes a session. Faults: Invalid, NotFound, Denied (emergency_own, emergency_not_you),
// Conflict (emergency_reviewed, emergency_still_open).
func (s *Session) ReviewEmergency(ctx context.Context, id policy.ID, verdict Verdict, note string) (*Emergency, error) {
	if verdict != Justified && verdict != Unjustified && verdict != FollowUp {
		return nil, fault.New(fault.Invalid, "emergency_verdict", "a verdict is justified, unjustified or follow_up").WithAt("verdict")
	}
	note, err := approvals.Words(note, true)
	if err != nil {
		return nil, fault.From(err).WithAt("note")
	}
	err = s.onEmergency(ctx, id, op{name: "emergency_review"}, func(t *tx, v *view, o *emergencyDeciders, e *emergency) error {
		switch {
		case e.Person == s.actor.Person:
			return emergencyOwn
		case !e.waits():
			return emergencyReviewed
		case !slices.Contains(o.reviewers(e), s.actor.Person):
			return emergencyNotYou
		case e.Open(t.now):
			return emergencyStill
		}
		n, err := t.exec(ctx, `UPDATE emergency SET verdict = $1, note = $2, reviewed_by = $3, reviewed_at = $4, next_at = NULL
			WHERE tenant_id = $5 AND id = $6 AND (verdict IS NULL OR verdict = 'follow_up' AND $1 <> 'follow_up')`,
			string(verdict), note, s.actor.Person, t.nowMicros(), v.tenant, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return emergencyReviewed
		}
		if verdict != FollowUp {
			if err := t.closeReviewTask(ctx, v, e.task); err != nil {
				return err
			}
		}
		if err := t.notify(ctx, e.Person, NoticeEmergencyReviewed, "", id, map[string]any{"of": string(e.Kind), "verdict": string(verdict)}); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.EmergencyReviewed, Kind: e.Kind, Record: e.Record, OnBehalf: e.Person,
			Detail: map[string]any{"emergency": id, "verdict": string(verdict), "note": audit.Clean(note)}})
	})
	if err != nil {
		return nil, err
	}
	return s.Emergency(ctx, id)
}

// RemindEmergencies tells those who review of reviews that are late, and the next heads of those that
// wait too long, and reports whether there may be more. It changes nothing that anybody may do: who may
// review is computed whenever it is asked. Only the job requests may.
func (s *System) RemindEmergencies(ctx context.Context) (more bool, err error) {
	if err := s.may(JobRequests); err != nil {
		return false, err
	}
	t := s.db.single()
	err = t.row(ctx, "SELECT EXISTS (SELECT 1 FROM emergency WHERE tenant_id = $1 AND next_at <= $2)", s.actor.Tenant, t.nowMicros()).Scan(&more)
	if err != nil || !more {
		return false, s.db.fault(err)
	}
	err = s.db.write(ctx, s.actor, op{name: "emergencies"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		list, err := t.emergencies(ctx, v.tenant, "next_at <= $2 ORDER BY next_at, id LIMIT $3"+t.pick("", " FOR UPDATE SKIP LOCKED"), t.nowMicros(), remindChunk)
		if err != nil {
			return err
		}
		more = len(list) == remindChunk
		o, err := t.emergencyDeciders(ctx, v, list...)
		if err != nil {
			return err
		}
		ids := make([]policy.ID, len(list))
		for i, e := range list {
			ids[i] = e.ID
			for _, person := range o.reviewers(e) {
				if err := t.notify(ctx, person, NoticeEmergencyLate, "", e.ID, map[string]any{"of": string(e.Kind)}); err != nil {
					return err
				}
			}
			if _, err := t.exec(ctx, "UPDATE emergency SET next_at = $1 WHERE tenant_id = $2 AND id = $3", e.nextAt(t.now), v.tenant, e.ID); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.EmergencyReminded, Detail: map[string]any{"emergencies": ids}})
	})
	return more, err
}
