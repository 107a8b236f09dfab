package testdb

import (
	"context"
	"crypto/rand"
	"errors"
	"hash/fnv"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Copies gives tests databases that all begin alike: the first of each sort is filled by Fill, which
// leaves it closed, and the others are its copies. The zero value of the rest is ready for use.
type Copies struct {
	Fill func(t testing.TB, db Database)

	mu       sync.Mutex
	folder   map[string][]byte // the files of the filled data folder
	database string            // the filled PostgreSQL database
}

// Each runs the test once on a copy of every sort, as subtests named by the dialect.
func (c *Copies) Each(t *testing.T, run func(t *testing.T, db Database)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, c.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, c.Postgres(t)) })
}

// InTurn is Each for what depends little on the database, as stories over HTTP: with GUAN_TURN, a number, each
// runs on one of them, and on the other with the next number.
func (c *Copies) InTurn(t *testing.T, run func(t *testing.T, db Database)) {
	t.Helper()
	c.turns(t, run, 2)
}

// MostlyInTurn is Each for what depends on the database somewhat: with GUAN_TURN, a number, a third runs on each of
// them and a third on both, others with the next number.
func (c *Copies) MostlyInTurn(t *testing.T, run func(t *testing.T, db Database)) {
	t.Helper()
	c.turns(t, run, 3)
}

func (c *Copies) turns(t *testing.T, run func(t *testing.T, db Database), of uint32) {
	t.Helper()
	inTurn(t, of, func(t *testing.T) { run(t, c.SQLite(t)) }, func(t *testing.T) { run(t, c.Postgres(t)) })
}

// InTurn runs the test on a fresh database of one sort with GUAN_TURN, a number, and otherwise of each.
func InTurn(t *testing.T, run func(t *testing.T, db Database)) {
	t.Helper()
	inTurn(t, 2, func(t *testing.T) { run(t, SQLite(t)) }, func(t *testing.T) { run(t, Postgres(t)) })
}

func inTurn(t *testing.T, of uint32, sqlite, postgres func(*testing.T)) {
	t.Helper()
	turn, err := strconv.Atoi(os.Getenv("GUAN_TURN"))
	name := fnv.New32a()
	name.Write([]byte(t.Name()))
	one := (name.Sum32() + uint32(turn)) % of
	if err != nil || one != 1 {
		t.Run("sqlite", sqlite)
	}
	if err != nil || one != 0 {
		t.Run("postgres", postgres)
	}
}

// SQLite returns a data folder as it was filled.
func (c *Copies) SQLite(t testing.TB) Database {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.folder == nil {
		first := SQLite(t)
		c.Fill(t, first)
		files, err := read(first.DataDir)
		if err != nil {
			t.Fatal(err)
		}
		c.folder = files
	}
	db := SQLite(t)
	for name, content := range c.folder {
		path := filepath.Join(db.DataDir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func read(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	return files, err
}

// Postgres returns a database as it was filled, and drops it after the test.
func (c *Copies) Postgres(t testing.TB) Database {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.database == "" {
		name := create(t, "template0")
		keep(t, name)
		c.Fill(t, named(t, name))
		c.database = name
	}
	return dropped(t, create(t, c.database))
}

// Run runs the tests of a package and drops what Copies kept until then.
func Run(m *testing.M) int {
	code := m.Run()
	kept.mu.Lock()
	defer kept.mu.Unlock()
	for _, name := range kept.names {
		if err := drop(kept.server, name); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			code = max(code, 1)
		}
	}
	return code
}

var kept struct {
	mu     sync.Mutex
	server string
	names  []string
}

func keep(t testing.TB, name string) {
	kept.mu.Lock()
	defer kept.mu.Unlock()
	kept.server = cluster(t)
	kept.names = append(kept.names, name)
}

func create(t testing.TB, template string) string {
	t.Helper()
	name := "t_" + strings.ToLower(rand.Text())
	statement := "CREATE DATABASE " + name + " ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE " + template
	err := execute(cluster(t), statement)
	// Whoever filled the template has gone, and the server has yet to notice.
	for began := time.Now(); busy(err) && time.Since(began) < longest; {
		err = execute(cluster(t), statement)
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// busy reports whether the server refused because somebody is connected to a template; it has waited itself.
func busy(err error) bool {
	var said *pgconn.PgError
	return errors.As(err, &said) && said.Code == "55006"
}

// longest bounds one statement: long, since a machine may be slow.
const longest = 3 * time.Minute

func dropped(t testing.TB, name string) Database {
	t.Helper()
	server := cluster(t)
	t.Cleanup(func() {
		if err := drop(server, name); err != nil {
			t.Error(err)
		}
	})
	return named(t, name)
}

func named(t testing.TB, name string) Database {
	t.Helper()
	u, err := url.Parse(cluster(t))
	if err != nil {
		t.Fatalf("GUAN_TEST_POSTGRES: %v", err)
	}
	u.Path = "/" + name
	return Database{URL: u.String()}
}

func drop(server, name string) error {
	return execute(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
}

func execute(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}
