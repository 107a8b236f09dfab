package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// matrixState is the policy that a matrix is of: the one in force, or the one that a draft would
// put in its place, on the same company.
func (t *rtx) matrixState(ctx context.Context, v *view, draft policy.ID) (*state, error) {
	if draft == 0 {
		return v.state, nil
	}
	var text []byte
	err := t.row(ctx, "SELECT document FROM policy_draft WHERE tenant_id = $1 AND id = $2", v.tenant, draft).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "draft", "there is no such draft")
	}
	if err != nil {
		return nil, err
	}
	var d access.Document
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, err
	}
	st := &state{
		tenant: v.tenant, epoch: v.epoch, changed: v.changed, catalog: v.catalog, tree: v.tree, positions: v.positions,
		appointments: v.appointments, pools: v.pools, authored: d.Authored(v.authored),
	}
	if err := t.loadNamed(ctx, st); err != nil {
		return nil, err
	}
	st.rules, st.broken = policy.Compile(st.catalog.Schema(), access.InForce(st.authored.Lower()), st.tree.Within)
	return st, nil
}
