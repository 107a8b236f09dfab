// Package sqlgen turns reductions into SQL for SQLite and PostgreSQL.
//
// Every predicate is written twice over: 'certainly true' and 'certainly false'. Both are
// positive combinations of comparisons, so a NULL, which is neither, drops out of both, and
// three-valued logic needs no NOT. A permit asks for 'certainly true', a forbid is out of the
// way only when 'certainly false'.
//
// A list is one branch per access path, each on its own index with its own order, cursor and
// limit, or a walk along the sort index that tests each row. Both give the same rows; which is
// faster is the caller's estimate. For each row of the page the answers to all tests come back
// as bits, from which policy.Reduction.Outcome gives the field levels.
//
// Values are bound, never written into the text; the only numbers in the text are limits and
// bit values. The package does no I/O.
package sqlgen

// Dialect is the database's SQL.
type Dialect uint8

// The dialects.
const (
	SQLite Dialect = iota + 1
	Postgres
)

// String returns the dialect's name.
func (d Dialect) String() string {
	if d == Postgres {
		return "postgres"
	}
	return "sqlite"
}

// Statement is SQL text with $1-style placeholders, which both databases read, and its arguments.
type Statement struct {
	SQL  string
	Args []any
}
