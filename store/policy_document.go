package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"guan/access"
	"guan/policy"
)

// The policy as administrators write it is one document: see access.Document. Here it is read from
// its tables and written into them.

// loadPacks puts the company's own packs beside the presets.
func (t *rtx) loadPacks(ctx context.Context, st *state) error {
	st.authored.Packs = access.Presets
	err := t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return err
		}
		var p access.PackDocument
		if err := json.Unmarshal(document, &p); err != nil {
			return err
		}
		st.document.Packs = append(st.document.Packs, p)
		return nil
	}, "SELECT document FROM pack WHERE tenant_id = $1 ORDER BY seq, id", st.tenant)
	if len(st.document.Packs) > 0 {
		st.authored.Packs = slices.Clone(access.Presets)
	}
	for _, p := range st.document.Packs {
		st.authored.Packs = append(st.authored.Packs, p.Pack())
	}
	return err
}

// under is the state as it would be under another document, in the same company.
func (t *rtx) under(ctx context.Context, st *state, d access.Document) (*state, error) {
	after := &state{tenant: st.tenant, epoch: st.epoch, changed: st.changed, catalog: st.catalog, tree: st.tree, positions: st.positions,
		appointments: st.appointments, pools: st.pools, authored: d.Authored(st.authored), document: d,
		subjects: map[policy.ID]subjectUntil{}, shares: map[shareKey]share{}}
	if err := t.loadNamed(ctx, after); err != nil {
		return nil, err
	}
	after.rules, after.broken = policy.Compile(after.catalog.Schema(), access.InForce(after.authored.Lower()), after.tree.Within)
	return after, nil
}

// putDocument makes the tables say what the document says. Parts that stay as they are keep their
// rows untouched but for their place in the order.
func (t *tx) putDocument(ctx context.Context, before, after access.Document) error {
	if err := t.putPacks(ctx, before.Packs, after.Packs); err != nil {
		return err
	}
	for _, a := range before.Assignments {
		if !slices.ContainsFunc(after.Assignments, func(o access.Assignment) bool { return o.ID == a.ID }) {
			if _, err := t.exec(ctx, "DELETE FROM pack_assignment WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, a.ID); err != nil {
				return err
			}
		}
	}
	for _, a := range after.Assignments {
		if err := t.assignPack(ctx, a); err != nil {
			return err
		}
	}
	for _, r := range before.Rules {
		if !slices.ContainsFunc(after.Rules, func(o access.RuleDocument) bool { return o.ID == r.ID }) {
			if _, err := t.exec(ctx, "DELETE FROM rule WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, r.ID); err != nil {
				return err
			}
		}
	}
	for i, r := range after.Rules {
		if err := t.putPart(ctx, "rule", r.ID, i+1, r.Rule()); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putPacks(ctx context.Context, before, after []access.PackDocument) error {
	for _, p := range before {
		if !slices.ContainsFunc(after, func(o access.PackDocument) bool { return o.ID == p.ID }) {
			if _, err := t.exec(ctx, "DELETE FROM pack WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, p.ID); err != nil {
				return err
			}
		}
	}
	for i, p := range after {
		if err := t.putPart(ctx, "pack", p.ID, i+1, p); err != nil {
			return err
		}
	}
	return nil
}

// putPart writes a pack or a rule at its place in the order.
func (t *tx) putPart(ctx context.Context, table, id string, seq int, part any) error {
	document, err := jsonText(part)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, fmt.Sprintf(`
		INSERT INTO %[1]s (tenant_id, id, seq, document, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)
		ON CONFLICT (tenant_id, id) DO UPDATE SET seq = excluded.seq, document = excluded.document,
			updated_at = CASE WHEN %[1]s.document = excluded.document THEN %[1]s.updated_at ELSE excluded.updated_at END`, table),
		t.actor.Tenant, id, seq, document, t.nowMicros())
	return err
}
