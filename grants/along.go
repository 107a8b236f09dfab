package grants

import "guan/policy"

// Along lends what belongs to the named records with them: those of Kind whose Field points at one
// of them, whichever there are at any time.
type Along struct {
	Relation string             `json:"relation"` // of the named records' kind
	Kind     policy.Kind        `json:"kind"`
	Field    string             `json:"field"`
	Actions  []policy.Action    `json:"actions"`
	Fields   []policy.FieldRule `json:"fields"`
	// Within bounds it as Grant.Within bounds a condition.
	Within *policy.Cond `json:"within,omitempty"`
}

// MaxAlong is how many relations one grant may follow.
const MaxAlong = 10

// Of is the grant of what goes along, as a grant of its own.
func (a Along) Of(g Grant) Grant {
	points := policy.Cond{Op: policy.OpIn, Field: a.Field}
	for _, id := range g.Records {
		points.Values = append(points.Values, policy.Operand{Ref: &id})
	}
	g.Kind, g.Actions, g.Fields, g.Within = a.Kind, a.Actions, a.Fields, a.Within
	g.Records, g.When, g.Along, g.GiveOn = nil, &points, nil, false
	return g
}

func (g Grant) checkAlong(wrong func(at, code, detail string)) {
	switch {
	case len(g.Along) == 0:
	case len(g.Records) == 0 || g.When != nil:
		wrong("along", "grant_along_records", "only what belongs to named records goes along with them")
	case g.Once || g.Parent != 0:
		wrong("along", "grant_along_alone", "what is given for one view, or given on, goes by itself")
	case len(g.Along) > MaxAlong:
		wrong("along", "grant_along_many", "a grant follows at most 10 relations")
	}
	seen := map[string]bool{}
	for _, a := range g.Along {
		if seen[a.Relation] {
			wrong("along", "grant_along_twice", "each relation is followed once")
		}
		seen[a.Relation] = true
	}
}
