package store

import (
	"context"
	"maps"
	"slices"

	"guan/policy"
)

// strangers marks the rows of new records that were put into a pool which does not take them.
func (w *recordWriter) strangers(ctx context.Context, list []*importRow, made map[*importRow]newRecord) (bool, error) {
	kind := w.plan.kind
	if !kind.Claimed {
		return false, nil
	}
	into := map[policy.ID][]policy.ID{}
	for _, r := range list {
		if pool := made[r].values[kind.Pool].ID(); pool != 0 {
			into[pool] = append(into[pool], made[r].id)
		}
	}
	fits := map[policy.ID]bool{}
	for _, pool := range slices.Sorted(maps.Keys(into)) {
		some, err := w.t.accepts(ctx, w.v, pool, into[pool])
		if err != nil {
			return false, err
		}
		maps.Copy(fits, some)
	}
	refused := false
	for _, r := range list {
		if made[r].values[kind.Pool].ID() != 0 && !fits[made[r].id] {
			w.plan.wrongAt(r, poolRefuses)
			refused = true
		}
	}
	return refused, nil
}
