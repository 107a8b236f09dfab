package store

import (
	"context"
	"database/sql"

	"guan/policy"
	"guan/vault"
)

// What fields that are kept encrypted hold lies apart: in a file of its own beside SQLite's, in a schema of its
// own on PostgreSQL, or where Options.VaultURL says. The tables of the kinds hold only what stands
// for a value. A value is written here before the transaction that points at it commits, under its record, its
// field and its index, and is not changed after: whatever is interrupted, what stands in a record can be opened,
// and at worst something lies here that nothing points at.

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

func (v *values) close() []*sql.DB {
	if v == nil {
		return nil
	}
	return []*sql.DB{v.reader, v.writer}
}

// put writes values, all or none.
func (v *values) put(ctx context.Context, tenant policy.ID, indexedBy uint32, list []vaultEntry) error {
	inner, err := v.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer inner.Rollback()
	for _, e := range list {
		_, err := inner.ExecContext(ctx, "INSERT INTO "+v.table+` (tenant_id, kind, record_id, field, stand, key_number, index_number, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (tenant_id, kind, record_id, field, stand) DO UPDATE SET key_number = excluded.key_number, index_number = excluded.index_number, sealed = excluded.sealed`,
			tenant, e.place.Kind, e.place.Record, e.place.Field, e.index, int64(vault.SealedWith(e.sealed)), int64(indexedBy), e.sealed)
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
