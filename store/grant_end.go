package store

import (
	"context"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// RevokeGrant takes a grant back with its commit: its giver may, its receiver, and who has the
// right policy. Faults: NotFound for who may not know of it, Denied, Conflict when it has ended.
func (s *Session) RevokeGrant(ctx context.Context, id policy.ID) (*Grant, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.write(ctx, s.actor, op{name: "grant", raises: true}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		found, err := t.grants(ctx, v, "g.id = $2", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return noGrant
		}
		g := found[0]
		if me := v.bound.Subject().Person; g.Giver.ID != me && g.Receiver.ID != me {
			if !v.may("policy") {
				return notYourGrant // an auditor knows of it
			}
			t.by = v.rightBy("policy")
		}
		if g.State != grants.Active && g.State != grants.Pending {
			return grantOver
		}
		if _, err := t.exec(ctx, "UPDATE access_grant SET revoked_at = $1, revoked_by = $2 WHERE tenant_id = $3 AND id = $4",
			t.nowMicros(), s.actor.Person, t.actor.Tenant, id); err != nil {
			return err
		}
		if err := t.grantEvent(ctx, g.Kind, id, "revoked", g.Records); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.GrantRevoked, Kind: g.Kind, Records: g.Records, Detail: map[string]any{"grant": id}})
	})
	if err = s.declined(ctx, "grant", err); err != nil {
		return nil, err
	}
	return s.grant(ctx, id)
}

var (
	grantOver   = fault.New(fault.Conflict, "grant_ended", "the grant has ended")
	grantUsed   = fault.New(fault.Conflict, "grant_used", "the grant was for one view, and that was had")
	grantEarly  = fault.New(fault.Conflict, "grant_pending", "the grant has not begun")
	grantNoOnce = fault.New(fault.Conflict, "grant_not_once", "the grant is not for one view: open its records as any others")
)

// GrantView is the record of a grant for one view. Its kind comes with it: who has nothing else of the
// kind is told of it nowhere else.
type GrantView struct {
	Item *Item    `json:"item"`
	Kind KindInfo `json:"kind"`
}

// ViewGranted shows the record of a grant for one view to its receiver, and uses the grant up: the
// view, its entry in the audit log and the use are one transaction. Of two at once one gets it.
// Everything else that reads records knows nothing of the grant. Faults: NotFound, Conflict.
func (s *Session) ViewGranted(ctx context.Context, id policy.ID) (*GrantView, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var shown *GrantView
	err := s.db.write(ctx, s.actor, op{name: "grant"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		g, err := t.grantDocument(ctx, v, id)
		if err != nil {
			return err
		}
		if g.Receiver != s.actor.Person {
			return noGrant
		}
		above, err := t.above(ctx, v, *g)
		if err != nil {
			return noGrant
		}
		switch g.Under(above...).At(t.now) {
		case grants.Used:
			return grantUsed
		case grants.Pending:
			return grantEarly
		case grants.Ended, grants.Revoked:
			return grantOver
		}
		if !g.Once {
			return grantNoOnce
		}
		used, err := t.exec(ctx, "UPDATE access_grant SET used_at = $1 WHERE tenant_id = $2 AND id = $3 AND used_at IS NULL AND revoked_at IS NULL AND from_at <= $1 AND until_at > $1",
			t.nowMicros(), v.tenant, id)
		if err != nil {
			return err
		}
		if used == 0 {
			return grantUsed // somebody's other window was first
		}
		rule, _ := access.GrantRule(*g, above...)
		compiled, _ := policy.Compile(v.catalog.Schema(), append(access.InForce(v.authored.Lower()), rule), v.tree.Within)
		through := &view{state: v.state, now: v.now, bound: compiled.Bind(v.bound.Subject(), v.bound.Context())}
		item, err := t.item(ctx, through, g.Kind, g.Records[0])
		if err != nil {
			return err
		}
		item.Reveal = nil // one view is one view
		shown = &GrantView{Item: item, Kind: through.kindInfo(v.catalog.Kind(g.Kind))}
		if err := t.audit(ctx, audit.Entry{Action: audit.Action(policy.Read), Kind: g.Kind, Record: item.ID, Rules: []string{rule.ID}, Fields: plainNames(item),
			Detail: map[string]any{"grant": id, "once": true}}); err != nil {
			return err
		}
		return t.audit(ctx, grantUse(id, g.Kind, item.ID))
	})
	if err != nil {
		return nil, s.refused(ctx, "", 0, policy.Read, err)
	}
	return shown, nil
}

// kindGrant stands in audit entries for a grant, so that the entries of one are found as those of a
// record are.
const kindGrant policy.Kind = "grant"

// grantUse is the entry of a record opened by a grant: by it one sees whether a grant was of use.
func grantUse(grant policy.ID, kind policy.Kind, record policy.ID) audit.Entry {
	return audit.Entry{Action: audit.GrantUsed, Kind: kindGrant, Record: grant, Rules: []string{access.FromGrant + "/" + grant.String()}, Detail: map[string]any{"kind": string(kind), "record": record}}
}
