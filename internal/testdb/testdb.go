// Package testdb gives a test a fresh, empty, real database of either sort.
//
// SQLite stands in the test's own folder. PostgreSQL databases are made in the cluster that
// GUAN_TEST_POSTGRES names; when it names none, the first test that asks starts a throwaway
// cluster for the life of the test binary (scripts/postgres.sh hold), so that a plain
// 'go test ./...' works. Where PostgreSQL is not installed the test fails: it never skips, since
// a law that holds on one database alone does not hold.
package testdb

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Key is the key of what tests encrypt. It stands in the environment, as it may for a server: so every database of
// a test, and every program that a test starts, has it.
const Key = "guan-key-1.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func init() { os.Setenv("GUAN_KEY", Key) }

// Database names a database. Exactly one of the two is set.
type Database struct {
	DataDir string // SQLite: the data folder
	URL     string // PostgreSQL
}

// Dialect returns "sqlite" or "postgres".
func (d Database) Dialect() string {
	if d.URL == "" {
		return "sqlite"
	}
	return "postgres"
}

// Each runs the test once on every sort of database, as subtests named by the dialect.
func Each(t *testing.T, run func(t *testing.T, db Database)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, Postgres(t)) })
}

// SQLite returns an empty data folder: in memory where there is room, since what a test asserts does not
// depend on how long the disk takes to flush. A benchmark's is on the disk.
func SQLite(t testing.TB) Database {
	t.Helper()
	if _, measured := t.(*testing.B); measured || !room(memory, 1<<30) {
		return Database{DataDir: t.TempDir()}
	}
	dir, err := os.MkdirTemp(memory, "guan-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	data := filepath.Join(dir, "data") // its key lies beside it
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	return Database{DataDir: data}
}

// memory is where Linux keeps files in memory.
const memory = "/dev/shm"

// room reports whether a folder is there and has so many bytes left.
func room(dir string, bytes uint64) bool {
	var fs syscall.Statfs_t
	return syscall.Statfs(dir, &fs) == nil && fs.Bavail*uint64(fs.Bsize) >= bytes
}

// Postgres makes an empty database and drops it after the test.
func Postgres(t testing.TB) Database {
	t.Helper()
	return dropped(t, create(t, "template0"))
}
