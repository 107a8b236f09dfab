// Package world is a small sample company shared by tests, the demo and the screenshots: 关雎生活,
// a chain of eight home furnishing stores in five Chinese cities with its headquarters in
// Shenzhen.
//
// New gives it as plain values: organisation, people, appointments, pools, assignments of the
// preset packs, a sharing, a guard, temporary grants, a sandbox, and records of every kind. It stores
// nothing and is the same for the same now: windows and dates are counted from there, so that
// an appointment of next month is one whenever the company is made. Ids come from names (ID), so
// that a test can speak of customer/long-name and a record keeps its id when others are added.
//
// The data is odd on purpose where real data is: long names, rare characters, markup in a name,
// doubles, records without telephone, place, owner or unit, ended and future appointments, a
// disabled person.
package world

import (
	"fmt"
	"hash/fnv"
	"time"

	"guan/access"
	"guan/grants"
	"guan/org"
	"guan/policy"
)

// Now is the instant at which tests and screenshots look at the company: a Monday, 9:00 in China.
var Now = time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)

// Name is the tenant's name.
var Name = org.Label{ZH: "关雎生活", EN: "Guanju Living"}

// Company is the sample company as values that a seeder can write.
type Company struct {
	Now          time.Time
	Units        []org.Unit // each after the one above it
	Positions    []org.Position
	People       []Record // of kind person; none of them refers to one that stands behind it
	Disabled     []policy.ID
	Appointments []org.Appointment
	Pools        []access.Pool
	Assignments  []access.Assignment
	Sharings     []policy.Rule
	Guards       []policy.Rule
	Grants       []grants.Grant
	Sandboxes    []grants.Sandbox
	Records      []Record // of the other kinds; none refers to one that stands behind it
	Members      []Member // collaborators

	byKey map[string]policy.ID
	taken map[policy.ID]string
}

// Record is one record with all its values, the store's own (created_at, …) included.
type Record struct {
	Key    string // "customer/long-name"
	Kind   policy.Kind
	ID     policy.ID
	Values map[string]policy.Value
}

// Member makes a person a collaborator on a record, in [From, Until).
type Member struct {
	Kind        policy.Kind
	Record      policy.ID
	Person      policy.ID
	From, Until *time.Time
}

// New makes the company as it is at now.
func New(now time.Time) *Company {
	c := &Company{Now: now.UTC().Truncate(time.Microsecond), byKey: map[string]policy.ID{}, taken: map[policy.ID]string{}}
	c.organise()
	c.hire()
	c.empower()
	c.stock()
	c.sell()
	c.lend()
	c.gather()
	return c
}

// Tree returns the checked tree of the units.
func (c *Company) Tree() *org.Tree {
	tree, err := org.NewTree(c.Units)
	if err != nil {
		panic(err)
	}
	return tree
}

// Authored returns everything that says who may do what.
func (c *Company) Authored() access.Authored {
	return access.Authored{Packs: access.Presets, Assignments: c.Assignments, Sharings: c.Sharings, Guards: c.Guards, Grants: c.Grants, Sandboxes: c.Sandboxes}
}

// ID returns the id of what the company names so: "unit/深圳湾店", "person/zhoumy",
// "customer/long-name". It panics when there is none, since that is a mistake in a test.
func (c *Company) ID(key string) policy.ID {
	id, ok := c.byKey[key]
	if !ok {
		panic(fmt.Sprintf("world: there is no %s", key))
	}
	return id
}

// Record returns the record of that key.
func (c *Company) Record(key string) Record {
	for _, list := range [][]Record{c.People, c.Records} {
		for _, r := range list {
			if r.Key == key {
				return r
			}
		}
	}
	panic(fmt.Sprintf("world: there is no record %s", key))
}

// name makes the id of a new thing. Ids lie in the upper half of the 53 bits, where no
// allocator that counts up from 1 comes.
func (c *Company) name(key string) policy.ID {
	h := fnv.New64a()
	h.Write([]byte(key))
	id := policy.ID(1<<52 + h.Sum64()%(1<<52))
	if other, double := c.taken[id]; double {
		panic(fmt.Sprintf("world: %s and %s have one id", key, other))
	}
	c.taken[id], c.byKey[key] = key, id
	return id
}

// day is midnight UTC, n days from now; negative is past.
func (c *Company) day(n int) time.Time {
	return c.Now.Truncate(24*time.Hour).AddDate(0, 0, n)
}

// on is day as a value of a date field.
func (c *Company) on(n int) policy.Value { return policy.TimeOf(c.day(n)) }

// at is an instant within the working hours of China, n days from now.
func (c *Company) at(n, minute int) policy.Value {
	return policy.TimeOf(c.day(n).Add(time.Duration(60+minute%540) * time.Minute))
}

func yuan(n int) policy.Value { return policy.MoneyOf(int64(n) * 10_000) }

func text(s string) policy.Value { return policy.TextOf(s) }
