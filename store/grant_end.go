package store

import (
	"cmp"
	"context"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// RevokeGrant takes a grant back with its commit: its giver may, its receiver, who has the right
// policy, and who has the records that it names while its giver does not. Faults: NotFound for who may
// not know of it, Denied, Conflict when it has ended.
func (s *Session) RevokeGrant(ctx context.Context, id policy.ID) (*Grant, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var g Grant
	err := s.db.write(ctx, s.actor, op{name: "grant", raises: true}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		if g, err = t.grantToEnd(ctx, v, id); err != nil {
			return err
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
		g.State, g.RevokedAt, g.Can = grants.Revoked, &t.now, []string{}
		return t.audit(ctx, audit.Entry{Action: audit.GrantRevoked, Kind: g.Kind, Records: g.Records, Detail: map[string]any{"grant": id}})
	})
	if err = s.declined(ctx, "grant", err); err != nil {
		return nil, err
	}
	if one, err := s.grant(ctx, id); !fault.Is(err, fault.NotFound) {
		return one, err
	}
	return &g, nil // who took back what a former owner lent knows of it no more
}

// grantToEnd is a grant that the actor may take back.
func (t *tx) grantToEnd(ctx context.Context, v *view, id policy.ID) (Grant, error) {
	found, used, err := t.grantRows(ctx, v.tenant, "g.id = $2", id)
	if err != nil || len(found) == 0 {
		return Grant{}, cmp.Or(err, error(noGrant))
	}
	me := v.bound.Subject().Person
	if g := &found[0]; g.Giver != me && g.Receiver != me && !v.may("policy") {
		stray, err := t.isStray(ctx, v, g)
		switch {
		case err != nil:
			return Grant{}, err
		case !stray && v.may("audit"):
			return Grant{}, notYourGrant
		case !stray:
			return Grant{}, noGrant
		}
		if err := t.byLead(ctx, v, g.Kind, g.Records[0]); err != nil {
			return Grant{}, err
		}
	} else if g.Giver != me && g.Receiver != me {
		t.by = v.rightBy("policy")
	}
	told, err := t.told(ctx, v, found, used)
	if err != nil {
		return Grant{}, err
	}
	return told[0], nil
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
