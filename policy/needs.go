package policy

import "slices"

// Needs says what of a record must be loaded for a decision on it to be right.
type Needs struct {
	Team      bool
	Relations map[string]*Needs // by relation name, each with what is needed of the related records
}

// Needs collects what the rules of these actions look at on the kind. It speaks of all rules,
// so that an explanation can be given too.
func (rs *Ruleset) Needs(kind Kind, actions ...Action) *Needs {
	n := &Needs{Relations: map[string]*Needs{}}
	for _, c := range rs.rules {
		if c.kind.Name != kind || !slices.ContainsFunc(actions, c.rule.concerns) {
			continue
		}
		n.path(c.path)
		n.node(c.when)
	}
	return n
}

func (n *Needs) related(name string) *Needs {
	if n.Relations[name] == nil {
		n.Relations[name] = &Needs{Relations: map[string]*Needs{}}
	}
	return n.Relations[name]
}

func (n *Needs) path(p *cpath) {
	switch p.Path.Path {
	case PathTeam:
		n.Team = true
	case PathLinked:
		other := n.related(p.relation.Name)
		other.path(p.via)
		other.node(p.cond)
	}
}

func (n *Needs) node(c *node) {
	if c == nil {
		return
	}
	inner := n
	if c.relation != nil {
		inner = n.related(c.relation.Name)
	}
	if c.parent != nil {
		n.related(c.parent.Name)
	}
	for _, a := range c.args {
		inner.node(a)
	}
}
