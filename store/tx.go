package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// querier is what a pool, a connection and a transaction have in common.
type querier interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
}

// rtx is a read: a snapshot when DB.read made it, single statements when DB.single did.
type rtx struct {
	db  *DB
	q   querier
	now time.Time // fixed for the whole transaction

	encrypting *encrypting // of a write
}

// query runs a statement that gives rows.
func (t *rtx) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return t.q.QueryContext(ctx, text, args...)
}

// row runs a statement that gives at most one row.
func (t *rtx) row(ctx context.Context, text string, args ...any) *sql.Row {
	return t.q.QueryRowContext(ctx, text, args...)
}

// pick returns the text of the database at hand.
func (t *rtx) pick(sqlite, postgres string) string { return t.db.pick(sqlite, postgres) }

// nowMicros is now as it stands in tables.
func (t *rtx) nowMicros() int64 { return t.now.UnixMicro() }

// tx is a write transaction.
type tx struct {
	rtx
	actor   Actor
	op      op
	epoch   int64     // the tenant's policy epoch, held until commit; already raised when op raises it
	entries int       // audit entries made
	request policy.ID // the approved request that is carried out
	// by are the rules that let the operation be done as a whole: of a right of administration, or of what somebody
	// gives of their own. An entry that names none of its own names these.
	by      []string
	touched touched
}

// exec runs a statement and returns how many rows it touched.
func (t *tx) exec(ctx context.Context, text string, args ...any) (int64, error) {
	r, err := t.q.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// op names a write and says whether it changes what people may see.
type op struct {
	name string
	// raises: the operation changes rules, units, appointments, people, pools or grants. The epoch
	// is raised with it, and every read that starts after the commit compiles anew.
	raises bool
	// unrouted: nobody is told of the tags that the operation brings about, as of an import.
	unrouted bool
}

// retries bounds how often a transaction that lost against another one is run again.
const retries = 8

// write runs fn in one transaction as actor: its now is fixed, the tenant's epoch is held, and
// it commits only when fn returned nil and made an audit entry. fn may run several times and
// must not keep anything of a run that failed.
func (db *DB) write(ctx context.Context, actor Actor, o op, fn func(*tx) error) error {
	if err := actor.check(); err != nil {
		return err
	}
	return db.transact(ctx, func(t *tx) error {
		t.actor, t.op = actor, o
		if err := t.holdEpoch(ctx); err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
		if len(t.touched) > 0 {
			v, err := t.view(ctx)
			if err == nil {
				err = t.settle(ctx, v)
			}
			if err != nil {
				return err
			}
		}
		if t.entries == 0 {
			return fault.New(fault.Internal, "unaudited", "the operation left no audit entry and was undone").WithAt(o.name)
		}
		return nil
	})
}

// maintain runs a transaction of the program's own bookkeeping, which touches no business data
// and leaves no audit entry: id blocks, counters of failed sign-ins, when a session was last seen.
func (db *DB) maintain(ctx context.Context, fn func(*tx) error) error {
	return db.transact(ctx, fn)
}

func (db *DB) transact(ctx context.Context, fn func(*tx) error) error {
	for try := 1; ; try++ {
		err := db.once(ctx, fn)
		if err == nil || try == retries || !retryable(err) {
			return db.fault(err)
		}
		// Two that lost against each other must not meet again.
		pause := time.Duration(rand.Int64N(int64(5*time.Millisecond) << try))
		select {
		case <-ctx.Done():
			return db.fault(ctx.Err())
		case <-time.After(pause):
		}
	}
}

func (db *DB) once(ctx context.Context, fn func(*tx) error) (err error) {
	inner, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			inner.Rollback()
		}
	}()
	t := &tx{rtx: rtx{db: db, q: inner, now: db.Now(), encrypting: &encrypting{}}}
	if err := fn(t); err != nil {
		return err
	}
	if err := t.save(ctx); err != nil {
		return err
	}
	done = true
	if err := inner.Commit(); err != nil {
		return err
	}
	t.forgotten(ctx)
	return nil
}

// holdEpoch reads the epoch and keeps others from raising it until commit; an operation that
// raises it waits for those under way. SQLite's one writer needs no lock of its own.
func (t *tx) holdEpoch(ctx context.Context) error {
	if t.op.raises {
		err := t.row(ctx, "UPDATE policy_state SET epoch = epoch + 1, changed_at = CASE WHEN changed_at < $1 THEN $1 ELSE changed_at END WHERE tenant_id = $2 RETURNING epoch",
			t.nowMicros(), t.actor.Tenant).Scan(&t.epoch)
		return t.noTenant(err)
	}
	err := t.row(ctx, t.pick(
		"SELECT epoch FROM policy_state WHERE tenant_id = $1",
		"SELECT epoch FROM policy_state WHERE tenant_id = $1 FOR SHARE"), t.actor.Tenant).Scan(&t.epoch)
	return t.noTenant(err)
}

func (t *tx) noTenant(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "tenant", "there is no such tenant")
	}
	return err
}

// audit writes an entry into the transaction. What is known of the actor, the instant and the
// epoch is filled in.
func (t *tx) audit(ctx context.Context, entry audit.Entry) error {
	t.entries++
	return insertEntries(ctx, t.db, t.q, []audit.Entry{t.sign(entry)})
}

func (t *tx) sign(entry audit.Entry) audit.Entry {
	entry = t.requested(t.actor.sign(entry))
	entry.At = t.now
	if entry.Epoch == 0 {
		entry.Epoch = t.epoch
	}
	switch entry.Action {
	case audit.Tagged, audit.Routed, audit.Recycled: // follow from what was done
	default:
		if len(entry.Rules) == 0 {
			entry.Rules = t.by
		}
	}
	return entry
}

// read runs fn in one snapshot: what it reads was true at one instant.
func (db *DB) read(ctx context.Context, fn func(*rtx) error) error {
	return db.snapshot(ctx, db.reader, fn)
}

// search is read for statements whose plan depends on their arguments, as text search does.
func (db *DB) search(ctx context.Context, fn func(*rtx) error) error {
	return db.snapshot(ctx, db.custom, fn)
}

func (db *DB) snapshot(ctx context.Context, pool *sql.DB, fn func(*rtx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if db.dialect == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	inner, err := pool.BeginTx(ctx, options)
	if err != nil {
		return db.fault(err)
	}
	defer inner.Rollback()
	return db.fault(fn(&rtx{db: db, q: inner, now: db.Now()}))
}

// single gives a read outside any transaction, in which each statement is a snapshot of its
// own: two round trips less for a read of one statement.
func (db *DB) single() *rtx { return &rtx{db: db, q: db.reader, now: db.Now()} }

// singleSearch is single for statements whose plan depends on their arguments.
func (db *DB) singleSearch() *rtx { return &rtx{db: db, q: db.custom, now: db.Now()} }

// theOne is the first of what was read; without one it is sql.ErrNoRows.
func theOne[Row any](list []Row, err error) (*Row, error) {
	if err == nil && len(list) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// joinedName is somebody as a joined row has them; nil for nobody.
func joinedName(person sql.NullInt64, name sql.NullString) *Name {
	if !person.Valid {
		return nil
	}
	return &Name{ID: policy.ID(person.Int64), Name: name.String}
}
