package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// PoolStanding is a pool as one person works with it: its limits, and how much of them is used up.
type PoolStanding struct {
	ID      policy.ID `json:"id"`
	Version int64     `json:"version"`
	Name    string    `json:"name"`

	ClaimsPerDay int `json:"claims_per_day"` // 0: no limit, here and below
	ClaimsToday  int `json:"claims_today"`
	ClaimsHeld   int `json:"claims_held"` // the most that one person has at a time
	Held         int `json:"held"`
	ViewsPerDay  int `json:"views_per_day"`
	ViewsToday   int `json:"views_today"`
	CoolDownDays int `json:"cool_down_days"`

	// Settings are the whole of it, for who has the right policy.
	Settings *access.PoolSettings `json:"settings,omitempty"`
}

// pool finds a pool in the policy; nil when there is none.
func (v *view) pool(id policy.ID) *access.Pool {
	i := slices.IndexFunc(v.pools, func(p access.Pool) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	return &v.pools[i]
}

// today numbers the day of an instant, in the time of the company.
func today(now time.Time) (day int64, since time.Time) {
	year, month, date := now.In(chinaTime).Date()
	since = time.Date(year, month, date, 0, 0, 0, 0, chinaTime)
	return since.Unix() / (24 * 60 * 60), since
}

// PoolStanding shows a pool that is open to the actor, and any to who has the right policy. Faults:
// NotFound.
func (s *Session) PoolStanding(ctx context.Context, id policy.ID) (*PoolStanding, error) {
	var st *PoolStanding
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		p, governs := v.pool(id), v.may("policy")
		if p == nil || !governs && !slices.Contains(v.bound.Subject().Pools, id) {
			return noPool
		}
		set := &p.Settings
		st = &PoolStanding{ID: id, Name: p.Name, ClaimsPerDay: set.ClaimsPerDay, ClaimsHeld: set.ClaimsHeld, ViewsPerDay: set.ViewsPerDay, CoolDownDays: set.CoolDownDays}
		if governs {
			st.Settings = set
		}
		day, since := today(t.now)
		return t.row(ctx, `SELECT p.version,
			(SELECT count(*) FROM pool_claim c WHERE c.tenant_id = $1 AND c.person_id = $3 AND c.pool_id = $2 AND c.claimed_at >= $4 AND c.by_id IS NULL),
			(SELECT count(*) FROM pool_stay h WHERE h.tenant_id = $1 AND h.person_id = $3 AND h.pool_id = $2),
			(SELECT count(*) FROM pool_view w WHERE w.tenant_id = $1 AND w.person_id = $3 AND w.pool_id = $2 AND w.day = $5)
			FROM pool p WHERE p.tenant_id = $1 AND p.id = $2`, v.tenant, id, s.actor.Person, since.UnixMicro(), day).
			Scan(&st.Version, &st.ClaimsToday, &st.Held, &st.ViewsToday)
	})
	return st, err
}

// SetPool says how a pool is worked with, in the version that was seen. It takes the right policy.
// What it hides is a rule of the policy and in force with the commit. Faults: NotFound, Stale,
// Invalid, Denied.
func (s *Session) SetPool(ctx context.Context, id policy.ID, version int64, settings access.PoolSettings) (*PoolStanding, error) {
	err := s.govern(ctx, "pool", "policy", func(t *tx, v *view) error {
		if err := t.sameVersion(ctx, v.tenant, "pool", id, version); err != nil {
			return err
		}
		if err := settings.Check(v.catalog.Schema()); err != nil {
			return err
		}
		if err := t.checkShown(ctx, v, settings.ShownTo); err != nil {
			return err
		}
		text, err := jsonText(settings)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE pool SET settings = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3", text, v.tenant, id); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.RefPool, Record: id,
			Detail: map[string]any{"before": v.pool(id).Settings, "after": settings}})
	})
	if err != nil {
		return nil, err
	}
	return s.PoolStanding(ctx, id)
}

// checkShown asks whether those to whom a pool shows all the same exist.
func (t *tx) checkShown(ctx context.Context, v *view, clauses []policy.Clause) error {
	for _, c := range clauses {
		unknown := fault.New(fault.Invalid, "pool_shown", "there is no such person, position or unit").WithAt("shown_to")
		if c.Unit != 0 {
			if _, ok := v.tree.Unit(c.Unit); !ok {
				return unknown
			}
		}
		if c.Position != "" && !slices.ContainsFunc(v.positions, func(p org.Position) bool { return p.Code == c.Position }) {
			return unknown
		}
		if c.Person != 0 {
			if err := t.checkPeople(ctx, v, "shown_to", c.Person); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropPool forgets what was kept for a pool that is removed.
func (t *tx) dropPool(ctx context.Context, id policy.ID) error {
	for _, text := range []string{
		"DELETE FROM pool_claim WHERE tenant_id = $1 AND pool_id = $2",
		"DELETE FROM pool_view WHERE tenant_id = $1 AND pool_id = $2",
		"DELETE FROM pool_run WHERE tenant_id = $1 AND pool_id = $2",
		"UPDATE pool_stay SET pool_id = NULL WHERE tenant_id = $1 AND pool_id = $2",
	} {
		if _, err := t.exec(ctx, text, t.actor.Tenant, id); err != nil {
			return err
		}
	}
	return nil
}

// moved keeps what is known of where a record of a pooled kind is, whichever way its owner or pool
// changes: since when, and whom it left.
func (t *tx) moved(ctx context.Context, kind *records.Kind, id, pool, before, after policy.ID) error {
	if !kind.Claimed {
		return nil
	}
	_, err := t.exec(ctx, `
		INSERT INTO pool_stay (tenant_id, kind, record_id, pool_id, person_id, since_at) VALUES ($1, $2, $3, $4, NULL, $5)
		ON CONFLICT (tenant_id, kind, record_id) DO UPDATE SET pool_id = excluded.pool_id, person_id = NULL, since_at = excluded.since_at, warned_at = NULL`,
		t.actor.Tenant, string(kind.Name), id, optionalID(pool), t.nowMicros())
	if err != nil || before == 0 || before == after {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO pool_left (tenant_id, kind, record_id, person_id, left_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (tenant_id, kind, record_id, person_id) DO UPDATE SET left_at = excluded.left_at`,
		t.actor.Tenant, string(kind.Name), id, before, t.nowMicros())
	return err
}

// eachID reads a column of ids.
func (t *rtx) eachID(ctx context.Context, text string, args ...any) ([]policy.ID, error) {
	var ids []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, text, args...)
	return ids, err
}

// forgetStay removes what was kept of a record that is removed.
func (t *tx) forgetStay(ctx context.Context, kind *records.Kind, id policy.ID) error {
	for _, table := range []string{"pool_stay", "pool_left"} {
		if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE tenant_id = $1 AND kind = $2 AND record_id = $3", t.actor.Tenant, string(kind.Name), id); err != nil {
			return err
		}
	}
	return nil
}
