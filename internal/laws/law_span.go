package laws

import "guan/policy"

// spans: what a reduction says before any record is known holds on every record. Where no way is
// open nothing is allowed; each field stands between the ends of its span and is writable as the
// span says. The other way round, a way without conditions in front of which nothing stands lets a
// record in, with the levels of its span: an open way is not an empty promise.
func spans(c *checker) {
	for _, k := range kinds {
		rows := c.of(k.Name)
		for _, who := range c.askers() {
			b := c.bind(c.rules, who)
			for _, action := range k.Actions {
				r := b.Reduce(action, k.Name)
				for _, row := range rows {
					c.spanned(r, row, c.decide(b, row, action))
				}
				open, barred := r.Ways()
				if barred {
					continue
				}
				for _, way := range open {
					if row := witness(b, way); row != nil {
						o := c.decide(b, row, action)
						if !o.Allowed {
							c.fail("span", "%d, %s %s: the way %s lets nobody in", who, action, k.Name, way.Key())
						}
						c.spanned(r, row, o)
					}
				}
			}
		}
	}
}

func (c *checker) spanned(r *policy.Reduction, row *policy.Row, o policy.Outcome) {
	if !o.Allowed {
		return
	}
	if open, _ := r.Ways(); len(open) == 0 {
		c.fail("span", "%s %s %d is allowed by no way", r.Action, row.Kind, row.ID)
	}
	for _, f := range r.Kind.Fields {
		s, level, edit := r.Span(f), o.Level(f), o.Editable(f)
		if level < s.Low || level > s.High || edit && !s.Some || s.Every && !edit || s.Every && !s.Some {
			c.fail("span", "%s %s %d: %s is %s (writable: %v), its span %+v", r.Action, row.Kind, row.ID, f.Name, level, edit, s)
		}
	}
}

// witness makes a record that comes this way and no other one can make sure of; nil where the way
// asks for more than its path.
func witness(b *policy.Bound, way *policy.Branch) *policy.Row {
	if way.When.Eval(&policy.Row{}) != policy.Yes {
		return nil
	}
	k, s := way.Path.Kind, b.Subject()
	row := &policy.Row{Kind: k.Name, ID: gone, Values: map[string]policy.Value{"id": policy.RefOf(gone)}}
	switch way.Path.Path {
	case policy.PathAll:
	case policy.PathOwn:
		row.Values[k.Owner] = policy.RefOf(s.Person)
	case policy.PathUnits:
		row.Values[k.Unit] = policy.RefOf(way.Path.IDs[0])
	case policy.PathPool:
		row.Values[k.Pool] = policy.RefOf(way.Path.IDs[0])
	case policy.PathTeam:
		row.Team = []policy.Member{{Person: s.Person}}
	case policy.PathNear:
		row.Values[k.Place] = policy.PlaceOf(way.Path.Anchors[0].Lat, way.Path.Anchors[0].Lng)
	default:
		return nil
	}
	if way.Match(row) != policy.Yes {
		return nil // its condition asks for values that this record has not
	}
	return row
}
