package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"guan/fault"
	"guan/policy"
	"guan/records"
)

// orderMass makes background work of a mass change.
func (s *Session) orderMass(ctx context.Context, m *mass) (*MassResult, error) {
	err := s.db.maintain(ctx, func(t *tx) error {
		n, err := t.exec(ctx, "UPDATE mass_change SET status = 'queued' WHERE tenant_id = $1 AND id = $2 AND status = 'rehearsed'", s.actor.Tenant, m.ID)
		if err == nil && n == 0 {
			err = massUsed
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	w, err := s.order(ctx, MassWork, m.Kind, Order{Mass: m.ID})
	status, job := string(Queued), sql.NullInt64{}
	if err != nil {
		status = string(Rehearsed) // it can be tried again
	} else {
		job = sql.NullInt64{Int64: int64(w.ID), Valid: true}
	}
	linked := s.db.maintain(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "UPDATE mass_change SET status = $1, job_id = $2 WHERE tenant_id = $3 AND id = $4", status, job, s.actor.Tenant, m.ID)
		return err
	})
	if err = errors.Join(err, linked); err != nil {
		return nil, err
	}
	return s.MassChanged(ctx, m.ID)
}

// RunMass does a mass change in the background, part by part. Each part is whole; what is done when
// it is cancelled or the program ends stays done, and the rest waits.
func (s *Session) RunMass(ctx context.Context, claim *Claim) error {
	m, err := s.db.single().massOf(ctx, s.actor, claim.Order.Mass)
	if err != nil {
		return s.db.fault(err)
	}
	for left := m.Will - m.Done; left > 0; left = m.waiting() {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.db.write(ctx, s.actor, op{name: "bulk"}, func(t *tx) error {
			if err := t.permitted(ctx, claim.actor); err != nil {
				return err
			}
			if _, err := t.exec(ctx, "UPDATE mass_change SET done_at = $1 WHERE tenant_id = $2 AND id = $3", t.nowMicros(), s.actor.Tenant, m.ID); err != nil {
				return err
			}
			by, err := t.massBy(ctx, m)
			if err != nil {
				return err
			}
			defer func() { t.request = 0 }()
			t.request = m.Request
			_, err = t.massPart(ctx, by, m, massChunk)
			return err
		})
		if err != nil {
			return s.refused(ctx, m.Kind, 0, policy.Edit, err)
		}
		if m, err = s.db.single().massOf(ctx, s.actor, claim.Order.Mass); err != nil {
			return s.db.fault(err)
		}
		claim.Count(Tally{Rows: int64(m.Will - m.waiting()), Updated: int64(m.Done)})
	}
	return nil
}

// waiting is how many targets have not been looked at again.
func (m *mass) waiting() int {
	left := 0
	for _, skip := range m.Skipped {
		if skip.Params["late"] == true {
			left += skip.Count
		}
	}
	return m.Will - m.Done - m.Undone - left
}

// UndoMass puts back, of each record that the change had changed, the fields that nobody has set
// since and that the actor may set now. What was deleted does not come back. Faults: NotFound,
// Conflict (bulk_undo).
func (s *Session) UndoMass(ctx context.Context, id policy.ID) (*MassResult, error) {
	if err := s.actor.check(); err != nil {
		return nil, err
	}
	var skipped skipGroups
	for {
		m, err := s.db.single().massOf(ctx, s.actor, id)
		switch {
		case err != nil:
			return nil, s.db.fault(err)
		case m.change.final() || m.ended == nil || s.db.Now().Sub(*m.ended) >= massKept:
			return nil, massNoUndo
		case m.Status == Queued || m.Status == Running:
			return nil, massNoUndo
		case m.Done == 0:
			m.Skipped, m.Until = append([]MassSkip{}, skipped...), nil
			return &m.MassResult, nil
		}
		var left skipGroups
		err = s.db.write(ctx, s.actor, op{name: "bulk"}, func(t *tx) error {
			left, err = t.massBack(ctx, m)
			return err
		})
		if err != nil {
			return nil, s.refused(ctx, m.Kind, 0, policy.Edit, err)
		}
		skipped.join(left)
	}
}

var changedSince = fault.New(fault.Stale, "changed_since", "somebody changed the record since")

// massBack puts some of the records back.
func (t *tx) massBack(ctx context.Context, m *mass) (skipGroups, error) {
	v, err := t.view(ctx)
	if err != nil {
		return nil, err
	}
	if m.Request != 0 { // what was approved may be taken back like any other change
		v, t.request = v.approvedOrNot(), m.Request
	}
	described := v.catalog.Kind(m.Kind)
	if described == nil {
		return nil, noRecord
	}
	if err := t.holdMass(ctx, m.ID); err != nil {
		return nil, err
	}
	var targets []Target
	kept := map[policy.ID]undoing{}
	err = t.each(ctx, func(rows *sql.Rows) error {
		var target Target
		var text []byte
		if err := rows.Scan(&target.ID, &text); err != nil {
			return err
		}
		var u undoing
		targets = append(targets, target)
		if err := json.Unmarshal(text, &u); err != nil {
			return err
		}
		kept[target.ID] = u
		return nil
	}, "SELECT record_id, undo FROM mass_target WHERE tenant_id = $1 AND change_id = $2 AND status = 'done' ORDER BY record_id LIMIT $3", t.actor.Tenant, m.ID, massInline)
	if err != nil {
		return nil, err
	}
	w := &massWriter{v: v, kind: described, schema: v.catalog.Schema().Kind(m.Kind), id: m.ID, back: true}
	w.given = func(row *fetched) (map[string]policy.Value, error) {
		u := kept[row.id]
		if m.change.Transfer != nil {
			u = undoing{Before: without(u.Before, "unit"), After: without(u.After, "unit")}
		}
		return t.before(ctx, v, described, row, u)
	}
	if m.change.Transfer != nil { // as it followed the new owner, it follows the old one back
		w.follows = func(row *fetched) map[string]policy.Value {
			raw, moved := kept[row.id].Before["unit"]
			unit, err := described.Field("unit").Parse(raw)
			if !moved || err != nil {
				return nil
			}
			return map[string]policy.Value{"unit": unit}
		}
	}
	done, skipped, err := t.massWrite(ctx, w, targets, false)
	if err != nil {
		return nil, err
	}
	back := map[policy.ID]bool{}
	for _, r := range done {
		back[r.ID] = true
	}
	for _, target := range targets {
		status := "kept"
		if back[target.ID] {
			status = "undone"
		}
		if err := t.massTarget(ctx, m.ID, target.ID, status, sql.NullString{}); err != nil {
			return nil, err
		}
	}
	return skipped, t.auditMass(ctx, w, m, "undone", done, skipped)
}

// before gives the values that a record had, of those fields that still are as the change left them.
// Of a field that the actor does not see any more nothing is said: it goes on to the gate, which
// refuses it whatever it holds.
func (t *tx) before(ctx context.Context, v *view, kind *records.Kind, row *fetched, u undoing) (map[string]policy.Value, error) {
	values := map[string]policy.Value{}
	read := v.bound.Reduce(policy.Read, kind.Name).Outcome(row.answer)
	for name, raw := range u.Before {
		f := kind.Field(name)
		if f == nil {
			continue // the company has removed it
		}
		after, err := f.ParseKept(u.After[name])
		if err != nil {
			return nil, err
		}
		if after, err = t.renewedOne(ctx, kind, row.id, name, after); err != nil {
			return nil, err
		}
		now := row.values[name]
		seen := read.Level(v.catalog.Schema().Kind(kind.Name).Field(name)) == policy.Plain
		if seen && !(now.Equal(after) || now.Missing() && after.Missing()) {
			continue
		}
		if values[name], err = f.ParseKept(raw); err != nil {
			return nil, err
		}
	}
	if len(values) == 0 {
		return nil, changedSince
	}
	return values, t.checkRefs(ctx, v, kind, values)
}

// without gives a document without one of its members.
func without(of map[string]json.RawMessage, name string) map[string]json.RawMessage {
	out := make(map[string]json.RawMessage, len(of))
	for key, raw := range of {
		if key != name {
			out[key] = raw
		}
	}
	return out
}

// final says that there is no way back from a change.
func (c *MassChange) final() bool {
	return c.Delete || c.Transfer != nil && len(c.Transfer.Children) > 0
}
