package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"guan/policy"
	"guan/records"
	"guan/vault"
)

// The key of the index is rotated while everything is in use. With the new key the policy epoch rises: from then on
// whoever writes makes the index by the new key, and whoever asks for a value asks by both. Behind them each value
// gets a second row in the vault, under its new index, with a note which index became which (reindexed); then records,
// and what is kept of changes, get the new index in the place of the old one; at the end, while nobody writes, what
// lies under old indexes is thrown away with the old key. Interrupted it begins anew and finds done what is done.

// indexState is what a write knows of a rotation of the index.
type indexState struct {
	asked bool
	keys  *vault.Keys // nil when none is under way
}

// reindexing gives the keysets while the index is rotated, nil otherwise. A rotation begins and ends with the epoch,
// which a write holds.
func (t *rtx) reindexing(ctx context.Context, tenant policy.ID) (*vault.Keys, error) {
	if t.encrypting.index.asked {
		return t.encrypting.index.keys, nil
	}
	k, err := t.keys(ctx, tenant)
	if errors.Is(err, noKeys) {
		return nil, nil // and nothing that stands for a value
	}
	if err != nil {
		return nil, err
	}
	t.encrypting.index.asked = true
	if k.Reindexing() {
		t.encrypting.index.keys = k
	}
	return t.encrypting.index.keys, nil
}

// renewed gives values of a record in which what stands for them is by the newest key of the index, so that a write
// compares alike and leaves nothing of the old.
func (t *rtx) renewed(ctx context.Context, tenant policy.ID, kind policy.Kind, record policy.ID, values map[string]policy.Value) (map[string]policy.Value, error) {
	var names []string
	for name, v := range values {
		if records.Stands(v) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return values, nil
	}
	k, err := t.reindexing(ctx, tenant)
	if err != nil || k == nil {
		return values, err
	}
	found, err := t.db.values.get(ctx, tenant, string(kind), []policy.ID{record})
	if err != nil {
		return nil, err
	}
	out := make(map[string]policy.Value, len(values))
	for name, v := range values {
		out[name] = v
	}
	for _, name := range names {
		key := vaultKey{vault.Place{Kind: string(kind), Field: name, Record: int64(record)}, records.IndexOf(values[name])}
		value, err := k.Open(key.place, found[key])
		if err != nil {
			continue // what does not open is mended by an edit
		}
		index, err := k.Index(string(kind), name, value)
		if err != nil {
			return nil, err
		}
		if index != key.index {
			out[name] = policy.TextOf(strings.Replace(values[name].Text(), key.index, index, 1))
			t.encrypting.list = append(t.encrypting.list, unsaved{vaultKey{key.place, index}, value})
		}
	}
	return out, nil
}

// renewedOne is renewed of one field.
func (t *tx) renewedOne(ctx context.Context, kind *records.Kind, record policy.ID, name string, v policy.Value) (policy.Value, error) {
	values, err := t.renewed(ctx, t.actor.Tenant, kind.Name, record, map[string]policy.Value{name: v})
	return values[name], err
}

// reindex brings everything that stands for values from old keys of the index to the newest. Progress is told how
// many are left.
func (s *System) reindex(ctx context.Context, progress func(left int64)) error {
	k, err := s.db.single().keys(ctx, s.actor.Tenant)
	if err != nil || !k.Reindexing() {
		return s.db.fault(err)
	}
	if err := s.indexAnew(ctx, k, progress); err != nil {
		return s.db.fault(err)
	}
	st, err := s.db.refresh(ctx, s.actor.Tenant)
	if err != nil {
		return err
	}
	for _, kind := range st.catalog.Kinds() {
		for from := int64(0); ; {
			var n int
			err := s.db.maintain(ctx, func(t *tx) (err error) {
				t.actor.Tenant = s.actor.Tenant
				from, n, err = t.restandRows(ctx, kind, from)
				return err
			})
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	return s.db.maintain(ctx, func(t *tx) error {
		t.actor.Tenant = s.actor.Tenant
		return t.restandKept(ctx)
	})
}

// indexAnew gives each value a second row in the vault.
func (s *System) indexAnew(ctx context.Context, k *vault.Keys, progress func(left int64)) error {
	left, err := s.db.values.indexedBefore(ctx, s.actor.Tenant, k)
	if err != nil {
		return err
	}
	var after *vaultEntry
	for {
		list, err := s.db.values.some(ctx, s.actor.Tenant, after, k)
		if err != nil || len(list) == 0 {
			return err
		}
		var anew []vaultEntry
		became := map[string]string{}
		for _, e := range list {
			value, err := k.Open(e.place, e.sealed)
			if err != nil {
				continue // nobody can read it, now or later
			}
			index, err := k.Index(e.place.Kind, e.place.Field, value)
			if err != nil {
				return err
			}
			sealed, err := k.Seal(e.place, value)
			if err != nil {
				return err
			}
			anew = append(anew, vaultEntry{e.place, index, sealed})
			became[e.index] = index
		}
		if err := s.db.values.put(ctx, s.actor.Tenant, k.IndexNumber(), anew); err != nil {
			return err
		}
		err = s.db.maintain(ctx, func(t *tx) error {
			for was, becomes := range became {
				if _, err := t.exec(ctx, "INSERT INTO reindexed (tenant_id, was, becomes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", s.actor.Tenant, was, becomes); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		after = &list[len(list)-1]
		if left -= int64(len(list)); progress != nil {
			progress(max(left, 0))
		}
	}
}

// stands finds what stands for values, as columns hold it and as JSON does.
var stands = regexp.MustCompile(`(?:\x01|\\u0001)([A-Za-z0-9_-]{22})`)

// restand gives texts in which new indexes stand in the place of old ones.
func (t *tx) restand(ctx context.Context, texts []string) ([]string, error) {
	var indexes []string
	for _, text := range texts {
		for _, found := range stands.FindAllStringSubmatch(text, -1) {
			indexes = append(indexes, found[1])
		}
	}
	became := map[string]string{}
	slices.Sort(indexes)
	for chunk := range slices.Chunk(slices.Compact(indexes), batchRows) {
		list, err := jsonText(chunk)
		if err != nil {
			return nil, err
		}
		err = t.each(ctx, func(rows *sql.Rows) error {
			var was, becomes string
			err := rows.Scan(&was, &becomes)
			became[was] = becomes
			return err
		}, t.pick("SELECT was, becomes FROM reindexed WHERE tenant_id = $1 AND was IN (SELECT value FROM json_each($2))",
			"SELECT was, becomes FROM reindexed WHERE tenant_id = $1 AND was = ANY (ARRAY(SELECT json_array_elements_text($2::json)))"), t.actor.Tenant, list)
		if err != nil {
			return nil, err
		}
	}
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = stands.ReplaceAllStringFunc(text, func(found string) string {
			at := len(found) - 22
			if becomes, is := became[found[at:]]; is {
				return found[:at] + becomes
			}
			return found
		})
	}
	return out, nil
}

// holdsStands asks whether a JSON document may hold what stands for a value.
func (t *rtx) holdsStands(column string) string {
	return t.pick(`instr(`+column+`, '\u0001') > 0`, `strpos(`+column+`::text, '\u0001') > 0`)
}

// restandRows brings some records after one to new indexes, and tells the last and how many it looked at.
func (t *tx) restandRows(ctx context.Context, kind *records.Kind, from int64) (last int64, n int, err error) {
	columns, where := []string{"custom"}, []string{t.holdsStands("custom")}
	for _, f := range kind.Fields {
		if f.Encrypted && !f.Custom {
			columns = append(columns, f.Column)
			where = append(where, f.Column+" < ' '") // what stands for a value begins below
		}
	}
	return t.restandColumns(ctx, kind.Table, "id", columns, where, from)
}

// restandColumns brings columns of some rows after one, by their key, to new indexes.
func (t *tx) restandColumns(ctx context.Context, table, key string, columns, where []string, from int64) (last int64, n int, err error) {
	var keys []int64
	var texts []sql.NullString
	err = t.each(ctx, func(rows *sql.Rows) error {
		var id int64
		row := make([]sql.NullString, len(columns))
		into := []any{&id}
		for i := range row {
			into = append(into, &row[i])
		}
		err := rows.Scan(into...)
		keys, texts = append(keys, id), append(texts, row...)
		return err
	}, "SELECT "+key+", "+strings.Join(columns, ", ")+" FROM "+table+" WHERE tenant_id = $1 AND "+key+" > $2 AND ("+strings.Join(where, " OR ")+") ORDER BY "+key+" LIMIT $3"+t.pick("", " FOR UPDATE"),
		t.actor.Tenant, from, bulkRows)
	if err != nil || len(keys) == 0 {
		return from, 0, err
	}
	was := make([]string, len(texts))
	for i, text := range texts {
		was[i] = text.String
	}
	now, err := t.restand(ctx, was)
	if err != nil {
		return 0, 0, err
	}
	for i := range now {
		if now[i] == was[i] {
			continue
		}
		column, value := columns[i%len(columns)], "$1"
		if column == "custom" {
			value = t.pick("$1", "$1::jsonb")
		}
		if _, err := t.exec(ctx, "UPDATE "+table+" SET "+column+" = "+value+" WHERE tenant_id = $2 AND "+key+" = $3", now[i], t.actor.Tenant, keys[i/len(columns)]); err != nil {
			return 0, 0, err
		}
	}
	return keys[len(keys)-1], len(keys), nil
}

// restandKept brings secrets, and what is kept of changes, to new indexes.
func (t *tx) restandKept(ctx context.Context) error {
	for _, k := range secretKinds {
		var stand []string
		for _, column := range k.columns {
			stand = append(stand, column+" < ' '")
		}
		for from := int64(-1); ; {
			last, n, err := t.restandColumns(ctx, k.table, k.record, k.columns, stand, from)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
			from = last
		}
	}
	done := map[string]bool{}
	for _, d := range documents {
		if done[d.table+d.document] {
			continue
		}
		done[d.table+d.document] = true
		if err := t.restandDocuments(ctx, d.table, d.key, d.document); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) restandDocuments(ctx context.Context, table, key, column string) error {
	keys := strings.Split(key, ", ")
	var ids [][]any
	var was []string
	err := t.each(ctx, func(rows *sql.Rows) error {
		var text string
		found := make([]int64, len(keys))
		into := []any{&text}
		for i := range found {
			into = append(into, &found[i])
		}
		err := rows.Scan(into...)
		row := make([]any, len(keys))
		for i, id := range found {
			row[i] = id
		}
		ids, was = append(ids, row), append(was, text)
		return err
	}, "SELECT "+column+", "+key+" FROM "+table+" WHERE tenant_id = $1 AND "+t.holdsStands(column)+t.pick("", " FOR UPDATE"), t.actor.Tenant)
	if err != nil {
		return err
	}
	now, err := t.restand(ctx, was)
	if err != nil {
		return err
	}
	for i := range now {
		if now[i] == was[i] {
			continue
		}
		where, args := "", []any{now[i], t.actor.Tenant}
		for j, name := range keys {
			args = append(args, ids[i][j])
			where += fmt.Sprintf(" AND %s = $%d", name, len(args))
		}
		if _, err := t.exec(ctx, "UPDATE "+table+" SET "+column+" = "+t.pick("$1", "$1::jsonb")+" WHERE tenant_id = $2"+where, args...); err != nil {
			return err
		}
	}
	return nil
}

// indexedBefore counts the values under an index by another key than the newest.
func (v *values) indexedBefore(ctx context.Context, tenant policy.ID, k *vault.Keys) (n int64, err error) {
	err = v.reader.QueryRowContext(ctx, "SELECT count(*) FROM "+v.table+" WHERE tenant_id = $1 AND index_number <> $2", tenant, int64(k.IndexNumber())).Scan(&n)
	return n, err
}

// some reads values after one that stand under an index by an older key.
func (v *values) some(ctx context.Context, tenant policy.ID, after *vaultEntry, k *vault.Keys) (list []vaultEntry, err error) {
	if after == nil {
		after = &vaultEntry{}
	}
	rows, err := v.reader.QueryContext(ctx, "SELECT kind, record_id, field, stand, sealed FROM "+v.table+` WHERE tenant_id = $1 AND index_number <> $2
		AND (kind, record_id, field, stand) > ($3, $4, $5, $6) ORDER BY kind, record_id, field, stand LIMIT $7`,
		tenant, int64(k.IndexNumber()), after.place.Kind, after.place.Record, after.place.Field, after.index, resealed)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e vaultEntry
		if err := rows.Scan(&e.place.Kind, &e.place.Record, &e.place.Field, &e.index, &e.sealed); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// retireIndex throws away what stands under indexes by older keys.
func (v *values) retireIndex(ctx context.Context, tenant policy.ID, k *vault.Keys) error {
	_, err := v.writer.ExecContext(ctx, "DELETE FROM "+v.table+" WHERE tenant_id = $1 AND index_number <> $2", tenant, int64(k.IndexNumber()))
	return err
}
