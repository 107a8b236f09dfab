package store

import (
	"context"
	"slices"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
)

// Of a mass change some records may wait for approval. Then the whole of it can be asked for as one request
// (requestmass.go); this file says which records those are, and carries it out.

// massLook is what a rehearsal found of some records.
type massLook struct {
	will    []massRow // what would change
	held    []massRow // what would with approval; they stand among the skipped too
	skipped skipGroups
	along   []TransferPart
	duties  []string // by whom the rules that hold some want it decided
}

// lookAtMass rehearses a change of some records. What it writes is to be undone.
func (t *tx) lookAtMass(ctx context.Context, kind policy.Kind, c MassChange, ids []policy.ID) (*massLook, error) {
	v, err := t.view(ctx)
	if err != nil {
		return nil, err
	}
	w, err := t.massWriter(ctx, v, kind, c)
	if err != nil {
		return nil, err
	}
	var held []heldRow
	w.held = &held
	out := &massLook{}
	if out.will, out.skipped, err = t.massWrite(ctx, w, targetsOf(ids), false); err != nil {
		return nil, err
	}
	if len(held) > 0 {
		if err := t.lookAtHeld(ctx, v, kind, c, held, out); err != nil {
			return nil, err
		}
	}
	out.along, err = t.massAlong(ctx, v, w.kind, c.Transfer, slices.Concat(out.will, out.held), false)
	return out, err
}

// lookAtHeld asks of records that need approval whether with it they would be changed.
func (t *tx) lookAtHeld(ctx context.Context, v *view, kind policy.Kind, c MassChange, held []heldRow, out *massLook) error {
	ids, why := make([]policy.ID, len(held)), map[policy.ID]heldRow{}
	for i, r := range held {
		ids[i], why[r.link.ID] = r.link.ID, r
	}
	action, touched := c.does()
	described := v.catalog.Kind(kind)
	before, err := t.duties(ctx, v, described, action, touched, ids...)
	if err != nil {
		return err
	}
	w, err := t.massWriter(ctx, v.lifted(), kind, c)
	if err != nil {
		return err
	}
	var left skipGroups
	if out.held, left, err = t.massWrite(ctx, w, targetsOf(ids), false); err != nil {
		return err
	}
	after := []string{}
	if !w.remove {
		if after, err = t.duties(ctx, v, described, action, touched, ids...); err != nil {
			return err
		}
	}
	out.duties = joinTexts(before, after)
	out.skipped.join(left)
	for _, r := range out.held {
		out.skipped.add(why[r.ID].link, why[r.ID].err, false)
	}
	return nil
}

// does says what a change does to each record: the action, and the fields that it names.
func (c *MassChange) does() (policy.Action, []string) {
	switch {
	case c.Delete:
		return policy.Delete, nil
	case c.Transfer != nil:
		return policy.Edit, []string{"owner"}
	case c.Tags != nil:
		return policy.Edit, []string{"tags"}
	}
	return policy.Edit, sorted(keysOf(c.Fields))
}

func targetsOf(ids []policy.ID) []Target {
	out := make([]Target, len(ids))
	for i, id := range ids {
		out[i].ID = id
	}
	return out
}

func joinTexts(lists ...[]string) []string {
	var out []string
	for _, text := range slices.Concat(lists...) {
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

// join adds what was found of more records; of each reason a few titles are kept.
func (l *massLook) join(more *massLook) {
	l.will, l.held, l.along, l.duties = append(l.will, more.will...), append(l.held, more.held...), joinParts(l.along, more.along), joinTexts(l.duties, more.duties)
	for _, skip := range more.skipped {
		samples := skip.Sample
		l.skipped.join(skipGroups{skip})
		i := slices.IndexFunc(l.skipped, func(other MassSkip) bool {
			return other.Code == skip.Code && other.Field == skip.Field && sameJSON(other.Params, skip.Params)
		})
		if known := l.skipped[i].Sample; len(known) < massSample && l.skipped[i].Count > skip.Count {
			l.skipped[i].Sample = append(known, samples[:min(len(samples), massSample-len(known))]...)
		}
	}
}

// massBy is by whose rights a mass change is done: the records by v and what hangs on them by along, which
// no approval widens; of what was approved only what all who approved see.
type massBy struct {
	v, along *view
	saw      []policy.ID
}

// massBy is by whose rights the next part of background work is done. What was asked for is done as long as
// it is approved.
func (t *tx) massBy(ctx context.Context, m *mass) (massBy, error) {
	v, err := t.view(ctx)
	if err != nil || m.Request == 0 {
		return massBy{v: v, along: v}, err
	}
	list, err := t.requests(ctx, v.tenant, "id = $2", m.Request)
	if err != nil {
		return massBy{}, err
	}
	if len(list) == 0 || list[0].State != approvals.Approved {
		return massBy{}, notAllowed
	}
	return v.approvedBy(list[0]), nil
}

// approvedBy is by whose rights what the view's person asked for is done.
func (v *view) approvedBy(r *request) massBy {
	by := massBy{v: v.approvedOrNot(), along: v}
	for _, d := range r.Decisions {
		if d.Verdict == approvals.Yes {
			by.saw = append(by.saw, d.Person)
		}
	}
	return by
}

var approverUnseen = fault.New(fault.Denied, "request_unseen", "who approved does not see it")

// seenByAll leaves out the targets that somebody who approved does not see, with all that would change: a
// second pair of eyes has not looked at them.
func (t *tx) seenByAll(ctx context.Context, by massBy, m *mass, targets []Target) (seen []Target, skipped skipGroups, err error) {
	ids := make([]policy.ID, len(targets))
	for i, target := range targets {
		ids[i] = target.ID
	}
	_, fields := m.change.does()
	seen = slices.Clone(targets)
	for _, person := range by.saw {
		v := by.v.state.view(Actor{Tenant: by.v.tenant, Person: person, Channel: "web"}, t.now)
		theirs, err := t.seesOf(ctx, v, m.Kind, fields, ids)
		if err != nil {
			return nil, nil, err
		}
		seen = slices.DeleteFunc(seen, func(target Target) bool { return !theirs[target.ID] })
	}
	for range len(targets) - len(seen) {
		skipped.add(Link{}, approverUnseen, true)
	}
	return seen, skipped, nil
}
