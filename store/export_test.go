package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

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

// Seller is the session of one of the sellers.
func (c *BenchCompany) Seller(i int) *Session {
	return c.DB.As(Actor{Tenant: DefaultTenant, Person: personID(5 + i), Channel: "web", Device: "desktop", Network: "office", Session: 1})
}

// Seals is what seals the log of the company, with a key of its own.
func (c *BenchCompany) Seals(b testing.TB) *System {
	b.Helper()
	c.DB.auditKey = filepath.Join(b.TempDir(), "audit.key")
	return c.DB.System(JobSeal, DefaultTenant)
}

// Recording gives what says whether reads are recorded; where they are not, they take the same path to somebody
// who writes nothing.
func (c *BenchCompany) Recording(b testing.TB) func(bool) {
	writes := c.DB.audits
	drops := &recorder{db: c.DB, waiting: make(chan *recording, batchMax), stop: make(chan struct{}), dead: make(chan struct{})}
	drops.stopped.Go(func() {
		for {
			select {
			case one := <-drops.waiting:
				one.done <- nil
			case <-drops.stop:
				return
			}
		}
	})
	b.Cleanup(drops.close)
	return func(on bool) {
		c.DB.audits = drops
		if on {
			c.DB.audits = writes
		}
	}
}

// LeafTimes are the times of the entries of the audit log in the order of their leaves.
func (c *BenchCompany) LeafTimes(b testing.TB) []time.Time {
	b.Helper()
	var times []time.Time
	err := c.DB.single().each(b.Context(), func(rows *sql.Rows) error {
		var at int64
		err := rows.Scan(&at)
		times = append(times, time.UnixMicro(at))
		return err
	}, "SELECT e.at FROM audit_leaf l JOIN audit_entry e ON e.tenant_id = l.tenant_id AND e.seq = l.seq WHERE l.tenant_id = $1 ORDER BY l.leaf", DefaultTenant)
	if err != nil {
		b.Fatal(err)
	}
	return times
}

// ProcessTime is the processor time that this process has used.
func ProcessTime(b testing.TB) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
