package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"

	"guan/fault"
)

const vaultFile = "vault.db"

// vaultSize bounds the connections to the vault of one process.
const vaultSize = 4

const vaultTable = `(
	tenant_id bigint NOT NULL,
	kind text NOT NULL,
	record_id bigint NOT NULL,
	field text NOT NULL,
	stand text NOT NULL,
	key_number bigint NOT NULL,
	index_number bigint NOT NULL DEFAULT 0, -- 0: of the oldest key of the index
	sealed %s NOT NULL,
	PRIMARY KEY (tenant_id, kind, record_id, field, stand)
)`

// openVault opens the storage of encrypted values and makes its table. Faults: Invalid (vault_url, vault_file,
// vault_right), NotFound (vault_missing), Internal (vault_unreachable).
func (db *DB) openVault(ctx context.Context, o Options) error {
	// With keysets there are values: who names another place by mistake must not begin with an empty one.
	var begun bool
	if err := db.single().row(ctx, "SELECT EXISTS (SELECT 1 FROM keyset)").Scan(&begun); err != nil {
		return db.fault(err)
	}
	address := o.VaultURL
	onServer := strings.HasPrefix(address, "postgres:") || strings.HasPrefix(address, "postgresql:")
	switch {
	case db.dialect == SQLite && !onServer:
		if address == "" {
			address = filepath.Join(db.dataDir, vaultFile)
		}
		return db.openVaultFile(ctx, address, begun)
	case address == "":
		address = o.URL
	case !onServer:
		return errVaultURL
	}
	return db.openVaultServer(ctx, address, begun)
}

var errVaultURL = fault.New(fault.Invalid, "vault_url", "the storage of encrypted values is named by postgres://USER:PASSWORD@HOST:PORT/NAME, or beside SQLite by the path of a file")

func vaultMissing(where string) error {
	return fault.Newf(fault.NotFound, "vault_missing", "the values that are kept encrypted are not in %s: name with --vault-db where they are, or put them back from a backup", where)
}

func (db *DB) openVaultServer(ctx context.Context, address string, begun bool) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return errVaultURL
	}
	config.RuntimeParams["application_name"] = "guan vault"
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(vaultSize)
	pool.SetMaxIdleConns(vaultSize)
	pool.SetConnMaxLifetime(30 * time.Minute)
	db.values = &values{dialect: Postgres, writer: pool, reader: pool, table: "guan_vault.sealed_value"}
	where := publicURL(address)
	there, err := vaultRights(ctx, pool, where)
	if err != nil {
		return err
	}
	if begun && !there {
		return vaultMissing(where + ", schema guan_vault")
	}
	// Made under a lock: two that make it at once would fail on each other.
	_, err = pool.ExecContext(ctx, fmt.Sprintf(`DO $$ BEGIN
		IF to_regclass('guan_vault.sealed_value') IS NULL THEN
			PERFORM pg_advisory_xact_lock(%[1]d);
			IF to_regnamespace('guan_vault') IS NULL THEN
				CREATE SCHEMA guan_vault; -- IF NOT EXISTS would ask for the right to make one even if it is there
			END IF;
			CREATE TABLE IF NOT EXISTS guan_vault.sealed_value `+vaultTable+`;
		ELSIF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'guan_vault.sealed_value'::regclass AND attname = 'index_number') THEN
			ALTER TABLE guan_vault.sealed_value ADD COLUMN IF NOT EXISTS index_number bigint NOT NULL DEFAULT 0;
		END IF; END $$`, migrationLock+1, "bytea"))
	if err != nil {
		return fault.Wrapf(err, fault.Internal, "vault_unreachable", "the storage of encrypted values at %s cannot be used: check that its role owns the schema guan_vault", where)
	}
	return nil
}

// vaultRights asks what the role at hand may do with the vault, tells what it lacks, and whether there is one.
func vaultRights(ctx context.Context, pool *sql.DB, where string) (there bool, err error) {
	var role, database string
	var make, schema, use bool
	err = pool.QueryRowContext(ctx, `SELECT current_user, current_database(), has_database_privilege(current_database(), 'CREATE'),
		n.oid IS NOT NULL, coalesce(has_schema_privilege(n.oid, 'USAGE'), false)
		FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = 'guan_vault'`).Scan(&role, &database, &make, &schema, &use)
	if err != nil {
		return false, fault.Wrapf(err, fault.Internal, "vault_unreachable", "the storage of encrypted values at %s cannot be reached: check the address, the role and its password", where)
	}
	lacks := func(what, grant string) error {
		return fault.Newf(fault.Invalid, "vault_right", "the role %s may not %s at %s: %s", role, what, where, grant).With("role", role)
	}
	if !schema {
		if !make {
			return false, lacks("make the schema guan_vault", fmt.Sprintf(`let who owns the database run CREATE SCHEMA guan_vault AUTHORIZATION "%s"`, role))
		}
		return false, nil
	}
	if !use {
		return false, lacks("use the schema guan_vault", "name with --vault-db the role that owns it")
	}
	var table string
	var all sql.NullBool
	err = pool.QueryRowContext(ctx, `SELECT coalesce(to_regclass('guan_vault.sealed_value')::text, ''),
		(SELECT bool_and(has_table_privilege(to_regclass('guan_vault.sealed_value'), right_of)) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) right_of)`).Scan(&table, &all)
	if err != nil {
		return false, fault.Wrapf(err, fault.Internal, "vault_unreachable", "the storage of encrypted values at %s cannot be used", where)
	}
	if table != "" && !all.Bool {
		return true, lacks("read and write the table guan_vault.sealed_value", "name with --vault-db the role that owns it")
	}
	return table != "", nil
}

func (db *DB) openVaultFile(ctx context.Context, path string, begun bool) error {
	if _, err := os.Stat(path); begun && errors.Is(err, os.ErrNotExist) {
		return vaultMissing(path)
	}
	open := func(query string, conns int) (*sql.DB, error) {
		connector, err := sqlite.NewConnector((&url.URL{Scheme: "file", Path: path}).String() + fmt.Sprintf("?_dqs=0&_defensive=1&_error_rc=1&_busy_timeout=%d", busyFor.Milliseconds()) + query)
		if err != nil {
			return nil, err
		}
		pool := sql.OpenDB(connector)
		pool.SetMaxOpenConns(conns)
		pool.SetMaxIdleConns(conns)
		return pool, nil
	}
	v := &values{dialect: SQLite, table: "sealed_value"}
	var err error
	if v.writer, err = open("&_txlock=immediate&_journal_mode=wal&_synchronous=full&_pragma=secure_delete(on)", 1); err == nil {
		v.reader, err = open("&_query_only=on", max(4, runtime.NumCPU()))
	}
	if db.values = v; err == nil {
		err = makeVaultTable(ctx, v.writer)
	}
	if err != nil {
		return fault.Wrapf(err, fault.Internal, "vault_file", "the storage of encrypted values in %s cannot be used: check that it is readable and writable, and whole", path)
	}
	return nil
}

func makeVaultTable(ctx context.Context, pool *sql.DB) error {
	inner, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer inner.Rollback()
	if _, err := inner.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS sealed_value "+fmt.Sprintf(vaultTable, "blob")+" WITHOUT ROWID"); err != nil {
		return err
	}
	var numbered bool
	if err := inner.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pragma_table_info('sealed_value') WHERE name = 'index_number')").Scan(&numbered); err != nil {
		return err
	}
	if !numbered {
		if _, err := inner.ExecContext(ctx, "ALTER TABLE sealed_value ADD COLUMN index_number bigint NOT NULL DEFAULT 0"); err != nil {
			return err
		}
	}
	return inner.Commit()
}
