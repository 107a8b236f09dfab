package store

import (
	"context"
	"slices"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// TransferAsk asks that a record be given to somebody, with children of the owner's.
type TransferAsk struct {
	Kind   policy.Kind `json:"kind"`
	Record policy.ID   `json:"record"`
	Transfer
}

// transferKind is a transfer by who approved it, of the record and those children that who asked saw and
// chose; and only while who asked sees the record, and its owner is still the one of whom it was asked.
var transferKind = requestKind{
	typ:   TransferRequest,
	label: records.Label{ZH: "转交申请", EN: "Transfer"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.OwnerHead}}, Hours: 24}},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Transfer
		r.kind, r.record = known(a.Kind), a.Record
		described := v.catalog.Kind(a.Kind)
		if described == nil || described.Owner != "owner" {
			return noRecord
		}
		owner, err := t.ownerSeen(ctx, v, described, a.Record)
		if err != nil {
			return err
		}
		if err := a.check(); err != nil {
			return err
		}
		if err := t.checkHeirs(ctx, v, "transfer.to", a.To); err != nil {
			return err
		}
		if owner == a.To {
			return unchanged
		}
		x := a.Transfer
		refusal := t.rehearse(ctx, func() error { _, err := t.transfer(ctx, v, described, Target{ID: a.Record}, &x, nil); return err })
		if refusal == nil {
			return nothingAsked
		}
		if !fault.Is(refusal, fault.Denied) {
			return refusal
		}
		by, err := t.duties(ctx, v, described, policy.Edit, []string{described.Owner}, a.Record)
		if err != nil {
			return err
		}
		r.ask.Steps, r.ask.By, r.ask.From = by, whence(t.actor, t.now), owner
		if r.ask.Along, err = t.along(ctx, v, described, a, owner); err != nil {
			return err
		}
		row, err := t.one(ctx, v.shape(described, nil), a.Record)
		if err != nil {
			return err
		}
		_, unit := it(row, v, described).Fields["unit"]
		r.ask.Seen = unit
		return nil
	},

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		a := r.ask.Transfer
		asker := t.askerOf(giver, r)
		described := giver.catalog.Kind(a.Kind)
		fails := func(void string) func() (*Outcome, error) {
			return func() (*Outcome, error) { return &Outcome{Void: void}, nil }
		}
		if described == nil {
			return fails(voidInvalid), nil
		}
		owner, err := t.ownerSeen(ctx, asker.view, described, a.Record)
		switch {
		case fault.Is(err, fault.NotFound), fault.Is(err, fault.Denied):
			return fails(voidAsker), nil
		case err != nil:
			return nil, err
		case owner != r.ask.From:
			return fails(voidChanged), nil
		}
		// What who asked does not see any more does not go along.
		now, err := t.along(ctx, asker.view, described, a, owner)
		if err != nil {
			return nil, err
		}
		only := map[policy.Kind][]policy.ID{}
		for kind, ids := range r.ask.Along {
			only[kind] = slices.DeleteFunc(slices.Clone(ids), func(id policy.ID) bool { return !slices.Contains(now[kind], id) })
		}
		of := giver.lifted()
		if of == nil {
			of = giver
		}
		do := func() error {
			x := a.Transfer
			_, err := t.transfer(ctx, of, described, Target{ID: a.Record}, &x, only)
			return err
		}
		err = t.rehearse(ctx, do)
		switch f := fault.From(err); {
		case err == nil:
		case f.Kind == fault.Internal, f.Kind == fault.Denied, f.Kind == fault.NotFound:
			return nil, err // they cannot give it: somebody else shall
		default:
			return fails(voidInvalid), nil
		}
		return func() (*Outcome, error) {
			if err := t.actAs(ctx, t.actor, r, do); err != nil {
				return t.voided(err)
			}
			return &Outcome{Giver: giver.bound.Subject().Person}, nil
		}, nil
	},
}

// ownerSeen is whose a record is, for who sees that. What lies in a pool is claimed or assigned.
func (t *tx) ownerSeen(ctx context.Context, v *view, kind *records.Kind, id policy.ID) (policy.ID, error) {
	row, err := t.one(ctx, v.shape(kind, nil), id)
	if err != nil {
		return 0, err
	}
	name, err := t.plainOwner(ctx, v, kind, row)
	switch {
	case err != nil:
		return 0, err
	case name != nil:
		return name.ID, nil
	case v.bound.Reduce(policy.Read, kind.Name).Outcome(row.answer).Level(v.catalog.Schema().Kind(kind.Name).Field(kind.Owner)) != policy.Plain:
		return 0, deniedField(kind.Owner)
	}
	return 0, noOwnerToPut
}

// along are the children of the owner's that go along, of those that the view sees.
func (t *tx) along(ctx context.Context, v *view, kind *records.Kind, a *TransferAsk, owner policy.ID) (map[policy.Kind][]policy.ID, error) {
	g := &giver{t: t, v: v, to: a.To}
	out := map[policy.Kind][]policy.ID{}
	for _, name := range a.Children {
		r, ok := kind.Relation(name)
		if !ok || !r.Many {
			continue
		}
		targets, _, err := g.ofOwners(ctx, v.catalog.Kind(r.Kind), r.Field, []policy.ID{a.Record}, map[policy.ID]policy.ID{a.Record: owner})
		if err != nil {
			return nil, err
		}
		for _, target := range targets {
			out[r.Kind] = append(out[r.Kind], target.ID)
		}
	}
	return out, nil
}

// askable are the parts that can be asked to go along.
func (t *tx) askable(ctx context.Context, v *view, kind *records.Kind, id, owner policy.ID) ([]TransferPart, error) {
	parts := []TransferPart{}
	for _, name := range TransferParts {
		r, ok := kind.Relation(name)
		if !ok || !r.Many {
			continue
		}
		along, err := t.along(ctx, v, kind, &TransferAsk{Record: id, Transfer: Transfer{To: somebody, Children: []string{name}}}, owner)
		if err != nil {
			return nil, err
		}
		child := v.catalog.Kind(r.Kind)
		parts = append(parts, TransferPart{Relation: name, Kind: r.Kind, Label: child.Plural, Will: len(along[r.Kind]), Stay: []MassSkip{}})
	}
	return parts, nil
}

// AskedTransfer is what a request would transfer.
type AskedTransfer struct {
	To         Name         `json:"to"`
	Along      []AskedAlong `json:"along"`
	Note       string       `json:"note,omitempty"`
	KeepAccess int          `json:"keep_access,omitempty"`
}

// AskedAlong is how many records of a kind go along.
type AskedAlong struct {
	Kind  policy.Kind   `json:"kind"`
	Label records.Label `json:"label"`
	Count int           `json:"count"`
}

func (v *view) showTransfer(r *request, names map[policy.ID]string, q *Request) {
	a := r.ask.Transfer
	out := &AskedTransfer{To: Name{ID: a.To, Name: names[a.To]}, Along: []AskedAlong{}, Note: a.Note, KeepAccess: a.KeepAccess}
	for _, kind := range v.catalog.Kinds() {
		if ids := r.ask.Along[kind.Name]; len(ids) > 0 {
			out.Along = append(out.Along, AskedAlong{Kind: kind.Name, Label: kind.Plural, Count: len(ids)})
		}
	}
	q.Transfer = out
}
