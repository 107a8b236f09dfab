package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// writer checks what a change says and prepares writing it.
func (t *tx) massWriter(ctx context.Context, v *view, kind policy.Kind, c MassChange) (*massWriter, error) {
	described := v.catalog.Kind(kind)
	if described == nil {
		return nil, noRecord
	}
	w := &massWriter{v: v, kind: described, schema: v.catalog.Schema().Kind(kind), remove: c.Delete}
	parts := 0
	for _, set := range []bool{len(c.Fields) > 0, c.Transfer != nil, c.Tags != nil, c.Delete} {
		if set {
			parts++
		}
	}
	if parts != 1 {
		return nil, massWhat
	}
	fields := c.Fields
	switch {
	case c.Delete:
		return w, nil
	case c.Tags != nil:
		return w, w.tagging(v.knownCatalog().Kind(kind).Field("tags"), c.Tags)
	case c.Transfer != nil:
		raw, err := json.Marshal(c.Transfer.Owner.String())
		if err != nil {
			return nil, err
		}
		if described.Owner != "owner" {
			return nil, fault.New(fault.Invalid, "bulk_owner", "records of this kind have no owner").WithAt("change")
		}
		if err := checkHandover(c.Transfer.Children, c.Transfer.Note); err != nil {
			return nil, err
		}
		if err := t.checkHeirs(ctx, v, "owner", c.Transfer.Owner); err != nil {
			return nil, err
		}
		g, err := t.giver(ctx, v, c.Transfer.Owner, 0)
		if err != nil {
			return nil, err
		}
		fields, w.follows = Fields{described.Owner: raw}, g.unit
	}
	if kind == records.RefPerson && changesAccount(fields) {
		return nil, massAccount
	}
	if c.kept {
		var err error
		if fields, err = t.unkept(ctx, v.tenant, described, 0, fields); err != nil {
			return nil, err
		}
	}
	values, err := v.knownCatalog().Kind(kind).Parse(fields)
	if err != nil {
		return nil, err
	}
	w.given = func(*fetched) (map[string]policy.Value, error) { return values, nil }
	return w, t.checkRefs(ctx, v, described, values)
}

// tagging sets of each record the tags that it has, with some more and some fewer.
func (w *massWriter) tagging(field *records.Field, c *MassTags) error {
	if field == nil || len(c.Add)+len(c.Remove) == 0 {
		return massWhat
	}
	sets := [2][]string{}
	for i, list := range [][]string{c.Add, c.Remove} {
		raw, err := json.Marshal(append([]string{}, list...))
		if err != nil {
			return err
		}
		value, err := field.Parse(raw)
		if err != nil {
			return err
		}
		sets[i] = value.Items()
	}
	w.given = func(row *fetched) (map[string]policy.Value, error) {
		tags := slices.DeleteFunc(slices.Clone(row.values["tags"].Items()), func(tag string) bool { return slices.Contains(sets[1], tag) })
		for _, tag := range sets[0] {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
		return map[string]policy.Value{"tags": policy.SetOf(tags...)}, nil
	}
	return nil
}

// RehearseMass shows what a change of many records would do, without doing it: how many would
// change, and why the others would not. It is done by MassChange within ten minutes, to those
// records in the version they have now. Faults: Invalid, NotFound for an unknown kind.
func (s *Session) RehearseMass(ctx context.Context, kind policy.Kind, ask MassAsk) (*MassResult, error) {
	ids, err := s.chosen(ctx, kind, ask)
	if err != nil {
		return nil, err
	}
	m := &mass{change: ask.Change}
	var all massLook
	for chunk := range slices.Chunk(ids, massChunk) {
		var part *massLook
		err := s.db.write(ctx, s.actor, op{name: "rehearse"}, func(t *tx) (err error) {
			if part, err = t.lookAtMass(ctx, kind, ask.Change, chunk); err != nil {
				return err
			}
			return rehearsed
		})
		if !errors.Is(err, rehearsed) {
			return nil, s.refused(ctx, kind, 0, policy.Edit, err)
		}
		all.join(part)
	}
	m.Along, m.duties = all.along, all.duties
	if err := s.keepMass(ctx, kind, m, &all); err != nil {
		return nil, err
	}
	m.Skipped, m.Status, m.Kind = append([]MassSkip{}, all.skipped...), Rehearsed, kind
	if err := s.db.single().countMass(ctx, s.actor.Tenant, m); err != nil {
		return nil, s.db.fault(err)
	}
	entry := audit.Entry{Action: audit.List, Kind: known(kind), Detail: map[string]any{"mass": m.ID, "what": "rehearsed"}}
	for _, r := range all.will[:min(len(all.will), massSample)] {
		m.Sample = append(m.Sample, r.link)
		entry.Records = append(entry.Records, r.ID)
	}
	for _, skip := range all.skipped {
		for _, link := range skip.Sample {
			entry.Records = append(entry.Records, link.ID)
		}
	}
	return &m.MassResult, s.db.auditRead(ctx, s.actor, entry)
}

// chosen gives the ids that an ask means, each once.
func (s *Session) chosen(ctx context.Context, kind policy.Kind, ask MassAsk) ([]policy.ID, error) {
	if (len(ask.IDs) > 0) == (ask.Match != nil) {
		return nil, fault.New(fault.Invalid, "bulk_which", "a change names records, or what a list would show: one of these").WithAt("ids")
	}
	if len(ask.IDs) > massMost {
		return nil, massMany
	}
	if ask.Match == nil {
		ids := slices.Clone(ask.IDs)
		slices.Sort(ids)
		return slices.Compact(ids), nil
	}
	var ids []policy.ID
	q := ListQuery{Kind: kind, Filter: ask.Match.Filter, Search: ask.Match.Search, Fields: []string{}}
	for {
		next := ""
		err := s.db.look(ctx, s.actor, func(v *view) error {
			l, err := v.prepare(q)
			if err != nil {
				return err
			}
			l.limit, l.also = exportRows, nil
			rows, more, err := s.db.reading(l).rows(ctx, l)
			if err != nil {
				return err
			}
			for _, row := range rows {
				ids = append(ids, row.id)
			}
			next = more
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(ids) > massMost {
			return nil, massMany
		}
		if q.Cursor = next; next == "" {
			slices.Sort(ids)
			return slices.Compact(ids), nil
		}
	}
}

// keepMass writes down what was rehearsed, and forgets what is too old to be of use.
func (s *Session) keepMass(ctx context.Context, kind policy.Kind, m *mass, of *massLook) error {
	st, err := s.db.state(ctx, s.actor.Tenant)
	if err != nil {
		return err
	}
	left, err := jsonText(of.skipped.kept())
	if err != nil {
		return err
	}
	duties, err := jsonText(append([]string{}, of.duties...))
	if err != nil {
		return err
	}
	return s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		old := t.now.Add(-6 * massKept).UnixMicro()
		// What was ordered as background work is kept as long as its job.
		oldest := t.now.Add(-workKept).UnixMicro()
		// What was asked for is kept as long as its request waits.
		const over = `(created_at < $2 AND status <> 'queued' OR created_at < $3)
			AND NOT (status = 'asked' AND EXISTS (SELECT 1 FROM request q WHERE q.tenant_id = mass_change.tenant_id AND q.id = mass_change.request_id AND q.state = 'pending'))`
		for _, text := range []string{
			"DELETE FROM mass_target WHERE tenant_id = $1 AND change_id IN (SELECT id FROM mass_change WHERE tenant_id = $1 AND " + over + ")",
			"DELETE FROM mass_change WHERE tenant_id = $1 AND " + over,
		} {
			if _, err := t.exec(ctx, text, s.actor.Tenant, old, oldest); err != nil {
				return err
			}
		}
		asked := m.change
		if asked.Fields, err = t.kept(ctx, st.catalog.Kind(kind), 0, asked.Fields); err != nil {
			return err
		}
		change, err := jsonText(asked)
		if err != nil {
			return err
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		m.ID, m.created = id, t.now.UTC()
		token := sql.NullInt64{Int64: int64(s.actor.Token), Valid: s.actor.Token != 0}
		if _, err := t.exec(ctx, "INSERT INTO mass_change (tenant_id, id, kind, person_id, token_id, change, status, skipped, created_at, duties) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
			s.actor.Tenant, id, string(kind), s.actor.Person, token, change, string(Rehearsed), left, t.nowMicros(), duties); err != nil {
			return err
		}
		for status, targets := range map[string][]massRow{"waits": of.will, "held": of.held} {
			for chunk := range slices.Chunk(targets, bulkRows) {
				rows := make([][]assignment, len(chunk))
				for i, r := range chunk {
					rows[i] = []assignment{{column: "tenant_id", value: s.actor.Tenant}, {column: "change_id", value: id}, {column: "record_id", value: r.ID},
						{column: "version", value: r.Version}, {column: "status", value: status}}
				}
				if err := t.insertRows(ctx, "mass_target", rows); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// ChangeMass does what was rehearsed: up to 500 records at once and as a whole, more in the
// background. What was changed by somebody else meanwhile, or may not be changed any more, is left
// and told. Faults: NotFound, Conflict (bulk_used), Locked.
func (s *Session) ChangeMass(ctx context.Context, kind policy.Kind, id policy.ID) (*MassResult, error) {
	if err := s.actor.check(); err != nil {
		return nil, err
	}
	m, err := s.db.single().massOf(ctx, s.actor, id)
	switch {
	case err != nil:
		return nil, s.db.fault(err)
	case m.Kind != kind:
		return nil, noMass
	case m.Status != Rehearsed:
		return nil, massUsed
	case s.db.Now().Sub(m.created) >= massKept:
		return nil, noMass
	}
	if m.Will > massInline {
		return s.orderMass(ctx, m)
	}
	var skipped skipGroups
	err = s.db.write(ctx, s.actor, op{name: "bulk"}, func(t *tx) error {
		n, err := t.exec(ctx, "UPDATE mass_change SET status = 'done', done_at = $1 WHERE tenant_id = $2 AND id = $3 AND status = 'rehearsed'", t.nowMicros(), s.actor.Tenant, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return massUsed
		}
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		skipped, err = t.massPart(ctx, massBy{v: v, along: v}, m, massInline)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, 0, policy.Edit, err)
	}
	result, err := s.MassChanged(ctx, id)
	if err != nil {
		return nil, err
	}
	for i := range result.Skipped { // with the titles, this once
		for _, skip := range skipped {
			if skip.Code == result.Skipped[i].Code && skip.Field == result.Skipped[i].Field && sameJSON(skip.Params, result.Skipped[i].Params) {
				result.Skipped[i].Sample = skip.Sample
			}
		}
	}
	return result, nil
}

// massPart changes the next targets that wait, and writes down what became of them.
func (t *tx) massPart(ctx context.Context, by massBy, m *mass, most int) (skipGroups, error) {
	if err := t.holdMass(ctx, m.ID); err != nil {
		return nil, err
	}
	var targets []Target
	err := t.each(ctx, func(rows *sql.Rows) error {
		var target Target
		err := rows.Scan(&target.ID, &target.Version)
		targets = append(targets, target)
		return err
	}, "SELECT record_id, version FROM mass_target WHERE tenant_id = $1 AND change_id = $2 AND status = 'waits' ORDER BY record_id LIMIT $3", t.actor.Tenant, m.ID, most)
	if err != nil {
		return nil, err
	}
	w, err := t.massWriter(ctx, by.v, m.Kind, m.change)
	if err != nil {
		return nil, err
	}
	w.id = m.ID
	seen, unseen, err := t.seenByAll(ctx, by, m, targets)
	if err != nil {
		return nil, err
	}
	done, skipped, err := t.massWrite(ctx, w, seen, true)
	if err != nil {
		return nil, err
	}
	skipped = append(skipped, unseen...)
	if _, err := t.massAlong(ctx, by.along, w.kind, m.change.Transfer, done, true); err != nil {
		return nil, err
	}
	changed := map[policy.ID]bool{}
	for i := range done {
		r := &done[i]
		changed[r.ID] = true
		undo := sql.NullString{}
		if !w.remove {
			text, err := w.undoing(r)
			if err != nil {
				return nil, err
			}
			undo = sql.NullString{String: text, Valid: true}
		}
		if err := t.massTarget(ctx, m.ID, r.ID, "done", undo); err != nil {
			return nil, err
		}
	}
	for _, target := range targets {
		if !changed[target.ID] {
			if err := t.massTarget(ctx, m.ID, target.ID, "left", sql.NullString{}); err != nil {
				return nil, err
			}
		}
	}
	if err := t.massSkips(ctx, m.ID, skipped); err != nil {
		return nil, err
	}
	return skipped, t.auditMass(ctx, w, m, "done", done, skipped)
}

func (t *tx) massTarget(ctx context.Context, id, record policy.ID, status string, undo sql.NullString) error {
	_, err := t.exec(ctx, "UPDATE mass_target SET status = $1, undo = $2 WHERE tenant_id = $3 AND change_id = $4 AND record_id = $5", status, undo, t.actor.Tenant, id, record)
	return err
}

// massSkips adds to what is kept of why records were left.
func (t *tx) massSkips(ctx context.Context, id policy.ID, more skipGroups) error {
	if len(more) == 0 {
		return nil
	}
	var text []byte
	var all skipGroups
	if err := t.row(ctx, "SELECT skipped FROM mass_change WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, id).Scan(&text); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	all.join(more.kept())
	kept, err := jsonText(all)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "UPDATE mass_change SET skipped = $1 WHERE tenant_id = $2 AND id = $3", kept, t.actor.Tenant, id)
	return err
}
