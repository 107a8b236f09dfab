package store

import (
	"context"
	"slices"

	"guan/audit"
	"guan/policy"
	"guan/records"
	"guan/watch"
)

// What was done because of an alert.
const (
	DoneNothing   = "none"
	DoneAsked     = "second_factor" // they prove the second factor, or do nothing more
	DoneSignedOut = "signed_out"    // … they have none: the password is asked for again
	DoneFrozen    = "frozen"
	DoneSpared    = "spared" // not frozen: nobody else could administer the company
)

// raise makes alerts of findings, tells who watches, and does what the detectors are set to.
func (t *tx) raise(ctx context.Context, found []raising) error {
	for _, r := range found {
		done, err := t.actOn(ctx, r.person, r.Act)
		if err != nil {
			return err
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		numbers, err := jsonText(r.Numbers)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `INSERT INTO alert (tenant_id, id, person_id, detector, numbers, first_seq, last_seq, at, done, kind, record_id, state, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12)`,
			t.actor.Tenant, id, r.person, string(r.Detector), numbers, r.First, r.Last, r.At.UnixMicro(), done, optionalText(string(r.kind)), optionalID(r.record), t.nowMicros())
		if err != nil {
			return err
		}
		// It names no record, and stands at nobody: who is watched does not learn of it.
		err = t.audit(ctx, audit.Entry{Action: audit.AlertRaised, Kind: records.System, Detail: map[string]any{
			"alert": id, "person": r.person, "detector": string(r.Detector), "numbers": r.Numbers, "done": done}})
		if err != nil {
			return err
		}
		if err := t.tellWatchers(ctx, r.person, id, string(r.Detector)); err != nil {
			return err
		}
	}
	return nil
}

// actOn does what follows from a finding, and says what was done.
func (t *tx) actOn(ctx context.Context, person policy.ID, act watch.Action) (string, error) {
	switch act {
	case watch.Freeze:
		last, err := t.lastAdministrator(ctx, person)
		if err != nil {
			return "", err
		}
		if last {
			_, err := t.askFactor(ctx, person)
			return DoneSpared, err
		}
		return DoneFrozen, t.freeze(ctx, person, "watch")
	case watch.Factor:
		return t.askFactor(ctx, person)
	}
	return DoneNothing, nil
}

// lastAdministrator reports whether without the person nobody could sign in who gives rights.
func (t *tx) lastAdministrator(ctx context.Context, person policy.ID) (bool, error) {
	v, err := t.view(ctx)
	if err != nil {
		return false, err
	}
	open, err := t.openAccounts(ctx, v.tenant)
	if err != nil {
		return false, err
	}
	for _, right := range keptRights {
		holds := v.state.holds(right, t.now)
		if holds(person) && !slices.ContainsFunc(open, func(p policy.ID) bool { return p != person && holds(p) }) {
			return true, nil
		}
	}
	return false, nil
}

// askFactor takes what somebody has proved away: none of their sessions and tokens does anything before
// they prove the second factor again. Of who has none nothing more is known than the password: their
// sessions end.
func (t *tx) askFactor(ctx context.Context, person policy.ID) (string, error) {
	has, err := t.hasFactor(ctx, t.actor.Tenant, person)
	if err != nil {
		return "", err
	}
	done := DoneAsked
	if !has {
		done = DoneSignedOut
		err = t.endSessions(ctx, person, 0)
	} else if _, err = t.exec(ctx, "UPDATE credential SET factor_due_at = $1 WHERE tenant_id = $2 AND person_id = $3", t.nowMicros(), t.actor.Tenant, person); err == nil {
		_, err = t.exec(ctx, "UPDATE session SET factor_at = NULL WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person)
	}
	if err != nil {
		return "", err
	}
	return done, t.audit(ctx, audit.Entry{Action: audit.FactorAsked, Kind: records.System, Detail: map[string]any{"person": person, "done": done}})
}

// meetFactor notes that somebody proved the second factor: their tokens and their work go on. A session
// in which it was not proved does not.
func (t *tx) meetFactor(ctx context.Context, person policy.ID) error {
	_, err := t.exec(ctx, "UPDATE credential SET factor_met_at = $1 WHERE tenant_id = $2 AND person_id = $3 AND factor_due_at IS NOT NULL", t.nowMicros(), t.actor.Tenant, person)
	return err
}

// factorMet is the condition under which work goes on that is done for a person with the credential c.
const factorMet = " AND (c.factor_due_at IS NULL OR c.factor_met_at >= c.factor_due_at)"

// proving is the Session in which the actor may prove the second factor, and sign out.
func (s *Session) proving() *Session {
	actor := s.actor
	actor.factorDue = false
	return &Session{db: s.db, actor: actor}
}

// tellWatchers tells those who have the right audit, or where nobody else has it those who have the right
// policy, but never the person.
func (t *tx) tellWatchers(ctx context.Context, person, alert policy.ID, detector string) error {
	v, err := t.view(ctx)
	if err != nil {
		return err
	}
	for _, right := range []policy.Action{"audit", "policy"} {
		holders, err := t.holdersOf(ctx, v, right)
		if err != nil {
			return err
		}
		told := false
		for _, holder := range holders {
			if holder == person {
				continue
			}
			told = true
			if err := t.insertNotice(ctx, v.tenant, holder, person, NoticeAlert, "", alert, map[string]any{"detector": detector}); err != nil {
				return err
			}
		}
		if told {
			return nil
		}
	}
	return nil
}
