package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"

	"guan/fault"
	"guan/policy"
	"guan/vault"
)

// What fields that are kept encrypted hold lies apart: in a file of its own beside SQLite's, in a schema of its
// own on PostgreSQL or on the server that Options.VaultURL names. The tables of the kinds hold only what stands
// for a value. A value is written here before the transaction that points at it commits, under its record, its
// field and its index, and is not changed after: whatever is interrupted, what stands in a record can be opened,
// and at worst something lies here that nothing points at.

const vaultFile = "vault.db"

// vaultSize bounds the connections to the vault of one process.
const vaultSize = 4

// values is the storage of encrypted values.
type values struct {
	dialect Dialect
	writer  *sql.DB
	reader  *sql.DB
	table   string
}

// entry is one value.
type vaultEntry struct {
	place  vault.Place
	index  string
	sealed []byte
}

const vaultTable = `(
	tenant_id bigint NOT NULL,
	kind text NOT NULL,
	record_id bigint NOT NULL,
	field text NOT NULL,
	stand text NOT NULL,
	key_number bigint NOT NULL,
	sealed %s NOT NULL,
	PRIMARY KEY (tenant_id, kind, record_id, field, stand)
)`

// openVault opens the storage of encrypted values and makes its table.
func (db *DB) openVault(ctx context.Context, o Options) error {
	address := o.VaultURL
	if db.dialect == SQLite && address == "" {
		return db.openVaultFile(ctx)
	}
	if address == "" {
		address = o.URL
	}
	config, err := pgx.ParseConfig(address)
	if err != nil || !strings.HasPrefix(address, "postgres") {
		return fault.New(fault.Invalid, "vault_url", "the storage of encrypted values is named by postgres://USER:PASSWORD@HOST:PORT/NAME")
	}
	config.RuntimeParams["application_name"] = "guan vault"
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(vaultSize)
	pool.SetMaxIdleConns(vaultSize)
	pool.SetConnMaxLifetime(30 * time.Minute)
	db.values = &values{dialect: Postgres, writer: pool, reader: pool, table: "guan_vault.sealed_value"}
	// Made under a lock: two that make it at once would fail on each other.
	_, err = pool.ExecContext(ctx, fmt.Sprintf(`DO $$ BEGIN IF to_regclass('guan_vault.sealed_value') IS NULL THEN
		PERFORM pg_advisory_xact_lock(%d); CREATE SCHEMA IF NOT EXISTS guan_vault; CREATE TABLE IF NOT EXISTS guan_vault.sealed_value `+vaultTable+`; END IF; END $$`, migrationLock+1, "bytea"))
	if err != nil {
		return fault.Wrapf(err, fault.Internal, "vault_unreachable", "the storage of encrypted values at %s cannot be used: check the address, and that its role may make a schema", publicURL(address))
	}
	return nil
}

func (db *DB) openVaultFile(ctx context.Context) error {
	path := filepath.Join(db.dataDir, vaultFile)
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
		_, err = v.writer.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS sealed_value "+fmt.Sprintf(vaultTable, "blob")+" WITHOUT ROWID")
	}
	if err != nil {
		return fault.Wrapf(err, fault.Internal, "vault_file", "the storage of encrypted values in %s cannot be used: check that it is readable and writable, and whole", path)
	}
	return nil
}

func (v *values) close() []*sql.DB {
	if v == nil {
		return nil
	}
	return []*sql.DB{v.reader, v.writer}
}

// put writes values, all or none.
func (v *values) put(ctx context.Context, tenant policy.ID, list []vaultEntry) error {
	inner, err := v.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer inner.Rollback()
	for _, e := range list {
		_, err := inner.ExecContext(ctx, "INSERT INTO "+v.table+` (tenant_id, kind, record_id, field, stand, key_number, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (tenant_id, kind, record_id, field, stand) DO UPDATE SET key_number = excluded.key_number, sealed = excluded.sealed`,
			tenant, e.place.Kind, e.place.Record, e.place.Field, e.index, int64(vault.SealedWith(e.sealed)), e.sealed)
		if err != nil {
			return err
		}
	}
	return inner.Commit()
}

// vaultKey finds a value.
type vaultKey struct {
	place vault.Place
	index string
}

// get reads the values of some records of a kind.
func (v *values) get(ctx context.Context, tenant policy.ID, kind string, ids []policy.ID) (map[vaultKey][]byte, error) {
	listed := "(SELECT value FROM json_each($3))"
	if v.dialect == Postgres {
		listed = "(SELECT json_array_elements_text($3::json)::bigint)"
	}
	rows, err := v.reader.QueryContext(ctx, "SELECT record_id, field, stand, sealed FROM "+v.table+" WHERE tenant_id = $1 AND kind = $2 AND record_id IN "+listed, tenant, kind, idList(ids))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[vaultKey][]byte{}
	for rows.Next() {
		key := vaultKey{place: vault.Place{Kind: kind}}
		var sealed []byte
		if err := rows.Scan(&key.place.Record, &key.place.Field, &key.index, &sealed); err != nil {
			return nil, err
		}
		out[key] = sealed
	}
	return out, rows.Err()
}

// forget removes what was kept of a record, or of one field of all records of a kind.
func (v *values) forget(ctx context.Context, tenant policy.ID, p vault.Place) error {
	where, args := "record_id = $3", []any{tenant, p.Kind, p.Record}
	if p.Field != "" {
		where, args = "field = $3", []any{tenant, p.Kind, p.Field}
	}
	_, err := v.writer.ExecContext(ctx, "DELETE FROM "+v.table+" WHERE tenant_id = $1 AND kind = $2 AND "+where, args...)
	return err
}
