package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"guan/fault"
	"guan/policy"
	"guan/vault"
)

// Dialect is the sort of database.
type Dialect string

// The dialects; each has its folder of migrations.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DefaultTenant is the tenant of an installation that serves one company.
const DefaultTenant policy.ID = 1

// Options says where the data stands.
type Options struct {
	DataDir string           // folder of the SQLite file and of everything else on disk; made when missing
	URL     string           // postgres://…; empty means SQLite in DataDir
	Clock   func() time.Time // nil means time.Now
	// KeepSchema refuses to open a database of an older program instead of upgrading it.
	KeepSchema bool
	// FileLimit is how many bytes one file of a record may have; 0 means AttachmentLimit.
	FileLimit int64
	// AuditKey is the file of the key that signs the audit log; empty means audit.key in DataDir.
	AuditKey string
	// KeyFile holds the key that wraps the keysets of what is kept encrypted; empty means the environment
	// variable GUAN_KEY, or the file beside the data folder that has its name and .key, which is made where
	// nothing is encrypted yet. Keys takes its place.
	KeyFile string
	Keys    vault.Wrapper
	// VaultURL is the PostgreSQL database for the values themselves, or beside SQLite a file; empty means vault.db in
	// DataDir, or the schema guan_vault beside the other tables.
	VaultURL string
	// Tell is told, line by line, what whoever starts the program has to know.
	Tell func(line string)
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	dialect Dialect
	dataDir string
	clock   func() time.Time

	// SQLite: one connection that writes, and a bounded pool that cannot. PostgreSQL: the same
	// pool twice.
	writer, reader *sql.DB
	// custom is a pool whose statements are planned for their arguments each time; on SQLite it
	// is reader.
	custom *sql.DB

	ids    idBlock // PostgreSQL
	audits *recorder
	hashes hasher
	states states

	working working  // background work
	watch   watching // sessions that streams wait for

	fileLimit int64 // of one attachment

	auditKey string
	sealing  sealing
	pace     pace

	wrapper vault.Wrapper // of keysets
	ring    ring
	values  *values // what is kept encrypted
	say     func(string)

	close sync.Once
}

// Open opens the database, makes or upgrades its schema (several processes may do so at once)
// and starts the audit recorder. The error is one line that says what to do.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	db := &DB{dialect: SQLite, dataDir: o.DataDir, clock: o.Clock, hashes: newHasher(), fileLimit: o.FileLimit, auditKey: o.AuditKey, say: o.Tell}
	if db.fileLimit <= 0 {
		db.fileLimit = AttachmentLimit
	}
	var err error
	if o.URL != "" {
		db.dialect = Postgres
		err = db.openPostgres(ctx, o.URL)
	} else {
		err = db.openSQLite(ctx)
	}
	if err == nil {
		err = db.migrate(ctx, !o.KeepSchema)
	}
	if err == nil {
		err = db.openVault(ctx, o)
	}
	if err == nil {
		err = db.openKeys(ctx, o)
	}
	if err == nil && !o.KeepSchema {
		err = db.upgradeValues(ctx)
	}
	if err != nil {
		db.closePools()
		return nil, err
	}
	db.audits = newRecorder(db)
	return db, nil
}

// Close records what still waits to be recorded and closes the pools. Operations after it
// fail.
func (db *DB) Close() error {
	var err error
	db.close.Do(func() {
		db.audits.close()
		err = db.closePools()
	})
	return err
}

func (db *DB) closePools() error {
	var errs []error
	seen := map[*sql.DB]bool{nil: true}
	for _, pool := range append(db.values.close(), db.custom, db.reader, db.writer) {
		if !seen[pool] {
			seen[pool] = true
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Dialect returns the sort of database.
func (db *DB) Dialect() Dialect { return db.dialect }

// DataDir returns the folder for files beside the database; empty when Options named none.
func (db *DB) DataDir() string { return db.dataDir }

// Ready reports whether the database answers, for health checks.
func (db *DB) Ready(ctx context.Context) error {
	var one int
	return db.fault(db.reader.QueryRowContext(ctx, "SELECT 1").Scan(&one))
}

// Now returns the clock's time as both databases keep it: UTC, whole µs.
func (db *DB) Now() time.Time { return db.clock().UTC().Truncate(time.Microsecond) }

// pick returns the text of the database at hand.
func (db *DB) pick(sqlite, postgres string) string {
	if db.dialect == SQLite {
		return sqlite
	}
	return postgres
}

// dataFolder makes the data folder and says what is wrong with it.
func dataFolder(dir string) (string, error) {
	if dir == "" {
		return "", fault.New(fault.Invalid, "data_dir", "no data folder is named: use --data DIR")
	}
	dir, err := filepath.Abs(dir)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return "", fault.Wrapf(err, fault.Internal, "data_dir", "the data folder %s cannot be made: choose another with --data", dir)
	}
	return dir, nil
}

// publicURL returns the address without user and password, for messages.
func publicURL(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "the database"
	}
	return u.Host + "/" + strings.TrimPrefix(u.Path, "/")
}
