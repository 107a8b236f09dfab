package sqlgen

import (
	"strings"

	"guan/policy"
)

// test writes 'certainly passes' or 'certainly does not'.
func (g *gen) test(s scope, t *policy.Test, yes bool) string {
	path, when := g.path(s, t.Path, yes), g.pred(s, t.When, yes)
	if yes {
		return and(path, when)
	}
	return or(path, when)
}

// path writes whether the record under the scope's alias lies within the path's reach.
func (g *gen) path(s scope, p *policy.BoundPath, yes bool) string {
	k := s.kind
	switch p.Path {
	case policy.PathAll:
		return boolean(yes)
	case policy.PathOwn:
		return g.isOneOf(g.column(s.alias, k.Field(k.Owner)), []policy.ID{p.Person}, yes)
	case policy.PathUnits:
		return g.isOneOf(g.column(s.alias, k.Field(k.Unit)), p.IDs, yes)
	case policy.PathPool:
		return g.isOneOf(g.column(s.alias, k.Field(k.Pool)), p.IDs, yes)
	case policy.PathTeam:
		a := g.alias("t")
		found := "EXISTS (SELECT 1 FROM team " + a + " WHERE " + and(a+".record_id = "+s.alias+".id", g.member(a, k, p)) + ")"
		if yes {
			return found
		}
		return "NOT " + found
	case policy.PathNear:
		return g.near(s, p, yes)
	case policy.PathLinked:
		return g.related(s, p.Relation, yes, func(other scope, yes bool) string {
			via, cond := g.path(other, p.Via, yes), g.pred(other, p.Cond, yes)
			if yes {
				return and(via, cond)
			}
			return or(via, cond)
		})
	}
	return sqlFalse
}

// isOneOf never is NULL: a record without an owner or unit is certainly not within reach.
func (g *gen) isOneOf(col string, ids []policy.ID, yes bool) string {
	if len(ids) == 1 {
		if yes {
			return col + " = " + g.arg(int64(ids[0]))
		}
		return "(" + col + " IS NULL OR " + col + " <> " + g.arg(int64(ids[0])) + ")"
	}
	if yes {
		return col + g.among(ids, true)
	}
	return "(" + col + " IS NULL OR " + col + g.among(ids, false) + ")"
}

// among follows a column: that it is in the set, or is not; NULL where it is missing.
func (g *gen) among(ids []policy.ID, yes bool) string {
	in, set := " IN ", "(SELECT value FROM json_each("+g.ids(ids)+"))"
	if !yes {
		in = " NOT IN "
	}
	if g.dialect == Postgres {
		set = "(" + g.ids(ids) + ")"
		if in = " = ANY "; !yes {
			in = " <> ALL "
		}
	}
	return in + set
}

// member says that the team row under the alias is the person's, of the kind, and in force.
func (g *gen) member(a string, k *policy.KindSchema, p *policy.BoundPath) string {
	now := g.arg(p.Now)
	return a + ".tenant_id = " + g.tenant + " AND " + a + ".kind = " + g.arg(string(k.Name)) + " AND " + a + ".person_id = " + g.arg(int64(p.Person)) +
		" AND (" + a + ".from_at IS NULL OR " + a + ".from_at <= " + now + ") AND (" + a + ".until_at IS NULL OR " + a + ".until_at > " + now + ")"
}

func (g *gen) near(s scope, p *policy.BoundPath, yes bool) string {
	f := s.kind.Field(s.kind.Place)
	if len(p.Anchors) == 1 {
		return g.within(s.alias, f, p.Anchors[0], p.Chord2, yes)
	}
	if yes {
		// From the anchors to the records around each, along the index on the place.
		n := g.alias("n")
		return s.alias + ".id IN (SELECT " + n + ".id FROM " + g.anchors(p) + " JOIN " + s.kind.Table + " " + n + " ON " + n + ".tenant_id = " + g.tenant +
			" AND " + g.around(n+"."+f.Column, p) + ")"
	}
	return "(" + g.column(s.alias, f) + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + g.anchors(p) + " WHERE " + g.around(s.alias+"."+f.Column, p) + "))"
}

// anchors is a table a(x, y, z, lat1, lat2, lng1, lng2) of the person's places.
func (g *gen) anchors(p *policy.BoundPath) string {
	rows := make([]string, len(p.Anchors))
	for i, c := range p.Anchors {
		lat1, lat2, lng1, lng2, wrapped := Box(c, p.Chord2)
		if wrapped {
			lng1, lng2 = -180, 180
		}
		cells := make([]string, 0, 7)
		for _, v := range []float64{c.X, c.Y, c.Z, lat1, lat2, lng1, lng2} {
			cells = append(cells, g.float(v))
		}
		rows[i] = "(" + strings.Join(cells, ", ") + ")"
	}
	values := "VALUES " + strings.Join(rows, ", ")
	if g.dialect == Postgres {
		return "(" + values + ") a(x, y, z, lat1, lat2, lng1, lng2)"
	}
	return "(SELECT column1 x, column2 y, column3 z, column4 lat1, column5 lat2, column6 lng1, column7 lng2 FROM (" + values + ")) a"
}

func (g *gen) around(c string, p *policy.BoundPath) string {
	square := func(axis, v string) string {
		return "((" + c + axis + " - a." + v + ") * (" + c + axis + " - a." + v + "))"
	}
	return c + "_lat BETWEEN a.lat1 AND a.lat2 AND " + c + "_lng BETWEEN a.lng1 AND a.lng2 AND (" +
		square("_x", "x") + " + " + square("_y", "y") + ") + " + square("_z", "z") + " <= " + g.float(p.Chord2)
}
