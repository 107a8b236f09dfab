package store

import (
	"context"
	"database/sql"
	"errors"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// Sight is what a person sees of each kind, and through which rules.
type Sight struct {
	Person Name            `json:"person"`
	Kinds  []KindSight     `json:"kinds"`
	Can    []policy.Action `json:"can"` // of administration
	Epoch  int64           `json:"epoch"`
}

// KindSight is how many records of a kind a person may read, up to CountCap.
type KindSight struct {
	Kind  policy.Kind   `json:"kind"`
	Label records.Label `json:"label"`
	Total Total         `json:"total"`
	Rules []SightRule   `json:"rules"`
}

// SightRule is a rule that opens or closes the reading of a kind for the person.
type SightRule struct {
	Rule     string        `json:"rule"`
	Effect   policy.Effect `json:"effect"`
	Origin   policy.Origin `json:"origin"`
	Sentence records.Label `json:"sentence"`
}

// Sees tells what a person sees: of oneself always, of others with one of the rights policy and
// audit. Faults: Denied, NotFound.
func (s *Session) Sees(ctx context.Context, person policy.ID) (*Sight, error) {
	var sight *Sight
	read := func(t *rtx, v *view) (err error) {
		sight, err = t.sight(ctx, v, "id = $2", person)
		return err
	}
	var err error
	if person == s.actor.Person && s.actor.Scope == nil {
		err = s.db.lookAt(ctx, s.actor, read)
	} else {
		err = s.oversee(ctx, "sees", read, "policy", "audit")
	}
	if err != nil {
		return nil, err
	}
	return sight, s.db.auditRead(ctx, s.actor, sight.entry())
}

// Sees tells the same of the person with a login, to who runs the program on the data. Faults:
// NotFound.
func (s *System) Sees(ctx context.Context, login string) (*Sight, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	normal, err := records.NormalLogin(login)
	if err != nil {
		return nil, noPerson
	}
	var sight *Sight
	err = s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) (err error) {
		sight, err = t.sight(ctx, v, "login = $2", normal)
		return err
	})
	if err != nil {
		return nil, err
	}
	return sight, s.db.auditRead(ctx, s.actor, sight.entry())
}

func (x *Sight) entry() audit.Entry {
	return audit.Entry{Action: audit.Explain, Kind: records.RefPerson, Record: x.Person.ID, Epoch: x.Epoch}
}

// sight counts through the gate, as the person would.
func (t *rtx) sight(ctx context.Context, v *view, where string, arg any) (*Sight, error) {
	x := &Sight{Kinds: []KindSight{}, Can: []policy.Action{}, Epoch: v.epoch}
	err := t.row(ctx, "SELECT id, name, login FROM person WHERE tenant_id = $1 AND "+where, v.tenant, arg).Scan(&x.Person.ID, &x.Person.Name, &x.Person.Login)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noPerson
	}
	if err != nil {
		return nil, err
	}
	them := v.state.view(Actor{Tenant: v.tenant, Person: x.Person.ID, Channel: "web", Device: "desktop", Network: "office"}, v.now)
	for _, action := range records.SystemActions {
		if them.may(action) {
			x.Can = append(x.Can, action)
		}
	}
	for _, kind := range them.catalog.Kinds() {
		s := them.shape(kind, []string{})
		seen := KindSight{Kind: kind.Name, Label: kind.Label, Rules: them.sightRules(s.read)}
		if !s.read.None() {
			stmt := t.db.sqlDialect().Count(s.list(0), CountCap)
			var epoch int64
			var n sql.NullInt64
			if err := t.row(ctx, stmt.SQL, stmt.Args...).Scan(&epoch, &n); err != nil {
				return nil, err
			}
			if epoch != v.epoch || !n.Valid {
				return nil, errEpoch
			}
			seen.Total = Total{Count: int(min(n.Int64, CountCap)), Capped: n.Int64 > CountCap}
		}
		x.Kinds = append(x.Kinds, seen)
	}
	return x, nil
}

// sightRules lists the rules behind a reduction: the ways in, then what closes.
func (v *view) sightRules(read *policy.Reduction) []SightRule {
	list := []SightRule{}
	add := func(rules []int) {
		for _, i := range rules {
			r := v.bound.Ruleset().Rule(i)
			list = append(list, SightRule{r.ID, r.Effect, r.Origin, v.sentenceOf(r)})
		}
	}
	for _, b := range read.Branches {
		add(b.Rules)
	}
	for _, b := range read.Bars {
		add(b.Rules)
	}
	for _, g := range read.Guards {
		add(g.Rules)
	}
	return list
}
