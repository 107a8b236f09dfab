package store

import (
	"context"
	"time"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Away is that the actor is away in [From, Until), and who decides requests in their stead.
type Away struct {
	StandIn Name      `json:"stand_in"`
	From    time.Time `json:"from"`
	Until   time.Time `json:"until"`
}

// maxAway is how long somebody can be away.
const maxAway = 366 * 24 * time.Hour

// Away tells what the actor has set, nil when nothing, or when it is over.
func (s *Session) Away(ctx context.Context) (*Away, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var away *Away
	err := s.db.read(ctx, func(t *rtx) error {
		away = nil
		found, err := t.absences(ctx, s.actor.Tenant, "person_id = $2 AND until_at > $3", s.actor.Person, t.nowMicros())
		if err != nil || len(found) == 0 {
			return err
		}
		a := found[0]
		names := map[policy.ID]string{}
		if err := t.directoryNames(ctx, s.actor.Tenant, []policy.ID{a.StandIn}, names); err != nil {
			return err
		}
		away = &Away{StandIn: Name{ID: a.StandIn, Name: names[a.StandIn]}, From: a.From, Until: a.Until}
		return nil
	})
	return away, err
}

// SetAway says who stands in for the actor and when. Whoever stands in decides requests that wait for
// the actor, never their own, and gets no right by it. It takes a session. Faults: Invalid.
func (s *Session) SetAway(ctx context.Context, standIn policy.ID, from, until time.Time) (*Away, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.write(ctx, s.actor, op{name: "away"}, func(t *tx) error {
		a := approvals.Absence{Person: s.actor.Person, StandIn: standIn, From: *whole(&from), Until: *whole(&until)}
		if a.From.Before(t.now) {
			a.From = *whole(&t.now)
		}
		switch {
		case a.StandIn == a.Person:
			return fault.New(fault.Invalid, "away_self", "nobody stands in for themselves").WithAt("stand_in")
		case !a.Until.After(a.From):
			return fault.New(fault.Invalid, "away_window", "one comes back after one leaves, and not before now").WithAt("until")
		case a.Until.Sub(a.From) > maxAway:
			return fault.New(fault.Invalid, "away_long", "nobody is away for more than 366 days").WithAt("until")
		}
		open := map[policy.ID]bool{}
		if err := t.whoSignsIn(ctx, s.actor.Tenant, []policy.ID{standIn}, open); err != nil {
			return err
		}
		if !open[standIn] {
			return fault.New(fault.Invalid, "person", "there is no such person").WithAt("stand_in")
		}
		_, err := t.exec(ctx, `INSERT INTO stand_in (tenant_id, person_id, stand_in_id, from_at, until_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (tenant_id, person_id) DO UPDATE SET stand_in_id = excluded.stand_in_id, from_at = excluded.from_at, until_at = excluded.until_at`,
			s.actor.Tenant, a.Person, a.StandIn, a.From.UnixMicro(), a.Until.UnixMicro())
		if err != nil {
			return err
		}
		if err := t.notify(ctx, standIn, NoticeStandIn, "", 0, map[string]any{"from": a.From, "until": a.Until}); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.AwaySet, Kind: records.RefPerson, Record: a.Person, Detail: map[string]any{"stand_in": standIn, "from": a.From, "until": a.Until}})
	})
	if err != nil {
		return nil, err
	}
	return s.Away(ctx)
}

// ComeBack ends the actor's absence now.
func (s *Session) ComeBack(ctx context.Context) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	return s.db.write(ctx, s.actor, op{name: "away"}, func(t *tx) error {
		if _, err := t.exec(ctx, "DELETE FROM stand_in WHERE tenant_id = $1 AND person_id = $2", s.actor.Tenant, s.actor.Person); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.AwaySet, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"back": true}})
	})
}
