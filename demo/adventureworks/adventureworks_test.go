package adventureworks_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/demo/adventureworks"
	"guan/exchange"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// world is the company as the files tell it, imported in memory by the letter of the mappings.
type world struct {
	t            *testing.T
	nextID       policy.ID
	units        []org.Unit
	tree         *org.Tree
	positions    []org.Position
	appointments []org.Appointment
	rows         map[policy.Kind][]*policy.Row
	keys         map[string]policy.ID // "customer.code 292"
	byID         map[policy.ID]*policy.Row
}

func (w *world) id() policy.ID { w.nextID++; return w.nextID }

// find looks a reference up the way the column says.
func (w *world) find(kind policy.Kind, by, cell string) policy.ID {
	w.t.Helper()
	var id policy.ID
	if kind == records.RefUnit {
		id, _ = w.tree.Find(cell)
	} else {
		id = w.keys[string(kind)+"."+by+" "+cell]
	}
	if id == 0 {
		w.t.Fatalf("no %s with %s %q", kind, by, cell)
	}
	return id
}

// read yields the rows of an import as field → cell, places as "lat,lng".
func (w *world) read(imp adventureworks.Import) (*exchange.Mapping, []map[string]string) {
	w.t.Helper()
	document, err := adventureworks.Files.ReadFile(imp.Mapping)
	if err != nil {
		w.t.Fatal(err)
	}
	m, err := exchange.Parse(document)
	if err != nil {
		w.t.Fatalf("%s: %v", imp.Mapping, err)
	}
	file, err := adventureworks.Files.Open(imp.File)
	if err != nil {
		w.t.Fatal(err)
	}
	defer file.Close()
	table, err := csv.NewReader(file).ReadAll()
	if err != nil {
		w.t.Fatal(err)
	}
	places, err := m.Bind(table[0])
	if err != nil {
		w.t.Fatalf("%s on %s: %v", imp.Mapping, imp.File, err)
	}
	var rows []map[string]string
next:
	for _, cells := range table[1:] {
		row := map[string]string{}
		for i, c := range m.Columns {
			cell, ok := c.Translate(cells[places[i]])
			if !ok {
				w.t.Fatalf("%s: %q is not translated", imp.Mapping, cell)
			}
			switch {
			case c.SkipRow && cell == "":
				continue next
			case c.Part == exchange.Lng:
				row[c.Field] += "," + cell
			default:
				row[c.Field] = cell
			}
		}
		for field, value := range m.Constants {
			row[field] = value
		}
		rows = append(rows, row)
	}
	if len(rows) != imp.Rows {
		w.t.Errorf("%s gives %d rows by %s, not %d", imp.File, len(rows), imp.Mapping, imp.Rows)
	}
	return m, rows
}

func (w *world) load() {
	for _, imp := range adventureworks.Imports {
		m, rows := w.read(imp)
		for _, row := range rows {
			switch m.Kind {
			case exchange.Unit:
				w.unit(row)
			case exchange.Position:
				p := org.Position{Code: row["code"], Label: org.Label{ZH: row["zh"], EN: row["en"]}}
				if err := p.Check(); err != nil {
					w.t.Error(err)
				}
				w.positions = append(w.positions, p)
			case exchange.Head:
				i := slices.IndexFunc(w.units, func(u org.Unit) bool { return u.ID == w.find(records.RefUnit, "path", row["unit"]) })
				w.units[i].Heads = append(w.units[i].Heads, w.find("person", "login", row["person"]))
			case exchange.Appointment:
				from, err := time.Parse("2006-01-02", row["from"])
				if err != nil {
					w.t.Fatal(err)
				}
				w.appointments = append(w.appointments, org.Appointment{
					ID: w.id(), Person: w.find("person", "login", row["person"]), Unit: w.find(records.RefUnit, "path", row["unit"]), Position: row["position"], From: from,
				})
			default:
				w.record(m, row)
			}
		}
		tree, err := org.NewTree(w.units)
		if err != nil {
			w.t.Fatal(err)
		}
		w.tree = tree
	}
}

func (w *world) unit(row map[string]string) {
	above, name := "", row["path"]
	if i := strings.LastIndex(name, org.Separator); i >= 0 {
		above, name = name[:i], name[i+1:]
	}
	u := org.Unit{ID: w.id(), Name: name, Type: row["type"]}
	for _, other := range w.units {
		if above != "" && w.path(other) == above {
			u.Parent = other.ID
		}
	}
	if row["place"] != "," {
		u.Place = &policy.LatLng{}
		if _, err := fmt.Sscanf(row["place"], "%g,%g", &u.Place.Lat, &u.Place.Lng); err != nil {
			w.t.Fatal(err)
		}
	}
	w.units = append(w.units, u)
}

func (w *world) path(u org.Unit) string {
	for _, other := range w.units {
		if other.ID == u.Parent {
			return w.path(other) + org.Separator + u.Name
		}
	}
	return u.Name
}

func (w *world) record(m *exchange.Mapping, cells map[string]string) {
	k := records.Builtin().Kind(policy.Kind(m.Kind))
	r := &policy.Row{Kind: k.Name, ID: w.id(), Values: map[string]policy.Value{}, Parents: map[string]*policy.Row{}}
	for name, cell := range cells {
		f := k.Field(name)
		if f == nil {
			w.t.Fatalf("%s has no field %s", k.Name, name)
		}
		var v policy.Value
		var err error
		switch {
		case f.Type == records.Place:
			lat, lng, _ := strings.Cut(cell, ",")
			v, err = f.ParsePlace(lat, lng)
		case f.Type == records.Ref && cell != "":
			v = policy.RefOf(w.find(f.Ref, by(m, name), cell))
		case f.Type != records.Ref:
			v, err = records.Cells{Lang: "en"}.Parse(f, cell)
		}
		if err != nil {
			w.t.Fatalf("%s.%s of %v: %v", k.Name, name, cells, err)
		}
		if !v.Missing() {
			r.Values[name] = v
		}
	}
	k.Complete(r.Values)
	if err := k.Check(r.Values, nil); err != nil {
		w.t.Fatalf("%s %v: %v", k.Name, cells, err)
	}
	if owner := r.Values["owner"]; !owner.Missing() {
		r.Values["unit"] = w.byID[owner.ID()].Values["unit"]
	}
	r.Values["id"] = policy.RefOf(r.ID)
	if customer := r.Values["customer"]; !customer.Missing() {
		r.Parents["customer"] = w.byID[customer.ID()]
	}
	if m.Key != "" {
		key := m.Kind + "." + m.Key + " " + cells[m.Key]
		if w.keys[key] != 0 {
			w.t.Fatalf("%s stands twice", key)
		}
		w.keys[key] = r.ID
	}
	w.byID[r.ID] = r
	w.rows[k.Name] = append(w.rows[k.Name], r)
}

func by(m *exchange.Mapping, field string) string {
	for _, c := range m.Columns {
		if c.Field == field {
			return c.By
		}
	}
	return ""
}

func (w *world) rules() *policy.Ruleset {
	a := access.Authored{Packs: access.Presets, Sharings: adventureworks.Sharings()}
	for i, x := range adventureworks.Assignments {
		who := policy.Clause{Everyone: x.Everyone, Position: x.Position}
		if x.Unit != "" {
			who.Unit, who.Below = w.find(records.RefUnit, "path", x.Unit), true
		}
		if x.Position != "" && !slices.ContainsFunc(w.appointments, func(a org.Appointment) bool { return a.Position == x.Position }) {
			w.t.Errorf("nobody is %s", x.Position)
		}
		y := access.Assignment{ID: policy.ID(i + 1), Pack: x.Pack, Who: who}
		if err := y.Check(access.Presets); err != nil {
			w.t.Errorf("%+v: %v", x, err)
		}
		a.Assignments = append(a.Assignments, y)
	}
	rules, problems := policy.Compile(records.Schema(), a.Lower(), w.tree.Within)
	if len(problems) > 0 {
		w.t.Fatal(problems)
	}
	return rules
}

// sees counts what the engine lets the person read.
func (w *world) sees(rules *policy.Ruleset, login string) adventureworks.Seen {
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	subject, _ := access.Subject(w.find("person", "login", login), w.tree, w.appointments, nil, now)
	bound := rules.Bind(&subject, &policy.Context{Now: now})
	seen := adventureworks.Seen{Login: login}
	var subtotal int64
	for _, list := range w.rows {
		for _, r := range list {
			if !bound.Decide(r, policy.Read).Allowed {
				continue
			}
			switch {
			case r.Kind == "person":
				seen.People++
			case r.Kind == "customer" && r.Values["type"].Text() == "company":
				seen.Stores++
			case r.Kind == "customer":
				seen.Individuals++
			case r.Kind == "contact":
				seen.Contacts++
			case r.Kind == "contract":
				seen.Orders++
				subtotal += r.Values["subtotal"].Int()
			}
		}
	}
	cents := (subtotal + 50) / 100
	seen.Subtotal = fmt.Sprintf("%d.%02d", cents/100, cents%100)
	return seen
}

// The table of the README comes out of the files, the mappings and the preset packs alone.
func TestEverybodySeesWhatTheTableSays(t *testing.T) {
	w := &world{t: t, rows: map[policy.Kind][]*policy.Row{}, keys: map[string]policy.ID{}, byID: map[policy.ID]*policy.Row{}}
	w.load()
	if err := org.CheckAppointments(w.tree, w.positions, w.appointments); err != nil {
		t.Fatal(err)
	}
	rules := w.rules()
	for _, want := range adventureworks.Expected {
		got := w.sees(rules, want.Login)
		got.Why = want.Why
		if got != want {
			t.Errorf("%s\n sees    %+v\n should  %+v", want.Login, got, want)
		}
	}
	// The store keeper: own stores and orders as ever, and the individuals within 3 km of the
	// store, of whom nobody knows a number.
	jae := w.sees(rules, "jae0")
	if jae.Individuals != 101 || jae.People != 1 || jae.Stores == 0 {
		t.Errorf("jae0 sees %+v", jae)
	}
	for _, login := range []string{"jean0", "zheng0"} {
		got := w.sees(rules, login)
		if got.Stores+got.Individuals+got.Contacts+got.Orders != 0 {
			t.Errorf("%s sees %+v", login, got)
		}
	}
}

// organisation.csv says of every unit what units.csv says, and adds one.
func TestOrganisationLosesNothing(t *testing.T) {
	read := func(name string) [][]string {
		file, err := adventureworks.Files.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := csv.NewReader(file).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	bare := func(path string) string {
		if _, below, ok := strings.Cut(path, "/Sales/"); ok {
			return "Sales/" + below
		}
		return path[strings.LastIndex(path, "/")+1:]
	}
	paths, units := read("organisation.csv"), read("units.csv")
	if len(paths) != len(units)+1 {
		t.Fatalf("%d paths for %d units", len(paths), len(units))
	}
	for i, unit := range units {
		path := paths[i][0]
		above := ""
		if j := strings.LastIndex(path, "/"); j >= 0 {
			above = bare(path[:j])
		}
		if bare(path) != unit[0] || above != unit[1] || paths[i][1] != unit[2] || paths[i][2] != unit[3] {
			t.Errorf("line %d: %v is not %v", i+2, paths[i], unit)
		}
	}
}
