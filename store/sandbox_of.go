package store

import (
	"context"
	"slices"

	"guan/grants"
	"guan/policy"
)

// This file says in which sandboxes a record lies.

// lying finds a record that the actor reads, and answers of sandboxes whether it lies in them: as far
// as the actor may know of these, or anybodys of everybody's. A condition of a share is asked as a
// filter of the actor's own, so that it tells nothing of what is not plain to them.
func (t *rtx) lying(ctx context.Context, v *view, kind policy.Kind, id policy.ID, anybodys bool) (func(*grants.Sandbox) (bool, error), error) {
	described := v.catalog.Kind(kind)
	if described == nil {
		return nil, noRecord
	}
	s := v.shape(described, []string{})
	row, err := t.one(ctx, s, id)
	if err != nil {
		return nil, err
	}
	reached, known := reachedIn(s.boxed, row.answer), v.knownFields(described)
	return func(box *grants.Sandbox) (bool, error) {
		role := v.roleIn(box)
		if box.At(v.now) == grants.Ended || role != RoleSponsor && role != RoleMember && !anybodys {
			return false, nil
		}
		if slices.Contains(reached, box.ID) {
			return true, nil
		}
		var any policy.Cond
		for _, x := range box.Shares {
			if _, end := x.Window(); !end.After(v.now) {
				continue
			}
			all, named := sharedOf(box.Grant(x), kind, id)
			if named {
				return true, nil
			}
			for _, conds := range all {
				cond := policy.Cond{Op: policy.OpAll, Args: conds}
				if unknownIn(&cond, known) == nil {
					any.Args = append(any.Args, cond)
				}
			}
		}
		if any.Op = policy.OpAny; len(any.Args) == 0 {
			return false, nil
		}
		filter, err := v.bound.BindFilter(kind, &any)
		if err != nil {
			return false, err
		}
		q := s.list(1)
		q.ID, q.Filter = id, filter
		rows, err := t.fetch(ctx, q)
		return len(rows) > 0, err
	}, nil
}

// sharedOf says what a record of a kind must satisfy to be what a share gives, or to go along with it,
// in one of several ways; or that the share names it, which is all.
func sharedOf(g grants.Grant, kind policy.Kind, id policy.ID) (ways [][]policy.Cond, named bool) {
	if g.Kind == kind && (len(g.Records) == 0 || slices.Contains(g.Records, id)) {
		conds := g.Conditions()
		if len(conds) == 0 {
			return nil, len(g.Records) > 0
		}
		ways = append(ways, conds)
	}
	for _, a := range g.Along {
		if a.Kind == kind {
			ways = append(ways, a.Of(g).Conditions())
		}
	}
	return ways, false
}
