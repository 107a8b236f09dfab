package httpapi_test

import (
	"encoding/json"
	"testing"
	"time"

	"guan/access"
	"guan/org"
	"guan/policy"
	"guan/store"
)

// password is everybody's.
const password = "correct horse battery staple"

// company is the small company of the tests: a sales department with an east and a west team.
type company struct {
	people                 map[string]policy.ID // by login
	sales, east, west      policy.ID            // units
	own, colleagues, other policy.ID            // customers: of seller (east), of rival (west), of boss (no department)
}

// personas are the classes of people for which every route says what they get.
var personas = []struct{ login, pack string }{
	{"staff", ""}, {"seller", "sales"}, {"rival", "sales"}, {"head", "head"}, {"boss", "boss"}, {"admin", "administrator"}, {"auditor", "auditor"},
}

// seed puts the company in place as setup does.
func seed(t *testing.T, db *store.DB) company {
	t.Helper()
	setup := db.System(store.JobSetup, store.DefaultTenant)
	ids, err := setup.NewIDs(t.Context(), 4+3*len(personas)+1)
	if err != nil {
		t.Fatal(err)
	}
	next := func() policy.ID {
		id := ids[0]
		ids = ids[1:]
		return id
	}
	root := next()
	c := company{people: map[string]policy.ID{}, sales: next(), east: next(), west: next()}
	long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	units := map[string]policy.ID{"seller": c.east, "rival": c.west, "head": c.sales}
	install := store.Company{
		Name:        "关雎",
		Positions:   []org.Position{{Code: "member", Label: org.Label{ZH: "员工", EN: "Member"}}},
		Assignments: []access.Assignment{{ID: next(), Pack: "staff", Who: policy.Clause{Everyone: true}}},
	}
	for _, persona := range personas {
		id, unit := next(), units[persona.login]
		if unit == 0 {
			unit = root
		}
		c.people[persona.login] = id
		install.People = append(install.People, store.NewPerson{ID: id, Password: password, Fields: map[string]policy.Value{
			"name": policy.TextOf("姓" + persona.login), "login": policy.TextOf(persona.login), "unit": policy.RefOf(unit),
		}})
		install.Appointments = append(install.Appointments, org.Appointment{ID: next(), Person: id, Unit: unit, Position: "member", From: long})
		if persona.pack != "" {
			install.Assignments = append(install.Assignments, access.Assignment{ID: next(), Pack: persona.pack, Who: policy.Clause{Person: id}})
		}
	}
	install.Units = []org.Unit{
		{ID: root, Name: "总部", Type: "company"}, {ID: c.sales, Parent: root, Name: "销售部", Type: "department", Heads: []policy.ID{c.people["head"]}},
		{ID: c.east, Parent: c.sales, Name: "东区", Type: "team"}, {ID: c.west, Parent: c.sales, Name: "西区", Type: "team"},
	}
	if err := setup.Install(t.Context(), install); err != nil {
		t.Fatal(err)
	}
	boss := db.As(store.Actor{Tenant: store.DefaultTenant, Person: c.people["boss"], Channel: "api", Device: "unknown", Network: "unknown"})
	customer := func(name, owner string) policy.ID {
		made, err := boss.Create(t.Context(), "customer", store.Fields{
			"name": quoted(name), "type": quoted("company"), "owner": quoted(c.people[owner].String()),
			"phone": quoted("13800138000"), "annual_revenue": quoted("1234567.00"),
		})
		if err != nil {
			t.Fatal(err)
		}
		return made.ID
	}
	c.own, c.colleagues, c.other = customer("关山贸易", "seller"), customer("西岭商行", "rival"), customer("北辰集团", "boss")
	return c
}

func quoted(text string) json.RawMessage {
	out, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return out
}
