package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"guan/internal/testdb"
)

// Questions are asked again and again, one within the other, in great number, at once, given up in the
// middle, and over a table that changes: the answer is that of a statement read anew.
func TestKeptStatements(t *testing.T) {
	ctx := context.Background()
	db := open(t, testdb.SQLite(t))
	mustExec(t, db, "CREATE TABLE kept (n INTEGER)")
	mustExec(t, db, "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 100) INSERT INTO kept SELECT n FROM s")
	const numbers = "SELECT n FROM kept WHERE n > $1 ORDER BY n"
	read := func(r *rtx, from int) (got []int, err error) {
		rows, err := r.query(ctx, numbers, from)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var n int
			if err := rows.Scan(&n); err != nil {
				return nil, err
			}
			got = append(got, n)
		}
		return got, rows.Err()
	}
	if err := db.read(ctx, func(r *rtx) error {
		rows, err := r.query(ctx, numbers, 97)
		if err != nil {
			return err
		}
		defer rows.Close()
		for n := 98; rows.Next(); n++ {
			var outer int
			if err := rows.Scan(&outer); err != nil || outer != n {
				return fmt.Errorf("row %d: %d, %w", n, outer, err)
			}
			if inner, err := read(r, 98); err != nil || len(inner) != 2 || inner[0] != 99 {
				return fmt.Errorf("within row %d: %v, %w", n, inner, err)
			}
		}
		return rows.Err()
	}); err != nil {
		t.Error(err)
	}

	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 3 * keptStatements {
				var sum int
				if err := db.single().row(ctx, fmt.Sprintf("SELECT %d + $1", j), i).Scan(&sum); err != nil || sum != i+j {
					t.Errorf("%d + %d = %d, %v", i, j, sum, err)
				}
				if got, err := read(db.single(), j%100); err != nil || len(got) != 100-j%100 {
					t.Errorf("%d numbers from %d, %v", len(got), j%100, err)
				}
			}
		})
	}
	all.Wait()

	brief, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	const endless = "SELECT count(*) FROM kept a, kept b, kept c, kept d, kept e WHERE a.n + b.n + c.n + d.n + e.n < $1"
	if err := db.single().row(brief, endless, 400).Scan(new(int)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("given up: %v", err)
	}
	mustExec(t, db, "ALTER TABLE kept ADD COLUMN m INTEGER")
	mustExec(t, db, "DELETE FROM kept WHERE n <= 90")
	if got, err := read(db.single(), 0); err != nil || len(got) != 10 {
		t.Errorf("after a change of the table: %v, %v", got, err)
	}
	if err := db.single().row(ctx, endless, 1).Scan(new(int)); err != nil {
		t.Errorf("asked again: %v", err)
	}
	if err := db.single().row(ctx, "SELECT nothing FROM kept").Scan(new(int)); err == nil {
		t.Error("a broken statement is answered")
	}
}
