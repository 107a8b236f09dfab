package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"guan/audit"
	"guan/policy"
)

const (
	taggedRead = 500 // records, the last changed
	tagsGiven  = 100
	tagTime    = 2 * time.Second
)

// Tags lists the tags that stand on records of a kind, the most used first, to be offered where
// somebody tags another. They are read as a list reads them, from the records that were changed last
// among those which have some: a tag that stands only where the actor may not read it is not there,
// and one that nobody has used for long may not be. Faults: NotFound for a kind that does not exist;
// Locked where the question takes too long.
func (s *Session) Tags(ctx context.Context, kind policy.Kind) ([]string, error) {
	ctx, enough := context.WithTimeout(ctx, tagTime)
	defer enough()
	var list []string
	var entry audit.Entry
	err := s.db.look(ctx, s.actor, func(v *view) error {
		list = []string{}
		described := v.catalog.Kind(kind)
		if described == nil {
			return noKind
		}
		if v.knownFields(described)["tags"] == nil {
			entry = audit.Entry{Action: audit.Count, Kind: kind, Epoch: v.epoch, Detail: map[string]any{"group": "tags"}}
			return nil
		}
		l, err := v.prepare(ListQuery{Kind: kind, Filter: "has(r.tags)", Fields: []string{"tags"}})
		if err != nil {
			return err
		}
		l.limit = taggedRead
		page, err := s.db.reading(l).page(ctx, l)
		if err != nil {
			return err
		}
		used := map[string]int{}
		for _, item := range page.Items {
			tags, _ := item.Fields["tags"].([]string)
			for _, tag := range tags {
				used[tag]++
			}
		}
		list = slices.SortedFunc(maps.Keys(used), func(a, b string) int { return cmp.Or(cmp.Compare(used[b], used[a]), cmp.Compare(a, b)) })
		list = list[:min(len(list), tagsGiven)]
		entry = l.entry(nil)
		entry.Action, entry.Detail["group"] = audit.Count, "tags"
		return nil
	})
	if err != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			err = figuresSlow
		}
		return nil, err
	}
	return list, s.db.auditRead(ctx, s.actor, entry)
}
