package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"guan/policy"
	"guan/records"
)

// Until fields were kept encrypted their values stood in plain, in the tables of the kinds and in what was kept of
// changes to take them back. The first start of a program that encrypts brings them over.

// upgradeValues encrypts what an older version left in plain, some records at a time. Killed in the middle it
// goes on with the next start; meanwhile both are read.
func (db *DB) upgradeValues(ctx context.Context) error {
	encrypt := map[string]func(context.Context, policy.ID, string) error{}
	var kinds []string
	for _, k := range secretKinds {
		kinds = append(kinds, k.table)
		encrypt[k.table] = func(ctx context.Context, tenant policy.ID, _ string) error { return db.encryptSecrets(ctx, tenant, k) }
	}
	for _, k := range encryptedKinds() {
		kinds = append(kinds, string(k.Name))
		encrypt[string(k.Name)] = db.encryptKind
	}
	done := map[string]bool{}
	var tenants []policy.ID
	err := db.single().each(ctx, func(rows *sql.Rows) error {
		var tenant policy.ID
		var kind sql.NullString
		err := rows.Scan(&tenant, &kind)
		done[tenant.String()+" "+kind.String] = true
		if !slices.Contains(tenants, tenant) {
			tenants = append(tenants, tenant)
		}
		return err
	}, "SELECT t.tenant_id, e.kind FROM tenant t LEFT JOIN encrypted_kind e ON e.tenant_id = t.tenant_id")
	if err != nil {
		return db.fault(err)
	}
	for _, tenant := range tenants {
		for _, kind := range kinds {
			if done[tenant.String()+" "+kind] {
				continue
			}
			if err := encrypt[kind](ctx, tenant, kind); err != nil {
				return err
			}
		}
	}
	return db.scrub(ctx)
}

// encryptSecrets encrypts secrets of one sort.
func (db *DB) encryptSecrets(ctx context.Context, tenant policy.ID, k secretKind) error {
	return db.maintain(ctx, func(t *tx) error {
		t.actor.Tenant = tenant
		secrets := map[policy.ID]string{}
		err := t.each(ctx, func(rows *sql.Rows) error {
			var of policy.ID
			var text string
			err := rows.Scan(&of, &text)
			if !strings.HasPrefix(text, secretMark) {
				secrets[of] = text
			}
			return err
		}, "SELECT "+k.record+", secret FROM "+k.table+" WHERE tenant_id = $1", tenant)
		if err != nil {
			return err
		}
		for of, text := range secrets {
			stand, err := t.sealSecret(ctx, k.of(of), text)
			if err == nil {
				_, err = t.exec(ctx, "UPDATE "+k.table+" SET secret = $1 WHERE tenant_id = $2 AND "+k.record+" = $3 AND secret = $4", stand, tenant, of, text)
			}
			if err != nil {
				return err
			}
		}
		if len(secrets) > 0 {
			if err := t.scrubDue(ctx, k.table); err != nil {
				return err
			}
		}
		return t.encryptedKind(ctx, k.table)
	})
}

// encryptedKind notes that nothing of a kind is in plain any more.
func (t *tx) encryptedKind(ctx context.Context, kind string) error {
	_, err := t.exec(ctx, "INSERT INTO encrypted_kind (tenant_id, kind, done_at) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, kind) DO NOTHING", t.actor.Tenant, kind, t.nowMicros())
	return err
}

// encryptedKinds are the kinds that come with fields that are kept encrypted.
func encryptedKinds() []*records.Kind {
	return slices.DeleteFunc(slices.Clone(records.Builtin().Kinds()), func(k *records.Kind) bool { return len(encryptedFields(k)) == 0 })
}

func encryptedFields(k *records.Kind) []*records.Field {
	return slices.DeleteFunc(slices.Clone(k.Fields), func(f *records.Field) bool { return !f.Encrypted || f.Custom })
}

// documents are the columns in which values of records are kept as JSON, with where they are from.
var documents = []struct{ table, key, kind, record, document string }{
	{"import_journal", "job_id, row_number", "(SELECT j.kind FROM job j WHERE j.tenant_id = x.tenant_id AND j.id = x.job_id)", "record_id", "was"},
	{"import_journal", "job_id, row_number", "(SELECT j.kind FROM job j WHERE j.tenant_id = x.tenant_id AND j.id = x.job_id)", "record_id", "became"},
	{"record_merge", "id", "kind", "winner_id", "document"},
	{"mass_target", "change_id, record_id", "(SELECT m.kind FROM mass_change m WHERE m.tenant_id = x.tenant_id AND m.id = x.change_id)", "record_id", "undo"},
	{"mass_change", "id", "kind", "0", "change"},
	{"request", "id", "kind", "coalesce(record_id, 0)", "ask"},
}

// encryptKind encrypts what stands in plain of a kind.
func (db *DB) encryptKind(ctx context.Context, tenant policy.ID, name string) error {
	kind := records.Builtin().Kind(policy.Kind(name))
	var done, last int64
	for {
		n := 0
		from := last
		err := db.maintain(ctx, func(t *tx) (err error) {
			t.actor.Tenant = tenant
			last, n, err = t.encryptRows(ctx, kind, from)
			if err == nil && n > 0 {
				err = t.scrubDue(ctx, kind.Table)
			}
			return err
		})
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		if done += int64(n); done%20_000 == 0 {
			db.tell(fmt.Sprintf("encrypting: %d of %s done", done, kind.Table))
		}
	}
	err := db.maintain(ctx, func(t *tx) error {
		t.actor.Tenant = tenant
		for _, d := range documents {
			changed, err := t.encryptDocuments(ctx, kind, d.table, d.key, d.kind, d.record, d.document)
			if err == nil && changed {
				err = t.scrubDue(ctx, d.table)
			}
			if err != nil {
				return err
			}
		}
		return t.encryptedKind(ctx, name)
	})
	if done > 0 && err == nil {
		db.tell(fmt.Sprintf("encrypting: what %s held in plain is encrypted, %d records", kind.Table, done))
	}
	return err
}

// encryptRows encrypts some records after one, and tells the last and how many.
func (t *tx) encryptRows(ctx context.Context, kind *records.Kind, from int64) (last int64, n int, err error) {
	fields := encryptedFields(kind)
	columns, plain := make([]string, len(fields)), make([]string, len(fields))
	for i, f := range fields {
		columns[i], plain[i] = f.Column, f.Column+" >= ' '" // what stands for a value begins below
	}
	type row struct {
		id     policy.ID
		values map[string]policy.Value
	}
	var found []row
	err = t.each(ctx, func(rows *sql.Rows) error {
		r := row{values: map[string]policy.Value{}}
		texts := make([]sql.NullString, len(fields))
		into := []any{&r.id}
		for i := range texts {
			into = append(into, &texts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, f := range fields {
			if v := policy.TextOf(texts[i].String); texts[i].Valid && !records.Stands(v) {
				r.values[f.Name] = v
			}
		}
		found = append(found, r)
		return nil
	}, "SELECT id, "+strings.Join(columns, ", ")+" FROM "+kind.Table+" WHERE tenant_id = $1 AND id > $2 AND ("+strings.Join(plain, " OR ")+") ORDER BY id LIMIT $3", t.actor.Tenant, from, bulkRows)
	if err != nil {
		return 0, 0, err
	}
	for _, r := range found {
		sealed, err := t.sealed(ctx, kind, r.id, r.values)
		if err != nil {
			return 0, 0, err
		}
		for name := range r.values {
			column := kind.Field(name).Column
			if _, err := t.exec(ctx, "UPDATE "+kind.Table+" SET "+column+" = $1 WHERE tenant_id = $2 AND id = $3 AND "+column+" = $4", sealed[name].Text(), t.actor.Tenant, r.id, r.values[name].Text()); err != nil {
				return 0, 0, err
			}
		}
		last = int64(r.id)
	}
	return last, len(found), nil
}

// encryptDocuments encrypts what stands in plain in documents of one table.
func (t *tx) encryptDocuments(ctx context.Context, kind *records.Kind, table, key, ofKind, record, column string) (some bool, err error) {
	keys := strings.Split(key, ", ")
	names := map[string]bool{}
	var named []string
	for _, f := range encryptedFields(kind) {
		names[f.Name] = true
		named = append(named, "CAST("+column+" AS text) LIKE '%\""+f.Name+"\"%'")
	}
	type row struct {
		key    []any
		record policy.ID
		text   []byte
	}
	var found []row
	err = t.each(ctx, func(rows *sql.Rows) error {
		ids := make([]int64, len(keys))
		var r row
		into := []any{&r.record, &r.text}
		for i := range ids {
			into = append(into, &ids[i])
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for _, id := range ids {
			r.key = append(r.key, id)
		}
		found = append(found, r)
		return nil
	}, "SELECT "+record+", "+column+", "+key+" FROM "+table+" x WHERE tenant_id = $1 AND "+ofKind+" = $2 AND "+column+" IS NOT NULL AND ("+strings.Join(named, " OR ")+")", t.actor.Tenant, string(kind.Name))
	if err != nil {
		return false, err
	}
	for _, r := range found {
		text, changed, err := t.encryptDocument(ctx, kind, r.record, names, r.text)
		if err != nil {
			return false, err
		}
		if !changed {
			continue
		}
		some = true
		where, args := "", []any{text, t.actor.Tenant}
		for i, name := range keys {
			args = append(args, r.key[i])
			where += fmt.Sprintf(" AND %s = $%d", name, len(args))
		}
		if _, err := t.exec(ctx, "UPDATE "+table+" SET "+column+" = "+t.pick("$1", "$1::jsonb")+" WHERE tenant_id = $2"+where, args...); err != nil {
			return false, err
		}
	}
	return some, nil
}

func (t *tx) encryptDocument(ctx context.Context, kind *records.Kind, record policy.ID, names map[string]bool, text []byte) (out string, changed bool, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var document any
	if err := decoder.Decode(&document); err != nil {
		return "", false, err
	}
	var walk func(at any) error
	walk = func(at any) error {
		switch at := at.(type) {
		case []any:
			for _, item := range at {
				if err := walk(item); err != nil {
					return err
				}
			}
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(at)) {
				value, is := at[name].(string)
				if v := policy.TextOf(value); is && names[name] && value != "" && !records.Stands(v) {
					sealed, err := t.sealed(ctx, kind, record, map[string]policy.Value{name: v})
					if err != nil {
						return err
					}
					at[name], changed = sealed[name].Text(), true
				} else if err := walk(at[name]); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := walk(document); err != nil || !changed {
		return "", false, err
	}
	out, err = jsonText(document)
	return out, changed, err
}

// scrubDue notes, with what overwrites something that stood there in plain, that the files of a table are to be
// rewritten.
func (t *tx) scrubDue(ctx context.Context, table string) error {
	_, err := t.exec(ctx, "INSERT INTO scrub_due (tenant_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING", t.actor.Tenant, table)
	return err
}

// scrub takes what was in plain out of the files too: what was overwritten lies in free pages, in the log, and in what
// the database notes of frequent values.
func (db *DB) scrub(ctx context.Context) error {
	var tables []string
	err := db.single().each(ctx, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		tables = append(tables, name)
		return err
	}, "SELECT DISTINCT name FROM scrub_due ORDER BY name")
	if err != nil || len(tables) == 0 {
		return db.fault(err)
	}
	db.tell("encrypting: taking what was in plain out of the files of the database")
	rewrite := []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"}
	if db.dialect == Postgres {
		rewrite = nil
		for _, table := range tables {
			rewrite = append(rewrite, "VACUUM (FULL, ANALYZE) "+table)
		}
	}
	for _, statement := range rewrite {
		if _, err := db.writer.ExecContext(ctx, statement); err != nil {
			return db.fault(err)
		}
	}
	return db.maintain(ctx, func(t *tx) error {
		for _, table := range tables {
			if _, err := t.exec(ctx, "DELETE FROM scrub_due WHERE name = $1", table); err != nil {
				return err
			}
		}
		return nil
	})
}
