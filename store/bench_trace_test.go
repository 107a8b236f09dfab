package store

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"guan/internal/testdb"
	"guan/mark"
	"guan/policy"
)

var tracedCopies = flag.Int("copies", 20_000, "exports that BenchmarkTrace weighs a table against")

// BenchmarkTrace weighs 200 rows against exports of 200 of the same 3,000 customers, as make trace does.
func BenchmarkTrace(b *testing.B) {
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			ctx := context.Background()
			at := database.open(b)
			db, err := Open(ctx, Options{DataDir: at.DataDir, URL: at.URL})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { db.Close() })
			random := rand.New(rand.NewPCG(1, 12))
			err = db.maintain(ctx, func(t *tx) error {
				for id := range *tracedCopies {
					var ids []policy.ID
					for _, i := range random.Perm(3000)[:200] {
						ids = append(ids, policy.ID(1_000_000+i))
					}
					slices.Sort(ids)
					if _, err := t.exec(ctx, "INSERT INTO export_copy_part (tenant_id, copy_id, part, records) VALUES ($1, $2, 0, $3)", DefaultTenant, 1+id, packIDs(ids)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			key, err := mark.ParseKey(mark.NewKey())
			if err != nil {
				b.Fatal(err)
			}
			rows, order := tracedRows(random)
			for b.Loop() {
				out := newTracing()
				w := &weighing{key: key, rows: rows, order: order, limit: math.Log(float64(*tracedCopies) / falseMost), out: out}
				if err := w.run(ctx, db.single(), DefaultTenant); err != nil {
					b.Fatal(err)
				}
				if out.Candidates != *tracedCopies || len(w.found) != 0 {
					b.Fatalf("%d candidates, %d found", out.Candidates, len(w.found))
				}
			}
		})
	}
}

// tracedRows are rows of a table with nine columns.
func tracedRows(random *rand.Rand) (rows []leakRow, order []int64) {
	var table mark.Table
	for i := range 200 {
		record := int64(1_000_000 + 15*i)
		var cells []mark.Cell
		for column, text := range []string{fmt.Sprintf("客户%d（科技）", i), fmt.Sprintf("13%09d", random.IntN(1e9)), fmt.Sprintf("%d.50", random.IntN(1e6)), fmt.Sprintf("20%02d-03-04", random.IntN(30)),
			fmt.Sprintf("20%02d-11-05", random.IntN(30)), fmt.Sprintf("科技路（南）%d号，三楼", i), fmt.Sprint(random.IntN(1e6)), fmt.Sprintf("0755-86%06d", random.IntN(1e6)), "经理"} {
			c := mark.Read(text)
			c.Column = column
			cells = append(cells, c)
		}
		table.Add(record, cells)
		order = append(order, record)
	}
	for _, r := range table.Rows() {
		rows = append(rows, leakRow{Row: r})
	}
	return rows, order
}
