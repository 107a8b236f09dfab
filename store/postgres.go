package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"guan/fault"
)

// oldestPostgres is the oldest server version that is tested.
const oldestPostgres = 150000

// poolSize bounds the connections of one process to the server, custom plans aside: four
// processes fit into the hundred that a server gives unless told otherwise.
const poolSize = 16

// openPostgres connects. Statements are prepared once per connection and run with a generic
// plan: the list statement's plan is good for everybody and costs milliseconds to make. Text
// search wants the opposite; its statements go through the pool custom.
func (db *DB) openPostgres(ctx context.Context, address string) error {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return fault.New(fault.Invalid, "database_url", "the database is named by postgres://USER:PASSWORD@HOST:PORT/NAME")
	}
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The parser's text may repeat the password.
		return fault.New(fault.Invalid, "database_url", "the database address cannot be understood: write postgres://USER:PASSWORD@HOST:PORT/NAME")
	}
	if db.dataDir != "" {
		if db.dataDir, err = dataFolder(db.dataDir); err != nil {
			return err
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	open := func(plans string, conns int) *sql.DB {
		c := config.Copy()
		c.RuntimeParams["plan_cache_mode"] = plans
		c.RuntimeParams["timezone"] = "UTC"
		if c.RuntimeParams["application_name"] == "" {
			c.RuntimeParams["application_name"] = "guan"
		}
		// A page takes a millisecond; compiling its plan would take fifty.
		c.RuntimeParams["jit"] = "off"
		pool := stdlib.OpenDB(*c)
		pool.SetMaxOpenConns(conns)
		pool.SetMaxIdleConns(conns)
		pool.SetConnMaxLifetime(30 * time.Minute)
		return pool
	}
	db.writer = open("force_generic_plan", poolSize)
	db.reader = db.writer
	db.custom = open("force_custom_plan", max(4, poolSize/3))
	return db.checkPostgres(ctx, publicURL(address))
}

func (db *DB) checkPostgres(ctx context.Context, where string) error {
	var version int
	var encoding string
	err := db.reader.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')").Scan(&version, &encoding)
	var server *pgconn.PgError
	switch {
	case errors.As(err, &server):
		// The server answered and refused: its message says which database, role or method.
		return fault.Newf(fault.Internal, "database_refused", "the database server at %s refuses: %s", where, server.Message)
	case err != nil:
		return fault.Wrapf(err, fault.Internal, "database_unreachable", "the database at %s cannot be reached: check the address and that the server runs", where)
	case version < oldestPostgres:
		return fault.Newf(fault.Invalid, "database_old_server", "the database server at %s is older than PostgreSQL 15: upgrade it", where)
	case encoding != "UTF8":
		return fault.Newf(fault.Invalid, "database_encoding", "the database at %s has the encoding %s: create one with ENCODING 'UTF8' TEMPLATE template0", where, encoding)
	}
	return nil
}
