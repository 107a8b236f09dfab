package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"

	"guan/fault"
)

//go:embed migrations
var migrations embed.FS

// migrationTable holds one row for each migration that was applied.
const migrationTable = "schema_version"

// migrationLock is the number of the PostgreSQL advisory lock: "Guan".
const migrationLock = 0x4775616e

// migrate brings the schema to the version of this program. Processes that start at once do it
// one after the other.
func (db *DB) migrate(ctx context.Context, upgrade bool) error {
	provider, err := db.migrator()
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	target := sources[len(sources)-1].Version

	current, err := db.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if current == target {
		return nil
	}
	unlock, err := db.lockMigrations(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	// Another process may have done it while this one waited.
	if current, err = db.schemaVersion(ctx); err != nil {
		return err
	}
	switch {
	case current == target:
		return nil
	case current > target:
		return fault.Newf(fault.Invalid, "database_newer", "the database was written by a newer guan (its schema is %d, this program knows %d): use the newer program", current, target)
	case current > 0 && !upgrade:
		return fault.Newf(fault.Invalid, "database_older", "the database was written by an older guan (its schema is %d, this program needs %d): start guan serve once to upgrade it", current, target)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fault.Wrapf(err, fault.Internal, "database_upgrade", "the database could not be upgraded to schema %d and stands at the last whole step", target)
	}
	if db.dialect == Postgres {
		// Statements that connections prepared on the old schema would fail once each.
		for _, pool := range []*sql.DB{db.writer, db.custom} {
			pool.SetMaxIdleConns(0)
			pool.SetMaxIdleConns(poolSize)
		}
	}
	return nil
}

func (db *DB) migrator() (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations/"+string(db.dialect))
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if db.dialect == Postgres {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, db.writer, folder,
		goose.WithTableName(migrationTable), goose.WithDisableGlobalRegistry(true), db.inGo(), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return provider, nil
}

// schemaVersion returns the newest migration applied, 0 for an empty database, and refuses a
// database that holds something else.
func (db *DB) schemaVersion(ctx context.Context) (int64, error) {
	var ours, others int
	err := db.writer.QueryRowContext(ctx, db.pick(
		`SELECT count(*) FILTER (WHERE name = $1), count(*) FILTER (WHERE name <> $1) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
		`SELECT count(*) FILTER (WHERE tablename = $1), count(*) FILTER (WHERE tablename <> $1) FROM pg_tables WHERE schemaname = current_schema()`),
		migrationTable).Scan(&ours, &others)
	if err != nil {
		return 0, db.fault(err)
	}
	if ours == 0 {
		if others > 0 {
			return 0, fault.New(fault.Invalid, "database_foreign", "the database holds tables of another program: give guan an empty database of its own")
		}
		return 0, nil
	}
	var version sql.NullInt64
	if err := db.writer.QueryRowContext(ctx, "SELECT max(version_id) FROM "+migrationTable+" WHERE is_applied").Scan(&version); err != nil {
		return 0, db.fault(err)
	}
	return version.Int64, nil
}

// lockMigrations waits until no other process upgrades. The lock dies with the process.
func (db *DB) lockMigrations(ctx context.Context) (unlock func(), err error) {
	pool := db.writer
	statement := fmt.Sprintf("SELECT pg_advisory_lock(%d)", migrationLock)
	if db.dialect == SQLite {
		// The database's own lock would keep goose out; an empty database beside it serves as one.
		path := url.URL{Scheme: "file", Path: filepath.Join(db.dataDir, "guan.lock")}
		connector, err := sqlite.NewConnector(path.String() + "?_busy_timeout=60000")
		if err != nil {
			return nil, err
		}
		pool = sql.OpenDB(connector)
		statement = "BEGIN EXCLUSIVE"
	}
	conn, err := pool.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, statement)
	}
	if err != nil {
		return nil, fault.Wrap(err, fault.Locked, "database_upgrading", "another guan process is upgrading the database: try again in a minute")
	}
	return func() {
		if db.dialect == SQLite {
			conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			conn.Close()
			pool.Close()
			return
		}
		conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf("SELECT pg_advisory_unlock(%d)", migrationLock))
		conn.Close()
	}, nil
}
