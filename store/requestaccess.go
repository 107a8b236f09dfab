package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guan/approvals"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// AccessAsk asks to see fields of a record plain for a time, or to edit them.
type AccessAsk struct {
	Kind   policy.Kind `json:"kind"`
	Record policy.ID   `json:"record"`
	Fields []string    `json:"fields"`
	Edit   bool        `json:"edit,omitempty"`
	Hours  int         `json:"hours"` // from the approval on
}

// The limits of what is asked for.
const (
	maxAskedFields = 20
	maxAskedHours  = 90 * 24
)

// accessKind becomes a temporary grant, given by who approved it.
var accessKind = requestKind{
	typ:   AccessRequest,
	label: records.Label{ZH: "访问申请", EN: "Access"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.OwnerHead}}, Hours: 24}},

	// Only of a record that they see, if in part, can somebody ask for more: what they are told of any
	// other is what they are told of one that does not exist.
	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Access
		r.kind, r.record = known(a.Kind), a.Record
		described := v.catalog.Kind(a.Kind)
		if described == nil {
			return noRecord
		}
		s := v.shape(described, nil)
		row, err := t.one(ctx, s, a.Record)
		if err != nil {
			return err
		}
		if a.Hours < 1 || a.Hours > maxAskedHours {
			return fault.New(fault.Invalid, "request_hours", "access is asked for 1 to 2,160 hours").WithAt("access.hours").With("max", maxAskedHours)
		}
		if len(a.Fields) == 0 || len(a.Fields) > maxAskedFields {
			return fault.New(fault.Invalid, "request_fields", "name 1 to 20 fields").WithAt("access.fields").With("max", maxAskedFields)
		}
		it := s.item(*row)
		lacks := false
		for i, name := range a.Fields {
			at := fmt.Sprintf("access.fields[%d]", i)
			_, plain := it.Fields[name]
			_, masked := it.Masked[name]
			f := described.Field(name)
			switch {
			case !plain && !masked && !slices.Contains(it.Hidden, name), slices.Contains(a.Fields[:i], name):
				return noField(at)
			case a.Edit && f.ReadOnly:
				return fault.New(fault.Invalid, "read_only", "nobody writes this field").WithAt(at)
			}
			lacks = lacks || !plain || a.Edit && !slices.Contains(it.Editable, name)
		}
		if !lacks {
			return nothingAsked
		}
		r.ask.Seen = placeSeen(it, described)
		return nil
	},

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		a := r.ask.Access
		g := grants.Grant{Giver: giver.bound.Subject().Person, Receiver: r.Asker, Kind: a.Kind, Records: []policy.ID{a.Record}, Actions: []policy.Action{policy.Read},
			From: *whole(&t.now), Until: t.now.Add(time.Duration(a.Hours) * time.Hour), Purpose: r.purpose}
		g.Until = *whole(&g.Until)
		if a.Edit {
			g.Actions = append(g.Actions, policy.Edit)
		}
		for _, name := range a.Fields {
			g.Fields = append(g.Fields, policy.FieldRule{Field: name, Level: policy.Plain, Edit: a.Edit})
		}
		want := slices.Clone(g.Fields)
		if err := t.checkGrant(ctx, giver, &g); err != nil {
			return nil, err
		}
		// Fields come back lowered where the giver has less: then somebody else shall give it.
		if !slices.Equal(want, g.Fields) {
			return nil, grantMore
		}
		return func() (*Outcome, error) {
			id, err := t.newID(ctx)
			if err != nil {
				return nil, err
			}
			g.ID = id
			return &Outcome{Giver: g.Giver, Grant: id}, t.putGrant(ctx, g)
		}, nil
	},
}
