package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Pool is a pool by name; to whose units it is open stands in it for who has the right policy.
type Pool struct {
	ID      policy.ID    `json:"id"`
	Version int64        `json:"version"`
	Name    string       `json:"name"`
	Open    []PoolMember `json:"open,omitempty"`
}

// PoolMember opens a pool to the people of a unit, with or without what is below it.
type PoolMember struct {
	Unit  policy.ID `json:"unit"`
	Below bool      `json:"below,omitempty"`
}

const maxPoolName = 100 // characters

var noPool = fault.New(fault.NotFound, "pool", "there is no such pool")

// Pools lists the pools of the company.
func (s *Session) Pools(ctx context.Context) ([]Pool, error) {
	var pools []Pool
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		versions := map[policy.ID]int64{}
		err := t.each(ctx, func(rows *sql.Rows) error {
			var id policy.ID
			var version int64
			err := rows.Scan(&id, &version)
			versions[id] = version
			return err
		}, "SELECT id, version FROM pool WHERE tenant_id = $1", v.tenant)
		pools = []Pool{}
		for _, p := range v.pools {
			pool := Pool{ID: p.ID, Version: versions[p.ID], Name: p.Name}
			if v.may("policy") {
				for _, c := range p.Open.Any {
					pool.Open = append(pool.Open, PoolMember{c.Unit, c.Below})
				}
			}
			pools = append(pools, pool)
		}
		return err
	})
	return pools, err
}

// CreatePool makes a pool. It takes the right policy, since it decides who sees what lies in it.
// Faults: Invalid, Denied, Conflict for a name that is taken.
func (s *Session) CreatePool(ctx context.Context, name string, open []PoolMember) (*Pool, error) {
	var p access.Pool
	err := s.govern(ctx, "pool", "policy", func(t *tx, v *view) (err error) {
		p = poolOf(name, open)
		if p.ID, err = t.newID(ctx); err != nil {
			return err
		}
		if err := checkPool(v, p); err != nil {
			return err
		}
		if err := t.putPool(ctx, p); err != nil {
			return err
		}
		return t.auditPool(ctx, p, "created")
	})
	if err != nil {
		return nil, err
	}
	return s.pool(ctx, p.ID)
}

// UpdatePool renames a pool and opens it to these units and no others, in the version that was
// seen. It takes the right policy. Faults: NotFound, Stale, Invalid, Denied, Conflict.
func (s *Session) UpdatePool(ctx context.Context, id policy.ID, version int64, name string, open []PoolMember) (*Pool, error) {
	err := s.govern(ctx, "pool", "policy", func(t *tx, v *view) error {
		if err := t.sameVersion(ctx, v.tenant, "pool", id, version); err != nil {
			return err
		}
		p := poolOf(name, open)
		p.ID = id
		if err := checkPool(v, p); err != nil {
			return err
		}
		if err := t.putPool(ctx, p); err != nil {
			return err
		}
		return t.auditPool(ctx, p, "after")
	})
	if err != nil {
		return nil, err
	}
	return s.pool(ctx, id)
}

// DeletePool removes a pool in which nothing lies. It takes the right policy. Faults: NotFound,
// Stale, Denied, Conflict.
func (s *Session) DeletePool(ctx context.Context, id policy.ID, version int64) error {
	return s.govern(ctx, "pool", "policy", func(t *tx, v *view) error {
		if err := t.sameVersion(ctx, v.tenant, "pool", id, version); err != nil {
			return err
		}
		for _, kind := range v.catalog.Kinds() {
			if kind.Pool == "" {
				continue
			}
			n, err := t.countUpTo(ctx, kind, kind.Field(kind.Pool).Column, id)
			if err != nil {
				return err
			}
			if n > 0 {
				return fault.New(fault.Conflict, "pool_has_records", "records lie in the pool").With("count", n)
			}
		}
		if err := t.dropPool(ctx, id); err != nil {
			return err
		}
		for _, text := range []string{
			"DELETE FROM pool_member WHERE tenant_id = $1 AND pool_id = $2",
			"DELETE FROM pool WHERE tenant_id = $1 AND id = $2",
		} {
			if _, err := t.exec(ctx, text, t.actor.Tenant, id); err != nil {
				return err
			}
		}
		i := slices.IndexFunc(v.pools, func(p access.Pool) bool { return p.ID == id })
		return t.auditPool(ctx, v.pools[i], "deleted")
	})
}

func poolOf(name string, open []PoolMember) access.Pool {
	p := access.Pool{Name: name}
	for _, m := range open {
		p.Open.Any = append(p.Open.Any, policy.Clause{Unit: m.Unit, Below: m.Below})
	}
	return p
}

func checkPool(v *view, p access.Pool) error {
	switch {
	case strings.TrimSpace(p.Name) == "" || strings.TrimSpace(p.Name) != p.Name:
		return fault.New(fault.Invalid, "pool_name", "a pool needs a name without blanks at its ends").WithAt("name")
	case utf8.RuneCountInString(p.Name) > maxPoolName || !utf8.ValidString(p.Name) || strings.ContainsFunc(p.Name, unicode.IsControl):
		return fault.Newf(fault.Invalid, "pool_name", "the name of a pool has at most %d characters and no control characters", maxPoolName).WithAt("name").With("max", maxPoolName)
	}
	seen := map[policy.ID]bool{}
	for i, c := range p.Open.Any {
		at := fmt.Sprintf("open[%d].unit", i)
		if _, ok := v.tree.Unit(c.Unit); !ok {
			return fault.New(fault.Invalid, "unit", "there is no such unit").WithAt(at)
		}
		if seen[c.Unit] {
			return fault.New(fault.Invalid, "pool_unit", "the unit stands twice").WithAt(at)
		}
		seen[c.Unit] = true
	}
	return nil
}

// putPool writes a checked pool.
func (t *tx) putPool(ctx context.Context, p access.Pool) error {
	_, err := t.exec(ctx, `
		INSERT INTO pool (tenant_id, id, name) VALUES ($1, $2, $3)
		ON CONFLICT (tenant_id, id) DO UPDATE SET version = pool.version + 1, name = excluded.name`, t.actor.Tenant, p.ID, p.Name)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "DELETE FROM pool_member WHERE tenant_id = $1 AND pool_id = $2", t.actor.Tenant, p.ID); err != nil {
		return err
	}
	for _, c := range p.Open.Any {
		if _, err := t.exec(ctx, "INSERT INTO pool_member (tenant_id, pool_id, unit_id, below) VALUES ($1, $2, $3, $4)", t.actor.Tenant, p.ID, c.Unit, c.Below); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) auditPool(ctx context.Context, p access.Pool, what string) error {
	return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.RefPool, Record: p.ID,
		Detail: map[string]any{what: map[string]any{"name": audit.Clean(p.Name), "open": p.Open.Any}}})
}

// pool shows one pool after a change of it.
func (s *Session) pool(ctx context.Context, id policy.ID) (*Pool, error) {
	pools, err := s.Pools(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(pools, func(p Pool) bool { return p.ID == id })
	if i < 0 {
		return nil, noPool
	}
	return &pools[i], nil
}
