package store

import (
	"context"

	"guan/approvals"
	"guan/policy"
	"guan/records"
)

// CreateAsk asks for a record that a rule holds for approval. Until then there is nothing of it: no id, no
// name that is taken, nothing that a duplicate check would find.
type CreateAsk struct {
	Kind   policy.Kind `json:"kind"`
	Fields Fields      `json:"fields"`
}

// createKind is made as who asked, by the rules with what waited for approval, when somebody has approved
// who would see all of what was asked on the record as it would stand.
var createKind = requestKind{
	typ:   CreateRequest,
	label: records.Label{ZH: "新建申请", EN: "Creation"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.Head}}, Hours: 24}},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Create
		r.kind = known(a.Kind)
		described := v.catalog.Kind(a.Kind)
		if described == nil {
			return notAllowed
		}
		of, err := t.waits(ctx, v, func(v *view) error { _, err := t.createOf(ctx, v, described, a.Fields); return err })
		if err != nil {
			return err
		}
		r.ask.By, r.ask.Seen = whence(t.actor, t.now), true
		err = t.rehearse(ctx, func() error {
			id, err := t.createOf(ctx, of, described, a.Fields)
			if err != nil {
				return err
			}
			r.ask.Steps, err = t.duties(ctx, v, described, policy.Create, sorted(keysOf(a.Fields)), id)
			return err
		})
		if err != nil {
			return err
		}
		kept := *a
		kept.Fields, err = t.kept(ctx, described, 0, a.Fields)
		r.ask.Create = &kept
		return err
	},

	sees: seesCreate,

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		if err := seesCreate(ctx, t, giver, r); err != nil {
			return nil, err
		}
		return func() (*Outcome, error) {
			out := &Outcome{Giver: giver.bound.Subject().Person}
			asker := t.askerOf(giver, r)
			of := asker.view.approvedOrNot()
			err := t.actAs(ctx, asker.actor, r, func() (err error) {
				described := of.catalog.Kind(r.ask.Create.Kind)
				fields, err := t.unkept(ctx, of.tenant, described, 0, r.ask.Create.Fields)
				if err == nil {
					out.Made, err = t.createOf(ctx, of, described, fields)
				}
				return err
			})
			if err != nil {
				return t.voided(err)
			}
			return out, nil
		}, nil
	},
}

// approvedOrNot is the view with what waited for approval, or the view itself where no rule waits for one
// any more: then what somebody may do, they may.
func (v *view) approvedOrNot() *view {
	if of := v.lifted(); of != nil {
		return of
	}
	return v
}

// seesCreate refuses who would not see all that would be created.
func seesCreate(ctx context.Context, t *tx, v *view, r *request) error {
	read, err := t.imagined(ctx, v, r)
	if err != nil {
		return err
	}
	schema := v.catalog.Schema().Kind(r.kind)
	for name := range r.ask.Create.Fields {
		if schema == nil || read.Level(schema.Field(name)) != policy.Plain {
			return requestUnseen
		}
	}
	return nil
}

// imagined is what the view would see of a record that was asked for, as it would stand if it were made now.
func (t *rtx) imagined(ctx context.Context, v *view, r *request) (policy.Outcome, error) {
	a := r.ask.Create
	kind := v.catalog.Kind(a.Kind)
	if kind == nil {
		return policy.Outcome{}, nil
	}
	given, err := kind.ParseKept(a.Fields)
	if err != nil {
		return policy.Outcome{}, nil // the fields are of another sort since: nobody sees what cannot be
	}
	asker := v.state.view(Actor{Tenant: v.tenant, Person: r.Asker, Channel: "web"}, v.now)
	row, err := t.unwritten(ctx, asker, kind, given, v.rules.Needs(kind.Name, policy.Read))
	if err != nil {
		return policy.Outcome{}, err
	}
	return v.bound.Decide(row, policy.Read), nil
}

// AskedCreate is what a request would create, as its reader would see it.
type AskedCreate struct {
	Fields []ChangedField    `json:"fields"`
	Refs   map[string]string `json:"refs"`           // titles of what references point at, by id
	Made   *Link             `json:"made,omitempty"` // the record, once there is one
}

// showCreate shows what would be created through the reader's own gate.
func (t *rtx) showCreate(ctx context.Context, v *view, r *request, q *Request) error {
	out := &AskedCreate{Refs: map[string]string{}}
	q.Create = out
	read, err := t.imagined(ctx, v, r)
	if err != nil {
		return err
	}
	schema := v.catalog.Schema().Kind(r.kind)
	out.Fields, err = t.showFields(ctx, v, r.kind, 0, nil, r.ask.Create.Fields, func(name string) bool { return read.Level(schema.Field(name)) == policy.Plain }, out.Refs)
	if err != nil || r.outcome == nil || r.outcome.Made == 0 {
		return err
	}
	titles, err := t.titles(ctx, v, r.kind, []policy.ID{r.outcome.Made})
	out.Made = &Link{ID: r.outcome.Made, Title: titles[r.outcome.Made]}
	return err
}
