package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// PlanShare says what would be put into a sandbox between two instants, and puts nothing there.
// Faults: as Grant.
func (s *Session) PlanShare(ctx context.Context, n NewShare, purpose string, from, until time.Time) (*GrantPlan, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var plan *GrantPlan
	err := s.db.write(ctx, s.actor, op{name: "sandbox"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		box := &grants.Sandbox{Sponsor: s.actor.Person, Purpose: purpose, From: later(*whole(&from), t.now), Until: *whole(&until)}
		x, less, err := t.shareOf(ctx, v, box, n, box.Until)
		if err != nil {
			return err
		}
		plan = &GrantPlan{Records: len(x.Records), When: x.When, Fields: x.Fields, Along: v.alongOf(box.Grant(*x)), Less: less, From: x.From, Until: x.Until,
			Sentence: v.shareSentence(box, x)}
		return errPlanned
	})
	if errors.Is(err, errPlanned) {
		return plan, nil
	}
	return nil, s.declined(ctx, "sandbox", err)
}

// AddShare puts records into a sandbox: its sponsor does, and its co-sponsors, each no more than they
// could grant by rules of their own. Faults: as Grant, Conflict.
func (s *Session) AddShare(ctx context.Context, id policy.ID, n NewShare) (*Sandbox, error) {
	err := s.inSandbox(ctx, func(t *tx, v *view) error {
		box, err := t.openSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		if m, in := membership(box, s.actor.Person, t.now); box.Sponsor != s.actor.Person && !(in && m.Gives) {
			return sandboxGivers
		}
		open := 0
		for _, x := range box.Shares {
			if _, end := x.Window(); end.After(t.now) {
				open++
			}
		}
		if open >= grants.MaxShares {
			return fault.New(fault.Invalid, "sandbox_shares_many", "at most 50 things are put into a sandbox").WithAt("shares")
		}
		return t.putIn(ctx, v, box, n)
	})
	if err != nil {
		return nil, err
	}
	return s.Sandbox(ctx, id)
}

func (t *tx) putIn(ctx context.Context, v *view, box *grants.Sandbox, n NewShare) error {
	return t.putInUntil(ctx, v, box, n, box.Until)
}

// putInUntil writes down what the actor puts into a sandbox.
func (t *tx) putInUntil(ctx context.Context, v *view, box *grants.Sandbox, n NewShare, until time.Time) error {
	x, _, err := t.shareOf(ctx, v, box, n, until)
	if err != nil {
		return err
	}
	if err := t.insertShare(ctx, v, box, x); err != nil {
		return err
	}
	return t.sandboxDid(ctx, box, "shared", map[string]any{"share": x})
}

func (t *tx) insertShare(ctx context.Context, v *view, box *grants.Sandbox, x *grants.Share) (err error) {
	if x.ID, err = t.newID(ctx); err != nil {
		return err
	}
	document, err := jsonText(x)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "INSERT INTO sandbox_share (tenant_id, sandbox_id, id, giver_id, kind, document, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		v.tenant, box.ID, x.ID, x.Giver, string(x.Kind), document, t.nowMicros())
	return err
}

// shareOf is what the actor puts into a sandbox, checked as a grant of theirs is and lowered to what
// they have; less says that it was.
func (t *tx) shareOf(ctx context.Context, v *view, box *grants.Sandbox, n NewShare, until time.Time) (x *grants.Share, less bool, err error) {
	x = &grants.Share{Giver: t.actor.Person, Kind: n.Kind, Records: n.Records, When: n.When, Actions: n.Actions, Fields: n.Fields, Along: n.along(), From: later(box.From, t.now), Until: until}
	g := box.Grant(*x)
	g.Along = slices.Clone(x.Along)
	if n.Choose != nil {
		if len(n.Records) > 0 || n.When != nil {
			return nil, false, fault.New(fault.Invalid, "grant_reach", "records are named, chosen, or those of a condition: one of these").WithAt("choose")
		}
		if err := t.choose(ctx, v, &g, []GrantChoice{*n.Choose}); err != nil {
			return nil, false, err
		}
		x.Records, x.When = g.Records, g.When
	}
	if err := box.CheckShare(*x); err != nil {
		return nil, false, err
	}
	if err := t.checkLent(v, &g); err != nil {
		return nil, false, err
	}
	g.Receiver = g.Giver // what somebody may give does not depend on who receives it
	if err := t.checkGiven(ctx, v, &g, nil); err != nil {
		return nil, false, err
	}
	less = lessThan(g, box.Grant(*x))
	if err := keepPlaces(v.catalog.Schema(), &g); err != nil {
		return nil, false, err
	}
	x.Within, x.Fields, x.Along = g.Within, g.Fields, g.Along
	return x, less, nil
}

// keepPlaces is keepPlace for a grant and what goes along with it.
func keepPlaces(schema *policy.Schema, g *grants.Grant, but ...policy.FieldRule) error {
	for i, a := range g.Along {
		of := a.Of(*g)
		if err := keepPlace(schema, &of); err != nil {
			return err
		}
		g.Along[i].Fields = of.Fields
	}
	return keepPlace(schema, g, but...)
}

// keepPlace leaves out of what is edited where a record belongs: its owner, unit and pool, and what it
// refers to. By changing these whoever has it for a time would take it along and keep it. What is named
// one by one was decided so.
func keepPlace(schema *policy.Schema, g *grants.Grant, but ...policy.FieldRule) error {
	if !slices.Contains(g.Actions, policy.Edit) {
		return nil
	}
	asked, err := askedOf(schema, loweredGrant(*g))
	if err != nil {
		return err
	}
	for i, f := range schema.Kind(g.Kind).Fields {
		if f.Type != policy.Ref || !asked.Edits[i] || slices.ContainsFunc(but, func(r policy.FieldRule) bool { return r.Field == f.Name && r.Edit }) {
			continue
		}
		g.Fields = slices.DeleteFunc(slices.Clone(g.Fields), func(r policy.FieldRule) bool { return r.Field == f.Name })
		g.Fields = append(g.Fields, policy.FieldRule{Field: f.Name, Level: asked.Levels[i]})
	}
	return nil
}

// WithdrawShare takes out of a sandbox what somebody put into it, with its commit: they may, its
// sponsor, and who administers permissions. Faults: NotFound, Denied, Conflict.
func (s *Session) WithdrawShare(ctx context.Context, id, share policy.ID) error {
	return s.inSandbox(ctx, func(t *tx, v *view) error {
		box, err := t.openSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		x := openShare(box, share, t.now)
		if x == nil || v.roleIn(box) == RoleFormer {
			return noShare
		}
		if err := t.runsSandbox(v, box, x.Giver); err != nil {
			return err
		}
		return t.withdraw(ctx, v, box, x)
	})
}

var noShare = fault.New(fault.NotFound, "sandbox_share", "there is no such thing in the sandbox")

// openShare is what was put into a sandbox and stands at now, or is about to; nil when there is none.
func openShare(box *grants.Sandbox, id policy.ID, now time.Time) *grants.Share {
	i := slices.IndexFunc(box.Shares, func(x grants.Share) bool { _, end := x.Window(); return x.ID == id && end.After(now) })
	if i < 0 {
		return nil
	}
	return &box.Shares[i]
}

func (t *tx) withdraw(ctx context.Context, v *view, box *grants.Sandbox, x *grants.Share) error {
	if err := t.closeShare(ctx, v, box, x); err != nil {
		return err
	}
	return t.sandboxDid(ctx, box, "withdrawn", map[string]any{"share": x.ID})
}

func (t *tx) closeShare(ctx context.Context, v *view, box *grants.Sandbox, x *grants.Share) error {
	_, err := t.exec(ctx, "UPDATE sandbox_share SET withdrawn_at = $1 WHERE tenant_id = $2 AND sandbox_id = $3 AND id = $4 AND withdrawn_at IS NULL",
		t.nowMicros(), v.tenant, box.ID, x.ID)
	return err
}

// withdrawAll takes out what somebody put in who leaves: nobody answers for it any more.
func (t *tx) withdrawAll(ctx context.Context, v *view, box *grants.Sandbox, giver policy.ID) error {
	for i, x := range box.Shares {
		if _, end := x.Window(); x.Giver == giver && giver != box.Sponsor && end.After(t.now) {
			if err := t.withdraw(ctx, v, box, &box.Shares[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
