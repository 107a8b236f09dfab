package store

import (
	"context"
	"slices"

	"guan/access"
	"guan/grants"
	"guan/policy"
)

// A grant on named records outlives the transfer of these: it was decided, and ends by its window or by being
// taken back. Whoever has the records then finds it beside them, as they find the collaborators whom somebody
// else brought, and may take it back: its giver has nothing to do with the records any more.

// strays are the grants on one record, in force or yet to begin, of givers who do not have it any more, for who
// works on it by rules of their own.
func (t *rtx) strays(ctx context.Context, v *view, q GrantQuery) ([]Grant, error) {
	lead, err := t.leadsAll(ctx, v, q.Kind, []policy.ID{q.Record})
	if err != nil || !lead {
		return nil, err
	}
	me := v.bound.Subject().Person
	q.All, q.Open = true, true
	where, args := q.where(v, me)
	found, used, err := t.grantRows(ctx, v.tenant, where, args...)
	if err != nil {
		return nil, err
	}
	var list []grants.Grant
	for _, g := range found {
		if g.Giver == me || g.Receiver == me {
			continue
		}
		stray, err := t.isStray(ctx, v, &g)
		if err != nil {
			return nil, err
		}
		if stray {
			list = append(list, g)
		}
	}
	told, err := t.told(ctx, v, list, used)
	told = slices.DeleteFunc(told, func(g Grant) bool { return g.State != grants.Active && g.State != grants.Pending })
	for i := range told {
		told[i].Can = []string{"revoke"}
	}
	return told, err
}

// isStray reports whether the actor has all records that a grant names, and its giver has none of them: what
// they have as a collaborator or by a grant is lent.
func (t *rtx) isStray(ctx context.Context, v *view, g *grants.Grant) (bool, error) {
	if len(g.Records) == 0 || g.When != nil {
		return false, nil // it moves with the data, within what its giver had
	}
	lead, err := t.leadsAll(ctx, v, g.Kind, g.Records)
	if err != nil || !lead {
		return false, err
	}
	has, err := t.hasOwn(ctx, v, g.Giver, g.Kind, g.Records)
	return err == nil && !has, err
}

// hasOwn reports whether somebody reads one of the records by rules of their own.
func (t *rtx) hasOwn(ctx context.Context, v *view, person policy.ID, kind policy.Kind, ids []policy.ID) (bool, error) {
	theirs := v.state.view(Actor{Tenant: v.tenant, Person: person, Channel: "web", Device: "desktop", Network: "office"}, v.now)
	theirs.bound = theirs.withoutGrants(access.InForce).Bind(theirs.bound.Subject(), theirs.bound.Context())
	s := theirs.shape(theirs.catalog.Kind(kind), []string{})
	rows, err := t.fetchIDs(ctx, s, ids)
	return slices.ContainsFunc(rows, func(row fetched) bool { return s.read.Outcome(notLent(row.answer)).Allowed }), err
}

// leadsAll reports whether the actor reads the records and edits their titles by rules of their own.
func (t *rtx) leadsAll(ctx context.Context, v *view, kind policy.Kind, ids []policy.ID) (bool, error) {
	described := v.catalog.Kind(kind)
	if described == nil {
		return false, nil
	}
	own := v.withoutGrants(access.InForce).Bind(v.bound.Subject(), v.bound.Context())
	edit, title := own.Reduce(policy.Edit, kind), v.catalog.Schema().Kind(kind).Field(described.Title)
	s := v.shape(described, []string{})
	s.also = append(s.also, edit)
	rows, err := t.fetchIDs(ctx, s, ids)
	return err == nil && len(rows) == len(ids) && !slices.ContainsFunc(rows, func(row fetched) bool { return !edit.Outcome(notLent(row.answer)).Editable(title) }), err
}

// byLead says that what is done is done by the rules by which the actor edits a record.
func (t *tx) byLead(ctx context.Context, v *view, kind policy.Kind, id policy.ID) error {
	row, err := t.one(ctx, v.shape(v.catalog.Kind(kind), []string{}), id)
	if err == nil {
		t.by = v.whyAllowed(policy.Edit, kind, row)
	}
	return err
}
