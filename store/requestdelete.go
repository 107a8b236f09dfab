package store

import (
	"context"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// DeleteAsk asks to remove a record, in the version that was seen.
type DeleteAsk struct {
	Kind    policy.Kind `json:"kind"`
	Record  policy.ID   `json:"record"`
	Version int64       `json:"version"`
}

// deleteKind is done as who asked, by the rules with what waited for approval, when somebody has approved
// who sees the record.
var deleteKind = requestKind{
	typ:   DeleteRequest,
	label: records.Label{ZH: "删除申请", EN: "Deletion"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.Head}}, Hours: 24}},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Delete
		r.kind, r.record = known(a.Kind), a.Record
		described, row, err := t.ofRecord(ctx, v, a.Kind, a.Record)
		if err != nil {
			return err
		}
		if a.Version != row.version {
			return staleVersion
		}
		target := Target{a.Record, a.Version}
		of, err := t.waits(ctx, v, func(v *view) error { return t.remove(ctx, v, described, target) })
		if err != nil {
			return err
		}
		if r.ask.Steps, err = t.duties(ctx, v, described, policy.Delete, nil, a.Record); err != nil {
			return err
		}
		r.ask.By, r.ask.Seen = whence(t.actor, t.now), placeSeen(it(row, v, described), described)
		return t.rehearse(ctx, func() error { return t.remove(ctx, of, described, target) })
	},

	sees: seesRecord,

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		if err := seesRecord(ctx, t, giver, r); err != nil {
			return nil, err
		}
		return func() (*Outcome, error) {
			a, asker := r.ask.Delete, t.askerOf(giver, r)
			of := asker.view.approvedOrNot()
			err := t.actAs(ctx, asker.actor, r, func() error {
				return t.remove(ctx, of, of.catalog.Kind(a.Kind), Target{a.Record, a.Version})
			})
			if err != nil {
				return t.voided(err)
			}
			return &Outcome{Giver: giver.bound.Subject().Person}, nil
		}, nil
	},
}

// seesRecord refuses who does not see the record that it is about, and these fields of it.
func seesRecord(ctx context.Context, t *tx, v *view, r *request) error {
	seen, err := t.seesOf(ctx, v, r.kind, nil, []policy.ID{r.record})
	if err == nil && !seen[r.record] {
		err = requestUnseen
	}
	return err
}

// seesOf says which of the records the view sees, with all of these fields plain.
func (t *rtx) seesOf(ctx context.Context, v *view, kind policy.Kind, fields []string, ids []policy.ID) (map[policy.ID]bool, error) {
	out := map[policy.ID]bool{}
	described := v.catalog.Kind(kind)
	if described == nil {
		return out, nil
	}
	s := v.shape(described, []string{})
	rows, err := t.fetchIDs(ctx, s, ids)
	for _, row := range rows {
		read := s.read.Outcome(row.answer)
		out[row.id] = read.Allowed
		for _, name := range fields {
			out[row.id] = out[row.id] && read.Level(s.schema.Field(name)) == policy.Plain
		}
	}
	return out, err
}

// AskedDelete is a record that a request would remove.
type AskedDelete struct {
	Version int64 `json:"version"`
	// Since says that the record was changed after it was asked, so that nothing can come of it.
	Since bool `json:"since,omitempty"`
}

func (t *rtx) showDelete(ctx context.Context, v *view, r *request, q *Request) error {
	q.Delete = &AskedDelete{Version: r.ask.Delete.Version}
	described := v.catalog.Kind(r.kind)
	if described == nil || q.State != approvals.Pending {
		return nil
	}
	row, err := t.one(ctx, v.shape(described, []string{}), r.record)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err == nil {
		q.Delete.Since = row.version != r.ask.Delete.Version
	}
	return err
}
