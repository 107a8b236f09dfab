package laws

import (
	"slices"
	"time"

	"guan/policy"
)

// World is everything that a check looks at.
type World struct {
	Seed    uint64        `json:"seed"` // which made it; for information
	Now     int64         `json:"now"`  // µs since 1970 UTC
	Request Request       `json:"request"`
	Units   []Unit        `json:"units"`
	People  []Person      `json:"people"`
	Pools   []Pool        `json:"pools"`
	Records []Record      `json:"records"`
	Rules   []policy.Rule `json:"rules"`
	Change  Change        `json:"change"`
	Asks    []Ask         `json:"asks"`
	Splits  []Split       `json:"splits"`

	// Reindexing: the key of the index of encrypted fields is being rotated, and every other record has not its new
	// index yet.
	Reindexing bool `json:"reindexing,omitempty"`
}

// Request is what conditions read as ctx.
type Request struct {
	Channel string `json:"channel,omitempty"`
	Device  string `json:"device,omitempty"`
	Network string `json:"network,omitempty"`
	Proved  bool   `json:"proved,omitempty"` // the second factor; conditions do not read it
}

// Unit is a part of the company.
type Unit struct {
	ID     policy.ID      `json:"id"`
	Parent policy.ID      `json:"parent,omitempty"` // not there: a root
	Place  *policy.LatLng `json:"place,omitempty"`
	Heads  []policy.ID    `json:"heads,omitempty"`
}

// Person holds appointments, and attributes that conditions read as p.NAME.
type Person struct {
	ID    policy.ID        `json:"id"`
	Posts []Post           `json:"posts,omitempty"`
	Attrs map[string]Datum `json:"attrs,omitempty"`
}

// Post is an appointment in [From, Until), µs.
type Post struct {
	Position string    `json:"position"`
	Unit     policy.ID `json:"unit"`
	From     *int64    `json:"from,omitempty"`
	Until    *int64    `json:"until,omitempty"`
}

// Pool is open to the people of its units.
type Pool struct {
	ID    policy.ID   `json:"id"`
	Units []policy.ID `json:"units,omitempty"`
}

// Record is a record of one of the kinds.
type Record struct {
	Kind   policy.Kind               `json:"kind"`
	ID     policy.ID                 `json:"id"`
	Values map[string]Datum          `json:"values"`
	Team   []Member                  `json:"team,omitempty"`
	Search map[policy.Class][]string `json:"search,omitempty"`
}

// Member is a collaborator on a record in [From, Until), µs.
type Member struct {
	Person policy.ID `json:"person"`
	From   *int64    `json:"from,omitempty"`
	Until  *int64    `json:"until,omitempty"`
}

// Change is a draft: what another version of the policy and of the company does differently.
type Change struct {
	Permit *policy.Rule `json:"permit,omitempty"`
	Forbid *policy.Rule `json:"forbid,omitempty"`
	Drop   []string     `json:"drop,omitempty"`   // ids of rules
	Move   policy.ID    `json:"move,omitempty"`   // a unit that goes …
	To     policy.ID    `json:"to,omitempty"`     // … below another
	Twice  []string     `json:"twice,omitempty"`  // ids of rules that stand twice
	Rotate int          `json:"rotate,omitempty"` // how far the rules are turned
}

// Ask is a list that somebody asks for.
type Ask struct {
	Person policy.ID    `json:"person"`
	Kind   policy.Kind  `json:"kind"`
	Filter *policy.Cond `json:"filter,omitempty"`
	Terms  []string     `json:"terms,omitempty"` // of a text search
	Sort   string       `json:"sort,omitempty"`
	Desc   bool         `json:"desc,omitempty"`
	Size   int          `json:"size"` // of a page
	Plan   int          `json:"plan"`
	Sum    string       `json:"sum,omitempty"`
	By     string       `json:"by,omitempty"`
	Cap    int          `json:"cap"` // of the count
}

// Split is a condition that must split the records of the kind into true, false and unknown.
type Split struct {
	Person policy.ID   `json:"person"`
	Kind   policy.Kind `json:"kind"`
	Cond   policy.Cond `json:"cond"`
}

func (w *World) context() *policy.Context {
	return &policy.Context{Now: at(w.Now), Channel: w.Request.Channel, Device: w.Request.Device, Network: w.Request.Network, Proved: w.Request.Proved}
}

func at(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

func instant(micros *int64) *time.Time {
	if micros == nil {
		return nil
	}
	t := at(*micros)
	return &t
}

func holds(from, until *int64, now int64) bool {
	return (from == nil || *from <= now) && (until == nil || now < *until)
}

func (w *World) unit(id policy.ID) *Unit {
	i := slices.IndexFunc(w.Units, func(u Unit) bool { return u.ID == id })
	if i < 0 {
		return nil
	}
	return &w.Units[i]
}

// above gives the units over a unit, the nearest first. A unit that is its own ancestor (a
// shrunk world may hold one) ends the walk.
func (w *World) above(id policy.ID) []policy.ID {
	var out []policy.ID
	for u := w.unit(id); u != nil; {
		if u = w.unit(u.Parent); u == nil || u.ID == id || slices.Contains(out, u.ID) {
			break
		}
		out = append(out, u.ID)
	}
	return out
}

// expand gives the units below a unit.
func (w *World) expand(id policy.ID) []policy.ID {
	var out []policy.ID
	for _, u := range w.Units {
		if u.ID != id && slices.Contains(w.above(u.ID), id) {
			out = append(out, u.ID)
		}
	}
	return out
}

func (w *World) subject(id policy.ID) *policy.Subject {
	s := &policy.Subject{Person: id, Attrs: map[string]policy.Value{}}
	i := slices.IndexFunc(w.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return s
	}
	for name, d := range w.People[i].Attrs {
		s.Attrs[name] = d.value()
	}
	for _, p := range w.People[i].Posts {
		if holds(p.From, p.Until, w.Now) && w.unit(p.Unit) != nil {
			s.Posts = append(s.Posts, policy.Post{Position: p.Position, Unit: p.Unit, Above: w.above(p.Unit)})
			s.Units = append(s.Units, p.Unit)
		}
	}
	for _, u := range s.Units {
		s.Below = append(append(s.Below, u), w.expand(u)...)
		if place := w.unit(u).Place; place != nil {
			if p, ok := policy.NewPoint(place.Lat, place.Lng); ok && !slices.Contains(s.Anchors, p) {
				s.Anchors = append(s.Anchors, p)
			}
		}
	}
	for _, u := range w.Units {
		if slices.Contains(u.Heads, id) {
			s.Headed = append(append(s.Headed, u.ID), w.expand(u.ID)...)
		}
	}
	for _, p := range w.Pools {
		if slices.ContainsFunc(p.Units, func(u policy.ID) bool { return slices.Contains(s.Below, u) }) {
			s.Pools = append(s.Pools, p.ID)
		}
	}
	for _, set := range []*[]policy.ID{&s.Units, &s.Below, &s.Headed, &s.Pools} {
		slices.Sort(*set)
		*set = slices.Compact(*set)
	}
	return s
}

// rows gives the records as the engine sees them, each tied to those it is related to. A
// reference to a record that is gone leads nowhere.
func (w *World) rows() []*policy.Row { return w.tied((*Record).row) }

func (w *World) tied(rowOf func(*Record) *policy.Row) []*policy.Row {
	rows := make([]*policy.Row, len(w.Records))
	type key struct {
		kind policy.Kind
		id   policy.ID
	}
	byID := map[key]*policy.Row{}
	for i := range w.Records {
		rows[i] = rowOf(&w.Records[i])
		byID[key{rows[i].Kind, rows[i].ID}] = rows[i]
	}
	for _, k := range kinds {
		for _, relation := range k.Relations {
			if relation.Many {
				continue
			}
			for _, row := range rows {
				if row.Kind != k.Name {
					continue
				}
				if parent := byID[key{relation.Kind, row.Values[relation.Field].ID()}]; parent != nil {
					row.Parents[relation.Name] = parent
				}
			}
		}
		for _, relation := range k.Relations {
			if !relation.Many {
				continue
			}
			for _, child := range rows {
				if child.Kind != relation.Kind {
					continue
				}
				if row := byID[key{k.Name, child.Values[relation.Field].ID()}]; row != nil {
					row.Related[relation.Name] = append(row.Related[relation.Name], child)
				}
			}
		}
	}
	return rows
}

func (r *Record) row() *policy.Row {
	row := &policy.Row{
		Kind: r.Kind, ID: r.ID, Values: map[string]policy.Value{"id": policy.RefOf(r.ID)},
		Parents: map[string]*policy.Row{}, Related: map[string][]*policy.Row{}, Search: map[policy.Class]map[string]bool{},
	}
	for name, d := range r.Values {
		if v := d.value(); !v.Missing() {
			row.Values[name] = v
		}
	}
	for _, m := range r.Team {
		row.Team = append(row.Team, policy.Member{Person: m.Person, From: instant(m.From), Until: instant(m.Until)})
	}
	for class, terms := range r.Search {
		row.Search[class] = map[string]bool{}
		for _, term := range terms {
			row.Search[class][term] = true
		}
	}
	return row
}
