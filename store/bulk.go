package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// This file writes many rows with few statements, for imports. As in rows.go, nothing here asks
// whether the actor may.

// bulkRows is how many rows stand in one INSERT. SQLite takes 32,766 parameters, PostgreSQL
// 65,535; the widest table has some sixty columns.
const bulkRows = 100

// newRecord is a record that is about to be written.
type newRecord struct {
	id     policy.ID
	values map[string]policy.Value
}

// insertRecords writes new records with their search documents.
func (t *tx) insertRecords(ctx context.Context, kind *records.Kind, list []newRecord) error {
	for len(list) > 0 {
		n := min(bulkRows, len(list))
		if err := t.insertSome(ctx, kind, list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func (t *tx) insertSome(ctx context.Context, kind *records.Kind, list []newRecord) error {
	rows := make([][]assignment, len(list))
	found := make([][]assignment, len(list))
	for i, r := range list {
		var err error
		if r.values, err = t.sealed(ctx, kind, r.id, r.values); err != nil {
			return err
		}
		t.touch(kind, r.id, r.values)
		set, err := assignments(kind, r.values, func(name string) bool { return name != "id" })
		if err != nil {
			return err
		}
		document, err := customDocument(kind, r.values)
		if err != nil {
			return err
		}
		terms := kind.SearchTerms(r.values)
		rows[i] = append([]assignment{{column: "tenant_id", value: t.actor.Tenant}, {column: "id", value: r.id}, {column: "version", value: 1},
			{column: "custom", value: document, json: true}}, append(set, t.searchColumns(kind, terms)...)...)
		found[i] = []assignment{{column: "rowid", value: r.id}}
		for _, class := range kind.SearchClasses() {
			found[i] = append(found[i], assignment{column: records.SearchColumn(class), value: strings.Join(terms[class], " ")})
		}
	}
	if err := t.insertRows(ctx, kind.Table, rows); err != nil {
		return err
	}
	if t.db.dialect == Postgres || len(kind.SearchClasses()) == 0 {
		return nil
	}
	return t.insertRows(ctx, kind.Table+"_search", found)
}

func customDocument(kind *records.Kind, values map[string]policy.Value) (string, error) {
	custom := map[string]json.RawMessage{}
	for _, f := range kind.Fields {
		v := values[f.Name]
		if !f.Custom || v.Missing() {
			continue
		}
		raw, err := customJSON(v)
		if err != nil {
			return "", err
		}
		custom[f.Column] = raw
	}
	return jsonText(custom)
}

// insertRows writes rows that name the same columns in the same order. A column that is NULL in
// all of them is left out.
func (t *tx) insertRows(ctx context.Context, table string, rows [][]assignment) error {
	var used []int
	for i := range rows[0] {
		for _, row := range rows {
			if row[i].value != nil {
				used = append(used, i)
				break
			}
		}
	}
	var text strings.Builder
	text.WriteString("INSERT INTO " + table + " (")
	for n, i := range used {
		if n > 0 {
			text.WriteString(", ")
		}
		text.WriteString(rows[0][i].column)
	}
	text.WriteString(") VALUES ")
	args := make([]any, 0, len(rows)*len(used))
	for r, row := range rows {
		if r > 0 {
			text.WriteString(", ")
		}
		text.WriteByte('(')
		for n, i := range used {
			if n > 0 {
				text.WriteString(", ")
			}
			args = append(args, row[i].value)
			text.WriteString(row[i].placeholder(t.db.dialect, len(args)))
		}
		text.WriteByte(')')
	}
	_, err := t.exec(ctx, text.String(), args...)
	return err
}

// auditAll writes many entries into the transaction.
func (t *tx) auditAll(ctx context.Context, entries []audit.Entry) error {
	for i := range entries {
		entries[i].Epoch = t.epoch
		entries[i] = t.sign(entries[i])
	}
	t.entries += len(entries)
	for len(entries) > 0 {
		n := min(bulkRows, len(entries))
		var err error
		if t.db.dialect == Postgres {
			err = insertManyEntries(ctx, t.q, entries[:n])
		} else {
			err = t.auditSome(ctx, entries[:n])
		}
		if err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

// auditSome is for SQLite, whose one writer may number the entries itself.
func (t *tx) auditSome(ctx context.Context, entries []audit.Entry) error {
	var seq int64
	if err := t.row(ctx, "SELECT coalesce(max(seq), 0) FROM audit_entry WHERE tenant_id = $1", t.actor.Tenant).Scan(&seq); err != nil {
		return err
	}
	var rows, touched, pending [][]assignment
	for _, e := range entries {
		flat, err := flatten(e)
		if err != nil {
			return err
		}
		seq++
		row := []assignment{{column: "tenant_id", value: flat.Tenant}, {column: "seq", value: seq}, {column: "at", value: flat.At},
			{column: "action", value: flat.Action}, {column: "channel", value: flat.Channel}, {column: "address", value: flat.Address},
			{column: "device", value: flat.Device}, {column: "request_id", value: flat.RequestID}, {column: "epoch", value: flat.Epoch},
			{column: "rules", value: string(flat.Rules)}, {column: "fields", value: string(flat.Fields)}, {column: "detail", value: string(flat.Detail)}}
		row = append(row, optional("actor_id", flat.Actor), optional("job", flat.Job), optional("on_behalf", flat.OnBehalf), optional("kind", flat.Kind),
			optional("record_id", flat.Record), optional("session_id", flat.Session), optional("token_id", flat.Token))
		rows = append(rows, row)
		list, err := recordIDs(flat.Records)
		if err != nil {
			return err
		}
		pending = append(pending, []assignment{{column: "tenant_id", value: flat.Tenant}, {column: "seq", value: seq}, {column: "records", value: list}})
		slices.Sort(flat.Records)
		for _, id := range slices.Compact(flat.Records) {
			touched = append(touched, []assignment{{column: "tenant_id", value: flat.Tenant}, optional("kind", flat.Kind), {column: "record_id", value: id}, {column: "seq", value: seq}, optional("act", seldom(flat.Action))})
		}
	}
	if err := t.insertRows(ctx, "audit_entry", rows); err != nil {
		return err
	}
	if err := t.insertRows(ctx, "audit_pending", pending); err != nil {
		return err
	}
	for len(touched) > 0 {
		n := min(4*bulkRows, len(touched))
		if err := t.insertRows(ctx, "audit_record", touched[:n]); err != nil {
			return err
		}
		touched = touched[n:]
	}
	return nil
}

// optional is a column that may be NULL.
func optional[V any](column string, value *V) assignment {
	if value == nil {
		return assignment{column: column}
	}
	return assignment{column: column, value: *value}
}

// within runs fn so that what it wrote is undone when it fails, and the transaction goes on.
func (t *tx) within(ctx context.Context, fn func() error) error {
	if _, err := t.exec(ctx, "SAVEPOINT one_row"); err != nil {
		return err
	}
	n := len(t.encrypting.list)
	if err := fn(); err != nil {
		t.encrypting.list = t.encrypting.list[:n]
		if _, undo := t.exec(ctx, "ROLLBACK TO SAVEPOINT one_row"); undo != nil {
			return undo
		}
		return err
	}
	_, err := t.exec(ctx, "RELEASE SAVEPOINT one_row")
	return err
}

// idList is ids as a JSON array, which both databases take as one parameter.
func idList(ids []policy.ID) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(int64(id), 10))
	}
	b.WriteByte(']')
	return b.String()
}

// listed is the set of the ids in the parameter of that number, an idList, for IN.
func (t *rtx) listed(parameter int) string {
	n := "$" + strconv.Itoa(parameter)
	return t.pick("(SELECT value FROM json_each("+n+"))", "(SELECT value::bigint FROM json_array_elements_text("+n+"::json))")
}
