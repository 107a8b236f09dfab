package access

import (
	"slices"
	"time"

	"guan/org"
	"guan/policy"
)

// Pool holds records without an owner that some people may look through and claim.
type Pool struct {
	ID   policy.ID
	Name string
	Open policy.Who // to whom; nobody named is nobody
	// Settings are how it is worked with.
	Settings PoolSettings
}

// Subject derives the engine's view of a person at now. The appointments may be those of the
// person or of everybody. until is the first instant at which an appointment begins or ends and
// the subject must be derived again; zero when none does.
//
// A person without any active appointment heads nothing: whoever has left loses the department
// with the appointment, even while the tree still names them.
func Subject(person policy.ID, tree *org.Tree, appointments []org.Appointment, pools []Pool, now time.Time) (s policy.Subject, until time.Time) {
	var mine []org.Appointment
	for _, a := range appointments {
		if a.Person == person {
			mine = append(mine, a)
		}
	}
	until, _ = org.NextBoundary(mine, now)
	s.Person = person
	for _, a := range org.ActiveOf(mine, now) {
		if _, ok := tree.Unit(a.Unit); !ok {
			continue // a unit that is gone gives nothing
		}
		s.Posts = append(s.Posts, policy.Post{Position: a.Position, Unit: a.Unit, Above: tree.Above(a.Unit)})
		s.Units = append(s.Units, a.Unit)
	}
	slices.Sort(s.Units)
	s.Units = slices.Compact(s.Units)
	s.Below = tree.Union(s.Units)
	if len(s.Posts) > 0 {
		s.Headed = tree.Union(tree.HeadedBy(person))
	}
	for _, unit := range s.Units {
		u, _ := tree.Unit(unit)
		if p, ok := u.Point(); ok && !slices.Contains(s.Anchors, p) {
			s.Anchors = append(s.Anchors, p)
		}
	}
	for _, pool := range pools {
		if names(pool.Open, &s) || leads(pool.Open, &s, tree) {
			s.Pools = append(s.Pools, pool.ID)
		}
	}
	slices.Sort(s.Pools)
	s.Pools = slices.Compact(s.Pools)
	return s, until
}

// leads reports whether who speaks of a unit that the subject heads, from above too: who leads people leads
// them also in what they take from a pool.
func leads(who policy.Who, s *policy.Subject, tree *org.Tree) bool {
	return slices.ContainsFunc(who.Any, func(c policy.Clause) bool {
		return c.Unit != 0 && c.Position == "" && slices.ContainsFunc(s.Headed, func(unit policy.ID) bool {
			return c.Unit == unit || c.Below && slices.Contains(tree.Above(unit), c.Unit)
		})
	}) && !names(policy.Who{Any: who.Except}, s)
}

// names reports whether who speaks of the subject, by the same reading as the engine's.
func names(who policy.Who, s *policy.Subject) bool {
	matches := func(c policy.Clause) bool {
		switch {
		case c.Everyone:
			return true
		case c.Person != 0:
			return c.Person == s.Person
		case c.Position == "" && c.Unit == 0:
			return false
		}
		return slices.ContainsFunc(s.Posts, func(p policy.Post) bool {
			return (c.Position == "" || c.Position == p.Position) &&
				(c.Unit == 0 || c.Unit == p.Unit || c.Below && slices.Contains(p.Above, c.Unit))
		})
	}
	return slices.ContainsFunc(who.Any, matches) && !slices.ContainsFunc(who.Except, matches)
}
