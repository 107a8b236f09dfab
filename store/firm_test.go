package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"guan/access"
	"guan/fault"
	"guan/internal/testdb"
	"guan/org"
	"guan/policy"
)

// firm is a company put in place by setup: a head office with a sales department of two regions
// and an IT department; a boss, two administrators, an auditor, a head of sales and sellers.
type firm struct {
	t     testing.TB
	db    *DB
	clock *testClock
	ids   map[string]policy.ID // of units and people by name, of pools

	options Options // with which it was opened
}

// newFirm is the company in a database of its own.
func newFirm(t testing.TB, at testdb.Database) *firm {
	t.Helper()
	return newFirmWith(t, Options{DataDir: at.DataDir, URL: at.URL})
}

func newFirmWith(t testing.TB, options Options) *firm {
	t.Helper()
	f := openFirm(t, options)
	f.install()
	return f
}

func openFirm(t testing.TB, options Options) *firm {
	t.Helper()
	clock := newTestClock()
	options.Clock = clock.Now
	return &firm{t: t, db: openWith(t, options), clock: clock, ids: map[string]policy.ID{}, options: options}
}

// firms are databases in which the company is in place, firmIDs what is called how in all of them.
var (
	firms = testdb.Copies{Fill: func(t testing.TB, at testdb.Database) {
		f := newFirm(t, at)
		firmIDs = f.ids
		f.must(f.db.Close())
	}}
	firmIDs map[string]policy.ID
)

func (f *firm) install() {
	f.t.Helper()
	names := strings.Fields("总部 销售部 华东 华南 信息部 boss admin admin2 auditor chief lin wang zhao leaver 公海")
	ids := f.newIDs(len(names))
	for i, name := range names {
		f.ids[name] = ids[i]
	}
	unit := func(name, typ, parent string, heads ...string) org.Unit {
		u := org.Unit{ID: f.id(name), Name: name, Type: typ}
		if parent != "" {
			u.Parent = f.id(parent)
		}
		for _, h := range heads {
			u.Heads = append(u.Heads, f.id(h))
		}
		return u
	}
	c := Company{
		Name: "示例公司",
		Units: []org.Unit{
			unit("华东", "region", "销售部"), unit("华南", "region", "销售部"), unit("销售部", "department", "总部", "chief"),
			unit("总部", "company", "", "boss"), unit("信息部", "department", "总部", "admin"),
		},
		Pools: []access.Pool{{ID: f.id("公海"), Name: "公海", Open: policy.Who{Any: []policy.Clause{{Unit: f.id("销售部"), Below: true}}}}},
	}
	for _, code := range []string{"ceo", "it", "audit", "lead", "sales"} {
		c.Positions = append(c.Positions, org.Position{Code: code, Label: org.Label{ZH: code, EN: code}})
	}
	for _, p := range [][3]string{
		{"boss", "总部", "ceo"}, {"admin", "信息部", "it"}, {"admin2", "信息部", "it"}, {"auditor", "总部", "audit"}, {"chief", "销售部", "lead"},
		{"lin", "华东", "sales"}, {"wang", "华南", "sales"}, {"zhao", "华南", "sales"}, {"leaver", "华南", ""},
	} {
		c.People = append(c.People, NewPerson{ID: f.id(p[0]), Password: "correct horse", Fields: map[string]policy.Value{
			"name": policy.TextOf(p[0]), "login": policy.TextOf(p[0]), "unit": policy.RefOf(f.id(p[1]))}})
		if p[2] != "" {
			c.Appointments = append(c.Appointments, org.Appointment{ID: f.newIDs(1)[0], Person: f.id(p[0]), Unit: f.id(p[1]), Position: p[2], From: f.clock.Now().AddDate(-1, 0, 0)})
		}
	}
	for pack, code := range map[string]string{"boss": "ceo", "administrator": "it", "auditor": "audit", "head": "lead", "sales": "sales"} {
		c.Assignments = append(c.Assignments, access.Assignment{ID: f.newIDs(1)[0], Pack: pack, Who: policy.Clause{Position: code}})
	}
	c.Assignments = append(c.Assignments, access.Assignment{ID: f.newIDs(1)[0], Pack: "staff", Who: policy.Clause{Everyone: true}})
	f.must(f.db.System(JobSetup, DefaultTenant).Install(context.Background(), c))
}

// eachFirm runs a story on every database; with GUAN_TURN on some of them.
func eachFirm(t *testing.T, story func(t *testing.T, f *firm)) { firms.MostlyInTurn(t, inFirm(story)) }

// bothFirms runs a story on every database: what is the gate itself, what happens at once, and what is stored.
func bothFirms(t *testing.T, story func(t *testing.T, f *firm)) { firms.Each(t, inFirm(story)) }

func inFirm(story func(t *testing.T, f *firm)) func(*testing.T, testdb.Database) {
	return func(t *testing.T, at testdb.Database) {
		f := openFirm(t, Options{DataDir: at.DataDir, URL: at.URL})
		maps.Copy(f.ids, firmIDs)
		story(t, f)
	}
}

// eachFirmInItsTime is eachFirm in which what the program itself waits takes no time: time passes only while everybody
// waits, by as much as they wait, on the slowest of machines.
func eachFirmInItsTime(t *testing.T, story func(t *testing.T, f *firm)) {
	firms.Each(t, func(t *testing.T, at testdb.Database) {
		synctest.Test(t, func(t *testing.T) {
			f := openFirm(t, Options{DataDir: at.DataDir, URL: at.URL})
			maps.Copy(f.ids, firmIDs)
			story(t, f)
		})
	})
}

func (f *firm) newIDs(n int) []policy.ID {
	f.t.Helper()
	ids, err := f.db.System(JobSetup, DefaultTenant).NewIDs(context.Background(), n)
	f.must(err)
	return ids
}

func (f *firm) id(name string) policy.ID {
	f.t.Helper()
	id, ok := f.ids[name]
	if !ok {
		f.t.Fatalf("nobody and nothing is called %s", name)
	}
	return id
}

func (f *firm) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// refused wants an error of a kind and code.
func (f *firm) refused(err error, kind fault.Kind, code string) {
	f.t.Helper()
	if got := fault.From(err); err == nil || got.Kind != kind || got.Code != code {
		f.t.Errorf("expected %s %s, got %v", kind, code, err)
	}
}

func (f *firm) as(who string) *Session {
	f.t.Helper()
	return f.db.As(Actor{Tenant: DefaultTenant, Person: f.id(who), Name: who, Session: 1, Channel: "web", Device: "desktop", Network: "office", RequestID: "r"})
}

// customer makes a customer in somebody's hands and gives its id the name.
func (f *firm) customer(owner, name, more string) *Item {
	f.t.Helper()
	fields := Fields{"name": []byte(`"` + name + `"`), "owner": []byte(`"` + f.id(owner).String() + `"`)}
	for part := range strings.SplitSeq(more, ";") {
		if key, value, ok := strings.Cut(part, "="); ok {
			fields[key] = []byte(value)
		}
	}
	it, err := f.as("boss").Create(context.Background(), "customer", fields)
	f.must(err)
	f.ids[name] = it.ID
	return it
}

// list reads everything that somebody sees of a kind, in the order of ids.
func (f *firm) list(who string, kind policy.Kind) []Item {
	f.t.Helper()
	q := ListQuery{Kind: kind, Limit: 2}
	var all []Item
	for {
		page, err := f.as(who).List(context.Background(), q)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		f.must(err)
		all = append(all, page.Items...)
		if q.Cursor = page.Next; q.Cursor == "" {
			slices.SortFunc(all, func(a, b Item) int { return int(a.ID - b.ID) })
			return all
		}
	}
}

// sees wants exactly these customers, by name.
func (f *firm) sees(who string, names ...string) {
	f.t.Helper()
	var got []string
	for _, it := range f.list(who, "customer") {
		got = append(got, it.Title)
	}
	slices.Sort(got)
	slices.Sort(names)
	if !slices.Equal(got, names) {
		f.t.Errorf("%s sees %v, not %v", who, got, names)
	}
}

// appointment is the one active appointment of somebody.
func (f *firm) appointment(who string) Appointment {
	f.t.Helper()
	list, err := f.as("admin").Appointments(context.Background(), AppointmentQuery{Person: f.id(who)})
	f.must(err)
	for _, a := range list {
		if a.State == org.Active {
			return a
		}
	}
	f.t.Fatalf("%s is appointed nowhere", who)
	return Appointment{}
}

func (f *firm) unit(name string) Unit {
	f.t.Helper()
	units, err := f.as("boss").Units(context.Background())
	f.must(err)
	for _, u := range units {
		if u.ID == f.id(name) {
			return u
		}
	}
	f.t.Fatalf("there is no unit %s", name)
	return Unit{}
}

// assignment is the assignment of a pack to a position.
func (f *firm) assignment(pack string) access.Assignment {
	f.t.Helper()
	list, err := f.as("boss").Assignments(context.Background())
	f.must(err)
	i := slices.IndexFunc(list, func(a access.Assignment) bool { return a.Pack == pack })
	if i < 0 {
		f.t.Fatalf("the pack %s hangs nowhere", pack)
	}
	return list[i]
}

// refusals counts what the audit log tells of refusals of somebody.
func (f *firm) refusals(who string) int64 {
	return count(f.t, f.db, "SELECT count(*) FROM audit_entry WHERE actor_id = $1 AND action = 'refused'", int64(f.id(who)))
}

// sharing is a rule that lets people see customers in general.
func sharing(id string, where policy.Path, who ...policy.Clause) policy.Rule {
	return policy.Rule{ID: id, Effect: policy.Permit, Who: policy.Who{Any: who}, Kind: "customer", Actions: []policy.Action{policy.Read}, Where: where,
		Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, Scene: "试用"}
}

func ptr[V any](v V) *V { return &v }

var everything = policy.Path{Path: policy.PathAll}
