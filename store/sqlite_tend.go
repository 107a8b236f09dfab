package store

import (
	"context"
	"time"
)

// readerAge is for how long SQLite's reading connections are kept: statistics are read when one opens.
const readerAge = 30 * time.Minute

// Tend keeps the statistics by which SQLite chooses among indexes, of tables that have none or have grown
// or shrunk tenfold since; PostgreSQL does so by itself. A look costs milliseconds. What SQLite keeps is
// how many rows an index finds, never samples of values, which the limit of openSQLite rules out: with
// samples it would read a statement anew each time that it is asked, half of the time of a short list,
// and they would lie in the file for good.
func (s *System) Tend(ctx context.Context) error {
	if err := s.may(JobRunner); err != nil {
		return err
	}
	if s.db.dialect != SQLite {
		return nil
	}
	return s.db.tend(ctx)
}

func (db *DB) tend(ctx context.Context) error {
	_, err := db.writer.ExecContext(ctx, "PRAGMA optimize(0x10002)") // of all tables, also those that this connection has not read
	return db.fault(err)
}
