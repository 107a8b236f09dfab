package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"github.com/pressly/goose/v3"

	"guan/policy"
	"guan/records"
)

// respelled is the migration after which search documents hold what names sound like.
const respelled = 9

// respell writes the search documents of every record anew. It reads what is searched and nothing
// else, since it runs before the migrations that may add columns.
func (db *DB) respell(ctx context.Context, inner *sql.Tx) error {
	t := &tx{rtx: rtx{db: db, q: inner, now: db.Now()}}
	var tenants []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		err := rows.Scan(&id)
		tenants = append(tenants, id)
		return err
	}, "SELECT tenant_id FROM tenant ORDER BY tenant_id")
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		custom, err := t.customFields(ctx, tenant) // all that a schema of that time has
		if err != nil {
			return err
		}
		catalog, err := records.With(custom)
		if err != nil {
			return err
		}
		t.actor.Tenant = tenant
		for _, kind := range catalog.Kinds() {
			if len(kind.SpokenClasses()) == 0 {
				continue
			}
			if err := t.respellKind(ctx, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) respellKind(ctx context.Context, kind *records.Kind) error {
	const chunk = 500
	var fields []*records.Field
	columns := []string{"id", "custom"}
	for _, f := range kind.Fields {
		if f.Search && !f.Custom {
			fields, columns = append(fields, f), append(columns, f.Column)
		}
	}
	text := "SELECT " + strings.Join(columns, ", ") + " FROM " + kind.Table + " WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3"
	for last := policy.ID(0); ; {
		docs := map[policy.ID]map[policy.Class][]string{}
		var ids []policy.ID
		err := t.each(ctx, func(rows *sql.Rows) error {
			var id policy.ID
			var document []byte
			cells := make([]sql.NullString, len(fields))
			into := []any{&id, &document}
			for i := range cells {
				into = append(into, &cells[i])
			}
			if err := rows.Scan(into...); err != nil {
				return err
			}
			values := map[string]policy.Value{}
			for i, f := range fields {
				if cells[i].Valid {
					values[f.Name] = policy.TextOf(cells[i].String)
				}
			}
			custom := map[string]json.RawMessage{}
			if err := json.Unmarshal(document, &custom); err != nil {
				return err
			}
			for _, f := range kind.Fields {
				var text string
				if raw, ok := custom[f.Column]; ok && f.Custom && f.Search && json.Unmarshal(raw, &text) == nil {
					values[f.Name] = policy.TextOf(text)
				}
			}
			ids, docs[id] = append(ids, id), kind.SearchTerms(values)
			return nil
		}, text, t.actor.Tenant, last, chunk)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := t.rewriteSearch(ctx, kind, id, docs[id]); err != nil {
				return err
			}
			last = id
		}
		if len(ids) < chunk {
			return nil
		}
	}
}

// rewriteSearch replaces the search documents of one record and nothing else of it.
func (t *tx) rewriteSearch(ctx context.Context, kind *records.Kind, id policy.ID, terms map[policy.Class][]string) error {
	set := t.searchColumns(kind, terms)
	if len(set) == 0 {
		return t.indexSearch(ctx, kind, id, terms, true)
	}
	parts, args := []string{}, []any{t.actor.Tenant, id}
	for _, a := range set {
		args = append(args, a.value)
		parts = append(parts, a.column+" = "+a.placeholder(t.db.dialect, len(args)))
	}
	_, err := t.exec(ctx, "UPDATE "+kind.Table+" SET "+strings.Join(parts, ", ")+" WHERE tenant_id = $1 AND id = $2", args...)
	return err
}

// inGo are the migrations that no SQL says.
func (db *DB) inGo() goose.ProviderOption {
	return goose.WithGoMigrations(goose.NewGoMigration(respelled, &goose.GoFunc{RunTx: db.respell}, nil))
}
