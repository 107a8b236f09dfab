package store

import (
	"context"
	"time"

	"guan/policy"
	"guan/policy/sqlgen"
)

// share is how much of a kind's recent records somebody sees.
type share struct {
	seen, of int
	at       time.Time
}

type shareKey struct {
	person policy.ID
	kind   policy.Kind
}

const (
	// shareSample is of how many recent records the share is taken. Recent ones, because the walk
	// goes along them: a person may see much in all and nothing of what is new.
	shareSample = 400
	shareAge    = 5 * time.Minute
	// walkFrom is the share, in percent, from which walking the sort index beats a branch per path.
	walkFrom = 12
	// walkFiltered is the share for SQLite under a filter: it asks each row whether it shows before
	// it filters, so that a rare match among much that is visible costs three times as much.
	walkFiltered = 50
)

// plan chooses between branches and walk. Both give the same rows, so a share that is out of date
// costs time and nothing else.
func (t *rtx) plan(ctx context.Context, l *listing) (sqlgen.Plan, error) {
	if len(l.read.Branches) < 1 || len(l.read.Branches) == 1 && !fans(l.read.Branches[0]) {
		return sqlgen.Branches, nil
	}
	key := shareKey{l.v.bound.Subject().Person, l.kind.Name}
	l.v.mu.Lock()
	known, ok := l.v.shares[key]
	l.v.mu.Unlock()
	if !ok || l.v.now.Sub(known.at) > shareAge {
		stmt := t.db.sqlDialect().Share(l.list(0), shareSample)
		known.at = l.v.now
		if err := t.row(ctx, stmt.SQL, stmt.Args...).Scan(&known.of, &known.seen); err != nil {
			return sqlgen.Branches, err
		}
		l.v.mu.Lock()
		l.v.shares[key] = known
		l.v.mu.Unlock()
	}
	from := walkFrom
	if l.filter != nil && t.db.dialect == SQLite {
		from = walkFiltered
	}
	if known.of > 0 && known.seen*100 >= known.of*from {
		return sqlgen.Walk, nil
	}
	return sqlgen.Branches, nil
}

// fans reports whether a single branch reads several places of an index at once.
func fans(b *policy.Branch) bool {
	return len(b.Path.IDs) > 1 || b.Path.Path == policy.PathLinked
}
