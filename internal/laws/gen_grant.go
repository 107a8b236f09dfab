package laws

import (
	"time"

	"guan/access"
	"guan/grants"
	"guan/policy"
)

// grants draws a line of grants, each given on from the one before, as the rules that they lower to:
// permits on named records and conditions, with windows that are cut where one above ends.
func (s *source) grants() []policy.Rule {
	k := s.kind()
	var ids []policy.ID
	for _, r := range s.w.Records {
		if r.Kind == k.Name {
			ids = append(ids, r.ID)
		}
	}
	var line []grants.Grant
	giver := one(s, s.w.People...).ID
	for i := range 1 + s.IntN(grants.MaxLine) {
		g := grants.Grant{
			ID: policy.ID(900 + i), Giver: giver, Receiver: one(s, s.w.People...).ID, Kind: k.Name, Fields: s.levels(k), Purpose: "laws",
			Actions: some(s, 1, 2, []policy.Action{policy.Edit, policy.Delete, policy.Export}), GiveOn: !s.in(8), Once: s.in(12),
			From: time.UnixMicro(s.instant()).UTC(), Until: time.UnixMicro(s.instant()).UTC(),
		}
		g.Actions = append(g.Actions, policy.Read)
		if g.Until.Before(g.From) {
			g.From, g.Until = g.Until, g.From
		}
		if s.in(6) {
			at := time.UnixMicro(s.instant()).UTC()
			g.RevokedAt = &at
		}
		if len(ids) > 0 && !s.in(3) {
			g.Records = some(s, 1, 4, ids)
		}
		if len(g.Records) == 0 || s.in(3) {
			when := s.cond(k, 2, false)
			g.When = &when
		}
		if s.in(3) {
			within := s.cond(k, 1, false)
			g.Within = &within
		}
		if i > 0 {
			g.Parent = line[i-1].ID
		} else if len(g.Records) > 0 && g.When == nil && !g.Once {
			g.Along = s.along(k)
		}
		line, giver = append(line, g), g.Receiver
	}
	return access.Authored{Grants: line}.Lower()
}

// along draws what goes along with named records of a kind.
func (s *source) along(k *policy.KindSchema) []grants.Along {
	var list []grants.Along
	for _, r := range k.Relations {
		if r.Many && s.in(2) {
			list = append(list, grants.Along{Relation: r.Name, Kind: r.Kind, Field: r.Field, Actions: []policy.Action{policy.Read}, Fields: s.levels(k.Related(&r))})
		}
	}
	return list
}

// emergency draws a record that somebody opened, with what hangs on it, as the rules that it lowers to.
func (s *source) emergency() []policy.Rule {
	if len(s.w.Records) == 0 {
		return nil
	}
	record := one(s, s.w.Records...)
	e := grants.Emergency{
		ID: 950, Person: one(s, s.w.People...).ID, Kind: record.Kind, Record: record.ID, Classes: some(s, 1, 3, policy.Classes), Reason: "laws",
		From: time.UnixMicro(s.instant()).UTC(), Until: time.UnixMicro(s.instant()).UTC(),
	}
	if e.Until.Before(e.From) {
		e.From, e.Until = e.Until, e.From
	}
	if s.in(6) {
		at := time.UnixMicro(s.instant()).UTC()
		e.EndedAt = &at
	}
	for _, r := range schema.Kind(record.Kind).Relations {
		if r.Many && s.in(2) {
			e.With = append(e.With, grants.Hanging{Relation: r.Name, Kind: r.Kind, Field: r.Field})
		}
	}
	return access.Authored{Emergencies: []grants.Emergency{e}}.Lower()
}
