package store

import (
	"context"
	"slices"

	"guan/policy"
)

// A request may be about many records: a change of many, or what is done with many of a pool. What is common
// to them stands here: which records those are, who is over them, and which of them somebody sees.

func (r *request) many() bool { return r.ask.Mass != nil || len(r.ask.Pooled) > 0 }

// askedOf is the set of the records of a request for many, for a statement whose first argument is the
// tenant, with the argument that it takes.
func (t *rtx) askedOf(r *request, at int) (string, any) {
	if r.ask.Mass != nil {
		return "(SELECT m.record_id FROM mass_target m WHERE m.tenant_id = $1 AND m.change_id = $2)", r.ask.Mass.Preview
	}
	return t.listed(at), idList(r.ask.records())
}

// askedMany are the records of a request for many behind one, by id, and the fields that somebody must see
// to approve.
func (t *rtx) askedMany(ctx context.Context, v *view, r *request, after policy.ID) (ids []policy.ID, fields []string, err error) {
	if r.ask.Mass != nil {
		_, fields = r.ask.Mass.Change.does()
		ids, err = t.eachID(ctx, "SELECT record_id FROM mass_target WHERE tenant_id = $1 AND change_id = $2 AND record_id > $3 ORDER BY record_id", v.tenant, r.ask.Mass.Preview, after)
		return ids, fields, err
	}
	for _, id := range r.ask.records() {
		if id > after {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, v.pooledFields(r.kind), nil
}

// manySeen are the records of a request behind one that the view sees, with all that would change: as many
// as are asked for, or all for 0.
func (t *rtx) manySeen(ctx context.Context, v *view, r *request, after policy.ID, most int) ([]policy.ID, error) {
	ids, fields, err := t.askedMany(ctx, v, r, after)
	if err != nil {
		return nil, err
	}
	var out []policy.ID
	for from := 0; from < len(ids); from += massInline {
		some := ids[from:min(from+massInline, len(ids))]
		seen, err := t.seesOf(ctx, v, r.kind, fields, some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			if seen[id] {
				out = append(out, id)
			}
			if most > 0 && len(out) == most {
				return out, nil
			}
		}
	}
	return out, nil
}

// seesMany refuses who sees none of the records with all that would change.
func seesMany(ctx context.Context, t *tx, v *view, r *request) error {
	seen, err := t.manySeen(ctx, v, r, 0, 1)
	if err == nil && len(seen) == 0 {
		err = requestUnseen
	}
	return err
}
