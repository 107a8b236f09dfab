package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// Grant is a temporary grant by name, with its state at the time of the answer.
type Grant struct {
	ID        policy.ID          `json:"id"`
	Giver     Name               `json:"giver"`
	Receiver  Name               `json:"receiver"`
	Kind      policy.Kind        `json:"kind"`
	Records   []policy.ID        `json:"records"`
	Titles    []Link             `json:"titles"` // of the first records, as far as who asks may read them
	When      *policy.Cond       `json:"when,omitempty"`
	Actions   []policy.Action    `json:"actions"`
	Fields    []policy.FieldRule `json:"fields"`
	Along     []GrantAlong       `json:"along"` // what belongs to the records and is lent with them
	From      time.Time          `json:"from"`
	Until     time.Time          `json:"until"`
	Purpose   string             `json:"purpose"`
	RevokedAt *time.Time         `json:"revoked_at,omitempty"`
	GiveOn    bool               `json:"give_on"` // the receiver may give it on
	Parent    policy.ID          `json:"parent,omitzero"`
	Extends   policy.ID          `json:"extends,omitzero"`
	Once      bool               `json:"once"`
	UsedAt    *time.Time         `json:"used_at,omitempty"`   // of one for a single view
	LastUsed  *time.Time         `json:"last_used,omitempty"` // when a record was last opened by it
	State     grants.State       `json:"state"`
	Can       []string           `json:"can"` // of revoke, give_back, extend, give_on, view: what who asks may do with it
	Sentence  records.Label      `json:"sentence"`
}

// GrantPlan is what a grant would give, before it is given.
type GrantPlan struct {
	Records  int                `json:"records"`        // that it would name; 0 for one that moves with the data
	When     *policy.Cond       `json:"when,omitempty"` // of one that moves with the data
	Fields   []policy.FieldRule `json:"fields"`
	Along    []GrantAlong       `json:"along"`
	Less     bool               `json:"less"` // the giver has less than was asked for: it is lowered to that
	From     time.Time          `json:"from"`
	Until    time.Time          `json:"until"`
	Sentence records.Label      `json:"sentence"`
}

// GrantChoice chooses the records of a grant as a list would: those that match now, which are then
// named, or, with Moving, whichever match at any time.
type GrantChoice struct {
	Filter string `json:"filter,omitempty"`
	Search string `json:"q,omitempty"`
	Moving bool   `json:"moving,omitempty"`
}

var (
	notYourGrant = fault.New(fault.Denied, "grant_others", "a grant is taken back by its giver, its receiver, or who administers permissions")
	grantExtend  = fault.New(fault.Denied, "grant_extend", "a grant is extended by its giver, or by who administers permissions; whoever received it asks them")
	grantPost    = fault.New(fault.Denied, "grant_post", "who gives access holds a position in the company for as long as they give it")
	noGrant      = fault.New(fault.NotFound, "grant", "there is no such grant")
	grantMore    = fault.New(fault.Denied, "grant_more", "nobody grants what they do not have themselves, or have only by a grant or as a collaborator")
)

// Grant lets somebody else act on records for a time: at most what the actor may do with each of
// them now by rules of their own, or by the one grant that they give on. A field that the actor sees
// less openly on one of the records is granted no more openly on any. Where a record belongs (owner, unit,
// pool, what it refers to) is edited by it only where that was named field by field. A condition that moves with
// the data is bounded by the reach that the actor has now. It takes a session. Faults: Invalid,
// Denied, NotFound for records that the actor may not read.
func (s *Session) Grant(ctx context.Context, g grants.Grant, chosen ...GrantChoice) (*Grant, error) {
	return s.give(ctx, func(t *tx, v *view) (*grants.Grant, error) {
		here := g // the transaction may run again
		here.Along = slices.Clone(g.Along)
		return &here, t.choose(ctx, v, &here, chosen)
	})
}

// ExtendGrant gives again what a grant gives, until another end: a new decision with all its checks,
// of the actor's, which begins where the old one ends. The old one stays as it is. Faults: as Grant,
// and NotFound for who may not know of the old one.
func (s *Session) ExtendGrant(ctx context.Context, id policy.ID, until time.Time, purpose string) (*Grant, error) {
	return s.give(ctx, func(t *tx, v *view) (*grants.Grant, error) {
		old, err := t.grantDocument(ctx, v, id)
		if err != nil {
			return nil, err
		}
		switch me := s.actor.Person; {
		case old.Receiver != me && (old.Giver == me || v.may("policy")):
		case old.Receiver == me || v.may("audit"):
			return nil, grantExtend
		default:
			return nil, noGrant
		}
		g := grants.Grant{Giver: s.actor.Person, Receiver: old.Receiver, Kind: old.Kind, Records: old.Records, When: old.When, Actions: old.Actions,
			Fields: old.Fields, From: t.now, Until: until, Purpose: purpose, GiveOn: old.GiveOn, Once: old.Once, Parent: old.Parent, Extends: old.ID, Along: slices.Clone(old.Along)}
		if state := old.At(t.now); state == grants.Active || state == grants.Pending {
			if _, g.From = old.Window(); old.Once {
				g.From = t.now
			}
		}
		if !until.After(g.From) && until.After(t.now) {
			return nil, fault.New(fault.Invalid, "grant_extends", "what extends a grant ends after it").WithAt("until").With("until", g.From)
		}
		if g.Purpose == "" {
			g.Purpose = old.Purpose
		}
		return &g, nil
	})
}

func (s *Session) give(ctx context.Context, ask func(*tx, *view) (*grants.Grant, error)) (*Grant, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var id policy.ID
	err := s.db.write(ctx, s.actor, op{name: "grant", raises: true}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		g, err := ask(t, v)
		if err != nil {
			return err
		}
		asked := g.Fields
		if err := t.prepareGrant(ctx, v, g); err != nil {
			return err
		}
		if err := keepPlaces(v.catalog.Schema(), g, asked...); err != nil {
			return err
		}
		if g.ID, err = t.newID(ctx); err != nil {
			return err
		}
		id = g.ID
		return t.putGrant(ctx, *g)
	})
	if err = s.declined(ctx, "grant", err); err != nil {
		return nil, err
	}
	return s.grant(ctx, id)
}

// errPlanned undoes a transaction that only tried.
var errPlanned = errors.New("store: only planned")

// PlanGrant says what Grant would give, and gives nothing. Faults: as Grant.
func (s *Session) PlanGrant(ctx context.Context, g grants.Grant, chosen ...GrantChoice) (*GrantPlan, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var plan *GrantPlan
	err := s.db.write(ctx, s.actor, op{name: "grant"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		here := g
		here.Along = slices.Clone(g.Along)
		if err := t.choose(ctx, v, &here, chosen); err != nil {
			return err
		}
		if err := t.prepareGrant(ctx, v, &here); err != nil {
			return err
		}
		less := lessThan(here, g)
		if err := keepPlaces(v.catalog.Schema(), &here, g.Fields...); err != nil {
			return err
		}
		above, err := t.above(ctx, v, here)
		if err != nil {
			return err
		}
		names := map[policy.ID]string{}
		if err := t.directoryNames(ctx, v.tenant, []policy.ID{here.Receiver}, names); err != nil {
			return err
		}
		plan = &GrantPlan{Records: len(here.Records), When: here.When, Fields: here.Fields, Along: v.alongOf(here), Less: less, From: here.From, Until: here.Until,
			Sentence: v.grantSentence(here.Under(above...), here.Conditions(above...), names[here.Receiver])}
		return errPlanned
	})
	if errors.Is(err, errPlanned) {
		return plan, nil
	}
	return nil, s.declined(ctx, "grant", err)
}

// prepareGrant completes a grant of the actor's and checks it.
func (t *tx) prepareGrant(ctx context.Context, v *view, g *grants.Grant) error {
	g.Giver, g.RevokedAt, g.UsedAt, g.Within = t.actor.Person, nil, nil, nil
	g.From, g.Until = *whole(&g.From), *whole(&g.Until)
	if g.From.Before(t.now) {
		g.From = t.now
	}
	return t.checkGrant(ctx, v, g)
}

// choose names the records that a list would show now, or turns its filter into the condition of
// what moves with the data.
func (t *tx) choose(ctx context.Context, v *view, g *grants.Grant, chosen []GrantChoice) error {
	if len(chosen) == 0 {
		return nil
	}
	if c := chosen[0]; c.Moving {
		if c.Search != "" || c.Filter == "" {
			return fault.New(fault.Invalid, "grant_moving", "what moves with the data is a filter; words to search for are not").WithAt("choose")
		}
		cond, err := policy.ParseCEL(v.knownCatalog().Schema(), g.Kind, c.Filter)
		if err != nil {
			return faultAt("choose.filter", err)
		}
		if err := v.keepable(g.Kind, c.Filter); err != nil {
			return fault.From(err).WithAt("choose.filter")
		}
		g.When = cond
		return nil
	}
	q := ListQuery{Kind: g.Kind, Filter: chosen[0].Filter, Search: chosen[0].Search, Fields: []string{}, Limit: maxLimit}
	for {
		l, err := v.prepare(q)
		if err != nil {
			return err
		}
		rows, next, err := t.rows(ctx, l)
		if err != nil {
			return err
		}
		for _, row := range rows {
			g.Records = append(g.Records, row.id)
		}
		if q.Cursor = next; next == "" || len(g.Records) > grants.MaxRecords {
			break
		}
	}
	if len(g.Records) == 0 {
		return fault.New(fault.Invalid, "grant_nothing", "nothing matches").WithAt("choose")
	}
	return nil
}

func (t *tx) putGrant(ctx context.Context, g grants.Grant) error {
	document, err := jsonText(g)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO access_grant (tenant_id, id, giver_id, receiver_id, kind, document, purpose, from_at, until_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.actor.Tenant, g.ID, g.Giver, g.Receiver, string(g.Kind), document, g.Purpose, g.From.UnixMicro(), g.Until.UnixMicro(), t.nowMicros())
	if err != nil {
		return err
	}
	if err := t.grantEvent(ctx, g.Kind, g.ID, "given", g.Records); err != nil {
		return err
	}
	kind, about := policy.Kind(""), g.ID
	if len(g.Records) == 1 && !g.Once { // nobody opens the record of a grant for one view by its page
		kind, about = g.Kind, g.Records[0]
	}
	if err := t.notify(ctx, g.Receiver, NoticeGrant, kind, about, map[string]any{"of": string(g.Kind), "records": len(g.Records)}); err != nil {
		return err
	}
	entry := audit.Entry{Action: audit.GrantGiven, Kind: g.Kind, Records: g.Records, Detail: map[string]any{"grant": g, "purpose": g.Purpose}}
	if g.Giver != t.actor.Person { // whoever approved gives in the name of somebody else
		entry.OnBehalf = g.Giver
	}
	return t.audit(ctx, entry)
}
