package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"modernc.org/sqlite"

	"guan/fault"
)

const (
	sqliteFile = "guan.db"
	// sqliteMark is the application id in the file's header: "Guan".
	sqliteMark = 0x4775616e
	// busyFor is how long a connection waits for another process's write.
	busyFor = 10 * time.Second
)

// openSQLite opens DataDir/guan.db.
//
// Writes go through one connection that begins every transaction IMMEDIATE: a deferred one that
// reads first and writes later fails as soon as anybody wrote in between. Durability is
// synchronous=FULL in WAL mode: each commit is flushed before it is acknowledged, so it survives
// the death of the process and of the machine's power; NORMAL would survive the former only.
// Readers are query_only and never wait for the writer.
func (db *DB) openSQLite(ctx context.Context) error {
	dir, err := dataFolder(db.dataDir)
	if err != nil {
		return err
	}
	db.dataDir = dir
	path := filepath.Join(dir, sqliteFile)
	if err := checkSQLiteFile(path); err != nil {
		return err
	}
	open := func(query string, conns int) (*sql.DB, error) {
		connector, err := sqlite.NewConnector((&url.URL{Scheme: "file", Path: path}).String() + "?" + query)
		if err != nil {
			return nil, err
		}
		pool := sql.OpenDB(keeping{connector})
		pool.SetMaxOpenConns(conns)
		pool.SetMaxIdleConns(conns)
		return pool, nil
	}
	base := fmt.Sprintf("_dqs=0&_defensive=1&_error_rc=1&_busy_timeout=%d&_foreign_keys=on", busyFor.Milliseconds()) +
		"&_pragma=cache_size(-16384)&_pragma=temp_store(memory)"
	if db.writer, err = open(base+"&_txlock=immediate&_journal_mode=wal&_synchronous=full&_pragma=analysis_limit(1000)", 1); err != nil {
		return fault.Wrapf(err, fault.Internal, "database", "the database file %s cannot be opened", path)
	}
	if db.reader, err = open(base+"&_query_only=on", max(4, runtime.NumCPU())); err != nil {
		return fault.Wrapf(err, fault.Internal, "database", "the database file %s cannot be opened", path)
	}
	db.reader.SetConnMaxLifetime(readerAge)
	db.custom = db.reader

	// The first connection makes the file and turns the journal to WAL; only then may readers come.
	var tables, mark int
	err = db.writer.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
	if err == nil {
		err = db.writer.QueryRowContext(ctx, "PRAGMA application_id").Scan(&mark)
	}
	if err != nil {
		return fault.Wrapf(err, fault.Internal, "database", "the database file %s cannot be used: check that it is readable and writable, and whole", path)
	}
	if tables > 0 && mark != sqliteMark {
		return foreignFile(path)
	}
	if _, err := db.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", sqliteMark)); err != nil {
		return db.fault(err)
	}
	return nil
}

// checkSQLiteFile looks at the header before SQLite touches the file, so that a file of
// something else is left as it is, not turned to WAL.
func checkSQLiteFile(path string) error {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return fault.Wrapf(err, fault.Internal, "database", "the database file %s cannot be read: check its owner and permissions", path)
	}
	defer f.Close()
	header := make([]byte, 100)
	n, err := f.Read(header)
	if n == 0 {
		return nil // made, not yet written: by another process that starts right now, or a crash
	}
	if err != nil || n < len(header) || string(header[:16]) != "SQLite format 3\x00" {
		return fault.Newf(fault.Invalid, "database_foreign", "%s is not a database: move it away or name another folder with --data", path)
	}
	mark := binary.BigEndian.Uint32(header[68:])
	if mark != 0 && mark != sqliteMark {
		return foreignFile(path)
	}
	return nil
}

func foreignFile(path string) error {
	return fault.Newf(fault.Invalid, "database_foreign", "%s belongs to another program: move it away or name another folder with --data", path)
}
