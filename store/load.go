package store

import (
	"context"
	"database/sql"

	"guan/policy"
)

// load reads a record past the gate, with the related records that the engine needs to decide
// on it. It serves explanations and simulations; nothing of it is shown.
func (t *rtx) load(ctx context.Context, v *view, schema *policy.KindSchema, id policy.ID, needs *policy.Needs) (*policy.Row, error) {
	rows, err := t.loadWhere(ctx, v, schema, needs, "id = $2", id)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, noRecord
	}
	return rows[0], nil
}

func (t *rtx) loadWhere(ctx context.Context, v *view, schema *policy.KindSchema, needs *policy.Needs, where string, args ...any) ([]*policy.Row, error) {
	found, err := t.wholeOf(ctx, v.tenant, schema, where, args...)
	if err != nil {
		return nil, err
	}
	rows := make([]*policy.Row, len(found))
	for i, w := range found {
		rows[i] = &policy.Row{Kind: schema.Name, ID: w.id, Values: w.values, Parents: map[string]*policy.Row{}, Related: map[string][]*policy.Row{}}
		if needs.Team {
			if rows[i].Team, err = t.team(ctx, v.tenant, schema.Name, w.id); err != nil {
				return nil, err
			}
		}
		for name, more := range needs.Relations {
			if err := t.loadRelated(ctx, v, schema, rows[i], name, more); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

func (t *rtx) loadRelated(ctx context.Context, v *view, schema *policy.KindSchema, row *policy.Row, name string, needs *policy.Needs) error {
	relation, ok := schema.Relation(name)
	if !ok {
		return nil
	}
	other := schema.Related(relation)
	if relation.Many {
		related, err := t.loadWhere(ctx, v, other, needs, other.Field(relation.Field).Column+" = $2", row.ID)
		row.Related[name] = related
		return err
	}
	to := row.Values[relation.Field]
	if to.Missing() {
		return nil
	}
	parents, err := t.loadWhere(ctx, v, other, needs, "id = $2", to.ID())
	if len(parents) == 1 {
		row.Parents[name] = parents[0]
	}
	return err
}

func (t *rtx) team(ctx context.Context, tenant policy.ID, kind policy.Kind, id policy.ID) ([]policy.Member, error) {
	var out []policy.Member
	err := t.each(ctx, func(rows *sql.Rows) error {
		var m policy.Member
		var from, until *int64
		err := rows.Scan(&m.Person, &from, &until)
		m.From, m.Until = instant(from), instant(until)
		out = append(out, m)
		return err
	}, "SELECT person_id, from_at, until_at FROM team WHERE tenant_id = $1 AND kind = $2 AND record_id = $3", tenant, string(kind), id)
	return out, err
}

// activePeople pages through the people whose account is open, by id.
func (t *rtx) activePeople(ctx context.Context, tenant, from policy.ID, limit int) ([]Name, error) {
	var out []Name
	err := t.each(ctx, func(rows *sql.Rows) error {
		var n Name
		err := rows.Scan(&n.ID, &n.Name, &n.Login)
		out = append(out, n)
		return err
	}, "SELECT id, name, login FROM person WHERE tenant_id = $1 AND id > $2 AND active ORDER BY id LIMIT $3", tenant, from, limit)
	return out, err
}
