package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// open opens the database for the length of the test.
func open(t testing.TB, at testdb.Database) *DB {
	t.Helper()
	return openWith(t, Options{DataDir: at.DataDir, URL: at.URL})
}

// longest is after how long a test gives up on what should not wait at all: long, since a machine may be slow.
const longest = 3 * time.Minute

func openWith(t testing.TB, o Options) *DB {
	t.Helper()
	db, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// testClock is a clock that stands until it is moved.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func newTestClock() *testClock {
	return &testClock{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// mustExec changes the database behind the store's back.
func mustExec(t testing.TB, db *DB, text string, args ...any) {
	t.Helper()
	if _, err := db.writer.ExecContext(context.Background(), text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func count(t testing.TB, db *DB, text string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := db.writer.QueryRowContext(context.Background(), text, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}

// addPerson puts a member of staff into the table.
func addPerson(t testing.TB, db *DB, id policy.ID, login string) {
	t.Helper()
	mustExec(t, db, "INSERT INTO person (tenant_id, id, version, name, login, active, stage, created_at, updated_at, currency) VALUES (1, $1, 1, $2, $2, $3, 'active', 0, 0, 'CNY')", id, login, true)
}

func refusal(t *testing.T, o Options, code string, words ...string) {
	t.Helper()
	db, err := Open(context.Background(), o)
	if err == nil {
		db.Close()
		t.Fatalf("the database was opened; expected %s", code)
	}
	if got := fault.From(err).Code; got != code {
		t.Errorf("refused as %s, not %s: %v", got, code, err)
	}
	if strings.Contains(fault.From(err).Detail, "\n") || strings.Contains(err.Error(), "sesame") {
		t.Errorf("more than one line, or the password in it: %v", err)
	}
	for _, word := range words {
		if !strings.Contains(fault.From(err).Detail, word) {
			t.Errorf("%q does not say %q", fault.From(err).Detail, word)
		}
	}
}

func TestOpenTwiceKeepsData(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		db := open(t, at)
		addPerson(t, db, 7, "ada")
		again := open(t, at)
		if n := count(t, again, "SELECT count(*) FROM person WHERE login = 'ada'"); n != 1 {
			t.Errorf("%d people", n)
		}
		if err := again.Ready(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// Several processes start at once on an empty database: one makes the schema, all come up.
func TestOpenAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				db, err := Open(context.Background(), Options{DataDir: at.DataDir, URL: at.URL})
				if err != nil {
					t.Error(err)
					return
				}
				db.Close()
			})
		}
		wg.Wait()
		db := open(t, at)
		if n := count(t, db, "SELECT count(*) FROM tenant"); n != 1 {
			t.Errorf("%d tenants", n)
		}
	})
}

func TestOpenOtherVersions(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		o := Options{DataDir: at.DataDir, URL: at.URL}
		db := open(t, at)
		newest := count(t, db, "SELECT max(version_id) FROM schema_version")
		mustExec(t, db, "INSERT INTO schema_version (version_id, is_applied) VALUES (9000, $1)", db.pick("1", "true"))
		refusal(t, o, "database_newer", "9000", "newer program")
		mustExec(t, db, "DELETE FROM schema_version WHERE version_id IN (9000, $1)", newest)
		o.KeepSchema = true
		refusal(t, o, "database_older", "guan serve")
	})
}

func TestOpenForeign(t *testing.T) {
	t.Run("file of another program", func(t *testing.T) {
		dir := t.TempDir()
		other, err := sql.Open("sqlite", filepath.Join(dir, sqliteFile))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.Exec("CREATE TABLE album (title TEXT)"); err != nil {
			t.Fatal(err)
		}
		other.Close()
		refusal(t, Options{DataDir: dir}, "database_foreign", "another program", "--data")
	})
	t.Run("no database", func(t *testing.T) {
		dir := t.TempDir()
		text := strings.Repeat("Dear diary. ", 100)
		if err := os.WriteFile(filepath.Join(dir, sqliteFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		refusal(t, Options{DataDir: dir}, "database_foreign", "not a database")
		if after, _ := os.ReadFile(filepath.Join(dir, sqliteFile)); string(after) != text {
			t.Error("the file was changed")
		}
	})
	t.Run("postgres", func(t *testing.T) {
		at := testdb.Postgres(t)
		other, err := sql.Open("pgx", at.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		if _, err := other.Exec("CREATE TABLE album (title text)"); err != nil {
			t.Fatal(err)
		}
		refusal(t, Options{URL: at.URL}, "database_foreign", "empty database")
	})
	t.Run("encoding", func(t *testing.T) {
		at := testdb.Postgres(t)
		other, err := sql.Open("pgx", at.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		name := fmt.Sprintf("latin_%d", time.Now().UnixNano())
		if _, err := other.Exec("CREATE DATABASE " + name + " ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"); err != nil {
			t.Fatal(err)
		}
		defer other.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		refusal(t, Options{URL: at.URL[:strings.LastIndex(at.URL, "/")+1] + name + "?sslmode=disable"}, "database_encoding", "UTF8", "SQL_ASCII")
	})
}

func TestOpenUnreachable(t *testing.T) {
	refusal(t, Options{URL: "postgres://guan:sesame@127.0.0.1:1/guan"}, "database_unreachable", "127.0.0.1:1/guan", "cannot be reached")
	refusal(t, Options{URL: "mysql://guan:sesame@127.0.0.1/guan"}, "database_url", "postgres://")
	refusal(t, Options{URL: "postgres://guan:sesame@%zz/guan"}, "database_url", "postgres://")
	at := testdb.Postgres(t)
	refusal(t, Options{URL: at.URL[:strings.LastIndex(at.URL, "/")] + "/nosuchdatabase?sslmode=disable"}, "database_refused", "nosuchdatabase")
	refusal(t, Options{}, "data_dir", "--data")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refusal(t, Options{DataDir: filepath.Join(file, "data")}, "data_dir", "--data")
}

// An acknowledged commit is on disk before it is acknowledged.
func TestSQLiteDurability(t *testing.T) {
	db := open(t, testdb.SQLite(t))
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1"} {
		var got string
		if err := db.writer.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, %v", pragma, got, err)
		}
	}
	if _, err := db.reader.Exec("DELETE FROM tenant"); err == nil {
		t.Error("a reader can write")
	}
}

// A full disk refuses the write, whole; what was acknowledged stays, and when there is room
// again writing goes on.
func TestDiskFull(t *testing.T) {
	ctx, db := context.Background(), open(t, testdb.SQLite(t))
	addPerson(t, db, 7, "ada")
	fill := func() error {
		return db.write(ctx, ada, op{name: "fill"}, func(t *tx) error {
			for range 200 {
				if err := t.audit(ctx, audit.Entry{Action: audit.List, Detail: map[string]any{"x": strings.Repeat("x", 4000)}}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	pages := count(t, db, "PRAGMA page_count")
	var limit int64
	if err := db.writer.QueryRow(fmt.Sprintf("PRAGMA max_page_count = %d", pages+20)).Scan(&limit); err != nil {
		t.Fatal(err)
	}
	err := fill()
	if got := fault.From(err); got.Code != "storage_full" || got.Kind != fault.Internal {
		t.Errorf("got %v", err)
	}
	if err := db.auditRead(ctx, ada, audit.Entry{Action: audit.List, Detail: map[string]any{"x": strings.Repeat("x", 200_000)}}); !errors.Is(err, unrecorded) {
		t.Errorf("a read that could not be recorded was answered: %v", err)
	}
	if n := count(t, db, "SELECT count(*) FROM audit_entry"); n != 0 {
		t.Errorf("%d entries of undone writes are left", n)
	}
	if n := count(t, db, "SELECT count(*) FROM person"); n != 1 {
		t.Error("something acknowledged is lost")
	}
	if err := db.writer.QueryRow("PRAGMA max_page_count = 1000000").Scan(&limit); err != nil {
		t.Fatal(err)
	}
	if err := fill(); err != nil {
		t.Errorf("there is room again, but %v", err)
	}
}
