package store

import (
	"context"
	"sync"

	"guan/policy"
)

// idStep is how many ids the PostgreSQL sequence hands out at a time. It stands in the
// migration too.
const idStep = 64

// idBlock is what is left of the ids this process took from the sequence.
type idBlock struct {
	mu        sync.Mutex
	next, end policy.ID
}

// newIDs allocates n ids. They are unique over all tables and tenants (a search index knows its
// rows by nothing else) and rise roughly with time. Ids of a transaction that is rolled back may
// be lost, never given twice.
func (t *tx) newIDs(ctx context.Context, n int) ([]policy.ID, error) {
	if n <= 0 {
		return nil, nil
	}
	if t.db.dialect == SQLite {
		// The counter is part of the transaction: a block kept in memory would outlive its rollback.
		var end int64
		if err := t.row(ctx, "UPDATE id_block SET next = next + $1 RETURNING next", n).Scan(&end); err != nil {
			return nil, t.db.fault(err)
		}
		return sequence(nil, policy.ID(end)-policy.ID(n), n), nil
	}
	block := &t.db.ids
	block.mu.Lock()
	defer block.mu.Unlock()
	ids := sequence(make([]policy.ID, 0, n), block.next, min(n, int(block.end-block.next)))
	block.next += policy.ID(len(ids))
	if missing := n - len(ids); missing > 0 {
		// The sequence stands outside transactions, so its blocks may be shared at once.
		rows, err := t.query(ctx, "SELECT nextval('id_block') FROM generate_series(1, $1)", (missing+idStep-1)/idStep)
		if err != nil {
			return nil, t.db.fault(err)
		}
		defer rows.Close()
		for rows.Next() {
			var first policy.ID
			if err := rows.Scan(&first); err != nil {
				return nil, t.db.fault(err)
			}
			take := min(n-len(ids), idStep)
			ids = sequence(ids, first, take)
			block.next, block.end = first+policy.ID(take), first+idStep
		}
		if err := rows.Err(); err != nil {
			return nil, t.db.fault(err)
		}
	}
	return ids, nil
}

// newID allocates one id.
func (t *tx) newID(ctx context.Context) (policy.ID, error) {
	ids, err := t.newIDs(ctx, 1)
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// newIDs allocates ids ahead of the transactions that will use them, as an import does.
func (db *DB) newIDs(ctx context.Context, n int) (ids []policy.ID, err error) {
	err = db.maintain(ctx, func(t *tx) error {
		ids, err = t.newIDs(ctx, n)
		return err
	})
	return ids, err
}

func sequence(ids []policy.ID, first policy.ID, n int) []policy.ID {
	for i := range n {
		ids = append(ids, first+policy.ID(i))
	}
	return ids
}
