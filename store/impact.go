package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// RightsImpact is which rights of administration a person would gain and lose.
type RightsImpact struct {
	Gained []policy.Action `json:"gained"`
	Lost   []policy.Action `json:"lost"`
}

// UnitImpact adds up what the people whose home a unit is would gain and lose.
type UnitImpact struct {
	Unit   *Name                 `json:"unit,omitempty"` // none: people without a home
	People int                   `json:"people"`
	Gained map[policy.Action]int `json:"gained"`
	Lost   map[policy.Action]int `json:"lost"`
}

// ImpactTotals adds everything up.
type ImpactTotals struct {
	People int                   `json:"people"`
	Gained map[policy.Action]int `json:"gained"`
	Lost   map[policy.Action]int `json:"lost"`
	More   map[string]int        `json:"more"`
	Less   map[string]int        `json:"less"`
}

// ImpactAsk says which part of a draft's impact somebody asks for; no people and no kinds: of all.
type ImpactAsk struct {
	People []policy.ID
	Kinds  []policy.Kind
	After  policy.ID // people with larger ids: the Next of the answer before
	Limit  int       // how many people are worked out at most
}

// DraftImpact works out who would gain or lose what by a draft, against the policy in force. In a
// large company it answers page by page: everybody for whom the rules differ at all is counted, and
// the records of a limited number are compared. It takes the right policy. Faults: NotFound, Invalid
// (draft_problems), Denied.
func (s *Session) DraftImpact(ctx context.Context, id policy.ID, ask ImpactAsk) (*Impact, error) {
	var impact *Impact
	var changes []access.DocumentChange
	var by []string
	err := s.oversee(ctx, "impact", func(t *rtx, v *view) error {
		by = v.by
		d, err := t.draft(ctx, v.tenant, id)
		if err != nil {
			return err
		}
		items, err := t.documentProblems(ctx, v, d.document)
		if err != nil {
			return err
		}
		if len(items) > 0 {
			return draftWrong.WithItems(items...)
		}
		after, err := t.under(ctx, v.state, d.document)
		if err != nil {
			return err
		}
		changes = access.Changes(v.catalog.Schema(), v.document, d.document)
		impact, err = t.pageOfImpact(ctx, v, after, ask)
		return err
	}, "policy")
	if err != nil {
		return nil, err
	}
	// The draft can be another one by tomorrow: what was asked of it stands here.
	return impact, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Explain, Kind: records.System, Rules: by, Epoch: impact.Epoch,
		Detail: noting(changes, map[string]any{"draft": id, "people": len(ask.People), "after": ask.After})})
}

func (t *rtx) pageOfImpact(ctx context.Context, v *view, after *state, ask ImpactAsk) (*Impact, error) {
	names, err := t.simulated(ctx, v, ask.People)
	if err != nil {
		return nil, err
	}
	twice := func(person policy.ID) (was, is *policy.Bound) { return v.twice(person, after.rules) }
	var page []Name
	affected, next := 0, policy.ID(0)
	for _, person := range names {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if person.ID <= ask.After {
			continue
		}
		if was, is := twice(person.ID); !v.differ(was, is, ask.Kinds) {
			continue
		}
		if affected++; affected <= ask.Limit {
			page = append(page, person)
		} else if next == 0 {
			next = page[len(page)-1].ID
		}
	}
	impact, err := t.impact(ctx, v, page, ask.Kinds, twice)
	if err != nil {
		return nil, err
	}
	impact.Affected, impact.Next, impact.Truncated = affected, next, next != 0
	return impact, nil
}

// differ reports whether two policies give a person different things on some record, or different
// rights.
func (v *view) differ(was, is *policy.Bound, kinds []policy.Kind) bool {
	if rightsImpact(was, is) != nil {
		return true
	}
	actions := append([]policy.Action{policy.Create}, comparedActions...)
	for _, kind := range v.catalog.Kinds() {
		if len(kinds) > 0 && !slices.Contains(kinds, kind.Name) {
			continue
		}
		for _, action := range actions {
			if fingerprint(was.Reduce(action, kind.Name)) != fingerprint(is.Reduce(action, kind.Name)) {
				return true
			}
		}
	}
	return false
}

// rightsImpact compares rights of administration; nil when they are the same.
func rightsImpact(was, is *policy.Bound) *RightsImpact {
	r := RightsImpact{Gained: []policy.Action{}, Lost: []policy.Action{}}
	for _, action := range records.SystemActions {
		row := &policy.Row{Kind: records.System}
		switch before, after := was.Decide(row, action).Allowed, is.Decide(row, action).Allowed; {
		case after && !before:
			r.Gained = append(r.Gained, action)
		case before && !after:
			r.Lost = append(r.Lost, action)
		}
	}
	if len(r.Gained)+len(r.Lost) == 0 {
		return nil
	}
	return &r
}

// sumUp adds the people of an impact up by the units that are their homes, and all together.
func (t *rtx) sumUp(ctx context.Context, v *view, impact *Impact) error {
	ids := make([]policy.ID, len(impact.People))
	for i, p := range impact.People {
		ids[i] = p.Person.ID
	}
	homes, err := t.homes(ctx, v.tenant, ids)
	if err != nil {
		return err
	}
	totals := ImpactTotals{Gained: map[policy.Action]int{}, Lost: map[policy.Action]int{}, More: map[string]int{}, Less: map[string]int{}}
	units := map[policy.ID]*UnitImpact{}
	for i := range impact.People {
		p := &impact.People[i]
		home := homes[p.Person.ID]
		if u, ok := v.tree.Unit(home); ok {
			p.Unit = &Name{ID: u.ID, Name: u.Name}
		} else {
			home = 0
		}
		at := units[home]
		if at == nil {
			at = &UnitImpact{Unit: p.Unit, Gained: map[policy.Action]int{}, Lost: map[policy.Action]int{}}
			units[home] = at
		}
		at.People++
		totals.People++
		for _, k := range p.Kinds {
			add(at.Gained, k.Gained)
			add(at.Lost, k.Lost)
			add(totals.Gained, k.Gained)
			add(totals.Lost, k.Lost)
			add(totals.More, k.More)
			add(totals.Less, k.Less)
		}
	}
	impact.Totals, impact.Units = totals, []UnitImpact{}
	for u := range v.tree.Units() {
		if at := units[u.ID]; at != nil {
			impact.Units = append(impact.Units, *at)
		}
	}
	if at := units[0]; at != nil {
		impact.Units = append(impact.Units, *at)
	}
	return nil
}

func add[K comparable](to, more map[K]int) {
	for key, n := range more {
		to[key] += n
	}
}

// homes gives people's home units, by person.
func (t *rtx) homes(ctx context.Context, tenant policy.ID, people []policy.ID) (map[policy.ID]policy.ID, error) {
	out := map[policy.ID]policy.ID{}
	list, err := json.Marshal(idNumbers(people))
	if err != nil {
		return nil, fault.From(err)
	}
	return out, t.each(ctx, func(rows *sql.Rows) error {
		var person, unit policy.ID
		err := rows.Scan(&person, &unit)
		out[person] = unit
		return err
	}, "SELECT id, unit_id FROM person WHERE tenant_id = $1 AND unit_id IS NOT NULL AND id IN "+t.listed(2), tenant, string(list))
}
