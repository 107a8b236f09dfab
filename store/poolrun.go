package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// PoolRun is one recycling into a pool: every customer whose unit the pool is open to, and whose owner
// has been silent for too long or has left, comes back. It stands in its table with how far it is, so
// that any process goes on with it after any other.
type PoolRun struct {
	ID         policy.ID  `json:"id"`
	Pool       policy.ID  `json:"pool"`
	Status     WorkStatus `json:"status"`
	Total      int64      `json:"total"` // customers to look at, counted at the beginning
	Looked     int64      `json:"looked"`
	Warned     int64      `json:"warned"` // owners were told
	Taken      int64      `json:"taken"`  // came back
	Kept       int64      `json:"kept"`   // would have, but a contract runs or a ticket is open
	By         *Name      `json:"by,omitempty"`
	CreatedAt  time.Time  `json:"created_at"`
	FinishedAt *time.Time `json:"finished_at,omitempty"`

	last policy.ID // the customer up to which it is
}

var (
	noRun      = fault.New(fault.NotFound, "pool_run", "the pool was never recycled into")
	runOpen    = said(fault.Conflict, "pool_run_open", "这个公海正在回收", "a recycling into this pool is under way")
	noRecycles = said(fault.Conflict, "pool_no_recycling", "这个公海没有回收规则", "the pool has no rule by which customers come back")
)

// RecyclePool begins to recycle into a pool; the program does it in the background. It takes the right
// policy. Faults: NotFound, Denied, Conflict (pool_run_open, pool_no_recycling).
func (s *Session) RecyclePool(ctx context.Context, pool policy.ID) (*PoolRun, error) {
	err := s.overPool(ctx, pool, func(t *tx, v *view, p *access.Pool) error {
		if p.Settings.Recycle == nil {
			return noRecycles
		}
		return t.beginRun(ctx, p)
	})
	if err != nil {
		return nil, err
	}
	return s.PoolRun(ctx, pool)
}

// CancelPoolRun ends the recycling into a pool that is under way; what came back stays. It takes the
// right policy. Faults: NotFound, Denied.
func (s *Session) CancelPoolRun(ctx context.Context, pool policy.ID) error {
	return s.overPool(ctx, pool, func(t *tx, v *view, p *access.Pool) error {
		n, err := t.exec(ctx, "UPDATE pool_run SET status = 'cancelled', finished_at = $1 WHERE tenant_id = $2 AND pool_id = $3 AND finished_at IS NULL", t.nowMicros(), v.tenant, pool)
		if err != nil {
			return err
		}
		if n == 0 {
			return noRun
		}
		return t.auditRun(ctx, pool, map[string]any{"recycling": string(Cancelled)})
	})
}

// PoolRun shows the last recycling into a pool. It takes the right policy. Faults: NotFound, Denied.
func (s *Session) PoolRun(ctx context.Context, pool policy.ID) (*PoolRun, error) {
	var run *PoolRun
	err := s.oversee(ctx, "pool", func(t *rtx, v *view) error {
		if v.pool(pool) == nil {
			return noPool
		}
		var err error
		run, err = t.run(ctx, "r.tenant_id = $1 AND r.pool_id = $2 ORDER BY r.created_at DESC, r.id DESC LIMIT 1", v.tenant, pool)
		if errors.Is(err, sql.ErrNoRows) {
			return noRun
		}
		return err
	}, "policy")
	return run, err
}

// poolRunsPage is how many runs are shown.
const poolRunsPage = 50

// PoolRuns shows the recyclings into a pool, the newest first. It takes the right policy. Faults:
// NotFound, Denied.
func (s *Session) PoolRuns(ctx context.Context, pool policy.ID) ([]PoolRun, error) {
	var runs []PoolRun
	err := s.oversee(ctx, "pool", func(t *rtx, v *view) error {
		if v.pool(pool) == nil {
			return noPool
		}
		var err error
		runs, err = t.runs(ctx, "r.tenant_id = $1 AND r.pool_id = $2 ORDER BY r.created_at DESC, r.id DESC LIMIT $3", v.tenant, pool, poolRunsPage)
		return err
	}, "policy")
	return runs, err
}

// overPool is the frame of what is done with the runs of a pool. It changes nothing of the policy.
func (s *Session) overPool(ctx context.Context, pool policy.ID, do func(*tx, *view, *access.Pool) error) error {
	err := s.db.administer(ctx, s.actor, op{name: "pool_run"}, "policy", func(t *tx, v *view) error {
		p := v.pool(pool)
		if p == nil {
			return noPool
		}
		return do(t, v, p)
	})
	return s.declined(ctx, "pool_run", err)
}

// run reads one run; without one it is sql.ErrNoRows.
func (t *rtx) run(ctx context.Context, where string, args ...any) (*PoolRun, error) {
	return theOne(t.runs(ctx, where, args...))
}

func (t *rtx) runs(ctx context.Context, where string, args ...any) ([]PoolRun, error) {
	list := []PoolRun{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var r PoolRun
		var by sql.NullInt64
		var name sql.NullString
		var created int64
		var finished *int64
		if err := rows.Scan(&r.ID, &r.Pool, &r.Status, &r.Total, &r.Looked, &r.Warned, &r.Taken, &r.Kept, &by, &name, &created, &finished, &r.last); err != nil {
			return err
		}
		r.By = joinedName(by, name)
		r.CreatedAt, r.FinishedAt = time.UnixMicro(created).UTC(), instant(finished)
		list = append(list, r)
		return nil
	}, `SELECT r.id, r.pool_id, r.status, r.total, r.looked, r.warned, r.taken, r.kept, r.by_id, p.name, r.created_at, r.finished_at, r.last_id
		FROM pool_run r LEFT JOIN person p ON p.tenant_id = r.tenant_id AND p.id = r.by_id WHERE `+where, args...)
	return list, err
}

// beginRun writes down that customers shall come back into a pool. There is one run of a pool at a
// time: the table holds it.
func (t *tx) beginRun(ctx context.Context, p *access.Pool) error {
	id, err := t.newID(ctx)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "DELETE FROM pool_run WHERE tenant_id = $1 AND pool_id = $2 AND id IN (SELECT id FROM pool_run WHERE tenant_id = $1 AND pool_id = $2 AND finished_at IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT 1000 OFFSET 100)",
		t.actor.Tenant, p.ID); err != nil {
		return err
	}
	n, err := t.exec(ctx, "INSERT INTO pool_run (tenant_id, id, pool_id, status, by_id, created_at) VALUES ($1, $2, $3, 'queued', $4, $5) ON CONFLICT (tenant_id, pool_id) WHERE finished_at IS NULL DO NOTHING",
		t.actor.Tenant, id, p.ID, optionalID(t.actor.Person), t.nowMicros())
	if err != nil {
		return err
	}
	if n == 0 {
		return runOpen
	}
	return t.auditRun(ctx, p.ID, map[string]any{"recycling": turnBegun, "run": id})
}

func (t *tx) auditRun(ctx context.Context, pool policy.ID, detail map[string]any) error {
	return t.audit(ctx, audit.Entry{Action: audit.Recycled, Kind: records.RefPool, Record: pool, Detail: detail})
}
