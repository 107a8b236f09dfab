package store

import (
	"context"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

var noRecord = fault.New(fault.NotFound, "record", "there is no such record")

// Get shows one record. A record that the actor may not read is NotFound, as one that does not
// exist, and costs the same statement. Faults: NotFound; Locked (pool_views_day).
func (s *Session) Get(ctx context.Context, kind policy.Kind, id policy.ID) (*Item, error) {
	var item *Item
	var seen *view
	var entries []audit.Entry
	err := s.db.lookAs(ctx, s.actor, func(v *view) (err error) {
		if item, err = s.db.through(v).item(ctx, v, kind, id); err == nil {
			seen, entries = v, v.with(audit.Entry{Action: audit.Action(policy.Read), Kind: kind, Record: id, Epoch: v.epoch, Rules: v.ruleIDs(item.why), Fields: plainNames(item)})
			for _, grant := range item.lent {
				entries = append(entries, grantUse(grant, kind, id))
			}
			entries = append(entries, usesOf("opened", kind, []Item{*item})...)
		}
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, id, policy.Read, err)
	}
	if err := s.opened(ctx, seen, item); err != nil {
		return nil, err
	}
	if err := s.db.auditRead(ctx, s.actor, entries...); err != nil {
		return nil, err
	}
	return item, nil
}

// item reads one record through the gate, with what its references point at.
func (t *rtx) item(ctx context.Context, v *view, kind policy.Kind, id policy.ID) (*Item, error) {
	described := v.catalog.Kind(kind)
	if described == nil {
		return nil, noRecord
	}
	s := v.shape(described, nil)
	row, err := t.one(ctx, s, id)
	if err != nil {
		return nil, err
	}
	items := []Item{s.item(*row)}
	if v.viewer == nil {
		items[0].lent = s.lent(row)
	}
	if err := t.link(ctx, v, described, items); err != nil {
		return nil, err
	}
	if err := t.cover(ctx, v, described, items); err != nil {
		return nil, err
	}
	if v.viewer == nil { // who looks as somebody else writes nothing
		items[0].Follow, err = t.mayFollow(ctx, v, described, &items[0])
	}
	return &items[0], err
}

// lent lists the grants by which a row is reached.
func (s *shape) lent(row *fetched) []policy.ID {
	var out []policy.ID
	for _, b := range s.read.Branches {
		for _, i := range b.Rules {
			o := s.v.bound.Ruleset().Rule(i).Origin
			if id, err := policy.ParseID(o.ID); o.Type == access.FromGrant && err == nil && row.answer(b.Test) == policy.Yes {
				out = append(out, id)
			}
		}
	}
	return out
}

// one reads a single row of a shape; noRecord when the gate gives none.
func (t *rtx) one(ctx context.Context, s *shape, id policy.ID) (*fetched, error) {
	if s.read.None() {
		return nil, noRecord
	}
	q := s.list(1)
	q.ID = id
	read := t.fetch
	if s.closed {
		read = t.fetchClosed
	}
	rows, err := read(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, noRecord
	}
	return &rows[0], nil
}

func plainNames(item *Item) []string {
	names := make([]string, 0, len(item.Fields))
	for name := range item.Fields {
		names = append(names, name)
	}
	return sorted(names)
}
