package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

var viewsDay = said(fault.Locked, "pool_views_day", "今天从这个公海打开的客户已到上限,明天再来", "you have opened as many records of this pool as one person may in a day: come back tomorrow")

// opened counts that the actor opens a record which lies in a pool, before it is shown, and refuses the
// one beyond the pool's limit of a day. Opening the same record again on that day counts once. Who may
// assign the record runs the pool: they look without being counted.
func (s *Session) opened(ctx context.Context, v *view, it *Item) error {
	kind := v.catalog.Kind(it.Kind)
	limited := slices.ContainsFunc(v.pools, func(p access.Pool) bool { return p.Settings.ViewsPerDay > 0 })
	if !limited || !kind.Claimed || s.actor.as != 0 || slices.Contains(it.Can, policy.Assign) {
		return nil
	}
	var lies policy.ID
	err := s.db.through(v).row(ctx, "SELECT pool_id FROM "+kind.Table+" WHERE tenant_id = $1 AND id = $2 AND owner_id IS NULL AND pool_id IS NOT NULL", v.tenant, it.ID).Scan(&lies)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	p := v.pool(lies)
	if p == nil || p.Settings.ViewsPerDay == 0 {
		return nil
	}
	full := false
	err = s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		full = false
		// One person's views wait for each other, so that they are counted one after the other.
		if err := t.lockRecord(ctx, v.catalog.Kind(records.RefPerson), s.actor.Person, false); err != nil {
			return err
		}
		day, _ := today(t.now)
		n, err := t.exec(ctx, `INSERT INTO pool_view (tenant_id, person_id, pool_id, day, record_id)
			SELECT t.tenant_id, CAST($2 AS bigint), CAST($3 AS bigint), CAST($4 AS bigint), CAST($5 AS bigint) FROM tenant t WHERE t.tenant_id = $1
			AND $6 > (SELECT count(*) FROM pool_view w WHERE w.tenant_id = $1 AND w.person_id = $2 AND w.pool_id = $3 AND w.day = $4)
			ON CONFLICT (tenant_id, person_id, pool_id, day, record_id) DO NOTHING`, v.tenant, s.actor.Person, lies, day, it.ID, p.Settings.ViewsPerDay)
		if err != nil || n == 1 {
			return err
		}
		return t.row(ctx, "SELECT NOT EXISTS (SELECT 1 FROM pool_view WHERE tenant_id = $1 AND person_id = $2 AND pool_id = $3 AND day = $4 AND record_id = $5)",
			v.tenant, s.actor.Person, lies, day, it.ID).Scan(&full)
	})
	if err != nil || !full {
		return err
	}
	if err := s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Refused, Kind: it.Kind, Record: it.ID, Detail: map[string]any{"action": string(policy.Read), "code": viewsDay.Code}}); err != nil {
		return err
	}
	return viewsDay.With("max", p.Settings.ViewsPerDay)
}
