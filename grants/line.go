package grants

import (
	"slices"

	"guan/policy"
)

// Under returns the grant as it stands under the grants above it, from its parent up: not before
// any of them begins, not after any of them ends or is taken back, with no action that one of them
// lacks, and of the named records those that all name. Nothing is written down when a parent ends;
// it is worked out from the line each time.
func (g Grant) Under(above ...Grant) Grant {
	for _, p := range above {
		from, end := p.Window()
		if g.From.Before(from) {
			g.From = from
		}
		if p.revoked() && end.Equal(*p.RevokedAt) && end.Before(g.Until) && (g.RevokedAt == nil || end.Before(*g.RevokedAt)) {
			g.RevokedAt = &end
		}
		g.Until = first(g.Until, &p.Until, p.Leaves)
		g.Actions = slices.DeleteFunc(slices.Clone(g.Actions), func(a policy.Action) bool { return !slices.Contains(p.Actions, a) })
		switch {
		case len(p.Records) == 0:
		case len(g.Records) == 0:
			g.Records = p.Records
		default:
			g.Records = slices.DeleteFunc(slices.Clone(g.Records), func(id policy.ID) bool { return !slices.Contains(p.Records, id) })
			if len(g.Records) == 0 {
				g.Actions = nil // names nothing of what was given: without records it would name all
			}
		}
	}
	return g
}

// Conditions lists what a record must satisfy under the grant and those above it, beside being named.
func (g Grant) Conditions(above ...Grant) []policy.Cond {
	var list []policy.Cond
	for _, one := range append([]Grant{g}, above...) {
		for _, c := range []*policy.Cond{one.When, one.Within} {
			if c != nil {
				list = append(list, *c)
			}
		}
	}
	return list
}

// Above lists the grants that one was given on from, its parent first; false when one of them is not
// there or may not be given on, and then the grant gives nothing.
func Above(g Grant, find func(policy.ID) (Grant, bool)) ([]Grant, bool) {
	var above []Grant
	for at := g; at.Parent != 0; {
		p, ok := find(at.Parent)
		if !ok || !p.GiveOn || p.Receiver != at.Giver || p.Kind != g.Kind || len(above) == MaxLine-1 {
			return nil, false
		}
		above = append(above, p)
		at = p
	}
	return above, true
}
