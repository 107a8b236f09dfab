package store

import (
	"context"
	"slices"

	"guan/approvals"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// PoolAsk asks to claim, assign or release a record of the pools.
type PoolAsk struct {
	Kind   policy.Kind   `json:"kind"`
	Record policy.ID     `json:"record"`
	Action policy.Action `json:"action"`           // claim, assign or release
	Person policy.ID     `json:"person,omitempty"` // whom it is assigned to
	Pool   policy.ID     `json:"pool,omitempty"`   // it is released into; kept as the one that it came to when it was asked
	Reason string        `json:"reason,omitempty"` // of a release
}

func (a *PoolAsk) act() poolAct {
	return poolAct{action: a.Action, person: a.Person, into: a.Pool, reason: a.Reason}
}

// poolKind is done as who asked, by the rules with what waited for approval, while the record is in the
// hands, or the pool, that it was in. The limits of the pool count when it is done and not before.
var poolKind = requestKind{
	typ:   PoolRequest,
	label: records.Label{ZH: "公海申请", EN: "Public pool"},
	chain: []approvals.Step{{By: []approvals.Source{{Type: approvals.Head}}, Hours: 24}},

	check: func(ctx context.Context, t *tx, v *view, r *request) error {
		a := r.ask.Pool
		r.kind, r.record = known(a.Kind), a.Record
		described := v.catalog.Kind(a.Kind)
		if described == nil || !described.Claimed {
			return noRecord
		}
		if !slices.Contains(records.PoolActions, a.Action) {
			return fault.New(fault.Invalid, "action", "there is no such action").WithAt("pool.action")
		}
		act := a.act()
		if err := act.check(); err != nil {
			return err
		}
		a.Reason = act.reason
		row, err := t.one(ctx, v.shape(described, nil), a.Record)
		if err != nil {
			return err
		}
		of, err := t.waits(ctx, v, func(v *view) error { return t.pooled(ctx, v, described, a.Record, act) })
		if err != nil {
			return err
		}
		if r.ask.Steps, err = t.duties(ctx, v, described, a.Action, nil, a.Record); err != nil {
			return err
		}
		schema := v.catalog.Schema().Kind(a.Kind)
		was, err := t.whole(ctx, schema, a.Record)
		if err != nil {
			return err
		}
		r.ask.From, r.ask.Lay = was.values[described.Owner].ID(), was.values[described.Pool].ID()
		r.ask.By, r.ask.Seen = whence(t.actor, t.now), placeSeen(it(row, v, described), described)
		into := policy.ID(0)
		err = t.rehearse(ctx, func() error {
			if err := t.pooled(ctx, of, described, a.Record, act); err != nil {
				return err
			}
			after, err := t.whole(ctx, schema, a.Record)
			into = after.values[described.Pool].ID()
			return err
		})
		if a.Pool = into; fault.Is(err, fault.Locked) {
			return nil // there may be room when it is approved
		}
		return err
	},

	sees: seesPooled,

	give: func(ctx context.Context, t *tx, giver *view, r *request) (func() (*Outcome, error), error) {
		if err := seesPooled(ctx, t, giver, r); err != nil {
			return nil, err
		}
		return func() (*Outcome, error) {
			a, asker := r.ask.Pool, t.askerOf(giver, r)
			of := asker.view.approvedOrNot()
			described := of.catalog.Kind(a.Kind)
			err := t.actAs(ctx, asker.actor, r, func() error {
				// Who does not see it any more is told that, and not what became of it.
				if _, err := t.one(ctx, of.shape(described, []string{}), a.Record); err != nil {
					return err
				}
				now, err := t.whole(ctx, of.catalog.Schema().Kind(a.Kind), a.Record)
				if err != nil {
					return err
				}
				if now.values[described.Owner].ID() != r.ask.From || now.values[described.Pool].ID() != r.ask.Lay {
					return staleVersion
				}
				return t.pooled(ctx, of, described, a.Record, a.act())
			})
			if err != nil {
				return t.voided(err)
			}
			return &Outcome{Giver: giver.bound.Subject().Person}, nil
		}, nil
	},
}

// seesPooled refuses who does not see in whose hands, or which pool, the record is.
func seesPooled(ctx context.Context, t *tx, v *view, r *request) error {
	described := v.catalog.Kind(r.kind)
	if described == nil {
		return requestUnseen
	}
	seen, err := t.seesOf(ctx, v, r.kind, []string{described.Owner, described.Pool}, []policy.ID{r.record})
	if err == nil && !seen[r.record] {
		err = requestUnseen
	}
	return err
}

// AskedPool is what a request would do with a record of the pools.
type AskedPool struct {
	Action policy.Action `json:"action"`
	To     *Name         `json:"to,omitempty"`   // whom it is assigned to
	Into   *Name         `json:"into,omitempty"` // the pool that it is released into
	Reason string        `json:"reason,omitempty"`
}

func (v *view) showPool(r *request, names map[policy.ID]string, q *Request) {
	a := r.ask.Pool
	q.Pool = &AskedPool{Action: a.Action, Reason: a.Reason}
	switch a.Action {
	case policy.Assign:
		q.Pool.To = &Name{ID: a.Person, Name: names[a.Person]}
	case policy.Release:
		if p := v.pool(a.Pool); p != nil { // which pools there are is no secret
			q.Pool.Into = &Name{ID: p.ID, Name: p.Name}
		}
	}
}
