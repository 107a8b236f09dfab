package laws

import (
	"time"

	"guan/access"
	"guan/grants"
	"guan/policy"
)

// sandbox draws a sandbox as the rules that it lowers to: permits for several people at once, on named
// records and conditions, with windows that are cut by those of members, shares and the sandbox.
func (s *source) sandbox() []policy.Rule {
	window := func() (from, until time.Time) {
		from, until = time.UnixMicro(s.instant()).UTC(), time.UnixMicro(s.instant()).UTC()
		if until.Before(from) {
			return until, from
		}
		return from, until
	}
	box := grants.Sandbox{ID: 800, Sponsor: one(s, s.w.People...).ID, Title: "laws", Purpose: "laws"}
	box.From, box.Until = window()
	if s.in(6) {
		at := time.UnixMicro(s.instant()).UTC()
		box.EndedAt = &at
	}
	for range 1 + s.IntN(4) {
		m := grants.Member{Person: one(s, s.w.People...).ID, Mode: one(s, grants.View, grants.Edit), Gives: s.in(2)}
		if s.in(2) {
			joined, left := window()
			m.Joined, m.Left = joined, &left
		}
		box.Members = append(box.Members, m)
	}
	for i := range 1 + s.IntN(3) {
		k := s.kind()
		x := grants.Share{ID: policy.ID(810 + i), Giver: one(s, box.Sponsor, box.Members[0].Person), Kind: k.Name, Fields: s.levels(k), Actions: []policy.Action{policy.Read}}
		if s.in(2) {
			x.Actions = append(x.Actions, policy.Edit)
		}
		x.From, x.Until = window()
		var ids []policy.ID
		for _, r := range s.w.Records {
			if r.Kind == k.Name {
				ids = append(ids, r.ID)
			}
		}
		if len(ids) > 0 && !s.in(3) {
			x.Records = some(s, 1, 4, ids)
		}
		if len(x.Records) == 0 || s.in(3) {
			when := s.cond(k, 2, false)
			x.When = &when
		} else {
			x.Along = s.along(k)
		}
		box.Shares = append(box.Shares, x)
	}
	return access.Authored{Sandboxes: []grants.Sandbox{box}}.Lower()
}
