package leak_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/grants"
	"guan/org"
	"guan/policy"
	"guan/records"
	"guan/store"
)

// password is everybody's.
const password = "nothing leaks through here"

// staff are the people: login, pack (besides the one for everybody), home unit.
var staff = []struct{ login, pack, unit string }{
	{"boss", "boss", "root"}, {"admin", "administrator", "root"}, {"auditor", "auditor", "root"}, {"staff", "", "root"},
	{"finance", "finance", "root"}, {"marketing", "marketing", "root"}, {"service", "service", "service"},
	{"head", "head", "sales"}, {"easthead", "head", "east"}, {"westhead", "head", "west"},
	{"seller", "sales", "east"}, {"peer", "sales", "east"}, {"trainee", "observer", "east"}, {"disabled", "sales", "east"},
	{"rival", "sales", "west"}, {"exowner", "sales", "west"}, {"lapsed", "sales", "west"}, {"pooler", "sales", "west"},
}

var heads = map[string]string{"sales": "head", "east": "easthead", "west": "westhead"}

// row is one record of the company.
type row struct {
	key   string
	kind  policy.Kind
	owner string            // login; empty for none
	unit  string            // empty for none
	refs  map[string]string // field → key of a row
	fixed map[string]any    // values that do not matter for what is hidden, such as a stage
	world string            // the one world in which there is such a row; empty for both
}

// rowsOf are the records of both worlds: customers of everybody, each with what hangs on one.
func rowsOf() []row {
	rows := []row{{key: "product1", kind: "product"}, {key: "product2", kind: "product"}}
	customer := func(key, owner, unit string, refs map[string]string) {
		rows = append(rows, row{key: key, kind: "customer", owner: owner, unit: unit, refs: refs})
	}
	customer("seller1", "seller", "east", nil)
	customer("seller2", "seller", "east", nil)
	customer("peer1", "peer", "east", nil)
	customer("trainee1", "trainee", "east", nil)
	customer("rival1", "rival", "west", map[string]string{"parent": "seller1"}) // a link to what rival cannot read
	customer("rival2", "rival", "west", nil)
	customer("moved", "exowner", "west", nil) // goes to seller
	customer("exowner1", "exowner", "west", nil)
	customer("lead", "marketing", "root", nil)
	customer("boss1", "boss", "root", nil)
	customer("boss2", "boss", "root", nil)
	customer("pool1", "", "", nil)
	customer("pool2", "", "", nil)
	for _, c := range []struct{ key, owner, unit string }{
		{"seller1", "seller", "east"}, {"peer1", "peer", "east"}, {"trainee1", "trainee", "east"}, {"rival1", "rival", "west"}, {"boss1", "boss", "root"},
	} {
		rows = append(rows, around(c.key, c.owner, c.unit, "")...)
	}
	return append(rows,
		row{key: "call", kind: "ticket", owner: "service", unit: "service", refs: map[string]string{"customer": "seller1", "contact": "contact/seller1"}, fixed: map[string]any{"stage": "processing"}},
		row{key: "call2", kind: "ticket", owner: "rival", unit: "west", refs: map[string]string{"customer": "rival1", "contact": "contact/seller1"}, fixed: map[string]any{"stage": "new"}},
		row{key: "todo", kind: "task", owner: "staff", unit: "root"},
		row{key: "todo2", kind: "task", owner: "admin", unit: "root"},
		row{key: "contact/pool1", kind: "contact", refs: map[string]string{"customer": "pool1"}},
	)
}

// around is what hangs on a customer: one record of every kind.
func around(customer, owner, unit, world string) []row {
	hang := func(kind policy.Kind, refs map[string]string, fixed map[string]any) row {
		refs["customer"] = customer
		return row{key: string(kind) + "/" + customer, kind: kind, owner: owner, unit: unit, refs: refs, fixed: fixed, world: world}
	}
	return []row{
		hang("contact", map[string]string{}, nil),
		hang("opportunity", map[string]string{"contact": "contact/" + customer, "product": "product1"}, nil),
		hang("contract", map[string]string{"contact": "contact/" + customer}, nil),
		hang("ticket", map[string]string{"contract": "contract/" + customer}, map[string]any{"stage": "processing"}),
		hang("activity", map[string]string{"ticket": "ticket/" + customer}, nil),
		hang("payment", map[string]string{"contract": "contract/" + customer}, nil),
		hang("task", map[string]string{"contact": "contact/" + customer}, nil),
	}
}

// variant is one of the two worlds of a group of people.
type variant struct {
	world string // A or B; empty for the company that the tests of classes look at
	group *group
}

func (v variant) hides(r row, class policy.Class) bool {
	return v.group != nil && v.group.hides(r, class)
}

// company is what has been put in place.
type company struct {
	variant
	people map[string]policy.ID
	units  map[string]policy.ID
	pool   policy.ID
	ids    map[string]policy.ID      // by row
	values map[string]map[string]any // by row and field, as on the wire
	rows   []row
	secret map[string]string // canaries: what nobody of the group may read, and where it stands
}

// found puts the company in place as setup and the boss do, a minute after another.
func found(t *testing.T, db *store.DB, clock *clock, v variant) *company {
	t.Helper()
	c := &company{variant: v, people: map[string]policy.ID{}, units: map[string]policy.ID{}, ids: map[string]policy.ID{}, values: map[string]map[string]any{}, secret: map[string]string{}}
	setup := db.System(store.JobSetup, store.DefaultTenant)
	ids, err := setup.NewIDs(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	next := func() policy.ID {
		id := ids[0]
		ids = ids[1:]
		return id
	}
	if err := setup.Install(t.Context(), c.organisation(t, clock.Now(), next)); err != nil {
		t.Fatal(err)
	}
	boss := db.As(store.Actor{Tenant: store.DefaultTenant, Person: c.people["boss"], Session: 1, Channel: "web", Device: "unknown", Network: "unknown"})
	for _, r := range c.allRows() {
		if r.world != "" && r.world != v.world {
			continue
		}
		clock.forward(time.Minute)
		made, err := boss.Create(t.Context(), r.kind, c.fields(t, r))
		if err != nil {
			t.Fatalf("%s: %v", r.key, err)
		}
		c.ids[r.key], c.rows = made.ID, append(c.rows, r)
	}
	c.level(t, setup, ids[0]+400)
	c.happen(t, boss, clock)
	clock.set(today)
	return c
}

// level uses up ids, so that both worlds go on with the same: what is made later has one id in
// both. Ids are no secret, but their order tells how much was made.
func (c *company) level(t *testing.T, setup *store.System, to policy.ID) {
	t.Helper()
	at, err := setup.NewIDs(t.Context(), 1)
	if err != nil || at[0] >= to {
		t.Fatalf("the next id is %v, %v", at, err)
	}
	if _, err := setup.NewIDs(t.Context(), int(to-at[0])); err != nil {
		t.Fatal(err)
	}
}

// organisation is units, people, packs and a pool that is open to the west.
func (c *company) organisation(t *testing.T, now time.Time, next func() policy.ID) store.Company {
	for _, name := range []string{"root", "service", "sales", "east", "west"} {
		c.units[name] = next()
	}
	install := store.Company{
		Name:        "关雎",
		Positions:   []org.Position{{Code: "member", Label: org.Label{ZH: "员工", EN: "Member"}}},
		Assignments: []access.Assignment{{ID: next(), Pack: "staff", Who: policy.Clause{Everyone: true}}},
	}
	kind := records.Builtin().Kind("person")
	for _, s := range staff {
		id := next()
		c.people[s.login] = id
		r := row{key: "person/" + s.login, kind: "person", owner: s.login, unit: s.unit, fixed: map[string]any{"login": s.login, "name": "姓" + s.login, "stage": "active", "active": true}}
		given := c.fields(t, r)
		delete(given, "owner")
		fields := map[string]policy.Value{}
		for name, text := range given {
			value, err := kind.Field(name).Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			fields[name] = value
		}
		c.ids[r.key], c.rows = id, append(c.rows, r)
		install.People = append(install.People, store.NewPerson{ID: id, Password: password, Fields: fields})
		install.Appointments = append(install.Appointments, org.Appointment{ID: next(), Person: id, Unit: c.units[s.unit], Position: "member", From: now.AddDate(-3, 0, 0)})
		if s.pack != "" {
			install.Assignments = append(install.Assignments, access.Assignment{ID: next(), Pack: s.pack, Who: policy.Clause{Person: id}})
		}
	}
	above := map[string]string{"service": "root", "sales": "root", "east": "sales", "west": "sales"}
	for _, name := range []string{"root", "service", "sales", "east", "west"} {
		u := org.Unit{ID: c.units[name], Parent: c.units[above[name]], Name: name, Type: "department"}
		if login := heads[name]; login != "" {
			u.Heads = []policy.ID{c.people[login]}
		}
		install.Units = append(install.Units, u)
	}
	c.pool = next()
	install.Pools = []access.Pool{{ID: c.pool, Name: "公海", Open: policy.Who{Any: []policy.Clause{{Unit: c.units["west"]}}}}}
	return install
}

// happen is what went before: a customer changed hands, a grant ran out, an account was stopped.
func (c *company) happen(t *testing.T, boss *store.Session, clock *clock) {
	t.Helper()
	clock.set(founded.Add(24 * time.Hour))
	_, err := boss.Update(t.Context(), "customer", c.ids["moved"], 1, store.Fields{"owner": raw(c.people["seller"].String()), "unit": raw(c.units["east"].String())})
	if err != nil {
		t.Fatal(err)
	}
	_, err = boss.Grant(t.Context(), grants.Grant{
		Receiver: c.people["lapsed"], Kind: "customer", Records: []policy.ID{c.ids["seller2"]}, Actions: []policy.Action{policy.Read, policy.Edit},
		Fields: []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain, Edit: true}}, From: clock.Now(), Until: clock.Now().Add(time.Hour), Purpose: "help out",
		Along: []grants.Along{{Relation: "contacts"}, {Relation: "opportunities"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	clock.forward(time.Hour) // the instant at which the grant ends
	if _, err := boss.StopAccount(t.Context(), c.people["disabled"]); err != nil {
		t.Fatal(err)
	}
}

// allRows are the rows of both worlds, then those of one alone.
func (c *company) allRows() []row {
	rows := rowsOf()
	if c.group != nil && c.group.extra != nil {
		rows = append(rows, c.group.extra()...)
	}
	return rows
}

// fields are all the values of a row: every field of the kind that can be written has one.
func (c *company) fields(t *testing.T, r row) store.Fields {
	t.Helper()
	kind := records.Builtin().Kind(r.kind)
	values := map[string]any{}
	for _, f := range kind.Fields {
		if f.ReadOnly || f.Name == "id" {
			continue
		}
		hidden, world := c.hides(r, f.Class), ""
		if hidden {
			world = c.world
		}
		v := makerOf(r.key, f.Name, world).value(f)
		if fixed, ok := r.fixed[f.Name]; ok {
			v, hidden = fixed, false
		}
		if v == nil {
			continue
		}
		values[f.Name] = v
		if hidden {
			c.hide(r.key+"."+f.Name, f, v)
		}
	}
	for field, key := range r.refs {
		values[field] = c.ids[key].String()
	}
	if r.owner != "" && kind.Field("owner") != nil {
		values["owner"] = c.people[r.owner].String()
	}
	if r.unit != "" {
		values["unit"] = c.units[r.unit].String()
	}
	if r.kind == "customer" && r.owner == "" {
		values["pool"] = c.pool.String()
	}
	c.values[r.key] = values
	out := store.Fields{}
	for name, v := range values {
		out[name] = raw(v)
	}
	if r.owner == "" && kind.Field("owner") != nil {
		out["owner"] = raw(nil) // not the boss, who enters it
	}
	return out
}

// hide notes what nobody of the group may read: words, numbers and amounts that occur nowhere
// else. The domain of an e-mail address is part of its preview. What is short or one of a list
// could occur by chance; the comparison of the worlds finds those.
func (c *company) hide(where string, f *records.Field, v any) {
	text, _ := v.(string)
	if list, ok := v.([]string); ok {
		text = list[0]
	}
	if f.Type == records.Text || f.Type == records.Money || f.Type == records.ManyOf {
		text, _, _ = strings.Cut(text, "@")
		tokens([]byte(text), func(token string) { c.secret[token] = where })
	}
}

// keys are the rows of a kind, in order.
func (c *company) keys(kind policy.Kind) []string {
	var keys []string
	for _, r := range c.rows {
		if r.kind == kind {
			keys = append(keys, r.key)
		}
	}
	return keys
}

// logins are the people, in order.
func (c *company) logins() []string { return slices.Sorted(maps.Keys(c.people)) }
