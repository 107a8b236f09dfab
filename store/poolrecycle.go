package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/policy"
	"guan/records"
)

// recycleChunk is how many customers one transaction of a recycling looks at.
const recycleChunk = 500

// recycleEvery is how often a pool is recycled into by itself.
const recycleEvery = 24 * time.Hour

// Recycle goes on with the recyclings under way by one part, after it has begun those that are due, and
// reports whether there is more to do. Each part is a transaction: a run that was cancelled, or whose
// program ended, stays where it is. Only the job recycle may.
func (s *System) Recycle(ctx context.Context) (more bool, err error) {
	if err := s.may(JobRecycle); err != nil {
		return false, err
	}
	if err := s.beginDue(ctx); err != nil {
		return false, err
	}
	// Workers look often and mostly in vain, which should not take a turn at SQLite's one writer.
	run, err := s.db.single().run(ctx, "r.tenant_id = $1 AND r.finished_at IS NULL ORDER BY r.created_at, r.id LIMIT 1", s.actor.Tenant)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, s.db.fault(err)
	}
	err = s.db.write(ctx, s.actor, op{name: "recycle"}, func(t *tx) error { return t.recycle(ctx, run.ID) })
	if errors.Is(err, noRun) {
		err = nil // another process, or who cancelled it, was faster
	}
	return true, err
}

// beginDue begins a run of every pool into which none was begun for a day.
func (s *System) beginDue(ctx context.Context) error {
	var pools []access.Pool
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		pools = slices.DeleteFunc(slices.Clone(v.pools), func(p access.Pool) bool { return p.Settings.Recycle == nil })
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range pools {
		var recent bool
		t := s.db.single()
		err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM pool_run WHERE tenant_id = $1 AND pool_id = $2 AND (finished_at IS NULL OR created_at > $3))",
			s.actor.Tenant, p.ID, t.now.Add(-recycleEvery).UnixMicro()).Scan(&recent)
		if err != nil || recent {
			if err != nil {
				return s.db.fault(err)
			}
			continue
		}
		err = s.db.write(ctx, s.actor, op{name: "recycle"}, func(t *tx) error {
			v, err := t.view(ctx)
			if err != nil {
				return err
			}
			now := v.pool(p.ID)
			if now == nil || now.Settings.Recycle == nil {
				return noRun
			}
			return t.beginRun(ctx, now)
		})
		if err != nil && !errors.Is(err, runOpen) && !errors.Is(err, noRun) {
			return err
		}
	}
	return nil
}

// recycle does one part of a run.
func (t *tx) recycle(ctx context.Context, id policy.ID) error {
	// The run's row makes parts of it wait for each other, and its cancellation for a part.
	if _, err := t.exec(ctx, "UPDATE pool_run SET status = 'running' WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL", t.actor.Tenant, id); err != nil {
		return err
	}
	run, err := t.run(ctx, "r.tenant_id = $1 AND r.id = $2 AND r.finished_at IS NULL", t.actor.Tenant, id)
	if errors.Is(err, sql.ErrNoRows) {
		return noRun
	}
	if err != nil {
		return err
	}
	v, err := t.view(ctx)
	if err != nil {
		return err
	}
	kind, p := v.catalog.Kind(access.Pooled), v.pool(run.Pool)
	if p == nil || p.Settings.Recycle == nil {
		return t.endRun(ctx, run, Cancelled)
	}
	units := idList(v.openUnits(p))
	if run.last == 0 {
		err := t.row(ctx, "SELECT count(*) FROM customer c WHERE "+t.recyclable(), v.tenant, units, 0).Scan(&run.Total)
		if err != nil {
			return err
		}
	}
	ids, err := t.eachID(ctx, "SELECT c.id FROM customer c WHERE "+t.recyclable()+" ORDER BY c.id LIMIT $4", v.tenant, units, run.last, recycleChunk)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return t.endRun(ctx, run, Done)
	}
	run.Looked, run.last = run.Looked+int64(len(ids)), ids[len(ids)-1]
	if err := t.recycleSome(ctx, v, kind, p, run, ids); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE pool_run SET total = $1, looked = $2, warned = $3, taken = $4, kept = $5, last_id = $6 WHERE tenant_id = $7 AND id = $8",
		run.Total, run.Looked, run.Warned, run.Taken, run.Kept, run.last, v.tenant, run.ID); err != nil {
		return err
	}
	if t.entries == 0 { // a part that left everything as it was says so too
		return t.auditRun(ctx, p.ID, map[string]any{"recycling": turnPart, "run": run.ID, "looked": len(ids)})
	}
	return nil
}

func (t *tx) endRun(ctx context.Context, run *PoolRun, status WorkStatus) error {
	if _, err := t.exec(ctx, "UPDATE pool_run SET status = $1, finished_at = $2 WHERE tenant_id = $3 AND id = $4", string(status), t.nowMicros(), t.actor.Tenant, run.ID); err != nil {
		return err
	}
	return t.auditRun(ctx, run.Pool, map[string]any{"recycling": string(status), "run": run.ID, "looked": run.Looked, "warned": run.Warned, "taken": run.Taken, "kept": run.Kept})
}

// openUnits are the units to whose people a pool is open: their customers come back into it.
func (v *view) openUnits(p *access.Pool) []policy.ID {
	var units []policy.ID
	for _, c := range p.Open.Any {
		if c.Below {
			units = append(units, v.tree.Within(c.Unit)...)
		} else {
			units = append(units, c.Unit)
		}
	}
	return units
}

// recyclable says which customers a run looks at: $1 the tenant, $2 units, $3 the last one seen.
func (t *rtx) recyclable() string {
	return "c.tenant_id = $1 AND c.id > $3 AND c.owner_id IS NOT NULL AND c.pool_id IS NULL AND c.stage <> 'merged' AND c.unit_id IN " + t.listed(2)
}

// recycleSome judges customers twice: as they are, and those that would come back once more under a
// lock. Who records an activity, a contract or a ticket holds the customer until the commit; the lock
// waits for that, and what is read after it has seen it. So none comes back with an activity that was
// committed before.
func (t *tx) recycleSome(ctx context.Context, v *view, kind *records.Kind, p *access.Pool, run *PoolRun, ids []policy.ID) error {
	rule := p.Settings.Recycle
	first, err := t.tenures(ctx, v, ids)
	if err != nil {
		return err
	}
	var some []policy.ID
	for _, id := range ids {
		if at := first[id]; at != nil && rule.Judge(at.Standing, t.now) != access.Stays {
			some = append(some, id)
		}
	}
	if len(some) == 0 {
		return nil
	}
	if err := t.lockMany(ctx, kind, some, true); err != nil {
		return err
	}
	now, err := t.tenures(ctx, v, some)
	if err != nil {
		return err
	}
	fits, err := t.accepts(ctx, v, p.ID, some)
	if err != nil {
		return err
	}
	var back []policy.ID
	why := map[policy.ID]access.Verdict{}
	for _, id := range some {
		at := now[id]
		if at == nil || !fits[id] {
			continue
		}
		switch verdict := rule.Judge(at.Standing, t.now); {
		case verdict == access.Protected:
			run.Kept++
		case verdict == access.Warned:
			run.Warned++
			if err := t.warn(ctx, v, kind, p, id, at); err != nil {
				return err
			}
		case verdict.Takes():
			back, why[id] = append(back, id), verdict
		}
	}
	if len(back) == 0 {
		return nil
	}
	taken, err := t.putBack(ctx, v, kind, p.ID, back)
	if err != nil {
		return err
	}
	run.Taken += int64(len(taken))
	schema := v.catalog.Schema().Kind(kind.Name)
	entries := make([]audit.Entry, len(taken))
	for i, id := range taken {
		diff := audit.Diff(schema, map[string]policy.Value{"owner": policy.RefOf(now[id].owner)}, map[string]policy.Value{"pool": policy.RefOf(p.ID)})
		entries[i] = audit.Entry{Action: audit.Recycled, Kind: kind.Name, Record: id, Fields: audit.Names(diff),
			Detail: map[string]any{"changes": diff, "run": run.ID, "pool": p.ID, "why": string(why[id])}}
	}
	for _, verdict := range []access.Verdict{access.Idle, access.NoDeal} { // a leaver is told of nothing
		told := map[policy.ID]policy.ID{}
		for _, id := range taken {
			if why[id] == verdict {
				told[id] = now[id].owner
			}
		}
		if err := t.notifyAll(ctx, NoticeRecycled, kind.Name, told, map[string]any{"pool": p.ID, "why": string(verdict)}); err != nil {
			return err
		}
	}
	return t.auditAll(ctx, entries)
}

// warn tells an owner that a customer goes back soon.
func (t *tx) warn(ctx context.Context, v *view, kind *records.Kind, p *access.Pool, id policy.ID, at *tenure) error {
	_, err := t.exec(ctx, `INSERT INTO pool_stay (tenant_id, kind, record_id, since_at, warned_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (tenant_id, kind, record_id) DO UPDATE SET warned_at = excluded.warned_at`, v.tenant, string(kind.Name), id, at.since, t.nowMicros())
	if err != nil {
		return err
	}
	if err := t.notify(ctx, at.owner, NoticeRecycles, kind.Name, id, map[string]any{"pool": p.ID, "at": p.Settings.Recycle.Comes(at.Standing, t.now)}); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.Recycled, Kind: kind.Name, Record: id, Detail: map[string]any{"warned": at.owner, "pool": p.ID}})
}

// tenure is what Judge asks, with whose customer it is and since when.
type tenure struct {
	access.Standing
	owner policy.ID
	since int64
}

// contractStages lists, for SQL, in what stages a contract runs (what is not a draft and has not ended,
// also of the company's own stages), and in what there is a deal: also where it was won, and not yet in
// review.
func contractStages(k *records.Kind) (runs, dealt string) {
	var on, deal []string
	for _, s := range k.Stages {
		if s.Outcome == "" && s.Code != "draft" {
			on = append(on, s.Code)
		}
		if s.Outcome == records.Won || s.Outcome == "" && s.Code != "draft" && s.Code != "review" {
			deal = append(deal, s.Code)
		}
	}
	return "'" + joinWords(on) + "'", "'" + joinWords(deal) + "'"
}

// tenures reads what the days are counted from. An activity counts by when it happened and by when it
// was written; a contract from when it was signed. No day counts from
// before the owner had the customer, and none from what lies ahead or is only planned: who writes down a
// visit of next year would keep a customer until then.
func (t *tx) tenures(ctx context.Context, v *view, ids []policy.ID) (map[policy.ID]*tenure, error) {
	greatest := t.pick("max", "greatest")
	runs, dealt := contractStages(v.catalog.Kind("contract"))
	text := `SELECT c.id, c.owner_id, coalesce(s.since_at, c.created_at), s.warned_at,
		` + greatest + `(coalesce(s.since_at, c.created_at), CASE WHEN c.last_contact_at <= $4 THEN c.last_contact_at ELSE 0 END,
			coalesce((SELECT max(` + greatest + `(a.created_at, a.updated_at, CASE WHEN a.happened_at <= $4 AND a.stage NOT IN ('planned', 'cancelled') THEN a.happened_at ELSE 0 END)) FROM activity a WHERE a.tenant_id = $1 AND a.customer_id = c.id), 0)),
		` + greatest + `(coalesce(s.since_at, c.created_at),
			coalesce((SELECT max(CASE WHEN k.signed_on <= $4 THEN k.signed_on ELSE k.created_at END) FROM contract k WHERE k.tenant_id = $1 AND k.customer_id = c.id AND k.stage IN (` + dealt + `)), 0)),
		EXISTS (SELECT 1 FROM contract k WHERE k.tenant_id = $1 AND k.customer_id = c.id AND k.stage IN (` + runs + `) AND (k.stage <> 'signed' OR k.ends_on IS NULL OR k.ends_on >= $3))
			OR EXISTS (SELECT 1 FROM ticket k WHERE k.tenant_id = $1 AND k.customer_id = c.id AND k.stage NOT IN ('` + joinWords(v.catalog.Kind("ticket").Ended()) + `')),
		NOT EXISTS (SELECT 1 FROM person p WHERE p.tenant_id = $1 AND p.id = c.owner_id AND p.active AND p.stage <> 'left')
		FROM customer c LEFT JOIN pool_stay s ON s.tenant_id = c.tenant_id AND s.kind = 'customer' AND s.record_id = c.id
		WHERE c.tenant_id = $1 AND c.owner_id IS NOT NULL AND c.pool_id IS NULL AND c.id IN ` + t.listed(2)
	out := make(map[policy.ID]*tenure, len(ids))
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		s := &tenure{}
		var touched, dealt int64
		var warned *int64
		if err := rows.Scan(&id, &s.owner, &s.since, &warned, &touched, &dealt, &s.Held, &s.Left); err != nil {
			return err
		}
		s.Touched, s.Dealt, s.Warned = time.UnixMicro(touched).UTC(), time.UnixMicro(dealt).UTC(), instant(warned)
		out[id] = s
		return nil
	}, text, t.actor.Tenant, idList(ids), t.now.Add(-24*time.Hour).UnixMicro(), t.nowMicros()) // a contract runs on the day on which it ends
	return out, err
}
