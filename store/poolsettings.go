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
		return t.putSettings(ctx, v, id, settings)
	})
	if err != nil {
		return nil, err
	}
	return s.PoolStanding(ctx, id)
}

// putSettings writes checked settings.
func (t *tx) putSettings(ctx context.Context, v *view, id policy.ID, settings access.PoolSettings) error {
	text, err := jsonText(settings)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE pool SET settings = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3", text, v.tenant, id); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.RefPool, Record: id,
		Detail: map[string]any{"before": v.pool(id).Settings, "after": settings}})
}

// strikeShown takes a unit or position that is removed from those to whom pools show what they hide:
// to fewer people, never to more.
func (t *tx) strikeShown(ctx context.Context, v *view, gone func(policy.Clause) bool) error {
	for _, p := range v.pools {
		if !slices.ContainsFunc(p.Settings.ShownTo, gone) {
			continue
		}
		settings := p.Settings
		settings.ShownTo = slices.DeleteFunc(slices.Clone(p.Settings.ShownTo), gone)
		if err := t.putSettings(ctx, v, p.ID, settings); err != nil {
			return err
		}
	}
	return nil
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
