package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"guan/audit"
	"guan/policy"
	"guan/vault"
)

// dropUnused removes values from the vault that nothing points at any more: of writes that were interrupted after it,
// of records that are gone, and older ones that no list of changes needs to take something back.
func (s *System) dropUnused(ctx context.Context) error {
	st, err := s.db.refresh(ctx, s.actor.Tenant)
	if err != nil {
		return err
	}
	var last vaultKey
	var maybe []vaultKey
	for {
		list, err := s.db.values.keysAfter(ctx, s.actor.Tenant, last)
		if err != nil {
			return s.db.fault(err)
		}
		if len(list) == 0 {
			break
		}
		last = list[len(list)-1]
		unused, err := s.db.single().unused(ctx, s.actor.Tenant, st, list)
		if err != nil {
			return s.db.fault(err)
		}
		maybe = append(maybe, unused...)
	}
	if len(maybe) == 0 {
		return nil
	}
	// Looked at once more while nobody writes: a value lies in the vault before what points at it is committed.
	return s.db.write(ctx, s.actor, op{name: "keys", raises: true}, func(t *tx) error {
		if _, err := t.keysLocked(ctx, s.actor.Tenant, " FOR UPDATE"); err != nil { // nor does bookkeeping seal
			return err
		}
		unused, err := t.unused(ctx, s.actor.Tenant, st, maybe)
		if err != nil {
			return err
		}
		kept, err := t.keptIndexes(ctx, s.actor.Tenant)
		if err != nil {
			return err
		}
		var gone []vaultKey
		for _, key := range unused {
			if !kept[key.index] {
				gone = append(gone, key)
			}
		}
		if err := s.db.values.drop(ctx, s.actor.Tenant, gone); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Rekeyed, Detail: map[string]any{"keys": "dropped", "values": len(gone)}})
	})
}

// unused gives those of some values at which their records do not point.
func (t *rtx) unused(ctx context.Context, tenant policy.ID, st *state, list []vaultKey) ([]vaultKey, error) {
	byTable := map[string][]policy.ID{}
	for _, key := range list {
		byTable[key.place.Kind] = append(byTable[key.place.Kind], policy.ID(key.place.Record))
	}
	used := map[vaultKey]bool{}
	for name, ids := range byTable {
		table, id, columns := name, "id", []string{"custom"}
		if kind := st.catalog.Kind(policy.Kind(name)); kind != nil {
			table = kind.Table
			for _, f := range encryptedFields(kind) {
				columns = append(columns, f.Column)
			}
		} else if k, is := secretOf(name); is {
			id, columns = k.record, slices.Clone(k.columns)
		} else {
			continue
		}
		for i, c := range columns {
			columns[i] = "coalesce(" + t.pick(c, c+"::text") + ", '')"
		}
		err := t.each(ctx, func(rows *sql.Rows) error {
			var record int64
			var text string
			err := rows.Scan(&record, &text)
			for _, found := range stands.FindAllStringSubmatch(text, -1) {
				used[vaultKey{vault.Place{Kind: name, Record: record}, found[1]}] = true
			}
			return err
		}, "SELECT "+id+", "+strings.Join(columns, " || ")+" FROM "+table+" WHERE tenant_id = $1 AND "+id+" IN "+t.listed(2), tenant, idList(ids))
		if err != nil {
			return nil, err
		}
	}
	var out []vaultKey
	for _, key := range list {
		if !used[vaultKey{vault.Place{Kind: key.place.Kind, Record: key.place.Record}, key.index}] {
			out = append(out, key)
		}
	}
	return out, nil
}

func secretOf(table string) (secretKind, bool) {
	for _, k := range secretKinds {
		if k.table == table {
			return k, true
		}
	}
	return secretKind{}, false
}

// keptIndexes are the indexes of values that stand in what is kept of changes.
func (t *rtx) keptIndexes(ctx context.Context, tenant policy.ID) (map[string]bool, error) {
	out := map[string]bool{}
	for _, d := range documents {
		err := t.each(ctx, func(rows *sql.Rows) error {
			var text string
			err := rows.Scan(&text)
			for _, found := range stands.FindAllStringSubmatch(text, -1) {
				out[found[1]] = true
			}
			return err
		}, "SELECT "+d.document+" FROM "+d.table+" WHERE tenant_id = $1 AND "+t.holdsStands(d.document), tenant)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keysAfter lists where values lie, after one.
func (v *values) keysAfter(ctx context.Context, tenant policy.ID, after vaultKey) (list []vaultKey, err error) {
	rows, err := v.reader.QueryContext(ctx, "SELECT kind, record_id, field, stand FROM "+v.table+` WHERE tenant_id = $1
		AND (kind, record_id, field, stand) > ($2, $3, $4, $5) ORDER BY kind, record_id, field, stand LIMIT $6`,
		tenant, after.place.Kind, after.place.Record, after.place.Field, after.index, resealed)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key vaultKey
		if err := rows.Scan(&key.place.Kind, &key.place.Record, &key.place.Field, &key.index); err != nil {
			return nil, err
		}
		list = append(list, key)
	}
	return list, rows.Err()
}

// drop removes values, all or none.
func (v *values) drop(ctx context.Context, tenant policy.ID, list []vaultKey) error {
	inner, err := v.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer inner.Rollback()
	for _, key := range list {
		_, err := inner.ExecContext(ctx, "DELETE FROM "+v.table+" WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND field = $4 AND stand = $5",
			tenant, key.place.Kind, key.place.Record, key.place.Field, key.index)
		if err != nil {
			return err
		}
	}
	return inner.Commit()
}
