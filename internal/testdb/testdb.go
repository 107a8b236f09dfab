// Package testdb gives a test a fresh, empty, real database of either sort.
//
// SQLite stands in the test's own folder. PostgreSQL databases are made in the cluster that
// GUAN_TEST_POSTGRES names; when it names none, the first test that asks starts a throwaway
// cluster for the life of the test binary (scripts/postgres.sh hold), so that a plain
// 'go test ./...' works. Where PostgreSQL is not installed the test fails: it never skips, since
// a law that holds on one database alone does not hold.
package testdb

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
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

// SQLite returns an empty data folder.
func SQLite(t testing.TB) Database {
	t.Helper()
	return Database{DataDir: t.TempDir()}
}

// Postgres makes an empty database and drops it after the test.
func Postgres(t testing.TB) Database {
	t.Helper()
	server := cluster(t)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	name := "t_" + strings.ToLower(rand.Text())
	run(ctx, t, server, "CREATE DATABASE "+name+" ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		run(ctx, t, server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("GUAN_TEST_POSTGRES: %v", err)
	}
	u.Path = "/" + name
	return Database{URL: u.String()}
}

func run(ctx context.Context, t testing.TB, server, statement string) {
	t.Helper()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatalf("the test cluster: %v", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
