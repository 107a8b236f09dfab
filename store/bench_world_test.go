package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"guan/internal/testdb"
	"guan/policy"
	"guan/policy/sqlgen"
)

// benchWorld is a large company: 200 units in four levels, 2,000 people, a given number of
// customers of which 10 % lie in pools, and 100,000 shares of which one person holds 30,000.
type benchWorld struct {
	db        *DB
	customers int
	seller    policy.ID // owns about 1,000
	shared    policy.ID // has 30,000 shares
	head      policy.ID // heads units with about 10,000
	region    policy.ID // heads about a quarter
	boss      policy.ID
}

const (
	benchRegions = 4
	benchAreas   = 20
	benchStores  = 175
	benchPeople  = 2000
	// The span over which records were changed.
	benchFrom = 1_700_000_000_000_000
	benchSpan = 90_000_000_000_000
)

func unitID(level, i int) policy.ID { return policy.ID(1000*level + i + 1) }
func personID(i int) policy.ID      { return policy.ID(100_000 + i) }

// storesOf gives the stores of an area: the first area has two, the others share the rest.
func areaOf(store int) int {
	if store < 2 {
		return 0
	}
	return 1 + (store-2)%(benchAreas-1)
}

func newBenchWorld(b testing.TB, at testdb.Database, customers int) *benchWorld {
	b.Helper()
	db, err := Open(context.Background(), Options{DataDir: at.DataDir, URL: at.URL})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	w := &benchWorld{db: db, customers: customers, boss: personID(0), region: personID(1), head: personID(2), shared: personID(3), seller: personID(4)}
	w.organise(b)
	w.fill(b)
	w.analyse(b)
	return w
}

// analyse gives the database the statistics that it has in use.
func (w *benchWorld) analyse(b testing.TB) {
	b.Helper()
	if w.db.sqlDialect() == sqlgen.Postgres {
		w.exec(b, "VACUUM ANALYZE")
	} else if err := w.db.tend(b.Context()); err != nil {
		b.Fatal(err)
	}
}

func (w *benchWorld) exec(b testing.TB, text string, args ...any) {
	b.Helper()
	if _, err := w.db.writer.Exec(text, args...); err != nil {
		b.Fatalf("%.200s: %v", text, err)
	}
}

func (w *benchWorld) organise(b testing.TB) {
	unit := func(id, parent policy.ID, name string) {
		var above any
		if parent != 0 {
			above = parent
		}
		w.exec(b, "INSERT INTO unit (tenant_id, id, parent_id, name, type, created_at, updated_at) VALUES (1,$1,$2,$3,'unit',0,0)", id, above, name)
	}
	unit(1, 0, "总部")
	for i := range benchRegions {
		unit(unitID(1, i), 1, fmt.Sprintf("大区%d", i))
	}
	for i := range benchAreas {
		unit(unitID(2, i), unitID(1, i%benchRegions), fmt.Sprintf("片区%d", i))
	}
	for i := range benchStores {
		unit(unitID(3, i), unitID(2, areaOf(i)), fmt.Sprintf("门店%d", i))
	}
	w.exec(b, "INSERT INTO position (tenant_id, code, label_zh, label_en) VALUES (1,'boss','老板','Boss'),(1,'head','经理','Head'),(1,'seller','销售','Seller')")
	w.exec(b, "INSERT INTO pack_assignment (tenant_id, id, pack, position_code) VALUES (1,1,'boss','boss'),(1,2,'head','head'),(1,3,'sales','seller')")
	for i := range benchPeople {
		home, position := unitID(3, i%benchStores), "seller"
		switch i {
		case 0:
			home, position = 1, "boss"
		case 1:
			home, position = unitID(1, 1), "head"
		case 2:
			home, position = unitID(2, 0), "head"
		}
		w.exec(b, "INSERT INTO person (tenant_id, id, version, name, login, active, stage, unit_id, currency, created_at, updated_at) VALUES (1,$1,1,$2,$3,$4,'active',$5,'CNY',0,0)",
			personID(i), fmt.Sprintf("员工%d", i), fmt.Sprintf("p%d", i), true, home)
		w.exec(b, "INSERT INTO appointment (tenant_id, id, person_id, unit_id, position_code, from_at) VALUES (1,$1,$1,$2,$3,0)", personID(i), home, position)
	}
	w.exec(b, "INSERT INTO unit_head (tenant_id, unit_id, person_id) VALUES (1,1,$1),(1,$2,$3),(1,$4,$5)", w.boss, unitID(1, 1), w.region, unitID(2, 0), w.head)
	// Ten pools, open to stores in which none of the measured people works.
	for i := range 10 {
		w.exec(b, "INSERT INTO pool (tenant_id, id, name) VALUES (1,$1,$2)", 500+i, fmt.Sprintf("公海%d", i))
		w.exec(b, "INSERT INTO pool_member (tenant_id, pool_id, unit_id) VALUES (1,$1,$2)", 500+i, unitID(3, 100+i))
	}
}

// fill writes the customers in bulk, past the gate: a benchmark of reading needs none of it.
func (w *benchWorld) fill(b testing.TB) {
	r := rand.New(rand.NewPCG(1, 2))
	const chunk = 500
	sellers := benchPeople - 5
	perSeller := max(1, 1000*w.customers/1_000_000)
	inner, err := w.db.writer.Begin()
	if err != nil {
		b.Fatal(err)
	}
	changed := make([]int64, w.customers)
	for first := 0; first < w.customers; first += chunk {
		var text strings.Builder
		text.WriteString("INSERT INTO customer (tenant_id, id, version, name, type, code, phone, currency, annual_sales, city, stage, owner_id, pool_id, unit_id, created_at, updated_at) VALUES ")
		for i := first; i < min(first+chunk, w.customers); i++ {
			if i > first {
				text.WriteByte(',')
			}
			changed[i] = benchFrom + r.Int64N(benchSpan)
			owner := 5 + r.IntN(sellers)
			if i < perSeller {
				owner = 4
			}
			place := fmt.Sprintf("%d,NULL,%d", personID(owner), unitID(3, owner%benchStores))
			if i >= perSeller && r.IntN(10) == 0 {
				place = fmt.Sprintf("NULL,%d,NULL", 500+r.IntN(10))
			}
			fmt.Fprintf(&text, "(1,%d,1,'客户%d有限公司','company','C%07d','138%08d','CNY',%d,'城市%d','%s',%s,%d,%d)",
				2_000_000+i, i, i, i, r.Int64N(1e12), r.IntN(3000), []string{"lead", "intent", "active", "lost"}[r.IntN(4)], place, changed[i]-1000, changed[i])
		}
		if _, err := inner.Exec(text.String()); err != nil {
			b.Fatal(err)
		}
	}
	shares, mine := w.customers/10, 3*w.customers/100
	for first := 0; first < shares; first += chunk {
		var text strings.Builder
		text.WriteString("INSERT INTO team (tenant_id, kind, record_id, person_id, sort_at) VALUES ")
		for i := first; i < min(first+chunk, shares); i++ {
			if i > first {
				text.WriteByte(',')
			}
			who := w.shared
			if i >= mine {
				who = personID(5 + i%sellers)
			}
			record := (i*7 + 13) % w.customers
			fmt.Fprintf(&text, "(1,'customer',%d,%d,%d)", 2_000_000+record, who, changed[record])
		}
		text.WriteString(" ON CONFLICT DO NOTHING")
		if _, err := inner.Exec(text.String()); err != nil {
			b.Fatal(err)
		}
	}
	if err := inner.Commit(); err != nil {
		b.Fatal(err)
	}
}
