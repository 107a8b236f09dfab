package store

import (
	"context"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/policy"
)

// BenchPassword is the password of the measured people.
const BenchPassword = "measured-through-the-gate"

// BenchCompany is a benchWorld for tests outside the package.
type BenchCompany struct {
	DB     *DB
	People map[string]string // what they are → login

	world *benchWorld
}

// BenchShape says how large the organisation around the customers is.
const BenchShape = "2,000 people, 200 units in four levels, 10 % of the customers in pools, a tenth as many shares as customers"

// Measure writes a table of every question of a list against the same question without
// permission, turn and turn about.
func (c *BenchCompany) Measure(b *testing.B, dialect string, report *strings.Builder) {
	c.world.measure(b, dialect, report)
}

// NewBenchCompany fills a database for measuring over HTTP. 'raw' is somebody whom one rule lets
// read everything: a page without any permission in the way.
func NewBenchCompany(b testing.TB, at testdb.Database, customers int) *BenchCompany {
	b.Helper()
	w := newBenchWorld(b, at, customers)
	raw := personID(benchPeople - 1)
	w.exec(b, "UPDATE appointment SET position_code = 'boss' WHERE person_id = $1", raw)
	c := &BenchCompany{DB: w.db, People: map[string]string{}, world: w}
	people := append(w.people(), benchPerson{"raw", raw})
	var ids []policy.ID
	for _, p := range people {
		c.People[p.name] = "p" + (p.id - personID(0)).String()
		ids = append(ids, p.id)
	}
	if err := w.db.System(JobSetup, 1).SetPasswords(context.Background(), BenchPassword, ids...); err != nil {
		b.Fatal(err)
	}
	return c
}
